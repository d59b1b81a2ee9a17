"""The same place twice: which records to compare, and which pairs are in doubt.

How alike two records are is the rule of `ressemblance`; how a person settles a doubt is that of `gestes`.
"""

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from carte.ecrits.faute import Faute, conseil
from carte.records.modele import Enregistrement
from carte.records.rules import gestes
from carte.records.rules.ressemblance import RAYON_M, Issue, Ressemblance, Traits, comparer_traits, traits

# What more records than this share (a switchboard, a building) brings no two of them together by itself.
PARTAGE_MAX = 4
# Beyond this, the records that share a sign and a word are each compared with the next ones by name only.
_BLOC_MAX, _SUIVANTS = 40, 8
_PAS = math.degrees(RAYON_M / 6_371_008.8)  # degrees of latitude of one cell
_DEBUT = 4  # letters: two writings of one word begin alike

Cle = tuple[Hashable, ...]
Case = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Doute:
    """Two records that may be of one place, by their ids in order: how much, why, and nobody has settled it."""

    un: str
    autre: str
    ressemblance: Ressemblance


def doutes(enregistrements: Sequence[Enregistrement]) -> list[Doute]:
    """Every pair that may be of one place and that no record settles, in the order of ids.

    Its cost grows with the number of records, however many share a commune, a point or a telephone.
    """
    connus = {e.identifiant: traits(e.lieu) for e in enregistrements if e.lieu.doublon_de is None}
    repertoire, tranchees = Repertoire(connus), gestes.tranchees(enregistrements)
    trouves = {}
    for identifiant, connu in connus.items():
        for autre, ressemblance in repertoire.proches(identifiant, connu):
            # In a big block one may see the other, and not be seen by it.
            paire = (identifiant, autre) if identifiant < autre else (autre, identifiant)
            if paire not in tranchees:
                trouves[paire] = Doute(*paire, ressemblance)
    return [trouves[paire] for paire in sorted(trouves)]


def groupes(doutes: Iterable[Doute]) -> list[tuple[str, ...]]:
    """Ids that may all be of one place, at least two in each group: who counts them once counts each group once."""
    tete: dict[str, str] = {}

    def racine(identifiant: str) -> str:
        while (suivant := tete.setdefault(identifiant, identifiant)) != identifiant:
            tete[identifiant] = identifiant = tete[suivant]
        return identifiant

    for doute in doutes:
        un, autre = sorted((racine(doute.un), racine(doute.autre)))
        tete[autre] = un
    membres: defaultdict[str, list[str]] = defaultdict(list)
    for identifiant in sorted(tete):
        membres[racine(identifiant)].append(identifiant)
    return [tuple(membres[premier]) for premier in sorted(membres)]


def doublons(enregistrements: Sequence[Enregistrement]) -> Iterator[tuple[int, Faute]]:
    """Each record that may be described elsewhere too: an advice that names the other one, the likeliest first."""
    rangs = {e.identifiant: rang for rang, e in enumerate(enregistrements)}
    sienne: dict[int, tuple[int, int]] = {}
    trouves = doutes(enregistrements)
    for numero, doute in enumerate(trouves):
        for rang in (rangs[doute.un], rangs[doute.autre]):
            sienne[rang] = max(sienne.get(rang, (0, 0)), (doute.ressemblance.score, -numero))
    for rang, (score, ordre) in sienne.items():
        doute, moi = trouves[-ordre], enregistrements[rang]
        autre = doute.autre if moi.identifiant == doute.un else doute.un
        message = (
            f"Ce lieu semble déjà décrit dans {enregistrements[rangs[autre]].fichier} : {doute.ressemblance.raison} "
            f"({score} sur 100). S'il l'est, ajoutez « {gestes.ligne_doublon(autre)} » ; "
            f"sinon « {gestes.ligne_distinct(moi.lieu, autre)} »."
        )
        yield rang, conseil(("nom",), message, "doublon", moi.lieu.nom[:60])


class Repertoire:
    """Records by what they could be recognised by, so that each is compared with few others."""

    def __init__(self, connus: Mapping[str, Traits]) -> None:
        self._connus = connus
        self._blocs: defaultdict[Cle, list[tuple[str, str]]] = defaultdict(list)
        for identifiant, connu in connus.items():
            for cle in (*_signes(connu), *_appuis(connu), *_places(connu, _case(connu))):
                self._blocs[cle].append((connu.nom, identifiant))
        for bloc in self._blocs.values():
            bloc.sort()

    def proches(self, identifiant: str, connu: Traits) -> list[tuple[str, Ressemblance]]:
        """Each other record that is or may be this place, with its resemblance; `identifiant` need not be known."""
        vus: dict[str, None] = {}
        for cle in _signes(connu):
            bloc = self._blocs.get(cle, ())
            vus.update((autre, None) for _, autre in bloc if len(bloc) <= PARTAGE_MAX)
        for cle in (*_appuis(connu), *_places(connu, _cases_voisines(connu))):
            if partage := self._blocs.get(cle):
                vus.update((autre, None) for _, autre in _voisins(partage, (connu.nom, identifiant)))
        vus.pop(identifiant, None)
        communs = {cle[0] for cle in _signes(connu) if len(self._blocs.get(cle, ())) > PARTAGE_MAX}
        compares = ((autre, comparer_traits(connu, self._connus[autre])) for autre in vus)
        return [(autre, r) for autre, r in compares if r.issue is not Issue.DISTINCTS and _propre(r, communs)]


def _propre(ressemblance: Ressemblance, communs: set[Hashable]) -> bool:
    """Whether something brings the two together that not every other record around has too."""
    return any(fait.points > 0 and fait.signe not in communs for fait in ressemblance.faits)


def _voisins(bloc: list[tuple[str, str]], moi: tuple[str, str]) -> list[tuple[str, str]]:
    if len(bloc) <= _BLOC_MAX:
        return bloc
    rang = bisect_left(bloc, moi)
    return bloc[max(0, rang - _SUIVANTS) : rang + _SUIVANTS + 1]


def _signes(connu: Traits) -> Iterator[Cle]:
    """What makes a doubt alone."""
    if connu.pivot:
        yield "pivot", connu.pivot
    if connu.telephone:
        yield "telephone", connu.telephone
    yield from _adresses(connu)


def _adresses(connu: Traits) -> Iterator[Cle]:
    """The address in its commune, by code and by name: one of the two records may have no code."""
    if connu.adresse:
        yield "adresse", connu.commune, connu.adresse
        if connu.code_insee:
            yield "adresse", connu.code_insee, connu.adresse


def _appuis(connu: Traits) -> Iterator[Cle]:
    """Two facts together, rare where one alone is common: a sign and a word of the name, two signs."""
    for signe in _signes(connu):
        yield from ((*signe, debut) for debut in _debuts(connu))
    if connu.telephone:
        yield from (("telephone", connu.telephone, *adresse) for adresse in _adresses(connu))


def _places(connu: Traits, cases: Iterable[Case]) -> Iterator[Cle]:
    """The same with a cell for one of the two facts."""
    debuts = _debuts(connu)
    for case in cases:
        yield from ((case, debut) for debut in debuts)
        if connu.telephone:
            yield case, "telephone", connu.telephone


def _debuts(connu: Traits) -> set[str]:
    return {mot[:_DEBUT] for mot in connu.mots} or {*connu.genres, connu.nom}


def _case(connu: Traits) -> Iterator[Case]:
    """The cell of a point, as wide as the radius; none without a point."""
    if connu.point is not None:
        bande = math.floor(connu.point[1] / _PAS)
        yield bande, math.floor(connu.point[0] / _largeur(bande))


def _cases_voisines(connu: Traits) -> Iterator[Case]:
    """The cells that hold every point within the radius; none without a point."""
    if connu.point is None:
        return
    bande = math.floor(connu.point[1] / _PAS)
    for y in (bande - 1, bande, bande + 1):
        x = math.floor(connu.point[0] / _largeur(y))
        yield from ((y, x + ecart) for ecart in (-1, 0, 1))


@cache
def _largeur(bande: int) -> float:
    """Degrees of longitude that are at least the radius anywhere in a band of latitude or in the next ones."""
    return _PAS / max(0.01, math.cos(math.radians(min(89.0, (abs(bande) + 2) * _PAS))))
