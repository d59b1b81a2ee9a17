"""French for the command line's own words: click asks gettext for them and ships no French catalogue."""

import gettext
import importlib

_PHRASES = {
    "Usage:": "Utilisation :",
    "Options": "Options",
    "Commands": "Commandes",
    "Positional arguments": "Arguments",
    "Show this message and exit.": "Affiche cette aide.",
    "default: {default}": "par défaut : {default}",
    "Error: {message}": "Erreur : {message}",
    "Try '{command} {option}' for help.": "Pour l'aide : {command} {option}",
    "No such option {name!r}.": "Option inconnue : {name}.",
    "No such command {name!r}.": "Commande inconnue : {name}.",
    "Missing command.": "Il manque une commande.",
    "Missing argument": "Il manque l'argument",
    "Missing option": "Il manque l'option",
    "Missing parameter": "Il manque le paramètre",
    "Invalid value: {message}": "Valeur refusée : {message}",
    "Invalid value for {param_hint}: {message}": "Valeur refusée pour {param_hint} : {message}",
    "{value!r} is not a valid {number_type}.": "{value} ne convient pas ; il faut un nombre.",
    "{value} is not in the range {range}.": "{value} ne convient pas ; il faut {range}.",
    "{name} {filename!r} is not readable.": "{name} {filename} ne peut pas être lu.",
    "{value!r} is not {choice}.": "{value} ne convient pas ; il faut {choice}.",
    "{value!r} is not one of {choices}.": "{value} ne convient pas. Choix possibles : {choices}.",
    "Option {name!r} requires an argument.": "L'option {name} attend une valeur.",
    "Got unexpected extra argument ({args})": "Argument en trop : {args}.",
    "Choose from:\n\t{choices}": "Choix possibles :\n\t{choices}",
    "Did you mean {possibility}?": "Vouliez-vous dire {possibility} ?",
    "Aborted!": "Interrompu.",
    "file": "fichier",
    "directory": "dossier",
    "path": "chemin",
    "{name} {filename!r} does not exist.": "{name} {filename} n'existe pas.",
    "{name} {filename!r} is a file.": "{name} {filename} est un fichier, il faut un dossier.",
    "{name} {filename!r} is a directory.": "{name} {filename} est un dossier, il faut un fichier.",
}
_MODULES = ("core", "decorators", "exceptions", "formatting", "parser", "termui", "types")


class _Catalogue(gettext.NullTranslations):
    """A French catalogue in memory; a sentence it lacks stays as click wrote it."""

    def gettext(self, message: str) -> str:
        return _PHRASES.get(message, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return _PHRASES.get(msgid1, msgid1 if n == 1 else msgid2)


def parler_francais() -> None:
    """Make click speak French, whatever the machine's locale."""
    catalogue = _Catalogue()
    for nom in _MODULES:
        module = importlib.import_module(f"click.{nom}")
        for attribut, traduire in (("_", catalogue.gettext), ("ngettext", catalogue.ngettext)):
            if hasattr(module, attribut):
                setattr(module, attribut, traduire)
