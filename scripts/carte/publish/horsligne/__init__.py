"""Offline: the list of what the browser keeps, read from the files of the site once they are all written.

Nothing here knows how a page or a data file was made: a département is what lies under its code.
"""

import gzip
import hashlib
import json
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from carte.publish.cadre.assemblage import reduire
from carte.publish.cadre.contexte import RACINE
from carte.publish.horsligne.paquets import paquet
from carte.publish.reprise import SANS_REPRISE, Reprise

if TYPE_CHECKING:
    from carte.config import Configuration
    from carte.publish.atlas import Atlas

SERVICE = "service.js"
PAQUETS = "donnees/hors-ligne"
# In a small deployment, searching a département is enough to keep it; in a large one a search near a border would
# bring several: there, one of its pages must have been opened.
AUTOMATIQUE_MAX = 4
# A gazetteer beyond this stays on the network, piece by piece.
DONNEES_COQUILLE_MAX = 400_000
# Written pages that nobody opens in front of a person in need.
_PAGES_EN_LIGNE = (
    *("communes", "epci", "lieux", "noms", "rapports", "donnees", "nomenclature", "methode", "contribuer", "integrer"),
    *("ajouter", "corriger"),
)
_PAGES_EN_PAQUET = ("lieux/", "noms/", "communes/", "epci/")
_MODULE_DE_PAGE = re.compile(r'<script[^>]+src="(?:\.\./)*(assets/[^"]+\.js)"')
# The map's page and what it alone reads: in a large deployment they come when somebody opens it.
_CARTE = re.compile(r"^carte/|/vendor/leaflet|/modules/carte\.js$|^donnees/cartes/")
# Letters of other languages are kept once a page had some.
_ACTIFS_EN_LIGNE = ("/rapport", "LICENSE", "/latin-ext-", "/polices/langues/")


def ecrire(configuration: "Configuration", atlas: "Atlas", dossier: Path, reprise: Reprise = SANS_REPRISE) -> None:
    """Write one bundle per département, and `service.js`. To be called last.

    The version of the worker is a hash of everything published, so that any change renews what is kept.
    """
    pages = _pages(atlas, dossier)
    donnees = _donnees(pages, dossier)
    departements = {
        code: _departement(code, siennes, donnees[code], configuration, atlas, dossier, reprise)
        for code, siennes in sorted(pages.items())
    }
    tous = coquille(dossier, departements)
    petit = len(configuration.departements) <= AUTOMATIQUE_MAX
    carte = [] if petit else [chemin for chemin in tous if _CARTE.search(chemin)]
    plan = {
        "version": _version(dossier),
        "coquille": [chemin for chemin in tous if chemin not in carte],
        "carte": carte,
        "departements": departements,
    }
    scripts = b"".join((RACINE / "site_src" / "service" / nom).read_bytes() for nom in ("gonfler.js", "ouvrier.js"))
    source = reduire(RACINE, scripts, "ouvrier.js").decode()
    texte = json.dumps(plan, ensure_ascii=False, separators=(",", ":"))
    (dossier / SERVICE).write_text(f"const PLAN = {texte};\n{source}", encoding="utf-8")


def coquille(dossier: Path, departements: Mapping[str, Any]) -> list[str]:
    """Site-relative paths of what every visitor keeps: tool pages, styles, modules, the gazetteer when it is small."""
    pages = [""] + [
        f"{page.parent.name}/"
        for page in sorted(dossier.glob("*/index.html"))
        if page.parent.name not in _PAGES_EN_LIGNE
    ]
    pages += ["lieux/"] if (dossier / "lieux" / "index.html").is_file() else []
    utiles = _modules_utiles(dossier, pages)
    actifs = [
        chemin
        for chemin in _chemins(dossier, dossier / "assets")
        if chemin.endswith((".css", ".js", ".svg", ".woff2"))
        and not any(morceau in chemin for morceau in _ACTIFS_EN_LIGNE)
        and ("/modules/" not in chemin or chemin in utiles)
    ]
    outils = [c for c in _chemins(dossier, dossier / "carte") if c.endswith((".css", ".js"))]
    return [*pages, *actifs, *outils, *_donnees_communes(dossier, departements)]


def _modules_utiles(dossier: Path, pages: list[str]) -> set[str]:
    """The modules that the shell's pages and the fiches load, as site-relative paths: each is whole."""
    fiche = next((f.parent.relative_to(dossier).as_posix() for f in sorted(dossier.glob("lieux/*/*/index.html"))), "")
    textes = [(dossier / page / "index.html").read_text(encoding="utf-8") for page in {*pages, fiche}]
    return {chemin for texte in textes for chemin in _MODULE_DE_PAGE.findall(texte)}


def _donnees_communes(dossier: Path, departements: Mapping[str, Any]) -> list[str]:
    """Data that belong to no département, directly in their folder, while they are small."""
    gardees, total = [], 0
    for dossier_donnees in ("donnees/feuille", "donnees/recherche", "donnees/cartes", "donnees"):
        for fichier in sorted((dossier / dossier_donnees).glob("*.json")):
            utile = dossier_donnees != "donnees" or fichier.name == "calendriers.json"
            if utile and fichier.stem not in departements and total + fichier.stat().st_size <= DONNEES_COQUILLE_MAX:
                total += fichier.stat().st_size
                gardees.append(fichier.relative_to(dossier).as_posix())
    return gardees


def _departement(
    code: str,
    pages: list[str],
    adresses: list[str],
    configuration: "Configuration",
    atlas: "Atlas",
    dossier: Path,
    reprise: Reprise,
) -> dict[str, Any]:
    textes = {chemin: (dossier / chemin / "index.html").read_text(encoding="utf-8") for chemin in pages}
    # Compressed once here: as they are, the bundles of a country weigh as much as half of its pages.
    contenu = reprise.du_contenu(
        "hors ligne", lambda: gzip.compress(paquet(textes), 9, mtime=0), chain.from_iterable(textes.items())
    )
    chemin = f"{PAQUETS}/{code}.{hashlib.sha256(contenu).hexdigest()[:12]}.bin"
    (dossier / chemin).parent.mkdir(parents=True, exist_ok=True)
    (dossier / chemin).write_bytes(contenu)
    petit = len(configuration.departements) <= AUTOMATIQUE_MAX
    adresses = [a for a in adresses if petit or not _CARTE.search(a)]
    donnees = [(dossier / adresse).read_bytes() for adresse in adresses]
    return {
        "nom": atlas.nom_du_departement(code),
        "octets": len(contenu) + reprise.du_contenu("octets", lambda: _compresses(donnees), donnees),
        "automatique": petit and code in configuration.departements,
        "paquet": chemin,
        "adresses": adresses,
    }


def _compresses(morceaux: Iterable[bytes]) -> int:
    """Bytes that travel."""
    return sum(len(gzip.compress(morceau, 6, mtime=0)) for morceau in morceaux)


def _pages(atlas: "Atlas", dossier: Path) -> dict[str, list[str]]:
    """The pages of each département that has a fiche or a commune; an EPCI across a border is in both."""
    pages: dict[str, list[str]] = defaultdict(list)
    for racine in ("lieux", "noms"):
        for fichier in sorted((dossier / racine).glob("*/**/index.html")):
            chemin = fichier.parent.relative_to(dossier)
            pages[chemin.parts[1]].append(f"{chemin.as_posix()}/")
    for fichier in sorted((dossier / "communes").glob("*/**/index.html")):
        chemin = fichier.parent.relative_to(dossier)
        commune = atlas.communes.get(chemin.parts[-1])
        pages[commune.departement if commune else chemin.parts[1]].append(f"{chemin.as_posix()}/")
    for epci in atlas.epci.values():
        for code in sorted({commune.departement for commune in epci.communes}):
            pages[code].append(f"epci/{epci.code}/")
    return pages


def _donnees(codes: Iterable[str], dossier: Path) -> dict[str, list[str]]:
    """The data files of each département: under its code, and its communes in a large gazetteer (`d-<code>`). The
    numbered files of the directories of names, or of another département, are not its own."""
    fichiers: dict[str, list[str]] = {code: [] for code in codes}
    for chemin in _chemins(dossier, dossier / "donnees"):
        _, *parties = Path(chemin).with_suffix("").parts
        communes = parties[-1].removeprefix("d-") if parties[-1].startswith("d-") else ""
        for code in fichiers.keys() & {parties[:2][-1], communes}:
            fichiers[code].append(chemin)
    return fichiers


def _version(dossier: Path) -> str:
    empreinte = hashlib.sha256()
    for chemin in _chemins(dossier, dossier):
        empreinte.update(chemin.encode() + b"\0")
        # A bundle is named after the content of its pages: they need not be read again.
        if chemin.startswith(f"{PAQUETS}/"):
            continue
        if not (chemin.startswith(_PAGES_EN_PAQUET) and chemin.endswith("/index.html")):
            empreinte.update(hashlib.sha256((dossier / chemin).read_bytes()).digest())
    return empreinte.hexdigest()[:16]


def _chemins(dossier: Path, sous: Path) -> Iterator[str]:
    debut = len(str(dossier)) + 1
    fichiers = [os.path.join(parent, nom)[debut:] for parent, _, noms in os.walk(sous) for nom in noms]  # noqa: PTH118
    chemins = (fichier.replace(os.sep, "/") for fichier in fichiers)
    # The worker itself, not the module of the same name that every page runs.
    yield from sorted((c for c in chemins if c != SERVICE), key=lambda chemin: chemin.split("/"))
