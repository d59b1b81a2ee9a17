"""What a report does not evaluate, all of it at one place: why, and the file that would fill each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from carte.access import Mode
from carte.couches.registre import Publication, lire_publications
from carte.publish.report import phrases
from carte.publish.report.deficits import mediane_connue
from carte.publish.report.priorites import densite_connue
from carte.publish.report.sujet import Sujet
from carte.publish.report.tableaux import Cellule, Colonne, Rangee, Tableau
from carte.publish.sources import FERMETURE_CUIVRE

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
# A reason names, between brackets, the files that it is about.
_FICHIERS = re.compile(r"[a-z_/]+\.(?:csv|geojson)")
_DEBITS = ("arcep/commune_debit_filaire.csv", "arcep/commune_meilleure_techno.csv")


@dataclass(frozen=True, slots=True)
class Manque:
    """Something that is not evaluated: code (may be empty), name, reason, and what would fill it.

    Without `remede`, the files that the reason names are told from the registry of layers.
    """

    code: str
    nom: str
    motif: str
    remede: Cellule | None = None


_JAMAIS = (
    Manque(
        "A6",
        "Les trois familles à la fois, par un lieu d’un autre département",
        "un seul lieu ne suffit pas, l’apport d’un autre département ne se compte pas",
    ),
    Manque("", "Délais d’attente, qualité de l’accueil, image du service", "hors de portée de ces données"),
    Manque("", "Capacité d’accueil des lieux", "les fiches ne la donnent pas"),
)


def non_evalues(sujet: Sujet) -> Tableau:
    """What no figure of this edition says: never silently absent."""
    presents = {couche.fichier for couche in sujet.picture.territoire.couches.get(sujet.code, ())}
    return Tableau(
        "non-evalue",
        "Ce que ce rapport n’évalue pas",
        "Indicateur",
        (Colonne("Codes"), Colonne("Motif"), Colonne("Ce qui l’évaluerait")),
        [
            Rangee(m.nom, (Cellule(m.code or "–"), Cellule(m.motif), m.remede or _fichiers(m.motif, presents)))
            for m in (*_manques(sujet), *_JAMAIS)
        ],
    )


def _manques(sujet: Sujet) -> Iterator[Manque]:
    noms = {d.code: d.nom for d in sujet.indicateurs.definitions} | _NOMS
    for code, motif in sujet.indicateurs.non_evalues.items():
        yield Manque(code.split("_")[0], noms.get(code, code), motif)
    yield from _sans_couche(sujet)
    if not mediane_connue(sujet):
        yield Manque(
            "A9",
            "Heures partagées, comparées à la médiane régionale",
            "les données de toute la région ne sont pas chargées",
            Cellule("Les autres départements de la région, dans « departements » de carte.yml"),
        )
    if sujet.picture.evolution is None:
        remede = Cellule("Une publication d’avant, dans « publication_precedente » de carte.yml")
        yield Manque("G9", noms["G9"], "aucune publication précédente n’est donnée", remede)
    if sujet.picture.simulations is None:
        remede = Cellule("Une construction entière du site")
        yield Manque("G6", noms["G6"], "aucune simulation n’est faite dans cette édition", remede)


def _sans_couche(sujet: Sujet) -> Iterator[Manque]:
    """What the tables of the report say « non évalué » or « inconnu » of, for want of a layer."""
    debit = sujet.picture.debit.communes.set_index("code_insee").reindex([c.code for c in sujet.communes])
    if sujet.debit.bornes is None:
        yield Manque("B1", "Débit internet fixe", f"aucune table de débit n’est fournie ({' ou '.join(_DEBITS)})")
    if debit["statut_cuivre"].isna().all():
        yield Manque("", "Fermeture du réseau cuivre", f"le calendrier n’est pas fourni ({FERMETURE_CUIVRE})")
    if not densite_connue(sujet):
        motif = "la grille de densité des communes n’est pas fournie (densites.csv)"
        yield Manque("G8", "Écart à même densité", motif)
    seuils = sujet.seuils
    parts = (f"A3_{Mode.VELO}_{seuils.velo[0]}", f"A3_{Mode.PIED}_{seuils.pied}")
    if not all(map(sujet.ligne.evaluee, parts)):
        motif = "un seul point par commune ne suffit pas, et les carreaux ne sont pas fournis (carreaux.csv)"
        yield Manque("A3", "Accès à pied ou à vélo, chiffre central", motif)


def _fichiers(motif: str, presents: set[str]) -> Cellule:
    """The files that a reason names, where each is published, and how it comes; « – » when there is none.

    A file that is there does not answer: the reason says which other one would.
    """
    noms = _FICHIERS.findall(motif)
    if noms and presents.issuperset(noms):
        return Cellule(f"Un autre {phrases.enumerer(noms)}, comme le dit le motif")
    trouves = {nom: publiees[0] for nom in noms if nom not in presents and (publiees := lire_publications(nom))}
    if not trouves:
        return Cellule("–")
    liens = tuple((f"{nom} ({publiee.source})", publiee.adresse) for nom, publiee in trouves.items())
    return Cellule("", " ; ".join(dict.fromkeys(map(_obtenir, trouves.values()))), liens=liens)


def _obtenir(publiee: Publication) -> str:
    a_la_main = "à prendre sur cette page, puis « carte couches --depuis »"
    return "téléchargé par « carte couches »" if publiee.directe else a_la_main
