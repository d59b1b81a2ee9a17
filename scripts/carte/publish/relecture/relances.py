"""The reminders to send: one row and one ready message per e-mail address, for a mail merge.

An address is that of a place as its record gives it. The rows are for the hub's own computer: no page has them.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from carte.publish.opendata.formats import table_csv
from carte.publish.relecture.modele import ALire, Groupe
from carte.publish.textes import lien_courriel, pluriel, sans_bidi

if TYPE_CHECKING:
    from carte.config import Configuration

COLONNES = ("courriel", "lieux", "communes", "fiches", "a_confirmer", "objet", "message")
"""`fiches`: addresses of the published records; `a_confirmer`: the questions; `message`: whole, with its signature."""
# A spreadsheet in French opens this without asking anything.
_BOM = b"\xef\xbb\xbf"


def relances(lignes: Iterable[ALire], configuration: "Configuration") -> list[dict[str, str]]:
    """One row per address, in the order of its first record; a place without address has none."""
    par_adresse: dict[str, list[ALire]] = {}
    for ligne in lignes:
        adresse = next((c for c in ligne.enregistrement.lieu.courriels or () if lien_courriel(c)), None)
        if adresse is not None:
            par_adresse.setdefault(adresse.lower(), []).append(ligne)
    return [_rangee(adresse, siennes, configuration) for adresse, siennes in par_adresse.items()]


def tableau(rangees: Iterable[dict[str, str]]) -> bytes:
    """The rows as a table that a French word processor merges: semicolons, UTF-8 with its mark."""
    return _BOM + table_csv(COLONNES, rangees, separateur=";")


def _rangee(adresse: str, lignes: list[ALire], configuration: "Configuration") -> dict[str, str]:
    fiches = [lien for ligne in lignes if (lien := _lien(ligne, configuration))]
    questions = dict.fromkeys(question for ligne in lignes for question in ligne.questions)
    return {
        "courriel": adresse,
        "lieux": " ; ".join(_une_ligne(ligne.nom) for ligne in lignes),
        "communes": " ; ".join(dict.fromkeys(_une_ligne(ligne.enregistrement.lieu.commune) for ligne in lignes)),
        "fiches": " ".join(fiches),
        "a_confirmer": " ".join(questions),
        "objet": _objet(lignes, configuration),
        "message": message(lignes, configuration),
    }


def _objet(lignes: list[ALire], configuration: "Configuration") -> str:
    quoi = _une_ligne(lignes[0].nom) if len(lignes) == 1 else pluriel(len(lignes), "lieu", "lieux")
    return f"{_une_ligne(configuration.nom)} : pouvez-vous confirmer la fiche de {quoi} ?"


def message(lignes: list[ALire], configuration: "Configuration") -> str:
    """The whole message about the records of one address, in plain French."""
    hub = _une_ligne(configuration.hub)
    figurent = "Le lieu ci-dessous figure" if len(lignes) == 1 else "Les lieux ci-dessous figurent"
    corps = "\n\n".join(_lieu(ligne, configuration) for ligne in lignes)
    return (
        f"Bonjour,\n\n{figurent} sur le site « {_une_ligne(configuration.nom)} », que publie {hub}. "
        "Des personnes s’en servent pour trouver de l’aide : pouvez-vous nous dire si tout est exact ?\n\n"
        f"{corps}\n\n"
        "Si rien n’a changé, répondez simplement : « tout est exact ».\n\n"
        f"Merci de votre aide.\n{hub}\n{configuration.courriel}"
    )


def _lieu(ligne: ALire, configuration: "Configuration") -> str:
    lieu = ligne.enregistrement.lieu
    tete = [
        f"{_une_ligne(ligne.nom)}, à {_une_ligne(lieu.commune)}",
        _lien(ligne, configuration) or "(pas encore publié)",
    ]
    return "\n".join([*tete, *(f"• {_une_ligne(question)}" for question in ligne.questions)])


def _lien(ligne: ALire, configuration: "Configuration") -> str:
    """The address of a published record; empty for the others."""
    publiee = ligne.groupe is not Groupe.BROUILLON
    return f"{configuration.url}lieux/{ligne.enregistrement.identifiant}/" if publiee else ""


def _une_ligne(texte: str) -> str:
    """A text that begins no line of its own: a name cannot write a header of the message."""
    return " ".join(sans_bidi(texte).split())
