"""The web app manifest, and its icons: the site's map pin, drawn by us in numbers and written as PNG."""

import json
import struct
import zlib
from typing import TYPE_CHECKING

import numpy as np

from carte.publication import Chantier

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from carte.config import Configuration

MANIFESTE = "manifeste.webmanifest"
DOSSIER = "assets/icones"
VERT, PAPIER = (11, 93, 87), (253, 250, 244)
# File → (pixels, share of the square taken by the pin). A maskable icon may be cut to a circle.
ICONES = {
    "icone-180.png": (180, 0.72),
    "icone-192.png": (192, 0.86),
    "icone-512.png": (512, 0.86),
    "icone-masque-512.png": (512, 0.56),
}
# What messages and networks show of a link: the pin in the middle of the size that they expect.
CARTE_SOCIALE, LARGEUR, HAUTEUR = "carte-sociale.png", 1200, 630
_SURECHANTILLON = 4


def ecrire(configuration: "Configuration", site: Chantier) -> None:
    """Write the manifest at the site's root, the icons and the image of shared links."""
    for nom, (cote, part) in ICONES.items():
        site.ecrire(f"{DOSSIER}/{nom}", png(dessin(cote, part)))
    marge = (LARGEUR - HAUTEUR) // 2
    bords = np.broadcast_to(np.array(VERT, np.uint8), (HAUTEUR, marge, 3))
    site.ecrire(f"{DOSSIER}/{CARTE_SOCIALE}", png(np.hstack([bords, dessin(HAUTEUR, 0.62), bords])))
    texte = json.dumps(manifeste(configuration), ensure_ascii=False, indent=1)
    site.ecrire(MANIFESTE, texte + "\n")


def manifeste(configuration: "Configuration") -> dict[str, object]:
    """The manifest; its addresses are relative, so that it works under any path."""
    return {
        "name": configuration.nom,
        "short_name": configuration.nom[:12].strip(),
        "description": f"Les lieux d’aide au numérique : {configuration.nom}",
        "lang": "fr",
        "dir": "ltr",
        "id": "./",
        "start_url": "./",
        "scope": "./",
        "display": "minimal-ui",
        "theme_color": "#0b5d57",
        "background_color": "#fdfaf4",
        "icons": [
            _icone(f"{DOSSIER}/icone-192.png", "192x192", "any"),
            _icone(f"{DOSSIER}/icone-512.png", "512x512", "any"),
            _icone(f"{DOSSIER}/icone-masque-512.png", "512x512", "maskable"),
        ],
    }


def _icone(src: str, tailles: str, usage: str) -> dict[str, str]:
    return {"src": src, "sizes": tailles, "type": "image/png", "purpose": usage}


def dessin(cote: int, part: float) -> "NDArray[np.uint8]":
    """The pin, white on green: array (cote, cote, 3). `part`: height of the pin over that of the square."""
    grille = (np.arange(cote * _SURECHANTILLON) + 0.5) / (cote * _SURECHANTILLON)
    x, y = np.meshgrid((grille - 0.5) / part, (grille - 0.5) / part + 0.5)
    # The header's pin in a square of side 1: a disc, a tip tangent to it, a hole.
    rayon, centre = 0.36, 0.38
    haut = x**2 + (y - centre) ** 2 <= rayon**2
    tangente = np.arcsin(rayon / (1 - centre))
    pointe = (y > centre) & (y < 1) & (np.abs(x) <= (1 - y) * np.tan(tangente))
    pointe &= y >= centre + rayon * np.sin(tangente)
    trou = x**2 + (y - centre) ** 2 <= 0.15**2
    masque = ((haut | pointe) & ~trou).astype(float)
    couverture = masque.reshape(cote, _SURECHANTILLON, cote, _SURECHANTILLON).mean(axis=(1, 3))[..., None]
    image: NDArray[np.uint8] = np.rint(np.array(VERT) * (1 - couverture) + np.array(PAPIER) * couverture).astype(
        np.uint8
    )
    return image


def png(image: "NDArray[np.uint8]") -> bytes:
    """An RGB array (height, width, 3) as a PNG file."""
    hauteur, largeur, _ = image.shape
    # Each line begins with its filter: 0, none.
    lignes = np.concatenate([np.zeros((hauteur, 1), np.uint8), image.reshape(hauteur, largeur * 3)], axis=1)
    entete = struct.pack(">IIBBBBB", largeur, hauteur, 8, 2, 0, 0, 0)
    morceaux = [(b"IHDR", entete), (b"IDAT", zlib.compress(lignes.tobytes(), 9)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(corps)) + nom + corps + struct.pack(">I", zlib.crc32(nom + corps))
        for nom, corps in morceaux
    )
