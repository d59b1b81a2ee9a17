"""Whole conversions read as a hub would read them: five invented rows, the records they give, value by value."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml

from carte.imports import france_services, hub_lo
from carte.imports.modele import Conversion
from carte.imports.registre import trouver
from carte.records import Lieu
from imports.monde import CONTEXTE, fichier_fs, fichier_hub, ligne_fs, ligne_hub

AIDE = "Aide aux démarches administratives"
EXEMPLES = Path(__file__).parent / "exemples"


def _hub(**valeurs: object) -> tuple[str, Conversion]:
    (ligne,) = hub_lo.lire(fichier_hub(ligne_hub(**valeurs))).lignes
    return "hub-lo", hub_lo.convertir(ligne, CONTEXTE)


def _fs(**valeurs: str) -> tuple[str, Conversion]:
    (ligne,) = france_services.lire(fichier_fs(ligne_fs(**valeurs))).lignes
    return "france-services", france_services.convertir(ligne, replace(CONTEXTE, date_source=date(2024, 8, 1)))


def _correspondance(code: str, ligne: dict[str, object]) -> tuple[str, Conversion]:
    """One object of a JSON file, by the mapping of that code; nothing dates it but itself, or the day given."""
    source = trouver(code)
    (lue,) = source.lire(json.dumps([ligne], ensure_ascii=False).encode()).lignes
    return code, source.convertir(lue, replace(CONTEXTE, date_source=date(2022, 1, 1)))


CAS = {
    "mediatheque": _hub(
        c_nom="MÉDIATHÈQUE DU LAVOIR",
        c_categories_espace="{Médiathèque,EPN}",
        c_etiquettes="EPN, Médiathèque",
        c_acces_pmr="oui",
        c_materiel_info_detail="5 postes en libre accès, imprimante et wifi",
        c_formation="oui",
        c_formation_detail="Ateliers pour débutants",
        c_horaire_ouverture="Mardi : 14h-18h / Mercredi : 10h-12h et 14h-18h",
        c_jours_semaine="{Mardi,Mercredi}",
        c_varchar_public_cible="Tout public",
    ),
    "a-completer": _hub(
        c_nom="Point numérique du Val",
        c_materiel_info="",
        c_materiel_info_detail="3 ordinateurs",
        c_accompagnement_personnel="oui",
    ),
    "association": _hub(
        c_nom="Les Claviers du Val",
        c_telephone="-",
        c_statut_juridique="Associatif",
        c_etiquettes="Promeneur du Net",
        c_categories_espace='{"Promeneur du net"}',
        c_accompagnement_personnel="oui",
        c_accompagnement_personnel_detail="Aide aux démarches en ligne, CV",
        c_horaire_ouverture="samedi 10h-12h (pas ouvert tous les samedis)",
        c_raison_sociale="LES CLAVIERS",
        c_site_web="www.claviers.example",
        c_varchar_public_cible="Jeunes",
        c_siren_site=123456782,
    ),
    "france-services": _fs(complement_adresse="Rez-de-chaussée", prise_rdv="Oui"),
    "france-services-rendez-vous": _fs(commentaire="Sur rendez-vous"),
    **{
        nom: _correspondance(code, ligne)
        for nom, code, ligne in (
            (
                "standard",
                "standard",
                {
                    "id": "structure-1",
                    "pivot": "43493312300029",
                    "nom": "Anonymal",
                    "commune": "Valbourg",
                    "code_postal": "01990",
                    "code_insee": "36901",
                    "adresse": "12 bis rue de Leclercq",
                    "complement_adresse": "Le patio",
                    "latitude": "46.001",
                    "longitude": "2.001",
                    "typologie": "TIERS_LIEUX|ASSO",
                    "telephone": "+33180059880",
                    "courriels": "contact@quincaillerie.example|responsable@quincaillerie.example",
                    "site_web": "https://www.quincaillerie.example/",
                    "horaires": "Mo-Fr 09:00-12:00,14:00-18:30; Sa 08:30-12:00",
                    "presentation_resume": "Ateliers pour les personnes âgées.",
                    "source": "Hubik",
                    "itinerance": "Fixe",
                    "date_maj": "2024-04-02",
                    "services": "Maîtrise des outils numériques du quotidien|"
                    "Insertion professionnelle via le numérique",
                    "prise_en_charge_specifique": "Surdité|Illettrisme",
                    "formations_labels": "Formé à « Mon Espace Santé »",
                    "autres_formations_labels": "Label et la bête",
                    "fiche_acces_libre": "https://acceslibre.example/lieu/",
                    "frais_a_charge": "Gratuit sous condition|Payant",
                    "dispositif_programmes_nationaux": "Aidants Connect|Conseillers numériques",
                    "modalites_acces": "Se présenter|Téléphoner",
                    "prise_rdv": "https://www.rdv.example/",
                },
            ),
            (
                "standard-2022",
                "standard",
                {
                    "id": "2022-7",
                    "nom": "Parkour du Val",
                    "commune": "VALBOURG",
                    "code_insee": None,
                    "code_postal": 36900,
                    "courriel": "accueil@parkour.example",
                    "date_maj": "2022-11-22",
                    "services": "Réaliser des démarches administratives avec un accompagnement;"
                    "Prendre en main un ordinateur",
                    "labels_nationaux": "CNFS;France Services",
                    "conditions_acces": "Gratuit : Je peux accéder gratuitement au lieu et à ses services",
                    "modalites_accompagnement": "Dans un atelier : j'apprends collectivement à utiliser le numérique",
                    "publics_accueillis": "Adultes;Jeunes (16-26 ans)",
                    "latitude": "46,001",
                    "longitude": "2,001",
                },
            ),
            (
                "cartographie-nationale",
                "cartographie-nationale",
                {
                    "id": "carto-3",
                    "nom": "Espace des Essarts",
                    "adresse": {
                        "voie": "2 rue Basse",
                        "commune": "Les Essarts",
                        "code_postal": "36990",
                        "code_insee": "36903",
                    },
                    "localisation": {"latitude": 46.501, "longitude": 2.001},
                    "contact": {"telephone": "02 54 00 00 01", "courriels": ["a@essarts.example", "b@essarts.example"]},
                    "services": ["Utilisation sécurisée du numérique", "Loisirs et créations numériques"],
                    "modalites_acces": ["Téléphoner"],
                    "horaires": "Tu 09:00-12:00",
                    "source": "Hub du Val",
                    "date_maj": "2025-05-06T10:00:00.000Z",
                },
            ),
            (
                "data-inclusion",
                "data-inclusion",
                {
                    "id": "dora--1",
                    "structure_id": "dora--s",
                    "nom": "Atelier numérique",
                    "structure": {"nom": "Maison du Val", "siret": "43493312300029"},
                    "thematiques": [
                        "numerique--maitriser-les-fondamentaux-du-numerique",
                        "numerique--acceder-a-des-services-en-ligne",
                        "logement-hebergement--gerer-son-budget",
                    ],
                    "frais": "gratuit",
                    "modes_accueil": ["en-presentiel", "a-distance"],
                    "modes_mobilisation": ["telephoner"],
                    "contact_nom_prenom": "Camille Martin",
                    "telephone": "+33254000002",
                    "courriel": "accueil@maison.example",
                    "commune": "Port-Neuf",
                    "code_insee": "18902",
                    "code_postal": "18990",
                    "date_maj": "2026-01-02",
                    "horaires_accueil": "Mo-We 09:00-17:00",
                },
            ),
            (
                "maine-et-loire",
                "maine-et-loire",
                {
                    "ID_LieuMed": "LMN008",
                    "DAT_MaJ": "19/02/2020",
                    "Accueil": "oui",
                    "NOM_STRUCTURE": "Cyber de Belle-Rive",
                    "SS_CAT": "Centre Social / France Services",
                    "N°": 20,
                    "ADRESSE": "rue Armand Quenard",
                    "BP": "BP 40177",
                    "CP": 49650,
                    "COMMUNE": "BELLE RIVE",
                    "NUM_TEL": "02 41 00 00 01",
                    "INTERNET": "Oui",
                    "DEM_Gen": "-",
                    "DEM_Spe": "",
                    "INITIATION": "Oui",
                    "AFFICHAGE": "OUVERT",
                    "x": "435898,5",
                    "y": "6706006,5",
                },
            ),
            (
                "corse",
                "corse",
                {
                    "Type": "Conseiller numérique",
                    "long": 9.001,
                    "lat": 42.001,
                    "Structure": "Mairie de Portu Novu",
                    "Adresse": "2 place de l'Église 20990 PORTU NOVU",
                    "Contact": "Camille Martin",
                    "N° de téléphone": "04 95 00 00 01 ou 06 12 34 56 78",
                    "Activités proposées": "Accompagnement individuel ponctuel, Ateliers de formation aux services "
                    "publics dématérialisés (CAF, Pole Emploi, CPAM ...)",
                    "Matériel mis à disposition": "Connexion Internet, Imprimante",
                    "Horaires": "Les lundi, mardi, jeudi et vendredi de 09h00 à 17h00",
                    "Site internet": None,
                },
            ),
            (
                "bus-charente",
                "bus-charente",
                {
                    "SIRET": "434 933 123 00029",
                    "nom": "Bus - [Place du Lavoir]",
                    "commune": "Valbourg",
                    "code_insee": "36901",
                    "adresse": "Place du Lavoir",
                    "latitude": 46.001,
                    "longitude": 2.001,
                    "horaires": "Mo 09:30-12:30; PH off",
                    "ouverture": "Semaine impaire",
                    "services": "Accéder à du matériel;Accompagner les démarches de santé",
                    "labels_nationaux": "France Services",
                    "telephone": 254000003,
                },
            ),
            (
                "fibre-64",
                "fibre-64",
                {
                    "Nomdelastructure": "Cyber-base du Val",
                    "Adressenumeronomdelavoie": "2 avenue du Val",
                    "Ville": "Valbourg",
                    "result_citycode": 36901,
                    "NometPrenomdelapersonnereferentesilyenaune": "Camille Martin",
                    "Demarchesadministratives": "Souvent",
                    "InitiationaunumeriqueFormationApprentissagePerfectionnement": "Pas du tout",
                    "Accesadesequipementsetuneconnexioninternet": "De temps en temps",
                    "Collectivement": "X",
                    "Leshorairesdemastructure": "Lundi - samedi",
                    "Lestarifsdemastructure": "Gratuit",
                },
            ),
            (
                "ultra-num",
                "ultra-num",
                {
                    "Nom de l'organisation": "Académie du Val",
                    "Ville": "VALBOURG",
                    "result_citycode": 36901,
                    "Fixe": "02 54 00 00 04",
                    "Contact : nom": "Camille Martin",
                    "Ouverture matin (ou journée continue) lundi": "08:30",
                    "Fermeture matin lundi": "16:30",
                    "Ouverture matin (ou journée continue) mardi": "08:30",
                    "Fermeture matin mardi": "12:00",
                    "Ouverture après-midi (sauf si une seule tranche horaire) mardi": "13:30",
                    "Fermeture après-midi mardi": "17:00",
                    "Tag 4": "Connaître les usages",
                    "Tag 40": "Réaliser et Diffuser son CV",
                },
            ),
            (
                "nouvelle-caledonie",
                "nouvelle-caledonie",
                {
                    "date_soumission": "2023-10-10",
                    "nom": "Espace connecté",
                    "commune": "Nouméville",
                    "ridet": None,
                    "geolocalisation": {"lon": 166.001, "lat": -22.001},
                    "horaires_lundi": "07:30-11:30, 12:15-16:00",
                    "services": "Accès-libre à un espace équipé ou connecté,\nAccompagnement individuel",
                    "thematiques_proposees": "Administration en ligne\n Logement",
                    "equipements": "Accès WIFI\n Scan de documents",
                    "accessibilite": "Accessibilité PMR",
                    "conditions_acces": "Gratuit",
                    "telephone": "25 41 23",
                },
            ),
            (
                "carte",
                "carte",
                {
                    "id": "36/mairie-de-valbourg",
                    "nom": "Mairie de Valbourg",
                    "commune": "Valbourg",
                    "code_insee": "36901",
                    "source": "Hub du Val",
                    "date_maj": "2026-03-04",
                    "services": ["Aide aux démarches administratives"],
                    "fermetures": [{"du": "2026-08-01", "au": "2026-08-15"}],
                },
            ),
        )
    },
    "bus": _fs(
        lib_fs="Bus du Val",
        format_fs="Bus_équivalent",
        commentaire="Chaque mois : 1er lundi Valbourg, 2e mardi St Aubin le Val, 4e jeudi Nulle-Part",
    ),
}


@pytest.mark.parametrize("nom", CAS)
def test_exemple(nom: str) -> None:
    """The content is compared, not the quotes: these belong to the canonical writer, which has its own tests."""
    attendu = yaml.safe_load((EXEMPLES / f"{nom}.yml").read_text(encoding="utf-8"))
    _, conversion = CAS[nom]
    assert conversion.lieu is not None
    if attendu.pop("a_completer", False):
        assert attendu.pop("services") == conversion.lieu.services == []
        assert conversion.lieu.model_copy(update={"services": [AIDE]}) == Lieu.model_validate(
            {**attendu, "services": [AIDE]}
        )
    else:
        assert conversion.lieu == Lieu.model_validate(attendu)
