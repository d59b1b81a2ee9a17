"""Who reviews the records of each département, as each forge wants it written: the CODEOWNERS of a repository."""

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from carte.config import TOUT, Configuration, forge_de
from carte.ecrits.octets import lire_octets
from carte.erreurs import ErreurCarte

MARQUE = "# Écrit par « carte relecteurs » d'après la configuration : changez-y « relecteurs », jamais ce fichier."
"""The first line of the file, by which it is known as ours."""
_TAILLE_MAX = 1024 * 1024
# Where each forge looks, the first place before the others: nothing else may stand there.
_PLACES = {"github": ".github/CODEOWNERS", "gitlab": "CODEOWNERS", "forgejo": "CODEOWNERS"}
# A sign of a pattern in the name of the folder would need another escape on each forge.
_DOSSIER = re.compile(r"\.|[A-Za-z0-9_-][A-Za-z0-9._-]*(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")


@dataclass(frozen=True, slots=True)
class Relecteurs:
    """`place`: from the root of the repository; `texte`: what it must hold."""

    place: str
    texte: str


def relecteurs(configuration: Configuration) -> Relecteurs | None:
    """The file that asks each département's reviewers for what changes its records; None when nothing can be written
    and nothing has to be.

    Who reviews a département alone reviews it: those of TOUT have the rest. Raises ErreurCarte without a known forge,
    or when the records are not in the repository.
    """
    forge, lieux = forge_de(configuration), configuration.lieux_du_depot
    if not configuration.relecteurs and (forge is None or lieux is None):
        return None
    if forge is None:
        raise ErreurCarte("La forge du dépôt n'est pas connue : écrivez « depot » et « forge » dans la configuration.")
    if lieux is None:
        raise ErreurCarte("Le dossier des fiches n'est pas dans le dépôt : personne ne peut y relire une proposition.")
    if not _DOSSIER.fullmatch(lieux):
        raise ErreurCarte(
            f"Le dossier des fiches ({lieux}) : des lettres sans accent, des chiffres, « - », « _ », « . »."
        )
    comptes = {code: comptes for code, comptes in sorted(configuration.relecteurs.items()) if code != TOUT}
    dossiers = {code: f"{lieux}/{code}/" if lieux != "." else f"{code}/" for code in comptes}
    tous = configuration.relecteurs.get(TOUT, ())
    regles = _forgejo(dossiers, comptes, tous) if forge == "forgejo" else _chemins(dossiers, comptes, tous)
    # GitLab names the section where it asks for an approval.
    section = ["[Relecture]"] if forge == "gitlab" and regles else []
    return Relecteurs(_PLACES[forge], "\n".join([MARQUE, *section, *regles, ""]))


def texte_ecrit(fichier: Path, *, libre: bool) -> str | None:
    """What the file holds today; None when it is not there, or is somebody's and nothing has to be written (`libre`).

    Raises ErreurCarte when it is somebody's: it is never replaced.
    """
    if not os.path.lexists(fichier):
        return None
    texte = lire_octets(str(fichier), _TAILLE_MAX).decode("utf-8", errors="replace")
    if texte.split("\n", 1)[0] == MARQUE:
        return texte
    if libre:
        return None
    raise ErreurCarte(
        f"{fichier.name} a été écrit à la main : il n'est pas remplacé. Recopiez ce qu'il dit dans « relecteurs », "
        "effacez-le, puis relancez la commande."
    )


def _chemins(dossiers: Mapping[str, str], comptes: Mapping[str, Sequence[str]], tous: Sequence[str]) -> list[str]:
    """GitHub, and GitLab inside one section: of the lines that match a file, the last one holds."""
    return [
        *([_ligne("*", tous)] if tous else []),
        *(_ligne(f"/{dossiers[code]}", siens) for code, siens in comptes.items()),
    ]


def _forgejo(dossiers: Mapping[str, str], comptes: Mapping[str, Sequence[str]], tous: Sequence[str]) -> list[str]:
    """Forgejo and Gitea: a regular expression for the whole path, and every line that matches holds."""
    motifs = {code: dossier.replace(".", "[.]") for code, dossier in dossiers.items()}
    reste = f"!({'|'.join(motifs.values())}).*" if motifs else ".*"
    return [
        *([_ligne(reste, tous)] if tous else []),
        *(_ligne(f"{motifs[code]}.*", siens) for code, siens in comptes.items()),
    ]


def _ligne(motif: str, comptes: Sequence[str]) -> str:
    return f"{motif} {' '.join(comptes)}"
