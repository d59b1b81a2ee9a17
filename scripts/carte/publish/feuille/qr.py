"""The QR code of a page, as an image that a page or a sheet holds within itself.

segno draws one code of each size; the others of that size differ only by the modules that carry the text, which are
computed here on whole arrays: the same image as segno's, fifteen times faster, and a site has one code per place.
"""

import base64
import struct
import zlib
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import cycle, islice, pairwise, zip_longest
from typing import Any

import numpy as np
import segno
from numpy.typing import NDArray
from segno import consts

# Any of the eight masks makes a valid code, which says the one it has. To try them all and keep the easiest to read
# costs ten times the code itself; this one is the easiest of eight for most addresses of records, and 3 % from it on
# average, by the standard's own penalties (measured on the demonstration).
_MASQUE = 2
_BORD = 4
"""Modules of quiet zone that readers need."""
_REMPLISSAGE = (0xEC, 0x11)
# From this version on, the length of the text is written on two bytes.
_LONG = 10
_VERSIONS = range(1, 41)

Octets = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class _Modele:
    """What all codes of one version share.

    `octets`: bytes of data, filling included; `blocs`: for each block, its slice of them and the correction that each
    value of each byte adds (byte × value × correction); `rangs`: order of all these bytes in the message;
    `fond`: the image without text, one bit a pixel (1: white), each line after its filter byte; `places`: of each bit.
    """

    octets: int
    blocs: tuple[tuple[slice, Octets], ...]
    rangs: NDArray[np.intp]
    fond: Octets
    places: NDArray[np.intp]


# The fiche and the sheet show the same code.
@lru_cache(maxsize=65_536)
def image(adresse: str) -> str:
    """The code of `adresse` as a `data:` address: a PNG of one pixel a module, medium correction, with the quiet zone
    that readers need (4 modules). About 450 bytes, a fifth of the same drawing in SVG; to be shown without smoothing.
    """
    texte = adresse.encode()
    version = next(v for v in _VERSIONS if len(texte) <= _octets(v) - (2 if v < _LONG else 3))
    modele = _modele(version)
    donnees = np.frombuffer(_donnees(texte, version, modele.octets), dtype=np.uint8)
    morceaux = [donnees]
    for tranche, corrections in modele.blocs:
        bloc = donnees[tranche]
        morceaux.append(np.bitwise_xor.reduce(corrections[np.arange(len(bloc)), bloc]))
    pixels = modele.fond.copy()
    pixels.reshape(-1)[modele.places] ^= np.unpackbits(np.concatenate(morceaux)[modele.rangs])
    cote = modele.fond.shape[0]
    return f"data:image/png;base64,{base64.b64encode(_png(np.packbits(pixels).tobytes(), cote)).decode()}"


def _donnees(texte: bytes, version: int, octets: int) -> bytes:
    """Mode « bytes » (4), length, text, end (0), one byte more as segno does, then the standard's filling."""
    longueur = f"{len(texte):02x}" if version < _LONG else f"{len(texte):04x}"
    utiles = bytes.fromhex(f"4{longueur}{texte.hex()}000")[:octets]
    return utiles + bytes(islice(cycle(_REMPLISSAGE), octets - len(utiles)))


def _png(lignes: bytes, cote: int) -> bytes:
    """A square image of one bit a pixel."""
    morceaux = (
        (b"IHDR", struct.pack(">2I5B", cote, cote, 1, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(lignes, 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(contenu)) + nom + contenu + struct.pack(">I", zlib.crc32(nom + contenu))
        for nom, contenu in morceaux
    )


def _blocs(version: int) -> list[tuple[int, int]]:
    """Bytes of data, and of correction, of each block."""
    niveaux: Any = consts.ECC[version]
    sortes = niveaux[consts.ERROR_LEVEL_M]
    return [(s.num_data, s.num_total - s.num_data) for s in sortes for _ in range(s.num_blocks)]


@cache
def _octets(version: int) -> int:
    return sum(donnees for donnees, _ in _blocs(version))


@cache
def _modele(version: int) -> _Modele:
    blocs = _blocs(version)
    octets = _octets(version)
    debuts = np.cumsum([0, *(donnees for donnees, _ in blocs)]).tolist()
    correction = blocs[0][1]  # the same for all blocks of a code
    rangs = _entrelacer([range(d, f) for d, f in pairwise(debuts)])
    rangs += _entrelacer([range(octets + k * correction, octets + (k + 1) * correction) for k in range(len(blocs))])
    fond, places = _fond(version)
    return _Modele(
        octets,
        tuple((slice(d, d + n), _corrections(n, e)) for d, (n, e) in zip(debuts, blocs, strict=False)),
        np.array(rangs),
        fond,
        places[: 8 * len(rangs)],
    )


def _entrelacer(suites: list[range]) -> list[int]:
    """The first of each, then the second of each…"""
    return [rang for ensemble in zip_longest(*suites) for rang in ensemble if rang is not None]


@cache
def _corrections(donnees: int, correction: int) -> Octets:
    """Reed-Solomon: what each value of each byte of a block adds to its correction."""
    puissances = np.array(consts.GALIOS_EXP, dtype=np.uint8)
    logarithmes = np.array(consts.GALIOS_LOG)
    generateur = np.array(list(consts.GEN_POLY[correction]))
    table = np.zeros((donnees, 256, correction), dtype=np.uint8)
    # The last byte of the block first: one before it, the same remainder is divided once more.
    reste = np.zeros((256, correction), dtype=np.uint8)
    tete = np.arange(256)
    for rang in range(donnees - 1, -1, -1):
        suite = np.hstack([reste[:, 1:], np.zeros((256, 1), dtype=np.uint8)])
        produit = puissances[logarithmes[tete][:, None] + generateur]
        produit[tete == 0] = 0
        reste = suite ^ produit
        table[rang] = reste
        tete = reste[:, 0].astype(int)
    return table


def _fond(version: int) -> tuple[Octets, NDArray[np.intp]]:
    """The image of a version without text, and the place in it of each bit of the message, in order."""
    code = segno.make("x", version=version, error="m", mode="byte", boost_error=False, mask=_MASQUE)
    sortes = np.array([list(ligne) for ligne in code.matrix_iter(border=0, verbose=True)])
    libres = (sortes == consts.TYPE_DATA_LIGHT) | (sortes == consts.TYPE_DATA_DARK)
    libres[8, -9] = True  # segno 1.6 takes it for one of the eight modules of the format, which begin just after
    colonnes = np.arange(len(sortes))
    sombres = np.where(libres, colonnes % 3 == 0, sortes >> 8 > 0)
    cote = len(sortes) + 2 * _BORD
    fond = np.zeros((cote, 8 + -(-cote // 8) * 8), dtype=np.uint8)
    fond[:, 8 : 8 + cote] = 1
    debut = 8 + _BORD
    fond[_BORD:-_BORD, debut : debut + len(sortes)] = ~sombres
    places = [(i + _BORD) * fond.shape[1] + j + debut for i, j in _parcours(len(sortes)) if libres[i, j]]
    return fond, np.array(places)


def _parcours(cote: int) -> list[tuple[int, int]]:
    """Modules in the order of the message: by columns two wide, from the right, upwards then downwards.

    The column of the timing pattern (6) is left out."""
    droites = [d if d > 6 else d - 1 for d in range(cote - 1, 0, -2)]
    return [
        (cote - 1 - pas if rang % 2 == 0 else pas, colonne)
        for rang, droite in enumerate(droites)
        for pas in range(cote)
        for colonne in (droite, droite - 1)
    ]
