"""Prépare les carreaux de 200 m de l'Insee pour un déploiement : geo/<département>/carreaux.csv.

Usage : python scripts/preparer_carreaux.py FICHIER [--config FICHIER] [--mettre-de-cote]. FICHIER est celui que l'Insee
publie (CSV ou GeoPackage des données carroyées à 200 m). Codes de sortie : 0, c'est fait ; 1, à corriger.
"""

import argparse
from pathlib import Path

import click

from carte import config, preparation
from carte.erreurs import ErreurCarte

RACINE = Path(__file__).resolve().parents[1]


def main() -> int:
    """Read the arguments, prepare, and say what was done; 1 when something is to be mended."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("fichier", type=Path)
    arguments.add_argument("--config", type=Path, default=RACINE / "carte.yml")
    arguments.add_argument("--mettre-de-cote", action="store_true")
    lus = arguments.parse_args()
    try:
        if not lus.fichier.is_file():
            raise ErreurCarte(f"{lus.fichier} n'existe pas, ou n'est pas un fichier.")
        configuration = config.lire(lus.config, RACINE)
        for ligne in preparation.preparer_carreaux(
            configuration, RACINE, lus.fichier, mettre_de_cote=lus.mettre_de_cote
        ):
            click.echo(ligne)
    except ErreurCarte as erreur:
        erreur.show()
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
