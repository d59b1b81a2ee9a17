"""Départements and EPCI of the deployment side by side, with the caution that goes with any comparison."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from carte.publish.cadre.jinja import environnement
from carte.publish.opendata.parties import decoupage
from carte.publish.report import annexe
from carte.publish.report.deficits import cellule_couverture
from carte.publish.report.phrases import INCONNU, enumerer
from carte.publish.report.priorites import SANS_DENSITE, cellule_ecart, cellule_groupe
from carte.publish.report.sujet import dates_des_fiches
from carte.publish.report.tableaux import (
    Cellule,
    Colonne,
    Rangee,
    Tableau,
    cellule_effectif,
    cellule_lieux,
    cellule_mesure,
    cellule_part,
    cellule_personnes,
)
from carte.publish.textes import typographie

if TYPE_CHECKING:
    from carte.publish.report.edition import Edition
    from carte.publish.report.lignes import Ligne
    from carte.publish.report.sujet import Sujet

GROUPES = (
    "Favorable, proche, défavorable : par rapport au département, quand les intervalles permettent de le dire ; les "
    "rangs sont ceux qu’ils permettent. Moins de trois lieux ou moins de 1 000 habitants : non classé."
)


def comparaison(editions: "Mapping[str, Edition]", actifs: str) -> str:
    """The HTML fragment of `/rapports/comparaison/`; there is at least one report."""
    sujets = [edition.sujet for edition in editions.values()]
    return typographie(
        environnement()
        .get_template("comparaison.html.j2")
        .render(
            racine="../../",
            actifs=actifs,
            fichiers=annexe.fichiers(decoupage(sujets[0].picture), None),
            mention_temps=sujets[0].mention_temps,
            codes=(),
            tableaux=tableaux(sujets),
        )
    )


def tableaux(sujets: "list[Sujet]") -> list[Tableau]:
    """The two tables: départements, then EPCI by their part in each département."""
    avec = [sujet.points for sujet in sujets if not sujet.sans_fiche]
    lieux = dates_des_fiches(pd.concat(avec)) if avec else sujets[0].date_lieux
    dates = f"({lieux}, {sujets[0].date_population}, {sujets[0].date_debit})"
    departements = [
        Rangee(s.nom, tuple(_cellules(s, s.ligne, densite_connue(sujets))), lien=f"rapports/{s.code}/") for s in sujets
    ]  # fmt: skip
    epci = [rangee for sujet in sujets for rangee in _epci(sujet, densite_connue(sujets))]
    colonnes = _colonnes(sujets[0], densite_connue(sujets))
    notes = (
        "L’écart à même densité compare un territoire aux communes de même densité de sa région : il se lit d’abord."
        if densite_connue(sujets)
        else SANS_DENSITE,
        *_sans_inventaire(sujets),
    )
    groupe = Colonne("Groupe", "G7", f"en voiture, {sujets[0].seuil} minutes, dans son département")
    return [
        Tableau("departements", f"Les départements {dates}", "Département", colonnes, departements,
                fichier="departement", triable=True, notes=notes),
        Tableau("epci", f"Les intercommunalités {dates}", "Intercommunalité", (groupe, *colonnes), epci,
                fichier="epci-departement", triable=True, notes=(*notes, GROUPES)),
    ]  # fmt: skip


def _sans_inventaire(sujets: "list[Sujet]") -> Iterator[str]:
    """Which départements have no record: their figures are unknown, and no one is compared to them."""
    if muets := [sujet.nom for sujet in sujets if sujet.sans_fiche]:
        yield (
            f"Aucune fiche pour {enumerer(muets)} : leur offre est inconnue, et ils ne comptent pas dans les écarts."
            if len(muets) > 1
            else f"Aucune fiche pour {muets[0]} : son offre est inconnue, et il ne compte pas dans les écarts."
        )


def densite_connue(sujets: "list[Sujet]") -> bool:
    """Whether some territory can be compared to those of its density."""
    return any(
        t.mesure(f"G8_A2_voiture_{sujet.seuil}_densite_points").valeur is not None
        for sujet in sujets
        for t in (sujet.ligne, *sujet.parts_epci)
    )


def _epci(sujet: "Sujet", densite: bool) -> Iterator[Rangee]:
    for nom, detail, lien, territoire in sujet.epci(entiers=False):
        precision = f"{sujet.nom}, {detail}" if detail else sujet.nom
        groupe = cellule_groupe(territoire, f"A2_voiture_{sujet.seuil}")
        yield Rangee(nom, (groupe, *_cellules(sujet, territoire, densite)), precision, lien)


def _colonnes(sujet: "Sujet", densite: bool) -> tuple[Colonne, ...]:
    seuil, seuils = sujet.seuil, sujet.seuils
    ecart = Colonne("Écart à même densité", "G8", f"points, en voiture, {seuil} minutes")
    return (
        *((ecart,) if densite else ()),
        Colonne("Habitants"),
        Colonne("Habitants par km²"),
        Colonne("Lieux"),
        Colonne("Lieux pour 10 000 habitants", "O1"),
        Colonne("En voiture", "A2", f"{seuil} minutes"),
        Colonne("Formation en voiture", "A2", f"{seuil} minutes"),
        Colonne("À vélo", "A3", f"{seuils.velo[0]} minutes"),
        Colonne("À pied", "A3", f"{seuils.pied} minutes"),
        Colonne("Temps médian", "A7", "voiture"),
        Colonne("Sans bon débit filaire", "B1", "locaux"),
        Colonne("Déficit cumulé", "G1", f"habitants à plus de {seuil} minutes"),
    )


def _cellules(sujet: "Sujet", t: "Ligne", densite: bool) -> "Iterator[Cellule]":
    """The figures of a territory; the gap to its like first, where density is known."""
    seuil, seuils = sujet.seuil, sujet.seuils
    if densite:
        yield cellule_ecart(t, f"G8_A2_voiture_{seuil}_densite_points")
    yield cellule_effectif(t.nombre("population"))
    yield cellule_effectif(sujet.densites.get(t.code))
    if sujet.sans_fiche:
        yield Cellule("aucune fiche", classe="absent")
        yield from (Cellule(INCONNU, classe="absent") for _ in range(8))
        return
    yield cellule_lieux(t)
    yield cellule_mesure(t.mesure("O1_lieux"))
    parts = (f"A2_voiture_{seuil}", f"A2_voiture_{seuil}_formation", f"A3_velo_{seuils.velo[0]}",
             f"A3_pied_{seuils.pied}")  # fmt: skip
    for colonne in parts:
        yield cellule_couverture(t, colonne)
    yield cellule_mesure(t.mesure("A7_voiture_mediane"), "min")
    yield cellule_part(t.part(f"B1_{seuils.classe_debit}"))
    yield cellule_personnes(t.part(f"G1_{seuil}"))
