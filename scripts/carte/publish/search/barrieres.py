"""What parts communes for the search: the barriers of the report, so that no page counts minutes over water."""

import math
from typing import TYPE_CHECKING, Any

from carte.publish.textes import sans_bidi

if TYPE_CHECKING:
    from carte.territory import Barriere, Territoire


def en_donnees(territoire: "Territoire") -> list[dict[str, Any]]:
    """The barriers, for the index: name, passage, `cotes` (side of each commune by code; `departements`: those that are
    on the island as a whole), whether it is an island, its box (west, south, east, north; None when unknown) and the
    minutes of its crossing by car, None when nobody crosses or when that is not known."""
    return [_une(barriere, territoire) for barriere in territoire.barrieres]


def _une(barriere: "Barriere", territoire: "Territoire") -> dict[str, Any]:
    rives = {rive: rang for rang, rive in enumerate(sorted(set(barriere.rives.values())), start=1)}
    entiers = _departements_entiers(barriere, territoire) if barriere.ile else []
    communes = territoire.communes
    parties = dict(zip(communes["code_insee"], communes["code_departement"], strict=True))
    return {
        "nom": sans_bidi(barriere.nom),
        "passage": sans_bidi(barriere.franchissement),
        "ile": barriere.ile,
        "cotes": {
            code: rives[rive]
            for code, rive in sorted(barriere.rives.items())
            if code in parties and parties[code] not in entiers
        },
        "departements": entiers,
        "cadre": _cadre(barriere, territoire) if barriere.ile else None,
        "minutes": _connues(barriere.minutes["voiture"]),
    }


def _departements_entiers(barriere: "Barriere", territoire: "Territoire") -> list[str]:
    """Départements whose every loaded commune is on an island: Corse is two codes, not 360."""
    communes = territoire.communes
    dehors = set(communes.loc[~communes["code_insee"].isin(list(barriere.rives)), "code_departement"])
    nombres = communes["code_departement"].value_counts()
    ici = communes.loc[communes["code_insee"].isin(list(barriere.rives)), "code_departement"]
    return sorted(code for code in set(ici) - dehors if nombres[code] > 1)


def _cadre(barriere: "Barriere", territoire: "Territoire") -> list[float] | None:
    communes = territoire.communes
    contours = communes.loc[communes["code_insee"].isin(list(barriere.rives))].geometry.dropna()
    return None if contours.empty else [round(float(x), 4) for x in contours.total_bounds]


def _connues(minutes: float) -> float | None:
    return minutes if math.isfinite(minutes) else None
