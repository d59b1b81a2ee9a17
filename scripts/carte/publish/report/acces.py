"""Parts 3 and 4 of the report: wired broadband, then who has a place within reach, how, and for how many hours."""

from collections.abc import Iterator

from carte.indicators import Part, format_nombre
from carte.publish.report import grain, phrases
from carte.publish.report.blocs import Bloc, Texte
from carte.publish.report.lignes import Ligne
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

_NATURES = {
    "filaire": "Chiffres exacts des réseaux filaires.",
    "filaire_borne": "Le détail des réseaux filaires n’est pas publié pour ce territoire : le chiffre est encadré par "
    "deux bornes, calculées d’après la meilleure technologie de chaque local.",
    "terrestre": "Seuls les chiffres des réseaux terrestres, filaires et radio ensemble, sont disponibles ici : ils ne "
    "se comparent pas à des chiffres filaires.",
    "aucun": "Aucune donnée de débit n’est disponible pour ce territoire : le débit est inconnu.",
}
_PROFILS = {
    "a_pied": "Un lieu à portée de marche",
    "a_velo": "Sinon, un lieu à portée de vélo",
    "voiture_requise": "Sinon, un lieu à portée de voiture seulement",
    "hors_portee": "Aucun lieu à portée",
}


def debit(sujet: Sujet) -> Tableau:
    """B1, with its bounds and what the figures count."""
    ligne, part = sujet.ligne, sujet.debit
    inconnus = ligne.nombre(f"B1_{sujet.seuils.classe_debit}_inconnus")
    return Tableau(
        "tableau-debit",
        f"Locaux sans {sujet.classe_debit} par un réseau filaire ({sujet.date_debit})",
        "Territoire",
        (Colonne("Part des locaux", "B1"), Colonne("Locaux"), Colonne("Communes sans chiffre")),
        [
            Rangee(
                sujet.nom,
                (
                    cellule_part(part, detail=""),
                    Cellule(phrases.rapport(part, "local"), classe="nombre"),
                    cellule_effectif(inconnus),
                ),
            )
        ],
        fichier="departement",
        notes=(
            *(_NATURES[nature] for nature in sujet.nature_debit.split("+")),
            "Ce sont des locaux (logements et locaux professionnels), pas des habitants, et un débit théorique.",
        ),
    )


def couverture_voiture(sujet: Sujet) -> Tableau:
    """A2 and A6: by family and threshold, with the three groups."""
    rangees = [
        Rangee(
            f"{nom}, à {seuil} minutes au plus",
            (*_groupes(sujet.ligne.part(colonne)), _ailleurs(sujet.ligne, colonne)),
            code=colonne[:2],
        )
        for nom, base in _lots(sujet)
        for seuil in sujet.seuils.voiture
        for colonne in [base.format(seuil)]
    ]
    return Tableau(
        "tableau-voiture",
        f"En voiture : habitants ayant un lieu à portée ({sujet.date_lieux}, {sujet.date_population})",
        "Un lieu de…",
        (
            Colonne("Estimation", detail="habitants concernés"),
            Colonne("Sûr", detail="habitants"),
            Colonne("Incertain", detail="habitants"),
            Colonne("Non", detail="habitants"),
            Colonne("Dont par un lieu d’un autre département", detail="habitants"),
        ),
        rangees,
        fichier="departement",
        notes=(
            f"{sujet.mention_temps}. Sûr : même en allongeant le temps d’un quart ; incertain : "
            "seulement en le réduisant d’un cinquième.",
            *(f"{texte}." for texte in [grain.points_incertains(sujet)] if texte),
            *_presences(sujet),
            "Ce tableau ne se lit jamais seul : les personnes sans voiture sont dans le tableau suivant.",
        ),
    )


def _presences(sujet: Sujet) -> Iterator[str]:
    """The other reading of the headline, when stops are too short to count."""
    nom, heures = f"A2_voiture_{sujet.seuil}", format_nombre(sujet.seuils.presence_heures, 1)
    stricte, large = sujet.ligne.part(nom), sujet.ligne.part(f"{nom}_presences")
    if large.bornes is not None and large != stricte:
        yield (
            f"En comptant aussi les arrêts de moins de {heures} heures par semaine, à {sujet.seuil} minutes : "
            f"{phrases.part_complete(large, 'habitant')}."
        )


def sans_voiture(sujet: Sujet) -> Tableau:
    """A3: by bicycle and on foot, by family."""
    seuils = sujet.seuils
    modes = [("À vélo", f"A3_velo_{s}", s) for s in seuils.velo] + [("À pied", f"A3_pied_{seuils.pied}", seuils.pied)]
    lots = [("Tous les lieux", ""), *((nom, f"_{cle}") for cle, nom in sujet.familles)]
    rangees = [
        Rangee(
            f"{nom}, à {minutes} minutes au plus {mode.lower()}", _groupes(sujet.ligne.part(f"{base}{fin}")), code="A3"
        )
        for nom, fin in lots
        for mode, base, minutes in modes
    ]
    return Tableau(
        "tableau-sans-voiture",
        f"Sans voiture : habitants ayant un lieu à portée ({sujet.date_lieux}, {sujet.date_population})",
        "Un lieu de…",
        (
            Colonne("Estimation", detail="habitants concernés"),
            Colonne("Sûr", detail="habitants"),
            Colonne("Incertain", detail="habitants"),
            Colonne("Non", detail="habitants"),
        ),
        rangees,
        fichier="departement",
        notes=(
            *grain.notes(sujet),
            _transports(sujet),
        ),
    )


def _transports(sujet: Sujet) -> str:
    raison = sujet.non_evalue("A3_tc")
    if raison:
        return f"En transports en commun : non évalué, {raison}."
    part, parametres = sujet.ligne.part("A3_tc"), sujet.indicateurs.parametres
    return (
        f"En transports en commun, un trajet est possible pour {phrases.part_complete(part, 'habitant')} au plus : le "
        f"centre de la commune et un lieu sont à {phrases.effectif(parametres.arret_m)} m au plus d’un arrêt du même "
        f"réseau, d’où {phrases.effectif(parametres.departs_par_jour)} véhicules ou plus partent un jour ouvrable. "
        "Seuls les réseaux fournis sont connus, et le temps ne l’est pas."
    )


def _bus(sujet: Sujet) -> str:
    if sujet.non_evalue("A3_tc"):
        return "Les transports en commun ne sont pas évalués."
    return "Qui peut prendre un bus n’est pas compté, sauf dans la borne haute."


def sans_voiture_hors_portee(sujet: Sujet) -> Bloc:
    """A5, for the département and each EPCI; or why it is not said."""
    raison = sujet.non_evalue("A5")
    if raison:
        return Texte(f"Habitants sans voiture et hors de portée à pied et à vélo (A5) : non évalué, {raison}.", "A5")
    seuils = sujet.seuils
    territoires = [(sujet.nom, "", "", sujet.ligne), *sujet.epci(entiers=False)]
    return Tableau(
        "tableau-a5",
        f"Habitants estimés sans voiture, sans aucun lieu à portée de marche ni de vélo ({sujet.date_lieux}, "
        f"{sujet.date_population})",
        "Territoire",
        (
            Colonne("Habitants estimés", "A5", "lecture centrale et intervalle"),
            Colonne("Habitants estimés sans voiture", detail="en tout"),
        ),
        [
            Rangee(nom, (cellule_personnes(t.part("A5")), cellule_effectif(t.part("A5").denominateur)), detail, lien)
            for nom, detail, lien, t in territoires
        ],
        fichier="epci-departement",
        notes=(
            f"Marche : {seuils.pied} minutes ; vélo : {seuils.velo[0]} minutes. La part des ménages sans voiture est "
            f"appliquée aux personnes : c’est une estimation. {_bus(sujet)}",
        ),
    )


def profil(sujet: Sujet) -> Tableau:
    """A4: each inhabitant once, by threshold of the car."""
    seuils = sujet.seuils.voiture
    return Tableau(
        "tableau-profil",
        f"Profil de mobilité : chaque habitant est compté une fois ({sujet.date_lieux}, {sujet.date_population})",
        "Pour atteindre un lieu",
        tuple(Colonne(f"Voiture : {s} minutes", "A4") for s in seuils),
        [
            Rangee(titre, tuple(cellule_part(sujet.ligne.part(f"A4_{s}_{cle}"), "habitant") for s in seuils))
            for cle, titre in _PROFILS.items()
        ],
        fichier="departement",
        notes=(f"Marche : {sujet.seuils.pied} minutes ; vélo : {sujet.seuils.velo[0]} minutes.",),
    )


def temps_et_heures(sujet: Sujet) -> Tableau:
    """A7, A8 and A9, with their intervals."""
    ligne = sujet.ligne
    habitants = f"pour {phrases.compter(ligne.nombre('A7_voiture_moyenne_den'), 'habitant')}"
    lignes = [
        ("A7", "Temps moyen en voiture jusqu’au lieu le plus proche", "A7_voiture_moyenne", "minutes", habitants),
        ("A7", "Temps médian (la moitié des habitants est plus près)", "A7_voiture_mediane", "minutes", habitants),
        ("A7", "Neuvième décile (un habitant sur dix est plus loin)", "A7_voiture_p90", "minutes", habitants),
        ("A7", "Distance moyenne à vol d’oiseau", "A7_distance_moyenne", "km", habitants),
        *(
            (
                "A8",
                f"Heures d’ouverture par semaine à {s} minutes au plus en voiture",
                f"A8_{s}",
                "heures",
                f"moyenne {habitants}",
            )
            for s in sujet.seuils.voiture
        ),
        ("A9", "Heures pour 1 000 habitants, en partageant les lieux (E2SFCA)", "A9_e2sfca", "heures", habitants),
        ("A9", "La même, sans décroissance (2SFCA)", "A9_2sfca", "heures", habitants),
    ]
    return Tableau(
        "tableau-temps",
        f"Temps, distances et heures accessibles ({sujet.date_lieux}, {sujet.date_population})",
        "Indicateur",
        (Colonne("Valeur", detail="et intervalle"), Colonne("Base")),
        [
            Rangee(titre, (cellule_mesure(ligne.mesure(colonne), unite), Cellule(base)), code=code)
            for code, titre, colonne, unite, base in lignes
        ],
        fichier="departement",
        notes=(
            "La moyenne cache les plus éloignés : la lire avec la médiane et le neuvième décile.",
            *_heures_manquantes(ligne),
        ),
    )


def _heures_manquantes(ligne: Ligne) -> tuple[str, ...]:
    """What A8 and A9 leave out: unknown hours are not zero hours."""
    inconnus = ligne.nombre("O2_inconnus")
    if not inconnus:
        return ()
    return (
        f"Horaires inconnus : {phrases.compter(inconnus, 'point d’accueil')} du département, que ces heures ne "
        "comptent pas. Les heures accessibles sont donc un minimum ; là où aucun horaire n’est connu, elles sont "
        "inconnues.",
    )


def _lots(sujet: Sujet) -> list[tuple[str, str]]:
    """What may be in reach, and the name of its columns with a place for the threshold."""
    familles = [(nom, f"A2_voiture_{{}}_{cle}") for cle, nom in sujet.familles]
    return [("Tous les lieux", "A2_voiture_{}"), *familles, ("Les trois familles à la fois", "A6_voiture_{}")]


def _groupes(part: Part) -> tuple[Cellule, ...]:
    inconnue = part.bornes is None
    trois = (part.bas, part.incertain, part.non)
    return (cellule_part(part), *(cellule_effectif(None if inconnue else nombre) for nombre in trois))


def _ailleurs(ligne: Ligne, colonne: str) -> Cellule:
    nom = f"{colonne}_hors_departement"
    return (
        cellule_effectif(ligne.nombre(nom))
        if nom in ligne.cellules
        else Cellule("non évalué", "un seul lieu ne suffit pas", classe="absent")
    )
