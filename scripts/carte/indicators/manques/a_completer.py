"""Which records, by saying whether they give a family, would settle who has it within reach: the hubs' worklist.

The value of an answer is the number of people whose status would move from uncertain to sure. It counts central times,
at the main threshold by car: people whom no place that says it gives the family can serve, and whom a silent one may.
"""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from carte.access import Mode, dans
from carte.access.points import Booleens, Entiers, Reels
from carte.choix import FAMILLES
from carte.indicators.monde import Monde

if TYPE_CHECKING:
    from collections.abc import Mapping

    from carte.indicators.niveaux import Niveau

COLONNES = [
    *("niveau", "code", "famille", "lieu_id", "nom", "commune", "code_departement"),
    *("habitants_si_oui", "habitants_si_non", "statut"),
]
_NIVEAUX = ("departement", "epci_departement", "perimetre")


def a_completer(monde: Monde, tables: "Mapping[str, pd.DataFrame]", niveaux: "Mapping[str, Niveau]") -> pd.DataFrame:
    """One row per territory, family and silent record that people there would be served by, the most useful first.

    `habitants_si_oui`: people of the territory who would surely be in reach (by central times) if it answered « oui »;
    `habitants_si_non`: those who would surely not be if it answered « non », no other silent place being near.
    `statut`: the deficit of the territory for the family today (G3; empty where a level has none).
    """
    liens = pd.concat([_liens(monde, famille) for famille in FAMILLES], ignore_index=True)
    blocs = [_par_niveau(liens, monde, niveaux[nom], tables[nom]) for nom in _NIVEAUX]
    pleins = [bloc for bloc in blocs if len(bloc)]
    return pd.concat(pleins, ignore_index=True)[COLONNES] if pleins else pd.DataFrame(columns=COLONNES)


def _liens(monde: Monde, famille: str) -> pd.DataFrame:
    """One row per line of people left uncertain by silences, and silent record within their reach."""
    paires, seuil = monde.trajets.paires, monde.seuils.principal
    portee = dans(monde.trajets.minutes[Mode.VOITURE], seuil)
    muets = monde.possibles[famille] & ~monde.choix[famille]
    servies = _servies(paires.commune[portee & monde.choix[famille][paires.lieu]], len(monde.habitants))
    utiles = np.flatnonzero(portee & muets[paires.lieu] & ~servies[paires.commune])
    lignes, fiches = paires.commune[utiles], monde.offre["lieu_id"].to_numpy(dtype=object)[paires.lieu[utiles]]
    # Two stops of one record are one answer.
    uniques = pd.DataFrame({"ligne": lignes, "lieu_id": fiches}).drop_duplicates()
    habitants: Reels = np.nan_to_num(monde.habitants)[uniques["ligne"]]
    seule = uniques.groupby("ligne")["lieu_id"].transform("size") == 1
    return uniques.assign(
        famille=famille,
        rang=monde.chez[uniques["ligne"]],
        habitants_si_oui=habitants,
        habitants_si_non=np.where(seule, habitants, 0.0),
    )


def _servies(lignes: Entiers, taille: int) -> Booleens:
    servies = np.zeros(taille, dtype=np.bool_)
    servies[lignes] = True
    return servies


def _par_niveau(liens: pd.DataFrame, monde: Monde, niveau: "Niveau", table: pd.DataFrame) -> pd.DataFrame:
    codes = niveau.cle.to_numpy()[liens["rang"].to_numpy(dtype=np.intp)]
    chiffres = ["habitants_si_oui", "habitants_si_non"]
    sommes = liens.assign(code=codes).dropna(subset="code").groupby(["code", "famille", "lieu_id"])[chiffres].sum()
    comptes = sommes[sommes["habitants_si_oui"] > 0].reset_index()
    noms = dict(zip(monde.communes["code_insee"], monde.communes["nom"], strict=True))
    fiches = monde.offre.drop_duplicates("lieu_id").set_index("lieu_id")
    connues = fiches.reindex(comptes["lieu_id"])
    colonnes = [f"G3_{monde.seuils.principal}_{famille}_statut" for famille in comptes["famille"]]
    statuts: list[str | None] = [_statut(table, code, nom) for code, nom in zip(comptes["code"], colonnes, strict=True)]
    comptes = comptes.assign(
        niveau=niveau.nom,
        nom=connues["nom"].to_numpy(),
        commune=connues["code_insee"].map(noms).astype(object).to_numpy(),
        code_departement=connues["code_departement"].to_numpy(),
        statut=np.array(statuts, dtype=object),
    )
    ordre = ["code", "habitants_si_oui", "habitants_si_non", "lieu_id", "famille"]
    return comptes.sort_values(ordre, ascending=[True, False, False, True, True], ignore_index=True)


def _statut(table: pd.DataFrame, code: str, colonne: str) -> str | None:
    return str(table.at[code, colonne]) if colonne in table and code in table.index else None
