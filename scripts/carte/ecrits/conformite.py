"""From a parsed mapping to a model: every fault of pydantic at once, in French."""

import copy
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from carte.ecrits.faute import Chemin, Faute, conseil
from carte.ecrits.messages import decrire
from carte.ecrits.modele import Partie
from carte.ecrits.problem import Gravite
from carte.ecrits.texte import citer

M = TypeVar("M", bound=Partie)
Source = Callable[[Chemin], str]


def conformer(
    donnees: Any, modele: type[M], source: Source, prefixe: Chemin = (), *, nombres: Gravite = Gravite.CONSEIL
) -> tuple[M | None, list[Faute]]:
    """The model of a mapping, None when something blocks, and all that is wrong with it.

    `source(path)` gives the text of a scalar as its author wrote it; `prefixe`: path of the mapping in its file;
    `nombres`: how grave it is to write a number without quotes where a text is due. Its characters are kept.
    """
    try:
        return modele.model_validate(donnees), []
    except ValidationError as erreur:
        details = details_de(erreur)

    def ecrit(chemin: Chemin) -> str:
        return source((*prefixe, *chemin))

    donnees, fautes, autres = citer_les_nombres(copy.deepcopy(donnees), details, ecrit)
    fautes = [faute._replace(gravite=nombres) for faute in fautes]
    if fautes and not autres:
        # Only now are rules between fields looked at.
        lu, suite = conformer(donnees, modele, ecrit)
        trouvees = fautes + suite
        return None if nombres is Gravite.BLOQUANT else lu, _sous(prefixe, trouvees)
    return None, _sous(prefixe, fautes + [decrire(detail, modele) for detail in autres])


def details_de(erreur: ValidationError) -> list[ErrorDetails]:
    """Every error of pydantic, with what `decrire` needs of it."""
    return erreur.errors(include_url=False, include_context=True)


def citer_les_nombres(
    donnees: Any, details: Sequence[ErrorDetails], source: Source
) -> tuple[Any, list[Faute], list[ErrorDetails]]:
    """Turn numbers written where a text is due back into their text, in place; the other errors are returned."""
    fautes, autres = [], []
    for detail in details:
        if detail["type"] != "string_type" or type(detail["input"]) not in (int, float):
            autres.append(detail)
            continue
        ecrit = source(detail["loc"])
        poser(donnees, detail["loc"], ecrit)
        message = f'Ce nombre est lu comme un texte : mettez-le entre guillemets, "{citer(ecrit)}".'
        fautes.append(conseil(detail["loc"], message, "guillemets", ecrit))
    return donnees, fautes, autres


def poser(donnees: Any, chemin: Chemin, valeur: Any) -> None:
    """Put a value at a path; None takes the key away."""
    *parents, dernier = chemin
    for partie in parents:
        donnees = donnees[partie]
    if valeur is None and isinstance(donnees, dict):
        donnees.pop(dernier, None)
    else:
        donnees[dernier] = valeur


def _sous(prefixe: Chemin, fautes: Sequence[Faute]) -> list[Faute]:
    return [faute._replace(chemin=(*prefixe, *faute.chemin)) for faute in fautes]
