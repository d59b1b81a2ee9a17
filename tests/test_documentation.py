"""The maintainers' pages: links that lead somewhere, decisions that all say the same four things and are all listed."""

import re
from pathlib import Path

import pytest

from sites import RACINE

DOCS = RACINE / "docs"
PAGES = [*sorted(DOCS.rglob("*.md")), *(RACINE / n for n in ("README.md", "CONTRIBUTING.md", "SECURITY.md"))]
DECISIONS = sorted((DOCS / "decisions").glob("0*.md"))
TITRES = ["Pourquoi la question se pose", "Décision", "Ce qui a été mesuré", "Ce qui ferait changer d'avis"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(RACINE)))
def test_every_link_leads_to_a_file(page: Path) -> None:
    texte = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    liens = [lien.split("#")[0] for lien in re.findall(r"\]\(([^)\s]+)\)", texte) if "://" not in lien]
    assert [lien for lien in liens if lien and not (page.parent / lien).exists()] == []


@pytest.mark.parametrize("page", sorted(DOCS.rglob("*.md")), ids=lambda page: str(page.relative_to(DOCS)))
def test_every_path_that_is_named_exists(page: Path) -> None:
    """Paths of the project, of the package, or beside the page: a move that forgets a page fails here."""
    nommes = re.findall(r"`([\w.-]+(?:/[\w.-]+)*(?:/|\.(?:py|js|md|toml|yml)))`", page.read_text(encoding="utf-8"))
    bases = (RACINE, RACINE / "scripts" / "carte", page.parent)
    assert [nom for nom in nommes if not any((base / nom).exists() for base in bases)] == []


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.stem)
def test_a_decision_says_why_what_how_much_and_until_when(page: Path) -> None:
    texte = page.read_text(encoding="utf-8")
    assert re.match(rf"# {page.stem[:4]}\. \S", texte)
    assert re.findall(r"^## (.+)$", texte, re.MULTILINE) == TITRES
    assert re.search(r"\d", texte.split(f"## {TITRES[2]}")[1].split("\n## ")[0]), "aucun nombre"


def test_decisions_are_numbered_and_listed() -> None:
    assert [int(page.stem[:4]) for page in DECISIONS] == list(range(1, len(DECISIONS) + 1))
    liste = re.findall(
        r"^\| (\d+) \| \[(.+)\]\((.+)\) \|$", (DOCS / "decisions/README.md").read_text("utf-8"), re.MULTILINE
    )
    titres = [re.sub(r"^# \d+\. ", "", page.read_text(encoding="utf-8").splitlines()[0]) for page in DECISIONS]
    assert liste == [(page.stem[:4], titre, page.name) for page, titre in zip(DECISIONS, titres, strict=True)]


def test_every_promise_of_the_threats_names_a_test_that_exists() -> None:
    texte = (DOCS / "menaces.md").read_text(encoding="utf-8")
    lignes = [ligne for ligne in texte.splitlines() if ligne.startswith("| ") and "::" in ligne]
    assert len(lignes) > 20
    for ligne in lignes:
        (fichier, nom) = re.fullmatch(r"\| .+ \| `(tests/[\w/]+\.py)::(\w+)` \|", ligne).groups()  # type: ignore[union-attr]
        assert f"\ndef {nom}(" in (RACINE / fichier).read_text(encoding="utf-8"), ligne
