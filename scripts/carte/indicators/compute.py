"""All figures of one publication, from the four inputs to the tables of every level."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from carte.access import Matrice, Mode
from carte.config import Seuils
from carte.indicators.coverage import couvertures, temps_par_commune
from carte.indicators.creneaux import acces_aux_creneaux, heures_accessibles
from carte.indicators.deficit import deficits_additifs, g2, g3, g3_a9, lire_debit
from carte.indicators.definitions import DEFINITIONS
from carte.indicators.e2sfca import POUR_HABITANTS, a9_additif
from carte.indicators.model import Indicateurs, Parametres
from carte.indicators.monde import TOUTES, Monde, Reperage, assembler, lonlat
from carte.indicators.niveaux import Niveau, niveaux, sommer
from carte.indicators.offer import heures_additives, offre_par_niveau
from carte.indicators.quantiles import a7_additif, a7_par_niveau

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
) -> Indicateurs:
    """Compute every indicator of `definitions` at every level.

    Demand is every loaded commune of known population; supply is every point of offer with coordinates, whatever its
    département. Counts are added up, then divided: a percentage is never averaged. `reperage` reads coordinates from a
    frame (longitude and latitude by default). `debit` is the frame `Debit.communes`. Times of `matrice` replace the
    estimates.
    """
    parametres = parametres or Parametres()
    monde = assembler(offre, territoire, debit, seuils, parametres, reperage, matrice)
    additif = _additif(monde)
    tables = {
        niveau.nom: _table(monde, niveau, additif) for niveau in niveaux(territoire, monde.trajets.communes_connues)
    }
    return Indicateurs(tables, DEFINITIONS, _exclusions(monde), seuils, parametres)


def _additif(monde: Monde) -> pd.DataFrame:
    """One row per loaded commune, only columns that may be added up; a leading underscore marks working columns."""
    inconnue = np.isnan(monde.population)
    colonnes = {
        "population": monde.population,
        "communes": np.ones(len(inconnue)),
        "communes_population_inconnue": inconnue.astype(np.float64),
    }
    colonnes |= heures_additives(monde) | couvertures(monde) | acces_aux_creneaux(monde)
    colonnes |= a7_additif(monde) | heures_accessibles(monde) | a9_additif(monde) | deficits_additifs(monde)
    return pd.DataFrame(colonnes)


def _table(monde: Monde, niveau: Niveau, additif: pd.DataFrame) -> pd.DataFrame:
    sommes = sommer(additif, niveau.cle)
    sommes = sommes.join(_rapports(sommes, monde))
    fins = niveau.nom != _COMMUNE
    morceaux = [niveau.entete.reindex(sommes.index), sommes]
    morceaux.append(offre_par_niveau(monde, niveau.cle, sommes["population"], fins))
    morceaux += [g2(sommes, seuil) for seuil in monde.seuils.voiture]
    morceaux += [g3(sommes, seuil, monde.seuils.deficit_epci_pct) for seuil in monde.seuils.voiture]
    morceaux.append(g3_a9(sommes, monde.parametres).to_frame("G3_a9_statut"))
    morceaux.append(a7_par_niveau(monde, niveau.cle) if fins else _temps(monde, niveau))
    table = pd.concat(morceaux, axis=1).reindex(sommes.index).rename_axis("code")
    return _entiers(table[[nom for nom in table.columns if not nom.startswith("_")]])


def _temps(monde: Monde, niveau: Niveau) -> pd.DataFrame:
    temps = pd.DataFrame(temps_par_commune(monde)).set_axis(niveau.cle, axis=0)
    proches = monde.trajets.lieu_le_plus_proche(Mode.VOITURE, monde.choix[TOUTES])
    lieux = monde.offre["lieu_id"].to_numpy(dtype=object)
    temps["A1_voiture_lieu_id"] = [lieux[rang] if rang >= 0 else None for rang in proches]
    return temps[temps.index.notna()]


def _rapports(sommes: pd.DataFrame, monde: Monde) -> pd.DataFrame:
    """Values of the measures that are ratios of sums, and their bounds when working columns give them."""
    seuils = [f"A8_{seuil}" for seuil in monde.seuils.voiture]
    facteurs = {"O2": POUR_HABITANTS, "A7_voiture_moyenne": 1, "A7_distance_moyenne": 1, "A7_route_moyenne": 1}
    facteurs |= dict.fromkeys(seuils, 1) | {"A9_e2sfca": POUR_HABITANTS, "A9_2sfca": POUR_HABITANTS}
    colonnes = {f"{nom}_val": _rapport(sommes, nom, f"{nom}_num", facteur) for nom, facteur in facteurs.items()}
    for nom in ("A7_voiture_moyenne", *seuils):
        for suffixe in ("bas", "haut"):
            colonnes[f"{nom}_{suffixe}"] = _rapport(sommes, nom, f"_{nom}_{suffixe}", 1)
    for nom in ("e2sfca", "2sfca"):
        scenarios = [f"_A9_courts_{nom}_num", f"_A9_longs_{nom}_num", f"A9_{nom}_num"]
        valeurs = pd.concat([_rapport(sommes, f"A9_{nom}", cle, POUR_HABITANTS) for cle in scenarios], axis=1)
        colonnes |= {f"A9_{nom}_bas": valeurs.min(axis=1), f"A9_{nom}_haut": valeurs.max(axis=1)}
    return pd.DataFrame(colonnes)


def _rapport(sommes: pd.DataFrame, nom: str, numerateur: str, facteur: float) -> pd.Series:
    den = sommes[f"{nom}_den"]
    return facteur * sommes[numerateur] / den.where(den > 0)


def _entiers(table: pd.DataFrame) -> pd.DataFrame:
    """Counts of communes, places and unknowns are integers."""
    comptes = [
        nom
        for nom in table.columns
        if nom.startswith("communes") or nom == "lieux" or nom.endswith(("_inconnus", "_connus"))
    ]
    return table.astype(dict.fromkeys(comptes, "int64"))


def _exclusions(monde: Monde) -> dict[str, int]:
    """What takes no part in some figures, by French reason."""
    offre, communes = monde.offre, monde.communes
    sans_public = ~monde.choix[TOUTES]
    dedans = communes["dans_perimetre"].to_numpy(dtype=bool)
    comptes = {
        "points d'accueil sans coordonnées (absents des temps d'accès)": pd.Series(~monde.lieux_connus),
        "points d'accueil sans commune reconnue (absents des comptes par territoire)": offre["code_insee"].isna(),
        "points d'accueil qui ne reçoivent pas de public (absents des temps d'accès)": pd.Series(sans_public),
        "points d'accueil sans durée d'ouverture connue (absents des heures)": offre["heures_hebdo"].isna(),
        "communes sans population connue": communes["population"].isna(),
        "communes sans coordonnées": pd.Series(~monde.trajets.communes_connues),
        # Neighbours bring demand and places, never broadband: theirs is not an omission.
        "communes sans débit filaire connu (absentes de B1 et G1)": pd.Series(np.isnan(lire_debit(monde).bas) & dedans),
    }
    return {raison: int(cas.sum()) for raison, cas in comptes.items()}
