"""Many pages in one file: the lines that pages share are stored once.

Pages made from the same templates differ by few lines. `lignes` holds each distinct line in the order of its first
use; a page is a list of runs (start, length, start, length…) of that list. The worker joins them with line feeds.
"""

import json
from collections.abc import Iterable, Mapping


def paquet(pages: Mapping[str, str]) -> bytes:
    """The JSON of `{path: HTML}`: `{"lignes": […], "pages": {path: [start, length, …]}}`."""
    rangs: dict[str, int] = {}
    suites = {chemin: _suites(html.split("\n"), rangs) for chemin, html in pages.items()}
    contenu = {"lignes": list(rangs), "pages": suites}
    return json.dumps(contenu, ensure_ascii=False, separators=(",", ":")).encode()


def _suites(lignes: Iterable[str], rangs: dict[str, int]) -> list[int]:
    """The runs of a page; `rangs` receives the lines not seen yet. Ranks 4, 5, 6, 2 → `[4, 3, 2, 1]`."""
    suites: list[int] = []
    debut = attendu = -1
    for ligne in lignes:
        rang = rangs.setdefault(ligne, len(rangs))
        if rang != attendu:
            if attendu >= 0:
                suites += [debut, attendu - debut]
            debut = rang
        attendu = rang + 1
    return [*suites, debut, attendu - debut]
