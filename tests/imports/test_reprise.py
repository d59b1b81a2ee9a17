"""Carte's own exports come back: whole records from JSON and GeoJSON, the fields of the standard from CSV."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from carte import nomenclature
from carte.imports import reprise
from carte.imports.modele import ImportImpossible
from carte.publish.opendata import COLONNES_STANDARD, entite, ligne_standard, standard
from carte.publish.opendata.formats import en_json, table_csv
from carte.records import Contexte, Enregistrement, Lieu, lire
from imports.monde import CONTEXTE
from sites import RACINE


class _Partout:
    """A territory where every commune of the demonstration is one."""

    def statut(self, code: str) -> str:
        return "actuelle"


CADRE = replace(CONTEXTE, geographie=_Partout())  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def demonstration() -> list[Enregistrement]:
    contexte = Contexte(date(2026, 11, 2), nomenclature.lire(RACINE / "offers" / "nomenclature"))
    lus = list(lire(RACINE / "offers", contexte).enregistrements)
    assert len(lus) > 40
    return lus


def _sans_origine(lieu: Lieu) -> Lieu:
    """The record without the line that says which export it came from."""
    reste = {n: p for n, p in (lieu.provenance or {}).items() if not str(p.identifiant).startswith("carte:")}
    return lieu.model_copy(update={"provenance": reste or None})


def _reprendre(octets: bytes) -> dict[str, Lieu]:
    conversions = [reprise.convertir(ligne, CADRE) for ligne in reprise.lire(octets).lignes]
    assert all(c.refus is None for c in conversions), [c.refus for c in conversions if c.refus]
    return {str(c.fiche): _sans_origine(c.lieu) for c in conversions if c.lieu}


def test_every_record_of_the_demonstration_comes_back_whole(demonstration: list[Enregistrement]) -> None:
    attendus = {e.identifiant: e.lieu for e in demonstration}
    objets = [{"id": e.identifiant, **e.lieu.model_dump(mode="json", exclude_none=True)} for e in demonstration]
    collection = {"type": "FeatureCollection", "features": [entite(e) for e in demonstration]}
    assert _reprendre(en_json(objets)) == attendus
    assert _reprendre(en_json(collection)) == attendus


def test_the_csv_loses_only_what_the_standard_has_no_column_for(demonstration: list[Enregistrement]) -> None:
    repris = _reprendre(table_csv(COLONNES_STANDARD, map(ligne_standard, demonstration)))
    assert set(repris) == {e.identifiant for e in demonstration}
    for enregistrement in demonstration:
        attendu = enregistrement.lieu.model_dump(include=set(COLONNES_STANDARD))
        assert repris[enregistrement.identifiant].model_dump(include=set(COLONNES_STANDARD)) == attendu


def test_the_files_of_a_french_spreadsheet_come_back_like_the_csv(demonstration: list[Enregistrement]) -> None:
    """Semicolons, decimal commas, and the two columns that say something of the row and nothing of the place."""
    lignes = standard.lignes(demonstration, ["36"])
    attendu = _reprendre(table_csv(COLONNES_STANDARD, map(ligne_standard, demonstration)))
    virgules = [{n: str(v).replace(".", ",") if isinstance(v, float) else v for n, v in li.items()} for li in lignes]
    assert _reprendre(b"\xef\xbb\xbf" + table_csv(standard.COLONNES, virgules, ";")) == attendu
    assert _reprendre(en_json([{**o, "departement_voisin": True} for o in _objets(demonstration)])) == {
        e.identifiant: e.lieu for e in demonstration
    }


def _objets(enregistrements: list[Enregistrement]) -> list[dict[str, object]]:
    return [{"id": e.identifiant, **e.lieu.model_dump(mode="json", exclude_none=True)} for e in enregistrements]


@pytest.mark.parametrize("texte", ["=1+1", "-Café", "Fin\n=cmd|' /C calc'!A0", "'guillemet", "a;@b", "'=déjà"])
def test_the_guard_against_formulas_goes_away(demonstration: list[Enregistrement], texte: str) -> None:
    lieu = demonstration[0].lieu.model_copy(update={"presentation_resume": texte})
    octets = table_csv(COLONNES_STANDARD, [ligne_standard(Enregistrement("99/x", "", lieu))])
    (repris,) = _reprendre(octets).values()
    # A text that an apostrophe and a sign begin is written like a guarded one: the only loss.
    assert repris.presentation_resume == texte.removeprefix("'") if texte == "'=déjà" else texte


@pytest.mark.parametrize(
    ("octets", "message"),
    [
        (b"[1]", "ne sont pas des lieux"),
        (b'[{"id": "99/a"}]', "il manque « nom »"),
        (b'{"a": 1}', "pas de liste de lieux"),
        (b"id,nom\n1,2", "il manque « commune »"),
        (b"[{", "coupé"),
    ],
)
def test_another_file_is_refused(octets: bytes, message: str) -> None:
    with pytest.raises(ImportImpossible, match=message):
        reprise.lire(octets)


def test_a_record_that_cannot_be_is_refused_alone(demonstration: list[Enregistrement]) -> None:
    bon = {"id": "../../x", **demonstration[0].lieu.model_dump(mode="json", exclude_none=True)}
    lignes = reprise.lire(json.dumps([bon, {**bon, "date_maj": "hier"}]).encode()).lignes
    repris, refuse = [reprise.convertir(ligne, CADRE) for ligne in lignes]
    assert repris.lieu is not None
    assert repris.fiche is None  # no path of a file comes from an id
    assert "« date_maj » attend une date" in str(refuse.refus)


def test_the_example_of_the_standard(partage: Path) -> None:
    octets = (partage / "reference" / "standard-exemple-valide.csv").read_bytes()
    (ligne,) = reprise.lire(octets).lignes
    assert ligne.nom == "Anonymal"
