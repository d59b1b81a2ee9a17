"""From each ARCEP table to the premises of each class of speed, exactly or between bounds."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from carte.broadband.tables import CODE, ProblemeDebit, codes_actuels, lire_table, nombres, sommer
from carte.choix import CLASSES_DEBIT
from carte.territory import Cog

CLASSES = tuple(CLASSES_DEBIT)
"""Classes of downstream speed, cumulative, from 0.5 Mbit/s to 1 Gbit/s."""
TECHNOS = ("ftth", "coax", "cu", "thdr", "4gf", "hdr", "sat")
"""Best technologies: fibre, cable and copper are wired; then radio (very fast), fixed 4G, radio, satellite."""

_ELIGIBLES = [f"elig_{classe}" for classe in CLASSES]
_PAR_TECHNO = [f"elig_{techno}" for techno in TECHNOS]

Lecture = tuple[pd.DataFrame, list[ProblemeDebit]]


def reunir(lire: Callable[[Path, Cog], Lecture], fichiers: Sequence[Path], cog: Cog) -> Lecture:
    """Read one table in each folder that has it; a commune found in several (national copies) counts once."""
    lectures = [lire(fichier, cog) for fichier in fichiers if fichier.exists()]
    if not lectures:
        return pd.DataFrame(), []
    table = pd.concat([lecture[0] for lecture in lectures])
    return table.loc[~table.index.duplicated()], [probleme for lecture in lectures for probleme in lecture[1]]


def lire_classes(fichier: Path, cog: Cog) -> Lecture:
    """Read a table of speeds: `locaux`, one column per class, `millesime`, by current code.

    A class that the table does not have is NaN. Rows that break thd1g ≤ thd100 ≤ … ≤ hd05 ≤ nbr are listed, and
    their classes unknown.
    """
    return _lire(fichier, cog, _ELIGIBLES, _sans_rupture, dict(zip(_ELIGIBLES, CLASSES, strict=True)))


def lire_techno(fichier: Path, cog: Cog) -> Lecture:
    """Read the best technology of premises: `locaux`, one column per technology, `millesime`, by current code.

    It is a partition: rows whose sum is not `nbr` are listed; above `nbr`, their technologies are unknown.
    """
    return _lire(fichier, cog, _PAR_TECHNO, _sans_exces, dict(zip(_PAR_TECHNO, TECHNOS, strict=True)))


def exact(classes: pd.DataFrame, techno: str) -> pd.DataFrame:
    """Bounds that meet: `<classe>_min` = `<classe>_max` = the table's figure."""
    if classes.empty:
        return classes
    bornes = {f"{classe}_{borne}": classes[classe] for classe in CLASSES for borne in ("min", "max")}
    return pd.DataFrame({"locaux": classes["locaux"], "techno": techno, **bornes, "millesime": classes["millesime"]})


def borner(technos: pd.DataFrame, terrestre: pd.DataFrame) -> pd.DataFrame:
    """Wired classes between bounds, from the best technology of each premise.

    Fibre reaches every class and cable at least 30 Mbit/s, so ftth + coax ≤ thd30. A premise whose best technology is
    radio or satellite has no faster wire, so thd30 ≤ ftth + coax + cu; copper stops under 1 Gbit/s. Below 30 Mbit/s a
    slow line may hide behind a faster radio: the upper bound is then every premise. Wired premises are also terrestrial
    ones, so the terrestrial count, where known, caps each class.
    """
    if technos.empty:
        return technos
    fibre, cable, cuivre = (technos[nom] for nom in ("ftth", "coax", "cu"))
    bas = dict.fromkeys(CLASSES, fibre + cable) | {"thd100": fibre, "thd1g": fibre}
    haut = dict.fromkeys(CLASSES, technos["locaux"].where(fibre.notna()))
    haut |= {"thd30": fibre + cable + cuivre, "thd100": fibre + cable + cuivre, "thd1g": fibre + cable}
    plafonds = terrestre.reindex(index=technos.index, columns=list(CLASSES)).astype(float)
    bornes: dict[str, pd.Series[float]] = {}
    for classe in CLASSES:
        plafonne = haut[classe].mask(plafonds[classe] < haut[classe], plafonds[classe])
        # Two tables that contradict each other leave the class unknown rather than bounds upside down.
        coherent = bas[classe] <= plafonne
        bornes |= {f"{classe}_min": bas[classe].where(coherent), f"{classe}_max": plafonne.where(coherent)}
    return pd.DataFrame(
        {"locaux": technos["locaux"], "techno": "filaire_borne", **bornes, "millesime": technos["millesime"]}
    )


def _lire(
    fichier: Path,
    cog: Cog,
    colonnes: list[str],
    controle: Callable[[Path, pd.DataFrame], Lecture],
    noms: dict[str, str],
) -> Lecture:
    table, inconnus = codes_actuels(fichier, lire_table(fichier, (CODE, "nbr")), cog)
    table, illisibles = nombres(fichier, table, ["nbr", *colonnes])
    table, impossibles = controle(fichier, table)
    sommes = sommer(table, ["nbr", *colonnes]).rename(columns={"nbr": "locaux", **noms})
    return sommes.assign(millesime=_dates(table)), [*inconnus, *illisibles, *impossibles]


def _dates(table: pd.DataFrame) -> "pd.Series[str]":
    dates = table["date"] if "date" in table else pd.Series("", index=table.index)
    connues: pd.Series[str] = dates.where(dates != "", None).groupby(table["actuel"]).max()
    return connues


def _sans_rupture(fichier: Path, table: pd.DataFrame) -> Lecture:
    """Check the cumulative classes, each against the next wider one that is known."""
    valeurs = table[["nbr", *_ELIGIBLES]].to_numpy(dtype=np.float64)
    plafonds = np.fmin.accumulate(valeurs, axis=1)
    # With everything in order, the running minimum is the value itself.
    rompues = np.any(valeurs > plafonds, axis=1)
    motif = "Classes de débit impossibles : chaque classe doit être au plus égale à celle d'avant ({})."
    problemes = [
        ProblemeDebit(fichier.name, str(code), motif.format(_en_clair(["nbr", *CLASSES], ligne)))
        for code, ligne in zip(table.loc[rompues, CODE], valeurs[rompues], strict=True)
    ]
    return table.assign(**{nom: table[nom].mask(rompues) for nom in _ELIGIBLES}), problemes


def _sans_exces(fichier: Path, table: pd.DataFrame) -> Lecture:
    """Check the partition of premises by best technology."""
    # Absent technologies make a sum unknown: the check then says nothing.
    somme = table[_PAR_TECHNO].sum(axis=1, skipna=False)
    ecarts = somme.notna() & table["nbr"].notna() & (somme != table["nbr"])
    motif = "La somme des locaux par meilleure technologie ({:.0f}) n'est pas le nombre de locaux ({:.0f})."
    problemes = [
        ProblemeDebit(fichier.name, str(code), motif.format(total, nbr))
        for code, total, nbr in zip(table.loc[ecarts, CODE], somme[ecarts], table.loc[ecarts, "nbr"], strict=True)
    ]
    exces = ecarts & (somme > table["nbr"])
    return table.assign(**{nom: table[nom].mask(exces) for nom in _PAR_TECHNO}), problemes


def _en_clair(noms: Sequence[str], valeurs: Sequence[float]) -> str:
    return ", ".join(f"{nom} {valeur:.0f}" for nom, valeur in zip(noms, valeurs, strict=True) if not np.isnan(valeur))
