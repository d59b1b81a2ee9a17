"""What was seen of the links of a deployment, kept beside its worklist from one look to the next."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from carte.boucle.liens import Constat
from carte.ecriture import remplacer
from carte.erreurs import ErreurCarte
from carte.publish.relecture.liens import Etat, Vu


class ReleveIllisible(ErreurCarte):
    """The file of a former look cannot be read."""


def lire_releve(fichier: Path) -> dict[str, Vu]:
    """Address → last look; empty when there was none. Raises ReleveIllisible."""
    if not fichier.exists():
        return {}
    try:
        lignes = json.loads(fichier.read_bytes())
        return {
            str(adresse): Vu(
                Etat(ligne["etat"]),
                str(ligne["detail"]),
                date.fromisoformat(ligne["le"]),
                date.fromisoformat(ligne["depuis"]),
            )
            for adresse, ligne in lignes.items()
        }
    except (ValueError, TypeError, KeyError, AttributeError) as erreur:
        raise ReleveIllisible(
            f"{fichier.name}, le relevé des liens, n'est pas lisible : effacez-le, puis relancez avec --liens."
        ) from erreur


def a_jour(releve: Mapping[str, Vu], constats: Mapping[str, Constat], jour: date) -> dict[str, Vu]:
    """The former looks at the same addresses, and the new ones; one that could not be made changes nothing."""
    neuf = {}
    for adresse, (etat, detail) in constats.items():
        ancien = releve.get(adresse)
        if etat is not Etat.INCONNU:
            depuis = ancien.depuis if ancien is not None and ancien.etat is etat else jour
            neuf[adresse] = Vu(etat, detail, jour, depuis)
        elif ancien is not None:
            neuf[adresse] = ancien
    return neuf


def ecrire_releve(fichier: Path, releve: Mapping[str, Vu]) -> None:
    """Replace the file of the looks."""
    lignes = {
        adresse: {
            "etat": str(vu.etat),
            "detail": vu.detail,
            "le": vu.le.isoformat(),
            "depuis": vu.depuis.isoformat(),
        }
        for adresse, vu in sorted(releve.items())
    }
    remplacer(fichier, f"{json.dumps(lignes, ensure_ascii=False, indent=1)}\n".encode())
