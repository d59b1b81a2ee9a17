"""The schema given to editors, and the files generated with it."""

import copy
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from pydantic import ValidationError

from carte.nomenclature import NomenclatureInvalide, Vocabulaire, lire
from carte.records.champs import CHAMPS, FORMES, PARTIES
from carte.records.documentation import form_lists, generated_files, page
from carte.records.modele import Lieu
from carte.records.schema import json_schema, parties, to_json

COMPLETE: dict[str, Any] = {
    "nom": "Médiathèque de Valbourg",
    "pivot": "43493312300029",
    "commune": "Valbourg",
    "code_insee": "2A004",
    "code_postal": "01000",
    "adresse": "12 bis rue de la Poste",
    "complement_adresse": "Premier étage",
    "latitude": 46.8,
    "longitude": 1,
    "typologie": ["BIB", "EPN"],
    "telephone": "+33254080808",
    "courriels": ["contact@valbourg.example"],
    "site_web": ["https://valbourg.example/mediatheque"],
    "horaires": "Mo-Fr 09:00-12:00; PH off",
    "presentation_resume": "Ateliers et aide aux démarches.",
    "presentation_detail": "Le mardi, un conseiller reçoit.",
    "source": "Hub",
    "itinerance": ["Fixe"],
    "structure_parente": "Communauté de communes",
    "date_maj": "2026-11-02",
    "services": ["Aide aux démarches administratives", "Utilisation sécurisée du numérique"],
    "publics_specifiquement_adresses": ["Femmes"],
    "prise_en_charge_specifique": ["Illettrisme"],
    "frais_a_charge": ["Gratuit"],
    "dispositif_programmes_nationaux": ["Aidants Connect"],
    "formations_labels": ["Étapes numériques (La Poste)"],
    "autres_formations_labels": ["Réseau du Val"],
    "modalites_acces": ["Ce lieu n'accueille pas de public"],
    "modalites_accompagnement": ["À distance"],
    "fiche_acces_libre": "https://acceslibre.beta.gouv.fr/app/x/",
    "prise_rdv": "https://www.rdv-solidarites.fr/",
    "services_absents": ["Loisirs et créations numériques"],
    "familles_absentes": ["equipement"],
    "familles_declarees": ["formation"],
    "labels": [{"nom": "EPN", "numero": "12", "depuis": "2019-06-01", "jusqua": "2024-01-16", "source": "Préfecture"}],
    "pass_numerique": {"accepte": False, "verifie_le": "2026-10-15", "source": "Accueil"},
    "equipements": {"postes": 6, "tablettes": 0, "imprimante": True, "wifi": False, "detail": "Au fond"},
    "horaires_detail": "Ouvert un samedi sur deux",
    "permanences": [
        {
            "operateur": "CAF",
            "horaires": "Tu 09:00-12:00",
            "services": ["Aide aux démarches administratives"],
            "sur_rendez_vous": True,
            "telephone": "+33254080808",
        }
    ],
    "tournee": [
        {
            "commune": "Valbourg",
            "code_insee": "99001",
            "lieu": "Place de l'Église",
            "latitude": 46.4,
            "longitude": 1.5,
            "horaires": "We 14:00-17:00",
            "frequence": "quinzaine",
            "prochain_passage": "2026-11-18",
        }
    ],
    "tournee_a_preciser": ["4e jeudi, Avail"],
    "postures": ["faire avec"],
    "formats": ["sur son propre appareil"],
    "accessibilite": {"fauteuil": True, "boucle_magnetique": False},
    "fermetures": [{"du": "2026-12-24", "au": "2027-01-03", "motif": "Congés"}],
    "date_ouverture": "2019-09-01",
    "date_fermeture": "2030-07-01",
    "verifie_le": "2026-10-15",
    "anciens_identifiants": ["99/ancien-nom"],
    "doublon_de": "99/autre-lieu",
    "distinct_de": ["99/voisin"],
    "provenance": {"horaires": {"source": "Site du lieu", "date": "2026-09-01", "texte": "du lundi au vendredi"}},
}
MINIMALE = {nom: COMPLETE[nom] for nom in ("nom", "commune", "source", "date_maj", "services")}
ABSENT = object()


@pytest.fixture(scope="module")
def vocabulaires(racine: Path) -> dict[str, Vocabulaire]:
    return lire(racine / "offers" / "nomenclature")


@pytest.fixture(scope="module")
def valideur(vocabulaires: dict[str, Vocabulaire]) -> jsonschema.Draft202012Validator:
    schema = json_schema(vocabulaires)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())


def _changee(chemin: str, valeur: object) -> dict[str, Any]:
    """The complete record with one value changed, or removed when it is ABSENT; `labels.0.nom` goes inside."""
    fiche = copy.deepcopy(COMPLETE)
    *parents, dernier = chemin.split(".")
    endroit: Any = fiche
    for pas in parents:
        endroit = endroit[int(pas)] if pas.isdigit() else endroit[pas]
    if valeur is ABSENT:
        del endroit[dernier]
    else:
        endroit[int(dernier) if dernier.isdigit() else dernier] = valeur
    return fiche


def _modele_accepte(fiche: dict[str, Any]) -> bool:
    try:
        Lieu.model_validate(fiche)
    except ValidationError:
        return False
    return True


def test_the_complete_record_uses_every_field() -> None:
    assert list(COMPLETE) == list(Lieu.model_fields), "un champ du modèle manque à la fiche complète de ce test"


@pytest.mark.parametrize("fiche", [COMPLETE, MINIMALE], ids=["complete", "minimale"])
def test_accepts_a_valid_record(valideur: jsonschema.Draft202012Validator, fiche: dict[str, Any]) -> None:
    assert [erreur.message for erreur in valideur.iter_errors(fiche)] == []
    assert _modele_accepte(fiche)


# Structure: the model and the schema must agree.
@pytest.mark.parametrize(
    ("chemin", "valeur", "accepte"),
    [
        pytest.param("nom", ABSENT, False, id="obligatoire-absent"),
        pytest.param("nom", None, False, id="obligatoire-vide"),
        pytest.param("nom", "", False, id="texte-vide"),
        pytest.param("nom", "x" * 301, False, id="texte-trop-long"),
        pytest.param("telephone", ABSENT, True, id="facultatif-absent"),
        pytest.param("telephone", None, True, id="facultatif-vide"),
        pytest.param("pass_numerique", None, True, id="bloc-vide"),
        pytest.param("couleur", "bleu", False, id="champ-inconnu"),
        pytest.param("labels.0.couleur", "bleu", False, id="champ-inconnu-dans-un-bloc"),
        pytest.param("labels.0.nom", ABSENT, False, id="obligatoire-absent-dans-un-bloc"),
        pytest.param("services", [], False, id="services-vides"),
        pytest.param("services", "Aide aux démarches administratives", False, id="texte-pour-une-liste"),
        pytest.param("code_postal", 1000, False, id="nombre-pour-un-code"),
        pytest.param("latitude", "46.8", False, id="texte-pour-un-nombre"),
        pytest.param("latitude", 91, False, id="latitude-trop-grande"),
        pytest.param("longitude", -181, False, id="longitude-trop-petite"),
        pytest.param("presentation_resume", "x" * 281, False, id="resume-trop-long"),
        pytest.param("date_maj", "02/11/2026", False, id="date-a-la-francaise"),
        pytest.param("date_maj", "2026-02-30", False, id="date-impossible"),
        pytest.param("equipements.postes", -1, False, id="nombre-negatif"),
        pytest.param("equipements.wifi", "oui", False, id="oui-en-lettres"),
        pytest.param("pass_numerique.accepte", ABSENT, False, id="pass-sans-reponse"),
        pytest.param("tournee.0.frequence", ABSENT, False, id="arret-sans-rythme"),
        pytest.param("fermetures.0.au", ABSENT, False, id="fermeture-sans-fin"),
        pytest.param("provenance.horaires.source", ABSENT, False, id="provenance-sans-source"),
    ],
)
def test_agrees_with_the_model(
    valideur: jsonschema.Draft202012Validator, chemin: str, valeur: object, accepte: bool
) -> None:
    fiche = _changee(chemin, valeur)
    assert valideur.is_valid(fiche) is accepte
    assert _modele_accepte(fiche) is accepte


# Values and shapes: the model leaves them to the rules; the schema shows them in the editor.
@pytest.mark.parametrize(
    ("chemin", "valeur"),
    [
        pytest.param("services.0", "Aide au démarches", id="service-inconnu"),
        pytest.param("services", [COMPLETE["services"][0]] * 2, id="service-en-double"),
        pytest.param("typologie.0", "bib", id="typologie-en-minuscules"),
        pytest.param("formations_labels.0", "Étapes numériques(La Poste)", id="ecriture-du-motif-national"),
        pytest.param("permanences.0.services.0", "Danser", id="service-de-permanence-inconnu"),
        pytest.param("tournee.0.frequence", "souvent", id="frequence-inconnue"),
        pytest.param("labels.0.nom", "epn", id="label-inconnu"),
        pytest.param("code_insee", "20004", id="corse-en-20"),
        pytest.param("code_postal", "1000", id="code-postal-court"),
        pytest.param("pivot", "123", id="pivot-court"),
        pytest.param("telephone", "02 54 08 08 08", id="telephone-national"),
        pytest.param("courriels.0", "contact", id="courriel-sans-arobase"),
        pytest.param("site_web.0", "javascript:alert(1)", id="adresse-dangereuse"),
        pytest.param("prise_rdv", "www.rdv.example", id="adresse-sans-protocole"),
    ],
)
def test_refuses_a_value_out_of_the_vocabularies_and_shapes(
    valideur: jsonschema.Draft202012Validator, chemin: str, valeur: object
) -> None:
    assert not valideur.is_valid(_changee(chemin, valeur))


def test_every_part_and_field_has_a_french_title() -> None:
    champs = {modele.__name__: list(modele.model_fields) for modele in parties()}
    assert {nom: list(presentes) for nom, presentes in CHAMPS.items()} == champs
    assert set(PARTIES) == set(champs)


def test_every_example_is_valid(valideur: jsonschema.Draft202012Validator) -> None:
    noeuds = [schema for partie in _parties(valideur.schema) for schema in partie["properties"].values()]
    cibles = [noeud.get("items", noeud) for noeud in noeuds]
    essayes = [(cible, exemple) for cible in cibles for exemple in cible.get("examples", [])]
    assert len(essayes) > 40
    assert [exemple for cible, exemple in essayes if not valideur.evolve(schema=cible).is_valid(exemple)] == []


def test_editors_explain_every_value(vocabulaires: dict[str, Vocabulaire]) -> None:
    typologie = json_schema(vocabulaires)["properties"]["typologie"]["items"]
    assert len(typologie["enum"]) == len(typologie["enumDescriptions"]) > 90
    assert typologie["enumDescriptions"][typologie["enum"].index("BIB")] == "Bibliothèque ou médiathèque"
    assert "Physical" not in to_json(vocabulaires), "une description anglaise du modèle est passée dans le schéma"


def test_a_missing_vocabulary_is_said(vocabulaires: dict[str, Vocabulaire]) -> None:
    reste = {nom: vocabulaire for nom, vocabulaire in vocabulaires.items() if nom != "postures"}
    with pytest.raises(NomenclatureInvalide, match="« postures » manque"):
        json_schema(reste)


@pytest.mark.partage
@pytest.mark.parametrize("nom", ["pivot", "code_postal", "code_insee"])
def test_patterns_are_those_of_the_standard(partage: Path, nom: str) -> None:
    assert FORMES[nom].motif == _motif_du_standard(partage, nom)


@pytest.mark.partage
@pytest.mark.parametrize(
    ("numero", "standard", "editeur"),
    [
        ("+33254080808", True, True),
        ("+508412345", True, True),
        ("+33 2 54 08 08 08", False, True),
        ("3639", False, True),
        ("118 712", False, True),
        ("02 54 08 08 08", False, False),
        ("+44254080808", False, False),
    ],
)
def test_editors_take_the_telephones_of_the_standard_and_the_short_ones(
    partage: Path, numero: str, standard: bool, editeur: bool
) -> None:
    motif = FORMES["telephone"].motif
    assert motif is not None
    assert bool(re.search(_motif_du_standard(partage, "telephone"), numero)) is standard
    assert bool(re.search(motif, numero)) is editeur


def _motif_du_standard(partage: Path, nom: str) -> str:
    fichier = partage / "reference" / "standard-lieux-mediation-numerique-v1.0.2.schema.json"
    champs = json.loads(fichier.read_text(encoding="utf-8"))["fields"]
    return str(next(champ["constraints"]["pattern"] for champ in champs if champ["name"] == nom))


def test_generated_files_are_up_to_date(racine: Path) -> None:
    ecarts = [
        str(chemin.relative_to(racine))
        for chemin, texte in generated_files(racine).items()
        if not chemin.is_file() or chemin.read_bytes() != texte.encode("utf-8")
    ]
    assert ecarts == [], "lancez « carte nomenclature » puis enregistrez ces fichiers"


def test_generated_files_are_the_same_twice(vocabulaires: dict[str, Vocabulaire]) -> None:
    assert to_json(vocabulaires) == to_json(vocabulaires)
    assert to_json(vocabulaires).endswith("}\n")


def test_form_lists_give_value_label_and_description(vocabulaires: dict[str, Vocabulaire]) -> None:
    listes = json.loads(form_lists(vocabulaires))
    assert list(listes) == list(vocabulaires)
    assert listes["familles"][0][:2] == ["demarches", "Aide aux démarches"]
    assert all(len(choix) == 3 for choix_du_vocabulaire in listes.values() for choix in choix_du_vocabulaire)


def test_the_page_holds_every_field_and_value(vocabulaires: dict[str, Vocabulaire]) -> None:
    texte = page(vocabulaires)
    assert [nom for nom in Lieu.model_fields if f"<code>{nom.replace('_', '&#95;')}</code><br>" not in texte] == []
    assert "| <code>mensuelle</code> | Une fois par mois | Un passage par mois. | 0,23 |" in texte
    assert "| <code>ponctuelle</code> | De temps en temps |" in texte
    assert texte.count("inconnu |") == 1


def test_the_page_neutralises_markup(tmp_path: Path, racine: Path) -> None:
    for fichier in (racine / "offers" / "nomenclature").glob("*.yml"):
        (tmp_path / fichier.name).write_bytes(fichier.read_bytes())
    (tmp_path / "maison.yml").write_text(
        "titre: '<b>Maison</b>'\nversion: '1'\nsource: Nous\n"
        "valeurs:\n  - {valeur: 'a|b', libelle: '<script>x</script>', description: '[lien](javascript:x)'}\n",
        encoding="utf-8",
    )
    texte = page(lire(tmp_path))
    assert "<script>" not in texte
    assert "<b>" not in texte
    assert "| <code>a&#124;b</code> | &lt;script&gt;x&lt;/script&gt; | &#91;lien&#93;(javascript:x) |" in texte


def _parties(schema: Any) -> list[dict[str, Any]]:
    return [schema, *schema["$defs"].values()]
