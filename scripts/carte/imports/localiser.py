"""Where a row lies: by Insee code, else by commune name, else by coordinates. Never by postal code.

23 communes have the postal code of another département and 4,205 postal codes are shared: a postal code says
nothing sure. Whatever disagrees is listed, and coordinates that cannot be the commune's are left out.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from carte.imports.modele import Nature, Remarque
from carte.imports.textes import normaliser
from carte.records.context import Geographie

# Beyond this distance from its commune's outline a point is taken as wrong (several kilometres of simplified
# outlines and of addresses at the limit are tolerated).
ECART_MAX_KM = 5.0
# From here on it is told, not refused.
ECART_DIT_KM = 1.0
# Code before that of the first arrondissement.
_PREMIERS = {"paris": 75_100, "lyon": 69_380, "marseille": 13_200}
_VILLE = re.compile(rf"({'|'.join(_PREMIERS)})\s*(\d{{1,2}})\s*(?:er|e|eme)?(?:\s*arr\w*)?")


@dataclass(frozen=True, slots=True)
class Indices:
    """What a row says of its place; `departements` limits the search of its commune's name."""

    code: str
    nom: str
    departements: Sequence[str]
    latitude: str
    longitude: str


@dataclass
class Place:
    """Where the row lies; `code_insee` None when it could not be told. Coordinates only when believable (WGS84)."""

    code_insee: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    possibles: tuple[str, ...] = ()
    remarques: list[Remarque] = field(default_factory=list)

    def remarquer(self, nature: Nature, champ: str, valeur: str, message: str) -> None:
        self.remarques.append(Remarque(nature, champ, valeur, message))


def localiser(indices: Indices, geographie: Geographie) -> Place:
    """Find the commune of a row and check its coordinates against it; every doubt is a remark."""
    place = Place()
    point = _point(indices, place)
    place.code_insee = _par_code(indices, geographie, place) or _par_nom(indices, point, geographie, place)
    if place.code_insee is None and point is not None:
        (place.code_insee,) = geographie.communes_des_points([point[0]], [point[1]])
        if place.code_insee is not None:
            place.remarquer(
                Nature.CONTRADICTION,
                "commune",
                indices.nom,
                f"Commune non reconnue : la ligne est placée par ses coordonnées ({place.code_insee}).",
            )
    if place.code_insee is not None and point is not None:
        _garder_point(place.code_insee, point, geographie, place)
    return place


def _point(indices: Indices, place: Place) -> tuple[float, float] | None:
    """(longitude, latitude), or None when missing, unreadable or (0, 0)."""
    if not indices.latitude and not indices.longitude:
        return None
    texte = f"{indices.latitude}, {indices.longitude}"
    try:
        latitude, longitude = (float(t.replace(",", ".")) for t in (indices.latitude, indices.longitude))
    except ValueError:
        latitude = longitude = math.nan
    if not (abs(latitude) <= 90 and abs(longitude) <= 180) or (latitude == 0 and longitude == 0):
        place.remarquer(Nature.A_RELIRE, "coordonnées", texte, "Ces coordonnées ne sont pas lisibles.")
        return None
    return longitude, latitude


def _par_code(indices: Indices, geographie: Geographie, place: Place) -> str | None:
    if not indices.code:
        return None
    code = _actuel(indices.code, geographie)
    if code is None:
        place.remarquer(Nature.A_RELIRE, "code_insee", indices.code, "Ce code n'est pas celui d'une commune connue.")
        return None
    nom = geographie.nom(indices.code) or geographie.nom(code)
    if indices.nom and nom and forme_du_nom(indices.nom) != forme_du_nom(nom):
        place.remarquer(
            Nature.A_RELIRE,
            "commune",
            indices.nom,
            f"Le code {indices.code} est celui de {nom}, la ligne dit « {indices.nom} » ; le code a été suivi.",
        )
    if indices.departements and not code.startswith(tuple(indices.departements)):
        place.remarquer(
            Nature.CONTRADICTION,
            "code_insee",
            indices.code,
            f"Ce code n'est pas du département {', '.join(indices.departements)} de la ligne ; le code a été suivi.",
        )
    return code


def _actuel(code: str, geographie: Geographie) -> str | None:
    statut = geographie.statut(code)
    if statut in ("actuelle", "arrondissement"):  # figures and lists find the commune, the export gives the code back
        return code
    return geographie.successeur(code) if statut == "ancienne" else None


def _par_nom(indices: Indices, point: tuple[float, float] | None, geographie: Geographie, place: Place) -> str | None:
    if not indices.nom:
        return None
    candidats = chercher(indices.nom, indices.departements, geographie)
    if len(candidats) == 1:
        return candidats[0]
    if len(candidats) > 1 and point is not None:
        # An unknown outline (NaN) neither keeps nor discards its commune.
        distances = {code: _distance(code, point, geographie) for code in candidats}
        proches = [code for code, km in distances.items() if km <= ECART_MAX_KM]
        candidats = proches or [code for code, km in distances.items() if math.isnan(km)] or candidats
        if len(candidats) == 1:
            return candidats[0]
    place.possibles = tuple(candidats)
    if candidats:
        place.remarquer(
            Nature.CONTRADICTION,
            "commune",
            indices.nom,
            f"Plusieurs communes portent ce nom ({', '.join(candidats)}) et rien ne les départage.",
        )
    return None


def chercher(nom: str, departements: Sequence[str], geographie: Geographie) -> list[str]:
    """Codes of the communes of that name in these départements, however it is written (CEDEX, ST, article, case).

    Words are never replaced by others that look alike: a writing is another one of the same name, or it is not found.
    """
    if (code := _arrondissement(nom)) and geographie.statut(code) == "arrondissement":
        return [code] if code.startswith(tuple(departements)) else []
    for forme in ecritures(nom):
        codes = [code for dep in departements for code in geographie.codes_du_nom(forme, dep)]
        if codes:
            return list(dict.fromkeys(codes))
    return []


def ecritures(nom: str) -> list[str]:
    """The writings of a name of commune, the given one first; each is tried when those before it name no commune."""
    simple = re.sub(r"\b\d{5}\b", " ", sans_cedex(nom)).strip(" ,-")
    simple = re.sub(r"^(?:mairie|commune|ville) (?:de |d['’])", "", simple, flags=re.IGNORECASE)
    developpe = _developper(re.sub(r"\bl(?=[A-ZÀ-Ý][a-zà-ÿ])", "l'", simple))
    formes = [nom, sans_cedex(nom), simple, developpe]
    sans_article = re.sub(r"^(?:les?|la|l['’])[\s-]*", "", developpe, flags=re.IGNORECASE)
    formes += [sans_article, *(f"{article}{sans_article}" for article in ("Le ", "La ", "Les ", "L'"))]
    formes.append(re.sub(r"([\s-])(?:sur)([\s-])(?!l['’])", r"\1sur\2l'", developpe, flags=re.IGNORECASE))
    lez = re.compile(r"(?<=[\s-])(?:lez|lès|les)(?=[\s-])", re.IGNORECASE)
    formes += [lez.sub(autre, developpe) for autre in ("lès", "les", "lez")]
    return list(dict.fromkeys(filter(None, formes)))


def _arrondissement(nom: str) -> str | None:
    """The code of « Lyon 1er », « PARIS 12e arrondissement », « Marseille 06 »."""
    trouve = _VILLE.fullmatch(normaliser(sans_cedex(nom)))
    return str(_PREMIERS[trouve[1]] + int(trouve[2])) if trouve else None


def sans_cedex(nom: str) -> str:
    return re.sub(r"[\s-]+C[EÉ]DEX\b(\s+(BP|CS)?\s*\d*)?\s*$", "", nom, flags=re.IGNORECASE).strip()


def _developper(nom: str) -> str:
    """ "ST GEORGES/ARNON" → "Saint GEORGES sur ARNON": abbreviations of addresses."""
    texte = re.sub(r"\bste\b\.?", "Sainte", nom, flags=re.IGNORECASE)
    texte = re.sub(r"\bst\b\.?", "Saint", texte, flags=re.IGNORECASE)
    return re.sub(r"\s*(\bs/|/)\s*", " sur ", texte, flags=re.IGNORECASE)


def forme_du_nom(nom: str) -> str:
    """One writing of a commune's name: `ST-GAULTIER CEDEX` and `Saint-Gaultier` become equal."""
    return normaliser(_developper(sans_cedex(nom)))


def _distance(code: str, point: tuple[float, float], geographie: Geographie) -> float:
    """Kilometres from the commune's outline to the point, 0 inside; NaN when the outline is not known."""
    (km,) = geographie.distances_to_commune([code], [point[0]], [point[1]])
    return float(km)


def _garder_point(code: str, point: tuple[float, float], geographie: Geographie, place: Place) -> None:
    km = _distance(code, point, geographie)
    texte = f"{point[1]}, {point[0]}"
    if km > ECART_MAX_KM:
        place.remarquer(
            Nature.CONTRADICTION,
            "coordonnées",
            texte,
            f"Ce point est à {km:.0f} km de {geographie.nom(code)} : les coordonnées ne sont pas reprises.",
        )
        return
    place.longitude, place.latitude = point
    if km > ECART_DIT_KM:
        place.remarquer(
            Nature.A_RELIRE, "coordonnées", texte, f"Ce point est à {km:.1f} km hors de {geographie.nom(code)}."
        )
