"""The table of what every given inventory becomes: `python tests/imports/tableau.py DOSSIER_PARTAGE`, from the root.

Rows read, records, records to complete, rows left aside and refused with the first reason, hours understood (our engine
evaluates them), commune in agreement with the point, time, lines of the mapping. Markdown, on the standard output.
"""

import sys
import time
from collections import Counter
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from carte import imports, nomenclature, territory
from carte.imports.modele import ContexteImport, Conversion, LigneSource, Nature
from carte.imports.registre import trouver
from imports.test_inventaires_publies import ATTENDUS
from sites import RACINE

ENTIERS = (
    ("france-services", "data/france-services/liste-fs-20240801.csv"),
    ("hub-lo", "data/hubs/hub-lo-centre-val-de-loire.json"),
    ("standard", "data/hauts-de-france/lieux-standard-2022.geojson"),
    ("france-services", "data/cas/imports/liste-fs-20240801-commentaires.csv"),
    ("france-services", "data/cas/imports/liste-fs-20240801-plages.csv"),
    ("corse", "data/cas/imports/inventaire-corse.json"),
    ("maine-et-loire", "data/cas/imports/inventaire-maine-et-loire.json"),
)
TITRES = "inventaire|source|lignes|fiches|à compléter|de côté|refusées (pourquoi)|horaires|commune|s|correspondance"


def main(partage: Path) -> None:
    """Print the table."""
    cog = RACINE / "node_modules" / "@etalab" / "decoupage-administratif" / "data"
    geographie = _geographie(partage, cog)
    vocabulaires = nomenclature.lire(RACINE / "offers" / "nomenclature")
    print(f"| {TITRES.replace('|', ' | ')} |\n|{'---|' * (TITRES.count('|') + 1)}")
    for source, nom in (*ENTIERS, *((s, n) for s, n, *_ in ATTENDUS)):
        description = trouver(source)
        depart = time.perf_counter()
        lecture = description.lire((partage / nom).read_bytes())
        jour = description.date_du_fichier(Path(nom).name) or date(2022, 1, 1)
        cadre = ContexteImport(geographie, jour, vocabulaires, date(2026, 11, 2), geographie.departements)
        conversions = [description.convertir(ligne, cadre) for ligne in lecture.lignes]
        duree = time.perf_counter() - depart
        cellules = (Path(nom).name, source, *_cellules(lecture.lignes, conversions), f"{duree:.1f}", _longueur(source))
        print(f"| {' | '.join(cellules)} |")


class _Pays(territory.Geographie):
    """The départements whose outlines are given, and the communes of all the others by their code."""

    departements: tuple[str, ...] = ()


def _geographie(partage: Path, cog: Path) -> _Pays:
    import json
    import tempfile
    from hashlib import sha256

    geo = Path(tempfile.mkdtemp())
    codes = []
    for contours in sorted((partage / "data" / "contours-2018").glob("communes-*.geojson")):
        code, octets = contours.name.split("-")[1], contours.read_bytes()
        codes.append(code)
        (geo / code).mkdir()
        (geo / code / "communes.geojson").write_bytes(octets)
        couche = {"fichier": "communes.geojson", "titre": "Contours", "source": "IGN", "millesime": "2018"}
        couche |= {"licence": "Licence Ouverte 2.0", "sha256": sha256(octets).hexdigest()}
        (geo / code / "manifeste.yml").write_text(json.dumps({"couches": [couche]}), encoding="utf-8")
    pays = _Pays(territory.lire(geo, codes, cog))
    pays.departements = tuple(codes)
    return pays


def _cellules(lignes: list[LigneSource], conversions: list[Conversion]) -> list[str]:
    lieux = [c.lieu for c in conversions if c.lieu is not None]
    refus = Counter(str(c.refus) for c in conversions if c.lieu is None and not c.de_cote)
    dits = [lieu for lieu in lieux if lieu.horaires or lieu.tournee or lieu.horaires_detail]
    compris = sum(bool(lieu.horaires or lieu.tournee) for lieu in dits)
    points = [c for c in conversions if c.lieu is not None and _a_un_point(c)]
    justes = sum(c.lieu is not None and c.lieu.latitude is not None for c in points)
    raisons = " ; ".join(f"{n} × {raison}" for raison, n in refus.most_common(2))
    return [
        str(len(lignes) + sum(len(ligne.suite) for ligne in lignes)),
        str(sum(bool(lieu.services) for lieu in lieux)),
        str(sum(not lieu.services for lieu in lieux)),
        str(sum(c.de_cote for c in conversions)),
        f"{refus.total()} ({raisons})" if refus else "0",
        f"{compris}/{len(dits)} ({compris / len(dits):.1%})" if dits else "aucun",
        f"{justes}/{len(points)} ({justes / len(points):.1%})" if points else "sans point",
    ]


def _a_un_point(conversion: Conversion) -> bool:
    """Whether the row has a point: kept, or told to be too far from its commune."""
    assert conversion.lieu is not None
    loin = any(r.champ == "coordonnées" and r.nature is Nature.CONTRADICTION for r in conversion.remarques)
    return conversion.lieu.latitude is not None or loin


def _longueur(source: str) -> str:
    fichier = Path(imports.__file__).parent / "sources" / f"{source}.yml"
    return str(len(fichier.read_text(encoding="utf-8").splitlines()))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
