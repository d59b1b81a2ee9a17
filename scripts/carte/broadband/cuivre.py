"""Closure of the copper network: state and date by commune. Copper lost to closure is no degradation."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from carte.broadband.tables import CODE, DebitInvalide, ProblemeDebit, codes_actuels, lire_tables, une_fois
from carte.ecrits.csv_strict import jour_ecrit
from carte.territory import Cog

FERMEE, PLANIFIEE, NON_PLANIFIEE = "fermée", "planifiée", "non planifiée"
STATUTS = (FERMEE, PLANIFIEE, NON_PLANIFIEE)
# What data.economie.gouv.fr writes instead, for the public.
_PHRASES = {
    "le réseau est déjà fermé": FERMEE,
    "la fermeture est prévue": PLANIFIEE,
}


def lire_cuivre(fichiers: Sequence[Path], cog: Cog) -> tuple[pd.DataFrame, list[ProblemeDebit]]:
    """Read closure tables: `statut_cuivre` (one of STATUTS or None) and `fermeture_cuivre` (NaT), by current code.

    When merged communes differ, the whole is `planifiée` at its first date: nothing is closed before all of it is.
    The state is in `statut` (one of STATUTS) or in `output_usager` (a sentence of data.economie.gouv.fr).
    Raises DebitInvalide when a file is not this table.
    """
    lues = lire_tables(fichiers, (CODE, "fermeture_technique"), _avec_statut)
    table, problemes = codes_actuels(lues, fichiers, cog)
    table = table.assign(date=pd.to_datetime(table["fermeture_technique"].map(jour_ecrit)))
    problemes += [
        ProblemeDebit(lues.nom, code, motif)
        for code, statut, texte, date in zip(
            *(table[nom] for nom in (CODE, "statut", "fermeture_technique", "date")), strict=True
        )
        if (motif := _motif(statut, texte, pd.isna(date)))
    ]
    groupes = une_fois(lues, table).groupby("actuel")
    return pd.DataFrame(
        {
            "statut_cuivre": groupes["statut"].agg(_statut).astype(object),
            "fermeture_cuivre": groupes["date"].min(),
        }
    ), problemes


def _avec_statut(fichier: Path, table: pd.DataFrame) -> pd.DataFrame:
    """The state of each row in one of STATUTS, or the text as it is when it says something else."""
    if "statut" not in table and "output_usager" not in table:
        raise DebitInvalide(f"{fichier} : il manque la colonne « statut », ou « output_usager ».")
    textes = table["statut" if "statut" in table else "output_usager"].str.lower().str.replace("’", "'")
    return table.assign(statut=textes.map(lambda texte: _PHRASES.get(texte, texte)))


def _motif(statut: str, texte: str, sans_date: bool) -> str | None:
    if statut not in STATUTS:
        return f"Statut du réseau cuivre inconnu : « {statut} ». Statuts possibles : {', '.join(STATUTS)}."
    if texte and sans_date:
        return f"Date de fermeture illisible : « {texte} » ; écrivez année-mois-jour."
    if statut != NON_PLANIFIEE and sans_date:
        return f"Le réseau cuivre est annoncé « {statut} », mais sans date de fermeture."
    return None


def _statut(statuts: "pd.Series[str]") -> str | None:
    connus = set(statuts)
    if not connus <= set(STATUTS):
        return None
    return connus.pop() if len(connus) == 1 else PLANIFIEE
