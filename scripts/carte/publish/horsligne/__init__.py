"""Offline: the list of what the browser keeps, read from the files of the site once they are all written.

Nothing here knows how a page or a data file was made: a département is what lies under its code.
"""

import gzip
import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from carte.publication import Chantier
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
_PAGE_D_OUTIL = re.compile(r"[^/]+/index\.html")
_FICHE = re.compile(r"lieux/[^/]+/[^/]+/index\.html")
_MODULE_DE_PAGE = re.compile(r'<script[^>]+src="(?:\.\./)*(assets/[^"]+\.js)"')
# The map's page and what it alone reads: in a large deployment they come when somebody opens it.
_CARTE = re.compile(r"^carte/|/vendor/leaflet|/modules/carte\.js$|^donnees/cartes/")
# Letters of other languages are kept once a page had some.
_ACTIFS_EN_LIGNE = ("/rapport", "LICENSE", "/latin-ext-", "/polices/langues/")


def ecrire(configuration: "Configuration", atlas: "Atlas", site: Chantier, reprise: Reprise = SANS_REPRISE) -> None:
    """Write one bundle per département, and `service.js`. To be called last.

    The version of the worker is a hash of everything published, so that any change renews what is kept.
    """
    pages = _pages(atlas, site)
    donnees = _donnees(pages, site)
    departements = {
        code: _departement(code, siennes, donnees[code], configuration, atlas, site, reprise)
        for code, siennes in sorted(pages.items())
    }
    tous = coquille(site, departements)
    petit = len(configuration.departements) <= AUTOMATIQUE_MAX
    carte = [] if petit else [chemin for chemin in tous if _CARTE.search(chemin)]
    plan = {
        "version": _version(site),
        "coquille": [chemin for chemin in tous if chemin not in carte],
        "carte": carte,
        "departements": departements,
    }
    scripts = b"".join((RACINE / "site_src" / "service" / nom).read_bytes() for nom in ("gonfler.js", "ouvrier.js"))
    source = reduire(RACINE, scripts, "ouvrier.js").decode()
    texte = json.dumps(plan, ensure_ascii=False, separators=(",", ":"))
    site.ecrire(SERVICE, f"const PLAN = {texte};\n{source}")


def coquille(site: Chantier, departements: Mapping[str, Any]) -> list[str]:
    """Site-relative paths of what every visitor keeps: tool pages, styles, modules, the gazetteer when it is small."""
    pages = [""] + [
        page.removesuffix("index.html")
        for page in site.chemins()
        if _PAGE_D_OUTIL.fullmatch(page) and page.partition("/")[0] not in _PAGES_EN_LIGNE
    ]
    pages += ["lieux/"] if "lieux/index.html" in site.empreintes else []
    utiles = _modules_utiles(site, pages)
    actifs = [
        chemin
        for chemin in site.chemins("assets/")
        if chemin.endswith((".css", ".js", ".svg", ".woff2"))
        and not any(morceau in chemin for morceau in _ACTIFS_EN_LIGNE)
        and ("/modules/" not in chemin or chemin in utiles)
    ]
    outils = [c for c in site.chemins("carte/") if c.endswith((".css", ".js"))]
    return [*pages, *actifs, *outils, *_donnees_communes(site, departements)]


def _modules_utiles(site: Chantier, pages: list[str]) -> set[str]:
    """The modules that the shell's pages and the fiches load, as site-relative paths: each is whole."""
    fiche = next((page for page in site.chemins("lieux/") if _FICHE.fullmatch(page)), "index.html")
    textes = [site.lire(page).decode() for page in {*(f"{page}index.html" for page in pages), fiche}]
    return {chemin for texte in textes for chemin in _MODULE_DE_PAGE.findall(texte)}


def _donnees_communes(site: Chantier, departements: Mapping[str, Any]) -> list[str]:
    """Data that belong to no département, directly in their folder, while they are small."""
    gardees, total = [], 0
    for dossier_donnees in ("donnees/feuille", "donnees/recherche", "donnees/cartes", "donnees"):
        for chemin in site.chemins(f"{dossier_donnees}/"):
            nom = chemin.removeprefix(f"{dossier_donnees}/")
            if "/" in nom or not nom.endswith(".json"):
                continue
            utile = dossier_donnees != "donnees" or nom == "calendriers.json"
            if utile and nom.removesuffix(".json") not in departements:
                octets = site.taille(chemin)
                if total + octets <= DONNEES_COQUILLE_MAX:
                    total += octets
                    gardees.append(chemin)
    return gardees


def _departement(
    code: str,
    pages: list[str],
    adresses: list[str],
    configuration: "Configuration",
    atlas: "Atlas",
    site: Chantier,
    reprise: Reprise,
) -> dict[str, Any]:
    # Compressed once here: as they are, the bundles of a country weigh as much as half of its pages.
    contenu = reprise.du_contenu(
        "hors ligne",
        lambda: gzip.compress(paquet({page: _html(site, page) for page in pages}), 9, mtime=0),
        chain.from_iterable((page, site.empreintes[f"{page}index.html"]) for page in pages),
    )
    chemin = f"{PAQUETS}/{code}.{hashlib.sha256(contenu).hexdigest()[:12]}.bin"
    site.ecrire(chemin, contenu)
    petit = len(configuration.departements) <= AUTOMATIQUE_MAX
    adresses = [a for a in adresses if petit or not _CARTE.search(a)]
    voyagent = reprise.du_contenu(
        "octets", lambda: _compresses(map(site.lire, adresses)), [site.empreintes[adresse] for adresse in adresses]
    )
    return {
        "nom": atlas.nom_du_departement(code),
        "octets": len(contenu) + voyagent,
        "automatique": petit and code in configuration.departements,
        "paquet": chemin,
        "adresses": adresses,
    }


def _compresses(morceaux: Iterable[bytes]) -> int:
    """Bytes that travel."""
    return sum(len(gzip.compress(morceau, 6, mtime=0)) for morceau in morceaux)


def _html(site: Chantier, page: str) -> str:
    return site.lire(f"{page}index.html").decode()


def _pages(atlas: "Atlas", site: Chantier) -> dict[str, list[str]]:
    """The pages of each département that has a fiche or a commune; an EPCI across a border is in both."""
    pages: dict[str, list[str]] = defaultdict(list)
    for racine in ("lieux", "noms", "communes"):
        for chemin in site.chemins(f"{racine}/"):
            _, *parties, nom = chemin.split("/")
            if nom == "index.html" and parties:
                commune = atlas.communes.get(parties[-1]) if racine == "communes" else None
                pages[commune.departement if commune else parties[0]].append(chemin.removesuffix("index.html"))
    for epci in atlas.epci.values():
        for code in sorted({commune.departement for commune in epci.communes}):
            pages[code].append(f"epci/{epci.code}/")
    return pages


def _donnees(codes: Iterable[str], site: Chantier) -> dict[str, list[str]]:
    """The data files of each département: under its code, and its communes in a large gazetteer (`d-<code>`). The
    numbered files of the directories of names, or of another département, are not its own."""
    fichiers: dict[str, list[str]] = {code: [] for code in codes}
    for chemin in site.chemins("donnees/"):
        _, *parties = PurePosixPath(chemin).with_suffix("").parts
        communes = parties[-1].removeprefix("d-") if parties[-1].startswith("d-") else ""
        for code in fichiers.keys() & {parties[:2][-1], communes}:
            fichiers[code].append(chemin)
    return fichiers


def _version(site: Chantier) -> str:
    tous = (f"{chemin}\0{site.empreintes[chemin]}" for chemin in site.chemins() if chemin != SERVICE)
    return hashlib.sha256("".join(tous).encode()).hexdigest()[:16]
