"""A PDF read without a library: its streams, and its objects even when they are compressed together."""

import re
import zlib

_MOT = re.compile(r'<word xMin="([-.\d]+)" yMin="([-.\d]+)" xMax="([-.\d]+)" yMax="([-.\d]+)">([^<]*)</word>')


def flux(octets: bytes) -> bytes:
    """Every stream of a PDF, inflated."""
    morceaux = []
    for brut in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", octets, flags=re.DOTALL):
        try:
            morceaux.append(zlib.decompress(brut))
        except zlib.error:
            morceaux.append(brut)
    return b"\n".join(morceaux)


def chevauchements(boites: str) -> list[tuple[str, str]]:
    """Pairs of words that are written one over the other, in what `pdftotext -bbox` says of a document."""
    trouves = []
    for page in boites.split("<page ")[1:]:
        mots = sorted(
            (float(haut), float(gauche), float(droite), float(bas), mot)
            for gauche, haut, droite, bas, mot in _MOT.findall(page)
        )
        for rang, (haut, gauche, droite, bas, mot) in enumerate(mots):
            for autre_haut, autre_gauche, autre_droite, autre_bas, autre in mots[rang + 1 :]:
                if autre_haut > bas:
                    break
                hauteur = min(bas, autre_bas) - max(haut, autre_haut)
                if hauteur > (bas - haut) / 2 and min(droite, autre_droite) - max(gauche, autre_gauche) > 1:
                    trouves.append((mot, autre))
    return trouves
