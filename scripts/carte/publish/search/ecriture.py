"""Compact JSON files, by columns: values that look alike stand together, and compress well."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any


def ecrire_json(fichier: Path, contenu: object) -> None:
    fichier.parent.mkdir(parents=True, exist_ok=True)
    fichier.write_text(json.dumps(contenu, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def ecrire_colonnes(fichier: Path, champs: Sequence[str], lignes: Sequence[Sequence[Any]]) -> None:
    """Rows as one array per column: `{"nom": […], "code": […]}`."""
    ecrire_json(fichier, colonnes(champs, lignes))


def colonnes(champs: Sequence[str], lignes: Sequence[Sequence[Any]]) -> dict[str, list[Any]]:
    return {champ: [ligne[rang] for ligne in lignes] for rang, champ in enumerate(champs)}
