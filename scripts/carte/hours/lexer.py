"""Cut an opening_hours text into words; every refusal that concerns one word alone is said here."""

import re
from typing import NamedTuple

from carte.hours.errors import HorairesInvalides


class Mot(NamedTuple):
    """One word: `genre` steers the parser, `valeur` is a number or a keyword, `debut` the place in the text.

    Kinds: heure (minutes), nombre, jour (0 = Monday), mois (1-12), ferie (ph, sh), semaine, paques, modif
    (open, off, unknown), decalage, note (comment), toujours (24/7), fin, or the sign itself (`-`, `,`, `;`, `||`…).
    """

    genre: str
    valeur: int | str
    debut: int


JOURS = ("mo", "tu", "we", "th", "fr", "sa", "su")
MOIS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MOTS: dict[str, tuple[str, int | str]] = {
    **{nom: ("jour", rang) for rang, nom in enumerate(JOURS)},
    **{nom: ("mois", rang) for rang, nom in enumerate(MOIS, start=1)},
    **{nom: ("ferie", nom) for nom in ("ph", "sh")},
    **{nom: ("modif", nom) for nom in ("open", "off", "unknown")},
    **{nom: ("decalage", nom) for nom in ("day", "days")},
    "closed": ("modif", "off"),
    "week": ("semaine", "week"),
    "easter": ("paques", "easter"),
}
_CHIFFRES_MAX = 9  # Python refuses to read an endless number, and no date needs one
_SOLAIRES = frozenset({"sunrise", "sunset", "dawn", "dusk"})
_DECOUPE = re.compile(
    r"\s*(?:(?P<toujours>24/7)|(?P<heure>\d{1,2}:\d{2}(?!\d))|(?P<nombre>\d+)|(?P<mot>[^\W\d_]+)"
    r'|(?P<note>"[^"]*")|(?P<signe>\|\||[-,;:+/\[\]]))'
)


def decouper(texte: str) -> list[Mot]:
    """The words of the text, closed by a `fin`. Raises HorairesInvalides on a sign or a word without meaning."""
    mots: list[Mot] = []
    place, longueur = 0, len(texte.rstrip())
    while place < longueur:
        trouve = _DECOUPE.match(texte, place)
        if trouve is None or trouve.lastgroup is None:
            raise _signe_inconnu(texte, place)
        genre = trouve.lastgroup
        debut, place = trouve.start(genre), trouve.end()
        mots.append(_mot(genre, trouve[genre], debut))
    mots.append(Mot("fin", "", longueur))
    return mots


def _mot(genre: str, brut: str, debut: int) -> Mot:
    if genre == "signe":
        return Mot(brut, brut, debut)
    if genre == "heure":
        return Mot(genre, _minutes(brut, debut), debut)
    if genre == "mot":
        connu = MOTS.get(brut.lower())
        if connu is None:
            raise _mot_inconnu(brut, debut)
        return Mot(*connu, debut)
    if genre == "nombre":
        if len(brut) > _CHIFFRES_MAX:
            raise HorairesInvalides(f"Un nombre a {_CHIFFRES_MAX} chiffres au plus.", debut)
        return Mot(genre, int(brut), debut)
    return Mot(genre, brut.strip('" \t\n'), debut)


def _minutes(brut: str, debut: int) -> int:
    heures, minutes = int(brut[:-3]), int(brut[-2:])
    if minutes > 59 or heures * 60 + minutes > 48 * 60:
        raise HorairesInvalides(f"« {brut} » n’est pas une heure : écrivez de 00:00 à 24:00.", debut)
    return heures * 60 + minutes


def _mot_inconnu(brut: str, debut: int) -> HorairesInvalides:
    if brut.lower() in _SOLAIRES:
        return HorairesInvalides(
            f"Les heures du soleil (« {brut} ») ne sont pas acceptées : écrivez une heure, par exemple 09:00.", debut
        )
    return HorairesInvalides(
        f"« {brut} » n’est pas reconnu : les jours s’écrivent Mo, Tu, We, Th, Fr, Sa, Su, les heures 09:00-12:00, "
        "et une remarque se met entre guillemets droits.",
        debut,
    )


def _signe_inconnu(texte: str, place: int) -> HorairesInvalides:
    debut = place + len(texte[place:]) - len(texte[place:].lstrip())
    if texte[debut] == '"':
        return HorairesInvalides('La remarque ouverte par un guillemet « " » n’est pas refermée.', debut)
    return HorairesInvalides(
        f"Le signe « {texte[debut]} » n’est pas accepté dans des horaires : une heure s’écrit 09:00.", debut
    )
