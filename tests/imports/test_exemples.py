"""Whole conversions read as a hub would read them: five invented rows, the records they give, value by value."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml

from carte.imports import france_services, hub_lo
from carte.imports.modele import Conversion
from carte.records import Lieu
from imports.monde import CONTEXTE, fichier_fs, fichier_hub, ligne_fs, ligne_hub

EXEMPLES = Path(__file__).parent / "exemples"


def _hub(**valeurs: object) -> tuple[str, Conversion]:
    (ligne,) = hub_lo.lire(fichier_hub(ligne_hub(**valeurs)))
    return "hub-lo", hub_lo.convertir(ligne, CONTEXTE)


def _fs(**valeurs: str) -> tuple[str, Conversion]:
    (ligne,) = france_services.lire(fichier_fs(ligne_fs(**valeurs)))
    return "france-services", france_services.convertir(ligne, replace(CONTEXTE, date_source=date(2024, 8, 1)))


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
    assert conversion.lieu == Lieu.model_validate(attendu)
