"""Écrit dans geo/README.md les tableaux des couches, d'après scripts/carte/couches/registre.yml.

À lancer après un changement du registre ; un test le demande. N'écrit rien d'autre. Code de sortie : 0.
"""

from pathlib import Path

from carte.couches.documentation import ecrire


def main() -> int:
    """Rewrite the tables of geo/README.md."""
    ecrire(Path(__file__).resolve().parents[1] / "geo" / "README.md")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
