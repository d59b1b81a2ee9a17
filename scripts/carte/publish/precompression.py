"""The compressed form of each text beside it, for hosts that serve it as it is (nginx `gzip_static on`, Caddy)."""

import gzip
from collections.abc import Iterable
from pathlib import Path

TEXTES = (".html", ".css", ".js", ".json", ".geojson", ".svg", ".xml", ".csv", ".atom", ".webmanifest", ".txt", ".ics")
# A smaller answer fits in one packet either way.
OCTETS_MIN = 1_400


def ecrire(formes: Iterable[str], dossier: Path) -> int:
    """Write `x.html.gz` beside each `x.html` of the site, to be called last; how many files were written.

    `formes`: of COMPRESSIONS. The same site gives the same bytes: no date nor name is kept in the compressed files.
    """
    ecrits = 0
    for fichier in sorted(dossier.rglob("*")) if "gzip" in formes else ():
        if fichier.suffix in TEXTES and fichier.is_file() and fichier.stat().st_size >= OCTETS_MIN:
            reduit = gzip.compress(fichier.read_bytes(), 9, mtime=0)
            fichier.with_name(f"{fichier.name}.gz").write_bytes(reduit)
            ecrits += 1
    return ecrits
