"""Manifest of a département's layers: source, vintage, licence and fingerprint of every file."""

import hashlib
from dataclasses import asdict, dataclass
from pathlib import Path

import yaml

from carte.territory.erreurs import TerritoireInvalide

NOM = "manifeste.yml"
_EXTENSIONS = {".geojson", ".json", ".csv"}
_CLES = ("fichier", "titre", "source", "millesime", "licence", "sha256")


@dataclass(frozen=True, slots=True)
class Couche:
    """One file of layers; `fichier` is relative to the département's folder, `sha256` in hexadecimal."""

    fichier: str
    titre: str
    source: str
    millesime: str
    licence: str
    sha256: str


def empreinte(contenu: bytes) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(contenu).hexdigest()


def lire_manifeste(dossier: Path) -> tuple[Couche, ...]:
    """Layers declared in a folder's manifest; empty without manifest.

    Raises TerritoireInvalide when the manifest cannot be read or misses a key.
    """
    fichier = dossier / NOM
    if not fichier.exists():
        return ()
    try:
        brut = yaml.safe_load(fichier.read_text(encoding="utf-8"))
        return tuple(Couche(**{cle: str(couche[cle]) for cle in _CLES}) for couche in brut["couches"])
    except (yaml.YAMLError, TypeError) as erreur:
        raise TerritoireInvalide(f"{fichier} n'est pas un manifeste lisible : {erreur}") from erreur
    except KeyError as erreur:
        raise TerritoireInvalide(f"{fichier} : il manque la clé {erreur} ; attendues : {', '.join(_CLES)}.") from erreur


def ecrire_manifeste(couches: tuple[Couche, ...]) -> str:
    """The manifest's text, in the order given."""
    return yaml.safe_dump(
        {"couches": [asdict(couche) for couche in couches]}, allow_unicode=True, sort_keys=False, width=120
    )


def verifier_manifeste(dossier: Path) -> list[str]:
    """French problems of a folder's layers: manifest or file absent, file altered or not declared.

    They are published: files are named from the folder of all layers, never from the root of somebody's disk.
    """
    if not (dossier / NOM).exists():
        return [
            f"{_nom(dossier, dossier)} : il n'y a pas de {NOM} ; l'origine et le millésime des couches sont inconnus."
        ]
    couches = lire_manifeste(dossier)
    constats = [constat for couche in couches if (constat := _constat(dossier, couche))]
    declares = {couche.fichier for couche in couches}
    presents = sorted(f for f in dossier.rglob("*") if f.suffix in _EXTENSIONS)
    return constats + [
        f"{_nom(dossier, fichier)} : ce fichier n'est pas déclaré dans {NOM} ; son origine et son millésime "
        "sont inconnus."
        for fichier in presents
        if fichier.relative_to(dossier).as_posix() not in declares
    ]


def _constat(dossier: Path, couche: Couche) -> str | None:
    fichier = dossier / couche.fichier
    if not fichier.exists():
        return f"{_nom(dossier, fichier)} : ce fichier est déclaré dans {NOM}, mais il est absent."
    if empreinte(fichier.read_bytes()) != couche.sha256:
        return f"{_nom(dossier, fichier)} : ce fichier a changé depuis l'écriture de {NOM} (empreinte différente)."
    return None


def _nom(dossier: Path, fichier: Path) -> str:
    """« geo/36/communes.geojson », for a file of the folder geo/36."""
    return fichier.relative_to(dossier.parents[1]).as_posix()
