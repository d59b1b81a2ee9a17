"""The worklist of a whole site: its records to read again, in the order of the rule that its page prints."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from carte.choix import FAMILLES
from carte.publish.relecture.manques import ESSENTIEL, manques
from carte.publish.relecture.modele import ALire, Groupe, Motif
from carte.publish.relecture.motifs import brouillon, motifs
from carte.publish.textes import pluriel
from carte.records import dires

if TYPE_CHECKING:
    from carte.picture import Picture
    from carte.publish.relecture.liens import Vu
    from carte.records import Enregistrement, Problem

REGLE = (
    "D’abord ce qui peut faire venir quelqu’un pour rien, puis les fiches très anciennes, les doutes, les fiches à "
    "relire, et celles à qui il manque l’essentiel. Dans chaque groupe : d’abord celles dont la réponse sortirait de "
    "l’incertain le plus d’habitants dans le rapport, puis celles qui en disent le moins, puis les plus vieilles."
)
"""The order of the list, in words."""


def a_relire(picture: "Picture", vus: "Mapping[str, Vu] | None" = None) -> list[ALire]:
    """The published records of the site's own départements to read again, in order, but those that another hub keeps;
    `vus`: the last look at each address, for a hub that looks."""
    configuration = picture.configuration
    jour, seuils = configuration.date_publication, configuration.seuils
    avis, reponses = _avis(picture), _reponses(picture)
    trouves = []
    for enregistrement in picture.enregistrements:
        if enregistrement.departement not in configuration.departements or enregistrement.tenue is not None:
            continue
        attendues, habitants = reponses.get(enregistrement.identifiant, ((), 0.0))
        raisons = (
            *motifs(enregistrement, avis.get(enregistrement.fichier, ()), jour, seuils, vus or {}),
            *attendues,
        )
        if raisons:
            trouves.append(
                ALire(
                    enregistrement,
                    raisons,
                    tuple(_complements(enregistrement)),
                    habitants,
                    sum(manque.poids for manque in manques(enregistrement.lieu)),
                    dires.age_jours(enregistrement.lieu, jour),
                )
            )
    return sorted(trouves, key=lambda ligne: ligne.ordre)


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


def _reponses(picture: "Picture") -> dict[str, tuple[tuple[Motif, ...], float]]:
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
