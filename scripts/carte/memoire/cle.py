"""Names drawn from content: of parts, of values, of files, of the program itself."""

import copyreg
import hashlib
import io
import os
import pickle
import sys
from collections.abc import Iterable, Iterator
from dataclasses import fields
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

from pydantic import BaseModel

# What the program is made of, from its root. Whatever changes here changes every value that it gives.
_PROGRAMME = (
    "scripts/carte",
    "site_src",
    "offers/nomenclature",
    "mkdocs.yml",
    "requirements.txt",
    "package-lock.json",
    "node_modules/.package-lock.json",
)
_SANS_EFFET = {"__pycache__"}


def _constante(table: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    """A table that nobody may change: of our values, the only kind that pickle does not know."""
    return MappingProxyType(table)


copyreg.pickle(MappingProxyType, lambda table: (_constante, (dict(table),)))


def cle(*parties: str | bytes) -> str:
    """SHA-256 (hexadecimal) of the parts, in order. Each goes with its length: ("ab", "c") is not ("a", "bc")."""
    somme = hashlib.sha256()
    for partie in parties:
        octets = partie.encode("utf-8", "surrogatepass") if isinstance(partie, str) else partie
        somme.update(b"%d:" % len(octets))
        somme.update(octets)
    return somme.hexdigest()


class _Somme(io.RawIOBase):
    """A file that only keeps the SHA-256 of what is written in it."""

    def __init__(self) -> None:
        self.somme = hashlib.sha256()

    def write(self, octets: Any) -> int:
        self.somme.update(octets)
        return memoryview(octets).nbytes


class Empreintes:
    """Fingerprints of values that share parts: each model and each frozen dataclass among them is gone through once.

    For values that nobody changes while it is used.
    """

    def __init__(self) -> None:
        # The part itself is held: another one could take its place in memory.
        self._connues: dict[int, tuple[object, str]] = {}
        self._donnees: dict[int, tuple[object, str]] = {}

    def __call__(self, valeur: object) -> str:
        """SHA-256 of a value that can be pickled: dataclasses, frames, models, texts, numbers, in any depth.

        Two values with one fingerprint are the same value, whatever the process. The reverse does not always hold (a
        set within an object of another kind keeps no order): then a thing is made once more than needed.
        Raises PicklingError; never give it a value that holds itself.
        """
        return self._ecrire(valeur, entiere=False)

    def oublier(self) -> None:
        """Let go of the parts, which took memory; those that were given stay."""
        self._connues.clear()

    def donner(self, partie: object, empreinte: str) -> None:
        """Say the fingerprint of a part that is known by what it was made from: it will not be gone through."""
        self._donnees[id(partie)] = (partie, empreinte)

    def de_la_partie(self, partie: object) -> str:
        """That of a part, drawn once."""
        connue = self._donnees.get(id(partie)) or self._connues.get(id(partie))
        if connue is None:
            connue = self._connues[id(partie)] = (partie, self._ecrire(partie, entiere=True))
        return connue[1]

    def _ecrire(self, valeur: object, *, entiere: bool) -> str:
        """`entiere`: the value is written itself, not by the fingerprint that this gives."""
        somme = _Somme()
        redacteur = _Redacteur(somme, self, valeur if entiere else None)
        # Whether two equal texts are one object in memory must not show: what comes back has other objects.
        redacteur.fast = True
        redacteur.dump(valeur if entiere else _sans_hasard(valeur))
        return somme.somme.hexdigest()


class _Redacteur(pickle.Pickler):
    """Writes a value so that equal ones give the same bytes, its shared parts by their fingerprint."""

    def __init__(self, somme: _Somme, empreintes: Empreintes, entiere: object) -> None:
        super().__init__(somme, protocol=5)
        self._empreintes, self._entiere = empreintes, entiere

    def reducer_override(self, objet: Any) -> Any:
        figee = getattr(getattr(objet, "__dataclass_params__", None), "frozen", False)
        if isinstance(objet, type) or not (figee or isinstance(objet, BaseModel)):
            return NotImplemented
        if objet is not self._entiere:
            return str, (self._empreintes.de_la_partie(objet),)
        if isinstance(objet, BaseModel):
            # The names of the fields that it was given are a set, whose order is nobody's.
            return type(objet), (), (objet.__dict__, sorted(objet.model_fields_set))
        return type(objet), (), [_sans_hasard(getattr(objet, champ.name)) for champ in fields(cast(Any, objet))]


def _sans_hasard(valeur: object) -> object:
    """The same, its sets as lists in an order that depends on what they hold alone: theirs is drawn by each process."""
    if isinstance(valeur, set | frozenset):
        return sorted(valeur, key=repr)
    if type(valeur) is dict:
        return {nom: _sans_hasard(contenu) for nom, contenu in valeur.items()}
    if type(valeur) is tuple:
        return tuple(map(_sans_hasard, valeur))
    if type(valeur) is list:
        return list(map(_sans_hasard, valeur))
    return valeur


def empreinte(valeur: object) -> str:
    """The fingerprint of one value (see `Empreintes`)."""
    return Empreintes()(valeur)


def fichiers(*places: Path) -> str:
    """SHA-256 of every ordinary file at or under some places, and of their paths below them; absent ones count too.

    Links are followed, as those who read these files follow them; what was seen already is not gone through again.
    """
    return cle(*(partie for place in places for partie in _parties(place)))


def _parties(place: Path) -> Iterator[str]:
    if not place.is_dir():
        yield "fichier"
        yield _contenu(place)
        return
    yield "dossier"
    vus: set[str] = set()
    for parent, dossiers, noms in os.walk(place, followlinks=True):
        reel = os.path.realpath(parent)
        if reel in vus:
            dossiers[:] = []
            yield from (parent.removeprefix(str(place)), reel)
            continue
        vus.add(reel)
        dossiers[:] = sorted(nom for nom in dossiers if nom not in _SANS_EFFET)
        for nom in sorted(noms):
            chemin = Path(parent, nom)
            yield chemin.relative_to(place).as_posix()
            yield _contenu(chemin)


def _contenu(fichier: Path) -> str:
    """SHA-256 of an ordinary file; empty for anything else, which no stage reads."""
    if not fichier.is_file():
        return ""
    with fichier.open("rb") as flux:
        return hashlib.file_digest(flux, "sha256").hexdigest()


def programme(racine: Path) -> str:
    """SHA-256 of the program at `racine`: its code, its pages, its words, Python, and what is installed beside it."""
    installes = sorted(nom for dossier in sys.path for nom in _paquets(dossier))
    return cle(sys.version, *installes, fichiers(*(racine / nom for nom in _PROGRAMME)))


def _paquets(dossier: str) -> Iterable[str]:
    """Names and versions of the packages of a folder of the Python path."""
    try:
        return [nom for nom in os.listdir(dossier or ".") if nom.endswith(".dist-info")]  # noqa: PTH208 - names alone
    except OSError:
        return []
