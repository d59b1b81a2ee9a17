"""An inventory's file as rows of texts, whatever it comes in; what was detected is said, a wrong file is explained.

CSV, XLSX, XLS, ODS, JSON, GeoJSON and one JSON object per line. Nothing is known here of what columns mean.
"""

import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice, zip_longest
from typing import Any

from carte.ecrits import tables
from carte.ecrits.json_strict import JsonIllisible, analyser_json
from carte.imports.modele import ImportImpossible
from carte.imports.textes import normaliser

LONGITUDE, LATITUDE = "geometry.longitude", "geometry.latitude"
"""Columns that the point of a GeoJSON feature becomes."""
_ATTENDU = "Un inventaire se donne en CSV, XLSX, ODS, JSON, GeoJSON ou JSON par lignes."
_ETRANGERS = (
    (b"%PDF", "un PDF", "demandez à qui le publie le tableau dont il est tiré."),
    (b"\x89PNG", "une image", "demandez le tableau lui-même."),
    (b"\xff\xd8\xff", "une image", "demandez le tableau lui-même."),
    (b"\x1f\x8b", "une archive .gz", "décompressez-la d'abord."),
    (b"Rar!", "une archive .rar", "décompressez-la d'abord."),
    (b"7z\xbc\xaf", "une archive .7z", "décompressez-la d'abord."),
)
_CLASSEURS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_ENTETE_PARMI = 20  # rows in which a heading is looked for: titles stand above it
_PROFONDEUR = 8


@dataclass(frozen=True, slots=True)
class Rangee:
    """One row: its rank in the file (from 1), its values by column, and why it cannot be read, when it cannot."""

    numero: int
    valeurs: Mapping[str, str]
    defaut: str = ""


@dataclass(frozen=True, slots=True)
class Inventaire:
    """The rows of a file. `detecte`: what was found out about it, French sentences."""

    genre: str
    colonnes: tuple[str, ...]
    rangees: tuple[Rangee, ...]
    detecte: tuple[str, ...] = ()


def lire(octets: bytes, attendues: Collection[str] = (), chemin: str = "", feuille: str = "") -> Inventaire:
    """Rows of a file. `attendues`: columns that tell the heading and the sheet; `chemin`: where the list stands in a
    JSON document (`services`, `data.lieux`); `feuille`: the sheet's name.

    Raises ImportImpossible: what the file is, what was expected, what to do.
    """
    debut = octets[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not octets.strip():
        raise ImportImpossible(f"Ce fichier est vide. {_ATTENDU}")
    for marque, nom, conseil in _ETRANGERS:
        if octets.startswith(marque):
            raise ImportImpossible(f"Ce fichier est {nom}, pas un inventaire : {conseil} {_ATTENDU}")
    if octets.startswith(_CLASSEURS):
        return _classeur(octets, attendues, feuille)
    if debut[:1] == b"<":
        quoi = "une page web (HTML)" if re.match(rb"<(!doctype html|html)", debut, re.IGNORECASE) else "du XML"
        raise ImportImpossible(
            f"Ce fichier est {quoi}, pas un inventaire : téléchargez le fichier lui-même. {_ATTENDU}"
        )
    if debut[:1] in (b"{", b"["):
        return _json(octets, chemin)
    if b"\x00" in octets[:4096] and not octets.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ImportImpossible(f"Ce fichier n'est ni un texte ni un classeur. {_ATTENDU}")
    return _csv(octets, attendues)


def _csv(octets: bytes, attendues: Collection[str]) -> Inventaire:
    texte, encodage = tables.decoder(octets)
    try:
        brutes = list(tables.rangees(texte, strict=True))
    except tables.TableIllisible as erreur:
        raise ImportImpossible(f"Ce fichier ne se lit pas : {erreur}. {_ATTENDU}") from erreur
    separateur = tables.separateur(texte)
    inventaire = _en_lignes(f"CSV, {encodage}, séparé par des {tables.SEPARATEURS[separateur]}", brutes, attendues)
    largeur = len(brutes[_rang_de_l_entete(brutes, {normaliser(nom) for nom in attendues}) or 0])
    if largeur < 2:
        raise ImportImpossible(
            f"Ce fichier n'a qu'une colonne : ce n'est pas un tableau séparé par des virgules, points-virgules ou "
            f"tabulations. {_ATTENDU}"
        )
    longueurs = {numero: len(cellules) for numero, cellules in enumerate(brutes, start=1)}
    rangees = tuple(
        Rangee(r.numero, r.valeurs, _defaut_de_largeur(longueurs[r.numero], largeur)) for r in inventaire.rangees
    )
    return Inventaire(inventaire.genre, inventaire.colonnes, rangees, inventaire.detecte)


def _defaut_de_largeur(trouvees: int, attendues: int) -> str:
    """A separator inside a text shifts every value of the row: nothing of it is sure."""
    if trouvees == attendues:
        return ""
    return f"La ligne a {trouvees} colonnes au lieu de {attendues} : un séparateur de trop, ou qui manque."


def _classeur(octets: bytes, attendues: Collection[str], voulue: str) -> Inventaire:
    genre = "classeur XLS" if octets.startswith(_CLASSEURS[1]) else "classeur"
    if b"mimetypeapplication/vnd.oasis" in octets[:100]:
        genre = "classeur ODS"
    elif octets.startswith(_CLASSEURS[0]):
        genre = "classeur XLSX"
    try:
        feuilles = {nom: _cellules(rangees) for nom, rangees in tables.feuilles(octets)}
    except tables.TableIllisible as erreur:
        raise ImportImpossible(f"Cette archive n'est pas un classeur : {erreur}. {_ATTENDU}") from erreur
    pleines = {nom: rangees for nom, rangees in feuilles.items() if any(map(any, rangees))}
    if voulue and voulue not in feuilles:
        raise ImportImpossible(f"Ce classeur n'a pas de feuille « {voulue} », mais : {', '.join(feuilles)}.")
    if not pleines:
        raise ImportImpossible(f"Toutes les feuilles de ce classeur sont vides. {_ATTENDU}")
    connues = {normaliser(nom) for nom in attendues}
    choisie = voulue or max(pleines, key=lambda nom: _note_de_feuille(pleines[nom], connues))
    inventaire = _en_lignes(f"{genre}, feuille « {choisie} »", feuilles[choisie], attendues)
    autres = [nom for nom in pleines if nom != choisie]
    dit = (f"Autres feuilles, non lues : {', '.join(autres)}.",) if autres else ()
    return Inventaire(inventaire.genre, inventaire.colonnes, inventaire.rangees, (*inventaire.detecte, *dit))


def _note_de_feuille(rangees: Sequence[Sequence[str]], connues: Collection[str]) -> tuple[int, int]:
    """Expected columns found, then rows: the sheet of the places has more of both than a note to readers."""
    reconnues = max((sum(normaliser(c) in connues for c in r) for r in rangees[:_ENTETE_PARMI]), default=0)
    return reconnues, sum(sum(map(bool, rangee)) > 1 for rangee in rangees)


def _cellules(rangees: Iterable[Sequence[object]]) -> list[list[str]]:
    return [[cellule(valeur) for valeur in rangee] for rangee in rangees]


def cellule(valeur: object) -> str:
    """The text of a spreadsheet's cell as a person sees it: whole numbers without decimals, ISO days, HH:MM times."""
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    if isinstance(valeur, float) and valeur.is_integer() and abs(valeur) < 1e15:
        return str(int(valeur))
    if isinstance(valeur, datetime):
        return valeur.date().isoformat() if valeur.time() == time() else valeur.isoformat(" ", "minutes")
    if isinstance(valeur, date):
        return valeur.isoformat()
    if isinstance(valeur, time):
        return f"{valeur:%H:%M}"
    if isinstance(valeur, timedelta):
        minutes = round(valeur.total_seconds() / 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    return "" if valeur is None else str(valeur).strip()


def _en_lignes(genre: str, brutes: Sequence[Sequence[str]], attendues: Collection[str]) -> Inventaire:
    rang = _rang_de_l_entete(brutes, {normaliser(nom) for nom in attendues})
    if rang is None:
        raise ImportImpossible(f"Ce tableau ({genre}) n'a pas de ligne d'en-tête. {_ATTENDU}")
    colonnes = _noms(brutes[rang], max(map(len, brutes[rang:])))
    rangees = tuple(
        Rangee(numero, {nom: c.strip() for nom, c in zip_longest(colonnes, cellules, fillvalue="")})
        for numero, cellules in enumerate(brutes[rang + 1 :], start=rang + 2)
        if any(cellule.strip() for cellule in cellules)
    )
    utiles = _utiles(colonnes, rangees, len(brutes[rang]))
    dit = (f"{genre[:1].upper()}{genre[1:]} ; en-têtes en ligne {rang + 1}, {len(utiles)} colonnes.",)
    return Inventaire(genre, utiles, rangees, dit)


def _rang_de_l_entete(brutes: Sequence[Sequence[str]], connues: Collection[str]) -> int | None:
    """The row with most of the expected names, else with most distinct texts that are no number."""

    def note(rangee: Sequence[str]) -> tuple[int, int]:
        mots = {normaliser(cellule) for cellule in rangee} - {""}
        return len(mots & set(connues)), sum(not mot.replace(" ", "").isdigit() for mot in mots)

    notes = [(note(rangee), -rang) for rang, rangee in enumerate(islice(brutes, _ENTETE_PARMI))]
    meilleure, oppose = max(notes, default=((0, 0), 0))
    return -oppose if any(meilleure) else None


def _noms(entete: Sequence[str], largeur: int) -> tuple[str, ...]:
    """One name by column: an empty heading is numbered, a repeated one too."""
    noms: list[str] = []
    for rang in range(largeur):
        nom = re.sub(r"\s+", " ", entete[rang]).strip() if rang < len(entete) else ""
        nom = nom or f"(colonne {rang + 1})"
        noms.append(nom if nom not in noms else f"{nom} ({rang + 1})")
    return tuple(noms)


def _utiles(colonnes: tuple[str, ...], rangees: Sequence[Rangee], nommees: int) -> tuple[str, ...]:
    """Columns beyond the heading count only where some row fills them."""
    return tuple(nom for rang, nom in enumerate(colonnes) if rang < nommees or any(r.valeurs.get(nom) for r in rangees))


def _json(octets: bytes, chemin: str) -> Inventaire:
    texte, _ = tables.decoder(octets)
    try:
        document = analyser_json(texte, "inventaire")
    except JsonIllisible as erreur:
        document = _par_lignes(texte)
        if document is None:
            raise ImportImpossible(f"Ce fichier JSON ne se lit pas : {erreur.probleme}") from erreur
        return _objets("JSON par lignes", document)
    if isinstance(document, dict) and document.get("type") == "FeatureCollection":
        return _objets("GeoJSON", [_entite(f) for f in document.get("features") or ()])
    return _objets("JSON", _liste(document, chemin))


def _par_lignes(texte: str) -> list[Any] | None:
    """Objects of a file with one by line; None when some line is none."""
    try:
        objets = [analyser_json(ligne, "ligne") for ligne in texte.splitlines() if ligne.strip()]
    except JsonIllisible:
        return None
    return objets if all(isinstance(objet, dict) for objet in objets) else None


def _entite(brute: Any) -> Any:
    """A feature's properties, and its point when it has one."""
    if not isinstance(brute, dict) or not isinstance(brute.get("properties"), dict):
        return None
    geometrie = brute.get("geometry") or {}
    point = geometrie.get("coordinates") if isinstance(geometrie, dict) and geometrie.get("type") == "Point" else None
    coordonnees = {LONGITUDE: point[0], LATITUDE: point[1]} if isinstance(point, list) and len(point) >= 2 else {}
    identifiant = {"id": brute["id"]} if "id" in brute else {}
    return {**identifiant, **brute["properties"], **coordonnees}


def _liste(document: Any, chemin: str) -> list[Any]:
    for partie in filter(None, chemin.split(".")):
        document = document.get(partie) if isinstance(document, dict) else None
    if isinstance(document, dict) and not chemin:
        listes = [v for v in document.values() if isinstance(v, list) and v and isinstance(v[0], dict)]
        document = listes[0] if len(listes) == 1 else [document]
    if not isinstance(document, list):
        ou = f" sous « {chemin} »" if chemin else ""
        raise ImportImpossible(f"Ce fichier JSON n'a pas de liste de lieux{ou} : attendu [{{…}}, {{…}}].")
    return document


def _objets(genre: str, objets: Sequence[Any]) -> Inventaire:
    rangees = tuple(
        Rangee(numero, aplatir(objet) if isinstance(objet, dict) else {}, _defaut_d_objet(objet))
        for numero, objet in enumerate(objets, start=1)
    )
    if not any(not rangee.defaut for rangee in rangees):
        raise ImportImpossible(f"Ce fichier {genre} n'a aucun lieu : attendu une liste d'objets, [{{…}}, {{…}}].")
    colonnes = tuple(dict.fromkeys(nom for rangee in rangees for nom in rangee.valeurs))
    return Inventaire(genre, colonnes, rangees, (f"{genre} ; {len(rangees)} objets, {len(colonnes)} champs.",))


def _defaut_d_objet(objet: Any) -> str:
    return "" if isinstance(objet, dict) else "Ce n'est pas un objet {…} : la ligne ne se lit pas."


def aplatir(objet: Mapping[str, Any]) -> dict[str, str]:
    """Texts by path: `{"a": {"b": 1}}` gives `a.b`; a list's values are joined by `|`, path by path."""
    plat: dict[str, list[str]] = {}
    _descendre("", objet, plat.setdefault, 0)
    return {chemin: "|".join(valeurs) for chemin, valeurs in plat.items()}


def _descendre(chemin: str, valeur: Any, case: Callable[[str, list[str]], list[str]], profondeur: int) -> None:
    if profondeur > _PROFONDEUR:
        case(chemin, []).append(json.dumps(valeur, ensure_ascii=False)[:10_000])
    elif isinstance(valeur, dict):
        for cle, element in valeur.items():
            _descendre(f"{chemin}.{cle}" if chemin else str(cle), element, case, profondeur + 1)
    elif isinstance(valeur, list):
        case(chemin, []) if not valeur else None
        for element in valeur:
            _descendre(chemin, element, case, profondeur + 1)
    else:
        texte = "" if valeur is None else str(valeur).strip()
        cases = case(chemin, [])
        if texte:
            cases.append(texte)
