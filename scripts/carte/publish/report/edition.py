"""The report of one département, prepared once and written in every form: page, PDF, spreadsheets."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from carte.publish.report import actions, avis, essentiel, feuilles_operateurs, mutualisation, operateurs, permanences
from carte.publish.report.cartes import Carte, cartes
from carte.publish.report.chapitres import chapitres, methode, suite
from carte.publish.report.sujet import Sujet

if TYPE_CHECKING:
    from carte.picture import Picture
    from carte.publish.maps.contours import Contours
    from carte.publish.report.actions import FicheAction
    from carte.publish.report.avis import FicheEpci
    from carte.publish.report.blocs import Bloc, Chapitre
    from carte.publish.report.essentiel import Chiffre
    from carte.publish.report.feuilles_operateurs import FicheOperateur
    from carte.publish.report.operateurs import Reseau


PROGRAMME, AVIS = "Le programme sur six ans", "L’avis des intercommunalités et des opérateurs"


@dataclass(frozen=True, eq=False)
class Edition:
    """One département of one picture, with its outlines."""

    sujet: Sujet
    contours: "Contours"

    @property
    def code(self) -> str:
        return self.sujet.code

    @cached_property
    def cartes(self) -> dict[str, Carte]:
        return cartes(self.sujet, self.contours)

    @cached_property
    def essentiel(self) -> "list[Chiffre]":
        return essentiel.chiffres(self.sujet)

    @cached_property
    def chapitres(self) -> "list[Chapitre]":
        """Parts 1 to 5."""
        return chapitres(self.sujet, self.contours, self.cartes)

    @cached_property
    def permanences(self) -> "tuple[Bloc, ...]":
        """Part 6, before the sheets: permanences that the calculation would try."""
        return tuple(permanences.blocs(self.sujet))

    @cached_property
    def actions(self) -> "list[FicheAction]":
        """Part 6: one sheet per territory in deficit."""
        return actions.fiches(self.sujet, self.sujet.picture.simulations)

    @cached_property
    def mutualisation(self) -> "Chapitre":
        """Part 7."""
        return mutualisation.chapitre(self.sujet)

    @cached_property
    def avis(self) -> "list[FicheEpci]":
        """Part 8: one sheet per EPCI."""
        return avis.fiches(self.sujet, self.contours)

    @cached_property
    def reseaux(self) -> "list[Reseau]":
        """The operators that records name."""
        return operateurs.reseaux(self.sujet)

    @cached_property
    def presences(self) -> "tuple[Bloc, ...]":
        """Part 8: a summary of the operators' presence."""
        return tuple(operateurs.blocs(self.sujet, self.reseaux))

    @cached_property
    def operateurs(self) -> "list[FicheOperateur]":
        """Part 8: one sheet per operator."""
        return feuilles_operateurs.fiches(self.sujet, self.reseaux)

    @cached_property
    def evolution(self) -> "Chapitre":
        """Part 9."""
        return suite(self.sujet)

    @property
    def parties(self) -> "list[tuple[str, tuple[Bloc, ...]]]":
        """Numbered title and blocks of each part that is made of blocks, but the last."""
        debut = [(c.titre, c.blocs) for c in self.chapitres]
        suite = [
            (PROGRAMME, self.permanences),
            (self.mutualisation.titre, self.mutualisation.blocs),
            (AVIS, self.presences),
            (self.evolution.titre, self.evolution.blocs),
        ]
        return [(f"{rang}. {titre}", blocs) for rang, (titre, blocs) in enumerate([*debut, *suite], start=1)]

    @cached_property
    def methode(self) -> "Chapitre":
        """The last part."""
        return methode(self.sujet)


def editions(picture: "Picture", contours: "dict[str, Contours]") -> dict[str, Edition]:
    """The reports of the deployment, by département; those without any loaded commune have none."""
    presents = picture.indicateurs.tables["departement"].index
    return {
        code: Edition(Sujet(picture, code), contours[code])
        for code in picture.configuration.departements
        if code in presents
    }
