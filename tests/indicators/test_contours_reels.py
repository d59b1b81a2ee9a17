"""Real outlines and codes: the places where a figure breaks when nobody looked. Every warning is an error here."""

import re
import warnings
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from carte import broadband, territory
from carte.choix import Seuils
from carte.config import lire as lire_configuration
from carte.indicators import LISTES, Indicateurs, Part, compute, construire_offre, format_pct
from carte.nomenclature import lire
from carte.picture import Picture
from carte.publish import maps, report
from carte.records.modele import Enregistrement, Lieu
from carte.territory import Geographie, Territoire, situer
from publish.rapport_lu import fautes, unites

RACINE = Path(__file__).parents[2]
CONTOURS = RACINE.parent / "shared" / "data" / "contours-2018"
COG = RACINE / "node_modules" / "@etalab" / "decoupage-administratif" / "data"
pytestmark = [
    pytest.mark.partage,
    pytest.mark.skipif(not CONTOURS.is_dir(), reason="../shared/data/contours-2018 absent"),
    pytest.mark.skipif(not COG.is_dir(), reason="le code officiel géographique est absent : lancez « make site »"),
    pytest.mark.filterwarnings("error"),
]
AU = date(2026, 11, 1)
# « de 0,0 % à 100,0 % » and « entre 0,0 % et… » are bounds.
ZERO = re.compile(r"(?<!entre )(?<!de )(?<![\d,])0,0 %(?! (?:et|à))")
VOCABULAIRES = lire(RACINE / "offers" / "nomenclature")


def geo(dossier: Path, departements: tuple[str, ...]) -> Path:
    """A folder of layers: real outlines, and no other file."""
    for code in departements:
        source = next(CONTOURS.glob(f"communes-{code}-*.geojson"))
        (dossier / code).mkdir()
        (dossier / code / "communes.geojson").write_bytes(source.read_bytes())
    return dossier


def fiche(identifiant: str, code_insee: str, point: tuple[float, float] | None, **autres: object) -> Enregistrement:
    base = {"nom": identifiant, "commune": "x", "code_insee": code_insee, "source": "essai", "date_maj": AU}
    ou = {} if point is None else {"longitude": point[0], "latitude": point[1]}
    services = ["Aide aux démarches administratives", "Maîtrise des outils numériques du quotidien"]
    lieu = Lieu.model_validate({**base, **ou, "services": services, **autres})
    return Enregistrement(f"{code_insee[:2]}/{identifiant}", "x.yml", lieu)


def calculer(dossier: Path, departements: tuple[str, ...], *codes: str) -> tuple[Indicateurs, Territoire]:
    """One place with hours in each commune of `codes`, then one without coordinates and one without hours."""
    couches = geo(dossier, departements)
    with warnings.catch_warnings():
        # Reading layers is another room's business: the figures are what is watched here.
        warnings.simplefilter("default")
        territoire = territory.lire(couches, departements, COG)
        debit = broadband.lire(couches, departements, territoire)
    points = territoire.communes.set_index("code_insee")[["lon", "lat"]]
    milieux = {code: (float(points.loc[code, "lon"]), float(points.loc[code, "lat"])) for code in codes}
    fiches = [fiche(f"lieu-{code}", code, milieux[code], horaires="Mo-Fr 09:00-17:00") for code in codes]
    fiches += [fiche(f"sans-point-{code}", code, None, horaires="Mo 09:00-12:00") for code in codes[:1]]
    fiches += [fiche(f"sans-heures-{code}", code, milieux[code]) for code in codes[:1]]
    offre = construire_offre(fiches, territoire, VOCABULAIRES, AU)
    return compute(offre, territoire, debit.communes, Seuils(), date_publication=AU), territoire


def verifier(resultat: Indicateurs, territoire: Territoire, departements: tuple[str, ...]) -> None:
    """Sane tables: one row per territory, no infinite share, and no text of a figure that reads as NaN."""
    dedans = territoire.communes[territoire.communes["dans_perimetre"]]
    assert set(resultat.tables["commune"].index) == set(dedans["code_insee"])
    assert set(resultat.tables["departement"].index) == set(departements)
    assert resultat.tables["perimetre"].loc["perimetre", "communes"] == len(dedans)
    assert set(resultat.listes) == set(LISTES)
    for niveau, table in resultat.tables.items():
        assert table.index.is_unique
        for nom, part in parts(resultat, niveau):
            texte = format_pct(part)
            assert "nan" not in texte, (niveau, nom)
            assert "inf" not in texte, (niveau, nom)
            if part.bornes is not None:
                assert -1e-9 <= part.bornes[0] <= part.bornes[1] <= 1 + 1e-9, (niveau, nom, part)


def parts(resultat: Indicateurs, niveau: str) -> Iterator[tuple[str, Part]]:
    """Every share of the first territories of a level."""
    table = resultat.tables[niveau]
    noms = [nom[:-5] for nom in table.columns if nom.endswith("_haut") and f"{nom[:-5]}_den" in table]
    shares = [nom for nom in noms if f"{nom}_num" in table and f"{nom}_val" not in table]
    for code in table.index[:3]:
        for nom in shares:
            yield nom, resultat.part(niveau, str(code), nom)


@pytest.mark.parametrize(
    ("departements", "codes", "commune"),
    [
        (("75",), ("75056",), "75056"),
        (("69",), ("69123", "69264"), "69123"),
        (("13",), ("13055",), "13055"),
        (("2A", "2B"), ("2A004", "2B033"), "2B033"),
        (("974",), ("97411",), "97411"),
        (("976",), ("97608",), "97611"),
    ],
    ids=["Paris", "Lyon", "Marseille", "Corse", "La Réunion", "Mayotte"],
)
def test_territoires_particuliers(
    tmp_path: Path, departements: tuple[str, ...], codes: tuple[str, ...], commune: str
) -> None:
    resultat, territoire = calculer(tmp_path, departements, *codes)
    verifier(resultat, territoire, departements)
    table = resultat.tables["commune"]
    assert table.loc[commune, "population"] > 10_000
    assert table.loc[codes[0], "lieux"] == 3
    assert np.isfinite(table.loc[codes[0], "A1_voiture_val"])
    assert (
        resultat.exclusions_departement[departements[0]][
            "points d'accueil sans coordonnées (absents des temps d'accès)"
        ]
        == 1
    )
    # No file of ARCEP at all: unknown, counted, and neither a deficit nor its absence.
    perimetre = resultat.tables["perimetre"].loc["perimetre"]
    assert np.isnan(perimetre["B1_thd30_den"])
    assert perimetre["G2_20_statut"] == "inconnu"
    assert perimetre["CUIVRE_communes_inconnues"] == perimetre["communes"]
    assert perimetre["CUIVRE_prochaine"] is None or pd.isna(perimetre["CUIVRE_prochaine"])


def test_departement_sans_aucun_lieu(tmp_path: Path) -> None:
    resultat, territoire = calculer(tmp_path, ("36",))
    verifier(resultat, territoire, ("36",))
    departement = resultat.tables["departement"].loc["36"]
    assert departement["lieux"] == 0
    assert resultat.part("departement", "36", "A2_voiture_30").taux == 0.0
    assert resultat.part("departement", "36", "O6_actuels").denominateur == 0
    assert resultat.mesure("departement", "36", "G10_ecart").valeur is None
    epci = len(resultat.tables["epci_departement"])
    # Nobody has looked yet: an empty inventory names no territory.
    assert (departement["G3_20_epci_deficit"], departement["G3_20_epci_inconnu"]) == (0, epci)
    assert set(resultat.tables["epci_departement"]["G3_20_formation_statut"]) == {"inconnu"}
    assert resultat.listes["mutualisation"].empty


def test_epci_a_cheval_ile_sans_epci_et_commune_sans_habitant(tmp_path: Path) -> None:
    resultat, territoire = calculer(tmp_path, ("22", "29", "55"), "22113", "29019", "55029")
    verifier(resultat, territoire, ("22", "29", "55"))
    communes = territoire.communes.set_index("code_insee")
    sans_epci = communes[communes["code_epci"].isna() & communes["dans_perimetre"]]
    assert "22016" in sans_epci.index  # Île-de-Bréhat
    parts_epci = resultat.tables["epci_departement"]
    assert parts_epci.loc["sans-epci-22", "communes"] == (sans_epci["code_departement"] == "22").sum()
    vides = communes[communes["dans_perimetre"] & (communes["population"] == 0)].index
    assert len(vides) >= 1  # villages destroyed in 1916, near Verdun
    vide = resultat.part("commune", str(vides[0]), "A2_voiture_20")
    assert vide.denominateur == 0
    assert format_pct(vide) == "sans objet"
    a_cheval = parts_epci[parts_epci.index.str.split("-").str[0].duplicated(keep=False)]
    for code in set(a_cheval["code_epci"]) - {"sans-epci"}:
        siennes = a_cheval[a_cheval["code_epci"] == code]
        assert siennes["population"].sum() <= resultat.tables["epci"].loc[code, "population"] + 1e-6


def test_un_territoire_sans_rien_de_connu() -> None:
    """Neither place, population, coordinates nor EPCI: every table still has its row, and nothing is invented."""
    communes = {"code_insee": ["01001"], "nom": ["A"], "code_departement": ["01"], "code_region": ["84"]}
    inconnus = {"population": np.nan, "surface_km2": np.nan, "lon": np.nan, "lat": np.nan, "code_epci": None}
    table = pd.DataFrame(communes).assign(**inconnus, dans_perimetre=True, geometry=None)
    territoire = Territoire(
        communes=gpd.GeoDataFrame(table, geometry="geometry", crs="EPSG:4326"),
        epci=pd.DataFrame({"code_epci": [], "nom": [], "membres": []}),
        departements=pd.DataFrame({"code": ["01"], "nom": ["Ain"], "code_region": ["84"]}),
        regions=pd.DataFrame({"code": ["84"], "nom": ["R"]}),
        successeurs={},
        millesimes={},
    )
    offre = construire_offre([], territoire, VOCABULAIRES, AU)
    debit = pd.DataFrame({"code_insee": [], "locaux": [], "thd30_min": [], "thd30_max": []})
    resultat = compute(offre, territoire, debit, Seuils(), date_publication=AU)
    assert len(resultat.tables["departement"]) == len(resultat.tables["commune"]) == 1
    for nom, part in parts(resultat, "departement"):
        assert part.taux is None, nom


FRANCE_SERVICES = RACINE.parent / "shared" / "data" / "france-services" / "liste-fs-20240801.csv"


@pytest.mark.skipif(not FRANCE_SERVICES.exists(), reason="../shared/data/france-services absent")
def test_a_national_list_that_says_nothing_of_training_names_no_deficit(tmp_path: Path) -> None:
    """Its silence is no « non »: no EPCI lacks training for sure, and the share reads as unknown, never as zero.

    One « non » written in every record, and these places count as such.
    """
    departements = ("06", "2B", "69", "75", "974", "976")
    couches = geo(tmp_path, departements)
    with warnings.catch_warnings():
        warnings.simplefilter("default")
        territoire = territory.lire(couches, departements, COG)
        debit = broadband.lire(couches, departements, territoire)
    liste = pd.read_csv(FRANCE_SERVICES, dtype=str)
    lignes = liste[liste["insee_com"].map(_departement).isin(departements)]

    def figures(**autres: object) -> tuple[tuple[Enregistrement, ...], pd.DataFrame, Indicateurs]:
        aide = ["Aide aux démarches administratives"]
        fiches = [
            fiche(f"fs-{rang}", ligne.insee_com, _point(ligne), services=aide, **autres)
            for rang, ligne in enumerate(lignes.itertuples())
        ]
        situees = situer(fiches, Geographie(territoire))
        offre = construire_offre(situees, territoire, VOCABULAIRES, AU)
        return tuple(situees), offre, compute(offre, territoire, debit.communes, Seuils())

    situees, offre, muette = figures()
    disante = figures(familles_absentes=["formation"])[2]
    for code in departements:
        ligne = muette.tables["departement"].loc[code]
        assert ligne["O1_formation_non_dit"] == ligne["lieux"] > 0
        assert ligne["G3_20_formation_epci_deficit"] == 0
        part = muette.part("departement", code, "A2_voiture_20_formation")
        assert format_pct(part).startswith("inconnu, au plus ")
        dite = disante.tables["departement"].loc[code]
        assert dite["O1_formation_non"] == dite["lieux"]
        assert disante.part("departement", code, "A2_voiture_20_formation").numerateur == 0
    configuration = replace(lire_configuration(RACINE / "carte.yml", RACINE), departements=departements)
    millesimes = {"cog": "2026", "lieux": "2026-11-02"}
    _relire(
        Picture(configuration, VOCABULAIRES, situees, (), territoire, debit, offre, muette, millesimes), departements
    )


def _relire(picture: Picture, departements: tuple[str, ...]) -> None:
    """Every sentence and row of the reports of real départements, and of their comparison: no fault once seen, and
    nothing of training, which no record speaks of, reads as a plain zero."""
    pages = report.pages(report.preparer(picture, maps.preparer(picture)), "assets/x")
    assert {f"rapports/{code}.html" for code in departements} <= set(pages)
    for chemin, page in pages.items():
        textes = [unite.texte for unite in unites(page)]
        assert fautes(textes) == [], chemin
        formation = [texte for texte in textes if "ormation au numérique" in texte]
        assert [texte for texte in formation if ZERO.search(texte)] == [], chemin


def _departement(code_insee: str) -> str:
    return code_insee[:3] if code_insee.startswith("97") else code_insee[:2]


def _point(ligne: Any) -> tuple[float, float] | None:
    return None if pd.isna(ligne.latitude) else (float(ligne.longitude), float(ligne.latitude))
