"""The site map for search engines: every page that a visitor may land on."""

from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from carte.config import Configuration

# A page that only sends its visitor elsewhere says so to robots, and is not listed.
_REDIRECTION = 'content="noindex"'


def ecrire(configuration: "Configuration", dossier: Path) -> None:
    """Write `sitemap.xml` from the pages found in `dossier`.

    The date is that of the publication, not of the build, so that two builds are identical.
    """
    jour = configuration.date_publication.isoformat()
    lignes = [
        f"<url><loc>{escape(configuration.url + chemin)}</loc><lastmod>{jour}</lastmod></url>"
        for chemin in sorted(_pages(dossier))
    ]
    corps = "\n".join(lignes)
    (dossier / "sitemap.xml").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{corps}\n</urlset>\n',
        encoding="utf-8",
    )


def _pages(dossier: Path) -> list[str]:
    pages = []
    for fichier in dossier.rglob("index.html"):
        if _REDIRECTION not in fichier.read_text(encoding="utf-8"):
            chemin = fichier.parent.relative_to(dossier).as_posix()
            pages.append("" if chemin == "." else f"{chemin}/")
    return pages
