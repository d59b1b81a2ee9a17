"""A directory of names for the browser: one file when it is small, else buckets of a few hundred names.

The words of the names, by their key (see `mots.cle`), stand in alphabetical order and are cut into ranges of about the
same size, as in the drawers of a card index. The bytes to load for a search do not grow with the country.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from carte.publication import Chantier
from carte.publish.search.ecriture import ecrire_colonnes
from carte.publish.search.mots import cle, mots

UN_SEUL_FICHIER = 3_000
TAILLE_SEAU = 350
# A word that so many names have says nothing: « saint », « sur », « mairie ».
MOT_COURANT = 600

Ligne = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Repertoire:
    """`champs`: names of the columns; `lignes`: the best known first; `textes`: for each row, the words that lead to
    it; `seau`: rows of a bucket."""

    nom: str
    champs: Sequence[str]
    lignes: Sequence[Ligne]
    textes: Sequence[str]
    seau: int = TAILLE_SEAU


def ecrire(repertoire: Repertoire, site: Chantier, maximum: int = UN_SEUL_FICHIER) -> dict[str, Any]:
    """Write the directory; return what the index says of it.

    Either `fichier`, or `dossier`, `seaux` (where each bucket begins: the first is `0.json`) and `courants` (words
    that lead nowhere by themselves).
    """
    if len(repertoire.lignes) <= maximum:
        fichier = f"{repertoire.nom}.json"
        ecrire_colonnes(site, fichier, repertoire.champs, repertoire.lignes)
        return {"fichier": fichier}
    par_cle, courants = _par_cle([mots(texte) for texte in repertoire.textes])
    debuts = []
    for rang, (debut, rangs) in enumerate(_seaux(par_cle, repertoire.seau)):
        debuts.append(debut)
        lignes = [repertoire.lignes[r] for r in rangs]
        ecrire_colonnes(site, f"{repertoire.nom}/{rang}.json", repertoire.champs, lignes)
    return {"dossier": f"{repertoire.nom}/", "seaux": ",".join(debuts), "courants": " ".join(sorted(courants))}


def _par_cle(textes: Sequence[Sequence[str]]) -> tuple[dict[str, set[int]], set[str]]:
    """Rows by key of their words, and the common words. A row that only has these goes under its rarest one."""
    frequences = Counter(mot for texte in textes for mot in texte)
    courants = {mot for mot, nombre in frequences.items() if nombre > MOT_COURANT}
    par_cle: dict[str, set[int]] = defaultdict(set)
    for rang, texte in enumerate(textes):
        utiles = [mot for mot in texte if mot not in courants]
        for mot in utiles or sorted(texte, key=lambda m: (frequences[m], m))[:1]:
            par_cle[cle(mot)].add(rang)
    return par_cle, courants


def _seaux(par_cle: dict[str, set[int]], taille: int) -> Iterator[tuple[str, list[int]]]:
    """Buckets in order: the shortest text that separates each from the one before, and its rows in order."""
    debut, contenu, precedente = "", set[int](), ""
    for valeur in sorted(par_cle):
        if contenu and len(contenu | par_cle[valeur]) > taille:
            yield debut, sorted(contenu)
            debut, contenu = _separateur(precedente, valeur), set()
        contenu |= par_cle[valeur]
        precedente = valeur
    yield debut, sorted(contenu)


def _separateur(avant: str, apres: str) -> str:
    """The shortest beginning of `apres` that comes after `avant`."""
    return next(apres[:n] for n in range(1, len(apres) + 1) if apres[:n] > avant)
