"""The last good package of each hub, one file of the folder `federation`, and what failed since, in `echecs.json`.

A file is replaced whole or not at all: what is not good never takes the place of what was. One record a line, so that
the history of the repository says what changed at a hub.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from carte.config import Hub
from carte.ecrits.formes import est_identifiant
from carte.ecrits.json_strict import JsonIllisible, analyser_json
from carte.ecrits.octets import LectureRefusee, lire_octets
from carte.ecriture import remplacer
from carte.federation.modele import Echec, Paquet, PaquetRefuse
from carte.federation.paquet import OCTETS_MAX

ECHECS = "echecs.json"
_FORMAT = 1
# Beside the records, a few lines; escapes are written as letters, so that a file grows little.
_TAILLE_MAX = 2 * OCTETS_MAX


def fichier_de(dossier: Path, hub: Hub) -> Path:
    """Where the last good package of a hub is kept."""
    return dossier / f"paquet-{hub.cle}.json"


def ecrire_paquet(dossier: Path, hub: Hub, paquet: Paquet) -> None:
    """Keep a package as the last good one of its hub."""
    lignes = [_en_json({"id": identifiant, **champs}) for identifiant, champs in sorted(paquet.fiches.items())]
    tete = {
        "format": _FORMAT,
        "hub": hub.nom,
        "site": paquet.site,
        "jour": paquet.jour.isoformat(),
        "recu": paquet.recu.isoformat(),
        "empreinte": paquet.empreinte,
        "ecartees": list(paquet.ecartees),
        "fiches_sha256": _empreinte(lignes),
    }
    corps = ",\n".join(lignes)
    texte = f'{_en_json(tete)[:-1]},"fiches":[\n{corps}\n]}}\n'
    remplacer(fichier_de(dossier, hub), texte.encode())


def lire_paquet_garde(dossier: Path, hub: Hub) -> Paquet | None:
    """The last good package of a hub, None when there is none. Raises PaquetRefuse when it is not as it was written."""
    fichier = fichier_de(dossier, hub)
    if not fichier.exists() and not fichier.is_symlink():
        return None
    lu = _lire(fichier)
    try:
        if lu["format"] != _FORMAT:
            raise ValueError("format")
        fiches = {str(fiche["id"]): {k: v for k, v in fiche.items() if k != "id"} for fiche in lu["fiches"]}
        lignes = [_en_json({"id": nom, **champs}) for nom, champs in sorted(fiches.items())]
        if lu["fiches_sha256"] != _empreinte(lignes) or not all(map(est_identifiant, fiches)):
            raise ValueError("fiches")
        return Paquet(
            jour=date.fromisoformat(lu["jour"]),
            recu=date.fromisoformat(lu["recu"]),
            site=str(lu["site"]),
            empreinte=str(lu["empreinte"]),
            fiches=fiches,
            ecartees=tuple(map(str, lu["ecartees"])),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as erreur:
        raise _abime(fichier) from erreur


def lire_echecs(dossier: Path) -> dict[str, Echec]:
    """What failed since the last good packages, by hub (`Hub.cle`). Raises PaquetRefuse."""
    fichier = dossier / ECHECS
    if not fichier.exists() and not fichier.is_symlink():
        return {}
    try:
        return {
            str(cle): Echec(date.fromisoformat(dit["depuis"]), str(dit["motif"])) for cle, dit in _lire(fichier).items()
        }
    except (KeyError, TypeError, ValueError, AttributeError) as erreur:
        raise _abime(fichier) from erreur


def ecrire_echecs(dossier: Path, echecs: Mapping[str, Echec]) -> None:
    """Remember what failed; nothing is left when nothing did."""
    fichier = dossier / ECHECS
    if not echecs:
        fichier.unlink(missing_ok=True)
        return
    dits = {cle: {"depuis": e.depuis.isoformat(), "motif": e.motif} for cle, e in sorted(echecs.items())}
    remplacer(fichier, (json.dumps(dits, ensure_ascii=False, indent=1) + "\n").encode())


def _lire(fichier: Path) -> dict[str, Any]:
    try:
        lu = analyser_json(lire_octets(str(fichier), _TAILLE_MAX), fichier.name, cles_uniques=True)
    except LectureRefusee as erreur:
        raise PaquetRefuse(f"{fichier} : {erreur}") from erreur
    except JsonIllisible as erreur:
        raise _abime(fichier) from erreur
    if not isinstance(lu, dict):
        raise _abime(fichier)
    return lu


def _abime(fichier: Path) -> PaquetRefuse:
    return PaquetRefuse(
        f"{fichier} n'est pas comme Carte l'a écrit. Effacez-le, puis relancez « carte federer » : les fiches d'un "
        "autre hub se corrigent chez lui."
    )


def _en_json(valeur: object) -> str:
    return json.dumps(valeur, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _empreinte(lignes: list[str]) -> str:
    return hashlib.sha256("\n".join(lignes).encode()).hexdigest()
