"""Invented places for benchmarks: as many as asked, spread like the population, each with its own words and hours.

Deterministic: the same communes and number give the same places. Nothing is copied from a real inventory; the shares
below only keep the orders of magnitude that inventories show (half free of charge, a tenth mobile, and so on).
"""

import math
import random
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from carte.records import Enregistrement, Lieu
from carte.territory.noms import cle_du_nom

JOUR = date(2026, 11, 2)
_SORTES: list[tuple[str, str | None, list[str], int]] = [
    ("Médiathèque de {}", "BIB", ["Accès internet et matériel informatique", "Loisirs et créations numériques"], 24),
    ("France services de {}", "RFS", ["Aide aux démarches administratives"], 14),
    ("Espace public numérique de {}", "EPN", ["Maîtrise des outils numériques du quotidien"], 10),
    ("Mairie de {}", "MUNI", ["Aide aux démarches administratives"], 14),
    ("CCAS de {}", "CCAS", ["Aide aux démarches administratives"], 10),
    ("Centre social {nom}", "CS", ["Parentalité et éducation avec le numérique"], 9),
    ("Mission locale de {}", "ML", ["Insertion professionnelle via le numérique"], 5),
    ("Association {nom}", "ASSO", ["Compréhension du monde numérique"], 8),
    ("Fab lab {nom}", "FABLAB", ["Loisirs et créations numériques"], 2),
    ("Ressourcerie {nom}", "ESS", ["Acquisition de matériel informatique à prix solidaire"], 3),
    ("Le bus numérique de {}", "ENM", ["Aide aux démarches administratives"], 4),
]
_NOMS = (
    "Jean Moulin;Olympe de Gouges;Les Tilleuls;La Passerelle;Arc-en-ciel;Le Trait d’union;Louise Michel;"
    "Les Hirondelles;Simone Veil;Les Quatre Vents;Le Relais;La Fabrique;Pierre Semard;Les Coquelicots;Le Lavoir"
).split(";")
_VOIES = "rue avenue place boulevard impasse chemin route".split()
_PATRONYMES = (
    "de la République;Victor Hugo;de l’Église;du Général de Gaulle;des Écoles;Jean Jaurès;de la Gare;du Marché;"
    "du Lavoir;Pasteur;de Verdun;du Moulin;des Lilas;de la Fontaine;Marie Curie;du 8 Mai 1945;de Bretagne;des Acacias"
).split(";")
_AUTRES_SERVICES = [
    "Aide aux démarches administratives",
    "Accès internet et matériel informatique",
    "Maîtrise des outils numériques du quotidien",
    "Utilisation sécurisée du numérique",
    "Insertion professionnelle via le numérique",
    "Parentalité et éducation avec le numérique",
]
_JOURS = ["Mo-Fr", "Mo,Tu,Th,Fr", "Tu-Sa", "Tu,We,Fr,Sa", "Mo-Th", "We", "Mo,We,Fr", "Tu,Th", "Mo-Sa", "We,Sa"]
_FREQUENCES = ["hebdomadaire", "quinzaine", "mensuelle"]


@dataclass(frozen=True, slots=True)
class Ancre:
    """A commune that can receive places."""

    code: str
    nom: str
    departement: str
    codes_postaux: tuple[str, ...]
    population: float
    lat: float
    lon: float


def tirer(communes: Sequence[Ancre], nombre: int) -> tuple[Enregistrement, ...]:
    """`nombre` valid records in these communes."""
    hasard = random.Random(nombre)
    poids = [math.sqrt(max(1.0, commune.population)) for commune in communes]
    vus: Counter[str] = Counter()
    fiches = []
    for ancre in hasard.choices(communes, weights=poids, k=nombre):
        champs = _champs(ancre, communes, hasard)
        slug = _slug(champs["nom"])
        rang = vus[f"{ancre.departement}/{slug}"]
        vus[f"{ancre.departement}/{slug}"] += 1
        identifiant = f"{ancre.departement}/{slug}-{rang}" if rang else f"{ancre.departement}/{slug}"
        fiches.append(Enregistrement(identifiant, f"offers/{identifiant}.yml", Lieu(**champs)))
    return tuple(fiches)


def _slug(nom: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", cle_du_nom(nom)).strip("-")


def _champs(ancre: Ancre, communes: Sequence[Ancre], hasard: random.Random) -> dict[str, Any]:
    modele, typologie, services, _ = hasard.choices(_SORTES, weights=[sorte[3] for sorte in _SORTES])[0]
    champs: dict[str, Any] = {
        "nom": modele.format(ancre.nom, nom=f"{hasard.choice(_NOMS)} de {ancre.nom}"),
        "commune": ancre.nom,
        "code_insee": ancre.code,
        "code_postal": ancre.codes_postaux[0] if ancre.codes_postaux else None,
        "adresse": f"{hasard.randint(1, 180)} {hasard.choice(_VOIES)} {hasard.choice(_PATRONYMES)}",
        "typologie": [typologie],
        "telephone": f"+33{hasard.randint(1, 5)}{hasard.randint(0, 99_999_999):08d}",
        "services": list(dict.fromkeys([*services, *hasard.sample(_AUTRES_SERVICES, hasard.randint(0, 3))])),
        "source": "Tirage d’essai",
        "date_maj": JOUR - timedelta(days=hasard.randint(10, 700)),
        **_situation(ancre, hasard),
        **_accueil(hasard),
    }
    if typologie == "ENM":
        return champs | {"itinerance": ["Itinérant"], "tournee": _tournee(ancre, communes, hasard)}
    return champs | ({"horaires": horaires(hasard)} if hasard.random() < 0.85 else {})


def _situation(ancre: Ancre, hasard: random.Random) -> dict[str, Any]:
    """About one place in twenty has no coordinates, as in real inventories."""
    if hasard.random() < 0.05:
        return {}
    return {
        "latitude": round(ancre.lat + hasard.uniform(-0.012, 0.012), 6),
        "longitude": round(ancre.lon + hasard.uniform(-0.018, 0.018), 6),
    }


def _accueil(hasard: random.Random) -> dict[str, Any]:
    """What filters ask for; each is unknown for many places."""
    possibles: dict[str, tuple[float, Any]] = {
        "frais_a_charge": (0.6, ["Gratuit"]),
        "modalites_acces": (0.7, hasard.choice([["Se présenter", "Téléphoner"], ["Téléphoner"], ["Se présenter"]])),
        "modalites_accompagnement": (
            0.5,
            hasard.choice([["Accompagnement individuel"], ["Dans un atelier collectif"]]),
        ),
        "publics_specifiquement_adresses": (0.15, [hasard.choice(["Jeunes", "Seniors", "Étudiants"])]),
        "dispositif_programmes_nationaux": (0.3, [hasard.choice(["Conseillers numériques", "Aidants Connect"])]),
        "prise_en_charge_specifique": (0.1, ["Illettrisme"]),
        "postures": (0.3, [hasard.choice(["faire avec", "faire faire"])]),
        "presentation_resume": (0.4, f"Accueil numérique n° {hasard.randint(1, 9999)}, sur place et sans jugement."),
        "accessibilite": (0.2, {"fauteuil": hasard.random() < 0.8}),
    }
    return {champ: valeur for champ, (part, valeur) in possibles.items() if hasard.random() < part}


def horaires(hasard: random.Random) -> str:
    """A week that hardly two places share, now and then with holidays, school holidays or appointments."""
    ouvre, midi = hasard.choice([510, 525, 540, 555, 570, 600]), hasard.choice([705, 720, 735, 750])
    reprise, ferme = (
        midi + hasard.choice([60, 75, 90, 105, 120]),
        hasard.choice([990, 1005, 1020, 1050, 1080, 1110, 1140]),
    )
    jours = hasard.choice(_JOURS)
    semaine = f"{jours} {_heure(ouvre)}-{_heure(midi)},{_heure(reprise)}-{_heure(ferme)}"
    suites = [
        "",
        "",
        "; PH off",
        f"; Su {_heure(ouvre)}-{_heure(midi)}",
        f"; SH {jours} {_heure(reprise)}-{_heure(ferme)}; PH off",
        f'; We {_heure(reprise)}-{_heure(ferme)} "sur rendez-vous"',
        f"; week 1-53/2 Sa {_heure(ouvre)}-{_heure(midi)}",
    ]
    return semaine + hasard.choice(suites)


def _heure(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _tournee(ancre: Ancre, communes: Sequence[Ancre], hasard: random.Random) -> list[dict[str, Any]]:
    """Stops in communes that follow in the list: those of the same département, mostly."""
    depart = next(rang for rang, commune in enumerate(communes) if commune.code == ancre.code)
    arrets = []
    for rang in range(hasard.randint(4, 8)):
        commune = communes[(depart + 3 * rang) % len(communes)]
        debut = hasard.choice([540, 570, 840, 870])
        jour = ("Mo", "Tu", "We", "Th", "Fr")[rang % 5]
        arrets.append(
            {
                "commune": commune.nom,
                "code_insee": commune.code,
                "lieu": hasard.choice(["Place de l’Église", "Place du Marché", "Parking de la salle des fêtes"]),
                "latitude": round(commune.lat, 6),
                "longitude": round(commune.lon, 6),
                "horaires": f"{jour} {_heure(debut)}-{_heure(debut + 150)}",
                "frequence": (frequence := hasard.choice(_FREQUENCES)),
                **({} if frequence == "hebdomadaire" else {"prochain_passage": JOUR + timedelta(days=rang % 5 + 7)}),
            }
        )
    return arrets
