"""What each kind of file must be, wherever it comes from: a portal may answer a page, and a copy may be cut."""

import csv
from collections.abc import Callable
from fnmatch import fnmatchcase
from typing import Any

from carte.broadband.tables import CODE, DebitInvalide, verifier_fin
from carte.couches.brut import INCONNU, CouchesIndisponibles
from carte.ecrits.json_strict import JsonIllisible, analyser_json

Controle = Callable[[bytes, str], object]
"""Raises CouchesIndisponibles when the content (of a file of this name) is not what was asked for."""

ControleDate = Callable[[bytes, str], str]
"""The same, which gives the date of the data too."""

_CONSEIL = (
    "Si la présentation a changé, mettez Carte à jour, ou gardez l'ancien fichier dans un dossier (option --depuis)."
)
_PAGES = (b"<!doctype html", b"<html", b"<head", b"<body", b"<?xml", b"<!--")


def corps(contenu: bytes, nom: str) -> None:
    """No layer is empty, and none is a page: a portal's excuses, or a login asked by the network."""
    debut = contenu[:512].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if not debut:
        raise CouchesIndisponibles(f"{nom} : la réponse est vide. Réessayez plus tard.")
    if debut.startswith(_PAGES):
        raise CouchesIndisponibles(
            f"{nom} : une page web a été reçue au lieu du fichier attendu. Le service est sans doute en maintenance, "
            "ou ce réseau demande à s'identifier : réessayez plus tard."
        )


def contours(contenu: bytes, nom: str) -> None:
    """Outlines: a GeoJSON whose features each have a code and a name."""
    lu = _json(contenu, nom)
    elements = lu.get("features") if isinstance(lu, dict) else None
    if not isinstance(elements, list) or not elements or not all(map(_nomme, elements)):
        raise CouchesIndisponibles(
            f"{nom} : ce ne sont pas des contours de communes (GeoJSON, chaque « feature » avec « code » et « nom »). "
            f"{_CONSEIL}"
        )


def _nomme(element: object) -> bool:
    proprietes = element.get("properties") if isinstance(element, dict) else None
    return isinstance(proprietes, dict) and all(isinstance(proprietes.get(nom), str) for nom in ("code", "nom"))


def epcis(contenu: bytes, nom: str) -> None:
    """EPCI: a list of objects with a code and a name; a département overseas may have none."""
    lus = _json(contenu, nom)
    if not isinstance(lus, list) or not all(isinstance(x, dict) and {"code", "nom"} <= x.keys() for x in lus):
        raise CouchesIndisponibles(
            f"{nom} : ce n'est pas une liste d'intercommunalités (« code » et « nom »). {_CONSEIL}"
        )


def table_cuivre(contenu: bytes, nom: str) -> str:
    """The dates of copper closure by commune; the date of the data, « inconnu » without one."""
    return _premiere_ligne(contenu, nom, CODE, "fermeture_technique").get("date") or INCONNU


def table_debits(contenu: bytes, nom: str) -> str:
    """Premises by class or by technology, by commune; the date of the data, « inconnu » without one."""
    return _premiere_ligne(contenu, nom, CODE, "nbr", "elig_…").get("date") or INCONNU


def _premiere_ligne(contenu: bytes, nom: str, *colonnes: str) -> dict[str, str]:
    """The first row, once every column asked is there (« elig_… »: one that begins so) and the last row is whole."""
    lignes = list(csv.DictReader(contenu.decode("utf-8-sig", errors="replace").splitlines()[:2], delimiter=";"))
    premiere = {str(cle).strip().lower(): str(valeur or "") for cle, valeur in (lignes[0] if lignes else {}).items()}
    absentes = [c for c in colonnes if not any(fnmatchcase(lue, c.replace("…", "?*")) for lue in premiere)]
    if absentes:
        lues = ", ".join(f"« {titre} »" for titre in list(premiere)[:6]) or "rien"
        raise CouchesIndisponibles(
            f"{nom} : ce n'est pas une table par commune comme l'Arcep les publie (pas de colonne « {absentes[0]} » ; "
            f"lues : {lues}). {_CONSEIL}"
        )
    try:
        verifier_fin(contenu, nom)
    except DebitInvalide as erreur:
        raise CouchesIndisponibles(erreur.message) from erreur
    return premiere


def _json(contenu: bytes, nom: str) -> Any:
    try:
        return analyser_json(contenu, nom)
    except JsonIllisible as erreur:
        raise CouchesIndisponibles(
            f"{nom} : ce fichier ne se lit pas. {erreur.probleme.message} Redemandez-le."
        ) from erreur
