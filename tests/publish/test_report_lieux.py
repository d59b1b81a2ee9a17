"""Where the offer is: the list of the places says what records say, in each form of the report, and no more."""

import re
from datetime import date
from html import unescape

import pytest

from carte.picture import Picture
from carte.publish import maps, report
from carte.publish.pdf.contenu import contenu
from carte.publish.report.edition import Edition
from carte.publish.report.lieux import LIGNES_OUVERTES, lieux
from carte.publish.report.presences import passages, permanences
from carte.publish.tableur.onglets import feuilles
from publish import monde, monde_rapport

AIDE, APPRENDRE = "Aide aux démarches administratives", "Compréhension du monde numérique"
TOURNEE = [
    {"commune": "Alpha", "code_insee": "99001", "horaires": "Mo 09:00-11:00", "frequence": "hebdomadaire"},
    {"commune": "Gamma", "code_insee": "99003", "frequence": "hebdomadaire"},
    {"commune": "Voisine", "code_insee": "96001", "horaires": "Tu 09:00-17:00", "frequence": "hebdomadaire"},
]


def _edition(image: Picture) -> Edition:
    return report.preparer(image, maps.preparer(image))["99"]


@pytest.fixture(scope="module")
def edition() -> Edition:
    return _edition(
        monde_rapport.picture(
            monde_rapport.place(
                "un",
                46.0,
                services=[AIDE],
                familles_absentes=["equipement"],
                familles_declarees=["formation"],
                horaires="Mo-Fr 09:00-12:00",
                labels=[{"nom": "EPN"}, {"nom": "Info Jeunes", "jusqua": date(2024, 1, 1)}],
                permanences=[{"operateur": "CAF", "horaires": "Tu 09:00-12:00"}],
            ),
            monde_rapport.place("deux", 46.1, nom=monde.SCRIPT, commune="Béta-sur-Lône", code_insee="99002", labels=[]),
            monde_rapport.place("bus", tournee=TOURNEE, itinerance=["Itinérant"], services=[APPRENDRE]),
            monde_rapport.place("clos", 46.0, date_fermeture=date(2026, 1, 1)),
            monde.fiche("la", "96", commune="Voisine", code_insee="96001", latitude=46.0, longitude=2.1),
        )
    )


def test_each_place_of_the_departement_is_listed_as_its_record_says_it(edition: Edition) -> None:
    dits = {lieu.identifiant: lieu for lieu in lieux(edition.sujet)}
    assert set(dits) == {"99/un", "99/deux", "99/bus"}, "ni fermé, ni voisin"
    assert len(dits) == edition.sujet.ligne.nombre("lieux")
    assert dits["99/un"].familles == ("oui", "déclaré", "non")
    assert dits["99/deux"].familles == ("oui", "non dit", "non dit")
    assert dits["99/un"].reseaux == ("Espace public numérique (fin inconnue)", "CAF")
    assert (dits["99/deux"].reseaux, dits["99/bus"].reseaux) == ((), None)
    assert (dits["99/un"].heures, dits["99/un"].sans_heures) == (15.0, 0)
    assert (dits["99/deux"].heures, dits["99/deux"].sans_heures) == (None, 1)
    # The stop of the neighbour is not the département's; that without hours is told, never 0.
    assert (dits["99/bus"].points, dits["99/bus"].heures, dits["99/bus"].sans_heures) == (2, 2.0, 1)


def test_the_list_and_its_map_are_in_each_form(edition: Edition) -> None:
    page = report.pages({"99": edition}, "assets/carte-x")["rapports/99.html"]
    partie = page[page.index('id="offre"') : page.index('id="besoins"')]
    assert (
        partie.index('class="carte-disque"')
        < partie.index('id="tableau-lieux"')
        < partie.index('id="tableau-familles"')
    )
    assert len(re.findall(r'class="carte-disque"[^>]*>\s*<title>', partie)) == 3
    assert 'href="../../lieux/99/bus/"' in partie
    assert "<script>" not in partie
    papier = next(c for c in contenu(edition)["chapitres"] if c["titre"] == "L’offre existante")["blocs"]
    assert [bloc["sorte"] for bloc in papier[:3]] == ["intertitre", "planche", "tableau"]
    assert [cle["ton"] != "" for cle in papier[1]["cartes"][0]["legende"]] == [True, True]
    (feuille,) = (f for f in feuilles(edition) if f.nom == "Lieux")
    lignes = {ligne[0]: ligne for ligne in feuille.lignes[1:]}
    assert lignes[monde.SCRIPT][6:10] == (None, 1, "", date(2026, 10, 1))


def test_a_long_list_is_folded_on_the_page_and_an_annex_on_paper(demo: Picture) -> None:
    edition = _edition(demo)
    nombre = len(lieux(edition.sujet))
    assert nombre == edition.sujet.ligne.nombre("lieux") > LIGNES_OUVERTES
    page = report.pages({"99": edition}, "assets/carte-x")["rapports/99.html"]
    assert f"Voir la liste des lieux ({nombre}\u00a0lieux)" in unescape(page)
    papier = contenu(edition)
    assert [len(t["rangees"]) for t in papier["annexes"] if t["legende"].startswith("Les lieux,")] == [nombre]
    textes = [b.get("texte", "") for c in (*papier["chapitres"], papier["mutualisation"]) for b in c["blocs"]]
    assert sum(texte.endswith("tableau en annexe, à la fin de ce rapport.") for texte in textes) == len(
        papier["annexes"]
    )


def test_stops_and_operators_hours_are_told_and_short_stops_count_for_nobody(edition: Edition) -> None:
    sujet = edition.sujet
    dits = [(passage.ou, passage.heures, passage.compte) for passage in passages(sujet)]
    assert dits == [("Alpha", 2.0, False), ("Gamma", None, True)], "le seuil est de 3 heures ; l’inconnu compte"
    (tenue,) = permanences(sujet)
    assert (tenue.operateur, tenue.lieu, tenue.heures, tenue.sur_rendez_vous) == ("CAF", "99/un", 3.0, None)
    assert tenue.quand == "mardi 9 h – 12 h"
    page = unescape(report.pages({"99": edition}, "assets/carte-x")["rapports/99.html"]).replace("\u00a0", " ")
    assert "ne compte pour personne (1 arrêt sur 2)" in page
    tableaux = {ligne[1] for ligne in next(f for f in feuilles(edition) if f.nom == "Tableaux du rapport").lignes}
    assert {"Arrêts des services itinérants", "Permanences d’opérateurs dans les lieux"} <= tableaux
    rien = _edition(monde_rapport.picture(monde_rapport.place("un", 46.0)))
    textes = [b.get("texte", "") for b in contenu(rien)["chapitres"][1]["blocs"]]
    assert sum(texte.startswith("Aucune fiche ne décrit") for texte in textes) == 2
