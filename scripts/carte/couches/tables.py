"""A national table as it is published (CSV or spreadsheet), and the part of it that a département gets."""

import csv
import io
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache

from python_calamine import CalamineError, CalamineWorkbook

from carte.couches.brut import Brut, CouchesIndisponibles
from carte.couches.registre import TableNationale
from carte.records.rules.territoire import departement_du_code

# Titles of a publication stand above the heading: it is looked for that far.
_LIGNES_DE_TETE = 20
_CLASSEUR = b"PK\x03\x04"
_ENTIER = re.compile(r"-?\d+\.0")
Ligne = tuple[str, ...]


def extraire(table: TableNationale, brut: Brut, departements: Collection[str]) -> bytes:
    """The lines of some départements, as a CSV file of `geo/`: the table's columns, then `source;millesime`.

    Sorted by code. Raises CouchesIndisponibles: another file than a table, a column missing, a file cut short.
    """
    lignes = _lire(brut.contenu, brut.source, table)
    flux = io.StringIO()
    ecrivain = csv.writer(flux, delimiter=";", lineterminator="\n")
    ecrivain.writerow((*table.colonnes, "source", "millesime"))
    ecrivain.writerows((*x, table.source, brut.millesime) for x in lignes if departement_du_code(x[0]) in departements)
    return flux.getvalue().encode("utf-8")


def restreindre(contenu: bytes, departements: Collection[str]) -> bytes:
    """The rows of some départements of a table of ARCEP (`;`, column `code_insee`), as they were written.

    Damaged bytes stay; a code of four figures has lost its zero.
    """
    entete, lignes, rangs = _par_departement(contenu)
    gardees = sorted(rang for departement in departements for rang in rangs.get(departement, ()))
    return "".join([entete, *(lignes[rang] for rang in gardees)]).encode("latin-1")


@lru_cache(maxsize=4)
def _par_departement(contenu: bytes) -> tuple[str, list[str], dict[str, list[int]]]:
    """The heading, the rows, and the rank of those of each département; worked out once for all those of a run."""
    # One letter a byte: what cannot be read is given back unchanged.
    entete, *lignes = contenu.decode("latin-1").splitlines(keepends=True)
    place = next(csv.reader([entete.removeprefix("ï»¿")], delimiter=";")).index("code_insee")
    rangs: dict[str, list[int]] = {}
    for rang, ligne in enumerate(lignes):
        rangs.setdefault(departement_du_code(_cellule(ligne, place).zfill(5)), []).append(rang)
    return entete, lignes, rangs


def _cellule(ligne: str, rang: int) -> str:
    cellules = next(csv.reader([ligne.strip()], delimiter=";"), [])
    return cellules[rang] if rang < len(cellules) else ""


@lru_cache(maxsize=4)
def _lire(contenu: bytes, nom: str, table: TableNationale) -> tuple[Ligne, ...]:
    """The columns asked, by code; read once for all the départements of a run."""
    rangees = _classeur(contenu, nom) if contenu.startswith(_CLASSEUR) else _csv(contenu)
    rang, places = _entete(rangees, table.colonnes, nom)
    pleines = (rangee for rangee in rangees[rang + 1 :] if _pleine(rangee, places))
    lignes = [tuple(_texte(rangee[place]) for place in places) for rangee in pleines]
    if len(lignes) < table.lignes_au_moins:
        raise CouchesIndisponibles(
            f"{nom} : {len(lignes)} lignes lues, il en faut au moins {table.lignes_au_moins}. "
            "Le fichier est coupé, ou c'en est un autre."
        )
    colonnes = zip(table.colonnes, zip(*lignes, strict=True), strict=True)
    traduites = [_traduire(colonne, valeurs, table, nom) for colonne, valeurs in colonnes]
    return tuple(sorted((code.zfill(5), *reste) for code, *reste in zip(*traduites, strict=True)))


def _traduire(colonne: str, valeurs: Sequence[str], table: TableNationale, nom: str) -> Sequence[str]:
    """A column in our words, where the registry gives them."""
    mots = table.valeurs.get(colonne)
    if mots is None:
        return valeurs
    ecart = sorted(set(valeurs) ^ set(mots))
    if ecart:
        raise CouchesIndisponibles(
            f"{nom} : « {colonne} » attend les valeurs {', '.join(mots)}, toutes et elles seules ; "
            f"différence : {', '.join(ecart[:8])}. C'est sans doute un autre fichier."
        )
    return [mots[valeur] for valeur in valeurs]


def _classeur(contenu: bytes, nom: str) -> list[list[str]]:
    """The rows of the first sheet. A cell is a text: a whole number loses the decimals that spreadsheets add."""
    try:
        feuille = CalamineWorkbook.from_filelike(io.BytesIO(contenu)).get_sheet_by_index(0)
    except CalamineError as erreur:
        raise CouchesIndisponibles(f"{nom} : ce classeur ne s'ouvre pas ({erreur}).") from erreur
    return [[str(valeur) for valeur in rangee] for rangee in feuille.to_python()]


def _csv(contenu: bytes) -> list[list[str]]:
    try:
        texte = contenu.decode("utf-8-sig")
    except UnicodeDecodeError:
        # The other encoding in which French administrations publish; every byte has a letter there but five.
        texte = contenu.decode("cp1252", errors="replace")
    tete = texte.split("\n", 1)[0]
    return list(csv.reader(io.StringIO(texte), delimiter=max(";,\t", key=tete.count)))


def _entete(
    rangees: Sequence[Sequence[str]], colonnes: Mapping[str, Sequence[str]], nom: str
) -> tuple[int, tuple[int, ...]]:
    """The row of the headings, and where each column asked stands in it."""
    for rang, rangee in enumerate(rangees[:_LIGNES_DE_TETE]):
        titres = [titre.strip() for titre in rangee]
        places = [_place(titres, connus) for connus in colonnes.values()]
        if None not in places:
            return rang, tuple(place for place in places if place is not None)
    lus = ", ".join(f"« {titre.strip()} »" for titre in (rangees[0] if rangees else ())[:8])
    attendus = ", ".join(f"« {' » ou « '.join(connus)} »" for connus in colonnes.values())
    raise CouchesIndisponibles(
        f"{nom} : les colonnes {attendus} sont attendues ; la première ligne porte {lus or 'rien'}."
    )


def _place(titres: Sequence[str], connus: Iterable[str]) -> int | None:
    return next((titres.index(titre) for titre in connus if titre in titres), None)


def _pleine(rangee: Sequence[str], places: Sequence[int]) -> bool:
    """Whether a row has something in each column asked: notes below a table have not."""
    return all(place < len(rangee) and rangee[place].strip() for place in places)


def _texte(valeur: str) -> str:
    propre = valeur.strip()
    return propre.removesuffix(".0") if _ENTIER.fullmatch(propre) else propre
