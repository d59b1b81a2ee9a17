"""The registry of inventories that can be imported: the folder of mapping files, and a hub's own beside it."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path

from carte.ecrits.faute import Faute
from carte.ecrits.fichier import EcritInvalide, lire_ecrit
from carte.ecrits.problem import Gravite
from carte.ecrits.texte import montrable, vouliez_vous_dire
from carte.imports import france_services, hub_lo, lignes, moteur, reprise
from carte.imports.champs import CHAMPS, COCHABLES, VOCABULAIRES
from carte.imports.correspondance import SYSTEMES, CorrespondanceEcrite
from carte.imports.modele import ContexteImport, Conversion, ImportImpossible, Lecture, LigneSource, Source
from carte.imports.textes import date_dans_le_nom
from carte.nomenclature import Vocabulaire

LIVREES = Path(__file__).parent / "sources"
_OBLIGATOIRES = tuple(nom for nom, champ in CorrespondanceEcrite.model_fields.items() if champ.is_required())
Lire = Callable[[bytes], Lecture]
Convertir = Callable[[LigneSource, ContexteImport], Conversion]
# Sources whose rules read sentences against one another: no table of terms says that.
_PROGRAMMES: dict[str, tuple[Lire, Convertir]] = {
    "hub_lo": (hub_lo.lire, hub_lo.convertir),
    "france_services": (france_services.lire, france_services.convertir),
    "reprise": (reprise.lire, reprise.convertir),
}


class CorrespondanceInvalide(EcritInvalide, ImportImpossible):
    """A mapping that cannot be used; the message lists its faults, `fichier:ligne:colonne: …`."""


def sources() -> Mapping[str, Source]:
    """Every source of the program, by code."""
    return _livrees()


def trouver(code: str, dossier: Path | None = None, vocabulaires: Mapping[str, Vocabulaire] | None = None) -> Source:
    """The source of that code: the hub's own when its folder has one, else the program's.

    With the vocabularies, what the hub's mapping gives is checked against them. Raises ImportImpossible with the codes
    that exist, CorrespondanceInvalide when the hub's file has faults.
    """
    propres = {fichier.stem: fichier for fichier in sorted(dossier.glob("*.yml"))} if dossier is not None else {}
    if code in propres:
        return source_de(code, lire(propres[code], vocabulaires))
    connues = {**_livrees(), **propres}
    if code not in connues:
        proche = vouliez_vous_dire(code, connues)
        liste = ", ".join(sorted(connues))
        raise ImportImpossible(f"Source inconnue « {code} ».{proche} Sources possibles : {liste}.")
    return _livrees()[code]


@cache
def _livrees() -> Mapping[str, Source]:
    return {fichier.stem: source_de(fichier.stem, lire(fichier)) for fichier in sorted(LIVREES.glob("*.yml"))}


def source_de(code: str, ecrite: CorrespondanceEcrite) -> Source:
    """The source that a mapping describes."""
    propres = (partial(lignes.lire, code, ecrite), partial(moteur.convertir, ecrite))
    lire_octets, convertir = _PROGRAMMES[ecrite.programme] if ecrite.programme else propres
    return Source(
        code=code,
        nom=ecrite.nom,
        licence=ecrite.licence,
        adresse=ecrite.adresse,
        departements=ecrite.departements,
        lire=lire_octets,
        convertir=convertir,
        date_du_fichier=lambda nom: ecrite.date.fixe or (date_dans_le_nom(nom) if ecrite.date.nom_du_fichier else None),
    )


def lire(fichier: Path, vocabulaires: Mapping[str, Vocabulaire] | None = None) -> CorrespondanceEcrite:
    """Read one mapping; with the vocabularies, every value it gives is checked against them.

    Raises CorrespondanceInvalide with every fault, `dossier/fichier:ligne:colonne: message`.
    """
    ecrit = lire_ecrit(fichier, montrable("/".join(fichier.parts[-2:])), _OBLIGATOIRES)
    ecrite = ecrit.conformer(CorrespondanceEcrite, ecrit.donnees, nombres=Gravite.BLOQUANT)
    if ecrite is not None:
        ecrit.fautes += [*_fautes(ecrite), *_hors_vocabulaire(ecrite, vocabulaires or {})]
    if ecrite is None or ecrit.bloque:
        raise CorrespondanceInvalide("Correspondance d'import à corriger :", ecrit.problemes())
    return ecrite


def _fautes(ecrite: CorrespondanceEcrite) -> Iterator[Faute]:
    """What the model of the file cannot see: names of fields, of programs and of systems."""
    if ecrite.programme and ecrite.programme not in _PROGRAMMES:
        yield _faute(("programme",), f"« {ecrite.programme} » n'existe pas : {', '.join(_PROGRAMMES)}, ou rien.")
    if not ecrite.programme and "nom" not in ecrite.champs:
        yield _faute(("champs",), "Il manque « nom » dans « champs » : la colonne du nom du lieu.")
    for champ in ecrite.champs:
        if champ not in CHAMPS:
            message = f"« {champ} » n'est pas un champ d'import.{vouliez_vous_dire(champ, CHAMPS)}"
            yield _faute(("champs", champ), message, sur_cle=True)
    for rang, coche in enumerate(ecrite.coches):
        for champ in set(coche.donne) - set(COCHABLES):
            message = f"« {champ} » ne se remplit pas par une case.{vouliez_vous_dire(champ, COCHABLES)}"
            yield _faute(("coches", rang, "donne", champ), message, sur_cle=True)
    if ecrite.coordonnees and not moteur.systeme_connu(ecrite.coordonnees.systeme):
        noms = ", ".join(SYSTEMES)
        message = f"« {ecrite.coordonnees.systeme} » n'est pas un système connu : {noms}, ou un code EPSG comme 2154."
        yield _faute(("coordonnees", "systeme"), message)
    horaires = ecrite.horaires
    if horaires and (len(horaires.creneaux) % 2 or any("{jour}" not in c for c in horaires.creneaux)):
        message = "« creneaux » attend des colonnes par paires (ouverture, fermeture), chacune avec {jour}."
        yield _faute(("horaires", "creneaux"), message)
    if horaires and horaires.par_jour and "{jour}" not in horaires.par_jour:
        yield _faute(("horaires", "par_jour"), "« par_jour » attend {jour} dans le nom de la colonne.")


def _hors_vocabulaire(ecrite: CorrespondanceEcrite, vocabulaires: Mapping[str, Vocabulaire]) -> Iterator[Faute]:
    """Every value that a mapping gives and that its vocabulary does not hold."""
    donnees: list[tuple[tuple[str | int, ...], str, str]] = [
        (("services", rang, "rend"), "services", service)
        for rang, ecrit in enumerate(ecrite.services)
        for service in (*ecrit.rend, *(v for valeurs in ecrit.valeurs.values() for v in valeurs))
    ]
    donnees += [
        (("coches", rang, "donne", champ), VOCABULAIRES.get(champ, champ), valeur)
        for rang, coche in enumerate(ecrite.coches)
        for champ, valeur in coche.donne.items()
    ]
    donnees += [
        (("champs", nom), VOCABULAIRES[nom], valeur)
        for nom, champ in ecrite.champs.items()
        if nom in VOCABULAIRES
        for valeur in (*(champ.fixe or ()), *(v for valeurs in champ.valeurs.values() for v in valeurs))
    ]
    for chemin, nom, valeur in donnees:
        if nom in vocabulaires and valeur not in vocabulaires[nom]:
            proche = vocabulaires[nom].plus_proche(valeur)
            suite = f" Vouliez-vous dire « {proche} » ?" if proche else ""
            yield _faute(chemin, f"« {valeur} » n'est pas une valeur de « {nom} ».{suite}")


def _faute(chemin: tuple[str | int, ...], message: str, *, sur_cle: bool = False) -> Faute:
    return Faute(chemin, message, "correspondance", sur_cle=sur_cle)
