"""A3 by public transport, A5, N1 and N2: figures that need documents of others, « non évalué » without them."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from carte.access import Mode
from carte.indicators.acces.couverture import Portee, ensemble, portee
from carte.indicators.acces.grain import grains_des_lignes
from carte.indicators.acces.transports import departs_connus, liaison
from carte.indicators.entrees import Entrees
from carte.indicators.monde import TOUTES, Colonnes, Monde, part

_MOTIFS: Mapping[str, tuple[str, str]] = {
    "O6_liste": ("labels", "aucune liste de lieux labellisés n’est fournie (labels.csv)"),
    "O7": ("labels", "aucune seconde liste de lieux n’est fournie (labels.csv)"),
    "A3_tc": ("arrets_tc", "aucun horaire de transport en commun n’est fourni (arrets_tc.csv)"),
    "A5": ("menages", "le nombre de ménages sans voiture n’est pas fourni (menages.csv)"),
    "N1": ("population_age", "la population par âge n’est pas fournie (population_age.csv)"),
    "N2": ("besoins", "aucun indicateur de besoin publié n’est fourni (besoins.csv)"),
    "FRR": ("frr", "la liste des communes classées n’est pas fournie (frr.csv)"),
    "QPV": ("quartiers", "les contours des quartiers ne sont pas fournis (qpv.geojson)"),
}


def besoins_additifs(monde: Monde, entrees: Entrees) -> Colonnes:
    """A3_tc, A5 and N1 by commune; all unknown without their file."""
    tc = liaison(monde, entrees.arrets_tc)
    return tc.colonnes("A3_tc", monde.habitants) | _a5(monde, entrees, tc) | _n1(monde, entrees)


def non_evalues(entrees: Entrees, besoin_demande: bool = True) -> dict[str, str]:
    """Indicators that could not be evaluated for want of a document -> French reason.

    `besoin_demande`: need is one of the criteria of priority.
    """
    raisons = {code: raison for code, (nom, raison) in _MOTIFS.items() if getattr(entrees, nom) is None}
    if entrees.arrets_tc is not None and not departs_connus(entrees.arrets_tc):
        raisons["A3_tc"] = "aucun réseau fourni ne dit ses départs d’un jour ouvrable (arrets_tc.csv)"
    if entrees.taux_risque is None:
        ages = "" if entrees.population_age is not None else "la population par âge (population_age.csv) et "
        raisons["N1"] = f"{ages}les taux nationaux par âge ne sont pas fournis (taux_risque.csv)"
    if besoin_demande and "N1" in raisons and indicateur_de_besoin(entrees) is None:
        sans_besoin = "aucun indicateur de besoin n’est fourni (population_age.csv et taux_risque.csv, ou besoins.csv)"
        raisons |= {"G4": sans_besoin, "G5": sans_besoin}
    return raisons


def actualiser(entrees: Entrees, successeurs: Mapping[str, str]) -> Entrees:
    """Bring commune codes to current ones; counts of merged communes are added up where they are used."""

    def actuels(table: pd.DataFrame | None, nom: str = "code_insee") -> pd.DataFrame | None:
        if table is None:
            return None
        return table.assign(**{nom: [successeurs.get(code, code) for code in table[nom]]})

    besoins = entrees.besoins
    if besoins is not None:
        codes = [
            successeurs.get(code, code) if niveau == "commune" else code
            for niveau, code in zip(besoins["niveau"], besoins["code"], strict=True)
        ]
        besoins = besoins.assign(code=codes)
    par_commune = ("centralites", "equipements", "frr", "labels", "menages", "population_age")
    return replace(entrees, besoins=besoins, **{nom: actuels(getattr(entrees, nom)) for nom in par_commune})


def _a5(monde: Monde, entrees: Entrees, tc: Portee) -> Colonnes:
    """Persons without a car (share of households applied to persons) out of reach on foot, by bicycle and by bus.

    Without the stops of any network, nobody is known to have a bus: the figure is then a high reading. Beside stops
    whose departures are unknown, it is its high bound only.
    """
    sans_voiture = np.full(len(monde.population), np.nan)
    if entrees.menages is not None:
        sommes = _par_commune(entrees.menages, monde, ["menages", "sans_voiture"])
        ratio = sommes["sans_voiture"] / sommes["menages"].where(sommes["menages"] > 0)
        sans_voiture = ratio.to_numpy(dtype=np.float64)
    velo, pied = (
        portee(monde.trajets.plus_proche(mode, monde.choix[TOUTES]), seuil, grains_des_lignes(monde, mode)).hors()
        for mode, seuil in ((Mode.VELO, monde.seuils.velo[0]), (Mode.PIED, monde.seuils.pied))
    )
    au_moins = 0.0 if departs_connus(entrees.arrets_tc) else 1.0
    sans_bus = Portee(
        np.where(np.isnan(tc.taux), 1.0, tc.hors().taux),
        np.where(np.isnan(tc.taux), au_moins, tc.hors().bas),
        np.where(np.isnan(tc.taux), 1.0, tc.hors().haut),
    )
    hors = ensemble(ensemble(velo, pied), sans_bus)
    return hors.colonnes("A5", monde.habitants * sans_voiture[monde.chez])


def _n1(monde: Monde, entrees: Entrees) -> Colonnes:
    ages, taux = entrees.population_age, entrees.taux_risque
    if ages is None or taux is None:
        inconnu = np.full(len(monde.population), np.nan)
        return part("N1", inconnu, inconnu, inconnu, inconnu)
    par_tranche = taux.set_index("tranche")
    centre = ages["tranche"].map(par_tranche["taux"])
    pesees = ages.assign(
        taux=ages["population"] * centre,
        bas=ages["population"] * ages["tranche"].map(par_tranche["bas"]).fillna(centre),
        haut=ages["population"] * ages["tranche"].map(par_tranche["haut"]).fillna(centre),
    )
    sommes = _par_commune(pesees, monde, ["population", "taux", "bas", "haut"])
    return {
        f"N1_{suffixe}": sommes[nom].to_numpy(dtype=np.float64)
        for suffixe, nom in (("num", "taux"), ("den", "population"), ("bas", "bas"), ("haut", "haut"))
    }


def _par_commune(table: pd.DataFrame, monde: Monde, colonnes: list[str]) -> pd.DataFrame:
    """Sums by commune, in the order of the world; NaN where the file has no such commune."""
    sommes = table.groupby("code_insee")[colonnes].sum(min_count=1)
    return sommes.reindex(monde.communes["code_insee"]).reset_index(drop=True)


def indicateur_de_besoin(entrees: Entrees) -> tuple[str, str] | None:
    """Level and name of the published figure that may stand for need: the first share of communes, else of EPCI.

    The index of digital fragility (IFN) is refused: broadband is part of it, and would count twice.
    """
    if entrees.besoins is None:
        return None
    table = entrees.besoins
    permis = table[~table["indicateur"].map(_contient_le_debit)]
    parts = permis[(permis["niveau"] == "epci") | (permis["denominateur"] > 0)]
    cles = sorted(zip(parts["niveau"], parts["indicateur"], strict=True))
    return cles[0] if cles else None


def besoin(monde: Monde, entrees: Entrees, cle: pd.Series) -> "pd.Series[float]":
    """The published figure of `indicateur_de_besoin` by territory of `cle`; summed, then divided, from communes."""
    choisi = indicateur_de_besoin(entrees)
    if choisi is None or entrees.besoins is None:
        return pd.Series(dtype=float)
    table = entrees.besoins
    retenus = table[(table["niveau"] == choisi[0]) & (table["indicateur"] == choisi[1])]
    if choisi[0] == "commune":
        par_code = retenus.rename(columns={"code": "code_insee"})
        sommes = _par_commune(par_code, monde, ["valeur", "denominateur"]).groupby(cle.to_numpy()).sum(min_count=1)
        return sommes["valeur"] / sommes["denominateur"]
    valeurs = retenus.set_index("code")["valeur"] / retenus.set_index("code")["denominateur"].fillna(1.0)
    territoires = (
        pd.DataFrame({"cle": cle.to_numpy(), "epci": monde.communes["code_epci"]}).dropna().drop_duplicates("cle")
    )
    return territoires.set_index("cle")["epci"].map(valeurs)


def _contient_le_debit(nom: str) -> bool:
    texte = nom.casefold()
    return "ifn" in texte or "fragilité" in texte or "fragilite" in texte
