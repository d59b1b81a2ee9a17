"""Two records that may be of one place: each one's page names the other, and a person compares.

What brings two records together is the rule of imports (`imports.rapprocher`); here only the pairs worth asking are
made, so that a country stays linear.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from carte.imports.rapprocher import comparer
from carte.imports.textes import normaliser

if TYPE_CHECKING:
    from carte.records import Enregistrement
    from carte.records.modele import Lieu

# What more records than this share is a switchboard or a building, and brings no two of them together.
_PARTAGE_MAX = 4


@dataclass(frozen=True, slots=True)
class Jumeau:
    """Another record that may be of the same place, and the facts that say so (« même téléphone »)."""

    identifiant: str
    nom: str
    raison: str


def jumeaux(enregistrements: "Sequence[Enregistrement]") -> dict[str, list[Jumeau]]:
    """For each id that has some, its possible twins, in the order of ids."""
    groupes: dict[Hashable, list[Enregistrement]] = defaultdict(list)
    for enregistrement in enregistrements:
        for cle in _cles(enregistrement.lieu):
            groupes[cle].append(enregistrement)
    trouves: dict[str, dict[str, Jumeau]] = defaultdict(dict)
    for groupe in groupes.values():
        for un, autre in combinations(groupe, 2) if len(groupe) <= _PARTAGE_MAX else ():
            rapproches = comparer(un.lieu, autre.lieu)
            if rapproches:
                _, raison = rapproches
                trouves[un.identifiant][autre.identifiant] = Jumeau(autre.identifiant, autre.lieu.nom, raison)
                trouves[autre.identifiant][un.identifiant] = Jumeau(un.identifiant, un.lieu.nom, raison)
    return {identifiant: [siens[cle] for cle in sorted(siens)] for identifiant, siens in trouves.items()}


def _cles(lieu: "Lieu") -> Iterator[Hashable]:
    if lieu.code_insee is None:
        return
    communs = ("pivot", lieu.pivot), ("telephone", lieu.telephone), ("adresse", normaliser(lieu.adresse or ""))
    for quoi, valeur in (*communs, ("nom", normaliser(lieu.nom))):
        if valeur:
            yield lieu.code_insee, quoi, valeur
