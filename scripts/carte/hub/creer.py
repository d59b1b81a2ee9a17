"""Making a hub's repository: whole at its place, or not at all. Reading and writing happen here only."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from math import isnan
from pathlib import Path

from carte import config, entrees, preparation, territory
from carte.config import Configuration
from carte.erreurs import ErreurCarte
from carte.hub.fichiers import fichiers
from carte.hub.programme import Programme
from carte.hub.reponses import Reponses
from carte.imports.registre import trouver
from carte.journal import etape
from carte.records import bloque, en_texte
from carte.territory import Cog

_SCHEMA = "offers/lieu.schema.json"


class DossierOccupe(ErreurCarte):
    """The folder of a new hub holds something already; nothing was written."""


@dataclass(frozen=True, slots=True)
class Demande:
    """Beside the answers: where the layers come from; `inventaire`: the source's name and the file to import, None for
    no record yet."""

    programme: Programme
    couches: preparation.Demande = field(default_factory=preparation.Demande)
    inventaire: tuple[str, Path] | None = None


def verifier_place(dossier: Path) -> None:
    """Raises DossierOccupe unless `dossier` is absent or empty."""
    if dossier.is_symlink() or (dossier.exists() and not dossier.is_dir()):
        raise DossierOccupe(f"{dossier} existe déjà, et n'est pas un dossier : donnez un autre nom.")
    if dossier.is_dir() and any(dossier.iterdir()):
        raise DossierOccupe(f"{dossier} n'est pas vide : donnez le nom d'un dossier à créer. Rien n'a été écrit.")


def departements_connus(racine: Path) -> dict[str, str]:
    """Code → name of every real département that has communes of its own."""
    cog = _cog(racine)
    avec_communes = {commune.departement for commune in cog.actuelles.values()}
    return {code: division.nom for code, division in cog.departements.items() if code in avec_communes}


def creer(dossier: Path, reponses: Reponses, demande: Demande, racine: Path, jour: date) -> list[str]:
    """Write a hub's repository in `dossier`, absent or empty: files, layers, records of an inventory.

    It is made beside and moved when it is complete and valid. `racine`: the program's folder. Returns what a person
    should know, in French. Raises DossierOccupe, ImportImpossible, CouchesIndisponibles or ErreurCarte, and leaves
    nothing then.
    """
    verifier_place(dossier)
    if demande.inventaire:
        trouver(demande.inventaire[0])
    dossier = dossier.resolve()
    with _atelier(dossier) as atelier:
        _ecrire(atelier, fichiers(reponses, demande.programme, _exemples(racine, reponses), jour), racine)
        configuration = _relire(atelier, reponses)
        phrases = [phrase.replace(str(atelier), str(dossier)) for phrase in _remplir(configuration, demande, racine)]
        dossier.parent.mkdir(parents=True, exist_ok=True)
        atelier.rename(dossier)
    return phrases


@contextmanager
def _atelier(dossier: Path) -> Iterator[Path]:
    """A new folder beside `dossier`, gone in the end unless it was moved."""
    existant = next(parent for parent in dossier.parents if parent.is_dir())
    atelier = Path(tempfile.mkdtemp(prefix=f".{dossier.name}.en-cours-", dir=existant))
    atelier.chmod(0o755)
    try:
        yield atelier
    finally:
        # Only ever what was made here: the name is new.
        if atelier.exists():
            shutil.rmtree(atelier)


def _ecrire(atelier: Path, textes: Mapping[str, str], racine: Path) -> None:
    for nom, texte in textes.items():
        fichier = atelier / nom
        fichier.parent.mkdir(parents=True, exist_ok=True)
        fichier.write_text(texte, encoding="utf-8")
    shutil.copyfile(racine / _SCHEMA, atelier / _SCHEMA)


def _relire(atelier: Path, reponses: Reponses) -> Configuration:
    """The configuration as it will be read, which must say what was answered."""
    lue = config.lire(atelier / "carte.yml", atelier)
    dite = (lue.departements, lue.hub, lue.courriel, lue.depot, lue.url)
    if dite != (tuple(reponses.departements), reponses.hub, reponses.courriel, reponses.depot, reponses.adresse):
        raise ErreurCarte("Ces réponses ne se relisent pas telles quelles : écrivez-les plus simplement.")
    return lue


def _remplir(configuration: Configuration, demande: Demande, racine: Path) -> Iterator[str]:
    with etape("couches"):
        yield from preparation.preparer_couches(configuration, racine, demande.couches)
    if demande.inventaire:
        source, fichier = demande.inventaire
        with etape("inventaire"):
            yield preparation.importer_inventaire(configuration, racine, source, fichier)
    with etape("fiches"):
        chargement = entrees.valider(configuration, racine)
    if bloque(chargement.problemes):
        raise ErreurCarte(f"Des fiches sont à corriger, rien n'a été écrit :\n{en_texte(chargement.problemes)}")


def _exemples(racine: Path, reponses: Reponses) -> dict[str, tuple[str, str]]:
    """The most populated commune of each département."""
    communes = sorted(_cog(racine).actuelles.values(), key=lambda c: -1 if isnan(c.population) else c.population)
    return {c.departement: (c.nom, c.code) for c in communes if c.departement in reponses.departements}


@cache
def _cog(racine: Path) -> Cog:
    return territory.lire_cog([racine / entrees.COG_NATIONAL])
