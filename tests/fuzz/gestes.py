"""What a transfer, a spreadsheet, a hand or an attacker does to a file: the one mutator of layers and of fuzzing."""

import random
import re
from collections.abc import Callable, Sequence

VALEURS = (
    *(b"null", b"{}", b"[]", b"true", b"abc", b"-1", b"1e999", b"NaN", b"-inf", b"", b"9" * 5_000, b"05/06/2029"),
    *(b"T4 2029", b"now", b"2029-10-31T00:00:00+02:00", b"2029-13-01", b"12:30", b"=1+1", b'"', b"\xff", b"\0"),
)
JETONS = (
    *(b"[", b"]", b"{", b"}", b"- ", b": ", b'"', b"'", b"\n", b"\t", b"  ", b" #", b"|\n", b"<<: ", b"&a ", b"*a"),
    *(
        b"\xff",
        b"\xe2\x80\xae",
        b"\xc2\xa0",
        b"\xc2\x85",
        b"\xef\xbf\xbf",
        b"\r",
        b"\0",
        b"null",
        b"1e9",
        b"--- ",
        b"%",
    ),
)
ENTIERS = (b"", b"\n", b"\xef\xbb\xbf", b"<!DOCTYPE html><p>503</p>", b"[]", b"{}", b"[null]", b"1", b'"x"', b"a: 1")
Jetons = Sequence[bytes]


def abimer(octets: bytes, hasard: random.Random, jetons: Jetons = ()) -> bytes:
    """One damage; `jetons`: pieces of the language of this file, sown among those of everybody. Any bytes are taken."""
    texte, place = octets.decode("utf-8", "replace"), hasard.randint(0, len(octets))
    lignes = octets.split(b"\n")
    rang = hasard.randrange(len(lignes))
    cases = lignes[rang].split(b";")
    cases[hasard.randrange(len(cases))] = hasard.choice(VALEURS)
    gestes: dict[str, Callable[[], bytes]] = {
        "tronquer": lambda: octets[:place],
        "autre chose": lambda: hasard.choice(ENTIERS),
        "windows": lambda: texte.encode("cp1252", "replace"),
        "utf-16": lambda: texte.encode("utf-16"),
        "bom": lambda: b"\xef\xbb\xbf" + octets,
        "inserer": lambda: octets[:place] + hasard.choice(VALEURS) + octets[place:],
        "octet": lambda: octets[:place] + bytes([hasard.randrange(256)]) + octets[place + 1 :],
        "case": lambda: b"\n".join([*lignes[:rang], b";".join(cases), *lignes[rang + 1 :]]),
        "ligne en moins": lambda: b"\n".join([*lignes[:rang], *lignes[rang + 1 :]]),
        "ligne double": lambda: b"\n".join([*lignes[: rang + 1], *lignes[rang:]]),
        "virgules": lambda: octets.replace(b";", b","),
        "autre type": lambda: _autre_type(texte, hasard),
        "sans colonne": lambda: b"\n".join(b";".join(ligne.split(b";")[1:]) for ligne in lignes),
    }
    return gestes[hasard.choice(list(gestes))]() if not jetons else semer(octets, hasard, jetons)


def semer(octets: bytes, hasard: random.Random, jetons: Jetons) -> bytes:
    """One to four pieces cut, doubled or replaced anywhere; now and then, a value after its key, or a whole damage."""
    tire = hasard.random()
    if tire < 0.15:
        return abimer(octets, hasard)
    if tire < 0.4:
        return _autre_valeur(octets, hasard, jetons)
    for _ in range(hasard.randint(1, 4)):
        place = hasard.randint(0, len(octets))
        jeton = hasard.choice(jetons) if hasard.random() < 0.7 else hasard.choice(JETONS)
        octets = octets[:place] + jeton + octets[place + hasard.choice((0, 0, 1, 2, 5, 20)) :]
    return octets


def _autre_valeur(octets: bytes, hasard: random.Random, jetons: Jetons) -> bytes:
    """One line keeps its key and takes another value."""
    lignes = octets.split(b"\n")
    rangs = [rang for rang, ligne in enumerate(lignes) if b": " in ligne]
    if not rangs:
        return octets + hasard.choice(jetons)
    rang = hasard.choice(rangs)
    cle = lignes[rang].split(b": ", 1)[0]
    valeur = hasard.choice(jetons) if hasard.random() < 0.7 else hasard.choice(VALEURS)
    return b"\n".join([*lignes[:rang], cle + b": " + valeur, *lignes[rang + 1 :]])


def _autre_type(texte: str, hasard: random.Random) -> bytes:
    """A key of a JSON takes a value of another type."""
    cles = sorted(set(re.findall(r'"(\w+)":', texte)))
    cle = hasard.choice(cles or ["x"])
    valeur = hasard.choice(("0", "[]", "{}", "null", '"x"', "[0]", '{"type": "Point"}'))
    return texte.replace(f'"{cle}":', f'"{cle}": {valeur}, "_":', hasard.choice((1, -1))).encode()
