"""What a hub answers: read by the rules of its configuration, refused in the words of who answers."""

import subprocess
from pathlib import Path

import pytest

from carte.hub.fichiers import markdown
from carte.hub.programme import reperer
from carte.hub.reponses import (
    ReponseRefusee,
    adresse_publique,
    lire_adresse,
    lire_departements,
    lire_depot,
    lire_texte,
)

CONNUS = {
    "01": "Ain",
    "2A": "Corse-du-Sud",
    "49": "Maine-et-Loire",
    "53": "Mayenne",
    "72": "Sarthe",
    "974": "La Réunion",
}


@pytest.mark.parametrize(
    ("reponse", "codes"),
    [
        ("49", ["49"]),
        ("49, 53", ["49", "53"]),
        ("53 49", ["53", "49"]),
        ("1", ["01"]),
        ("2a", ["2A"]),
        ("maine et loire", ["49"]),
        ("Maine-et-Loire ; La Reunion", ["49", "974"]),
        ("49, Maine-et-Loire", ["49"]),
    ],
)
def test_departements_are_codes_or_names(reponse: str, codes: list[str]) -> None:
    assert list(lire_departements(reponse, CONNUS)) == codes


@pytest.mark.parametrize(
    ("reponse", "message"),
    [
        ("", "Il faut au moins un département"),
        (" , ;", "Il faut au moins un département"),
        ("20", "« 20 » n'est le code ni le nom d'aucun département."),
        ("99", "« 99 » n'est le code"),
        ("../49", "« ../49 » n'est le code"),
        ("Sarte", "Vouliez-vous dire « Sarthe » ?"),
    ],
)
def test_a_departement_that_does_not_exist_is_refused(reponse: str, message: str) -> None:
    with pytest.raises(ReponseRefusee, match=message.replace(".", r"\.").replace("?", r"\?")):
        lire_departements(reponse, CONNUS)


def test_a_text_is_one_line_and_keeps_its_signs() -> None:
    assert lire_texte("hub", '  L\'« élan »\n : #1 "x" \\ & *a ') == 'L\'« élan » : #1 "x" \\ & *a'


@pytest.mark.parametrize(
    ("champ", "reponse", "message"),
    [
        ("hub", " ", "est vide"),
        ("hub", "a\u202eb", "change le sens d'écriture"),
        ("hub", "a\x00b", "caractère de contrôle"),
        ("hub", "a" * 301, "trop long"),
        ("courriel", "contact", "n'est pas une adresse de courriel"),
        ("depot", "github.com/hub/carte", "Vouliez-vous dire « https://github.com/hub/carte »"),
        ("depot", "javascript:alert(1)", "Seules les adresses http"),
        ("depot", "https://moi:secret@github.com/hub/carte", "ne contient pas « @ »"),
        ("url", "https://hub.example/?page=1", "ne contient ni « \\? » ni « # »"),
    ],
)
def test_an_answer_is_refused_by_the_rules_of_the_configuration(champ: str, reponse: str, message: str) -> None:
    with pytest.raises(ReponseRefusee, match=message):
        lire_texte(champ, reponse)


def test_addresses_have_one_form() -> None:
    assert lire_depot("https://github.com/hub/carte.git/") == "https://github.com/hub/carte"
    assert lire_depot("https://github.com/hub/carte.git") == "https://github.com/hub/carte"
    assert lire_adresse("https://hub.example/sous/carte") == "https://hub.example/sous/carte/"


@pytest.mark.parametrize(
    ("depot", "adresse"),
    [
        ("https://github.com/Hub-49/carte", "https://hub-49.github.io/carte/"),
        ("https://github.com/hub-49/Hub-49.github.io", "https://hub-49.github.io/"),
        ("https://github.com/hub-49", None),
        ("https://gitlab.com/hub/carte", None),
        ("https://github.com.example/hub/carte", None),
        ("https://forge.example/hub/carte", None),
    ],
)
def test_only_the_pages_of_github_are_told_from_the_repository(depot: str, adresse: str | None) -> None:
    assert adresse_publique(depot) == adresse


@pytest.mark.parametrize(
    "adresse",
    [
        "http://a.example/x",
        "https://a.example/$(id)",
        "/srv/a;b",
        "../a",
        "git@github.com:a/b",
        "https://a/b\nCOMMIT := x",
    ],
)
def test_the_address_of_the_program_can_hold_no_command(adresse: str) -> None:
    with pytest.raises(ReponseRefusee, match="L'adresse du programme commence par https://"):
        reperer(Path("/"), adresse)


def test_the_address_of_the_program_loses_what_opens_it(tmp_path: Path, avec_git: None) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    for origine, attendue in (
        ("https://jeton:x@forge.example/carte/carte.git", "https://forge.example/carte/carte.git"),
        ("git@forge.example:carte/carte.git", ""),
        ("/srv/carte", ""),
    ):
        subprocess.run(["git", "-C", str(tmp_path), "config", "remote.origin.url", origine], check=True)
        assert reperer(tmp_path).adresse == attendue


def test_a_program_without_git_is_not_known(tmp_path: Path) -> None:
    pris = reperer(tmp_path)
    assert (pris.adresse, pris.version, pris.commit) == ("", "", "")


def test_markdown_shows_a_text_as_it_is() -> None:
    assert markdown("<b> [a](b) `c` *d* Été") == r"\<b\> \[a\]\(b\) \`c\` \*d\* Été"
    assert markdown("a\\<b") == r"a\\\<b"
    assert markdown("Maine-et-Loire : 49, a.b@hub.example") == "Maine-et-Loire : 49, a.b@hub.example"
