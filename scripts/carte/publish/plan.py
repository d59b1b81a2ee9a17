"""What search engines read: the site map, in one file or by département, and where it is."""

import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from carte.config import Configuration

UN_SEUL_PLAN = 10_000
"""Pages of a site whose map is one file. A file may list 50,000 of them, but engines read small ones more often."""
PAGES_PAR_PLAN = 50_000
DOSSIER = "plans"
# A page that only sends its visitor elsewhere says so to robots, and is not listed.
_REDIRECTION = 'content="noindex"'
_DEPARTEMENT = re.compile(r"(?:lieux|noms|communes|rapports)/([0-9][0-9AB][0-9]?)/")
_ESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def ecrire(configuration: "Configuration", dossier: Path) -> None:
    """Write `sitemap.xml` from the pages found in `dossier`, and `robots.txt`.

    Beyond UN_SEUL_PLAN pages, `sitemap.xml` is the index of the maps of each département, in `plans/`. The date is that
    of the publication, not of the build, so that two builds are identical.
    """
    pages = sorted(_pages(dossier))
    jour = f"<lastmod>{configuration.date_publication.isoformat()}</lastmod>"
    if len(pages) > UN_SEUL_PLAN:
        (dossier / DOSSIER).mkdir(exist_ok=True)
        lots = _par_departement(pages)
        for nom, lot in lots.items():
            _ecrire(dossier / DOSSIER / nom, "urlset", "url", _adresses(configuration, lot), jour)
        plans = [f"{DOSSIER}/{nom}" for nom in lots]
        _ecrire(dossier / "sitemap.xml", "sitemapindex", "sitemap", _adresses(configuration, plans), jour)
    else:
        _ecrire(dossier / "sitemap.xml", "urlset", "url", _adresses(configuration, pages), jour)
    texte = f"User-agent: *\nAllow: /\nSitemap: {configuration.url}sitemap.xml\n"
    (dossier / "robots.txt").write_text(texte, encoding="utf-8")


def _par_departement(pages: Sequence[str]) -> dict[str, list[str]]:
    """Name of a map → its pages: those of each département, then the others."""
    par_code: dict[str, list[str]] = defaultdict(list)
    for chemin in pages:
        trouve = _DEPARTEMENT.match(chemin)
        par_code[trouve[1] if trouve else "site"].append(chemin)
    return {
        f"{code}-{debut // PAGES_PAR_PLAN + 1}.xml" if debut else f"{code}.xml": lot[debut : debut + PAGES_PAR_PLAN]
        for code, lot in sorted(par_code.items())
        for debut in range(0, len(lot), PAGES_PAR_PLAN)
    }


def _adresses(configuration: "Configuration", chemins: Sequence[str]) -> list[str]:
    return [escape(configuration.url + chemin) for chemin in chemins]


def _ecrire(fichier: Path, racine: str, element: str, adresses: Sequence[str], jour: str) -> None:
    corps = "\n".join(f"<{element}><loc>{adresse}</loc>{jour}</{element}>" for adresse in adresses)
    texte = f'<?xml version="1.0" encoding="UTF-8"?>\n<{racine} xmlns="{_ESPACE}">\n{corps}\n</{racine}>\n'
    fichier.write_text(texte, encoding="utf-8")


def _pages(dossier: Path) -> list[str]:
    pages = []
    for fichier in dossier.rglob("index.html"):
        if _REDIRECTION not in fichier.read_text(encoding="utf-8"):
            chemin = fichier.parent.relative_to(dossier).as_posix()
            pages.append("" if chemin == "." else f"{chemin}/")
    return pages
