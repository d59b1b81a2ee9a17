"""Territorial levels: which commune counts where, and how counts are added up."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

if TYPE_CHECKING:
    from carte.territory import Territoire

SANS_EPCI = "sans-epci"
CLASSES = {
    "densite": {
        "dense": "Communes denses",
        "intermediaire": "Communes de densité intermédiaire",
        "rural": "Communes rurales",
        "tres_disperse": "Communes rurales à habitat très dispersé",
    },
    "frr": {
        "oui": "Communes classées FRR",
        "partiel": "Communes classées FRR en partie",
        "non": "Communes non classées FRR",
    },
    "centralite": {},
}
"""Classes of communes that are levels of their own, and their words; a class without words has those of its source."""


@dataclass(frozen=True, slots=True, eq=False)
class Niveau:
    """One level: `cle` gives each loaded commune its territory (None: not counted), `entete` names each territory."""

    nom: str
    cle: pd.Series
    entete: pd.DataFrame


def niveaux(
    territoire: "Territoire", situees: NDArray[np.bool_], classes: Mapping[str, "pd.Series[str]"] = MappingProxyType({})
) -> tuple[Niveau, ...]:
    """The levels, in the order of `NIVEAUX`; communes are positions of `territoire.communes`.

    `situees` says which communes have coordinates: the others take no part in travel times. `classes`: those of
    CLASSES that are known, by name, the class of each commune by code.
    """
    communes = pd.DataFrame(territoire.communes.drop(columns="geometry", errors="ignore")).reset_index(drop=True)
    dedans = communes["dans_perimetre"].astype(bool)
    noms_epci = _noms(territoire.epci, "code_epci")
    noms_departements = _noms(territoire.departements, "code")
    return (
        Niveau("commune", communes["code_insee"].where(dedans, None), _entete_communes(communes[dedans])),
        _niveau_epci(territoire, communes, situees, noms_epci),
        _niveau_parts(communes, dedans, noms_epci, noms_departements),
        Niveau("departement", communes["code_departement"].where(dedans, None), _entete_departements(territoire)),
        Niveau("region", communes["code_region"].where(dedans, None), _entete_regions(territoire, dedans)),
        Niveau("perimetre", pd.Series("perimetre", communes.index).where(dedans, None), _entete_perimetre()),
        *(
            _niveau_classes(nom, communes[dedans], par_code, noms_departements, communes.index)
            for nom, par_code in classes.items()
        ),
    )


def france(perimetre: pd.DataFrame, territoire: "Territoire") -> pd.DataFrame:
    """The row of the perimeter, named for how much of France it is."""
    communes = territoire.communes
    presents = set(communes.loc[communes["dans_perimetre"].astype(bool), "code_departement"])
    tous = set() if territoire.cog is None else set(territoire.cog.departements)
    entiere = presents >= tous if tous else None
    detail = f" : {len(presents)} départements sur {len(tous)}" if len(presents) > 1 else " : un seul département"
    nom = "France entière" if entiere else f"France{detail}"
    index = pd.Index(["FR"], name="code")
    mention = pd.DataFrame({"france_entiere": pd.array([entiere], dtype="boolean")}, index)
    return pd.concat([perimetre.set_axis(index, axis=0).assign(nom=nom), mention], axis=1)


def _niveau_classes(
    nom: str, dedans: pd.DataFrame, par_code: "pd.Series[str]", departements: "pd.Series[str]", index: pd.Index
) -> Niveau:
    """The communes of one class within one département; those of no known class are counted nowhere."""
    classe = dedans["code_insee"].map(par_code).astype(object)
    cle = (dedans["code_departement"].astype(str) + "-" + classe.astype(str)).where(classe.notna(), None)
    entete = pd.DataFrame({"code": cle, "classe": classe, "code_departement": dedans["code_departement"]})
    entete = entete.dropna(subset="code").drop_duplicates("code").set_index("code")
    mots = entete["classe"].map(CLASSES[nom]).astype(object).fillna(entete["classe"])
    noms = mots + " (" + entete["code_departement"].map(departements).fillna(entete["code_departement"]) + ")"
    return Niveau(
        nom,
        cle.reindex(index).astype(object),
        pd.DataFrame({"nom": noms, "code_departement": entete["code_departement"]}),
    )


def sommer(additif: pd.DataFrame, cle: pd.Series) -> pd.DataFrame:
    """Add counts by territory, leaving the unknown (NaN) out of them.

    All unknown stays unknown. A numerator known only for some of the communes of its denominator is unknown as a whole.
    """
    groupes = additif.groupby(cle.to_numpy(), sort=True)
    sommes = groupes.sum(min_count=1)
    connus, valeurs = groupes.count().to_numpy(), sommes.to_numpy(dtype=np.float64, copy=True)
    rangs = {nom: rang for rang, nom in enumerate(additif.columns)}
    parts = [nom[:-4] for nom in rangs if nom.endswith("_num") and f"{nom[:-4]}_den" in rangs]
    nums, dens = ([rangs[f"{part}_{suffixe}"] for part in parts] for suffixe in ("num", "den"))
    # All parts at once, outside the frame: one by one, small worlds spend most of their time here.
    valeurs[:, nums] = np.where(connus[:, nums] < connus[:, dens], np.nan, valeurs[:, nums])
    return pd.DataFrame(valeurs, sommes.index, additif.columns)


def principal(cle: pd.Series, etiquettes: pd.Series, population: NDArray[np.float64]) -> pd.Series:
    """The label (region, density class…) where most of the people of each territory live; absent when none is known."""
    table = pd.DataFrame({"cle": cle.to_numpy(), "nom": etiquettes.to_numpy(), "p": np.nan_to_num(population)}).dropna()
    sommes = table.groupby(["cle", "nom"])["p"].sum().reset_index()
    premieres = sommes.sort_values(["cle", "p", "nom"], ascending=[True, False, True]).drop_duplicates("cle")
    return premieres.set_index("cle")["nom"]


def _niveau_epci(
    territoire: "Territoire", communes: pd.DataFrame, situees: NDArray[np.bool_], noms: "pd.Series[str]"
) -> Niveau:
    concernes = set(communes.loc[communes["dans_perimetre"].astype(bool), "code_epci"].dropna())
    cle = communes["code_epci"].where(communes["code_epci"].isin(concernes), None)
    presentes = set(communes.loc[situees, "code_insee"])
    epci = territoire.epci.set_index("code_epci")
    absentes = {code: len(set(epci["membres"].get(code, [])) - presentes) for code in concernes}
    entete = _entete(noms).assign(communes_absentes=pd.Series(absentes, dtype=int))
    return Niveau("epci", cle, entete)


def _niveau_parts(
    communes: pd.DataFrame, dedans: "pd.Series[bool]", noms_epci: "pd.Series[str]", noms_departements: "pd.Series[str]"
) -> Niveau:
    code_epci = communes["code_epci"].where(communes["code_epci"].notna(), SANS_EPCI).astype(str)
    cle = (code_epci + "-" + communes["code_departement"].astype(str)).where(dedans, None)
    entete = pd.DataFrame({"code_epci": code_epci, "code_departement": communes["code_departement"]})
    entete = entete.assign(code=cle).dropna(subset="code").drop_duplicates("code").set_index("code")
    nom = entete["code_epci"].map(noms_epci).astype(object).fillna("Communes sans EPCI")
    nom = nom + " (" + entete["code_departement"].map(noms_departements).fillna(entete["code_departement"]) + ")"
    entete.insert(0, "nom", nom)
    return Niveau("epci_departement", cle, entete)


def _noms(table: pd.DataFrame, cle: str) -> "pd.Series[str]":
    return table.drop_duplicates(cle).set_index(cle)["nom"]


def _entete(noms: "pd.Series[str]") -> pd.DataFrame:
    return noms.to_frame("nom").rename_axis("code")


def _entete_communes(communes: pd.DataFrame) -> pd.DataFrame:
    colonnes = ["nom", "code_epci", "code_departement"]
    return communes.set_index("code_insee")[colonnes].rename_axis("code")


def _entete_departements(territoire: "Territoire") -> pd.DataFrame:
    uniques = territoire.departements.drop_duplicates("code").set_index("code")
    return uniques[["nom", "code_region"]].rename_axis("code")


def _entete_regions(territoire: "Territoire", dedans: "pd.Series[bool]") -> pd.DataFrame:
    """Regions; `region_entiere`: all their départements are in the perimeter, None without a COG to say so."""
    presents = set(territoire.communes.loc[dedans.to_numpy(), "code_departement"])
    tous = {} if territoire.cog is None else territoire.cog.departements
    attendus = {code: {d.code for d in tous.values() if d.region == code} for code in territoire.regions["code"]}
    entete = _entete(_noms(territoire.regions, "code"))
    entieres = [attendus[code] <= presents if attendus.get(code) else None for code in entete.index]
    return entete.assign(region_entiere=pd.array(entieres, dtype="boolean"))


def _entete_perimetre() -> pd.DataFrame:
    return pd.DataFrame({"nom": ["Ensemble du périmètre"]}, index=pd.Index(["perimetre"], name="code"))
