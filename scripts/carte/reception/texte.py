"""What was received and what was not, for a terminal. Pure functions."""

from collections import Counter
from collections.abc import Iterator, Sequence

from carte.boucle.commentaire import cotes
from carte.boucle.comparer import Champ
from carte.ecrits.texte import montrable
from carte.reception.modele import Recue, Sort
from carte.records import Problem

_FAUTES_MAX = 15


def en_texte(recues: Sequence[Recue]) -> str:
    """What became of each record, with what changes in it; everything that a message wrote is on one line, inert."""
    return "\n".join(ligne for recue in recues for ligne in _lignes(recue))


def _lignes(recue: Recue) -> Iterator[str]:
    nom = f"{recue.courrier} : " if recue.courrier else ""
    fiche = f", {recue.identifiant}" if recue.identifiant else ""
    if recue.sort is not Sort.REFUSEE:
        yield montrable(f"{nom}{recue.sort}{fiche}")
    else:
        yield montrable(f"{nom}{recue.raison} ({recue.sort}{fiche})")
    for champ in recue.champs:
        avant, apres = cotes(champ)
        yield f"  {champ.nom} : {avant} -> {apres}"
    for champ in recue.gardes:
        yield f"  {champ.nom} : {_cote_a_cote(champ)} ; la fiche a changé depuis, elle garde sa valeur"
    for champ in recue.conflits:
        yield f"  {champ.nom} : {_cote_a_cote(champ)}"
    if recue.conflits:
        yield "  Voyez qui a raison, puis relancez pour ce seul message avec --trancher message, ou --trancher fiche."
    yield from _problemes(recue.problemes)


def _cote_a_cote(champ: Champ) -> str:
    fiche, message = cotes(champ)
    return f"la fiche dit « {fiche} », le message « {message} »"


def _problemes(problemes: Sequence[Problem]) -> Iterator[str]:
    yield from (f"  {probleme} [{probleme.gravite}]" for probleme in problemes[:_FAUTES_MAX])
    if reste := len(problemes[_FAUTES_MAX:]):
        yield f"  Et {reste} de plus."


def bilan(recues: Sequence[Recue]) -> str:
    """`1 nouvelle fiche, 2 fiches corrigées, 1 pas reçue.`"""
    comptes = Counter(recue.sort for recue in recues)
    mots = {
        Sort.AJOUTEE: ("nouvelle fiche", "nouvelles fiches"),
        Sort.CORRIGEE: ("fiche corrigée", "fiches corrigées"),
        Sort.DEJA: ("déjà reçue", "déjà reçues"),
        Sort.REFUSEE: ("pas reçue", "pas reçues"),
    }
    dits = [f"{n} {mots[sort][n > 1]}" for sort in Sort if (n := comptes[sort])]
    return f"{', '.join(dits)}." if dits else "Aucun message."
