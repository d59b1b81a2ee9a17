"""The coordinator's first week: each picture is one that the script takes, each command one that a hub has."""

import re

import pytest

import guide_illustre
from sites import RACINE

TEXTE = guide_illustre.GUIDE.read_text(encoding="utf-8")


def test_each_picture_is_taken_and_each_one_taken_is_shown() -> None:
    assert guide_illustre.MARQUE.findall(TEXTE) == list(guide_illustre.CAPTURES)
    page = guide_illustre.illustrer(TEXTE)
    assert page.count("<img ") == len(guide_illustre.CAPTURES) and "<!-- image" not in page and "<table>" in page
    assert len(re.findall(r'alt="[^"]+"', page)) == page.count("<img ")
    with pytest.raises(KeyError):
        guide_illustre.illustrer("<!-- image: personne -->")


def test_each_command_is_one_that_a_hub_has() -> None:
    regles = (RACINE / "scripts/carte/hub/modele/Makefile.j2").read_text(encoding="utf-8")
    nommees = set(re.findall(r"`make ([a-z]+)`", TEXTE))
    assert nommees and not [nom for nom in nommees if f"\n{nom}: " not in regles]


def test_each_word_between_guillemets_is_one_that_people_see() -> None:
    dossiers = {"site_src": (".j2", ".html", ".js", ".md"), "scripts/carte": (".py", ".j2")}
    fichiers = [f for nom, fins in dossiers.items() for f in (RACINE / nom).rglob("*") if f.suffix in fins]
    ecrits = _plat("\n".join(fichier.read_text(encoding="utf-8") for fichier in fichiers))
    assert [mot for mot in re.findall("« (.+?) »", _plat(TEXTE)) if mot not in ecrits] == []


def _plat(texte: str) -> str:
    return texte.replace("\u00a0", " ").replace("’", "'")
