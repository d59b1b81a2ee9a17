"""Hours written by people → OSM opening_hours, only when every word of the text is understood.

A qualifier that the grammar does not know ("1 samedi sur 2", "sur RDV", "semaine paire") makes the whole text
refused: the caller keeps it as it is. Tools that skip such words publish places as open when they are closed.
"""

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise

from carte.erreurs import ErreurCarte
from carte.imports.textes import sans_accents

Plages = list[tuple[int, int]]

JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
OSM = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_ABREGES = {jour[:3]: rang for rang, jour in enumerate(JOURS)}
_ENTETES = re.compile(r"^(jours et )?(heures|horaires)( d'ouvertures?)?\s*:?\s*")
_LEXIQUE = re.compile(
    r"(?P<jour>(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)s?\b|(?:lun|mar|mer|jeu|ven|sam|dim)\b)"
    r"|(?P<collees>\d{1,2}h(?P<cm>\d{2})?(?=\d{1,2}h))"
    r"|(?P<heure>(?P<h>\d{1,2})\s*(?:h(?:eures?)?\b|h(?=\d)|:(?=\d))(?:\s*(?P<m>\d{2})(?!\s*h|\s*:|\d))?)"
    r"|(?P<ferme>ferme(?:e|ture)?\b)"
    r"|(?P<jusque>\b(?:au|a)\b)"
    r"|(?P<tiret>[-–—]+)"
    r"|(?P<lien>\bet\b|\bpuis\b|[,/])"
    r"|(?P<vide>\b(?:du|de|des|le|les)\b|[:;.\s|])"
)


class HorairesNonCompris(ErreurCarte, ValueError):
    """The text holds something the grammar does not know; the message says what, in French."""


def osm(texte: str, jours_declares: Iterable[str] = ()) -> str:
    """Translate a French text of opening hours, with the days the form ticked beside it.

    Days of the text and ticked days must agree when both exist. Raises HorairesNonCompris.
    """
    declares = _declares(jours_declares)
    plat = _ENTETES.sub("", sans_accents(re.sub(r"\s+", " ", texte)).strip())
    semaine = _lire(_jetons(plat), declares)
    ouverts = {rang for rang, plages in semaine.items() if plages}
    if declares and ouverts != declares:
        raise HorairesNonCompris("les jours du texte et les jours cochés ne sont pas les mêmes")
    return ecrire(semaine)


def plages_du_jour(texte: str) -> Plages:
    """The hours of a text that stands for one day (« 9h-12h / 14h-17h », « fermé »). Raises HorairesNonCompris."""
    return _plages(_jetons(sans_accents(re.sub(r"\s+", " ", texte)).strip()))


def ecrire(semaine: Mapping[int, Plages]) -> str:
    """OSM text of a week: {0: [(540, 720)]} → "Mo 09:00-12:00"; days with the same hours are grouped.

    A day present without hours is closed for sure ("off"); an absent day is simply not mentioned.
    """
    groupes: dict[str, list[int]] = {}
    for rang in sorted(semaine):
        heures = ",".join(f"{_hh_mm(debut)}-{_hh_mm(fin)}" for debut, fin in semaine[rang]) or "off"
        groupes.setdefault(heures, []).append(rang)
    return "; ".join(f"{_jours_osm(rangs)} {heures}" for heures, rangs in groupes.items())


def _declares(jours: Iterable[str]) -> set[int]:
    declares = {sans_accents(jour).strip() for jour in jours} - {""}
    inconnus = declares - set(JOURS)
    if inconnus:
        raise HorairesNonCompris(f"jour coché inconnu « {min(inconnus)} »")
    return {JOURS.index(jour) for jour in declares}


def _jetons(plat: str) -> list[tuple[str, int]]:
    """(kind, value) of each word: the whole text must be made of words of the lexicon."""
    jetons: list[tuple[str, int]] = []
    position = 0
    while position < len(plat):
        trouve = _LEXIQUE.match(plat, position)
        if trouve is None or trouve.lastgroup == "collees":
            raise HorairesNonCompris(f"« {plat[position : position + 40].strip()} » n'est pas compris")
        if trouve["jour"]:
            jetons.append(("jour", _ABREGES[trouve["jour"][:3]]))
        elif trouve["heure"]:
            jetons.append(("heure", _minutes(trouve)))
        elif not trouve["vide"]:
            jetons.append((trouve.lastgroup or "", 0))
        position = trouve.end()
    return jetons


def _minutes(trouve: re.Match[str]) -> int:
    heures, minutes = int(trouve["h"]), int(trouve["m"] or 0)
    # "9h 12" may be 9:12 or 9:00 then 12: minutes that no counter displays are not believed.
    if minutes % 5 or heures > 24 or heures * 60 + minutes > 1440:
        raise HorairesNonCompris(f"« {trouve[0].strip()} » n'est pas une heure sûre")
    return heures * 60 + minutes


def _lire(jetons: list[tuple[str, int]], declares: set[int]) -> dict[int, Plages]:
    """Cut the words into (days, hours) groups; words without any day are hours of the ticked days."""
    semaine: dict[int, Plages] = {}
    if not any(genre == "jour" for genre, _ in jetons):
        if not declares:
            raise HorairesNonCompris("aucun jour n'est indiqué")
        return dict.fromkeys(declares, _plages(jetons))
    for jours, heures in _groupes(jetons):
        plages = _plages(heures)
        for rang in _etendre(jours):
            if rang in semaine:
                raise HorairesNonCompris(f"le {JOURS[rang]} est donné deux fois")
            semaine[rang] = plages
    return semaine


def _groupes(jetons: list[tuple[str, int]]) -> list[tuple[list[tuple[str, int]], list[tuple[str, int]]]]:
    groupes: list[tuple[list[tuple[str, int]], list[tuple[str, int]]]] = []
    precedent = "heure"
    for jeton in jetons:
        genre = jeton[0]
        if genre == "jour" and precedent != "jour":
            groupes.append(([], []))
        if not groupes:
            raise HorairesNonCompris("des heures précèdent le premier jour")
        precedent = genre if genre in {"jour", "heure", "ferme"} else precedent
        groupes[-1][0 if precedent == "jour" else 1].append(jeton)
    return groupes


def _etendre(jours: list[tuple[str, int]]) -> list[int]:
    """Ranks of the days named: "lundi au jeudi" is a range, commas are a list, a lone dash is a trap.

    "lundi-vendredi" (range) and "mercredi - vendredi" (list) are written alike: only neighbouring days, or
    three days and more, are sure.
    """
    rangs = [valeur for genre, valeur in jours if genre == "jour"]
    liens = {genre for genre, _ in jours[: _dernier_jour(jours)] if genre != "jour"}
    if "jusque" in liens:
        if len(rangs) != 2 or liens != {"jusque"} or rangs[0] >= rangs[1]:
            raise HorairesNonCompris("la suite de jours n'est pas sûre")
        return list(range(rangs[0], rangs[1] + 1))
    if "tiret" in liens and len(rangs) == 2 and rangs[1] != rangs[0] + 1:
        raise HorairesNonCompris(f"« {JOURS[rangs[0]]} - {JOURS[rangs[1]]} » peut être une suite ou une liste")
    return rangs


def _dernier_jour(jours: list[tuple[str, int]]) -> int:
    return max(indice for indice, (genre, _) in enumerate(jours) if genre == "jour")


def _plages(jetons: list[tuple[str, int]]) -> Plages:
    """Pairs of strictly growing times: then every reading of the separators gives the same hours."""
    genres = {genre for genre, _ in jetons}
    heures = [valeur for genre, valeur in jetons if genre == "heure"]
    if "ferme" in genres:
        if heures:
            raise HorairesNonCompris("« fermé » et des heures pour le même jour")
        return []
    if not heures or len(heures) % 2 or any(avant >= apres for avant, apres in pairwise(heures)):
        raise HorairesNonCompris("les heures ne forment pas des plages sûres")
    return list(zip(heures[::2], heures[1::2], strict=True))


def _hh_mm(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _jours_osm(rangs: list[int]) -> str:
    """[0, 1, 2, 4] → "Mo-We,Fr"; two neighbours are written as a list ("Mo,Tu")."""
    suites: list[list[int]] = []
    for rang in rangs:
        if suites and suites[-1][-1] == rang - 1:
            suites[-1].append(rang)
        else:
            suites.append([rang])
    return ",".join(
        f"{OSM[suite[0]]}-{OSM[suite[-1]]}" if len(suite) > 2 else ",".join(OSM[rang] for rang in suite)
        for suite in suites
    )
