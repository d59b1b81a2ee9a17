"""The whole perimeter at a glance: outlines of its départements and of what surrounds them, and the largest names.

The map reads this small file first. What is closer, communes and places one by one, comes département by département.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import shapely

from carte.publish.maps.contours import Contours, Nom, arrondies, en_json, placer_noms
from carte.publish.svg import Repere

METROPOLE = (-5.2, 41.3, 9.6, 51.1)
"""West, south, east, north: a view that held overseas départements too would show nothing of any."""
TOLERANCE = 0.01
"""Of the simplification, in degrees: about a kilometre, a pixel or two of the first view of a région."""
PAS = 740
"""Of a wider perimeter, the tolerance is this part of its width: a pixel or two of its own first view."""
DECIMALES = 3
"""Of degrees: a hundred metres, well under the tolerance."""
ZOOMS = range(5, 9)
# Names of a département that may be written from afar.
_NOMS_PAR_DEPARTEMENT = 60


Bornes = tuple[float, float, float, float]


@dataclass(frozen=True, eq=False)
class Ensemble:
    """`contours`: the départements, by code; `formes`: the outline of each that has one; `voisins`: outlines around
    them, which reach under theirs; `noms`: written from afar."""

    contours: Mapping[str, Contours]
    formes: Mapping[str, Any]
    voisins: Sequence[Any]
    noms: Sequence[Nom]

    @property
    def reunis(self) -> list[Contours]:
        """The départements that are shown together: those of the métropole; without any, all that have an outline."""
        dessines = [self.contours[code] for code in self.formes]
        return [un for un in dessines if un.bornes and _se_touchent(un.bornes, METROPOLE)] or dessines

    @property
    def bornes(self) -> Bornes | None:
        """Of what is shown together; None without any outline."""
        cadres = [un.bornes for un in self.reunis if un.bornes]
        if not cadres:
            return None
        ouests, suds, ests, nords = zip(*cadres, strict=True)
        return min(ouests), min(suds), max(ests), max(nords)

    @cached_property
    def repere(self) -> Repere | None:
        """The frame of the drawing of all of them; None without any outline."""
        return Repere.cadrer(self.bornes) if self.bornes else None


def preparer(contours: Mapping[str, Contours]) -> Ensemble:
    """Lighter outlines that still touch each other, and the names that have room at a far zoom."""
    dessines = {code: un for code, un in contours.items() if un.bornes}
    unions = [shapely.union_all(un.communes.geometry.to_numpy()) for un in dessines.values()]
    tolerance = _tolerance(un.bornes for un in dessines.values() if un.bornes)
    formes = [_nette(forme, tolerance) for forme in shapely.coverage_simplify(unions, tolerance)] if unions else []
    un = next(iter(contours.values()), None)
    autour = [] if un is None else un.voisins.geometry.to_numpy()
    # They reach a little under the perimeter: two simplified borders would let the sea in between.
    larges = shapely.buffer(autour, tolerance, quad_segs=1, join_style="mitre")
    return Ensemble(
        contours, dict(zip(dessines, formes, strict=True)), list(shapely.simplify(larges, tolerance)), _noms(dessines)
    )


def fichier_ensemble(ensemble: Ensemble, amas: Sequence[Mapping[str, Any]]) -> str:
    """The JSON file that the map reads first: `departements` (code, name, frame, file, outline), `voisins` (outlines),
    `noms` (name, latitude, longitude, zoom), `lieux` (see `semis.amas`)."""
    return en_json(
        {
            "departements": [
                {
                    "code": code,
                    "nom": ensemble.contours[code].nom,
                    "cadre": [round(borne, DECIMALES) for borne in ensemble.contours[code].bornes or ()],
                    "fichier": f"{code}.json",
                    "contour": _geometrie(forme),
                }
                for code, forme in ensemble.formes.items()
            ],
            "voisins": [_geometrie(forme) for forme in ensemble.voisins],
            "noms": [nom.ligne for nom in ensemble.noms],
            "lieux": amas,
        }
    )


def _tolerance(cadres: Iterable[Bornes]) -> float:
    """In degrees, for what is shown together: overseas départements are far away, and not wide."""
    ensemble = [cadre for cadre in cadres if _se_touchent(cadre, METROPOLE)]
    if not ensemble:
        return TOLERANCE
    return max(TOLERANCE, (max(est for _, _, est, _ in ensemble) - min(ouest for ouest, *_ in ensemble)) / PAS)


def _nette(forme: Any, tolerance: float) -> Any:
    """An outline without the islets and holes that would be specks; the largest part always stays."""
    parties = sorted(shapely.get_parts(forme), key=lambda partie: -partie.area)
    moindre = (2 * tolerance) ** 2
    gardees = [
        shapely.Polygon(partie.exterior, [trou for trou in partie.interiors if shapely.Polygon(trou).area >= moindre])
        for rang, partie in enumerate(parties)
        if rang == 0 or partie.area >= moindre
    ]
    return gardees[0] if len(gardees) == 1 else shapely.multipolygons(gardees)


def _noms(contours: Mapping[str, Contours]) -> list[Nom]:
    """The largest communes of each, placed together: no name crosses that of the next département."""
    candidats = []
    for un in contours.values():
        grandes = un.communes.sort_values("population", ascending=False).head(_NOMS_PAR_DEPARTEMENT)
        candidats += [
            (str(c.nom), float(c.lon), float(c.lat), float(c.population))
            for c in grandes.itertuples()
            if not math.isnan(c.lon)
        ]
    return placer_noms(candidats, ZOOMS)


def _geometrie(forme: Any) -> Any:
    precise = shapely.set_precision(forme, 10.0**-DECIMALES, mode="pointwise")
    return shapely.geometry.mapping(arrondies(precise, DECIMALES))


def _se_touchent(un: Bornes, autre: Bornes) -> bool:
    return un[0] <= autre[2] and un[2] >= autre[0] and un[1] <= autre[3] and un[3] >= autre[1]
