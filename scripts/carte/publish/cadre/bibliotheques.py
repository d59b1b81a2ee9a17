"""The files of browser libraries and fonts, read where npm put them: nothing of others is in the project."""

from pathlib import Path

from carte.erreurs import ErreurCarte


class BibliothequeAbsente(ErreurCarte):
    """A browser library was not installed."""


def fichier(racine: Path, chemin: str) -> Path:
    """The file at `chemin` under `node_modules`. Raises BibliothequeAbsente."""
    trouve = racine / "node_modules" / chemin
    if not trouve.is_file():
        raise BibliothequeAbsente(f"La bibliothèque node_modules/{chemin} n'est pas installée. Lancez d'abord : npm ci")
    return trouve
