"""The table of the communes: the main figures of each."""

from carte.publish.atlas import cle_tri
from carte.publish.report import phrases
from carte.publish.report.sujet import Sujet
from carte.publish.report.tableaux import (
    Colonne,
    Rangee,
    Tableau,
    cellule_effectif,
    cellule_lieux,
    cellule_mesure,
    cellule_part,
    cellule_personnes,
)


def par_commune(sujet: Sujet) -> Tableau:
    """The main figures of each commune."""
    rangees = []
    for commune in sorted(sujet.communes, key=lambda c: (cle_tri(c.nom), c.code)):
        temps = [cellule_mesure(commune.mesure(f"A1_voiture{fin}"), "min") for fin in _fins(sujet)]
        rangees.append(
            Rangee(
                commune.nom,
                (
                    cellule_effectif(commune.nombre("population")),
                    cellule_lieux(commune),
                    *temps,
                    cellule_part(commune.part(f"B1_{sujet.seuils.classe_debit}")),
                    cellule_personnes(commune.part(f"G1_{sujet.seuil}")),
                ),
                lien=f"communes/{commune.code}/",
            )
        )
    return Tableau(
        "tableau-communes",
        f"Les communes ({sujet.date_lieux}, {sujet.date_population}, {sujet.date_debit})",
        "Commune",
        (
            Colonne("Habitants"),
            Colonne("Lieux"),
            Colonne("Temps en voiture", "A1", "tous les lieux"),
            *(Colonne("Temps en voiture", "A1", nom.lower()) for _, nom in sujet.familles),
            Colonne("Sans bon débit filaire", "B1", "locaux"),
            Colonne("Déficit cumulé", "G1", f"à plus de {sujet.seuil} minutes"),
        ),
        rangees,
        fichier="commune",
        triable=True,
        repli=f"Voir le tableau des communes ({phrases.compter(len(rangees), 'ligne')})",
        page="communes",
        feuille="Communes",
    )


def _fins(sujet: Sujet) -> list[str]:
    return ["", *(f"_{cle}" for cle, _ in sujet.familles)]
