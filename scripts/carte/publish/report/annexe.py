"""The end of the report: what it does not evaluate, and why; its rules; the open-data files behind its tables."""

from carte.publish.report.sujet import Sujet
from carte.publish.report.tableaux import Cellule, Colonne, Rangee, Tableau

# Asked of such a report, and why it may be absent; a line is dropped as soon as its code is defined and computed.
NON_EVALUES = (
    (
        ("O6",),
        "Lieux labellisés (Pass numérique, EPN…), retrouvés ou non sur la carte",
        "rapprochement des listes non fait",
    ),
    (("O7",), "Estimation de ce que l’inventaire oublie", "il faut deux listes indépendantes"),
    (("O9",), "Mutualisations : lieux à la même adresse", "non calculé dans cette édition"),
    (("A5",), "Habitants sans voiture et hors de portée", "part des ménages sans voiture non fournie"),
    (
        ("N1", "N2"),
        "Besoins : personnes exposées à un risque d’exclusion numérique",
        "données de recensement non fournies",
    ),
    (("G4", "G5"), "Ordre de priorité des territoires et sa stabilité", "non calculé dans cette édition"),
    (("G6",), "Effet d’une permanence de plus", "non calculé dans cette édition"),
    (("G8", "G9"), "Comparaison avec d’autres territoires, évolution", "non calculé dans cette édition"),
    ((), "Transports en commun", "horaires non fournis"),
    ((), "Délais d’attente, qualité de l’accueil, image du service", "hors de portée de ces données"),
)
REGLES = (
    "Les sommes portent sur des effectifs ; un pourcentage n’est jamais une moyenne de pourcentages. Un seuil est "
    "inclus (20 minutes : 20 ou moins). Les lieux des départements voisins comptent, et leurs habitants aussi.",
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


def non_evalues(sujet: Sujet) -> Tableau:
    """What no figure of this edition says: never silently absent."""
    calcules = {definition.code for definition in sujet.indicateurs.definitions}
    restes = [(codes, nom, motif) for codes, nom, motif in NON_EVALUES if not codes or not calcules.issuperset(codes)]
    return Tableau(
        "non-evalue",
        "Ce que ce rapport n’évalue pas",
        "Indicateur",
        (Colonne("Codes"), Colonne("Motif")),
        [Rangee(nom, (Cellule(", ".join(codes) or "–"), Cellule(motif))) for codes, nom, motif in restes],
    )
