"""Targets of what is read of others: every layer, a former publication."""

import json
import shutil
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from carte import access, broadband, indicators, nomenclature, territory
from carte.entrees import COG_NATIONAL
from carte.erreurs import ErreurCarte
from carte.evolution.lecture import lire_publication
from carte.territory import Territoire
from carte.territory.cog import lire_cog
from carte.territory.contours import lire_contours
from carte.territory.manifeste import couches_presentes
from carte.territory.milieux import lire_milieux
from fuzz.cible import Cible
from sites import RACINE

DEPARTEMENTS = ("99",)
_SUFFIXES = (".csv", ".json", ".geojson", ".yml")
_TEMPS = "origine;destination;mode;minutes;source\n99001;p1;voiture;12,5;Essai\n99002;p1;velo;7;Essai\n"
_PUBLICATION = "publication-precedente"
_LIEUX_MAX = 6  # of a former publication to damage: more say the same again
_UN_SUR = 8  # layers read by the reader of their file that are read with the whole territory too


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
    """What reads this layer, with all those that a program reads at once; gives its tables."""
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


def _lecteur_du_fichier(fichier: Path, sain: Territoire) -> Callable[[], list[pd.DataFrame]] | None:
    """What reads this layer of a territory alone; None when only the whole reads it."""
    dossier = fichier.parent
    if fichier.suffix == ".geojson":
        return lambda: [pd.DataFrame(lire_contours(fichier).drop(columns="geometry"))]
    if dossier.name == "cog":
        return lambda: _rien(lire_cog([dossier]))
    if fichier.suffix == ".csv" and sain.cog is not None:
        actuel = sain.cog.actuel
        return lambda: _rien(lire_milieux([dossier], actuel))
    if fichier.suffix == ".yml":
        return lambda: _rien(couches_presentes(dossier))
    return None


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


Essai = Callable[[Path], bool]


def _cible(nom: str, places: dict[str, Path], essai: Essai, cout: float) -> Cible:
    """`places`: each layer's, by the name that the first line of an input gives."""
    octets_sains = {cle: fichier.read_bytes() for cle, fichier in places.items()}

    def essayer(octets: bytes) -> bool:
        tete, _, contenu = octets.partition(b"\n")
        cle = tete.decode("utf-8", "replace")
        if cle not in places:  # a mutator that knows nothing of the first line
            return False
        places[cle].write_bytes(contenu)
        try:
            return essai(places[cle])
        finally:
            places[cle].write_bytes(octets_sains[cle])

    graines = tuple(cle.encode() + b"\n" + octets for cle, octets in octets_sains.items())
    return Cible(nom, graines, essayer, entete=1, cout=cout)


def couches(dossier: Path) -> Cible:
    """The layers that are read alone: networks, needs, stops, districts, times; each in a folder of its own."""
    geo, sain, places = copie(dossier), territoire(), {}
    for fichier in fichiers(geo):
        if est_du_territoire(fichier) or fichier.parent.name == _PUBLICATION:
            continue
        cle = fichier.relative_to(geo)
        # Read with the other one: each age needs its rate.
        paire = {"population_age.csv", "taux_risque.csv"} if "_age" in fichier.name else {fichier.name}
        for nom in paire:
            place = dossier / fichier.name / cle.with_name(nom)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(fichier.with_name(nom), place)
        places[cle.as_posix()] = dossier / fichier.name / cle
    lecteurs = {f: lecteur(f, dossier / f.name, sain) for f in places.values()}
    return _cible("couches", places, lambda f: lire_ou_refuser(f, lecteurs[f]), 25)


def territoires(dossier: Path) -> Cible:
    """The outlines, the code, the neighbours, the manifest: each by the reader of its file, then one in `_UN_SUR` of
    those that it reads with the whole territory."""
    geo, sain = copie(dossier), territoire()
    places = {f.relative_to(geo).as_posix(): f for f in fichiers(geo) if est_du_territoire(f)}
    lecteurs = {f: (_lecteur_du_fichier(f, sain), lecteur(f, geo, sain)) for f in places.values()}

    def essayer(fichier: Path) -> bool:
        seul, entier = lecteurs[fichier]
        if seul is not None and not lire_ou_refuser(fichier, seul):
            return False
        if seul is not None and zlib.crc32(fichier.read_bytes()) % _UN_SUR:
            return True
        return lire_ou_refuser(fichier, entier)

    return _cible("territoires", places, essayer, 15)


def publication(dossier: Path) -> Cible:
    """A former publication of a few places, of whoever published it."""
    geo, sain = copie(dossier), territoire()
    places = {f.relative_to(geo).as_posix(): f for f in fichiers(geo) if f.parent.name == _PUBLICATION}
    lieux = geo / "99" / _PUBLICATION / "lieux.json"
    brefs: list[Any] = json.loads(lieux.read_text(encoding="utf-8"))[:_LIEUX_MAX]
    lieux.write_text(json.dumps(brefs, ensure_ascii=False, indent=0), encoding="utf-8")
    lire = lecteur(lieux, geo, sain)
    return _cible("publication", places, lambda f: lire_ou_refuser(f, lire), 20)
