"""O9: what is already shared: places at one address or next door, and places that serve several networks."""

import re
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial.distance import pdist

from carte.access.points import Booleens, Entiers, Points
from carte.ecrits.texte import replier
from carte.indicators.monde import Monde

MEME_ADRESSE, VOISINS, RESEAUX = "même adresse", "proximité", "plusieurs réseaux"
COLONNES = (
    "code_departement",
    "code_epci",
    "commune",
    "motif",
    "lieux",
    "noms",
    "nombre",
    "reseaux",
    "distance_max_m",
)
_CENTRE_KM = 0.03
"""Nearer than this to the point that stands for the commune, a place was probably put there for want of an address."""
_CONFONDUS_KM = 0.001
Champs = Mapping[str, "np.ndarray[tuple[int], np.dtype[np.object_]]"]
_NUMERO = re.compile(r"\d")


def mutualisation(monde: Monde) -> pd.DataFrame:
    """The inventory: see `listes`. Stops of mobile services, points of doubtful precision and possible duplicates
    make no neighbours.

    Two places of one group are never farther apart than `voisinage_m`: groups are cut by complete linkage, so that a
    busy street does not become one long group.
    """
    lieux = _lieux(monde)
    groupe = _groupes(lieux, monde.arrivees.points, monde.parametres.voisinage_m / 1000)
    rangs = pd.Series(np.arange(len(lieux)), groupe.to_numpy())
    reunis = rangs[rangs.index.duplicated(keep=False)]
    groupes = [membres.to_numpy() for _, membres in reunis.groupby(level=0)]
    groupes += [np.array([rang]) for rang in np.flatnonzero(lieux["reseaux"].map(len) > 1)]
    champs = {nom: lieux[nom].to_numpy(dtype=object) for nom in _CHAMPS}
    positions = np.asarray(lieux.index, dtype=np.intp)
    lignes = [_ligne(champs, membres, positions, monde.arrivees.points) for membres in groupes]
    table = pd.DataFrame(lignes, columns=list(COLONNES))
    return table.sort_values(["code_departement", "motif", "lieux"], ignore_index=True)


def _lieux(monde: Monde) -> pd.DataFrame:
    """Fixed places, one row each (index: position in the offer), with what tells whether two are together."""
    fixes = fixes_distincts(monde.offre)
    communes = monde.communes.set_index("code_insee")["code_epci"]
    adresses = [_cle_adresse(code, texte) for code, texte in zip(fixes["code_insee"], fixes["adresse"], strict=True)]
    return fixes.assign(
        cle_adresse=pd.Series(adresses, fixes.index, dtype=object),
        precis=precis(monde)[fixes.index],
        code_epci=fixes["code_insee"].map(communes).astype(object),
    )


def fixes_distincts(offre: pd.DataFrame) -> pd.DataFrame:
    """Fixed places of a known commune, one row each. Two records that may be of one place share nothing with each
    other, nor could they: the first stands for both."""
    fixes = offre[~offre["itinerant"] & offre["code_insee"].notna()].drop_duplicates("lieu_id")
    return fixes[fixes["doute"].isna() | ~fixes["doute"].duplicated()]


def _cle_adresse(code_insee: str, adresse: object) -> str | None:
    """An address that names one door: without a number, « le bourg » would bring a whole village together."""
    if not isinstance(adresse, str) or not _NUMERO.search(adresse):
        return None
    return f"{code_insee} {replier(adresse)}"


def precis(monde: Monde) -> Booleens:
    """Known points that are not the point of their commune."""
    la = monde.arrivees
    rangs = np.arange(len(la.commune))
    dedans = la.commune >= 0
    ecarts = np.full(len(rangs), np.inf)
    ecarts[dedans] = la.points.distances(rangs[dedans], monde.origines.points, la.commune[dedans])
    return np.asarray(la.points.connus & ~(ecarts <= _CENTRE_KM), dtype=np.bool_)


def _groupes(lieux: pd.DataFrame, points: Points, rayon_km: float) -> pd.Series:
    """A group number for each place: one address first, then nearness between addresses."""
    adresses = lieux["cle_adresse"].where(lieux["cle_adresse"].notna(), lieux["lieu_id"])
    sites = pd.Series(pd.factorize(adresses)[0], lieux.index)
    precis = lieux[lieux["precis"]]
    reperes = precis.groupby(sites[precis.index]).head(1)
    distincts = _sans_confondus(reperes, points)
    rang_du_site = dict(zip(sites[distincts], _proches(distincts, points, rayon_km), strict=True))
    seul = len(rang_du_site)
    return sites.map(lambda site: rang_du_site.get(site, seul + site))


def _sans_confondus(reperes: pd.DataFrame, points: Points) -> pd.Index:
    """Leave out the points that stand exactly on that of another known address: a geocoder put them there."""
    adressees = reperes[reperes["cle_adresse"].notna()]
    if len(adressees) < 2:
        return reperes.index
    arbre = points.arbre(adressees.index.to_numpy())
    paires = arbre.query_pairs(float(points.corde(_CONFONDUS_KM)), output_type="ndarray")
    return reperes.index.difference(adressees.index[np.unique(paires)], sort=False)


def _proches(rangs: pd.Index, points: Points, rayon_km: float) -> list[int]:
    """A number for each point, shared by those that are all within the radius of one another."""
    indices = rangs.to_numpy()
    if len(indices) < 2:
        return list(range(len(indices)))
    paires = points.arbre(indices).query_pairs(float(points.corde(rayon_km)), output_type="ndarray")
    lien = coo_array((np.ones(len(paires)), (paires[:, 0], paires[:, 1])), shape=(len(indices), len(indices)))
    composantes = pd.Series(connected_components(lien, directed=False)[1])
    numeros = composantes.astype(float)
    etendues = composantes[composantes.map(composantes.value_counts()) > 2]
    for numero, membres in etendues.groupby(etendues):
        coordonnees = points.coordonnees[indices[membres.index]]
        coupes = fcluster(linkage(pdist(coordonnees), "complete"), float(points.corde(rayon_km)), "distance")
        numeros[membres.index] = float(str(numero)) + coupes / (len(membres) + 1)
    return [int(numero) for numero in pd.factorize(numeros)[0]]


_CHAMPS = ("lieu_id", "nom", "code_departement", "code_epci", "commune", "reseaux", "cle_adresse", "precis")


def _ligne(champs: Champs, membres: Entiers, positions: Entiers, points: Points) -> dict[str, object]:
    """One row of the inventory; `membres` are positions in `champs`, `positions` turns them into those of the offer."""
    adresses = set(champs["cle_adresse"][membres])
    motif = RESEAUX if len(membres) == 1 else MEME_ADRESSE if len(adresses) == 1 and None not in adresses else VOISINS
    precis = membres[champs["precis"][membres].astype(np.bool_)]
    return {
        **{nom: champs[nom][membres[0]] for nom in ("code_departement", "code_epci", "commune")},
        "motif": motif,
        "lieux": tuple(champs["lieu_id"][membres]),
        "noms": tuple(champs["nom"][membres]),
        "nombre": len(membres),
        "reseaux": _reunis(champs["reseaux"][membres]),
        "distance_max_m": _etendue_m(positions[precis], points),
    }


def _reunis(reseaux: Iterable[Sequence[str]]) -> tuple[str, ...]:
    return tuple(sorted({nom for noms in reseaux for nom in noms}))


def _etendue_m(rangs: Entiers, points: Points) -> float:
    """Largest distance between the precise points of a group, in metres; NaN with fewer than two."""
    if len(rangs) < 2:
        return float("nan")
    return float(1000 * points.arc(pdist(points.coordonnees[rangs])).max())
