"""Shapes that records and configuration share: one function per shape, from a value to what is wrong with it."""

import re
from ipaddress import ip_address
from socket import inet_aton
from typing import NamedTuple
from urllib.parse import urlsplit

from carte.ecrits.caracteres import sosie
from carte.ecrits.problem import Gravite
from carte.ecrits.texte import citer

DEPARTEMENT = re.compile(r"(?:0[1-9]|1\d|2[1-9AB]|[3-8]\d|9[0-6]|97[1-8]|98[46-8]|99)\Z")
"""Code of a département or of an overseas collectivity; those of FICTIFS included."""
FICTIFS = frozenset({"96", "99"})
"""Codes of the demonstration's départements, which no real one has."""

SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,148}[a-z0-9])?")
"""Name of a record's file, without its extension, to match whole: it becomes a folder and a file of the site."""
_COURRIEL = re.compile(r"[^\s@<>\"'(),:;\[\]\\]{1,64}@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,63}\Z")
_DOMAINE_SEUL = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?:[/?#:]\S*)?\Z", re.IGNORECASE)
# A plain address on a named host; anything else is looked at part by part.
_URL_SIMPLE = re.compile(r"https?://(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?:[/?#][^\s<>\"'`\\{}|^]*)?\Z")
# Reserved for private networks: RFC 6762, RFC 8375, ICANN's .internal, and names that boxes give.
DOMAINES_PRIVES = (
    ".localhost",
    ".local",
    ".lan",
    ".internal",
    ".intranet",
    ".home",
    ".home.arpa",
    ".corp",
    ".private",
)
_PRIVE_PEUT_ETRE = re.compile(
    r"://[^/?#]*\.(?:localhost|local|lan|internal|intranet|home|home\.arpa|corp|private)(?:[/?#]|\Z)"
)
_HOTE = re.compile(r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W_](?:[\w-]*[^\W_])?\.?\Z")
_INTERDITS_URL = re.compile(r"[\s<>\"'`\\{}|^]")


class Avis(NamedTuple):
    """What a shape's function says of a value; None when it is fine."""

    message: str
    gravite: Gravite = Gravite.BLOQUANT
    decalage: int = 0


def avis_courriel(texte: str) -> Avis | None:
    """One plain e-mail address."""
    if _COURRIEL.match(texte) and ".." not in texte and not texte.startswith("."):
        return None if texte.isascii() else _avis_sosie(texte)
    nettoye = re.sub(r"\s*(?:\(at\)|\[at\])\s*", "@", texte.removeprefix("mailto:").strip())
    if nettoye != texte and _COURRIEL.match(nettoye):
        return Avis(f"« {citer(texte)} » n'est pas une adresse de courriel. Vouliez-vous dire « {citer(nettoye)} » ?")
    if texte.count("@") > 1:
        return Avis("Une seule adresse de courriel par ligne, chacune après un tiret.")
    return Avis(f"« {citer(texte)} » n'est pas une adresse de courriel, par exemple contact@mairie.example.")


def avis_url(texte: str) -> Avis | None:
    """An absolute http(s) address, without credentials nor characters that leave an attribute."""
    if _URL_SIMPLE.match(texte):
        return _avis_prive(urlsplit(texte).hostname or "") if _PRIVE_PEUT_ETRE.search(texte) else None
    schema = texte.split(":", 1)[0].lower() if ":" in texte.split("/", 1)[0] else ""
    if schema not in ("http", "https"):
        return _avis_schema(texte, schema)
    if interdit := _INTERDITS_URL.search(texte):
        return Avis(f"Une adresse web ne contient pas « {citer(interdit.group())} ».", decalage=interdit.start())
    try:
        parties = urlsplit(texte)
        _ = parties.port  # raises when it is not a port
    except ValueError:
        return Avis(f"« {citer(texte)} » n'est pas une adresse web.")
    if parties.username is not None:
        return Avis("Une adresse web ne contient pas « @ » avant le nom du site : elle tromperait sur le site ouvert.")
    hote = parties.hostname or ""
    if avis := _avis_prive(hote):
        return avis
    if not _HOTE.match(hote):
        return Avis(f"« {citer(texte)} » n'est pas une adresse web, par exemple https://www.mairie.example/.")
    return _avis_sosie(hote)


def _avis_prive(hote: str) -> Avis | None:
    """Whether a host is only known inside a network: visitors would be sent nowhere, or to their own machine."""
    nom = hote.rstrip(".")
    if nom != "localhost" and not nom.endswith(DOMAINES_PRIVES) and not _adresse_privee(nom):
        return None
    # Of one word, it is no address that a browser can be given; otherwise it is one, and its author may know better.
    gravite = Gravite.CONSEIL if "." in nom else Gravite.BLOQUANT
    message = f"« {citer(hote)} » est une adresse privée : elle ne s'ouvre que dans son réseau, pas chez les visiteurs."
    return Avis(message, gravite)


def _adresse_privee(hote: str) -> bool:
    """As browsers read an IPv4 address: `10.1`, `0x7f.1` are ones too."""
    try:
        return not ip_address(hote if ":" in hote else inet_aton(hote)).is_global
    except (OSError, ValueError):
        return False


def _avis_sosie(texte: str) -> Avis | None:
    """A whole word of another alphabet in an address; words that mix two are seen in the whole file (`suspects`)."""
    for mot in re.findall(r"[^\W\d_]+", texte):
        if (lettre := sosie(mot)) and not re.search("[a-z]", mot, re.IGNORECASE):
            message = f"« {citer(mot)} » n'est pas écrit avec notre alphabet (U+{ord(lettre):04X}) : retapez l'adresse."
            return Avis(message, Gravite.CONSEIL, texte.index(mot))
    return None


def _avis_schema(texte: str, schema: str) -> Avis:
    if _DOMAINE_SEUL.match(texte):
        return Avis(f"Il manque le début de l'adresse. Vouliez-vous dire « https://{citer(texte)} » ?")
    if schema:
        return Avis(f"Seules les adresses http:// et https:// sont acceptées, pas « {citer(schema)}: ».")
    return Avis(f"« {citer(texte)} » n'est pas une adresse web, par exemple https://www.mairie.example/.")


def avis_identifiant(texte: str) -> Avis | None:
    """`<département>/<slug>`: the path of a record under `offers/`, without its extension."""
    if est_identifiant(texte):
        return None
    propre = texte.strip("/").removeprefix("offers/").removesuffix(".yml")
    if est_identifiant(propre):
        return Avis(f"« {citer(texte)} » n'est pas un identifiant. Vouliez-vous dire « {citer(propre)} » ?")
    return Avis(f"« {citer(texte)} » n'est pas un identifiant, comme 36/mediatheque : {REGLE_DU_NOM}.")


REGLE_DU_NOM = "le nom a au plus 150 lettres sans accent, chiffres et tirets, sans tiret au début ni à la fin"


def est_identifiant(texte: str) -> bool:
    """Whether a text is the id that a record can have: the one rule, for files, former ids, imports and pages."""
    departement, _, nom = texte.partition("/")
    return DEPARTEMENT.match(departement) is not None and SLUG.fullmatch(nom) is not None


def avis_departement(texte: str) -> Avis | None:
    """Two or three characters: 01, 2A, 974."""
    if DEPARTEMENT.match(texte):
        return None
    compact = re.sub(r"\s", "", texte).upper()
    propose = next((code for code in (compact, f"0{compact}") if DEPARTEMENT.match(code)), None)
    suite = f" Vouliez-vous dire « {propose} » ?" if propose else " Écrivez par exemple 36, 2A ou 974."
    return Avis(f"« {citer(texte)} » n'est pas le code d'un département.{suite}")
