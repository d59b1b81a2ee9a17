"""A received record on a branch of its own, made beside the work of whoever runs the command.

Neither the files nor the index of the repository change: a tree is written with one file more, a commit over the
present one, and a name for it. No hook nor network runs. Nothing says who sent the message.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from carte.erreurs import ErreurCarte
from carte.evolution.git import lancer, premiere_ligne

_AUTEUR = "Carte"
_COURRIEL = "carte@localhost"
_RIEN = ""  # no such branch yet, whatever the hash of the repository
_PREFIXE = "proposition"


@dataclass(frozen=True, slots=True)
class Depot:
    """The repository that holds the records: its root, the records' folder from it, the present commit."""

    racine: Path
    dossier: str
    commit: str


def depot_de(lieux: Path) -> Depot:
    """The repository of the records. Raises ErreurCarte: git is not there, or this folder is in no repository."""
    racine = _git(lieux, ["rev-parse", "--show-toplevel"]).strip()
    dossier = _git(lieux, ["rev-parse", "--show-prefix"]).strip().rstrip("/")
    return Depot(Path(racine), dossier, _git(lieux, ["rev-parse", "--verify", "HEAD^{commit}"]).strip())


def proposer(depot: Depot, identifiant: str, texte: str, *, neuve: bool) -> str:
    """The branch `proposition/<id>` with this record over the present commit.

    One that says the same already is left. Raises ErreurCarte: it says something else, or the record of the folder
    is not that of the commit.
    """
    chemin = f"{depot.dossier}/{identifiant}.yml".lstrip("/")
    branche = f"{_PREFIXE}/{identifiant}"
    objet = _git(depot.racine, ["hash-object", "-w", "--no-filters", "--stdin"], entree=texte).strip()
    nom = f"refs/heads/{branche}"
    if existante := _git(depot.racine, ["for-each-ref", "--format=%(objectname)", nom]).strip():
        if _objet(depot, existante, chemin) == objet:
            return branche
        raise ErreurCarte(
            f"La branche {branche} existe déjà, et dit autre chose : acceptez-la ou supprimez-la d'abord."
        )
    _sans_travail_en_cours(depot, chemin)
    commit = _commit(depot, chemin, objet, f"{'Ajouter' if neuve else 'Corriger'} {identifiant}")
    _git(depot.racine, ["update-ref", nom, commit, _RIEN])
    return branche


def _objet(depot: Depot, commit: str, chemin: str) -> str:
    """The object of a file at a commit; empty when it has none."""
    entree = _git(depot.racine, ["ls-tree", "-z", commit, "--", chemin]).partition("\t")[0]
    return entree.rpartition(" ")[2]


def _sans_travail_en_cours(depot: Depot, chemin: str) -> None:
    fichier = depot.racine / chemin
    ici = _git(depot.racine, ["hash-object", "--", chemin]).strip() if fichier.exists() else ""
    if ici != _objet(depot, depot.commit, chemin):
        raise ErreurCarte(f"{chemin} a des changements qui ne sont pas enregistrés dans Git : enregistrez-les d'abord.")


def _commit(depot: Depot, chemin: str, objet: str, titre: str) -> str:
    """A commit with this file over the present one; the message says nothing of who wrote."""
    with TemporaryDirectory() as temporaire:
        index = {"GIT_INDEX_FILE": str(Path(temporaire) / "index")}
        _git(depot.racine, ["read-tree", depot.commit], index)
        _git(depot.racine, ["update-index", "--add", "--cacheinfo", f"100644,{objet},{chemin}"], index)
        arbre = _git(depot.racine, ["write-tree"], index).strip()
    qui = {f"GIT_{role}_{quoi}": valeur for role in ("AUTHOR", "COMMITTER") for quoi, valeur in _QUI.items()}
    message = f"{titre}\n\nReçu par le formulaire du site.\n"
    return _git(depot.racine, ["commit-tree", arbre, "-p", depot.commit, "-F", "-"], qui, entree=message).strip()


_QUI = {"NAME": _AUTEUR, "EMAIL": _COURRIEL}


def _git(dossier: Path, arguments: Sequence[str], ajouts: Mapping[str, str] | None = None, entree: str = "") -> str:
    """The output of git in the repository of a folder."""
    code, sortie, erreur = lancer(dossier, arguments, entree.encode("utf-8"), ajouts)
    if code != 0:
        raise ErreurCarte(f"git ne peut pas préparer la branche ({premiere_ligne(erreur)}) : relancez sans --branche.")
    return sortie.decode("utf-8", "replace")
