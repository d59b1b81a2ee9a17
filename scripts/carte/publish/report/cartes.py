"""The maps of a report: static drawings for the page and for paper, and the data of the interactive one."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from carte.publish.maps.contours import Contours
from carte.publish.maps.statique import carte_classes
from carte.publish.report import phrases
from carte.publish.report.sujet import Sujet
from carte.publish.report.themes import Theme, themes


@dataclass(frozen=True, slots=True)
class Carte:
    """A theme and its drawing; the drawing is empty when no commune has an outline. `genre`: what it is, in words."""

    theme: Theme
    dessin: Markup
    genre: str = "Carte des communes en classes"


def cartes(sujet: Sujet, contours: Contours) -> dict[str, Carte]:
    """The static maps of a report, by theme."""
    return {theme.cle: dessiner(theme, sujet, contours) for theme in themes(sujet.indicateurs, sujet.code)}


def choisir(cartes: Mapping[str, Carte], debut: str) -> list[Carte]:
    """The maps whose key starts so, in order."""
    return [carte for cle, carte in cartes.items() if cle.startswith(debut)]


def donnees_interactives(themes: Sequence[Theme]) -> str:
    """The JSON of the interactive map: for each theme its classes, and the class and words of each commune."""
    return (
        json.dumps(
            [
                {
                    "cle": theme.cle,
                    "titre": theme.titre,
                    "classes": [{"cle": c.cle, "libelle": c.libelle, "nombre": c.nombre} for c in theme.classes],
                    "communes": {code: [cle, theme.valeurs[code]] for code, cle in theme.communes.items()},
                }
                for theme in themes
            ],
            ensure_ascii=False,
            separators=(",", ":"),
        )
        + "\n"
    )


def dessiner(theme: Theme, sujet: Sujet, contours: Contours, identifiant: str = "") -> Carte:
    """One theme on these outlines; `identifiant` (unique in its page) when the theme is drawn more than once."""
    return Carte(theme, _dessin(theme, sujet, contours, identifiant or f"carte-{theme.cle}"))


def _dessin(theme: Theme, sujet: Sujet, contours: Contours, identifiant: str) -> Markup:
    sans = len(contours.sans_contour)
    oubli = f" Sans contour, non dessinées : {phrases.compter(sans, 'commune')}." if sans else ""
    return carte_classes(
        contours,
        identifiant,
        f"{theme.titre}, {sujet.nom}",
        f"Carte des communes en classes. {theme.resume}{oubli}",
        theme.communes,
        theme.valeurs,
    )
