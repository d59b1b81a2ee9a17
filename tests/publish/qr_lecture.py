"""Reads a QR code back from its drawing, by the standard (ISO/IEC 18004) and without the library that made it.

A clean drawing only: modules are read, errors are not corrected. Byte mode, versions 1 to 9, level M.
"""

import base64
import struct
import zlib
from collections.abc import Iterator

Grille = list[list[bool]]
# Level M: (data codewords of each block), by version.
_BLOCS = {
    1: [16], 2: [28], 3: [44], 4: [32] * 2, 5: [43] * 2, 6: [27] * 4, 7: [31] * 4,
    8: [38] * 2 + [39] * 2, 9: [36] * 3 + [37] * 2,
}  # fmt: skip
_ALIGNEMENTS = {1: (), 2: (6, 18), 3: (6, 22), 4: (6, 26), 5: (6, 30), 6: (6, 34), 7: (6, 22, 38), 8: (6, 24, 42)}
_ALIGNEMENTS[9] = (6, 26, 46)
_MASQUES = (
    lambda i, j: (i + j) % 2 == 0,
    lambda i, j: i % 2 == 0,
    lambda i, j: j % 3 == 0,
    lambda i, j: (i + j) % 3 == 0,
    lambda i, j: (i // 2 + j // 3) % 2 == 0,
    lambda i, j: i * j % 2 + i * j % 3 == 0,
    lambda i, j: (i * j % 2 + i * j % 3) % 2 == 0,
    lambda i, j: ((i + j) % 2 + i * j % 3) % 2 == 0,
)


def lire(image: str) -> str:
    """The text of the code of a PNG in a `data:` address: one bit a pixel, one pixel a module, 4 of them around."""
    grille = _grille(image)
    version = (len(grille) - 17) // 4
    masque = _MASQUES[_format(grille) & 7]
    bits = [grille[i][j] ^ masque(i, j) for i, j in _parcours(len(grille), version)]
    mots = [sum(bit << (7 - rang) for rang, bit in enumerate(bits[k : k + 8])) for k in range(0, len(bits) - 7, 8)]
    flux = "".join(f"{mot:08b}" for mot in _desentrelacer(mots, _BLOCS[version]))
    assert flux[:4] == "0100", "mode octets attendu"
    longueur = int(flux[4:12], 2)
    return bytes(int(flux[12 + 8 * n : 20 + 8 * n], 2) for n in range(longueur)).decode()


def _grille(image: str) -> Grille:
    octets = base64.b64decode(image.removeprefix("data:image/png;base64,"), validate=True)
    assert octets.startswith(b"\x89PNG\r\n\x1a\n")
    blocs = dict(_blocs(octets[8:]))
    cote, hauteur, profondeur, couleurs = struct.unpack(">IIBB", blocs[b"IHDR"][:10])
    assert (cote, profondeur, couleurs) == (hauteur, 1, 0), "carré en noir et blanc attendu"
    lignes = zlib.decompress(blocs[b"IDAT"])
    pas = 1 + -(-cote // 8)
    assert not any(lignes[::pas]), "lignes sans filtre attendues"
    modules = []
    for debut in range(1, len(lignes), pas):
        bits = "".join(f"{octet:08b}" for octet in lignes[debut : debut + pas - 1])
        modules.append([bit == "0" for bit in bits[:cote]])
    assert not any(any(ligne[:4]) or any(ligne[-4:]) for ligne in modules), "zone blanche de 4 modules"
    return [ligne[4:-4] for ligne in modules[4:-4]]


def _blocs(octets: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Name and content of each chunk of a PNG."""
    while octets:
        taille = int.from_bytes(octets[:4], "big")
        yield octets[4:8], octets[8 : 8 + taille]
        octets = octets[12 + taille :]


def _format(grille: Grille) -> int:
    """The five bits of level and mask, unmasked; level M is 00."""
    cases = [(8, j) for j in (0, 1, 2, 3, 4)]
    brut = sum(grille[i][j] << (4 - rang) for rang, (i, j) in enumerate(cases)) ^ 0b10101
    assert brut >> 3 == 0b00, "niveau M attendu"
    return brut


def _parcours(cote: int, version: int) -> Iterator[tuple[int, int]]:
    """Data modules, two columns at a time, from the bottom right corner, up and down in turn."""
    reserves = _reserves(cote, version)
    droite, montant = cote - 1, True
    while droite > 0:
        if droite == 6:
            droite -= 1
        for i in reversed(range(cote)) if montant else range(cote):
            for j in (droite, droite - 1):
                if (i, j) not in reserves:
                    yield i, j
        droite, montant = droite - 2, not montant


def _reserves(cote: int, version: int) -> set[tuple[int, int]]:
    pris = {(i, j) for i in range(9) for j in range(9)}
    pris |= {(i, j) for i in range(9) for j in range(cote - 8, cote)}
    pris |= {(j, i) for i in range(9) for j in range(cote - 8, cote)}
    pris |= {(6, n) for n in range(cote)} | {(n, 6) for n in range(cote)}
    centres = _ALIGNEMENTS[version]
    coins = {(6, 6), (6, cote - 7), (cote - 7, 6)}
    for i, j in ((i, j) for i in centres for j in centres if (i, j) not in coins):
        pris |= {(i + u, j + v) for u in range(-2, 3) for v in range(-2, 3)}
    if version >= 7:
        pris |= {(i, j) for i in range(6) for j in range(cote - 11, cote - 8)}
        pris |= {(j, i) for i in range(6) for j in range(cote - 11, cote - 8)}
    return pris


def _desentrelacer(mots: list[int], blocs: list[int]) -> list[int]:
    ranges: list[list[int]] = [[] for _ in blocs]
    suite = iter(mots)
    for rang in range(max(blocs)):
        for bloc, taille in zip(ranges, blocs, strict=True):
            if rang < taille:
                bloc.append(next(suite))
    return [mot for bloc in ranges for mot in bloc]
