"""The recipe « ajouter un champ »: each field of a record is titled, written, and shown and filled, or said not to be.

A new field fails here until every step of docs/recettes/champ.md is done.
"""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from carte.ecrits.problem import Gravite
from carte.publish import fiche, opendata
from carte.publish.atlas import Atlas
from carte.records import Lieu, lire
from carte.records.champs import CHAMPS
from carte.records.context import Contexte
from carte.records.write import to_yaml
from publish import monde
from publish.conftest import Socle
from sites import RACINE

# A value for each field, other than that of the smallest record (`monde.fiche`).
VALEURS: dict[str, Any] = {
    "nom": "Un autre nom",
    "pivot": "43493312300029",
    "commune": "Béta-sur-Lône",
    "code_insee": "99002",
    "code_postal": "99000",
    "adresse": "12 rue de l'Essai",
    "complement_adresse": "Second étage",
    "latitude": 46.01,
    "longitude": 2.01,
    "typologie": ["BIB"],
    "telephone": "+33254080808",
    "courriels": ["contact@lieu.example"],
    "site_web": ["https://lieu.example/"],
    "horaires": "Mo 09:00-12:00; PH off",
    "presentation_resume": "Un résumé de présentation.",
    "presentation_detail": "Un détail de présentation.",
    "source": "Une autre source",
    "itinerance": ["Itinérant"],
    "structure_parente": "Une structure parente",
    "date_maj": date(2026, 9, 1),
    "services": ["Accès internet et matériel informatique"],
    "publics_specifiquement_adresses": ["Jeunes"],
    "prise_en_charge_specifique": ["Langues étrangères (anglais)"],
    "frais_a_charge": ["Gratuit"],
    "dispositif_programmes_nationaux": ["France Services"],
    "formations_labels": ["SUD LABS (PACA)"],
    "autres_formations_labels": ["Un autre label"],
    "modalites_acces": ["Téléphoner"],
    "modalites_accompagnement": ["En autonomie"],
    "fiche_acces_libre": "https://acceslibre.example/lieu/",
    "prise_rdv": "https://rdv.example/",
    "services_absents": ["Loisirs et créations numériques"],
    "familles_absentes": ["formation"],
    "familles_declarees": ["equipement"],
    "labels": [{"nom": "EPN", "depuis": date(2024, 1, 1)}],
    "pass_numerique": {"accepte": True, "verifie_le": date(2026, 10, 1)},
    "equipements": {"postes": 3},
    "horaires_detail": "Ouvert un samedi sur deux",
    "permanences": [{"operateur": "CAF", "horaires": "Tu 14:00-16:00"}],
    "tournee": [{"commune": "Gamma", "horaires": "We 10:00-12:00", "frequence": "hebdomadaire"}],
    "tournee_a_preciser": ["4e jeudi, Avail"],
    "postures": ["faire avec"],
    "formats": ["atelier"],
    "accessibilite": {"fauteuil": True},
    "fermetures": [{"du": date(2026, 10, 1), "au": date(2026, 12, 1)}],
    "date_ouverture": date(2019, 9, 1),
    "date_fermeture": date(2026, 12, 31),
    "verifie_le": date(2026, 10, 20),
    "anciens_identifiants": ["99/ancien-nom"],
    "doublon_de": "99/autre-lieu",
    "distinct_de": ["99/voisin"],
    "provenance": {"telephone": {"source": "Accueil du lieu"}},
}
# Fields that change nothing on the page of a place, and why.
NON_AFFICHES = {
    "pivot": "identifiant administratif, pour les données ouvertes",
    "anciens_identifiants": "chacun devient une page qui mène à celle-ci",
    "doublon_de": "une fiche qui le dit n'a pas de page : son adresse mène à l'autre",
    "distinct_de": "fait taire un avis de contrôle, et n'apprend rien à qui cherche",
    "provenance": "qui a dit quoi est dans les données ouvertes, champ par champ",
}
# Fields that no inventory fills: a person writes them, and why.
_AUCUNE_COLONNE = "aucun des inventaires lus n'en a de colonne"
NON_IMPORTES = {
    **dict.fromkeys(
        (*("pass_numerique", "permanences", "postures", "formats", "date_ouverture", "date_fermeture"),),
        _AUCUNE_COLONNE,
    ),
    **dict.fromkeys(
        ("familles_absentes", "familles_declarees"),
        "une colonne d'inventaire parle d'un service, pas d'une famille entière",
    ),
    "verifie_le": "un inventaire n'est pas une vérification",
    "anciens_identifiants": "un import donne un identifiant, il n'en change pas",
    **dict.fromkeys(("doublon_de", "distinct_de"), "c'est une personne qui tranche un doute"),
}
# A coordinate alone places nothing.
AVEC = {"latitude": {"longitude": 2.01}, "longitude": {"latitude": 46.01}}
EXEMPLES = Path(__file__).parents[1] / "imports" / "exemples"


@pytest.fixture(scope="module")
def page(socle: Socle, atlas: Atlas) -> Any:
    def _page(**champs: Any) -> str:
        enregistrement = monde.fiche(**champs)
        return fiche.page(enregistrement, monde.picture(enregistrement), socle.shell, atlas, monde.libelles())

    return _page


def test_a_value_is_tried_for_each_field() -> None:
    assert list(VALEURS) == list(Lieu.model_fields) == list(CHAMPS["Lieu"])


@pytest.mark.parametrize("nom", Lieu.model_fields)
def test_each_field_is_on_the_page_or_said_not_to_be(page: Any, nom: str) -> None:
    compagnon = AVEC.get(nom, {})
    montre = page(**compagnon, **{nom: VALEURS[nom]}) != page(**compagnon)
    assert montre != (nom in NON_AFFICHES), "à montrer dans la fiche, ou à expliquer dans NON_AFFICHES"


@pytest.mark.parametrize("nom", Lieu.model_fields)
def test_each_field_is_filled_by_an_import_or_said_not_to_be(nom: str) -> None:
    exemples = [yaml.safe_load(f.read_text(encoding="utf-8")) for f in EXEMPLES.glob("*.yml")]
    importe = any(nom in exemple for exemple in exemples)
    assert importe != (nom in NON_IMPORTES), (
        "à remplir par un import, avec un exemple, ou à expliquer dans NON_IMPORTES"
    )


def test_each_field_is_written_read_back_and_published(tmp_path: Path) -> None:
    """A record of all the fields: one file, in the model's order, and no field lost on the way to the open data."""
    champs = {**VALEURS, "nom": "Médiathèque d'Alpha"}
    lieu = Lieu(**champs)
    texte = to_yaml(lieu)
    assert list(yaml.safe_load(texte)) == list(VALEURS)
    assert set(opendata.champs(lieu)) == set(VALEURS)
    (tmp_path / "99").mkdir()
    (tmp_path / "99" / "lieu.yml").write_text(texte, encoding="utf-8")
    (tmp_path / "99" / "autre-lieu.yml").write_text(to_yaml(monde.fiche().lieu), encoding="utf-8")
    lu = lire(tmp_path, Contexte(today=monde.JOUR, vocabulaires=monde.vocabulaires()))
    assert [p for p in lu.problemes if p.gravite is Gravite.BLOQUANT] == []
    assert [double.lieu for double in lu.doublons] == [lieu]


def test_the_demonstration_shows_each_field() -> None:
    fiches = [yaml.safe_load(f.read_text(encoding="utf-8")) for f in (RACINE / "offers").glob("9[69]/*.yml")]
    assert set(Lieu.model_fields) - {nom for lue in fiches for nom in lue} == set()
