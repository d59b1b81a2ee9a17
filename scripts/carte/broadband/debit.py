"""One row of fixed broadband per commune: wired when ARCEP's wired table is there, else bounded."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from carte.broadband.classes import CLASSES, borner, exact, lire_classes, lire_si_presents, lire_techno
from carte.broadband.cuivre import lire_cuivre
from carte.broadband.tables import CODE, ProblemeDebit
from carte.territory import Cog, Territoire, cog_de

FILAIRE = "commune_debit_filaire.csv"
TERRESTRE = "commune_debit_terrestre.csv"
MEILLEURE_TECHNO = "commune_meilleure_techno.csv"
CUIVRE = "fermeture_cuivre.csv"

_BORNES = tuple(f"{classe}_{borne}" for classe in CLASSES for borne in ("min", "max"))
_NOMBRES = ("locaux", *_BORNES, "ftth")
COLONNES = (CODE, "locaux", "techno", *_BORNES, "ftth", "fermeture_cuivre", "statut_cuivre", "millesime")


@dataclass(frozen=True, slots=True)
class Debit:
    """Broadband of a territory.

    `communes`: one row per commune of the territory, in its order, figures in premises (never inhabitants):
    `code_insee locaux techno <classe>_min <classe>_max ftth fermeture_cuivre statut_cuivre millesime`, with `techno`
    `filaire` (wired, exact: min = max), `filaire_borne` (wired, between bounds), `terrestre` (wired and radio
    together, exact: never to be added to wired figures), or None without any figure. Unknown: NaN, NaT, None.
    `millesime`: date of the data, or dates when tables differ; None without data.
    """

    communes: pd.DataFrame
    problemes: tuple[ProblemeDebit, ...]
    millesime: str | None


def lire(geo: Path, departements: Sequence[str], territoire: Territoire) -> Debit:
    """Read the tables of `geo/<département>/arcep/` (every file is optional) for a territory's communes.

    Codes are brought to the COG's: counts of merged communes are summed, arrondissements folded. For each commune the
    wired table wins; without it, wired figures are bounded from the best technology of premises (see `borner`); with
    the terrestrial table alone, its figures are given as `terrestre`.
    Raises DebitInvalide when a file cannot be trusted as a whole; faults of single rows are listed.
    """
    liste = [geo / departement / "arcep" for departement in departements]
    cog = cog_de(territoire)
    filaire, fautes_filaire = lire_si_presents(lire_classes, [d / FILAIRE for d in liste], cog)
    terrestre, fautes_terrestre = lire_si_presents(lire_classes, [d / TERRESTRE for d in liste], cog)
    technos, fautes_techno = lire_si_presents(lire_techno, [d / MEILLEURE_TECHNO for d in liste], cog)
    cuivre, fautes_cuivre = lire_si_presents(lire_cuivre, [d / CUIVRE for d in liste], cog)
    debits = pd.concat([exact(filaire, "filaire"), borner(technos, terrestre), exact(terrestre, "terrestre")])
    codes = list(territoire.communes[CODE])
    communes = _par_commune(codes, debits, technos, cuivre)
    fautes = [*fautes_filaire, *fautes_terrestre, *fautes_techno, *fautes_cuivre]
    return Debit(
        communes=communes,
        problemes=tuple(sorted({*_utiles(fautes, codes, cog), *_manques(communes, territoire)})),
        millesime=", ".join(sorted(set(communes["millesime"].dropna()))) or None,
    )


def _par_commune(codes: list[str], debits: pd.DataFrame, technos: pd.DataFrame, cuivre: pd.DataFrame) -> pd.DataFrame:
    """Assemble the contract's columns, with the same types whichever files are there."""
    prefere = debits.loc[~debits.index.duplicated()].drop(columns="ftth", errors="ignore").reindex(codes)
    fibre = technos.reindex(index=codes, columns=["ftth"])
    fermeture = cuivre.reindex(index=codes, columns=["statut_cuivre", "fermeture_cuivre"])
    table = pd.concat([prefere, fibre, fermeture], axis=1)
    nombres = table.reindex(columns=list(_NOMBRES)).astype(float)
    return nombres.assign(
        code_insee=codes,
        techno=_textes(table, "techno"),
        fermeture_cuivre=pd.to_datetime(table["fermeture_cuivre"]),
        statut_cuivre=_textes(table, "statut_cuivre"),
        millesime=_textes(table, "millesime"),
    )[list(COLONNES)].reset_index(drop=True)


def _textes(table: pd.DataFrame, nom: str) -> "pd.Series[str]":
    """A column of texts where the unknown is None, not NaN."""
    valeurs = table[nom] if nom in table else pd.Series(None, index=table.index, dtype=object)
    return pd.Series([None if pd.isna(x) else x for x in valeurs], index=table.index, dtype=object)


def _utiles(fautes: Sequence[ProblemeDebit], codes: Sequence[str], cog: Cog) -> list[ProblemeDebit]:
    """Drop the faults of communes outside the territory (national tables); those of unknown codes may be ours."""
    connus = set(codes)
    return [faute for faute in fautes if (actuel := cog.actuel(faute.code)) is None or actuel in connus]


def _manques(communes: pd.DataFrame, territoire: Territoire) -> list[ProblemeDebit]:
    """What the assembled picture lacks: communes of the perimeter without figures, sources or dates that differ."""
    dedans = territoire.communes["dans_perimetre"].to_numpy(dtype=bool)
    connus = communes.loc[communes["techno"].notna()]
    problemes = [
        ProblemeDebit("", code, "Aucune donnée de débit pour cette commune : son débit est inconnu.")
        for code in communes.loc[dedans & communes["techno"].isna(), CODE]
    ]
    if connus["techno"].nunique() > 1:
        technos = ", ".join(sorted(set(connus["techno"])))
        problemes.append(ProblemeDebit("", "", f"Les communes n'ont pas toutes la même source de débit : {technos}."))
    if communes["millesime"].nunique() > 1:
        dates = ", ".join(sorted(set(communes["millesime"].dropna())))
        problemes.append(ProblemeDebit("", "", f"Les données de débit n'ont pas toutes la même date : {dates}."))
    return problemes
