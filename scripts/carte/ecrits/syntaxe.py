"""What libyaml refuses, said in French; the original text as a last resort."""

import re

import yaml

from carte.ecrits.caracteres import espace_de_structure
from carte.ecrits.causes import cause
from carte.ecrits.texte import citer, ligne_colonne
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
    ("undefined tag handle", "Un texte qui commence par « ! » doit être mis entre guillemets."),
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
    (
        "could not find expected ':'",
        "Cette ligne n'est pas de la forme « champ: valeur ». Si elle continue le texte au-dessus d'elle, commencez-la "
        "par deux espaces.",
    ),
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


# Markdown's and the word processors' signs of a list, that YAML takes for something of its own.
_SIGNE_DE_LISTE = re.compile(r"[ \t]*([*>])(?=[ \t]*\w)")


def pas_une_liste(signe: str) -> str:
    """What to say of another sign than the dash before the values of a list."""
    return (
        f"« {citer(signe)} » ne fait pas une liste : devant chaque valeur, mettez le tiret du clavier « - », puis une "
        "espace ordinaire."
    )


def signe_de_liste(octets: bytes, rang: int) -> tuple[str, int, int] | None:
    """What to say of a line (from 0) that begins as lists do elsewhere, its line and column; None when none does."""
    lignes = octets.decode("utf-8").splitlines()
    trouve = _SIGNE_DE_LISTE.match(lignes[rang]) if rang < len(lignes) else None
    return (pas_une_liste(trouve[1]), rang + 1, trouve.start(1) + 1) if trouve else None


def traduire(erreur: yaml.YAMLError, octets: bytes) -> ErreurYaml:
    """A libyaml error as a French one, at its line and column; at its cause, where a space nobody sees is one."""
    if not isinstance(erreur, yaml.MarkedYAMLError):
        return ErreurYaml(f"Le fichier ne peut pas être lu : {_premiere_ligne(str(erreur))}", 1, 1)
    probleme = f"{erreur.problem or ''} {erreur.context or ''}"
    if "cannot start any token" in probleme and _au_repere(erreur, octets) == "\t":
        probleme = "found a tab character"
    francais = next((phrase for mots, phrase in _PHRASES if mots in probleme), None)
    message = francais or f"Le fichier ne peut pas être lu : {_premiere_ligne(probleme)}"
    # An unclosed quote or bracket is mended where it opens, not at the end of the file where libyaml gave up; a line
    # that is no field, where it is, not where the next one begins.
    ouverture = "n'est pas fermé" in message or "n'est pas de la forme" in message
    marque = (erreur.context_mark if ouverture else None) or erreur.problem_mark or erreur.context_mark
    if marque is None:
        return ErreurYaml(message, 1, 1)
    texte = octets.decode("utf-8")
    if signe := signe_de_liste(octets, marque.line):
        return ErreurYaml(*signe)
    if trouve := cause(texte, marque.line, marque.column):
        return ErreurYaml(*trouve)
    if espace := espace_de_structure(texte):
        ligne, colonne = ligne_colonne(texte, espace[1])
        if ligne <= marque.line + 1:
            return ErreurYaml(espace[0], ligne, colonne)
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
