"""Pictures with figures: the small world of `monde`, its places and its broadband, really computed."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from geopandas import GeoDataFrame
from pandas import DataFrame, NaT

from carte import indicators
from carte.broadband import Debit
from carte.picture import Picture
from carte.records import doutes
from carte.territory import Territoire
from publish import monde

if TYPE_CHECKING:
    from carte.records.modele import Enregistrement

_CODES = ("99001", "99002", "99003", "96001")


def debit(**eligibles: tuple[float, float, float]) -> Debit:
    """Premises, and lowest and highest number of eligible ones, by commune (`c99001=(100, 90, 90)`)."""
    inconnu = (float("nan"),) * 3
    lignes = []
    for code in _CODES:
        locaux, mini, maxi = eligibles.get(f"c{code}", inconnu)
        techno = None if locaux != locaux else "filaire" if mini == maxi else "filaire_borne"
        lignes.append(
            {"code_insee": code, "locaux": locaux, "techno": techno, "thd30_min": mini, "thd30_max": maxi,
             "ftth": mini, "fermeture_cuivre": NaT, "statut_cuivre": None, "millesime": "2026-06-30"}
        )  # fmt: skip
    return Debit(DataFrame(lignes), (), "2026-06-30")


EXACT = debit(c99001=(100, 90, 90), c99002=(50, 0, 0), c99003=(10, 10, 10), c96001=(10, 10, 10))
BORNE = debit(c99001=(100, 80, 90), c99002=(50, 0, 20))
ABSENT = debit()


def renommer(territoire: Territoire, noms: dict[str, str]) -> Territoire:
    """The same territory with other names of communes."""
    communes = territoire.communes.copy()
    communes["nom"] = [noms.get(code, nom) for code, nom in zip(communes["code_insee"], communes["nom"], strict=True)]
    return replace(territoire, communes=GeoDataFrame(communes, geometry="geometry", crs=territoire.communes.crs))


def sans_contour(territoire: Territoire, codes: Iterable[str]) -> Territoire:
    """The same territory where some communes have no outline."""
    communes = territoire.communes.copy()
    communes.loc[communes["code_insee"].isin(list(codes)), "geometry"] = None
    return replace(territoire, communes=communes)


def picture(*fiches: "Enregistrement", territoire: Territoire | None = None, debits: Debit = EXACT) -> Picture:
    """A whole picture of these records."""
    configuration, vocabulaires = monde.configuration(), monde.vocabulaires()
    territoire = territoire or monde.territoire()
    fiches = monde.situees(*fiches, ou=territoire)
    offre = indicators.construire_offre(fiches, territoire, vocabulaires, monde.JOUR)
    figures = indicators.compute(offre, territoire, debits.communes, configuration.seuils)
    millesimes = {"cog": "2026", "population": "2023", "debit": debits.millesime or "", "lieux": "2026-11-02"}
    return Picture(
        configuration,
        vocabulaires,
        fiches,
        (),
        territoire,
        debits,
        offre,
        figures,
        millesimes,
        doutes=tuple(doutes(fiches)),
    )


def place(slug: str, lat: float | None = None, **champs: Any) -> "Enregistrement":
    """A record at a latitude of the meridian, or without coordinates."""
    position = {} if lat is None else {"latitude": lat, "longitude": 2.0}
    return monde.fiche(slug, **position, **champs)
