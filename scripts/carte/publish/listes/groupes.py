"""Communes that share a page: on a national site, one file each for those without a place would be nine files in ten.

Communes of one EPCI and one département are together, by name, so that an address never depends on where places are: a
commune that gets a page of its own keeps its anchor in the shared one, which then sends to it.
"""

import math
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from carte.publish.atlas import Atlas, Commune, Epci, cle_tri
from carte.publish.listes.besoins import AILLEURS_MIN, Choix
from carte.publish.listes.lieux import Ligne

# A page stays light on a slow line: about 50 kB, five once compressed.
PAR_PAGE = 20
SANS_EPCI = "hors-epci"


@dataclass(frozen=True, slots=True)
class Groupe:
    """Communes on one page at `chemin` (site-relative), in the order of their names."""

    chemin: str
    departement: str
    epci: Epci | None
    communes: tuple[Commune, ...]

    @property
    def titre(self) -> str:
        """« Autour de chaque commune : CC X », and of which letters when the EPCI has several pages."""
        nom = self.epci.nom if self.epci else "communes hors intercommunalité"
        partie = f", de {self.communes[0].nom} à {self.communes[-1].nom}" if len(self.communes) > 1 else ""
        return f"Autour de chaque commune : {nom}{partie}"


@dataclass(frozen=True, slots=True)
class Renvoi:
    """A place near a commune: its number in the list of the page, and how far."""

    numero: int
    ligne: Ligne
    distance: str


@dataclass(frozen=True, slots=True)
class Reponse:
    """Needs that the same places answer."""

    besoins: list[str]
    lieux: Sequence[Renvoi]


def grouper(atlas: Atlas, seules: Collection[str]) -> list[Groupe]:
    """The shared pages: where at least one commune has no page of its own (`seules`: codes of those that have)."""
    membres: dict[tuple[str, str], list[Commune]] = defaultdict(list)
    for commune in sorted(atlas.propres, key=lambda c: (cle_tri(c.nom), c.code)):
        membres[commune.departement, commune.epci if commune.epci in atlas.epci else SANS_EPCI].append(commune)
    return [
        Groupe(f"communes/{departement}/{cle}-{rang}/", departement, atlas.epci.get(cle), lot)
        for (departement, cle), communes in sorted(membres.items())
        for rang, lot in enumerate(_lots(communes), 1)
        if any(commune.code not in seules for commune in lot)
    ]


def adresses(atlas: Atlas, groupes: Sequence[Groupe], seules: Collection[str]) -> dict[str, str]:
    """Code of each commune of the perimeter → where its answers are, from the site's root."""
    partagees = {c.code: f"{groupe.chemin}#c{c.code}" for groupe in groupes for c in groupe.communes}
    return {c.code: atlas.page(c) if c.code in seules else partagees[c.code] for c in atlas.propres}


def reponses(choix: Mapping[str, Sequence[Choix]]) -> tuple[dict[str, list[Reponse]], list[Ligne]]:
    """For each commune, its needs with the nearest places; and all the places named, in the order of their numbers.

    `choix`: code → the needs of a commune without any place. Needs answered by the same places are one answer.
    """
    numeros: dict[int, int] = {}
    lignes: list[Ligne] = []
    trouvees: dict[str, list[Reponse]] = {}
    for code, besoins in choix.items():
        par_lieux: dict[tuple[int, ...], Reponse] = {}
        for besoin in besoins:
            renvois = []
            for proche in besoin.proches[:AILLEURS_MIN]:
                if id(proche.ligne) not in numeros:
                    lignes.append(proche.ligne)
                    numeros[id(proche.ligne)] = len(lignes)
                renvois.append(Renvoi(numeros[id(proche.ligne)], proche.ligne, proche.courte))
            reponse = par_lieux.setdefault(tuple(renvoi.numero for renvoi in renvois), Reponse([], renvois))
            reponse.besoins.append(besoin.libelle)
        trouvees[code] = list(par_lieux.values())
    return trouvees, lignes


def _lots(communes: Sequence[Commune]) -> list[tuple[Commune, ...]]:
    """By PAR_PAGE at most, as equal as can be: no page for one commune left over."""
    pages = math.ceil(len(communes) / PAR_PAGE)
    bornes = [len(communes) * rang // pages for rang in range(pages + 1)]
    return [tuple(communes[debut:fin]) for debut, fin in pairwise(bornes)]
