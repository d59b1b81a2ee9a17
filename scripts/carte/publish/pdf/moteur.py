"""The typst compiler: one for each process, no network, no font of the machine; data go in as values, never as markup.

A text of a record reaches the templates as a JSON string: `#read("…")`, `$` or `*` in it are letters like others.
"""

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from carte.publish.cadre.polices import pour_typst
from carte.publish.pdf.serrer import serrer
from carte.publish.textes import sans_bidi, typographie

if TYPE_CHECKING:
    from typst import Compiler

RACINE = Path(__file__).resolve().parents[4]
GABARITS = RACINE / "site_src" / "templates" / "typst"

# PDF/UA refuses a letter that no font can draw: what is outside of these ranges, which the bundled fonts hold whole, is
# written as an empty square. Latin, then French punctuation, a few signs.
_IMPRIMABLES = re.compile(
    "[^\n\u0020-\u007e\u00a0-\u017f\u0192\u0218-\u021b\u02bc\u0386\u0388-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce"
    "\u0400-\u045f\u1e80-\u1e85\u1ef2\u1ef3\u2009\u200a\u2010-\u2015\u2018-\u201e\u2020-\u2022\u2026\u202f\u2030"
    "\u2032\u2033\u2039\u203a\u20ac\u2116\u2122\u2190-\u2193\u2212\u2248\u2260\u2264\u2265\u25a1]"
)
_INVISIBLES = re.compile("[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200d\u2060\ufe00-\ufe0f\ufeff]")


class Atelier:
    """Compiles one template many times. The folder of the template is the only one that it can read; `polices`: that of
    the site's fonts (`cadre.polices.pour_typst`)."""

    def __init__(self, gabarit: Path, polices: Path) -> None:
        self._compilateur = _compilateur(gabarit, polices)

    def pdf(self, donnees: object) -> bytes:
        """The PDF (tagged, PDF/UA-1) of these data, JSON values; the same data give the same bytes.

        Raises typst.TypstError when a figure has no alternative text: the build must not publish it.
        """
        octets = self._compilateur.compile(
            format="pdf",
            sys_inputs={"donnees": json.dumps(donnees, ensure_ascii=False)},
            pdf_standards=["ua-1"],
            timestamp=0,
        )
        assert isinstance(octets, bytes)
        return serrer(octets)


def imprimer(gabarit: str, donnees: Any) -> bytes:
    """The PDF of a template, by its name, and of its data (JSON values, any letters). Raises as `Atelier.pdf`."""
    with pour_typst(RACINE) as polices:
        return Atelier(GABARITS / gabarit, polices).pdf(imprimable(donnees))


def _compilateur(gabarit: Path, polices: Path) -> "Compiler":
    import typst

    # What the site's font does not draw, typst's own do: Greek, Cyrillic, signs.
    connues = typst.Fonts(include_system_fonts=False, font_paths=[polices])
    return typst.Compiler(input=str(gabarit), root=str(gabarit.parent), font_paths=connues)


def imprimable(valeur: Any) -> Any:
    """The same JSON value with its texts fit for paper: printable letters only, French spaces, no direction control."""
    if isinstance(valeur, dict):
        return {cle: v if cle == "svg" else imprimable(v) for cle, v in valeur.items()}
    if isinstance(valeur, list | tuple):
        return [imprimable(v) for v in valeur]
    return typographie(lettres(valeur)) if isinstance(valeur, str) else valeur


def lettres(texte: str) -> str:
    """The text with letters that the bundled fonts can draw; the others become « □ »."""
    return _IMPRIMABLES.sub("□", _INVISIBLES.sub("", sans_bidi(texte)))
