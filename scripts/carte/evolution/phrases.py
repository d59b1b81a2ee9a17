"""G9 in words: the change of a figure and its effects, without a causal verb, and never better news than it is.

Everything printed comes from one reading in tenths of a point, so that a reader who adds up what is printed finds the
printed change: see `lire`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from carte.evolution.modele import EFFETS, Decomposition, Effet
from carte.indicators.wording import ESPACE, format_nombre, format_taux

STABLE, HAUSSE, BAISSE, AMELIORATION = "stable", "hausse du chiffre", "baisse du chiffre", "amélioration de l'offre"

NATURES: Mapping[Effet, str] = {
    Effet.METHODE: "effet de méthode",
    Effet.POPULATION: "effet de population et de communes",
    Effet.CORRECTIONS: "recensement ou offre : on ne sait pas",
    Effet.RECENSEMENT: "effet de recensement",
    Effet.DATE_INCONNUE: "recensement ou offre : on ne sait pas",
    Effet.OUVERTURES: "effet d'offre",
    Effet.RETRAITS: "effet d'offre, ou retrait de la liste",
}
"""What each effect says of: the offer, its census, the population or the method."""


@dataclass(frozen=True, slots=True)
class Lecture:
    """A change as it is printed: shares in tenths of a percent, effects in tenths of a point, all whole numbers.

    `avant + sum(effets) == apres`, exactly.
    """

    avant: int
    apres: int
    effets: Mapping[Effet, int]

    @property
    def variation(self) -> int:
        return self.apres - self.avant

    @property
    def offre(self) -> int:
        """What is known of the offer itself."""
        return self.effets[Effet.OUVERTURES] + self.effets[Effet.RETRAITS]


def lire(evolution: Decomposition) -> Lecture:
    """Round a change so that what is printed adds up.

    Shares are rounded as they are everywhere else; each effect is rounded, then the tenths that are missing are given
    to the effects furthest from their rounded value. An effect of zero stays zero, and none changes its sign.
    """
    avant, apres = _dixiemes(evolution.avant), _dixiemes(evolution.apres)
    exacts = {effet: 10 * evolution.effets[effet] for effet in EFFETS}
    arrondis = {effet: _entier(valeur) for effet, valeur in exacts.items()}
    reste = apres - avant - sum(arrondis.values())
    pas = 1 if reste > 0 else -1
    for _ in range(abs(reste)):
        permis = [e for e in EFFETS if abs(exacts[e]) > 1e-6 and (arrondis[e] + pas) * exacts[e] >= 0]
        choisi = max(permis, key=lambda effet: pas * (exacts[effet] - arrondis[effet]))
        arrondis[choisi] += pas
    return Lecture(avant, apres, arrondis)


def qualifier(evolution: Decomposition) -> str:
    """What the change may be called. « amélioration » only when known openings make up more than half of a rise.

    Better census, unknown dates, corrections, population and method are never an improvement.
    """
    lecture = lire(evolution)
    if lecture.variation == 0:
        return STABLE
    if lecture.variation < 0:
        return BAISSE
    ouvertures = min(lecture.effets[Effet.OUVERTURES], lecture.offre)
    return AMELIORATION if 2 * ouvertures > lecture.variation else HAUSSE


def phrase(evolution: Decomposition) -> str:
    """One sentence: both shares and counts, the difference, what it may be called, each visible effect in order."""
    avant = _part(evolution.avant, evolution.compte_avant)
    apres = _part(evolution.apres, evolution.compte_apres)
    lecture, qualite = lire(evolution), qualifier(evolution)
    debut = f"De {avant} à {apres}, soit {points(lecture.variation)} : {qualite}"
    visibles = [f"{effet.value} : {points(lecture.effets[effet])}" for effet in EFFETS if lecture.effets[effet]]
    if not visibles:
        return f"{debut}."
    sans_ouverture = qualite == HAUSSE and evolution.effets[Effet.OUVERTURES] <= 0
    reserve = " Aucun lieu ouvert depuis n'est compté dans cette hausse." if sans_ouverture else ""
    return f"{debut}, dont {' ; '.join(visibles)}.{reserve}"


def _part(pourcentage: float, compte: tuple[float, float]) -> str:
    numerateur, denominateur = map(format_nombre, compte)
    return f"{format_taux(pourcentage / 100)} ({numerateur} sur {denominateur})"


def points(dixiemes: int) -> str:
    """Write a difference of shares, in tenths of a point: « +2,3 points », « −1,0 point », « 0,0 point »."""
    signe = "" if dixiemes == 0 else "+" if dixiemes > 0 else "−"
    # In French the plural starts at two.
    mot = "points" if abs(dixiemes) >= 20 else "point"
    return f"{signe}{format_nombre(abs(dixiemes) / 10, 1)}{ESPACE}{mot}"


def _dixiemes(pourcentage: float) -> int:
    """A share as `format_taux` prints it; « moins de 0,1 » and « plus de 99,9 » are read as these numbers."""
    entier = _entier(10 * pourcentage)
    if entier == 0 and pourcentage > 1e-7:
        return 1
    return 999 if entier == 1000 and pourcentage < 100 - 1e-7 else entier


def _entier(valeur: float) -> int:
    # Ten decimals: the noise of a sum of floats is no half.
    return int(Decimal(repr(round(valeur, 10))).quantize(Decimal(1), ROUND_HALF_UP))
