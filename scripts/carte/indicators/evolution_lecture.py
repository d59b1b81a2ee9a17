"""G9: a former publication read back from its open data, the folder `donnees/` of the former site.

Read: `datapackage.json` (date, parameters), `lieux.json` (whole records), `indicateurs-<niveau>.csv` (communes, their
EPCI and population, published figures). Where a package does not give the place and the area of its communes (columns
`lat`, `lon`, `surface_km2` of the commune table), today's are taken, those of the successor for a merged commune: then
the effect of moved outlines is not measured.
"""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import geopandas as gpd
import pandas as pd
from pydantic import ValidationError

from carte.config import Seuils
from carte.indicators.evolution import NIVEAUX_COMPARES
from carte.indicators.evolution_modele import Publication
from carte.indicators.model import Parametres
from carte.indicators.offre import construire_offre
from carte.nomenclature import Vocabulaire
from carte.records import Enregistrement, Lieu

if TYPE_CHECKING:
    from carte.territory import Territoire

_PLACE = ["lat", "lon", "surface_km2"]
_SEUIL = re.compile(r"A2_voiture_(\d+)_num|A3_velo_(\d+)_num|A3_pied_(\d+)_num")


class PublicationIllisible(click.ClickException):
    """The folder is not a former publication; the message names the file and what is missing."""


def publier(
    enregistrements: Iterable[Enregistrement],
    offre: pd.DataFrame,
    territoire: "Territoire",
    seuils: Seuils,
    parametres: Parametres,
    jour: date,
) -> Publication:
    """The publication of a picture, to be compared with a former one."""
    lieux = [(e.identifiant, e.lieu) for e in enregistrements]
    return Publication(
        date=jour,
        offre=offre,
        territoire=territoire,
        seuils=seuils,
        parametres=parametres,
        ouvertures={identifiant: lieu.date_ouverture for identifiant, lieu in lieux},
        renommes={vieux: identifiant for identifiant, lieu in lieux for vieux in lieu.anciens_identifiants or ()},
    )


def lire_publication(dossier: Path, vocabulaires: Mapping[str, Vocabulaire], actuel: "Territoire") -> Publication:
    """Read a former publication; `actuel` is today's territory, for what the package does not say of its communes.

    Raises PublicationIllisible: a file is missing, or says what this program cannot read.
    """
    paquet = _json(dossier / "datapackage.json")
    jour = date.fromisoformat(str(paquet.get("created", ""))[:10] or _refuser(dossier, "created"))
    publies = {niveau: _table(dossier, niveau) for niveau in ("commune", *NIVEAUX_COMPARES)}
    territoire = _territoire(publies, actuel)
    enregistrements = [_enregistrement(dossier, brut, vocabulaires) for brut in _json(dossier / "lieux.json")]
    offre = construire_offre(enregistrements, territoire, vocabulaires, jour)
    seuils = _seuils(publies["perimetre"].columns, paquet.get("parametres", {}))
    publication = publier(enregistrements, offre, territoire, seuils, Parametres(), jour)
    return Publication(
        **{nom: getattr(publication, nom) for nom in Publication.__dataclass_fields__} | {"publies": publies}
    )


def _refuser(dossier: Path, cle: str) -> str:
    raise PublicationIllisible(f"{dossier / 'datapackage.json'} : il manque la clé « {cle} ».")


def _json(fichier: Path) -> Any:
    try:
        return json.loads(fichier.read_text(encoding="utf-8"))
    except FileNotFoundError as erreur:
        raise PublicationIllisible(f"Il manque le fichier {fichier} de la publication précédente.") from erreur
    except json.JSONDecodeError as erreur:
        raise PublicationIllisible(f"{fichier} n'est pas un JSON lisible : {erreur}") from erreur


def _table(dossier: Path, niveau: str) -> pd.DataFrame:
    fichier = dossier / f"indicateurs-{niveau.replace('_', '-')}.csv"
    if not fichier.exists():
        raise PublicationIllisible(f"Il manque le fichier {fichier} de la publication précédente.")
    textes = {"code": str, "nom": str, "code_epci": str, "code_departement": str}
    return pd.read_csv(fichier, dtype=textes).set_index("code")


def _enregistrement(dossier: Path, brut: dict[str, Any], vocabulaires: Mapping[str, Vocabulaire]) -> Enregistrement:
    identifiant = brut.pop("id")
    try:
        lieu = Lieu.model_validate_json(json.dumps(brut))
    except ValidationError as erreur:
        champ = ".".join(map(str, erreur.errors()[0]["loc"]))
        raise PublicationIllisible(
            f"{dossier / 'lieux.json'} : la fiche « {identifiant} » ne se lit plus, à cause du champ « {champ} »."
        ) from erreur
    inconnus = [service for service in lieu.services if service not in vocabulaires["services"]]
    if inconnus:
        raise PublicationIllisible(
            f"{dossier / 'lieux.json'} : la fiche « {identifiant} » a un service inconnu, « {inconnus[0]} »."
        )
    return Enregistrement(identifiant, f"{dossier.name}/lieux.json", lieu)


def _territoire(publies: Mapping[str, pd.DataFrame], actuel: "Territoire") -> "Territoire":
    """Communes, EPCI and départements as they were, without outlines."""
    from carte.territory import Territoire

    table = publies["commune"].copy().reset_index().rename(columns={"code": "code_insee"})
    communes = _placer(table, actuel).assign(dans_perimetre=True, geometry=None)
    regions = dict(zip(actuel.departements["code"], actuel.departements["code_region"], strict=True))
    communes["code_region"] = communes["code_departement"].map(regions)
    communes["code_epci"] = communes["code_epci"].astype(object).where(communes["code_epci"].notna(), None)
    membres = communes.dropna(subset="code_epci").groupby("code_epci")["code_insee"].apply(list)
    noms = dict(zip(actuel.epci["code_epci"], actuel.epci["nom"], strict=True))
    departements = publies["departement"][["nom"]].rename_axis("code").reset_index()
    return Territoire(
        communes=gpd.GeoDataFrame(communes, geometry="geometry", crs="EPSG:4326"),
        epci=pd.DataFrame(
            {"code_epci": membres.index, "nom": [noms.get(c, c) for c in membres.index], "membres": list(membres)}
        ),
        departements=departements.assign(code_region=departements["code"].map(regions)),
        regions=actuel.regions,
        successeurs={},
        millesimes={},
    )


def _placer(table: pd.DataFrame, actuel: "Territoire") -> pd.DataFrame:
    """Communes with their place and area: the package's own, else today's."""
    identite = ["code_insee", "nom", "code_epci", "code_departement", "population"]
    if set(_PLACE) <= set(table.columns):
        return table[[*identite, *_PLACE]]
    codes = [actuel.successeurs.get(code, code) for code in table["code_insee"]]
    aujourdhui = pd.DataFrame(actuel.communes)[["code_insee", *_PLACE]].set_index("code_insee")
    return table[identite].join(aujourdhui.reindex(codes).reset_index(drop=True))


def _seuils(colonnes: Iterable[str], parametres: Mapping[str, Any]) -> Seuils:
    """The thresholds of the package, else those that its columns name."""
    if "seuils" in parametres:
        donnes: dict[str, Any] = {n: tuple(v) if isinstance(v, list) else v for n, v in parametres["seuils"].items()}
        return Seuils(**donnes)
    trouves = [cas for colonne in colonnes if (cas := _SEUIL.fullmatch(colonne))]
    voiture, velo, pied = (sorted({int(cas[rang]) for cas in trouves if cas[rang]}) for rang in (1, 2, 3))
    return Seuils(voiture=tuple(voiture), velo=tuple(velo), pied=pied[0])
