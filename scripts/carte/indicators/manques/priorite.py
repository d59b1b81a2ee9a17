"""G4 and G5: a priority score from three criteria, and how much its ranking owes to our choices.

Saisana, Saltelli and Tarantola 2005 (Journal of the Royal Statistical Society A 168); OECD and JRC, Handbook on
Constructing Composite Indicators, 2008, step 7: every weight vector of a grid, every threshold, every detour is tried.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import ceil

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from carte.access import Mode, dans
from carte.access.points import Reels
from carte.choix import CRITERES
from carte.indicators.modele import Parametres
from carte.indicators.monde import TOUTES, Monde

PRIORITAIRE, SENSIBLE, NON_PRIORITAIRE = "prioritaire", "sensible au choix des poids", "non prioritaire"
NON_CLASSE = "non classé"
PAS = 10
"""Weights of the grid are tenths: with three criteria, 66 vectors."""


@dataclass(frozen=True, slots=True, eq=False)
class Criteres:
    """Criteria of the territories of one level, each a share between 0 and 1, NaN when unknown.

    `distance`: one column per run (threshold x detour); `debit`: one column, or two when only bounds are known;
    `besoin`: one column. `base`: the column of `distance` of the main threshold and of the assumptions in force.
    """

    distance: Reels
    debit: Reels
    besoin: Reels
    base: int

    def centres(self) -> Mapping[str, Reels]:
        """The three criteria of the score itself."""
        return {"distance": self.distance[:, self.base], "debit": self.debit.mean(axis=1), "besoin": self.besoin[:, 0]}


def grille(nombre: int, pas: int = PAS) -> Reels:
    """Every vector of `nombre` weights that are multiples of 1/pas and sum to one, one per row."""
    vecteurs = [v for v in product(range(pas + 1), repeat=nombre) if sum(v) == pas]
    return np.array(vecteurs, dtype=np.float64) / pas


def normaliser(valeurs: Reels, normalisation: str) -> Reels:
    """Each column between 0 (best off) and 1: min-max, or percentile rank (ties share their mean); 0 when all equal."""
    if normalisation == "rang":
        rangs: Reels = rankdata(valeurs, axis=0).astype(np.float64)
        return (rangs - 1) / max(len(valeurs) - 1, 1)
    bas, etendue = valeurs.min(axis=0), np.ptp(valeurs, axis=0)
    parts: Reels = np.divide(valeurs - bas, etendue, out=np.zeros_like(valeurs), where=etendue > 0)
    return parts


def loin_par_essai(monde: Monde) -> tuple[Reels, int]:
    """Share of each commune out of reach for each threshold and detour (NaN unknown; 0 or 1 where it has one point);
    column of the base case.

    Estimated times are proportional to the detour (that of relief moves with the others), so that no time is estimated
    again; measured ones, and the crossing of barriers, do not move.
    """
    detour, seuil = monde.parametres.hypotheses.detour_voiture, monde.seuils.principal
    detours = list(dict.fromkeys((*monde.parametres.detours_essayes, detour)))
    minutes = {d: _minutes(monde, d / detour) for d in detours}
    essais = [(s, d) for s in monde.seuils.voiture for d in detours]
    colonnes = [monde.par_commune(_hors(minutes[d], s)) for s, d in essais]
    return np.column_stack(colonnes), essais.index((seuil, detour))


def criteres(monde: Monde, cle: pd.Series, table: pd.DataFrame, besoin: "pd.Series[float]") -> Criteres:
    """The criteria of the territories of `table`, in its order; `cle` gives the territory of each commune."""
    loin, base = loin_par_essai(monde)
    habitants = np.where(np.isnan(loin[:, 0]), np.nan, monde.population)
    sommes = (
        pd.DataFrame(np.column_stack([loin * habitants[:, None], habitants])).groupby(cle.to_numpy()).sum(min_count=1)
    )
    valeurs = sommes.reindex(table.index).to_numpy(dtype=np.float64)
    total = valeurs[:, [-1]]
    distance = np.divide(valeurs[:, :-1], total, out=np.full_like(valeurs[:, :-1], np.nan), where=total > 0)
    return Criteres(distance, _debit(monde, table), _besoin(table, besoin), base)


def classer(donnees: Criteres, groupes: "pd.Series[str]", parametres: Parametres) -> pd.DataFrame:
    """G4 and G5 of each territory, ranked within its group (None: never ranked), in the order of `groupes`.

    Columns: those of the list `priorites` (see `listes`) from `statut` on. Rank 1 is the highest priority; ties take
    the worst rank for being at the top, both ranks for the range.
    """
    centres = donnees.centres()
    table = pd.DataFrame({f"critere_{nom}": valeurs for nom, valeurs in centres.items()}, index=groupes.index)
    manques = pd.DataFrame({nom: np.isnan(centres[nom]) for nom in parametres.criteres}, index=groupes.index)
    vides = {f"z_{nom}": np.nan for nom in CRITERES} | dict.fromkeys(_CHIFFRES, np.nan)
    table = table.assign(**vides, statut=NON_CLASSE, raison=[_raison(ligne) for _, ligne in manques.iterrows()])
    table.loc[groupes.isna(), "raison"] = "communes sans intercommunalité"
    for _, membres in groupes[groupes.notna() & ~manques.any(axis=1)].groupby(groupes):
        rangs = groupes.index.get_indexer(membres.index)
        if len(rangs) < 2:
            table.loc[membres.index, "raison"] = "aucun autre territoire à comparer"
            continue
        resultat = _essayer(donnees, rangs, parametres).set_axis(membres.index, axis=0)
        table.loc[membres.index, resultat.columns] = resultat
    return table


_CHIFFRES = ("score_val", "rang_min", "rang_max", "part_haut", "essais")


def _essayer(
    donnees: Criteres, rangs: "np.ndarray[tuple[int], np.dtype[np.intp]]", parametres: Parametres
) -> pd.DataFrame:
    """Score, ranks over every run, and share of the runs spent at the top, for the members of one group."""
    noms = parametres.criteres
    poids = np.array([parametres.poids_priorite[nom] for nom in noms])
    centres = {
        nom: normaliser(valeurs[rangs, None], parametres.normalisation)[:, 0]
        for nom, valeurs in donnees.centres().items()
        if nom in noms
    }
    score = np.column_stack([centres[nom] for nom in noms]) @ (poids / poids.sum())
    places = np.concatenate(
        [rankdata(-scores, method="max", axis=0) for scores in _scores(donnees, rangs, parametres)], axis=1
    )
    premiers = np.concatenate(
        [rankdata(-scores, method="min", axis=0) for scores in _scores(donnees, rangs, parametres)], axis=1
    )
    haut = (places <= ceil(parametres.priorite_part * len(rangs))).mean(axis=1)
    statut = np.select(
        [haut >= parametres.priorite_stabilite - 1e-12, haut > 0], [PRIORITAIRE, SENSIBLE], NON_PRIORITAIRE
    )
    return pd.DataFrame(
        {f"z_{nom}": z for nom, z in centres.items()}
        | {
            "score_val": score,
            "rang_min": premiers.min(axis=1).astype(float),
            "rang_max": places.max(axis=1).astype(float),
            "part_haut": haut,
            "essais": float(places.shape[1]),
            "statut": statut,
            "raison": "",
        }
    )


def _scores(
    donnees: Criteres, rangs: "np.ndarray[tuple[int], np.dtype[np.intp]]", parametres: Parametres
) -> Iterator[Reels]:
    """Scores (member x weight vector) of each combination of threshold, detour and bound of broadband."""
    colonnes = {"distance": donnees.distance, "debit": donnees.debit, "besoin": donnees.besoin}
    choisies = [normaliser(colonnes[nom][rangs], parametres.normalisation) for nom in parametres.criteres]
    poids = grille(len(choisies)).T
    for variantes in product(*(range(z.shape[1]) for z in choisies)):
        z = np.column_stack([colonne[:, rang] for colonne, rang in zip(choisies, variantes, strict=True)])
        yield np.round(z @ poids, 12)


def _minutes(monde: Monde, rapport: float) -> Reels:
    """Least minutes by car of each commune, all detours being `rapport` times theirs."""
    retenues = monde.choix[TOUTES][monde.trajets.paires.lieu]
    return monde.trajets.minimum(monde.trajets.au_detour(Mode.VOITURE, rapport), retenues)


def _hors(minutes: Reels, seuil: float) -> Reels:
    """1 beyond an inclusive threshold, else 0; NaN where the commune has no point."""
    return np.where(np.isnan(minutes), np.nan, 1.0 - dans(minutes, seuil))


def _debit(monde: Monde, table: pd.DataFrame) -> Reels:
    """Share of premises without speed: both bounds, or one column when they are equal everywhere."""
    base = f"B1_{monde.seuils.classe_debit}"
    den = table[f"{base}_den"].where(table[f"{base}_den"] > 0)
    bornes: Reels = np.column_stack([table[f"{base}_{borne}"] / den for borne in ("bas", "haut")]).astype(np.float64)
    egales = np.allclose(bornes[:, 0], bornes[:, 1], rtol=0, atol=1e-12, equal_nan=True)
    return np.asarray(bornes[:, :1] if egales else bornes, dtype=np.float64)


def _besoin(table: pd.DataFrame, publie: "pd.Series[float]") -> Reels:
    """N1 where it is known, else the published figure."""
    n1 = table["N1_num"] / table["N1_den"].where(table["N1_den"] > 0)
    retenu = n1 if n1.notna().any() else publie.reindex(table.index)
    return np.asarray(retenu, dtype=np.float64)[:, None]


def _raison(manques: "pd.Series[bool]") -> str:
    noms = [CRITERES[str(nom)].nom for nom, manque in manques.items() if manque]
    if not noms:
        return ""
    return f"critère inconnu : {', '.join(noms)}" if len(noms) == 1 else f"critères inconnus : {', '.join(noms)}"


def liste(niveau: str, table: pd.DataFrame, classement: pd.DataFrame) -> pd.DataFrame:
    """The rows of the list `priorites` for one level, best score first, those not ranked last."""
    entete = table.reindex(columns=["nom", "code_departement"]).assign(niveau=niveau, code=table.index)
    entete = entete[["niveau", "code", "nom", "code_departement"]]
    jointes = entete.join(classement).reset_index(drop=True)
    return jointes.sort_values(["code_departement", "score_val", "code"], ascending=[True, False, True])


def colonnes(classement: pd.DataFrame) -> pd.DataFrame:
    """The columns that the tables of levels take from a ranking."""
    noms: Sequence[tuple[str, str]] = (
        ("score_val", "G4_score_val"),
        ("rang_min", "G5_rang_min"),
        ("rang_max", "G5_rang_max"),
        ("part_haut", "G5_part_haut_val"),
        ("statut", "G5_statut"),
    )
    return classement[[nom for nom, _ in noms]].rename(columns=dict(noms))
