"""A whole site of three hubs, one of them broken and one hostile, built from what was taken: what its pages say."""

import csv
import json
from pathlib import Path

import pytest

from carte import pipeline
from carte.config import Hub, Voisin
from carte.federation import federer
from carte.publication import publication
from carte.publish import publish
from carte.records import Lieu, to_yaml
from couches import serveur_de_pannes as pannes
from couches.serveur_de_pannes import TOUJOURS
from federation import monde
from federation.monde import JOUR, fiche, paquet
from sites import RACINE, une_fois

SCRIPT = "<script>alert(1)</script>"
MOTIF = "99/<img src=x onerror=alert(2)>"
LIEU = {"nom": "Médiathèque Jean-Moulin", "telephone": "+33199000000", "adresse": "12 rue des Lilas"}


def _batir(dossier: Path) -> None:
    """Four hubs take part: Val is good; Pays broke after a good package; one is hostile at once, one in its names."""
    monde.geo(dossier / "geo")
    notre = dossier / "offers/99/mediatheque.yml"
    notre.parent.mkdir(parents=True)
    champs = fiche("mediatheque", **LIEU)
    notre.write_text(to_yaml(Lieu.model_validate({k: v for k, v in champs.items() if k != "id"})), encoding="utf-8")
    with pannes.servir() as banc:
        envois = {
            "val": paquet([*monde.fiches("99"), fiche("jean-moulin", **LIEU), fiche("mediatheque")]),
            "pays": paquet([*monde.fiches("96"), fiche("ailleurs")]),
            "mal": paquet([fiche("x") | {"id": MOTIF}]),
            "noms": paquet([fiche("piege", nom=f"{SCRIPT} Piège", presentation_resume=SCRIPT)]),
        }
        for site, fichiers in envois.items():
            banc.fichiers |= {f"/{site}/donnees/{nom}": contenu for nom, contenu in fichiers.items()}
        hubs = (
            monde.hub("Hub du Val", f"{banc.adresse}/val", "99"),
            monde.hub("Hub du Pays", f"{banc.adresse}/pays", "96"),
            monde.hub("Hub Hostile", f"{banc.adresse}/mal", "99"),
            monde.hub("Hub <b>Piège</b>", f"{banc.adresse}/noms", "99"),
        )
        voisins = (Voisin("Carte <b>voisine</b>", "https://voisine.example/"),)
        configuration = monde.configuration(dossier, *hubs, voisins=voisins)
        federer(configuration, RACINE, monde.geographie(), JOUR, monde.prudence())
        banc.casser("/pays/donnees/datapackage.json", pannes.code(500), fois=TOUJOURS)
        federer(configuration, RACINE, monde.geographie(), JOUR, monde.prudence())
    # The build asks nobody: the server is gone.
    with publication(dossier / "build" / "site") as site:
        publish(pipeline.build_picture(configuration, RACINE), site)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the federation, built once for all the workers."""
    with pytest.MonkeyPatch.context() as environ:
        environ.setenv("NO_PROXY", "127.0.0.1")
        return une_fois(tmp_path_factory, "federation", _batir) / "build" / "site"


def page(site: Path, chemin: str) -> str:
    return (site / chemin / "index.html").read_text(encoding="utf-8").replace("\u00a0", " ")


@pytest.mark.xdist_group("federation")
def test_a_record_is_shown_at_its_own_address_with_who_keeps_it(site: Path) -> None:
    lue = page(site, "lieux/99/jean-moulin")
    assert "Fiche tenue par <bdi>Hub du Val</bdi>" in lue
    assert (
        '/val/lieux/99/jean-moulin/" rel="noopener noreferrer">Corriger cette fiche chez <bdi>Hub du Val</bdi>' in lue
    )
    assert "corriger/#fiche=" not in lue and "mailto:contact@hub.example" not in lue
    assert not (site / "lieux/99/jean-moulin/fiche.json").exists()


@pytest.mark.xdist_group("federation")
def test_our_own_record_is_corrected_here(site: Path) -> None:
    lue = page(site, "lieux/99/mediatheque")
    assert "Fiche tenue par" not in lue and "corriger/#fiche=99/mediatheque" in lue
    assert (site / "lieux/99/mediatheque/fiche.json").exists()


@pytest.mark.xdist_group("federation")
def test_the_page_of_data_says_who_keeps_what_and_which_package_failed(site: Path) -> None:
    lue = page(site, "donnees")
    assert "Qui tient ces fiches" in lue
    val, pays, mal, piege = lue[lue.index('id="hubs"') :].split("<li>")[1:5]
    assert "Hub du Val" in val and "47 fiches publiées ici, d’après son paquet de données du 2 novembre 2026" in val
    assert "4 fiches publiées ici" in pays
    assert "C’est le dernier bon : depuis le 28 novembre 2026, celui qu’il publie ne peut pas être repris." in pays
    assert "le serveur est en panne (réponse 500)" in pays
    assert "aucun bon paquet de données : aucune de ses fiches n’est publiée ici." in mal
    assert "&lt;img src=x onerror=alert(2)&gt;" in mal
    assert "&lt;b&gt;Piège&lt;/b&gt;" in piege
    assert "1 adresse disputée" in lue


@pytest.mark.xdist_group("federation")
def test_open_data_names_the_hub_and_the_sources_of_each_package(site: Path) -> None:
    with (site / "donnees/lieux.csv").open(encoding="utf-8", newline="") as flux:
        tenues = {ligne["id"]: ligne["tenue_par"] for ligne in csv.DictReader(flux)}
    assert tenues["99/mediatheque"] == ""
    assert tenues["99/jean-moulin"] == "Hub du Val"
    assert {tenues[nom] for nom in tenues if nom.startswith("96/")} == {"Hub du Pays"}
    geojson = json.loads((site / "donnees/lieux.geojson").read_text(encoding="utf-8"))
    assert {e["properties"].get("tenue_par") for e in geojson["features"]} == set(tenues.values()) - {""} | {None}
    sources = json.loads((site / "donnees/datapackage.json").read_text(encoding="utf-8"))["sources"]
    dits = {s["title"]: s["millesime"] for s in sources if s["title"].startswith("Fiches de")}
    assert dits["Fiches de Hub du Val : Hub du Val"] == "2026-11-02"
    assert dits["Fiches de Hub du Pays : Hub du Pays"] == "2026-11-02, le dernier bon (refusé depuis le 2026-11-28)"
    assert dits["Fiches de Hub Hostile : Hub Hostile"] == "aucun bon paquet"


@pytest.mark.xdist_group("federation")
def test_conflicts_and_duplicates_are_listed_for_who_keeps_the_site(site: Path) -> None:
    lue = page(site, "rapports/a-relire")
    assert "<code>99/mediatheque</code>, de <bdi>Hub du Val</bdi> : ce site a sa propre fiche" in lue
    assert "99/ailleurs" not in lue  # everyday: in the table alone
    with (site / "rapports/a-relire/conflits.csv").open(encoding="utf-8", newline="") as flux:
        assert [(c["id"], c["hub"]) for c in csv.DictReader(flux)] == [
            ("99/ailleurs", "Hub du Pays"),
            ("99/mediatheque", "Hub du Val"),
        ]
    doublons = page(site, "rapports/doublons")
    assert "99/jean-moulin (Hub du Val)" in doublons and "offers/99/mediatheque.yml" in doublons
    listes = "".join(page(site, f"rapports/a-relire/{code}") for code in ("96", "99"))
    assert "lieux/99/mediatheque/" in listes and "lieux/99/jean-moulin/" not in listes


@pytest.mark.xdist_group("federation")
def test_neighbours_are_linked_and_nobody_is_asked(site: Path) -> None:
    for chemin in ("lieux", "a-propos"):
        lue = page(site, chemin)
        assert 'href="https://voisine.example/" rel="noopener noreferrer"><bdi>Carte &lt;b&gt;voisine&lt;/b&gt;' in lue
        assert "src=" not in lue.split("https://voisine.example/")[1].split(">", 1)[0]


@pytest.mark.xdist_group("federation")
def test_no_word_of_a_hub_becomes_a_mark(site: Path) -> None:
    pages = list(site.rglob("*.html"))
    assert len(pages) > 100
    for fichier in pages:
        lue = fichier.read_text(encoding="utf-8")
        assert SCRIPT not in lue and "<img src=x" not in lue, fichier
    assert "&lt;script&gt;alert(1)&lt;/script&gt; Piège" in page(site, "lieux/99/piege")


@pytest.mark.xdist_group("federation")
def test_the_site_may_be_a_hub_of_another_one(site: Path, tmp_path: Path) -> None:
    """Its package holds the records of its hubs under the same ids: nothing is lost from one level to the next."""
    hub = Hub("Région", site, ("96", "99"))
    (essai,) = federer(monde.configuration(tmp_path, hub), RACINE, monde.geographie(), JOUR)
    assert essai.paquet is not None, essai.refus
    with (site / "donnees/lieux.csv").open(encoding="utf-8", newline="") as flux:
        assert set(essai.paquet.fiches) == {ligne["id"] for ligne in csv.DictReader(flux)}
