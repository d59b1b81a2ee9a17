"""ARCEP's tables as text: read by column name, one row per commune, numbers only once checked.

Source: ARCEP, « Ma connexion internet », statistics by commune (quarterly, Licence Ouverte): UTF-8, `;`, columns in any
order, names of communes with damaged bytes (never used here: names come from the COG).
"""

import csv
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from carte.ecrits.cadres import codes_communes
from carte.ecrits.copies import lire_copies
from carte.erreurs import ErreurCarte, cause
from carte.territory import Cog

CODE = "code_insee"
_ANCIENNE_EDITION = re.compile(r"elig_cd_\d")


class DebitInvalide(ErreurCarte):
    """A broadband table cannot be used; the message names the file and what would be right."""


@dataclass(frozen=True, slots=True, order=True)
class ProblemeDebit:
    """One fault of a table: its values are then unknown, never replaced. `code` is empty for a fault of the file."""

    fichier: str
    code: str
    motif: str


@dataclass(frozen=True, slots=True, eq=False)
class Lues:
    """Tables of one name, one a folder, where national copies repeat each other.

    `table`: their distinct rows, everything as text; a column that a file does not have is empty. `presences`: which
    rows (`ligne`, index of `table`) each file has (`fichier`, its rank).
    """

    nom: str
    table: pd.DataFrame
    presences: pd.DataFrame


def lire_tables(
    fichiers: Sequence[Path],
    obligatoires: Sequence[str],
    completer: Callable[[Path, pd.DataFrame], pd.DataFrame] = lambda _fichier, table: table,
) -> Lues:
    """Read tables of one name, keeping the rows of `type` « all » (or all rows, without that column).

    `completer` sees the columns as one of the files has them, which it names if they are wrong.
    A code of four figures has its zero back. Raises DebitInvalide: unreadable file, file cut short, column missing
    among `obligatoires`, edition before 2021, no row « all », a commune twice.
    """
    for fichier in fichiers:
        verifier_fin(_octets(fichier), str(fichier))
    tables, presences, depart = [], [], 0
    for copies in lire_copies(fichiers, DebitInvalide, abime=True):
        table = pd.DataFrame(copies.rangees, columns=[nom.lower() for nom in copies.entete], dtype=str)
        premier = fichiers[copies.fichiers[0]]
        _verifier_colonnes(premier, table, obligatoires)
        table = completer(premier, table)
        presence = pd.DataFrame(
            {
                "fichier": np.repeat(copies.fichiers, [len(rangs) for rangs in copies.rangs]),
                "ligne": np.concatenate(copies.rangs),
            }
        )
        if "type" in table:
            presence = _tous_locaux(fichiers, table["type"], presence)
        tables.append(table)
        presences.append(presence.assign(ligne=presence["ligne"] + depart))
        depart += len(table)
    lues = Lues(fichiers[0].name, pd.concat(tables, ignore_index=True).fillna(""), pd.concat(presences))
    lues.table[CODE] = codes_communes(lues.table[CODE])
    _verifier_doubles(fichiers, lues)
    return replace(lues, table=lues.table.loc[np.unique(lues.presences["ligne"])])


def _verifier_doubles(fichiers: Sequence[Path], lues: Lues) -> None:
    codes = lues.presences.assign(code=lues.table[CODE].to_numpy()[lues.presences["ligne"]])
    doubles = codes.loc[codes.duplicated(["fichier", "code"])]
    if not doubles.empty:
        premier = doubles["fichier"].min()
        siens = sorted(set(doubles.loc[doubles["fichier"] == premier, "code"]))
        raise DebitInvalide(
            f"{fichiers[premier]} : plusieurs lignes pour {', '.join(siens[:5])} ; il en faut une seule par commune."
        )


def _octets(fichier: Path) -> bytes:
    try:
        return fichier.read_bytes()
    except OSError as erreur:
        raise DebitInvalide(f"{fichier} ne peut pas être lu : {cause(erreur)}.") from erreur


def _verifier_colonnes(fichier: Path, table: pd.DataFrame, obligatoires: Sequence[str]) -> None:
    if any(_ANCIENNE_EDITION.match(nom) for nom in table.columns):
        raise DebitInvalide(
            f"{fichier} suit l'ancienne édition de l'ARCEP (colonnes elig_cd_1 à elig_cd_6, avant 2021), dont les "
            "classes sont différentes. Prenez une édition récente, avec les colonnes elig_hd05 à elig_thd1g."
        )
    manquantes = [nom for nom in obligatoires if nom not in table]
    if manquantes:
        raise DebitInvalide(
            f"{fichier} : il manque la colonne « {manquantes[0]} ». Colonnes lues : {', '.join(table.columns)}."
        )


def verifier_fin(contenu: bytes, nom: str) -> None:
    """Refuse a table cut in the middle of its last row, where half a number is a number. Raises DebitInvalide.

    A row cut in its last cell is known by the row before: its cell begins as that one does, and is shorter.
    """
    lignes = contenu.decode("utf-8-sig", errors="replace").rstrip().splitlines()
    if len(lignes) < 2:
        return
    entete, avant, derniere = (next(csv.reader([x], delimiter=";"), []) for x in (lignes[0], lignes[-2], lignes[-1]))
    if not (entete and avant and derniere):
        return
    fin = derniere[-1]
    ecourtee = entete[-1].lower() == "date" and fin != avant[-1] and avant[-1].startswith(fin)
    if len(derniere) < len(entete) or ecourtee:
        raise DebitInvalide(
            f"{nom}:{len(lignes)} : la dernière ligne est coupée. "
            "Le fichier n'a sans doute pas été reçu en entier : téléchargez-le à nouveau."
        )


def _tous_locaux(fichiers: Sequence[Path], types: "pd.Series[str]", presence: pd.DataFrame) -> pd.DataFrame:
    siens = types.to_numpy(dtype=object)[presence["ligne"]]
    tous: pd.DataFrame = presence.loc[siens == "all"]
    sans = set(presence["fichier"]) - set(tous["fichier"])
    if sans:
        premier = min(sans)
        lus = ", ".join(sorted(set(siens[presence["fichier"] == premier])))
        raise DebitInvalide(f"{fichiers[premier]} : aucune ligne de type « all » (types lus : {lus}).")
    return tous


def codes_actuels(lues: Lues, fichiers: Sequence[Path], cog: Cog) -> tuple[pd.DataFrame, list[ProblemeDebit]]:
    """The rows and their column `actuel` (current code); those of unknown code are dropped and listed.

    Raises DebitInvalide when Paris, Lyon or Marseille is there both whole and by arrondissement (counted twice).
    """
    table = lues.table
    table = table.assign(actuel=pd.Series([cog.actuel(c) for c in table[CODE]], index=table.index, dtype=object))
    siens = table.loc[lues.presences["ligne"], [CODE, "actuel"]].assign(fichier=lues.presences["fichier"].to_numpy())
    entiers = set(zip(siens["fichier"], siens[CODE], strict=True))
    partis = siens.loc[siens[CODE].isin(cog.arrondissements)]
    doubles = sorted(set(zip(partis["fichier"], partis["actuel"], strict=True)) & entiers)
    if doubles:
        premier = doubles[0][0]
        raise DebitInvalide(
            f"{fichiers[premier]} : {', '.join(code for rang, code in doubles if rang == premier)} figure en entier et "
            "par arrondissement ; gardez l'un des deux."
        )
    inconnus = table.loc[table["actuel"].isna(), CODE]
    motif = "Ce code n'existe pas dans le code officiel géographique."
    return table.loc[table["actuel"].notna()], [ProblemeDebit(lues.nom, code, motif) for code in inconnus]


def une_fois(lues: Lues, table: pd.DataFrame) -> pd.DataFrame:
    """The rows that count: a commune found in several files counts as the first one says, with all its parts there."""
    presentes = lues.presences.loc[lues.presences["ligne"].isin(table.index)]
    actuels = table.loc[presentes["ligne"], "actuel"].to_numpy(dtype=object)
    premiers = presentes.groupby(actuels)["fichier"].transform("min")
    return table.loc[presentes.loc[presentes["fichier"] == premiers, "ligne"]]


def nombres(fichier: str, table: pd.DataFrame, colonnes: Iterable[str]) -> tuple[pd.DataFrame, list[ProblemeDebit]]:
    """Replace columns by numbers of premises; absent column or empty cell: NaN; not a count: NaN, and listed."""
    problemes: list[ProblemeDebit] = []
    for nom in colonnes:
        textes = table[nom] if nom in table else pd.Series("", index=table.index)
        valides = textes.str.fullmatch(r"\d+")
        motifs = table.loc[~valides & (textes != ""), CODE]
        problemes += [
            ProblemeDebit(fichier, code, f"La colonne « {nom} » ne contient pas un nombre de locaux : « {texte} ».")
            for code, texte in zip(motifs, textes[motifs.index], strict=True)
        ]
        table = table.assign(**{nom: pd.to_numeric(textes.where(valides), errors="raise").astype(float)})
    return table, problemes


def sommer(table: pd.DataFrame, colonnes: Sequence[str]) -> pd.DataFrame:
    """Sum counts by current code (merged communes); one unknown part makes the whole unknown. Index: `actuel`."""
    groupes = table.groupby("actuel")[list(colonnes)]
    inconnus = table[list(colonnes)].isna().groupby(table["actuel"]).any()
    return groupes.sum().mask(inconnus)
