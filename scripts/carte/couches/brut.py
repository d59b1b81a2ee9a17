"""One layer as its source gives it, and what tells where it came from."""

import re
from dataclasses import dataclass

from carte.erreurs import ErreurCarte
from carte.territory.manifeste import Origine

INCONNU = "inconnu"
RELEVE = "relevé du "
"""How the vintage of what has none begins: the day it was fetched follows."""
LICENCE = "Licence Ouverte 2.0"


class CouchesIndisponibles(ErreurCarte):
    """Layers could not be obtained; nothing was written. `constat`: what happened, without what to do about layers."""

    def __init__(self, message: str, constat: str = "") -> None:
        super().__init__(message)
        self.constat = constat or message


@dataclass(frozen=True, slots=True)
class Brut:
    """One layer as its source gives it. `origines`: the files that it was made from."""

    contenu: bytes
    source: str
    millesime: str
    origines: tuple[Origine, ...] = ()

    @property
    def nom(self) -> str:
        """What messages call it: the address of what it was made from, without its parameters."""
        return self.origines[0].adresse.split("?", 1)[0] if self.origines else self.source


def annee(nom: str) -> str:
    """The year that a file's name says, alone or in a date, its vintage; « inconnu » without one."""
    annees = re.findall(r"(?<!\d)((?:19|20)\d\d)(?:[01]\d(?:[0-3]\d)?)?(?!\d)", nom)
    return annees[-1] if annees else INCONNU
