"""One rule decides between two styles: the layer, never the weight of a selector."""

import re
from pathlib import Path

import pytest

from carte.publish.cadre import actifs, styles
from sites import RACINE

SOURCES = RACINE / "site_src" / "styles"
_COMMENTAIRE = re.compile(r"/\*.*?\*/", re.DOTALL)
_SELECTEUR = re.compile(r"(?:^|[{};])\s*([^{};@]+)\{")
# One class, then states of the same element.
_SEUL = re.compile(r"\.[a-z][a-z_-]*(?:--[a-z]+)?(?::[a-z-]+(?:\([^()]*\))?|\[[^\]]+\])*")


def _regles_au_sommet(css: str) -> list[str]:
    """What opens each block that is in no other block."""
    debuts, profondeur, debut = [], 0, 0
    for rang, signe in enumerate(css):
        if signe == "{":
            if not profondeur:
                debuts.append(css[debut:rang].strip())
            profondeur += 1
        elif signe == "}":
            profondeur -= 1
        if signe in "};" and not profondeur:
            debut = rang + 1
    return debuts


@pytest.fixture(scope="module")
def feuilles() -> dict[str, str]:
    fichiers = actifs.rassembler(RACINE).fichiers
    return {nom: octets.decode() for nom, octets in fichiers.items() if nom.endswith(".css")}


def test_every_sheet_lies_in_a_layer_and_says_their_order(feuilles: dict[str, str]) -> None:
    assert "styles/carte.css" in feuilles
    assert "vendor/leaflet/leaflet.css" in feuilles
    connues = {f"@layer {nom}" for nom in (styles.THEME, styles.CARTOGRAPHIE, *styles.NOTRES)}
    for nom, css in feuilles.items():
        sans = re.sub(r'"[^"]*"|\'[^\']*\'', '""', _COMMENTAIRE.sub("", css))
        ordre = re.match(r"@layer ([^;{]*);", sans)
        assert ordre and ordre[1].replace(" ", "") == "theme,cartographie,base,blocs,composants,papier", nom
        assert set(_regles_au_sommet(sans)) <= connues, nom


def test_every_folder_of_styles_is_a_layer_and_has_its_files() -> None:
    assert {f.parent.name for f in SOURCES.rglob("*.css")} == set(styles.NOTRES)
    entiere = styles.feuille(SOURCES).decode()
    for fichier in SOURCES.rglob("*.css"):
        assert fichier.read_text(encoding="utf-8") in entiere


@pytest.mark.parametrize("fichier", sorted((SOURCES / "composants").glob("*.css")), ids=lambda f: f.stem)
def test_a_component_is_one_class(fichier: Path) -> None:
    css = _COMMENTAIRE.sub("", fichier.read_text(encoding="utf-8"))
    selecteurs = [s.strip() for groupe in _SELECTEUR.findall(css) for s in groupe.split(",")]
    assert selecteurs
    assert [s for s in selecteurs if not _SEUL.fullmatch(s)] == []


@pytest.mark.parametrize("fichier", sorted(SOURCES.rglob("*.css")), ids=lambda f: f"{f.parent.name}/{f.stem}")
def test_no_style_outweighs_another(fichier: Path) -> None:
    css = _COMMENTAIRE.sub("", fichier.read_text(encoding="utf-8"))
    assert "[dir]" not in css
    if fichier.parent.name != "base":
        assert ".md-typeset " not in css
    # Who asked for less motion gets none, whatever a component says.
    assert css.count("!important") == css.count("animation: none !important") * 3


_SOMBRES = re.compile(
    r":root:not\(\[data-theme=\"clair\"\]\)[^{]*\{([^}]*)\}.*?:root\[data-theme=\"sombre\"\][^{]*\{([^}]*)\}", re.DOTALL
)


@pytest.mark.parametrize("fichier", ["base/10-couleurs.css", "blocs/60-carte.css"])
def test_dark_colours_are_the_same_by_the_device_and_by_choice(fichier: str) -> None:
    """A style sheet has no way to say them once for both."""
    css = _COMMENTAIRE.sub("", (SOURCES / fichier).read_text(encoding="utf-8"))
    paires = _SOMBRES.findall(css)
    assert paires
    for appareil, choisies in paires:
        assert appareil.split() == choisies.split()
