"""O1, O2, O3 and the records' part of O8: the offer itself, by territory."""

import numpy as np
import pandas as pd

from carte.access.points import Booleens, Entiers, Reels
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
    compter = _Compteur(lieux, index)
    peuples = lieux["peuplee"].to_numpy()
    colonnes = {"lieux": compter(), "lieux_en_double": compter(_en_double(lieux))} | _fermes(monde, cle, index)
    colonnes |= {"O1_lieux_num": compter(peuples), "_O1_lieux_double": compter(peuples & _en_double(lieux))}
    colonnes |= _familles(lieux, compter, peuples)
    colonnes |= _fraicheur(lieux, compter, monde.seuils.fraicheur_jours)
    sommees = parts.loc[lieux.index].groupby(lieux["cle"].to_numpy()).sum().reindex(index, fill_value=0.0)
    morceaux = [pd.DataFrame(colonnes, index), sommees]
    if fins:
        age = _quantile(lieux, "fraicheur_jours", MEDIANE).to_frame("O8_age_median_val")
        morceaux += [_types(lieux[peuples], index), _amplitude(points[~points["itinerant"]], index), age]
    return _rapports(pd.concat(morceaux, axis=1), population)


def _familles(lieux: pd.DataFrame, compter: "_Compteur", peuples: Booleens) -> dict[str, object]:
    """O1 by family: places that say they give it, that say they do not, that do not say; the count itself is known
    (`_num`) when all say."""
    colonnes: dict[str, object] = {}
    for nom in FAMILLES:
        tus = lieux[nom].isna().to_numpy()
        oui, non = lieux[nom].fillna(False).to_numpy(dtype=bool), ~lieux[nom].fillna(True).to_numpy(dtype=bool)
        comptes = {"oui": compter(peuples & oui), "non": compter(peuples & non), "non_dit": compter(peuples & tus)}
        colonnes |= {f"O1_{nom}_{etat}": nombre for etat, nombre in comptes.items()}
        doubles = np.zeros(len(lieux), dtype=np.bool_)
        doubles[oui] = _en_double(lieux[oui])
        colonnes[f"_O1_{nom}_double"] = compter(peuples & doubles)
        colonnes[f"O1_{nom}_num"] = np.where(comptes["non_dit"] > 0, np.nan, comptes["oui"])
    return colonnes


def _en_double(lieux: pd.DataFrame) -> Booleens:
    """Places that may be one with a place before them in their territory: without them, a doubt counts once."""
    return (lieux["doute"].notna() & lieux.duplicated(["cle", "doute"])).to_numpy(dtype=np.bool_)


class _Compteur:
    """Counts the rows of a frame by territory of `index` (column `cle`), all of them or those of a mask."""

    def __init__(self, lignes: pd.DataFrame, index: pd.Index) -> None:
        self._rangs, self._taille = index.get_indexer(pd.Index(lignes["cle"])), len(index)

    def __call__(self, lesquelles: Booleens | slice = slice(None)) -> Entiers:
        return np.bincount(self._rangs[lesquelles], minlength=self._taille)


def _points(monde: Monde, offre: pd.DataFrame, cle: pd.Series) -> pd.DataFrame:
    """Points with their territory; points outside every territory are dropped (they are counted elsewhere)."""
    rangs = pd.Index(monde.communes["code_insee"]).get_indexer(pd.Index(offre["code_insee"]))
    dedans = (rangs >= 0) & cle.notna().to_numpy()[rangs]
    rangs, points = rangs[dedans], pd.DataFrame(offre[dedans])
    return points.assign(cle=cle.to_numpy()[rangs], peuplee=~np.isnan(monde.population[rangs]))


def _fermes(monde: Monde, cle: pd.Series, index: pd.Index) -> dict[str, object]:
    """Places out of the offer at its date, by territory: closed, and not open yet."""
    lieux = _points(monde, monde.fermes, cle).drop_duplicates(["cle", "lieu_id"])
    a_ouvrir = lieux["fermeture"].eq(Nature.AVANT_OUVERTURE.value).to_numpy(dtype=bool)
    compter = _Compteur(lieux, index)
    return {"lieux_fermes": compter(~a_ouvrir), "lieux_pas_encore_ouverts": compter(a_ouvrir)}


def _types(lieux: pd.DataFrame, index: pd.Index) -> pd.DataFrame:
    """Places by type; a place of several types counts in each, one without any under « inconnu »."""
    types = pd.Series([list(types) or ["inconnu"] for types in lieux["typologie"]], index=lieux.index, dtype=object)
    eclates = lieux.assign(type=types).explode("type")
    noms, compter = eclates["type"].to_numpy(), _Compteur(eclates, index)
    return pd.DataFrame({f"O1_type_{nom}_num": compter(noms == nom) for nom in sorted(set(noms))}, index)


def _amplitude(fixes: pd.DataFrame, index: pd.Index) -> pd.DataFrame:
    """O3, on fixed places: quantiles where hours are known; the share open 24 h a week or more, over all places."""
    compter, heures = _Compteur(fixes, index), _reels(fixes["heures_hebdo"])
    connus = fixes[~np.isnan(heures)]
    longs, inconnus = compter(heures >= HEURES_FRANCE_SERVICES), compter(np.isnan(heures))
    return pd.DataFrame(
        {
            "O3_connus": compter(~np.isnan(heures)),
            "O3_inconnus": inconnus,
            "O3_heures_mediane_val": _quantile(connus, "heures_hebdo", MEDIANE),
            "O3_heures_p10_val": _quantile(connus, "heures_hebdo", DIXIEME),
            "O3_jours_mediane_val": _quantile(connus, "jours_hebdo", MEDIANE),
            "O3_24h_num": longs,
            "O3_24h_den": compter(),
            "O3_24h_bas": longs,
            "O3_24h_haut": longs + inconnus,
        },
        index,
    )


def _fraicheur(lieux: pd.DataFrame, compter: _Compteur, seuil_jours: int) -> dict[str, object]:
    """O8: records updated or checked less than the threshold ago. The first date is mandatory: there is no interval."""
    frais = compter(_reels(lieux["fraicheur_jours"]) < seuil_jours)
    colonnes = {"num": frais, "den": compter(), "bas": frais, "haut": frais}
    return {f"O8_fiches_{suffixe}": valeurs for suffixe, valeurs in colonnes.items()}


def _quantile(lignes: pd.DataFrame, colonne: str, q: float) -> "pd.Series[float]":
    return quantiles(_reels(lignes[colonne]), np.ones(len(lignes)), lignes["cle"], q)


def _reels(colonne: pd.Series) -> Reels:
    return colonne.to_numpy(dtype=np.float64, na_value=np.nan)


def _rapports(table: pd.DataFrame, population: "pd.Series[float]") -> pd.DataFrame:
    """Put the population beside each count of places, and their ratio per 10,000 inhabitants."""
    bases = [nom[:-4] for nom in table.columns if nom.startswith("O1_") and nom.endswith("_num")]
    connus = _reels(population)
    habitants = np.where(connus > 0, connus, np.nan)
    ajouts = {f"{base}_den": connus for base in bases}
    ajouts |= {f"{base}_val": PAR_HABITANTS * _reels(table[f"{base}_num"]) / habitants for base in bases}
    for base in ("O1_lieux", *(f"O1_{nom}" for nom in FAMILLES)):
        surs, tus = (
            (table["O1_lieux_num"], 0) if base == "O1_lieux" else (table[f"{base}_oui"], table[f"{base}_non_dit"])
        )
        ajouts |= {
            f"{base}_bas": PAR_HABITANTS * _reels(surs - table[f"_{base}_double"]) / habitants,
            f"{base}_haut": PAR_HABITANTS * _reels(surs + tus) / habitants,
        }
    return pd.concat([table, pd.DataFrame(ajouts, table.index)], axis=1)
