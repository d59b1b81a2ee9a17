"""Validation of 25,000 records against the time PyYAML's C loader takes to parse them and do nothing else.

Both are measured in the same run, interleaved, files in the page cache; the best of three is kept. Ours is
`records.lire` with every rule on: vocabularies, opening hours (a distinct text per record) and geography with
outlines of 60 points. The memories of our functions are emptied before each round, as in a new process.
"""

import functools
import gc
import math
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import yaml

from bench.line import line
from carte import nomenclature, records
from carte.records import Contexte, Lieu, to_yaml
from carte.records.rules.formes import siret_juste
from carte.territory import Geographie

NOMBRE = 25_000
TOURS = 3
JOUR = date(2026, 11, 2)
COTE = 40  # communes: a square of 40 by 40, cut in départements of 400
PAS = 0.1  # degrees
OUEST, SUD = 0.0, 45.0
DEPARTEMENTS = ("23", "36", "37", "87")
RACINE = Path(__file__).resolve().parents[2]


def run() -> Iterator[str]:
    """The lines of the benchmark."""
    with tempfile.TemporaryDirectory() as dossier:
        offres = Path(dossier) / "offers"
        fichiers = ecrire(offres)
        octets = sum(len(fichier.read_bytes()) for fichier in fichiers)  # also warms the page cache
        contexte = _contexte()
        plancher, notre = _mesurer(lambda: _plancher(fichiers), lambda: _notre(offres, contexte))
    yield line("tranche.validation", notre / plancher, "x", at_most=2)
    yield line("tranche.validation.plancher", plancher, "s")
    yield line("tranche.validation.notre", notre, "s")
    yield line("tranche.validation.debit", NOMBRE / notre, "fichiers/s")
    yield line("tranche.validation.taille", octets / NOMBRE, "octets/fiche")


def _mesurer(*actions: Callable[[], None]) -> list[float]:
    """Best time of each action over interleaved rounds, in seconds."""
    temps: list[list[float]] = [[] for _ in actions]
    for _ in range(TOURS):
        for rang, action in enumerate(actions):
            _oublier()
            gc.collect()
            debut = time.perf_counter()
            action()
            temps[rang].append(time.perf_counter() - debut)
    return [min(mesures) for mesures in temps]


def _plancher(fichiers: list[Path]) -> None:
    for fichier in fichiers:
        with fichier.open("rb") as flux:
            yaml.load(flux.read(), yaml.CSafeLoader)


def _oublier() -> None:
    """Empty every memoised function of the product."""
    for objet in gc.get_objects():
        if isinstance(objet, functools._lru_cache_wrapper) and str(objet.__module__).startswith("carte."):
            objet.cache_clear()


def _notre(offres: Path, contexte: Contexte) -> None:
    chargement = records.lire(offres, contexte)
    if len(chargement.enregistrements) != NOMBRE or chargement.problemes:
        raise AssertionError(records.en_texte(chargement.problemes[:5]))


def ecrire(offres: Path) -> list[Path]:
    """Write the records, a quarter of them in each département."""
    fichiers = []
    for rang in range(NOMBRE):
        code = _code(rang % (COTE * COTE))
        fichier = offres / code[:2] / f"lieu-{rang:05d}.yml"
        fichier.parent.mkdir(parents=True, exist_ok=True)
        fichier.write_text(to_yaml(_lieu(rang)), encoding="utf-8")
        fichiers.append(fichier)
    return fichiers


def _code(commune: int) -> str:
    return f"{DEPARTEMENTS[commune // 400]}{commune % 400 + 1:03d}"


def _coin(commune: int) -> tuple[float, float]:
    return OUEST + PAS * (commune % COTE), SUD + PAS * (commune // COTE)


def _ondule(lon: float, lat: float) -> tuple[float, float]:
    """A smooth warp of the grid: borders are winding, and still shared."""
    return lon + 0.01 * math.sin(40 * lat), lat + 0.01 * math.sin(40 * lon)


def _lieu(rang: int) -> Lieu:
    commune = rang % (COTE * COTE)
    ouest, sud = _coin(commune)
    lon, lat = _ondule(ouest + PAS * (0.1 + 0.8 * (rang * 7 % 101) / 101), sud + PAS * (0.1 + 0.8 * (rang % 97) / 97))
    fiche = {
        "nom": f"Espace numérique de l'avenue n° {rang}",
        "pivot": _siret(rang),
        "commune": f"Commune {_code(commune)}",
        "code_insee": _code(commune),
        "code_postal": f"{_code(commune)[:2]}{rang % 90 * 10 + 100:03d}",
        "adresse": f"{rang % 120 + 1} rue de la République",
        "latitude": round(lat, 6),
        "longitude": round(lon, 6),
        "typologie": ["EPN", "BIB"],
        "telephone": f"+332{rang % 100_000_000:08d}",
        "courriels": [f"contact@lieu-{rang}.example"],
        "site_web": [f"https://lieu-{rang}.example/accueil?de=carte&page=1"],
        "horaires": _horaires(rang),
        "presentation_resume": "Des ordinateurs, une imprimante et de l'aide : venez avec vos papiers.",
        "source": "Hub de démonstration",
        "itinerance": ["Fixe"],
        "date_maj": JOUR - timedelta(days=rang % 700),
        "services": ["Aide aux démarches administratives", "Accès internet et matériel informatique"],
        "frais_a_charge": ["Gratuit"],
        "modalites_acces": ["Se présenter", "Téléphoner"],
        "modalites_accompagnement": ["Accompagnement individuel"],
    }
    return Lieu.model_validate(fiche | _supplements(rang))


def _siret(rang: int) -> str:
    base = f"{100_000_000 + rang * 7}{rang % 90 + 10:05d}"[:13].ljust(13, "0")
    return next(f"{base}{cle}" for cle in range(10) if siret_juste(f"{base}{cle}"))


def _horaires(rang: int) -> str:
    """A text that no other record has."""
    matin, soir = rang % 180, rang // 180
    debut, fin = 7 * 60 + 30 + matin, 17 * 60 + soir
    return f"Mo-Fr {_heure(debut)}-12:30,14:00-{_heure(fin)}; Sa {_heure(debut + 30)}-12:00; PH off"


def _heure(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _supplements(rang: int) -> dict[str, object]:
    """The fields beyond the standard, a few on each record in turn."""
    blocs: tuple[dict[str, object], ...] = (
        {"labels": [{"nom": "EPN", "numero": f"EPN-{rang}", "depuis": date(2019, 6, 1)}]},
        {"pass_numerique": {"accepte": True, "verifie_le": JOUR, "source": "Accueil du lieu"}},
        {"equipements": {"postes": 6, "tablettes": 2, "imprimante": True, "wifi": True, "casque": False}},
        {"permanences": [{"operateur": "CAF", "horaires": "Tu 09:00-12:00", "sur_rendez_vous": True}]},
        {"itinerance": ["Itinérant"], "tournee": [_arret(rang)]},
        {"accessibilite": {"fauteuil": True, "toilettes_adaptees": False, "detail": "Rampe à droite"}},
        {"fermetures": [{"du": date(2026, 12, 24), "au": date(2027, 1, 3), "motif": "Congés"}]},
        {"provenance": {"horaires": {"source": "Affiche", "date": JOUR, "texte": "du lundi au vendredi"}}},
        {"postures": ["faire avec"], "formats": ["atelier"], "verifie_le": JOUR},
        {"anciens_identifiants": [f"36/ancien-{rang}"], "date_ouverture": date(2015, 9, 1)},
        {"structure_parente": "Communauté de communes du Val", "autres_formations_labels": ["Label local"]},
        {"prise_rdv": "https://rdv.example/", "fiche_acces_libre": "https://acceslibre.example/lieu/"},
        {"complement_adresse": "Premier étage", "publics_specifiquement_adresses": ["Seniors"]},
        {"presentation_detail": "Le mardi, un conseiller numérique reçoit le public.\nLe jeudi, atelier."},
        {"prise_en_charge_specifique": ["Illettrisme"], "formations_labels": []},
        {"dispositif_programmes_nationaux": ["France Services", "Aidants Connect"]},
    )
    return {cle: valeur for pas in (0, 5) for cle, valeur in blocs[(rang + pas) % len(blocs)].items()}


def _arret(rang: int) -> dict[str, object]:
    code = _code(rang % (COTE * COTE))
    return {"commune": f"Commune {code}", "code_insee": code, "horaires": "We 14:00-17:00", "frequence": "hebdomadaire"}


def _contexte() -> Contexte:
    vocabulaires = nomenclature.lire(RACINE / "offers" / "nomenclature")
    return Contexte(today=JOUR, vocabulaires=vocabulaires, geographie=_geographie())


def _geographie() -> Geographie:
    """The product's own geography, on outlines of 60 points."""
    import geopandas
    import pandas
    import shapely

    from carte.territory import Territoire

    codes = [_code(commune) for commune in range(COTE * COTE)]
    contours = [shapely.Polygon(_contour(commune)) for commune in range(COTE * COTE)]
    colonnes = {"code_insee": codes, "nom": [f"Commune {c}" for c in codes], "code_departement": [c[:2] for c in codes]}
    communes = geopandas.GeoDataFrame(colonnes, geometry=contours, crs="EPSG:4326")
    vide = pandas.DataFrame()
    return Geographie(Territoire(communes, vide, vide, vide, successeurs={}, millesimes={}))


def _contour(commune: int) -> list[tuple[float, float]]:
    ouest, sud = _coin(commune)
    cotes = [rang / 15 for rang in range(15)]
    carre = (
        [(t, 0.0) for t in cotes]
        + [(1.0, t) for t in cotes]
        + [(1 - t, 1.0) for t in cotes]
        + [(0.0, 1 - t) for t in cotes]
    )
    return [_ondule(ouest + PAS * x, sud + PAS * y) for x, y in carre]
