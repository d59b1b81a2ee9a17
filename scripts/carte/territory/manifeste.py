"""Manifest of a département's layers: source, vintage, licence and fingerprint of every file."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Annotated

import yaml
from pydantic import AfterValidator, Field

from carte.ecrits.faute import Faute
from carte.ecrits.fichier import lire_ecrit
from carte.ecrits.modele import Partie, Suite, Texte, TexteLong, refus
from carte.ecrits.texte import citer
from carte.territory.erreurs import TerritoireInvalide

NOM = "manifeste.yml"
_EXTENSIONS = {".geojson", ".json", ".csv"}
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Couche:
    """One file of layers; `fichier` is relative to the département's folder, `sha256` in hexadecimal."""

    fichier: str
    titre: str
    source: str
    millesime: str
    licence: str
    sha256: str


def _relatif(texte: str) -> str:
    """A path that stays in the département's folder."""
    parties = PurePosixPath(texte).parts
    if not parties or texte.startswith("/") or ".." in parties or "\\" in texte or not texte.isprintable():
        raise refus(f"« {citer(texte)} » n'est pas un fichier de ce dossier : écrivez par exemple communes.geojson.")
    return texte


def _hexadecimal(texte: str) -> str:
    if not _SHA256.fullmatch(texte):
        raise refus("« sha256 » attend 64 chiffres et lettres de a à f : la commande « sha256sum » les donne.")
    return texte


class _CoucheEcrite(Partie):
    fichier: Annotated[Texte, AfterValidator(_relatif), Field(description="Chemin du fichier depuis ce dossier")]
    titre: Annotated[Texte, Field(description="Ce que contient le fichier")]
    source: Annotated[TexteLong, Field(description="D'où il vient")]
    millesime: Annotated[Texte, Field(description="Année ou date des données")]
    licence: Annotated[Texte, Field(description="Licence des données")]
    sha256: Annotated[Texte, AfterValidator(_hexadecimal), Field(description="Empreinte du fichier")]


class _Manifeste(Partie):
    couches: Annotated[Suite[_CoucheEcrite], Field(max_length=1_000, description="Une couche par tiret")]


def empreinte(contenu: bytes) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(contenu).hexdigest()


def lire_manifeste(dossier: Path) -> tuple[Couche, ...]:
    """Layers declared in a folder's manifest; empty without manifest.

    Raises TerritoireInvalide with every fault of the manifest, `dossier/fichier:ligne:colonne: message`.
    """
    fichier = dossier / NOM
    if not fichier.exists():
        return ()
    ecrit = lire_ecrit(fichier, _nom(dossier, fichier), ("couches",))
    manifeste = ecrit.conformer(_Manifeste, ecrit.donnees)
    couches = [Couche(**couche.model_dump()) for couche in manifeste.couches] if manifeste else []
    ecrit.fautes += _repetitions(couches)
    if manifeste is None or ecrit.bloque:
        raise TerritoireInvalide("Manifeste à corriger :", ecrit.problemes())
    return tuple(couches)


def _repetitions(couches: Sequence[Couche]) -> Iterator[Faute]:
    vues: set[str] = set()
    for rang, couche in enumerate(couches):
        if couche.fichier in vues:
            yield Faute(("couches", rang, "fichier"), f"« {couche.fichier} » est déclaré deux fois.", "double")
        vues.add(couche.fichier)


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
    if not fichier.is_file():
        return f"{_nom(dossier, fichier)} : ce n'est pas un fichier ordinaire, il n'est pas lu."
    if empreinte(fichier.read_bytes()) != couche.sha256:
        return f"{_nom(dossier, fichier)} : ce fichier a changé depuis l'écriture de {NOM} (empreinte différente)."
    return None


def _nom(dossier: Path, fichier: Path) -> str:
    """« geo/36/communes.geojson », for a file of the folder geo/36."""
    return fichier.relative_to(dossier.parents[1]).as_posix()
