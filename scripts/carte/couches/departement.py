"""Preparing the layers of a real département: outlines, neighbour strip, EPCI, broadband, and their manifest."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from carte.couches.arrets import Boite
from carte.couches.brut import Brut, CouchesIndisponibles
from carte.couches.extraits import Emprise
from carte.couches.extraits import rassembler as rassembler_extraits
from carte.couches.inscription import TABLES, TITRES, inscrire, reunir
from carte.couches.registre import lire_registre
from carte.couches.sources import SourceCouches
from carte.couches.tables import restreindre
from carte.couches.voisinage import LARGEUR_BANDE_KM, voisins
from carte.ecriture import FichiersChanges, ecarter, ecrire_tous, etrangers
from carte.territory import Cog, Couche, NonResolu, TerritoireInvalide, verifier_manifeste
from carte.territory.contours import analyser_contours, resoudre
from carte.territory.manifeste import NOM, ecrire_manifeste, lire_manifeste
from carte.territory.mesures import distances_entre_couches_km, projection_locale

_FILAIRE = "arcep/commune_debit_filaire.csv"
# Each room does without these, but a reader must know that they are missing, and what it costs.
_ATTENDUES = {
    "epcis.json": "les intercommunalités sont celles du code officiel géographique, aucun chiffre ne manque",
    _FILAIRE: "le déficit de débit (B1) et ce qui en vient (G1, G2, G4) ne sont pas évalués",
    "arcep/fermeture_cuivre.csv": "aucune date de fermeture du réseau cuivre n'est donnée",
}
_AUTRES_DEBITS = ("arcep/commune_meilleure_techno.csv", "arcep/commune_debit_terrestre.csv")


@dataclass(frozen=True, slots=True)
class Lot:
    """The layers of a département, checked and not yet written; `remarques`: what a reader should know (French).

    `a_garder`: files of `dossier` that are not as this command wrote them, to be kept beside. `manquent`: why a table
    could not be had (French), by file.
    """

    dossier: Path
    bruts: Mapping[str, Brut]
    declarees: tuple[Couche, ...]
    a_garder: tuple[str, ...]
    remarques: tuple[str, ...]
    manquent: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Preparation:
    """What was written in `dossier`, and what a reader should know about it (French)."""

    dossier: Path
    couches: tuple[Couche, ...]
    remarques: tuple[str, ...]


def preparer(
    departement: str, source: SourceCouches, destination: Path, cog: Cog, *, mettre_de_cote: bool = False
) -> Preparation:
    """Write the layers of a département in `destination/<département>/`: `rassembler`, then `ecrire`."""
    return ecrire(rassembler(departement, source, destination, cog, mettre_de_cote=mettre_de_cote))


def rassembler(
    departement: str, source: SourceCouches, destination: Path, cog: Cog, *, mettre_de_cote: bool = False
) -> Lot:
    """Fetch and check in memory the layers of a département; nothing is written.

    Populations and EPCI, neighbours' included, are not layers: they are read in the COG. A national table that people
    made by hand stays theirs. Raises CouchesIndisponibles or TerritoireInvalide; FichiersChanges before anything is
    fetched, when another layer is not as this command wrote it (with `mettre_de_cote`, it is to be kept beside).
    """
    if departement not in cog.departements:
        raise TerritoireInvalide(f"Le département « {departement} » n'existe pas dans le code officiel géographique.")
    dossier = destination / departement
    declarees = lire_manifeste(dossier)
    changes = etrangers(dossier, TITRES, _connues(declarees))
    faits_main = [nom for nom in changes if nom in TABLES and not mettre_de_cote]
    if len(changes) > len(faits_main) and not mettre_de_cote:
        raise FichiersChanges(dossier, [nom for nom in changes if nom not in faits_main])
    bruts, remarques, manquent = _rassembler(departement, source, cog)
    bruts = {nom: brut for nom, brut in bruts.items() if nom not in faits_main}
    remarques += [_sans_table(nom, motif, dossier) for nom, motif in manquent.items() if nom not in faits_main]
    remarques += [f"{nom} n'est pas comme Carte l'écrit : c'est le vôtre qui est gardé." for nom in faits_main]
    return Lot(dossier, bruts, declarees, tuple(nom for nom in changes if nom in bruts), tuple(remarques), manquent)


def ecrire(lot: Lot) -> Preparation:
    """Write the layers and their manifest; its entries for other files stay.

    Files are replaced one by one, the manifest last, so that an interrupted preparation shows in `verifier_manifeste`.
    """
    dossier, bruts = lot.dossier, lot.bruts
    couches = inscrire(bruts, lot.declarees)
    gardes = _garder(dossier, list(lot.a_garder))
    manifeste = ecrire_manifeste(reunir(couches, lot.declarees, dossier))
    gardes += _garder(dossier, _reecrit(dossier, lot.declarees))
    ecrire_tous(dossier, {nom: brut.contenu for nom, brut in bruts.items()} | {NOM: manifeste.encode("utf-8")})
    absentes = [_absente(nom, bruts) for nom in _ATTENDUES if nom not in bruts and not (dossier / nom).exists()]
    return Preparation(dossier, couches, (*gardes, *absentes, *lot.remarques, *verifier_manifeste(dossier)))


def _absente(nom: str, bruts: Collection[str]) -> str:
    """A layer that the source does not have, and what its absence costs."""
    cout = _ATTENDUES[nom]
    if nom == _FILAIRE and not set(_AUTRES_DEBITS).isdisjoint(bruts):
        cout = "B1 et ce qui en vient (G1, G2, G4) sont donnés par un intervalle, tiré des autres tables de débits"
    return f"Couche absente de la source : {TITRES[nom]} ({nom}). Sans elle, {cout}."


def _connues(declarees: tuple[Couche, ...]) -> dict[str, str]:
    """Fingerprints of the layers that this command wrote before it kept a memory: those with its own titles."""
    return {couche.fichier: couche.sha256 for couche in declarees if TITRES.get(couche.fichier) == couche.titre}


def _reecrit(dossier: Path, declarees: tuple[Couche, ...]) -> list[str]:
    """The manifest, when somebody laid it out or commented it: only its entries would be kept."""
    fichier = dossier / NOM
    ecrit = not fichier.exists() or fichier.read_text(encoding="utf-8") == ecrire_manifeste(declarees)
    return [] if ecrit else [NOM]


def _garder(dossier: Path, noms: list[str]) -> list[str]:
    """Move these files beside the département's folder; what to say of it."""
    return [f"Gardé dans {ecarter(dossier, noms, dossier)} : {', '.join(sorted(noms))}."] if noms else []


def bande_voisine(
    departement: str, propres: gpd.GeoDataFrame, alentour: gpd.GeoDataFrame, cog: Cog, largeur_km: float
) -> tuple[gpd.GeoDataFrame, list[NonResolu]]:
    """Communes of `alentour` within `largeur_km` of the outlines `propres`: `code nom geometry` (EPSG:4326).

    Communes are whole and under their current code, except the parts that joined a commune of the département itself:
    these keep their old code, so that reading unites them with it. Outlines of unknown code are listed apart.
    """
    siennes = np.array(
        [(actuel := cog.actuel(code)) is not None and cog.actuelles[actuel].departement == departement
         for code in alentour["code"]], dtype=bool,
    )  # fmt: skip
    resolues, inconnues = resoudre(alentour.loc[~siennes], cog)
    projection = projection_locale(propres.geometry)
    distances = distances_entre_couches_km(
        resolues.geometry.to_crs(projection), propres.geometry.dropna().to_crs(projection)
    )
    proches = resolues.loc[distances <= largeur_km].assign(nom=lambda f: [cog.actuelles[c].nom for c in f["code"]])
    nouvelles = alentour.loc[siennes & ~alentour["code"].isin(propres["code"]).to_numpy()]
    return pd.concat([proches, nouvelles], ignore_index=True)[["code", "nom", "geometry"]], inconnues


def _rassembler(departement: str, source: SourceCouches, cog: Cog) -> tuple[dict[str, Brut], list[str], dict[str, str]]:
    communes = source.communes(departement)
    propres = _contours(communes)
    if propres.empty:
        raise CouchesIndisponibles(f"{communes.nom} : aucune commune pour le département {departement}.")
    bruts = {"communes.geojson": communes}
    inconnues: list[NonResolu] = []
    if codes := [code for code in voisins(departement) if code in cog.departements]:
        autour = [source.contours_voisins(code) for code in codes]
        bruts["voisins.geojson"], inconnues = _voisins(departement, propres, autour, cog)
    if (epcis := source.epcis(departement)) is not None:
        bruts["epcis.json"] = epcis
    concernes = {departement, *voisins(departement)}
    for nom, brut in source.arcep(departement).items():
        bruts[f"arcep/{nom}"] = replace(brut, contenu=restreindre(brut.contenu, concernes))
    bandes = [analyser_contours(bruts["voisins.geojson"].contenu, "voisins")] if codes else []
    voisines = frozenset(actuel for bande in bandes for code in bande["code"] if (actuel := cog.actuel(code)))
    extraits = rassembler_extraits(Emprise(departement, voisines, _boite([propres, *bandes]), cog), source)
    ecartes = [f"Contour voisin écarté : {x.code} {x.nom}. {x.motif}" for x in inconnues]
    return bruts | extraits.bruts, [*ecartes, *extraits.remarques], extraits.manquent


def _sans_table(nom: str, motif: str, dossier: Path) -> str:
    """What a table that could not be had costs: nothing new when the one of before is there."""
    sans = " ; ".join(dict.fromkeys(table.sans for table in lire_registre() if table.fichier == nom))
    suite = "Le fichier d'avant reste." if (dossier / nom).exists() else f"Sans ce fichier, {sans}."
    return f"{TITRES[nom]} ({nom}) : {motif} {suite}"


def _voisins(departement: str, propres: gpd.GeoDataFrame, bruts: list[Brut], cog: Cog) -> tuple[Brut, list[NonResolu]]:
    alentour = pd.concat([_contours(brut) for brut in bruts], ignore_index=True)
    bande, inconnues = bande_voisine(departement, propres, alentour, cog, LARGEUR_BANDE_KM)
    millesimes = ", ".join(sorted({brut.millesime for brut in bruts}))
    sources = " ; ".join(sorted({brut.source for brut in bruts}))
    origines = tuple(origine for brut in bruts for origine in brut.origines)
    return Brut(_geojson(bande).encode("utf-8"), sources, millesimes, origines), inconnues


def _boite(couches: Collection[gpd.GeoDataFrame]) -> Boite:
    """The département and its neighbour strip."""
    bornes = np.array([couche.total_bounds for couche in couches if not couche.empty], dtype=np.float64)
    gauche, bas = bornes[:, :2].min(axis=0)
    droite, haut = bornes[:, 2:].max(axis=0)
    return float(gauche), float(bas), float(droite), float(haut)


def _contours(brut: Brut) -> gpd.GeoDataFrame:
    return _analyses(brut.contenu, brut.nom)


# A département has five neighbours or more, and is one of the five of each: its outlines serve six times. Read only.
@lru_cache(maxsize=128)
def _analyses(contenu: bytes, nom: str) -> gpd.GeoDataFrame:
    return analyser_contours(_texte(contenu, nom), nom)


def oublier_contours() -> None:
    """Let go of the outlines kept for the next département: there is none."""
    _analyses.cache_clear()


def _texte(contenu: bytes, nom: str) -> str:
    try:
        return contenu.decode("utf-8")
    except UnicodeDecodeError as erreur:
        raise CouchesIndisponibles(f"{nom} : la réponse n'est pas un texte en UTF-8.") from erreur


def _geojson(couche: gpd.GeoDataFrame) -> str:
    """One feature per line, sorted by code: a diff shows which commune changed."""
    ordonnee = couche.sort_values("code")
    formes = shapely.to_geojson(shapely.normalize(ordonnee.geometry.to_numpy()))
    lignes = [
        json.dumps(_element(code, nom, json.loads(forme)), ensure_ascii=False, separators=(",", ":"))
        for code, nom, forme in zip(ordonnee["code"], ordonnee["nom"], formes, strict=True)
    ]
    return '{"type":"FeatureCollection","features":[\n' + ",\n".join(lignes) + "\n]}\n"


def _element(code: str, nom: str, forme: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "geometry": forme, "properties": {"nom": nom, "code": code}}
