"""Who reviews what: read from the configuration, written as each forge reads it, never over somebody's file."""

import re
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from carte.boucle.relecteurs import MARQUE, relecteurs
from carte.cli import cli
from carte.config import TOUT, Configuration
from carte.erreurs import ErreurCarte
from publish import monde

COMPTES = {"36": ("@hub/indre", "@jo"), "2A": ("@hub/corse",), TOUT: ("@hub/coordination",)}
DEPOTS = {"github": "https://github.com/a/b", "gitlab": "https://gitlab.com/a/b", "forgejo": "https://codeberg.org/a/b"}


def configuration(
    forge: str, comptes: dict[str, tuple[str, ...]] | None = None, lieux: str = "offers"
) -> Configuration:
    return replace(
        monde.configuration(),
        depot=DEPOTS[forge],
        forge=None,
        lieux_du_depot=lieux,
        relecteurs=COMPTES if comptes is None else comptes,
    )


def attendus(forge: str, texte: str, fichier: str) -> list[str]:
    """Whom the forge asks for a file, by its own documented rules, read apart from what writes them."""
    regles = [ligne.split() for ligne in texte.splitlines() if not ligne.startswith(("#", "["))]
    if forge == "forgejo":  # every line whose expression is that of the whole path, or is not for « ! »
        return [
            compte
            for motif, *comptes in regles
            for compte in comptes
            if bool(re.fullmatch(motif.removeprefix("!"), fichier)) != motif.startswith("!")
        ]
    # The last line that matches: a folder and all it holds, or everything.
    correspondent = [
        comptes
        for motif, *comptes in regles
        if motif == "*" or (motif.endswith("/") and fnmatchcase(f"/{fichier}", f"{motif}*"))
    ]
    return correspondent[-1] if correspondent else []


@pytest.mark.parametrize("forge", DEPOTS)
@pytest.mark.parametrize("lieux", ["offers", "donnees/v1.2/fiches", "."])
def test_each_forge_asks_the_reviewers_of_the_departement_and_no_other(forge: str, lieux: str) -> None:
    voulu = relecteurs(configuration(forge, lieux=lieux))
    assert voulu is not None
    assert voulu.texte.startswith(f"{MARQUE}\n") and voulu.texte.endswith("\n")
    debut = "" if lieux == "." else f"{lieux}/"
    for fichier, comptes in {
        f"{debut}36/mediatheque.yml": ["@hub/indre", "@jo"],
        f"{debut}2A/mairie.yml": ["@hub/corse"],
        f"{debut}18/mairie.yml": ["@hub/coordination"],
        f"autre/{debut}36/mediatheque.yml": ["@hub/coordination"],
        f"{debut}365/x.yml": ["@hub/coordination"],
        "carte.yml": ["@hub/coordination"],
    }.items():
        assert attendus(forge, voulu.texte, fichier) == comptes, fichier


def test_the_files_are_written_where_and_as_each_forge_says() -> None:
    places = {}
    for forge in DEPOTS:
        voulu = relecteurs(configuration(forge))
        assert voulu is not None
        places[forge] = (voulu.place, voulu.texte.splitlines()[1:])
    assert places == {
        "github": (
            ".github/CODEOWNERS",
            ["* @hub/coordination", "/offers/2A/ @hub/corse", "/offers/36/ @hub/indre @jo"],
        ),
        "gitlab": (
            "CODEOWNERS",
            ["[Relecture]", "* @hub/coordination", "/offers/2A/ @hub/corse", "/offers/36/ @hub/indre @jo"],
        ),
        "forgejo": (
            "CODEOWNERS",
            ["!(offers/2A/|offers/36/).* @hub/coordination", "offers/2A/.* @hub/corse", "offers/36/.* @hub/indre @jo"],
        ),
    }
    sans_reste = relecteurs(configuration("forgejo", {"36": ("@jo",)}))
    assert sans_reste is not None and sans_reste.texte.splitlines()[1:] == ["offers/36/.* @jo"]


def test_what_cannot_be_written_is_said() -> None:
    for change, dit in (
        ({"depot": None}, "La forge du dépôt n'est pas connue"),
        ({"lieux_du_depot": None}, "n'est pas dans le dépôt"),
        ({"lieux_du_depot": "mes fiches"}, "des lettres sans accent"),
        ({"lieux_du_depot": "a\n* @autre"}, "des lettres sans accent"),
    ):
        with pytest.raises(ErreurCarte, match=dit):
            relecteurs(replace(configuration("github"), **change))
    assert relecteurs(replace(configuration("github", {}), depot=None)) is None


@pytest.fixture
def hub(tmp_path: Path) -> Path:
    """A hub's repository, as far as this command reads it."""
    (tmp_path / "programme.mk").touch()
    return tmp_path


def lancer(hub: Path, relecteurs: str, *options: str) -> Result:
    (hub / "carte.yml").write_text(
        'nom: "n"\nhub: "h"\ncourriel: "a@hub.example"\nurl: "https://a.example/"\ndepartements: ["36"]\n'
        'depot: "https://github.com/a/b"\ndate_publication: 2026-11-02\n'
        f"dossiers: {{lieux: offers, geo: geo, sortie: build}}\n{relecteurs}\n",
        encoding="utf-8",
    )
    return CliRunner().invoke(cli, ["relecteurs", "--config", str(hub / "carte.yml"), *options])


def test_the_file_is_written_checked_and_kept_up_to_date(hub: Path) -> None:
    ecrit = hub / ".github" / "CODEOWNERS"
    assert (lancer(hub, "").exit_code, lancer(hub, "", "--verifier").exit_code, ecrit.exists()) == (0, 0, False)
    un = 'relecteurs: {"36": ["@hub/indre"]}'
    assert (lancer(hub, un, "--verifier").exit_code, ecrit.exists()) == (1, False)
    assert (lancer(hub, un).exit_code, lancer(hub, un, "--verifier").exit_code) == (0, 0)
    assert ecrit.read_text(encoding="utf-8") == f"{MARQUE}\n/offers/36/ @hub/indre\n"
    assert "lancez « carte relecteurs »" in lancer(hub, un.replace("indre", "autre"), "--verifier").output
    # Nobody is named any more: the file says so too, and would not be left asking for the old ones.
    assert lancer(hub, "", "--verifier").exit_code == 1
    assert (lancer(hub, "").exit_code, ecrit.read_text(encoding="utf-8")) == (0, f"{MARQUE}\n")


@pytest.mark.parametrize("genre", ["main", "lien", "dossier"])
def test_the_file_of_a_person_is_never_replaced(hub: Path, genre: str) -> None:
    ecrit, ailleurs = hub / ".github" / "CODEOWNERS", hub / "ailleurs"
    ecrit.parent.mkdir()
    ailleurs.write_text(f"{MARQUE}\n", encoding="utf-8")
    if genre == "main":
        ecrit.write_text("* @moi\n", encoding="utf-8")
    elif genre == "lien":
        ecrit.symlink_to(ailleurs)
    else:
        ecrit.mkdir()
    resultat = lancer(hub, 'relecteurs: {"36": ["@hub/indre"]}')
    assert resultat.exit_code == 1
    assert "Traceback" not in resultat.output
    assert ailleurs.read_text(encoding="utf-8") == f"{MARQUE}\n"
    if genre == "main":
        assert ecrit.read_text(encoding="utf-8") == "* @moi\n"
        assert lancer(hub, "").exit_code == 0, "nothing has to be written: a file of one's own is no fault"
