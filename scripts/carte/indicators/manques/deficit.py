"""B1, G1, G2 and G3: where fast wired broadband is missing, where that adds to distance, and which territories lack."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from carte.access import Mode, dans
from carte.access.points import Booleens, Reels
from carte.choix import FAMILLES
from carte.indicators.acces.couverture import Portee, portee
from carte.indicators.modele import Parametres
from carte.indicators.monde import TOUTES, Colonnes, Monde, part

_EXACT = 1e-9
_MELANGE = "terrestre"
DEFICIT, INCERTAIN, NON, INCONNU = "deficit", "incertain", "non", "inconnu"
CALCULE, SANS_OBJET = "calcule", "sans objet"


@dataclass(frozen=True, slots=True, eq=False)
class Debit:
    """Share of premises without the wanted speed by commune: central (NaN if only bounds are known), low, high."""

    locaux: Reels
    taux: Reels
    bas: Reels
    haut: Reels


def lire_debit(monde: Monde) -> Debit:
    """Deficit rates from eligible premises (`<classe>_min`, `<classe>_max`) and all premises (`locaux`).

    Figures that mix wired and radio (`techno` = `terrestre`) say nothing of the wired deficit: unknown.
    """
    classe = monde.seuils.classe_debit
    locaux, mini, maxi = (
        monde.debit[nom].to_numpy(dtype=np.float64) for nom in ("locaux", f"{classe}_min", f"{classe}_max")
    )
    if "techno" in monde.debit:
        locaux = np.where(monde.debit["techno"].eq(_MELANGE), np.nan, locaux)
    inconnus = np.full(len(locaux), np.nan)
    bas, haut = (
        np.divide(locaux - eligibles, locaux, out=inconnus.copy(), where=locaux > 0) for eligibles in (maxi, mini)
    )
    return Debit(locaux, np.where(haut - bas <= _EXACT, bas, np.nan), bas, haut)


def deficits_additifs(monde: Monde) -> Colonnes:
    """B1 in premises, G1 in people (by threshold, continuous and binary), and the sums that G2 needs."""
    communal = lire_debit(monde)
    base = f"B1_{monde.seuils.classe_debit}"
    colonnes = part(base, communal.locaux, communal.taux, communal.bas, communal.haut)
    colonnes |= {f"{base}_inconnus": (np.isnan(communal.bas) | np.isnan(communal.haut)).astype(np.float64)}
    # Broadband is known by commune: everybody there has its share.
    debit = Debit(*(valeurs[monde.chez] for valeurs in (communal.locaux, communal.taux, communal.bas, communal.haut)))
    inconnus = np.isnan(debit.bas) | np.isnan(debit.haut)
    temps = monde.trajets.plus_proche(Mode.VOITURE, monde.choix[TOUTES])
    colonnes |= part("G1_debit", monde.habitants, debit.taux, debit.bas, debit.haut)
    for seuil in monde.seuils.voiture:
        loin = portee(temps, seuil).hors()
        colonnes |= _g1(monde, debit, loin, f"G1_{seuil}")
        colonnes |= _g1(monde, _binaire(debit, monde.parametres), loin, f"G1_{seuil}_binaire")
        connu = np.where(inconnus, np.nan, 1.0)
        colonnes |= part(f"G1_{seuil}_loin", monde.habitants, connu * loin.taux, connu * loin.bas, connu * loin.haut)
        for suffixe, taux in (("bas", debit.bas), ("haut", debit.haut)):
            colonnes[f"_G1_{seuil}_{suffixe}"] = monde.habitants * taux * loin.taux
    return colonnes


def g2(sommes: pd.DataFrame, seuil: int) -> pd.DataFrame:
    """Cumulated deficit over what it would be if both were independent; with bounds when broadband is bounded.

    The bounds set the deficit of the far communes against that of the near ones: lowest here and highest there, then
    the contrary. They do not count the interval of the times. `G2_<T>_statut`: « calcule », « sans objet » when one of
    the two is nil, « inconnu ».
    """
    den, loin, tous = (_reels(sommes, nom) for nom in (f"G1_{seuil}_den", f"G1_{seuil}_loin_num", "G1_debit_haut"))
    debits = {"val": "G1_debit_num", "bas": "G1_debit_bas", "haut": "G1_debit_haut"}
    cumuls = {"val": f"G1_{seuil}_num", "bas": f"_G1_{seuil}_bas", "haut": f"_G1_{seuil}_haut"}
    loins = {cle: _reels(sommes, nom) for cle, nom in cumuls.items()}
    pres = {cle: _reels(sommes, nom) - loins[cle] for cle, nom in debits.items()}
    possible = (loin > 0) & (tous > 0)

    def rapport(au_loin: str, aupres: str, sans_deficit: float) -> Reels:
        """`sans_deficit`: limit of the share when both readings are nil."""
        total = loins[au_loin] + pres[aupres]
        part_au_loin = np.where(total <= 0, sans_deficit, loins[au_loin] / _positifs(total))
        return np.where(possible, part_au_loin * den / _positifs(loin), np.nan)

    val = rapport("val", "val", np.nan)
    return pd.DataFrame(
        {
            f"G2_{seuil}_val": val,
            f"G2_{seuil}_bas": rapport("bas", "haut", 1.0),
            f"G2_{seuil}_haut": rapport("haut", "bas", 0.0),
            f"G2_{seuil}_statut": np.select(
                [~np.isnan(val), (loin <= 0) | (tous <= 0)], [CALCULE, SANS_OBJET], INCONNU
            ),
        },
        index=sommes.index,
    )


def g3(sommes: pd.DataFrame, seuil: int, part_pct: float) -> pd.DataFrame:
    """Whether more than `part_pct` % of the people are out of reach, all families and each; the margin is in points."""
    colonnes: dict[str, object] = {}
    for fin in ("", *(f"_{nom}" for nom in FAMILLES)):
        colonnes |= _g3(sommes, f"{seuil}{fin}", part_pct)
    return pd.DataFrame(colonnes, index=sommes.index)


def g3_communes(temps: pd.DataFrame, seuil: int, part_pct: float) -> pd.DataFrame:
    """The same for communes one by one, by their times (`A1_voiture…`): a place is far even where nobody lives."""
    colonnes: dict[str, object] = {}
    for fin in ("", *(f"_{nom}" for nom in FAMILLES)):
        a1, a2 = f"A1_voiture{fin}", f"A2_voiture_{seuil}{fin}"
        centre = _reels(temps, f"{a1}_val")
        connus = ~np.isnan(_reels(temps, f"{a1}_haut"))
        colonnes[f"{a2}_den"] = connus.astype(np.float64)
        colonnes[f"{a2}_num"] = np.where(np.isnan(centre), np.nan, dans(centre, seuil))
        for suffixe, minutes in (("bas", "haut"), ("haut", "bas")):
            colonnes[f"{a2}_{suffixe}"] = connus & dans(_reels(temps, f"{a1}_{minutes}"), seuil)
    return g3(pd.DataFrame(colonnes, temps.index), seuil, part_pct)


def g3_a9(a9: pd.DataFrame, medianes: "pd.Series[float]", part: float) -> "pd.Series[str]":
    """Second criterion: A9 (columns `bas`, `val`, `haut`) below a part of the regional median, whatever the times.

    Uncertain when its interval holds that part; unknown without the median.
    """
    seuil = part * medianes
    conditions = [a9["val"].isna() | seuil.isna(), a9["haut"] < seuil, a9["bas"] < seuil]
    return pd.Series(np.select(conditions, [INCONNU, DEFICIT, INCERTAIN], NON), index=a9.index)


def _g1(monde: Monde, debit: Debit, loin: Portee, nom: str) -> Colonnes:
    return part(nom, monde.habitants, debit.taux * loin.taux, debit.bas * loin.bas, debit.haut * loin.haut)


def _binaire(debit: Debit, parametres: Parametres) -> Debit:
    """1 where the share of premises is above the threshold; the central rate is known when both bounds agree."""
    bas, haut = (_au_dessus(taux, parametres.part_locaux_binaire) for taux in (debit.bas, debit.haut))
    return Debit(debit.locaux, np.where(bas == haut, bas, np.nan), bas, haut)


def _au_dessus(taux: Reels, seuil: float) -> Reels:
    depasse: Booleens = taux > seuil + _EXACT
    return np.where(np.isnan(taux), np.nan, depasse)


def _g3(sommes: pd.DataFrame, variante: str, part_pct: float) -> dict[str, object]:
    a2 = f"A2_voiture_{variante}"
    den = _positifs(_reels(sommes, f"{a2}_den"))
    marges = {
        suffixe: 100 * (den - _reels(sommes, f"{a2}_{couvert}")) / den - part_pct
        for suffixe, couvert in (("val", "num"), ("bas", "haut"), ("haut", "bas"))
    }
    conditions = [np.isnan(den), marges["bas"] > _EXACT, marges["haut"] > _EXACT]
    colonnes: dict[str, object] = {f"G3_{variante}_statut": np.select(conditions, [INCONNU, DEFICIT, INCERTAIN], NON)}
    return colonnes | {f"G3_{variante}_marge_{suffixe}": marge for suffixe, marge in marges.items()}


def _reels(table: pd.DataFrame, nom: str) -> Reels:
    """The numbers of a column: territory by territory, arithmetic on columns costs far more than on bare numbers."""
    return table[nom].to_numpy(dtype=np.float64)


def _positifs(valeurs: Reels) -> Reels:
    return np.where(valeurs > 0, valeurs, np.nan)
