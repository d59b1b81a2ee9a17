"""Open data: the national standard's columns, formula-safe cells, and a package that describes what is there."""

import csv
import hashlib
import io
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import frictionless
import pytest

from carte.imports import fichiers
from carte.imports.modele import ContexteImport
from carte.imports.registre import trouver
from carte.picture import Picture
from carte.publication import Chantier
from carte.publish import opendata
from carte.publish.opendata import cartes, formats, parties, standard
from carte.publish.report import annexe
from carte.records import Enregistrement, Lieu
from carte.territory import Geographie


@pytest.fixture(scope="module")
def picture(demo: Picture) -> Picture:
    return demo


@pytest.fixture(scope="module")
def donnees(picture: Picture, tmp_path_factory: pytest.TempPathFactory) -> Path:
    dossier = tmp_path_factory.mktemp("site")
    opendata.ecrire(picture, Chantier.sur(dossier))
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
        (860.0, "860"),
        (10.304505344867154, "10.3045053449"),
        (float("inf"), "inf"),
        (["a", "b"], "a|b"),
        ("texte", "texte"),
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-2+3", "'-2+3"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("\t=1", "'\t'=1"),
        ("+33199000000", "+33199000000"),
        ("-1.5", "-1.5"),
        ("-1,5", "-1,5"),
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
    assert set(decrits) | {"datapackage.json"} == {c.name for c in donnees.iterdir() if c.is_file()}
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
def test_each_row_is_valid_against_the_national_schema_or_says_why(
    donnees: Path, partage: Path, picture: Picture, tmp_path: Path
) -> None:
    """What the reference validator says of each row of 32 columns is what the row says of itself, column by column."""
    reference = partage / "reference" / "standard-lieux-mediation-numerique-v1.0.2.schema.json"
    schema = frictionless.Schema.from_descriptor(json.loads(reference.read_text(encoding="utf-8")))
    assert schema.field_names == opendata.COLONNES_STANDARD
    abimes = {"pivot": "12", "telephone": "3949", "code_postal": None, "nom": "Lieu abîmé"}
    bon = {"pivot": "43493312300029", "adresse": "1 rue", "code_postal": "99000", "telephone": "+33199000000"}
    essais = [
        _enregistrement(**bon | {"formations_labels": ["Étapes numériques (La Poste)"]}),
        _enregistrement(**bon | abimes),
    ]
    rangees = standard.lignes([*essais, *picture.enregistrements], ["99"])
    fichier = tmp_path / "lieux.csv"
    for numero, rangee in enumerate(rangees):
        rangee["id"] = f"essai-{numero}"
    fichier.write_bytes(formats.table_csv(opendata.COLONNES_STANDARD, rangees))
    rapport = frictionless.Resource(path="lieux.csv", basepath=str(tmp_path), schema=schema).validate(
        limit_errors=10_000
    )
    refusees = rapport.flatten(["rowNumber", "fieldName"])
    assert {(numero - 2, nom) for numero, nom in refusees} == {
        (rang, nom) for rang, rangee in enumerate(rangees) for nom in standard.ecarts(rangee)
    }
    assert [bool(rangee[standard.ECARTS]) for rangee in rangees[:2]] == [False, True]
    assert (
        rangees[1][standard.ECARTS] == "code_postal : non renseigné ; pivot : forme refusée ; telephone : forme refusée"
    )
    strict = frictionless.Resource(path="lieux-standard.csv", basepath=str(donnees), schema=schema).validate()
    assert strict.valid, strict.flatten(["rowNumber", "fieldName"])[:5]


def test_the_counts_of_the_package_are_those_of_the_rows(donnees: Path, picture: Picture) -> None:
    with (donnees / "lieux.csv").open(encoding="utf-8", newline="") as fichier:
        lignes = list(csv.DictReader(fichier))
    with (donnees / "lieux-standard.csv").open(encoding="utf-8", newline="") as fichier:
        conformes = [ligne["id"] for ligne in csv.DictReader(fichier)]
    (lieux,) = (
        r
        for r in json.loads((donnees / "datapackage.json").read_text(encoding="utf-8"))["resources"]
        if r["name"] == "lieux"
    )
    dit = lieux["conformite"]
    assert conformes == [ligne["id"] for ligne in lignes if not ligne["ecarts_standard"]]
    assert (dit["lignes"], dit["conformes"]) == (len(lignes), len(conformes))
    assert dit["non_conformes"] == len(lignes) - len(conformes)
    assert dit["ecarts_par_colonne"].get("pivot", 0) == sum("pivot" in ligne["ecarts_standard"] for ligne in lignes)
    voisins = [ligne["id"] for ligne in lignes if ligne["departement_voisin"]]
    attendus = [e.identifiant for e in picture.enregistrements if not e.identifiant.startswith("99/")]
    assert (sorted(voisins), dit["departements_voisins"]) == (sorted(attendus), len(attendus))
    assert opendata.conformite(picture).decrire() == dit


def test_a_place_of_a_neighbour_is_marked_in_each_form() -> None:
    (ligne,) = standard.lignes([_enregistrement()], ["36"])
    assert ligne["departement_voisin"] is True
    assert opendata.entite(_enregistrement(), ["36"])["properties"]["departement_voisin"] is True
    assert "departement_voisin" not in opendata.entite(_enregistrement(), ["99"])["properties"]


def test_a_french_spreadsheet_opens_the_same_rows(donnees: Path) -> None:
    brut = (donnees / "lieux-tableur.csv").read_bytes()
    assert brut.startswith(b"\xef\xbb\xbfid;pivot;nom;")
    lignes = list(csv.DictReader(io.StringIO(brut.decode("utf-8-sig")), delimiter=";"))
    with (donnees / "lieux.csv").open(encoding="utf-8", newline="") as fichier:
        attendues = list(csv.DictReader(fichier))
    for ligne, attendue in zip(lignes, attendues, strict=True):
        a_la_francaise = {nom: attendue[nom].replace(".", ",") for nom in ("latitude", "longitude")}
        assert ligne == attendue | a_la_francaise
    classeur = fichiers.lire((donnees / "lieux.xlsx").read_bytes(), opendata.COLONNES_STANDARD)
    assert [rangee.valeurs["id"] for rangee in classeur.rangees] == [ligne["id"] for ligne in attendues]


def test_data_inclusion_has_a_structure_by_place_and_a_service_by_thematic(donnees: Path, picture: Picture) -> None:
    structures = json.loads((donnees / "data-inclusion-structures.json").read_text(encoding="utf-8"))
    services = json.loads((donnees / "data-inclusion-services.json").read_text(encoding="utf-8"))
    assert len(structures) == len(picture.enregistrements) == len({s["id"] for s in structures})
    assert len(services) == len({s["id"] for s in services})
    assert {s["structure_id"] for s in services} <= {s["id"] for s in structures}
    connus = {
        "Aide aux démarches administratives",
        "Accès internet et matériel informatique",
        "Acquisition de matériel informatique à prix solidaire",
        "Maîtrise des outils numériques du quotidien",
    }
    assert len(services) == sum(len(connus & set(e.lieu.services)) for e in picture.enregistrements)
    assert all(valeur not in (None, "", []) for objet in (*structures, *services) for valeur in objet.values())


# What data·inclusion has no word for; the data page says the same.
_PERDUS = (
    "itinerance structure_parente publics_specifiquement_adresses prise_en_charge_specifique formations_labels "
    "autres_formations_labels presentation_resume permanences tournee equipements"
).split()


def test_data_inclusion_comes_back_with_the_losses_that_the_page_lists(donnees: Path, picture: Picture) -> None:
    octets = (donnees / "data-inclusion-services.json").read_bytes()
    source = trouver("data-inclusion")
    cadre = ContexteImport(Geographie(picture.territoire), None, picture.vocabulaires, date(2026, 11, 2), ("99",))
    conversions = [source.convertir(ligne, cadre) for ligne in source.lire(octets).lignes]
    repris = {c.identifiant.removeprefix("data-inclusion:carte--"): c.lieu for c in conversions if c.lieu}
    assert len(repris) == len(conversions) > 20, {c.refus for c in conversions}
    avants = {e.identifiant.replace("/", "-"): e.lieu for e in picture.enregistrements}
    for identifiant, lieu in repris.items():
        avant = avants[identifiant]
        assert (lieu.nom, lieu.commune, lieu.date_maj) == (avant.nom, avant.commune, avant.date_maj)
        assert (lieu.telephone, lieu.adresse, lieu.horaires) == (avant.telephone, avant.adresse, avant.horaires)
        assert set(lieu.services) <= set(avant.services)
        assert (lieu.courriels or [])[:1] == (avant.courriels or [])[:1]
        assert set(lieu.modalites_accompagnement or ()) <= {"À distance"}
        assert [nom for nom in _PERDUS if getattr(lieu, nom)] == []


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


def test_each_departement_alone_makes_the_same_table(picture: Picture, tmp_path: Path) -> None:
    opendata.ecrire(picture, Chantier.sur(tmp_path))
    entiere = (tmp_path / "donnees/lieux-tableur.csv").read_bytes().splitlines()
    parties = [fichier.read_bytes().splitlines() for fichier in sorted((tmp_path / "donnees/lieux").glob("*.csv"))]
    assert len(parties) > 1 and {partie[0] for partie in parties} == {entiere[0]}
    assert sorted(ligne for partie in parties for ligne in partie[1:]) == sorted(entiere[1:])


@pytest.fixture(scope="module")
def coupees(picture: Picture, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same open data, every file that can be cut being too heavy."""
    dossier = tmp_path_factory.mktemp("site")
    with pytest.MonkeyPatch.context() as plus_lourd:
        plus_lourd.setattr(parties, "MAXIMUM", 0)
        opendata.ecrire(picture, Chantier.sur(dossier))
    return dossier / "donnees"


def _ressources(donnees: Path) -> list[dict[str, Any]]:
    lues: list[dict[str, Any]] = json.loads((donnees / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    return lues


def test_the_package_in_parts_is_valid_and_describes_every_file(coupees: Path, picture: Picture) -> None:
    rapport = frictionless.Package(str(coupees / "datapackage.json")).validate()
    assert rapport.valid, rapport.flatten(["type", "note"])[:5]
    chemins = [r["path"] if isinstance(r["path"], list) else [r["path"]] for r in _ressources(coupees)]
    ecrits = {str(fichier.relative_to(coupees)) for fichier in coupees.rglob("*.*") if fichier.is_file()}
    # Parts of a table again, for the search.
    ecrits -= {f"lieux/{e.departement}.csv" for e in picture.enregistrements}
    assert {chemin for liste in chemins for chemin in liste} | {"datapackage.json"} == ecrits
    assert len({r["name"] for r in _ressources(coupees)}) == len(chemins)


def test_the_parts_of_a_table_make_the_whole(donnees: Path, coupees: Path) -> None:
    coupes = [r for r in _ressources(coupees) if isinstance(r["path"], list)]
    assert {"lieux", "indicateurs-commune", "liste-deficits", "liste-simulations"} <= {r["name"] for r in coupes}
    for ressource in coupes:
        entiere = (donnees / f"{ressource['name']}.csv").read_bytes()
        entete = entiere.split(b"\n", 1)[0] + b"\n"
        contenus = [(coupees / chemin).read_bytes() for chemin in ressource["path"]]
        assert all(contenu.startswith(entete) for contenu in contenus), ressource["name"]
        bout_a_bout = entete + b"".join(contenu.removeprefix(entete) for contenu in contenus)
        assert sorted(bout_a_bout.splitlines()) == sorted(entiere.splitlines()), ressource["name"]
        assert ressource["bytes"] == len(bout_a_bout) == len(entiere)
        assert ressource["hash"] == f"sha256:{hashlib.sha256(bout_a_bout).hexdigest()}"


def test_the_parts_of_a_list_make_the_whole(donnees: Path, coupees: Path) -> None:
    parties_de: dict[str, list[str]] = {}
    for ressource in _ressources(coupees):
        if "partie_de" in ressource:
            parties_de.setdefault(ressource["partie_de"], []).append(ressource["path"])
    entieres = {r["name"]: r["path"] for r in _ressources(donnees)}
    assert {
        "lieux-json",
        "lieux-xlsx",
        "lieux-geojson",
        "communes-geojson",
        "data-inclusion-services",
    } <= parties_de.keys()
    for nom, chemins in parties_de.items():
        membres = [json.dumps(m) for chemin in chemins for m in _membres(coupees / chemin)]
        assert sorted(membres) == sorted(map(json.dumps, _membres(donnees / entieres[nom]))), nom


def _membres(fichier: Path) -> list[object]:
    """The places, or the outlines, of a list or of a workbook."""
    if fichier.suffix == ".xlsx":
        return [dict(r.valeurs) for r in fichiers.lire(fichier.read_bytes(), opendata.COLONNES_STANDARD).rangees]
    lu = json.loads(fichier.read_text(encoding="utf-8"))
    return lu if isinstance(lu, list) else list(lu["features"])


@pytest.mark.parametrize(
    ("ligne", "departement"),
    [
        pytest.param({"code_departement": "2A", "niveau": "epci", "code": "200"}, "2A", id="dit"),
        pytest.param({"code_departement": float("nan"), "niveau": "departement", "code": "37"}, "37", id="niveau"),
        pytest.param({"niveau": "epci_departement", "code": "200-974"}, "974", id="partie"),
        pytest.param({"niveau": "epci", "code": "200"}, "36", id="epci"),
        pytest.param({"niveau": "epci", "code": "999"}, parties.ENSEMBLE, id="epci inconnu"),
        pytest.param({"niveau": "perimetre", "code": "perimetre"}, parties.ENSEMBLE, id="ensemble"),
        pytest.param({"lieu_id": "86/lieu"}, "86", id="lieu"),
        pytest.param({"id": "86/lieu"}, "86", id="fiche"),
    ],
)
def test_each_row_goes_to_one_departement(ligne: dict[str, object], departement: str) -> None:
    coupe = parties.Decoupage(frozenset(), ("36", "37"), {"200": "36"})
    assert coupe.de_la_ligne(ligne) == departement
    (seule,) = [code for code, groupe in coupe.grouper([ligne], coupe.de_la_ligne).items() if groupe]
    assert seule == (departement if departement in ("36", "37") else parties.ENSEMBLE)


def test_a_file_that_is_light_enough_stays_whole(picture: Picture) -> None:
    assert parties.decoupage(picture).fichiers == frozenset()
    assert opendata.modele(picture)["coupes"] == frozenset()


def test_the_pages_lead_to_the_parts(picture: Picture, coupees: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parties, "MAXIMUM", 0)
    coupe, modele = parties.decoupage(picture), opendata.modele(picture)
    chemins = [chemin for _, fichiers_ in modele["parties"] for chemin, _ in fichiers_]
    assert chemins and all((coupees / chemin).exists() for chemin in chemins)
    assert set(chemins) == {str(f.relative_to(coupees)) for f in coupees.rglob("*-99.*")} | {
        str(f.relative_to(coupees)) for f in coupees.rglob("*-ensemble.*")
    }
    for fichier in annexe.fichiers(coupe, "99").values():
        assert fichier.direct and (coupees / fichier.adresse).exists(), fichier
        assert fichier.adresse.endswith(fichier.nom)
    ailleurs = annexe.fichiers(coupe, None)["commune"]
    assert (ailleurs.adresse, ailleurs.direct) == ("#par-departement", False)
