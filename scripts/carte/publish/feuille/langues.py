"""The words of the sheet in the languages of the people it is handed to: one file, checked, written for the browser."""

import json
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from carte.erreurs import ErreurCarte
from carte.publication import Chantier
from carte.publish.cadre.contexte import RACINE

FICHIER = Path("site_src") / "langues" / "feuille.yml"
DOSSIER = "donnees/feuille"
FRANCAIS = "fr"


class TraductionsFausses(ErreurCarte):
    """The file of translations lacks a word, or has one too many."""


@dataclass(frozen=True, slots=True)
class Langue:
    """`locale`: for dates (BCP 47); `sens`: ltr or rtl; `lettres`: the font that its words need, empty when the site's
    own has them; `relue`: whether a native speaker read it again; `mots`: key → words."""

    code: str
    nom: str
    locale: str
    sens: str
    lettres: str
    relue: bool
    mots: dict[str, str]


@lru_cache
def langues(racine: Path = RACINE) -> dict[str, Langue]:
    """Every language by its code, French first. Raises TraductionsFausses."""
    brut: dict[str, Any] = yaml.safe_load((racine / FICHIER).read_text(encoding="utf-8"))
    lues = {
        code: Langue(
            code, d["nom"], d["locale"], d.get("sens", "ltr"), d.get("lettres", ""), bool(d["relue"]), d["mots"]
        )
        for code, d in brut.items()
    }
    attendus = set(lues[FRANCAIS].mots)
    for langue in lues.values():
        ecart = attendus.symmetric_difference(langue.mots)
        trous = {
            cle
            for cle in attendus & set(langue.mots)
            if ("{jour}" in lues[FRANCAIS].mots[cle]) != ("{jour}" in langue.mots[cle])
        }
        if ecart or trous:
            raise TraductionsFausses(
                f"{FICHIER.as_posix()}, langue « {langue.code} » : à revoir : {', '.join(sorted(ecart | trous))}."
            )
    return lues


def ecrire(site: Chantier) -> None:
    """Write `donnees/feuille/<code>.json`, one per language: a sheet reads only its own."""
    for langue in langues().values():
        contenu = {cle: valeur for cle, valeur in asdict(langue).items() if cle != "code"}
        texte = json.dumps(contenu, ensure_ascii=False, separators=(",", ":"))
        site.ecrire(f"{DOSSIER}/{langue.code}.json", texte + "\n")


def mots_francais() -> dict[str, str]:
    """The French words, for what is written at the build (the advice)."""
    return langues()[FRANCAIS].mots
