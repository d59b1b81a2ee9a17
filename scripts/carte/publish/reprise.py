"""Files of a former build written again as they were, when all that they were made from is the same.

A name says everything that its files are made from: `fond` (the layers, the départements, the configuration, the
program), which all pages may read, then the values given with it. What is not given cannot be read without a fault in
the tests, which compare whole sites with and without memory.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar, cast

from carte.memoire import SANS_MEMOIRE, Empreintes, Memoire, cle
from carte.publication import Chantier

if TYPE_CHECKING:
    from carte.picture import Picture
    from carte.publish.atlas import Point
    from carte.records import Enregistrement

V = TypeVar("V")


@dataclass(slots=True)
class Paquet:
    """Values of many small things kept in one entry, each under the fingerprint of what it is made from."""

    empreinte: Empreintes
    connues: dict[str, object] = field(default_factory=dict)
    utiles: dict[str, object] = field(default_factory=dict)

    def valeur(self, calculer: Callable[..., V], *lus: object, sert: Callable[[V], bool] = lambda _: True) -> V:
        """What is known of `lus` where it still serves, else what `calculer` gives of them; it reads nothing else that
        changes."""
        nom = self.empreinte(lus)
        if nom not in self.connues or not sert(cast(V, self.connues[nom])):
            self.connues[nom] = calculer(*lus)
        self.utiles[nom] = self.connues[nom]
        return cast(V, self.utiles[nom])


class _Vide(Paquet):
    def valeur(self, calculer: Callable[..., V], *lus: object, sert: Callable[[V], bool] = lambda _: True) -> V:
        return calculer(*lus)


@dataclass(frozen=True, slots=True)
class Pages:
    """Small files of a same block: the packet keeps their names and fingerprints, the former site their content."""

    paquet: Paquet
    site: Chantier

    def ecrire(self, faire: Callable[[], object], *lus: object) -> None:
        """Take from the former site the files that `faire` wrote of `lus`, else let it write them; it reads nothing
        else that changes."""

        def ecrits(*_: object) -> Mapping[str, str]:
            with self.site.ecrits() as ecrits:
                faire()
            return ecrits

        self.paquet.valeur(ecrits, *lus, sert=self.site.reprendre)


@dataclass(frozen=True, slots=True)
class Reprise:
    """The memory of a publication, and the fingerprint of what all its files may read."""

    memoire: Memoire = SANS_MEMOIRE
    fond: str = ""
    empreinte: Empreintes = field(default_factory=Empreintes, repr=False)

    @classmethod
    def de(cls, memoire: Memoire, picture: "Picture") -> "Reprise":
        """That of a picture; nothing is kept of one whose layers have no fingerprint."""
        if not (memoire.active and picture.couches):
            return cls()
        empreinte = Empreintes()
        for enregistrement in picture.enregistrements:
            if enregistrement.contenu:
                empreinte.donner(enregistrement, _sceau(enregistrement))
        return cls(memoire, cle(picture.couches, empreinte(picture.configuration)), empreinte)

    def sceaux(self, enregistrements: "Iterable[Enregistrement]") -> list[str]:
        """The fingerprint of each record, which stands for whatever is made from it and from `fond`."""
        return [self.empreinte.de_la_partie(e) for e in enregistrements] if self.memoire.active else []

    def lus(self, points: "Iterable[Point]") -> list[tuple[object, ...]]:
        """What stands for points: their record, and which of its stops they are."""
        if not self.memoire.active:
            return []
        return [(self.empreinte.de_la_partie(p.enregistrement), p.lat, p.lon, p.ville) for p in points]

    def avec(self, *lus: object) -> "Reprise":
        """The same, for files that all read `lus` too."""
        return replace(self, fond=cle(self.fond, *map(self.empreinte, lus))) if self.memoire.active else self

    def valeur(self, nom: str, calculer: Callable[[], V]) -> V:
        """One value made from `fond` alone."""
        return self.memoire.valeur(cle("publié", nom, self.fond), calculer)

    def du_contenu(self, nom: str, calculer: Callable[[], V], contenus: Iterable[str | bytes]) -> V:
        """One value made from these contents alone."""
        return self.memoire.valeur(cle("publié", nom, *contenus), calculer) if self.memoire.active else calculer()

    def suite(self, nom: str, calculer: Callable[[], Iterator[V]]) -> Iterator[V]:
        """Values made from `fond` alone, one at a time: all of them need not fit in memory."""
        place, faits = cle("suite", nom, self.fond), 0
        total = self.memoire.reprendre(place)
        while isinstance(total, int) and faits < total:
            connue = self.memoire.reprendre(cle(place, str(faits)))
            if connue is None:
                break
            yield cast(V, connue)
            faits += 1
        if faits == total:
            return
        rang = -1
        for rang, valeur in enumerate(calculer()):
            self.memoire.retenir(cle(place, str(rang)), valeur)
            if rang >= faits:
                yield valeur
        self.memoire.retenir(place, rang + 1)

    def fichiers(self, nom: str, ecrire: Callable[[], V], site: Chantier) -> V:
        """What `ecrire` gives, and the files that it writes, from `fond` alone; those of the former site, where it has
        them all.

        The memory keeps what it gives, and the names and fingerprints of the files: the site itself has their content.
        """
        if not self.memoire.active:
            return ecrire()
        place = cle("fichiers", nom, self.fond)
        connus = self.memoire.reprendre(place)
        if isinstance(connus, tuple) and site.reprendre(connus[0]):
            return cast(V, connus[1])
        with site.ecrits() as ecrits:
            donne = ecrire()
        self.memoire.retenir(place, (ecrits, donne))
        return donne

    @contextmanager
    def pages(self, nom: str, site: Chantier) -> Iterator[Pages]:
        """The small files of that block; see `paquet`."""
        with self.paquet("pages", nom) as paquet:
            yield Pages(paquet, site)

    @contextmanager
    def paquet(self, *nom: str) -> Iterator[Paquet]:
        """The small things of that name: those of the last build, which those of this one replace at the end."""
        if not self.memoire.active:
            yield _Vide(self.empreinte)
            return
        place = cle("paquet", self.fond, *nom)
        connues = self.memoire.reprendre(place)
        paquet = Paquet(self.empreinte, dict(connues) if isinstance(connues, dict) else {})
        avant = set(paquet.connues)
        yield paquet
        self.empreinte.oublier()
        if paquet.utiles.keys() != avant:
            self.memoire.retenir(place, paquet.utiles)


def _sceau(enregistrement: "Enregistrement") -> str:
    """All that makes a record beside the layers: its file, and what the other records and their hubs say of it."""
    e = enregistrement
    return cle("fiche", e.identifiant, e.fichier, e.contenu, repr(e.adresses_des_doubles), repr(e.tenue))


SANS_REPRISE = Reprise()
"""Everything is written anew."""
