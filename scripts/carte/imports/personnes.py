"""What is somebody's own in a row: it helps nobody to find a place, and a listing travels.

Here doubt hides; in a record, where it would take a way to reach the place away, `records.personnes` only says it.
"""

import re

from carte.imports.textes import contient
from carte.records.personnes import traces

MASQUE = "(non recopié)"
_PERSONNELLES = (
    r"prenom",
    r"^contacts?$",
    r"\bcontact\b.*\b(nom|role)\b",
    r"\bagents?\b",
    r"\bconseillere?s?\b",
    r"\breferent",
    r"\bresponsable",
    r"interlocut",
    r"\banimat(eur|rice)",
    r"\bmobile\b",
    r"\bportable\b",
)
# A mailbox of two words or an initial and a word is somebody's; those of a service are one word we know.
_BOITE_DE_QUELQU_UN = re.compile(r"(?<![\w.+-])(?P<boite>[\w+-]+(?:[._-][\w+-]+)*)@(?=[\w.-]+\.\w)", re.ASCII)
_DE_SERVICE = re.compile(
    r"accueil|contact|mairie|info|bibliotheque|mediatheque|france|service|secretariat|centre|direction|epn|cyber|ccas"
    r"|espace|maison|numerique|mission|association|administration|public|commune|ville|bureau|tiers|point"
)
_MOBILE = re.compile(r"(?:\+33|\b0033|\b0)[ .\-/]?[67](?:[ .\-/]?\d{2}){4}(?!\d)")


def sans_personne(colonne: str, valeur: str) -> str:
    """The value without what is somebody's own: a mobile, a personal mailbox, the whole of a column of persons."""
    if contient(colonne, _PERSONNELLES):
        return MASQUE if any(map(str.isalnum, valeur)) else ""
    valeur = _MOBILE.sub(MASQUE, _BOITE_DE_QUELQU_UN.sub(_boite, valeur))
    for trace in traces(valeur):
        valeur = valeur.replace(trace.texte, MASQUE) if trace.genre != "nom" else valeur
    return valeur


def _boite(trouve: re.Match[str]) -> str:
    boite = trouve["boite"].lower()
    de_quelqu_un = re.fullmatch(r"[a-z]+[._-][a-z]+(?:[._-][a-z]+)?", boite) and not _DE_SERVICE.search(boite)
    return f"{MASQUE}@" if de_quelqu_un else trouve.group()
