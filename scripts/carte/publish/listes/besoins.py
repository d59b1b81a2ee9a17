"""For each need, the places of a commune or an EPCI, then the nearest elsewhere."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from carte.publish.atlas import Commune, Epci, Point
from carte.publish.libelles import Libelles
from carte.publish.listes.lieux import Ligne, Lignes
from carte.publish.proximite import Voisin, Voisinage, eloignement
from carte.publish.textes import kilometres
from carte.records import dires

# Elsewhere: a choice, even with a place nearby; more when the commune has none.
AILLEURS_MIN = 3
TOTAL = 5
ICI_MAX = 8
# An EPCI with more places for one need sends to the pages of its communes.
EPCI_MAX = 25


@dataclass(frozen=True, slots=True)
class Proche:
    """A line at a distance (kilometres as the crow flies), counted from the commune `depuis` on an EPCI's page."""

    ligne: Ligne
    km: float
    depuis: str = ""

    @property
    def distance(self) -> str:
        """« environ 3,2 km à vol d’oiseau depuis Alpha »."""
        depuis = f" depuis {self.depuis}" if self.depuis else ""
        return f"{self.courte} à vol d’oiseau{depuis}"

    @property
    def courte(self) -> str:
        """« environ 3,2 km », where the page has said how distances are counted."""
        return f"{'environ ' if self.ligne.point.approche else ''}{kilometres(self.km)}"


@dataclass(frozen=True, slots=True)
class Choix:
    """One need of a commune: its places nearest the centre first, then how many others, then the nearest elsewhere."""

    cle: str
    libelle: str
    ici: Sequence[Ligne]
    autres_ici: int
    proches: Sequence[Proche]


@dataclass(frozen=True, slots=True)
class Entree:
    """A place in a commune's page. `numero`: its anchor, 0 when it stands there once; `decrite`: its description came
    above, with the first need that it answers."""

    ligne: Ligne
    proche: Proche | None
    numero: int
    decrite: bool


@dataclass(frozen=True, slots=True)
class ChoixEpci:
    """One need of an EPCI: its places, or how many by commune when they are many; the nearest outside when few."""

    cle: str
    libelle: str
    total: int
    ici: Sequence[Ligne]
    comptes: Sequence[tuple[Commune, int]]
    proches: Sequence[Proche]


class Besoins:
    """The answers to every need. Distances are computed for many communes at once (`approcher`), before answers are
    asked for any of them."""

    def __init__(
        self,
        points: Sequence[Point],
        lignes: Lignes,
        par_commune: Mapping[str, Sequence[Point]],
        libelles: Libelles,
    ) -> None:
        self._lignes, self._par_commune = lignes, par_commune
        self._libelles = {cle: libelle for cle, (libelle, _) in libelles.besoins.items()}
        # Nobody travels to a service that helps from afar.
        ouverts = [p for p in points if dires.accueille_public(p.enregistrement.lieu) is not dires.Etat.NON]
        rendus = [(point, lignes.besoins(point)) for point in ouverts]
        self._utiles = {cle: [point for point, besoins in rendus if cle in besoins] for cle in self._libelles}
        self._proches: dict[str, dict[str, list[Voisin]]] = {cle: {} for cle in self._libelles}
        self._approchees: set[str] = set()

    @property
    def repondants(self) -> list[tuple[object, ...]]:
        """All that distances depend on beside the communes: each place that answers a need, where it is, which need."""
        return [
            (cle, p.enregistrement.identifiant, p.lat, p.lon, p.commune and p.commune.code)
            for cle, points in self._utiles.items()
            for p in points
        ]

    def approcher(self, communes: Iterable[Commune]) -> None:
        """Find the nearest places of these communes, for every need."""
        nouvelles = [commune for commune in communes if commune.code not in self._approchees]
        self._approchees |= {commune.code for commune in nouvelles}
        for cle, voisinage in self._voisinages.items() if nouvelles else ():
            self._proches[cle] |= voisinage.autour(nouvelles, TOTAL)

    def proches(self, commune: Commune) -> Iterator[Point]:
        """The nearest places outside of a commune, for each need: all those that its answers may name, and more."""
        return (voisin.point for cle in self._libelles for voisin in self._voisins(cle, commune))

    @cached_property
    def _voisinages(self) -> dict[str, Voisinage]:
        return {cle: Voisinage(points) for cle, points in self._utiles.items()}

    def commune(self, commune: Commune) -> list[Choix]:
        """The needs of a commune, in the nomenclature's order."""
        sur_place = sorted(_un_par_lieu(self._sur_place(commune)), key=lambda li: _rang(commune, li))
        return [self._choix(cle, libelle, commune, sur_place) for cle, libelle in self._libelles.items()]

    def _choix(self, cle: str, libelle: str, commune: Commune, sur_place: Sequence[Ligne]) -> Choix:
        ici = [ligne for ligne in sur_place if cle in ligne.besoins]
        nombre = max(AILLEURS_MIN, TOTAL - len(ici))
        proches = [Proche(self._lignes.de(v.point), v.km) for v in self._voisins(cle, commune)[:nombre]]
        return Choix(cle, libelle, ici[:ICI_MAX], len(ici[ICI_MAX:]), proches)

    def epci(self, epci: Epci) -> list[ChoixEpci]:
        """The needs of an EPCI, in the nomenclature's order."""
        return [self._choix_epci(cle, libelle, epci) for cle, libelle in self._libelles.items()]

    def _choix_epci(self, cle: str, libelle: str, epci: Epci) -> ChoixEpci:
        par_commune = [(c, [li for li in self._sur_place(c) if cle in li.besoins]) for c in epci.communes]
        ici = _un_par_lieu([ligne for _, membres in par_commune for ligne in membres])
        comptes = [
            (commune, self._lignes.distincts(li.point for li in membres)) for commune, membres in par_commune if membres
        ]
        proches = self._hors_epci(cle, epci, {ligne.identifiant for ligne in ici}) if len(ici) < AILLEURS_MIN else []
        if len(ici) > EPCI_MAX:
            return ChoixEpci(cle, libelle, len(ici), [], comptes, proches)
        return ChoixEpci(cle, libelle, len(ici), ici, [], proches)

    def _hors_epci(self, cle: str, epci: Epci, ici: set[str]) -> list[Proche]:
        """The nearest places outside, each from the commune of the EPCI that it is nearest to."""
        meilleurs: dict[str, Proche] = {}
        for commune in epci.communes:
            for voisin in self._voisins(cle, commune):
                ligne = self._lignes.de(voisin.point)
                connu = meilleurs.get(ligne.identifiant)
                if ligne.identifiant not in ici and (connu is None or voisin.km < connu.km):
                    meilleurs[ligne.identifiant] = Proche(ligne, voisin.km, commune.nom)
        return sorted(meilleurs.values(), key=lambda p: (p.km, p.ligne.identifiant))[:AILLEURS_MIN]

    def _sur_place(self, commune: Commune) -> list[Ligne]:
        return self._lignes.toutes(self._par_commune.get(commune.code, ()))

    def _voisins(self, cle: str, commune: Commune) -> list[Voisin]:
        return self._proches[cle].get(commune.code, [])


def entrees(besoins: Sequence[Choix]) -> list[tuple[Choix, list[Entree], list[Entree]]]:
    """Each need of a commune with the entries of its places there, then of those elsewhere."""
    fois = Counter(id(ligne) for b in besoins for ligne in (*b.ici, *(p.ligne for p in b.proches)))
    numeros: dict[int, int] = {}

    def entree(ligne: Ligne, proche: Proche | None) -> Entree:
        if fois[id(ligne)] == 1:
            return Entree(ligne, proche, 0, decrite=False)
        decrite = id(ligne) in numeros
        return Entree(ligne, proche, numeros.setdefault(id(ligne), len(numeros) + 1), decrite)

    return [(b, [entree(li, None) for li in b.ici], [entree(p.ligne, p) for p in b.proches]) for b in besoins]


def _un_par_lieu(lignes: Sequence[Ligne]) -> list[Ligne]:
    uniques: dict[str, Ligne] = {}
    for ligne in lignes:
        uniques.setdefault(ligne.identifiant, ligne)
    return list(uniques.values())


def _rang(commune: Commune, ligne: Ligne) -> float:
    """Nearest the centre first; a place without position of its own comes last, in the order of names."""
    km = None if ligne.point.approche else eloignement(commune, ligne.point)
    return float("inf") if km is None else km
