"""Targets of what is read of others: every layer, a former publication."""

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from carte import access, broadband, indicators, nomenclature, territory
from carte.entrees import COG_NATIONAL
from carte.erreurs import ErreurCarte
from carte.evolution.lecture import lire_publication
from carte.territory import Territoire
from fuzz.cible import Cible
from sites import RACINE

DEPARTEMENTS = ("99",)
_SUFFIXES = (".csv", ".json", ".geojson", ".yml")
_TEMPS = "origine;destination;mode;minutes;source\n99001;p1;voiture;12,5;Essai\n99002;p1;velo;7;Essai\n"
_PUBLICATION = "publication-precedente"


def copie(dossier: Path) -> Path:
    """The demonstration's layers, with travel times, to be damaged."""
    geo = Path(shutil.copytree(RACINE / "geo", dossier / "geo"))
    (geo / "99/temps.csv").write_text(_TEMPS)
    return geo


def territoire() -> Territoire:
    """That of the demonstration, whole."""
    return territory.lire(RACINE / "geo", DEPARTEMENTS, RACINE / COG_NATIONAL)


def fichiers(geo: Path) -> list[Path]:
    """Every file of the layers that a program reads."""
    return sorted(fichier for fichier in geo.rglob("*") if fichier.suffix in _SUFFIXES)


def est_du_territoire(fichier: Path) -> bool:
    """Whether a layer is read with the whole territory, in most of a second."""
    seul = fichier.parent.name in ("arcep", _PUBLICATION) or fichier.name in ("qpv.geojson", "temps.csv")
    return not seul and fichier.stem not in indicators.entrees.COLONNES


def lecteur(fichier: Path, geo: Path, sain: Territoire) -> Callable[[], list[pd.DataFrame]]:
    """What reads this layer, alone where it can be; gives its tables."""
    if fichier.parent.name == "arcep":
        return lambda: [broadband.lire(geo, DEPARTEMENTS, sain).communes]
    if fichier.parent.name == _PUBLICATION:
        vocabulaires = nomenclature.lire(RACINE / "offers" / "nomenclature")
        return lambda: [lire_publication(fichier.parent, vocabulaires, sain).territoire.communes]
    if fichier.stem in indicators.entrees.COLONNES or fichier.name == "qpv.geojson":
        return lambda: _tables(indicators.lire_entrees(geo, DEPARTEMENTS))
    if fichier.name == "temps.csv":
        return lambda: _rien(access.lire_matrices(geo, DEPARTEMENTS))
    return lambda: [territory.lire(geo, DEPARTEMENTS, RACINE / COG_NATIONAL).communes]


def _tables(entrees: object) -> list[pd.DataFrame]:
    lues = (getattr(entrees, nom) for nom in type(entrees).__dataclass_fields__)  # type: ignore[attr-defined]
    return [table for table in lues if isinstance(table, pd.DataFrame)]


def _rien(_: object) -> list[pd.DataFrame]:
    return []


def lire_ou_refuser(fichier: Path, lire: Callable[[], list[pd.DataFrame]]) -> bool:
    """Whether a damaged layer is read, then of finite numbers, none below 0 but degrees; else refused by its name."""
    try:
        tables = lire()
    except ErreurCarte as erreur:
        message = erreur.format_message()
        assert fichier.name in message, (fichier.name, message)
        assert "Traceback" not in message
        assert "Error" not in message
        return False
    for table in tables:
        nombres = table.select_dtypes("number")
        assert not np.isinf(nombres.to_numpy(dtype=float)).any(), fichier.name
        comptes = nombres.drop(columns=[c for c in ("lat", "lon", "latitude", "longitude") if c in nombres])
        assert not (comptes.to_numpy(dtype=float) < 0).any(), (fichier.name, comptes.min())
        if "code_insee" in table:
            assert table["code_insee"].dropna().astype(str).str.fullmatch(r"\d[\dAB]\d{3}").all(), fichier.name
    return True


def _cible(nom: str, dossier: Path, garder: Callable[[Path], bool], cout: float) -> Cible:
    """The first line of an input names the layer, from the folder of layers."""
    geo, sain = copie(dossier), territoire()
    gardes = {f.relative_to(geo).as_posix(): f for f in fichiers(geo) if garder(f)}
    octets_sains = {cle: fichier.read_bytes() for cle, fichier in gardes.items()}
    lecteurs = {cle: lecteur(fichier, geo, sain) for cle, fichier in gardes.items()}

    def essayer(octets: bytes) -> bool:
        tete, _, contenu = octets.partition(b"\n")
        cle = tete.decode("utf-8", "replace")
        if cle not in gardes:  # a mutator that knows nothing of the first line
            return False
        gardes[cle].write_bytes(contenu)
        try:
            return lire_ou_refuser(gardes[cle], lecteurs[cle])
        finally:
            gardes[cle].write_bytes(octets_sains[cle])

    graines = tuple(cle.encode() + b"\n" + octets for cle, octets in octets_sains.items())
    return Cible(nom, graines, essayer, entete=1, cout=cout)


def couches(dossier: Path) -> Cible:
    """The layers that are read alone: networks, needs, stops, districts, times."""
    return _cible("couches", dossier, lambda f: not est_du_territoire(f) and f.parent.name != _PUBLICATION, 150)


def territoires(dossier: Path) -> Cible:
    """The outlines, the code, the neighbours, the manifest: a territory is read whole."""
    return _cible("territoires", dossier, est_du_territoire, 400)


def publication(dossier: Path) -> Cible:
    """A former publication, of whoever published it."""
    return _cible("publication", dossier, lambda f: f.parent.name == _PUBLICATION, 150)
