"""What the last audit found, for the accessibility statement; and the types of pages that an audit must cover."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from carte.erreurs import ErreurCarte
from carte.publish.textes import date_longue

AUDIT = Path("site_src") / "audit-accessibilite.json"

# RGAA 4.1: its thirteen themes and how many criteria each has, 106 in all.
THEMES_RGAA = {
    "Images": 9, "Cadres": 2, "Couleurs": 3, "Multimédia": 13, "Tableaux": 8, "Liens": 2, "Scripts": 5,
    "Éléments obligatoires": 10, "Structuration de l’information": 4, "Présentation de l’information": 14,
    "Formulaires": 13, "Navigation": 11, "Consultation": 12,
}  # fmt: skip
CRITERES_RGAA = tuple(
    f"{theme}.{rang}" for theme, nombre in enumerate(THEMES_RGAA.values(), 1) for rang in range(1, nombre + 1)
)
# Path of a page → its type. The others are one of a kind, named after their folder.
_MODELES = (
    (re.compile(r"lieux/[^/]+/[^/]+/"), "fiche d’un lieu"),
    (re.compile(r"communes/(?:[^/]+/)?[0-9][0-9AB][0-9]{3}/"), "page d’une commune"),
    (re.compile(r"communes/[^/]+/[^/]+/"), "communes sans lieu, réunies"),
    (re.compile(r"epci/[^/]+/"), "page d’une intercommunalité"),
    (re.compile(r"noms/[^/]+/"), "lieux par nom"),
    (re.compile(r"lieux/[^/]+/"), "liste d’un département"),
    (re.compile(r"rapports/comparaison/"), "comparaison des territoires"),
    (re.compile(r"rapports/a-completer/"), "fiches à compléter"),
    (re.compile(r"rapports/doublons/"), "doublons à trancher"),
    (re.compile(r"rapports/a-relire/(?:[^/]+/)?"), "fiches à relire"),
    (re.compile(r"rapports/[^/]+/"), "rapport d’un département"),
    (re.compile(r"rapports/[^/]+/.+"), "annexe d’un rapport"),
)
_UNIQUES = {"": "accueil", "carte/": "carte", "lieux/": "liste des lieux", "404.html": "page introuvable"}
_REDIRECTION = 'http-equiv="refresh"'


class AuditAbsent(ErreurCarte):
    """The results of the last audit are not in the project."""


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme of the RGAA: its criteria that no automatic test touched, as `12.3`."""

    rang: int
    nom: str
    total: int
    non_verifies: tuple[str, ...]


def lire(racine: Path) -> dict[str, Any]:
    """The last audit, with what its page shows: `date_longue`, `themes_rgaa`. Raises AuditAbsent."""
    fichier = racine / AUDIT
    if not fichier.is_file():
        raise AuditAbsent(f"Il manque {AUDIT} : lancez python scripts/audit_accessibilite.py sur un site construit.")
    audit: dict[str, Any] = json.loads(fichier.read_text(encoding="utf-8"))
    return audit | {"date_longue": date_longue(date.fromisoformat(audit["date"])), "themes_rgaa": _themes(audit)}


def _themes(audit: dict[str, Any]) -> list[Theme]:
    absents = set(audit["criteres_non_verifies"])
    return [
        Theme(rang, nom, total, tuple(c for c in (f"{rang}.{n}" for n in range(1, total + 1)) if c in absents))
        for rang, (nom, total) in enumerate(THEMES_RGAA.items(), 1)
    ]


def type_de(chemin: str) -> str:
    """The type of the page at a site-relative path (`communes/36044/` → « page d’une commune »)."""
    if chemin in _UNIQUES:
        return _UNIQUES[chemin]
    return next((nom for modele, nom in _MODELES if modele.fullmatch(chemin)), chemin.rstrip("/"))


def types_de_pages(site: Path) -> dict[str, str]:
    """One page of each type found in a built site, the heaviest one: type → site-relative path.

    The pages that their address fills are there twice: empty, and filled.
    """
    meilleurs: dict[str, tuple[int, str]] = {}
    for fichier in sorted(site.rglob("*.html")):
        relatif = fichier.relative_to(site).as_posix()
        chemin = relatif.removesuffix("index.html")
        if _REDIRECTION in fichier.read_text(encoding="utf-8"):
            continue
        nom, poids = type_de(chemin), fichier.stat().st_size
        meilleurs[nom] = max(meilleurs.get(nom, (0, "")), (poids, chemin))
    types = {nom: chemin for nom, (_, chemin) in meilleurs.items()}
    return dict(sorted((types | _remplies(types)).items()))


def _remplies(types: Mapping[str, str]) -> dict[str, str]:
    """The search with results, and the sheet with a place."""
    commune, fiche = types.get("page d’une commune"), types.get("fiche d’un lieu")
    trouvees = {}
    if commune and "accueil" in types:
        trouvees["accueil, avec des résultats"] = f"?commune={commune.split('/')[-2]}"
    if fiche and "feuille" in types:
        identifiant = fiche.removeprefix("lieux/").rstrip("/")
        trouvees["feuille, avec un lieu"] = f"feuille/#feuille={identifiant}"
    return trouvees
