"""The vocabularies shipped with the project, held against the national standard and real old data."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from carte.nomenclature import Vocabulaire, lire

FAMILLES = {
    "demarches": {"Aide aux démarches administratives"},
    "equipement": {
        "Accès internet et matériel informatique",
        "Acquisition de matériel informatique à prix solidaire",
    },
    "formation": {
        "Maîtrise des outils numériques du quotidien",
        "Insertion professionnelle via le numérique",
        "Utilisation sécurisée du numérique",
        "Parentalité et éducation avec le numérique",
        "Loisirs et créations numériques",
        "Compréhension du monde numérique",
    },
}
# Field of the standard v1.0.2 -> our vocabulary.
STANDARD = {
    "services": "services",
    "publics_specifiquement_adresses": "publics",
    "prise_en_charge_specifique": "prises_en_charge",
    "frais_a_charge": "frais",
    "dispositif_programmes_nationaux": "dispositifs",
    "formations_labels": "formations_labels",
    "modalites_acces": "modalites_acces",
    "modalites_accompagnement": "modalites_accompagnement",
    "itinerance": "itinerance",
}
# Field of the 2022 version -> the vocabularies where its values may have gone.
ANCIEN = {
    "services": ["services"],
    "publics_accueillis": ["publics", "prises_en_charge"],
    "conditions_acces": ["frais"],
    "labels_nationaux": ["dispositifs", "formations_labels", "labels"],
    "modalites_accompagnement": ["modalites_accompagnement", "postures"],
}


@pytest.fixture(scope="module")
def vocabulaires(racine: Path) -> dict[str, Vocabulaire]:
    return lire(racine / "offers" / "nomenclature")


def test_all_the_vocabularies_of_the_model_are_there(vocabulaires: dict[str, Vocabulaire]) -> None:
    attendus = {*STANDARD.values(), "typologies", "labels", "postures", "formats", "frequences", "familles", "besoins"}
    attendus |= {"recherche"}
    assert set(vocabulaires) == attendus


def test_each_service_has_its_family(vocabulaires: dict[str, Vocabulaire]) -> None:
    trouvees = {
        famille.valeur: {service.valeur for service in vocabulaires["services"] if service.famille == famille.valeur}
        for famille in vocabulaires["familles"]
    }
    assert trouvees == FAMILLES


def test_each_service_answers_exactly_one_need(vocabulaires: dict[str, Vocabulaire]) -> None:
    servis = Counter(service for besoin in vocabulaires["besoins"] for service in besoin.services)
    assert servis == Counter({service.valeur: 1 for service in vocabulaires["services"]})


def test_weights_are_passages_per_week(vocabulaires: dict[str, Vocabulaire]) -> None:
    poids = {frequence.valeur: frequence.poids for frequence in vocabulaires["frequences"]}
    assert poids["hebdomadaire"] == 1
    assert poids["quinzaine"] == 0.5
    assert poids["mensuelle"] == pytest.approx(12 / 52)
    assert poids["ponctuelle"] is None, "un rythme inconnu n'est pas un rythme nul"


def test_both_spellings_of_the_poste_label_give_the_second(vocabulaires: dict[str, Vocabulaire]) -> None:
    labels = vocabulaires["formations_labels"]
    assert labels.canonique("Étapes numériques(La Poste)") == "Étapes numériques (La Poste)"
    assert "Étapes numériques(La Poste)" not in labels


def test_known_codes_of_data_inclusion(vocabulaires: dict[str, Vocabulaire]) -> None:
    connus = "EPN BIB PIMMS RFS MSAP CCAS CIAS CS CSC ASSO MUNI EPCI TIERS_LIEUX FABLAB ENM LA_POSTE FT CAF CPAM ML MDS"
    typologies = vocabulaires["typologies"]
    assert [
        code for code in [*connus.split(), "PREF", "MQ", "MJC", "EVS", "OF", "ESS", "Autre"] if code not in typologies
    ] == []
    assert len(typologies) >= 92


@pytest.mark.parametrize(
    ("texte", "code"),
    [("Médiathèque", "BIB"), ("Mairie", "MUNI"), ("Pôle emploi", "FT"), ("FabLab", "FABLAB"), ("Mission locale", "ML")],
)
def test_words_of_the_inventories_find_their_code(vocabulaires: dict[str, Vocabulaire], texte: str, code: str) -> None:
    assert vocabulaires["typologies"].canonique(texte) == code


@pytest.mark.partage
@pytest.mark.parametrize(("champ", "nom"), STANDARD.items(), ids=list(STANDARD))
def test_values_are_exactly_those_of_the_standard(
    partage: Path, vocabulaires: dict[str, Vocabulaire], champ: str, nom: str
) -> None:
    motif = _motif_du_standard(partage, champ)
    vocabulaire = vocabulaires[nom]
    corps = motif.removeprefix("(?:(?:^|\\|)(").removesuffix("))+$")
    du_standard = [re.sub(r"\\(.)", r"\1", valeur) for valeur in re.split(r"(?<!\\)\|", corps)]
    assert [vocabulaire.canonique(valeur) for valeur in du_standard] == [valeur.valeur for valeur in vocabulaire]
    exactes = [valeur for valeur in du_standard if valeur not in vocabulaire]
    assert exactes == (["Étapes numériques(La Poste)"] if champ == "formations_labels" else [])


@pytest.mark.partage
@pytest.mark.parametrize(("champ", "noms"), ANCIEN.items(), ids=list(ANCIEN))
def test_every_old_value_has_a_home_or_a_reason(
    partage: Path, vocabulaires: dict[str, Vocabulaire], champ: str, noms: list[str]
) -> None:
    vus = _valeurs_de_2022(partage, champ)
    perdues = [texte for texte in vus if not any(_reponse(vocabulaires[nom], texte) for nom in noms)]
    assert vus, "le fichier de 2022 ne dit rien de ce champ : le test ne vérifie rien"
    assert perdues == []


@pytest.mark.partage
def test_the_pass_numerique_has_no_home(partage: Path, vocabulaires: dict[str, Vocabulaire]) -> None:
    accepte = next(texte for texte in _valeurs_de_2022(partage, "conditions_acces") if "Pass" in texte)
    assert vocabulaires["frais"].canonique(accepte) is None
    assert vocabulaires["frais"].raison_sans_equivalent(accepte) is not None


def _reponse(vocabulaire: Vocabulaire, texte: str) -> str | None:
    return vocabulaire.canonique(texte) or vocabulaire.raison_sans_equivalent(texte)


def _motif_du_standard(partage: Path, champ: str) -> str:
    fichier = partage / "reference" / "standard-lieux-mediation-numerique-v1.0.2.schema.json"
    champs: list[dict[str, Any]] = json.loads(fichier.read_text(encoding="utf-8"))["fields"]
    return str(next(c["constraints"]["pattern"] for c in champs if c["name"] == champ))


def _valeurs_de_2022(partage: Path, champ: str) -> list[str]:
    fichier = partage / "data" / "hauts-de-france" / "lieux-standard-2022.geojson"
    lieux = json.loads(fichier.read_text(encoding="utf-8"))["features"]
    textes = {texte for lieu in lieux for texte in (lieu["properties"][champ] or "").split(";")}
    return sorted(textes - {""})
