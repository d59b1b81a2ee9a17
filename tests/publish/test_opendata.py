"""Open data: the national standard's columns, formula-safe cells, and a package that describes what is there."""

import csv
import hashlib
import io
import json
import re
from datetime import date
from pathlib import Path

import frictionless
import pytest

from carte.picture import Picture
from carte.publish import opendata
from carte.publish.opendata import cartes, formats
from carte.records import Enregistrement, Lieu


@pytest.fixture(scope="module")
def picture(demo: Picture) -> Picture:
    return demo


@pytest.fixture(scope="module")
def donnees(picture: Picture, tmp_path_factory: pytest.TempPathFactory) -> Path:
    dossier = tmp_path_factory.mktemp("site")
    opendata.ecrire(picture, dossier)
    return dossier / "donnees"


def _enregistrement(**champs: object) -> Enregistrement:
    minimum = {"nom": "Lieu", "commune": "Valbourg", "services": ["Aide aux démarches administratives"]}
    lieu = Lieu.model_validate(minimum | {"source": "Hub", "date_maj": date(2026, 1, 2)} | champs)
    return Enregistrement("99/lieu", "offers/99/lieu.yml", lieu)


@pytest.mark.parametrize(
    ("valeur", "cellule"),
    [
        (None, ""),
        (float("nan"), ""),
        (True, "true"),
        (False, "false"),
        (0, "0"),
        (46.5, "46.5"),
        (["a", "b"], "a|b"),
        ("texte", "texte"),
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-2+3", "'-2+3"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("\t=1", "'\t'=1"),
        ("+33199000000", "+33199000000"),
        ("-1.5", "-1.5"),
    ],
)
def test_cell(valeur: object, cellule: str) -> None:
    assert formats.cellule(valeur) == cellule


@pytest.mark.parametrize(
    ("texte", "cellule"),
    [
        pytest.param("\uff1d1+1", "'\uff1d1+1", id="signe pleine chasse"),
        pytest.param("\n=1+1", "'\n'=1+1", id="saut de ligne"),
        pytest.param(" \ufeff=1+1", "' \ufeff=1+1", id="invisible"),
        pytest.param("Lieu;=cmd|' /C calc'!A0;", "Lieu;'=cmd|' /C calc'!A0;", id="point-virgule"),
        pytest.param("Lieu; @SUM(A1)", "Lieu; '@SUM(A1)", id="point-virgule et espace"),
        pytest.param("Bonjour\n=1+1", "Bonjour\n'=1+1", id="ligne suivante"),
        pytest.param("Bonjour\n-2+cmd|' /C calc'!A0", "Bonjour\n'-2+cmd|' /C calc'!A0", id="tiret et programme"),
        pytest.param("Bonjour\n+SUM(A1)", "Bonjour\n'+SUM(A1)", id="plus et fonction"),
        pytest.param("Ateliers :\n- tablette (mardi)\n- photo", "Ateliers :\n- tablette (mardi)\n- photo", id="liste"),
        pytest.param("Mo 09:00-12:00; Tu off", "Mo 09:00-12:00; Tu off", id="horaires"),
        pytest.param("Ouvert ; +33 1 99 00 00 00", "Ouvert ; +33 1 99 00 00 00", id="téléphone"),
        pytest.param("a=b;c", "a=b;c", id="signe au milieu"),
    ],
)
def test_no_cell_hides_in_a_cell(texte: str, cellule: str) -> None:
    """The same file opened where cells end at semicolons, and where texts end at line breaks."""
    assert formats.cellule(texte) == cellule


def test_a_row_of_the_standard_joins_values_and_leaves_the_unknown_empty() -> None:
    ligne = opendata.ligne_standard(_enregistrement(courriels=["a@b.example", "c@d.example"], latitude=46.5))
    assert list(ligne) == opendata.COLONNES_STANDARD
    assert ligne["id"] == "99/lieu"
    assert ligne["courriels"] == "a@b.example|c@d.example"
    assert ligne["date_maj"] == "2026-01-02"
    assert ligne["pivot"] is None


def test_a_place_without_coordinates_has_a_null_geometry() -> None:
    assert opendata.entite(_enregistrement())["geometry"] is None
    situe = opendata.entite(_enregistrement(latitude=46.5, longitude=-6.25))
    assert situe["geometry"] == {"type": "Point", "coordinates": [-6.25, 46.5]}


def test_a_hostile_name_stays_text(tmp_path: Path) -> None:
    ligne = opendata.ligne_standard(_enregistrement(nom='=HYPERLINK("http://x.example";"a"),"\n<script>'))
    table = formats.table_csv(opendata.COLONNES_STANDARD, [ligne]).decode()
    assert next(csv.DictReader(io.StringIO(table)))["nom"] == '\'=HYPERLINK("http://x.example";"a"),"\n<script>'


def test_the_package_is_valid_and_describes_every_file(donnees: Path) -> None:
    rapport = frictionless.Package(str(donnees / "datapackage.json")).validate()
    assert rapport.valid, rapport.flatten(["type", "note"])[:5]
    description = json.loads((donnees / "datapackage.json").read_text(encoding="utf-8"))
    decrits = {ressource["path"]: ressource for ressource in description["resources"]}
    assert set(decrits) | {"datapackage.json"} == {chemin.name for chemin in donnees.iterdir()}
    for nom, ressource in decrits.items():
        contenu = (donnees / nom).read_bytes()
        assert ressource["bytes"] == len(contenu)
        assert ressource["hash"] == f"sha256:{hashlib.sha256(contenu).hexdigest()}"


def test_every_place_is_in_each_form(donnees: Path, picture: Picture) -> None:
    identifiants = sorted(e.identifiant for e in picture.enregistrements)
    with (donnees / "lieux.csv").open(encoding="utf-8", newline="") as fichier:
        assert [ligne["id"] for ligne in csv.DictReader(fichier)] == identifiants
    geojson = json.loads((donnees / "lieux.geojson").read_text(encoding="utf-8"))
    assert [entite["id"] for entite in geojson["features"]] == identifiants
    assert [lieu["id"] for lieu in json.loads((donnees / "lieux.json").read_text(encoding="utf-8"))] == identifiants


def test_the_tables_carry_their_codes_and_no_nan(donnees: Path) -> None:
    table = (donnees / "indicateurs-departement.csv").read_text(encoding="utf-8")
    assert table.startswith("code,nom,")
    assert "\n99," in table
    assert not re.search(r"\bnan\b|<NA>|None", table)


@pytest.mark.partage
def test_rows_fit_the_patterns_of_the_national_schema(donnees: Path, partage: Path) -> None:
    schema = json.loads(
        (partage / "reference" / "standard-lieux-mediation-numerique-v1.0.2.schema.json").read_text(encoding="utf-8")
    )
    assert [champ["name"] for champ in schema["fields"]] == opendata.COLONNES_STANDARD
    with (donnees / "lieux.csv").open(encoding="utf-8", newline="") as fichier:
        lignes = list(csv.DictReader(fichier))
    for champ in schema["fields"]:
        motif = champ.get("constraints", {}).get("pattern")
        for ligne in lignes if motif else []:
            # The schema spells this value without its space in the pattern, with it in the text: the text wins.
            valeur = ligne[champ["name"]].replace("Étapes numériques (La Poste)", "Étapes numériques(La Poste)")
            assert not valeur or re.search(motif, valeur), (champ["name"], valeur)


def test_every_column_of_the_tables_is_described(donnees: Path) -> None:
    description = json.loads((donnees / "datapackage.json").read_text(encoding="utf-8"))
    tables = [r for r in description["resources"] if r["path"].startswith(("indicateurs-", "liste-", "definitions"))]
    assert len(tables) > 5
    with (donnees / "colonnes.csv").open(encoding="utf-8", newline="") as fichier:
        dictionnaire = {ligne["nom"]: ligne for ligne in csv.DictReader(fichier)}
    for table in tables:
        for champ in table["schema"]["fields"]:
            texte = champ.get("description") or dictionnaire[champ["name"]]["description"]
            assert texte, (table["path"], champ)
            assert "technique" not in texte, (table["path"], champ)
            if table["path"].startswith("indicateurs-"):
                assert champ.get("unit", "") == dictionnaire[champ["name"]]["unite"]


@pytest.mark.parametrize(("nom", "nombre"), [("communes", 60), ("epci", 4)])
def test_territories_are_drawn_with_their_figures(donnees: Path, nom: str, nombre: int) -> None:
    collection = json.loads((donnees / f"{nom}.geojson").read_text(encoding="utf-8"))
    assert len(collection["features"]) == nombre
    for entite in collection["features"]:
        assert entite["geometry"]["type"] in ("Polygon", "MultiPolygon")
        assert entite["properties"]["population"] >= 0
        assert {"nom", "lieux", "G1_20_num", "G3_20_formation_statut"} <= set(entite["properties"])


@pytest.mark.parametrize(
    ("brut", "attendu"),
    [
        pytest.param(float("nan"), None, id="inconnu"),
        pytest.param(float("inf"), "aucun lieu", id="infini"),
        pytest.param(0.0, 0.0, id="zero"),
        pytest.param(1 / 3, 0.333333, id="arrondi"),
        pytest.param(None, None, id="absent"),
    ],
)
def test_a_json_figure_is_known_unknown_or_endless(brut: object, attendu: object) -> None:
    assert cartes._valeur(brut) == attendu
