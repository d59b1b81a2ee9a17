"""Layers in the layouts in which they are published, with invented figures: real codes, so that the join is real.

`ecrire(dossier, codes)` lays them out as `carte couches --depuis` expects; the same seed gives the same bytes. Figures
are invented: they try the readers, and are never to be published.
"""

import csv
import io
import json
import random
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import xlsxwriter

GRAINE = 36
TRANCHES = ("0014", "1529", "3044", "4559", "6074", "7589", "90P")
_PARTS = (0.17, 0.17, 0.18, 0.20, 0.17, 0.09, 0.02)
TAUX = {
    "15-29 ans": (0.03, 0.02, 0.04),
    "30-44 ans": (0.06, 0.05, 0.07),
    "45-59 ans": (0.13, 0.11, 0.15),
    "60-74 ans": (0.27, 0.24, 0.30),
    "75 ans et plus": (0.67, 0.63, 0.71),
}
Arret = tuple[str, float, float]


def ecrire(dossier: Path, codes: Sequence[str], populations: Mapping[str, float]) -> None:
    """Every layer by commune: `codes` is all of France; `populations` those that are known (the others are 500)."""
    habitants = {code: populations.get(code, 500.0) or 1.0 for code in codes}
    fichiers = {
        "insee/base-cc-logement-2022_csv.zip": logement(habitants),
        "insee/base-cc-evol-struct-pop-2022_csv.zip": structure(habitants),
        "besoins/taux_risque.csv": taux_risque(),
        "anct/liste-communes-FRR-juillet2025.csv": frr(codes),
        "anct/centralites-2020.xlsx": centralites(codes),
        "anct/montagne-2024.xlsx": perimetre(
            [
                code
                for code in codes
                if code[:2]
                in {
                    "01",
                    "05",
                    "06",
                    "09",
                    "12",
                    "15",
                    "23",
                    "25",
                    "26",
                    "31",
                    "38",
                    "39",
                    "42",
                    "43",
                    "48",
                    "57",
                    "63",
                    "64",
                    "65",
                    "66",
                    "73",
                    "74",
                    "88",
                }
            ]
        ),
        "anct/littoral-2024.xlsx": perimetre(
            [code for code in codes if code[:2] in ("17", "22", "29", "44", "56", "85")]
        ),
    }
    for nom, contenu in fichiers.items():
        (dossier / nom).parent.mkdir(parents=True, exist_ok=True)
        (dossier / nom).write_bytes(contenu)


def logement(habitants: Mapping[str, float], secret: str = "") -> bytes:
    """RP, base logement: the archive of Insee, with the former censuses beside (P16, P11) and its description."""
    hasard = random.Random(GRAINE)
    titres = ["CODGEO", *(f"P{an}_{nom}" for an in (22, 16, 11) for nom in ("LOG", "RP", "MEN", "RP_VOIT1P"))]
    lignes = []
    for code, population in habitants.items():
        menages = population / 2.2
        avec = menages * hasard.uniform(0.78, 0.96)
        un = [menages * 1.2, menages, menages, avec]
        cellules = [f"{x:.9f}" for _ in range(3) for x in un]
        lignes.append([code, *(["s"] * 12 if code == secret else cellules)])
    return archive(
        {"base-cc-logement-2022.CSV": _csv(titres, lignes), "meta_base-cc-logement-2022.CSV": "COD_VAR;LIB\n"}
    )


def structure(habitants: Mapping[str, float]) -> bytes:
    """RP, évolution et structure de la population: decimals are weights."""
    hasard = random.Random(GRAINE)
    titres = ["CODGEO", *(f"P{an}_POP{x}" for an in (22, 16) for x in ("", *TRANCHES))]
    lignes = []
    for code, population in habitants.items():
        poids = [part * hasard.uniform(0.8, 1.2) for part in _PARTS]
        parts = [population * x / sum(poids) for x in poids]
        lignes.append([code, *(f"{x:.9f}" for _ in range(2) for x in (population, *parts))])
    return archive({"base-cc-evol-struct-pop-2022.CSV": _csv(titres, lignes)})


def en_ville(dossier: Path, bourgs: Mapping[str, tuple[float, float]]) -> None:
    """Quarters and buses of `bourgs` (commune → longitude, latitude), among as many quarters as a national layer."""
    carres = {f"QN0750{rang:04d}": ("75056", _carre(2.35, 48.85)) for rang in range(1100)}
    carres |= {f"QN36{rang:05d}": (code, _carre(*point)) for rang, (code, point) in enumerate(bourgs.items())}
    habitants = {code: "s" if code.endswith("1") else "1500" for code in carres}
    arrets = [(f"{code}-mairie", *point) for code, point in bourgs.items()]
    fichiers = {
        "qpv/contours-2024.zip": quartiers(carres),
        "qpv/population-2024.xlsx": population_quartiers(habitants),
        "gtfs/reseau-invente.zip": gtfs(arrets),
    }
    for nom, contenu in fichiers.items():
        (dossier / nom).parent.mkdir(parents=True, exist_ok=True)
        (dossier / nom).write_bytes(contenu)


def _carre(lon: float, lat: float, cote: float = 0.005) -> list[tuple[float, float]]:
    return [(lon, lat), (lon + cote, lat), (lon + cote, lat + cote), (lon, lat + cote), (lon, lat)]


def taux_risque() -> bytes:
    lignes = [[tranche, *map(str, taux), "Taux inventés"] for tranche, taux in TAUX.items()]
    return _csv(["tranche", "taux", "bas", "haut", "source"], lignes).encode()


def frr(codes: Iterable[str]) -> bytes:
    """The list of the DGCL: Windows line ends, every commune of France, words of the classification."""
    hasard = random.Random(GRAINE)
    mots = ("Non classée", "FRR socle", "FRR+", "FRR bénéficiaire", "Classée FRR partiellement")
    titres = ["Code_insee", "Departement", "Commune", "Classement FRR et FRR+ au 10 juillet 2025"]
    lignes = [[code, code[:2], "X", hasard.choices(mots, (40, 40, 15, 4, 1))[0]] for code in codes]
    return _csv(titres, lignes).replace("\n", "\r\n").encode("cp1252")


def centralites(codes: Sequence[str]) -> bytes:
    hasard = random.Random(GRAINE)
    lignes = [(code, hasard.choice(["DCN0", "DCN1", "DCN2"]), 0.5) for code in codes]
    return classeur({"Lisez-moi": [("Étude",)], "Table": [("DC", "P_NP5CLA", "SCORE"), *lignes]})


def perimetre(codes: Iterable[str]) -> bytes:
    """The workbooks of the ANCT: two title rows, then the headings, on a sheet of their own."""
    rangees = [("Communes concernées",), ("",), ("INSEE_COM", "NOM_COM", "CLASSEMENT")]
    return classeur({"Perimetre": [*rangees, *((code, "X", "Mer") for code in codes)]})


def quartiers(formes: Mapping[str, tuple[str, Sequence[tuple[float, float]]]]) -> bytes:
    """The archive of the ANCT: the same outlines in several projections; `formes`: code → commune, ring in degrees."""
    elements = [
        {
            "type": "Feature",
            "properties": {"code_qp": code, "lib_qp": f"Quartier {code}", "insee_com": commune, "lib_com": "X"},
            "geometry": {"type": "MultiPolygon", "coordinates": [[[list(x) for x in anneau]]]},
        }
        for code, (commune, anneau) in formes.items()
    ]
    couche = json.dumps({"type": "FeatureCollection", "features": elements})
    return archive(
        {"GEOJSON/QP2024_LB93.geojson": "{}", "GEOJSON/QP2024_France_Hexagonale_Outre_Mer_WGS84.geojson": couche}
    )


def population_quartiers(habitants: Mapping[str, str]) -> bytes:
    lignes = [(code, f"Quartier {code}", nombre) for code, nombre in habitants.items()]
    return classeur({"QP": [("Population municipale des quartiers",), ("codeQPV", "libQPV", "popMuniQPV"), *lignes]})


def gtfs(arrets: Sequence[Arret], departs: int = 6) -> bytes:
    """A network of one line through all its stops, `departs` times a day from Monday to Saturday."""
    courses = [f"T{rang}" for rang in range(departs)]
    passages = [
        [course, f"{7 + i}:{2 * j:02d}:00", f"{7 + i}:{2 * j:02d}:00", arret[0], str(j)]
        for i, course in enumerate(courses)
        for j, arret in enumerate(arrets)
    ]
    jours = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    return archive(
        {
            "agency.txt": "agency_id,agency_name\n1,Réseau inventé\n",
            "stops.txt": _csv(
                ["stop_id", "stop_name", "stop_lat", "stop_lon"],
                [[nom, nom, f"{lat:.6f}", f"{lon:.6f}"] for nom, lon, lat in arrets], ",",
            ),
            "trips.txt": _csv(["route_id", "service_id", "trip_id"], [["L", "SEM", c] for c in courses], ","),
            "stop_times.txt": _csv(
                ["trip_id", "arrival_time", "departure_time", "stop_id", "stop_sequence"], passages, ","
            ),
            "calendar.txt": _csv(
                ["service_id", *jours, "start_date", "end_date"], [["SEM", *"1111110", "20260901", "20261219"]], ","
            ),
        }
    )  # fmt: skip


def archive(fichiers: Mapping[str, str]) -> bytes:
    """A zip of texts; same bytes at every run."""
    flux = io.BytesIO()
    with zipfile.ZipFile(flux, "w", zipfile.ZIP_DEFLATED) as sortie:
        for nom, texte in fichiers.items():
            sortie.writestr(zipfile.ZipInfo(nom, (2026, 1, 1, 0, 0, 0)), texte, zipfile.ZIP_DEFLATED)
    return flux.getvalue()


def classeur(feuilles: Mapping[str, Sequence[Sequence[object]]]) -> bytes:
    flux = io.BytesIO()
    with xlsxwriter.Workbook(flux, {"in_memory": True}) as livre:
        for nom, rangees in feuilles.items():
            feuille = livre.add_worksheet(nom)
            for rang, rangee in enumerate(rangees):
                feuille.write_row(rang, 0, rangee)
    return flux.getvalue()


def _csv(titres: Sequence[str], lignes: Iterable[Sequence[str]], separateur: str = ";") -> str:
    flux = io.StringIO()
    ecrivain = csv.writer(flux, delimiter=separateur, lineterminator="\n")
    ecrivain.writerow(titres)
    ecrivain.writerows(lignes)
    return flux.getvalue()


def melanger(dossier: Path, partage: Path) -> None:
    """The real layers of the shared data beside the invented ones, by links."""
    for reel in sorted(partage.glob("*/*")):
        lien = dossier / reel.relative_to(partage)
        lien.parent.mkdir(parents=True, exist_ok=True)
        if not lien.exists():
            lien.symlink_to(reel)
