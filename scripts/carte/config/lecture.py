"""Reading a configuration's YAML, and saying where a key is when it is wrong."""

from pathlib import Path
from typing import Any

import yaml

from carte.erreurs import ErreurCarte


class ConfigurationInvalide(ErreurCarte):
    """The configuration cannot be used; the message says which key, and what would be right."""


def lire_yaml(fichier: Path) -> dict[str, Any]:
    """The keys of a file. Raises ConfigurationInvalide: absent, not YAML, not a mapping."""
    try:
        brut = yaml.safe_load(fichier.read_text(encoding="utf-8"))
    except FileNotFoundError as erreur:
        raise ConfigurationInvalide(f"Le fichier de configuration {fichier} n'existe pas.") from erreur
    except (yaml.YAMLError, UnicodeDecodeError) as erreur:
        raise ConfigurationInvalide(f"{fichier} n'est pas un YAML lisible : {erreur}") from erreur
    if not isinstance(brut, dict):
        raise ConfigurationInvalide(f"{fichier} doit contenir des lignes « clé: valeur ».")
    return brut


def ou(fichier: Path, *chemin: str) -> str:
    """« file:line:column » of a key, by its path from the top; of the deepest of its parents when it is not there."""
    noeud = yaml.compose(fichier.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    trouve = None
    for cle in chemin:
        paires = noeud.value if isinstance(noeud, yaml.MappingNode) else []
        suivant = next((paire for paire in paires if str(paire[0].value) == cle), None)
        if suivant is None:
            break
        trouve, noeud = suivant
    return str(fichier) if trouve is None else f"{fichier}:{trouve.start_mark.line + 1}:{trouve.start_mark.column + 1}"
