"""The style sheets, in cascade layers: a later layer wins over an earlier one, whatever the weight of their selectors.

Ours are the folders of `site_src/styles`: `base` (letters, colours, running text), `blocs` (what contains),
`composants` (what is pressed or marks a text: no container changes its colours), `papier` (print, and what is hidden).
"""

import re
from importlib import metadata
from pathlib import Path

BASE = "base"
NOTRES = (BASE, "blocs", "composants", "papier")
# Those of others come first: nothing of ours ever has to outweigh them.
THEME, CARTOGRAPHIE = "theme", "cartographie"
# In each sheet: the order is that of the first sheet that a browser reads.
_ORDRE = f"@layer {', '.join((THEME, CARTOGRAPHIE, *NOTRES))};\n".encode()
_CODAGE = re.compile(rb'^@charset "[^"]*";')


def en_couche(nom: str, css: bytes) -> bytes:
    """The sheet as one of the layers named above."""
    return _ORDRE + _couche(nom, css)


def feuille(sources: Path) -> bytes:
    """The sheet of every page: the theme's, then ours. One file: on a slow line, each costs a round trip."""
    couches = [_couche(THEME, _theme())]
    couches += [_couche(nom, css.read_bytes()) for nom in NOTRES for css in sorted((sources / nom).glob("*.css"))]
    return _ORDRE + b"".join(couches)


def licence_du_theme() -> bytes:
    """The text that must go with the theme's sheet."""
    texte = metadata.distribution("mkdocs-material").read_text("licenses/LICENSE")
    assert texte is not None
    return texte.encode()


def _couche(nom: str, css: bytes) -> bytes:
    return b"@layer %s {\n%s}\n" % (nom.encode(), css)


def _theme() -> bytes:
    from mkdocs.utils import get_theme_dir

    (principale,) = (Path(get_theme_dir("material")) / "assets" / "stylesheets").glob("main.*.min.css")
    return _CODAGE.sub(b"", principale.read_bytes())
