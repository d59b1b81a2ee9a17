"""The compressed form of each text beside it, for hosts that serve it as it is (nginx `gzip_static on`, Caddy)."""

import gzip
from collections.abc import Iterable

from carte.publication import Chantier

TEXTES = (".html", ".css", ".js", ".json", ".geojson", ".svg", ".xml", ".csv", ".atom", ".webmanifest", ".txt", ".ics")
# A smaller answer fits in one packet either way.
OCTETS_MIN = 1_400


def ecrire(formes: Iterable[str], site: Chantier) -> int:
    """Write `x.html.gz` beside each `x.html` of the site, to be called last; how many files were written.

    `formes`: of COMPRESSIONS. The same site gives the same bytes: no date nor name is kept in the compressed files.
    """
    ecrits = 0
    for chemin in site.chemins() if "gzip" in formes else ():
        if chemin.endswith(TEXTES) and site.taille(chemin) >= OCTETS_MIN:
            site.ecrire(f"{chemin}.gz", gzip.compress(site.lire(chemin), 9, mtime=0))
            ecrits += 1
    return ecrits
