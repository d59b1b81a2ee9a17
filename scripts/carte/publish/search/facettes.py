"""What places can be filtered on: lists of values as ranks, and questions answered yes, no or not known."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from carte.publish.libelles import Libelles
from carte.publish.search.mots import ancre
from carte.records import dires
from carte.records.modele import Equipements

if TYPE_CHECKING:
    from carte.records.modele import Lieu

ANGLAIS, AUTRES_LANGUES, SIGNES = "Langues étrangères (anglais)", "Langues étrangères (autres)", "Langue des signes"
_LANGUES = {ANGLAIS: "Anglais", AUTRES_LANGUES: "Une autre langue étrangère", SIGNES: "Langue des signes"}


@dataclass(frozen=True, slots=True)
class Facette:
    """`cle`: its name in addresses; `toutes`: a place must have all the chosen values, not only one; `valeurs`:
    value of the vocabulary → label, in the order of the ranks. A hub may have as many values as it likes."""

    cle: str
    libelle: str
    toutes: bool
    valeurs: dict[str, str]

    def rangs(self, valeurs: Iterable[str]) -> tuple[int, ...]:
        """The ranks of some values, sorted; a value that the facet does not offer has none."""
        voulues = set(valeurs)
        return tuple(rang for rang, valeur in enumerate(self.valeurs) if valeur in voulues)

    def en_donnees(self, utiles: Collection[int]) -> dict[str, object]:
        """For the index: only the values that some place has (ranks `utiles`)."""
        valeurs = [
            {"cle": ancre(valeur if len(valeur) < 40 else libelle), "libelle": libelle, "rang": rang}
            for rang, (valeur, libelle) in enumerate(self.valeurs.items())
            if rang in utiles
        ]
        return {"cle": self.cle, "libelle": self.libelle, "toutes": self.toutes, "valeurs": valeurs}


@dataclass(frozen=True, slots=True)
class Question:
    """A question that a record answers by yes, by no, or not at all; `groupe`: where the page puts it."""

    cle: str
    libelle: str
    groupe: str = "conditions"


QUESTIONS = (
    Question("sans-rdv", "Sans rendez-vous"),
    Question("gratuit", "Gratuit"),
    Question("pass", "Accepte le Pass numérique"),
    Question("fauteuil", "Accessible en fauteuil roulant"),
    Question("acceslibre", "Avec une fiche AccèsLibre"),
    Question("itinerant", "Vient près de chez vous"),
    Question("ordinateur", "Un ordinateur", "materiel"),
    Question("imprimante", "Une imprimante", "materiel"),
    Question("scanner", "Un scanner", "materiel"),
    Question("wifi", "Le wifi", "materiel"),
    Question("visio", "Un espace pour la visio", "materiel"),
)


def composer(libelles: Libelles) -> tuple[Facette, ...]:
    """The facets of a deployment, from its vocabularies."""
    mots = libelles.mots
    charges = {v: m for v, m in mots["prises_en_charge"].items() if v not in _LANGUES}
    # A programme and a label of the same name are one thing for who looks for it.
    reseaux = {ancre(m): m for m in (*mots["dispositifs"].values(), *mots["labels"].values())}
    return (
        Facette("accompagnement", "Comment on vous aide", False, dict(mots["modalites_accompagnement"])),
        Facette("posture", "Qui fait la démarche", False, dict(mots["postures"])),
        Facette("public", "Lieux pensés pour", True, dict(mots["publics"])),
        Facette("charge", "Besoins particuliers", True, charges),
        Facette("langue", "Langues", True, {langue: langue for langue in _LANGUES.values()}),
        Facette("reseau", "Réseaux et labels", False, reseaux),
    )


def valeurs(cle: str, lieu: "Lieu", libelles: Libelles, jour: date) -> Sequence[str]:
    """The values of a place for a facet; none when its record does not say."""
    charges = lieu.prise_en_charge_specifique or ()
    if cle == "langue":
        signes = lieu.accessibilite is not None and lieu.accessibilite.langue_des_signes
        return [*(_LANGUES[v] for v in charges if v in _LANGUES), *([SIGNES] if signes else [])]
    if cle == "reseau":
        noms = libelles.liste("dispositifs", lieu.dispositif_programmes_nationaux)
        en_cours = [label.nom for label in dires.labels(lieu, jour, libelles.labels).en_cours]
        return [ancre(nom) for nom in (*noms, *libelles.liste("labels", en_cours))]
    if cle == "charge":
        return charges
    par_cle = {
        "accompagnement": lieu.modalites_accompagnement,
        "posture": lieu.postures,
        "public": lieu.publics_specifiquement_adresses,
    }
    return par_cle[cle] or ()


def reponses(lieu: "Lieu") -> dict[str, bool | None]:
    """The answers of a place to QUESTIONS; None is not known, never no."""
    return {
        "sans-rdv": dires.sans_rdv(lieu).booleen,
        "gratuit": dires.gratuit(lieu).booleen,
        "pass": dires.accepte_le_pass(lieu).booleen,
        "fauteuil": lieu.accessibilite.fauteuil if lieu.accessibilite else None,
        "acceslibre": lieu.fiche_acces_libre is not None,
        "itinerant": dires.itinerant(lieu).booleen,
        **_materiel(lieu.equipements or Equipements()),
    }


def _materiel(sur_place: Equipements) -> dict[str, bool | None]:
    return {
        "ordinateur": None if sur_place.postes is None else sur_place.postes > 0,
        "imprimante": sur_place.imprimante,
        "scanner": sur_place.scanner,
        "wifi": sur_place.wifi,
        "visio": sur_place.visio,
    }
