"""The whole tree at once: every record, every problem, nothing raised, nothing lost."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from carte.ecrits.faute import Faute, sans_echos
from carte.ecrits.positions import Situeur
from carte.ecrits.problem import Gravite, Problem
from carte.ecrits.syntaxe import ErreurYaml, echappements_suspects, suspects
from carte.ecrits.texte import montrable
from carte.ecrits.yaml_strict import lire as lire_yaml
from carte.records.conformite import verifier
from carte.records.context import Contexte
from carte.records.files import Fichier, LectureRefusee, lire_octets, parcourir
from carte.records.modele import Enregistrement
from carte.records.rules import REGLES, arbre
from carte.records.rules.territoire import territoire
from carte.records.rules.vocabulaire import sans_alias

FAUTES_MAX = 100  # per record: beyond, the file is not a record and listing more helps nobody
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Chargement:
    """What the tree holds: the records without blocker, every problem sorted by place, the number of files seen."""

    enregistrements: tuple[Enregistrement, ...]
    problemes: tuple[Problem, ...]
    nombre_fichiers: int


@dataclass(slots=True)
class _Brouillon:
    """One record being examined; `enregistrement` is None when nothing could be read."""

    fichier: Fichier
    octets: bytes = b""
    fautes: list[Faute] = field(default_factory=list)
    enregistrement: Enregistrement | None = None


def lire(racine: Path, contexte: Contexte) -> Chargement:
    """Read and check every record under `racine` (the offers folder). Never raises on a record's content."""
    with _sans_ramasse_miettes():
        fichiers, problemes = parcourir(racine)
        brouillons = [_examiner(fichier, contexte) for fichier in fichiers]
        lus = [brouillon for brouillon in brouillons if brouillon.enregistrement is not None]
        _examiner_ensemble(lus, {f.identifiant: f.fichier for f in fichiers}, contexte)
        problemes += _regles_absentes(racine, contexte)
        for brouillon in brouillons:
            problemes += _problemes(brouillon)
    return Chargement(
        tuple(b.enregistrement for b in lus if b.enregistrement is not None and not _bloque(b)),
        tuple(sorted(problemes)),
        len(fichiers),
    )


@contextmanager
def _sans_ramasse_miettes() -> Iterator[None]:
    """Pause the cycle collector: thousands of records are being built, all of them kept."""
    actif = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if actif:
            gc.enable()


def _bloque(brouillon: _Brouillon) -> bool:
    return any(faute.gravite is Gravite.BLOQUANT for faute in brouillon.fautes)


def _examiner(fichier: Fichier, contexte: Contexte) -> _Brouillon:
    """Read one file and apply the rules that look at it alone."""
    brouillon = _Brouillon(fichier)
    try:
        octets = lire_octets(fichier.chemin)
    except LectureRefusee as refus:
        brouillon.fautes.append(Faute((), str(refus), "fichier", position=(1, 1)))
        return brouillon
    try:
        brouillon.octets, brouillon.fautes = _nettoyer(octets)
        _lire_fiche(brouillon, contexte)
    except ErreurYaml as erreur:
        brouillon.fautes.append(Faute((), erreur.message, "yaml", position=(erreur.ligne, erreur.colonne)))
    return brouillon


def _nettoyer(octets: bytes) -> tuple[bytes, list[Faute]]:
    """UTF-8 bytes that libyaml can read, and what was said on the way. Raises ErreurYaml."""
    fautes = []
    if octets.startswith(_BOM):
        octets = octets[len(_BOM) :]
        message = "Le fichier commence par une marque invisible (BOM), mise par certains éditeurs : elle est ignorée."
        fautes.append(Faute((), message, "encodage", Gravite.CONSEIL, position=(1, 1)))
    if octets.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ErreurYaml("Le fichier est en UTF-16 : enregistrez-le en UTF-8.", 1, 1)
    try:
        texte = octets.decode("utf-8")
    except UnicodeDecodeError as erreur:
        debut = octets[: erreur.start].decode("utf-8")
        message = "Le fichier n'est pas en UTF-8 (un accent ne peut pas être lu) : enregistrez-le en UTF-8."
        raise ErreurYaml(message, *_ligne_colonne(debut, len(debut))) from erreur
    for suspect in suspects(texte):
        place = _ligne_colonne(texte, suspect.index)
        if suspect.illisible:
            raise ErreurYaml(suspect.message, *place)
        gravite = Gravite.BLOQUANT if suspect.grave else Gravite.CONSEIL
        fautes.append(Faute((), suspect.message, "caractere", gravite, position=place))
    return octets, fautes


def _ligne_colonne(texte: str, index: int) -> tuple[int, int]:
    debut = texte.rfind("\n", 0, index) + 1
    return texte.count("\n", 0, index) + 1, index - debut + 1


def _lire_fiche(brouillon: _Brouillon, contexte: Contexte) -> None:
    """Parse, conform to the model, apply each rule; raises ErreurYaml when the file is not a record at all."""
    octets = brouillon.octets
    document = lire_yaml(octets)
    fautes = document.fautes
    primaires = {faute.chemin for faute in fautes if faute.chemin}
    lieu, formes = verifier(document.donnees, Situeur(octets).source)
    fautes += sans_echos(formes, primaires)
    if echappements_suspects(octets):
        fautes += _caracteres_echappes(document.donnees)
    enregistrement = Enregistrement(brouillon.fichier.identifiant, brouillon.fichier.fichier, lieu)
    trouvees = [faute for regle in REGLES for faute in islice(regle(enregistrement, contexte), FAUTES_MAX)]
    if trouvees:
        primaires |= {f.chemin for f in formes if f.gravite is Gravite.BLOQUANT}
        fautes += sans_echos(trouvees, primaires)
        enregistrement = Enregistrement(enregistrement.identifiant, enregistrement.fichier, sans_alias(lieu, contexte))
    brouillon.enregistrement = enregistrement
    bloques = {faute.chemin for faute in fautes if faute.gravite is Gravite.BLOQUANT}
    # To ask for quotes around a value that must change anyway would be noise.
    brouillon.fautes += [f for f in fautes if f.regle != "guillemets" or f.chemin not in bloques]


def _caracteres_echappes(valeur: object, chemin: tuple[str | int, ...] = ()) -> Iterator[Faute]:
    """Invisible characters written as escapes (`"\\u202e"`), which the file's bytes do not show."""
    if isinstance(valeur, str):
        for suspect in suspects(valeur):
            gravite = Gravite.BLOQUANT if suspect.grave else Gravite.CONSEIL
            yield Faute(chemin, suspect.message, "caractere", gravite)
    elif isinstance(valeur, dict | list):
        for cle, element in valeur.items() if isinstance(valeur, dict) else enumerate(valeur):
            yield from _caracteres_echappes(element, (*chemin, cle))


def _examiner_ensemble(lus: list[_Brouillon], identifiants: dict[str, str], contexte: Contexte) -> None:
    """Apply the rules that look at the territory or at several records."""
    enregistrements = [b.enregistrement for b in lus if b.enregistrement is not None]
    trouvees = [*arbre.doublons(enregistrements), *arbre.redirections(enregistrements, identifiants)]
    if contexte.geographie is not None:
        trouvees += territoire(enregistrements, contexte.geographie)
    par_rang: dict[int, list[Faute]] = {}
    for rang, faute in trouvees:
        par_rang.setdefault(rang, []).append(faute)
    for rang, fautes in par_rang.items():
        primaires = {f.chemin for f in lus[rang].fautes if f.gravite is Gravite.BLOQUANT and f.chemin}
        lus[rang].fautes += sans_echos(fautes, primaires)


def _regles_absentes(racine: Path, contexte: Contexte) -> Iterator[Problem]:
    """Say which rules could not be applied, rather than let silence pass for approval."""
    absents = []
    if not contexte.vocabulaires:
        absents.append("les vocabulaires ne sont pas donnés : les valeurs des listes n'ont pas été vérifiées")
    if contexte.geographie is None:
        absents.append("le territoire n'est pas donné : les codes Insee et les coordonnées n'ont pas été vérifiés")
    for message in absents:
        phrase = message[0].upper() + message[1:] + "."
        yield Problem(montrable(racine.name), 1, 1, "", "", phrase, Gravite.CONSEIL, "contexte")


def _problemes(brouillon: _Brouillon) -> Iterator[Problem]:
    situeur = Situeur(brouillon.octets)
    for faute in brouillon.fautes[:FAUTES_MAX]:
        ligne, colonne = situeur.position(faute)
        champ = ".".join(montrable(str(partie)) for partie in faute.chemin)
        nom = brouillon.fichier.fichier
        yield Problem(nom, ligne, colonne, champ, faute.valeur, faute.message, faute.gravite, faute.regle)
    reste = len(brouillon.fautes) - FAUTES_MAX
    if reste > 0:
        message = f"Et {reste} autre{'s' if reste > 1 else ''} problème{'s' if reste > 1 else ''} dans cette fiche."
        yield Problem(brouillon.fichier.fichier, 10**6, 1, "", "", message, Gravite.BLOQUANT, "trop")
