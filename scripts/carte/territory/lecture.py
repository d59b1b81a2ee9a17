"""From layers on disk to one territory: who the communes are (COG), and where they are (outlines)."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from carte.ecrits.pause import sans_ramasse_miettes
from carte.territory.chefs_lieux import ChefsLieux, lire_chefs_lieux
from carte.territory.cog import COLLECTIVITES, Cog, lire_cog
from carte.territory.contours import WGS84, lire_couches, points, resoudre
from carte.territory.erreurs import INCONNU, TerritoireInvalide
from carte.territory.fichiers import lire_lignes
from carte.territory.isolements import isoler, reliefs_connus
from carte.territory.manifeste import Couche, couches_presentes, lire_manifeste, verifier_manifeste
from carte.territory.milieux import Milieux, lire_milieux
from carte.territory.modele import COLONNES_COMMUNES, NonResolu, Territoire
from carte.territory.raccord import raccorder, sans_contour
from carte.territory.reperes import erreurs_km, part_mesuree
from carte.territory.residences import lire_residences


def lire(geo: Path, departements: Sequence[str], cog: Path) -> Territoire:
    """Read the territory of one deployment.

    `geo/<département>/` holds the layers; a folder `cog/` in it replaces `cog` (the npm package's data) for that
    département, which is how a fictional one brings its own code. Population: `communes.json` of the COG for every
    commune, neighbours included; those of the outlines and of `epci.json` are never read, so that no ratio mixes two
    years. A neighbour that belongs to another configured département counts once, in its own département.
    Raises TerritoireInvalide: unknown département, absent or unusable layer, vintages that differ.
    """
    with sans_ramasse_miettes():
        return _lire(geo, departements, cog)


def _lire(geo: Path, departements: Sequence[str], cog: Path) -> Territoire:
    dossiers = [geo / departement for departement in departements]
    _verifier_collectivites(dossiers)
    code_officiel = lire_cog(dict.fromkeys(d / "cog" if (d / "cog").is_dir() else cog for d in dossiers))
    _verifier_departements(departements, code_officiel)
    traces = _lire_couches(dossiers)
    contours, orphelins = resoudre(traces, code_officiel)
    milieux = lire_milieux(dossiers, code_officiel.actuel)
    chefs_lieux = lire_chefs_lieux(dossiers, code_officiel, contours)
    communes = _au_chef_lieu(_communes(contours, code_officiel, frozenset(departements), milieux), chefs_lieux)
    raccord = raccorder(traces, code_officiel, communes, chefs_lieux.points)
    residences = lire_residences(dossiers, code_officiel, communes, chefs_lieux)
    manifestes = {dossier: lire_manifeste(dossier) for dossier in dossiers}
    return Territoire(
        communes=communes,
        epci=_epci(code_officiel, frozenset(departements)),
        departements=_departements(communes, code_officiel),
        regions=_regions(communes, code_officiel),
        successeurs=dict(code_officiel.successeurs),
        millesimes={
            **code_officiel.millesimes,
            "contours": _millesime_contours(manifestes),
            **milieux.millesimes,
            **({"chefs_lieux": chefs_lieux.millesime} if chefs_lieux.millesime else {}),
            **({"carreaux": residences.millesime} if residences.millesime else {}),
        },
        non_resolus=tuple(
            sorted(
                [
                    *orphelins,
                    *sans_contour(raccord, code_officiel),
                    *_ecarts_epci(dossiers, code_officiel),
                    *_alteres(manifestes),
                    *milieux.non_resolus,
                    *chefs_lieux.non_resolus,
                    *residences.non_resolus,
                ]
            )
        ),
        barrieres=(*milieux.barrieres, *isoler(code_officiel, communes["code_insee"], milieux.barrieres)),
        cog=code_officiel,
        parties=chefs_lieux.parties,
        residences=residences.table,
        raccord=raccord,
        couches={dossier.name: couches_presentes(dossier, lues) for dossier, lues in manifestes.items()},
    )


def _verifier_collectivites(dossiers: Sequence[Path]) -> None:
    """A collectivité has no layer of ours: it cannot be a territory with figures, but its records are published."""
    for dossier in dossiers:
        if (nom := COLLECTIVITES.get(dossier.name)) and not (dossier / "communes.geojson").exists():
            raise TerritoireInvalide(
                f"{nom} ({dossier.name}) est une collectivité d'outre-mer, sans contours ni débits publiés : ses "
                f"chiffres ne se calculent pas. Rangez ses fiches dans offers/{dossier.name}/ d'un déploiement qui a "
                "un département : elles y sont vérifiées, trouvées par leur nom et publiées, sans chiffres. Pour "
                f"l'étudier quand même, donnez vos contours : {dossier / 'communes.geojson'}."
            )


def _verifier_departements(departements: Iterable[str], cog: Cog) -> None:
    inconnus = [code for code in departements if code not in cog.departements]
    if inconnus:
        raise TerritoireInvalide(
            f"Le département « {inconnus[0]} » n'existe pas dans le code officiel géographique (departements.json). "
            "Un code s'écrit en texte : « 01 », « 2A », « 974 »."
        )


def _lire_couches(dossiers: Sequence[Path]) -> gpd.GeoDataFrame:
    """Outlines of the départements, then what the neighbour strips add to them."""
    propres = lire_couches(dossier / "communes.geojson" for dossier in dossiers)
    propres = propres.drop_duplicates("code", ignore_index=True)
    fichiers = [fichier for dossier in dossiers if (fichier := dossier / "voisins.geojson").exists()]
    if not fichiers:
        return propres
    voisins = lire_couches(fichiers, sauf=set(propres["code"])).drop_duplicates("code", ignore_index=True)
    return pd.concat([propres, voisins.loc[_ajoute(propres, voisins)]], ignore_index=True)


def _ajoute(propres: gpd.GeoDataFrame, voisins: gpd.GeoDataFrame) -> NDArray[np.bool_]:
    """Which neighbours are not already there under the code of another vintage."""
    traces = propres.geometry.dropna().to_numpy()
    interieurs = shapely.point_on_surface(voisins.geometry.to_numpy())
    couverts = np.zeros(len(voisins), dtype=bool)
    couverts[shapely.STRtree(traces).query(interieurs, predicate="within")[0]] = True
    return ~couverts


def _communes(contours: gpd.GeoDataFrame, cog: Cog, departements: frozenset[str], milieux: Milieux) -> gpd.GeoDataFrame:
    """One row per current commune of the perimeter, of the outlines, and of the EPCI that cross the border."""
    perimetre = {c.code for c in cog.actuelles.values() if c.departement in departements}
    membres = {membre for epci in cog.epci.values() if perimetre & set(epci.membres) for membre in epci.membres}
    traces = set(contours["code"])
    codes = sorted(perimetre | traces | (membres & set(cog.actuelles)))
    lignes = [cog.actuelles[code] for code in codes]
    origines = [_origine(code, perimetre, traces) for code in codes]
    epci = cog.epci_des_communes()
    reliefs = reliefs_connus(cog) | dict(milieux.reliefs)
    fiche = pd.DataFrame(
        {
            "code_insee": codes,
            "nom": [c.nom for c in lignes],
            "code_departement": [c.departement for c in lignes],
            "code_region": [c.region for c in lignes],
            "code_epci": pd.Series([epci.get(code) for code in codes], dtype=object),
            "population": [c.population for c in lignes],
            "codes_postaux": pd.Series([list(c.codes_postaux) for c in lignes], dtype=object),
            "dans_perimetre": [origine == "perimetre" for origine in origines],
            "origine": origines,
            "densite": pd.Series([milieux.densites.get(code) for code in codes], dtype=object),
            "relief": pd.Series([reliefs.get(code) for code in codes], dtype=object),
        }
    )
    places = contours.join(points(contours)).set_index("code").reindex(codes).reset_index(drop=True)
    table = fiche.join(places.drop(columns=["geometry", "mairie", "centre"]))
    table["point_source"] = table["point_source"].astype(object).where(table["point_source"].notna(), "aucun")
    table["erreur_km"] = np.nan  # known once the chefs-lieux have been read
    geometrie = gpd.GeoSeries(places["geometry"].to_list(), crs=WGS84)
    return gpd.GeoDataFrame(table, geometry=geometrie)[list(COLONNES_COMMUNES)]


def _au_chef_lieu(communes: gpd.GeoDataFrame, chefs_lieux: ChefsLieux) -> gpd.GeoDataFrame:
    """The communes at their chef-lieu where it is known, unless the outlines give the town hall itself; how far the
    others may be from theirs, as measured on the former."""
    connus = communes["code_insee"].isin(list(chefs_lieux.points)) & (communes["point_source"] != "mairie")
    places = [chefs_lieux.points[code] for code in communes.loc[connus, "code_insee"]]
    deplacees = communes.copy()
    deplacees.loc[connus, ["lon", "lat"]] = np.array(places, dtype=np.float64).reshape(-1, 2)
    deplacees.loc[connus, "point_source"] = "chef-lieu"
    mesures = connus & (communes["point_source"] != "aucun")
    part = part_mesuree(communes[mesures], deplacees[mesures], communes.loc[mesures, "surface_km2"])
    deplacees["erreur_km"] = erreurs_km(deplacees["point_source"], deplacees["surface_km2"], part)
    return deplacees


def _origine(code: str, perimetre: set[str], traces: set[str]) -> str:
    if code in perimetre:
        return "perimetre"
    return "voisin" if code in traces else "epci"


def _epci(cog: Cog, departements: frozenset[str]) -> pd.DataFrame:
    lignes = []
    for epci in sorted(cog.epci.values()):
        communes = [cog.actuelles[code] for code in epci.membres if code in cog.actuelles]
        codes_departements = sorted({commune.departement for commune in communes})
        if not departements & set(codes_departements):
            continue
        # A sum of floats keeps NaN: one unknown member makes the whole unknown.
        population = sum(commune.population for commune in communes) if len(communes) == len(epci.membres) else np.nan
        lignes.append((epci.code, epci.nom, epci.type, codes_departements, list(epci.membres), float(population)))
    colonnes = ["code_epci", "nom", "type", "codes_departements", "membres", "population"]
    return pd.DataFrame(lignes, columns=colonnes)


def _departements(communes: gpd.GeoDataFrame, cog: Cog) -> pd.DataFrame:
    codes = sorted(set(communes["code_departement"]))
    propres = set(communes.loc[communes["dans_perimetre"], "code_departement"])
    lignes = [(d.code, d.nom, d.region, d.code in propres) for code in codes if (d := cog.departements.get(code))]
    return pd.DataFrame(lignes, columns=["code", "nom", "code_region", "dans_perimetre"])


def _regions(communes: gpd.GeoDataFrame, cog: Cog) -> pd.DataFrame:
    lignes = [(r.code, r.nom) for code in sorted(set(communes["code_region"])) if (r := cog.regions.get(code))]
    return pd.DataFrame(lignes, columns=["code", "nom"])


def _ecarts_epci(dossiers: Sequence[Path], cog: Cog) -> list[NonResolu]:
    """EPCI that the layers name and the COG ignores: a sign that vintages differ."""
    motif = "Cet EPCI de la couche epcis.json n'existe pas dans le code officiel géographique : millésimes différents."
    couches = [d / "epcis.json" for d in dossiers if (d / "epcis.json").exists()]
    lignes = [ligne for couche in couches for ligne in lire_lignes(couche, "code", "nom")]
    return [NonResolu("epci", x["code"], x["nom"], motif) for x in lignes if x["code"] not in cog.epci]


def _alteres(manifestes: Mapping[Path, Sequence[Couche]]) -> list[NonResolu]:
    constats = ((d.name, constat) for d, lues in manifestes.items() for constat in verifier_manifeste(d, lues))
    return [NonResolu("couche", nom, "", constat) for nom, constat in constats]


def _millesime_contours(manifestes: Mapping[Path, Sequence[Couche]]) -> str:
    couches = [couche for lues in manifestes.values() for couche in lues if couche.fichier == "communes.geojson"]
    return ", ".join(sorted({couche.millesime for couche in couches})) or INCONNU
