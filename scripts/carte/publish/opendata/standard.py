"""Places as rows of the national standard v1.0.2, and why a row is not one: the row says it, the package counts it."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from carte.publish.opendata.champs import champs_ecrits
from carte.records import Enregistrement

# The 32 columns of the standard, in its order. `id` is the record's path.
COLONNES_STANDARD = (
    "id pivot nom commune code_postal code_insee adresse complement_adresse latitude longitude typologie telephone "
    "courriels site_web horaires presentation_resume presentation_detail source itinerance structure_parente date_maj "
    "services publics_specifiquement_adresses prise_en_charge_specifique frais_a_charge "
    "dispositif_programmes_nationaux formations_labels autres_formations_labels modalites_acces "
    "modalites_accompagnement fiche_acces_libre prise_rdv"
).split()
ECARTS, VOISIN, TENUE = "ecarts_standard", "departement_voisin", "tenue_par"
# What our rows say besides: why they are not valid, whether another département has the place, which hub keeps it.
COLONNES = [*COLONNES_STANDARD, ECARTS, VOISIN, TENUE]
_OBLIGATOIRES = ("id", "pivot", "nom", "commune", "code_postal", "adresse", "date_maj")
_FORMES = {
    "pivot": re.compile(r"[a-zA-Z0-9]{9,14}"),
    "code_postal": re.compile(r"\d{5}"),
    "code_insee": re.compile(r"([013-9]\d|2[AB1-9])\d{3}"),
    "telephone": re.compile(r"\+(33|590|594|262|596|269|687|689|508|681)\d{6,9}"),
    "presentation_resume": re.compile(r".{0,280}", re.DOTALL),
}
# The standard writes one of its values without the space that it has everywhere else.
_ECRITURES = {"Étapes numériques (La Poste)": "Étapes numériques(La Poste)"}


@dataclass(frozen=True, slots=True)
class Conformite:
    """How many rows, how many are valid against the standard, why the others are not (column → rows), how many are of
    neighbouring départements."""

    lignes: int
    conformes: int
    ecarts: Mapping[str, int]
    voisines: int

    def decrire(self) -> dict[str, Any]:
        """The same as JSON, for the package."""
        return {
            "standard": "standard-lieux-mediation-numerique v1.0.2",
            "lignes": self.lignes,
            "conformes": self.conformes,
            "non_conformes": self.lignes - self.conformes,
            "ecarts_par_colonne": dict(self.ecarts),
            "departements_voisins": self.voisines,
        }


def ligne_standard(enregistrement: Enregistrement) -> dict[str, object]:
    """A record as one row of the national standard: multiple values joined by `|`, unknown left empty."""
    valeurs = {"id": enregistrement.identifiant, **champs_ecrits(enregistrement)}
    return {nom: _cellule(valeurs.get(nom)) for nom in COLONNES_STANDARD}


def _cellule(valeur: object) -> object:
    return "|".join(_ECRITURES.get(v, v) for v in map(str, valeur)) if isinstance(valeur, list) else valeur


def ecarts(ligne: Mapping[str, object]) -> dict[str, str]:
    """Column → why the standard refuses this row; empty when it is valid. Values of lists are those of the
    vocabularies, which are the standard's."""
    textes = {nom: str(valeur) for nom, valeur in ligne.items() if valeur not in (None, "")}
    absents = {nom: "non renseigné" for nom in _OBLIGATOIRES if nom not in textes}
    formes = {nom: "forme refusée" for nom, f in _FORMES.items() if nom in textes and not f.fullmatch(textes[nom])}
    return absents | formes


def lignes(enregistrements: Iterable[Enregistrement], departements: Sequence[str]) -> list[dict[str, object]]:
    """Every place as a row of `COLONNES`."""
    completes = []
    for enregistrement in enregistrements:
        ligne = ligne_standard(enregistrement)
        dits = " ; ".join(f"{nom} : {raison}" for nom, raison in ecarts(ligne).items())
        voisin = True if est_voisin(enregistrement, departements) else None
        tenue = enregistrement.tenue.hub if enregistrement.tenue else None
        completes.append({**ligne, ECARTS: dits or None, VOISIN: voisin, TENUE: tenue})
    return completes


def est_voisin(enregistrement: Enregistrement, departements: Sequence[str]) -> bool:
    """Whether the record is of a département that this site does not publish: it only counts near the border."""
    return enregistrement.identifiant.split("/", 1)[0] not in departements


def compter(rangees: Sequence[Mapping[str, object]]) -> Conformite:
    """The counts of rows of `lignes`."""
    par_colonne = Counter(nom for rangee in rangees for nom in ecarts({n: rangee[n] for n in COLONNES_STANDARD}))
    return Conformite(
        len(rangees),
        sum(not rangee[ECARTS] for rangee in rangees),
        dict(sorted(par_colonne.items())),
        sum(bool(rangee[VOISIN]) for rangee in rangees),
    )


def reunir(conformites: Iterable[Conformite]) -> Conformite:
    """The counts of all these rows together."""
    toutes = list(conformites)
    par_colonne: Counter[str] = sum((Counter(une.ecarts) for une in toutes), Counter())
    return Conformite(
        sum(une.lignes for une in toutes),
        sum(une.conformes for une in toutes),
        dict(sorted(par_colonne.items())),
        sum(une.voisines for une in toutes),
    )
