"""Carte's own open data back into records: `lieux.json`, `lieux.geojson` whole, `lieux.csv` with its fields."""

import json
from collections.abc import Mapping
from typing import Any, get_args

from pydantic import ValidationError

from carte.cellules import rendre
from carte.ecrits.formes import est_identifiant
from carte.ecrits.json_strict import JsonIllisible, analyser_json
from carte.imports import fichiers
from carte.imports.communs import SANS_COMMUNE, conclure, fautes_de
from carte.imports.modele import ContexteImport, Conversion, ImportImpossible, Lecture, LigneSource, Recueil
from carte.records.modele import Lieu, Provenance

NOM, LICENCE = "Carte, données ouvertes d'un site", "Licence Ouverte 2.0"
_FICHE = "fiche"
_ATTENDUES = ("id", "nom", "commune", "services", "source", "date_maj")
_LISTES = {
    nom
    for nom, champ in Lieu.model_fields.items()
    if any("list[" in str(a) for a in (champ.annotation, *get_args(champ.annotation)))
}
_NOMBRES = ("latitude", "longitude")
# What an export says of a row, which is nothing of the place (publish/opendata/standard.py).
_DITS = ("ecarts_standard", "departement_voisin", "tenue_par")
# The standard writes one of its values without a space.
_ECRITURES = {"Étapes numériques(La Poste)": "Étapes numériques (La Poste)"}
# Where the row's identity goes: the first field whose origin the record does not already say.
_PORTEURS = ("nom", "source", "date_maj", "commune")


def lire(octets: bytes) -> Lecture:
    """Rows of an export. Raises ImportImpossible when the file is none."""
    if octets.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"{", b"["):
        objets, dit = _objets(octets)
    else:
        inventaire = fichiers.lire(octets, _ATTENDUES)
        objets, dit = [_de_la_ligne(r.valeurs) for r in inventaire.rangees], inventaire.detecte
    absentes = [nom for nom in _ATTENDUES if not any(nom in objet for objet in objets)]
    if absentes:
        raise ImportImpossible(
            "Ce n'est pas un export de Carte (lieux.json, lieux.geojson ou lieux.csv) : "
            f"il manque « {' », « '.join(absentes)} »."
        )
    lignes = [
        LigneSource(numero, f"carte:{objet.get('id', numero)}", str(objet.get("nom", "")), {_FICHE: json.dumps(objet)})
        for numero, objet in enumerate(objets, start=1)
    ]
    return Lecture(tuple(lignes), dit)


def _objets(octets: bytes) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    try:
        document = analyser_json(octets, "lieux")
    except JsonIllisible as erreur:
        raise ImportImpossible(str(erreur.probleme)) from erreur
    genre = "JSON"
    if isinstance(document, dict) and document.get("type") == "FeatureCollection":
        genre, document = (
            "GeoJSON",
            [f.get("properties") for f in document.get("features") or () if isinstance(f, dict)],
        )
    if not isinstance(document, list):
        raise ImportImpossible("Ce fichier JSON n'a pas de liste de lieux : attendu [{…}, {…}].")
    objets = [objet for objet in document if isinstance(objet, dict)]
    if len(objets) != len(document):
        raise ImportImpossible(f"{len(document) - len(objets)} éléments de ce fichier ne sont pas des lieux {{…}}.")
    return objets, (f"{genre} ; {len(objets)} lieux.",)


def _de_la_ligne(valeurs: Mapping[str, str]) -> dict[str, Any]:
    """A row of `lieux.csv` as a record's fields; empty cells are unknown."""
    champs: dict[str, Any] = {}
    for nom, brut in valeurs.items():
        texte = rendre(brut)
        if texte and nom in _NOMBRES:
            champs[nom] = _nombre(texte)
        elif texte:
            champs[nom] = [_ECRITURES.get(v, v) for v in texte.split("|")] if nom in _LISTES else texte
    return champs


def _nombre(texte: str) -> float | str:
    try:
        return float(texte.replace(",", "."))
    except ValueError:
        return texte  # validation says what is wrong with it


def convertir(ligne: LigneSource, contexte: ContexteImport) -> Conversion:
    """One exported record → the same record, which says where it came from; its id is kept when it is free."""
    recueil = Recueil(ligne)
    champs = json.loads(ligne.valeurs[_FICHE])
    identifiant = str(champs.pop("id", ""))
    for dit in _DITS:
        champs.pop(dit, None)
    try:
        lieu = Lieu.model_validate(champs)
    except ValidationError as erreur:
        return conclure(recueil, None, f"La fiche ne serait pas valable ({fautes_de(erreur)}).")
    code = lieu.code_insee
    if code is None or contexte.geographie.statut(code) == "inconnue":
        return conclure(recueil, None, SANS_COMMUNE)
    fiche = identifiant if est_identifiant(identifiant) else None
    return Conversion(ligne.identifiant, code, _signer(lieu, ligne), None, (), fiche=fiche)


def _signer(lieu: Lieu, ligne: LigneSource) -> Lieu:
    dites = dict(lieu.provenance or {})
    porteur = next((nom for nom in _PORTEURS if nom not in dites), _PORTEURS[0])
    origine = Provenance(source=f"{NOM} ({LICENCE})", date=lieu.date_maj, identifiant=ligne.identifiant[:300])
    return lieu.model_copy(update={"provenance": {porteur: origine, **dites}})
