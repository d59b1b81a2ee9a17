"""The end of the report: its rules, and the open-data files behind its tables."""

from collections.abc import Mapping
from typing import NamedTuple

from carte.publish.dictionnaire.listes import TITRES
from carte.publish.opendata.parties import Decoupage

REGLES = (
    "Les sommes portent sur des effectifs ; un pourcentage n’est jamais une moyenne de pourcentages. Un seuil est "
    "inclus (20 minutes : 20 ou moins). Les lieux des départements voisins comptent, et leurs habitants aussi.",
)
FICHIERS: Mapping[str, tuple[str, str]] = {
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


class Fichier(NamedTuple):
    """An open-data file as a page names it: `adresse` from `donnees/`; `direct`: it is a file, not a list of them."""

    nom: str
    contenu: str
    adresse: str
    direct: bool = True


def fichiers(coupe: Decoupage, departement: str | None) -> dict[str, Fichier]:
    """Key used by the tables → the file, or the part of the département where it is cut; without one, their list."""
    return {cle: _fichier(nom, contenu, coupe, departement) for cle, (nom, contenu) in FICHIERS.items()}


def _fichier(nom: str, contenu: str, coupe: Decoupage, departement: str | None) -> Fichier:
    if nom not in coupe.fichiers:
        return Fichier(nom, contenu, nom)
    if departement is None:
        return Fichier(f"{nom}, par département", contenu, "#par-departement", direct=False)
    chemin = coupe.chemin(nom, departement)
    return Fichier(chemin.rpartition("/")[2], f"{contenu} (de ce département)", chemin)
