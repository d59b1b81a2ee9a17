"""Git repositories made for a test, whatever the configuration and the environment of the machine say."""

import os
import subprocess
from pathlib import Path

_PROPRE = {nom: valeur for nom, valeur in os.environ.items() if not nom.startswith("GIT_")} | {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
}


def git(depot: Path, *arguments: str, entree: bytes = b"", qui: str = "Essai", jour: str = "2026-05-04") -> str:
    """What git prints, run in a folder; `qui` writes its commits, at noon of `jour`."""
    auteur = {"NAME": qui, "EMAIL": "essai@hub.example", "DATE": f"{jour}T12:00:00Z"}
    environ = {f"GIT_{role}_{quoi}": dit for role in ("AUTHOR", "COMMITTER") for quoi, dit in auteur.items()}
    commande = ["git", "-C", str(depot), *arguments]
    return subprocess.run(
        commande, input=entree, env=_PROPRE | environ, check=True, capture_output=True
    ).stdout.decode()
