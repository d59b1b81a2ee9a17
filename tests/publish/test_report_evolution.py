"""Part 9 in its four forms: the printed numbers add up, and the words are those of the figures."""

import csv
import html
import io
import re
from dataclasses import replace

import pytest

from carte.evolution.modele import EFFETS, Comparaison, Effet, Mouvement
from carte.picture import Picture
from carte.publish import maps
from carte.publish.opendata import tables
from carte.publish.opendata.parties import decoupage
from carte.publish.pdf.contenu import contenu
from carte.publish.report import evolution
from carte.publish.report.blocs import Texte
from carte.publish.report.edition import Edition, editions
from carte.publish.report.page import rapport
from carte.publish.report.tableaux import Tableau
from carte.publish.tableur.onglets import feuilles


@pytest.fixture(scope="module")
def edition(demo: Picture) -> Edition:
    return editions(demo, maps.preparer(demo))["99"]


def tableau(edition: Edition, identifiant: str) -> Tableau:
    return next(b for b in edition.evolution.blocs if isinstance(b, Tableau) and b.identifiant == identifiant)


def dixiemes(texte: str) -> int:
    """« −1,3 point » and « 62,0 % » as whole tenths."""
    trouve = re.fullmatch(r"([+−]?)(\d+),(\d)\u00a0(?:points?|%)", texte)
    assert trouve, texte
    return int(trouve[2] + trouve[3]) * (-1 if trouve[1] == "−" else 1)


def test_the_printed_numbers_add_up(edition: Edition) -> None:
    table = tableau(edition, "tableau-evolution")
    assert len(table.colonnes) == 5, "on foot and by bicycle are not evaluated from the points of these communes"
    for rang in range(len(table.colonnes)):
        avant, *effets, apres, variation = [dixiemes(r.cellules[rang].texte) for r in table.rangees[:-1]]
        assert len(effets) == len(EFFETS)
        assert avant + sum(effets) == apres
        assert sum(effets) == variation


def test_the_order_of_the_effects_is_printed(edition: Edition) -> None:
    titres = [rangee.titre for rangee in tableau(edition, "tableau-evolution").rangees]
    attendus = [f"{rang}. {e.value[:1].upper()}{e.value[1:]}" for rang, e in enumerate(EFFETS, start=1)]
    assert titres == ["Au 4 mai 2026", *attendus, "Au 2 novembre 2026", "Variation", "Lecture"]


def test_the_last_share_is_the_one_the_report_prints_elsewhere(demo: Picture, edition: Edition) -> None:
    cellule = tableau(edition, "tableau-evolution").rangees[-3].cellules[0]
    part = demo.indicateurs.part("departement", "99", "A2_voiture_20")
    assert part.taux is not None
    assert cellule.tri == pytest.approx(100 * part.taux)


def test_each_epci_adds_up_too(edition: Edition) -> None:
    for rangee in tableau(edition, "tableau-evolution-epci").rangees:
        avant, apres, variation, effets, _ = (cellule.texte for cellule in rangee.cellules)
        visibles = [] if effets == "aucun" else [texte.rsplit(" : ", 1)[1] for texte in effets.split(" ; ")]
        assert dixiemes(avant) + sum(map(dixiemes, visibles)) == dixiemes(apres)
        assert dixiemes(variation) == dixiemes(apres) - dixiemes(avant)


def test_a_closed_place_has_no_link_and_an_opened_one_has(edition: Edition) -> None:
    liens = {rangee.titre: rangee.lien for rangee in tableau(edition, "tableau-evolution-lieux").rangees}
    assert liens["Atelier numérique de Bellelande"] == ""
    assert liens["Les Écrivains publics de Hautbuisson"] == "lieux/99/ecrivains-publics-de-hautbuisson/"


def test_html_pdf_and_sheets_say_the_same(edition: Edition) -> None:
    cellules = [c.texte for r in tableau(edition, "tableau-evolution").rangees for c in r.cellules]
    section = html.unescape(rapport(edition, "assets/carte-x").split('id="evolution"')[1].split("</section>")[0])
    table = section.split('id="tableau-evolution"')[1].split("</table>")[0]
    lus = [texte.replace("\u00a0", " ") for texte in re.findall(r"<td[^>]*>(?:<bdi>)?([^<]*?) ?<", table)]
    assert lus == [texte.replace("\u00a0", " ") for texte in cellules]
    blocs = contenu(edition)["evolution"]["blocs"]
    pdf = next(b for b in blocs if b["sorte"] == "tableau")
    assert [c["texte"] for r in pdf["rangees"] for c in r["cellules"]] == cellules
    noms = {feuille.nom: feuille for feuille in feuilles(edition)}
    imprimes = [
        str(ligne[6]) for ligne in noms["Tableaux du rapport"].lignes if str(ligne[1]).startswith("Évolution du")
    ]
    assert sorted(imprimes) == sorted(cellules)
    lignes = noms["Liste evolution"].lignes
    entete, lignes = lignes[1], lignes[2:]
    assert {ligne[0] for ligne in lignes} == {"departement", "epci_departement"}
    effets = [rang for rang, nom in enumerate(entete) if str(nom).startswith("effet_")]
    for ligne in lignes:
        nombres = [ligne[rang] for rang in effets]
        assert all(isinstance(nombre, int | float) for nombre in nombres)
        assert sum(float(str(n)) for n in nombres) == pytest.approx(ligne[entete.index("variation_points")], abs=1e-9)
    assert len(noms["Liste evolution lieux"].lignes) == 2 + 6


def test_open_data_have_every_level_and_add_up(demo: Picture) -> None:
    fichiers = {r.fichier: r for r in tables.ressources(demo, decoupage(demo))}
    ressource = fichiers["liste-evolution.csv"]
    lignes = list(csv.DictReader(io.StringIO(ressource.contenu.decode())))
    assert {ligne["niveau"] for ligne in lignes} == {"epci_departement", "departement", "perimetre"}
    for ligne in lignes:
        effets = sum(float(v) for nom, v in ligne.items() if nom.startswith("effet_"))
        assert float(ligne["avant_pct"]) + effets == pytest.approx(float(ligne["apres_pct"]), abs=1e-9)
        assert (ligne["date_avant"], ligne["date_apres"]) == ("2026-05-04", "2026-11-02")
    assert len(list(csv.DictReader(io.StringIO(fichiers["liste-evolution-lieux.csv"].contenu.decode())))) == 6


def test_without_a_former_publication_nothing_is_silent(demo: Picture, edition: Edition) -> None:
    seule = replace(edition, sujet=type(edition.sujet)(replace(demo, evolution=None), "99"))
    (texte,) = evolution.blocs(seule.sujet)
    assert isinstance(texte, Texte)
    assert "non évalué" in texte.texte
    fichiers = {r.fichier: r for r in tables.ressources(replace(demo, evolution=None), decoupage(demo))}
    assert fichiers["liste-evolution.csv"].contenu.count(b"\n") == 1


def test_places_of_other_departements_are_counted_apart(demo: Picture, edition: Edition) -> None:
    assert demo.evolution is not None
    voisin = Mouvement(Effet.OUVERTURES, "96/x", "Ailleurs", "96", None)
    hostile = Mouvement(Effet.RETRAITS, "99/y", "<b>=1+1</b>", None, None)
    comparaison: Comparaison = replace(demo.evolution, mouvements=(voisin, hostile))
    sujet = type(edition.sujet)(replace(demo, evolution=comparaison), "99")
    table = next(b for b in evolution.blocs(sujet) if isinstance(b, Tableau) and b.identifiant.endswith("lieux"))
    assert [rangee.titre for rangee in table.rangees] == ["<b>=1+1</b>"]
    textes = [b.texte for b in evolution.blocs(sujet) if isinstance(b, Texte)]
    assert "Et 1\u00a0lieu d’autres départements, qui comptent aussi dans ces effets." in textes
