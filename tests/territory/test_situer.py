"""Where records stand: the code, its successor, the name, then the point, and nothing else."""

from datetime import date
from typing import Any

import pytest

from carte.records.modele import Enregistrement, Lieu
from carte.territory import Geographie, situer
from publish import monde

GEOGRAPHIE = Geographie(monde.territoire())
DANS_GAMMA = {"latitude": 46.3, "longitude": 2.0}


def fiche(**champs: Any) -> Enregistrement:
    minimum = {"nom": "Médiathèque", "commune": "Alpha", "source": "hub", "date_maj": date(2026, 10, 1)}
    return Enregistrement(
        "99/a", "offers/99/a.yml", Lieu(**{**minimum, "services": ["Aide aux démarches administratives"], **champs})
    )


@pytest.mark.parametrize(
    ("champs", "code"),
    [
        ({"code_insee": "99002"}, "99002"),
        ({"code_insee": "99009"}, "99001"),
        ({"code_insee": "99009", **DANS_GAMMA}, "99001"),
        ({"commune": "beta sur lone"}, "99002"),
        ({"commune": "Alpha", **DANS_GAMMA}, "99001"),
        ({"commune": "Nulle-Part", **DANS_GAMMA}, "99003"),
        ({"commune": "Nulle-Part", "latitude": 46.2, "longitude": 2.0}, None),
        ({"commune": "Nulle-Part", "latitude": 46.3}, None),
        ({"commune": "Nulle-Part"}, None),
        # Alone of its name, but in another département.
        ({"commune": "Voisine"}, None),
    ],
    ids=[
        *("code", "ancien code", "ancien code et point", "nom", "nom et point", "point", "hors des contours"),
        *("demi-point", "rien", "nom d'ailleurs"),
    ],
)
def test_the_first_that_tells_wins(champs: dict[str, Any], code: str | None) -> None:
    assert situer([fiche(**champs)], GEOGRAPHIE)[0].lieu.code_insee == code


def test_stops_are_located_one_by_one() -> None:
    arrets = [
        {"commune": "Nulle-Part", "frequence": "hebdomadaire", **DANS_GAMMA},
        {"commune": "Béta-sur-Lône", "frequence": "hebdomadaire"},
        {"commune": "Nulle-Part", "frequence": "hebdomadaire"},
    ]
    (situee,) = situer([fiche(tournee=arrets)], GEOGRAPHIE)
    assert [arret.code_insee for arret in situee.lieu.tournee or ()] == ["99003", "99002", None]


def test_nothing_else_changes() -> None:
    avant = fiche(commune="Nulle-Part", **DANS_GAMMA)
    (apres,) = situer([avant], GEOGRAPHIE)
    assert apres.lieu.model_copy(update={"code_insee": None}) == avant.lieu
    assert situer([apres], GEOGRAPHIE) == (apres,)
    assert situer([], GEOGRAPHIE) == ()
