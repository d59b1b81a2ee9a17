"""Part 2 of the report: where the offer is, on a map and place by place."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from carte.choix import FAMILLES
from carte.indicators import format_quantite
from carte.publish.atlas import cle_tri
from carte.publish.maps.contours import Contours
from carte.publish.maps.statique import carte_lieux
from carte.publish.report import phrases
from carte.publish.report.blocs import Bloc, Intertitre, Planche
from carte.publish.report.cartes import Carte
from carte.publish.report.sujet import Sujet
from carte.publish.report.tableaux import Cellule, Colonne, Rangee, Tableau
from carte.publish.report.themes import Classe, Theme
from carte.publish.textes import date_longue
from carte.records import dires

# A longer list is folded on the page, and printed after the report.
LIGNES_OUVERTES = 12


@dataclass(frozen=True, slots=True)
class LieuListe:
    """One place of the département, as its record says it.

    `familles`: « oui », « non », « non dit » or « déclaré » (no service named), in the order of FAMILLES. `heures` a
    week over its points whose hours are known, None when none are; `sans_heures`: how many others. `reseaux`: labels
    and networks in force; empty when there are none, None when the record does not say.
    """

    identifiant: str
    nom: str
    commune: str
    points: int
    itinerant: bool
    recoit: bool
    familles: tuple[str, ...]
    heures: float | None
    sans_heures: int
    reseaux: tuple[str, ...] | None
    a_jour_le: date


def blocs(sujet: Sujet, contours: Contours) -> Iterator[Bloc]:
    """The map of the places, then their list."""
    yield Intertitre("localisation", "Où sont les lieux")
    yield Planche((carte(sujet, contours),), "Fiches de cette carte")
    yield liste(sujet)


def carte(sujet: Sujet, contours: Contours) -> Carte:
    """A disc in each commune that has a place; the drawing is empty when no commune has an outline."""
    comptes = {commune.code: int(commune.nombre("lieux") or 0) for commune in sujet.communes}
    mots = {c.code: f"{c.nom} : {phrases.compter(comptes[c.code], 'lieu')}" for c in sujet.communes}
    servies = sum(nombre > 0 for nombre in comptes.values())
    theme = Theme(
        "lieux",
        "Les lieux, commune par commune",
        "O1",
        (
            Classe("disque", "au moins un lieu ou un arrêt (plus il y en a, plus le disque est grand)", servies),
            Classe("fond", "aucun lieu connu", len(comptes) - servies),
        ),
        {},
        mots,
    )
    titre = f"{theme.titre}, {sujet.nom}"
    genre = "Carte des communes, avec un disque dans celles qui ont un lieu"
    dessin = carte_lieux(contours, "carte-lieux", titre, f"{genre}. {theme.resume}", comptes, mots)
    return Carte(theme, dessin, genre)


def liste(sujet: Sujet) -> Tableau:
    """One row per place, by commune; folded when it is long."""
    trouves = lieux(sujet)
    return Tableau(
        "tableau-lieux",
        f"Les lieux, un par un ({sujet.date_lieux})",
        "Lieu",
        (
            *(Colonne(nom) for _, nom in sujet.familles),
            Colonne("Heures par semaine"),
            Colonne("Labels et réseaux", detail="en cours"),
            Colonne("À jour le"),
        ),
        [
            Rangee(
                lieu.nom,
                (
                    *(Cellule(etat, classe="absent" if etat == "non dit" else "") for etat in lieu.familles),
                    _heures(lieu),
                    _reseaux(lieu),
                    Cellule(date_longue(lieu.a_jour_le), tri=lieu.a_jour_le.toordinal()),
                ),
                _ou(lieu),
                f"lieux/{lieu.identifiant}/",
            )
            for lieu in trouves
        ],
        fichier="lieux",
        triable=True,
        repli=f"Voir la liste des lieux ({phrases.compter(len(trouves), 'lieu')})"
        if len(trouves) > LIGNES_OUVERTES
        else "",
        page="lieux" if len(trouves) > LIGNES_OUVERTES else "",
        notes=(
            "Non dit : la fiche n’en parle pas, ce n’est pas un « non ». Déclaré : le lieu le dit, sans nommer un seul "
            "service.",
            "Heures d’ouverture du lieu, ou de tous ses arrêts. À jour le : dernière mise à jour ou vérification.",
        ),
        code="O1",
    )


def lieux(sujet: Sujet) -> list[LieuListe]:
    """Each place in service that has a point in the département, by commune."""
    trouves = [_lieu(sujet, code, points) for code, points in sujet.points_par_lieu().items()]
    return sorted(trouves, key=lambda lieu: (cle_tri(lieu.commune), cle_tri(lieu.nom), lieu.identifiant))


def _lieu(sujet: Sujet, identifiant: str, points: list[dict[str, Any]]) -> LieuListe:
    premier = points[0]
    connues = [point["heures_hebdo"] for point in points if point["heures_hebdo"] == point["heures_hebdo"]]
    vocabulaire = sujet.picture.vocabulaires["labels"]
    labels = [
        vocabulaire.libelle(nom) + (" (fin inconnue)" if nom in premier["labels_fin_inconnue"] else "")
        for nom in premier["labels_actuels"]
    ]
    nus = {vocabulaire.libelle(nom) for nom in premier["labels_actuels"]}
    reseaux = (*labels, *(nom for nom in premier["reseaux"] if nom not in nus))
    return LieuListe(
        identifiant,
        premier["nom"],
        premier["commune"] or "commune inconnue",
        len(points),
        all(point["itinerant"] for point in points),
        _dit(premier["accueille_public"]) != "non",
        _familles(sujet, identifiant, premier),
        sum(connues) if connues else None,
        len(points) - len(connues),
        reseaux if reseaux or premier["labels_connus"] else None,
        premier["a_jour_le"],
    )


def _familles(sujet: Sujet, identifiant: str, point: dict[str, Any]) -> tuple[str, ...]:
    fiche = sujet.fiches.get(identifiant)
    declarees = dires.declarees(fiche.lieu, sujet.picture.vocabulaires["services"]) if fiche else []
    dites = {famille: _dit(point[famille]) for famille in FAMILLES}
    return tuple("déclaré" if etat == "non dit" and f in declarees else etat for f, etat in dites.items())


def _dit(valeur: object) -> str:
    """A nullable boolean in words."""
    return "oui" if valeur is True else "non" if valeur is False else "non dit"


def _ou(lieu: LieuListe) -> str:
    """Its commune, and what keeps people from coming there any day."""
    arrets = phrases.compter(lieu.points, "arrêt") if lieu.itinerant else ""
    return ", ".join(filter(None, (lieu.commune, arrets, "" if lieu.recoit else "ne reçoit pas de public")))


def _heures(lieu: LieuListe) -> Cellule:
    if lieu.heures is None:
        return Cellule(phrases.INCONNU, classe="absent")
    manque = f"horaires inconnus : {phrases.compter(lieu.sans_heures, 'arrêt')}" if lieu.sans_heures else ""
    return Cellule(format_quantite(lieu.heures, 1), manque, lieu.heures, "nombre")


def _reseaux(lieu: LieuListe) -> Cellule:
    if lieu.reseaux is None:
        return Cellule("non dit", classe="absent")
    return Cellule(", ".join(lieu.reseaux) or "aucun label")
