"""Records with faults of every kind, drawn from the demonstration's: what a person or a draft could hold."""

import copy
import random
from collections.abc import Callable, Iterator
from typing import Any

Fiche = dict[str, Any]

NUMEROS = (
    *(
        "+33254080808",
        "02 54 08 08 08",
        "0254080808 / 0699887766",
        "254080808",
        "02 54",
        "3939",
        "118218",
        "+1 202 555 0100",
    ),
    *(
        "0590 12 34 56",
        "+33590123456",
        "05 08 41 22 33",
        "00 33 2 54 08 08 08",
        "+33 (0)2 54 08 08 08",
        "abc",
        "+590254080808",
    ),
)
ADRESSES = (
    *(
        "contact@mairie.example",
        "mailto:a@b.example",
        "a (at) b.example",
        "a@b@c.example",
        "a..b@c.example",
        "@",
        "a b@c.fr",
    ),
    *("é@mairie.example", ".a@b.example", "a@b", "a@-b.example", "x" * 65 + "@b.example"),
)
SITES = (
    *(
        "https://mairie.example/",
        "mairie.example",
        "http:/mairie",
        "javascript:alert(1)",
        "https://a b.example/",
        "https://",
    ),
    *(
        "https://moi@mairie.example/",
        "https://mairie.example:99999/",
        "https://mairie.example:port/",
        "HTTPS://MAIRIE.example/a?b#c",
    ),
    *(
        "https://été.example/",
        "https://a_b.example/",
        "ftp://x.example",
        "https://x.example/<i>",
        "https://[::/",
        "mairie.example:80/a",
    ),
    *(
        "http://localhost:8000/",
        "https://intranet.mairie.lan/x",
        "http://10.1/",
        "http://192.168.1.1/",
        "https://8.8.8.8/",
    ),
    *("https://мэрия.example/", "https://xn--e1aybc.example/"),
    *("https://mairie/", "//mairie.example", "https://mairie.example./", "https://a:b@c.example/"),
)
CODES = ("36044", "3604", "36 044", "2a004", "20004", "1001", "360444", "2A004", "F-36000", "ABCDE", "20000")
PIVOTS = (
    *(
        "43493312300029",
        "43493312300028",
        "434933123",
        "00000000000000",
        "434 933 123 00029",
        "w123456789",
        "W1234567890",
    ),
    *("W123456789", "1234567.001", "356000000000 48", "35600000000048", "rien"),
)
IDENTIFIANTS = (
    "36/mediatheque",
    "offers/36/mediatheque.yml",
    "36/Médiathèque",
    "/36/mediatheque/",
    "00/x",
    "mediatheque",
)
JOURS = (
    "2026-02-30",
    "31/12/2026",
    "2026/1/5",
    "20260105",
    "hier",
    "2030-01-01",
    "1850-06-01",
    "1700-01-01",
    "2026-11-02",
    "9-9-26",
)
TEXTES = ("", "   ", "x" * 301, "é" * 10_001, " bien ", "oui", "#", "non: rien", "<script>", "a, b; c", "a|b")
MUETS = ("NC", "n.c.", "N/A", "Néant", "-", "مكتبة NC", "Non renseignée", "lundi\\nmardi", "C:\\nouveau\\n", "é:\\n a")
TRANGES = (None, 12, -3, 4.5, True, [], {}, ["a"], {"a": "b"}, "douze", "12", "1 200,5", "007")


def fautives(fiches: list[tuple[str, Fiche]], alea: random.Random, nombre: int) -> Iterator[tuple[str, Fiche]]:
    """(id, record) pairs, each record with one to four faults."""
    for rang in range(nombre):
        identifiant, fiche = alea.choice(fiches)
        fiche = copy.deepcopy(fiche)
        gestes = [GESTES[rang % len(GESTES)], *alea.choices(GESTES, k=alea.randint(0, 3))]
        for geste in gestes:
            geste(fiche, alea, identifiant)
        yield identifiant, fiche


def _poser(champ: str, valeurs: tuple[Any, ...], *, liste: bool = False) -> Callable[[Fiche, random.Random, str], None]:
    def geste(fiche: Fiche, alea: random.Random, _: str) -> None:
        tirees = [alea.choice(valeurs) for _ in range(alea.randint(1, 3))]
        fiche[champ] = tirees if liste else tirees[0]

    return geste


def _oter(fiche: Fiche, alea: random.Random, _: str) -> None:
    fiche.pop(alea.choice(["nom", "commune", "source", "date_maj", "services"]), None)


def _vider(fiche: Fiche, alea: random.Random, _: str) -> None:
    fiche[alea.choice(["services", "courriels", "typologie", "permanences", "adresse", "equipements"])] = alea.choice(
        [[], "", {}, None]
    )


def _changer_de_sorte(fiche: Fiche, alea: random.Random, _: str) -> None:
    champ, valeur = alea.choice(sorted(fiche)), alea.choice(TRANGES)
    # A file may hold a text without its quotes, and is understood; the form always holds a text.
    en_nombre = type(valeur) in (int, float) and champ not in ("latitude", "longitude")
    fiche[champ] = True if en_nombre else valeur


def _cle_inconnue(fiche: Fiche, alea: random.Random, _: str) -> None:
    fiche[
        alea.choice(["telephonne", "id", "horaire", "zzz", "Nom", "addresse", "siteweb", "ouvert", "Site Internet"])
    ] = "x"


def _mot(champ: str, mots: tuple[str, ...]) -> Callable[[Fiche, random.Random, str], None]:
    def geste(fiche: Fiche, alea: random.Random, _: str) -> None:
        actuels = fiche.get(champ)
        fiche[champ] = [*(actuels if isinstance(actuels, list) else []), *alea.choices(mots, k=2)]

    return geste


def _injoignable(fiche: Fiche, _: random.Random, __: str) -> None:
    for champ in ("adresse", "latitude", "longitude", "telephone", "courriels", "site_web", "prise_rdv", "tournee"):
        fiche.pop(champ, None)


def _coordonnees(fiche: Fiche, alea: random.Random, _: str) -> None:
    latitude, longitude = alea.choice(
        [(1.7, 46.8), (95.5, 1.7), (46, None), (None, 1.5), ("46,8", 1.7), (2, 47), (0.0, 200)]
    )
    for champ, valeur in (("latitude", latitude), ("longitude", longitude)):
        fiche[champ] = valeur
        if valeur is None:
            fiche.pop(champ)


def _fermetures(fiche: Fiche, alea: random.Random, _: str) -> None:
    fiche["fermetures"] = [
        {"du": alea.choice(JOURS), "au": alea.choice(JOURS), "motif": alea.choice((*TEXTES, *MUETS))},
        {"du": "2026-01-02"},
    ]
    fiche["date_ouverture"] = alea.choice(["2027-01-01", "2020-01-01"])
    fiche["date_fermeture"] = alea.choice(["2026-01-01", "2019-01-01", "bientôt"])


def _labels(fiche: Fiche, alea: random.Random, _: str) -> None:
    fiche["labels"] = [
        {
            "nom": alea.choice(["EPN", "France Services", "zzzz"]),
            "depuis": alea.choice(JOURS),
            "jusqua": alea.choice(JOURS),
        },
        alea.choice(["EPN", {"numero": "12"}, {"nom": "EPN", "couleur": "bleu"}]),
    ]


def _materiel(fiche: Fiche, alea: random.Random, _: str) -> None:
    fiche["equipements"] = {
        "postes": alea.choice([-1, 501, "6", 2.5, True, "six"]),
        "wifi": alea.choice(["oui", "NON", 1, "?"]),
    }
    fiche["pass_numerique"] = alea.choice(
        [{"accepte": "vrai"}, {"accepte": True, "verifie_le": "2031-01-01"}, "oui", {}]
    )
    fiche["accessibilite"] = alea.choice([{"fauteuil": "false"}, {"fauteuils": True}, []])


def _tournee(fiche: Fiche, alea: random.Random, _: str) -> None:
    fiche["itinerance"] = alea.choice([["Fixe"], ["Itinerant"], ["Itinérant", "Itinérant"]])
    fiche["tournee"] = [
        {"commune": "Valbourg", "frequence": alea.choice(["chaque semaine", "hebdo", ""]), "latitude": 46.5},
        "x",
    ][: alea.randint(1, 2)]
    fiche["permanences"] = [
        {"operateur": "CAF", "telephone": alea.choice(NUMEROS)},
        {"horaires": "Mo 09:00-12:00", "services": alea.choice(["x", ["Aide"], []])},
    ]


def _provenance(fiche: Fiche, alea: random.Random, _: str) -> None:
    fiche["provenance"] = {
        alea.choice(["telephone", "telephonne", "zz"]): alea.choice(
            [{"source": "x", "date": alea.choice(JOURS)}, {}, "x"]
        )
    }


def _anciens(fiche: Fiche, alea: random.Random, identifiant: str) -> None:
    fiche["anciens_identifiants"] = [identifiant, alea.choice(IDENTIFIANTS), alea.choice([None, True, [], {}, "12"])]


def _contradiction(fiche: Fiche, alea: random.Random, _: str) -> None:
    services = fiche.get("services")
    fiche["services_absents"] = [
        *(services if isinstance(services, list) else []),
        "Aide aux démarches administratives",
    ][:2]
    fiche["familles_absentes"] = alea.choices(["demarches", "formation", "equipement", "formations"], k=2)
    fiche["familles_declarees"] = [alea.choice(["formation", "equipement"])]


def _personne(fiche: Fiche, alea: random.Random, _: str) -> None:
    phrases = (
        "Demandez Mme Dupont ou Jean Martin.",
        "Appelez le 06 12 34 56 78, jeanne.durand@mairie.example",
        "Rue Jean Jaurès",
    )
    fiche["presentation_detail"] = alea.choice(phrases)
    fiche["horaires_detail"] = alea.choice(phrases)
    fiche["courriels"] = [
        alea.choice(["marie.durand@mairie.example", "epn@orange.fr", "j.durand@a.example", "accueil@gmail.com"])
    ]
    fiche["telephone"] = alea.choice(["+33612345678", "06 12 34 56 78", "+33254080808"])
    fiche["provenance"] = {
        alea.choice(["courriels", "telephone"]): {"source": alea.choice(["Accord de la personne", "Appel"])}
    }


_SERVICES = (
    "Aide aux demarches",
    "Réaliser des démarches administratives avec un accompagnement",
    "zzz",
    "Accès internet",
    "Loisirs et créations numériques",
)
GESTES = [
    *(_oter, _vider, _changer_de_sorte, _cle_inconnue, _injoignable, _coordonnees, _fermetures, _labels, _materiel),
    *(_tournee, _provenance, _anciens, _contradiction, _personne),
    _poser("telephone", NUMEROS),
    _poser("courriels", ADRESSES, liste=True),
    _poser("site_web", SITES, liste=True),
    _poser("prise_rdv", SITES),
    _poser("code_insee", CODES),
    _poser("code_postal", CODES),
    _poser("pivot", PIVOTS),
    _poser("date_maj", JOURS),
    _poser("verifie_le", JOURS),
    _poser("nom", TEXTES),
    _poser("presentation_resume", TEXTES),
    _poser("commune", MUETS),
    _poser("presentation_detail", MUETS),
    _poser("horaires_detail", MUETS),
    _mot("services", _SERVICES),
    _mot("typologie", ("Bibliothèque", "EPN", "epn", "ZZ", "Médiathèque")),
    _mot("frais_a_charge", ("gratuit", "Gratuit", "Payant : l'adhésion", "zz")),
    _mot("modalites_acces", ("Se presenter", "Téléphoner", "x")),
    _mot(
        "formations_labels",
        ("Aidants Connect", "Arnia/MedNum BFC (Bourgogne-Franche-Comté)", "Fabriques de Territoire", "zz"),
    ),
    _mot(
        "dispositif_programmes_nationaux",
        ("Aidants connect", "Espace public numérique (EPN)", "PIX", "Point relais CAF"),
    ),
]
