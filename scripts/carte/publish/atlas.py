"""The territory as pages need it: communes and EPCI by code, and the commune of each place."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from carte.choix import PAGES_COMMUNES
from carte.records import dires
from carte.territory import POINTS_SURS

if TYPE_CHECKING:
    from carte.records import Enregistrement
    from carte.records.modele import Arret, Lieu
    from carte.territory import Cog, Territoire


TOUTES, GROUPEES = PAGES_COMMUNES


@dataclass(frozen=True, slots=True)
class Commune:
    """`lat`, `lon` are None when nothing places the commune; `propre`: it has a page (it is in the perimeter); `point`:
    what they are (« la mairie », « le centre »), empty when they are the middle of its outline."""

    code: str
    nom: str
    departement: str
    epci: str | None
    codes_postaux: tuple[str, ...]
    lat: float | None
    lon: float | None
    propre: bool
    point: str = ""


@dataclass(frozen=True, slots=True)
class Partie:
    """A part of a commune that the territory has: a start of search. `ancienne`: it was a commune of its own."""

    code: str
    nom: str
    commune: Commune
    codes_postaux: tuple[str, ...]
    lat: float | None
    lon: float | None
    ancienne: bool


@dataclass(frozen=True, slots=True)
class Epci:
    """An EPCI and its communes that have a page, by name."""

    code: str
    nom: str
    communes: tuple[Commune, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """Where a place can be met: itself, or one stop of its tour. `approche`: it is met somewhere in its commune;
    `ville`: its commune's name, or that of the arrondissement that its record names."""

    enregistrement: "Enregistrement"
    commune: Commune | None
    lat: float | None
    lon: float | None
    approche: bool
    ville: str
    arret: "Arret | None" = None


@dataclass(frozen=True, slots=True)
class Ailleurs:
    """The rest of the country: its large communes (name, code of département), and the names of all départements."""

    communes: tuple[tuple[str, str], ...]
    departements: dict[str, str]


# Free hosts refuse a folder of more than 10,000 entries. No région has so many communes: its addresses do not change.
COMMUNES_EN_UN_DOSSIER = 9_000


class Atlas:
    """Communes and EPCI of a deployment; every lookup is by code."""

    def __init__(self, territoire: "Territoire", pages_communes: str | None = None) -> None:
        """`pages_communes`: one of PAGES_COMMUNES; without it, the number of communes decides."""
        self.territoire = territoire
        self.communes = {c.code: c for c in map(_commune, territoire.communes.to_dict("records"))}
        self.departements = dict(zip(territoire.departements["code"], territoire.departements["nom"], strict=True))
        self._autres = territoire.cog.departements if territoire.cog else {}
        # (former name, current code), and inhabitants where they are known: the search needs both.
        self.noms_anciens = territoire.cog.noms_anciens if territoire.cog else ()
        self.parties = list(_parties(territoire, self.communes))
        self.ailleurs = _ailleurs(territoire.cog, set(self.communes)) if territoire.cog else Ailleurs((), {})
        par_defaut = GROUPEES if len(self.propres) > COMMUNES_EN_UN_DOSSIER else TOUTES
        self.groupees = (pages_communes or par_defaut) == GROUPEES
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

    def page(self, commune: Commune) -> str:
        """Site-relative path of the page that a commune has to itself; `listes.adresses` knows which have one."""
        return f"communes/{commune.departement}/{commune.code}/" if self.groupees else f"communes/{commune.code}/"

    def nom_du_departement(self, code: str) -> str:
        """Its name, even when nothing of it is loaded (a place of Saint-Martin in Guadeloupe's map); else its code."""
        return self.departements.get(code) or (self._autres[code].nom if code in self._autres else code)

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


# Towns that are asked for by who is mistaken of site: about a thousand have so many inhabitants.
_GRANDE_COMMUNE = 10_000


def _ailleurs(cog: "Cog", connues: set[str]) -> Ailleurs:
    grandes = [c for c in cog.actuelles.values() if c.code not in connues and c.population >= _GRANDE_COMMUNE]
    grandes.sort(key=lambda c: (-c.population, c.code))
    noms = {code: division.nom for code, division in sorted(cog.departements.items())}
    return Ailleurs(tuple((c.nom, c.departement) for c in grandes), noms)


def cle_tri(nom: str) -> str:
    """Sorting key of a French name: accents and case do not count."""
    from carte.territory.noms import cle_du_nom

    return cle_du_nom(nom)


def _point(enregistrement: "Enregistrement", commune: Commune | None, rencontre: dires.Rencontre) -> Point:
    ou = dires.position(rencontre.pose)
    lat, lon = ou or ((commune.lat, commune.lon) if commune else (None, None))
    # Where a mobile service without known stops is met is not known better than its commune.
    approche = ou is None or (rencontre.locale and rencontre.arret is None)
    return Point(
        enregistrement, commune, lat, lon, approche, _ville(enregistrement, commune, rencontre), rencontre.arret
    )


def _ville(enregistrement: "Enregistrement", commune: Commune | None, rencontre: dires.Rencontre) -> str:
    if trouve := enregistrement.arrondissement(rencontre.pose):
        return trouve.nom
    return commune.nom if commune else rencontre.pose.commune


def _parties(territoire: "Territoire", communes: dict[str, Commune]) -> Iterator[Partie]:
    """The parts of the communes that are loaded; those whose point is unknown are found at their commune's."""
    from carte.territory.cog import Nature

    for partie in territoire.cog.parties.values() if territoire.cog else ():
        if (commune := communes.get(partie.commune)) is None:
            continue
        lon, lat = territoire.parties.get(partie.code, (commune.lon, commune.lat))
        ancienne = partie.nature is not Nature.ARRONDISSEMENT
        codes_postaux = partie.codes_postaux or commune.codes_postaux
        yield Partie(partie.code, partie.nom, commune, codes_postaux, lat, lon, ancienne)


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
        point=POINTS_SURS.get(str(ligne["point_source"]), ""),
    )


def _connu(valeur: object) -> float | None:
    return float(valeur) if isinstance(valeur, int | float) and not math.isnan(valeur) else None
