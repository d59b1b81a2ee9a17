"""The one font of the screen, of the paper and of the PDFs: never the machine's, so that a page is the same everywhere.

Atkinson Hyperlegible Next (OFL 1.1) was drawn with people who see badly: letters that look alike are told apart.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from carte.publish.cadre import bibliotheques
from carte.publish.cadre.styles import BASE, en_couche

FAMILLE = "Atkinson Hyperlegible Next"
# typst takes one file for a family: the letters of other languages have a family of their own.
FAMILLE_ETENDUE = f"{FAMILLE} Ext"
_PAQUET = "@fontsource/atkinson-hyperlegible-next"
_PREFIXE = "atkinson-hyperlegible-next-"
# The package's sheets → the cut that each one names.
_COUPES = {"400.css": "400-normal", "400-italic.css": "400-italic", "700.css": "700-normal"}
_LETTRES = {"latin": FAMILLE, "latin-ext": FAMILLE_ETENDUE}
_NOM_DE_FAMILLE, _NOM_ENTIER = 1, 4
_FORMAT_ANCIEN = re.compile(r", url\([^)]*\.woff\) format\('woff'\)")
DOSSIER = "vendor/polices"
FEUILLE = f"{DOSSIER}/polices.css"
# Letters of the sheet's other languages, asked for by the sheets that need them and by nothing else.
LETTRES = f"{DOSSIER}/langues/"
# Name in `site_src/langues` → package, subset.
_AUTRES_LETTRES = {
    "arabe": ("@fontsource/noto-sans-arabic", "noto-sans-arabic-arabic"),
    "cyrillique": ("@fontsource/noto-sans", "noto-sans-cyrillic"),
}
_POIDS = (400, 700)


def servies(racine: Path) -> dict[str, bytes]:
    """What the site publishes of them, path → bytes: the sheet that names the files, the files, their licence.

    A browser asks only for the files whose letters a page has. Raises BibliothequeAbsente.
    """
    sources = {f"{DOSSIER}/{nom}.woff2": f"files/{_PREFIXE}{nom}.woff2" for nom in _noms()}
    sources[f"{DOSSIER}/LICENSE.txt"] = "LICENSE"
    return {FEUILLE: _feuille(racine)} | {nom: _fichier(racine, source).read_bytes() for nom, source in sources.items()}


def des_langues(racine: Path) -> dict[str, bytes]:
    """What the sheet's other languages need, path → bytes: for each script its style sheet, its files in two weights,
    its licence. Raises BibliothequeAbsente."""
    fichiers: dict[str, bytes] = {}
    for nom, (paquet, prefixe) in _AUTRES_LETTRES.items():
        regles = []
        for poids in _POIDS:
            fichiers[f"{LETTRES}{nom}-{poids}.woff2"] = bibliotheques.fichier(
                racine, f"{paquet}/files/{prefixe}-{poids}-normal.woff2"
            ).read_bytes()
            regles.append(
                f"@font-face {{ font-family: Lettres-{nom}; font-weight: {poids}; font-display: swap; "
                f"src: url({nom}-{poids}.woff2) format('woff2'); }}\n"
            )
        fichiers[f"{LETTRES}{nom}.css"] = en_couche(BASE, "".join(regles).encode())
        fichiers[f"{LETTRES}LICENSE-{nom}.txt"] = bibliotheques.fichier(racine, f"{paquet}/LICENSE").read_bytes()
    return fichiers


@contextmanager
def pour_typst(racine: Path) -> Iterator[Path]:
    """A folder of the same fonts in the format that typst reads, gone after use. Raises BibliothequeAbsente."""
    from fontTools.ttLib import TTFont

    with TemporaryDirectory(prefix="carte-polices-") as dossier:
        for nom, famille in _noms().items():
            with TTFont(_fichier(racine, f"files/{_PREFIXE}{nom}.woff"), recalcTimestamp=False) as police:
                police.flavor = None
                for etiquette in police["name"].names:
                    if etiquette.nameID in (_NOM_DE_FAMILLE, _NOM_ENTIER):
                        etiquette.string = famille
                police.save(Path(dossier) / f"{nom}.ttf")
        yield Path(dossier)


def _noms() -> dict[str, str]:
    """File, without what it ends with (`latin-400-normal`) → family for typst."""
    return {f"{lettres}-{coupe}": famille for coupe in _COUPES.values() for lettres, famille in _LETTRES.items()}


def _feuille(racine: Path) -> bytes:
    css = "".join(_fichier(racine, nom).read_text(encoding="utf-8") + "\n" for nom in _COUPES)
    return en_couche(BASE, _FORMAT_ANCIEN.sub("", css).replace(f"./files/{_PREFIXE}", "").encode())


def _fichier(racine: Path, chemin: str) -> Path:
    return bibliotheques.fichier(racine, f"{_PAQUET}/{chemin}")
