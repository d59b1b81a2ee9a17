"""Three hubs of fictional départements, their packages as a site publishes them, and the site that takes them.

Val (99) and Pays (96) publish the demonstration's own records, each its own; what a third one sends is each test's.
"""

import hashlib
import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from carte import entrees
from carte.config import Configuration, Dossiers, Hub
from carte.couches.client import Reglages
from carte.federation.demande import Prudence
from carte.federation.paquet import OCTETS_MAX
from carte.publish.opendata.champs import champs_ecrits
from carte.publish.opendata.formats import en_json
from carte.records import Contexte, Enregistrement
from carte.territory import Geographie, Territoire
from sites import RACINE, configuration_demo

JOUR = date(2026, 11, 28)
PUBLIE = date(2026, 11, 2)
Champs = dict[str, Any]


def geo(dossier: Path) -> Path:
    """The layers of both fictional départements: the demonstration's, seen from each side of their border."""
    for code in ("99", "96"):
        shutil.copytree(RACINE / "geo" / "99", dossier / code, ignore=shutil.ignore_patterns("publication-*"))
    voisin = dossier / "96"
    shutil.copyfile(RACINE / "geo" / "99" / "voisins.geojson", voisin / "communes.geojson")
    shutil.copyfile(RACINE / "geo" / "99" / "communes.geojson", voisin / "voisins.geojson")
    return dossier


@cache
def territoire() -> Territoire:
    """The demonstration's territory, which knows the communes of both départements."""
    return entrees.lire_territoire(configuration_demo(RACINE / "build"), RACINE)


@cache
def geographie() -> Geographie:
    """What answers of that territory."""
    return Geographie(territoire())


@cache
def contexte() -> Contexte:
    """What validation needs, on the day of the tests."""
    base = entrees.contexte_de_validation(configuration_demo(RACINE / "build"), RACINE, geographie())
    return replace(base, today=JOUR)


@cache
def _publiees() -> tuple[Champs, ...]:
    """The records of the demonstration as its site publishes them, of both départements."""
    chargement = entrees.valider(configuration_demo(RACINE / "build"), RACINE, geographie())
    return tuple(map(publiee, chargement.enregistrements))


def publiee(enregistrement: Enregistrement) -> Champs:
    """A record as `lieux.json` has it."""
    return {"id": enregistrement.identifiant, **champs_ecrits(enregistrement)}


def fiches(departement: str) -> list[Champs]:
    """What the hub of a fictional département publishes, to change at will."""
    siennes = [fiche for fiche in _publiees() if fiche["id"].startswith(f"{departement}/")]
    return json.loads(json.dumps(siennes))  # type: ignore[no-any-return]


def fiche(slug: str = "lieu", departement: str = "99", **champs: Any) -> Champs:
    """One more record, of the commune that is the chief town of its département."""
    commune = {"99": ("99058", "Valbourg"), "96": ("96009", "Rivemont")}[departement]
    return {
        "id": f"{departement}/{slug}",
        "nom": f"Lieu {slug}",
        "commune": commune[1],
        "code_insee": commune[0],
        "adresse": "1 rue d'Essai",
        "source": "Essai",
        "date_maj": "2026-10-01",
        "services": ["Aide aux démarches administratives"],
        **champs,
    }


def paquet(lieux: bytes | Sequence[Champs], **changements: Any) -> dict[str, bytes]:
    """The two files that a site publishes; `changements`: keys of the description, `ressource` for those of its file of
    records (None takes a key away)."""
    contenu = lieux if isinstance(lieux, bytes) else en_json(list(lieux))
    ressource = {
        "name": "lieux-json",
        "path": "lieux.json",
        "bytes": len(contenu),
        "hash": f"sha256:{hashlib.sha256(contenu).hexdigest()}",
        **changements.pop("ressource", {}),
    }
    description = {
        "profile": "data-package",
        "format_carte": 1,
        "homepage": "https://hub.example/",
        "created": f"{PUBLIE.isoformat()}T00:00:00Z",
        "licenses": [{"name": "etalab-2.0"}],
        "resources": [{k: v for k, v in ressource.items() if v is not None}],
        **changements,
    }
    dite = {cle: valeur for cle, valeur in description.items() if valeur is not None}
    return {"datapackage.json": json.dumps(dite).encode(), "lieux.json": contenu}


def poser(dossier: Path, fichiers: Mapping[str, bytes]) -> Path:
    """A package in a folder."""
    dossier.mkdir(parents=True, exist_ok=True)
    for nom, contenu in fichiers.items():
        (dossier / nom).write_bytes(contenu)
    return dossier


def hub(nom: str, adresse: str | Path, *departements: str) -> Hub:
    """A hub of the federation; a site of this machine is told by its address."""
    if isinstance(adresse, Path):
        return Hub(nom, adresse, departements)
    return Hub(nom, f"{adresse}/donnees/datapackage.json", departements, f"{adresse}/")


def configuration(dossier: Path, *hubs: Hub, **changements: Any) -> Configuration:
    """A site of both départements, without records of its own unless they are written in `dossier/offers`."""
    (dossier / "offers").mkdir(exist_ok=True)
    return replace(
        configuration_demo(dossier / "build"),
        hub="Région d'essai",
        url="https://region.example/",
        departements=("96", "99"),
        dossiers=Dossiers(lieux=dossier / "offers", geo=dossier / "geo", sortie=dossier / "build"),
        federation=hubs,
        publication_precedente=None,
        **changements,
    )


def prudence(**reglages: Any) -> Prudence:
    """A client that may ask this machine, and that waits for nothing."""
    choisis: dict[str, Any] = {
        "essais": 2, "delai_s": 5.0, "octets_max": OCTETS_MAX, "dormir": lambda _: None, **reglages
    }  # fmt: skip
    return Prudence(Reglages(**choisis), frozenset({"127.0.0.1"}))
