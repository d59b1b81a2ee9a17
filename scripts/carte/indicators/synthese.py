"""What is said once every level is known: deficits counted, priorities, comparisons, lists."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from carte.access import Mode
from carte.access.points import Booleens
from carte.indicators.entrees import Entrees
from carte.indicators.manques import (
    a_completer,
    besoins,
    comparaison,
    cuivre,
    priorite,
    publies,
    quartiers,
    territoires,
)
from carte.indicators.manques.deficit import INCONNU, NON, g3_a9
from carte.indicators.monde import TOUTES, Monde
from carte.indicators.niveaux import SANS_EPCI, Niveau, principal, sommer
from carte.indicators.offre import criteres_reseaux, equipements, inventaires, labels, presences
from carte.indicators.quantiles import DIXIEME, quantiles

if TYPE_CHECKING:
    from carte.territory import Territoire

Tables = dict[str, pd.DataFrame]
_PERIMETRE = "perimetre"
DENSITE_CONNUE, DENSITE_INCONNUE = "calculé", "densité inconnue : comparaison au département et au périmètre seulement"


def completer(
    tables: Tables, niveaux: Mapping[str, Niveau], additif: pd.DataFrame, monde: Monde, entrees: Entrees
) -> tuple[Tables, dict[str, pd.DataFrame]]:
    """Add to each level what needs other levels; also the list of priorities, which comes with it."""
    muettes = _sans_fiche(monde)
    if muettes.any():
        tables = {nom: _sans_inventaire(table, niveaux[nom].cle, muettes) for nom, table in tables.items()}
    ajouts: dict[str, list[pd.DataFrame]] = {nom: [] for nom in tables}
    for nom, ajout in _g3_a9(tables, niveaux, monde).items():
        ajouts[nom].append(ajout)
    for nom in ("departement", "region", _PERIMETRE):
        ajouts[nom].append(_comptes_g3(nom, tables, niveaux, monde))
    for nom in ("epci", "departement", "region", _PERIMETRE):
        cle = niveaux[nom].cle
        ajouts[nom].append(comparaison.g10(monde, tables[nom], _deciles(monde, cle), additif, cle))
    classements = {nom: _classer(nom, tables, niveaux, monde, entrees) for nom in ("epci_departement", "epci")}
    for nom, classement in classements.items():
        ajouts[nom].append(priorite.colonnes(classement))
        ajouts[nom].append(comparaison.g7(tables[nom], _reference(nom, tables), groupes(nom, tables[nom]), monde))
    for nom in ("epci_departement", "epci", "departement"):
        ajouts[nom].append(_g8(nom, tables, niveaux, additif, monde))
    completes = {nom: pd.concat([table, *ajouts[nom]], axis=1) for nom, table in tables.items()}
    listes = [priorite.liste(nom, tables[nom], classement) for nom, classement in classements.items()]
    return completes, {"priorites": pd.concat(listes, ignore_index=True)}


def _sans_fiche(monde: Monde) -> "pd.Series[bool]":
    """Communes of the départements where no record has a place or a stop."""
    departements = monde.communes["code_departement"].reset_index(drop=True)
    return ~departements.isin(set(monde.offre["code_departement"]))


def _sans_inventaire(table: pd.DataFrame, cle: pd.Series, muettes: "pd.Series[bool]") -> pd.DataFrame:
    """Where a territory has no record at all, nobody has looked: it is never in deficit, but others may serve it.

    `cle`: territory of each commune; `muettes`: communes of a département without a record, in the same order.
    """
    sans = _muets(table.index, cle, muettes)
    noms = [nom for nom in map(str, table.columns) if nom.startswith("G3_")]
    completee = table.copy()
    for nom in noms:
        if nom.endswith("_statut"):
            completee.loc[sans & table[nom].ne(NON), nom] = INCONNU
        elif "_marge_" in nom:
            completee.loc[sans, nom] = np.nan
    return completee


def _muets(index: pd.Index, cle: pd.Series, muettes: "pd.Series[bool]") -> Booleens:
    """Territories whose communes are all of a département without a record."""
    comptees = cle.notna()
    return np.asarray(index.isin(set(cle[comptees & muettes])) & ~index.isin(set(cle[comptees & ~muettes])))


def ajouter_listes(
    tables: Tables,
    niveaux: Mapping[str, Niveau],
    monde: Monde,
    territoire: "Territoire",
    entrees: Entrees,
    au: date | None,
    inventaire: pd.DataFrame,
) -> tuple[Tables, dict[str, pd.DataFrame]]:
    """The columns that come from the list of labels, and the lists that are not by territory."""
    comparaisons, lignes = labels.comparaisons(monde, entrees.labels, au)
    departements = tables["departement"]
    par_territoire = {
        "departement": {code: [code] for code in departements.index},
        "region": {
            code: list(departements.index[departements["code_region"] == code]) for code in tables["region"].index
        },
        _PERIMETRE: {_PERIMETRE: list(departements.index)},
    }
    ajouts = {nom: labels.colonnes_liste(comparaisons, membres) for nom, membres in par_territoire.items()}
    noms_epci = territoire.epci.drop_duplicates("code_epci").set_index("code_epci")["nom"]
    listes = {
        "labels": labels.labels_par_territoire(monde, lignes, entrees.labels is not None),
        "labels_liste": lignes,
        "structures_par_type": inventaires.structures_par_type(monde),
        "besoins": publies.n2(monde, entrees, noms_epci, territoire.departements.set_index("code")["nom"]),
        "deficits": territoires.deficits(tables, monde),
        "conformite": criteres_reseaux.conformite(monde.offre),
        "cuivre": cuivre.calendrier(monde),
        "quartiers": quartiers.quartiers(monde, entrees),
        "equipements": equipements.equipements(monde, entrees),
        "sources": inventaires.sources(monde),
        "presences": presences.presences(monde),
        "rapprochements": presences.rapprochements(monde, inventaire),
        "a_completer": a_completer.a_completer(monde, tables, niveaux),
    }
    return {nom: table.join(ajouts[nom]) if nom in ajouts else table for nom, table in tables.items()}, listes


def groupes(niveau: str, table: pd.DataFrame) -> "pd.Series[str]":
    """Where EPCI are ranked: whole ones within the perimeter, parts within their département; None for no EPCI."""
    if niveau == "epci":
        return pd.Series(_PERIMETRE, table.index, dtype=object)
    return table["code_departement"].where(table["code_epci"] != SANS_EPCI, None)


def _g3_a9(tables: Tables, niveaux: Mapping[str, Niveau], monde: Monde) -> Tables:
    regions = {
        nom: principal(niveau.cle, monde.communes["code_region"], monde.population) for nom, niveau in niveaux.items()
    }
    # Where nobody has looked, hours within reach are those of others alone.
    connus = tables["epci"][~_muets(tables["epci"].index, niveaux["epci"].cle, _sans_fiche(monde))]
    medianes = territoires.medianes_a9(connus, regions["epci"], tables["region"], monde.parametres)
    resultat = {}
    for nom, table in tables.items():
        siennes = regions[nom].reindex(table.index).map(medianes).astype(float)
        a9 = pd.DataFrame({fin: table[f"A9_e2sfca_{fin}"] for fin in ("bas", "val", "haut")})
        statut = g3_a9(a9, siennes, monde.parametres.part_mediane_a9)
        resultat[nom] = pd.DataFrame({"G3_a9_statut": statut, "G3_a9_mediane_val": siennes})
    return resultat


def _comptes_g3(nom: str, tables: Tables, niveaux: Mapping[str, Niveau], monde: Monde) -> pd.DataFrame:
    """Parts of EPCI within a département; whole EPCI, where most of their people live, for wider levels."""
    index = tables[nom].index
    if nom == "departement":
        parts = tables["epci_departement"]
        return territoires.compter(parts, groupes("epci_departement", parts), index, monde)
    ou = principal(niveaux["epci"].cle, niveaux[nom].cle, monde.population).reindex(tables["epci"].index)
    return territoires.compter(tables["epci"], ou, index, monde)


def _deciles(monde: Monde, cle: pd.Series) -> pd.DataFrame:
    temps = monde.trajets.plus_proche(Mode.VOITURE, monde.choix[TOUTES])
    valeurs = {"val": temps.minutes, "bas": temps.bas, "haut": temps.haut}
    return pd.DataFrame(
        {nom: quantiles(v, monde.habitants, cle.iloc[monde.chez], DIXIEME) for nom, v in valeurs.items()}
    )


def _classer(nom: str, tables: Tables, niveaux: Mapping[str, Niveau], monde: Monde, entrees: Entrees) -> pd.DataFrame:
    cle = niveaux[nom].cle
    criteres = priorite.criteres(monde, cle, tables[nom], besoins.besoin(monde, entrees, cle))
    return priorite.classer(criteres, groupes(nom, tables[nom]), monde.parametres)


def _reference(nom: str, tables: Tables, de: str | None = None) -> pd.DataFrame:
    """The row of the département (parts of EPCI) or of the perimeter, for each territory of a level."""
    table = tables[nom]
    if (de or ("departement" if "code_departement" in table else _PERIMETRE)) == "departement":
        return tables["departement"].reindex(table["code_departement"]).set_axis(table.index, axis=0)
    return tables[_PERIMETRE].reindex([_PERIMETRE] * len(table)).set_axis(table.index, axis=0)


def _g8(nom: str, tables: Tables, niveaux: Mapping[str, Niveau], additif: pd.DataFrame, monde: Monde) -> pd.DataFrame:
    table, muettes = tables[nom], _sans_fiche(monde)
    references = {_PERIMETRE: _reference_perimetre(table.index, additif, monde)}
    if nom == "epci_departement":
        references["departement"] = _reference(nom, tables, "departement")
    elif nom == "epci":
        chez = principal(niveaux[nom].cle, monde.communes["code_departement"], monde.population).reindex(table.index)
        references["departement"] = tables["departement"].reindex(chez).set_axis(table.index, axis=0)
    densite = _reference_densite(niveaux[nom].cle, table.index, additif, monde)
    references["densite"] = densite
    connue = comparaison.valeurs(densite, comparaison.parts(monde)[0])["val"].notna()
    statut = pd.Series(DENSITE_INCONNUE, table.index).mask(connue, DENSITE_CONNUE)
    ecarts = comparaison.g8(table, references, monde)
    # Nobody has looked there: a gap would be told of the inventory, not of the offer.
    ecarts.loc[_muets(table.index, niveaux[nom].cle, muettes)] = np.nan
    return ecarts.assign(G8_densite_statut=statut)


def _comparables(monde: Monde) -> "pd.Series[bool]":
    """Communes of the perimeter that others are compared to: those of a département that has records."""
    return monde.communes["dans_perimetre"].astype(bool) & ~_sans_fiche(monde).to_numpy()


def _colonnes_comparees(monde: Monde) -> list[str]:
    return [f"{base}_{suffixe}" for base in comparaison.parts(monde) for suffixe in ("num", "den", "bas", "haut")]


def _reference_perimetre(index: pd.Index, additif: pd.DataFrame, monde: Monde) -> pd.DataFrame:
    """Sums over the comparable communes of the perimeter, the same for each territory."""
    comparables = _comparables(monde)
    somme = sommer(additif[_colonnes_comparees(monde)], comparables.astype(object).where(comparables, None))
    return somme.reindex([True] * len(index)).set_axis(index, axis=0)


def _reference_densite(cle: pd.Series, index: pd.Index, additif: pd.DataFrame, monde: Monde) -> pd.DataFrame:
    """Sums over the comparable communes of the same region and density class as each territory."""
    noms = _colonnes_comparees(monde)
    if "densite" not in monde.communes:
        return pd.DataFrame(index=index, columns=noms, dtype=float)
    dedans = _comparables(monde)
    classe = monde.communes["code_region"].astype(object) + " " + monde.communes["densite"].astype(object)
    sommes = sommer(additif[noms][dedans.to_numpy()], classe[dedans])
    return sommes.reindex(principal(cle, classe, monde.population).reindex(index)).set_axis(index, axis=0)
