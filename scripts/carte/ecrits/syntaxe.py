"""What libyaml and the bytes themselves refuse, said in French; the original text as a last resort."""

import re
from dataclasses import dataclass

import yaml

from carte.erreurs import ErreurCarte


class ErreurYaml(ErreurCarte):
    """A file that cannot be read at all; line and column start at 1."""

    def __init__(self, message: str, ligne: int, colonne: int) -> None:
        super().__init__(message)
        self.ligne = ligne
        self.colonne = colonne


# (words of libyaml's problem, or of its context; French). First match wins.
_PHRASES: tuple[tuple[str, str], ...] = (
    (
        "mapping values are not allowed",
        "Un « : » suivi d'une espace n'a pas sa place ici. Si la valeur contient « : », mettez-la entre guillemets ; "
        "sinon, vérifiez le retrait des lignes.",
    ),
    (
        "block sequence entries are not allowed",
        "Un tiret de liste n'a pas sa place ici : mettez chaque élément sur sa propre ligne, sous le champ.",
    ),
    ("found a tab character", "La ligne commence par une tabulation : remplacez-la par des espaces."),
    ("found undefined alias", "Un texte qui commence par « * » doit être mis entre guillemets."),
    ("scanning an alias", "Un texte qui commence par « * » doit être mis entre guillemets."),
    ("scanning an anchor", "Un texte qui commence par « & » doit être mis entre guillemets."),
    ("a tag", "Un texte qui commence par « ! » doit être mis entre guillemets."),
    ("directive", "Une ligne ne peut pas commencer par « % »."),
    ("mapping keys are not allowed", "Un texte qui commence par « ? » doit être mis entre guillemets."),
    (
        "but found another document",
        "Le fichier contient plusieurs documents séparés par « --- » : un seul par fichier.",
    ),
    ("unexpected document indicator", "Un texte entre guillemets n'est pas fermé avant « --- »."),
    ("found unexpected end of stream", "Un texte entre guillemets n'est pas fermé : il manque le guillemet de fin."),
    ("found unknown escape character", "Entre guillemets doubles, « \\ » doit être doublé : écrivez « \\\\ »."),
    ("invalid Unicode character escape", "Ce code de caractère n'existe pas."),
    ("hexdecimal number", "Ce code de caractère n'existe pas."),  # spelled so by libyaml
    ("found unexpected ':'", "Un texte qui contient « : » doit être mis entre guillemets."),
    ("expected ',' or ']'", "Une liste ouverte par « [ » n'est pas fermée par « ] »."),
    ("expected ',' or '}'", "Une accolade « { » n'est pas fermée par « } »."),
    (
        "cannot start any token",
        "Une valeur ne peut pas commencer par ce signe : mettez-la entre guillemets.",
    ),
    ("could not find expected ':'", "Cette ligne n'est pas de la forme « champ: valeur »."),
    ("did not find expected '-'", "La ligne n'est pas alignée avec les tirets de la liste qui précède."),
    (
        "did not find expected key",
        "La ligne n'est pas alignée avec les champs qui précèdent, ou un guillemet est mal fermé juste avant.",
    ),
    ("expected comment or line break", "Après « | » ou « > », il faut aller à la ligne."),
    ("did not find expected node content", "Une valeur est attendue ici ; pour un signe, mettez-le entre guillemets."),
    ("did not find expected <document start>", "La ligne n'est pas alignée avec le début du fichier."),
    ("control characters are not allowed", "Le fichier contient un caractère de contrôle, invisible : effacez-le."),
)


def traduire(erreur: yaml.YAMLError, octets: bytes) -> ErreurYaml:
    """A libyaml error as a French one, at its line and column."""
    if not isinstance(erreur, yaml.MarkedYAMLError):
        return ErreurYaml(f"Le fichier ne peut pas être lu : {_premiere_ligne(str(erreur))}", 1, 1)
    probleme = f"{erreur.problem or ''} {erreur.context or ''}"
    if "cannot start any token" in probleme and _au_repere(erreur, octets) == "\t":
        probleme = "found a tab character"
    francais = next((phrase for mots, phrase in _PHRASES if mots in probleme), None)
    message = francais or f"Le fichier ne peut pas être lu : {_premiere_ligne(probleme)}"
    # An unclosed quote or bracket is mended where it opens, not at the end of the file where libyaml gave up.
    ouverture = "guillemets n'est pas fermé" in message or "n'est pas fermée" in message
    marque = (erreur.context_mark if ouverture else None) or erreur.problem_mark or erreur.context_mark
    if marque is None:
        return ErreurYaml(message, 1, 1)
    return ErreurYaml(message, marque.line + 1, marque.column + 1)


def _au_repere(erreur: yaml.MarkedYAMLError, octets: bytes) -> str:
    """The character that libyaml points at."""
    marque = erreur.problem_mark
    lignes = octets.decode("utf-8").splitlines()
    if marque is None or marque.line >= len(lignes):
        return ""
    return lignes[marque.line][marque.column : marque.column + 1]


def _premiere_ligne(texte: str) -> str:
    return texte.strip().split("\n", 1)[0]


_CONTROLES = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_INVISIBLES = re.compile("[\u00ad\u200b\u200e\u200f\u2060-\u2065\u206a-\u206f\ufeff]")
_SUSPECTS = re.compile(f"{_CONTROLES.pattern}|{_DIRECTIONS.pattern}|{_INVISIBLES.pattern}".replace("]|[", ""))
# An escape that is not one of the harmless four: it may write what the file's own characters do not show.
_ECHAPPEMENT = re.compile(rb"\\[^nt\"\\]")

MESSAGE_CONTROLE = "caractère de contrôle (U+{code:04X}), invisible : effacez-le"
MESSAGE_DIRECTION = (
    "caractère qui change le sens d'écriture (U+{code:04X}) : il montre autre chose que ce qui est écrit. Effacez-le"
)
MESSAGE_INVISIBLE = "caractère invisible (U+{code:04X}), sans doute venu d'un copier-coller : effacez-le"


@dataclass(frozen=True, slots=True)
class Suspect:
    """A character nobody sees, at its first place in a text; `grave` blocks, `illisible` stops the reading."""

    message: str
    index: int
    grave: bool
    illisible: bool


def echappements_suspects(octets: bytes) -> bool:
    """Whether escapes in the file may write a character that nobody sees."""
    return b"\\" in octets and _ECHAPPEMENT.search(octets) is not None


def suspects(texte: str) -> list[Suspect]:
    """The invisible characters of a text: the first of each kind, with its count."""
    if _SUSPECTS.search(texte) is None:
        return []
    sortes = (
        (_CONTROLES, MESSAGE_CONTROLE, True, True),
        (_DIRECTIONS, MESSAGE_DIRECTION, True, False),
        (_INVISIBLES, MESSAGE_INVISIBLE, False, False),
    )
    trouves = []
    for motif, message, grave, illisible in sortes:
        positions = [trouve.start() for trouve in motif.finditer(texte)]
        if positions:
            phrase = message.format(code=ord(texte[positions[0]]))
            fois = f" ({len(positions)} fois, la première ici)" if len(positions) > 1 else ""
            trouves.append(Suspect(f"Le texte contient un {phrase}{fois}.", positions[0], grave, illisible))
    return trouves
