"""Every target of the program, by name; those of the browser are in navigateur.mjs."""

from collections.abc import Callable
from pathlib import Path

from fuzz import couches, ecrits, inventaires, sites_entiers
from fuzz.cible import Cible

CIBLES: dict[str, Callable[[Path], Cible]] = {
    "fiche": ecrits.fiche,
    "horaires": ecrits.horaires,
    "francais": ecrits.francais,
    "configuration": ecrits.configuration,
    "couches": couches.couches,
    "territoires": couches.territoires,
    "publication": couches.publication,
    "inventaire": inventaires.inventaire,
    "nettoyeurs": inventaires.nettoyeurs,
    "site": sites_entiers.site,
}
"""A target is made in an empty folder of its own."""
