"""Where records stand: the current commune of each place and of each stop, found once and for all.

Every list, figure and file of a publication reads the records that come out of here: none looks for a commune itself.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from carte.records import Arret, Arrondissement, Enregistrement, Lieu
from carte.records.dires import position
from carte.territory.geographie import Geographie

_Pose = Lieu | Arret


def situer(enregistrements: Iterable[Enregistrement], geographie: Geographie) -> tuple[Enregistrement, ...]:
    """The records with the current commune code of each place and stop; None where nothing tells it.

    In this order: the code written, or its successor; the commune of that name when the département has only one; the
    commune whose outline holds the point. Nothing else is guessed. The code of an arrondissement is kept beside.
    """
    enregistrements = tuple(enregistrements)
    poses = [(pose, e.departement) for e in enregistrements for pose in (e.lieu, *(e.lieu.tournee or ()))]
    codes = {id(pose): _du_texte(pose, departement, geographie) for pose, departement in poses}
    codes |= _des_points([pose for pose, _ in poses if codes[id(pose)] is None], geographie)
    return tuple(
        replace(e, lieu=_situe(e.lieu, codes), arrondissements=_arrondissements(e.lieu, geographie))
        for e in enregistrements
    )


def _du_texte(pose: _Pose, departement: str, geographie: Geographie) -> str | None:
    if pose.code_insee is not None:
        return geographie.successeur(pose.code_insee) or pose.code_insee
    trouves = geographie.codes_du_nom(pose.commune, departement)
    return trouves[0] if len(trouves) == 1 else None


def _arrondissements(lieu: Lieu, geographie: Geographie) -> tuple[Arrondissement | None, ...]:
    """Those that the place and its stops name; an empty tuple when none does."""
    trouves = [geographie.arrondissement(pose.code_insee or "") for pose in (lieu, *(lieu.tournee or ()))]
    return tuple(trouve and Arrondissement(*trouve) for trouve in trouves) if any(trouves) else ()


def _des_points(poses: list[_Pose], geographie: Geographie) -> dict[int, str]:
    points = [(id(pose), ou) for pose in poses if (ou := position(pose)) is not None]
    if not points:
        return {}
    codes = geographie.communes_des_points([lon for _, (_, lon) in points], [lat for _, (lat, _) in points])
    return {cle: code for (cle, _), code in zip(points, codes, strict=True) if code is not None}


def _situe(lieu: Lieu, codes: Mapping[int, str | None]) -> Lieu:
    arrets = lieu.tournee and [arret.model_copy(update={"code_insee": codes[id(arret)]}) for arret in lieu.tournee]
    return lieu.model_copy(update={"code_insee": codes[id(lieu)], "tournee": arrets})
