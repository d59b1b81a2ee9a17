"""A country small enough to draw: squares of 0.1°, one letter per commune, written as the real sources are.

    row 1 (47.1°N)   a1 "Abbeville"   a2 "Saint-Hérie"   b1 "Bourg-Vert"
    row 0 (47.0°N)   a3 "Les Œillets" a4 "Dessus"        b2 "La Châtre"

Département 01 holds a1 to a4 (codes 01001 to 01004), département 02 holds b1 and b2 (02001, 02002).
EPCI 200000001: 01001, 01002, 02001 (crosses the border); 200000002: 01003; 01004 and 02002 have none.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

COTE = 0.1
CASES = {
    "01001": (0, 1),
    "01002": (1, 1),
    "01003": (0, 0),
    "01004": (1, 0),
    "02001": (2, 1),
    "02002": (2, 0),
}
NOMS = {
    "01001": "Abbeville",
    "01002": "Saint-Hérie",
    "01003": "Les Œillets",
    "01004": "Dessus",
    "02001": "Bourg-Vert",
    "02002": "La Châtre",
}
POPULATIONS: dict[str, int | None] = {
    "01001": 100,
    "01002": 200,
    "01003": 0,
    "01004": None,
    "02001": 50,
    "02002": 70,
}


def carre(colonne: float, ligne: float, cote: float = COTE, ouest: float = 1.0, sud: float = 47.0) -> dict[str, Any]:
    """A square outline (GeoJSON), by column and row."""
    x, y = round(ouest + colonne * COTE, 6), round(sud + ligne * COTE, 6)
    anneau = [[x, y], [x + cote, y], [x + cote, y + cote], [x, y + cote], [x, y]]
    return {"type": "Polygon", "coordinates": [anneau]}


def element(code_: str, forme: dict[str, Any] | None = None, /, **proprietes: Any) -> dict[str, Any]:
    """A feature in geo.api.gouv.fr's shape; its square by default."""
    geometrie = carre(*CASES[code_]) if forme is None else forme
    proprietes = {"nom": NOMS.get(code_, "?"), "code": code_, **proprietes}
    return {"type": "Feature", "geometry": geometrie, "properties": proprietes}


def point(lon: float, lat: float) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [lon, lat]}


def ecrire_couche(geo: Path, departement: str, elements: Iterable[dict[str, Any]], nom: str = "communes") -> Path:
    dossier = geo / departement
    dossier.mkdir(parents=True, exist_ok=True)
    fichier = dossier / f"{nom}.geojson"
    fichier.write_text(json.dumps({"type": "FeatureCollection", "features": list(elements)}), encoding="utf-8")
    return fichier


def ecrire_couches(geo: Path, *codes: str) -> None:
    """The outlines of the given communes, each in its département's file."""
    for departement in {code[:2] for code in codes}:
        ecrire_couche(geo, departement, [element(code) for code in codes if code[:2] == departement])


def actuelle(code: str, **autres: Any) -> dict[str, Any]:
    population = POPULATIONS.get(code)
    return {
        "code": code,
        "nom": NOMS.get(code, code),
        "departement": code[:2],
        "region": "84",
        "type": "commune-actuelle",
        "codesPostaux": [f"{code[:2]}100"],
        **({} if population is None else {"population": population}),
        **autres,
    }


def partie(code: str, chef_lieu: str, nom: str, type_: str = "commune-deleguee") -> dict[str, Any]:
    lien = {"commune": chef_lieu} if type_ == "arrondissement-municipal" else {"chefLieu": chef_lieu}
    return {"code": code, "nom": nom, "departement": code[:2], "region": "84", "type": type_, **lien}


def epci(code: str, nom: str, membres: Iterable[str], type_: str = "CC") -> dict[str, Any]:
    # Populations of another year, as in the real file: they must never be read.
    return {
        "code": code,
        "nom": nom,
        "type": type_,
        "populationMunicipale": 999_999,
        "membres": [{"code": membre, "nom": membre, "populationMunicipale": 999_999} for membre in membres],
    }


def ecrire_cog(
    dossier: Path,
    communes: Iterable[dict[str, Any]] | None = None,
    epcis: Iterable[dict[str, Any]] | None = None,
    **autres: Any,
) -> Path:
    """A folder in the shape of the npm package's data."""
    dossier.mkdir(parents=True, exist_ok=True)
    lignes = [actuelle(code) for code in CASES] if communes is None else list(communes)
    groupes = list(epcis) if epcis is not None else [
        epci("200000001", "CC des Deux Rives", ["01001", "01002", "02001"]),
        epci("200000002", "CC Seule", ["01003"]),
    ]  # fmt: skip
    departements = sorted({ligne["departement"] for ligne in lignes})
    fichiers = {
        "communes": lignes,
        "epci": groupes,
        "departements": [{"code": code, "nom": f"Dép. {code}", "region": "84"} for code in departements],
        "regions": [{"code": "84", "nom": "Région"}],
        "millesimes": {"cog": "2026", "population": "2023"},
        **autres,
    }
    for nom, contenu in fichiers.items():
        (dossier / f"{nom}.json").write_text(json.dumps(contenu), encoding="utf-8")
    return dossier
