"""Beginnings of names (« c », « ch », « saint d »), in small pages: for each that many share, the best known of them.

Two letters leave thousands of names. Reading these to show eight would cost a slow line and
a slow processor most of what a search costs; the build reads them instead. A page leads to longer beginnings, so that
the next one can be read while the person looks for the next key.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from carte.publication import Chantier
from carte.publish.search.ecriture import colonnes, ecrire_json
from carte.publish.search.mots import normaliser

# So many names are shown; a beginning that no more names share needs no list of its own.
PREMIERS = 8
LIGNES_PAR_PAGE = 180

Ligne = Sequence[Any]


@dataclass(slots=True)
class _Page:
    """`premiers`: rows to show for each beginning; `lignes`: all that the page holds; `suites`: longer beginnings that
    have a page of their own."""

    debut: str
    premiers: dict[str, list[int]]
    lignes: set[int]
    suites: list[str] = field(default_factory=list)

    def accueillir(self, autre: "_Page") -> None:
        self.premiers |= autre.premiers
        self.lignes |= autre.lignes
        self.suites += autre.suites

    def renvoyer(self, autre: "_Page") -> None:
        """What the other page shows first is here too: it shows while that page comes."""
        premiers = autre.premiers[autre.debut]
        self.premiers[autre.debut] = premiers
        self.lignes |= set(premiers)
        self.suites.append(autre.debut)


def ecrire(lignes: Sequence[Ligne], champs: Sequence[str], site: Chantier, *, propres: int = 0) -> str:
    """Write the pages `t-<beginning>.json`; return the letters that have one, put together.

    A page has the columns of its rows (the best known first), `debuts` (beginning → its rows, best first) and `suites`;
    the rows of a beginning that it holds and does not list are all there. The first column is the name, the second what
    makes two rows the same. `propres`: so many rows at the head are the deployment's own, shown before all others.
    """
    pages = _paginer(_par_debut([normaliser(ligne[0]) for ligne in lignes], lignes, propres))
    for page in pages:
        rangs = sorted(page.lignes)
        places = {rang: place for place, rang in enumerate(rangs)}
        contenu = {
            **colonnes(champs, [lignes[rang] for rang in rangs]),
            "debuts": {debut: [places[rang] for rang in rangs] for debut, rangs in sorted(page.premiers.items())},
            "suites": sorted(page.suites),
        }
        ecrire_json(site, f"communes/t-{page.debut.replace(' ', '-')}.json", contenu)
    return "".join(sorted(page.debut for page in pages if len(page.debut) == 1))


def _par_debut(noms: Sequence[str], lignes: Sequence[Ligne], propres: int) -> dict[str, _Page]:
    """One page for each beginning of a name, or of what follows one of its words, that more names share than are shown;
    its rows: the first ones, and those of no longer beginning."""
    par_debut: dict[str, list[int]] = defaultdict(list)
    for rang, nom in enumerate(noms):
        for debut in {debut for suite in _suites(nom) for debut in _debuts(suite)}:
            par_debut[debut].append(rang)
    partages = {debut: rangs for debut, rangs in par_debut.items() if len(debut) == 1 or len(rangs) > PREMIERS}
    pages = {}
    for debut, rangs in partages.items():
        premiers = _premiers(debut, rangs, noms, lignes, propres)
        pages[debut] = _Page(debut, {debut: premiers}, set(premiers))
    for debut, rangs in par_debut.items():
        if debut not in partages and (parent := _parent(debut, partages)) in partages:
            pages[parent].lignes |= set(rangs)
    return pages


def _suites(nom: str) -> Iterator[str]:
    """« le blanc », « blanc »."""
    mots = nom.split()
    return (" ".join(mots[rang:]) for rang in range(len(mots)))


def _debuts(suite: str) -> Iterator[str]:
    return (suite[:n] for n in range(1, len(suite) + 1) if suite[n - 1] != " ")


def _parent(debut: str, connus: dict[str, Any]) -> str:
    """The longest beginning of a beginning that is known; empty when there is none."""
    return next((debut[:n] for n in range(len(debut) - 1, 0, -1) if debut[:n] in connus), "")


def _premiers(
    debut: str, rangs: Sequence[int], noms: Sequence[str], lignes: Sequence[Ligne], propres: int
) -> list[int]:
    """As `Repertoire` of `site_src/modules/recherche/repertoire.js`: the deployment's own, then the very name or its
    beginning, whole words first."""

    def note(rang: int) -> tuple[bool, bool, int, int]:
        nom = noms[rang]
        entier = f" {debut} " in f" {nom} "
        return rang >= propres, not entier, 0 if nom == debut else 1 if nom.startswith(debut) else 2, rang

    choisis: dict[Any, int] = {}
    for rang in sorted(rangs, key=note):
        choisis.setdefault(lignes[rang][1], rang)
        if len(choisis) == PREMIERS:
            break
    return list(choisis.values())


def _paginer(pages: dict[str, _Page]) -> list[_Page]:
    """Pages of about the same size, each a beginning and those that lengthen it; from the longest up."""
    finies = []
    for debut in sorted(pages, reverse=True):
        page = pages.pop(debut)
        hote = pages.get(_parent(debut, pages))
        if hote is None:
            finies.append(page)
        elif len(hote.lignes | page.lignes) > LIGNES_PAR_PAGE:
            hote.renvoyer(page)
            finies.append(page)
        else:
            hote.accueillir(page)
    return finies
