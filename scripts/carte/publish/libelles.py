"""From the values of the records to the words people read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from carte.records import dires

if TYPE_CHECKING:
    from carte.nomenclature import Vocabulaire
    from carte.records import Lieu


@dataclass(frozen=True, slots=True)
class Groupe:
    """The services of one family that a place gives, in the vocabulary's order."""

    famille: str
    libelle: str
    services: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Libelles:
    """`mots`: vocabulary → value → label; `ecritures`: vocabulary → value → every text that means it;
    `services`: service → (rank, family); `familles`: key → label;
    `besoins`: key → (label, services); `replis`: word of the search → the need shown when nothing here answers it;
    `vocabulaire`: that of the services, `labels`: that of the labels."""

    mots: Mapping[str, Mapping[str, str]]
    ecritures: Mapping[str, Mapping[str, tuple[str, ...]]]
    services: Mapping[str, tuple[int, str | None]]
    familles: Mapping[str, str]
    besoins: Mapping[str, tuple[str, tuple[str, ...]]]
    replis: Mapping[str, str]
    vocabulaire: "Vocabulaire"
    labels: "Vocabulaire"

    @classmethod
    def lire(cls, vocabulaires: "Mapping[str, Vocabulaire]") -> "Libelles":
        return cls(
            mots={nom: {v.valeur: v.libelle for v in voc.valeurs} for nom, voc in vocabulaires.items()},
            ecritures={nom: {v.valeur: v.ecritures for v in voc.valeurs} for nom, voc in vocabulaires.items()},
            services={v.valeur: (rang, v.famille) for rang, v in enumerate(vocabulaires["services"].valeurs)},
            familles={v.valeur: v.libelle for v in vocabulaires["familles"].valeurs},
            besoins={v.valeur: (v.libelle, v.services) for v in vocabulaires["besoins"].valeurs},
            replis=_replis(vocabulaires),
            vocabulaire=vocabulaires["services"],
            labels=vocabulaires["labels"],
        )

    def rendues(self, lieu: "Lieu") -> list[str]:
        """The families of which a place surely gives a service, in the vocabulary's order."""
        dites = dires.familles(lieu, self.vocabulaire)
        return [famille for famille in self.familles if dites.get(famille) is dires.Etat.OUI]

    def declarees(self, lieu: "Lieu") -> list[str]:
        """Labels of the families that a place says it gives, without one service to show for it."""
        return self.liste("familles", dires.declarees(lieu, self.vocabulaire))

    def absents(self, lieu: "Lieu") -> list[str]:
        """What a place says it does not do: families, then the services of no such family."""
        familles = [f for f, etat in dires.familles(lieu, self.vocabulaire).items() if etat is dires.Etat.NON]
        restants = [s for s in lieu.services_absents or () if self.services.get(s, (0, None))[1] not in familles]
        return [*self.liste("familles", familles), *self.liste("services", restants)]

    def liste(self, vocabulaire: str, valeurs: Iterable[str] | None) -> list[str]:
        """Labels in the record's order; a value that the vocabulary lacks is shown as it was written."""
        mots = self.mots[vocabulaire]
        return [mots.get(valeur, valeur) for valeur in valeurs or ()]

    def groupes(self, services: Iterable[str]) -> list[Groupe]:
        """The services of a place by family, in the vocabulary's order; a service without family comes last."""
        par_famille: dict[str, list[str]] = {famille: [] for famille in [*self.familles, ""]}
        for service in sorted(services, key=lambda s: self.services.get(s, (99, None))[0]):
            par_famille[self.services.get(service, (99, None))[1] or ""].append(service)
        return [
            Groupe(famille, self.familles.get(famille, "Autres services"), tuple(self.liste("services", membres)))
            for famille, membres in par_famille.items()
            if membres
        ]

    def masque(self, services: Iterable[str]) -> int:
        """Bit mask of services, one bit per rank in the vocabulary: what the browser filters on."""
        masque = 0
        for service in services:
            if service in self.services:
                masque |= 1 << self.services[service][0]
        return masque


def _replis(vocabulaires: "Mapping[str, Vocabulaire]") -> dict[str, str]:
    besoins = {besoin.services: besoin.valeur for besoin in vocabulaires["besoins"].valeurs}
    mots = vocabulaires.get("recherche")
    return {mot.valeur: besoins[mot.services] for mot in (mots.valeurs if mots else ()) if mot.services in besoins}
