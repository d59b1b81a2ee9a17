"""Asking git about a repository of this computer: what it holds already, never the network, no hook."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from carte.erreurs import ErreurCarte

_SANS_RESEAU = {
    "LC_ALL": "C",
    "GIT_TERMINAL_PROMPT": "0",
    # A partial clone would ask its server for what it lacks.
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "",
    # Asked for its state, git would write the index again, beside whoever works there.
    "GIT_OPTIONAL_LOCKS": "0",
}
# What a repository, or somebody's configuration, names to be run beside git.
_SANS_PROGRAMME = ["-c", f"core.hooksPath={os.devnull}", "-c", "core.fsmonitor=false"]


class GitAbsent(ErreurCarte):
    """There is no git on this computer."""


def lancer(
    racine: Path, arguments: Sequence[str], entree: bytes = b"", ajouts: Mapping[str, str] | None = None
) -> tuple[int, bytes, bytes]:
    """Exit code, output and errors of git in the repository of a folder. Raises GitAbsent.

    `ajouts`: variables of its environment, such as the index to use.
    """
    # The repository is the one of this folder, whatever a hook's environment says.
    environnement = {nom: valeur for nom, valeur in os.environ.items() if not nom.startswith("GIT_")}
    commande = ["git", "--literal-pathspecs", *_SANS_PROGRAMME, "-C", str(racine), *arguments]
    try:
        fini = subprocess.run(  # noqa: S603
            commande,
            input=entree,
            capture_output=True,
            check=False,
            env={**environnement, **_SANS_RESEAU, **(ajouts or {})},
        )
    except FileNotFoundError as absent:
        raise GitAbsent("git n'est pas installé sur cet ordinateur.") from absent
    return fini.returncode, fini.stdout, fini.stderr


def premiere_ligne(erreur: bytes) -> str:
    """What git says first, on one line."""
    return next(iter(erreur.decode("utf-8", "replace").splitlines()), "sans message")
