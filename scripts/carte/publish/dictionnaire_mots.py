"""The words of `dictionnaire`: variants, suffixes and units of the columns."""

ENTETES: dict[str, tuple[str, str, str]] = {
    "code": ("Code", "Code officiel du territoire.", ""),
    "nom": ("Nom", "Nom du territoire.", ""),
    "code_epci": ("Code de l’intercommunalité", "Code (SIREN) de l’intercommunalité.", ""),
    "code_departement": ("Code du département", "Code officiel du département.", ""),
    "code_region": ("Code de la région", "Code officiel de la région.", ""),
    "population": ("Habitants", "Population connue du territoire.", "habitants"),
    "communes": ("Communes", "Nombre de communes.", "communes"),
    "communes_population_inconnue": (
        "Communes de population inconnue",
        "Communes absentes des pourcentages de population.",
        "communes",
    ),
    "communes_absentes": (
        "Communes absentes",
        "Communes de l’intercommunalité qui ne sont pas dans les données chargées.",
        "communes",
    ),
    "region_entiere": ("Région entière", "Vrai quand tous les départements de la région sont chargés.", ""),
    "lieux": ("Lieux", "Nombre de lieux ayant au moins un point d’accueil dans le territoire.", "lieux"),
}
"""Columns that are not indicators: title, description, unit."""

FINS: dict[str, tuple[str, str]] = {
    "num": ("numérateur", "Numérateur de l’estimation ; vide quand seules des bornes sont connues"),
    "den": ("dénominateur", "Dénominateur : ce qui est connu"),
    "bas": ("borne basse", "Plus petite valeur possible"),
    "haut": ("borne haute", "Plus grande valeur possible"),
    "val": ("valeur", "Valeur de l’indicateur ; vide quand elle est inconnue ou n’a pas de sens"),
    "inconnus": ("inconnus", "Nombre de ce qui n’a pas pu être compté"),
    "connus": ("connus", "Nombre de ce qui a pu être compté"),
    "hors_departement": (
        "grâce à un lieu d’un autre département",
        "Habitants couverts seulement par un lieu d’un autre département",
    ),
    "statut": ("statut", "Statut, en un mot"),
    "lieu_id": ("identifiant du lieu", "Identifiant du lieu le plus proche"),
    "": ("", "Valeur"),
}
"""Suffix → end of the title, beginning of the description."""

COMPTES: dict[str, str] = {"inconnus": "", "connus": "", "hors_departement": "habitants"}
"""Suffixes that count; an empty unit is that of the indicator's base."""

VARIANTES: dict[str, str] = {
    "voiture": "en voiture",
    "velo": "à vélo",
    "pied": "à pied",
    "tc": "en transports en commun",
    "a_pied": "à portée de marche",
    "a_velo": "à portée de vélo",
    "voiture_requise": "à portée de voiture seulement",
    "hors_portee": "hors de portée",
    "demarches": "aide aux démarches",
    "formation": "formation au numérique",
    "equipement": "équipement et accès",
    "lieux": "tous les lieux",
    "fiches": "fiches récentes",
    "age_median": "âge médian",
    "heures_mediane": "heures, médiane",
    "heures_p10": "heures, premier décile",
    "jours_mediane": "jours, médiane",
    "24h": "24 heures par semaine ou plus",
    "soir": "en soirée",
    "samedi": "le samedi",
    "midi": "à midi",
    "voiture_moyenne": "en voiture, moyenne",
    "voiture_mediane": "en voiture, médiane",
    "voiture_p90": "en voiture, neuvième décile",
    "distance_moyenne": "distance à vol d’oiseau, moyenne",
    "route_moyenne": "distance par la route estimée, moyenne",
    "distance": "distance",
    "e2sfca": "E2SFCA",
    "2sfca": "2SFCA",
    "hd05": "0,5 Mbit/s",
    "hd3": "3 Mbit/s",
    "bhd8": "8 Mbit/s",
    "thd30": "30 Mbit/s",
    "thd100": "100 Mbit/s",
    "thd1g": "1 Gbit/s",
    "debit": "habitants mal reliés (estimation)",
    "binaire": "variante binaire",
    "loin": "habitants loin d’un lieu",
    "marge": "marge au seuil",
    "a9": "critère des heures partagées (A9)",
}
"""Piece of a name → words; the longest piece wins."""

BASES: dict[str, str] = {
    "B1": "locaux",
    "O1": "lieux",
    "O2": "heures",
    "O3": "points d’accueil",
    "O8_fiches": "fiches",
}
"""What is counted by an indicator, when it is not people."""

UNITES: dict[tuple[str, str], str] = {
    ("O1", "den"): "habitants",
    ("O1", "val"): "lieux pour 10 000 habitants",
    ("O2", "den"): "habitants",
    ("O2", "val"): "heures par semaine pour 1 000 habitants",
    ("O3", "heures"): "heures par semaine",
    ("O3", "jours"): "jours par semaine",
    ("O8", "age"): "jours",
    ("A1", "val"): "minutes",
    ("A7", "distance"): "km",
    ("A7", "route"): "km",
    ("A7", "val"): "minutes",
    ("A7", "num"): "habitants × minutes ou km",
    ("A8", "val"): "heures par semaine",
    ("A8", "num"): "habitants × heures",
    ("A9", "val"): "heures par semaine pour 1 000 habitants",
    ("A9", "num"): "heures",
    ("G2", "val"): "rapport sans unité",
    ("G3", "marge"): "points",
}
"""(code, suffix or piece) → unit, when it is not what the indicator counts."""
