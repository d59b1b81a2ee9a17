"""Plain French for pages: dates, numbers, telephones; and the only way a record's text becomes a link."""

import re
from datetime import date
from urllib.parse import quote

from carte.ecrits.formes import avis_url
from carte.ecrits.problem import Gravite

MOIS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
_BIDI = dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_TELEPHONE = re.compile(r"\+?\d{3,15}")
# Spaces where a line never breaks: before the high signs, after an opening one, inside « 10 000 ».
_INSECABLES = re.compile(r" (?=[:;!?»%])|(?<=«) |(?<=\b\d) (?=000\b)|(?<=\b\d\d) (?=000\b)")
# « 9 h – 12 h 30 »: never « 13 h » at the end of a line, then « 30 – 19 h ».
_HEURES = re.compile(r"\d+ h(?: \d\d)?(?: – \d+ h(?: \d\d)?)?")
_COURRIEL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
# Prefixes of France whose national form is 0 followed by nine digits.
_INDICATIFS = ("+33", "+262", "+590", "+594", "+596")


def sans_bidi(texte: str) -> str:
    """The text without direction controls: a title or an attribute has no <bdi> to contain them."""
    return texte.translate(_BIDI)


def typographie(texte: str) -> str:
    """The text, or the HTML, with French no-break spaces: « 12 % », « oui : 10 000 habitants »."""
    return _INSECABLES.sub("\u00a0", texte)


def lier_heures(texte: str) -> str:
    """The text, where no line cuts an hour nor an opening: « 9 h – 12 h 30 ». As `lierHeures` of the browser."""
    return _HEURES.sub(lambda heures: heures[0].replace(" ", "\u00a0"), texte)


def date_longue(jour: date) -> str:
    """`2026-03-01` → « 1er mars 2026 »."""
    return f"{'1er' if jour.day == 1 else jour.day} {MOIS[jour.month - 1]} {jour.year}"


def nombre(valeur: float, decimales: int = 0) -> str:
    """French figure: no-break thin space for thousands, comma for decimals."""
    return f"{valeur:,.{decimales}f}".replace(",", "\u202f").replace(".", ",")


def pluriel(compte: int, singulier: str, pluriel: str | None = None) -> str:
    """« 1 lieu », « 3 lieux »; zero is singular in French."""
    return f"{nombre(compte)} {singulier if compte < 2 else pluriel or singulier + 's'}"


def url_sure(adresse: str) -> str | None:
    """The address when a record may hold it, so that it may become a link; else None (it is then shown as text)."""
    avis = avis_url(adresse)
    return adresse if avis is None or avis.gravite is not Gravite.BLOQUANT else None


def url_courte(adresse: str) -> str:
    """The address as a person reads it: no scheme, no final slash, at most 60 characters."""
    court = re.sub(r"^https?://(www\.)?", "", adresse).rstrip("/")
    return court if len(court) <= 60 else court[:59] + "…"


def lien_telephone(telephone: str) -> str | None:
    """`tel:` link of a number, or None when it holds anything but a number."""
    chiffres = re.sub(r"[\s.\-()\u00a0\u202f]", "", telephone)
    return f"tel:{chiffres}" if _TELEPHONE.fullmatch(chiffres) else None


def telephone_lisible(telephone: str) -> str:
    """`+33254080000` → « 02 54 08 00 00 »; a number that is not French stays as it was written."""
    chiffres = re.sub(r"[\s.\-()]", "", telephone)
    indicatif = next((i for i in _INDICATIFS if chiffres.startswith(i)), None)
    national = "0" + chiffres.removeprefix(indicatif) if indicatif else chiffres
    if not re.fullmatch(r"0\d{9}", national):
        return telephone
    return "\u00a0".join(national[i : i + 2] for i in range(0, 10, 2))


def lien_courriel(courriel: str) -> str | None:
    """`mailto:` link of an address, or None when it is not one plain address."""
    return f"mailto:{quote(courriel, safe='@')}" if _COURRIEL.fullmatch(courriel) else None


def kilometres(km: float) -> str:
    """A distance as the crow flies: « 800 m », « 3,2 km », « 24 km »."""
    if km < 0.95:
        return f"{max(1, round(km * 10)) * 100} m"
    return f"{nombre(km, 1 if km < 9.95 else 0)} km"
