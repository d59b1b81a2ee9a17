"""The files that a large deployment cuts by département: free hosts refuse those of more than 25 MB.

What is cut is known before anything is written, from the number of rows: the pages and the reports link to it. Every
département then has its part, even without a row, and so has the whole (`ENSEMBLE`). See `carte.evolution.parties`,
which reads them back.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from carte.publish.opendata.formats import Ressource

if TYPE_CHECKING:
    from carte.picture import Picture

R = TypeVar("R")

MAXIMUM = 22_000_000
"""Bytes, estimated, above which a file is cut: no file is then near 25 MB, and those of a région are whole."""
POIDS_CHIFFRE, POIDS_CELLULE, POIDS_FICHE, POIDS_CONTOUR = 6, 10, 1_700, 1_500
"""Bytes of a figure of a level, of a cell of a list, of a whole record, of a territory with its simplified outline."""
ENSEMBLE = "ensemble"
"""The part of the rows that are of no département of the deployment: a région, the whole, a neighbour's place."""
CLES = ("code_departement", "niveau", "code", "lieu_id", "id")
"""The columns that say of which département a row is."""
FICHES = (
    *("lieux.csv", "lieux-standard.csv", "lieux-tableur.csv", "lieux.xlsx", "lieux.geojson", "lieux.json"),
    *("data-inclusion-structures.json", "data-inclusion-services.json"),
)
"""The files of places: cut together, so that whoever took one finds the same parts in another."""


@dataclass(frozen=True, slots=True)
class Decoupage:
    """Which files of `donnees/` are cut, and in what parts: départements of the deployment, then ENSEMBLE."""

    fichiers: frozenset[str]
    departements: tuple[str, ...]
    epci: Mapping[str, str]

    @property
    def codes(self) -> tuple[str, ...]:
        return (*self.departements, ENSEMBLE)

    def chemin(self, fichier: str, departement: str) -> str:
        """Where a département's rows are, relative to `donnees/`: its part, or the file itself when it is whole."""
        return partie(fichier, departement) if fichier in self.fichiers else fichier

    def grouper(self, lignes: Iterable[R], departement: Callable[[R], str]) -> dict[str, list[R]]:
        """The rows of each part, in their order."""
        groupes: dict[str, list[R]] = {code: [] for code in self.codes}
        for ligne in lignes:
            groupes.get(departement(ligne), groupes[ENSEMBLE]).append(ligne)
        return groupes

    def de_la_ligne(self, ligne: Mapping[str, Any]) -> str:
        """The département of a row of any table; of a whole EPCI that has several, the first."""
        if isinstance(propre := ligne.get("code_departement"), str):
            return propre
        code = str(ligne.get("code"))
        match ligne.get("niveau"):
            case "departement":
                return code
            case "epci_departement":
                return code.rpartition("-")[2]
            case "epci":
                return self.epci.get(code, ENSEMBLE)
        return str(ligne.get("lieu_id") or ligne.get("id") or ENSEMBLE).partition("/")[0]


def decoupage(picture: "Picture") -> Decoupage:
    """What is cut of this picture's files."""
    epci: dict[str, str] = {}
    for code in sorted(map(str, picture.indicateurs.tables["epci_departement"].index)):
        epci.setdefault(*code.rpartition("-")[::2])
    trop = frozenset(fichier for fichier, octets in _poids(picture) if octets > MAXIMUM)
    return Decoupage(trop, picture.configuration.departements, epci)


def partie(fichier: str, departement: str) -> str:
    """« indicateurs-commune/indicateurs-commune-37.csv »: its name says what it is once downloaded."""
    nom, _, forme = fichier.rpartition(".")
    return f"{nom}/{nom}-{departement}.{forme}"


def table(
    decoupage: Decoupage,
    ressource: Ressource,
    lignes: R,
    ecrire: Callable[[R], bytes],
    grouper: Callable[[R], Iterable[tuple[str, R]]],
) -> Ressource:
    """The resource of a table, whole or in parts that each begin by its heading; `grouper`: code and rows of each part,
    one at a time."""
    if ressource.fichier not in decoupage.fichiers:
        return replace(ressource, contenu=ecrire(lignes))
    return replace(ressource, parties={partie(ressource.fichier, c): ecrire(siennes) for c, siennes in grouper(lignes)})


def elements(
    decoupage: Decoupage,
    ressource: Ressource,
    membres: Sequence[R],
    ecrire: Callable[[Sequence[R]], bytes],
    departement: Callable[[R], str],
) -> Iterator[Ressource]:
    """The resource of a list in JSON, or one for each of its parts: end to end they would not be JSON."""
    if ressource.fichier not in decoupage.fichiers:
        yield replace(ressource, contenu=ecrire(membres))
        return
    for code, groupe in decoupage.grouper(membres, departement).items():
        quoi = "ce qui n’est d’aucun département" if code == ENSEMBLE else f"département {code}"
        yield replace(
            ressource,
            nom=f"{ressource.nom}-{code.lower()}",
            fichier=partie(ressource.fichier, code),
            titre=f"{ressource.titre} ({quoi})",
            contenu=ecrire(groupe),
            dits={**ressource.dits, "partie_de": ressource.nom},
        )


def nom_niveau(niveau: str) -> str:
    """The resource of a level; its file ends with « .csv »."""
    return f"indicateurs-{niveau.replace('_', '-')}"


def nom_liste(liste: str) -> str:
    """The resource of a list; its file ends with « .csv »."""
    return f"liste-{liste.replace('_', '-')}"


def _poids(picture: "Picture") -> Iterator[tuple[str, float]]:
    """Each file that can be cut, and its bytes, more rather than less."""
    indicateurs, evolution = picture.indicateurs, picture.evolution
    yield from ((fichier, POIDS_FICHE * len(picture.enregistrements)) for fichier in FICHES)
    yield from ((f"{nom_niveau(n)}.csv", POIDS_CHIFFRE * t.size) for n, t in indicateurs.tables.items())
    yield from ((f"{nom_liste(n)}.csv", POIDS_CELLULE * t.size) for n, t in indicateurs.listes.items())
    yield "communes.geojson", POIDS_CONTOUR * len(indicateurs.tables["commune"])
    yield "epci.geojson", POIDS_CONTOUR * len(indicateurs.tables["epci_departement"])
    propositions = picture.simulations.propositions if picture.simulations else ()
    lignes = sum(len(option.couvertures) for proposition in propositions for option in proposition.options)
    yield "liste-simulations.csv", POIDS_CELLULE * 25 * lignes
    yield "liste-evolution.csv", POIDS_CELLULE * 20 * (len(evolution.decompositions) if evolution else 0)
