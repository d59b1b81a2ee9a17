"""The worked example and hand-made worlds, as the frames that `compute` reads. No figure is expected here."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest

from carte.access import Hypotheses, Points, planes
from carte.choix import FAMILLES, Seuils
from carte.indicators import Entrees, Indicateurs, Parametres, compute
from carte.indicators.attaches import ATTACHES
from carte.territory import Territoire

FICHIER = Path(__file__).parents[2].parent / "shared" / "reference" / "exemple-indicateurs.json"
partage = pytest.mark.skipif(not FICHIER.exists(), reason="../shared/reference/exemple-indicateurs.json absent")

HYPOTHESES = Hypotheses(detour_velo=1.3)
SEUILS = Seuils(voiture=(15, 20, 30), velo=(30,), pied=30)


def plan(table: pd.DataFrame) -> Points:
    return planes(table["x_km"], table["y_km"])


def charger() -> dict[str, Any]:
    contenu: dict[str, Any] = json.loads(FICHIER.read_text(encoding="utf-8"))
    return contenu


@dataclass(frozen=True)
class Monde:
    """A small plane world: communes and places as lists of dictionaries, with sensible defaults."""

    communes: list[dict[str, Any]]
    lieux: list[dict[str, Any]] = field(default_factory=list)
    departements: tuple[str, ...] = ()

    def territoire(self) -> Territoire:
        defauts = {"surface_km2": 4.0, "population": 1000.0, "code_epci": "E1", "code_region": "99"}
        table = pd.DataFrame([defauts | commune for commune in self.communes])
        table = table.assign(nom=table.get("nom", table["code_insee"]), code_departement=table["code_insee"].str[:2])
        dedans = table["code_departement"].isin(self.departements or set(table["code_departement"]))
        table = table.assign(dans_perimetre=dedans, geometry=None)
        membres = table.dropna(subset="code_epci").groupby("code_epci")["code_insee"].apply(list)
        epci = pd.DataFrame({"code_epci": membres.index, "nom": membres.index, "membres": list(membres)})
        departements = pd.DataFrame({"code": sorted(set(table["code_departement"]))}).assign(nom=lambda t: t["code"])
        return Territoire(
            communes=gpd.GeoDataFrame(table, geometry="geometry", crs="EPSG:4326"),
            epci=epci,
            departements=departements.assign(code_region="99"),
            regions=pd.DataFrame({"code": ["99"], "nom": ["Exemple"]}),
            successeurs={},
            millesimes={},
        )

    def offre(self) -> pd.DataFrame:
        defauts = {
            "heures_hebdo": float("nan"),
            "jours_hebdo": float("nan"),
            "soir": None,
            "samedi": None,
            "midi": None,
            "sans_rdv": None,
            "accueille_public": None,
            "itinerant": False,
            "typologie": (),
            "fraicheur_jours": 0,
            **dict.fromkeys(FAMILLES, True),
        }
        lignes = [defauts | {"lieu_id": f"P{rang}"} | lieu for rang, lieu in enumerate(self.lieux)]
        connues = [*defauts, "lieu_id", "code_insee", "x_km", "y_km"]
        colonnes = list(dict.fromkeys([*connues, *(nom for ligne in lignes for nom in ligne)]))
        table = pd.DataFrame(lignes, columns=colonnes)
        booleens = [*FAMILLES, "soir", "samedi", "midi", "sans_rdv", "accueille_public"]
        table = table.astype(dict.fromkeys(booleens, "boolean"))
        vides = {nom: defaut for nom, defaut in ATTACHES.items() if isinstance(defaut, tuple) and nom in table}
        table = table.assign(**{nom: [v if isinstance(v, tuple) else () for v in table[nom]] for nom in vides})
        noms = table["nom"] if "nom" in table else table["lieu_id"]
        return table.assign(point_id=table["lieu_id"], nom=noms, code_departement=table["code_insee"].str[:2])

    def debit(self) -> pd.DataFrame:
        colonnes = ["code_insee", "locaux", "thd30_min", "thd30_max"]
        table = pd.DataFrame(self.communes)
        autres = [nom for nom in ("ftth", "statut_cuivre", "fermeture_cuivre") if nom in table]
        return table.reindex(columns=[*colonnes, *autres]).astype(dict.fromkeys(colonnes[1:], "float64"))

    def calculer(
        self,
        seuils: Seuils = SEUILS,
        parametres: Parametres | None = None,
        entrees: Entrees | None = None,
        au: date | None = None,
    ) -> Indicateurs:
        parametres = parametres or Parametres(hypotheses=HYPOTHESES)
        return compute(
            self.offre(),
            self.territoire(),
            self.debit(),
            seuils,
            parametres,
            plan,
            entrees=entrees,
            date_publication=au,
        )


def reel(valeur: float | None) -> float:
    """A number of a case; `null` is unknown."""
    return float("nan") if valeur is None else float(valeur)


def monde_de_l_exemple(exemple: Mapping[str, Any], departements: tuple[str, ...] = ()) -> Monde:
    """The world of a case; any value but codes and names may be `null`."""
    communes = [
        {
            "code_insee": c["code"],
            "nom": c["nom"],
            "code_epci": c["epci"],
            "population": reel(c["pop"]),
            "surface_km2": reel(c["surface_km2"]),
            "x_km": reel(c["x_km"]),
            "y_km": reel(c["y_km"]),
            "locaux": reel(c["locaux"]),
            "thd30_min": reel(c["elig_thd30_filaire"]),
            "thd30_max": reel(c["elig_thd30_filaire"]),
        }
        for c in exemple["communes"]
    ]
    codes = {c["nom"]: c["code_insee"] for c in communes}
    lieux = [
        {
            "lieu_id": lieu["id"],
            "code_insee": codes[lieu["commune"]],
            "fraicheur_jours": lieu["maj_jours"],
            **{famille: famille in lieu["familles"] for famille in FAMILLES},
            **{cle: reel(lieu[cle]) for cle in ("x_km", "y_km", "heures_hebdo")},
            **{cle: lieu.get(cle) for cle in ("samedi", "soir", "midi", "sans_rdv")},
        }
        for lieu in exemple["lieux"]
    ]
    return Monde(communes, lieux, departements)
