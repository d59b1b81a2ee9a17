"""The sheet to hand over: what it says, its map, its code, its PDF; a record's text is only ever text."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from carte.publish import feuille
from carte.publish.atlas import Atlas
from carte.publish.feuille import langues, pdf, qr
from carte.publish.feuille.conseils import a_apporter
from carte.publish.feuille.contenu import SANS_ACCUEIL, Redacteur
from carte.publish.feuille.plan_local import Plans
from carte.publish.feuille.situation import Situation, de, direction
from publish import monde, qr_lecture
from publish.conftest import Socle
from publish.pages import Page
from sites import RACINE

FICHIERS = {"feuille.json", "feuille.pdf", "plan.svg", "qr.svg"}


@pytest.fixture
def ecrire(socle: Socle, atlas: Atlas, tmp_path: Path) -> Any:
    def _ecrire(*fiches: Any) -> Path:
        feuille.ecrire(monde.picture(*fiches), socle.shell, atlas, monde.libelles(), tmp_path)
        return tmp_path

    return _ecrire


@pytest.mark.parametrize(
    ("nom", "attendu"),
    [
        ("Valbourg", "de Valbourg"),
        ("Alpha", "d’Alpha"),
        ("Écueillé", "d’Écueillé"),
        ("Le Blanc", "du Blanc"),
        ("La Châtre", "de La Châtre"),
        ("Les Bordes", "des Bordes"),
        ("L'Abbaye", "de L'Abbaye"),
    ],
)
def test_name_after_de(nom: str, attendu: str) -> None:
    assert de(nom) == attendu


@pytest.mark.parametrize(
    ("vers", "attendu"),
    [
        ((47.0, 2.0), "au nord"),
        ((46.0, 3.0), "à l’est"),
        ((45.0, 2.0), "au sud"),
        ((46.0, 1.0), "à l’ouest"),
        ((46.7, 3.0), "au nord-est"),
        ((45.3, 1.0), "au sud-ouest"),
    ],
)
def test_direction_of_a_point(vers: tuple[float, float], attendu: str) -> None:
    assert direction((46.0, 2.0), vers) == attendu


def test_situation_says_only_what_is_known() -> None:
    territoire = monde.territoire()
    territoire.communes.loc[territoire.communes["nom"] == "Gamma", "population"] = 2_500.0
    situation = Situation(territoire)
    assert situation.lignes(46.05, 2.0, "99001") == [
        "À 5,6 km au nord de la mairie d’Alpha, à vol d’oiseau.",
        "À 28 km au sud de Gamma, à vol d’oiseau.",
    ]
    assert situation.lignes(46.3, 2.0, "99003") == ["Tout près de la mairie de Gamma."]
    assert Situation(monde.territoire()).lignes(46.0, 2.0, None) == []


def test_advice_follows_the_services() -> None:
    demarches = a_apporter(["demarches"], ["Aide aux démarches administratives"])
    formation = a_apporter(["formation"], [])
    assert "Une pièce d’identité" in demarches
    assert "Une pièce d’identité" not in formation
    assert any("apprendre" in conseil for conseil in formation)
    assert len(a_apporter([], [])) == 1


@pytest.mark.parametrize(
    "adresse",
    [
        "https://c.fr/",
        "https://carte.example/lieux/99/mediatheque-de-valbourg/",
        "https://carte.example/essai/lieux/99/" + "rendez-vous-numeriques-" * 3 + "de-la-croix/",
        "https://carte-des-lieux-de-mediation.hub-du-territoire.example/lieux/971/" + "a" * 80 + "/",
    ],
    ids=["court", "habituel", "long", "tres long"],
)
def test_code_reads_back_as_the_address(adresse: str) -> None:
    dessin = qr.svg(adresse)
    assert qr_lecture.lire(dessin) == adresse
    assert ElementTree.fromstring(dessin).get("viewBox")


def test_code_leads_to_the_fiche(ecrire: Any) -> None:
    dossier = ecrire(monde.fiche())
    code = (dossier / "lieux/99/lieu/qr.svg").read_text(encoding="utf-8")
    assert qr_lecture.lire(code) == "https://carte.example/essai/lieux/99/lieu/"


def test_map_names_the_neighbours_and_marks_the_place() -> None:
    dessin = Plans(monde.territoire()).dessiner([(46.02, 2.01)], ["99001"])
    assert dessin
    racine = ElementTree.fromstring(dessin)
    textes = [t.text for t in racine.iter("{http://www.w3.org/2000/svg}text")]
    assert "Alpha" in textes
    assert any("km" in (texte or "") for texte in textes)
    assert "N" in textes
    assert "style" not in dessin
    assert len(dessin.encode()) < 6_000


def test_map_marks_nothing_where_the_place_is_not_known() -> None:
    plans = Plans(monde.territoire())
    sans, avec = plans.dessiner([], ["99001"]), plans.dessiner([(46.0, 2.0)], ["99001"])
    assert sans
    assert avec
    assert 'r="11"' not in sans
    assert 'r="11"' in avec
    assert plans.dessiner([], ["inconnue"]) is None


def test_hostile_commune_name_is_text_on_the_map() -> None:
    territoire = monde.territoire()
    territoire.communes.loc[territoire.communes["code_insee"] == "99001", "nom"] = '<script>"&\x0b'
    dessin = Plans(territoire).dessiner([(46.0, 2.0)], ["99001"])
    assert dessin
    assert "<script" not in dessin
    ElementTree.fromstring(dessin)


def test_files_beside_the_fiche_are_the_same_twice(ecrire: Any, socle: Socle, atlas: Atlas, tmp_path: Path) -> None:
    fiches = (monde.fiche(latitude=46.0, longitude=2.0, horaires="Mo-Fr 09:00-12:00"), monde.hostile())
    premier = {f.relative_to(tmp_path): f.read_bytes() for f in ecrire(*fiches).rglob("*") if f.is_file()}
    ailleurs = tmp_path / "bis"
    feuille.ecrire(monde.picture(*fiches), socle.shell, atlas, monde.libelles(), ailleurs)
    second = {f.relative_to(ailleurs): f.read_bytes() for f in ailleurs.rglob("*") if f.is_file()}
    assert premier == second
    assert {f.name for f in premier if f.parent.name == "lieu"} == FICHIERS


def test_sheet_data_of_a_hostile_record_are_plain_text(ecrire: Any) -> None:
    dossier = ecrire(monde.hostile())
    contenu = json.loads((dossier / "lieux/99/hostile/feuille.json").read_text(encoding="utf-8"))
    assert contenu["telephone"] == ""
    assert monde.SCRIPT in contenu["nom"]
    assert "\u202e" not in json.dumps(contenu, ensure_ascii=False)


def test_nobody_is_sent_to_the_garage_of_a_bus(atlas: Atlas) -> None:
    bus = monde.fiche(
        adresse="1 rue du Garage",
        itinerance=["Itinérant"],
        tournee=[
            {"commune": "Gamma", "code_insee": "99003", "frequence": "hebdomadaire", "horaires": "Mo 10:00-12:00"}
        ],
    )
    texte = Redacteur(monde.picture(bus), atlas, monde.libelles()).feuille(bus).texte
    assert texte["adresse"] == []
    assert "se déplace" in texte["situation"][0]


def test_page_explains_itself_without_script(ecrire: Any) -> None:
    page = Page((ecrire(monde.fiche()) / "feuille/index.html").read_text(encoding="utf-8"))
    assert page.dangers() == []
    assert "vous pouvez l’imprimer telle quelle" in page.texte
    assert "Rien n’est enregistré" in page.texte


def _texte(fichier: Path) -> str:
    sortie = subprocess.run(["pdftotext", "-layout", str(fichier), "-"], capture_output=True, check=True)
    return sortie.stdout.decode()


@pytest.mark.usefixtures("avec_poppler")
def test_pdf_shows_the_words_of_a_hostile_record_as_words(ecrire: Any) -> None:
    lieu = monde.fiche(
        nom='#set text(size: 90pt) #image("/etc/passwd") *gras* $x$ [y] #panic("non")',
        adresse=r"\u{1f600} // commentaire ] #eval(\"1\")",
        horaires="Mo-Fr 09:00-12:00; PH off",
    )
    texte = _texte(ecrire(lieu) / "lieux/99/lieu/feuille.pdf")
    plat = " ".join(texte.split())
    assert "#set text(size: 90pt)" in plat
    assert "*gras* $x$ [y]" in plat
    assert "root:" not in plat
    assert "9 h – 12 h" in plat
    assert "Feuille éditée le 2 novembre 2026" in plat


@pytest.mark.parametrize(
    "nom",
    [
        "😀 Emoji",
        "مركز",
        "中文",
        "\ue000 privé",
        "\ufdfa",
        "e\u0301tat de\u0301compose\u0301",
        "à\u2028la\u2029ligne\x7f",
    ],
    ids=["emoji", "arabe", "chinois", "prive", "ligature", "decompose", "separateurs"],
)
def test_pdf_is_made_whatever_the_characters(ecrire: Any, nom: str) -> None:
    octets = (ecrire(monde.fiche(nom=nom, presentation_resume=nom)) / "lieux/99/lieu/feuille.pdf").read_bytes()
    assert octets.startswith(b"%PDF-1.7")


def test_every_character_that_is_kept_can_be_drawn(atlas: Atlas, polices: Path) -> None:
    gardes = "".join(c for c in map(chr, [*range(0x20, 0xD800), 0xFFFD]) if not pdf.INDESSINABLES.match(c))
    lieu = monde.fiche(adresse=gardes[:300], complement_adresse=gardes[290:590], source="x")
    assert len(gardes) < 590
    picture = monde.picture(lieu)
    contenu = Redacteur(picture, atlas, monde.libelles()).feuille(lieu)
    imprimeur = pdf.Imprimeur(picture.configuration, monde.libelles(), polices)
    assert imprimeur.pdf(lieu, contenu, qr.svg("https://x.example/"))


def test_pdf_is_tagged_titled_and_in_french(ecrire: Any) -> None:
    octets = (ecrire(monde.fiche()) / "lieux/99/lieu/feuille.pdf").read_bytes()
    assert b"/StructTreeRoot" in octets
    assert b"/Lang (fr)" in octets or b"/Lang(fr)" in octets
    assert re.search(rb"pdfuaid:part>1<", octets)


def test_nobody_is_sent_to_a_service_that_receives_nobody(atlas: Atlas) -> None:
    champs = {"adresse": "1 rue Haute", "latitude": 46.0, "longitude": 2.0}
    lieu = monde.fiche(**champs, modalites_acces=["Ce lieu n'accueille pas de public"])
    feuille = Redacteur(monde.picture(lieu), atlas, monde.libelles()).feuille(lieu)
    assert feuille.plan is None
    assert feuille.texte["adresse"] == []
    assert feuille.texte["situation"] == [SANS_ACCUEIL]


def test_a_word_missing_in_a_language_is_said(tmp_path: Path) -> None:
    source = RACINE / langues.FICHIER
    cible = tmp_path / langues.FICHIER
    cible.parent.mkdir(parents=True)
    texte = source.read_text(encoding="utf-8")
    cible.write_text(texte.replace("    prix: Price\n", "").replace("dated {jour}", "dated"), encoding="utf-8")
    with pytest.raises(langues.TraductionsFausses, match="« en » : à revoir : age, prix"):
        langues.langues(tmp_path)


def test_sheet_says_price_access_languages_and_the_age_of_its_data(ecrire: Any) -> None:
    dossier = ecrire(
        monde.fiche(
            frais_a_charge=["Gratuit"],
            accessibilite={"fauteuil": False},
            prise_en_charge_specifique=["Langues étrangères (anglais)"],
            horaires_detail="Un samedi sur deux",
        )
    )
    lu = json.loads((dossier / "lieux/99/lieu/feuille.json").read_text(encoding="utf-8"))
    assert (lu["prix"], lu["acces"], lu["langues"]) == (["oui", ""], ["non", ""], ["anglais"])
    assert (lu["horairesDetail"], lu["verifiee"]) == ("Un samedi sur deux", False)
    document = subprocess.run(
        ["pdftotext", "-layout", str(dossier / "lieux/99/lieu/feuille.pdf"), "-"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    for mots in (
        "Gratuit",
        "Pas accessible en fauteuil",
        "On peut y parler anglais",
        "sans vérification connue",
        "samedi",
    ):
        assert mots in " ".join(document.split())
