"""The best choice of a few columns, or the best found and what no choice exceeds (branch and bound).

Work is counted in terms read, never in seconds: two machines give the same answer, however slow or busy. Gains are
whole numbers in floats, columns x communes (see `majorant`).
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from carte.access.points import Booleens, Entiers, Reels
from carte.simulation.majorant import Borne, Descente, Sommes

_APPEL = 10_000
"""What one operation costs however few terms it reads."""
_ESSAIS_RACINE, _ESSAIS = 300, 25
"""Floors tried before a choice is begun, and once it is."""
_TRI = 6
"""Trials after which columns that cannot help any more are left out."""
_ALLEGE = 0.7
"""They are when no more than this part would remain."""
_PEU = 20
"""With this many columns to spare or fewer, trying them costs less than a better bound."""
_PAIRES_MAX = 300_000
"""Pairs of columns are all tried when that reads no more terms."""
_DOMINEES_MAX = 500
"""Columns are compared two by two up to this number."""


@dataclass(slots=True)
class Travail:
    """Terms that may still be read."""

    reste: float

    def faire(self, termes: float) -> None:
        """Count an operation."""
        self.reste -= termes + _APPEL

    @property
    def fini(self) -> bool:
        return self.reste <= 0


@dataclass(frozen=True, slots=True, eq=False)
class Noeud:
    """A choice begun: columns `pris`, worth `acquis`; `nombre` others are to be taken among `colonnes`.

    `sommes`: what these add to those taken, each something, in their order. `planchers`: floors to begin with.
    """

    sommes: Sommes
    colonnes: Entiers
    planchers: Reels
    nombre: int
    pris: tuple[int, ...] = ()
    acquis: float = 0.0

    @property
    def gains(self) -> Reels:
        """Columns x communes."""
        return self.sommes.gains

    def parmi(self, rangs: Booleens | Entiers, planchers: Reels) -> "Noeud":
        """The same with some columns only, and with other floors; without the communes that they do not serve."""
        return self._reduit(self.gains[rangs], self.colonnes[rangs], planchers, self.nombre, self.pris, self.acquis)

    def avec(self, rang: int) -> "Noeud":
        """Once the column at this rank is taken, those before it left out; without what adds nothing any more."""
        prise = self.gains[rang]
        restes = np.maximum(self.gains[rang + 1 :] - prise, 0)
        utiles = restes.any(axis=1)
        return self._reduit(
            restes[utiles],
            self.colonnes[rang + 1 :][utiles],
            np.maximum(self.planchers - prise, 0),
            self.nombre - 1,
            (*self.pris, int(self.colonnes[rang])),
            self.acquis + float(prise.sum()),
        )

    @staticmethod
    def _reduit(
        gains: Reels, colonnes: Entiers, planchers: Reels, nombre: int, pris: tuple[int, ...], acquis: float
    ) -> "Noeud":
        servies = gains.any(axis=0)
        return Noeud(
            Sommes(np.ascontiguousarray(gains[:, servies])), colonnes, planchers[servies], nombre, pris, acquis
        )


@dataclass(slots=True)
class Recherche:
    """The best choice known, its value, and the work that may still be done for a better one."""

    choisis: tuple[int, ...]
    valeur: float
    travail: Travail

    def explorer(self, noeud: Noeud) -> float:
        """Look for a better choice among those of the node; gives what none of them exceeds."""
        if len(noeud.gains) <= noeud.nombre or noeud.nombre == 1 or self._paires(noeud):
            return self._tout_essayer(noeud)
        noeud, borne = self._abaisser(noeud)
        majorant = noeud.acquis + borne.total
        if majorant <= self.valeur or self.travail.fini:
            return majorant
        return min(majorant, self._brancher(noeud, borne))

    def proposer(self, choisis: Iterable[int], valeur: float) -> None:
        """Keep a choice if it is better than the best known."""
        if valeur > self.valeur:
            self.choisis, self.valeur = tuple(map(int, choisis)), valeur

    def _proposer(self, noeud: Noeud, rangs: Entiers, ajout: float) -> float:
        self.proposer((*noeud.pris, *noeud.colonnes[rangs]), noeud.acquis + ajout)
        return noeud.acquis + ajout

    @staticmethod
    def _paires(noeud: Noeud) -> bool:
        return noeud.nombre == 2 and len(noeud.gains) * noeud.gains.size <= _PAIRES_MAX

    def _tout_essayer(self, noeud: Noeud) -> float:
        """The best completion of a node with few of them: all its columns, the best one, or the best pair."""
        gains = noeud.gains
        if len(gains) <= noeud.nombre:
            self.travail.faire(gains.size)
            return self._proposer(noeud, np.arange(len(gains)), float(gains.max(axis=0, initial=0).sum()))
        if noeud.nombre == 1:
            self.travail.faire(gains.size)
            sommes = gains.sum(axis=1)
            return self._proposer(noeud, sommes.argmax(keepdims=True), float(sommes.max()))
        self.travail.faire(gains.size * len(gains))
        paires = np.maximum(gains[:, None, :], gains[None, :, :]).sum(axis=2)
        return self._proposer(noeud, np.array(np.unravel_index(paires.argmax(), paires.shape)), float(paires.max()))

    def _abaisser(self, noeud: Noeud) -> tuple[Noeud, Borne]:
        """Lower the bound of a node, and leave out of it the columns that cannot help any more."""
        descente = Descente(noeud.sommes, noeud.planchers, noeud.nombre)
        for essai in range(1, 1 + (_ESSAIS if noeud.pris else _ESSAIS_RACINE)):
            self.travail.faire(noeud.sommes.cout)
            self._proposer(noeud, descente.courante.tete, descente.valeur)
            cible = self.valeur - noeud.acquis
            if descente.meilleure.total <= cible or self.travail.fini:
                break
            if essai % _TRI == 0:
                utiles = descente.meilleure.utiles(cible)
                if utiles.sum() <= noeud.nombre + _PEU:
                    break
                if utiles.sum() < _ALLEGE * len(utiles):
                    noeud = noeud.parmi(utiles, descente.meilleure.planchers)
                    descente = Descente(noeud.sommes, noeud.planchers, noeud.nombre, descente.pas)
                    continue
            if not descente.avancer(cible):
                break
        return noeud, descente.meilleure

    def _brancher(self, noeud: Noeud, borne: Borne) -> float:
        """Begin with each column in turn, the most promising first, the former ones left out."""
        utiles = borne.utiles(self.valeur - noeud.acquis)
        rangs = borne.ordre[utiles[borne.ordre]]
        if len(rangs) <= _DOMINEES_MAX:
            self.travail.faire(len(rangs) * len(rangs) * noeud.gains.shape[1])
            rangs = rangs[sans_dominees(noeud.gains[rangs], noeud.colonnes[rangs])]
        ajouts, base = borne.ajouts[rangs], noeud.acquis + borne.base
        noeud = noeud.parmi(rangs, borne.planchers)
        majorant = self.valeur
        for rang in range(len(rangs)):
            reste = base + float(ajouts[rang : rang + noeud.nombre].sum())
            if reste <= self.valeur:
                break
            if self.travail.fini:
                return max(majorant, reste)
            self.travail.faire(2 * noeud.gains[rang:].size)
            majorant = max(majorant, min(reste, self.explorer(noeud.avec(rang))))
        return max(majorant, self.valeur)


def sans_dominees(gains: Reels, colonnes: Entiers) -> Entiers:
    """Ranks, in their order, of the columns that no other equals or exceeds everywhere; of equal ones, the first."""
    gardes = np.zeros(len(gains), dtype=np.bool_)
    retenus = np.empty_like(gains)
    nombre = 0
    for rang in np.lexsort((colonnes, -gains.sum(axis=1))):
        if not (retenus[:nombre] >= gains[rang]).all(axis=1).any():
            retenus[nombre] = gains[rang]
            gardes[rang], nombre = True, nombre + 1
    return np.flatnonzero(gardes)
