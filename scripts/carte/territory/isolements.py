"""Lands that no road joins to the rest, and roads that wind: the rule of every deployment, from a file of the project.

The communes of a line are apart from every other commune, as an island of `barrieres.csv`; nobody crosses by road, or
their only road adds `minutes`.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from carte.ecrits.fichier import lire_ecrit
from carte.ecrits.modele import Partie, Texte
from carte.territory.cog import Cog
from carte.territory.erreurs import TerritoireInvalide
from carte.territory.modele import Barriere

FICHIER = Path(__file__).with_name("isolements.yml")
_MODES = ("voiture", "velo", "pied")


class _Communes(Partie):
    nom: Annotated[Texte, Field(description="Le nom de ces communes")]
    communes: Annotated[dict[str, str], Field(description="Code et nom de chaque commune")] = Field(
        default_factory=dict
    )
    departements: Annotated[dict[str, str], Field(description="Code et nom des départements entiers")] = Field(
        default_factory=dict
    )
    source: Annotated[Texte, Field(description="D'où on le sait")]


class _Isolement(_Communes):
    passage: Annotated[Texte, Field(description="Comment on y va")]
    minutes: Annotated[float | None, Field(gt=0, le=600, description="Ce que sa seule route ajoute au temps")] = None


class _Relief(_Communes):
    motif: Annotated[Texte, Field(pattern="^(montagne|littoral|ile)$", description="montagne, littoral ou ile")]


class _Morceau(_Communes):
    passage: Annotated[Texte, Field(description="Comment on y va")]


class _Regles(Partie):
    isolements: Annotated[list[_Isolement], Field(min_length=1, description="Une terre isolée par tiret")]
    reliefs: Annotated[list[_Relief], Field(description="Des routes sinueuses, par tiret")]
    parties: Annotated[list[_Morceau], Field(description="Des lieux sans route d'une commune qui en a, par tiret")]


@dataclass(frozen=True, slots=True)
class Regle:
    """One line of the file: `communes` and `departements` are names by code; `passage` is how one goes there, `motif`
    why roads wind, empty when it is not about that. `minutes`: what the only road adds, None when there is no road."""

    nom: str
    communes: Mapping[str, str]
    departements: Mapping[str, str]
    source: str
    passage: str = ""
    motif: str = ""
    minutes: float | None = None

    def codes(self, cog: Cog) -> set[str]:
        """Current codes of its communes that this COG has."""
        if not self.departements:  # nearly always: there are 35,000 communes
            return self.communes.keys() & cog.actuelles.keys()
        entiers = {c.code for c in cog.actuelles.values() if c.departement in self.departements}
        return entiers | (self.communes.keys() & cog.actuelles.keys())


@cache
def lire_isolements(fichier: Path = FICHIER) -> tuple[Regle, ...]:
    """The lines of the file that change times, in its order. Raises TerritoireInvalide with every fault of the file."""
    regles = _lire(fichier)
    return tuple(Regle(**ligne.model_dump()) for ligne in (*regles.isolements, *regles.reliefs))


@cache
def parties_sans_route(fichier: Path = FICHIER) -> tuple[Regle, ...]:
    """Islands and villages of a commune that has roads: they count as joined, and a reader must know it."""
    return tuple(Regle(**ligne.model_dump()) for ligne in _lire(fichier).parties)


def _lire(fichier: Path) -> _Regles:
    ecrit = lire_ecrit(fichier, fichier.name, ("isolements", "reliefs", "parties"))
    regles = ecrit.conformer(_Regles, ecrit.donnees)
    if regles is None or ecrit.bloque:
        raise TerritoireInvalide("Règle des terres isolées à corriger :", ecrit.problemes())
    return regles


def isoler(
    cog: Cog, presentes: Iterable[str], fournies: Sequence[Barriere], regles: Sequence[Regle] | None = None
) -> tuple[Barriere, ...]:
    """The barriers of the rule that part some of the communes `presentes` (codes) from others.

    An island among `fournies` (those of the deployment's files) that has a commune of a line stands for it: its file
    knows the crossing.
    """
    toutes, connues = set(presentes), {code for b in fournies if b.ile for code in b.rives}
    trouvees = []
    for regle in lire_isolements() if regles is None else regles:
        codes = regle.codes(cog) if regle.passage else set()
        if codes & toutes and not codes >= toutes and not codes & connues:
            trouvees.append(_barriere(regle, codes))
    return tuple(trouvees)


def reliefs_connus(cog: Cog, regles: Sequence[Regle] | None = None) -> dict[str, str]:
    """Why roads wind in a commune, by its current code."""
    lues = lire_isolements() if regles is None else regles
    return {code: regle.motif for regle in lues if regle.motif for code in regle.codes(cog)}


def _barriere(regle: Regle, codes: Iterable[str]) -> Barriere:
    return Barriere(
        regle.nom,
        dict.fromkeys(sorted(codes), ""),
        ile=True,
        minutes=dict.fromkeys(_MODES, math.inf if regle.minutes is None else regle.minutes),
        franchissement=regle.passage,
        source=regle.source,
        fournie=False,
    )
