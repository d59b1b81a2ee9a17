"""Shapes that several parts of a configuration share."""

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator

from carte.ecrits.formes import Avis, avis_departement
from carte.ecrits.modele import refus


def selon(avis: Callable[[str], Avis | None]) -> AfterValidator:
    """A rule on the shape of a text, its advice taken as a refusal."""

    def verifier(texte: str) -> str:
        trouve = avis(texte)
        if trouve is not None:
            raise refus(trouve.message)
        return texte

    return AfterValidator(verifier)


def sans_repetition(valeurs: tuple[str, ...]) -> tuple[str, ...]:
    """A list that says each thing once."""
    doubles = sorted({valeur for valeur in valeurs if valeurs.count(valeur) > 1})
    if doubles:
        raise refus(f"« {doubles[0]} » est écrit deux fois : gardez-en un.")
    return valeurs


def _departement(valeur: Any) -> Any:
    """A code in quotes: 01 and 2A are texts, and 36 is written like them."""
    if isinstance(valeur, int) and not isinstance(valeur, bool):
        raise refus(f'Un code de département se met entre guillemets : "{valeur:02d}".')
    return valeur


Departement = Annotated[str, BeforeValidator(_departement), selon(avis_departement)]
