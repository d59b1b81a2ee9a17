"""Which program a hub's repository asks for: its address, its version, its commit."""

import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from carte.hub.reponses import ReponseRefusee

# What is written in a file that make and a shell read: nothing of their own may be in it.
_ADRESSE = re.compile(r"https://[A-Za-z0-9.-]+(?::\d+)?(?:/[A-Za-z0-9._~-]+)+|(?:/[A-Za-z0-9._ -]+)+")
_ETIQUETTE = re.compile(r"[A-Za-z0-9._/-]+")
_COMMIT = re.compile(r"[0-9a-f]{40}")


@dataclass(frozen=True, slots=True)
class Programme:
    """`adresse`: https, or a folder of this computer; each is empty when it is not known."""

    adresse: str
    version: str
    commit: str


def reperer(racine: Path, adresse: str | None = None) -> Programme:
    """The program that stands in `racine`, as git knows it; `adresse` takes the place of its origin.

    Raises ReponseRefusee for an address that is neither https nor a folder.
    """
    if adresse is not None and not _ADRESSE.fullmatch(adresse):
        raise ReponseRefusee(
            "L'adresse du programme commence par https:// (ou c'est le chemin entier d'un dossier), et n'a que des "
            "lettres sans accent, des chiffres, « . », « - », « _ » et « / »."
        )
    origine = _sans_secret(_git(racine, ["remote", "get-url", "origin"]))
    version, commit = _git(racine, ["describe", "--tags", "--exact-match"]), _git(racine, ["rev-parse", "HEAD"])
    return Programme(
        origine if adresse is None else adresse,
        version if _ETIQUETTE.fullmatch(version) else "",
        commit if _COMMIT.fullmatch(commit) else "",
    )


def _sans_secret(origine: str) -> str:
    """An https address without what opens it; empty for any other: nobody else could fetch from it."""
    parties = urlsplit(origine)
    nue = f"https://{parties.netloc.rpartition('@')[2]}{parties.path}"
    return nue if parties.scheme == "https" and _ADRESSE.fullmatch(nue) else ""


def _git(racine: Path, arguments: Sequence[str]) -> str:
    """What git says of the repository whose root is `racine`; empty when there is none, or no git."""
    commande = ["git", "-C", str(racine), *arguments]
    try:
        dit = subprocess.run(commande, capture_output=True, text=True, check=False)  # noqa: S603
    except OSError:
        return ""  # the program was copied without git: its commit is not known, and the hub's file says so
    return dit.stdout.strip() if dit.returncode == 0 and (racine / ".git").exists() else ""
