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
    """The counts of communes by part of EPCI and by département; nothing where an inhabited commune is not told."""
    comptes = table[(table["niveau"] == "commune") & table["denominateur"].notna()]
    for (indicateur, unite), dites in comptes.groupby(["indicateur", "unite"]):
        lus = dites[["code", "valeur", "denominateur"]].groupby("code").sum()
        valeurs = dedans.join(lus, on="code_insee")
        commun = {
            "indicateur": indicateur,
            "unite": unite,
            "source": f"{dites['source'].iloc[0]} (somme des communes)",
            "millesime": dites["millesime"].iloc[0],
        }
        for (code, departement), membres in valeurs.groupby(["code_epci", "code_departement"]):
            if _entiers(membres):
                cle = {
                    "niveau": "epci_departement",
                    "code": f"{code}-{departement}",
                    "nom": epci.get(str(code), str(code)),
                }
                yield cle | commun | _sommer(membres)
        for departement, membres in valeurs.groupby("code_departement"):
            if _entiers(membres):
                nom = departements.get(str(departement), str(departement))
                yield {"niveau": "departement", "code": str(departement), "nom": nom} | commun | _sommer(membres)


def _entiers(membres: pd.DataFrame) -> bool:
    return not (membres["valeur"].isna() & (membres["population"].fillna(1) > 0)).any()


def _sommer(membres: pd.DataFrame) -> dict[str, float]:
    return {nom: float(membres[nom].sum()) for nom in ("valeur", "denominateur")}
