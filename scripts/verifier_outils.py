"""The one list of what a machine needs, and the sentence that names what it lacks.

Without option: checks what `make site` needs, before anything is installed.
--tests      checks too what some tests need (without it, these tests are skipped and say so)
--installer  installs what is missing from Debian's packages (as root, or with sudo); with --tests, the tests' needs too
--liste      writes the list as the table of the README

Runs with any Python 3.7 or later, standard library only. Exit codes: 0 everything is there, 1 something is missing.
"""

from __future__ import annotations

import argparse
import ctypes
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from typing import NamedTuple

# The same engine without its window comes first: the browser tests then take half the processor time.
SANS_FENETRE = "chromium-headless-shell"
NAVIGATEURS = (SANS_FENETRE, "chromium", "chromium-browser", "google-chrome")


class Besoin(NamedTuple):
    """`paquet`: Debian's, None when Debian 12 has none recent enough. `manque` gives None, or what is missing."""

    nom: str
    paquet: str | None
    sert_a: str
    pour_les_tests: bool
    manque: Callable[[], str | None]


def chromium() -> str | None:
    """The path of the browser that tests drive: CARTE_CHROMIUM, else one of the usual commands, else None."""
    return os.environ.get("CARTE_CHROMIUM") or next(filter(None, map(shutil.which, NAVIGATEURS)), None)


def _commande(nom: str) -> Callable[[], str | None]:
    return lambda: None if shutil.which(nom) else f"commande {nom}"


def _navigateur() -> str | None:
    return None if chromium() else f"commande {NAVIGATEURS[1]}"


def _libatomic() -> str | None:
    """Playwright brings a Node.js of its own, whose library a bare Debian lacks."""
    if not sys.platform.startswith("linux"):
        return None
    try:
        ctypes.CDLL("libatomic.so.1")
    except OSError:
        return "bibliothèque libatomic.so.1"
    return None


def _python() -> str | None:
    return None if sys.version_info >= (3, 11) else f"trouvé : {sys.version.split()[0]}, trop ancien"


def _venv() -> str | None:
    absents = [module for module in ("venv", "ensurepip") if importlib.util.find_spec(module) is None]
    return f"module {' et '.join(absents)}" if absents else None


def _node() -> str | None:
    node = shutil.which("node")
    if node is None:
        return "commande node"
    version = subprocess.run([node, "--version"], stdout=subprocess.PIPE, check=True).stdout.decode().strip()
    majeure = re.match(r"v(\d+)", version)
    return None if majeure and int(majeure.group(1)) >= 20 else f"trouvé : {version}, trop ancien"


BESOINS = (
    Besoin("Python 3.11 ou plus récent", "python3", "le programme", False, _python),
    Besoin("venv, module de Python", "python3-venv", "installer les bibliothèques dans ce dossier", False, _venv),
    Besoin("Node.js 20 ou plus récent", None, "assembler et vérifier les programmes du navigateur", False, _node),
    Besoin("npm, livré avec Node.js", None, "installer les bibliothèques du navigateur", False, _commande("npm")),
    Besoin("make", "make", "lancer `make site` et `make test`", False, _commande("make")),
    Besoin("Git", "git", "comparer avec une publication précédente", True, _commande("git")),
    Besoin("Chromium", "chromium", "ouvrir les pages comme un visiteur", True, _navigateur),
    Besoin("Chromium sans fenêtre", SANS_FENETRE, "les ouvrir plus vite", True, _commande(SANS_FENETRE)),
    Besoin("libatomic", "libatomic1", "piloter Chromium", True, _libatomic),
    Besoin("Poppler", "poppler-utils", "relire les PDF", True, _commande("pdftotext")),
)


def manques(avec_les_tests: bool = False) -> list[tuple[Besoin, str]]:
    """The needs that this machine does not meet, each with what is missing of it."""
    examines = [besoin for besoin in BESOINS if avec_les_tests or not besoin.pour_les_tests]
    constats = [(besoin, besoin.manque()) for besoin in examines]
    return [(besoin, constat) for besoin, constat in constats if constat is not None]


def phrase(besoin: Besoin, constat: str) -> str:
    """What is missing, what for, and how to get it, in one French sentence."""
    remede = f" Sous Debian : apt-get install {besoin.paquet}." if besoin.paquet else ""
    return f"Il manque {besoin.nom} ({constat}), pour {besoin.sert_a}.{remede}"


def installer(paquets: list[str]) -> None:
    """Install Debian packages without a question, after having read what Debian has today."""
    droits = [] if os.geteuid() == 0 else ["sudo", "-n"]
    apt = [*droits, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    subprocess.run([*apt, "update"], check=True)
    subprocess.run([*apt, "install", "-y", "--no-install-recommends", *paquets], check=True, stdout=subprocess.DEVNULL)


def liste() -> str:
    """The needs as a Markdown table."""
    lignes = ["| Besoin | Paquet Debian | Sert à |", "|---|---|---|"]
    for besoin in BESOINS:
        paquet = f"`{besoin.paquet}`" if besoin.paquet else "–"
        usage = f"tests : {besoin.sert_a}" if besoin.pour_les_tests else besoin.sert_a
        lignes.append(f"| {besoin.nom} | {paquet} | {usage} |")
    return "\n".join(lignes)


def main() -> int:
    """Read the options, say what is missing; gives the exit code."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for nom in ("--tests", "--installer", "--liste"):
        options.add_argument(nom, action="store_true")
    choix = options.parse_args()
    if choix.liste:
        print(liste())
        return 0
    absents = manques(choix.tests)
    paquets = [besoin.paquet for besoin, _ in absents if besoin.paquet is not None]
    if choix.installer and paquets:
        installer(paquets)
        absents = manques(choix.tests)
    for besoin, constat in absents:
        print(phrase(besoin, constat), file=sys.stderr)
    return 1 if absents else 0


if __name__ == "__main__":
    raise SystemExit(main())
