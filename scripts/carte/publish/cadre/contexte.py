"""What the written pages need to know of a deployment: one value, handed to mkdocs by `editorial`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from carte.config import Configuration, lire
from carte.publish.cadre.accessibilite import lire as lire_audit
from carte.publish.cadre.actifs import Actifs, rassembler

RACINE = Path(__file__).resolve().parents[4]

# No inline script, no inline style, no other host: a page that needs more must say so and be reviewed.
# `data:` images are the theme's own pictograms, written in its style sheet.
POLITIQUE = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'"
)
# The IGN's Géoplateforme is the only other host a page may ever ask, for the deployments that accept it: addresses
# to its geocoding service, tiles to its maps.
GEOPLATEFORME = "https://data.geopf.fr"
GEOCODAGE = f"{GEOPLATEFORME}/geocodage/search"


def permettre_les_adresses(politique: str) -> str:
    """A policy, or a page that carries it, allowed to ask the geocoding service, and nothing else of its host."""
    return politique.replace("connect-src 'self'", f"connect-src 'self' {GEOCODAGE}", 1)


@dataclass(frozen=True, slots=True)
class Entree:
    """One link of a menu: `cle` is the section's key, `chemin` is relative to the site's root."""

    cle: str
    titre: str
    chemin: str


@dataclass(frozen=True, slots=True)
class Contexte:
    """`pages`: source path → text of the pages made by the build (see `mkdocs_hooks`); `modele`: names that the
    written pages may use between double braces; `precharges`: data that the search reads whatever is asked."""

    configuration: Configuration
    actifs: Actifs
    pages: Mapping[str, str] = field(default_factory=dict)
    modele: Mapping[str, Any] = field(default_factory=dict)
    precharges: Sequence[str] = ()

    @property
    def geocodage(self) -> str:
        """Address of the geocoding service; empty unless the deployment accepts it."""
        return GEOCODAGE if self.configuration.options.adresse else ""

    @property
    def politique_recherche(self) -> str:
        """The policy of the search page: with the form's two pages, it alone may ask the geocoding service."""
        return permettre_les_adresses(POLITIQUE) if self.geocodage else POLITIQUE

    @property
    def menu(self) -> tuple[Entree, ...]:
        departements = self.configuration.departements
        seul = f"rapports/{departements[0]}/" if len(departements) == 1 else "rapports/"
        rapports = [Entree("rapport", "Rapport" if len(departements) == 1 else "Rapports", seul)]
        return (
            Entree("recherche", "Chercher", "./"),
            Entree("carte", "Carte", "carte/"),
            Entree("lieux", "Lieux", "lieux/"),
            *rapports,
            Entree("contribuer", "Contribuer", "contribuer/"),
            Entree("a-propos", "À propos", "a-propos/"),
        )

    @property
    def menu_pied(self) -> Sequence[Entree]:
        return (
            Entree("donnees", "Données ouvertes", "donnees/"),
            Entree("methode", "Méthode", "methode/"),
            Entree("nomenclature", "Nomenclature", "nomenclature/"),
            Entree("accessibilite", f"Accessibilité : {lire_audit(RACINE)['etat']}", "accessibilite/"),
            Entree("mentions-legales", "Mentions légales", "mentions-legales/"),
        )


def autonome(racine: Path = RACINE) -> Contexte:
    """The context of a bare `mkdocs build`: the default deployment, and the hand-written pages only."""
    return Contexte(configuration=lire(racine / "carte.yml", racine), actifs=rassembler(racine))
