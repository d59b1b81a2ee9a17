"""Closure of the copper network: state and date by commune. Copper lost to closure is no degradation."""

from pathlib import Path

import pandas as pd

from carte.broadband.tables import CODE, DebitInvalide, ProblemeDebit, codes_actuels, lire_table
from carte.ecrits.csv_strict import jour_ecrit
from carte.territory import Cog

FERMEE, PLANIFIEE, NON_PLANIFIEE = "fermée", "planifiée", "non planifiée"
STATUTS = (FERMEE, PLANIFIEE, NON_PLANIFIEE)
# What data.economie.gouv.fr writes instead, for the public.
_PHRASES = {
    "le réseau est déjà fermé": FERMEE,
    "la fermeture est prévue": PLANIFIEE,
}


def lire_cuivre(fichier: Path, cog: Cog) -> tuple[pd.DataFrame, list[ProblemeDebit]]:
    """Read the closure table: `statut_cuivre` (one of STATUTS or None) and `fermeture_cuivre` (NaT), by current code.

    When merged communes differ, the whole is `planifiée` at its first date: nothing is closed before all of it is.
    The state is in `statut` (one of STATUTS) or in `output_usager` (a sentence of data.economie.gouv.fr).
    Raises DebitInvalide when the file is not this table.
    """
    lue = lire_table(fichier, (CODE, "fermeture_technique"))
    if "statut" not in lue and "output_usager" not in lue:
        raise DebitInvalide(f"{fichier} : il manque la colonne « statut », ou « output_usager ».")
    table, problemes = codes_actuels(fichier, lue.assign(statut=_statuts(lue)), cog)
    dates = pd.to_datetime(table["fermeture_technique"].map(jour_ecrit))
    table = table.assign(date=dates)
    problemes += [
        ProblemeDebit(fichier.name, str(ligne[CODE]), motif)
        for ligne in table.to_dict("records")
        if (motif := _motif(str(ligne["statut"]), str(ligne["fermeture_technique"]), pd.isna(ligne["date"])))
    ]
    groupes = table.groupby("actuel")
    return pd.DataFrame(
        {
            "statut_cuivre": groupes["statut"].agg(_statut).astype(object),
            "fermeture_cuivre": groupes["date"].min(),
        }
    ), problemes


def _statuts(table: pd.DataFrame) -> "pd.Series[str]":
    """The state of each row in one of STATUTS, or the text as it is when it says something else."""
    textes = table["statut" if "statut" in table else "output_usager"].str.lower().str.replace("’", "'")
    return textes.map(lambda texte: _PHRASES.get(texte, texte))


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
