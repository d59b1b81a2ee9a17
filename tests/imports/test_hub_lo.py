"""Rows of the Hub-LO shape, one trap each: what becomes a value, what is refused, what is listed."""

import json
from datetime import date

import pytest

from carte.imports import hub_lo
from carte.imports.modele import Conversion, ImportImpossible, Nature
from carte.records.modele import Lieu
from carte.records.write import to_yaml
from imports.monde import CONTEXTE, fichier_hub, ligne_hub

AIDE, ACCES = "Aide aux démarches administratives", "Accès internet et matériel informatique"
OUTILS, INSERTION = "Maîtrise des outils numériques du quotidien", "Insertion professionnelle via le numérique"


def _conversion(**valeurs: object) -> Conversion:
    (ligne,) = hub_lo.lire(fichier_hub(ligne_hub(**valeurs))).lignes
    return hub_lo.convertir(ligne, CONTEXTE)


def _lieu(**valeurs: object) -> Lieu:
    lieu = _conversion(**valeurs).lieu
    assert lieu is not None
    return lieu


def _listees(conversion: Conversion, nature: Nature) -> list[str]:
    return [remarque.champ for remarque in conversion.remarques if remarque.nature is nature]


def test_une_ligne_ordinaire() -> None:
    lieu = _lieu()
    assert (lieu.nom, lieu.commune, lieu.code_insee) == ("Espace des Tilleuls", "Valbourg", "36901")
    assert (lieu.code_postal, lieu.telephone) == ("01990", "+33299010203")
    assert (lieu.services, lieu.typologie, lieu.date_maj) == ([ACCES], ["EPN"], date(2021, 3, 4))
    assert lieu.provenance is not None
    assert lieu.provenance["nom"].identifiant == "hub-lo:7"
    assert (lieu.pivot, lieu.accessibilite, lieu.horaires) == (None, None, None)


@pytest.mark.parametrize(
    ("valeurs", "services"),
    [
        ({"c_formation": "oui"}, [ACCES, OUTILS]),
        ({"c_formation": "oui", "c_formation_detail": "Atelier CV"}, [ACCES, OUTILS, INSERTION]),
        ({"c_formation": "oui", "c_formation_detail": "Numérisation des PME"}, [ACCES]),
        ({"c_accompagnement_personnel": "oui"}, [ACCES]),
        (
            {"c_accompagnement_personnel": "oui", "c_accompagnement_personnel_detail": "Démarches en ligne"},
            [ACCES, AIDE],
        ),
        (
            {"c_accompagnement_personnel": "oui", "c_accompagnement_personnel_detail": "démarches d'emploi"},
            [ACCES, INSERTION],
        ),
        ({"c_accompagnement_personnel": "oui", "c_msap": "True"}, [ACCES, AIDE]),
        ({"c_accompagnement_personnel": "oui", "c_accompagnement_personnel_detail": "Pas d'accompagnement"}, [ACCES]),
        ({"c_formation_detail": "Cours de tablette"}, [ACCES]),
    ],
    ids=[
        *("formation", "cv", "pme", "accompagnement-nu", "demarches", "emploi", "msap", "contraire", "detail-sans-oui"),
    ],
)
def test_services(valeurs: dict[str, object], services: list[str]) -> None:
    assert _lieu(**valeurs).services == services


@pytest.mark.parametrize(
    ("valeurs", "raison"),
    [
        ({"c_materiel_info": "non"}, "Aucun service"),
        ({"c_materiel_info": "", "c_materiel_info_detail": "3 ordinateurs"}, "Aucun service"),
        ({"c_materiel_info": "non", "c_accompagnement_personnel": "oui"}, "ne dit pas à quoi"),
        ({"c_materiel_info": "non", "c_etiquettes": "EPN, FabLab"}, "Aucun service"),
    ],
)
def test_a_row_without_service_is_a_record_to_complete(valeurs: dict[str, object], raison: str) -> None:
    """Nothing of the row is lost, and nothing is published until somebody says what is done there."""
    conversion = _conversion(**valeurs)
    assert conversion.lieu is not None
    assert (conversion.refus, conversion.lieu.services) == (None, [])
    assert raison in next(r.message for r in conversion.remarques if r.nature is Nature.A_COMPLETER)
    assert to_yaml(conversion.lieu).splitlines()[1] == "a_completer: true"


@pytest.mark.parametrize(
    ("valeurs", "raison"),
    [
        ({"c_city": "Nulle-Part", "c_lat_coor1": "", "c_long_coor1": ""}, "commune"),
        ({"c__edit_datemaj": "hier"}, "Date de mise à jour"),
        ({"c__edit_datemaj": "2021/02/31 10:00"}, "Date de mise à jour"),
        ({"c_nom": ""}, "pas valable"),
    ],
)
def test_refus(valeurs: dict[str, object], raison: str) -> None:
    conversion = _conversion(**valeurs)
    assert conversion.lieu is None
    assert raison in str(conversion.refus)


@pytest.mark.parametrize(("reponse", "attendu"), [("oui", True), ("non", False)])
def test_accessibilite(reponse: str, attendu: bool) -> None:
    accessibilite = _lieu(c_acces_pmr=reponse).accessibilite
    assert accessibilite is not None
    assert accessibilite.fauteuil is attendu


@pytest.mark.parametrize(
    ("texte", "postes", "imprimante"),
    [
        ("6 PC connectés avec imprimante et scanner", 6, True),
        ("6 PC fixes, 8 PC portables", None, None),
        ("4 ordinateurs, 6 portables, 6 tablettes, copieur", None, None),
        ("3 postes, sans imprimante", None, None),
        ("2 imprimantes 3D", None, None),
        ("8 PC portables", None, None),
        ("Des ordinateurs en libre accès", None, None),
    ],
)
def test_equipements_seulement_quand_c_est_certain(texte: str, postes: int | None, imprimante: bool | None) -> None:
    equipements = _lieu(c_materiel_info_detail=texte).equipements
    assert equipements is not None
    assert (equipements.postes, equipements.imprimante, equipements.detail) == (postes, imprimante, texte)
    assert equipements.tablettes is None


def test_des_horaires_compris_gardent_leur_texte() -> None:
    lieu = _lieu(c_horaire_ouverture="9h-12h", c_jours_semaine="{Lundi,Mardi}")
    assert lieu.horaires == "Mo,Tu 09:00-12:00"
    assert lieu.provenance is not None
    assert lieu.provenance["horaires"].texte == "9h-12h (Lundi, Mardi)"


def test_des_horaires_non_compris_restent_lisibles_et_listes() -> None:
    conversion = _conversion(c_horaire_ouverture="samedi 10h-12h (1 samedi sur 2)")
    assert conversion.lieu is not None
    assert conversion.lieu.horaires is None
    assert conversion.lieu.horaires_detail == "samedi 10h-12h (1 samedi sur 2)"
    assert "c_horaire_ouverture" in _listees(conversion, Nature.A_RELIRE)


def test_le_siren_n_est_pas_un_siret() -> None:
    lieu = _lieu(c_siren_site=123456782, c_raison_sociale="COMMUNE DE VALBOURG")
    assert (lieu.pivot, lieu.structure_parente) == (None, "Commune de Valbourg")
    assert lieu.provenance is not None
    assert lieu.provenance["structure_parente"].texte == "SIREN 123456782"


def test_le_nom_d_une_personne_ne_sort_ni_dans_la_fiche_ni_dans_la_liste() -> None:
    conversion = _conversion(c_raison_sociale="MARTIN*DURAND/CLAUDE /")
    assert conversion.lieu is not None
    assert conversion.lieu.structure_parente is None
    assert "MARTIN" not in str(conversion)


def test_un_telephone_entier_a_perdu_son_zero() -> None:
    assert _lieu(c_telephone=299010203).telephone == "+33299010203"


@pytest.mark.parametrize(
    ("texte", "publics"), [("Jeunes", ["Jeunes"]), ("Tout public", None), ("Jeunes, salariés, retraités", None)]
)
def test_publics(texte: str, publics: list[str] | None) -> None:
    assert _lieu(c_varchar_public_cible=texte).publics_specifiquement_adresses == publics


def test_une_msap_est_un_fait_date() -> None:
    labels = _lieu(c_msap="True", c_accompagnement_personnel="oui").labels
    assert labels is not None
    assert (labels[0].nom, "vu le 04/03/2021" in str(labels[0].source)) == ("Maison de services au public", True)
    assert _lieu(c_nom="France Services du Val", c_msap="True", c_accompagnement_personnel="oui").labels is None


def test_ce_qui_n_a_pas_de_place_est_liste() -> None:
    non_repris = _listees(_conversion(), Nature.NON_REPRIS)
    assert non_repris == ["c_formation", "c_accompagnement_personnel", "c_espace_teletravail", "c_epci"]


@pytest.mark.parametrize(
    ("octets", "message"),
    [
        (b"{", "inventaire:1:2: Le fichier s'arrête avant la fin"),
        (b"\xff\xfe", "inventaire:1:1: Le fichier n'est pas en UTF-8"),
        (b'{"gid": 1}', "liste d'objets"),
        (b"[1, 2]", "liste d'objets"),
        (b'[{"gid": 1}]', "il manque « c__edit_datemaj »"),
        (json.dumps([ligne_hub(), ligne_hub()]).encode(), "répétés"),
    ],
    ids=["coupe", "octets", "objet", "nombres", "colonnes", "doubles"],
)
def test_un_fichier_hostile_donne_un_message(octets: bytes, message: str) -> None:
    with pytest.raises(ImportImpossible, match=message):
        hub_lo.lire(octets)
