"""The records that differ between a former state of the repository and the folder as it is now."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from carte import records
from carte.config import Revision
from carte.ecrits.octets import LectureRefusee, lire_octets
from carte.erreurs import ErreurCarte
from carte.evolution.revision import empreinte, lire_objets, lister
from carte.records import Contexte, FicheLue, Fichier
from carte.records.files import TAILLE_MAX


@dataclass(frozen=True, slots=True)
class Ecart:
    """The records that are not the same, by id, on both sides; the others' files are the same bytes."""

    avant: Mapping[str, FicheLue]
    apres: Mapping[str, FicheLue]
    nombre_apres: int


def ecart(revision: Revision, lieux: Path, contexte: Contexte) -> Ecart:
    """Read the records that changed since a commit, and only these.

    `lieux`: the folder of records, inside `revision.racine`. Raises PublicationIllisible or ErreurCarte.
    """
    racine = revision.racine.resolve()
    if not lieux.resolve().is_relative_to(racine):
        raise ErreurCarte(f"Le dossier des fiches ({lieux}) n'est pas dans le dépôt de la configuration ({racine}).")
    commit = empreinte(revision)
    prefixe = lieux.resolve().relative_to(racine).as_posix()
    objets = {nom.removeprefix(f"{prefixe}/"): objet for nom, objet in lister(revision, commit, [prefixe])}
    actuels = {_chemin(f): f for f in records.parcourir(lieux)[0]}
    changes = {nom for nom, f in actuels.items() if not _est(f, objets.get(nom))}
    anciens = {nom: objet for nom, objet in objets.items() if nom in changes or nom not in actuels}
    with TemporaryDirectory() as temporaire:
        dossier = Path(temporaire) / lieux.name
        for nom, contenu in zip(anciens, lire_objets(revision, list(anciens.values())), strict=True):
            (dossier / nom).parent.mkdir(parents=True, exist_ok=True)
            (dossier / nom).write_bytes(contenu)
        avant = [records.lire_une(f, contexte) for f in _fiches(dossier)]
    apres = [records.lire_une(actuels[nom], contexte) for nom in sorted(changes)]
    return Ecart(_par_identifiant(avant), _par_identifiant(apres), len(actuels))


def _fiches(dossier: Path) -> list[Fichier]:
    return records.parcourir(dossier)[0] if dossier.is_dir() else []


def _par_identifiant(fiches: list[FicheLue]) -> dict[str, FicheLue]:
    return {fiche.fichier.identifiant: fiche for fiche in fiches}


def _chemin(fichier: Fichier) -> str:
    return f"{fichier.identifiant}.yml"


def _est(fichier: Fichier, objet: str | None) -> bool:
    """Whether the bytes of a file are those that git keeps under this name; None when it keeps none."""
    if objet is None:
        return False
    try:
        octets = lire_octets(fichier.chemin, TAILLE_MAX)
    except LectureRefusee:
        return False  # said when the record is read
    # The hash of git, which no security rests on here: of SHA-1 or of SHA-256, as the repository chose.
    algorithme = hashlib.sha1 if len(objet) == 40 else hashlib.sha256
    return algorithme(b"blob %d\0%s" % (len(octets), octets)).hexdigest() == objet
