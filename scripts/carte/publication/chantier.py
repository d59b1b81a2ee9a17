"""A site being written: each of its files with its fingerprint. What the former site has is linked, not written again.

A file of a published site is never written in place, so that two sites may share it: the new one, and the one that it
replaces. That one is not deleted: it waits as the reserve, and the next build changes in it only what differs.
"""

import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from carte.publication.marque import NOM, Etat, empreintes_de, etat_de, noms


@dataclass(frozen=True, slots=True)
class SitePrecedent:
    """The site in place, whole and ours; `etats`: path → what its mark says and how its file stood then."""

    dossier: Path
    etats: Mapping[str, Etat]


@dataclass(slots=True, eq=False)
class Chantier:
    """The folder where a site is written, and the SHA-256 of each file written so far by its path (`lieux/index.html`).

    Files are written through it alone: what it does not know is not of the site for those who read it back.
    `reserve`: the files that stand in the folder already, left by a former site.
    """

    dossier: Path
    precedent: SitePrecedent | None = None
    reserve: dict[str, Etat] = field(default_factory=dict, repr=False)
    empreintes: dict[str, str] = field(default_factory=dict)
    repris: int = 0
    _suite: list[str] = field(default_factory=list, repr=False)
    _dossiers: set[str] = field(default_factory=set, repr=False)

    @classmethod
    def sur(cls, dossier: Path) -> "Chantier":
        """A site in a folder that may hold files of it already. Raises OSError."""
        dossier.mkdir(parents=True, exist_ok=True)
        return cls(dossier, empreintes=empreintes_de(dossier))

    @classmethod
    def de_la_reserve(cls, dossier: Path, precedent: SitePrecedent, connus: Mapping[str, Etat]) -> "Chantier | None":
        """A site made of what a former one left in a folder of ours, mark removed; None when anything there is not as
        it stood (`connus`). Raises OSError."""
        reserve = {}
        for nom in noms(dossier):
            connu = connus.get(nom)
            if nom != NOM and (connu is None or etat_de(f"{dossier}/{nom}", connu.empreinte) != connu):
                return None
            if connu is not None:
                reserve[nom] = connu
        (dossier / NOM).unlink(missing_ok=True)
        return cls(dossier, precedent, reserve, _dossiers={nom.rpartition("/")[0] for nom in reserve})

    def ecrire(self, chemin: str, contenu: "bytes | str") -> None:
        """Write a file, whatever stood there. Raises OSError."""
        octets = contenu.encode() if isinstance(contenu, str) else contenu
        empreinte = hashlib.sha256(octets).hexdigest()
        if self._lier(chemin, empreinte):
            return
        cible = self._place(chemin)
        with open(cible, "wb") as fichier:  # noqa: PTH123 - tens of thousands of files: see `_place`
            fichier.write(octets)
        self._noter(chemin, empreinte)

    def reprendre(self, manifeste: Mapping[str, str]) -> bool:
        """Take all these files (path → fingerprint) of the former site, or say that it lacks one of them."""
        return self._a_tous(manifeste) and all(self._lier(*fichier) for fichier in manifeste.items())

    @contextmanager
    def ecrits(self) -> Iterator[dict[str, str]]:
        """The files of the block, by their fingerprint, once it has ended."""
        avant = len(self._suite)
        ecrits: dict[str, str] = {}
        yield ecrits
        ecrits.update((chemin, self.empreintes[chemin]) for chemin in self._suite[avant:])

    def terminer(self) -> None:
        """Remove what the reserve had and the site has not. Raises OSError."""
        for nom in [nom for nom in self.reserve if nom not in self.empreintes]:
            os.unlink(f"{self.dossier}/{nom}")  # noqa: PTH108
            dossier = nom.rpartition("/")[0]
            with suppress(OSError):  # not empty
                while dossier:
                    os.rmdir(f"{self.dossier}/{dossier}")  # noqa: PTH106
                    dossier = dossier.rpartition("/")[0]
        self.reserve.clear()

    def lire(self, chemin: str) -> bytes:
        """What was written. Raises OSError."""
        return (self.dossier / chemin).read_bytes()

    def taille(self, chemin: str) -> int:
        """Bytes of a file. Raises OSError."""
        return os.stat(f"{self.dossier}/{chemin}").st_size  # noqa: PTH116

    def chemins(self, debut: str = "") -> list[str]:
        """The paths that begin so, folder by folder."""
        return sorted((c for c in self.empreintes if c.startswith(debut)), key=lambda chemin: chemin.split("/"))

    def _a_tous(self, manifeste: Mapping[str, str]) -> bool:
        sites = (self.reserve, self.precedent.etats if self.precedent else {})
        return all(
            any((etat := site.get(chemin)) and etat.empreinte == voulue for site in sites)
            for chemin, voulue in manifeste.items()
        )

    def _lier(self, chemin: str, empreinte: str) -> bool:
        """Give the new site a former one's file, if it is the same and nobody touched it since."""
        if (etat := self.reserve.get(chemin)) and etat.empreinte == empreinte and chemin not in self.empreintes:
            self._noter(chemin, empreinte)
            self.repris += 1
            return True
        etat = self.precedent.etats.get(chemin) if self.precedent else None
        if self.precedent is None or etat is None or etat.empreinte != empreinte:
            return False
        cible = self._place(chemin)
        try:
            os.link(f"{self.precedent.dossier}/{chemin}", cible)
        except OSError:
            # A disk without links, or a file that went away: it is written.
            return False
        if etat_de(cible, empreinte) != etat:
            os.unlink(cible)  # noqa: PTH108 - changed a moment ago
            return False
        self._noter(chemin, empreinte)
        self.repris += 1
        return True

    def _noter(self, chemin: str, empreinte: str) -> None:
        self.empreintes[chemin] = empreinte
        self._suite.append(chemin)

    def _place(self, chemin: str) -> str:
        """Where a file goes, its folder made and nothing there. Plain texts: a path object costs as much as a file."""
        dossier = chemin.rpartition("/")[0]
        if dossier not in self._dossiers:
            os.makedirs(f"{self.dossier}/{dossier}", exist_ok=True)  # noqa: PTH103
            self._dossiers.add(dossier)
        cible = f"{self.dossier}/{chemin}"
        if chemin in self.empreintes or chemin in self.reserve:
            # Two sites may share the file that stands there.
            os.unlink(cible)  # noqa: PTH108
            self.empreintes.pop(chemin, None)
            self.reserve.pop(chemin, None)
        return cible
