"""The accessibility statement says what the audit's file says, and the audit covers every type of page."""

from pathlib import Path

import pytest

from carte.publish.cadre import accessibilite
from publish.conftest import Socle
from publish.monde import RACINE
from publish.pages import Page


@pytest.fixture(scope="module")
def audit() -> dict[str, object]:
    return accessibilite.lire(RACINE)


def test_statement_says_what_the_file_says(socle: Socle, audit: dict[str, object]) -> None:
    page = Page((socle.dossier / "accessibilite" / "index.html").read_text(encoding="utf-8"))
    attendus = [audit["etat"], audit["date_longue"], audit["outil"], audit["navigateur"], *audit["non_audite"]]  # type: ignore[misc]
    attendus += [p["type"] for p in audit["pages"]]  # type: ignore[attr-defined]
    attendus += [v["message"] for p in audit["pages"] for v in p["violations"]]  # type: ignore[attr-defined]
    assert [texte for texte in attendus if str(texte) not in page.texte] == []
    assert f"{len(audit['criteres_non_verifies'])} critères n’ont pas été" in page.texte  # type: ignore[arg-type]
    assert ("aucun défaut" in page.texte) == (audit["violations"] == 0)
    assert f"Accessibilité : {audit['etat']}" in page.texte
    assert "Défenseur des droits" in page.texte


def test_an_automatic_audit_never_claims_conformity(audit: dict[str, object]) -> None:
    assert audit["non_audite"]
    assert audit["criteres_non_verifies"]
    assert audit["etat"] == "non conforme"


def test_every_criterion_is_either_touched_or_not(audit: dict[str, object]) -> None:
    assert len(accessibilite.CRITERES_RGAA) == 106
    vus = [*audit["criteres_touches"], *audit["criteres_non_verifies"]]  # type: ignore[misc]
    assert sorted(vus) == sorted(accessibilite.CRITERES_RGAA)


@pytest.mark.parametrize(
    ("chemin", "attendu"),
    [
        ("", "accueil"),
        ("404.html", "page introuvable"),
        ("lieux/", "liste des lieux"),
        ("lieux/99/", "liste d’un département"),
        ("lieux/99/mairie/", "fiche d’un lieu"),
        ("communes/36044/", "page d’une commune"),
        ("communes/2A/2A004/", "page d’une commune"),
        ("communes/36/200068880-1/", "communes sans lieu, réunies"),
        ("rapports/99/", "rapport d’un département"),
        ("rapports/comparaison/", "comparaison des territoires"),
        ("rapports/doublons/", "doublons à trancher"),
        ("rapports/a-relire/", "fiches à relire"),
        ("rapports/a-relire/99/", "fiches à relire"),
        ("mentions-legales/", "mentions-legales"),
    ],
)
def test_type_of_a_page(chemin: str, attendu: str) -> None:
    assert accessibilite.type_de(chemin) == attendu


def test_pages_filled_by_their_address_are_audited_filled_too(tmp_path: Path) -> None:
    for chemin in ("", "feuille/", "communes/99001/", "lieux/99/mairie/"):
        (tmp_path / chemin).mkdir(parents=True, exist_ok=True)
        (tmp_path / chemin / "index.html").write_text("<h1>Page</h1>", encoding="utf-8")
    types = accessibilite.types_de_pages(tmp_path)
    assert types["accueil, avec des résultats"] == "?commune=99001"
    assert types["feuille, avec un lieu"] == "feuille/#feuille=99/mairie"


def test_missing_audit_is_said_with_its_remedy(tmp_path: Path) -> None:
    with pytest.raises(accessibilite.AuditAbsent, match=r"audit_accessibilite\.py"):
        accessibilite.lire(tmp_path)
