"""Styles, browser modules and libraries: gathered under one folder named after their content."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from carte.publish.cadre import bibliotheques, polices, styles
from carte.publish.cadre.assemblage import assembler

# Served name → file under node_modules. Licences travel with the libraries.
BIBLIOTHEQUES = {
    "leaflet/leaflet.js": "leaflet/dist/leaflet.js",
    "leaflet/leaflet.css": "leaflet/dist/leaflet.css",
    "leaflet/LICENSE.txt": "leaflet/LICENSE",
    "leaflet/images/layers.png": "leaflet/dist/images/layers.png",
    "leaflet/images/layers-2x.png": "leaflet/dist/images/layers-2x.png",
    "leaflet/images/marker-icon.png": "leaflet/dist/images/marker-icon.png",
    "leaflet/images/marker-icon-2x.png": "leaflet/dist/images/marker-icon-2x.png",
    "leaflet/images/marker-shadow.png": "leaflet/dist/images/marker-shadow.png",
    "leaflet.markercluster/leaflet.markercluster.js": "leaflet.markercluster/dist/leaflet.markercluster.js",
    "leaflet.markercluster/MarkerCluster.css": "leaflet.markercluster/dist/MarkerCluster.css",
    "leaflet.markercluster/MarkerCluster.Default.css": "leaflet.markercluster/dist/MarkerCluster.Default.css",
    "leaflet.markercluster/LICENSE.txt": "leaflet.markercluster/MIT-LICENCE.txt",
}
# Comments are for those who read the sources: a third of the bytes, on a line that may be slow. A comment that has code
# after it on its last line (a cast) stays.
_COMMENTAIRES = re.compile(rb"^[ \t]*(?://[^\n]*|/\*\*(?:(?!\*/).)*\*/[ \t]*)\n", re.MULTILINE | re.DOTALL)
# Pages that people open on a slow line: their modules come in one file.
_ASSEMBLES = ("recherche/recherche.js",)


@dataclass(frozen=True, slots=True)
class Actifs:
    """`dossier`: site-relative folder named after the content (so that caches never mix versions); `fichiers`:
    path inside it (`styles/…`, `modules/…`, `vendor/…`) → bytes."""

    dossier: str
    fichiers: dict[str, bytes]

    @property
    def feuilles(self) -> list[str]:
        """Names of the style sheets, in the order in which they apply."""
        return [nom.removeprefix("styles/") for nom in self.fichiers if nom.startswith("styles/")]


def rassembler(racine: Path) -> Actifs:
    """Read every static file of the site. Raises BibliothequeAbsente when node_modules lacks one."""
    sources = racine / "site_src"
    fichiers = {"styles/carte.css": styles.feuille(sources / "styles")}
    fichiers["vendor/mkdocs-material/LICENSE.txt"] = styles.licence_du_theme()
    modules = sources / "modules"
    fichiers |= {f"modules/{f.relative_to(modules).as_posix()}": _module(f) for f in sorted(modules.rglob("*.js"))}
    fichiers |= {f"vendor/{nom}": _bibliotheque(racine, chemin) for nom, chemin in BIBLIOTHEQUES.items()}
    fichiers |= polices.servies(racine)
    fichiers |= _assembles(fichiers)
    empreinte = hashlib.sha256()
    for nom, octets in fichiers.items():
        empreinte.update(nom.encode() + b"\0" + octets + b"\0")
    return Actifs(f"assets/carte-{empreinte.hexdigest()[:12]}", fichiers)


def _assembles(fichiers: dict[str, bytes]) -> dict[str, bytes]:
    modules = {nom.removeprefix("modules/"): octets for nom, octets in fichiers.items() if nom.startswith("modules/")}
    return {f"modules/{nom}": assembler(modules, nom) for nom in _ASSEMBLES}


def _module(fichier: Path) -> bytes:
    return _COMMENTAIRES.sub(b"", fichier.read_bytes())


def _bibliotheque(racine: Path, chemin: str) -> bytes:
    octets = bibliotheques.fichier(racine, chemin).read_bytes()
    if chemin.endswith((".js", ".css")):
        # A source map is not shipped: the browser's tools would ask for it in vain.
        octets = b"\n".join(ligne for ligne in octets.split(b"\n") if b"sourceMappingURL=" not in ligne)
    return styles.en_couche(styles.CARTOGRAPHIE, octets) if chemin.endswith(".css") else octets
