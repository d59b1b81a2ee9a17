"""Why libyaml stops at a line, when the mistake is one that people make: it often stops further than the mistake.

A quote that is not closed, words after the one that closes, a field too far to the right, no space after a colon.
"""

import re

from carte.ecrits.texte import citer

Cause = tuple[str, int, int]
"""What to say, and the line and column of the mistake, both from 1."""

# What stands before a value on its line: dashes of a list, then perhaps the name of a field.
_AVANT = r"[ ]*(?:- +)*(?:[^\s:#\"'\[{][^:#]*:[ \t]+)?"
_CITE = re.compile(rf"{_AVANT}(?=[\"'])")
_CHAMP = re.compile(r"( *(?:- +)*)([^\W\d]\w*):(?:[ \t]|\Z)")
_COLLE = re.compile(r"( *(?:- +)*)([^\W\d]\w*):(?=[^\s:/])")
_FIN = {'"': re.compile(r'(?:[^"\\]|\\.)*"'), "'": re.compile(r"(?:[^']|'')*'(?!')")}


def cause(texte: str, rang: int, colonne: int) -> Cause | None:
    """The mistake that makes libyaml stop at a line and column (from 0) of a text; None when none is recognised."""
    lignes = texte.splitlines()
    if rang >= len(lignes):
        return None
    return _guillemet(lignes, rang, colonne) or _deux_points(lignes, rang, colonne)


def _guillemet(lignes: list[str], rang: int, colonne: int) -> Cause | None:
    """A quoted value that ends where its author did not mean it to: the last one that opens before that place."""
    n = 0
    while n <= rang:
        trouve = _CITE.match(lignes[n])
        if trouve is None:
            n += 1
            continue
        ouvre = trouve.end()
        guillemet = lignes[n][ouvre]
        ferme = _fermeture(lignes, n, ouvre + 1, _FIN[guillemet])
        if ferme is None:
            return None
        if ferme[0] == rang and ferme[1] <= colonne and lignes[rang][ferme[1] :].strip():
            return _mal_ferme(lignes, n, ouvre, rang)
        n = ferme[0] + 1
    return None


def _fermeture(lignes: list[str], rang: int, debut: int, fin: re.Pattern[str]) -> tuple[int, int] | None:
    """The line where a quoted value ends and the column after its last quote."""
    for n in range(rang, len(lignes)):
        trouve = fin.match(lignes[n], debut if n == rang else 0)
        if trouve is not None:
            return n, trouve.end()
    return None


def _mal_ferme(lignes: list[str], rang: int, ouvre: int, fin: int) -> Cause:
    if rang != fin:
        return "Le guillemet ouvert ici n'est pas fermé : mettez-en un à la fin de cette valeur.", rang + 1, ouvre + 1
    entier = lignes[rang][ouvre:].strip()
    dedans = entier[1:-1] if len(entier) > 1 and entier[-1] == entier[0] else entier.replace(entier[0], "")
    forme = "'" + dedans.replace("'", "''") + "'" if '"' in dedans or "\\" in dedans else f'"{dedans}"'
    message = (
        f"Après un guillemet qui ferme, plus rien ne peut suivre. Écrivez toute la valeur ainsi : {citer(forme, 200)}"
    )
    return message, rang + 1, ouvre + 1


def _deux_points(lignes: list[str], rang: int, colonne: int) -> Cause | None:
    """A field read as the end of the value above it: it is too far to the right, or that one is no field."""
    ici = _CHAMP.match(lignes[rang])
    if ici is None or ici.end(2) != colonne:
        return None
    avant = next(
        (n for n in range(rang - 1, -1, -1) if lignes[n].strip() and not lignes[n].lstrip().startswith("#")), None
    )
    if avant is None:
        return None
    colle = _COLLE.match(lignes[avant])
    if colle is not None and len(colle[1]) == len(ici[1]):
        juste = f"{citer(colle[2])}: {citer(lignes[avant][colle.end() :])}"
        return f"Il manque une espace après les deux-points : « {juste} ».", avant + 1, colle.end() + 1
    dessus = _CHAMP.match(lignes[avant])
    if dessus is None or len(ici[1]) <= len(dessus[1]):
        return None
    message = f"« {citer(ici[2])} » est trop à droite : alignez-le sur « {citer(dessus[2])} », à la ligne {avant + 1}."
    return message, rang + 1, len(ici[1]) + 1
