"""JSON files that come with a deployment: what is wrong with one is said in French, at its line and column."""

import json
from collections import Counter
from typing import Any, NoReturn

from carte.ecrits.problem import Gravite, Problem
from carte.ecrits.texte import citer
from carte.erreurs import ErreurCarte

# (words of Python's message; French). First match wins.
_PHRASES = (
    ("Unterminated string", "Un texte ouvert ici n'est pas fermé : le fichier est sans doute coupé."),
    ("Expecting property name", "Un nom entre guillemets doubles est attendu ici."),
    ("Expecting ':'", "Un « : » est attendu ici."),
    ("Expecting ','", "Une virgule, ou la fin de la liste ou de l'objet, est attendue ici."),
    ("Expecting value", "Une valeur est attendue ici."),
    ("Extra data", "Du texte suit la fin du JSON."),
    ("Invalid control character", "Un caractère de contrôle, invisible, est dans ce texte."),
    ("Invalid \\", "Ce « \\ » n'annonce aucun caractère connu."),
    ("Illegal trailing comma", "Une virgule de trop avant la fermeture."),
)
_COUPE = "Le fichier s'arrête avant la fin : il est sans doute coupé."


class JsonIllisible(ErreurCarte):
    """A file that is no JSON; `probleme` says where and why."""

    def __init__(self, nom: str, message: str, ligne: int = 1, colonne: int = 1) -> None:
        self.probleme = Problem(nom, ligne, colonne, "", "", message, Gravite.BLOQUANT, "json")
        super().__init__(str(self.probleme))


def analyser_json(contenu: bytes | str, nom: str, *, cles_uniques: bool = False) -> Any:
    """The value of a JSON text; `nom` is how its problem shows the file. Raises JsonIllisible; no NaN, no infinity.

    `cles_uniques`: an object that says a name twice is refused too, which of the two is meant being unknown.
    """

    def refuser(constante: str) -> NoReturn:
        raise JsonIllisible(nom, f"« {constante} » n'est pas un nombre.")

    def une_fois(couples: list[tuple[str, Any]]) -> dict[str, Any]:
        objet = dict(couples)
        if len(objet) < len(couples):
            ((double, _),) = Counter(cle for cle, _ in couples).most_common(1)
            raise JsonIllisible(nom, f"Un objet dit deux fois « {citer(double)} ».")
        return objet

    texte = contenu if isinstance(contenu, str) else _decoder(contenu, nom)
    try:
        return json.loads(texte, parse_constant=refuser, object_pairs_hook=une_fois if cles_uniques else None)
    except json.JSONDecodeError as erreur:
        coupe = erreur.pos >= len(texte.rstrip())
        connue = next((phrase for mots, phrase in _PHRASES if mots in erreur.msg), "Ce n'est pas du JSON.")
        raise JsonIllisible(nom, _COUPE if coupe else connue, erreur.lineno, erreur.colno) from erreur
    except RecursionError as erreur:
        raise JsonIllisible(nom, "Le fichier emboîte trop de niveaux.") from erreur
    except ValueError as erreur:  # Python stops on an integer of thousands of digits
        raise JsonIllisible(nom, "Un nombre y a des milliers de chiffres.") from erreur


def _decoder(octets: bytes, nom: str) -> str:
    try:
        return octets.decode("utf-8-sig")
    except UnicodeDecodeError as erreur:
        ligne = octets.count(b"\n", 0, erreur.start) + 1
        raise JsonIllisible(nom, "Le fichier n'est pas en UTF-8.", ligne) from erreur
