"""All figures of one publication, from the four inputs to the tables of every level."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from carte.access import Matrice, Mode
from carte.access.points import Reels
from carte.choix import Seuils
from carte.indicators.acces.couverture import couvertures, temps_par_commune
from carte.indicators.acces.e2sfca import POUR_HABITANTS, a9_additif
from carte.indicators.acces.grain import statuts
from carte.indicators.definitions import DEFINITIONS
from carte.indicators.entrees import Entrees
from carte.indicators.exclusions import exclusions
from carte.indicators.manques.besoins import actualiser, besoins_additifs, non_evalues
from carte.indicators.manques.cuivre import cuivre_additif, prochaines
from carte.indicators.manques.deficit import deficits_additifs, g2, g3, g3_communes
from carte.indicators.modele import Indicateurs, Parametres
from carte.indicators.monde import TOUTES, Monde, Reperage, assembler, lonlat
from carte.indicators.niveaux import CLASSES, Niveau, france, niveaux, sommer
from carte.indicators.offre.creneaux import acces_aux_creneaux, heures_accessibles
from carte.indicators.offre.labels import sans_recoupement
from carte.indicators.offre.mutualisation import mutualisation
from carte.indicators.offre.parts import groupes_par_niveau, parts_des_lieux
from carte.indicators.offre.volumes import heures_additives, offre_par_niveau
from carte.indicators.quantiles import a7_additif, a7_par_niveau
from carte.indicators.synthese import ajouter_listes, completer

if TYPE_CHECKING:
    from carte.territory import Territoire

_COMMUNE = "commune"


def compute(
    offre: pd.DataFrame,
    territoire: "Territoire",
    debit: pd.DataFrame,
    seuils: Seuils,
    parametres: Parametres | None = None,
    reperage: Reperage = lonlat,
    matrice: Matrice | None = None,
    entrees: Entrees | None = None,
    date_publication: date | None = None,
) -> Indicateurs:
    """Compute every indicator of `definitions` at every level.

    Demand is every loaded commune of known population; supply is every point of offer with coordinates, whatever its
    département. Counts are added up, then divided: a percentage is never averaged. `reperage` reads coordinates from a
    frame (longitude and latitude by default). `debit` is the frame `Debit.communes`. Times of `matrice` replace the
    estimates. `entrees`: optional documents; what needs an absent one is « non évalué ». `date_publication` tells
    labels in force and closures to come from past ones; without it every label of the list and every closure counts.
    """
    parametres, entrees = parametres or Parametres(), actualiser(entrees or Entrees(), territoire.successeurs)
    monde = assembler(offre, territoire, debit, seuils, parametres, reperage, matrice)
    inventaire = mutualisation(monde)
    prepare = _Prepare(_additif(monde, entrees), parts_des_lieux(monde, inventaire), inventaire, date_publication)
    par_nom = {n.nom: n for n in niveaux(territoire, monde.situees, _classes(monde, entrees))}
    tables = {nom: _table(monde, niveau, prepare) for nom, niveau in par_nom.items()}
    tables, priorites = completer(tables, par_nom, prepare.additif, monde, entrees)
    tables, listes = ajouter_listes(tables, par_nom, monde, territoire, entrees, date_publication, inventaire)
    tables["france"] = france(tables["perimetre"], territoire)
    # A level whose classes nobody gave has its columns and no row.
    tables |= {nom: tables["departement"].iloc[:0].drop(columns="code_region") for nom in CLASSES if nom not in tables}
    exclus, par_departement = exclusions(monde, entrees.arrets_tc)
    return Indicateurs(
        tables=tables,
        definitions=DEFINITIONS,
        exclusions=exclus,
        seuils=seuils,
        parametres=parametres,
        listes={"mutualisation": inventaire} | priorites | listes,
        non_evalues=non_evalues(entrees, "besoin" in parametres.criteres)
        | sans_recoupement(tables["perimetre"].iloc[0]),
        exclusions_departement=par_departement,
    )


def _classes(monde: Monde, entrees: Entrees) -> dict[str, "pd.Series[str]"]:
    """The classes of communes that are known, by level: the class of each commune by code."""
    fichiers = {"frr": (entrees.frr, "classement"), "centralite": (entrees.centralites, "niveau")}
    classes = {}
    if "densite" in monde.communes and monde.communes["densite"].notna().any():
        classes["densite"] = monde.communes.set_index("code_insee")["densite"].dropna()
    for nom, (table, colonne) in fichiers.items():
        if table is not None:
            # Communes merged since, of different classes, are of none.
            classes[nom] = table.groupby("code_insee")[colonne].agg(lambda x: x.iloc[0] if x.nunique() == 1 else None)
            classes[nom] = classes[nom].dropna()
    return classes


@dataclass(frozen=True, slots=True, eq=False)
class _Prepare:
    """What the tables of every level are made from: columns by commune, by point of offer, and the inventory O9."""

    additif: pd.DataFrame
    lieux: pd.DataFrame
    inventaire: pd.DataFrame
    date_publication: date | None


def _additif(monde: Monde, entrees: Entrees) -> pd.DataFrame:
    """One row per loaded commune, only columns that may be added up; a leading underscore marks working columns."""
    inconnue = np.isnan(monde.population)
    colonnes = {
        "population": monde.population,
        "communes": np.ones(len(inconnue)),
        "communes_population_inconnue": inconnue.astype(np.float64),
    }
    colonnes |= heures_additives(monde) | couvertures(monde) | acces_aux_creneaux(monde)
    colonnes |= a7_additif(monde) | heures_accessibles(monde) | a9_additif(monde) | deficits_additifs(monde)
    colonnes |= besoins_additifs(monde, entrees) | cuivre_additif(monde)
    return pd.DataFrame(monde.plier(colonnes))


def _table(monde: Monde, niveau: Niveau, prepare: _Prepare) -> pd.DataFrame:
    sommes = sommer(prepare.additif, niveau.cle)
    fins = niveau.nom != _COMMUNE
    morceaux = [niveau.entete.reindex(sommes.index), sommes, _rapports(sommes, monde, seules=not fins)]
    morceaux.append(offre_par_niveau(monde, niveau.cle, sommes["population"], fins, prepare.lieux))
    morceaux.append(prochaines(monde, niveau.cle, prepare.date_publication).reindex(sommes.index).to_frame())
    if fins:
        morceaux.append(groupes_par_niveau(monde, prepare.inventaire, niveau.cle, sommes.index))
    morceaux.append(statuts(sommes, monde.parametres.part_non_evaluee))
    morceaux += [g2(sommes, seuil) for seuil in monde.seuils.voiture]
    temps = a7_par_niveau(monde, niveau.cle) if fins else _temps(monde, niveau)
    deficit = partial(g3, sommes) if fins else partial(g3_communes, temps)
    morceaux += [deficit(seuil, monde.seuils.deficit_epci_pct) for seuil in monde.seuils.voiture]
    morceaux.append(temps)
    table = pd.concat(morceaux, axis=1).reindex(sommes.index).rename_axis("code")
    return _entiers(table[[nom for nom in table.columns if not nom.startswith("_")]])


def _temps(monde: Monde, niveau: Niveau) -> pd.DataFrame:
    temps = pd.DataFrame(temps_par_commune(monde)).set_axis(niveau.cle, axis=0)
    proches = monde.trajets.lieu_le_plus_proche(Mode.VOITURE, monde.choix[TOUTES])[: len(monde.communes)]
    lieux = monde.offre["lieu_id"].to_numpy(dtype=object)
    temps["A1_voiture_lieu_id"] = [lieux[rang] if rang >= 0 else None for rang in proches]
    return temps[temps.index.notna()]


def _rapports(sommes: pd.DataFrame, monde: Monde, seules: bool) -> pd.DataFrame:
    """Values of the measures that are ratios of sums, and their bounds when working columns give them.

    `seules`: communes one by one, whose hours within reach (A8, A9) are known even when nobody lives there.
    """

    def rapport(nom: str, numerateur: str, facteur: float) -> Reels:
        den, num = (sommes[colonne].to_numpy(dtype=np.float64) for colonne in (f"{nom}_den", numerateur))
        ici = f"_ici_{numerateur}"
        sinon = facteur * sommes[ici].to_numpy() if seules and ici in sommes else np.nan
        return np.where(den > 0, facteur * num / np.where(den > 0, den, np.nan), sinon)

    seuils = [f"A8_{seuil}" for seuil in monde.seuils.voiture]
    facteurs = {"O2": POUR_HABITANTS, "A7_voiture_moyenne": 1, "A7_distance_moyenne": 1, "A7_route_moyenne": 1}
    facteurs |= dict.fromkeys(seuils, 1) | {"A9_e2sfca": POUR_HABITANTS, "A9_2sfca": POUR_HABITANTS}
    colonnes = {f"{nom}_val": rapport(nom, f"{nom}_num", facteur) for nom, facteur in facteurs.items()}
    for nom in ("A7_voiture_moyenne", *seuils):
        for suffixe in ("bas", "haut"):
            colonnes[f"{nom}_{suffixe}"] = rapport(nom, f"_{nom}_{suffixe}", 1)
    for nom in ("e2sfca", "2sfca"):
        scenarios = [f"_A9_courts_{nom}_num", f"_A9_longs_{nom}_num", f"A9_{nom}_num"]
        valeurs = np.array([rapport(f"A9_{nom}", cle, POUR_HABITANTS) for cle in scenarios])
        colonnes |= {f"A9_{nom}_bas": np.fmin.reduce(valeurs), f"A9_{nom}_haut": np.fmax.reduce(valeurs)}
    muets = {"O2": "O2_inconnus", "A9_e2sfca": "_A9_muets", "A9_2sfca": "_A9_muets"}
    muets |= {nom: f"_{nom}_muets" for nom in seuils}
    for nom, colonne in muets.items():
        _taire(colonnes, nom, sommes[colonne].to_numpy(dtype=np.float64))
    return pd.DataFrame(colonnes, sommes.index)


def _taire(colonnes: dict[str, Reels], nom: str, muets: Reels) -> None:
    """No hour is known, but some places do not say theirs: unknown, not zero."""
    inconnues = (muets > 0) & (colonnes[f"{nom}_val"] == 0)
    for suffixe in ("val", "bas", "haut"):
        if f"{nom}_{suffixe}" in colonnes:
            colonnes[f"{nom}_{suffixe}"] = np.where(inconnues, np.nan, colonnes[f"{nom}_{suffixe}"])


def _entiers(table: pd.DataFrame) -> pd.DataFrame:
    """Counts of communes, places and unknowns are integers."""
    comptes = [
        nom
        for nom in table.columns
        if nom.startswith(("communes", "CUIVRE_communes"))
        or nom in ("lieux", "lieux_en_double", "lieux_fermes", "lieux_pas_encore_ouverts")
        or nom.endswith(("_inconnus", "_connus", "_groupes", "_oui", "_non", "_non_dit"))
    ]
    # A dictionary of types would copy every column one by one.
    return pd.concat([table.drop(columns=comptes), table[comptes].astype("int64")], axis=1)[list(table.columns)]
