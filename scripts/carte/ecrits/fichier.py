"""One hand-written file: its bytes, what they say, and its faults at their line and column."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from carte.ecrits.caracteres import echappements_suspects, suspects
from carte.ecrits.conformite import conformer
from carte.ecrits.coupures import coupures_du_modele
from carte.ecrits.faute import Chemin, Faute, sans_echos
from carte.ecrits.modele import Partie
from carte.ecrits.octets import LectureRefusee, lire_octets, nettoyer
from carte.ecrits.positions import Situeur
from carte.ecrits.problem import Gravite, Problem
from carte.ecrits.syntaxe import ErreurYaml
from carte.ecrits.texte import montrable
from carte.ecrits.yaml_strict import lire as lire_yaml
from carte.erreurs import ErreurCarte

FAUTES_MAX = 100  # per file: beyond, it is another kind of file and listing more helps nobody
TAILLE_MAX = 1024 * 1024  # a vocabulary of 129 values is 40 kB

M = TypeVar("M", bound=Partie)


class EcritInvalide(ErreurCarte):
    """A hand-written file that cannot be used: `problemes` says every fault, the message has one by line."""

    def __init__(self, message: str, problemes: Sequence[Problem] = ()) -> None:
        self.problemes = tuple(problemes)
        super().__init__("\n".join([message, *map(str, self.problemes)]))


@dataclass(slots=True)
class Ecrit:
    """One file being read: `nom` is how problems show it; `donnees` is None when nothing could be read."""

    nom: str
    octets: bytes = b""
    donnees: dict[str, Any] | None = None
    fautes: list[Faute] = field(default_factory=list)

    def conformer(
        self, modele: type[M], donnees: Any, prefixe: Chemin = (), *, nombres: Gravite = Gravite.CONSEIL
    ) -> M | None:
        """The model of (a part of) the file, None when it has a fault; its faults are added to the others.

        None as well, and nothing said again, when the file could not be read.
        """
        if self.donnees is None:
            return None
        primaires = {faute.chemin for faute in self.fautes if faute.chemin}
        lu, fautes = conformer(donnees, modele, Situeur(self.octets).source, prefixe, nombres=nombres)
        self.fautes += sans_echos(fautes, primaires)
        return lu

    @property
    def bloque(self) -> bool:
        return any(faute.gravite is Gravite.BLOQUANT for faute in self.fautes)

    def problemes(self) -> list[Problem]:
        """Every fault that blocks at its place, in the order of the file."""
        bloquantes = [faute for faute in self.fautes if faute.gravite is Gravite.BLOQUANT]
        return sorted(placer(self.nom, self.octets, bloquantes))

    def conseils(self, modele: type[Partie]) -> list[Problem]:
        """What does not block and may say other than its author meant: unseen letters, words taken for a comment."""
        fautes = [faute for faute in self.fautes if faute.gravite is Gravite.CONSEIL]
        fautes += coupures_du_modele(self.octets, modele) if self.donnees is not None else ()
        return sorted(placer(self.nom, self.octets, fautes))


def lire_ecrit(fichier: Path, nom: str, requis: Sequence[str] = (), *, liens: bool = False) -> Ecrit:
    """Read and parse one file of at most TAILLE_MAX; nothing is raised, what is wrong is among its faults.

    `requis`: the least keys of such a file, for who gives an empty one; `liens`: whether it may be a symbolic link.
    """
    try:
        octets = lire_octets(str(fichier), TAILLE_MAX, liens=liens)
    except LectureRefusee as refus:
        return Ecrit(nom, fautes=[Faute((), str(refus), "fichier", position=(1, 1))])
    return lire_texte(octets, nom, requis)


def lire_texte(octets: bytes, nom: str, requis: Sequence[str] = ()) -> Ecrit:
    """Parse the bytes of a file, as `lire_ecrit`."""
    ecrit = Ecrit(nom, octets)
    try:
        ecrit.octets, ecrit.fautes = nettoyer(octets)
        document = lire_yaml(ecrit.octets, requis)
    except ErreurYaml as erreur:
        ecrit.fautes.append(Faute((), erreur.message, "yaml", position=(erreur.ligne, erreur.colonne)))
    else:
        ecrit.donnees = document.donnees
        ecrit.fautes += [*document.fautes, *caracteres_echappes(ecrit.octets, document.donnees)]
    return ecrit


def caracteres_echappes(octets: bytes, donnees: object) -> Iterator[Faute]:
    """Invisible characters written as escapes (`"\\u202e"`), which the file's bytes do not show."""
    if echappements_suspects(octets):
        yield from _suspects(donnees, ())


def _suspects(valeur: object, chemin: Chemin) -> Iterator[Faute]:
    if isinstance(valeur, str):
        for suspect in suspects(valeur):
            gravite = Gravite.BLOQUANT if suspect.grave else Gravite.CONSEIL
            yield Faute(chemin, suspect.message, "caractere", gravite)
    elif isinstance(valeur, dict | list):
        for cle, element in valeur.items() if isinstance(valeur, dict) else enumerate(valeur):
            yield from _suspects(element, (*chemin, cle))


def placer(nom: str, octets: bytes, fautes: Sequence[Faute]) -> Iterator[Problem]:
    """The faults of one file as problems, each at its line and column."""
    situeur = Situeur(octets)
    graves = sorted(fautes, key=lambda faute: faute.gravite is not Gravite.BLOQUANT)  # what blocks is always shown
    for faute in graves[:FAUTES_MAX]:
        ligne, colonne = situeur.position(faute)
        champ = ".".join(montrable(str(partie)) for partie in faute.chemin)
        yield Problem(nom, ligne, colonne, champ, faute.valeur, faute.message, faute.gravite, faute.regle)
    if tus := graves[FAUTES_MAX:]:
        pluriel = "s" if len(tus) > 1 else ""
        message = f"Et {len(tus)} autre{pluriel} problème{pluriel} dans ce fichier."
        # As grave as the gravest of those that are not shown.
        yield Problem(nom, octets.count(b"\n") + 1, 1, "", "", message, tus[0].gravite, "trop")
