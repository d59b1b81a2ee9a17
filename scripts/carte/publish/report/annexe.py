"""The end of the report: what it does not evaluate, and why; its rules; the open-data files behind its tables."""

from carte.publish.dictionnaire.listes import TITRES
from carte.publish.report.sujet import Sujet
from carte.publish.report.tableaux import Cellule, Colonne, Rangee, Tableau

# What each indicator that may miss an input is about.
_NOMS = {
    "O6_liste": "Lieux labellisés retrouvés, ou non, sur la carte",
    "O7": "Ce que l’inventaire oublie",
    "A3_tc": "Accès en transports en commun",
    "A5": "Habitants sans voiture et hors de portée",
    "N1": "Habitants exposés à un risque d’exclusion numérique",
    "N2": "Indicateurs de besoin publiés par d’autres",
    "FRR": "Communes classées France ruralités revitalisation",
    "QPV": "Quartiers prioritaires de la politique de la ville",
}
_JAMAIS = (
    ("Délais d’attente, qualité de l’accueil, image du service", "hors de portée de ces données"),
    ("Capacité d’accueil des lieux", "les fiches ne la donnent pas"),
)
REGLES = (
    "Les sommes portent sur des effectifs ; un pourcentage n’est jamais une moyenne de pourcentages. Un seuil est "
    "inclus (20 minutes : 20 ou moins). Les lieux des départements voisins comptent, et leurs habitants aussi.",
)
FICHIERS = {
    "lieux": ("lieux.csv", "une ligne par lieu, au format du standard national"),
    "fiches": ("lieux.json", "les fiches entières, avec leurs tournées et leurs permanences"),
    "commune": ("indicateurs-commune.csv", "une ligne par commune"),
    "epci": ("indicateurs-epci.csv", "une ligne par intercommunalité entière"),
    "epci-departement": (
        "indicateurs-epci-departement.csv",
        "une ligne par partie d’intercommunalité dans un département",
    ),
    "departement": ("indicateurs-departement.csv", "une ligne par département"),
    "densite": ("indicateurs-densite.csv", "une ligne par classe de densité des communes"),
    "frr": ("indicateurs-frr.csv", "une ligne par classement FRR des communes"),
    "centralite": ("indicateurs-centralite.csv", "une ligne par niveau de centralité des communes"),
    **{
        nom.replace("_", "-"): (f"liste-{nom.replace('_', '-')}.csv", titre[:1].lower() + titre[1:])
        for nom, titre in TITRES.items()
    },
}
"""Key used by the tables → open-data file, what it holds."""


def non_evalues(sujet: Sujet) -> Tableau:
    """What no figure of this edition says: never silently absent."""
    noms = {d.code: d.nom for d in sujet.indicateurs.definitions} | _NOMS
    manques = [
        (code.split("_")[0], noms.get(code, code), motif) for code, motif in sujet.indicateurs.non_evalues.items()
    ]
    if sujet.picture.evolution is None:
        manques.append(("G9", noms["G9"], "aucune publication précédente n’est donnée"))
    if sujet.picture.simulations is None:
        manques.append(("G6", noms["G6"], "aucune simulation n’est faite dans cette édition"))
    restes = [*manques, *(("", nom, motif) for nom, motif in _JAMAIS)]
    return Tableau(
        "non-evalue",
        "Ce que ce rapport n’évalue pas",
        "Indicateur",
        (Colonne("Codes"), Colonne("Motif")),
        [Rangee(nom, (Cellule(code or "–"), Cellule(motif))) for code, nom, motif in restes],
    )
