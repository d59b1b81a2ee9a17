"""Where records stand: the code, its successor, the name, then the point, and nothing else."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from carte.publish.atlas import Atlas
from carte.publish.opendata import entite, ligne_standard
from carte.records.modele import Arrondissement, Enregistrement, Lieu
from carte.territory import Geographie, cog_de, situer
from carte.territory.cog import Nature, Partie
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


def test_an_arrondissement_is_kept_beside_the_commune_that_figures_go_by() -> None:
    """For the place and for each stop; a former commune's code is no arrondissement."""
    treize = Partie("99813", "Alpha 13e arrondissement", Nature.ARRONDISSEMENT, "99001", 10.0, ("99013",))
    jadis = Partie("99009", "Jadis", Nature.DELEGUEE, "99001", float("nan"), ())
    territoire = monde.territoire()
    base = cog_de(territoire)
    successeurs = {**base.successeurs, "99813": "99001"}
    cog = replace(base, parties={p.code: p for p in (treize, jadis)}, successeurs=successeurs)
    arrets = [
        {"commune": "Alpha", "frequence": "hebdomadaire", "code_insee": code} for code in ("99813", "99009", "99002")
    ]
    ecrite = fiche(code_insee="99813", tournee=arrets)
    (situee,) = situer([ecrite], Geographie(replace(territoire, cog=cog)))
    lieu = situee.lieu
    assert [lieu.code_insee, *(a.code_insee for a in lieu.tournee or ())] == ["99001", "99001", "99001", "99002"]
    assert situee.arrondissement(lieu) == Arrondissement("99813", "Alpha 13e arrondissement")
    assert [situee.arrondissement(a) for a in lieu.tournee or ()] == [situee.arrondissement(lieu), None, None]

    publiee = entite(situee)["properties"]
    assert publiee["code_insee"] == ligne_standard(situee)["code_insee"] == "99813"
    assert [a["code_insee"] for a in publiee["tournee"]] == ["99813", "99001", "99002"]
    points = Atlas(replace(territoire, cog=cog)).points([situee])
    assert [(p.ville, p.commune and p.commune.code) for p in points] == [
        ("Alpha 13e arrondissement", "99001"), ("Alpha", "99001"), ("Béta-sur-Lône", "99002"),
    ]  # fmt: skip


def test_nothing_else_changes() -> None:
    avant = fiche(commune="Nulle-Part", **DANS_GAMMA)
    (apres,) = situer([avant], GEOGRAPHIE)
    assert apres.lieu.model_copy(update={"code_insee": None}) == avant.lieu
    assert situer([apres], GEOGRAPHIE) == (apres,)
    assert situer([], GEOGRAPHIE) == ()
