"""The records while an import changes them: as they are read, as they become, and what imports wrote of them."""

import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from carte.ecrits.octets import LectureRefusee, lire_octets
from carte.ecriture import remplacer
from carte.imports.empreintes import Empreintes, empreinte
from carte.imports.fusionner import identifiants
from carte.imports.modele import Source
from carte.records import lire
from carte.records.context import Contexte
from carte.records.files import TAILLE_MAX
from carte.records.modele import Lieu
from carte.records.write import to_yaml

_NOMMEE = re.compile(r"^ *identifiant: [\"']?(.*?)[\"']?\r?$", re.MULTILINE)


@dataclass
class Atelier:
    """The records as they are and as they become during one import; `textes` are files as read, by id."""

    source: Source
    destination: Path
    lieux: dict[str, Lieu]
    textes: dict[str, str]
    empreintes: Empreintes
    a_ecrire: dict[str, str] = field(default_factory=dict)
    avant: Empreintes = field(init=False)
    _lignes: dict[str, str] = field(init=False, default_factory=dict)
    _illisibles: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        self._illisibles = tuple(fiche for fiche in self.textes if fiche not in self.lieux)
        for fiche, lieu in self.lieux.items():
            self._ranger(fiche, lieu)
        self.avant = Empreintes(dict(self.empreintes.fiches), dict(self.empreintes.lignes))

    def _ranger(self, fiche: str, lieu: Lieu) -> None:
        """Keep the record under the rows that it was made from: none is looked for in all."""
        for ligne in identifiants(lieu):
            self._lignes.setdefault(ligne, fiche)

    def libre(self, fiche: str) -> bool:
        """Whether no file has this id, nor one that the disk takes for the same (case of letters)."""
        return fiche not in self.textes and not os.path.lexists(self.destination / f"{fiche}.yml")

    def en_cours(self) -> Empreintes:
        """The memory while records are being written: each is ours as it was and as it becomes."""
        return Empreintes(self.empreintes.fiches, self.avant.lignes, self.avant.fiches)

    def fiche_de(self, ligne: str) -> str | None:
        """The record that was made from this row, so that a new import keeps its id."""
        return self._lignes.get(ligne)

    def illisible_de(self, ligne: str) -> str | None:
        """The record of this row when it no longer validates: it is neither replaced nor doubled."""
        if not self._illisibles:
            return None
        nomme = re.compile(rf"identifiant: \W?{re.escape(ligne)}\b")
        return next((fiche for fiche in self._illisibles if nomme.search(self.textes[fiche])), None)

    def retiree(self, ligne: str) -> bool:
        """Whether a former import made a record of this row, and a person has removed it since."""
        return ligne in self.avant.lignes and ligne not in self._lignes

    def poser(self, fiche: str, lieu: Lieu) -> None:
        texte = to_yaml(lieu)
        self.lieux[fiche], self.textes[fiche] = lieu, texte
        self._ranger(fiche, lieu)
        self.a_ecrire[fiche] = texte
        self.empreintes.fiches[fiche] = empreinte(texte)

    def touchee(self, fiche: str) -> bool:
        """Whether a person changed this record since an import wrote it."""
        return not self.empreintes.intacte(fiche, self.textes[fiche])

    def ecrire(self) -> None:
        for fiche, texte in self.a_ecrire.items():
            remplacer(self.destination / f"{fiche}.yml", texte.encode("utf-8"))


def ouvrir(source: Source, destination: Path, contexte: Contexte, empreintes: Empreintes) -> Atelier:
    """Every file of the folder counts for ids, even one that does not validate: it must not be overwritten."""
    textes = _textes(destination)
    chargement = lire(destination, contexte, ressemblances=False) if textes else None
    lues = (*chargement.enregistrements, *chargement.a_completer, *chargement.doublons) if chargement else ()
    return Atelier(source, destination, {e.identifiant: e.lieu for e in lues}, textes, empreintes)


def _textes(destination: Path) -> dict[str, str]:
    """Every record's file as text, by id; one that cannot be read is there, and no import wrote it."""
    return {
        chemin.relative_to(destination).with_suffix("").as_posix(): _texte(chemin)
        for chemin in sorted(destination.glob("*/*.yml"))
        if chemin.parent.name != "nomenclature"
    }


def _texte(chemin: Path) -> str:
    try:
        return lire_octets(str(chemin), TAILLE_MAX).decode("utf-8")
    except (LectureRefusee, UnicodeDecodeError):
        return ""


def retirer(destination: Path, empreintes: Empreintes) -> None:
    """Remove the records that imports wrote and nobody changed since, and forget their rows.

    A row that no record names any more is kept: its record was removed by a person, and stays so. When nothing of
    former imports is left, all is begun again.
    """
    textes = _textes(destination)
    nommees = {nom for texte in textes.values() for nom in _NOMMEE.findall(texte)}
    reste = bool(empreintes.fiches.keys() & textes.keys())
    empreintes.lignes = {x: lue for x, lue in empreintes.lignes.items() if reste and x not in nommees}
    for fiche, texte in textes.items():
        if empreintes.intacte(fiche, texte):
            (destination / f"{fiche}.yml").unlink()
            empreintes.fiches.pop(fiche, None)
