"""Questions that records ask of the territory: is this code right, where is this point, whose name is this."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from carte.territory.cog import Cog, CommuneCog, Nature
from carte.territory.mesures import distances_au_contour_km
from carte.territory.noms import cle_du_nom

if TYPE_CHECKING:
    from carte.territory.modele import Territoire

Statut = Literal["actuelle", "arrondissement", "ancienne", "inconnue"]


class Geographie:
    """Answers on codes from the whole COG the territory was read with, and on points from the loaded outlines."""

    def __init__(self, territoire: "Territoire") -> None:
        communes = territoire.communes
        self._cog = cog_de(territoire)
        traces = communes.loc[communes.geometry.notna()]
        self._codes: NDArray[Any] = traces["code_insee"].to_numpy(dtype=object)
        self._contours: dict[str, shapely.Geometry] = dict(zip(self._codes, traces.geometry, strict=True))
        self._arbre = shapely.STRtree(traces.geometry.to_numpy())
        self._noms = _index((c.nom, c.code) for c in self._cog.actuelles.values())
        self._noms_anciens = _index(self._cog.noms_anciens)

    def statut(self, code: str) -> Statut:
        """Whether a code is a current commune's, one of its arrondissements', an old or partial one's, or nobody's."""
        if code in self._cog.actuelles:
            return "actuelle"
        partie = self._cog.parties.get(code)
        if partie is not None and partie.nature is Nature.ARRONDISSEMENT:
            return "arrondissement"
        return "ancienne" if code in self._cog.successeurs else "inconnue"

    def successeur(self, code: str) -> str | None:
        """Current code of an old code; None for a current or unknown code."""
        return None if code in self._cog.actuelles else self._cog.successeurs.get(code)

    def arrondissement(self, code: str) -> tuple[str, str] | None:
        """Code and name of an arrondissement of Paris, Lyon or Marseille, by its code; None for any other code."""
        return (code, self._cog.parties[code].nom) if self.statut(code) == "arrondissement" else None

    def nom(self, code: str) -> str | None:
        """Name of a commune by its current or old code (an old code gives the current commune's name)."""
        actuel = self._cog.actuel(code)
        return None if actuel is None else self._cog.actuelles[actuel].nom

    def codes_du_nom(self, nom: str, departement: str | None = None) -> list[str]:
        """Current codes of the communes of that name, in one département or everywhere; sorted, maybe several.

        Accents, case, hyphens, « St » and CEDEX do not count. A name that no current commune has there is looked up
        among former and partial communes and arrondissements, and gives the commune they belong to.
        """
        cle = cle_du_nom(nom)
        return self._du_departement(self._noms.get(cle, ()), departement) or self._du_departement(
            self._noms_anciens.get(cle, ()), departement
        )

    def commune_du_point(self, lon: float, lat: float) -> str | None:
        """Current code of the commune that holds a point (WGS84); None outside the loaded outlines."""
        code: str | None = self.communes_des_points([lon], [lat])[0]
        return code

    def communes_des_points(self, lons: ArrayLike, lats: ArrayLike) -> NDArray[Any]:
        """Current code of the commune that holds each point (WGS84), or None; on a shared border, the lowest code."""
        x, y = np.asarray(lons, dtype=np.float64), np.asarray(lats, dtype=np.float64)
        resultat = np.full(len(x), None, dtype=object)
        places = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
        rangs, contours = self._arbre.query(shapely.points(x[places], y[places]), predicate="intersects")
        # Highest code first, so that the lowest one is written last.
        for rang, code in sorted(zip(rangs, self._codes[contours], strict=True), key=lambda c: c[1], reverse=True):
            resultat[places[rang]] = code
        return resultat

    def distances_to_commune(self, codes: Sequence[str], lons: ArrayLike, lats: ArrayLike) -> NDArray[np.float64]:
        """Kilometres from each point (WGS84) to its commune's outline, 0 inside; old codes count as their successor.

        NaN where it cannot be known: code unknown or without outline, coordinates missing.
        """
        x, y = np.asarray(lons, dtype=np.float64), np.asarray(lats, dtype=np.float64)
        rangs_du_code: dict[str, list[int]] = {}
        for rang, code in enumerate(codes):
            rangs_du_code.setdefault(self._cog.actuel(code) or "", []).append(rang)
        resultat = np.full(len(codes), np.nan)
        for code, rangs in rangs_du_code.items():
            if (contour := self._contours.get(code)) is not None:
                resultat[rangs] = distances_au_contour_km(contour, x[rangs], y[rangs])
        return resultat

    def _du_departement(self, codes: Sequence[str], departement: str | None) -> list[str]:
        return [c for c in codes if departement is None or self._cog.actuelles[c].departement == departement]


def _index(paires: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    codes: dict[str, set[str]] = {}
    for nom, code in paires:
        codes.setdefault(cle_du_nom(nom), set()).add(code)
    return {cle: tuple(sorted(valeurs)) for cle, valeurs in codes.items()}


def cog_de(territoire: "Territoire") -> Cog:
    """The COG a territory was read with, or one of its communes alone when it was made by hand."""
    if territoire.cog is not None:
        return territoire.cog
    communes = territoire.communes
    actuelles = {
        x.code_insee: CommuneCog(x.code_insee, x.nom, x.code_departement, "", float("nan"), ())
        for x in communes[["code_insee", "nom", "code_departement"]].itertuples()
    }
    return Cog(actuelles=actuelles, successeurs=territoire.successeurs)
