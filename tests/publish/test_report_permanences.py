"""Sheets of simulated permanences, territories side by side, lists of one's own départements only."""

import math
import re
import subprocess
from dataclasses import replace
from html import unescape
from io import StringIO

import pandas as pd
import pytest
from geopandas import GeoDataFrame

from carte.picture import Picture
from carte.publish import maps, report
from carte.publish.opendata import tables
from carte.publish.opendata.parties import decoupage
from carte.publish.pdf import permanences as papier
from carte.publish.report import cote_a_cote, deficits, priorites
from carte.publish.report.essentiel import chiffres
from carte.publish.report.inventaires import _entier
from carte.publish.report.page import permanences
from carte.publish.report.permanences import NON_EVALUE, blocs, fiches, identifiant, territoires
from carte.publish.report.sujet import Sujet
from carte.publish.report.tableaux import Cellule
from carte.simulation import simuler
from carte.territory import Territoire
from publish import monde, monde_rapport
from publish.rapport_lu import unites

FORMATION = ["Compréhension du monde numérique"]


def _picture(territoire: Territoire | None = None) -> Picture:
    image = monde_rapport.picture(monde_rapport.place("un", 46.0, services=FORMATION), territoire=territoire)
    essais = simuler(image.offre, image.territoire, image.configuration.seuils)
    return replace(image, simulations=essais)


@pytest.fixture(scope="module")
def image() -> Picture:
    return _picture()


def test_every_proposal_has_its_sheet_or_is_said_vain(image: Picture) -> None:
    assert image.simulations is not None
    sujet = Sujet(image, "99")
    for niveau, code, _ in territoires(sujet):
        trouvees, vaines = fiches(sujet, niveau, code)
        assert len(trouvees) + len(vaines) == len(image.simulations.pour(niveau, code)) == 12
        assert len({fiche.identifiant for fiche in trouvees}) == len(trouvees)


def test_a_sheet_says_sites_people_hours_robustness_method_dates_and_limits(image: Picture) -> None:
    trouvees, _ = fiches(Sujet(image, "99"), "departement", "99")
    assert trouvees
    for fiche in trouvees:
        texte = " ".join((*fiche.constats, *fiche.methode, fiche.limites, fiche.dates))
        for mot in ("proposé", "Heures par semaine : 7 par permanence", "sites possibles", "Robustesse", "population"):
            assert mot in texte, mot
        assert re.search(r"garde \d+,\d\u00a0% du meilleur gain connu \([\d\u00a0]+habitants? sur [\d\u00a0]+\)", texte)
        assert [rangee.titre for rangee in fiche.choix.rangees] == [f"{s} minutes au plus" for s in (15, 20, 30)]
        assert len(fiche.options.rangees) == 4
        assert sum("choix le plus robuste" in rangee.titre for rangee in fiche.options.rangees) == 1


@pytest.mark.usefixtures("avec_poppler")
def test_a_choice_that_is_not_proved_says_how_far_the_best_may_be(image: Picture) -> None:
    """On the sheet, on the page and on paper; the bounds are rounded up, whatever the aim."""
    assert image.simulations is not None
    assert "aucun autre choix" in " ".join(fiches(Sujet(image, "99"), "departement", "99")[0][0].methode)
    modifiees = tuple(
        replace(p, options=(*p.options[:-2], *(replace(o, ecart=0.03) for o in p.options[-2:])))
        for p in image.simulations.propositions
    )
    arretee = replace(image, simulations=replace(image.simulations, propositions=modifiees))
    (fiche, *_), _ = fiches(Sujet(arretee, "99"), "departement", "99")
    (proposition,) = (p for p in modifiees if (p.niveau, fiche.identifiant) == ("departement", identifiant(p)))
    manque = math.ceil(proposition.options[-2].couverture(30).gain * 0.03 / 0.97)
    assert manque > 0
    attendues = (
        "Choix prouvés les meilleurs parmi ces sites : 2 sur 4.",
        f"Choix qui vise 30 minutes : la meilleure solution connue ; l’optimum est au plus {manque} habitants",
        "Choix qui vise le temps moyen : la meilleure solution connue ; le temps gagné par l’optimum est au plus 3,1 %",
    )
    (edition,) = report.preparer(arretee, maps.preparer(arretee)).values()
    page = next(contenu for _, _, contenu in permanences(edition))
    lu = subprocess.run(["pdftotext", "-layout", "-", "-"], input=papier(edition), capture_output=True, check=True)
    for phrase in attendues:
        for texte in (" ".join(fiche.methode), unescape(page), lu.stdout.decode()):
            assert phrase in " ".join(texte.split())  # whatever spaces typography asks for
    assert "aucun autre choix" not in " ".join(fiche.methode)


def test_no_two_tables_of_a_page_have_the_same_name(image: Picture) -> None:
    """A screen reader lists them by their captions."""
    trouvees, _ = fiches(Sujet(image, "99"), "departement", "99")
    noms = [tableau.legende for fiche in trouvees for tableau in (fiche.choix, fiche.options)]
    assert len(set(noms)) == len(noms) > 2


def test_families_can_be_chosen(image: Picture) -> None:
    trouvees, vaines = fiches(Sujet(image, "99"), "departement", "99", {"formation"})
    assert len(trouvees) + len(vaines) == 3
    assert all("formation" in titre for titre in (*(f.titre for f in trouvees), *vaines))


def test_pages_have_one_article_a_sheet_and_link_to_the_report(image: Picture) -> None:
    (edition,) = report.preparer(image, maps.preparer(image)).values()
    pages = {chemin: contenu for chemin, _, contenu in permanences(edition)}
    assert set(pages) == {"rapports/99/permanences/", "rapports/99/permanences-E1/"}
    for contenu in pages.values():
        ancres = re.findall(r'<article class="permanence" id="([^"]+)"', contenu)
        assert ancres
        for ancre in ancres:
            assert f'href="#{ancre}"' in contenu
        assert contenu.count('href="../#def-g6"') == contenu.count("<strong>Limites</strong>") == 1
        assert contenu.count("<li>Robustesse") == len(ancres)
        assert contenu.count('donnees/liste-simulations.csv"') == contenu.count('id="methode-commune"') == 1
        assert contenu.count("Ici, tous les habitants d’une commune partent du même point") == 1
        assert not re.search(r"<style|\sstyle=", contenu)
        assert all(unite.texte for unite in unites(contenu))
    assert papier(edition).startswith(b"%PDF")


def test_the_report_sums_them_up_or_says_why_not(image: Picture) -> None:
    (tableau,) = blocs(Sujet(image, "99"))
    liens = [rangee.lien for rangee in tableau.rangees if rangee.lien]  # type: ignore[union-attr]
    page = next(
        contenu for _, _, contenu in permanences(next(iter(report.preparer(image, maps.preparer(image)).values())))
    )
    assert liens
    for lien in liens:
        assert f'id="{lien.split("#")[1]}"' in page
    (absent,) = blocs(Sujet(replace(image, simulations=None), "99"))
    assert absent.texte == NON_EVALUE  # type: ignore[union-attr]


def test_names_are_inert_on_the_sheets() -> None:
    piege = _picture(monde_rapport.renommer(monde.territoire(), {"99002": monde.SCRIPT, "99003": monde.SCRIPT}))
    (edition,) = report.preparer(piege, maps.preparer(piege)).values()
    for _, _, contenu in permanences(edition):
        assert "<script>" not in contenu
    assert papier(edition)


def _deux_departements(ailleurs: bool = True) -> Picture:
    territoire = monde.territoire()
    communes = territoire.communes.assign(dans_perimetre=True, densite="rural")
    tout = replace(territoire, communes=GeoDataFrame(communes, geometry="geometry", crs=communes.crs))
    ici, voisin = monde_rapport.place("un", 46.0), monde.fiche("la", "96", commune="Voisin", code_insee="96001",
                                                             latitude=46.3, longitude=2.0)  # fmt: skip
    return monde_rapport.picture(ici, *([voisin] if ailleurs else []), territoire=tout)


def test_two_departements_stand_side_by_side_the_same_density_first() -> None:
    image = _deux_departements()
    departements, epci = cote_a_cote.tableaux([Sujet(image, "99"), Sujet(image, "96")])
    assert [rangee.titre for rangee in departements.rangees] == ["Val-d'Exemple", "Pays-Voisin"]
    assert departements.colonnes[0].code == "G8"
    assert all(rangee.cellules[0].texte.endswith(("point", "points")) for rangee in departements.rangees)
    assert [colonne.code for colonne in epci.colonnes[:2]] == ["G7", "G8"]
    assert {rangee.cellules[0].texte for rangee in epci.rangees} <= {"favorable", "proche", "défavorable", "non classé"}
    assert all("même densité" in tableau.notes[0] for tableau in (departements, epci))


def test_a_departement_without_a_record_is_unknown_not_empty() -> None:
    image = _deux_departements(ailleurs=False)
    departements, _ = cote_a_cote.tableaux([Sujet(image, "99"), Sujet(image, "96")])
    assert "1\xa0fiche datée" in departements.legende
    _, ecart, _, _, lieux, *autres = (c.texte for c in (Cellule(""), *departements.rangees[1].cellules))
    assert (ecart, lieux, set(autres)) == ("inconnu", "aucune fiche", {"inconnu"})
    assert departements.notes[-1].startswith("Aucune fiche pour Pays-Voisin : son offre est inconnue")
    offre, acces, formation, *_ = chiffres(Sujet(image, "96"))
    assert offre.precisions[0].startswith("Aucune fiche n’est chargée")
    assert acces.phrase == "On ne sait pas combien d’habitants ont un lieu à 20 minutes au plus en voiture."
    assert acces.precisions == ("Les lieux d’autres départements en servent 100,0\xa0% (100\xa0habitants sur 100).",)
    assert formation.phrase.startswith("On ne sait pas combien d’habitants ont une formation")


def test_unknown_density_is_said_and_makes_no_column(image: Picture) -> None:
    departements, epci = cote_a_cote.tableaux([Sujet(image, "99")])
    assert "G8" not in {colonne.code for tableau in (departements, epci) for colonne in tableau.colonnes}
    assert "non évalué" in departements.notes[0]


def test_a_gap_that_nobody_has_is_a_note_and_no_column(image: Picture) -> None:
    sujet = Sujet(image, "99")
    titres = {colonne.titre for colonne in priorites._ecarts(sujet).colonnes}
    assert titres == {"En voiture", "Déficit cumulé"}, "nul ne dit s'il forme : pas d'écart pour les trois familles"
    borne = replace(monde_rapport.picture(monde_rapport.place("un", 46.0), debits=monde_rapport.BORNE))
    tableau = priorites._ecarts(Sujet(borne, "99"))
    assert "Déficit cumulé" not in {colonne.titre for colonne in tableau.colonnes}
    assert "Écart (déficit cumulé) : non évalué" in tableau.notes[-1]


def test_lists_hold_no_place_of_a_neighbour() -> None:
    reseau = {"typologie": ["RFS"]}
    ici = monde_rapport.place("un", 46.0, **reseau)
    voisin = monde.fiche("la", "96", commune="Voisin", code_insee="96001", latitude=46.3, longitude=2.0, **reseau)
    image = monde_rapport.picture(ici, voisin)
    assert set(image.indicateurs.listes["conformite"]["code_departement"]) == {"96", "99"}
    listes = {
        r.fichier: r.contenu.decode() for r in tables.ressources(image, decoupage(image)) if r.nom.startswith("liste-")
    }
    for nom in ("conformite", "mutualisation", "cuivre", "labels-liste"):
        table = pd.read_csv(StringIO(listes[f"liste-{nom}.csv"]), dtype=str)
        assert set(table["code_departement"]) <= {"99"}
    assert "99/un" in listes["liste-conformite.csv"]


@pytest.mark.parametrize(
    ("mediane", "attendu"),
    [
        pytest.param(float("nan"), "non évalué, car les données de toute la région", id="inconnue"),
        pytest.param(12.5, "la médiane régionale est de 12,5 heures", id="connue"),
    ],
)
def test_the_regional_median_is_that_of_the_figures(image: Picture, mediane: float, attendu: str) -> None:
    table = image.indicateurs.tables["departement"].assign(G3_a9_mediane_val=mediane)
    figures = replace(image.indicateurs, tables={**image.indicateurs.tables, "departement": table})
    tableau = deficits.territoires(Sujet(replace(image, indicateurs=figures), "99"))
    assert attendu in tableau.notes[-1].replace("\u00a0", " ")
    assert (tableau.colonnes[-1].titre == "Heures partagées (A9)") == (mediane == mediane)


@pytest.mark.parametrize(
    ("pourcentage", "oui", "tous", "attendu"),
    [
        (0, 1, 400, "moins de 1 %"),
        (100, 399, 400, "plus de 99 %"),
        (100, 4, 4, "100 %"),
        (0, 0, 4, "0 %"),
        (76, 415, 549, "76 %"),
    ],
)
def test_a_whole_percentage_never_says_none_nor_all_when_it_is_not(
    pourcentage: float, oui: float, tous: float, attendu: str
) -> None:
    assert _entier(pourcentage, oui, tous).replace("\u00a0", " ") == attendu
