"""Records drawn from the edges of every shape: the longest, the oldest, the strangest that a person may write."""

import random
from collections.abc import Callable
from typing import Any

import yaml

from carte.nomenclature import Vocabulaire

JOURS = ("1800-01-01", "1899-12-31", "1900-01-01", "2026-10-01", "2026-11-02", "2026-11-03", "2199-12-31", "9999-12-31")
TEXTES = (
    *("x", "–", "é" * 300, "A" * 301, "=1+1", "<script>alert(1)</script>", "{{ 7 * 7 }}", "%s", "\\n", "#titre", "$x$"),
    *("[a](javascript:x)", "'", '"', "&amp;", "@import", "*gras*", "_", "-", "../../etc/passwd", "x\n\ny", "\u00a0"),
    *("a\u0301", "\u0663", "🏛️ Mairie", "\u200e", "\ufdfa", "\ud7ff", "\U0010fffd", "نص", "CON", "#let x = 1"),
)
HORAIRES = (
    *("24/7", "open", "off", "unknown", "Mo-Fr 09:00-12:00", "00:00-00:00", "Mo 09:00-08:00", "Su 23:59-48:00"),
    *("easter off", "easter -80 days off", "easter -81 days off", "easter +250 days off", "easter +251 days off"),
    *(
        "easter -999999 days off",
        "2026 easter -2 days-2026 easter +1 day off",
        "Dec 24-easter off",
        "easter-easter off",
    ),
    *("week 01-53/2 Sa 09:00-12:00", "week 1-53/9999 Mo 00:00-48:00", "week 53 Mo 10:00-12:00", "9998 Mo 10:00-12:00"),
    *("1900-9998/3 Mo 10:00-11:00", "2026+ Mo 09:00+", "2199 Dec 31-9998 Jan 1 off", "Feb 29 10:00-11:00"),
    *("Mo[5] 09:00-10:00", "Mo[-5] 09:00-10:00", "SH,PH 10:00-12:00", "PH Mo 10:00-11:00", "Jan-Dec Mo 10:00+"),
    *('"sur rendez-vous"', 'Mo 22:00-26:00 "x" || "appelez"', f'Mo "{"é" * 900}"', 'unknown "<b>"', f"{'9' * 900} Mo"),
    *("; ".join(["Mo 09:00-10:00"] * 60), "Mo " + ",".join(["09:00-10:00"] * 80)),
)
URLS = (
    *(
        "http://a.fr",
        "HTTP://A.FR",
        "http://a.fr:80/",
        "http://a.fr:0/",
        "http://a.fr:/",
        "http://a.fr./",
        "https://a_b.fr",
    ),
    *(
        "https://xn--fa-hia.de/",
        "https://médiathèque.example/à",
        "https://ａ.fr/",
        "https://a.b/日本",
        "https://a.fr/%zz",
    ),
    *("https://a.b/?x=[y]", f"https://a.b/#{'x' * 1_900}", f"https://a.b/{'x' * 2_000}", "https://a.fr//?", "a.fr"),
)
TELEPHONES = ("+33123456789", "3939", "115", "118712", "+33612345678", "+687123456", "+12025550123", "02 54 00 11 22")
COURRIELS = ("a@b.fr", "a+b@c.fr", "é@b.fr", "x@médiathèque.example", "a!#$@b.fr", "a/b@c.fr", "a?b@c.fr", "a'b@c.fr")
POINTS = ((46.0, 2.0), (46.1, 2.001), (0.0, 0.0), (-90.0, 180.0), (1e-300, 1e-300), (-21.1, 55.5))
ANCIENS = (
    "99/a--b",
    "99/-",
    "99/a-",
    f"99/{'a' * 150}",
    f"99/{'a' * 151}",
    "2A/x",
    "999/x",
    "../../x",
    "99/X",
    "96/con",
)
SLUGS = ("a--c", "con", "0", "x" * 150, "index", "-", "b-")
SURES = {
    "nom": "Lieu d'essai",
    "commune": "Alpha",
    "code_insee": "99001",
    "adresse": "1 rue d'Essai",
    "source": "Hub",
    "date_maj": "2026-10-01",
    "services": ["Aide aux démarches administratives"],
}


class Tirage:
    """One source of chance; every draw comes from it."""

    def __init__(self, graine: int, vocabulaires: dict[str, Vocabulaire]) -> None:
        self._hasard = random.Random(graine)
        self._vocabulaires = vocabulaires

    def fiche(self) -> dict[str, Any]:
        """The least of a record, then some of its fields, each at one of its edges."""
        choisis = {nom: tirer() for nom, tirer in self._champs().items() if self._hasard.random() < 0.3}
        if self._hasard.random() < 0.5:
            choisis["latitude"], choisis["longitude"] = self._hasard.choice(POINTS)
        return SURES | choisis

    def _un(self, choix: Any) -> Any:
        return self._hasard.choice(choix)

    def _quelques(self, choix: Any) -> list[Any]:
        return self._hasard.sample(list(choix), self._hasard.randint(1, min(3, len(choix))))

    def _mots(self, vocabulaire: str) -> list[str]:
        return self._quelques([valeur.valeur for valeur in self._vocabulaires[vocabulaire]])

    def _champs(self) -> dict[str, Callable[[], Any]]:
        un, quelques, mots = self._un, self._quelques, self._mots
        textes = ("nom", "source", "adresse", "complement_adresse", "presentation_resume", "presentation_detail")
        jours = ("date_maj", "date_ouverture", "date_fermeture", "verifie_le")
        return {
            **{nom: lambda: un(TEXTES) for nom in (*textes, "structure_parente", "horaires_detail")},
            **{nom: lambda: un(JOURS) for nom in jours},
            **{nom: lambda: un(URLS) for nom in ("prise_rdv", "fiche_acces_libre")},
            "horaires": lambda: un(HORAIRES),
            "telephone": lambda: un(TELEPHONES),
            "courriels": lambda: quelques(COURRIELS),
            "site_web": lambda: quelques(URLS),
            "services": lambda: mots("services"),
            "services_absents": lambda: mots("services"),
            "typologie": lambda: mots("typologies"),
            "frais_a_charge": lambda: mots("frais"),
            "modalites_acces": lambda: mots("modalites_acces"),
            "formats": lambda: mots("formats"),
            "itinerance": lambda: ["Itinérant"],
            "anciens_identifiants": lambda: [un(ANCIENS)],
            "labels": lambda: [{"nom": mots("labels")[0], "depuis": un(JOURS), "numero": un(TEXTES)}],
            "fermetures": lambda: [{"du": un(JOURS), "au": un(JOURS), "motif": un(TEXTES)}],
            "permanences": lambda: [{"operateur": un(TEXTES), "horaires": un(HORAIRES), "telephone": un(TELEPHONES)}],
            "tournee": lambda: [self._arret() for _ in range(3)],
            "equipements": lambda: {"postes": un((0, 500, 501)), "detail": un(TEXTES)},
            "provenance": lambda: {"nom": {"source": un(TEXTES), "date": un(JOURS), "texte": un(TEXTES)}},
        }

    def _arret(self) -> dict[str, Any]:
        frequence, passage = self._mots("frequences")[0], self._un(JOURS)
        pose = {"commune": "Alpha", "code_insee": "99001", "lieu": self._un(TEXTES), "horaires": self._un(HORAIRES)}
        return {**pose, "frequence": frequence, "prochain_passage": passage}


def en_yaml(fiche: dict[str, Any]) -> bytes:
    """The record as a file."""
    return yaml.safe_dump(fiche, allow_unicode=True, sort_keys=False, width=10**6).encode()
