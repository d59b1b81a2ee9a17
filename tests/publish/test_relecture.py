"""The hub's worklist: why a record is in it, what to ask, in which order, and what its pages and its table give."""

import csv
import io
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from carte.choix import Seuils
from carte.ecrits.problem import Gravite, Problem
from carte.publication import Chantier
from carte.publish.atlas import Atlas
from carte.publish.relecture import page as relecture
from carte.publish.relecture.liste import a_relire, brouillons
from carte.publish.relecture.modele import TITRES, Groupe
from carte.publish.relecture.motifs import motifs
from carte.publish.relecture.relances import COLONNES, relances
from carte.publish.relecture.relances import tableau as tableau_des_relances
from carte.records import Enregistrement
from carte.records.rules.telephone import region_attendue
from publish import monde
from publish.conftest import Socle
from publish.pages import Page

JOUR, SEUILS = monde.JOUR, Seuils()
COMPLETE = {
    "adresse": "1 rue A",
    "horaires": "Mo-Fr 09:00-12:00",
    "modalites_acces": ["Se présenter"],
    "frais_a_charge": ["Gratuit"],
    "accessibilite": {"fauteuil": True},
}
IRREGULIER = {"commune": "Alpha", "frequence": "irrégulière"}
HIER, JADIS = JOUR - timedelta(days=1), date(2025, 10, 1)


def groupes(champs: dict[str, Any], avis: list[Problem] | None = None) -> list[Groupe]:
    return [m.groupe for m in motifs(monde.fiche(**{**COMPLETE, **champs}), avis or [], JOUR, SEUILS)]


@pytest.mark.parametrize(
    ("champs", "attendus"),
    [
        ({}, []),
        # Two ages: that day exactly, one is to be read again, and one is very old; a check makes it young again.
        ({"date_maj": JOUR - timedelta(days=364)}, []),
        ({"date_maj": JOUR - timedelta(days=365)}, [Groupe.A_RELIRE]),
        ({"date_maj": JOUR - timedelta(days=729)}, [Groupe.A_RELIRE]),
        ({"date_maj": JOUR - timedelta(days=730)}, [Groupe.ANCIENNE]),
        ({"date_maj": JOUR - timedelta(days=730), "verifie_le": HIER}, []),
        # Hours that are over, or that never open; a closed place says so already.
        ({"horaires": "2026 Jan 01-2026 Oct 31 Mo-Fr 09:00-12:00"}, [Groupe.VENUE_VAINE]),
        ({"horaires": "2025 Mo-Fr 09:00-12:00; PH off"}, [Groupe.VENUE_VAINE]),
        ({"horaires": "2026 Jan 01-2026 Dec 31 Mo-Fr 09:00-12:00"}, []),
        ({"horaires": "Mo-Fr 09:00-12:00; off"}, [Groupe.VENUE_VAINE]),
        ({"horaires": "off"}, [Groupe.VENUE_VAINE]),
        ({"horaires": "off", "date_fermeture": HIER}, []),
        ({"horaires": "PH off"}, []),
        ({"horaires": 'Mo-Fr "sur rendez-vous"'}, []),
        ({"horaires": "Jul-Aug 09:00-12:00"}, []),
        ({"permanences": [{"operateur": "CAF", "horaires": "2025 Mo 09:00-10:00"}]}, [Groupe.VENUE_VAINE]),
        # A return or an opening that nobody has confirmed; one that somebody has.
        ({"fermetures": [{"du": date(2026, 10, 2), "au": HIER}]}, [Groupe.VENUE_VAINE]),
        ({"fermetures": [{"du": date(2026, 10, 2), "au": HIER}], "verifie_le": JOUR}, []),
        ({"fermetures": [{"du": date(2026, 10, 2), "au": JOUR}]}, []),
        ({"fermetures": [{"du": date(2025, 10, 2), "au": date(2027, 1, 1)}]}, [Groupe.VENUE_VAINE]),
        ({"date_ouverture": HIER}, [Groupe.VENUE_VAINE]),
        ({"tournee": [IRREGULIER | {"prochain_passage": HIER}]}, [Groupe.VENUE_VAINE]),
        ({"tournee": [IRREGULIER | {"prochain_passage": JOUR}]}, []),
        (
            {"tournee": [{"commune": "Alpha", "frequence": "quinzaine", "prochain_passage": HIER}]},
            [],
        ),
        # What is essential and missing; nobody comes to a place that receives nobody.
        ({"horaires": None}, [Groupe.MANQUE]),
        ({"horaires": None, "horaires_detail": "Le mardi, parfois."}, []),
        ({"horaires": None, "adresse": None, "modalites_acces": ["Ce lieu n'accueille pas de public"]}, []),
        ({"telephone": None}, [Groupe.MANQUE]),
        ({"telephone": None, "courriels": ["contact@alpha.example"]}, []),
        ({"frais_a_charge": None, "accessibilite": None}, []),
        # Whoever has closed for good is asked nothing, whatever its age.
        ({"date_maj": JADIS, "date_fermeture": HIER, "horaires": None, "telephone": None}, []),
    ],
)  # fmt: skip
def test_why_a_record_is_read_again(champs: dict[str, Any], attendus: list[Groupe]) -> None:
    assert groupes(champs) == attendus


def test_only_doubts_that_the_place_can_settle_are_asked() -> None:
    def avis(regle: str) -> Problem:
        return Problem("offers/99/lieu.yml", 1, 1, "nom", "", "Un doute.", Gravite.CONSEIL, regle)

    assert groupes({}, [avis("doublon"), avis("guillemets"), avis("coordonnees")]) == [Groupe.DOUTE] * 2


@pytest.mark.parametrize(
    ("numero", "departement", "attendue"),
    [
        ("+33254000000", "36", None), ("+33554000000", "36", "02"), ("+33554000000", "2A", "04"),
        # Mobile, non-geographic and short numbers are from nowhere; a fictional département has no numbers of its own.
        ("+33612345678", "36", None), ("+33912345678", "36", None), ("+33800123456", "36", None), ("3939", "36", None),
        ("+33123456789", "99", None),
        # Overseas: the prefix is the place, and mobiles travel.
        ("+262262123456", "974", None), ("+262269123456", "976", None), ("+590590123456", "974", "+262"),
        ("+33123456789", "974", "+262"), ("+590590123456", "36", "02"), ("+590690123456", "36", None),
        ("+687123456", "988", None), ("+33123456789", "988", "+687"),
    ],
)  # fmt: skip
def test_a_landline_tells_its_region(numero: str, departement: str, attendue: str | None) -> None:
    assert region_attendue(numero, departement) == attendue


ATTENDUE = pd.DataFrame(
    [
        ("departement", "99", "formation", "99/muet", 1_240.0),
        ("departement", "99", "demarches", "99/muet", 30.0),
        ("perimetre", "", "formation", "99/muet", 9_999.0),
    ],
    columns=["niveau", "code", "famille", "lieu_id", "habitants_si_oui"],
)


def image(*fiches: Enregistrement, a_completer: tuple[Enregistrement, ...] = ()) -> Any:
    base = monde.picture(*fiches)
    base.indicateurs = SimpleNamespace(listes={"a_completer": ATTENDUE}, definitions=())  # type: ignore[misc]
    base.problemes, base.a_completer = (), a_completer  # type: ignore[misc]
    return base


def test_the_most_pressing_come_first_then_those_that_the_report_waits_for() -> None:
    fiches = [
        monde.fiche("muet", **COMPLETE),
        monde.fiche("vieux", **COMPLETE | {"date_maj": date(2020, 1, 1)}),
        monde.fiche("plus-vieux", **COMPLETE | {"date_maj": date(2019, 1, 1)}),
        monde.fiche("vieux-et-vide", **COMPLETE | {"date_maj": date(2020, 1, 1), "frais_a_charge": None}),
        monde.fiche("vain", **COMPLETE | {"horaires": "2025 Mo 09:00-12:00"}),
        monde.fiche("sain", **COMPLETE),
        monde.fiche("voisin", departement="96", date_maj=date(2019, 1, 1)),
    ]
    lignes = a_relire(image(*fiches))
    ordre = [ligne.enregistrement.slug for ligne in lignes]
    assert ordre == ["vain", "vieux-et-vide", "plus-vieux", "vieux", "muet"]
    muet = lignes[-1]
    assert (muet.groupe, muet.habitants) == (Groupe.MANQUE, 1_240)
    # One answer settles people for each family, and they are not added up.
    assert muet.questions == ("Proposez-vous une formation au numérique ?", "Proposez-vous une aide aux démarches ?")
    assert "1\u202f240 habitants" in muet.motifs[0].constat
    assert lignes[1].questions[-1] == "Est-ce gratuit ?"


def test_pages_and_table_escape_everything_and_say_nothing_of_drafts(socle: Socle, tmp_path: Path) -> None:
    brouillon = monde.fiche("brouillon-secret", nom="Brouillon secret")
    hostile = monde.hostile()
    donnees = hostile.lieu.model_copy(update={"date_maj": JADIS})
    picture = image(
        Enregistrement(hostile.identifiant, hostile.fichier, donnees),
        monde.fiche("formule", nom="=2+2", date_maj=JADIS, courriels=["prenom.nom@hub.example"]),
        a_completer=(brouillon,),
    )
    chemins = relecture.ecrire(picture, socle.shell, Atlas(picture.territoire), Chantier.sur(tmp_path))
    assert chemins == ["rapports/a-relire/", "rapports/a-relire/99/", "rapports/doublons/"]
    html = (tmp_path / chemins[1] / "index.html").read_text(encoding="utf-8")
    assert "<script>alert" not in html and "javascript:" not in html and "noindex" in html
    page = Page(html)
    assert "Téléphone inconnu" in page.texte and "=2+2" in page.texte
    octets = (tmp_path / chemins[1] / "a-relire-99.csv").read_bytes().decode()
    lignes = list(csv.DictReader(io.StringIO(octets)))
    assert tuple(lignes[0]) == relecture.COLONNES and {ligne["nom"][:2] for ligne in lignes} == {"'=", "<s"}
    # Addresses of people are on the fiche alone, and drafts nowhere.
    for texte in (html, octets):
        assert "prenom.nom" not in texte and "Brouillon secret" not in texte
    (seul,) = brouillons(picture)
    assert TITRES[seul.groupe].startswith("Fiche à compléter") and seul.questions[0] == "Que peut-on faire chez vous ?"
    index = Page((tmp_path / chemins[0] / "index.html").read_text(encoding="utf-8")).texte
    assert "2 fiches à relire" in index and "730 jours" in index


def test_nothing_to_read_again_is_said(socle: Socle, tmp_path: Path) -> None:
    picture = image(monde.fiche("sain", **COMPLETE))
    relecture.ecrire(picture, socle.shell, Atlas(picture.territoire), Chantier.sur(tmp_path))
    texte = Page((tmp_path / "rapports/a-relire/99/index.html").read_text(encoding="utf-8")).texte
    assert "aucune fiche n’est à relire" in texte


def test_one_reminder_per_address_and_no_text_leaves_its_place() -> None:
    vieux: dict[str, Any] = {**COMPLETE, "date_maj": JADIS}
    reseau = ["Reseau@hub.example"]
    picture = image(
        monde.fiche("un", **vieux | {"courriels": reseau, "nom": "=Un\nCc: tous@hub.example"}),
        monde.fiche(
            "deux", **vieux | {"courriels": ["reseau@hub.example", "second@hub.example"], "frais_a_charge": None}
        ),
        monde.fiche("sans", **vieux),
        monde.fiche("faux", **vieux | {"courriels": ["a@b.example?bcc=tous@hub.example"]}),
        monde.fiche("sain", **COMPLETE | {"courriels": ["sain@hub.example"]}),
        a_completer=(monde.fiche("brouillon", courriels=["bientot@hub.example"], services=["Aide"]),),
    )
    rangees = relances([*a_relire(picture), *brouillons(picture)], picture.configuration)
    assert [r["courriel"] for r in rangees] == ["reseau@hub.example", "bientot@hub.example"]
    premiere, seconde = rangees
    assert "pouvez-vous confirmer la fiche de 2 lieux" in premiere["objet"]
    assert premiere["message"].count("https://carte.example/essai/lieux/99/") == 2
    assert "• Est-ce gratuit ?" in premiere["message"] and "Hub <d'essai>" in premiere["message"]
    # Nothing of a draft has an address on the site.
    assert "(pas encore publié)" in seconde["message"] and seconde["fiches"] == ""
    assert all("\nCc:" not in valeur and "second@" not in valeur for valeur in premiere.values())
    octets = tableau_des_relances(rangees)
    lues = list(csv.DictReader(io.StringIO(octets.decode("utf-8-sig")), delimiter=";"))
    assert octets.startswith(b"\xef\xbb\xbf") and tuple(lues[0]) == COLONNES
    assert lues[0]["message"].replace("'=", "=") == premiere["message"]
