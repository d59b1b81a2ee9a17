"""Manifest of a département's layers: source, vintage, licence and fingerprint of every file, and where it is from."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Annotated, Any

import yaml
from pydantic import AfterValidator, Field

from carte.ecrits.faute import Faute
from carte.ecrits.fichier import lire_ecrit
from carte.ecrits.modele import Jour, Partie, Suite, Texte, TexteLong, refus
from carte.ecrits.problem import Problem
from carte.ecrits.texte import citer
from carte.territory.erreurs import INCONNU, TerritoireInvalide

NOM = "manifeste.yml"
_EXTENSIONS = {".geojson", ".json", ".csv"}
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Origine:
    """A file as it was published: its address, or its name in the folder it was taken from; when it was fetched.

    `sha256`: of the whole published file, in hexadecimal. `jour` is None when it is not known.
    """

    adresse: str
    sha256: str
    jour: date | None = None


@dataclass(frozen=True, slots=True)
class Couche:
    """One file of layers; `fichier` is relative to the département's folder, `sha256` in hexadecimal.

    `origines`: the published files that it was made from; unknown (empty) in manifests of before, or made by hand.
    """

    fichier: str
    titre: str
    source: str
    millesime: str
    licence: str
    sha256: str
    origines: tuple[Origine, ...] = ()


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


Empreinte = Annotated[Texte, AfterValidator(_hexadecimal), Field(description="Empreinte du fichier")]


class _OrigineEcrite(Partie):
    adresse: Annotated[TexteLong, Field(description="Adresse, ou nom du fichier dans le dossier d'où il vient")]
    sha256: Empreinte
    jour: Annotated[Jour | None, Field(description="Jour où il a été demandé")] = None


class _CoucheEcrite(Partie):
    fichier: Annotated[Texte, AfterValidator(_relatif), Field(description="Chemin du fichier depuis ce dossier")]
    titre: Annotated[Texte, Field(description="Ce que contient le fichier")]
    source: Annotated[TexteLong, Field(description="D'où il vient")]
    millesime: Annotated[Texte, Field(description="Année ou date des données")]
    licence: Annotated[Texte, Field(description="Licence des données")]
    sha256: Empreinte
    origines: Annotated[
        Suite[_OrigineEcrite], Field(max_length=200, description="Les fichiers publiés d'où il est tiré")
    ] = ()


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
    couches = [_couche(couche) for couche in manifeste.couches] if manifeste else []
    ecrit.fautes += _repetitions(couches)
    if manifeste is None or ecrit.bloque:
        raise TerritoireInvalide("Manifeste à corriger :", ecrit.problemes())
    return tuple(couches)


def conseils_des_manifestes(geo: Path, departements: Sequence[str]) -> list[Problem]:
    """What manifests that can be read may say other than their authors meant; see `lire_manifeste` for their faults."""
    fichiers = [geo / departement / NOM for departement in departements]
    return [
        probleme
        for fichier in fichiers
        if fichier.exists()
        for probleme in lire_ecrit(fichier, _nom(fichier.parent, fichier), ("couches",)).conseils(_Manifeste)
    ]


def _couche(ecrite: _CoucheEcrite) -> Couche:
    origines = tuple(Origine(**origine.model_dump()) for origine in ecrite.origines)
    return Couche(**ecrite.model_dump(exclude={"origines"}), origines=origines)


def _repetitions(couches: Sequence[Couche]) -> Iterator[Faute]:
    vues: set[str] = set()
    for rang, couche in enumerate(couches):
        if couche.fichier in vues:
            yield Faute(("couches", rang, "fichier"), f"« {couche.fichier} » est déclaré deux fois.", "double")
        vues.add(couche.fichier)


def ecrire_manifeste(couches: tuple[Couche, ...]) -> str:
    """The manifest's text, in the order given."""
    return yaml.safe_dump(
        {"couches": [_connus(asdict(couche)) for couche in couches]}, allow_unicode=True, sort_keys=False, width=120
    )


def _connus(champs: dict[str, Any]) -> dict[str, Any]:
    """What is known only, lists as YAML has them."""
    origines = [{cle: valeur for cle, valeur in x.items() if valeur is not None} for x in champs.pop("origines")]
    return champs | ({"origines": origines} if origines else {})


def verifier_manifeste(dossier: Path, declarees: Sequence[Couche] | None = None) -> list[str]:
    """French problems of a folder's layers: manifest or file absent, file altered or not declared.

    `declarees`: the layers of its manifest, when they are read already. Problems are published: files are named from
    the folder of all layers, never from the root of somebody's disk.
    """
    if not (dossier / NOM).exists():
        return [
            f"{_nom(dossier, dossier)} : il n'y a pas de {NOM} ; l'origine et le millésime des couches sont inconnus."
        ]
    couches = lire_manifeste(dossier) if declarees is None else declarees
    constats = [constat for couche in couches if (constat := _constat(dossier, couche))]
    return constats + [
        f"{_nom(dossier, dossier / fichier)} : ce fichier n'est pas déclaré dans {NOM} ; son origine et son millésime "
        "sont inconnus."
        for fichier in _non_declares(dossier, couches)
    ]


def couches_presentes(dossier: Path, declarees: Sequence[Couche] | None = None) -> tuple[Couche, ...]:
    """The layers that a folder really has: those of its manifest, then the files that it does not declare, of which
    all is « inconnu » (an empty title). `declarees`: see `verifier_manifeste`. Raises TerritoireInvalide."""
    declarees = lire_manifeste(dossier) if declarees is None else declarees
    presentes = tuple(couche for couche in declarees if (dossier / couche.fichier).is_file())
    inconnues = (Couche(fichier, "", INCONNU, INCONNU, INCONNU, "") for fichier in _non_declares(dossier, declarees))
    return (*presentes, *inconnues)


def _non_declares(dossier: Path, couches: Sequence[Couche]) -> list[str]:
    declares = {couche.fichier for couche in couches}
    presents = sorted(f.relative_to(dossier).as_posix() for f in dossier.rglob("*") if f.suffix in _EXTENSIONS)
    return [fichier for fichier in presents if fichier not in declares]


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
