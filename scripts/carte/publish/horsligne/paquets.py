"""Many pages in one file: the lines that pages share are stored once.

Pages made from the same templates differ by few lines. `lignes` holds each distinct line in the order of its first
use; a page is a list of runs (start, length, start, length…) of that list. The worker joins them with line feeds.
"""

import json
from collections.abc import Iterable, Mapping


def paquet(pages: Mapping[str, str]) -> bytes:
    """The JSON of `{path: HTML}`: `{"lignes": […], "pages": {path: [start, length, …]}}`."""
    rangs: dict[str, int] = {}
    suites = {
        chemin: _suites(rangs.setdefault(ligne, len(rangs)) for ligne in html.split("\n"))
        for chemin, html in pages.items()
    }
    contenu = {"lignes": list(rangs), "pages": suites}
    return json.dumps(contenu, ensure_ascii=False, separators=(",", ":")).encode()


def _suites(rangs: Iterable[int]) -> list[int]:
    """`[4, 5, 6, 2]` → `[4, 3, 2, 1]`."""
    suites: list[int] = []
    for rang in rangs:
        if suites and rang == suites[-2] + suites[-1]:
            suites[-1] += 1
        else:
            suites += [rang, 1]
    return suites
