"""Optional inputs of the indicators, read from `geo/<département>/`: each absent file makes figures « non évalué ».

CSV files, UTF-8, separated by `;`, read by the name of their columns, codes as text, decimals with a point or a comma:

- `arrets_tc.csv` (`reseau;arret;longitude;latitude;departs_par_jour;source;millesime`): stops of public transport, and
  departures of a weekday (empty when unknown).
- `centralites.csv` (`code_insee;niveau;source;millesime`): how much of a centre each commune is, in the source's words.
- `equipements.csv` (`code_insee;mairies;france_services;poste;banques;source;millesime`): equipment by commune; empty
  when unknown.
- `frr.csv` (`code_insee;classement;source;millesime`): France ruralités revitalisation, `oui`, `partiel` or `non`.
- `labels.csv` (`nom;commune;code_insee;numero;label;depuis;jusqua;source`): a list of labelled places from elsewhere;
  dates year-month-day, empty when unknown.
- `menages.csv` (`code_insee;menages;sans_voiture;source;millesime`): households, and those without a car.
- `population_age.csv` (`code_insee;tranche;population;source;millesime`): inhabitants by age group.
- `taux_risque.csv` (`tranche;taux;bas;haut;source`): national share at risk by age group, between 0 and 1, with bounds
  when the source gives some.
- `besoins.csv` (`niveau;code;indicateur;valeur;denominateur;unite;source;millesime`): figures published by others (IFN,
  PORTREA…); `niveau` is `commune` or `epci`, `denominateur` is empty when `valeur` is not a count out of a whole.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from carte.ecrits.cadres import cadre, codes_communes, pas_des_communes
from carte.ecrits.csv_strict import lire_csv
from carte.ecrits.silences import ne_dit_rien
from carte.erreurs import ErreurCarte
from carte.indicators.quartiers_lus import lire_quartiers

if TYPE_CHECKING:
    import geopandas as gpd

COLONNES: Mapping[str, tuple[str, ...]] = {
    "arrets_tc": ("reseau", "arret", "longitude", "latitude", "departs_par_jour", "source", "millesime"),
    "centralites": ("code_insee", "niveau", "source", "millesime"),
    "equipements": ("code_insee", "mairies", "france_services", "poste", "banques", "source", "millesime"),
    "frr": ("code_insee", "classement", "source", "millesime"),
    "labels": ("nom", "commune", "code_insee", "numero", "label", "depuis", "jusqua", "source"),
    "menages": ("code_insee", "menages", "sans_voiture", "source", "millesime"),
    "population_age": ("code_insee", "tranche", "population", "source", "millesime"),
    "taux_risque": ("tranche", "taux", "bas", "haut", "source"),
    "besoins": ("niveau", "code", "indicateur", "valeur", "denominateur", "unite", "source", "millesime"),
}
_EQUIPEMENTS = ("mairies", "france_services", "poste", "banques")
_NOMBRES = {
    *("menages", "sans_voiture", "population", "taux", "bas", "haut", "valeur", "denominateur", "departs_par_jour"),
    *_EQUIPEMENTS,
}
_FACULTATIFS = {"bas", "haut", "denominateur", "departs_par_jour", *_EQUIPEMENTS}
# Degrees, with their bounds: the only figures that may be below zero.
_DEGRES = {"longitude": 180.0, "latitude": 90.0}
_DATES = {"depuis", "jusqua"}
_COMMUNE = "code_insee"
_COMMUNE_FACULTATIVE = {"labels"}  # the name says where
_CLES: Mapping[str, tuple[str, ...]] = {
    "arrets_tc": ("reseau", "arret"),
    "centralites": ("code_insee",),
    "equipements": ("code_insee",),
    "frr": ("code_insee",),
    "menages": ("code_insee",),
    "population_age": ("code_insee", "tranche"),
    "taux_risque": ("tranche",),
    "besoins": ("niveau", "code", "indicateur"),
}


class EntreeInvalide(ErreurCarte):
    """An optional file is there but cannot be used; the message says which line, and what would be right."""


@dataclass(frozen=True, slots=True, eq=False)
class Entrees:
    """One frame per file of the module's text, all départements together; None when no département has the file.

    Columns are those of the file and `code_departement` (folder it was read in). Numbers are floats, dates are
    datetimes, texts are empty when not given. `quartiers`: see `quartiers_lus`.
    """

    arrets_tc: pd.DataFrame | None = None
    centralites: pd.DataFrame | None = None
    equipements: pd.DataFrame | None = None
    frr: pd.DataFrame | None = None
    labels: pd.DataFrame | None = None
    menages: pd.DataFrame | None = None
    population_age: pd.DataFrame | None = None
    taux_risque: pd.DataFrame | None = None
    besoins: pd.DataFrame | None = None
    quartiers: "gpd.GeoDataFrame | None" = None


def lire_entrees(geo: Path, departements: Sequence[str]) -> Entrees:
    """Read what is there. Raises EntreeInvalide with the first line at fault."""
    tables = {nom: _reunir(nom, geo, departements) for nom in COLONNES}
    entrees = Entrees(**tables, quartiers=lire_quartiers(geo, departements))
    if entrees.population_age is not None and entrees.taux_risque is not None:
        sans_taux = sorted(set(entrees.population_age["tranche"]) - set(entrees.taux_risque["tranche"]))
        if sans_taux:
            raise EntreeInvalide(
                f"taux_risque.csv : aucun taux pour la tranche « {sans_taux[0]} » de population_age.csv."
            )
    return entrees


def _reunir(nom: str, geo: Path, departements: Sequence[str]) -> pd.DataFrame | None:
    presents = [(code, geo / code / f"{nom}.csv") for code in departements]
    tables = [lire(nom, fichier).assign(code_departement=code) for code, fichier in presents if fichier.exists()]
    if not tables:
        return None
    reunies = pd.concat(tables, ignore_index=True)
    if nom == "taux_risque":  # national: the same file may be given in several folders
        reunies = reunies.drop(columns="code_departement")
    if nom in _CLES:  # the strips of two neighbours say the same of the same communes
        dites = [colonne for colonne in reunies if colonne != "code_departement"]
        reunies = reunies.drop_duplicates(dites, ignore_index=True)
    doubles = reunies.duplicated(list(_CLES[nom])) if nom in _CLES else pd.Series(False, reunies.index)
    if doubles.any():
        cle = " ".join(str(x) for x in reunies.loc[doubles, list(_CLES[nom])].iloc[0])
        raise EntreeInvalide(f"{nom}.csv : « {cle} » est donné plusieurs fois.")
    return reunies


def lire(nom: str, fichier: Path) -> pd.DataFrame:
    """Read one file of COLONNES. Raises EntreeInvalide."""
    table = cadre(lire_csv(fichier, EntreeInvalide))
    manquantes = [colonne for colonne in COLONNES[nom] if colonne not in table]
    if manquantes:
        raise EntreeInvalide(f"{fichier} : il manque la colonne « {manquantes[0]} ».")
    # « NC », « NaN », « - »: a silence, wherever an export wrote it. A stop may bear any name.
    textes = table[list(COLONNES[nom])].apply(lambda t: t if t.name == "arret" else t.mask(t.map(ne_dit_rien), ""))
    lues = {str(colonne): _colonne(fichier, str(colonne), textes[colonne]) for colonne in textes}
    lue = pd.DataFrame(lues)
    if nom == "besoins":
        lue["code"] = lue["code"].where(lue["niveau"] != "commune", codes_communes(lue["code"]))
    for regle, attendu in _REGLES.get(nom, ()):
        _refuser(fichier, regle(lue), attendu)
    return lue.reset_index(drop=True)


def _colonne(fichier: Path, nom: str, textes: "pd.Series[str]") -> pd.Series:
    if nom == _COMMUNE:
        codes = codes_communes(textes)
        inconnus = pas_des_communes(codes) & ((textes != "") | (fichier.stem not in _COMMUNE_FACULTATIVE))
        _refuser(fichier, inconnus, f"« {nom} » attend un code Insee, comme 36044")
        return codes
    if nom in _DATES:
        dates = pd.to_datetime(textes.where(textes != ""), format="%Y-%m-%d", errors="coerce")
        _refuser(fichier, dates.isna() & (textes != ""), f"« {nom} » attend une date, année-mois-jour, ou rien")
        return dates
    if nom in _DEGRES:
        degres = pd.to_numeric(textes.str.replace(",", "."), errors="coerce")
        _refuser(fichier, ~(degres.abs() <= _DEGRES[nom]), f"« {nom} » attend des degrés")
        return degres.astype(np.float64)
    if nom not in _NOMBRES:
        return textes
    nombres = pd.to_numeric(textes.str.replace(",", "."), errors="coerce")
    vides = (textes == "") if nom in _FACULTATIFS else pd.Series(False, textes.index)
    _refuser(fichier, (~(nombres >= 0) | np.isinf(nombres)) & ~vides, f"« {nom} » attend un nombre positif")
    return nombres.astype(np.float64)


def _refuser(fichier: Path, fautes: "pd.Series[bool]", attendu: str) -> None:
    lignes = fautes.index[fautes]
    if len(lignes):
        raise EntreeInvalide(f"{fichier}:{lignes[0]} : {attendu}.")


Regle = tuple[Callable[[pd.DataFrame], "pd.Series[bool]"], str]
_REGLES: Mapping[str, tuple[Regle, ...]] = {
    "menages": ((lambda t: t["sans_voiture"] > t["menages"], "« sans_voiture » dépasse « menages »"),),
    "taux_risque": (
        (lambda t: t[["taux", "bas", "haut"]].max(axis=1) > 1, "un taux est entre 0 et 1"),
        (lambda t: (t["bas"] > t["taux"]) | (t["haut"] < t["taux"]), "le taux est entre « bas » et « haut »"),
        (lambda t: t["bas"].isna() != t["haut"].isna(), "« bas » et « haut » vont ensemble"),
    ),
    "frr": ((lambda t: ~t["classement"].isin(["oui", "partiel", "non"]), "« classement » attend oui, partiel ou non"),),
    "besoins": (
        (lambda t: ~t["niveau"].isin(["commune", "epci"]), "« niveau » attend commune ou epci"),
        (lambda t: t["valeur"] > t["denominateur"], "« valeur » dépasse « denominateur »"),
        (lambda t: (t["niveau"] == "commune") & pas_des_communes(t["code"]), "« code » attend celui d'une commune"),
        (
            lambda t: (t["niveau"] == "epci") & ~t["code"].str.fullmatch(r"\d{9}"),
            "« code » attend celui d'un EPCI, 9 chiffres",
        ),
    ),
    "labels": ((lambda t: (t["nom"] == "") | (t["label"] == ""), "« nom » et « label » sont obligatoires"),),
}
