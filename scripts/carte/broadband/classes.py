"""From each ARCEP table to the premises of each class of speed, exactly or between bounds."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from carte.broadband.tables import CODE, Lues, ProblemeDebit, codes_actuels, lire_tables, nombres, sommer, une_fois
from carte.choix import CLASSES_DEBIT
from carte.ecrits.texte import vouliez_vous_dire
from carte.territory import Cog

CLASSES = tuple(CLASSES_DEBIT)
"""Classes of downstream speed, cumulative, from 0.5 Mbit/s to 1 Gbit/s."""
TECHNOS = ("ftth", "coax", "cu_30", "thdr", "cu_8", "4gf", "hdr", "sat")
"""Best technologies, the best first: fibre, cable and copper are wired; then radio (very fast), fixed 4G, radio,
satellite. Copper stands on both sides of 30 Mbit/s; former editions have it whole, in `cu`."""

_ELIGIBLES = [f"elig_{classe}" for classe in CLASSES]
_CUIVRES = ["elig_cu_30", "elig_cu_8"]
_PAR_TECHNO = [f"elig_{techno}" for techno in (*TECHNOS, "cu")]
# The premises that have 8 Mbit/s, which the technologies share; former editions share them all.
_PARTAGES = "nbr_elig_8"

Lecture = tuple[pd.DataFrame, list[ProblemeDebit]]


def lire_si_presents(lire: Callable[[Sequence[Path], Cog], Lecture], fichiers: Sequence[Path], cog: Cog) -> Lecture:
    """Read one table in each folder that has it."""
    presents = [fichier for fichier in fichiers if fichier.exists()]
    return lire(presents, cog) if presents else (pd.DataFrame(), [])


def lire_classes(fichiers: Sequence[Path], cog: Cog) -> Lecture:
    """Read tables of speeds: `locaux`, one column per class, `millesime`, by current code.

    A class that no table has is NaN. Rows that break thd1g ≤ thd100 ≤ … ≤ hd05 ≤ nbr are listed, and
    their classes unknown.
    """
    return _lire(fichiers, cog, _ELIGIBLES, _sans_rupture, dict(zip(_ELIGIBLES, CLASSES, strict=True)))


def lire_techno(fichiers: Sequence[Path], cog: Cog) -> Lecture:
    """Read the best technology of premises: `locaux`, one column per technology and `cu`, `millesime`, by current code.

    It is a partition: rows whose sum is not that of the premises shared are listed; above it, their technologies are
    unknown. So they are without the columns of one of the two known layouts, which is listed too.
    """
    noms = dict(zip(_PAR_TECHNO, (*TECHNOS, "cu"), strict=True))
    return _lire(fichiers, cog, [*_PAR_TECHNO, _PARTAGES], _sans_exces, noms)


def exact(classes: pd.DataFrame, techno: str) -> pd.DataFrame:
    """Bounds that meet: `<classe>_min` = `<classe>_max` = the table's figure."""
    if classes.empty:
        return classes
    bornes = {f"{classe}_{borne}": classes[classe] for classe in CLASSES for borne in ("min", "max")}
    return pd.DataFrame({"locaux": classes["locaux"], "techno": techno, **bornes, "millesime": classes["millesime"]})


def borner(technos: pd.DataFrame, terrestre: pd.DataFrame) -> pd.DataFrame:
    """Wired classes between bounds, from the best technology of each premise.

    Fibre reaches every class, cable at least 30 Mbit/s, copper what its column says; a premise whose best technology is
    slower has no faster wire, and copper stops under 1 Gbit/s. Where copper is parted at 30 Mbit/s, thd30 is exact; a
    line of 8 Mbit/s may hide behind a very fast radio only. Where it is whole, its speed is unknown, and any slow line
    may hide behind a radio. Wired premises are also terrestrial ones, so the terrestrial count, where known, caps each
    class.
    """
    if technos.empty:
        return technos
    plafonds = terrestre.reindex(index=technos.index, columns=list(CLASSES)).astype(float)
    bas, haut = _etendues(technos)
    bornes: dict[str, pd.Series[float]] = {}
    for classe in CLASSES:
        plafonne = haut[classe].mask(plafonds[classe] < haut[classe], plafonds[classe])
        # Two tables that contradict each other leave the class unknown rather than bounds upside down.
        coherent = bas[classe] <= plafonne
        bornes |= {f"{classe}_min": bas[classe].where(coherent), f"{classe}_max": plafonne.where(coherent)}
    return pd.DataFrame(
        {"locaux": technos["locaux"], "techno": "filaire_borne", **bornes, "millesime": technos["millesime"]}
    )


def _etendues(technos: pd.DataFrame) -> tuple[dict[str, "pd.Series[float]"], dict[str, "pd.Series[float]"]]:
    """The least and the most premises that each class may hold."""
    fibre, cable, cuivre = (technos[nom] for nom in ("ftth", "coax", "cu"))
    rapide = technos["cu_30"]
    surs = fibre + cable
    # Unknown speed of copper: none of it for sure, all of it perhaps.
    au_moins_30, au_plus_30 = surs + rapide.fillna(0), surs + rapide.fillna(cuivre)
    au_moins_8 = surs + cuivre.where(rapide.notna(), 0)
    tous = technos["locaux"].where(fibre.notna())
    bas = dict.fromkeys(CLASSES, au_moins_8) | {"thd30": au_moins_30, "thd100": fibre, "thd1g": fibre}
    haut = dict.fromkeys(CLASSES, tous) | {"thd30": au_plus_30, "thd100": au_plus_30, "thd1g": surs}
    haut["bhd8"] = (surs + cuivre + technos["thdr"]).where(rapide.notna(), tous)
    return bas, haut


def _lire(
    fichiers: Sequence[Path],
    cog: Cog,
    colonnes: list[str],
    controle: Callable[[Lues, pd.DataFrame], Lecture],
    noms: dict[str, str],
) -> Lecture:
    lues = lire_tables(fichiers, (CODE, "nbr"))
    table, inconnus = codes_actuels(lues, fichiers, cog)
    table, illisibles = nombres(lues.nom, table, ["nbr", *colonnes])
    table, impossibles = controle(lues, table)
    table = une_fois(lues, table)
    sommes = sommer(table, ["nbr", *colonnes]).rename(columns={"nbr": "locaux", **noms})
    return sommes.assign(millesime=_dates(table)), [*_non_lues(lues, colonnes), *inconnus, *illisibles, *impossibles]


def _non_lues(lues: Lues, colonnes: Sequence[str]) -> list[ProblemeDebit]:
    """Columns of premises under a name that is none of ours: what they say would be unknown without a word. Not every
    edition has every column."""
    autres = sorted(nom for nom in map(str, lues.table) if nom.startswith("elig") and nom not in colonnes)
    motif = "La colonne « {} » n'est pas lue.{}"
    return [ProblemeDebit(lues.nom, "", motif.format(nom, vouliez_vous_dire(nom, colonnes))) for nom in autres]


def _dates(table: pd.DataFrame) -> "pd.Series[str]":
    dates = table["date"] if "date" in table else pd.Series("", index=table.index)
    connues: pd.Series[str] = dates.where(dates != "", None).groupby(table["actuel"]).max()
    return connues


def _sans_rupture(lues: Lues, table: pd.DataFrame) -> Lecture:
    """Check the cumulative classes, each against the next wider one that is known."""
    valeurs = table[["nbr", *_ELIGIBLES]].to_numpy(dtype=np.float64)
    plafonds = np.fmin.accumulate(valeurs, axis=1)
    # With everything in order, the running minimum is the value itself.
    rompues = np.any(valeurs > plafonds, axis=1)
    motif = "Classes de débit impossibles : chaque classe doit être au plus égale à celle d'avant ({})."
    problemes = [
        ProblemeDebit(lues.nom, str(code), motif.format(_en_clair(["nbr", *CLASSES], ligne)))
        for code, ligne in zip(table.loc[rompues, CODE], valeurs[rompues], strict=True)
    ]
    return table.assign(**{nom: table[nom].mask(rompues) for nom in _ELIGIBLES}), problemes


def _sans_exces(lues: Lues, table: pd.DataFrame) -> Lecture:
    """Check the layout, and the partition of premises by best technology."""
    table, problemes = _cuivre_entier(lues, table)
    parties = [nom for nom in _PAR_TECHNO if nom not in _CUIVRES]
    # Absent technologies make a sum unknown: the check then says nothing.
    somme = table[parties].sum(axis=1, skipna=False)
    partages = table[_PARTAGES].fillna(table["nbr"])
    ecarts = somme.notna() & partages.notna() & (somme != partages)
    motif = "La somme des locaux par meilleure technologie ({:.0f}) n'est pas le nombre de locaux ({:.0f})."
    problemes += [
        ProblemeDebit(lues.nom, str(code), motif.format(total, nombre))
        for code, total, nombre in zip(table.loc[ecarts, CODE], somme[ecarts], partages[ecarts], strict=True)
    ]
    exces = ecarts & (somme > partages)
    return table.assign(**{nom: table[nom].mask(exces) for nom in _PAR_TECHNO}), problemes


def _cuivre_entier(lues: Lues, table: pd.DataFrame) -> Lecture:
    """Copper as one figure, whichever layout; a file without any of it is said, with what it costs."""
    parti = table[_CUIVRES].sum(axis=1, skipna=False)
    table = table.assign(elig_cu=table["elig_cu"].fillna(parti))
    presentes = lues.presences.loc[lues.presences["ligne"].isin(table.index)]
    connues = table.loc[presentes["ligne"], ["elig_ftth", "elig_coax", "elig_cu"]].notna()
    par_fichier = connues.groupby(presentes["fichier"].to_numpy())
    sans = ~par_fichier.any()
    motif = (
        "Présentation inconnue : il manque {} (le cuivre peut être dans « elig_cu_30 » et « elig_cu_8 »). Sans la "
        "table filaire, le débit reste inconnu dans {} commune(s)."
    )
    return table, [
        ProblemeDebit(lues.nom, "", motif.format(", ".join(f"« {nom} »" for nom in sans.columns[manque]), nombre))
        for manque, nombre in zip(sans.to_numpy(), par_fichier.size(), strict=True)
        if manque.any()
    ]


def _en_clair(noms: Sequence[str], valeurs: Sequence[float]) -> str:
    return ", ".join(f"{nom} {valeur:.0f}" for nom, valeur in zip(noms, valeurs, strict=True) if not np.isnan(valeur))
