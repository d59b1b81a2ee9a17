"""The report: every figure with its counts and its date, the unknown said, hostile names inert, same bytes."""

import html
import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest

from carte.picture import Picture
from carte.publish import maps, report
from carte.publish.opendata import tables
from carte.publish.opendata.parties import decoupage
from carte.publish.report.acces import temps_et_heures
from carte.publish.report.annexe import FICHIERS
from carte.publish.report.sujet import Sujet
from carte.publish.report.themes import themes
from publish import monde, monde_rapport

FORMATION = ["Compréhension du monde numérique"]


def _picture(**changements: object) -> Picture:
    fiches = (
        monde_rapport.place("un", 46.0, horaires="Mo-Fr 09:00-12:00"),
        monde_rapport.place("deux", 46.1, commune="Béta-sur-Lône", code_insee="99002"),
        monde_rapport.place("trois"),
    )
    return monde_rapport.picture(*fiches, **changements)  # type: ignore[arg-type]


def _pages(picture: Picture) -> dict[str, str]:
    return report.pages(report.preparer(picture, maps.preparer(picture)), "assets/carte-x")


def _rapport(picture: Picture) -> str:
    return _pages(picture)["rapports/99.html"]


def _texte(fragment: str) -> str:
    nu = re.sub(r"<[^>]+>", " ", re.sub(r"<svg.*?</svg>", "", fragment, flags=re.DOTALL))
    return re.sub(r"\s+", " ", html.unescape(nu).replace("\u00a0", " "))


@pytest.fixture(scope="module")
def fragment() -> str:
    return _rapport(_picture())


def test_the_parts_follow_the_decree(fragment: str) -> None:
    assert re.findall(r'<h2 id="([a-z-]+)"', fragment) == [
        "essentiel", "perimetre", "offre", "besoins", "acces", "deficits", "programme", "mutualisation",
        "avis", "evolution", "methode",
    ]  # fmt: skip


def test_five_figures_can_be_read_aloud(fragment: str) -> None:
    essentiel = fragment[fragment.index('class="essentiel"') : fragment.index('id="perimetre"')]
    assert essentiel.count("<li>") == 5
    texte = _texte(essentiel)
    assert "La carte recense 3 lieux pour 300 habitants" in texte
    assert "37,5 % des locaux n’ont pas 30 Mbit/s par un réseau filaire (60 sur 160)." in texte
    assert texte.count("3 fiches datées du 1er octobre 2026") == 1
    assert "connus au 2 novembre 2026" not in texte
    assert "débit au 30 juin 2026" in texte
    assert "Temps estimés à vol d’oiseau, non calibrés" in texte


def test_the_car_is_never_alone(fragment: str) -> None:
    essentiel = _texte(fragment[fragment.index('class="essentiel"') : fragment.index('id="perimetre"')])
    for phrase in re.findall(r"<p>[^<]*</p>", essentiel):
        assert "voiture" not in phrase or "vélo" in phrase
    assert essentiel.count("à vélo") == essentiel.count("à pied") >= 2


def test_every_percentage_of_a_table_has_its_counts(fragment: str) -> None:
    cellules = re.findall(r'<td class="nombre"[^>]*>(.*?)</td>', fragment, flags=re.DOTALL)
    lignes = re.findall(r"<tr>.*?</tr>", fragment, flags=re.DOTALL)
    parts = [cellule for cellule in cellules if "\u00a0%" in cellule]
    assert len(parts) > 30
    for ligne in lignes:
        if "\u00a0%" in ligne and 'class="nombre"' in ligne:
            assert " sur " in _texte(ligne), ligne


def test_every_definition_and_anchor_is_there(fragment: str) -> None:
    ancres = set(re.findall(r'\bid="([^"]+)"', fragment))
    renvois = set(re.findall(r'href="#([^"]+)"', fragment))
    assert renvois <= ancres
    assert {f"def-{d.code.lower()}" for d in _picture().indicateurs.definitions} <= ancres
    assert len(ancres) == len(re.findall(r'\bid="([^"]+)"', fragment))


def test_data_links_lead_to_published_files(fragment: str) -> None:
    publies = {r.fichier for r in tables.ressources(_picture(), decoupage(_picture()))}
    assert {fichier for fichier, _ in FICHIERS.values()} <= publies | {"lieux.csv", "lieux.json"}
    liens = set(re.findall(r'href="../../donnees/([^"]+)"', fragment))
    assert liens <= publies | {"lieux.csv", "lieux.json", "datapackage.json"}


def test_no_causal_verb(fragment: str) -> None:
    assert not re.search(
        r"\b(à cause|en raison de|provoqu\w+|entraîn\w+|grâce à la politique|améliore )\b", _texte(fragment)
    )


def test_tables_are_accessible(fragment: str) -> None:
    class Tables(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.tables = self.legendes = self.colonnes = self.regions = 0

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            attributs = dict(attrs)
            self.tables += tag == "table"
            self.legendes += tag == "caption"
            self.colonnes += tag == "th" and attributs.get("scope") == "col"
            self.regions += attributs.get("role") == "region" and attributs.get("tabindex") == "0"

    compte = Tables()
    compte.feed(fragment)
    assert compte.tables == compte.legendes == compte.regions > 10
    assert compte.colonnes > 2 * compte.tables
    assert "<th>" not in fragment


def test_no_inline_style_nor_script(fragment: str) -> None:
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", fragment)


def test_unknown_broadband_is_said_and_never_zero() -> None:
    texte = _texte(_rapport(_picture(debits=monde_rapport.ABSENT)))
    assert "On ne sait pas combien de locaux ont 30 Mbit/s par un réseau filaire. Sans chiffre : 3 communes." in texte
    assert "Aucune donnée de débit n’est disponible" in texte
    assert "On ne sait pas combien d’habitants sont à plus de 20 minutes en voiture d’un lieu et sans" in texte


def test_bounded_broadband_gives_two_readings() -> None:
    picture = _picture(debits=monde_rapport.BORNE)
    texte = _texte(_rapport(picture))
    assert (
        "Entre 26,7 % et 46,7 % des locaux n’ont pas 30 Mbit/s par un réseau filaire (entre 40 et 70 sur 150)." in texte
    )
    assert "est encadré par deux bornes" in texte
    assert [t.cle for t in themes(picture.indicateurs, "99") if t.code == "B1"] == ["debit-bas", "debit-haut"]


def test_a_departement_without_any_place() -> None:
    texte = _texte(_rapport(monde_rapport.picture()))
    assert "La carte recense aucun lieu" not in texte
    assert "Aucun lieu n’est recensé" in texte


def test_a_departement_without_outline_has_no_map_but_says_so() -> None:
    territoire = monde_rapport.sans_contour(monde.territoire(), ["99001", "99002", "99003"])
    fragment = _rapport(_picture(territoire=territoire))
    assert 'class="carte-svg' not in fragment
    assert "la carte ne peut pas être dessinée" in fragment
    assert "Sans contour, absentes des cartes\u00a0: Alpha, Béta-sur-Lône, Gamma" in fragment
    assert "data-carte-rapport" not in fragment


def test_hostile_names_are_inert() -> None:
    territoire = monde_rapport.renommer(monde.territoire(), {"99001": monde.SCRIPT, "99002": monde.ATTRIBUT})
    for page in _pages(_picture(territoire=territoire)).values():
        assert "<script>" not in page
        assert not re.search(r"<[^>]*\sonmouseover=", page)


def test_same_inputs_same_bytes() -> None:
    assert _pages(_picture()) == _pages(_picture())


def test_the_index_lists_each_report() -> None:
    index = _pages(_picture())["rapports/index.html"]
    assert index.count('<a href="99/">') == 1
    assert "3\u00a0lieux" in index


def _codes(picture: Picture) -> Iterator[str]:
    table = picture.indicateurs.tables["commune"]
    yield from table.index[table["code_departement"] == "99"]


def test_each_commune_is_in_one_class_of_each_map() -> None:
    picture = _picture()
    for theme in themes(picture.indicateurs, "99"):
        assert sorted(theme.communes) == sorted(_codes(picture))
        assert sum(classe.nombre for classe in theme.classes) == 3
        assert set(theme.communes.values()) <= {classe.cle for classe in theme.classes}


def test_map_classes_come_from_the_indicators() -> None:
    picture = _picture()
    par_cle = {theme.cle: theme for theme in themes(picture.indicateurs, "99")}
    assert set(par_cle) == {"temps", "temps-demarches", "debit", "cumul"}, "ni carte d'une famille dont nul ne parle"
    assert par_cle["debit"].communes == {"99001": "n2", "99002": "n4", "99003": "n0"}
    assert par_cle["debit"].valeurs["99002"].replace("\u00a0", " ") == "Béta-sur-Lône : 100,0 % (50 locaux sur 50)"
    # When each place says that it does not train: farther than any threshold, which is not unknown.
    dites = monde_rapport.picture(monde_rapport.place("un", 46.0, familles_absentes=["formation"]))
    formation = next(theme for theme in themes(dites.indicateurs, "99") if theme.cle == "temps-formation")
    assert set(formation.communes.values()) == {"n4"}
    assert "aucun lieu" in formation.valeurs["99001"]
    assert formation.classes[-1].libelle == "plus de 30 minutes, ou aucun lieu"
    assert par_cle["temps"].classes[-1].libelle == "plus de 30 minutes"


def test_accessible_hours_say_that_unknown_hours_are_left_out() -> None:
    avec = monde_rapport.picture(monde_rapport.place("muet", horaires=None))
    sans = monde_rapport.picture(monde_rapport.place("connu", horaires="Mo-Fr 09:00-12:00"))
    notes = [" ".join(temps_et_heures(Sujet(p, "99")).notes) for p in (avec, sans)]
    assert "Horaires inconnus : 1 point d’accueil du département" in notes[0].replace("\u00a0", " ")
    assert "Horaires inconnus" not in notes[1]


def test_the_headline_threshold_is_twenty_minutes_or_the_middle_one() -> None:
    seuils = _picture().indicateurs.seuils
    assert seuils.principal == 20
    assert Sujet(_picture(), "99").seuil == 20
