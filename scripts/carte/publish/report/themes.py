"""The themes of the report's maps: each commune in one class. Classes only sort figures that `indicators` gave."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from carte.access import TOLERANCE
from carte.choix import FAMILLES
from carte.indicators import Indicateurs, Part
from carte.publish.maps.statique import INCONNU
from carte.publish.report import phrases
from carte.publish.report.lignes import Ligne, lignes

if TYPE_CHECKING:
    from carte.choix import Seuils

# Upper bounds of the classes of shares, in %.
_BORNES_DEBIT = (5, 10, 25)
_BORNES_CUMUL = (10, 25, 50)


@dataclass(frozen=True, slots=True)
class Classe:
    """One class of a legend: its CSS key (`n0` palest to `n4` darkest, or `inconnu`), its label, its communes."""

    cle: str
    libelle: str
    nombre: int


@dataclass(frozen=True, slots=True)
class Theme:
    """One map. `classes` are in the legend's order; `communes`: code → CSS key; `valeurs`: code → words to show."""

    cle: str
    titre: str
    code: str
    classes: tuple[Classe, ...]
    communes: Mapping[str, str]
    valeurs: Mapping[str, str]

    @property
    def resume(self) -> str:
        """The map in one sentence, for those who do not see it."""
        decompte = "; ".join(f"{c.libelle} : {phrases.compter(c.nombre, 'commune')}" for c in self.classes)
        return f"{decompte}."


def themes(indicateurs: Indicateurs, departement: str) -> list[Theme]:
    """The maps of a département: times to the nearest place, wired broadband, cumulated deficit."""
    communes = list(lignes(indicateurs, "commune", departement))
    return [*temps(communes, indicateurs.seuils), *debit(communes, indicateurs.seuils), *cumul(communes, indicateurs)]


def temps(communes: Sequence[Ligne], seuils: "Seuils") -> list[Theme]:
    """A1 by car, for any place and for each family."""
    bornes = sorted(seuils.voiture)

    def un(cle: str, titre: str, colonne: str) -> Theme:
        libelles = _libelles_minutes(bornes)
        if any(commune.mesure(colonne).valeur == math.inf for commune in communes):
            libelles[-1] += ", ou aucun lieu"

        def valeur(commune: Ligne) -> str:
            minutes = commune.mesure(colonne)
            ecart = phrases.bornes(minutes)
            return phrases.mesure(minutes, "minutes") + (f" ({ecart})" if ecart else "")

        def classe(commune: Ligne) -> int | None:
            minutes = commune.mesure(colonne).valeur
            return None if minutes is None else sum(minutes > borne + TOLERANCE for borne in bornes)

        return _theme(cle, titre, "A1", libelles, communes, classe, valeur)

    parties = [("temps", "Temps en voiture jusqu’au lieu le plus proche", "A1_voiture")]
    parties += [
        (f"temps-{cle}", f"Temps en voiture jusqu’à {famille.un}", f"A1_voiture_{cle}")
        for cle, famille in FAMILLES.items()
    ]
    # A map of what nobody says would show silences as places far away.
    return [un(*partie) for partie in parties if any(c.mesure(partie[2]).valeur is not None for c in communes)]


def debit(communes: Sequence[Ligne], seuils: "Seuils") -> list[Theme]:
    """B1: one map, or two readings when only bounds are known."""
    colonne = f"B1_{seuils.classe_debit}"
    titre = "Part des locaux privés d’un bon débit filaire"
    return _parts("debit", titre, "B1", colonne, communes, _libelles_parts(_BORNES_DEBIT), _BORNES_DEBIT, "local")


def cumul(communes: Sequence[Ligne], indicateurs: Indicateurs) -> list[Theme]:
    """G1 at the main threshold: one map, or two readings when only bounds are known."""
    seuil = indicateurs.seuils.principal
    titre = f"Habitants à plus de {seuil} minutes d’un lieu et sans bon débit filaire (estimation)"
    libelles = _libelles_parts(_BORNES_CUMUL)
    return _parts("cumul", titre, "G1", f"G1_{seuil}", communes, libelles, _BORNES_CUMUL, "habitant")


def _parts(
    cle: str,
    titre: str,
    code: str,
    colonne: str,
    communes: Sequence[Ligne],
    libelles: Sequence[str],
    bornes: Sequence[float],
    unite: str,
) -> list[Theme]:
    def lecture(suffixe: str, precision: str, lire: Callable[[Part], float | None]) -> Theme:
        def classe(commune: Ligne) -> int | None:
            part = commune.part(colonne)
            valeur = lire(part)
            return _rang(valeur, part.denominateur, bornes)

        return _theme(
            f"{cle}{suffixe}",
            titre + precision,
            code,
            libelles,
            communes,
            classe,
            lambda commune: phrases.part_complete(commune.part(colonne), unite),
            absent,
        )

    parts = [commune.part(colonne) for commune in communes]
    absent = "inconnu ou sans objet" if any(part.denominateur == 0 for part in parts) else INCONNU
    if any(part.numerateur is None and part.bas is not None for part in parts):
        return [
            lecture("-bas", ", lecture basse", lambda part: part.bas),
            lecture("-haut", ", lecture haute", lambda part: part.haut),
        ]
    return [lecture("", "", lambda part: part.numerateur)]


def _theme(
    cle: str,
    titre: str,
    code: str,
    libelles: Sequence[str],
    communes: Iterable[Ligne],
    classe: Callable[[Ligne], int | None],
    valeur: Callable[[Ligne], str],
    absent: str = INCONNU,
) -> Theme:
    rangs = {commune.code: classe(commune) for commune in communes}
    cles = {code_: INCONNU if rang is None else _cle(rang, len(libelles)) for code_, rang in rangs.items()}
    entrees = [(_cle(rang, len(libelles)), libelle) for rang, libelle in enumerate(libelles)]
    comptees = [*entrees, (INCONNU, absent)]
    effectifs = list(cles.values())
    return Theme(
        cle,
        titre,
        code,
        tuple(Classe(c, libelle, effectifs.count(c)) for c, libelle in comptees if c != INCONNU or c in effectifs),
        cles,
        {commune.code: f"{commune.nom} : {valeur(commune)}" for commune in communes},
    )


def _cle(rang: int, total: int) -> str:
    """Spread the classes over the five tones, from the palest to the darkest."""
    return f"n{round(rang * 4 / max(total - 1, 1))}"


def _rang(valeur: float | None, denominateur: float | None, bornes: Sequence[float]) -> int | None:
    """Class of a share: 0 for none at all, then one per upper bound (inclusive), then beyond; None when unknown."""
    if valeur is None or not denominateur:
        return None
    pourcentage = 100 * valeur / denominateur
    return 0 if pourcentage == 0 else 1 + sum(pourcentage > borne + 1e-9 for borne in bornes)


def _libelles_minutes(seuils: Sequence[int]) -> list[str]:
    milieux = [f"plus de {bas} à {haut} minutes" for bas, haut in pairwise(seuils)]
    return [f"{seuils[0]} minutes ou moins", *milieux, f"plus de {seuils[-1]} minutes"]


def _libelles_parts(bornes: Sequence[float]) -> list[str]:
    milieux = [f"plus de {bas} à {haut} %" for bas, haut in pairwise(bornes)]
    return ["0 %", f"{bornes[0]} % ou moins", *milieux, f"plus de {bornes[-1]} %"]
