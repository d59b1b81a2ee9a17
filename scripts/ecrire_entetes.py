"""Écrit les en-têtes de sécurité à copier chez l'hébergeur, pour Netlify, Apache et nginx.

Sans option : ceux de la démonstration, dans docs/hebergement (un test les compare). Un hub donne les siens :
`--config carte.yml --dossier hebergement`. Code de sortie : 0, ou 1 si la configuration est à corriger.
"""

import argparse
import sys
from pathlib import Path

from carte.commandes import RACINE, racine_de
from carte.config import lire
from carte.ecriture import remplacer
from carte.erreurs import ErreurCarte
from carte.publish.cadre.entetes import entetes, fichiers


def main(arguments: list[str] | None = None) -> int:
    """Write one file for each kind of host."""
    analyse = argparse.ArgumentParser(description="Écrit les en-têtes de sécurité à copier chez l'hébergeur.")
    analyse.add_argument("--config", type=Path, default=RACINE / "carte.yml")
    analyse.add_argument("--dossier", type=Path, default=RACINE / "docs/hebergement")
    choix = analyse.parse_args(arguments)
    try:
        options = lire(choix.config, racine_de(choix.config)).options
        choix.dossier.mkdir(parents=True, exist_ok=True)
        for nom, texte in fichiers(entetes(adresse=options.adresse, tuiles=options.tuiles)).items():
            remplacer(choix.dossier / nom, texte.encode("utf-8"))
    except (ErreurCarte, OSError) as erreur:
        print(erreur, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
