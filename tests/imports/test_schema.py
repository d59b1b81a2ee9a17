"""The JSON Schema of mappings: fresh, and at one with the reader on what is right and on what is not."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from carte.imports import registre, schema


@pytest.fixture(scope="module")
def valideur() -> Any:
    brut = json.loads(schema.FICHIER.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(brut)
    return jsonschema.Draft202012Validator(brut)


def _lu(fichier: Path) -> Any:
    return json.loads(json.dumps(yaml.safe_load(fichier.read_text(encoding="utf-8")), default=str))


def test_the_file_is_made_from_the_model() -> None:
    assert schema.FICHIER.read_text(encoding="utf-8") == schema.en_json(), "lancez « carte nomenclature »"


@pytest.mark.parametrize("fichier", sorted(registre.LIVREES.glob("*.yml")), ids=lambda f: f.stem)
def test_every_mapping_shipped_is_valid(valideur: Any, fichier: Path) -> None:
    assert list(valideur.iter_errors(_lu(fichier))) == []


@pytest.mark.parametrize(
    "faute",
    [{"licence": None}, {"champs": {"nomm": "x"}}, {"silence": "oui"}, {"inconnu": 1}, {"horaires": {"osm": 3}}],
    ids=lambda f: next(iter(f)),
)
def test_a_fault_is_underlined(valideur: Any, faute: dict[str, object]) -> None:
    bon = {"nom": "Essai", "licence": "LO", "champs": {"nom": "Lieu", "adresse": {"joindre": ["N°", "Rue"]}}}
    assert list(valideur.iter_errors(bon)) == []
    assert list(valideur.iter_errors({**bon, **faute}))
