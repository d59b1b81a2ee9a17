"""What the browser searches: a gazetteer of communes, and the places, one small file per département."""

import json
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from carte.publish.atlas import Atlas, Commune, Point
from carte.publish.horaires import quand
from carte.publish.libelles import Libelles
from carte.publish.textes import lien_telephone, sans_bidi, telephone_lisible

if TYPE_CHECKING:
    from collections.abc import Sequence

DOSSIER = "donnees/recherche"
CHAMPS_COMMUNE = ["code", "nom", "codesPostaux", "lat", "lon", "departement"]
CHAMPS_LIEU = [
    "id", "nom", "codeInsee", "commune", "adresse", "lat", "lon",
    "services", "types", "horaires", "telephone", "arret",
]  # fmt: skip


def ecrire(points: "Sequence[Point]", atlas: Atlas, libelles: Libelles, dossier: Path) -> None:
    """Write `index.json` and one `<département>.json` per département that has places.

    Coordinates are WGS84 degrees at 5 decimals (about one metre), null for a point that only its commune places.
    """
    cible = dossier / DOSSIER
    cible.mkdir(parents=True, exist_ok=True)
    par_departement: dict[str, list[Point]] = defaultdict(list)
    for point in points:
        par_departement[point.enregistrement.departement].append(point)
    for code, membres in sorted(par_departement.items()):
        lignes = [_ligne_lieu(point, libelles) for point in membres]
        _ecrire_json(cible / f"{code}.json", {"champs": CHAMPS_LIEU, "lignes": lignes})
    departements = [_departement(code, membres, atlas) for code, membres in sorted(par_departement.items())]
    _ecrire_json(
        cible / "index.json",
        {
            "familles": _familles(libelles),
            "besoins": [
                {"cle": cle, "libelle": libelle, "masque": libelles.masque(services)}
                for cle, (libelle, services) in libelles.besoins.items()
            ],
            "departements": departements,
            "communes": {"champs": CHAMPS_COMMUNE, "lignes": [_ligne_commune(c) for c in atlas.communes.values()]},
        },
    )


def _familles(libelles: Libelles) -> list[dict[str, Any]]:
    membres: dict[str, list[str]] = {cle: [] for cle in libelles.familles}
    for service, (_, famille) in libelles.services.items():
        if famille in membres:
            membres[famille].append(service)
    return [
        {"cle": cle, "libelle": libelle, "masque": libelles.masque(membres[cle])}
        for cle, libelle in libelles.familles.items()
    ]


def _departement(code: str, membres: "Sequence[Point]", atlas: Atlas) -> dict[str, Any]:
    places = [(p.lon, p.lat) for p in membres if p.lon is not None and p.lat is not None]
    lons, lats = [lon for lon, _ in places], [lat for _, lat in places]
    return {
        "code": code,
        "nom": atlas.departements.get(code, code),
        "fichier": f"{code}.json",
        "lieux": len({p.enregistrement.identifiant for p in membres}),
        "cadre": [*map(_degres, (min(lons), min(lats), max(lons), max(lats)))] if places else None,
    }


def _ligne_commune(commune: Commune) -> list[Any]:
    return [
        commune.code, commune.nom, list(commune.codes_postaux),
        _degres(commune.lat), _degres(commune.lon), commune.departement,
    ]  # fmt: skip


def _ligne_lieu(point: Point, libelles: Libelles) -> list[Any]:
    lieu, arret = point.enregistrement.lieu, point.arret
    lat, lon = (None, None) if point.approche else (_degres(point.lat), _degres(point.lon))
    commune = point.commune.nom if point.commune else (arret or lieu).commune
    return [
        point.enregistrement.identifiant,
        sans_bidi(lieu.nom),
        point.commune.code if point.commune else "",
        sans_bidi(commune),
        "" if arret else sans_bidi(lieu.adresse or ""),
        lat,
        lon,
        libelles.masque(lieu.services),
        sans_bidi(", ".join(libelles.liste("typologies", lieu.typologie))),
        sans_bidi(quand(point, libelles)),
        _telephone(lieu.telephone),
        sans_bidi(f"arrêt {arret.lieu or arret.commune}") if arret else "",
    ]


def _telephone(telephone: str | None) -> str:
    """`+33123456789|01 23 45 67 89`: what the telephone dials, then what people read; empty when it is not a number."""
    lien = lien_telephone(telephone) if telephone else None
    return f"{lien.removeprefix('tel:')}|{telephone_lisible(telephone)}" if lien and telephone else ""


def _degres(valeur: float | None) -> float | None:
    return None if valeur is None else round(valeur, 5)


def _ecrire_json(fichier: Path, contenu: object) -> None:
    fichier.write_text(json.dumps(contenu, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
