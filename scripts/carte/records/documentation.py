"""What is generated from the model and the vocabularies: the reference page, the form lists, the editors' schema."""

import html
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from carte.nomenclature import Valeur, Vocabulaire, lire
from carte.records.champs import PARTIES
from carte.records.schema import Noeud, json_schema, to_json

_PAGE = Path("site_src/pages/nomenclature.md")
_LISTES = Path("site_src/modules/nomenclature.json")
_SCHEMA = Path("offers/lieu.schema.json")
_VOCABULAIRES = Path("offers/nomenclature")

_ENTETE = """---
title: Nomenclature
description: Les champs d'une fiche et toutes les valeurs possibles
---

<!-- Page écrite par « carte nomenclature ». Ne la modifiez pas à la main : changez offers/nomenclature/. -->

# Nomenclature

Cette page dit ce que contient la fiche d'un lieu, et les valeurs possibles de chaque champ.
Les champs suivent le [standard national des lieux de médiation numérique](https://github.com/LaMednum/standard-mediation-num),
version 1.0.2. Quelques champs s'y ajoutent : ils sont tous facultatifs.

Un champ que l'on ne connaît pas ne s'écrit pas. Ne rien dire ne veut pas dire non.
"""

_TYPES = {
    "string": "texte",
    "integer": "nombre entier",
    "number": "nombre",
    "boolean": "<code>true</code> (oui) ou <code>false</code> (non)",
}
_FORMES = {
    "pivot": "SIRET, RNA ou RIDET",
    "code_postal": "code postal",
    "code_insee": "code Insee",
    "telephone": "numéro comme <code>+33254080808</code>",
    "courriel": "adresse de courriel",
    "url": "adresse web",
    "identifiant": "chemin comme <code>36/mediatheque</code>",
    "horaires": "horaires au format OpenStreetMap",
}


def generated_files(racine: Path) -> dict[Path, str]:
    """Every generated file of the project at `racine`: path -> whole text. Reads the vocabularies, writes nothing.

    Raises NomenclatureInvalide when they are not usable.
    """
    vocabulaires = lire(racine / _VOCABULAIRES)
    return {
        racine / _SCHEMA: to_json(vocabulaires),
        racine / _PAGE: page(vocabulaires),
        racine / _LISTES: form_lists(vocabulaires),
    }


def form_lists(vocabulaires: Mapping[str, Vocabulaire]) -> str:
    """JSON of the choices offered by forms: vocabulary -> list of [valeur, libelle, description]."""
    listes = {nom: [[v.valeur, v.libelle, v.description] for v in voc] for nom, voc in vocabulaires.items()}
    return json.dumps(listes, ensure_ascii=False, indent=1) + "\n"


def page(vocabulaires: Mapping[str, Vocabulaire]) -> str:
    """The Markdown page: one table per part of a record, then one per vocabulary."""
    schema = json_schema(vocabulaires)
    # A link says where it goes: « valeurs » fifteen times would mean nothing to a screen reader.
    titres = {**PARTIES, **{nom: vocabulaire.titre for nom, vocabulaire in vocabulaires.items()}}
    blocs = [_ENTETE, "## Les champs d'une fiche\n", _table_des_champs(schema, titres)]
    for nom, noeud in schema["$defs"].items():
        blocs.append(f"{_titre(noeud['title'], nom)}\n{_table_des_champs(noeud, titres)}")
    blocs.append("## Les valeurs possibles\n")
    blocs += [_section(vocabulaire) for vocabulaire in vocabulaires.values()]
    return "\n".join(blocs)


def _titre(titre: str, nom: str) -> str:
    return f"### {_cellule(titre)} {{ #{_ancre(nom)} }}\n"


def _table_des_champs(partie: Noeud, titres: Mapping[str, str]) -> str:
    lignes = [
        (
            f"{_code(nom)}<br>{_cellule(noeud['title'])}",
            "oui" if nom in partie["required"] else "non",
            _cellule(noeud["description"]),
            _attendu(noeud, titres),
        )
        for nom, noeud in partie["properties"].items()
    ]
    return _table(("Champ", "Obligatoire", "Ce que l'on y écrit", "Valeurs possibles"), lignes)


def _attendu(noeud: Noeud, titres: Mapping[str, str]) -> str:
    """What a field takes, in French: « liste : Services », « date comme… », « texte »…"""
    if "items" in noeud:
        return f"liste : {_attendu(noeud['items'], titres)}"
    if isinstance(noeud.get("additionalProperties"), dict):
        return f"par nom de champ : {_attendu(noeud['additionalProperties'], titres)}"
    references = [branche["$ref"] for branche in [noeud, *noeud.get("anyOf", [])] if "$ref" in branche]
    nom = references[0].rsplit("/", 1)[-1] if references else noeud.get("x-vocabulaire")
    return f"[{_cellule(titres[nom])}](#{_ancre(nom)})" if nom else _texte_attendu(noeud)


def _texte_attendu(noeud: Noeud) -> str:
    if "x-forme" in noeud:
        return _FORMES[noeud["x-forme"]]
    if noeud.get("format") == "date":
        return "date comme <code>2026-11-02</code>"
    types = noeud["type"] if isinstance(noeud["type"], list) else [noeud["type"]]
    return _TYPES[next(nom for nom in types if nom != "null")]


def _section(vocabulaire: Vocabulaire) -> str:
    source = vocabulaire.source.rstrip(".")
    introduction = (
        f"{_titre(vocabulaire.titre, vocabulaire.nom)}\n"
        f"{len(vocabulaire)} valeurs, version {_cellule(vocabulaire.version)}. Source : {_cellule(source)}.\n"
    )
    return "\n".join([introduction, _table_des_valeurs(vocabulaire), *_sans_equivalent(vocabulaire)])


def _table_des_valeurs(vocabulaire: Vocabulaire) -> str:
    """Columns that no value fills are left out."""
    colonnes = [
        ("Valeur", [_code(v.valeur) for v in vocabulaire]),
        ("En clair", [_cellule(v.libelle) for v in vocabulaire]),
        ("Description", [_cellule(v.description) for v in vocabulaire]),
        ("Famille", [_code(v.famille) if v.famille else "" for v in vocabulaire]),
        ("Passages par semaine", _colonne_poids(vocabulaire)),
        ("Services", [_pile(v.services) for v in vocabulaire]),
        ("Valeurs de 2022", [_pile(v.valeurs_2022) for v in vocabulaire]),
    ]
    remplies = [(titre, cellules) for titre, cellules in colonnes if any(cellules)]
    return _table([titre for titre, _ in remplies], list(zip(*(c for _, c in remplies), strict=True)))


def _colonne_poids(vocabulaire: Vocabulaire) -> list[str]:
    if all(valeur.poids is None for valeur in vocabulaire):
        return [""] * len(vocabulaire)
    return [_poids(valeur) for valeur in vocabulaire]


def _poids(valeur: Valeur) -> str:
    return "inconnu" if valeur.poids is None else f"{valeur.poids:.2f}".rstrip("0").rstrip(".").replace(".", ",")


def _sans_equivalent(vocabulaire: Vocabulaire) -> Iterator[str]:
    if vocabulaire.sans_equivalent:
        yield "Anciennes valeurs sans équivalent :\n"
        yield "\n".join(f"- {_cellule(s.valeur)} — {_cellule(s.raison)}" for s in vocabulaire.sans_equivalent) + "\n"


def _table(titres: Sequence[str], lignes: Sequence[Sequence[str]]) -> str:
    rangees = [titres, ["---"] * len(titres), *lignes]
    return "\n".join(f"| {' | '.join(rangee)} |" for rangee in rangees) + "\n"


def _pile(textes: Sequence[str]) -> str:
    return "<br>".join(_cellule(texte) for texte in textes)


def _code(texte: str) -> str:
    return f"<code>{_cellule(texte)}</code>"


def _cellule(texte: str) -> str:
    """A text that neither breaks a table nor becomes markup: vocabularies may come from anyone."""
    sur = html.escape(" ".join(texte.split()), quote=False)
    for signe in "\\|*_`[]":
        sur = sur.replace(signe, f"&#{ord(signe)};")
    return sur


def _ancre(nom: str) -> str:
    return nom.lower().replace("_", "-")
