"""Part 1 of the report: perimeter, vintages, thresholds, and what is left out and counted."""

from carte.access import Mode
from carte.indicators import format_nombre
from carte.publish.report import milieux, phrases
from carte.publish.report.sujet import Sujet
from carte.publish.report.tableaux import Cellule, Colonne, Rangee, Tableau, cellule_effectif
from carte.publish.sources import Source, sources

_COURTE = 24
_MODES = {Mode.VOITURE: "voiture", Mode.VELO: "vélo", Mode.PIED: "pied"}
_DENSITES = {
    "dense": "commune dense",
    "intermediaire": "commune de densité intermédiaire",
    "rural": "commune rurale",
    "tres_disperse": "commune très dispersée",
}


def tableaux(sujet: Sujet) -> list[Tableau]:
    """The tables of the part, in order."""
    return [_compte(sujet), _dates(sujet), _choix(sujet), _exclus(sujet)]


def _compte(sujet: Sujet) -> Tableau:
    ligne = sujet.ligne
    voisines = int((~sujet.picture.territoire.communes["dans_perimetre"].astype(bool)).sum())
    comptes = [
        ("Habitants", ligne.nombre("population"), "population connue"),
        ("Communes", ligne.nombre("communes"), ""),
        ("Communes de population inconnue", ligne.nombre("communes_population_inconnue"), "absentes des pourcentages"),
        ("Lieux", ligne.nombre("lieux"), "en service, avec au moins un point d’accueil dans le département"),
        (
            "Lieux peut-être en double",
            ligne.nombre("lieux_en_double"),
            "peut-être le même qu’un autre : la borne basse de O1 compte chaque doute une fois, O9 aussi",
        ),
        (
            "Lieux fermés à la date de publication",
            ligne.nombre("lieux_fermes"),
            f"pour plus de {sujet.seuils.fermeture_jours} jours ou définitivement : absents de tous les chiffres",
        ),
        (
            "Lieux pas encore ouverts à cette date",
            ligne.nombre("lieux_pas_encore_ouverts"),
            "ouverture annoncée : absents de tous les chiffres",
        ),
        ("Communes voisines chargées", voisines, "leurs lieux et leurs habitants comptent dans les temps d’accès"),
    ]
    return Tableau(
        "tableau-perimetre",
        f"Périmètre : {sujet.nom}",
        "Quoi",
        (Colonne("Nombre"), Colonne("Précision")),
        [Rangee(nom, (cellule_effectif(nombre), Cellule(precision))) for nom, nombre, precision in comptes],
        fichier="departement",
    )


def _dates(sujet: Sujet) -> Tableau:
    return Tableau(
        "tableau-dates",
        "Sources de ce rapport : dates, producteurs et licences",
        "Données",
        (Colonne("Date ou édition"), Colonne("Producteur"), Colonne("Licence")),
        [
            Rangee(
                source.titre,
                (Cellule(phrases.millesime(source.millesime)), _producteur(source), _licence(source)),
                _majuscule(sujet.date_lieux) if source.cle == "lieux" else "",
            )
            for source in sources(sujet.picture, sujet.code)
        ],
    )


def _producteur(source: Source) -> Cellule:
    """Who made it, as a link to where it is published."""
    if not source.adresse:
        return Cellule(source.complet)
    if not source.modele:
        return Cellule("", liens=((source.producteur, source.adresse),))
    avant = source.complet.removesuffix(f" {source.modele}")
    return Cellule(avant, liens=((source.modele, source.adresse),))


def _licence(source: Source) -> Cellule:
    """A short name stays on one line."""
    return Cellule(source.licence.replace(" ", "\u00a0") if len(source.licence) <= _COURTE else source.licence)


def _choix(sujet: Sujet) -> Tableau:
    seuils, parametres = sujet.seuils, sujet.indicateurs.parametres
    hypotheses = parametres.hypotheses
    zones = [f"poids {_decimal(poids)} jusqu’à {minutes:g} minutes" for minutes, poids in parametres.zones_e2sfca]
    vitesses = [f"{_decimal(v)} km/h ({_DENSITES.get(d, d)})" for d, v in hypotheses.voiture_kmh_par_densite.items()]
    detours = [f"{_decimal(hypotheses.detour(mode))} ({nom})" for mode, nom in _MODES.items()]
    mal_reliee = f"plus de {_decimal(100 * parametres.part_locaux_binaire)} % des locaux sans bon débit"
    bornes = f"de {_decimal(hypotheses.borne_basse)} à {_decimal(hypotheses.borne_haute)} fois le temps"
    lignes = [
        ("Seuils en voiture", f"{phrases.enumerer([str(s) for s in seuils.voiture])} minutes"),
        ("Seuils à vélo", f"{phrases.enumerer([str(s) for s in seuils.velo])} minutes"),
        ("Seuil à pied", f"{seuils.pied} minutes"),
        ("Seuil des chiffres mis en avant", f"{sujet.seuil} minutes en voiture"),
        ("Bon débit", f"{sujet.classe_debit}, réseaux filaires"),
        ("Fiche récente", f"mise à jour ou vérifiée depuis moins de {seuils.fraicheur_jours} jours"),
        (
            "Lieu fermé, hors des chiffres",
            f"fermé plus de {seuils.fermeture_jours} jours de suite, ou définitivement",
        ),
        (
            "Présence d’un service itinérant dans une commune",
            f"{_decimal(seuils.presence_heures)} heures par semaine au moins ; en dessous, l’arrêt est montré et ne "
            "compte pour personne",
        ),
        ("Territoire en déficit d’accès", f"plus de {_decimal(seuils.deficit_epci_pct)} % des habitants trop loin"),
        ("Commune mal reliée (variante binaire de G1)", mal_reliee),
        ("Partage des lieux (A9)", phrases.enumerer(zones)),
        ("Points d’où partent les habitants", milieux.departs(sujet)),
        ("Vitesses en voiture, selon la densité de la commune", phrases.enumerer(vitesses)),
        ("Vitesse en voiture, densité inconnue", milieux.vitesse_par_defaut(sujet)),
        ("Vitesses à vélo et à pied", f"{_decimal(hypotheses.velo_kmh)} et {_decimal(hypotheses.pied_kmh)} km/h"),
        ("Détour (route sur ligne droite)", phrases.enumerer(detours)),
        ("Détour en montagne, sur le littoral et dans les îles", milieux.detour_en_relief(sujet)),
        ("Barrières que la ligne droite ne franchit pas", milieux.barrieres(sujet)),
        ("Poids des critères de priorité", phrases.poids(sujet.indicateurs.parametres)),
        ("Intervalle d’un temps estimé", bornes),
        (
            "À pied et à vélo, part des habitants non évalués au-delà de laquelle seules les bornes sont données",
            phrases.pourcentage(parametres.part_non_evaluee),
        ),
    ]
    return Tableau(
        "tableau-choix",
        "Seuils et hypothèses de ce rapport",
        "Choix",
        (Colonne("Valeur"),),
        [Rangee(nom, (Cellule(valeur),)) for nom, valeur in lignes],
        notes=("Aucun texte ne fixe ces seuils : ce sont des paramètres, que chacun peut discuter.",),
    )


def _exclus(sujet: Sujet) -> Tableau:
    ici = sujet.indicateurs.exclusions_departement.get(sujet.code, {})
    comptes = sujet.indicateurs.exclusions.items()
    rangees = [
        Rangee(_majuscule(raison), (cellule_effectif(ici.get(raison)), cellule_effectif(nombre)))
        for raison, nombre in comptes
    ]
    non_resolus = len(sujet.picture.territoire.non_resolus)
    couches = (Cellule("–"), cellule_effectif(non_resolus))
    rangees.append(Rangee("Éléments des couches géographiques restés sans solution", couches))
    return Tableau(
        "tableau-exclus",
        "Ce qui n’entre pas dans certains calculs",
        "Motif",
        (Colonne("Dans le département"), Colonne("En tout", detail="avec les territoires voisins")),
        rangees,
    )


def _decimal(valeur: float) -> str:
    """A parameter as it was set: no more decimals than it has, at most two."""
    texte = format_nombre(valeur, 2)
    return texte.rstrip("0").rstrip(",") if "," in texte else texte


def _majuscule(texte: str) -> str:
    return texte[:1].upper() + texte[1:]
