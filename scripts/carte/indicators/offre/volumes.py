"""O1, O2, O3 and the records' part of O8: the offer itself, by territory."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from carte.choix import FAMILLES
from carte.indicators.monde import Colonnes, Monde, sommes
from carte.indicators.quantiles import DIXIEME, MEDIANE, quantiles
from carte.records.dires import Nature

PAR_HABITANTS = 10_000
HEURES_FRANCE_SERVICES = 24.0


def heures_additives(monde: Monde) -> Colonnes:
    """O2 by commune: weekly hours of the points of offer that stand there; those without known hours are counted."""
    heures = monde.offre["heures_hebdo"].to_numpy(dtype=np.float64)
    rangs = pd.Index(monde.communes["code_insee"]).get_indexer(pd.Index(monde.offre["code_insee"]))
    connues, inconnues = (rangs >= 0) & ~np.isnan(heures), (rangs >= 0) & np.isnan(heures)
    taille = len(monde.communes)
    peuplee = ~np.isnan(monde.population)
    return {
        "O2_num": np.where(peuplee, sommes(rangs[connues], heures[connues], taille), np.nan),
        "O2_den": monde.population,
        "O2_inconnus": np.bincount(rangs[inconnues], minlength=taille).astype(np.float64),
    }


def offre_par_niveau(
    monde: Monde, cle: pd.Series, population: "pd.Series[float]", fins: bool, parts: pd.DataFrame
) -> pd.DataFrame:
    """O1, O3, O8 and the shares of places of `parts` (by point of offer) by territory.

    A place counts once in each territory where it has a point.

    `cle` gives the territory of each commune, `population` that of each territory. `fins` adds what has no meaning for
    one commune: types of places and quantiles.
    """
    points = _points(monde, monde.offre, cle)
    lieux = points.drop_duplicates(["cle", "lieu_id"])
    index = population.index
    peuples = lieux[lieux["peuplee"]]
    table = pd.DataFrame({"lieux": _compter(lieux, index)}).join(_fermes(monde, cle, index))
    table["O1_lieux_num"] = _compter(peuples, index)
    for famille in FAMILLES:
        table[f"O1_{famille}_num"] = _compter(peuples[peuples[famille]], index)
    table = table.join(_fraicheur(lieux, index, monde.seuils.fraicheur_jours))
    table = table.join(parts.loc[lieux.index].groupby(lieux["cle"]).sum().reindex(index, fill_value=0.0))
    if fins:
        table = table.join(_types(peuples, index)).join(_amplitude(points[~points["itinerant"]], index))
        table["O8_age_median_val"] = _quantile(lieux, "fraicheur_jours", MEDIANE)
    return _rapports(table, population)


def _points(monde: Monde, offre: pd.DataFrame, cle: pd.Series) -> pd.DataFrame:
    """Points with their territory; points outside every territory are dropped (they are counted elsewhere)."""
    par_code = pd.DataFrame({"cle": cle.to_numpy(), "peuplee": ~np.isnan(monde.population)})
    par_code.index = pd.Index(monde.communes["code_insee"])
    return offre.join(par_code, on="code_insee").dropna(subset="cle").astype({"peuplee": bool})


def _fermes(monde: Monde, cle: pd.Series, index: pd.Index) -> pd.DataFrame:
    """Places out of the offer at its date, by territory: closed, and not open yet."""
    lieux = _points(monde, monde.fermes, cle).drop_duplicates(["cle", "lieu_id"])
    a_ouvrir = lieux["fermeture"] == Nature.AVANT_OUVERTURE.value
    comptes = {"lieux_fermes": lieux[~a_ouvrir], "lieux_pas_encore_ouverts": lieux[a_ouvrir]}
    return pd.DataFrame({nom: _compter(table, index) for nom, table in comptes.items()})


def _compter(lignes: pd.DataFrame, index: pd.Index) -> pd.Series:
    return lignes.groupby("cle").size().reindex(index, fill_value=0)


def _types(lieux: pd.DataFrame, index: pd.Index) -> pd.DataFrame:
    """Places by type; a place of several types counts in each, one without any under « inconnu »."""
    types = pd.Series([list(types) or ["inconnu"] for types in lieux["typologie"]], index=lieux.index, dtype=object)
    eclates = lieux.assign(type=types).explode("type")
    noms: Iterable[str] = sorted(set(eclates["type"]))
    return pd.DataFrame({f"O1_type_{nom}_num": _compter(eclates[eclates["type"] == nom], index) for nom in noms}, index)


def _amplitude(fixes: pd.DataFrame, index: pd.Index) -> pd.DataFrame:
    """O3, on fixed places: quantiles where hours are known; the share open 24 h a week or more, over all places."""
    connus = fixes.dropna(subset="heures_hebdo")
    longs = _compter(connus[connus["heures_hebdo"] >= HEURES_FRANCE_SERVICES], index)
    inconnus = _compter(fixes, index) - _compter(connus, index)
    return pd.DataFrame(
        {
            "O3_connus": _compter(connus, index),
            "O3_inconnus": inconnus,
            "O3_heures_mediane_val": _quantile(connus, "heures_hebdo", MEDIANE),
            "O3_heures_p10_val": _quantile(connus, "heures_hebdo", DIXIEME),
            "O3_jours_mediane_val": _quantile(connus, "jours_hebdo", MEDIANE),
            "O3_24h_num": longs,
            "O3_24h_den": _compter(fixes, index),
            "O3_24h_bas": longs,
            "O3_24h_haut": longs + inconnus,
        },
        index,
    )


def _fraicheur(lieux: pd.DataFrame, index: pd.Index, seuil_jours: int) -> pd.DataFrame:
    """O8: records updated or checked less than the threshold ago. The first date is mandatory: there is no interval."""
    frais = _compter(lieux[lieux["fraicheur_jours"] < seuil_jours], index)
    colonnes = {"num": frais, "den": _compter(lieux, index), "bas": frais, "haut": frais}
    return pd.DataFrame({f"O8_fiches_{suffixe}": valeurs for suffixe, valeurs in colonnes.items()}, index)


def _quantile(lignes: pd.DataFrame, colonne: str, q: float) -> "pd.Series[float]":
    valeurs = lignes[colonne].to_numpy(dtype=np.float64, na_value=np.nan)
    return quantiles(valeurs, np.ones(len(valeurs)), lignes["cle"], q)


def _rapports(table: pd.DataFrame, population: "pd.Series[float]") -> pd.DataFrame:
    """Put the population beside each count of places, and their ratio per 10,000 inhabitants."""
    bases = [nom[:-4] for nom in table.columns if nom.startswith("O1_") and nom.endswith("_num")]
    habitants = population.where(population > 0)
    ajouts = {f"{base}_den": population for base in bases}
    ajouts |= {f"{base}_val": PAR_HABITANTS * table[f"{base}_num"] / habitants for base in bases}
    return table.join(pd.DataFrame(ajouts))
