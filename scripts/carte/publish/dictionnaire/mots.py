"""The words of `dictionnaire`: variants, suffixes and units of the columns."""

from carte.choix import CLASSES_DEBIT, FAMILLES

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
    "france_entiere": ("France entière", "Vrai quand tous les départements sont chargés.", ""),
    "lat": (
        "Latitude",
        "Latitude du point de départ des temps : mairie, chef-lieu ou milieu.",
        "degrés",
    ),
    "lon": (
        "Longitude",
        "Longitude du point de départ des temps : mairie, chef-lieu ou milieu.",
        "degrés",
    ),
    "surface_km2": ("Surface", "Surface de la commune.", "km²"),
    "lieux": ("Lieux", "Nombre de lieux ayant au moins un point d’accueil dans le territoire.", "lieux"),
    "lieux_en_double": (
        "Lieux peut-être en double",
        "Lieux qui sont peut-être le même qu’un autre du territoire : sans eux, chaque doute compte pour un lieu.",
        "lieux",
    ),
    "lieux_fermes": (
        "Lieux fermés à la date de publication",
        "Lieux fermés ce jour-là, pour plus longtemps que le seuil ou définitivement : absents de tous les chiffres.",
        "lieux",
    ),
    "lieux_pas_encore_ouverts": (
        "Lieux pas encore ouverts",
        "Lieux dont l’ouverture est annoncée après la date de publication : absents de tous les chiffres.",
        "lieux",
    ),
}
"""Columns that are not indicators: title, description, unit."""

FINS: dict[str, tuple[str, str]] = {
    "num": ("numérateur", "Numérateur de l’estimation ; vide quand on ne connaît que des bornes"),
    "den": ("dénominateur", "Dénominateur : ce qui est connu"),
    "bas": ("borne basse", "Plus petite valeur possible"),
    "haut": ("borne haute", "Plus grande valeur possible"),
    "dit": ("lieux qui le disent", "Estimation avec les seuls lieux qui disent rendre ce service"),
    "possible": ("lieux qui le disent ou se taisent", "Estimation en comptant aussi les lieux qui ne le disent pas"),
    "oui": ("oui", "Nombre de lieux qui disent rendre ce service"),
    "non": ("non", "Nombre de lieux qui disent ne pas le rendre"),
    "non_dit": ("non dit", "Nombre de lieux qui ne disent pas s’ils le rendent"),
    "val": ("valeur", "Valeur de l’indicateur ; vide quand elle est inconnue ou n’a pas de sens"),
    "inconnus": ("inconnus", "Nombre de ce qui n’a pas pu être compté"),
    "connus": ("connus", "Nombre de ce qui a pu être compté"),
    "hors_departement": (
        "grâce à un lieu d’un autre département",
        "Habitants couverts seulement par un lieu d’un autre département",
    ),
    "non_evalues": (
        "non évalués",
        "Habitants dont la commune, vue d’un seul point, est trop étendue pour le dire à pied ou à vélo",
    ),
    "statut": ("statut", "Statut, en un mot"),
    "groupe": ("groupe", "Groupe, quand les intervalles permettent de le dire"),
    "rang_min": ("meilleur rang possible", "Meilleur rang que permettent les intervalles ou les essais"),
    "rang_max": ("moins bon rang possible", "Moins bon rang que permettent les intervalles ou les essais"),
    "epci_deficit": ("intercommunalités en déficit", "Nombre d’intercommunalités en déficit"),
    "epci_incertain": ("intercommunalités incertaines", "Nombre d’intercommunalités dont on ne peut pas trancher"),
    "epci_non": ("intercommunalités sans déficit", "Nombre d’intercommunalités sans déficit"),
    "epci_inconnu": ("intercommunalités inconnues", "Nombre d’intercommunalités dont on ne sait rien"),
    "lieu_id": ("identifiant du lieu", "Identifiant du lieu le plus proche"),
    "": ("", "Valeur"),
}
"""Suffix → end of the title, beginning of the description."""

COMPTES: dict[str, str] = {
    "inconnus": "",
    "connus": "",
    **dict.fromkeys(("oui", "non", "non_dit"), "lieux"),
    "hors_departement": "habitants",
    "non_evalues": "habitants",
    "rang_min": "rang",
    "rang_max": "rang",
    **dict.fromkeys(("epci_deficit", "epci_incertain", "epci_non", "epci_inconnu"), "intercommunalités"),
}
"""Suffixes that count; an empty unit is that of the indicator's base."""

VARIANTES: dict[str, str] = {
    "voiture": "en voiture",
    "velo": "à vélo",
    "pied": "à pied",
    "presences": "arrêts trop courts compris",
    **{cle: famille.nom for cle, famille in FAMILLES.items()},
    **CLASSES_DEBIT,
    "A2": "couverture (A2)",
    "A6": "panier des trois familles (A6)",
    "A8": "heures accessibles (A8)",
    "G1": "déficit cumulé (G1)",
}
"""Piece of a name → words; the longest piece wins."""
