"""Rows of the France services list: hours to the minute, or kept as words."""

from dataclasses import replace
from datetime import date

import pytest

from carte.hours import parse
from carte.imports import france_services
from carte.imports.modele import Conversion, ImportImpossible, Nature
from carte.imports.registre import trouver
from carte.records import dires
from carte.records.modele import Lieu
from imports.monde import CONTEXTE, fichier_fs, ligne_fs

DATE = date(2024, 8, 1)


def _conversion(**valeurs: str) -> Conversion:
    (ligne,) = france_services.lire(fichier_fs(ligne_fs(**valeurs))).lignes
    return france_services.convertir(ligne, replace(CONTEXTE, date_source=DATE))


def _lieu(**valeurs: str) -> Lieu:
    lieu = _conversion(**valeurs).lieu
    assert lieu is not None
    return lieu


def test_une_ligne_ordinaire() -> None:
    lieu = _lieu(complement_adresse="Bâtiment B", groupe_fs="Val")
    assert lieu.services == ["Aide aux démarches administratives"]
    assert lieu.horaires == "Mo 09:00-12:00,14:00-17:00; Tu 09:00-12:00"
    assert (lieu.typologie, lieu.dispositif_programmes_nationaux) == (["RFS"], ["France Services"])
    assert (lieu.itinerance, lieu.structure_parente, lieu.date_maj) == (["Fixe"], "Val", DATE)
    assert lieu.labels is not None
    assert (lieu.labels[0].nom, lieu.labels[0].depuis) == ("France services", date(2022, 2, 1))


@pytest.mark.parametrize(
    ("lundi", "horaires"),
    [
        ("00:00 - 00:00 / 09:00 - 12:00", "Mo 09:00-12:00"),
        ("00:00 - 00:00", None),
        ("09:00 - 12:00 / 09:00 - 16:30", None),
        ("13:30 - 16:00 / 13:30 - 16:00", "Mo 13:30-16:00"),
        ("17:00 - 09:00", None),
        ("09:00-12:00", None),
        ("09:00 - 26:00", None),
        ("09:00 - 12:00 / 12:00 - 14:00", "Mo 09:00-14:00"),
        ("", "Tu 09:00-12:00"),
    ],
)
def test_un_jour_douteux_n_a_pas_d_heures(lundi: str, horaires: str | None) -> None:
    conversion = _conversion(h_lundi=lundi, **({"h_mardi": ""} if lundi else {}))
    assert conversion.lieu is not None
    assert conversion.lieu.horaires == horaires
    douteux = [r.champ for r in conversion.remarques if r.nature is Nature.CONTRADICTION]
    assert douteux == (["h_lundi"] if horaires is None else [])
    if horaires is None:
        assert str(conversion.lieu.horaires_detail).startswith("À vérifier avec le lieu : lundi ")


def test_one_doubtful_day_loses_no_other() -> None:
    lieu = _lieu(h_lundi="09:00 - 17:30 / 09:00 - 12:00")
    assert lieu.horaires == 'Tu 09:00-12:00; Mo unknown "09:00 - 17:30 / 09:00 - 12:00"'
    parse(str(lieu.horaires))


@pytest.mark.parametrize(("texte", "note"), [('fermé "le pont"', ' "fermé le pont"'), ('"\n"', "")])
def test_a_day_that_is_not_read_keeps_its_words_whatever_they_are(texte: str, note: str) -> None:
    """A quote in them closed the remark, and validation refused what the import had written."""
    lieu = _lieu(h_mercredi=texte)
    assert str(lieu.horaires).endswith(f"We unknown{note}")
    parse(str(lieu.horaires))


def test_sur_rendez_vous_seulement_est_dans_les_horaires() -> None:
    horaires = str(_lieu(commentaire="UNIQUEMENT SUR RENDEZ-VOUS").horaires)
    assert horaires == 'Mo 09:00-12:00,14:00-17:00 "sur rendez-vous"; Tu 09:00-12:00 "sur rendez-vous"'
    parse(horaires)


def test_un_commentaire_qui_restreint_est_garde_et_liste() -> None:
    conversion = _conversion(commentaire="Fermé le mardi pendant les vacances")
    assert conversion.lieu is not None
    assert conversion.lieu.horaires_detail == "Fermé le mardi pendant les vacances"
    assert conversion.lieu.presentation_detail is None
    assert "commentaire" in [r.champ for r in conversion.remarques if r.nature is Nature.A_RELIRE]


BUS = "Chaque mois : 1er lundi Valbourg, 2e mardi St Aubin le Val – 3e lundi Nulle-Part - DERNIER JOUR DU MOIS Valbourg"


def test_la_tournee_d_un_bus() -> None:
    conversion = _conversion(format_fs="Bus_équivalent", commentaire=BUS)
    lieu = conversion.lieu
    assert lieu is not None
    assert lieu.tournee is not None
    assert [(a.commune, a.horaires, a.frequence) for a in lieu.tournee] == [
        ("Valbourg", "Mo[1] 09:00-12:00,14:00-17:00", "mensuelle"),
        ("Saint-Aubin-le-Val", "Tu[2] 09:00-12:00", "mensuelle"),
    ]
    assert (lieu.horaires, lieu.itinerance) == (None, ["Itinérant"])
    assert BUS.replace("DERNIER JOUR DU MOIS", "dernier jour du mois") in str(lieu.presentation_detail)
    assert lieu.tournee_a_preciser == ["3e lundi Nulle-Part", "Dernier jour du mois Valbourg"]
    restes = [r.valeur for r in conversion.remarques if r.champ == "commentaire"]
    assert restes == ["3e lundi Nulle-Part", "DERNIER JOUR DU MOIS Valbourg"]
    for arret in lieu.tournee:
        parse(str(arret.horaires))


@pytest.mark.parametrize("commentaire", ["", "Consultez le planning", "1er lundi Valbourg"])
def test_un_bus_sans_tournee_comprise_n_est_jamais_ouvert_a_son_garage(commentaire: str) -> None:
    lieu = _lieu(format_fs="Itinérante", commentaire=commentaire)
    assert lieu.tournee is None
    motif = 'unknown "en tournée : lieu de passage à confirmer"'
    assert str(lieu.horaires) == f"Mo 09:00-12:00,14:00-17:00 {motif}; Tu 09:00-12:00 {motif}"
    assert commentaire in str(lieu.horaires_detail)
    assert dires.mobile_seulement(lieu)


def test_plusieurs_sites_et_un_commentaire_donnent_des_horaires_a_confirmer() -> None:
    lieu = _lieu(format_fs="Multisites", commentaire="Le lundi à Valbourg, le mardi aux Essarts")
    motif = 'unknown "plusieurs sites : à confirmer avec le lieu"'
    assert str(lieu.horaires) == f"Mo 09:00-12:00,14:00-17:00 {motif}; Tu 09:00-12:00 {motif}"
    assert lieu.itinerance is None
    assert "Le lundi à Valbourg" in str(lieu.horaires_detail)


def test_la_liste_doit_avoir_une_date() -> None:
    (ligne,) = france_services.lire(fichier_fs(ligne_fs())).lignes
    with pytest.raises(ImportImpossible, match="date"):
        france_services.convertir(ligne, CONTEXTE)


@pytest.mark.parametrize(
    ("nom", "attendu"), [("liste-fs-20240801.csv", DATE), ("liste.csv", None), ("liste-20249901.csv", None)]
)
def test_date_du_fichier(nom: str, attendu: date | None) -> None:
    assert trouver("france-services").date_du_fichier(nom) == attendu


def test_the_same_list_from_a_french_spreadsheet() -> None:
    """Semicolons and Windows-1252, as Excel saves it; a row with a separator too many is refused, and it alone."""
    texte = fichier_fs(ligne_fs(commentaire="Près de l'église"), ligne_fs(id_fs="32")).decode("utf-8-sig")
    octets = texte.replace('","', '";"').encode("cp1252") + b'"trop";"court"\n'
    lignes = france_services.lire(octets).lignes
    assert [ligne.defaut[:27] for ligne in lignes] == ["", "", "La ligne a 2 colonnes au li"]
    assert lignes[0].valeurs["commentaire"] == "Près de l'église"
    assert france_services.convertir(lignes[2], replace(CONTEXTE, date_source=DATE)).refus == lignes[2].defaut


@pytest.mark.parametrize(
    ("octets", "message"),
    [
        (b"", "vide"),
        (b"a;b\n1;2\n", "il manque « id_fs »"),
        (b"\xff\xfe\x00", "pas de ligne d'en-tête"),
        (fichier_fs(ligne_fs()) + b'"jamais ferm', "n'est pas refermé"),
        (fichier_fs(ligne_fs(), ligne_fs()), "répétés"),
    ],
    ids=["vide", "autre", "octets", "coupe", "doubles"],
)
def test_un_fichier_hostile_donne_un_message(octets: bytes, message: str) -> None:
    with pytest.raises(ImportImpossible, match=message):
        france_services.lire(octets)
