"""G7, G8 and G10: a territory among the others, without a rank that its interval does not allow."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from carte.access.points import Entiers, Reels
from carte.indicators.monde import Monde, sommes

FAVORABLE, PROCHE, DEFAVORABLE = "favorable", "proche", "défavorable"
NON_CLASSE, INCONNU = "non classé", "inconnu"
LIEUX_MINIMAUX, POPULATION_MINIMALE = 3, 1_000
DECILE = 0.1


def bases(monde: Monde) -> Mapping[str, bool]:
    """The figures compared, and whether more is better."""
    seuil = monde.seuils.principal
    return {f"A2_voiture_{seuil}": True, f"A6_voiture_{seuil}": True, f"A8_{seuil}": True, f"G1_{seuil}": False}


def parts(monde: Monde) -> tuple[str, ...]:
    """Those of `bases` that are shares."""
    return tuple(nom for nom in bases(monde) if not nom.startswith("A8"))


def valeurs(table: pd.DataFrame, base: str) -> pd.DataFrame:
    """Central value, low and high of a figure: shares in per cent, measures in their unit; NaN when unknown."""
    if f"{base}_val" in table:
        return table[[f"{base}_val", f"{base}_bas", f"{base}_haut"]].set_axis(["val", "bas", "haut"], axis=1)
    num, bas, haut, den = (table[f"{base}_{s}"].to_numpy(dtype=np.float64) for s in ("num", "bas", "haut", "den"))
    parts_pct = 100 * np.array([num, bas, haut]) / np.where(den > 0, den, np.nan)
    return pd.DataFrame(parts_pct.T, table.index, ["val", "bas", "haut"])


def g7(table: pd.DataFrame, reference: pd.DataFrame, groupes: "pd.Series[str]", monde: Monde) -> pd.DataFrame:
    """Three groups against the whole (`reference`: its row for each territory, same index), and ranks in each group.

    « favorable » or « défavorable » only when the whole interval is on that side of the reference; « proche »
    otherwise. Ranks are those that the intervals allow. Under LIEUX_MINIMAUX places or POPULATION_MINIMALE
    inhabitants, and outside an EPCI, a territory is « non classé ».
    """
    classes = (table["lieux"] >= LIEUX_MINIMAUX) & (table["population"] >= POPULATION_MINIMALE) & groupes.notna()
    colonnes: dict[str, object] = {}
    for base, plus_est_mieux in bases(monde).items():
        ici, la = valeurs(table, base), valeurs(reference, base)
        au_dessus = ici["bas"] > la["haut"].where(la["val"].isna(), la["val"])
        au_dessous = ici["haut"] < la["bas"].where(la["val"].isna(), la["val"])
        mieux, moins = (au_dessus, au_dessous) if plus_est_mieux else (au_dessous, au_dessus)
        inconnu = ici["bas"].isna() | la["bas"].isna()
        choix = [~classes, inconnu, mieux, moins]
        colonnes[f"G7_{base}_groupe"] = np.select(choix, [NON_CLASSE, INCONNU, FAVORABLE, DEFAVORABLE], PROCHE)
        rangs = _rangs(ici[classes & ~inconnu], groupes, plus_est_mieux).reindex(table.index)
        colonnes |= {f"G7_{base}_{nom}": rangs[nom] for nom in ("rang_min", "rang_max")}
    return pd.DataFrame(colonnes, index=table.index)


def g8(table: pd.DataFrame, references: Mapping[str, pd.DataFrame], monde: Monde) -> pd.DataFrame:
    """Gaps in points and ratios to each reference (its row for each territory, same index)."""
    colonnes: dict[str, object] = {}
    for base in parts(monde):
        ici = valeurs(table, base)
        for nom, reference in references.items():
            la = valeurs(reference, base)
            centre = la["val"]
            # Against a reference that is itself between bounds, the gap is widest one way then the other.
            contre = {
                "val": centre,
                "bas": la["haut"].where(centre.isna(), centre),
                "haut": la["bas"].where(centre.isna(), centre),
            }
            colonnes |= {f"G8_{base}_{nom}_points_{s}": ici[s] - autre for s, autre in contre.items()}
            colonnes[f"G8_{base}_{nom}_rapport_val"] = ici["val"] / centre.where(centre > 0)
    return pd.DataFrame(colonnes, index=table.index)


def g10(
    monde: Monde, table: pd.DataFrame, deciles: pd.DataFrame, communes: pd.DataFrame, cle: pd.Series
) -> pd.DataFrame:
    """Gap between the ninth and the first decile of the time by car, and how concentrated G1 is.

    `table`: rows of the level (A7 columns); `deciles`: P10 of the time by territory (val, bas, haut); `communes`:
    additive columns by loaded commune, aligned with `cle`.
    """
    colonnes: dict[str, object] = {}
    for suffixe in ("val", "bas", "haut"):
        ecart = table[f"A7_voiture_p90_{suffixe}"] - deciles[suffixe].reindex(table.index)
        colonnes[f"G10_ecart_{suffixe}"] = ecart.replace([np.inf, -np.inf], np.nan)
    for seuil in monde.seuils.voiture:
        colonnes |= _concentration(communes, cle, seuil, table.index)
    return pd.DataFrame(colonnes, index=table.index)


def part_du_haut(valeurs_communes: Reels, codes: Entiers, nombre: int) -> tuple[Reels, Reels]:
    """Sum of the known values, and of those of the tenth of the communes (rounded up) that have most, by territory.

    `codes`: position of the territory of each commune, -1 for none; `nombre` of territories. NaN: nothing is known.
    """
    connues = (codes >= 0) & ~np.isnan(valeurs_communes)
    v, ou = valeurs_communes[connues], codes[connues]
    ordre = np.lexsort((-v, ou))
    v, ou = v[ordre], ou[ordre]
    tailles = np.bincount(ou, minlength=nombre)
    rangs = np.arange(len(ou)) - (np.cumsum(tailles) - tailles)[ou]
    haut = rangs < np.ceil(DECILE * tailles[ou] - 1e-9)
    total, somme = sommes(ou, v, nombre), sommes(ou[haut], v[haut], nombre)
    return np.where(tailles > 0, total, np.nan), np.where(tailles > 0, somme, np.nan)


def _concentration(communes: pd.DataFrame, cle: pd.Series, seuil: int, index: pd.Index) -> dict[str, object]:
    """Share of G1 in the communes that have most of it; bounds: the same share in the low and the high reading."""
    base, nombre = f"G1_{seuil}", len(index)
    codes = np.asarray(index.get_indexer(pd.Index(cle)), dtype=np.intp)
    lectures = {s: part_du_haut(communes[f"{base}_{s}"].to_numpy(), codes, nombre) for s in ("num", "bas", "haut")}
    flou = np.asarray(communes[f"{base}_num"].isna() & communes[f"{base}_den"].notna(), dtype=np.float64)
    incomplets = sommes(codes[codes >= 0], flou[codes >= 0], nombre) > 0
    taux = {
        nom: np.divide(haut, total, out=np.full(nombre, np.nan), where=total > 0)
        for nom, (total, haut) in lectures.items()
    }
    den = np.where(incomplets, lectures["haut"][0], lectures["num"][0])
    centre = np.where(incomplets, np.nan, taux["num"])
    connus = pd.DataFrame({"num": centre, "bas": taux["bas"], "haut": taux["haut"]}, index)
    nom = f"G10_concentration_{seuil}"
    return {
        f"{nom}_num": connus["num"] * den,
        f"{nom}_den": pd.Series(den, index),
        f"{nom}_bas": connus.min(axis=1) * den,
        f"{nom}_haut": connus.max(axis=1) * den,
    }


def _rangs(intervalles: pd.DataFrame, groupes: "pd.Series[str]", plus_est_mieux: bool) -> pd.DataFrame:
    """Best and worst rank that the intervals allow, within each group; 1 is the most favourable."""
    resultat = pd.DataFrame(np.nan, intervalles.index, ["rang_min", "rang_max"])
    for _, membres in intervalles.groupby(groupes.reindex(intervalles.index)):
        bas, haut = membres["bas"].to_numpy(dtype=np.float64), membres["haut"].to_numpy(dtype=np.float64)
        if not plus_est_mieux:
            bas, haut = -haut, -bas
        resultat.loc[membres.index, "rang_min"] = 1 + _strictement_au_dessus(bas, haut)
        resultat.loc[membres.index, "rang_max"] = len(bas) - _strictement_au_dessus(-haut, -bas)
    return resultat


def _strictement_au_dessus(bas: Reels, haut: Reels) -> Reels:
    """For each interval, how many others lie wholly above it."""
    return (len(bas) - np.searchsorted(np.sort(bas), haut, side="right")).astype(np.float64)
