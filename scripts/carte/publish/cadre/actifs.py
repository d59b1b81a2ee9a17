"""Styles, browser modules and libraries: gathered under one folder named after their content."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from carte.publish.cadre import assemblage, bibliotheques, polices, styles

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
    """Make and read every static file of the site.

    Raises BibliothequeAbsente when node_modules lacks one, AssemblageImpossible when one of ours is not well written.
    """
    feuille = styles.feuille(racine / "site_src" / "styles")
    fichiers = {"styles/carte.css": assemblage.reduire(racine, feuille, "carte.css")}
    fichiers["vendor/mkdocs-material/LICENSE.txt"] = styles.licence_du_theme()
    fichiers |= {f"modules/{nom}": octets for nom, octets in assemblage.modules(racine).items()}
    fichiers |= {f"vendor/{nom}": _bibliotheque(racine, chemin) for nom, chemin in BIBLIOTHEQUES.items()}
    fichiers |= polices.servies(racine) | polices.des_langues(racine)
    empreinte = hashlib.sha256()
    for nom, octets in fichiers.items():
        empreinte.update(nom.encode() + b"\0" + octets + b"\0")
    return Actifs(f"assets/carte-{empreinte.hexdigest()[:12]}", fichiers)


def _bibliotheque(racine: Path, chemin: str) -> bytes:
    octets = bibliotheques.fichier(racine, chemin).read_bytes()
    if chemin.endswith((".js", ".css")):
        # A source map is not shipped: the browser's tools would ask for it in vain.
        octets = b"\n".join(ligne for ligne in octets.split(b"\n") if b"sourceMappingURL=" not in ligne)
    return styles.en_couche(styles.CARTOGRAPHIE, octets) if chemin.endswith(".css") else octets
