"""The records' folder: which files are records, without ever following a link."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from carte.ecrits.formes import DEPARTEMENT, REGLE_DU_NOM, est_identifiant
from carte.ecrits.problem import Gravite, Problem
from carte.ecrits.texte import montrable
from carte.erreurs import cause

_LONGUEUR_PROPOSEE = 80  # a name that people can still read
TAILLE_MAX = 64 * 1024  # a full record is 2 kB
_A_LA_RACINE = {"nomenclature", "lieu.schema.json", "README.md"}
_TOLERES = {".gitkeep", ".gitignore", ".gitattributes", "README.md"}


@dataclass(frozen=True, slots=True)
class Fichier:
    """One record's file: where it is, how problems name it, the record's id."""

    chemin: str
    fichier: str
    identifiant: str


def parcourir(racine: Path) -> tuple[list[Fichier], list[Problem]]:
    """Every record's file of the tree, sorted, and one problem for each entry that is not at its place."""
    fichiers: list[Fichier] = []
    problemes: list[Problem] = []
    for trouve in _racine(racine):
        (fichiers if isinstance(trouve, Fichier) else problemes).append(trouve)  # type: ignore[arg-type]
    return sorted(fichiers, key=lambda f: f.identifiant), problemes


def fiche_a(racine: Path, chemin: Path) -> Fichier | None:
    """The record's file at a path, as `parcourir` would give it, without reading the rest of the tree."""
    dossier = Path(os.path.realpath(chemin.parent))
    if dossier.parent != Path(os.path.realpath(racine)) or not DEPARTEMENT.match(dossier.name):
        return None
    place = racine / dossier.name / chemin.name
    identifiant = _identifiant(dossier.name, chemin.name)
    if not est_identifiant(identifiant) or place.is_symlink() or not place.is_file():
        return None
    return fichier_de(racine, identifiant)


def fichier_de(racine: Path, identifiant: str) -> Fichier:
    """Where the record of that id (`est_identifiant`) is or would be."""
    return Fichier(str(racine / f"{identifiant}.yml"), f"{montrable(racine.name)}/{identifiant}.yml", identifiant)


def _racine(racine: Path) -> Iterator[Fichier | Problem]:
    nom_racine = montrable(racine.name)
    for entree in _entrees(racine, nom_racine):
        if isinstance(entree, Problem):
            yield entree
        elif entree.is_symlink():
            yield _probleme(f"{nom_racine}/{_nom(entree)}", _LIEN)
        elif entree.name in _A_LA_RACINE or entree.name in _TOLERES:
            continue
        elif entree.is_dir(follow_symlinks=False):
            yield from _departement(entree, nom_racine)
        else:
            yield _mal_range(entree, nom_racine)


def _departement(dossier: os.DirEntry[str], nom_racine: str) -> Iterator[Fichier | Problem]:
    prefixe = f"{nom_racine}/{_nom(dossier)}"
    if not DEPARTEMENT.match(dossier.name):
        majuscule = dossier.name.upper()
        suite = f" Vouliez-vous dire « {majuscule} » ?" if DEPARTEMENT.match(majuscule) else ""
        yield _probleme(prefixe, f"« {_nom(dossier)} » n'est pas le code d'un département.{suite}")
        return
    for entree in _entrees(Path(dossier.path), prefixe):
        if isinstance(entree, Problem):
            yield entree
        elif _est_fiche(identifiant := _identifiant(dossier.name, entree.name), entree):
            yield Fichier(entree.path, f"{prefixe}/{entree.name}", identifiant)
        elif entree.name not in _TOLERES or entree.is_symlink():
            yield _probleme(f"{prefixe}/{_nom(entree)}", *_refus(entree))


def _identifiant(departement: str, nom: str) -> str:
    """The id that a file's place gives, empty without the extension of a record."""
    return f"{departement}/{nom[:-4]}" if nom.endswith(".yml") else ""


def _est_fiche(identifiant: str, entree: os.DirEntry[str]) -> bool:
    return est_identifiant(identifiant) and not entree.is_symlink() and entree.is_file(follow_symlinks=False)


def _entrees(dossier: Path, nom: str) -> Iterator["os.DirEntry[str] | Problem"]:
    try:
        with os.scandir(dossier) as entrees:
            yield from sorted(entrees, key=lambda entree: entree.name)
    except OSError as erreur:
        yield _probleme(nom, f"Ce dossier ne peut pas être lu : {cause(erreur)}.")


_LIEN = "Les liens symboliques ne sont pas suivis : mettez le fichier lui-même."


def _refus(entree: os.DirEntry[str]) -> tuple[str, Gravite]:
    """Why an entry of a département's folder is not a record."""
    bloquant = Gravite.BLOQUANT
    if entree.is_symlink():
        return _LIEN, bloquant
    if entree.is_dir(follow_symlinks=False):
        return "Pas de dossier ici : les fiches sont directement dans le dossier du département.", bloquant
    if not entree.is_file(follow_symlinks=False):
        return "Ce n'est pas un fichier ordinaire : il n'est pas lu.", bloquant
    if entree.name.startswith(".") or entree.name.endswith("~"):
        return "Ce fichier n'est pas une fiche : il n'est pas lu. Retirez-le.", Gravite.CONSEIL
    propose = _nom_correct(entree.name)
    if propose:
        return f"Ce nom ne convient pas : {REGLE_DU_NOM}. Nommez-la « {propose} ».", bloquant
    return "Ce fichier n'est pas une fiche : une fiche se nomme comme mediatheque-de-valbourg.yml.", bloquant


def _nom_correct(nom: str) -> str | None:
    """The right name for a file that is clearly a record, None for another kind of file."""
    # Imported here: folding is only needed for a badly named file.
    from carte.ecrits.texte import replier

    base, point, extension = nom.rpartition(".")
    if not point or extension.lower() not in ("yml", "yaml"):
        return None
    slug = replier(base).replace(" ", "-")[:_LONGUEUR_PROPOSEE].strip("-")
    return f"{slug}.yml" if slug else None


def _mal_range(entree: os.DirEntry[str], nom_racine: str) -> Problem:
    cache = entree.name.startswith(".") or entree.name.endswith("~")
    message = f"Ce fichier n'est pas à sa place : une fiche se range dans {nom_racine}/<département>/."
    return _probleme(f"{nom_racine}/{_nom(entree)}", message, Gravite.CONSEIL if cache else Gravite.BLOQUANT)


def _nom(entree: os.DirEntry[str]) -> str:
    return montrable(os.fsencode(entree.name).decode("utf-8", "replace"))


def _probleme(fichier: str, message: str, gravite: Gravite = Gravite.BLOQUANT) -> Problem:
    return Problem(fichier, 1, 1, "", "", message, gravite, "fichier")
