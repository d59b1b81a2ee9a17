"""The sheet to hand over: what it says, its map, its code; a record's text is only ever text."""

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import segno

from carte.publication import Chantier
from carte.publish import feuille, fiche
from carte.publish.atlas import Atlas
from carte.publish.feuille import langues, paquet, qr
from carte.publish.feuille.conseils import a_apporter
from carte.publish.feuille.contenu import SANS_ACCUEIL, Redacteur
from carte.publish.feuille.plan_local import Plans
from carte.publish.feuille.situation import Situation, de, direction
from publish import monde, qr_lecture
from publish.conftest import Socle
from publish.pages import Page
from sites import RACINE


def _dit(dossier: Path, identifiant: str) -> dict[str, Any]:
    """What the browser reads of one sheet."""
    lu: dict[str, Any] = json.loads((dossier / paquet(identifiant)).read_text(encoding="utf-8"))[identifiant]
    return lu


@pytest.fixture
def ecrire(socle: Socle, atlas: Atlas, tmp_path: Path) -> Any:
    def _ecrire(*fiches: Any) -> Path:
        feuille.ecrire(monde.picture(*fiches), socle.shell, atlas, monde.libelles(), Chantier.sur(tmp_path))
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


@pytest.mark.parametrize(
    ("lats", "lat", "ville"),
    [((46.0, 46.3), 46.14, "d’Alpha"), ((46.0, 46.3), 46.16, "de Gamma"), ((46.0, 46.0), 46.16, "d’Alpha")],
    ids=["plus pres de l une", "plus pres de l autre", "autant : le premier code"],
)
def test_situation_names_the_nearest_town(lats: tuple[float, float], lat: float, ville: str) -> None:
    territoire = monde.territoire()
    communes = territoire.communes
    communes.loc[communes["nom"].isin(["Alpha", "Gamma"]), "population"] = 2_500.0
    communes.loc[communes["nom"] == "Alpha", "lat"], communes.loc[communes["nom"] == "Gamma", "lat"] = lats
    (phrase,) = Situation(territoire).lignes(lat, 2.0, None)
    assert phrase.endswith(f"{ville}, à vol d’oiseau.")


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
    assert qr_lecture.lire(qr.image(adresse)) == adresse
    assert len(qr.image(adresse)) < 800


@pytest.mark.parametrize("longueur", [1, 14, 15, 42, 60, 84, 106, 122, 152, 180, 181, 213, 500, 2_331])
def test_code_is_the_one_that_segno_draws(longueur: int) -> None:
    """Bounds of the first versions, the two lengths of the count (180, 181), and the largest code."""
    adresse = ("https://carte.example/lieux/99/" + "mediatheque-de-valbourg-" * 100)[:longueur]
    code = segno.make(adresse, error="m", mode="byte", micro=False, boost_error=False, mask=2)
    assert qr.image(adresse) == code.png_data_uri(scale=1, border=4)


def test_code_leads_to_the_fiche(ecrire: Any, socle: Socle, atlas: Atlas) -> None:
    lieu = monde.fiche()
    html = fiche.page(lieu, monde.picture(lieu), socle.shell, atlas, monde.libelles())
    code = _dit(ecrire(lieu), "99/lieu")["code"]
    assert qr_lecture.lire(code) == "https://carte.example/essai/lieux/99/lieu/"
    assert code in Page(html).attributs("img", "src")


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
    feuille.ecrire(monde.picture(*fiches), socle.shell, atlas, monde.libelles(), Chantier.sur(ailleurs))
    second = {f.relative_to(ailleurs): f.read_bytes() for f in ailleurs.rglob("*") if f.is_file()}
    assert premier == second
    assert [f.as_posix() for f in premier if f.parts[0] == "lieux"] == ["lieux/99/lieu/plan.svg"]
    assert sorted(f.as_posix() for f in premier if f.parts[1] == "feuilles") == sorted(
        {paquet(f.identifiant) for f in fiches}
    )


def test_sheet_data_of_a_hostile_record_are_plain_text(ecrire: Any) -> None:
    dossier = ecrire(monde.hostile())
    contenu = _dit(dossier, "99/hostile")
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
    # No stop has a point: there is no map to speak of, and no number to call.
    assert texte["plan"] is False
    assert texte["situation"] == ["Ce service se déplace."]


def test_a_place_without_a_number_says_where_to_write_and_never_to_call(atlas: Atlas) -> None:
    sans = {"telephone": None, "itinerance": ["Itinérant"], "courriels": None, "site_web": ["https://bus.example/tour"]}
    bus = monde.fiche(**sans)
    redacteur = Redacteur(monde.picture(bus), atlas, monde.libelles())
    arrets, site = redacteur.feuille(bus).texte["situation"]
    assert arrets.endswith("ne sont pas renseignés : renseignez-vous pour savoir où le rencontrer.")
    assert site == "Site : bus.example/tour"
    ecrit = monde.fiche(**sans | {"courriels": ["bus@bus.example"]})
    assert redacteur.feuille(ecrit).texte["situation"][1] == "Courriel : bus@bus.example"
    appele = monde.fiche(**sans | {"telephone": "+33254000000"})
    assert redacteur.feuille(appele).texte["situation"] == [arrets.replace("renseignez-vous", "appelez")]


def test_page_explains_itself_without_script(ecrire: Any) -> None:
    page = Page((ecrire(monde.fiche()) / "feuille/index.html").read_text(encoding="utf-8"))
    assert page.dangers() == []
    assert "imprimez-la telle quelle" in page.texte
    assert "Rien n’est enregistré" in page.texte


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
    lu = _dit(dossier, "99/lieu")
    assert (lu["prix"], lu["acces"], lu["langues"]) == (["oui", ""], ["non", ""], ["anglais"])
    assert (lu["horairesDetail"], lu["verifiee"]) == ("Un samedi sur deux", False)
