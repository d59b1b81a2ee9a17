"""Who changed each record last, and who checked it, as the repository's history says: for the hub's own eyes.

Names of people are in it: nothing here is ever read by what is published.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from carte.erreurs import ErreurCarte
from carte.evolution.git import lancer, premiere_ligne
from carte.publish.opendata.formats import table_csv
from carte.records import Enregistrement

COLONNES = (
    *("id", "nom", "commune", "source", "date_maj", "verifie_le"),
    *("verifie_par", "verification_enregistree_le", "change_par", "change_le", "a_savoir"),
)
_ENTETE = re.compile(r"\x01([0-9a-f]{40,64})\x02(\d{4}-\d\d-\d\d)\x02(.*)", re.DOTALL)
# Whatever somebody's configuration says: no program of theirs for the journal, every record named from the top of the
# repository, those of the first state too.
_CONFIGURATION = ("log.showSignature=false", "log.showRoot=true", "diff.relative=false")
_SUR = [mot for reglage in _CONFIGURATION for mot in ("-c", reglage)]
_JOURNAL = [
    "log",
    "-z",
    "--name-only",
    "--no-renames",
    "--no-ext-diff",
    "--no-textconv",
    "--format=%x01%H%x02%as%x02%an",
]


class HistoireIllisible(ErreurCarte):
    """The history of the repository cannot be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Somebody's last change: the day it was written in the history, and their name there."""

    le: date
    par: str


@dataclass(frozen=True, slots=True)
class Histoire:
    """By path of a record from the folder of records: its last change, the last change of its « verifie_le ».

    `locales`: changed on this computer since, or not in the history at all; `coupees`: what a copy without its whole
    history cannot tell.
    """

    changes: Mapping[str, Passage]
    verifications: Mapping[str, Passage]
    locales: frozenset[str] = frozenset()
    coupees: frozenset[str] = frozenset()


def lire_histoire(racine: Path, lieux: Path) -> Histoire:
    """Read the history of a folder of records, in three questions to git whatever their number.

    Raises HistoireIllisible: no git, no repository, a commit that is missing.
    """
    base, dossier = racine.resolve(), lieux.resolve()
    if not dossier.is_relative_to(base):
        raise HistoireIllisible(f"Le dossier des fiches ({lieux}) n'est pas dans le dépôt ({racine}).")
    sommet = Path(_demander(base, ["rev-parse", "--show-toplevel"]).strip())
    prefixe = f"{dossier.relative_to(sommet.resolve()).as_posix()}/".removeprefix("./")
    bords = _bords(base)
    portee = ["--", str(dossier)]
    changes, coupees = _derniers(_demander(base, [*_SUR, *_JOURNAL, *portee]), prefixe, bords)
    verifications, _ = _derniers(_demander(base, [*_SUR, *_JOURNAL, "-G^verifie_le:", *portee]), prefixe, bords)
    etat = _demander(base, [*_SUR, "status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", *portee])
    locales = (ligne[3:].removeprefix(prefixe) for ligne in etat.split("\0") if ligne)
    return Histoire(changes, verifications, frozenset(locales), frozenset(coupees))


def tableau(enregistrements: Iterable[Enregistrement], histoire: Histoire) -> bytes:
    """One line a record; a name or a day that is not known is an empty cell, and the last column says why."""
    return table_csv(COLONNES, (_rangee(enregistrement, histoire) for enregistrement in enregistrements))


def _rangee(enregistrement: Enregistrement, histoire: Histoire) -> dict[str, object]:
    lieu, chemin = enregistrement.lieu, f"{enregistrement.identifiant}.yml"
    change = histoire.changes.get(chemin)
    verification = histoire.verifications.get(chemin) if lieu.verifie_le else None
    return {
        "id": enregistrement.identifiant,
        "nom": lieu.nom,
        "commune": lieu.commune,
        "source": lieu.source,
        "date_maj": lieu.date_maj.isoformat(),
        "verifie_le": lieu.verifie_le.isoformat() if lieu.verifie_le else None,
        "verifie_par": verification.par if verification else None,
        "verification_enregistree_le": verification.le.isoformat() if verification else None,
        "change_par": change.par if change else None,
        "change_le": change.le.isoformat() if change else None,
        "a_savoir": _a_savoir(chemin, histoire),
    }


def _a_savoir(chemin: str, histoire: Histoire) -> str | None:
    if chemin in histoire.locales:
        return "changée sur cet ordinateur, pas encore dans l’histoire du dépôt"
    if chemin in histoire.coupees:
        return "ce dépôt a été copié sans toute son histoire : on ne sait pas qui, ni quand"
    return None if chemin in histoire.changes else "pas dans l’histoire du dépôt"


def _derniers(journal: str, prefixe: str, bords: frozenset[str]) -> tuple[dict[str, Passage], set[str]]:
    """The last change of each path, newest first in the journal; those that only the edge of a cut history names."""
    derniers: dict[str, Passage] = {}
    coupees: set[str] = set()
    passage, au_bord = None, False
    for morceau in journal.split("\0"):
        nom = morceau.removeprefix("\n")
        if entete := _ENTETE.fullmatch(nom):
            commit, jour, par = entete.groups()
            passage, au_bord = Passage(date.fromisoformat(jour), par), commit in bords
        elif nom.startswith(prefixe) and passage is not None:
            chemin = nom.removeprefix(prefixe)
            if chemin in derniers:
                continue
            if au_bord:
                coupees.add(chemin)
            else:
                derniers[chemin] = passage
    return derniers, coupees - derniers.keys()


def _bords(racine: Path) -> frozenset[str]:
    """The commits where a shallow copy begins: they seem to have written everything."""
    chemin = racine / _demander(racine, ["rev-parse", "--git-path", "shallow"]).strip()
    return frozenset(chemin.read_text(encoding="ascii").split()) if chemin.is_file() else frozenset()


def _demander(racine: Path, arguments: list[str]) -> str:
    code, sortie, erreur = lancer(racine, arguments)
    if code != 0:
        raise HistoireIllisible(f"L'histoire du dépôt ne peut pas être lue ({premiere_ligne(erreur)}).")
    return sortie.decode("utf-8", "replace")
