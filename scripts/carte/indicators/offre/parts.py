"""Shares of places (not of people): labels, mutualisation, conformity; 0 or 1 by point of offer, to be added up."""

import numpy as np
import pandas as pd

from carte.access.points import Reels
from carte.indicators.monde import Monde
from carte.indicators.offre.criteres_reseaux import parts_conformite
from carte.indicators.offre.labels import parts_labels


def parts_des_lieux(monde: Monde, inventaire: pd.DataFrame) -> pd.DataFrame:
    """Columns `_num`, `_den`, `_bas`, `_haut` of O6, O9 and CONF, aligned with the offer."""
    colonnes = parts_labels(monde.offre) | _parts_mutualisation(monde, inventaire) | parts_conformite(monde.offre)
    return pd.DataFrame(colonnes, index=monde.offre.index)


def groupes_par_niveau(monde: Monde, inventaire: pd.DataFrame, cle: pd.Series, index: pd.Index) -> pd.DataFrame:
    """O9_groupes: groups of the inventory with a place in each territory."""
    cles = dict(zip(monde.communes["code_insee"], cle, strict=True))
    fixes = monde.offre[~monde.offre["itinerant"]].drop_duplicates("lieu_id").set_index("lieu_id")["code_insee"]
    eclates = inventaire["lieux"].explode().dropna()
    territoires = pd.DataFrame({"groupe": eclates.index, "cle": eclates.map(fixes).map(cles).to_numpy()})
    comptes = territoires.dropna().drop_duplicates().groupby("cle").size()
    return comptes.reindex(index, fill_value=0).to_frame("O9_groupes")


def _parts_mutualisation(monde: Monde, inventaire: pd.DataFrame) -> dict[str, Reels]:
    """A fixed place is in the inventory or is not; one that nothing locates, or may be two, may be next to another."""
    offre = monde.offre
    fixes = ~offre["itinerant"].to_numpy(dtype=bool)
    dedans = offre["lieu_id"].isin(set(inventaire["lieux"].explode().dropna())).to_numpy(dtype=bool)
    possibles = dedans | ~monde.lieux_connus | offre["doute"].notna().to_numpy(dtype=bool)
    valeurs = {"num": dedans, "den": np.ones(len(offre), dtype=np.bool_), "bas": dedans, "haut": possibles}
    return {f"O9_mutualises_{suffixe}": (fixes & oui).astype(np.float64) for suffixe, oui in valeurs.items()}
