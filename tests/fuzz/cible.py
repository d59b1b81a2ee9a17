"""What one target of the fuzzing is: healthy inputs, a reader, and what must hold of whatever it is given."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

CORPUS = Path(__file__).parent / "corpus"
"""Inputs that once broke something, by target: each is tried again at every run of the tests."""


@dataclass(frozen=True)
class Cible:
    """`essayer(octets)`: whether it was read (False: refused in French); raises when a property does not hold.

    `entete`: how many first lines say which file the rest is, and are never damaged. `cout`: milliseconds, about.
    """

    nom: str
    graines: tuple[bytes, ...]
    essayer: Callable[[bytes], bool]
    jetons: tuple[bytes, ...] = ()
    entete: int = 0
    cout: float = 1.0
    corpus: tuple[bytes, ...] = field(init=False)

    def __post_init__(self) -> None:
        fichiers = sorted((CORPUS / self.nom).glob("*"))
        object.__setattr__(self, "corpus", tuple(fichier.read_bytes() for fichier in fichiers))
