"""What search engines read: the site map, in one file or by département, and where it is."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain, groupby
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from carte.publication import Chantier
from carte.publish.reprise import SANS_REPRISE, Reprise

if TYPE_CHECKING:
    from carte.config import Configuration

UN_SEUL_PLAN = 10_000
"""Pages of a site whose map is one file. A file may list 50,000 of them, but engines read small ones more often."""
PAGES_PAR_PLAN = 50_000
DOSSIER = "plans"
# A page that only sends its visitor elsewhere says so to robots, and is not listed.
_REDIRECTION = b'content="noindex"'
_DEPARTEMENT = re.compile(r"(?:lieux|noms|communes|rapports)/([0-9][0-9AB][0-9]?)/")
_ESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def ecrire(configuration: "Configuration", site: Chantier, reprise: Reprise = SANS_REPRISE) -> None:
    """Write `sitemap.xml` from the pages of the site, and `robots.txt`.

    Beyond UN_SEUL_PLAN pages, `sitemap.xml` is the index of the maps of each département, in `plans/`. The date is that
    of the publication, not of the build, so that two builds are identical.
    """
    pages = sorted(_pages(site, reprise))
    jour = f"<lastmod>{configuration.date_publication.isoformat()}</lastmod>"
    if len(pages) > UN_SEUL_PLAN:
        lots = _par_departement(pages)
        for nom, lot in lots.items():
            site.ecrire(f"{DOSSIER}/{nom}", _plan("urlset", "url", _adresses(configuration, lot), jour))
        plans = [f"{DOSSIER}/{nom}" for nom in lots]
        site.ecrire("sitemap.xml", _plan("sitemapindex", "sitemap", _adresses(configuration, plans), jour))
    else:
        site.ecrire("sitemap.xml", _plan("urlset", "url", _adresses(configuration, pages), jour))
    texte = f"User-agent: *\nAllow: /\nSitemap: {configuration.url}sitemap.xml\n"
    site.ecrire("robots.txt", texte)


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


def _plan(racine: str, element: str, adresses: Sequence[str], jour: str) -> str:
    corps = "\n".join(f"<{element}><loc>{adresse}</loc>{jour}</{element}>" for adresse in adresses)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{racine} xmlns="{_ESPACE}">\n{corps}\n</{racine}>\n'


def _pages(site: Chantier, reprise: Reprise) -> Iterator[str]:
    """The pages to list. They are read by département, about: what is as it was is not read again."""
    pages = sorted(chemin for chemin in site.empreintes if chemin.rpartition("/")[2] == "index.html")
    for dossier, groupe in groupby(pages, lambda page: page[: page.find("/") + 3]):
        siennes = tuple(groupe)
        lues = chain.from_iterable((page, site.empreintes[page]) for page in siennes)
        yield from reprise.du_contenu(f"plan {dossier}", partial(_a_lister, siennes, site), lues)


def _a_lister(pages: Sequence[str], site: Chantier) -> list[str]:
    return [page.removesuffix("index.html") for page in pages if _REDIRECTION not in site.lire(page)]
