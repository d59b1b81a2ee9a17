"""A national table as it is published (CSV, spreadsheet, archive), and the part of it that a département gets."""

import csv
import io
import math
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice

from carte.couches.brut import Brut, CouchesIndisponibles
from carte.couches.formules import ColonneAbsente, Places, calculer, placer
from carte.couches.lecture import feuilles
from carte.couches.registre import Alias, TableNationale
from carte.records.rules.territoire import departement_du_code

# Titles of a publication stand above the heading: it is looked for that far.
_LIGNES_DE_TETE = 20
_ENTIER = re.compile(r"-?\d+\.0")
# What is not the code of a commune is a note below the table, or a title.
_CODE = re.compile(r"[0-9][0-9AB]?[0-9]{2,3}")
_FORMULE = re.compile(r"##| [+-] ")
# Figures of a census are weighted: what they add up to is not exact to the last figure.
_TOLERANCE = 1e-6
Cellule = str | float | None
"""A text, a figure, or a figure that is secret."""
Ligne = tuple[Cellule, ...]


@dataclass(frozen=True, slots=True)
class Extrait:
    """The file of a département, its vintage, and how many communes have lost their line to a secret figure."""

    contenu: bytes
    millesime: str
    secrets: int


@dataclass(frozen=True, slots=True)
class _Lue:
    """A whole table: its lines by code, the vintage that its headings carry, codes that have a secret figure."""

    lignes: tuple[Ligne, ...]
    annee: str
    secrets: tuple[str, ...]


def extraire(table: TableNationale, brut: Brut, departements: Collection[str]) -> Extrait:
    """The lines of some départements, as a CSV file of `geo/`: the table's columns, then `source;millesime`.

    Sorted by code. A commune that has a secret figure has no line: it stays unknown. Raises CouchesIndisponibles:
    another file than a table, a column missing, a file cut short, figures that contradict each other.
    """
    lue = _lire(brut.contenu, brut.source, table)
    millesime = brut.millesime if not lue.annee else lue.annee
    flux = io.StringIO()
    ecrivain = csv.writer(flux, delimiter=";", lineterminator="\n")
    ecrivain.writerow((*_entetes(table), "source", "millesime"))
    siennes = (x for x in lue.lignes if departement_du_code(str(x[0])) in departements)
    ecrivain.writerows((*map(_ecrite, x), table.source, millesime) for x in siennes)
    secrets = sum(departement_du_code(code) in departements for code in lue.secrets)
    return Extrait(flux.getvalue().encode("utf-8"), millesime, secrets)


def reunir(premier: bytes, second: bytes) -> bytes:
    """Two extracts of one file: a commune keeps its first line. Sorted by code."""
    entete, *lignes = premier.decode("utf-8").splitlines(keepends=True)
    connus = {ligne.split(";", 1)[0] for ligne in lignes}
    autres = second.decode("utf-8").splitlines(keepends=True)[1:]
    ajoutees = [ligne for ligne in autres if ligne.split(";", 1)[0] not in connus]
    return "".join([entete, *sorted([*lignes, *ajoutees])]).encode("utf-8")


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


@lru_cache(maxsize=8)
def _lire(contenu: bytes, nom: str, table: TableNationale) -> _Lue:
    """The columns asked, by code; read once for all the départements of a run."""
    depliees = table.deplier.colonnes if table.deplier else {}
    places, rangees = trouver(contenu, nom, {**table.colonnes, **depliees}, table.pivot)
    lues = list(_lignes(rangees, places, table, nom))
    if len(lues) < table.lignes_au_moins:
        raise CouchesIndisponibles(
            f"{nom} : {len(lues)} lignes lues, il en faut au moins {table.lignes_au_moins}. "
            "Le fichier est coupé, ou c'en est un autre."
        )
    _controler(lues, table, nom)
    secrets = {str(x[0]) for x in lues if None in x}
    # A table with a secret figure is wrong about the whole commune: half of its ages is not its population.
    connues = [x for x in lues if str(x[0]) not in secrets]
    traduites = _traduire(connues, table, nom)
    # Codes may repeat (age groups, places): within one, lines keep their order.
    return _Lue(tuple(sorted(traduites, key=lambda x: str(x[0]))), places.annee, tuple(sorted(secrets)))


def trouver(
    contenu: bytes, nom: str, voulues: Mapping[str, Alias], pivot: Sequence[str] = ()
) -> tuple[Places, Iterable[Sequence[str]]]:
    """Where the columns `voulues` stand, and the rows below the heading, in the first sheet that has them all.

    Raises CouchesIndisponibles with what was read and what was expected.
    """
    premieres: list[str] = []
    manque = ""
    for feuille in feuilles(contenu, nom):
        rangees = iter(feuille)
        tete = list(islice(rangees, _LIGNES_DE_TETE))
        premieres = premieres or [titre.strip() for titre in (tete[0] if tete else ())]
        for rang, rangee in enumerate(tete):
            suite: Iterable[Sequence[str]] = chain(tete[rang + 1 :], rangees)
            titres = [titre.strip() for titre in rangee]
            try:
                if pivot and set(pivot[:2]) <= set(titres):
                    titres, suite = _pivoter(titres, suite, pivot)
                return placer(titres, voulues), suite
            except ValueError as erreur:
                raise CouchesIndisponibles(f"{nom} : un nombre est attendu ({erreur}).") from erreur
            except ColonneAbsente as absente:
                # The heading is the row that has the code: what it lacks is worth telling.
                code = next(iter(voulues.values()))
                if set(code) & set(titres):
                    manque, premieres = str(absente), titres
    raise CouchesIndisponibles(_sans_colonne(nom, premieres, voulues, manque))


def _sans_colonne(nom: str, titres: Sequence[str], voulues: Mapping[str, Alias], manque: str) -> str:
    lus = ", ".join(f"« {titre} »" for titre in titres[:8]) or "rien"
    if manque:
        attendu = " » ou « ".join(voulues[manque])
        return f"{nom} : aucune colonne ne donne « {manque} » (attendu : « {attendu} ») ; les titres sont {lus}."
    attendus = ", ".join(f"« {' » ou « '.join(connus)} »" for connus in voulues.values())
    return f"{nom} : les colonnes {attendus} sont attendues ; la première ligne porte {lus}."


def _pivoter(
    titres: Sequence[str], rangees: Iterable[Sequence[str]], pivot: Sequence[str]
) -> tuple[list[str], list[list[str]]]:
    """One row per commune and one column `NB_<type>` each, from one row per equipment."""
    code, genre = titres.index(pivot[0]), titres.index(pivot[1])
    nombre = titres.index(pivot[2]) if len(pivot) > 2 and pivot[2] in titres else None
    comptes: dict[str, dict[str, float]] = {}
    for rangee in rangees:
        if len(rangee) > max(code, genre):
            # A secret number makes the whole count unknown: NaN stays NaN, and is written as an empty cell.
            ajout = 1.0 if nombre is None else calculer(rangee, [(1, nombre)])
            commune = comptes.setdefault(rangee[code], {})
            commune[rangee[genre]] = commune.get(rangee[genre], 0.0) + (math.nan if ajout is None else ajout)
    genres = sorted({g for commune in comptes.values() for g in commune})
    lignes = [[c, *(f"{commune.get(g, 0.0):g}".replace("nan", "") for g in genres)] for c, commune in comptes.items()]
    return [pivot[0], *(f"NB_{g}" for g in genres)], lignes


def _lignes(rangees: Iterable[Sequence[str]], places: Places, table: TableNationale, nom: str) -> Iterator[Ligne]:
    """Our cells, row by row; an empty cell is unknown. Notes below a table have no code and are left out."""
    depliees = table.deplier.colonnes if table.deplier else {}
    code, *autres = table.colonnes
    rang_code = places.colonnes[code][0][1]
    for rangee in rangees:
        lu = _texte(rangee[rang_code]) if rang_code < len(rangee) else ""
        if not _CODE.fullmatch(lu):
            continue
        cellules: list[Cellule] = [lu.zfill(5)]
        cellules += [_lue(rangee, places, table, colonne, nom) for colonne in autres]
        cellules += table.constantes.values()
        if not depliees:
            yield tuple(cellules)
        for mot in depliees:
            yield (*cellules, mot, _nombre(rangee, places, mot, nom))


def _est_nombre(table: TableNationale, colonne: str) -> bool:
    return colonne in table.nombres or any(_FORMULE.search(formule) for formule in table.colonnes[colonne])


def _lue(rangee: Sequence[str], places: Places, table: TableNationale, colonne: str, nom: str) -> Cellule:
    if _est_nombre(table, colonne):
        return _nombre(rangee, places, colonne, nom)
    rang = places.colonnes[colonne][0][1]
    return (_texte(rangee[rang]) or None) if rang < len(rangee) else None


def _nombre(rangee: Sequence[str], places: Places, colonne: str, nom: str) -> float | None:
    try:
        nombre = calculer(rangee, places.colonnes[colonne])
    except ValueError as erreur:
        raise CouchesIndisponibles(f"{nom} : « {colonne} » n'est pas un nombre ({erreur}).") from erreur
    # A difference of two weighted figures may miss zero by a hair.
    return nombre if nombre is None or abs(nombre) > _TOLERANCE else 0.0


def _controler(lignes: Sequence[Ligne], table: TableNationale, nom: str) -> None:
    """Refuse figures below zero, above the whole they are part of, or whose national total makes no sense."""
    entetes = _entetes(table)
    for ligne in lignes:
        dites = dict(zip(entetes, ligne, strict=True))
        negatifs = [colonne for colonne, x in dites.items() if isinstance(x, float) and x < 0]
        exces = [a for a, b in table.au_plus.items() if _depasse(dites[a], dites[b])]
        if faute := (f"« {negatifs[0]} » est négatif" if negatifs else "") or (
            f"« {exces[0]} » dépasse « {table.au_plus[exces[0]]} »" if exces else ""
        ):
            raise CouchesIndisponibles(f"{nom} : {faute} pour {ligne[0]}. C'est sans doute un autre fichier.")
    for colonne, (au_moins, au_plus) in table.sommes.items():
        rang = entetes.index(colonne)
        total = sum(x for ligne in lignes if isinstance(x := ligne[rang], float))
        if not au_moins <= total <= au_plus:
            raise CouchesIndisponibles(
                f"{nom} : « {colonne} » fait {total:.0f} en tout, attendu entre {au_moins:.0f} et {au_plus:.0f}. "
                "Le fichier est coupé, ou c'en est un autre."
            )


def _depasse(partie: Cellule, tout: Cellule) -> bool:
    return isinstance(partie, float) and isinstance(tout, float) and partie > tout + _TOLERANCE * max(tout, 1.0)


def _entetes(table: TableNationale) -> tuple[str, ...]:
    depliees = (table.deplier.en, table.deplier.valeur) if table.deplier else ()
    return (*table.colonnes, *table.constantes, *depliees)


def _traduire(lignes: Sequence[Ligne], table: TableNationale, nom: str) -> Iterable[Ligne]:
    """The columns whose words the registry gives, in ours."""
    traduites = list(zip(*lignes, strict=True))
    for rang, colonne in enumerate(table.colonnes):
        mots = table.valeurs.get(colonne)
        if mots is None or not traduites:
            continue
        lus = set(map(str, traduites[rang]))
        ecart = sorted(lus - set(mots) if colonne in table.permises else lus ^ set(mots))
        if ecart:
            exigees = "" if colonne in table.permises else ", toutes et elles seules"
            raise CouchesIndisponibles(
                f"{nom} : « {colonne} » attend les valeurs {', '.join(mots)}{exigees} ; "
                f"différence : {', '.join(ecart[:8])}. C'est sans doute un autre fichier."
            )
        traduites[rang] = tuple(mots[str(valeur)] for valeur in traduites[rang])
    return zip(*traduites, strict=True)


def _ecrite(cellule: Cellule) -> str:
    """A cell of our files; a whole figure has no decimals."""
    if isinstance(cellule, float):
        return f"{cellule:.6f}".rstrip("0").rstrip(".")
    return str(cellule)


def _texte(valeur: str) -> str:
    propre = valeur.strip()
    return propre.removesuffix(".0") if _ENTIER.fullmatch(propre) else propre
