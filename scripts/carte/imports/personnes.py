"""What is somebody's own in a row: it helps nobody to find a place, and a listing travels.

Here doubt hides; in a record, where it would take a way to reach the place away, `records.personnes` only says it.
"""

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


def sans_personne(colonne: str, valeur: str) -> str:
    """The value without what is somebody's own: a mobile, a personal mailbox, the whole of a column of persons."""
    if contient(colonne, _PERSONNELLES):
        return MASQUE if any(map(str.isalnum, valeur)) else ""
    # What stood against a masked part may be read now: « 0612345678jean.dupont@x.fr ».
    while (masquee := _masquer(valeur)) != valeur:
        valeur = masquee
    return valeur


def _masquer(valeur: str) -> str:
    for trace in traces(valeur, doute=True):
        if trace.genre != "nom":
            valeur = valeur.replace(trace.texte, "".join([MASQUE, *trace.texte.partition("@")[1:]]))
    return valeur
