"""Reads a QR code back from its drawing, by the standard (ISO/IEC 18004) and without the library that made it.

A clean drawing only: modules are read, errors are not corrected. Byte mode, versions 1 to 9, level M.
"""

import re
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


def lire(svg: str) -> str:
    """The text of the code drawn in an SVG (one path of horizontal strokes, 4 modules of quiet zone)."""
    grille = _grille(svg)
    version = (len(grille) - 17) // 4
    masque = _MASQUES[_format(grille) & 7]
    bits = [grille[i][j] ^ masque(i, j) for i, j in _parcours(len(grille), version)]
    mots = [sum(bit << (7 - rang) for rang, bit in enumerate(bits[k : k + 8])) for k in range(0, len(bits) - 7, 8)]
    flux = "".join(f"{mot:08b}" for mot in _desentrelacer(mots, _BLOCS[version]))
    assert flux[:4] == "0100", "mode octets attendu"
    longueur = int(flux[4:12], 2)
    return bytes(int(flux[12 + 8 * n : 20 + 8 * n], 2) for n in range(longueur)).decode()


def _grille(svg: str) -> Grille:
    vue = re.search(r'viewBox="0 0 (\d+) \1"', svg)
    trace = re.search(r'<path[^>]* d="([^"]+)"', svg)
    assert vue
    assert trace
    cote = int(vue.group(1))
    modules = [[False] * cote for _ in range(cote)]
    x, y = 0.0, 0.0
    for ordre, nombres in re.findall(r"([Mmh])([-\d. ]+)", trace.group(1)):
        valeurs = [float(n) for n in nombres.split()]
        if ordre == "h":
            for pas in range(int(valeurs[0])):
                modules[int(y)][int(x) + pas] = True
            x += valeurs[0]
        else:
            x, y = (valeurs[0], valeurs[1]) if ordre == "M" else (x + valeurs[0], y + valeurs[1])
    assert not any(any(ligne[:4]) or any(ligne[-4:]) for ligne in modules), "zone blanche de 4 modules"
    return [ligne[4:-4] for ligne in modules[4:-4]]


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
