"""The Jinja2 environment of the pages that mkdocs does not render: everything is escaped, unknown names are errors."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import markupsafe
from jinja2 import Environment, FileSystemLoader, StrictUndefined, nodes
from jinja2.compiler import CodeGenerator, Frame

from carte.publish import textes
from carte.publish.cadre.contexte import RACINE

# What escapes a text within markupsafe, without the object that says « already escaped »: that object costs eight times
# the escaping, and a page has a hundred texts, joined at once. Where a version lacks it, the whole function serves.
_echapper_un_texte: Callable[[str], str] = getattr(markupsafe, "_escape_inner", markupsafe.escape)


class _Generateur(CodeGenerator):
    """Compiles templates whose outputs are escaped by `Modeles.echapper`."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.echapper(")


class Modeles(Environment):
    """Templates that escape what they write, as markupsafe does."""

    code_generator_class = _Generateur

    @staticmethod
    def echapper(valeur: object) -> str:
        """The same characters as `markupsafe.escape`, to be joined with the rest of a page."""
        return _echapper_un_texte(valeur) if type(valeur) is str else markupsafe.escape(valeur)


@lru_cache(maxsize=1)
def environnement() -> Environment:
    """Templates of site_src/templates, with the plain-French filters."""
    modeles = Modeles(
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
        lier_heures=textes.lier_heures,
        pluriel=textes.pluriel,
        tel=textes.lien_telephone,
        tel_lisible=textes.telephone_lisible,
        mailto=textes.lien_courriel,
        url_sure=textes.url_sure,
        url_courte=textes.url_courte,
    )
    return modeles
