"""ARCEP's tables as text: read by column name, one row per commune, numbers only once checked.

Source: ARCEP, « Ma connexion internet », statistics by commune (quarterly, Licence Ouverte): UTF-8, `;`, columns in any
order, names of communes with damaged bytes (never used here: names come from the COG).
"""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from carte.ecrits.cadres import cadre
from carte.ecrits.csv_strict import lire_csv
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


def lire_table(fichier: Path, obligatoires: Sequence[str]) -> pd.DataFrame:
    """Read a table, everything as text, keeping the rows of `type` « all » (or all rows, without that column).

    A code of four figures has its zero back. Raises DebitInvalide: unreadable file, file cut short, column missing
    among `obligatoires`, edition before 2021, no row « all », a commune twice.
    """
    verifier_fin(_octets(fichier), str(fichier))
    table = cadre(lire_csv(fichier, DebitInvalide, abime=True))
    table = table.rename(columns=lambda nom: nom.lower()).reset_index(drop=True)
    _verifier_colonnes(fichier, table, obligatoires)
    table[CODE] = table[CODE].where(~table[CODE].str.fullmatch(r"\d{4}"), "0" + table[CODE])
    if "type" in table:
        table = _tous_locaux(fichier, table)
    doubles = sorted(set(table.loc[table[CODE].duplicated(), CODE]))
    if doubles:
        raise DebitInvalide(
            f"{fichier} : plusieurs lignes pour {', '.join(doubles[:5])} ; il en faut une seule par commune."
        )
    return table


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


def _tous_locaux(fichier: Path, table: pd.DataFrame) -> pd.DataFrame:
    tous = table.loc[table["type"] == "all"]
    if tous.empty and not table.empty:
        types = ", ".join(sorted(set(table["type"])))
        raise DebitInvalide(f"{fichier} : aucune ligne de type « all » (types lus : {types}).")
    return tous


def codes_actuels(fichier: Path, table: pd.DataFrame, cog: Cog) -> tuple[pd.DataFrame, list[ProblemeDebit]]:
    """Add the column `actuel` (current code); rows of unknown code are dropped and listed.

    Raises DebitInvalide when Paris, Lyon or Marseille is there both whole and by arrondissement (counted twice).
    """
    table = table.assign(actuel=pd.Series([cog.actuel(c) for c in table[CODE]], index=table.index, dtype=object))
    arrondissements = table.loc[table[CODE].isin(cog.arrondissements), "actuel"]
    doubles = sorted(set(arrondissements) & set(table[CODE]))
    if doubles:
        raise DebitInvalide(
            f"{fichier} : {', '.join(doubles)} figure en entier et par arrondissement ; gardez l'un des deux."
        )
    inconnus = table.loc[table["actuel"].isna(), CODE]
    motif = "Ce code n'existe pas dans le code officiel géographique."
    return table.loc[table["actuel"].notna()], [ProblemeDebit(fichier.name, code, motif) for code in inconnus]


def nombres(fichier: Path, table: pd.DataFrame, colonnes: Iterable[str]) -> tuple[pd.DataFrame, list[ProblemeDebit]]:
    """Replace columns by numbers of premises; absent column or empty cell: NaN; not a count: NaN, and listed."""
    problemes: list[ProblemeDebit] = []
    for nom in colonnes:
        textes = table[nom] if nom in table else pd.Series("", index=table.index)
        valides = textes.str.fullmatch(r"\d+")
        motifs = table.loc[~valides & (textes != ""), CODE]
        problemes += [
            ProblemeDebit(
                fichier.name, code, f"La colonne « {nom} » ne contient pas un nombre de locaux : « {texte} »."
            )
            for code, texte in zip(motifs, textes[motifs.index], strict=True)
        ]
        table = table.assign(**{nom: pd.to_numeric(textes.where(valides), errors="raise").astype(float)})
    return table, problemes


def sommer(table: pd.DataFrame, colonnes: Sequence[str]) -> pd.DataFrame:
    """Sum counts by current code (merged communes); one unknown part makes the whole unknown. Index: `actuel`."""
    groupes = table.groupby("actuel")[list(colonnes)]
    inconnus = table[list(colonnes)].isna().groupby(table["actuel"]).any()
    return groupes.sum().mask(inconnus)
