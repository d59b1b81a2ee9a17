"""N2: the figures that others published, and what those of communes add up to."""

from collections.abc import Iterator, Mapping

import pandas as pd

from carte.indicators.entrees import Entrees
from carte.indicators.monde import Monde

COLONNES = ["niveau", "code", "nom", "indicateur", "valeur", "denominateur", "unite", "source", "millesime"]
Noms = Mapping[str, str]


def n2(
    monde: Monde, entrees: Entrees, noms_epci: "pd.Series[str]", noms_departements: "pd.Series[str]"
) -> pd.DataFrame:
    """The published figures of the communes of the perimeter and of its EPCI, and the sums of those of communes.

    `noms_epci`, `noms_departements`: names by code.
    """
    if entrees.besoins is None:
        return pd.DataFrame(columns=COLONNES)
    dedans = monde.communes[monde.communes["dans_perimetre"].astype(bool)]
    connus = pd.DataFrame({"niveau": "commune", "code": dedans["code_insee"], "nom": dedans["nom"]})
    epci = pd.DataFrame({"niveau": "epci", "code": noms_epci.index, "nom": noms_epci.to_numpy()})
    table = entrees.besoins.merge(pd.concat([connus, epci]), on=["niveau", "code"])[COLONNES]
    sommes = pd.DataFrame(_sommes(table, dedans, dict(noms_epci), dict(noms_departements)), columns=COLONNES)
    ensemble = table if sommes.empty else pd.concat([table, sommes])
    return ensemble.sort_values(["niveau", "indicateur", "code"], ignore_index=True)


def _sommes(table: pd.DataFrame, dedans: pd.DataFrame, epci: Noms, departements: Noms) -> Iterator[dict[str, object]]:
    """The counts of communes by part of EPCI and by département."""
    comptes = table[(table["niveau"] == "commune") & table["denominateur"].notna()]
    for _, dites in comptes.groupby(["indicateur", "unite"]):
        lus = dites[["code", "valeur", "denominateur"]].groupby("code").sum()
        valeurs = dedans.join(lus, on="code_insee")
        for (code, departement), membres in valeurs.groupby(["code_epci", "code_departement"]):
            nom = epci.get(str(code), str(code))
            yield from _somme("epci_departement", f"{code}-{departement}", nom, membres, dites)
        for departement, membres in valeurs.groupby("code_departement"):
            nom = departements.get(str(departement), str(departement))
            yield from _somme("departement", str(departement), nom, membres, dites)


def _somme(niveau: str, code: str, nom: str, membres: pd.DataFrame, dites: pd.DataFrame) -> Iterator[dict[str, object]]:
    """The sum of one indicator over some communes, with every source and vintage that it is made of; nothing where an
    inhabited one is not told, or where none is."""
    ici = dites[dites["code"].isin(membres["code_insee"])]
    if ici.empty or not _entiers(membres):
        return
    yield {
        "niveau": niveau,
        "code": code,
        "nom": nom,
        "indicateur": ici["indicateur"].iloc[0],
        "unite": ici["unite"].iloc[0],
        "source": f"{_toutes(ici['source'])} (somme des communes)",
        "millesime": _toutes(ici["millesime"]),
        **{colonne: float(membres[colonne].sum()) for colonne in ("valeur", "denominateur")},
    }


def _toutes(mentions: "pd.Series[str]") -> str:
    return ", ".join(sorted(set(mentions)))


def _entiers(membres: pd.DataFrame) -> bool:
    return not (membres["valeur"].isna() & (membres["population"].fillna(1) > 0)).any()
