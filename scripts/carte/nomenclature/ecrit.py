"""A vocabulary as its file writes it: every key, and what it may hold."""

from fractions import Fraction
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from carte.ecrits.modele import Jour, Partie, Suite, Texte, TexteLong, refus

PASSAGES_MAX = 168  # per week: once an hour


def _poids(brut: Any) -> Any:
    """Mean passages per week, written `1`, `0.5` or `12/52`."""
    try:
        poids = float(Fraction(str(brut))) if isinstance(brut, str | int | float) and not isinstance(brut, bool) else 0
    except (ValueError, ZeroDivisionError, OverflowError):
        poids = 0
    if not 0 < poids <= PASSAGES_MAX:
        raise refus(f"« poids » attend un nombre positif comme 1, 0.5 ou 12/52, au plus {PASSAGES_MAX}.")
    return poids


Textes = Annotated[Suite[Texte], Field(max_length=1_000)]


class ValeurEcrite(Partie):
    """One value; an absent `poids` is unknown, never zero."""

    valeur: Annotated[Texte, Field(description="Ce que l'on écrit dans une fiche")]
    libelle: Annotated[Texte, Field(description="Ce que lisent les gens")]
    description: Annotated[str, Field(max_length=10_000)] = ""
    valeurs_2022: Textes = ()
    alias: Textes = ()
    famille: Texte = ""
    poids: Annotated[float | None, BeforeValidator(_poids)] = None
    services: Textes = ()
    fin: Annotated[Jour | None, Field(description="Dernier jour d'un label ou d'un réseau qui n'existe plus")] = None


class SansEquivalentEcrit(Partie):
    """An old value that has no home."""

    valeur: Annotated[Texte, Field(description="L'ancienne valeur")]
    raison: Annotated[TexteLong, Field(description="Pourquoi elle n'a plus de place")]


class VocabulaireEcrit(Partie):
    """The whole file; the lists are read value by value, so that one at fault hides no other."""

    titre: Annotated[Texte, Field(description="Ce que contient cette liste")]
    version: Annotated[Texte, Field(description="Numéro ou année, entre guillemets")]
    source: Annotated[Texte, Field(description="D'où vient cette liste")]
    valeurs: Annotated[Suite[Any], Field(min_length=1, max_length=10_000, description="Les valeurs, une par tiret")]
    sans_equivalent: Annotated[Suite[Any], Field(max_length=10_000)] = ()
