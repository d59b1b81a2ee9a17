"""G9: what changed between two publications: better census, unknown dates, openings, closures, and the rest."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from carte.access import Matrice
from carte.config import Seuils
from carte.indicators.coverage import couvertures
from carte.indicators.evolution_modele import EFFETS, Comparaison, Decomposition, Effet, Publication
from carte.indicators.model import Parametres
from carte.indicators.monde import Reperage, assembler, lonlat
from carte.indicators.niveaux import niveaux, sommer

if TYPE_CHECKING:
    from carte.territory import Territoire

Couverture = Callable[[Set[str]], float]
"""A coverage (or any figure) from the identifiers of the places that are counted."""

NIVEAUX_COMPARES = ("epci_departement", "departement", "perimetre")
"""Whole EPCI are left out: data packages do not hold the communes of other départements."""
_INDICATEURS = ("A2_", "A3_", "A6_")
_TERRITOIRE_NOUVEAU = "ce territoire n'est pas dans la publication précédente"
_CHIFFRE_NOUVEAU = "la publication précédente ne donne pas ce chiffre"
_INCONNU = "une étape du calcul est inconnue (population ou coordonnées manquantes)"

Taux = pd.DataFrame
"""Shares in percent: one row per (level, code), one column per figure."""


@dataclass(frozen=True, slots=True)
class Evolution:
    """Effects in the unit of the figure, in the order in which they are computed; they add up to `variation`.

    `recensement`: places newly listed that were open already; `date_inconnue`: newly listed, opening date unknown;
    `ouvertures`: opened since; `retraits`: no longer listed (closed, or removed from the list).
    """

    avant: float
    apres: float
    recensement: float
    date_inconnue: float
    ouvertures: float
    retraits: float

    @property
    def variation(self) -> float:
        return self.apres - self.avant


def evolution(
    couverture: Couverture,
    avant: Set[str],
    apres: Set[str],
    ouverts_le: Mapping[str, date | None],
    publication_avant: date,
) -> Evolution:
    """Split the change of a figure between two sets of places; the order is that of the fields of `Evolution`.

    `ouverts_le` gives the opening date of the places newly listed: on or before the first publication, the change is
    one of census, never of offer.
    """
    classes = classer(avant, apres, ouverts_le, publication_avant)
    deja_la, sans_date = set(classes[Effet.RECENSEMENT]), set(classes[Effet.DATE_INCONNUE])
    etapes = [set(avant), avant | deja_la, avant | deja_la | sans_date, avant | apres, set(apres)]
    valeurs = [couverture(etape) for etape in etapes]
    effets = [suivante - valeur for valeur, suivante in pairwise(valeurs)]
    return Evolution(valeurs[0], valeurs[-1], *effets)


def classer(
    avant: Set[str], apres: Set[str], ouverts_le: Mapping[str, date | None], publication_avant: date
) -> dict[Effet, tuple[str, ...]]:
    """Which effect each place that comes or goes belongs to; a place opened that very day was open already."""
    dates = {lieu: ouverts_le.get(lieu) for lieu in sorted(apres - avant)}
    return {
        Effet.RECENSEMENT: tuple(
            lieu for lieu, jour in dates.items() if jour is not None and jour <= publication_avant
        ),
        Effet.DATE_INCONNUE: tuple(lieu for lieu, jour in dates.items() if jour is None),
        Effet.OUVERTURES: tuple(lieu for lieu, jour in dates.items() if jour is not None and jour > publication_avant),
        Effet.RETRAITS: tuple(sorted(avant - apres)),
    }


def comparer(ancienne: Publication, nouvelle: Publication, reperage: Reperage = lonlat) -> Comparaison:
    """Split the change of every access figure (A2, A3, A6) of every territory between two publications.

    Each step changes one thing, in the order of `Effet`, so that the effects add up exactly to the change. A threshold
    that only one of them has gives no comparison: its column has another name. Effects depend on the order.
    """
    vieille = _aux_codes_actuels(ancienne, nouvelle)
    classes = classer(set(vieille["lieu_id"]), set(nouvelle.offre["lieu_id"]), nouvelle.ouvertures, ancienne.date)
    etapes = list(_etapes(ancienne, nouvelle, vieille, classes, reperage))
    decompositions, absents = [], []
    for (niveau, code, colonne), valeurs in _series(etapes):
        if np.isnan(valeurs).any():
            absents.append((niveau, code, colonne, _motif(etapes[0], niveau, code, colonne)))
            continue
        effets = [suivante - valeur for valeur, suivante in pairwise(valeurs)]
        nom = _nom(nouvelle.territoire, niveau, code)
        table = dict(zip(EFFETS, effets, strict=True))
        decompositions.append(Decomposition(niveau, code, nom, colonne, valeurs[0], valeurs[-1], table))
    corriges = _corriges(vieille, nouvelle.offre)
    return Comparaison(
        ancienne.date, nouvelle.date, tuple(decompositions), {Effet.CORRECTIONS: corriges, **classes}, tuple(absents)
    )


def _aux_codes_actuels(ancienne: Publication, nouvelle: Publication) -> pd.DataFrame:
    """The old offer with present identifiers: a renamed record neither closed nor opened."""
    return ancienne.offre.assign(lieu_id=ancienne.offre["lieu_id"].replace(dict(nouvelle.renommes)))


def _etapes(
    ancienne: Publication,
    nouvelle: Publication,
    vieille: pd.DataFrame,
    classes: Mapping[Effet, tuple[str, ...]],
    reperage: Reperage,
) -> Iterator[Taux]:
    """The figures at each step, the first as published when that is known."""

    def calculer(offre: pd.DataFrame, quand: Publication, comment: Publication) -> Taux:
        return mesurer(offre, quand.territoire, comment.seuils, comment.parametres, reperage, comment.matrice)

    yield _publies(ancienne) if ancienne.publies else calculer(vieille, ancienne, ancienne)
    yield calculer(vieille, ancienne, nouvelle)
    successeurs = nouvelle.territoire.successeurs
    codes = vieille["code_insee"].map(lambda code: successeurs.get(code, code), na_action="ignore")
    replacee = vieille.assign(code_insee=codes.astype(object).where(codes.notna(), None))
    yield calculer(replacee, nouvelle, nouvelle)
    retires = replacee[replacee["lieu_id"].isin(classes[Effet.RETRAITS])]
    presents = set(replacee["lieu_id"])
    for effet in (None, Effet.RECENSEMENT, Effet.DATE_INCONNUE, Effet.OUVERTURES):
        presents |= set(classes[effet]) if effet else set()
        actuelle = nouvelle.offre[nouvelle.offre["lieu_id"].isin(presents)]
        yield calculer(_reunir(actuelle, retires), nouvelle, nouvelle)
    yield calculer(nouvelle.offre, nouvelle, nouvelle)


def _reunir(actuelle: pd.DataFrame, retires: pd.DataFrame) -> pd.DataFrame:
    if retires.empty:
        return pd.DataFrame(actuelle)
    return pd.concat([pd.DataFrame(actuelle), pd.DataFrame(retires)], ignore_index=True)


def mesurer(
    offre: pd.DataFrame,
    territoire: "Territoire",
    seuils: Seuils,
    parametres: Parametres,
    reperage: Reperage = lonlat,
    matrice: Matrice | None = None,
) -> Taux:
    """The access shares of an offer, in percent, at the levels that are compared; NaN when unknown."""
    debit = pd.DataFrame({"code_insee": pd.Series(dtype=object)})
    monde = assembler(offre, territoire, debit, seuils, parametres, reperage, matrice)
    colonnes = {nom: valeurs for nom, valeurs in couvertures(monde).items() if nom.startswith(_INDICATEURS)}
    additif = pd.DataFrame(colonnes)
    tables = {
        niveau.nom: _taux(sommer(additif, niveau.cle))
        for niveau in niveaux(territoire, monde.trajets.communes_connues)
        if niveau.nom in NIVEAUX_COMPARES
    }
    return pd.concat(tables)


def _publies(publication: Publication) -> Taux:
    return pd.concat({niveau: _taux(publication.publies[niveau]) for niveau in NIVEAUX_COMPARES})


def _taux(table: pd.DataFrame) -> pd.DataFrame:
    noms = [nom[:-4] for nom in map(str, table.columns) if nom.startswith(_INDICATEURS) and nom.endswith("_num")]
    parts = {nom: 100 * table[f"{nom}_num"] / table[f"{nom}_den"].where(table[f"{nom}_den"] > 0) for nom in noms}
    return pd.DataFrame(parts, index=table.index)


def _series(etapes: list[Taux]) -> Iterable[tuple[tuple[str, str, str], list[float]]]:
    """Values of each figure of the last step through all the steps; NaN where a step does not have it."""
    derniere = etapes[-1]
    alignees = [etape.reindex(index=derniere.index, columns=derniere.columns).to_numpy(dtype=float) for etape in etapes]
    for rang, (niveau, code) in enumerate(derniere.index):
        for place, colonne in enumerate(derniere.columns):
            yield (niveau, code, colonne), [float(valeurs[rang, place]) for valeurs in alignees]


def _motif(premiere: Taux, niveau: str, code: str, colonne: str) -> str:
    if (niveau, code) not in premiere.index:
        return _TERRITOIRE_NOUVEAU
    return _INCONNU if colonne in premiere.columns else _CHIFFRE_NOUVEAU


def _nom(territoire: "Territoire", niveau: str, code: str) -> str:
    if niveau == "perimetre":
        return "Ensemble du périmètre"
    noms = dict(zip(territoire.departements["code"], territoire.departements["nom"], strict=True))
    if niveau == "departement":
        return str(noms.get(code, code))
    epci, departement = code.rsplit("-", 1)
    noms_epci = dict(zip(territoire.epci["code_epci"], territoire.epci["nom"], strict=True))
    return f"{noms_epci.get(epci, 'Communes sans EPCI')} ({noms.get(departement, departement)})"


def _corriges(vieille: pd.DataFrame, offre: pd.DataFrame) -> tuple[str, ...]:
    """Places of both publications that moved, or changed families, hours of presence or stops."""
    colonnes = ["code_insee", "lon", "lat", "demarches", "formation", "equipement", "itinerant", "accueille_public"]
    colonnes = [nom for nom in colonnes if nom in vieille and nom in offre]
    avant, apres = (
        {str(cle): sorted(map(repr, groupe[colonnes].to_numpy().tolist())) for cle, groupe in table.groupby("lieu_id")}
        for table in (pd.DataFrame(vieille), pd.DataFrame(offre))
    )
    return tuple(sorted(lieu for lieu in avant.keys() & apres.keys() if avant[lieu] != apres[lieu]))
