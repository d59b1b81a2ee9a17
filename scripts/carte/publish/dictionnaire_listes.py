"""What the lists of the indicators hold, and what each of their columns means. See `carte.indicators.listes`."""

from collections.abc import Mapping

from carte.publish.dictionnaire import Description

TITRES: Mapping[str, str] = {
    "labels": "Labels : lieux de la carte et lignes de la liste, par label",
    "labels_liste": "Liste des lieux labellisés, ligne par ligne, rapprochée de la carte",
    "mutualisation": "Inventaire des mutualisations : lieux à la même adresse, voisins, ou de plusieurs réseaux",
    "structures_par_type": "Structures par type : accompagnement et formation",
    "besoins": "Besoins : chiffres publiés par d’autres sources",
    "deficits": "Territoires en déficit d’accès, par famille et par seuil",
    "priorites": "Ordre de priorité des intercommunalités et sa stabilité",
    "conformite": "Critères des réseaux EPN et France services, lieu par lieu",
    "cuivre": "Fermetures prévues du cuivre, par date",
    "sources": "Sources des fiches",
    "evolution": "Évolution depuis la publication précédente : chaque chiffre d’accès et ses effets",
    "evolution_lieux": "Évolution depuis la publication précédente : les lieux derrière chaque effet",
}

_COMMUNES: Mapping[str, tuple[str, str]] = {
    "niveau": ("Niveau du territoire : commune, epci, departement, perimetre…", ""),
    "code": ("Code du territoire.", ""),
    "nom": ("Nom du territoire ou du lieu.", ""),
    "code_departement": ("Code du département.", ""),
    "code_epci": ("Code de l’intercommunalité.", ""),
    "commune": ("Nom de la commune.", ""),
    "label": ("Nom du label.", ""),
    "numero": ("Numéro du label, quand il est connu.", ""),
    "statut": ("Statut, en un mot.", ""),
    "lieu_id": ("Identifiant du lieu sur la carte.", ""),
    "source": ("Source des chiffres ou des fiches.", ""),
    "millesime": ("Date ou édition des chiffres.", ""),
    "unite": ("Unité de la valeur.", ""),
}
_COLONNES: Mapping[str, tuple[str, str]] = {
    "cartographies": ("Lieux de la carte qui disent avoir ou avoir eu ce label.", "lieux"),
    "actuels": ("Lieux de la carte dont le label est en cours.", "lieux"),
    "actuels_fin_inconnue": ("Parmi eux, ceux dont la fin du label n’est pas connue.", "lieux"),
    "anciens": ("Lieux de la carte dont le label est terminé.", "lieux"),
    "sans_date": ("Lieux de la carte dont le label n’a pas de date.", "lieux"),
    "liste": ("Lignes de la liste fournie ; vide sans liste.", "lignes"),
    "liste_actuels": ("Lignes de la liste dont le label est en cours.", "lignes"),
    "apparies": ("Lignes retrouvées sur la carte.", "lignes"),
    "ambigus": ("Lignes qui peuvent désigner plusieurs lieux de la carte.", "lignes"),
    "non_apparies": ("Lignes non retrouvées sur la carte.", "lignes"),
    "motif": ("Pourquoi ces lieux sont réunis.", ""),
    "lieux": ("Identifiants des lieux.", ""),
    "noms": ("Noms des lieux.", ""),
    "nombre": ("Nombre de lieux.", "lieux"),
    "reseaux": ("Réseaux présents.", ""),
    "distance_max_m": ("Plus grande distance entre deux lieux du groupe.", "mètres"),
    "type": ("Type de structure (code de la nomenclature), « inconnu » ou « total ».", ""),
    "structures": ("Structures de ce type.", "lieux"),
    "accompagnement_oui": ("Structures qui aident aux démarches.", "lieux"),
    "accompagnement_non": ("Structures qui n’aident pas aux démarches.", "lieux"),
    "accompagnement_pct": ("Part des structures qui aident aux démarches.", "%"),
    "formation_oui": ("Structures qui forment.", "lieux"),
    "formation_non": ("Structures qui ne forment pas.", "lieux"),
    "formation_pct": ("Part des structures qui forment.", "%"),
    "indicateur": ("Nom du chiffre, tel que publié.", ""),
    "valeur": ("Valeur publiée.", ""),
    "denominateur": ("Dénominateur publié, quand la valeur est une partie d’un tout.", ""),
    "famille": ("Famille de services, ou « toutes ».", ""),
    "seuil": ("Seuil de temps en voiture.", "minutes"),
    "marge_val": ("Écart au seuil de déficit.", "points"),
    "marge_bas": ("Écart au seuil de déficit, borne basse.", "points"),
    "marge_haut": ("Écart au seuil de déficit, borne haute.", "points"),
    "loin_num": ("Habitants au-delà du seuil, estimation.", "habitants"),
    "loin_bas": ("Habitants au-delà du seuil, borne basse.", "habitants"),
    "loin_haut": ("Habitants au-delà du seuil, borne haute.", "habitants"),
    "loin_den": ("Habitants de population connue.", "habitants"),
    "score_val": ("Score de priorité, entre 0 et 1.", ""),
    "rang_min": ("Meilleur rang sur tous les essais.", "rang"),
    "rang_max": ("Moins bon rang sur tous les essais.", "rang"),
    "part_haut": ("Part des essais où le territoire est en tête.", "entre 0 et 1"),
    "essais": ("Nombre d’essais (poids, seuils, détours).", "essais"),
    "raison": ("Pourquoi le territoire n’est pas classé.", ""),
    "critere_distance": ("Part des habitants loin d’un lieu.", "entre 0 et 1"),
    "critere_debit": ("Part des locaux sans bon débit filaire.", "entre 0 et 1"),
    "critere_besoin": ("Part des personnes dans le besoin.", "entre 0 et 1"),
    "z_distance": ("Critère de distance ramené entre 0 et 1.", ""),
    "z_debit": ("Critère de débit ramené entre 0 et 1.", ""),
    "z_besoin": ("Critère de besoin ramené entre 0 et 1.", ""),
    "reseau": ("Réseau que le lieu dit être le sien.", ""),
    "epn_postes": ("EPN : au moins cinq postes.", "oui, non, inconnu"),
    "epn_initiation": ("EPN : au moins deux heures d’initiation gratuite.", "oui, non, inconnu"),
    "epn_animateur": ("EPN : un animateur qualifié.", "oui, non, inconnu"),
    "fs_24h": ("France services : au moins 24 heures par semaine.", "oui, non, inconnu"),
    "fs_5jours": ("France services : au moins cinq jours par semaine.", "oui, non, inconnu"),
    "fermeture": ("Date prévue de fermeture du cuivre.", ""),
    "communes": ("Communes concernées.", "communes"),
    "locaux": ("Locaux de ces communes.", "locaux"),
    "sans_fibre": ("Locaux sans fibre, où cela est connu.", "locaux"),
    "sans_fibre_inconnu": ("Locaux dont on ne sait pas s’ils ont la fibre.", "locaux"),
    "fiches": ("Nombre de fiches.", "fiches"),
    "date_maj_min": ("Plus ancienne mise à jour.", ""),
    "date_maj_max": ("Plus récente mise à jour.", ""),
    "avant_num": ("Numérateur de la publication précédente.", "habitants"),
    "avant_den": ("Dénominateur de la publication précédente.", "habitants"),
    "avant_pct": ("Part publiée précédemment.", "%"),
    "apres_num": ("Numérateur de cette publication.", "habitants"),
    "apres_den": ("Dénominateur de cette publication.", "habitants"),
    "apres_pct": ("Part de cette publication.", "%"),
    "variation_points": ("Différence des deux parts ; somme des effets, dans l’ordre des colonnes.", "points"),
    "effet_methode_points": ("Effet de la méthode et des paramètres.", "points"),
    "effet_population_points": ("Effet de la population et des changements de communes.", "points"),
    "effet_corrections_points": ("Effet des fiches corrigées.", "points"),
    "effet_recensement_points": ("Effet des lieux déjà ouverts, recensés depuis.", "points"),
    "effet_date_inconnue_points": ("Effet des lieux ajoutés dont la date d’ouverture est inconnue.", "points"),
    "effet_ouvertures_points": ("Effet des lieux ouverts depuis.", "points"),
    "effet_retraits_points": ("Effet des lieux retirés de la carte.", "points"),
    "date_avant": ("Date de la publication précédente.", ""),
    "date_apres": ("Date de cette publication.", ""),
    "effet": ("Effet auquel le lieu contribue.", ""),
    "date_ouverture": ("Date d’ouverture du lieu, quand elle est connue.", ""),
}


def titre(liste: str) -> str:
    """The title of a list; its name when nothing else is known."""
    return TITRES.get(liste, liste.replace("_", " "))


def decrire(liste: str, colonne: str) -> Description:
    """What a column of a list means; see `obscure`."""
    texte, unite = _COLONNES.get(colonne) or _COMMUNES.get(colonne) or (f"Colonne {colonne}.", "")
    return Description(colonne.replace("_", " ").capitalize(), texte, unite)


def obscure(colonne: str) -> bool:
    """Whether nothing describes this column: a test asks for every one."""
    return colonne not in _COLONNES and colonne not in _COMMUNES
