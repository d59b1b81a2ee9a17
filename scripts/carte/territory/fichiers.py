"""The JSON files of the layers and of the COG, read strictly."""

from pathlib import Path
from typing import Any

from carte.ecrits.json_strict import JsonIllisible, analyser_json
from carte.erreurs import cause
from carte.territory.erreurs import TerritoireInvalide


def analyser(contenu: bytes | str, nom: str) -> Any:
    """The value of a JSON text. Raises TerritoireInvalide, which says where it is wrong."""
    try:
        return analyser_json(contenu, nom)
    except JsonIllisible as erreur:
        raise TerritoireInvalide("Couche à corriger :", [erreur.probleme]) from erreur


def lire_json(fichier: Path) -> Any:
    """The value of a JSON file. Raises FileNotFoundError when it is absent, TerritoireInvalide when it is no JSON."""
    if fichier.exists() and not fichier.is_file():
        raise TerritoireInvalide(f"{fichier} n'est pas un fichier ordinaire : il n'est pas lu.")
    try:
        contenu = fichier.read_bytes()
    except FileNotFoundError:
        raise
    except OSError as erreur:
        raise TerritoireInvalide(f"{fichier} ne peut pas être lu : {cause(erreur)}.") from erreur
    return analyser(contenu, str(fichier))


def lire_lignes(fichier: Path, *champs: str) -> list[dict[str, Any]]:
    """A JSON list of objects that all have these fields, as texts. Raises as `lire_json` does."""
    lignes = lire_json(fichier)
    if not isinstance(lignes, list):
        raise TerritoireInvalide(f"{fichier} doit contenir une liste.")
    for rang, ligne in enumerate(lignes, start=1):
        for champ in champs:
            if not isinstance(ligne, dict) or not isinstance(ligne.get(champ), str):
                raise TerritoireInvalide(f"{fichier} : l'élément {rang} n'a pas de « {champ} » en texte.")
    return lignes
