"""Lists of the offer by territory: places by type (table of IGAS), and the age of each source."""

from collections.abc import Iterable, Iterator

import pandas as pd

from carte.indicators.monde import Monde

PERIMETRE, TOTAL, TOUTES_SOURCES, SANS_TYPE = "perimetre", "total", "toutes", "inconnu"
ETATS = ("oui", "non", "non_dit", "pct", "pct_bas", "pct_haut")
_FAMILLES = {"accompagnement": "demarches", "formation": "formation"}


def structures_par_type(monde: Monde) -> pd.DataFrame:
    """Places by type, and whether they help with procedures and train: the table of IGAS 2019-033R.

    A place of several types counts in each, once in the total. Places that do not say are counted apart, and the
    percentage has bounds: it is unknown (NaN) when they differ.
    """
    blocs = [_structures(lieux).assign(niveau=niveau, code=code) for niveau, code, lieux in par_territoire(monde)]
    colonnes = [f"{nom}_{fin}" for nom in _FAMILLES for fin in ETATS]
    return _assembler(blocs, ["niveau", "code", "type", "structures", *colonnes])


def sources(monde: Monde) -> pd.DataFrame:
    """Number of records and oldest and newest dates of update, by source and for all."""
    blocs = [_dates(lieux).assign(niveau=niveau, code=code) for niveau, code, lieux in par_territoire(monde)]
    return _assembler(blocs, ["niveau", "code", "source", "fiches", "date_maj_min", "date_maj_max"])


def par_territoire(monde: Monde) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """Level, code and places (one row each) of every département of the perimeter, then of the perimeter."""
    dedans = monde.communes[monde.communes["dans_perimetre"].astype(bool)]
    codes = dedans.set_index("code_insee")["code_departement"]
    lieux = monde.offre.assign(territoire=monde.offre["code_insee"].map(codes)).dropna(subset="territoire")
    par_departement = lieux.drop_duplicates(["territoire", "lieu_id"])
    groupes = dict(list(par_departement.groupby("territoire")))
    for code in sorted(set(codes)):
        yield "departement", str(code), groupes.get(code, par_departement.iloc[:0])
    yield PERIMETRE, PERIMETRE, lieux.drop_duplicates("lieu_id")


def pourcentage(oui: int, tous: int) -> float:
    """A whole percentage, halves rounded up, as IGAS prints it; NaN over nothing."""
    return float((200 * oui + tous) // (2 * tous)) if tous else float("nan")


def _structures(lieux: pd.DataFrame) -> pd.DataFrame:
    types = pd.Series([list(types) or [SANS_TYPE] for types in lieux["typologie"]], lieux.index, dtype=object)
    eclates = lieux[list(_FAMILLES.values())].assign(type=types).explode("type")
    lignes = [_comptes(str(nom), groupe) for nom, groupe in eclates.groupby("type")]
    return pd.DataFrame([*lignes, _comptes(TOTAL, lieux)])


def _comptes(nom: str, lieux: pd.DataFrame) -> dict[str, object]:
    ligne: dict[str, object] = {"type": nom, "structures": len(lieux)}
    for titre, famille in _FAMILLES.items():
        tus, oui = int(lieux[famille].isna().sum()), int(lieux[famille].sum())
        bas, haut = pourcentage(oui, len(lieux)), pourcentage(oui + tus, len(lieux))
        valeurs = (oui, len(lieux) - oui - tus, tus, float("nan") if tus else bas, bas, haut)
        ligne |= {f"{titre}_{fin}": valeur for fin, valeur in zip(ETATS, valeurs, strict=True)}
    return ligne


def _dates(lieux: pd.DataFrame) -> pd.DataFrame:
    if "date_maj" not in lieux or lieux.empty:
        return pd.DataFrame(columns=["source", "fiches", "date_maj_min", "date_maj_max"])
    nommees = lieux.assign(source=lieux["source"].where(lieux["source"].notna(), SANS_TYPE))
    toutes = pd.concat([nommees, nommees.assign(source=TOUTES_SOURCES)])
    groupes = toutes.groupby("source")["date_maj"]
    table = pd.DataFrame({"fiches": groupes.size(), "date_maj_min": groupes.min(), "date_maj_max": groupes.max()})
    return table.reset_index()


def _assembler(blocs: Iterable[pd.DataFrame], colonnes: list[str]) -> pd.DataFrame:
    pleins = [bloc for bloc in blocs if len(bloc)]
    return pd.concat(pleins, ignore_index=True)[colonnes] if pleins else pd.DataFrame(columns=colonnes)
