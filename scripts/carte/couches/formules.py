"""Where our columns stand in a published table: headings, sums of headings, and the vintage that some carry.

A formula is a heading, or headings joined by « + » and « - » between spaces. `##` in it stands for a vintage of two
figures, the same everywhere in the table and the latest that has all; `*` stands for any end of a heading.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from carte.couches.registre import Alias
from carte.erreurs import ErreurCarte

_TERMES = re.compile(r" ([+-]) ")
_SIECLE = "20"
SECRETS = frozenset({"", "s", "nd", "n/d", "n.d.", "na", "n/a", "c", "..", "..."})
"""What a cell says when its figure is secret or not available, in small letters: unknown, never zero."""
Terme = tuple[int, int]
"""Sign, and position of the heading."""


class ColonneAbsente(ErreurCarte):
    """No formula of a column can be worked out: the name of the column."""


@dataclass(frozen=True, slots=True)
class Places:
    """The terms of each column, in order, and the year that headings carry (empty when they carry none)."""

    colonnes: Mapping[str, tuple[Terme, ...]]
    annee: str = ""


def placer(titres: Sequence[str], colonnes: Mapping[str, Alias]) -> Places:
    """Find every column in a row of headings. Raises ColonneAbsente with the first that is not there."""
    rangs = {titre.strip(): rang for rang, titre in reversed(list(enumerate(titres))) if titre.strip()}
    millesimes = list(_millesimes(rangs, colonnes)) or [""]
    manque = ""
    for millesime in millesimes:
        places = {nom: _terme_par_terme(rangs, connus, millesime) for nom, connus in colonnes.items()}
        absentes = [nom for nom, termes in places.items() if not termes]
        if not absentes:
            return Places(places, _SIECLE + millesime if millesime else "")
        manque = manque or absentes[0]
    raise ColonneAbsente(manque)


def calculer(rangee: Sequence[str], termes: Iterable[Terme]) -> float | None:
    """The figure of a formula on one row; None as soon as one of its terms is secret. Raises ValueError."""
    total = 0.0
    for signe, rang in termes:
        texte = rangee[rang].strip() if rang < len(rangee) else ""
        if texte.casefold() in SECRETS:
            return None
        total += signe * float(texte.replace("\u202f", "").replace("\xa0", "").replace(" ", "").replace(",", "."))
    return round(total, 6) + 0.0  # no -0.0


def _millesimes(titres: Iterable[str], colonnes: Mapping[str, Alias]) -> Iterator[str]:
    """The vintages that headings carry, latest first."""
    termes = {terme for connus in colonnes.values() for formule in connus for terme in _TERMES.split(formule)[::2]}
    motifs = [_motif(terme, "([0-9]{2})") for terme in sorted(termes) if "##" in terme]
    trouves = {cas.group(1) for titre in titres for motif in motifs if (cas := motif.fullmatch(titre))}
    yield from sorted(trouves, reverse=True)


def _terme_par_terme(rangs: Mapping[str, int], connus: Alias, millesime: str) -> tuple[Terme, ...]:
    for formule in connus:
        morceaux = _TERMES.split(formule)
        trouves = [_rang(rangs, terme, millesime) for terme in morceaux[::2]]
        if None not in trouves:
            signes = [1, *(1 if signe == "+" else -1 for signe in morceaux[1::2])]
            return tuple((signe, rang) for signe, rang in zip(signes, trouves, strict=True) if rang is not None)
    return ()


def _rang(rangs: Mapping[str, int], terme: str, millesime: str) -> int | None:
    if "*" not in terme and "##" not in terme:
        return rangs.get(terme)
    motif = _motif(terme, millesime or "(?!)")
    return next((rang for titre, rang in rangs.items() if motif.fullmatch(titre)), None)


def _motif(terme: str, millesime: str) -> re.Pattern[str]:
    return re.compile(re.escape(terme).replace(r"\#\#", millesime).replace(r"\*", ".*"))
