"""What a proposal does to the report: the sentences that change, the communes and the EPCI that move."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from carte import pipeline, territory
from carte.publish.report import phrases
from carte.publish.report.essentiel import chiffres
from carte.publish.report.sujet import Sujet
from carte.records import Chargement, Enregistrement

if TYPE_CHECKING:
    from carte.boucle.depuis import Ecart
    from carte.publish.report.lignes import Ligne

_NOMS = 8


@dataclass(frozen=True, slots=True)
class Effet:
    """One département: its name, its sentences before and after where they differ, what moves, one sentence each."""

    nom: str
    phrases: tuple[tuple[str, str], ...]
    mouvements: tuple[str, ...]


def effets(socle: pipeline.Socle, apres: Chargement, ecart: "Ecart") -> list[Effet]:
    """Compute the figures of both states of the records, everything else being as it is now.

    A département whose figures do not change has none. `apres` has no blocker.
    """
    avant = replace(apres, enregistrements=_avant(socle.territoire, apres.enregistrements, ecart))
    images = [pipeline.calculer(socle, chargement) for chargement in (avant, apres)]
    codes = socle.configuration.departements
    trouves = (_effet(*(Sujet(image, code) for image in images)) for code in codes)
    return [effet for effet in trouves if effet.phrases or effet.mouvements]


def _avant(
    territoire: territory.Territoire, actuels: tuple[Enregistrement, ...], ecart: "Ecart"
) -> tuple[Enregistrement, ...]:
    """The former records, placed: those that did not change are as they are now."""
    restes = [fiche for fiche in actuels if fiche.identifiant not in ecart.apres]
    anciens = [
        Enregistrement(identifiant, fiche.fichier.fichier, fiche.lieu)
        for identifiant, fiche in ecart.avant.items()
        if fiche.lieu is not None and not fiche.a_completer and fiche.lieu.doublon_de is None
    ]
    places = territory.situer(anciens, territory.Geographie(territoire))
    return tuple(sorted([*restes, *places], key=lambda fiche: fiche.identifiant))


def _effet(avant: Sujet, apres: Sujet) -> Effet:
    couples = [(un.phrase, autre.phrase) for un, autre in zip(chiffres(avant), chiffres(apres), strict=True)]
    return Effet(
        apres.nom,
        tuple(couple for couple in couples if couple[0] != couple[1]),
        (*_communes(avant, apres), *_intercommunalites(avant, apres)),
    )


def _quoi(sujet: Sujet) -> Iterator[tuple[str, str]]:
    """Each kind of offer: the end of its columns, and its name in a sentence."""
    yield "", "d’un lieu"
    for famille, nom in sujet.familles:
        yield f"_{famille}", f"d’un lieu qui propose « {nom[:1].lower()}{nom[1:]} »"


def _communes(avant: Sujet, apres: Sujet) -> Iterator[str]:
    """The communes that come within the threshold or leave it, of which it is sure on both sides."""
    for fin, quoi in _quoi(apres):
        colonne = f"A2_voiture_{apres.seuil}{fin}"
        anciennes, nouvelles = (_couvertes(sujet, colonne) for sujet in (avant, apres))
        for gagnees, verbe in ((nouvelles - anciennes, "de plus"), (anciennes - nouvelles, "de moins")):
            if gagnees:
                communes = [commune for commune in apres.communes if commune.code in gagnees]
                yield (
                    f"{phrases.compter(len(communes), 'commune')} {verbe} à {apres.seuil} minutes au plus {quoi} "
                    f"({_habitants(communes)}) : {_enumerer([c.nom for c in communes])}."
                )


def _couvertes(sujet: Sujet, colonne: str) -> set[str]:
    """The communes whose every inhabitant is surely within the threshold."""
    parts = ((commune.code, commune.part(colonne)) for commune in sujet.communes)
    return {
        code for code, part in parts if part.bas is not None and part.denominateur and part.bas >= part.denominateur
    }


def _habitants(communes: "list[Ligne]") -> str:
    connus = [nombre for commune in communes if (nombre := commune.nombre("population")) is not None]
    inconnues = len(communes) - len(connus)
    suite = f", sans compter {phrases.compter(inconnues, 'commune')} sans chiffre" if inconnues else ""
    return f"{phrases.compter(sum(connus), 'habitant')}{suite}"


def _intercommunalites(avant: Sujet, apres: Sujet) -> Iterator[str]:
    """The EPCI whose word changes: « en déficit », « incertain », « non », « inconnu »."""
    anciennes = {part.code: part for part in avant.parts_epci}
    for fin, quoi in _quoi(apres):
        colonne = f"G3_{apres.seuil}{fin}_statut"
        for part in apres.parts_epci:
            vieux, neuf = anciennes[part.code].texte(colonne), part.texte(colonne)
            if vieux != neuf:
                yield (
                    f"{part.nom}, déficit d’accès à {apres.seuil} minutes {quoi} : {phrases.statut(vieux)} avant, "
                    f"{phrases.statut(neuf)} après."
                )


def _enumerer(noms: list[str]) -> str:
    montres = noms if len(noms) <= _NOMS else [*noms[: _NOMS - 1], f"{len(noms) - _NOMS + 1} autres"]
    return phrases.enumerer(montres)
