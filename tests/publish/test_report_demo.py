"""The demonstration's report says the figures of the indicators, and nothing else."""

import html
import re

import pytest

from carte.indicators import format_nombre
from carte.picture import Picture
from carte.publish import maps, report
from carte.publish.maps.contours import preparer
from carte.publish.pdf.contenu import contenu
from carte.publish.report import phrases, silences
from carte.publish.report.cartes import cartes
from carte.publish.report.page import annexes
from carte.publish.report.sujet import Sujet
from carte.publish.tableur.onglets import feuilles

IDENTIFIANT = "tableau-indecis"


@pytest.fixture(scope="module")
def fragment(demo: Picture) -> str:
    return report.pages(report.preparer(demo, maps.preparer(demo)), "assets/carte-x")["rapports/99.html"]


@pytest.fixture(scope="module")
def page_communes(demo: Picture, fragment: str) -> str:
    """The page of the communes; the report keeps the table's place, and leads there."""
    assert re.search(r'<p id="tableau-communes"><a href="communes/">Voir le tableau des communes', fragment)
    ((_, titre, contenu),) = (
        p for p in annexes(report.preparer(demo, maps.preparer(demo))["99"]) if "communes" in p[0]
    )
    assert titre.startswith("Les communes : ")
    assert 'href="../#tableau-communes"' in contenu
    return contenu


@pytest.mark.parametrize(("ouvertes", "page"), [(10_000, False), (0, True)], ids=["court", "long"])
def test_undecided_verdicts_are_in_the_report_or_on_their_page(
    demo: Picture, monkeypatch: pytest.MonkeyPatch, ouvertes: int, page: bool
) -> None:
    """A long table weighs on who only reads: it has a page, and stays whole on paper and in the workbook."""
    monkeypatch.setattr(silences, "_LIGNES_OUVERTES", ouvertes)
    editions = report.preparer(demo, maps.preparer(demo))
    (table,) = (b for c in editions["99"].chapitres for b in c.blocs if getattr(b, "identifiant", "") == IDENTIFIANT)
    assert table.rangees
    fragment = html.unescape(report.pages(editions, "assets/carte-x")["rapports/99.html"]).replace("\u00a0", " ")
    lien = f'<p id="{IDENTIFIANT}"><a href="indecis/">Voir le tableau : {table.titre} ({len(table.rangees)} lignes)</a>'
    contenus = {chemin: contenu for chemin, _, contenu in annexes(editions["99"])}
    assert (lien in fragment, f'<table class="chiffres" id="{IDENTIFIANT}"' in fragment) == (page, not page)
    assert ("rapports/99/indecis/" in contenus) == page
    if page:
        assert contenus["rapports/99/indecis/"].count('<tr><th scope="row">') == len(table.rangees)
    papier = [
        b
        for c in contenu(editions["99"])["chapitres"]
        for b in c["blocs"]
        if b.get("legende", "").startswith(table.titre)
    ]
    assert [len(b["rangees"]) for b in papier] == [len(table.rangees)]
    (feuille,) = (f for f in feuilles(editions["99"]) if f.nom == "Tableaux du rapport")
    assert {ligne[1] for ligne in feuille.lignes} >= {table.titre}


def _cellules(fragment: str, tableau: str, rangee: str) -> list[str]:
    """The texts of one row, without the precisions."""
    table = fragment[fragment.index(f'id="{tableau}"') :]
    table = table[: table.index("</table>")]
    lignes = re.findall(r"<tr><th scope=\"row\">.*?</tr>", table, flags=re.DOTALL)
    ligne = next(ligne for ligne in lignes if f"<bdi>{rangee}</bdi>" in html.unescape(ligne))
    return [html.unescape(texte) for texte in re.findall(r"<td[^>]*>(?:<bdi>)?([^<]*?) ?<", ligne)]


@pytest.mark.parametrize("seuil", [15, 20, 30])
def test_coverage_by_car_is_that_of_the_indicators(demo: Picture, fragment: str, seuil: int) -> None:
    part = demo.indicateurs.part("departement", "99", f"A2_voiture_{seuil}_formation")
    trouve = _cellules(fragment, "tableau-voiture", f"Formation au numérique, à {seuil} minutes au plus")
    attendu = [phrases.taux(part), *(format_nombre(n or 0) for n in (part.bas, part.incertain, part.non))]
    assert trouve[:4] == attendu


@pytest.mark.parametrize("rang", [0, 30, -1], ids=["premiere", "milieu", "derniere"])
def test_each_commune_has_its_figures(demo: Picture, page_communes: str, rang: int) -> None:
    commune = demo.indicateurs.tables["commune"].iloc[rang]
    trouve = _cellules(page_communes, "tableau-communes", commune["nom"])
    assert trouve[0] == format_nombre(commune["population"])
    assert trouve[1] == format_nombre(commune["lieux"])
    assert trouve[2] == f"{format_nombre(commune['A1_voiture_val'], 1)}\u00a0min"


def test_every_epci_is_listed_whole_beside_its_part(demo: Picture, fragment: str) -> None:
    table = fragment[fragment.index('id="tableau-epci"') :]
    table = html.unescape(table[: table.index("</table>")])
    for nom in demo.indicateurs.tables["epci"]["nom"]:
        assert f"<bdi>{nom}</bdi>" in table
    assert table.count("partie située dans le département") == table.count("intercommunalité entière") >= 1


def test_every_map_draws_every_commune_once(demo: Picture) -> None:
    contours = preparer(demo.territoire, ["99"])["99"]
    for carte in cartes(Sujet(demo, "99"), contours).values():
        assert len(re.findall(r'class="commune ', str(carte.dessin))) == len(contours.communes) == 60


def test_whole_numbers_of_people_only(fragment: str) -> None:
    assert not re.search(r"\d,\d+\u00a0habitant", html.unescape(fragment))


def test_no_share_below_the_whole_reads_one_hundred(demo: Picture, fragment: str) -> None:
    for taux, num, den in re.findall(
        r">([^<>]*)\u00a0% <span class=\"detail\">([\d\u00a0]+) sur ([\d\u00a0]+)<", fragment
    ):
        entier = num.replace("\u00a0", "") == den.replace("\u00a0", "")
        assert (taux == "100,0") == entier
