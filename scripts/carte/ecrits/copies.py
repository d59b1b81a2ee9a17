"""The copies that several folders keep of one national table: the rows that they share are read once.

Nothing is read here in another way than by `csv_strict`: it is given each distinct line of the files once, and wherever
that might not say what it says of each file alone, each file is read alone.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from carte.ecrits.csv_strict import CsvIllisible, analyser_texte, decoder_csv, lire_csv, lire_octets_csv
from carte.ecrits.tables import separateur
from carte.erreurs import ErreurCarte


@dataclass(frozen=True, slots=True, eq=False)
class Copies:
    """Files of one heading: their distinct rows, and which of them each file has, in its order.

    `fichiers`: positions in the list asked for. `rangs`: for each of these files, positions in `rangees`. `places`: the
    file and the line where each row is first met.
    """

    entete: tuple[str, ...]
    rangees: Sequence[Sequence[str]]
    fichiers: tuple[int, ...]
    rangs: tuple[NDArray[np.intp], ...]
    places: Sequence[tuple[int, int]]


def lire_copies(fichiers: Sequence[Path], refus: type[ErreurCarte], *, abime: bool = False) -> list[Copies]:
    """Read tables of one kind; see `lire_csv`. Raises `refus`, with the line of the file at fault."""
    ensembles: dict[tuple[str, str], dict[int, list[str]]] = {}
    seuls = []
    for rang, fichier in enumerate(fichiers):
        texte = _simple(lire_octets_csv(fichier, refus), abime=abime)
        if texte is None:
            seuls.append(rang)
        else:
            lignes = texte.split("\n")
            ensembles.setdefault((lignes[0], separateur(texte)), {})[rang] = lignes
    lues = []
    for (_, separe), ensemble in ensembles.items():
        try:
            lues.append(_reunir(ensemble, separe))
        except CsvIllisible:  # one of them has a fault: the strict reader says which one, and where
            seuls.extend(ensemble)
    return [*lues, *_un_par_un(fichiers, sorted(seuls), refus, abime=abime)]


def _un_par_un(
    fichiers: Sequence[Path], rangs: Sequence[int], refus: type[ErreurCarte], *, abime: bool
) -> Iterator[Copies]:
    for rang in rangs:
        table = lire_csv(fichiers[rang], refus, abime=abime)
        places = [(rang, ligne) for ligne in table.lignes]
        yield Copies(table.entete, table.rangees, (rang,), (np.arange(len(places)),), places)


def _simple(octets: bytes, *, abime: bool) -> str | None:
    """The text of a table where each line is a row, the heading first; None for any other, and for a doubtful one."""
    try:
        texte = decoder_csv(octets, abime=abime)
    except CsvIllisible:
        return None
    if texte.count("\r") != texte.count("\r\n"):  # one alone is a line break too
        return None
    return texte if texte.split("\n", 1)[0].strip(" ;,\t\r") else None


def _reunir(ensemble: dict[int, list[str]], separe: str) -> Copies:
    """Raises CsvIllisible when a row of any file is at fault, or when together they would be read otherwise."""
    # Rows by the order in which they are met, and where: a text keeps the place that it had first.
    premiers: dict[str, tuple[int, int]] = {}
    for fichier, lignes in ensemble.items():
        for numero, ligne in enumerate(lignes[1:], start=2):
            premiers.setdefault(ligne, (fichier, numero))
    lues = [next(iter(ensemble.values()))[0], *premiers]
    texte = "\n".join(lues)
    if separateur(texte) != separe or not _entieres(lues, separe):
        raise CsvIllisible("ces lignes ne se lisent pas une à une")
    table = analyser_texte(texte)
    # Empty lines are no rows; the first line after the heading is the second one.
    places = list(premiers.values())
    gardees = [ligne - 2 for ligne in table.lignes]
    rangs = {lues[ligne - 1]: rang for rang, ligne in enumerate(table.lignes)}
    return Copies(
        table.entete,
        table.rangees,
        tuple(ensemble),
        tuple(np.array([rangs[x] for x in lignes[1:] if x in rangs], dtype=np.intp) for lignes in ensemble.values()),
        [places[numero] for numero in gardees],
    )


def _entieres(lignes: Sequence[str], separe: str) -> bool:
    """Whether no line opens a quote that the next one closes: quotes are around whole cells only."""
    case = f'(?:[^"{separe}]*|"(?:[^"]|"")*")'
    ligne_entiere = re.compile(f"{case}(?:{separe}{case})*\r?")
    return all(ligne_entiere.fullmatch(ligne) for ligne in lignes if '"' in ligne)
