"""`python -m carte` is `carte`."""

import sys

try:
    from carte.cli import main
except ModuleNotFoundError as absente:
    if (absente.name or "carte").partition(".")[0] == "carte":
        raise
    sys.exit(
        f"Erreur : il manque la bibliothèque {absente.name}. Effacez le dossier .venv, puis lancez : make installer"
    )

if __name__ == "__main__":
    main()
