"""The small map of one place: commune outlines, names around, a scale; no tile, no street, readable in black and white.

A file of its own (an image): its colours are attributes, since the pages allow no inline style.
"""

import math
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import shapely
from markupsafe import Markup, escape

from carte.publish.feuille.etiquettes import Etiquettes
from carte.publish.svg import Repere, chemins
from carte.publish.textes import nombre, sans_bidi
from carte.territory import POINTS_SURS, simplifier

if TYPE_CHECKING:
    from carte.territory import Territoire

LARGEUR, HAUTEUR = 400, 300
KM_PAR_DEGRE = 111.195
# Half widths tried, in kilometres, until enough communes are named around the place.
DEMI_LARGEURS_KM = (5, 8, 12, 18, 27, 40, 60, 90, 140, 250)
COMMUNES_MIN = 6
# Half the extent of a tour, and the room of its outermost names.
MARGE = 0.65
# About 80 metres: a third of a unit of the closest drawing would not be seen.
TOLERANCE_DEGRES = 0.0008
_ECHELLES_KM = (1, 2, 5, 10, 20, 50, 100)
# XML has no way to write these, even escaped.
_INTERDITS_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# Latitude and longitude, WGS84 degrees.
Position = tuple[float, float]


class Plans:
    """Draws the surroundings of places, from the outlines and points of a territory."""

    def __init__(self, territoire: "Territoire") -> None:
        communes = territoire.communes
        self._codes = [str(code) for code in communes["code_insee"]]
        self._noms = [str(nom) for nom in communes["nom"]]
        # An unknown population is served last, not taken for zero inhabitants: names only.
        self._rangs = np.nan_to_num(communes["population"].to_numpy(dtype=float), nan=-1.0)
        self._points = communes[["lat", "lon"]].to_numpy(dtype=float)
        # A dot says « here »: the middle of an outline is nowhere, its name alone is written.
        self._surs = communes["point_source"].isin(list(POINTS_SURS)).to_numpy()
        dessinables = communes[["geometry"]].reset_index(drop=True)
        self._formes = simplifier(dessinables, TOLERANCE_DEGRES).geometry.to_numpy()
        self._arbre = shapely.STRtree(self._formes)

    def dessiner(self, lieux: Sequence[Position], codes: Sequence[str]) -> str | None:
        """The SVG around a place (or the stops of a tour), `codes` being its communes; None when nothing is known.

        Without `lieux`, the map shows the communes alone: no mark is put where the place is not known to be.
        """
        centres = list(lieux) or self._centres(codes)
        if not centres:
            return None
        repere = self._cadrer(centres)
        morceaux = [self._communes(repere, codes), *self._noms_et_reperes(repere, lieux, codes), _echelle(repere)]
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LARGEUR} {HAUTEUR}" width="{LARGEUR}" '
            f'height="{HAUTEUR}" font-family="Atkinson Hyperlegible Next,Arial,sans-serif" font-size="17">'
            f'<rect width="{LARGEUR}" height="{HAUTEUR}" fill="#fff"/>{Markup("").join(morceaux)}'
            f'<rect x="1" y="1" width="{LARGEUR - 2}" height="{HAUTEUR - 2}" fill="none" stroke="#000" '
            'stroke-width="2"/></svg>\n'
        )

    def _centres(self, codes: Sequence[str]) -> list[Position]:
        points = [self._points[rang] for rang, code in enumerate(self._codes) if code in codes]
        return [(float(lat), float(lon)) for lat, lon in points if not (math.isnan(lat) or math.isnan(lon))]

    def _cadrer(self, centres: Sequence[Position]) -> Repere:
        """The smallest frame that holds every centre and enough communes to know where one is."""
        lats, lons = zip(*centres, strict=True)
        lat, lon = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
        serrage = math.cos(math.radians(lat))
        etendue = max((max(lons) - min(lons)) * serrage, (max(lats) - min(lats)) * LARGEUR / HAUTEUR) * KM_PAR_DEGRE
        if len(centres) > 1:
            return _repere(lat, lon, max(DEMI_LARGEURS_KM[0], etendue * MARGE))
        for demi in DEMI_LARGEURS_KM:
            repere = _repere(lat, lon, demi)
            if len(self._visibles(repere)) >= COMMUNES_MIN:
                return repere
        return _repere(lat, lon, DEMI_LARGEURS_KM[1])

    def _visibles(self, repere: Repere) -> list[int]:
        """Communes whose point is in the frame."""
        ouest, sud, est, nord = _bornes(repere)
        lats, lons = self._points.T
        return [int(i) for i in np.flatnonzero((lats > sud) & (lats < nord) & (lons > ouest) & (lons < est))]

    def _communes(self, repere: Repere, codes: Sequence[str]) -> Markup:
        cadre = shapely.box(*_bornes(repere))
        rangs = np.sort(self._arbre.query(cadre, predicate="intersects"))
        formes = shapely.clip_by_rect(self._formes[rangs], *cadre.bounds)
        vues = ~shapely.is_empty(formes)
        fonds = (' fill="#e4e4e4"' if self._codes[rang] in codes else "" for rang in rangs[vues])
        traces = [
            f'<path{fond} d="{trace}"/>' for fond, trace in zip(fonds, chemins(formes[vues], repere), strict=True)
        ]
        return Markup('<g fill="none" stroke="#777" stroke-linejoin="round">' + "".join(traces) + "</g>")  # noqa: S704

    def _noms_et_reperes(self, repere: Repere, lieux: Sequence[Position], codes: Sequence[str]) -> list[Markup]:
        """The places, and as many names as fit: the place's own communes first, then the most populated."""
        etiquettes = Etiquettes(LARGEUR, HAUTEUR)
        # The scale and the north keep their corners.
        etiquettes.reserver(0, HAUTEUR - 40, 150, HAUTEUR)
        etiquettes.reserver(LARGEUR - 34, 0, LARGEUR, 44)
        marques = [repere.xy(lon, lat) for lat, lon in lieux]
        for x, y in marques:
            etiquettes.reserver(x - 13, y - 13, x + 13, y + 13)
        morceaux = [
            etiquettes.poser(
                _texte_xml(self._noms[rang]),
                *self._xy(rang, repere),
                gras=self._codes[rang] in codes,
                point=bool(self._surs[rang]),
            )
            for rang in self._ordre(repere, codes)
        ]
        return [*filter(None, morceaux), *(_marque(x, y) for x, y in marques)]

    def _xy(self, rang: int, repere: Repere) -> tuple[int, int]:
        lat, lon = self._points[rang]
        return repere.xy(lon, lat)

    def _ordre(self, repere: Repere, codes: Sequence[str]) -> list[int]:
        return sorted(
            self._visibles(repere), key=lambda i: (self._codes[i] not in codes, -self._rangs[i], self._codes[i])
        )


def _repere(lat: float, lon: float, demi_km: float) -> Repere:
    par_degre = LARGEUR / (2 * demi_km) * KM_PAR_DEGRE
    echelle_x = par_degre * math.cos(math.radians(lat))
    return Repere(lon - LARGEUR / 2 / echelle_x, lat + HAUTEUR / 2 / par_degre, echelle_x, par_degre, HAUTEUR)


def _bornes(repere: Repere) -> tuple[float, float, float, float]:
    """West, south, east, north of the frame, in degrees."""
    est = repere.ouest + LARGEUR / repere.echelle_x
    return repere.ouest, repere.nord - HAUTEUR / repere.echelle_y, est, repere.nord


def _marque(x: int, y: int) -> Markup:
    """A black disc in a white ring, with a white heart: seen on any ground, with or without colours."""
    return Markup(
        '<circle cx="{x}" cy="{y}" r="11" fill="#000" stroke="#fff" stroke-width="3"/>'
        '<circle cx="{x}" cy="{y}" r="4" fill="#fff"/>'
    ).format(x=x, y=y)


def _echelle(repere: Repere) -> Markup:
    """A bar of a round number of kilometres, and which way is north."""
    unites_par_km = repere.echelle_y / KM_PAR_DEGRE
    km = max((e for e in _ECHELLES_KM if e * unites_par_km <= 120), default=_ECHELLES_KM[0])
    bas, droite = HAUTEUR - 12, LARGEUR - 18
    return Markup(
        '<path d="M0 {haut}h{fond}v40H0z" fill="#fff"/><path d="M12 {bas}v-6m0 3h{longueur}m0-3v6" stroke="#000" '
        'stroke-width="3" fill="none"/><text x="12" y="{texte}">{mots}</text>'
        '<path d="M{droite} 8l-6 14h12z"/><text x="{droite}" y="38" text-anchor="middle">N</text>'
    ).format(
        haut=HAUTEUR - 40, fond=max(round(km * unites_par_km) + 24, 60), bas=bas, longueur=round(km * unites_par_km),
        texte=bas - 10, mots=f"{nombre(km)} km", droite=droite,
    )  # fmt: skip


def _texte_xml(texte: str) -> Markup:
    return escape(_INTERDITS_XML.sub("", sans_bidi(texte)))
