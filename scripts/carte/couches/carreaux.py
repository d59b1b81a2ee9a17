"""The squares of 200 m of Insee as they are published (CSV or GeoPackage), and those of a territory.

A square says where it is by its identifier: `CRS3035RES200mN2029800E4252400` is its projection (3035 in metropolitan
France, others overseas), its side, and the metres of its south-west corner. Millions of lines: they are read by pieces,
three columns only.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pyogrio
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from carte.couches.brut import LICENCE, CouchesIndisponibles, annee
from carte.ecriture import ecarter, ecrire_tous, etrangers
from carte.records.rules.territoire import departement_du_code
from carte.territory import Couche, lire_manifeste
from carte.territory.manifeste import NOM as MANIFESTE
from carte.territory.manifeste import ecrire_manifeste, empreinte
from carte.territory.residences import FICHIER as CARREAUX

SOURCE = "Insee, données carroyées à 200 m (Filosofi)"
TITRE = "Population des carreaux de 200 m"
COLONNES: Mapping[str, tuple[str, ...]] = {
    "carreau": ("idcar_200m", "Idcar_200m", "idinspire", "IdINSPIRE", "idINSPIRE", "id_carr_200m"),
    "communes": ("lcog_geo", "Depcom", "depcom"),
    "population": ("ind", "Ind"),
}
_COTE_M = 200
_IDENTIFIANT = rf"CRS(?P<crs>\d+)RES{_COTE_M}mN(?P<nord>-?\d+)E(?P<est>-?\d+)"
_CODE = re.compile(r"\d[\dAB]\d{3}")
_PAR_PIECE = 200_000
Actuel = Callable[[str], str | None]


def lire_carreaux(fichier: Path, communes: Sequence[str], actuel: Actuel) -> pd.DataFrame:
    """The inhabited squares of some communes (current codes): `code_insee longitude latitude population`, sorted.

    `code_insee` is today's; longitude and latitude (WGS84, 6 decimals) are those of the middle. A square across several
    communes is that of the first it names: Insee puts the one with the most people first. Raises CouchesIndisponibles:
    another file, or one with nothing of this territory.
    """
    voulues = set(communes)
    departements = {departement_du_code(code) for code in voulues}
    pieces = [_des_communes(piece, fichier, departements, voulues, actuel) for piece in _pieces(fichier, departements)]
    lus = pd.concat(pieces, ignore_index=True) if pieces else pd.DataFrame()
    if lus.empty:
        raise CouchesIndisponibles(
            f"{fichier.name} : aucun carreau habité de ce territoire. L'Insee publie un fichier pour la métropole, et "
            "un pour chaque département d'outre-mer qu'il couvre."
        )
    if lus["carreau"].duplicated().any():
        double = lus.loc[lus["carreau"].duplicated(), "carreau"].iloc[0]
        raise CouchesIndisponibles(f"{fichier.name} : le carreau {double} y est deux fois.")
    places = lus.assign(**_milieux(lus["carreau"], fichier))
    ordre = ["code_insee", "latitude", "longitude"]
    return places.sort_values(ordre, ignore_index=True)[["code_insee", "longitude", "latitude", "population"]]


def en_csv(carreaux: pd.DataFrame, fichier: Path) -> bytes:
    """The squares as `carreaux.csv` of `geo/`; the vintage is the year that the published file's name says."""
    table = carreaux.assign(source=SOURCE, millesime=annee(fichier.name))
    texte: str = table.to_csv(sep=";", index=False, lineterminator="\n")
    return texte.encode("utf-8")


def ecrire_carreaux(carreaux: pd.DataFrame, fichier: Path, dossier: Path) -> Path | None:
    """Write `carreaux.csv` in a département's folder, and its entry in the manifest; where the former file, somebody's
    own, was put."""
    tenu = etrangers(dossier, [CARREAUX])
    contenu = en_csv(carreaux, fichier)
    couche = Couche(CARREAUX, TITRE, f"{SOURCE}, {fichier.name}", annee(fichier.name), LICENCE, empreinte(contenu))
    autres = [connue for connue in lire_manifeste(dossier) if connue.fichier != CARREAUX]
    garde = ecarter(dossier, tenu, dossier) if tenu else None
    manifeste = ecrire_manifeste((*autres, couche)).encode("utf-8")
    ecrire_tous(dossier, {CARREAUX: contenu, MANIFESTE: manifeste})
    return garde


def _pieces(fichier: Path, departements: set[str]) -> Iterator[pd.DataFrame]:
    """The three columns under our names, as texts."""
    if fichier.suffix.lower() == ".gpkg":
        yield _du_geopackage(fichier, departements)
        return
    with fichier.open("rb") as flux:
        tete = flux.readline().decode("utf-8-sig", errors="replace")
    separateur = max(";,\t", key=tete.count)
    titres = [titre.strip().strip('"') for titre in tete.split(separateur)]
    noms = _titres(titres, fichier)
    lues = pd.read_csv(
        fichier, sep=separateur, usecols=list(noms), dtype=str, encoding="utf-8-sig", chunksize=_PAR_PIECE,
        keep_default_na=False,
    )  # fmt: skip
    for piece in lues:
        yield piece.rename(columns=noms)


def _du_geopackage(fichier: Path, departements: set[str]) -> pd.DataFrame:
    try:
        noms = _titres([str(nom) for nom in pyogrio.read_info(fichier)["fields"]], fichier)
        communes = next(titre for titre, nom in noms.items() if nom == "communes")
        ou = " OR ".join(f"\"{communes}\" LIKE '{code}%'" for code in sorted(departements))
        lue = pyogrio.read_dataframe(fichier, columns=list(noms), read_geometry=False, where=ou)
    except pyogrio.errors.DataSourceError as erreur:
        raise CouchesIndisponibles(f"{fichier.name} : ce GeoPackage ne s'ouvre pas ({erreur}).") from erreur
    return pd.DataFrame(lue).rename(columns=noms).astype(str)


def _titres(titres: Sequence[str], fichier: Path) -> dict[str, str]:
    """Heading of the file -> our name."""
    trouves = {nom: next((t for t in connus if t in titres), None) for nom, connus in COLONNES.items()}
    manquants = [" ou ".join(COLONNES[nom]) for nom, titre in trouves.items() if titre is None]
    if manquants:
        raise CouchesIndisponibles(
            f"{fichier.name} : il manque la colonne {manquants[0]} ; la première ligne porte {', '.join(titres[:8])}."
        )
    return {str(titre): nom for nom, titre in trouves.items()}


def _des_communes(
    piece: pd.DataFrame, fichier: Path, departements: set[str], voulues: set[str], actuel: Actuel
) -> pd.DataFrame:
    premiers = piece["communes"].str[:5]
    ici = piece[premiers.map({code: departement_du_code(code) in departements for code in premiers.unique()})]
    premiers = premiers[ici.index]
    mauvais = [code for code in premiers.unique() if not _CODE.fullmatch(code)]
    if mauvais:
        raise CouchesIndisponibles(f"{fichier.name} : « {mauvais[0]} » n'est pas un code de commune.")
    codes = premiers.map({code: actuel(code) for code in premiers.unique()})
    population = pd.to_numeric(ici["population"].str.replace(",", "."), errors="coerce")
    fautes = ici.loc[~(population >= 0) | np.isinf(population), "carreau"]
    if len(fautes):
        raise CouchesIndisponibles(f"{fichier.name} : la population du carreau {fautes.iloc[0]} n'est pas un nombre.")
    table = pd.DataFrame({"carreau": ici["carreau"], "code_insee": codes, "population": population})
    return table[table["code_insee"].isin(voulues) & (table["population"] > 0)]


def _milieux(carreaux: "pd.Series[str]", fichier: Path) -> dict[str, np.ndarray]:
    """Longitude and latitude of the middle of each square."""
    lus = carreaux.str.extract(f"^{_IDENTIFIANT}$")
    mauvais = carreaux[lus["crs"].isna()]
    if len(mauvais):
        raise CouchesIndisponibles(
            f"{fichier.name} : « {mauvais.iloc[0]} » n'est pas l'identifiant d'un carreau de {_COTE_M} m "
            f"(CRS3035RES{_COTE_M}mN2029800E4252400)."
        )
    longitudes, latitudes = np.empty(len(lus)), np.empty(len(lus))
    for crs in lus["crs"].unique():
        rangs = np.flatnonzero(lus["crs"] == crs)
        est, nord = (lus[nom].to_numpy()[rangs].astype(np.float64) + _COTE_M / 2 for nom in ("est", "nord"))
        try:
            vers = Transformer.from_crs(CRS.from_epsg(int(crs)), "EPSG:4326", always_xy=True)
        except CRSError as erreur:
            raise CouchesIndisponibles(f"{fichier.name} : la projection EPSG:{crs} n'est pas connue.") from erreur
        longitudes[rangs], latitudes[rangs] = vers.transform(est, nord)
    return {"longitude": np.round(longitudes, 6), "latitude": np.round(latitudes, 6)}
