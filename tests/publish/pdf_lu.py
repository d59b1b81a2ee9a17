"""A PDF read without a library: its streams, and its objects even when they are compressed together."""

import re
import zlib


def flux(octets: bytes) -> bytes:
    """Every stream of a PDF, inflated."""
    morceaux = []
    for brut in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", octets, flags=re.DOTALL):
        try:
            morceaux.append(zlib.decompress(brut))
        except zlib.error:
            morceaux.append(brut)
    return b"\n".join(morceaux)
