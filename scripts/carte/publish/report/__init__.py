"""The gap report of each département: the figures of `indicators`, worded, mapped and laid out. Nothing is computed."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from carte.picture import Picture
    from carte.publish.maps.contours import Contours
    from carte.publish.report.edition import Edition
    from carte.records import Enregistrement

__all__ = ["allegee", "lu", "pages", "preparer"]


SANS_LE_RAPPORT = ("telephone", "courriels", "site_web", "prise_rdv", "presentation_resume", "presentation_detail")
"""What a report says nothing of: it is not given it, so that it does not change with it."""


def allegee(enregistrement: "Enregistrement") -> "Enregistrement":
    """A record as reports read it."""
    lieu = enregistrement.lieu.model_copy(update=dict.fromkeys(SANS_LE_RAPPORT))
    return replace(enregistrement, lieu=lieu, contenu="")


def lu(picture: "Picture") -> "Picture":
    """The picture as reports read it: without what they say nothing of."""
    fiches = tuple(map(allegee, picture.enregistrements))
    return replace(picture, enregistrements=fiches, problemes=(), a_completer=(), doutes=(), couches="", chiffres="")


def preparer(picture: "Picture", contours: "dict[str, Contours]") -> "dict[str, Edition]":
    """The report of each département, prepared once for every form; `contours`: see `maps.preparer`."""
    from carte.publish.report.edition import editions

    return editions(picture, contours)


def pages(editions: "Mapping[str, Edition]", actifs: str, faites: Mapping[str, str] | None = None) -> dict[str, str]:
    """Source path → HTML fragment of the report pages: the index, one a département, the comparison, the worklist.

    `actifs`: folder of the static files, relative to the site. `faites`: the fragments of the départements, when they
    are made already.
    """
    from carte.publish.report.cote_a_cote import comparaison
    from carte.publish.report.page import a_completer, index, rapport

    if not editions:
        return {"rapports/index.html": index(())}
    if faites is None:
        faites = {code: rapport(edition, actifs) for code, edition in editions.items()}
    return {
        "rapports/index.html": index(editions.values()),
        "rapports/comparaison.html": comparaison(editions, actifs),
        "rapports/a-completer.html": a_completer(editions.values(), actifs),
        **{f"rapports/{code}.html": page for code, page in faites.items()},
    }
