"""The territory as pages need it: communes and EPCI by code, and the commune of each place."""

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from carte.records import dires

if TYPE_CHECKING:
    from carte.records import Enregistrement
    from carte.records.modele import Arret, Lieu
    from carte.territory import Territoire


@dataclass(frozen=True, slots=True)
class Commune:
    """`lat`, `lon` are None when nothing places the commune; `propre`: it has a page (it is in the perimeter)."""

    code: str
    nom: str
    departement: str
    epci: str | None
    codes_postaux: tuple[str, ...]
    lat: float | None
    lon: float | None
    propre: bool


@dataclass(frozen=True, slots=True)
class Epci:
    """An EPCI and its communes that have a page, by name."""

    code: str
    nom: str
    communes: tuple[Commune, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """Where a place can be met: itself, or one stop of its tour. `approche`: it is met somewhere in its commune."""

    enregistrement: "Enregistrement"
    commune: Commune | None
    lat: float | None
    lon: float | None
    approche: bool
    arret: "Arret | None" = None


class Atlas:
    """Communes and EPCI of a deployment; every lookup is by code."""

    def __init__(self, territoire: "Territoire") -> None:
        self.territoire = territoire
        self.communes = {c.code: c for c in map(_commune, territoire.communes.to_dict("records"))}
        self.departements = dict(zip(territoire.departements["code"], territoire.departements["nom"], strict=True))
        # (former name, current code), and inhabitants where they are known: the search needs both.
        self.noms_anciens = territoire.cog.noms_anciens if territoire.cog else ()
        communes = territoire.communes
        self.populations = dict(zip(communes["code_insee"], communes["population"].fillna(0.0), strict=True))
        noms = dict(zip(territoire.epci["code_epci"], territoire.epci["nom"], strict=True))
        membres: dict[str, list[Commune]] = defaultdict(list)
        for commune in sorted(self.propres, key=lambda c: (cle_tri(c.nom), c.code)):
            if commune.epci is not None and commune.epci in noms:
                membres[commune.epci].append(commune)
        self.epci = {
            code: Epci(code, noms[code], tuple(membres[code]))
            for code in sorted(membres, key=lambda c: (cle_tri(noms[c]), c))
        }

    @property
    def propres(self) -> list[Commune]:
        """The communes that have a page."""
        return [commune for commune in self.communes.values() if commune.propre]

    def commune(self, pose: "Lieu | Arret") -> Commune | None:
        """The commune of a place or of a stop, as `territory.situer` found it; None when it is not loaded."""
        return self.communes.get(pose.code_insee or "")

    def points(self, enregistrements: "Iterable[Enregistrement]") -> list[Point]:
        """Where places can be met: a fixed place at its address, a mobile service at its stops."""
        return [
            _point(enregistrement, self.commune(rencontre.pose), rencontre)
            for enregistrement in enregistrements
            for rencontre in dires.rencontres(enregistrement.lieu)
        ]


def cle_tri(nom: str) -> str:
    """Sorting key of a French name: accents and case do not count."""
    from carte.territory.noms import cle_du_nom

    return cle_du_nom(nom)


def _point(enregistrement: "Enregistrement", commune: Commune | None, rencontre: dires.Rencontre) -> Point:
    ou = dires.position(rencontre.pose)
    lat, lon = ou or ((commune.lat, commune.lon) if commune else (None, None))
    # Where a mobile service without known stops is met is not known better than its commune.
    approche = ou is None or (rencontre.locale and rencontre.arret is None)
    return Point(enregistrement, commune, lat, lon, approche, rencontre.arret)


def _commune(ligne: dict[str, object]) -> Commune:
    epci, codes = ligne["code_epci"], ligne["codes_postaux"]
    return Commune(
        code=str(ligne["code_insee"]),
        nom=str(ligne["nom"]),
        departement=str(ligne["code_departement"]),
        epci=epci if isinstance(epci, str) else None,
        codes_postaux=tuple(codes) if isinstance(codes, list | tuple) else (),
        lat=_connu(ligne["lat"]),
        lon=_connu(ligne["lon"]),
        propre=bool(ligne["dans_perimetre"]),
    )


def _connu(valeur: object) -> float | None:
    return float(valeur) if isinstance(valeur, int | float) and not math.isnan(valeur) else None
