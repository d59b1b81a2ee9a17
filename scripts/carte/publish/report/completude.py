"""O7: what the inventory may miss, from a second list, as a lower bound; or why it is not said."""

from collections.abc import Iterator

from carte.publish.report import phrases
from carte.publish.report.blocs import Bloc, Texte
from carte.publish.report.sujet import Sujet
from carte.publish.report.tableaux import Colonne, Rangee, Tableau, cellule_effectif, cellule_mesure


def blocs(sujet: Sujet) -> Iterator[Bloc]:
    """The sentence, and the table of what it was worked out from."""
    raison = sujet.non_evalue("O7")
    if raison or sujet.ligne.texte("O7_statut") != "calculé":
        suite = raison or "trop peu de lieux sont communs à la carte et à la liste"
        yield Texte(f"Complétude de l’inventaire (O7) : non évalué, {suite}.", "O7")
        return
    estimation = sujet.ligne.mesure("O7_estimation")
    lieux = (sujet.ligne.nombre("lieux") or 0) - (sujet.ligne.nombre("O7_meme_source") or 0)
    communs, liste = (sujet.ligne.nombre(nom) for nom in ("O7_communs", "O7_liste_lieux"))
    yield Texte(
        f"Complétude de l’inventaire (O7) : au moins {phrases.mesure(estimation, 'lieux', 0)} en tout "
        f"({phrases.bornes(estimation, 0)}), d’après {phrases.compter(lieux, 'lieu')} de la "
        f"carte, {phrases.compter(liste, 'lieu')} de la liste et {phrases.compter(communs, 'lieu')} dans les deux. Les "
        "deux listes ne sont pas indépendantes : c’est une borne basse.",
        "O7",
        "departement",
    )
    yield Tableau(
        "tableau-completude",
        f"Ce que l’inventaire oublie ({sujet.date_lieux})",
        "Lieux",
        (Colonne("Nombre"),),
        [
            Rangee("Sur la carte, pris d’ailleurs que de la liste", (cellule_effectif(lieux),)),
            Rangee("Dans la liste", (cellule_effectif(liste),)),
            Rangee("Dans les deux", (cellule_effectif(communs),)),
            Rangee("En tout, au moins", (cellule_mesure(estimation, decimales=0),)),
        ],
        fichier="departement",
        code="O7",
    )
