"""Which départements some words name: « 36 », « Indre », « R24 », « Centre-Val de Loire », « france »."""

import re
from collections.abc import Iterable, Mapping

from carte.ecrits.texte import citer, vouliez_vous_dire
from carte.lettres import plier
from carte.territory.cog import Cog
from carte.territory.erreurs import TerritoireInvalide

FRANCE = "france"


def departements_nommes(mots: Iterable[str], cog: Cog) -> tuple[str, ...]:
    """Codes of the départements that words name, each once, in the order of the words; a région gives all of its own.

    A code of two figures is a département's: a région's is written with an R, because many are both. France is its
    départements: the collectivités that are none are named one by one. Raises TerritoireInvalide.
    """
    connus = _noms(cog)
    trouves: dict[str, None] = {}
    for mot in mots:
        codes = connus.get(_cle(mot))
        if codes is None:
            proche = vouliez_vous_dire(_cle(mot), connus)
            raise TerritoireInvalide(
                f"« {citer(mot)} » n'est ni un département, ni une région : écrivez un code de département (36, 2A, "
                f"974), une région par son code (R24) ou son nom, ou « {FRANCE} ».{proche}"
            )
        trouves |= dict.fromkeys(codes)
    return tuple(trouves)


def _noms(cog: Cog) -> Mapping[str, tuple[str, ...]]:
    """What names each set of départements; where a région is a département too, both names say the same."""
    par_region: dict[str, list[str]] = {}
    for division in cog.departements.values():
        par_region.setdefault(division.region, []).append(division.code)
    noms = {
        _cle(cog.regions[code].nom): tuple(sorted(codes)) for code, codes in par_region.items() if code in cog.regions
    }
    noms |= {f"r{code.lower()}": tuple(sorted(codes)) for code, codes in par_region.items()}
    noms |= {_cle(division.nom): (division.code,) for division in cog.departements.values()}
    noms |= {code.lower(): (code,) for code in cog.departements}
    # A région of three figures is a collectivité that is no département.
    return noms | {FRANCE: tuple(sorted(c for code, codes in par_region.items() if len(code) == 2 for c in codes))}


def _cle(mot: str) -> str:
    """Without case, accents nor hyphens; a code that a spreadsheet shortened has its zero back."""
    texte = re.sub(r"[\s'’-]+", " ", plier(mot)).strip()
    return texte.zfill(2) if texte.isascii() and texte.isdigit() else texte
