"""What is checked before anything is computed: the place of a site can be written, and is nobody's."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from carte.ecrits.texte import montrable
from carte.ecriture import DE_COTE, nom_libre
from carte.erreurs import ErreurCarte, cause
from carte.publication.marque import Etat, Examen, examiner

_NOMMES = 3
_LIBRE_MINIMUM = 10_000_000
"""Bytes for a first site: one without any record weighs 6.6 MB."""
_MARGE = 1.1


class PublicationImpossible(ErreurCarte):
    """The site cannot be published at this place; nothing there was touched. The message says what to do."""


def lieu_reel(cible: Path) -> Path:
    """Where a site is really written: a link at its place is followed, and stays. Raises PublicationImpossible."""
    reel = Path(os.path.realpath(cible))
    if reel.is_symlink() or (cible.is_symlink() and not reel.parent.is_dir()):
        raise PublicationImpossible(f"{cible} est un lien vers {reel}, qui n'existe pas : corrigez ce lien.")
    if os.path.ismount(reel):
        raise PublicationImpossible(
            f"{reel} est un disque à lui seul, qui ne peut pas être remplacé d'un coup : donnez dans "
            "« dossiers.sortie » un dossier de ce disque."
        )
    return reel


def verifier_libre(cible: Path, connus: Mapping[str, Etat] | None = None) -> Examen:
    """What stands at `cible`. Raises PublicationImpossible when the program did not make it, whole; see `examiner`."""
    return _verifier(
        cible,
        f"Pour publier à sa place sans rien perdre, relancez la même commande avec {DE_COTE} : {cible.name} sera gardé "
        f"sous le nom {nom_libre(cible).name}.",
        connus,
    )


def verifier_effacable(cible: Path) -> None:
    """Raises PublicationImpossible when deleting `cible` would delete what the program did not make."""
    _verifier(cible, "Gardez-en ce qui vous sert, puis effacez-le vous-même.")


def _verifier(cible: Path, conseil: str, connus: Mapping[str, Etat] | None = None) -> Examen:
    try:
        examen = examiner(cible, connus)
    except OSError as erreur:
        raise PublicationImpossible(f"{cible} ne peut pas être lu : {cause(erreur)}.") from erreur
    if not os.access(cible if cible.is_dir() else cible.parent, os.W_OK):
        raise PublicationImpossible(f"{cible} ne peut pas être remplacé : vous n'avez pas le droit d'y écrire.")
    if not examen.intact:
        raise PublicationImpossible(f"{_constat(cible, examen)} Rien n'a été touché. {conseil}")
    return examen


def _constat(cible: Path, examen: Examen) -> str:
    if not examen.marque:
        return (
            f"{cible} n'a pas la marque de Carte : il a été fait par quelqu'un d'autre, ou par une version de Carte "
            "d'avant cette marque."
        )
    nombre = len(examen.etrangers)
    noms = ", ".join(montrable(nom) for nom in examen.etrangers[:_NOMMES]) + (", …" if nombre > _NOMMES else "")
    if nombre == 1:
        return f"Dans {cible}, un fichier ne vient pas de Carte ou a été changé depuis : {noms}."
    return f"Dans {cible}, {nombre} fichiers ne viennent pas de Carte ou ont été changés depuis : {noms}."


def verifier_disque(cible: Path, examen: Examen) -> None:
    """Raises PublicationImpossible when the disk has no room for a site like the one that was examined in place."""
    fichiers, octets = len(examen.etats), sum(etat.octets for etat in examen.etats.values())
    besoin = max(_LIBRE_MINIMUM, int(_MARGE * octets))
    libre = shutil.disk_usage(cible.parent).free
    disque = os.statvfs(cible.parent)
    if libre < besoin:
        raise PublicationImpossible(
            f"Le disque de {cible.parent} est presque plein : il y reste {_mo(libre)}, il en faut environ "
            f"{_mo(besoin)}. Faites de la place, puis relancez."
        )
    if disque.f_files and disque.f_favail < _MARGE * fichiers:  # 0: a file system that does not count them
        raise PublicationImpossible(
            f"Le disque de {cible.parent} n'accepte plus que {disque.f_favail} fichiers, il en faut environ "
            f"{int(_MARGE * fichiers)}. Faites de la place, puis relancez."
        )


def _mo(octets: int) -> str:
    return f"{octets / 1_000_000:.0f} Mo"


def separer(cible: Path, entrees: Mapping[str, Path]) -> None:
    """Raises PublicationImpossible when the site would hold an input, or lie in one. `entrees`: French name → path."""
    for nom, entree in entrees.items():
        if _contient(cible, entree):
            raise PublicationImpossible(
                f"{nom} ({entree}) est dans le dossier du site ({cible}), que chaque construction remplace : "
                "mettez-le ailleurs."
            )
        if _contient(entree, cible):
            raise PublicationImpossible(
                f"Le site ({cible}) serait écrit dans {nom} ({entree}), que la construction lit : donnez un autre "
                "dossier dans « dossiers.sortie »."
            )


def _contient(dossier: Path, chemin: Path) -> bool:
    """Whether `chemin` is `dossier` or lies in it, by names and by what the disk says (links, case of letters)."""
    reel = Path(os.path.realpath(chemin))
    if reel.is_relative_to(os.path.realpath(dossier)):
        return True
    return dossier.exists() and any(p.exists() and p.samefile(dossier) for p in (reel, *reel.parents))
