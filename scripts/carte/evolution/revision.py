"""G9: a former state of the repository, written from git into a folder, to be computed again by this program.

Only objects that the repository already holds are read: no network, no attribute nor filter of the repository runs. A
tree is untrusted: its links are refused, never followed, and no file is written outside of the folder.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath

from carte.config import Revision
from carte.evolution.git import GitAbsent, lancer, premiere_ligne
from carte.evolution.refus import PublicationIllisible

_FICHIERS = frozenset({"100644", "100755"})
_EMPREINTE = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?\n?")


def empreinte(revision: Revision) -> str:
    """The hash of the commit that a revision names.

    Raises PublicationIllisible: git is not there, this folder is no repository, or it does not hold this commit.
    """
    demande = ["rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision.nom}^{{commit}}"]
    code, sortie, erreur = _git(revision, demande)
    if code == 0 and _EMPREINTE.fullmatch(sortie.decode("ascii", "replace")):
        return sortie.decode("ascii").strip()
    if erreur.strip():
        raise _refus(revision, f"git ne peut pas lire ce dépôt ({premiere_ligne(erreur)}).")
    raise _refus(
        revision,
        "ce dépôt ne la connaît pas. Vérifiez son nom ; si le dépôt a été copié sans son histoire, lancez d'abord : "
        "git fetch --unshallow --tags",
    )


def contient(revision: Revision, commit: str, chemin: str) -> bool:
    """Whether a file or a folder of that path was in the repository at `commit`."""
    return next(lister(revision, commit, [chemin]), None) is not None


def exporter(revision: Revision, commit: str, chemins: Iterable[str], dossier: Path) -> None:
    """Write the files of `chemins` (files or folders, from the root) as they were at `commit`, in `dossier`.

    Raises PublicationIllisible: one of them did not exist then, or holds a link or another repository.
    """
    voulus = sorted(set(chemins))
    objets = dict(lister(revision, commit, voulus))
    for chemin in voulus:
        if not any(nom == chemin or nom.startswith(f"{chemin}/") for nom in objets):
            raise _refus(revision, f"« {chemin} » n'y est pas.")
    for nom, contenu in zip(objets, lire_objets(revision, list(objets.values())), strict=True):
        fichier = dossier / nom
        fichier.parent.mkdir(parents=True, exist_ok=True)
        fichier.write_bytes(contenu)


def lister(revision: Revision, commit: str, chemins: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Path and object of each file under `chemins`, as they were at `commit`; nothing when none existed then."""
    code, sortie, erreur = _git(revision, ["ls-tree", "-r", "-z", commit, "--", *chemins])
    if code != 0:
        raise _refus(revision, f"git ne peut pas lire ce dépôt ({premiere_ligne(erreur)}).")
    for entree in filter(None, sortie.split(b"\0")):
        description, octets = entree.split(b"\t", 1)
        mode, _, objet = description.decode("ascii").split(" ")
        nom = octets.decode("utf-8", "replace")
        if mode not in _FICHIERS or not _sur(nom):
            raise _refus(revision, f"« {nom} » n'est pas un fichier ordinaire : les liens ne sont pas suivis.")
        yield nom, objet


def _sur(nom: str) -> bool:
    """Whether a path of a tree stays inside the folder it is written in, on every system."""
    parties = PurePosixPath(nom).parts
    return not nom.startswith("/") and ".." not in parties and not any(c in nom for c in "\\:\ufffd")


def lire_objets(revision: Revision, objets: Sequence[str]) -> Iterator[bytes]:
    """The bytes of each object, in order."""
    code, sortie, erreur = _git(revision, ["cat-file", "--batch"], "".join(f"{o}\n" for o in objets).encode())
    if code != 0:
        raise _refus(revision, f"git ne peut pas lire ce dépôt ({premiere_ligne(erreur)}).")
    position = 0
    for objet in objets:
        fin = sortie.index(b"\n", position)
        entete = sortie[position:fin].decode("ascii").split(" ")
        if entete[:2] != [objet, "blob"]:
            raise _refus(revision, "il manque des fichiers à ce dépôt, copié en partie. Copiez-le en entier.")
        debut, taille = fin + 1, int(entete[2])
        yield sortie[debut : debut + taille]
        position = debut + taille + 1


def _git(revision: Revision, arguments: Sequence[str], entree: bytes = b"") -> tuple[int, bytes, bytes]:
    try:
        return lancer(revision.racine, arguments, entree)
    except GitAbsent as absent:
        raise _refus(revision, absent.message) from absent


def _refus(revision: Revision, motif: str) -> PublicationIllisible:
    return PublicationIllisible(f"Publication précédente, révision « {revision.nom} » : {motif}")
