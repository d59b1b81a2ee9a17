"""The worklist of a whole site: its records to read again, in the order of the rule that its page prints."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from carte.choix import FAMILLES
from carte.publish.relecture.manques import ESSENTIEL, manques
from carte.publish.relecture.modele import ALire, Groupe, Motif
from carte.publish.relecture.motifs import brouillon, motifs
from carte.publish.textes import pluriel
from carte.records import dires

if TYPE_CHECKING:
    from carte.choix import Seuils
    from carte.picture import Picture
    from carte.publish.relecture.liens import Vu
    from carte.records import Enregistrement, Problem

Reponse = tuple[tuple[Motif, ...], float]
_AUCUNE: Reponse = ((), 0.0)

REGLE = (
    "D’abord ce qui peut faire venir quelqu’un pour rien, puis les fiches très anciennes, les doutes, les fiches à "
    "relire, et celles à qui il manque l’essentiel. Dans chaque groupe : d’abord celles dont la réponse sortirait de "
    "l’incertain le plus d’habitants dans le rapport, puis celles qui en disent le moins, puis les plus vieilles."
)
"""The order of the list, in words."""


@dataclass(frozen=True, slots=True)
class Cadre:
    """What a record is judged with, beside itself: the day and the ages of the deployment, what the check says of each
    file, what the report waits for from each record; `vus`: the last look at each address, for a hub that looks."""

    jour: date
    seuils: "Seuils"
    avis: "Mapping[str, Sequence[Problem]]"
    reponses: "Mapping[str, Reponse]"
    vus: "Mapping[str, Vu]" = field(default_factory=dict)

    @classmethod
    def de(cls, picture: "Picture", vus: "Mapping[str, Vu] | None" = None) -> "Cadre":
        """That of a picture."""
        choix = picture.configuration
        return cls(choix.date_publication, choix.seuils, _avis(picture), _reponses(picture), vus or {})

    def dit_de(self, enregistrement: "Enregistrement") -> "tuple[Sequence[Problem], Reponse]":
        """What is said of one record, beside the day, the ages and its addresses."""
        return self.avis.get(enregistrement.fichier, ()), self.reponses.get(enregistrement.identifiant, _AUCUNE)


def a_relire(picture: "Picture", vus: "Mapping[str, Vu] | None" = None) -> list[ALire]:
    """The published records of the site's own départements to read again, in order, but those that another hub keeps;
    `vus`: the last look at each address, for a hub that looks."""
    cadre = Cadre.de(picture, vus)
    lignes = (ligne for siennes in a_juger(picture).values() for ligne in jugees(siennes, cadre))
    return sorted(lignes, key=lambda ligne: ligne.ordre)


def a_juger(picture: "Picture") -> "dict[str, list[Enregistrement]]":
    """For each of the site's own départements, the records that the hub keeps."""
    siennes: dict[str, list[Enregistrement]] = {code: [] for code in picture.configuration.departements}
    for enregistrement in picture.enregistrements:
        if enregistrement.tenue is None and enregistrement.departement in siennes:
            siennes[enregistrement.departement].append(enregistrement)
    return siennes


def jugees(enregistrements: "Iterable[Enregistrement]", cadre: Cadre) -> list[ALire]:
    """Those of these records that are to be read again, in order."""
    return sorted(_jugees(enregistrements, cadre), key=lambda ligne: ligne.ordre)


def _jugees(enregistrements: "Iterable[Enregistrement]", cadre: Cadre) -> Iterator[ALire]:
    for enregistrement in enregistrements:
        avis, (attendues, habitants) = cadre.dit_de(enregistrement)
        raisons = (*motifs(enregistrement, avis, cadre.jour, cadre.seuils, cadre.vus), *attendues)
        if raisons:
            yield ALire(
                enregistrement,
                raisons,
                tuple(_complements(enregistrement)),
                habitants,
                sum(manque.poids for manque in manques(enregistrement.lieu)),
                dires.age_jours(enregistrement.lieu, cadre.jour),
            )


def brouillons(picture: "Picture") -> list[ALire]:
    """The records that are not complete, in order. Nothing of them is published: they are for the hub's own eyes."""
    jour = picture.configuration.date_publication
    trouves = [
        ALire(e, (brouillon(e),), poids=sum(m.poids for m in manques(e.lieu)), age=dires.age_jours(e.lieu, jour))
        for e in picture.a_completer
    ]
    return sorted(trouves, key=lambda ligne: ligne.ordre)


def _complements(enregistrement: "Enregistrement") -> Iterator[str]:
    """What to ask while one is at it."""
    return (manque.question for manque in manques(enregistrement.lieu) if manque.poids < ESSENTIEL)


def _avis(picture: "Picture") -> "dict[str, list[Problem]]":
    """What the check says, by file."""
    avis: dict[str, list[Problem]] = defaultdict(list)
    for probleme in picture.problemes:
        avis[probleme.fichier].append(probleme)
    return avis


def _reponses(picture: "Picture") -> dict[str, Reponse]:
    """For each record whose silence leaves people uncertain: what to ask it, and how many people its most useful answer
    would settle. The same people may wait for several families: they are not added up."""
    liste = picture.indicateurs.listes.get("a_completer")
    if liste is None or liste.empty:
        return {}
    siennes = liste[liste["niveau"] == "departement"].sort_values("habitants_si_oui", ascending=False)
    return {
        str(identifiant): (
            tuple(map(_attendue, lignes["famille"], lignes["habitants_si_oui"])),
            float(lignes["habitants_si_oui"].max()),
        )
        for identifiant, lignes in siennes.groupby("lieu_id")
    }


def _attendue(famille: str, habitants: float) -> Motif:
    """What the report waits for."""
    quoi = FAMILLES[famille].un
    constat = (
        f"On ne sait pas si le lieu propose {quoi} : le rapport l’attend pour {pluriel(round(habitants), 'habitant')}."
    )
    return Motif(Groupe.MANQUE, constat, f"Proposez-vous {quoi} ?")
