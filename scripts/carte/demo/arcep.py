"""Fictional broadband tables in ARCEP's layout: `;`, one row per commune, classes cumulative."""

from collections.abc import Sequence
from dataclasses import dataclass

from carte.demo.communes import REGION, CommuneFictive, Reseau, communes

DATE = "2026-06-30"
DATE_CUIVRE = "2026-09-15"  # the schedule of closure is not of the same day
_CABLE = {"99058": 1}  # share (%) of premises that only the old cable network serves with a gigabit

COLONNES_DEBIT = (
    "code_insee", "nom_com", "nbr", "type", "inel_hd", "elig_hd05", "elig_hd3", "elig_bhd8",
    "elig_thd30", "elig_thd100", "elig_thd1g", "code_dep", "code_reg", "date",
)  # fmt: skip
COLONNES_TECHNO = (
    "code_insee", "nom_com", "nbr", "type", "elig_ftth", "elig_coax", "elig_cu", "elig_thdr",
    "elig_4gf", "elig_hdr", "elig_sat", "code_dep", "code_reg", "date",
)  # fmt: skip
COLONNES_CUIVRE = ("code_insee", "statut", "fermeture_technique")


@dataclass(frozen=True, slots=True)
class _Eligibles:
    """Premises of a commune, by network; `vdsl` and `adsl` are the copper lines above and below 30 Mbit/s."""

    nbr: int
    ftth: int
    coax: int
    vdsl: int
    adsl: int
    sans_fil: int


def _eligibles(code: str, reseau: Reseau) -> _Eligibles:
    """A closed copper network serves nobody; elsewhere two premises in three of the rest keep a slow line."""
    nbr = reseau.locaux
    ftth = nbr * reseau.fibre_pct // 100
    coax = nbr * _CABLE.get(code, 0) // 100
    vdsl = max(0, nbr * reseau.thd30_pct // 100 - ftth - coax)
    reste = nbr - ftth - coax - vdsl
    adsl = 0 if reseau.cuivre == "fermée" else (2 * reste) // 3
    return _Eligibles(nbr=nbr, ftth=ftth, coax=coax, vdsl=vdsl, adsl=adsl, sans_fil=reste - adsl)


def debit_filaire() -> str:
    """`commune_debit_filaire.csv`: premises eligible to each class of wired speed."""
    return _table(COLONNES_DEBIT, [_ligne(commune, _debits(e)) for commune, e in _connues()])


def meilleure_techno() -> str:
    """`commune_meilleure_techno.csv`: each premise under its best technology, so the columns sum to `nbr`."""
    return _table(COLONNES_TECHNO, [_ligne(commune, _technos(e)) for commune, e in _connues()])


def fermeture_cuivre() -> str:
    """`fermeture_cuivre.csv`: state of the copper network and date of its technical closure."""
    lignes = [(c.code, c.reseau.cuivre, c.reseau.cuivre_le) for c in communes() if c.reseau is not None]
    return _table(COLONNES_CUIVRE, lignes)


def _connues() -> list[tuple[CommuneFictive, _Eligibles]]:
    return [(c, _eligibles(c.code, c.reseau)) for c in communes() if c.reseau is not None]


def _debits(e: _Eligibles) -> tuple[int, tuple[int, ...]]:
    gigabit = e.ftth + e.coax
    thd30 = gigabit + e.vdsl
    filaire = thd30 + e.adsl
    hd3 = thd30 + (2 * e.adsl) // 3
    bhd8 = thd30 + e.adsl // 3
    return e.nbr, (e.nbr - filaire, filaire, hd3, bhd8, thd30, gigabit, gigabit)


def _technos(e: _Eligibles) -> tuple[int, tuple[int, ...]]:
    """Slow copper lines lose to fixed 4G for half of them, as where they are really offered."""
    quatre_g = e.adsl // 2 + e.sans_fil // 2
    satellite = e.sans_fil - e.sans_fil // 2
    return e.nbr, (e.ftth, e.coax, e.vdsl + e.adsl - e.adsl // 2, 0, quatre_g, 0, satellite)


def _ligne(commune: CommuneFictive, mesures: tuple[int, tuple[int, ...]]) -> tuple[str, ...]:
    nbr, valeurs = mesures
    debut = (commune.code, commune.nom, str(nbr), "all")
    return (*debut, *map(str, valeurs), commune.departement, REGION, DATE)


def _table(colonnes: tuple[str, ...], lignes: Sequence[tuple[str, ...]]) -> str:
    return "".join(";".join(ligne) + "\n" for ligne in [colonnes, *lignes])
