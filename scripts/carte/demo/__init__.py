"""The fictional département Val-d'Exemple (99) and a strip of its neighbour: nobody is misled, all is checkable."""

from pathlib import Path


def ecrire(racine: Path, *, mettre_de_cote: bool = False) -> list[Path]:
    """Write the demonstration's inputs under `racine` (see `carte.demo.ecriture.ecrire`)."""
    # Late: the command line imports this package at start-up, and pydantic is heavy.
    from carte.demo.ecriture import ecrire as ecrire_fichiers

    return ecrire_fichiers(racine, mettre_de_cote=mettre_de_cote)


__all__ = ["ecrire"]
