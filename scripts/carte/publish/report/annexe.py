"""The end of the report: what it does not evaluate, and why; the open-data files behind its tables."""

# Indicators asked of such a report that this edition does not compute: never silently absent.
NON_EVALUES = (
    (
        "O6",
        "Lieux labellisés (Pass numérique, EPN…), retrouvés ou non sur la carte",
        "rapprochement des listes non fait",
    ),
    ("O7", "Estimation de ce que l’inventaire oublie", "il faut deux listes indépendantes"),
    ("O9", "Mutualisations : lieux à la même adresse", "non calculé dans cette édition"),
    ("A5", "Habitants sans voiture et hors de portée", "part des ménages sans voiture non fournie"),
    ("N1, N2", "Besoins : personnes exposées à un risque d’exclusion numérique", "données de recensement non fournies"),
    ("G4, G5", "Ordre de priorité des territoires et sa stabilité", "non calculé dans cette édition"),
    ("G6", "Effet d’une permanence de plus", "non calculé dans cette édition"),
    ("G8, G9", "Comparaison avec d’autres territoires, évolution", "non calculé dans cette édition"),
    ("–", "Transports en commun", "horaires non fournis"),
    ("–", "Délais d’attente, qualité de l’accueil, image du service", "hors de portée de ces données"),
)

FICHIERS = {
    "commune": ("indicateurs-commune.csv", "une ligne par commune"),
    "epci": ("indicateurs-epci.csv", "une ligne par intercommunalité entière"),
    "epci-departement": (
        "indicateurs-epci-departement.csv",
        "une ligne par partie d’intercommunalité dans un département",
    ),
    "departement": ("indicateurs-departement.csv", "une ligne par département"),
}
"""Key used by the tables → open-data file, what it holds."""
