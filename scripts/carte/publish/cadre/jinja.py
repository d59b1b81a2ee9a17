"""The Jinja2 environment of the pages that mkdocs does not render: everything is escaped, unknown names are errors."""

from functools import lru_cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from carte.publish import textes
from carte.publish.cadre.contexte import RACINE


@lru_cache(maxsize=1)
def environnement() -> Environment:
    """Templates of site_src/templates, with the plain-French filters."""
    modeles = Environment(
        loader=FileSystemLoader(RACINE / "site_src" / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    modeles.filters.update(
        date_longue=textes.date_longue,
        km=textes.kilometres,
        pluriel=textes.pluriel,
        tel=textes.lien_telephone,
        tel_lisible=textes.telephone_lisible,
        mailto=textes.lien_courriel,
        url_sure=textes.url_sure,
        url_courte=textes.url_courte,
    )
    return modeles
