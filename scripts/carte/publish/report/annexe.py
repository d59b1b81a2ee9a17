"""The end of the report: its rules, and the open-data files behind its tables."""

from carte.publish.dictionnaire.listes import TITRES

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
