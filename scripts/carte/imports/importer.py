"""One inventory → record files and a listing. Reading and writing happen here only, at the two ends.

What it refuses to do: overwrite a record that a person has changed, merge two rows of one source, merge two
sources without a sure sign, give an existing record another id.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, count
from pathlib import Path

from carte.ecrits.octets import LectureRefusee, lire_octets
from carte.imports import empreintes as memoire
from carte.imports import refus as listing
from carte.imports.atelier import Atelier, ouvrir, retirer
from carte.imports.bilan import Bilan, Sort, Suite, bilan_en_texte, ecrire_liste
from carte.imports.empreintes import empreinte
from carte.imports.fusionner import ecarts, fusionner, identifiants
from carte.imports.localiser import forme_du_nom
from carte.imports.modele import ContexteImport, Conversion, ImportImpossible, LigneSource, Nature, Remarque
from carte.imports.rapprocher import Reunions, avec_doutes, memes_lieux
from carte.imports.registre import trouver
from carte.imports.textes import departement, en_lettres, sans_invisibles, slug
from carte.records.context import Contexte, Geographie
from carte.records.modele import Lieu
from carte.records.write import to_yaml

TAILLE_MAX = 512 * 1024**2  # the national export of data-inclusion is 200 MB

__all__ = ["Bilan", "bilan_en_texte", "importer"]


def importer(
    source: str,
    fichier: Path,
    departements: Sequence[str],
    geographie: Geographie,
    destination: Path,
    contexte: Contexte,
    journal: Path,
    date_source: date | None = None,
    voisines: Collection[str] = (),
    *,
    recommencer: bool = False,
    correspondances: Path | None = None,
) -> Bilan:
    """Import one inventory into `destination/<département>/<slug>.yml`, and write the listing `journal` (.csv, .json).

    Rows of `departements` are taken, and those of the communes `voisines` (current codes beyond the border): their
    places count in travel times. `contexte` reads the records already there; `date_source` dates a file whose rows
    and name have no date; `correspondances` is the folder of the hub's own mappings. With `recommencer`, what imports
    wrote and nobody changed is removed first.
    Raises ImportImpossible when the file cannot be read as this source; nothing is written then.
    """
    description = trouver(source, correspondances, contexte.vocabulaires)
    lecture = description.lire(lire_inventaire(fichier))
    lignes = [_propre(ligne) for ligne in lecture.lignes]
    cadre = ContexteImport(
        geographie,
        date_source or description.date_du_fichier(fichier.name),
        contexte.vocabulaires,
        contexte.today,
        tuple(departements),
    )
    conversions = [
        Conversion(ligne.identifiant, None, None, _COUPEE, ())
        if ligne.defaut == _COUPEE
        else description.convertir(ligne, cadre)
        for ligne in lignes
    ]
    fichier_memoire = journal.parent / "empreintes.json"
    empreintes = memoire.lire(fichier_memoire)
    if recommencer:
        retirer(destination, empreintes)
    atelier = ouvrir(description, destination, contexte, empreintes)
    perimetre = Perimetre(tuple(departements), frozenset(voisines))
    reunions = memes_lieux(atelier, [c for c in conversions if not _dehors(c, perimetre)])
    suites = avec_doutes(
        atelier,
        [_traiter(atelier, ligne, c, perimetre, reunions) for ligne, c in zip(lignes, conversions, strict=True)],
    )
    groupees = _groupees(lignes, suites)
    bilan = Bilan(source, perimetre.departements, (*suites, *groupees), lecture.detecte)
    ecrire_liste(bilan, journal)
    listing.ecrire(bilan, journal)
    memoire.ecrire(atelier.en_cours(), fichier_memoire)
    atelier.ecrire()
    memoire.ecrire(atelier.empreintes, fichier_memoire)
    return bilan


def _groupees(lignes: Sequence[LigneSource], suites: Sequence[Suite]) -> list[Suite]:
    """The rows that went into another one's record, or shared its fate: every row read is counted once."""
    perdues = (Sort.HORS_PERIMETRE, Sort.REFUSEE, Sort.DE_COTE)
    return [
        Suite(autre.identifiant, autre.nom, suite.sort if suite.sort in perdues else Sort.GROUPEE, suite.fiche)
        for ligne, suite in zip(lignes, suites, strict=True)
        for autre in ligne.suite
    ]


_COUPEE = "Une lettre de cette ligne est coupée en deux : elle ne peut pas être écrite."


def _propre(ligne: LigneSource) -> LigneSource:
    """The row without what nobody sees; one that holds half a letter is refused alone."""
    textes = (ligne.identifiant, ligne.nom, *ligne.valeurs, *ligne.valeurs.values())
    defaut = _COUPEE if any(en_lettres(texte)[1] for texte in textes) else ligne.defaut
    valeurs = {en_lettres(nom)[0]: sans_invisibles(en_lettres(v)[0]) for nom, v in ligne.valeurs.items()}
    identifiant, nom = en_lettres(ligne.identifiant)[0], sans_invisibles(en_lettres(ligne.nom)[0])
    suite = tuple(map(_propre, ligne.suite))
    return replace(ligne, identifiant=identifiant, nom=nom, valeurs=valeurs, defaut=defaut, suite=suite)


def lire_inventaire(fichier: Path) -> bytes:
    """The bytes of an inventory, never of a pipe or a device. Raises ImportImpossible when they cannot be read."""
    try:
        return lire_octets(str(fichier), TAILLE_MAX, liens=True)
    except LectureRefusee as refus:
        raise ImportImpossible(f"Le fichier {fichier} n'est pas lisible. {refus}") from refus


@dataclass(frozen=True, slots=True)
class Perimetre:
    """What an import takes: whole départements, and single communes around them."""

    departements: tuple[str, ...]
    voisines: frozenset[str] = frozenset()

    def __contains__(self, code_insee: str) -> bool:
        return departement(code_insee) in self.departements or code_insee in self.voisines


def _traiter(
    atelier: Atelier, ligne: LigneSource, conversion: Conversion, perimetre: Perimetre, reunions: Reunions
) -> Suite:
    if _dehors(conversion, perimetre):
        return Suite(ligne.identifiant, ligne.nom, Sort.HORS_PERIMETRE, None)
    if conversion.lieu is None:
        refus = Remarque(Nature.REFUS, "", ligne.identifiant, conversion.refus or "")
        # Values already told in a remark (or kept out of it, like a person's name) are not copied again.
        dites = {remarque.champ for remarque in conversion.remarques}
        reste = {champ: valeur for champ, valeur in ligne.valeurs.items() if champ not in dites}
        if conversion.de_cote:
            ecartee = Remarque(Nature.ECARTEE, "", ligne.identifiant, conversion.refus or "")
            return Suite(ligne.identifiant, ligne.nom, Sort.DE_COTE, None, (ecartee, *conversion.remarques))
        return Suite(ligne.identifiant, ligne.nom, Sort.REFUSEE, None, (refus, *conversion.remarques), reste)
    return _placer(atelier, conversion, conversion.lieu, reunions)


def _dehors(conversion: Conversion, perimetre: Perimetre) -> bool:
    """Outside for sure: its commune is, or every commune it can be."""
    codes = [conversion.code_insee] if conversion.code_insee else conversion.possibles
    return bool(codes) and all(code not in perimetre for code in codes)


def _placer(atelier: Atelier, conversion: Conversion, lieu: Lieu, reunions: Reunions) -> Suite:
    fiche = atelier.fiche_de(conversion.identifiant)
    if fiche is not None:
        return _reprendre(atelier, conversion, lieu, fiche)
    illisible = atelier.illisible_de(conversion.identifiant)
    if illisible is not None:
        return _laisser(
            conversion, lieu, illisible, "La fiche n'est pas valable : corrigez-la, puis relancez l'import."
        )
    if atelier.retiree(conversion.identifiant):
        return Suite(conversion.identifiant, lieu.nom, Sort.RETIREE, None, (_RETIREE, *conversion.remarques))
    if conversion.identifiant in reunions:
        return _reunir(atelier, conversion, lieu, *reunions[conversion.identifiant])
    return _ecrire(atelier, conversion, lieu, _nouvel_identifiant(atelier, conversion, lieu))


_RETIREE = Remarque(
    Nature.NON_REMPLACE,
    "",
    "",
    "La fiche de cette ligne a été retirée par quelqu'un : elle n'est pas écrite à nouveau. Pour la reprendre, retirez "
    "sa ligne de « lignes », dans imports/empreintes.json.",
)


def _ecrire(
    atelier: Atelier, conversion: Conversion, lieu: Lieu, fiche: str, remarques: tuple[Remarque, ...] = ()
) -> Suite:
    atelier.poser(fiche, lieu)
    atelier.empreintes.lignes[conversion.identifiant] = atelier.empreintes.fiches[fiche]
    sort = Sort.ECRITE if lieu.services else Sort.A_COMPLETER
    return Suite(conversion.identifiant, lieu.nom, sort, fiche, (*remarques, *conversion.remarques))


def _reprendre(atelier: Atelier, conversion: Conversion, lieu: Lieu, fiche: str) -> Suite:
    """A row imported before: nothing to do, or an update of a record nobody touched and no other source shares."""
    partagee = len(identifiants(atelier.lieux[fiche])) > 1
    # What a first import said of a merged record is said again: the listing replaces the last one.
    rappel = ecarts(atelier.lieux[fiche], lieu) if partagee else ()
    texte = to_yaml(lieu)
    if atelier.empreintes.inchangee(conversion.identifiant, texte) or atelier.textes[fiche] == texte:
        return Suite(conversion.identifiant, lieu.nom, Sort.INCHANGEE, fiche, (*rappel, *conversion.remarques))
    if partagee:
        return _laisser(
            conversion, lieu, fiche, "La ligne a changé ; la fiche réunit plusieurs sources : à reprendre à la main."
        )
    if atelier.touchee(fiche):
        return _laisser(conversion, lieu, fiche, "La fiche a été changée à la main : elle n'est pas remplacée.")
    return _ecrire(atelier, conversion, lieu, fiche, rappel)


def _laisser(conversion: Conversion, lieu: Lieu, fiche: str, raison: str) -> Suite:
    remarque = Remarque(Nature.NON_REMPLACE, "", fiche, raison)
    return Suite(conversion.identifiant, lieu.nom, Sort.NON_REMPLACEE, fiche, (remarque, *conversion.remarques))


def _reunir(atelier: Atelier, conversion: Conversion, lieu: Lieu, fiche: str, raison: str) -> Suite:
    if atelier.touchee(fiche):
        return _laisser(conversion, lieu, fiche, f"Même lieu que {fiche} ({raison}), changée à la main : à réunir.")
    reunie, restes = fusionner(atelier.lieux[fiche], lieu)
    atelier.poser(fiche, reunie)
    atelier.empreintes.lignes[conversion.identifiant] = empreinte(to_yaml(lieu))
    annonce = Remarque(Nature.FUSION, "", fiche, f"Ligne réunie à {fiche} : {raison}.")
    return Suite(conversion.identifiant, lieu.nom, Sort.FUSIONNEE, fiche, (annonce, *restes, *conversion.remarques))


def _nouvel_identifiant(atelier: Atelier, conversion: Conversion, lieu: Lieu) -> str:
    """`département/nom-commune`; when taken, the row's own identifier follows, which never changes."""
    assert lieu.code_insee is not None
    if conversion.fiche is not None and atelier.libre(conversion.fiche):
        return conversion.fiche
    morceaux: Mapping[str, None] = dict.fromkeys((lieu.nom, lieu.commune))
    if f" {forme_du_nom(lieu.commune)} " in f" {forme_du_nom(lieu.nom)} ":
        morceaux = {lieu.nom: None}
    base = f"{departement(lieu.code_insee)}/{slug(*morceaux)}"
    suivis = f"{base}-{slug(conversion.identifiant)}"
    candidats = chain((base, suivis), (f"{suivis}-{rang}" for rang in count(2)))
    return next(candidat for candidat in candidats if atelier.libre(candidat))
