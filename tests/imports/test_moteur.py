"""What a mapping can say, each gesture on a small inventory: the record it gives, and what is told beside."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from carte.imports import registre
from carte.imports.modele import Conversion, ImportImpossible, Nature, Source
from carte.records.modele import Lieu
from imports.monde import CONTEXTE, VOCABULAIRES

ACCES, AIDE = "Accès internet et matériel informatique", "Aide aux démarches administratives"
BASE: dict[str, Any] = {
    "nom": "Inventaire d'essai",
    "licence": "Licence Ouverte 2.0",
    "champs": {"nom": "Lieu", "commune": "Ville"},
    "services": [{"rend": [AIDE]}],
    "date": {"fixe": date(2024, 8, 1)},
}
LIGNE = {"Lieu": "Espace du Val", "Ville": "Valbourg"}


def _source(dossier: Path, **changements: object) -> Source:
    fichier = dossier / "essai.yml"
    ecrit = {**BASE, **changements, "champs": {**BASE["champs"], **changements.get("champs", {})}}  # type: ignore[dict-item]
    fichier.write_text(yaml.safe_dump(ecrit, allow_unicode=True), encoding="utf-8")
    return registre.source_de("essai", registre.lire(fichier, VOCABULAIRES))


def _convertir(source: Source, *lignes: Mapping[str, object]) -> list[Conversion]:
    octets = json.dumps([{**LIGNE, **ligne} for ligne in lignes], ensure_ascii=False).encode()
    cadre = replace(CONTEXTE, date_source=source.date_du_fichier("essai.json"))
    return [source.convertir(ligne, cadre) for ligne in source.lire(octets).lignes]


def _lieu(source: Source, **ligne: object) -> Lieu:
    (conversion,) = _convertir(source, ligne)
    assert conversion.lieu is not None, conversion.refus
    return conversion.lieu


def test_a_yes_a_no_and_a_silence_are_three_things(tmp_path: Path) -> None:
    """Yes renders, no is told as such, and an empty cell is nothing at all unless the mapping says so."""
    services = [
        {"rend": [AIDE]},
        {"colonne": "Internet", "rend": [ACCES], "oui": ["oui", "X"], "non": "non", "sauf": "-"},
    ]

    def vu(reponse: str, **reste: object) -> tuple[bool, list[str]]:
        (conversion,) = _convertir(_source(tmp_path, services=services, **reste), {"Internet": reponse})
        assert conversion.lieu is not None
        return ACCES in conversion.lieu.services, list(conversion.lieu.services_absents or ())

    assert vu("Oui") == (True, [])
    assert vu("x") == (True, [])
    assert vu("NON") == (False, [ACCES])
    assert vu("") == (False, [])
    assert vu("-") == (False, [])
    assert vu("", silence="non") == (False, [ACCES])
    assert vu("-", silence="non") == (False, [])


@pytest.mark.parametrize("mot", ["NC", "n.c.", "N/A", "Néant", "Non renseigné", "?", "null"])
def test_a_silence_written_as_a_word_is_a_silence(tmp_path: Path, mot: str) -> None:
    """Whatever the field, without a line of the mapping; never a no, even where an empty cell is one."""
    services = [{"rend": [AIDE]}, {"colonne": "Internet", "rend": [ACCES], "oui": "oui", "non": "non"}]
    champs = {"adresse": "Rue", "horaires_detail": "Heures", "telephone": "Tél", "typologie": "Type"}
    source = _source(tmp_path, services=services, champs=champs, silence="non", details=[{"colonne": "Note"}])
    colonnes = dict.fromkeys(("Rue", "Heures", "Tél", "Type", "Internet", "Note"), mot)
    (conversion,) = _convertir(source, colonnes)
    assert conversion.lieu is not None, conversion.refus
    lieu = conversion.lieu
    assert (lieu.adresse, lieu.horaires_detail, lieu.telephone, lieu.typologie) == (None,) * 4
    assert (lieu.services, lieu.services_absents, lieu.presentation_detail) == ([AIDE], None, None)
    (sans_nom,) = _convertir(source, {"Lieu": mot})
    assert sans_nom.refus == "Cette ligne n'a pas de nom de lieu."


def test_a_word_to_which_the_mapping_gives_a_sense_keeps_it(tmp_path: Path) -> None:
    services = [{"rend": [AIDE]}, {"colonne": "Internet", "rend": [ACCES], "oui": "oui", "non": "Néant"}]
    (conversion,) = _convertir(_source(tmp_path, services=services), {"Internet": "néant"})
    assert conversion.lieu is not None
    assert conversion.lieu.services_absents == [ACCES]


def test_an_answer_of_neither_side_is_told_and_deduces_nothing(tmp_path: Path) -> None:
    services = [{"rend": [AIDE]}, {"colonne": "Internet", "rend": [ACCES], "oui": "oui", "non": "non"}]
    (conversion,) = _convertir(_source(tmp_path, services=services), {"Internet": "peut-être"})
    assert conversion.lieu is not None
    assert conversion.lieu.services == [AIDE]
    assert [(r.nature, r.champ, r.valeur) for r in conversion.remarques] == [(Nature.A_RELIRE, "Internet", "peut-être")]


def test_a_frequency_scale(tmp_path: Path) -> None:
    services = [
        {"colonne": nom, "rend": [rendu], "oui": ["Souvent", "De temps en temps"], "non": "Pas du tout"}
        for nom, rendu in (("Démarches", AIDE), ("Accès", ACCES))
    ]
    source = _source(tmp_path, services=services)
    assert _lieu(source, Démarches="Souvent", Accès="Pas du tout").services == [AIDE]
    assert _lieu(source, Démarches="de temps en temps", Accès="SOUVENT").services == [AIDE, ACCES]
    (conversion,) = _convertir(source, {"Démarches": "Pas du tout", "Accès": ""})
    assert conversion.lieu is not None
    assert conversion.lieu.services == []


def test_terms_are_split_outside_parentheses_and_read_by_the_nomenclature(tmp_path: Path) -> None:
    services = [
        {
            "colonne": "Activités",
            "separateurs": [","],
            "valeurs": {"Aide aux droits (CAF, CPAM)": AIDE, "Café": []},
            "annule": ["Rien"],
        }
    ]
    source = _source(tmp_path, services=services)
    assert _lieu(source, Activités="aide aux droits (caf, cpam), Café, Accéder à du matériel").services == [AIDE, ACCES]
    (contraire,) = _convertir(source, {"Activités": "Rien, Accéder à du matériel"})
    assert contraire.lieu is not None
    assert contraire.lieu.services == []
    assert contraire.remarques[0].nature is Nature.CONTRADICTION
    (inconnu,) = _convertir(source, {"Activités": "Café, Karaoké"})
    assert [r.valeur for r in inconnu.remarques if r.nature is Nature.A_RELIRE] == ["Karaoké"]


@pytest.mark.parametrize(
    ("coordonnees", "ligne"),
    [
        ({"longitude": "x", "latitude": "y"}, {"x": "2,001", "y": "46,001"}),
        ({"longitude": "x", "latitude": "y", "inversees": True}, {"x": 46.001, "y": 2.001}),
        ({"longitude": "x", "latitude": "y"}, {"x": 46.001, "y": 2.001}),  # swapped by mistake, put right and told
        ({"longitude": "x", "latitude": "y", "systeme": "Lambert-93"}, {"x": "622 687,91", "y": "6545073,97"}),
        ({"longitude": "x", "latitude": "y", "systeme": "EPSG:3857"}, {"x": 222750.3, "y": 5780509.4}),
        ({"point": "geo"}, {"geo": "46.001, 2.001"}),
        ({"point": "geo"}, {"geo": "46,001 ; 2,001"}),
        ({"longitude": "g.lon", "latitude": "g.lat"}, {"g": {"lon": 2.001, "lat": 46.001}}),
    ],
    ids=["virgule", "inversees", "echangees", "lambert", "mercator", "point", "point-virgule", "chemin"],
)
def test_coordinates(tmp_path: Path, coordonnees: dict[str, object], ligne: dict[str, object]) -> None:
    lieu = _lieu(_source(tmp_path, coordonnees=coordonnees), **ligne)
    assert (lieu.longitude, lieu.latitude) == (pytest.approx(2.001, abs=1e-4), pytest.approx(46.001, abs=1e-4))


@pytest.mark.parametrize(
    ("forme", "texte", "attendue"),
    [
        ("jour/mois/année", "05/06/2024", date(2024, 6, 5)),
        ("jour/mois/année", "5-6-2024 10:30", date(2024, 6, 5)),
        ("mois/jour/année", "05/06/2024", date(2024, 5, 6)),
        ("année-mois-jour", "2024-06-05T08:00:00Z", date(2024, 6, 5)),
        ("année-mois-jour", "2024/06/05", date(2024, 6, 5)),
        ("année-mois-jour", "05/06/2024", None),
        ("jour/mois/année", "31/02/2024", None),
        ("jour/mois/année", "05/06/2099", None),
        ("jour/mois/année", "05/0602024", date(2024, 6, 5)),
    ],
)
def test_dates_are_read_in_the_order_declared_and_no_other(
    tmp_path: Path, forme: str, texte: str, attendue: date | None
) -> None:
    """One that is not read leaves the row to the date of the file, and is told."""
    ecrite = {"colonne": "Maj", "forme": forme, "fixe": date(2020, 1, 1), "corriger": {"05/0602024": date(2024, 6, 5)}}
    (conversion,) = _convertir(_source(tmp_path, date=ecrite), {"Maj": texte})
    assert conversion.lieu is not None
    assert conversion.lieu.date_maj == attendue or date(2020, 1, 1)
    assert [r.champ for r in conversion.remarques if r.nature is Nature.A_RELIRE] == ([] if attendue else ["Maj"])


def test_a_row_that_nothing_dates_is_refused_and_told_how(tmp_path: Path) -> None:
    (conversion,) = _convertir(_source(tmp_path, date={"colonne": "Maj"}), {"Maj": ""})
    assert "--date AAAA-MM-JJ" in str(conversion.refus)


@pytest.mark.parametrize(
    ("horaires", "ligne", "attendus"),
    [
        ({"osm": "h"}, {"h": "Mo-Fr 09:00-12:00"}, "Mo-Fr 09:00-12:00"),
        ({"osm": "h"}, {"h": "du lundi au vendredi de 9h à 12h"}, "Mo-Fr 09:00-12:00"),
        ({"osm": "h"}, {"h": "Mo 00:00-00:00"}, None),
        ({"phrase": "h", "jours_coches": "j"}, {"h": "9h-12h", "j": "{Lundi,Mardi}"}, "Mo,Tu 09:00-12:00"),
        (
            {"par_jour": "h_{jour}"},
            {"h_lundi": "07:30-11:30, 12:15-16:00", "h_mardi": "fermé"},
            "Mo 07:30-11:30,12:15-16:00; Tu off",
        ),
        (
            {"par_jour": "h_{jour}"},
            {"h_lundi": "9h-12h", "h_mardi": "selon marée", "h_jeudi": "9h-12h"},
            'Mo,Th 09:00-12:00; Tu unknown "selon marée"',
        ),
        ({"par_jour": "h_{jour}", "vide_ferme": True}, {"h_lundi": "9h-12h"}, "Mo 09:00-12:00; Tu-Su off"),
        (
            {"creneaux": ["d1 {jour}", "f1 {jour}", "d2 {jour}", "f2 {jour}"]},
            {
                "d1 lundi": "08:30",
                "f1 lundi": "12h",
                "d2 lundi": "14:00",
                "f2 lundi": "16h30",
                "d1 mardi": "8:30",
                "f2 mardi": "16:30",
            },
            "Mo 08:30-12:00,14:00-16:30; Tu 08:30-16:30",
        ),
        (
            {"creneaux": ["d {jour}", "f {jour}"]},
            {"d lundi": "08:30", "f lundi": "08:00", "d mardi": "9", "f mardi": "12"},
            'Tu 09:00-12:00; Mo unknown "08:30 08:00"',
        ),
        (
            {"osm": "h", "semaines": "s"},
            {"h": "Mo 09:00-12:00; PH off", "s": "Semaine impaire"},
            "week 01-53/2 Mo 09:00-12:00; PH off",
        ),
    ],
)
def test_hours(tmp_path: Path, horaires: dict[str, object], ligne: dict[str, object], attendus: str | None) -> None:
    lieu = _lieu(_source(tmp_path, horaires=horaires), **ligne)
    assert lieu.horaires == attendus
    if attendus is None:
        assert lieu.horaires_detail == "Mo 00:00-00:00"


def test_rows_left_aside_by_their_source_say_why(tmp_path: Path) -> None:
    source = _source(tmp_path, ecarter=[{"colonne": "État", "valeurs": ["Fermé"], "raison": "Lieu fermé."}])
    aside, garde = _convertir(source, {"État": "FERMÉ"}, {"État": "Ouvert", "Lieu": "Autre"})
    assert (aside.de_cote, aside.refus) == (True, "Lieu fermé.")
    assert garde.lieu is not None


def test_personal_columns_are_copied_nowhere(tmp_path: Path) -> None:
    source = _source(tmp_path, masquer=["Agent"], mobiles="masquer", champs={"telephone": "Tél"})
    octets = json.dumps([{**LIGNE, "Agent": "Camille Martin", "Tél": "06 12 34 56 78 / 02 54 00 00 01"}]).encode()
    (ligne,) = source.lire(octets).lignes
    conversion = source.convertir(ligne, replace(CONTEXTE, date_source=date(2024, 8, 1)))
    assert conversion.lieu is not None
    assert conversion.lieu.telephone == "+33254000001"
    assert "Martin" not in repr((ligne, conversion))
    assert {(r.champ, r.valeur) for r in conversion.remarques} == {("Agent", "(non recopié)"), ("Tél", "(non recopié)")}


def test_several_rows_are_one_place(tmp_path: Path) -> None:
    services = [{"colonne": "Service", "separateurs": ["|"]}]
    source = _source(tmp_path, services=services, regrouper={"par": "Siret", "en": "lieu"})
    conversions = _convertir(
        source,
        {"Siret": "1", "Service": AIDE},
        {"Siret": "2", "Service": AIDE, "Lieu": "Autre"},
        {"Siret": "1", "Service": ACCES},
    )
    assert [c.lieu.services for c in conversions if c.lieu] == [[AIDE, ACCES], [AIDE]]


def test_several_rows_are_the_stops_of_one_tour(tmp_path: Path) -> None:
    """The record stands at no stop; a stop without hours nor rhythm is kept in words."""
    source = _source(
        tmp_path,
        champs={"adresse": "Rue"},
        regrouper={"par": "Bus", "en": "tournée", "nom": "Bus"},
        horaires={"osm": "h", "semaines": "s"},
    )
    (conversion,) = _convertir(
        source,
        {"Bus": "Bus du Val", "Rue": "Place du Lavoir", "h": "Mo 09:00-12:00", "s": "Semaine paire"},
        {"Bus": "Bus du Val", "Rue": "Mairie", "Ville": "Port-Neuf", "h": "Tu 09:00-12:00"},
        {"Bus": "Bus du Val", "Rue": "École", "Ville": "Les Essarts", "Code": ""},
    )
    assert conversion.lieu is not None
    assert (conversion.lieu.nom, conversion.lieu.adresse, conversion.lieu.itinerance) == (
        "Bus du Val",
        None,
        ["Itinérant"],
    )
    assert [(a.commune, a.lieu, a.horaires, a.frequence) for a in conversion.lieu.tournee or ()] == [
        ("Valbourg", "Place du Lavoir", "week 02-52/2 Mo 09:00-12:00", "quinzaine"),
        ("Port-Neuf", "Mairie", "Tu 09:00-12:00", "hebdomadaire"),
    ]
    assert conversion.lieu.tournee_a_preciser == ["École Les Essarts"]


def test_lost_zeros_and_invisible_signs_are_put_right(tmp_path: Path) -> None:
    source = _source(
        tmp_path,
        champs={"code_postal": "CP", "pivot": "Siret", "telephone": "Tél", "adresse": "Rue", "code_insee": "Insee"},
    )
    lieu = _lieu(
        source,
        CP=1990,
        Siret=5580501300020,
        Tél=254000001,
        Rue="4\u00a0rue de l\u2019\u200bÃ‰glise",
        Insee="36901",
        Lieu="Â« L'Ã©toile Â»",
    )
    assert (lieu.code_postal, lieu.pivot, lieu.telephone) == ("01990", "05580501300020", "+33254000001")
    assert (lieu.adresse, lieu.nom) == ("4 rue de l’Église", "« L'étoile »")


def test_headings_are_found_whatever_their_case_and_accents(tmp_path: Path) -> None:
    octets = b"LIEU ;ville\nEspace;Valbourg\n"
    (ligne,) = _source(tmp_path).lire(octets).lignes
    assert ligne.valeurs == {"Lieu": "Espace", "Ville": "Valbourg"}


def test_another_file_is_refused_with_what_it_has(tmp_path: Path) -> None:
    with pytest.raises(
        ImportImpossible, match=r"n'est pas « Inventaire d'essai » : il manque « Id »\. Colonnes trouvées : a, b\."
    ):
        _source(tmp_path, reconnaitre=["Id"]).lire(b"a;b\n1;2")


def test_the_same_identifier_twice_refuses_the_second_row_only(tmp_path: Path) -> None:
    premiere, seconde = _convertir(_source(tmp_path, identifiant="id"), {"id": 7}, {"id": 7, "Lieu": "Autre"})
    assert premiere.lieu is not None
    assert "répète l'identifiant de la ligne 1" in str(seconde.refus)
    assert premiere.identifiant != seconde.identifiant


def test_rows_without_identifier_keep_theirs_when_others_are_added(tmp_path: Path) -> None:
    source = _source(tmp_path)
    seule = _convertir(source, {})[0].identifiant
    apres = [c.identifiant for c in _convertir(source, {"Lieu": "Nouveau"}, {"Tél": "02 54 00 00 01"})]
    assert apres[1] == seule != apres[0]
