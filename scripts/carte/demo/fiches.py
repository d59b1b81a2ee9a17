"""The fictional records: hand-written templates, completed with what only the map knows.

A template is a record of the model, except for four keys: `fiche` (its identifier), `place` ([metres east, metres
north] of its commune's mairie, gives latitude and longitude), `siret` and `rna` (a rank, gives a number whose check
digit is right and that belongs to nobody). The commune gives `code_insee` and `code_postal` when they are not written.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from carte.demo.communes import CommuneFictive, commune_nommee
from carte.demo.contours import contours, decaler
from carte.demo.geographie import cle_luhn, siren
from carte.records.modele import Lieu

SOURCE = "Hub de démonstration"
DOSSIER = Path(__file__).with_name("fiches")


def lieux() -> dict[str, Lieu]:
    """Every fictional record, by identifier (`99/mediatheque-de-valbourg`), sorted.

    Raises ValueError when two templates bear the same identifier.
    """
    trouves: dict[str, Lieu] = {}
    for modele in _modeles():
        identifiant = modele.pop("fiche")
        if identifiant in trouves:
            raise ValueError(f"two templates for {identifiant}")
        trouves[identifiant] = Lieu.model_validate(_completer(modele, identifiant[:2]))
    return dict(sorted(trouves.items()))


def _modeles() -> Iterator[dict[str, Any]]:
    for fichier in sorted(DOSSIER.glob("*.yml")):
        yield from yaml.safe_load(fichier.read_text(encoding="utf-8"))


def _completer(modele: dict[str, Any], departement: str) -> dict[str, Any]:
    commune = commune_nommee(modele["commune"], departement)
    complet = _situer(modele, commune)
    complet.setdefault("code_postal", commune.codes_postaux[0])
    complet.setdefault("source", SOURCE)
    if "siret" in complet:
        complet["pivot"] = _siret(complet.pop("siret"))
    if "rna" in complet:
        complet["pivot"] = f"W{990_000_000 + complet.pop('rna')}"
    if "tournee" in complet:
        complet["tournee"] = [_situer(a, commune_nommee(a["commune"], departement)) for a in complet["tournee"]]
    return complet


def _situer(modele: dict[str, Any], commune: CommuneFictive) -> dict[str, Any]:
    """The template with its commune's code and, when it has a `place`, its coordinates."""
    situe = {"code_insee": commune.code, **modele}
    place = situe.pop("place", None)
    if place is not None:
        situe["longitude"], situe["latitude"] = decaler(contours()[commune.code].mairie, *place)
    return situe


def _siret(rang: int) -> str:
    debut = siren(f"99900{rang:03d}") + "0001"
    return debut + cle_luhn(debut)
