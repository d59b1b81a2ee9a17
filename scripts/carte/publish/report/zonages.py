"""The figures by class of communes (density, FRR, centrality), the quartiers prioritaires apart, and the equipment."""

from collections.abc import Iterator
from typing import Any

from carte.indicators import Mesure
from carte.publish.report import phrases
from carte.publish.report.blocs import Bloc, Intertitre, Texte
from carte.publish.report.lignes import lignes
from carte.publish.report.sujet import Sujet
from carte.publish.report.tableaux import (
    Cellule,
    Colonne,
    Rangee,
    Tableau,
    cellule_effectif,
    cellule_mesure,
    cellule_part,
    cellule_personnes,
)

_NIVEAUX = {
    "densite": ("Par densité des communes", "Les classes sont celles de la grille communale de densité de l’Insee."),
    "frr": (
        "Par classement France ruralités revitalisation (FRR)",
        "Une commune classée en partie l’est pour une partie de son territoire.",
    ),
    "centralite": (
        "Par niveau de centralité des communes",
        "Les niveaux sont nommés comme dans l’étude qui les donne.",
    ),
}
_EQUIPEMENTS = {
    "mairies": "Mairies",
    "france_services": "France services",
    "poste": "Points de poste",
    "banques": "Banques",
}


def blocs(sujet: Sujet) -> Iterator[Bloc]:
    """One table per classification that is known, then the quarters; or why they are not said."""
    yield Intertitre("classes", "Selon la densité et les zonages")
    for niveau in _NIVEAUX:
        if not sujet.indicateurs.tables[niveau].empty:
            yield _classes(sujet, niveau)
    if raison := sujet.non_evalue("FRR"):
        yield Texte(f"Communes classées France ruralités revitalisation (FRR) : non évalué, {raison}.")
    yield _quartiers(sujet)


def _classes(sujet: Sujet, niveau: str) -> Tableau:
    titre, note = _NIVEAUX[niveau]
    seuil, rangees = sujet.seuil, list(lignes(sujet.indicateurs, niveau, sujet.code))
    comptees = sum(rangee.nombre("communes") or 0 for rangee in rangees)
    restent = (sujet.ligne.nombre("communes") or 0) - comptees
    absentes = (
        (f"Sans classe connue, donc dans aucune ligne : {phrases.compter(restent, 'commune')}.",) if restent else ()
    )
    return Tableau(
        f"tableau-{niveau}",
        f"{titre}, à {seuil} minutes en voiture ({sujet.date_lieux}, {sujet.date_population})",
        "Classe",
        (
            Colonne("Communes"),
            Colonne("Habitants"),
            Colonne("Lieux"),
            Colonne("Un lieu à portée", "A2"),
            Colonne("Les trois familles à portée", "A6"),
            Colonne("En déficit cumulé", "G1"),
        ),
        [
            Rangee(
                rangee.nom,
                (
                    cellule_effectif(rangee.nombre("communes")),
                    cellule_effectif(rangee.nombre("population")),
                    cellule_effectif(rangee.nombre("lieux")),
                    cellule_part(rangee.part(f"A2_voiture_{seuil}"), "habitant"),
                    cellule_part(rangee.part(f"A6_voiture_{seuil}"), "habitant"),
                    cellule_personnes(rangee.part(f"G1_{seuil}")),
                ),
            )
            for rangee in rangees
        ],
        fichier=niveau,
        notes=(note, *absentes),
    )


def _quartiers(sujet: Sujet) -> Bloc:
    raison, siens = sujet.non_evalue("QPV"), sujet.liste("quartiers")
    if raison or not siens:
        suite = f"non évalué, {raison}" if raison else "aucun dans ce département"
        return Texte(f"Quartiers prioritaires de la politique de la ville (QPV) : {suite}.")
    return Tableau(
        "tableau-quartiers",
        f"Quartiers prioritaires de la politique de la ville ({sujet.date_lieux})",
        "Quartier",
        (
            Colonne("Habitants", detail="du quartier"),
            Colonne("Lieux dans le quartier", "O1"),
            Colonne("Lieu le plus proche, à pied", "A1"),
            Colonne(f"À {sujet.seuils.pied} minutes de marche", "A3"),
        ),
        [Rangee(str(q["nom"] or q["code"]), tuple(_cellules(q)), str(q["commune"] or "")) for q in siens],
        fichier="quartiers",
        notes=(
            "Les habitants des quartiers sont aussi ceux de leur commune : ces nombres ne s’ajoutent à aucun autre. Le "
            "temps part d’un point intérieur au quartier ; il est estimé à vol d’oiseau.",
        ),
    )


def _cellules(quartier: dict[str, Any]) -> Iterator[Cellule]:
    yield cellule_effectif(quartier["population"])
    peut_etre = quartier["lieux_incertains"]
    yield cellule_effectif(quartier["lieux"], f"et {phrases.compter(peut_etre, 'lieu')} peut-être" if peut_etre else "")
    yield cellule_mesure(Mesure(*(quartier[f"pied_{fin}"] for fin in ("val", "bas", "haut"))), "min", 0)
    yield Cellule(str(quartier["pied_statut"]))


def equipements(sujet: Sujet) -> Iterator[Bloc]:
    """Where the equipment that could welcome a permanence is; nothing without the file."""
    siens = sujet.liste("equipements", niveaux=("epci_departement", "departement"))
    if not siens:
        return
    noms = {part.code: part.nom for part in sujet.parts_epci} | {sujet.code: sujet.nom}
    siens.sort(key=lambda ligne: (ligne["niveau"] != "departement", noms.get(str(ligne["code"]), "")))
    yield Tableau(
        "tableau-equipements",
        f"Services au public déjà là, d’après la base permanente des équipements ({siens[0]['millesime']})",
        "Territoire",
        (
            *(Colonne(titre) for titre in _EQUIPEMENTS.values()),
            Colonne("Communes sans lieu, avec un point d’appui", "O1"),
            Colonne("Lesquelles"),
        ),
        [
            Rangee(
                noms.get(str(ligne["code"]), str(ligne["code"])),
                (
                    *(cellule_effectif(ligne[nom]) for nom in _EQUIPEMENTS),
                    cellule_effectif(ligne["communes_appui"]),
                    Cellule(_lesquelles(ligne)),
                ),
            )
            for ligne in siens
        ],
        fichier="equipements",
        notes=(
            "Point d’appui : une France services ou un point de poste, dans une commune où la carte n’a aucun lieu. Ce "
            "sont des endroits où une permanence pourrait être accueillie, pas une offre de médiation numérique.",
        ),
    )


def _lesquelles(ligne: dict[str, Any]) -> str:
    """The names of these communes; a département's are in the rows of its EPCI."""
    if not ligne["communes_appui"]:
        return "–"
    return "celles des lignes suivantes" if ligne["niveau"] == "departement" else str(ligne["communes_appui_noms"])
