"""Answer a worked case, any case, with the project's own figures.

A case is a JSON document of the shape of `exemple-indicateurs.json`: `parametres`, `communes` and `lieux` on a plane in
kilometres, and `attendu`, whose keys say what is asked. `repondre(cas)` gives a document of the same keys:

    PYTHONPATH=scripts:tests python -m indicators.cas CAS.json

prints every difference above 1e-6 and ends with 1 if there is one. Any file dropped in `tests/indicators/cas/` is tried
by `test_exemple.py`, as is every `exemple-*.json` of the shared reference.

Unknowns are written `null`: population, hours, surface, premises, coordinates, a yes or no. Numbers inside keys are
read, not known beforehand: `voiture_25`, `couverture_soir_15_pct`, `glouton_famille_equipement_T20_p3`, `q75`,
`Y_partie_dep02_T30_pct`… A key of another form raises KeyError: nothing is skipped in silence.
"""

import json
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from carte.access import Mode, dans
from carte.evolution.comparer import comparer
from carte.evolution.modele import Decomposition, Effet
from carte.indicators import Parametres, chapman
from carte.indicators.acces.e2sfca import Partage, partager
from carte.indicators.quantiles import quantiles
from carte.simulation.chantier import ouvrir
from carte.simulation.optimum import optimiser, valeur
from indicators.cas_calcul import PERIMETRE, UN_SEUIL, Cas, differences, pct
from indicators.exemple import plan

AVANT, APRES = date(2026, 1, 1), date(2026, 12, 1)
_OUVERTURES = {"avant_publication_1": date(2020, 1, 1), "entre_les_deux": date(2026, 6, 1), "date_inconnue": None}
_EFFETS = {
    "effet_recensement_pts": Effet.RECENSEMENT,
    "effet_offre_pts": Effet.OUVERTURES,
    "effet_date_inconnue_pts": Effet.DATE_INCONNUE,
    "effet_retraits_pts": Effet.RETRAITS,
}
_VARIATION = {"couverture_1_pct": "avant", "couverture_2_pct": "apres", "variation_pts": "variation"}


def repondre(cas: Mapping[str, Any]) -> dict[str, Any]:
    """The answers of the project to every key of `attendu`."""
    lu = Cas(cas)
    return {cle: _selon(_REPONSES, cle, lu, voulu) for cle, voulu in lu.attendu.items()}


Reponse = Callable[..., Any]


def _selon(reponses: Mapping[str, Reponse], cle: str, lu: Cas, voulu: Any, *suite: Any) -> Any:
    for forme, repondre_a in reponses.items():
        if trouve := re.fullmatch(forme, cle):
            return repondre_a(lu, voulu, *trouve.groups(), *suite)
    raise KeyError(f"clé « {cle} » : aucun indicateur ne porte ce nom")


def _sous(reponses: Mapping[str, Reponse]) -> Reponse:
    """Answer each key of an object by its own form."""
    return lambda lu, voulu, *suite: {cle: _selon(reponses, cle, lu, v, *suite) for cle, v in voulu.items()}


def _tableau(lu: Cas, valeurs: Any) -> dict[str, dict[str, float]]:
    paires = lu.calcule.trajets.paires
    table: dict[str, dict[str, float]] = {nom: {} for nom in lu.noms}
    for commune, lieu, lue in zip(paires.commune, paires.lieu, valeurs, strict=True):
        table[lu.noms[commune]][lu.ids[lieu]] = float(lue)
    return table


def _plus_proche(lu: Cas, _: Any) -> dict[str, Any]:
    ids, minutes = (lu.colonne(lu.ensemble, f"A1_voiture_{fin}") for fin in ("lieu_id", "val"))
    return {nom: {"lieu": ids[nom], "min": minutes[nom] if ids[nom] else None} for nom in lu.noms}


def _couverture(lu: Cas, _: Any, mode: str, seuil: str, fin: str | None) -> float | None:
    if fin == "_strict(<)":
        return lu.part_pct(lu.proche().minutes < int(seuil) - 1e-9)
    if fin is not None:
        return lu.part_pct(dans(lu.sans_interieur()[1][Mode(mode)], int(seuil)))
    resultat = lu.a_pied(int(seuil)) if mode == Mode.PIED else lu.ensemble
    return pct(resultat, f"{'A2' if mode == Mode.VOITURE else 'A3'}_{mode}_{seuil}")


def _creneau(lu: Cas, _: Any, quand: str, seuil: str) -> float | None:
    return pct(lu.ensemble, f"O4_{quand}_{seuil}")


def _sans_rdv(lu: Cas, _: Any, seuil: str) -> list[float]:
    bornes = lu.ensemble.part(PERIMETRE, PERIMETRE, f"O5_{seuil}").bornes
    return [] if bornes is None else [100 * borne for borne in bornes]


def _quantile(lu: Cas, _: Any, q: str) -> float | None:
    perimetre = pd.Series(PERIMETRE, range(len(lu.noms)))
    trouve = quantiles(lu.proche().minutes, lu.calcule.population, perimetre, float(f"0.{q}"))
    return trouve.get(PERIMETRE)


def _heures(lu: Cas, _: Any, seuil: str) -> dict[str, Any]:
    moyenne = lu.ensemble.mesure(PERIMETRE, PERIMETRE, f"A8_{seuil}").valeur
    return {"par_commune": lu.colonne(lu.ensemble, f"A8_{seuil}_val"), "moyenne_ponderee": moyenne}


def _partage(lu: Cas) -> Partage:
    c = lu.calcule
    heures = c.offre["heures_hebdo"].to_numpy(dtype=float)
    return partager(c.trajets.paires, c.trajets.minutes[Mode.VOITURE], c.population, heures, c.parametres.zones_e2sfca)


def _2sfca(lu: Cas, _: Any, seuil: str) -> dict[str, Any]:
    parametres = Parametres(hypotheses=lu.hypotheses, zones_e2sfca=((int(seuil), 1.0),))
    resultat = lu.monde.calculer(UN_SEUIL, parametres)
    return {"A_i_h_pour_1000_hab": lu.colonne(resultat, "A9_2sfca_val")}


def _glouton(lu: Cas, _: Any, famille: str | None, seuil: str, nombre: str) -> list[dict[str, Any]]:
    """The step by step choice among the town halls, as the simulation makes it before it seeks a better one."""
    c, chantier = lu.calcule, ouvrir(lu.calcule)
    tous = chantier.candidats
    mairies = np.flatnonzero([point is None for point in tous.points])
    couvertes = dans(lu.proche(famille or "toutes").minutes, int(seuil))
    habitants = np.nan_to_num(c.population)
    minutes = chantier.temps(np.arange(len(lu.noms)), mairies).minutes
    gains = dans(minutes, int(seuil)) * (habitants * ~couvertes)[:, None]
    (optimum,) = optimiser(gains, [int(nombre)])
    suite = optimum.glouton
    totaux = [valeur(gains, suite[:rang]) for rang in range(len(suite) + 1)]
    deja, total = float(habitants[couvertes].sum()), float(habitants.sum())
    return [
        {
            "site": lu.noms[tous.lieux.commune[mairies[site]]],
            "gain": totaux[rang + 1] - totaux[rang],
            "couverture_apres_pct": 100 * (deja + totaux[rang + 1]) / total,
        }
        for rang, site in enumerate(suite)
    ]


def _frontiere(lu: Cas, _: Any, dep: str, famille: str, seuil: str, quoi: str) -> float:
    colonne = f"A2_voiture_{seuil}" + ("" if famille == "toutes" else f"_{famille}")
    ligne = lu.du_departement(dep).tables["departement"].loc[dep]
    sans = ligne[f"{colonne}_hors_departement"] if quoi == "sans" else 0
    return float(100 * (ligne[f"{colonne}_num"] - sans) / ligne[f"{colonne}_den"])


def _territoire(niveau: str) -> Reponse:
    def repondre_a(lu: Cas, _: Any, *noms: str) -> float | None:
        *codes, seuil = noms
        return pct(lu.ensemble, f"A2_voiture_{seuil}", niveau, "-".join(codes) or PERIMETRE)

    return repondre_a


def _deficit(colonne: str, en_pct: bool = False) -> Reponse:
    def repondre_a(lu: Cas, _: Any, *fin: Any) -> float | None:
        seuil = fin[-1]
        nom = colonne.format(seuil)
        return pct(lu.ensemble, nom) if en_pct else lu.ensemble.part(PERIMETRE, PERIMETRE, nom).numerateur

    return repondre_a


def _communes_de(colonne: str) -> Reponse:
    def repondre_a(lu: Cas, _: Any, seuil: int) -> list[str]:
        valeurs = lu.colonne(lu.ensemble, colonne.format(seuil))
        return [nom for nom, valeur in valeurs.items() if valeur > 0]

    return repondre_a


def _sous_debit(lu: Cas, _: Any, seuil: int) -> dict[str, Any]:
    num, den = (lu.colonne(lu.ensemble, f"B1_thd30_{fin}") for fin in ("num", "den"))
    return {nom: num[nom] / den[nom] if den[nom] > 0 else None for nom in lu.noms}


def _independance(lu: Cas, _: Any, seuil: int) -> float | None:
    table = lu.ensemble.tables[PERIMETRE].loc[PERIMETRE]
    return float(table["G1_debit_num"] * table[f"G1_{seuil}_loin_num"] / table[f"G1_{seuil}_den"])


def _deficit_cumule(lu: Cas, voulu: Mapping[str, Any]) -> dict[str, Any]:
    return {
        cle: voulu[cle]
        if cle == "T_min"
        else _sous(_DEFICIT)(lu, valeur, int(cle[1:]))
        if re.fullmatch(r"T\d+", cle)
        else _selon(_DEFICIT, cle, lu, valeur, voulu["T_min"])
        for cle, valeur in voulu.items()
    }


def _evolution(lu: Cas, voulu: Mapping[str, Any], seuil: str) -> dict[str, Any]:
    avant, apres = (set(voulu[f"publication_{rang}_lieux"]) for rang in (1, 2))

    def decomposer(ouvertures: Mapping[str, date | None]) -> Decomposition | None:
        ancienne, nouvelle = lu.publication(avant, AVANT, int(seuil)), lu.publication(apres, APRES, int(seuil))
        comparaison = comparer(ancienne, replace(nouvelle, ouvertures=ouvertures), plan)
        return comparaison.pour(PERIMETRE, PERIMETRE, f"A2_voiture_{seuil}")

    resultat = decomposer({})
    reponse: dict[str, Any] = {cle: valeur for cle, valeur in voulu.items() if cle.startswith("publication_")}
    reponse |= {cle: getattr(resultat, nom, None) for cle, nom in _VARIATION.items()}
    for cle, effets in voulu.items():
        if trouve := re.fullmatch(r"cas_\w+?_(.+)_ouvert_(.+)", cle):
            du_cas = decomposer({trouve[1]: _OUVERTURES[trouve[2]]})
            reponse[cle] = {nom: du_cas and du_cas.effets[_EFFETS[nom]] for nom in effets}
    return reponse


def _chapman(lu: Cas, voulu: Mapping[str, Any]) -> dict[str, Any]:
    donnees = {cle: voulu[cle] for cle in ("n1_cartographies", "n2_liste_labellisee", "m_communs")}
    c = chapman(*donnees.values())
    taux = None if c.couverture_liste is None else 100 * c.couverture_liste
    return donnees | {
        "N_estime": c.estimation,
        "variance": c.variance,
        "taux_couverture_liste_pct": taux,
        "completude_estimee_pct": None if c.completude is None else 100 * c.completude,
    }


_MOYENNES: Mapping[str, Reponse] = {
    "vol_oiseau_km": lambda lu, _: lu.ensemble.mesure(PERIMETRE, PERIMETRE, "A7_distance_moyenne").valeur,
    "route_km": lambda lu, _: lu.ensemble.mesure(PERIMETRE, PERIMETRE, "A7_route_moyenne").valeur,
    "voiture_min": lambda lu, _: lu.ensemble.mesure(PERIMETRE, PERIMETRE, "A7_voiture_moyenne").valeur,
    "vol_oiseau_km_convention_zero_intra": lambda lu, _: float(
        np.nansum(lu.sans_interieur()[0] * lu.calcule.population) / np.nansum(lu.calcule.population)
    ),
}
_E2SFCA: Mapping[str, Reponse] = {
    "offre": lambda lu, voulu: voulu,
    "demande_ponderee_j": lambda lu, _: dict(zip(lu.ids, _partage(lu).demande, strict=True)),
    "R_j_h_par_hab": lambda lu, _: dict(zip(lu.ids, _partage(lu).rapport, strict=True)),
    "A_i_h_pour_1000_hab": lambda lu, _: lu.colonne(lu.ensemble, "A9_e2sfca_val"),
    "invariant_somme_pop_x_A": lambda lu, _: lu.ensemble.tables[PERIMETRE].loc[PERIMETRE, "A9_e2sfca_num"],
    "moyenne_ponderee_A_h_pour_1000": lambda lu, _: lu.ensemble.mesure(PERIMETRE, PERIMETRE, "A9_e2sfca").valeur,
}
_DEFICIT: Mapping[str, Reponse] = {
    "part_locaux_sous_30_filaire": _sous_debit,
    "loin": _communes_de("G1_{}_loin_num"),
    "population_estimee": _deficit("G1_{}"),
    "part_pct": _deficit("G1_{}", en_pct=True),
    r"population_binaire_seuil_\d+pct": _deficit("G1_{}_binaire"),
    "communes_binaire": _communes_de("G1_{}_binaire_num"),
    "pop_deficit_debit_seul": _deficit("G1_debit"),
    "pop_loin_seul": _deficit("G1_{}_loin"),
    "attendu_si_independance": _independance,
    "rapport_de_cumul": lambda lu, _, s: lu.ensemble.mesure(PERIMETRE, PERIMETRE, f"G2_{s}").valeur,
}
_TERRITOIRES: Mapping[str, Reponse] = {
    r"ensemble_T(\d+)_pct": _territoire("perimetre"),
    r"dep(\w+?)_T(\d+)_pct": _territoire("departement"),
    r"(.+)_partie_dep(\w+?)_T(\d+)_pct": _territoire("epci_departement"),
    r"(.+?)(?:_entier)?_T(\d+)_pct": _territoire("epci"),
}
_REPONSES: Mapping[str, Reponse] = {
    "distance_vol_oiseau_km": lambda lu, _: _tableau(lu, lu.calcule.trajets.paires.d_km),
    r"temps_(\w+)_min": lambda lu, _, mode: _tableau(lu, lu.calcule.trajets.minutes[Mode(mode)]),
    "plus_proche": _plus_proche,
    "couverture_pct": _sous({r"(voiture|velo|pied)_(\d+)(_strict\(<\)|_convention_zero_intra.*)?": _couverture}),
    "couverture_par_famille_pct": _sous(
        {
            "(demarches|formation|equipement)": lambda lu, voulu, famille: {
                t: pct(lu.ensemble, f"A2_voiture_{t}_{famille}") for t in voulu
            }
        }
    ),
    "couverture_panier_3_familles_pct": _sous({r"(\d+)": lambda lu, _, t: pct(lu.ensemble, f"A6_voiture_{t}")}),
    "distance_moyenne_ponderee": _sous(_MOYENNES),
    "quantiles_ponderes_voiture_min": _sous({r"q(\d+)": _quantile}),
    "regle_quantile": lambda lu, voulu: voulu,
    r"heures_hebdo_accessibles_(\d+)min": _heures,
    r"couverture_(samedi|soir|midi)_(\d+)_pct": _creneau,
    r"couverture_sans_rdv_(\d+)_pct.*": _sans_rdv,
    "e2sfca": _sous(_E2SFCA),
    r"2sfca_(\d+)": _2sfca,
    "deficit_cumule": _deficit_cumule,
    r"glouton_(?:tous_lieux|famille_(\w+))_T(\d+)_p(\d+)": _glouton,
    "effet_frontiere": _sous({r"dep(\w+?)_(\w+?)_(\d+)_(avec|sans)_lieux_voisins_pct": _frontiere}),
    "epci": _sous(_TERRITOIRES),
    r"evolution_T(\d+)": _evolution,
    "completude_chapman": _chapman,
}


if __name__ == "__main__":
    lu = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    ecarts = list(differences(lu["attendu"], repondre(lu)))
    print("\n".join(ecarts) or "Aucune différence.")
    raise SystemExit(bool(ecarts))
