"""A file that says it is to be completed: nothing of it is published, and what it lacks is told."""

from datetime import date
from pathlib import Path

import pytest

from carte import nomenclature
from carte.records import Contexte, Gravite, lire, to_yaml
from sites import RACINE

FICHE = """a_completer: {marque}
nom: Point numérique
commune: Alpha
services: {services}
source: Essai
date_maj: 2026-01-02
"""


@pytest.fixture(scope="module")
def contexte() -> Contexte:
    return Contexte(date(2026, 11, 2), nomenclature.lire(RACINE / "offers" / "nomenclature"))


def _lire(dossier: Path, texte: str, contexte: Contexte):  # type: ignore[no-untyped-def]
    (dossier / "99").mkdir(exist_ok=True)
    (dossier / "99" / "lieu.yml").write_text(texte, encoding="utf-8")
    return lire(dossier, contexte)


@pytest.mark.parametrize("services", ["[]", "[Loisirs et créations numériques]"])
def test_it_is_an_advice_and_no_record(tmp_path: Path, contexte: Contexte, services: str) -> None:
    lu = _lire(tmp_path, FICHE.format(marque="true", services=services), contexte)
    assert lu.enregistrements == ()
    (avis,) = (p for p in lu.problemes if p.regle == "a-completer")
    assert (avis.gravite, avis.ligne) == (Gravite.CONSEIL, 1)
    assert ("il manque « services »" in avis.message) == (services == "[]")
    (a_completer,) = lu.a_completer
    assert to_yaml(a_completer.lieu).count("a_completer: true") == (services == "[]")


def test_what_is_not_done_there_contradicts_nothing(tmp_path: Path, contexte: Contexte) -> None:
    texte = FICHE.format(marque="true", services="[]") + "services_absents: [Aide aux démarches administratives]\n"
    lu = _lire(tmp_path, texte, contexte)
    assert "contradiction" not in {p.regle for p in lu.problemes}
    assert len(lu.a_completer) == 1


def test_without_the_mark_services_are_due(tmp_path: Path, contexte: Contexte) -> None:
    for texte in (FICHE.format(marque="false", services="[]"), FICHE.format(marque="oui", services="[]")):
        lu = _lire(tmp_path, texte, contexte)
        assert (lu.enregistrements, lu.a_completer) == ((), ())
        assert any(p.gravite is Gravite.BLOQUANT for p in lu.problemes)


def test_its_other_faults_are_told(tmp_path: Path, contexte: Contexte) -> None:
    lu = _lire(tmp_path, FICHE.format(marque="true", services="[]") + "telephone: abc\n", contexte)
    assert any("telephone" in p.champ and p.gravite is Gravite.BLOQUANT for p in lu.problemes)
