"""Records written by an attacker are inert everywhere: pages, map, sheet, calendar, tables; most never get there."""

import csv
import json
import re
from collections.abc import Iterator
from functools import partial
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Locator, Page, expect

from carte.records import Gravite
from navigateur import pieges
from navigateur.conftest import Visite, ecoute, visiter
from publish.pages import IMAGES
from sites import construire, une_fois

FICHES = [f"/lieux/{identifiant}/" for identifiant in pieges.IDENTIFIANTS]
PAGES = [
    *FICHES,
    "/feuille/#feuille=" + ",".join(pieges.IDENTIFIANTS),
    "/lieux/",
    "/noms/99/",
    f"/communes/{pieges.CODE}/",
    "/epci/249900010/",
    "/carte/",
    f"/?commune={pieges.CODE}",
    "/rapports/99/",
]
_ACTIFS = "a[href^='javascript:' i], a[href^='data:' i], img[src='x'], [onerror], [onmouseover], [onload]"


@pytest.fixture(scope="module")
def site(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site made of the attacker's records only, built once for all the workers."""

    def faire(dossier: Path) -> None:
        construire(pieges.deploiement(dossier), dossier / "site")

    return une_fois(tmp_path_factory, "pieges", faire) / "site"


@pytest.fixture(scope="module")
def adresse(site: Path) -> Iterator[str]:
    with ecoute(site) as adresse:
        yield adresse


@pytest.fixture
def victime(navigateur: Browser, adresse: str) -> Iterator[Visite]:
    """A page that notes any dialog as an error."""
    for visite in visiter(navigateur, adresse, viewport={"width": 1280, "height": 900}):
        visite.page.on("dialog", partial(_refuser, visite))
        yield visite


def _refuser(visite: Visite, boite: Dialog) -> None:
    visite.erreurs.append(f"dialogue : {boite.message}")
    boite.dismiss()


def inerte(visite: Visite) -> None:
    """Nothing of a record ran, nor became anything but text."""
    page = visite.page
    assert page.evaluate("typeof window.__pwned") == "undefined"
    assert page.locator(_ACTIFS).count() == 0
    assert page.get_by_text("49 ${window").count() == 0, "un gabarit a été calculé"
    assert visite.erreurs == []
    assert visite.ailleurs == []


@pytest.mark.parametrize("champs", pieges.REFUSES.values(), ids=list(pieges.REFUSES))
def test_validation_blocks_it(champs: dict[str, object], tmp_path: Path) -> None:
    lieu = pieges.PIEGES[0].model_copy(update=champs)
    bloquants = [p for p in pieges.problemes(lieu, tmp_path / "offers") if p.gravite is Gravite.BLOQUANT]
    assert {p.champ.split(".")[0] for p in bloquants} == set(champs)


def test_the_other_records_pass_validation(tmp_path: Path) -> None:
    """Else the tests below would look at nothing."""
    for rang, lieu in enumerate(pieges.PIEGES):
        problemes = pieges.problemes(lieu, tmp_path / str(rang))
        assert [p.message for p in problemes if p.gravite is Gravite.BLOQUANT] == []


@pytest.mark.parametrize("chemin", PAGES)
def test_a_page_stays_inert(victime: Visite, chemin: str) -> None:
    victime.ouvrir(chemin)
    inerte(victime)


@pytest.mark.parametrize(("chemin", "nom"), list(zip(FICHES, pieges.NOMS, strict=True)))
def test_a_fiche_shows_the_text_as_it_was_written(victime: Visite, chemin: str, nom: str) -> None:
    page = victime.ouvrir(chemin)
    assert page.locator("h1").inner_text() == nom
    assert nom in page.title()


def test_results_show_the_texts_and_stay_inert(victime: Visite) -> None:
    page = victime.ouvrir(f"/?commune={pieges.CODE}")
    resultats = page.locator("[data-resultats] > li")
    expect(resultats).to_have_count(len(pieges.PIEGES))
    textes = "\n".join(resultats.all_inner_texts())
    for nom in pieges.NOMS:
        assert nom in textes
    assert pieges.IMAGE in textes
    inerte(victime)


def test_map_popups_show_the_texts_and_stay_inert(victime: Visite) -> None:
    page = victime.ouvrir("/carte/")
    expect(page.locator("[data-carte-etat]")).to_contain_text("lieux sur la carte")
    vus = set()
    for marque in _marques(page):
        marque.focus()
        page.keyboard.press("Enter")
        # The former popup fades away behind the new one.
        bulle = page.locator(".leaflet-popup-content").last
        expect(bulle).to_be_visible()
        vus |= {nom for nom in pieges.NOMS if nom in bulle.inner_text()}
    assert vus == set(pieges.NOMS)
    inerte(victime)


def _marques(page: Page) -> list[Locator]:
    """The markers of the places, once their groups are opened."""
    for _ in range(20):
        groupes = page.locator(".carte-grappe")
        if not groupes.count() or page.locator(".carte-point").count() == len(pieges.PIEGES):
            break
        groupes.first.focus()
        page.keyboard.press("Enter")
        page.wait_for_timeout(400)
    return page.locator(".carte-point").all()


def test_the_sheet_shows_the_texts_and_prints_them(victime: Visite) -> None:
    page = victime.ouvrir("/feuille/#feuille=" + ",".join(pieges.IDENTIFIANTS))
    expect(page.locator("[data-feuille-lieux] > *")).to_have_count(len(pieges.PIEGES))
    textes = page.locator("[data-feuille-lieux]").inner_text()
    for nom in pieges.NOMS:
        assert nom in textes
    page.emulate_media(media="print")
    inerte(victime)


def test_a_choice_forged_in_the_address_is_left_out(victime: Visite) -> None:
    victime.ouvrir("/feuille/#feuille=99/<img src=x onerror=window.__pwned=1>,../../x,javascript:1,//piege.example/x")
    expect(victime.page.locator("[data-feuille-lieux] > *")).to_have_count(0)
    inerte(victime)


@pytest.mark.parametrize("parametres", ["ou=", "commune=", "pour=", "famille=", "h=", "jour="])
def test_a_forged_search_address_is_inert(victime: Visite, parametres: str) -> None:
    victime.ouvrir(f'/?{parametres}"><img src=x onerror="window.__pwned=1">')
    inerte(victime)


_DONNEES = ("application/json", "application/ld+json")
_ACTIVE = re.compile(r"\s*(javascript|vbscript|data):", re.IGNORECASE)


class _Pages(HTMLParser):
    """What a browser without our policy would run or follow in a page."""

    def __init__(self) -> None:
        super().__init__()
        self.fautes: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        valeurs = dict(attrs)
        if tag == "script" and "src" not in valeurs and valeurs.get("type") not in _DONNEES:
            self.fautes.append("programme dans la page")
        if tag == "img" and valeurs.get("src") == "x":
            self.fautes.append("image d’un piège")
        self.fautes += [f"attribut {nom}" for nom in valeurs if nom.startswith("on")]
        # The code of a fiche is an image that the program drew, and that its page holds.
        nos_images = tag == "img" and IMAGES.fullmatch(valeurs.get("src") or "")
        self.fautes += [
            f"lien {v}"
            for nom, v in valeurs.items()
            if re.match(r"\s*(javascript|vbscript|data):", v or "", re.I) and not (nos_images and nom == "src")
        ]


def test_every_page_is_harmless_even_without_the_policy(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    fautes = {}
    for fichier in pages:
        lecteur = _Pages()
        lecteur.feed(fichier.read_text(encoding="utf-8"))
        if lecteur.fautes:
            fautes[str(fichier.relative_to(site))] = lecteur.fautes
    assert len(pages) > 50
    assert fautes == {}


def test_data_files_keep_the_texts_and_open_no_formula(site: Path) -> None:
    lieux = json.loads((site / "donnees" / "lieux.geojson").read_text(encoding="utf-8"))
    noms = {trait["properties"]["nom"] for trait in lieux["features"]}
    assert pieges.NOMS[0] in noms
    with (site / "donnees" / "lieux.csv").open(encoding="utf-8-sig", newline="") as flux:
        cellules = [cellule for ligne in csv.reader(flux, delimiter=_separateur(site)) for cellule in ligne]
    assert [c for c in cellules if c[:1] in ("=", "@", "\t")] == []
    assert any(pieges.FORMULE in cellule for cellule in cellules)


def test_no_table_hides_a_formula_where_a_french_spreadsheet_cuts_it(site: Path) -> None:
    """Cells, then what stands after a semicolon or a line break within them."""
    tables = sorted((site / "donnees").glob("*.csv"))
    vues, fautes = set(), []
    for table in tables:
        with table.open(encoding="utf-8-sig", newline="") as flux:
            for cellule in (cellule for ligne in csv.reader(flux) for cellule in ligne):
                vues |= {piege for piege in (pieges.TYPST, pieges.PLEINE, pieges.FORMULE) if piege in cellule}
                morceaux = re.split(r"[;\r\n\t]", cellule)
                fautes += [(table.name, m) for m in morceaux if re.match(r"\s*[=@\uff1d\uff20]", m)]
    assert vues == {pieges.TYPST, pieges.PLEINE, pieges.FORMULE}
    assert fautes == []


def test_the_report_shows_what_files_say_and_prints_it(site: Path) -> None:
    page = (site / "rapports" / "99" / "index.html").read_text(encoding="utf-8")
    assert "#read(&#34;/etc/hostname&#34;)" in page
    assert pieges.IMAGE not in page
    assert (site / "rapports" / "99" / "rapport-99.pdf").read_bytes().startswith(b"%PDF")


def _separateur(site: Path) -> str:
    entete = (site / "donnees" / "lieux.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    return ";" if entete.count(";") > entete.count(",") else ","


def test_a_calendar_gains_no_event_from_a_text(site: Path) -> None:
    agendas = list((site / "lieux" / "99" / "piege-2").glob("*.ics"))
    assert len(agendas) == 1
    deplie = agendas[0].read_text(encoding="utf-8").replace("\n ", "").replace("\r\n ", "")
    lignes = deplie.splitlines()
    assert lignes.count("BEGIN:VEVENT") == lignes.count("END:VEVENT") == 1
    assert [ligne for ligne in lignes if ligne.startswith("SUMMARY:piège")] == []


def test_a_record_of_ten_kilobytes_stays_readable_on_a_phone(navigateur: Browser, adresse: str) -> None:
    for visite in visiter(navigateur, adresse, viewport={"width": 320, "height": 700}):
        for chemin in (*FICHES, f"/communes/{pieges.CODE}/"):
            page = visite.ouvrir(chemin)
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, chemin
