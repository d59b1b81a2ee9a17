"""The squares of 200 m of Insee as they are published, and those of a département and its neighbours.

A square says where it is by its identifier: `CRS3035RES200mN2029800E4252400` is its projection (3035 in metropolitan
France, others overseas), its side, and the metres of its south-west corner. Millions of lines of thirty columns: three
are read, by pieces, from the archive itself, and kept as numbers.
"""

import csv
import re
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import IO

import numpy as np
import pandas as pd
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from carte.couches.brut import Brut, CouchesIndisponibles
from carte.couches.lecture import ARCHIVE, archive, ouvrir_entree
from carte.couches.registre import TableNationale

_COTE_M = 200
_IDENTIFIANT = re.compile(rf"CRS(\d{{4,5}})RES{_COTE_M}mN(-?\d{{1,7}})E(-?\d{{1,7}})")
_CODE = re.compile(r"\d[\dAB]\d{3}")
_PAR_PIECE = 100_000
# Squares hold the people of fiscal households: some 97 % of the census. Far from it, rows are missing.
_PART_DE_LA_POPULATION = (0.6, 1.3)
Actuel = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Carreaux:
    """`carreaux.csv` of a département, and what to say of it (French)."""

    contenu: bytes
    remarques: tuple[str, ...]


def extraire(
    table: TableNationale,
    bruts: Sequence[Brut],
    communes: Mapping[str, float],
    voisines: Collection[str],
    actuel: Actuel,
) -> Carreaux:
    """The inhabited squares of a département's communes (current code -> legal population) and of its neighbours.

    A CSV of `geo/`: `code_insee;longitude;latitude;population;source;millesime`, sorted; longitude and latitude (WGS84,
    6 decimals) are those of the middle. A square across several communes is that of the first it names: Insee puts the
    one with the most of it first. Raises CouchesIndisponibles: another file, or one with nothing of this territory.
    """
    lus = pd.concat([_choisir(table, brut, {*communes, *voisines}, actuel) for brut in bruts], ignore_index=True)
    propres = lus[lus["code_insee"].isin(list(communes))]
    noms = ", ".join(brut.nom for brut in bruts)
    if propres.empty:
        raise CouchesIndisponibles(
            f"{noms} : aucun carreau habité de ce territoire. L'Insee les publie pour la métropole, la Martinique et "
            "La Réunion."
        )
    if (doubles := lus.duplicated(["crs", "est", "nord"])).any():
        raise CouchesIndisponibles(f"{noms} : le carreau {_nommer(lus[doubles].iloc[0])} y est deux fois.")
    remarques = _population(propres, communes, noms)
    places = lus.assign(**_milieux(lus, noms)).sort_values(["code_insee", "latitude", "longitude"])
    colonnes = ["code_insee", "longitude", "latitude", "population", "source", "millesime"]
    texte = places.assign(source=table.source)[colonnes].to_csv(sep=";", index=False, lineterminator="\n")
    return Carreaux(str(texte).encode("utf-8"), remarques)


def controler(table: TableNationale, contenu: bytes, nom: str) -> None:
    """Whether a file holds squares of 200 m, whole. Raises CouchesIndisponibles."""
    _lire(contenu, nom, table)


def _choisir(table: TableNationale, brut: Brut, voulues: set[str], actuel: Actuel) -> pd.DataFrame:
    lus = _lire(brut.contenu, brut.nom, table)
    codes = [actuel(str(code)) for code in lus["commune"].cat.categories]
    gardes = np.array([code in voulues for code in codes], dtype=np.bool_)[lus["commune"].cat.codes]
    ici = lus[gardes]
    actuels = np.array(codes, dtype=object)[ici["commune"].cat.codes]
    return ici.drop(columns="commune").assign(code_insee=actuels, millesime=brut.millesime)


def _population(propres: pd.DataFrame, communes: Mapping[str, float], noms: str) -> tuple[str, ...]:
    """How many people the squares hold, beside the legal population. Raises CouchesIndisponibles when far from it."""
    connues = {code: x for code, x in communes.items() if x >= 0}
    portes = float(propres.loc[propres["code_insee"].isin(list(connues)), "population"].sum())
    legale = sum(connues.values())
    au_moins, au_plus = _PART_DE_LA_POPULATION
    if legale and not au_moins <= portes / legale <= au_plus:
        raise CouchesIndisponibles(
            f"{noms} : les carreaux de ce département portent {portes:.0f} habitants, et sa population légale est de "
            f"{legale:.0f}. Le fichier est coupé, ou c'en est un autre."
        )
    dites = [
        f"{len(propres)} carreaux habités portent {portes:.0f} habitants ; la population légale, que les chiffres "
        f"gardent, est de {legale:.0f}."
    ]
    if sans := len(set(communes) - set(propres["code_insee"])):
        seule = "1 commune n'a aucun carreau : ses temps partent du chef-lieu."
        dites.append(seule if sans == 1 else f"{sans} communes n'ont aucun carreau : leurs temps partent du chef-lieu.")
    return tuple(dites)


@lru_cache(maxsize=4)
def _lire(contenu: bytes, nom: str, table: TableNationale) -> pd.DataFrame:
    """Every inhabited square of a file: `commune` (as published), `crs est nord` (metres), `population`.

    Read once for all the départements of a run.
    """
    pieces = []
    for flux, source in _textes(contenu, nom):
        with _dites_en_francais(source):
            pieces += [_piece(piece, source) for piece in _pieces(flux, source, table)]
    lus = pd.concat(pieces, ignore_index=True) if pieces else pd.DataFrame()
    if len(lus) < table.lignes_au_moins:
        raise CouchesIndisponibles(
            f"{nom} : {len(lus)} carreaux lus, il en faut au moins {table.lignes_au_moins}. "
            "Le fichier est coupé, ou c'en est un autre."
        )
    return lus[lus["population"] > 0].assign(commune=lambda t: t["commune"].astype("category"))


def _textes(contenu: bytes, nom: str) -> Iterator[tuple[IO[bytes], str]]:
    """The CSV files of a publication, open, and what messages call them. Raises CouchesIndisponibles."""
    if contenu.startswith(b"SQLite format 3"):
        raise CouchesIndisponibles(f"{nom} : c'est un GeoPackage ; prenez l'archive des mêmes carreaux en CSV.")
    if not contenu.startswith(ARCHIVE):
        _verifier_fin(contenu, nom)
        yield BytesIO(contenu), nom
        return
    with archive(contenu, nom) as ouverte:
        entrees = [entree for entree in ouverte.infolist() if entree.filename.lower().endswith(".csv")]
        if not entrees:
            raise CouchesIndisponibles(_sans_csv(ouverte, nom))
        for entree in entrees:
            with ouvrir_entree(ouverte, entree, nom) as flux:
                yield flux, f"{nom} ({entree.filename})"


def _sans_csv(ouverte: zipfile.ZipFile, nom: str) -> str:
    dedans = ", ".join(ouverte.namelist()[:3]) or "rien"
    if any(entree.lower().endswith(".7z") for entree in ouverte.namelist()):
        return (
            f"{nom} : cette archive en contient une autre ({dedans}), que Carte n'ouvre pas. Ouvrez-la (7-Zip), et "
            "faites une archive zip de ses fichiers CSV, du même nom."
        )
    return f"{nom} : aucun fichier CSV dans cette archive (lu : {dedans})."


def _verifier_fin(contenu: bytes, nom: str) -> None:
    """Refuse a file cut in the middle of its last row: half a number is a number."""
    tete = contenu[: contenu.find(b"\n") + 1].decode("utf-8-sig", errors="replace").strip()
    fin = contenu[-4_000:].rstrip().rsplit(b"\n", 1)[-1].decode("utf-8", errors="replace")
    titres, derniere = (next(csv.reader([x], delimiter=_separateur(tete)), []) for x in (tete, fin))
    if len(derniere) < len(titres):
        raise CouchesIndisponibles(f"{nom} : la dernière ligne est coupée. Redemandez ce fichier.")


def _separateur(tete: str) -> str:
    return max(";,\t", key=tete.count)


@contextmanager
def _dites_en_francais(nom: str) -> Iterator[None]:
    try:
        yield
    except (pd.errors.ParserError, UnicodeDecodeError) as erreur:
        raise CouchesIndisponibles(f"{nom} : ce n'est pas une table ({erreur}).") from erreur
    except (zipfile.BadZipFile, zlib.error, EOFError) as erreur:  # an archive is known to be damaged while it is read
        raise CouchesIndisponibles(f"{nom} : ce fichier est abîmé ({erreur}). Redemandez-le.") from erreur


def _pieces(flux: IO[bytes], nom: str, table: TableNationale) -> Iterator[pd.DataFrame]:
    """The columns of the registry under our names, as texts."""
    tete = flux.readline()
    ligne = tete.decode("utf-8-sig", errors="replace").strip()
    titres = [titre.strip() for titre in next(csv.reader([ligne], delimiter=_separateur(ligne)), [])]
    noms = {next((t for t in connus if t in titres), ""): ou for ou, connus in table.colonnes.items()}
    if "" in noms:
        attendu = " » ou « ".join(table.colonnes[noms[""]])
        lus = ", ".join(f"« {titre} »" for titre in titres[:8]) or "rien"
        raise CouchesIndisponibles(f"{nom} : la colonne « {attendu} » est attendue ; les titres sont {lus}.")
    lues = pd.read_csv(
        flux, sep=_separateur(ligne), names=titres, usecols=list(noms), dtype=str, chunksize=_PAR_PIECE,
        keep_default_na=False, encoding="utf-8", index_col=False,
    )  # fmt: skip
    for piece in lues:
        yield piece.rename(columns=noms).fillna("")


def _piece(piece: pd.DataFrame, nom: str) -> pd.DataFrame:
    """Numbers of some rows; the first at fault is named."""
    lus = [_IDENTIFIANT.fullmatch(carreau) for carreau in piece["carreau"]]
    communes = piece["communes"].str[:5]
    population = pd.to_numeric(piece["population"].str.replace(",", ".", regex=False), errors="coerce")
    mauvais_codes = [code for code in communes.unique() if not _CODE.fullmatch(code)]
    for fautes, valeurs, attendu in (
        (
            pd.Series([x is None for x in lus], piece.index),
            piece["carreau"],
            f"un carreau de {_COTE_M} m (CRS3035RES200mN2029800E4252400)",
        ),
        (communes.isin(mauvais_codes), piece["communes"], "une commune (36044)"),
        (~(population >= 0) | np.isinf(population), piece["population"], "une population"),
    ):
        if fautes.any():
            lu = valeurs[fautes].iloc[0] or "(vide)"
            raise CouchesIndisponibles(f"{nom} : « {lu} » n'est pas {attendu}. C'est sans doute un autre fichier.")
    metres = np.array([x.groups() for x in lus if x], dtype="U8").astype(np.int32).reshape(-1, 3)
    places = pd.DataFrame(metres, columns=["crs", "nord", "est"])
    return places.assign(commune=communes.to_numpy(), population=population.to_numpy(dtype=np.float64))


def _nommer(carreau: "pd.Series[int]") -> str:
    return f"CRS{carreau['crs']}RES{_COTE_M}mN{carreau['nord']}E{carreau['est']}"


def _milieux(carreaux: pd.DataFrame, noms: str) -> dict[str, np.ndarray]:
    """Longitude and latitude of the middle of each square."""
    longitudes, latitudes = np.empty(len(carreaux)), np.empty(len(carreaux))
    for crs in carreaux["crs"].unique():
        rangs = np.flatnonzero(carreaux["crs"] == crs)
        est, nord = (carreaux[nom].to_numpy(dtype=np.float64)[rangs] + _COTE_M / 2 for nom in ("est", "nord"))
        try:
            vers = Transformer.from_crs(CRS.from_epsg(int(crs)), "EPSG:4326", always_xy=True)
        except CRSError as erreur:
            raise CouchesIndisponibles(f"{noms} : la projection EPSG:{crs} n'est pas connue.") from erreur
        longitudes[rangs], latitudes[rangs] = vers.transform(est, nord)
    return {"longitude": np.round(longitudes, 6), "latitude": np.round(latitudes, 6)}
