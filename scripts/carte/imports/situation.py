"""Where a row lies, by its mapping: the point in its system, the commune, and the commune inside an address."""

import re
from functools import cache

from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from carte.imports.communs import poser_lieu
from carte.imports.correspondance import SYSTEMES, CoordonneesEcrites, CorrespondanceEcrite
from carte.imports.fichiers import LATITUDE, LONGITUDE
from carte.imports.lignes import point_du_geojson, premiere
from carte.imports.localiser import Indices, Place, localiser
from carte.imports.modele import ContexteImport, Nature, Recueil
from carte.imports.textes import departement_du_code_postal, nettoyer
from carte.imports.valeurs import texte_du_champ

_WGS84 = 4326
# Boxes of the Republic, degrees (west, south, east, north): a point in none of them may have its axes swapped.
_BOITES = (
    (-5.6, 41.2, 9.8, 51.3),
    (-63.3, 14.2, -60.7, 18.3),
    (-54.7, 2.0, -51.5, 6.0),
    (55.1, -21.5, 55.9, -20.8),
    (44.9, -13.1, 45.4, -12.5),
    (-56.6, 46.6, -56.0, 47.2),
    (163.0, -23.0, 168.6, -19.0),
    (-155.0, -28.0, -134.0, -7.0),
    (-178.4, -14.5, -175.9, -13.1),
)
_ADRESSE = re.compile(r"^(?P<rue>.*?)[\s,;–-]*\b(?P<code>\d{5})\b[\s,;–-]+(?P<commune>[^\W\d_].*)$", re.DOTALL)


def systeme_connu(systeme: str) -> bool:
    """Whether a coordinate system of a mapping is one."""
    return _epsg(systeme) is not None


@cache
def _epsg(systeme: str) -> int | None:
    code = SYSTEMES.get(systeme) or systeme.upper().removeprefix("EPSG:").strip()
    try:
        return int(CRS.from_epsg(int(code)).to_epsg() or 0) or None
    except (CRSError, ValueError):
        return None


@cache
def _vers_wgs84(epsg: int) -> Transformer:
    return Transformer.from_crs(epsg, _WGS84, always_xy=True)


def trouver(recueil: Recueil, ecrite: CorrespondanceEcrite, contexte: ContexteImport) -> Place:
    """The commune of a row and its point; every doubt is a remark of the gathering."""
    longitude, latitude = _point(recueil, ecrite.coordonnees)
    nom, code_postal = _texte(recueil, ecrite, "commune"), _texte(recueil, ecrite, "code_postal")
    if not nom:
        _, code_dedans, nom = decouper_adresse(_texte(recueil, ecrite, "adresse_complete"))
        code_postal = code_postal or code_dedans
    elif trouve := re.fullmatch(r"(\d{5})\s+(.+)|(.+?)\s+(\d{5})", nom):
        # « 69550 Amplepuis »: the code stands with the name.
        nom, code_postal = trouve[2] or trouve[3], code_postal or trouve[1] or trouve[4]
    code = _texte(recueil, ecrite, "code_insee").upper()
    code = f"0{code}" if re.fullmatch(r"\d{4}", code) else code
    ici = departement_du_code_postal(code_postal)
    departements = ecrite.departements or ici or contexte.departements
    place = localiser(Indices(code, nom, () if code else departements, latitude, longitude), contexte.geographie)
    recueil.remarques += place.remarques
    return place


def poser(recueil: Recueil, ecrite: CorrespondanceEcrite, contexte: ContexteImport, place: Place) -> None:
    """Address, commune and point of the record; the columns that gave them are carried."""
    adresse, commune = _texte(recueil, ecrite, "adresse"), _texte(recueil, ecrite, "commune")
    code_postal = _texte(recueil, ecrite, "code_postal")
    if "adresse_complete" in ecrite.champs and (entiere := _texte(recueil, ecrite, "adresse_complete")):
        rue, code_dedans, dedans = decouper_adresse(entiere)
        adresse, code_postal, commune = adresse or rue, code_postal or code_dedans, commune or dedans
        recueil.reprendre(texte_du_champ(recueil, ecrite.champs["adresse_complete"])[0])
    code_postal = f"0{code_postal}" if re.fullmatch(r"\d{4}", code_postal) else code_postal
    colonne = texte_du_champ(recueil, ecrite.champs["commune"])[0] if "commune" in ecrite.champs else ""
    poser_lieu(
        recueil,
        place,
        contexte,
        adresse=nettoyer(adresse),
        code_postal=code_postal,
        commune=commune,
        colonne_commune=colonne,
    )
    for nom in ("code_postal", "code_insee", "adresse"):
        champ = ecrite.champs.get(nom)
        # A name of commune other than the official one is left to the listing.
        if champ is not None and recueil.champs.get(nom):
            recueil.reprendre(*(champ.joindre or (premiere(recueil.ligne.valeurs, champ.colonne or ()),)))
    recueil.reprendre(LONGITUDE, LATITUDE)
    if (c := ecrite.coordonnees) is not None:
        recueil.reprendre(*(c.longitude or ()), *(c.latitude or ()), c.point or "")


def _texte(recueil: Recueil, ecrite: CorrespondanceEcrite, nom: str) -> str:
    return texte_du_champ(recueil, ecrite.champs[nom])[1].strip() if nom in ecrite.champs else ""


def decouper_adresse(texte: str) -> tuple[str, str, str]:
    """(street, postal code, commune) of an address in one cell: « 2 rue X 20224 CORSCIA »."""
    plat = re.sub(r"\s+", " ", texte).strip()
    trouve = _ADRESSE.match(plat)
    if trouve is None:
        return plat, "", ""
    return trouve["rue"].strip(" ,;-–"), trouve["code"], trouve["commune"].strip(" .,")


def _point(recueil: Recueil, ecrites: CoordonneesEcrites | None) -> tuple[str, str]:
    """(longitude, latitude) in WGS84 degrees, as texts; empty when the row gives none."""
    x, y = point_du_geojson(recueil.ligne.valeurs)
    if ecrites is None:
        return x, y
    colonne_x = premiere(recueil.ligne.valeurs, ecrites.longitude or ())
    colonne_y = premiere(recueil.ligne.valeurs, ecrites.latitude or ())
    if recueil.valeur(colonne_x) and recueil.valeur(colonne_y):
        x, y = recueil.valeur(colonne_x), recueil.valeur(colonne_y)
    elif ecrites.point and (morceaux := _nombres(recueil.valeur(ecrites.point))):
        y, x = morceaux
    if ecrites.inversees:
        x, y = y, x
    epsg = _epsg(ecrites.systeme)
    return _projeter(recueil, x, y, epsg or _WGS84) if x and y else ("", "")


def _nombres(texte: str) -> tuple[str, str] | None:
    """The two numbers of a cell: « 42.35, 9.04 », « 42,35 ; 9,04 », « [42.35, 9.04] »."""
    trouves = re.findall(r"-?\d+(?:\.\d+)?" if "." in texte else r"-?\d+(?:,\d+)?", texte)
    return (trouves[0], trouves[1]) if len(trouves) == 2 else None


def _nombre(texte: str) -> float | None:
    """A decimal written with a point or a comma, with or without spaces between thousands."""
    plat = re.sub(r"[\s\u00a0\u202f']", "", texte).replace(",", ".")
    try:
        return float(plat)
    except ValueError:
        return None


def _projeter(recueil: Recueil, x: str, y: str, epsg: int) -> tuple[str, str]:
    a, b = _nombre(x), _nombre(y)
    if a is None or b is None:
        return x, y  # told by who checks the point
    if epsg != _WGS84:
        a, b = _vers_wgs84(epsg).transform(a, b)
        a, b = round(a, 7), round(b, 7)
    if not _dans_une_boite(a, b) and _dans_une_boite(b, a):
        recueil.remarquer(
            Nature.A_RELIRE, "coordonnées", "Longitude et latitude échangées : remises à leur place.", f"{x}, {y}"
        )
        a, b = b, a
    return f"{a!r}", f"{b!r}"


def _dans_une_boite(longitude: float, latitude: float) -> bool:
    return any(o <= longitude <= e and s <= latitude <= n for o, s, e, n in _BOITES)
