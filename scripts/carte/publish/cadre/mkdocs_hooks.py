"""The only place where mkdocs meets the build: it brings the deployment, the generated pages and the layout in.

A page made by the build is Markdown when its path ends with `.md`, else an HTML fragment (`.html`) that is published as
it is: its first <h1> gives the title, its <h2 id> the summary. Fragments must be escaped by the one who made them.
"""

import html
import json
import re
from typing import TYPE_CHECKING

from jinja2 import Environment, StrictUndefined
from mkdocs.structure.files import File
from mkdocs.structure.toc import get_toc

from carte.publish.cadre import accessibilite, icones, polices
from carte.publish.cadre.contexte import POLITIQUE, RACINE, Contexte, autonome
from carte.publish.cadre.shell import GABARITS, JETONS, SOURCE_GABARIT
from carte.publish.textes import date_longue

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page
    from mkdocs.structure.toc import _TocToken

_TITRES = re.compile(r"<h([23])\b[^>]*\bid=\"([^\"]+)\"[^>]*>(.*?)</h\1>", re.DOTALL)
# Of the theme, only its style sheet is used, inside ours: its scripts, search languages and palettes are not published.
_INUTILES = re.compile(r"assets/javascripts/|assets/stylesheets/|assets/images/favicon\.png|.*\.map$")
_BALISE = re.compile(r"<[^>]+>")


def on_config(config: "MkDocsConfig") -> "MkDocsConfig":
    """Name the site after its deployment. Without a context (a bare `mkdocs build`), take the default one."""
    contexte = config.extra.setdefault("contexte", None) or autonome()
    configuration = contexte.configuration
    config.site_name = configuration.nom
    config.site_url = configuration.url
    config.site_description = f"Les lieux d’aide au numérique : {configuration.nom}"
    config.extra.update(
        contexte=contexte,
        politique=POLITIQUE,
        politique_recherche=contexte.politique_recherche,
        geocodage=contexte.geocodage,
        jetons=JETONS,
        actifs=contexte.actifs.dossier,
        feuilles=contexte.actifs.feuilles,
        carte_sociale=f"{icones.DOSSIER}/{icones.CARTE_SOCIALE}",
        polices=f"{contexte.actifs.dossier}/{polices.FEUILLE}",
        precharges=contexte.precharges,
        menu=contexte.menu,
        menu_pied=contexte.menu_pied,
        demonstration=configuration.demonstration,
        hub=configuration.hub,
        date_publication=date_longue(configuration.date_publication),
    )
    return config


def on_files(files: "Files", config: "MkDocsConfig") -> "Files":
    """Add the static files, the layout pages and the pages made by the build; drop what the theme brings in vain."""
    contexte: Contexte = config.extra["contexte"]
    for inutile in [fichier for fichier in files if _INUTILES.match(fichier.src_uri)]:
        files.remove(inutile)
    for nom, octets in contexte.actifs.fichiers.items():
        files.append(File.generated(config, f"{contexte.actifs.dossier}/{nom}", content=octets))
    for source in GABARITS.values():
        files.append(File.generated(config, source, content=SOURCE_GABARIT))
    for chemin, texte in contexte.pages.items():
        source = texte if chemin.endswith(".md") else _entete(chemin, texte)
        files.append(File.generated(config, re.sub(r"\.html$", ".md", chemin), content=source))
    return files


def on_page_markdown(markdown: str, page: "Page", config: "MkDocsConfig", files: "Files") -> str:
    """Fill the double braces of the hand-written pages that ask for it (`modele: true` in their head)."""
    if not page.meta.get("modele"):
        return markdown
    contexte: Contexte = config.extra["contexte"]
    modele = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return modele.from_string(markdown).render(
        configuration=contexte.configuration,
        date_publication=config.extra["date_publication"],
        polices=f"{config.extra['actifs']}/{polices.DOSSIER}",
        **{
            "definitions": (),
            "parametres": (),
            "exemple": ("", ""),
            "millesimes": {},
            "conformite": None,
            "coupes": (),
            "parties": (),
            "federation": "",
            "complet": False,
            "audit": accessibilite.lire(RACINE),
            **contexte.modele,
        },
    )


def on_page_content(html: str, page: "Page", config: "MkDocsConfig", files: "Files") -> str:
    """Put a generated HTML fragment in its page."""
    fragment = page.meta.get("fragment")
    if not fragment:
        return html
    texte = config.extra["contexte"].pages[fragment]
    page.toc = get_toc(_sommaire(texte))
    return str(texte)


def on_post_template(output_content: str, template_name: str, config: "MkDocsConfig") -> str:
    """Leave the sitemap to the build: mkdocs knows neither the fiches nor the date of the data."""
    return "" if template_name == "sitemap.xml" else output_content


def _entete(chemin: str, fragment: str) -> str:
    titre = re.search(r"<h1[^>]*>(.*?)</h1>", fragment, re.DOTALL)
    texte = html.unescape(_BALISE.sub("", titre.group(1))).strip() if titre else chemin
    # JSON strings are YAML strings: no text of a title can open another key.
    return f"---\ntitle: {json.dumps(texte)}\nfragment: {json.dumps(chemin)}\n---\n"


def _sommaire(fragment: str) -> "list[_TocToken]":
    titres: list[_TocToken] = []
    for niveau, ancre, texte in _TITRES.findall(fragment):
        nom = _BALISE.sub("", texte).strip()
        titre: _TocToken = {"level": int(niveau), "id": ancre, "name": nom, "children": []}
        (titres[-1]["children"] if niveau == "3" and titres else titres).append(titre)
    return titres
