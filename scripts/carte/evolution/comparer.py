"""G9: what changed between two publications: better census, unknown dates, openings, closures, and the rest."""

from collections.abc import Iterable, Iterator, Mapping, Set
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from carte.evolution.mesure import NIVEAUX_COMPARES, Comptes, compter, mesurer, par_chiffre, taux
from carte.evolution.modele import EFFETS, Comparaison, Decomposition, Effet, Mouvement, Publication
from carte.indicators.monde import Reperage, lonlat

if TYPE_CHECKING:
    from carte.territory import Territoire

_TERRITOIRE_NOUVEAU = "ce territoire n'est pas dans la publication précédente"
_CHIFFRE_NOUVEAU = "la publication précédente ne donne pas ce chiffre"
_INCONNU = "une étape du calcul est inconnue (population ou coordonnées manquantes, ou aucun habitant)"


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
    premiers, derniers = par_chiffre(etapes[0]), par_chiffre(etapes[-1])
    decompositions, absents = [], []
    for (niveau, code, colonne), valeurs in _series([taux(etape) for etape in etapes]):
        if np.isnan(valeurs).any():
            absents.append((niveau, code, colonne, _motif(etapes[0], niveau, code, colonne)))
            continue
        effets = [suivante - valeur for valeur, suivante in pairwise(valeurs)]
        nom = _nom(nouvelle.territoire, niveau, code)
        table = dict(zip(EFFETS, effets, strict=True))
        comptes = (compte[niveau, code, colonne] for compte in (premiers, derniers))
        decompositions.append(Decomposition(niveau, code, nom, colonne, valeurs[0], valeurs[-1], table, *comptes))
    replacee = _aux_communes_actuelles(vieille, nouvelle)
    lieux = {Effet.CORRECTIONS: _corriges(replacee, nouvelle.offre), **classes}
    mouvements = _mouvements(lieux, vieille, nouvelle)
    return Comparaison(ancienne.date, nouvelle.date, tuple(decompositions), mouvements, tuple(absents))


def _mouvements(
    lieux: Mapping[Effet, tuple[str, ...]], vieille: pd.DataFrame, nouvelle: Publication
) -> tuple[Mouvement, ...]:
    """The places of each effect under their last known name, in the order of the effects."""
    connus = [pd.DataFrame(table)[["lieu_id", "nom", "code_departement"]] for table in (nouvelle.offre, vieille)]
    fiches = pd.concat(connus).drop_duplicates("lieu_id").set_index("lieu_id").to_dict("index")
    return tuple(
        Mouvement(
            effet,
            lieu,
            str(fiches[lieu]["nom"]),
            _texte(fiches[lieu]["code_departement"]),
            nouvelle.ouvertures.get(lieu),
        )
        for effet in EFFETS
        for lieu in lieux.get(effet, ())
    )


def _texte(valeur: object) -> str | None:
    return valeur if isinstance(valeur, str) else None


def _aux_codes_actuels(ancienne: Publication, nouvelle: Publication) -> pd.DataFrame:
    """The old offer with present identifiers: a renamed record neither closed nor opened."""
    return ancienne.offre.assign(lieu_id=ancienne.offre["lieu_id"].replace(dict(nouvelle.renommes)))


def _aux_communes_actuelles(vieille: pd.DataFrame, nouvelle: Publication) -> pd.DataFrame:
    """The old offer in present communes: a merger moved no place."""
    successeurs = nouvelle.territoire.successeurs
    codes = vieille["code_insee"].map(lambda code: successeurs.get(code, code), na_action="ignore")
    return vieille.assign(code_insee=codes.astype(object).where(codes.notna(), None))


def _etapes(
    ancienne: Publication,
    nouvelle: Publication,
    vieille: pd.DataFrame,
    classes: Mapping[Effet, tuple[str, ...]],
    reperage: Reperage,
) -> Iterator[Comptes]:
    """The figures at each step, the first as published when that is known."""

    def calculer(offre: pd.DataFrame, quand: Publication, comment: Publication) -> Comptes:
        return mesurer(offre, quand.territoire, comment.seuils, comment.parametres, reperage, comment.matrice)

    yield _publies(ancienne) if ancienne.publies else calculer(vieille, ancienne, ancienne)
    yield calculer(vieille, ancienne, nouvelle)
    replacee = _aux_communes_actuelles(vieille, nouvelle)
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


def _publies(publication: Publication) -> Comptes:
    return pd.concat({niveau: compter(publication.publies[niveau]) for niveau in NIVEAUX_COMPARES})


def _series(etapes: list[pd.DataFrame]) -> Iterable[tuple[tuple[str, str, str], list[float]]]:
    """Values of each figure of the last step through all the steps; NaN where a step does not have it."""
    derniere = etapes[-1]
    alignees = [etape.reindex(index=derniere.index, columns=derniere.columns).to_numpy(dtype=float) for etape in etapes]
    for rang, (niveau, code) in enumerate(derniere.index):
        for place, colonne in enumerate(derniere.columns):
            yield (niveau, code, colonne), [float(valeurs[rang, place]) for valeurs in alignees]


def _motif(premiere: Comptes, niveau: str, code: str, chiffre: str) -> str:
    if (niveau, code) not in premiere.index:
        return _TERRITOIRE_NOUVEAU
    return _INCONNU if f"{chiffre}_num" in premiere.columns else _CHIFFRE_NOUVEAU


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
