"""The site's font as it is published: with its licence, in few bytes, the same for typst at each build."""

import re
from pathlib import Path

import pytest

from carte.publish.cadre import actifs, polices
from carte.publish.cadre.bibliotheques import BibliothequeAbsente
from carte.publish.cadre.polices import pour_typst
from sites import RACINE

# Three cuts and the sheet that names them: what a French page may ask for.
MAX_OCTETS = 42_000


@pytest.fixture(scope="module")
def servies() -> dict[str, bytes]:
    return polices.servies(RACINE)


def test_the_font_goes_with_its_licence_and_in_one_format(servies: dict[str, bytes]) -> None:
    assert b"SIL OPEN FONT LICENSE" in servies[f"{polices.DOSSIER}/LICENSE.txt"].upper()
    css = servies[polices.FEUILLE].decode()
    nommes = re.findall(r"url\(([^)]+)\)", css)
    assert sorted(f"{polices.DOSSIER}/{nom}" for nom in nommes) == sorted(n for n in servies if n.endswith(".woff2"))
    assert css.count("font-display: swap") == css.count("unicode-range") == len(nommes) == 6
    assert set(re.findall(r"font-family: '([^']+)'", css)) == {polices.FAMILLE}
    assert all(octets.startswith(b"wOF2") for nom, octets in servies.items() if nom.endswith(".woff2"))


def test_letters_of_other_languages_go_with_their_licence() -> None:
    servies = polices.des_langues(RACINE)
    for nom in ("arabe", "cyrillique"):
        assert b"SIL OPEN FONT LICENSE" in servies[f"{polices.LETTRES}LICENSE-{nom}.txt"].upper()
        nommes = re.findall(r"url\(([^)]+)\)", servies[f"{polices.LETTRES}{nom}.css"].decode())
        assert len(nommes) == 2
        assert all(servies[polices.LETTRES + fichier].startswith(b"wOF2") for fichier in nommes)


def test_french_needs_little(servies: dict[str, bytes]) -> None:
    latines = [octets for nom, octets in servies.items() if "/latin-" in nom and "/latin-ext-" not in nom]
    assert len(latines) == 3
    assert sum(map(len, latines)) + len(servies[polices.FEUILLE]) <= MAX_OCTETS


def test_a_missing_font_is_said_with_its_remedy(tmp_path: Path) -> None:
    with pytest.raises(BibliothequeAbsente, match="npm ci"):
        polices.servies(tmp_path)
    with pytest.raises(BibliothequeAbsente, match="npm ci"), pour_typst(tmp_path):
        pass


def test_the_font_for_typst_is_the_same_at_each_build(polices: Path) -> None:
    with pour_typst(RACINE) as autre:
        assert autre != polices
        fichiers = sorted(f.name for f in autre.iterdir())
        assert len(fichiers) == 6
        assert [(autre / nom).read_bytes() for nom in fichiers] == [(polices / nom).read_bytes() for nom in fichiers]
    assert not autre.exists()


def test_the_styles_ask_for_the_font_that_is_shipped() -> None:
    couleurs = (RACINE / "site_src" / "styles" / "base" / "10-couleurs.css").read_text(encoding="utf-8")
    assert f'--md-text-font-family: "{polices.FAMILLE}"' in couleurs
    demandees = re.findall(
        r"font-family:\s*([^;}]+)[;}]", actifs.rassembler(RACINE).fichiers["styles/carte.css"].decode()
    )
    assert not [f for f in demandees if "Liberation" in f and polices.FAMILLE not in f and "mono" not in f]
