"""Criteria of two networks, stated as facts: yes, no, or unknown when no record can say it.

EPN: criteria of the 2001 label, five computers, two hours of free initiation, a qualified facilitator. France services:
24 hours a week, over five days.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from carte.access.points import Reels

OUI, NON, INCONNU = "oui", "non", "inconnu"
EPN, FRANCE_SERVICES = "EPN", "France services"
CRITERES: Mapping[str, tuple[str, ...]] = {
    EPN: ("epn_postes", "epn_initiation", "epn_animateur"),
    FRANCE_SERVICES: ("fs_24h", "fs_5jours"),
}
POSTES_EPN, HEURES_FS, JOURS_FS = 5, 24, 5
_NOMS = {EPN: {"EPN", "Espace public numérique"}, FRANCE_SERVICES: {"RFS", "France services", "France Services"}}


def conformite(offre: pd.DataFrame) -> pd.DataFrame:
    """One row per fixed place and network it says it belongs to (type of place, label in force, or programme)."""
    fixes = offre[~offre["itinerant"]].drop_duplicates("lieu_id")
    reponses = pd.DataFrame(
        {
            "epn_postes": _reponse(fixes["postes"], POSTES_EPN),
            "epn_initiation": INCONNU,  # no field of a record says it
            "epn_animateur": INCONNU,
            "fs_24h": _reponse(fixes["heures_hebdo"], HEURES_FS),
            "fs_5jours": _reponse(fixes["jours_hebdo"], JOURS_FS),
        },
        index=fixes.index,
    )
    entete = fixes[["lieu_id", "nom", "code_departement"]]
    morceaux = []
    for reseau, criteres in CRITERES.items():
        membres = est_membre(fixes, reseau)
        morceaux.append(entete[membres].assign(reseau=reseau).join(reponses.loc[membres, list(criteres)]))
    table = pd.concat(morceaux).astype({nom: object for noms in CRITERES.values() for nom in noms})
    return table.where(table.notna(), None).sort_values(["lieu_id", "reseau"], ignore_index=True)


def parts_conformite(offre: pd.DataFrame) -> dict[str, Reels]:
    """Columns of shares by point of offer (0 or 1; the denominator is 0 for a place outside the network)."""
    colonnes: dict[str, Reels] = {}
    inconnus = np.full(len(offre), np.nan)
    appartenances = {reseau: est_membre(offre, reseau) & ~offre["itinerant"] for reseau in CRITERES}
    mesures: dict[str, tuple[str, list[Reels]]] = {
        "epn_postes": (EPN, [_atteint(offre["postes"], POSTES_EPN)]),
        "epn_initiation": (EPN, [inconnus]),
        "epn_animateur": (EPN, [inconnus]),
        "fs_24h": (FRANCE_SERVICES, [_atteint(offre["heures_hebdo"], HEURES_FS)]),
        "fs_5jours": (FRANCE_SERVICES, [_atteint(offre["jours_hebdo"], JOURS_FS)]),
        "fs": (FRANCE_SERVICES, [_atteint(offre["heures_hebdo"], HEURES_FS), _atteint(offre["jours_hebdo"], JOURS_FS)]),
    }
    for nom, (reseau, valeurs) in mesures.items():
        membres: Reels = np.asarray(appartenances[reseau], dtype=np.float64)
        sur = np.min([np.nan_to_num(valeur, nan=0.0) for valeur in valeurs], axis=0)
        possible = np.min([np.nan_to_num(valeur, nan=1.0) for valeur in valeurs], axis=0)
        colonnes |= {
            f"CONF_{nom}_num": membres * sur,
            f"CONF_{nom}_den": membres,
            f"CONF_{nom}_bas": membres * sur,
            f"CONF_{nom}_haut": membres * possible,
        }
    return colonnes


def est_membre(offre: pd.DataFrame, reseau: str) -> "pd.Series[bool]":
    """Whether a place says it belongs to a network, by its type, a label in force or a programme."""
    noms = _NOMS[reseau]
    paires = zip(offre["typologie"], offre["reseaux"], strict=True)
    return pd.Series([bool(noms & {*types, *reseaux}) for types, reseaux in paires], offre.index, dtype=bool)


def _atteint(colonne: pd.Series, seuil: float) -> Reels:
    """1 at the threshold or above, 0 under it, NaN when unknown."""
    valeurs = colonne.to_numpy(dtype=np.float64, na_value=np.nan)
    return np.where(np.isnan(valeurs), np.nan, (valeurs >= seuil).astype(np.float64))


def _reponse(colonne: pd.Series, seuil: float) -> "pd.Series[str]":
    atteint = _atteint(colonne, seuil)
    return pd.Series(np.select([np.isnan(atteint), atteint == 1], [INCONNU, OUI], NON), colonne.index, dtype=object)
