"""The fictional communes and EPCI: a hand-written table, and nothing computed."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DEPARTEMENT = "99"
VOISIN = "96"
NOMS_DEPARTEMENTS = {DEPARTEMENT: "Val-d'Exemple", VOISIN: "Pays-Voisin"}
REGION = "99"
NOM_REGION = "Exemple"


@dataclass(frozen=True, slots=True)
class Reseau:
    """Wired broadband of a commune: its premises, shares in %, and the state of its copper network."""

    locaux: int
    fibre_pct: int
    thd30_pct: int
    cuivre: str  # fermée, planifiée, non planifiée
    cuivre_le: str  # date of the technical closure, or empty


@dataclass(frozen=True, slots=True)
class CommuneFictive:
    """One row of communes.csv.

    `est_km` and `nord_km` place its mairie from the south-west corner of the map. `reseau` is None for the one
    commune that the broadband files do not know.
    """

    code: str
    nom: str
    epci: str
    population: int
    codes_postaux: tuple[str, ...]
    est_km: float
    nord_km: float
    reseau: Reseau | None

    @property
    def departement(self) -> str:
        return self.code[:2]


@dataclass(frozen=True, slots=True)
class EpciFictif:
    """One EPCI; its members are the communes that name it."""

    code: str
    nom: str
    type: str


# The story of the gap report: one line each.
EPCIS = (
    EpciFictif("249900010", "CA Valbourg Agglomération", "CA"),  # the prefecture: well served
    EpciFictif("249900028", "CC des Hautes Bruyères", "CC"),  # few places and poor broadband: deficits pile up
    EpciFictif("249900036", "CC Lône et Bocage", "CC"),  # helps with procedures, trains nobody
    EpciFictif("200999019", "CC d'Entre-Deux-Vals", "CC"),  # well served by its neighbour across the border
    EpciFictif("249600016", "CC du Pays de Noisebelle", "CC"),  # across the border only
)

CHEFS_LIEUX = {DEPARTEMENT: "99058", VOISIN: "96009"}
# A commune nouvelle: its déléguées (code, nom); the second code is no longer that of a commune.
COMMUNE_NOUVELLE = "99008"
DELEGUEES = (("99008", "Bruyère-le-Haut"), ("99030", "Lande-Sainte-Croix"))
ANCIENS_CODES = {"99011": ("99012",)}


@cache
def communes() -> tuple[CommuneFictive, ...]:
    """Every commune of the département then of the neighbouring strip, in the order of the table."""
    with Path(__file__).with_name("communes.csv").open(encoding="utf-8", newline="") as flux:
        return tuple(_commune(ligne) for ligne in csv.DictReader(flux, delimiter=";"))


def _commune(ligne: dict[str, str]) -> CommuneFictive:
    return CommuneFictive(
        code=ligne["code"],
        nom=ligne["nom"],
        epci=ligne["epci"],
        population=int(ligne["population"]),
        codes_postaux=tuple(ligne["codes_postaux"].split()),
        est_km=float(ligne["est_km"]),
        nord_km=float(ligne["nord_km"]),
        reseau=_reseau(ligne) if ligne["locaux"] else None,
    )


def _reseau(ligne: dict[str, str]) -> Reseau:
    return Reseau(
        locaux=int(ligne["locaux"]),
        fibre_pct=int(ligne["fibre_pct"]),
        thd30_pct=int(ligne["thd30_pct"]),
        cuivre=ligne["cuivre"],
        cuivre_le=ligne["cuivre_le"],
    )


def membres(code_epci: str) -> list[CommuneFictive]:
    """Communes of an EPCI, both sides of the border."""
    return [commune for commune in communes() if commune.epci == code_epci]


def commune_nommee(nom: str, departement: str) -> CommuneFictive:
    """The commune of that name in that département: the name alone is not enough, Montfleury exists twice.

    Raises KeyError when there is none.
    """
    for commune in communes():
        if (commune.nom, commune.departement) == (nom, departement):
            return commune
    raise KeyError(f"{nom} ({departement})")
