"""Real travel times, when a routing engine gave some: they replace the estimates, and have no interval.

The file: `origine;destination;minutes;mode;source`, and `km` (length of the road) when it is known; UTF-8. `origine` is
a commune code, `destination` the identifier of a point of offer or a commune code (then every point there), `mode` one
of voiture, velo, pied.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from carte.access.hypotheses import Mode
from carte.access.paires import Communes, Lieux, cles, mesurer, uniques
from carte.access.points import Reels
from carte.access.trajets import Trajets, estimer_paires
from carte.ecrits.cadres import cadre, codes_communes, pas_des_communes
from carte.ecrits.csv_strict import lire_csv
from carte.erreurs import ErreurCarte

FICHIER = "temps.csv"
KM = "km"
COLONNES = ("origine", "destination", "minutes", "mode", "source")


class MatriceInvalide(ErreurCarte):
    """The file of times cannot be used; the message says which line, and what would be right."""


@dataclass(frozen=True, slots=True, eq=False)
class Matrice:
    """`table` has the columns of the file (minutes as numbers); `sources` names where times come from."""

    table: pd.DataFrame

    @property
    def sources(self) -> list[str]:
        return sorted(set(self.table["source"]))

    def depuis(self, groupes: Iterable[Iterable[str]]) -> "Iterator[Matrice]":
        """The lines that leave from each group of communes (codes), in their order; the table is looked through once,
        however many groups there are."""
        lignes = self.table.groupby("origine", sort=False).indices
        for codes in groupes:
            trouvees = [lignes[code] for code in codes if code in lignes]
            yield Matrice(self.table.iloc[np.sort(np.concatenate(trouvees))] if trouvees else self.table.iloc[:0])


def lire_matrice(fichier: Path) -> Matrice:
    """Read a file of times. Raises MatriceInvalide with the first line at fault."""
    table = cadre(lire_csv(fichier, MatriceInvalide))
    manquantes = [nom for nom in COLONNES if nom not in table]
    if manquantes:
        raise MatriceInvalide(f"{fichier} : il manque la colonne « {manquantes[0]} ».")
    minutes = pd.to_numeric(table["minutes"].str.replace(",", "."), errors="coerce")
    _refuser(fichier, ~(minutes >= 0) | np.isinf(minutes), "« minutes » attend un nombre positif")
    _refuser(fichier, ~table["mode"].isin(list(Mode)), f"« mode » attend {', '.join(Mode)}")
    table["origine"] = codes_communes(table["origine"])
    _refuser(fichier, pas_des_communes(table["origine"]), "« origine » attend le code Insee d'une commune")
    doubles = table.duplicated(["origine", "destination", "mode"])
    _refuser(fichier, doubles, "ce trajet est déjà donné plus haut pour ce mode")
    km = pd.to_numeric(table[KM].str.replace(",", "."), errors="coerce") if KM in table else np.nan
    return Matrice(table[list(COLONNES)].assign(minutes=minutes, km=km).reset_index(drop=True))


def lire_matrices(geo: Path, departements: Sequence[str]) -> Matrice | None:
    """The times of every département that gives some (`geo/<département>/temps.csv`); None when none does.

    A trip that two files give is read in the first. Raises MatriceInvalide.
    """
    fichiers = [fichier for code in departements if (fichier := geo / code / FICHIER).exists()]
    if not fichiers:
        return None
    table = pd.concat([lire_matrice(fichier).table for fichier in fichiers], ignore_index=True)
    return Matrice(table.drop_duplicates(["origine", "destination", "mode"], ignore_index=True))


def remplacer(
    trajets: Trajets,
    matrice: Matrice,
    communes: Communes,
    lieux: Lieux,
    codes: Sequence[str],
    points: Iterable[Sequence[str | None]],
) -> Trajets:
    """Put the times of the matrix in place of the estimates, adding the pairs that no estimate had.

    `codes` are the codes of the communes, `points` the (identifier, commune code) of each point of offer. Stops of
    mobile services still serve their own commune only. A measured time knows the way round barriers. Lines that
    `non_reconnues` lists change nothing.
    """
    table = _positions(matrice, codes, points)
    permis = ~lieux.local[table["lieu"]] | (lieux.commune[table["lieu"]] == table["commune"])
    table = table[permis.to_numpy()]
    if communes.chez is not None:  # what is measured from a commune is so from everywhere in it
        lignes = pd.DataFrame({"commune": communes.chez, "ligne": np.arange(len(communes.chez))})
        table = table.merge(lignes, on="commune").drop(columns="commune").rename(columns={"ligne": "commune"})
    donnees = cles(table["commune"].to_numpy(), table["lieu"].to_numpy(), lieux)
    toutes = uniques(np.concatenate([cles(trajets.paires.commune, trajets.paires.lieu, lieux), donnees]))
    paires = mesurer(communes, lieux, toutes)
    estime = estimer_paires(paires, communes, lieux, trajets.hypotheses)
    minutes, mesures = {mode: valeurs.copy() for mode, valeurs in estime.minutes.items()}, {}
    routes: dict[Mode, Reels] = {}
    for mode in Mode:
        choisies = table["mode"].to_numpy() == mode
        rangs = np.searchsorted(toutes, donnees[choisies])
        minutes[mode][rangs] = table["minutes"].to_numpy()[choisies]
        mesures[mode] = np.isin(np.arange(len(toutes)), rangs)
        if KM in table and table[KM].notna().any():
            routes[mode] = np.full(len(toutes), np.nan)
            routes[mode][rangs] = table[KM].to_numpy(dtype=np.float64)[choisies]
    return replace(estime, minutes=minutes, mesures=mesures, routes=routes, estimes=estime.minutes)


def non_reconnues(matrice: Matrice, codes: Sequence[str], points: Iterable[Sequence[str | None]]) -> pd.DataFrame:
    """The lines whose commune of origin or destination is unknown here, to be counted and shown."""
    connues = {nom for point in points for nom in point if nom is not None}
    table = matrice.table
    return table[~table["origine"].isin(set(codes)) | ~table["destination"].isin(connues)]


def _positions(matrice: Matrice, codes: Sequence[str], points: Iterable[Sequence[str | None]]) -> pd.DataFrame:
    """Lines of the matrix as positions; a line naming a point wins over one naming its commune."""
    destinations = pd.DataFrame(list(points), columns=["point", "code"]).rename_axis("lieu").reset_index()
    table = matrice.table.assign(commune=pd.Index(codes).get_indexer(pd.Index(matrice.table["origine"])))
    table = table[table["commune"] >= 0]
    par_point = table.merge(destinations, left_on="destination", right_on="point")
    par_code = table.merge(destinations, left_on="destination", right_on="code")
    return pd.concat([par_point, par_code]).drop_duplicates(["commune", "lieu", "mode"])


def _refuser(fichier: Path, fautes: "pd.Series[bool]", attendu: str) -> None:
    lignes = fautes.index[fautes]
    if len(lignes):
        raise MatriceInvalide(f"{fichier}:{lignes[0]} : {attendu}.")
