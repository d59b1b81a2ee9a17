"""The layout given by mkdocs-material to pages that mkdocs does not render: cut once, filled thousands of times."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from carte.publication import Chantier
from carte.publish.textes import sans_bidi

JETONS = {nom: f"%%CARTE-{nom.upper()}%%" for nom in ("titre", "description", "adresse", "tete", "contenu", "fin")} | {
    "menu": "%%CARTE-MENU-"
}
# Source pages of the layout, one per depth: a page at depth 2 (`epci/36xxx/`) reaches the root by `../../`.
GABARITS = {1: "gabarit-1.md", 2: "gabarit-2/page.md", 3: "gabarit-3/a/page.md"}
SOURCE_GABARIT = "---\ntitle: Gabarit\ntemplate: gabarit.html\njetons: true\n---\n"

# What the theme writes for its own scripts, that no page of ours runs: menus that open by a hidden box, a message box.
_RESTES = re.compile(
    r'<input class="md-toggle"[^>]*>|<label class="md-overlay"[^>]*></label>'
    r'|<div data-md-component="(?:skip|announce)">\s*</div>'
    r'|<div class="md-dialog" data-md-component="dialog">\s*<div[^>]*></div>\s*</div>'
)
_BLANCS = re.compile(r"\n\s+")
_DECOUPE = re.compile(r"%%CARTE-([A-Z]+(?:-[a-z-]+)?)%%")


def remonter(chemin: str) -> str:
    """The relative path from a page (`lieux/99/x/`) to the site's root (`../../../`)."""
    return "../" * chemin.count("/")


@dataclass(frozen=True, slots=True)
class Gabarit:
    """One layout cut at its tokens: texts at even places, token names (`TITRE`, `MENU-lieux`) at odd places."""

    morceaux: tuple[str, ...]

    @classmethod
    def lire(cls, html: str) -> "Gabarit":
        """Without the blanks between its lines, nor what no page uses: each page of the site repeats it."""
        return cls(tuple(_DECOUPE.split(_BLANCS.sub("\n", _RESTES.sub("", html)).lstrip())))

    def remplir(self, valeurs: dict[str, str]) -> str:
        morceaux = list(self.morceaux)
        for rang in range(1, len(morceaux), 2):
            morceaux[rang] = valeurs.get(morceaux[rang], "")
        return "".join(morceaux)


@dataclass(frozen=True, slots=True)
class Shell:
    """Header, navigation, banner and footer of the site, at every depth. `url` ends with a slash."""

    url: str
    actifs: str
    gabarits: dict[int, Gabarit] = field(repr=False)

    def page(
        self,
        chemin: str,
        titre: str,
        contenu: str,
        *,
        description: str = "",
        section: str = "",
        modules: Sequence[str] = (),
        scripts: Sequence[str] = (),
        feuilles: Sequence[str] = (),
        tete: str = "",
    ) -> str:
        """The whole HTML of the page served at `chemin` (`lieux/99/x/`, one to three levels deep).

        `titre` and `description` are plain text, escaped here; `contenu` and `tete` are trusted HTML; `section` is the
        key of the menu entry to mark; `modules` (ES modules), `scripts` (classic, deferred) and `feuilles` are
        site-relative paths.
        """
        racine = remonter(chemin)
        liens = "".join(f'<link rel="stylesheet" href="{racine}{escape(f)}">' for f in feuilles)
        fin = "".join(f'<script defer src="{racine}{escape(s)}"></script>' for s in scripts)
        fin += "".join(f'<script type="module" src="{racine}{escape(m)}"></script>' for m in modules)
        return self.gabarits[chemin.count("/")].remplir(
            {
                "TITRE": escape(sans_bidi(titre)),
                "DESCRIPTION": escape(sans_bidi(description)),
                "ADRESSE": escape(self.url + chemin),
                "TETE": tete + liens,
                "CONTENU": contenu,
                "FIN": fin,
                f"MENU-{section}": ' aria-current="true"',
            }
        )

    def module(self, nom: str) -> str:
        """Site-relative path of one of our browser modules."""
        return f"{self.actifs}/modules/{nom}"

    def redirection(self, chemin: str, cible: str, titre: str) -> str:
        """A page that sends its visitor from a former address to `cible` (site-relative)."""
        vers = escape(remonter(chemin) + cible)
        contenu = Markup('<h1>Cette page a changé d’adresse</h1><p><a href="{}">Aller à la page <bdi>{}</bdi></a></p>')
        tete = f'<meta http-equiv="refresh" content="0; url={vers}"><meta name="robots" content="noindex">'
        return self.page(chemin, titre, contenu.format(remonter(chemin) + cible, titre), tete=tete, section="lieux")


def page_du_gabarit(profondeur: int) -> str:
    """Where mkdocs writes the layout of that depth; no such page is published."""
    return f"{GABARITS[profondeur].removesuffix('.md')}/index.html"


def ecrire_page(site: Chantier, chemin: str, html: str) -> None:
    """Write `html` at `chemin` (`lieux/99/x/`) as its index page."""
    site.ecrire(f"{chemin}index.html", html)
