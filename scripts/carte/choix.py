"""What both a deployment's configuration and the indicators name, with its words: thresholds, classes, criteria.

Nothing here is read from a file. Every page, report and message that words one of these takes its words here.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Famille:
    """A family of services: `nom` in the title of a column, `un` within a sentence, article included."""

    nom: str
    un: str


FAMILLES = {
    "demarches": Famille("aide aux démarches", "une aide aux démarches"),
    "formation": Famille("formation au numérique", "une formation au numérique"),
    "equipement": Famille("équipement et accès", "un équipement ou un accès"),
}
"""The families that the indicators tell apart; a hub may give them other labels in its own lists (familles.yml)."""

CLASSES_DEBIT = {
    "hd05": "0,5 Mbit/s",
    "hd3": "3 Mbit/s",
    "bhd8": "8 Mbit/s",
    "thd30": "30 Mbit/s",
    "thd100": "100 Mbit/s",
    "thd1g": "1 Gbit/s",
}
"""Cumulative classes of downstream speed of ARCEP's tables, from the slowest, and their words."""


@dataclass(frozen=True, slots=True)
class Critere:
    """A criterion of the priority score: `nom` within a sentence, `titre` of a column, `base` of its share."""

    nom: str
    titre: str
    base: str


CRITERES = {
    "distance": Critere("éloignement", "Loin d’un lieu", "part des habitants"),
    "debit": Critere("débit filaire", "Sans bon débit", "part des locaux"),
    "besoin": Critere("besoin", "Dans le besoin", "part des habitants"),
}
"""Share of people far from a place, of premises without speed, of people in need; keys are the configuration's."""

NORMALISATIONS = ("min-max", "rang")
"""How each criterion becomes a number between 0 and 1."""

COMPRESSIONS = ("gzip",)
"""Compressed forms that a site may hold beside its files."""

PAGES_COMMUNES = ("toutes", "groupees")
"""A page for each commune in one folder; or folders by département, where communes without a place share a page."""


@dataclass(frozen=True, slots=True)
class Seuils:
    """Thresholds of the report: every one is printed with the figures it shapes. Times in minutes.

    `presence_heures`: a stop of a mobile service open for fewer hours a week covers nobody.
    `fraicheur_jours`, `anciennete_jours`: the two ages of a record: from the first it is to be read again and says so,
    from the second it is old and leaves the first results of the search.
    `fermeture_jours`: a place closed at the date of publication is out of the offer when its closure is longer.
    """

    voiture: tuple[int, ...] = (15, 20, 30)
    velo: tuple[int, ...] = (20, 30)
    pied: int = 20
    classe_debit: str = "thd30"
    fraicheur_jours: int = 365
    anciennete_jours: int = 730
    fermeture_jours: int = 90
    deficit_epci_pct: float = 25.0
    presence_heures: float = 3.0

    @property
    def ancienne(self) -> int:
        """Days from which a record is old: never before it is to be read again."""
        return max(self.anciennete_jours, self.fraicheur_jours)

    @property
    def principal(self) -> int:
        """The car threshold of headlines, priorities and comparisons: 20 minutes if it is one, else the middle one."""
        return 20 if 20 in self.voiture else sorted(self.voiture)[len(self.voiture) // 2]
