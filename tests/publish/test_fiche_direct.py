"""What a fiche carries for the browser, and the modules that read it, run by node as they are."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from carte.publication import Chantier
from carte.publish import fiche
from carte.publish.atlas import Atlas
from publish import monde
from publish.conftest import Socle
from publish.pages import Page

HORAIRES = "Mo-Fr 09:00-12:00,14:00-18:00; PH off"

FERIE_INCONNU = "Jour férié : on ne sait pas si c’est ouvert. Vérifiez avant d’y aller."


@pytest.fixture(scope="module")
def node() -> str:
    chemin = shutil.which("node")
    assert chemin, "node est nécessaire : il installe aussi les bibliothèques du site"
    return chemin


def executer(node: str, code: str) -> Any:
    sortie = subprocess.run(
        [node, "--input-type=module", "-e", code],
        cwd=monde.RACINE / "site_src" / "modules",
        capture_output=True,
        text=True,
        check=False,
    )
    assert sortie.returncode == 0, sortie.stderr
    return json.loads(sortie.stdout)


@pytest.fixture
def publier(socle: Socle, atlas: Atlas, tmp_path: Path) -> Any:
    def _publier(**champs: Any) -> tuple[Page, dict[str, Any], dict[str, Any]]:
        fiche.ecrire(monde.picture(monde.fiche(**champs)), socle.shell, atlas, monde.libelles(), Chantier.sur(tmp_path))
        page = Page((tmp_path / "lieux/99/lieu/index.html").read_text(encoding="utf-8"))
        (direct,) = page.attributs("div", "data-direct") or ["null"]
        calendriers = json.loads((tmp_path / "donnees/calendriers.json").read_text(encoding="utf-8"))
        return page, json.loads(direct), calendriers

    return _publier


def test_hostile_hours_are_data(publier: Any) -> None:
    page, direct, _ = publier(horaires='Mo-Fr 09:00-12:00 "</div><script>alert(1)</script>\u2028"', fermetures=None)
    assert page.dangers() == []
    assert direct["regles"][0]["commentaire"].startswith("</div><script>")


def test_hours_that_cannot_be_read_give_no_state(publier: Any) -> None:
    page, direct, _ = publier(horaires="quand il fait beau")
    assert direct is None
    assert "quand il fait beau" in page.texte


def test_what_the_hours_do_not_say_is_said(publier: Any) -> None:
    page, _, _ = publier(horaires="Mo 09:00-12:00")
    assert "ne disent rien des jours fériés ni des vacances scolaires" in page.texte
    page, _, _ = publier(horaires="Mo 09:00-12:00; PH off; SH Mo off")
    assert "ne disent rien" not in page.texte


def _demander(node: str, direct: Any, calendriers: Any, expression: str, instant: str) -> Any:
    return executer(
        node,
        f"""
        import {{ lireCalendriers }} from "./horaires/calendrier.js";
        import {{ horairesDe, passagesDeTous }} from "./commun/direct.js";
        import {{ exceptions }} from "./fiche/exceptions.js";
        import {{ prochainesDates }} from "./feuille/ouvertures.js";
        const direct = {json.dumps(direct)};
        const calendriers = lireCalendriers({json.dumps(calendriers)});
        const instant = Date.parse({json.dumps(instant)});
        const calendrier = direct && calendriers("99");
        const jour = calendrier?.fuseau.local(instant).jour;
        console.log(JSON.stringify({expression}));
        """,
    )


def test_exceptions_are_those_of_the_day_it_is_read(node: str, publier: Any) -> None:
    _, direct, cal = publier(
        horaires=HORAIRES, fermetures=[{"du": "2026-11-05", "au": "2026-11-06", "motif": "congés"}]
    )
    lu = _demander(node, direct, cal, "exceptions(horairesDe(direct), calendrier, jour)", "2026-11-04T10:00:00Z")
    plat = [(e["quand"].replace("\u00a0", " "), e["texte"]) for e in lu]
    assert ("du jeudi 5 novembre au vendredi 6 novembre", "fermé (congés)") in plat
    assert ("mercredi 11 novembre", "jour férié (11 novembre 1918), fermé") in plat
    plus_tard = _demander(node, direct, cal, "exceptions(horairesDe(direct), calendrier, jour)", "2026-11-25T10:00:00Z")
    assert not [e for e in plus_tard if "férié" in e["texte"] or "congés" in e["texte"]]


def test_a_closure_is_said_once_whatever_the_holidays_in_it(node: str, publier: Any) -> None:
    conges = {"du": "2026-12-21", "au": "2027-01-03", "motif": "congés"}
    _, direct, cal = publier(horaires=HORAIRES, fermetures=[conges])
    lu = _demander(node, direct, cal, "exceptions(horairesDe(direct), calendrier, jour)", "2026-12-23T10:00:00Z")
    quand = [e["quand"].replace("\u00a0", " ") for e in lu if "congés" in e["texte"]]
    assert quand == ["du mercredi 23 décembre au dimanche 3 janvier"]
    assert not [e for e in lu if "férié" in e["texte"]]


@pytest.mark.parametrize(
    ("horaires", "instant", "etat", "phrase"),
    [
        ("Mo-Fr 09:00-12:00", "2026-11-11T09:00:00Z", "inconnu", FERIE_INCONNU),
        ("Mo-Fr 09:00-12:00", "2026-11-10T17:00:00Z", "ferme", "Fermé, ouvre demain à 9 h (jour férié, à vérifier)"),
        ("Mo-Fr 09:00-12:00", "2026-11-11T17:00:00Z", "ferme", "Fermé, ouvre demain à 9 h"),
        ("Mo-Fr 09:00-12:00; PH off", "2026-11-10T17:00:00Z", "ferme", "Fermé, ouvre jeudi à 9 h"),
        ("Mo-Fr 09:00-12:00; PH 09:00-12:00", "2026-11-11T09:00:00Z", "ouvert", "Ouvert, ferme à 12 h"),
        ('Mo-Fr "sur rendez-vous"', "2026-11-11T09:00:00Z", "inconnu", FERIE_INCONNU),
        ("Tu 09:00-12:00", "2026-11-10T17:00:00Z", "ferme", "Fermé, ouvre le 17 novembre à 9 h"),
    ],
    ids=["ouvert", "ouvre demain", "passe", "ferme", "ouvert dit", "rendez-vous", "sans horaires"],
)
def test_an_opening_on_a_silent_holiday_is_not_known(
    node: str, publier: Any, horaires: str, instant: str, etat: str, phrase: str
) -> None:
    _, direct, cal = publier(horaires=horaires)
    expression = """(await import("./horaires/phrases.js")).direMoment(horairesDe(direct), instant, calendrier)"""
    assert _demander(node, direct, cal, expression, instant) == {"etat": etat, "phrase": phrase}


@pytest.mark.parametrize(
    ("champs", "attendu"),
    [
        (
            {"horaires": HORAIRES},
            ["mercredi 4 novembre 2026, de 9 h à 12 h", "mercredi 4 novembre 2026, de 14 h à 18 h",
             "jeudi 5 novembre 2026, de 9 h à 12 h"],
        ),
        ({"horaires": "We 09:00-12:00"}, ["mercredi 4 novembre 2026, de 9 h à 12 h",
          "mercredi 18 novembre 2026, de 9 h à 12 h", "mercredi 25 novembre 2026, de 9 h à 12 h",
          "mercredi 11 novembre 2026 (jour férié, à vérifier)"]),
        ({"horaires": 'Mo-Fr "sur rendez-vous"'}, ["Sur rendez-vous."]),
        ({"horaires": "24/7"}, ["Ouvert jour et nuit, sans interruption."]),
        ({}, ["Horaires non renseignés."]),
        (
            {"itinerance": ["Itinérant"], "tournee": [
                {"commune": "Gamma", "lieu": "Place", "horaires": "Th 10:00-12:00", "frequence": "quinzaine",
                 "prochain_passage": "2026-11-12"},
                {"commune": "Alpha", "horaires": "We 14:00-16:00", "frequence": "hebdomadaire"}]},
            ["mercredi 4 novembre 2026, de 14 h à 16 h, Alpha",
             "mercredi 11 novembre 2026, de 14 h à 16 h, Alpha (jour férié, à vérifier)",
             "jeudi 12 novembre 2026, de 10 h à 12 h, Gamma – Place"],
        ),
        (
            {"tournee": [{"commune": "Gamma", "frequence": "ponctuelle"}], "itinerance": ["Itinérant"]},
            ["Dates non renseignées."],
        ),
    ],
    ids=["habituel", "ferie tu", "rendez-vous", "sans interruption", "inconnu", "tournee", "tournee sans date"],
)  # fmt: skip
def test_next_three_dates_in_full_words(node: str, publier: Any, champs: Any, attendu: list[str]) -> None:
    _, direct, cal = publier(**champs)
    lu = _demander(node, direct, cal, "prochainesDates(direct, instant, calendriers).lignes", "2026-11-04T07:00:00Z")
    assert [ligne.replace("\u00a0", " ") for ligne in lu] == attendu


@pytest.mark.parametrize(
    ("fragment", "ids"),
    [
        ("#feuille=99/a,99/b-c", ["99/a", "99/b-c"]),
        ("#feuille=99%2Fa", ["99/a"]),
        ("#feuille=99/a,99/a,../x,javascript:x,99/A,2A/b,971/c,99/d,99/e", ["99/a", "2A/b", "971/c", "99/d"]),
        ("#autre=1", []),
        ("", []),
    ],
)
def test_selection_is_read_from_the_fragment(node: str, fragment: str, ids: list[str]) -> None:
    code = f'import {{ lire }} from "./commun/selection.js"; console.log(JSON.stringify(lire({json.dumps(fragment)})));'
    assert executer(node, code) == ids


def test_selection_keeps_the_rest_of_the_fragment_and_four_places(node: str) -> None:
    code = """
        import { basculer, ecrire, lire } from "./commun/selection.js";
        const pleine = ["99/a", "99/b", "99/c", "99/d"];
        console.log(JSON.stringify([
          ecrire(["99/a", "99/b"], "#x=1"), ecrire([], "#feuille=99/a"), ecrire([], "#x=1&feuille=99/a"),
          basculer(["99/a"], "99/a"), basculer(["99/a"], "99/b"), basculer(pleine, "99/e") === pleine,
          lire(ecrire(pleine, "")),
        ]));
    """
    attendu = ["#x=1&feuille=99/a,99/b", "", "#x=1", [], ["99/a", "99/b"], True, ["99/a", "99/b", "99/c", "99/d"]]
    assert executer(node, code) == attendu
