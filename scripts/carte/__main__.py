"""`python -m carte` is `carte`."""

import gc
import sys

# Layers and records are millions of small objects, made once and kept: by default, a third of the time to read the
# territory of the country goes in walking through them, again and again, in search of cycles that are not there.
gc.set_threshold(50_000, 20, 20)

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
