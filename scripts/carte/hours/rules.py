"""Opening hours as plain data: the same structure is evaluated here and in the browser."""

import re
from dataclasses import dataclass, fields
from enum import StrEnum
from operator import attrgetter
from typing import Any, Literal

Separateur = Literal[";", ",", "||"]
Sens = Literal["open", "off", "unknown", "rdv"]
JOURNEE = 1440
TOUS_LES_JOURS = 0b1111111
SANS_FIN = 9999  # `2026+`: last year of an open range

# One end of a range of dates: (year or 0, month or 0, day). Month 0 is Easter Sunday, then day is an offset.
Borne = tuple[int, int, int]
# First, last, step.
Pas = tuple[int, int, int]


class Etat(StrEnum):
    """The four states of a place at one instant. Unknown is never closed."""

    OUVERT = "ouvert"
    FERME = "ferme"
    SUR_RENDEZ_VOUS = "sur_rendez_vous"
    INCONNU = "inconnu"


ETAT_DU_SENS: dict[str, Etat] = {
    "open": Etat.OUVERT,
    "off": Etat.FERME,
    "unknown": Etat.INCONNU,
    "rdv": Etat.SUR_RENDEZ_VOUS,
}


@dataclass(frozen=True, slots=True)
class Regle:
    """One rule. An empty selector selects everything; no `heures` means the whole day.

    `jours` is a mask (bit 0 = Monday), 0 when days are only given by `rangs`, `feries` or `vacances`; `rangs` holds
    (day, nth of the month, negative from its end); `conjonction` asks for the holiday AND the days (`SH We`).
    `heures` holds (start, end, open-ended) in minutes, end up to 2880 (48:00).
    """

    separateur: Separateur = ";"
    sens: Sens = "open"
    commentaire: str = ""
    annees: tuple[Pas, ...] = ()
    dates: tuple[tuple[Borne, Borne], ...] = ()
    semaines: tuple[Pas, ...] = ()
    jours: int = TOUS_LES_JOURS
    rangs: tuple[tuple[int, int], ...] = ()
    feries: bool = False
    vacances: bool = False
    conjonction: bool = False
    heures: tuple[tuple[int, int, bool], ...] = ()

    @property
    def datee(self) -> bool:
        """True when the rule speaks of some dates only (years, months, days, Easter)."""
        return bool(self.annees or self.dates)

    @property
    def sans_jour(self) -> bool:
        """True when nothing says which days the rule is about."""
        return not (self.datee or self.semaines or self.rangs or self.feries or self.vacances) and (
            self.jours == TOUS_LES_JOURS
        )

    @property
    def toujours(self) -> bool:
        """True for « 24/7 »: open, without a word of days nor of hours; public holidays are among all days."""
        return self.sens == "open" and self.sans_jour and not self.heures


_NOMS = tuple(champ.name for champ in fields(Regle))
_valeurs = attrgetter(*_NOMS)
_DEFAUTS = _valeurs(Regle())
_RDV = re.compile(r"\b(?:rdv|r\.d\.v|rendez[- ]?vous|appointment)", re.IGNORECASE)
# « sans rendez-vous » and « avec ou sans rdv » promise that no appointment is needed.
_SANS = re.compile(r"\bsans\s+(?:rdv|r\.d\.v|rendez)", re.IGNORECASE)


def sur_rendez_vous(commentaire: str) -> bool:
    """Whether a comment says that one comes by appointment."""
    return _RDV.search(commentaire) is not None and _SANS.search(commentaire) is None


def en_donnees(regles: tuple[Regle, ...]) -> list[dict[str, Any]]:
    """Rules as JSON values, defaults left out; read back by `depuis_donnees`."""
    return [
        {nom: valeur for nom, valeur, defaut in zip(_NOMS, _valeurs(r), _DEFAUTS, strict=True) if valeur != defaut}
        for r in regles
    ]


def depuis_donnees(donnees: list[dict[str, Any]]) -> tuple[Regle, ...]:
    """Rules from the JSON values of `en_donnees` (lists become tuples again)."""
    return tuple(Regle(**{cle: _fige(valeur) for cle, valeur in regle.items()}) for regle in donnees)


def _fige(valeur: Any) -> Any:
    return tuple(_fige(v) for v in valeur) if isinstance(valeur, list | tuple) else valeur
