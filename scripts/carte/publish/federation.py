"""What the pages say of the other hubs: who keeps which records, which package failed, what did not go together."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup

from carte.federation.modele import Conflit, Nature
from carte.publish.cadre.jinja import environnement
from carte.publish.opendata.formats import table_csv
from carte.publish.textes import typographie

if TYPE_CHECKING:
    from carte.federation.modele import Federation

FICHIER = "conflits.csv"
COLONNES = ("id", "hub", "raison", "gardee_par")


def qui_tient(federation: "Federation", racine: str) -> Markup:
    """The part of the page of open data that says who keeps the records; empty for a site that keeps them all.

    `racine`: from the page to the root of the site.
    """
    if not federation.hubs:
        return Markup()
    gabarit = environnement().get_template("federation.html.j2")
    conflits = len(disputees(federation.conflits))
    # Made of escaped text alone: the page's own writing does not read it again.
    return Markup(typographie(gabarit.render(hubs=federation.hubs, conflits=conflits, racine=racine)))  # noqa: S704


def disputees(conflits: Sequence[Conflit]) -> list[Conflit]:
    """The ids that two hands want; those of a département that is not the hub's are everyday, for hubs that show their
    neighbours' places."""
    return [conflit for conflit in conflits if conflit.nature is not Nature.HORS]


def tableau(conflits: Sequence[Conflit]) -> bytes:
    """Every conflict as a CSV table."""
    return table_csv(
        COLONNES,
        (dict(zip(COLONNES, (c.identifiant, c.hub, str(c.nature), c.gardee), strict=True)) for c in conflits),
    )
