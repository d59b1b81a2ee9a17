"""The compressed form of each text beside it, for hosts that serve it as it is (nginx `gzip_static on`, Caddy)."""

import gzip
from collections.abc import Iterable
from functools import partial

from carte.publication import Chantier
from carte.publish.reprise import SANS_REPRISE, Reprise

TEXTES = (".html", ".css", ".js", ".json", ".geojson", ".svg", ".xml", ".csv", ".atom", ".webmanifest", ".txt", ".ics")
# A smaller answer fits in one packet either way.
OCTETS_MIN = 1_400


def ecrire(formes: Iterable[str], site: Chantier, reprise: Reprise = SANS_REPRISE) -> int:
    """Write `x.html.gz` beside each `x.html` of the site, to be called last; how many files were written.

    `formes`: of COMPRESSIONS. The same site gives the same bytes: no date nor name is kept in the compressed files.
    """
    if "gzip" not in formes:
        return 0
    textes = [c for c in site.chemins() if c.endswith(TEXTES) and site.taille(c) >= OCTETS_MIN]
    with reprise.pages("précompression", site) as pages:
        for chemin in textes:
            pages.ecrire(partial(_reduire, chemin, site), chemin, site.empreintes[chemin])
    return len(textes)


def _reduire(chemin: str, site: Chantier) -> None:
    site.ecrire(f"{chemin}.gz", gzip.compress(site.lire(chemin), 9, mtime=0))
