"""The chapters of the report, in the order of the decree: what the page and the PDF both write."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from carte.publish.report import (
    absents,
    acces,
    annexe,
    besoins,
    calibration,
    communes,
    deficits,
    evolution,
    inventaires,
    lieux,
    offre,
    perimetre,
    presences,
    priorites,
    silences,
    zonages,
)
from carte.publish.report.blocs import Bloc, CarteInteractive, Chapitre, Intertitre, Liste, Planche, Texte
from carte.publish.report.cartes import choisir

if TYPE_CHECKING:
    from collections.abc import Mapping

    from carte.publish.maps.contours import Contours
    from carte.publish.report.cartes import Carte
    from carte.publish.report.sujet import Sujet


def chapitres(sujet: "Sujet", contours: "Contours", cartes: "Mapping[str, Carte]") -> list[Chapitre]:
    """Every numbered part that is made of tables, maps and sentences, up to the territories in deficit."""
    return [
        Chapitre("perimetre", "Périmètre, dates et choix", (*perimetre.tableaux(sujet), *_oublis(sujet, contours))),
        Chapitre(
            "offre",
            "L’offre existante",
            (
                *lieux.blocs(sujet, contours),
                *offre.tableaux(sujet),
                *presences.blocs(sujet),
                *inventaires.blocs(sujet),
                *zonages.equipements(sujet),
            ),
        ),
        Chapitre("besoins", "Les besoins", tuple(_besoins(sujet, cartes))),
        Chapitre("acces", "L’accès des habitants", tuple(_acces(sujet, cartes))),
        Chapitre("deficits", "Les territoires en déficit", tuple(_deficits(sujet, contours, cartes))),
    ]


def suite(sujet: "Sujet") -> Chapitre:
    """What changed since a former publication."""
    return Chapitre("evolution", "L’évolution", tuple(evolution.blocs(sujet)))


def methode(sujet: "Sujet") -> Chapitre:
    """What the report does not evaluate; definitions and files are added by each form."""
    regles = map(Texte, annexe.REGLES)
    return Chapitre(
        "methode",
        "Méthode, définitions et données",
        (absents.non_evalues(sujet), *calibration.blocs(sujet), *regles),
    )


def _oublis(sujet: "Sujet", contours: "Contours") -> Iterator[Bloc]:
    restes = sujet.picture.territoire.non_resolus
    if restes:
        titre = "élément resté sans solution" if len(restes) < 2 else "éléments restés sans solution"
        yield Liste(
            f"Couches géographiques : {len(restes)} {titre}", tuple(f"{n.nom} ({n.code}) : {n.motif}" for n in restes)
        )
    if contours.sans_contour:
        yield Texte(f"Sans contour, absentes des cartes : {', '.join(contours.sans_contour)}.")


def _besoins(sujet: "Sujet", cartes: "Mapping[str, Carte]") -> Iterator[Bloc]:
    yield Intertitre("debit", "Le débit internet fixe")
    yield acces.debit(sujet)
    yield Planche(tuple(choisir(cartes, "debit")), "Arcep, « Ma connexion internet »")
    yield from besoins.blocs(sujet)


def _acces(sujet: "Sujet", cartes: "Mapping[str, Carte]") -> Iterator[Bloc]:
    yield from (acces.couverture_voiture(sujet), acces.sans_voiture(sujet), acces.profil(sujet))
    yield acces.sans_voiture_hors_portee(sujet)
    yield acces.temps_et_heures(sujet)
    yield from zonages.blocs(sujet)
    yield Intertitre("cartes-temps", "Cartes des temps en voiture")
    yield Planche(tuple(choisir(cartes, "temps")), sujet.mention_temps)


def _deficits(sujet: "Sujet", contours: "Contours", cartes: "Mapping[str, Carte]") -> Iterator[Bloc]:
    yield deficits.cumul(sujet)
    yield Planche(tuple(choisir(cartes, "cumul")), f"{sujet.mention_temps} ; débit de l’Arcep")
    if contours.bornes is not None:
        yield CarteInteractive()
    yield from (deficits.territoires(sujet), deficits.acces_par_epci(sujet), deficits.manques_par_epci(sujet))
    yield from silences.blocs(sujet)
    yield from priorites.blocs(sujet)
    yield communes.par_commune(sujet)
