"""The fictional records: together they show every field and every value, and nobody real is in them."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
import shapely
from pydantic import BaseModel

from carte.demo.communes import communes
from carte.demo.contours import contours
from carte.demo.fiches import lieux
from carte.demo.geographie import cle_luhn
from carte.hours import parse
from carte.nomenclature import lire
from carte.records.modele import Arret, Lieu

RACINE = Path(__file__).parents[2]
COURTS = (
    "services", "publics", "prises_en_charge", "frais", "dispositifs", "formations_labels", "modalites_acces",
    "modalites_accompagnement", "itinerance", "postures", "formats", "frequences",
)  # fmt: skip
TYPES = {
    "EPN", "BIB", "PIMMS", "RFS", "CCAS", "CIAS", "CS", "TIERS_LIEUX", "FABLAB", "ML", "LA_POSTE", "MUNI", "ASSO",
    "ENM", "CAF", "CPAM", "FT", "MDS", "PREF", "MJC", "EVS", "EPCI", "RESSOURCERIE", "Autre",
}  # fmt: skip
# ARCEP, decision 2018-0881: numbers kept for works of fiction.
FICTION = re.compile(r"\+33(?:19900|26191|35301|46571|53649)\d{4}\Z")


CHAMPS = {
    "typologie": "typologies",
    "services": "services",
    "permanences.services": "services",
    "publics_specifiquement_adresses": "publics",
    "prise_en_charge_specifique": "prises_en_charge",
    "frais_a_charge": "frais",
    "dispositif_programmes_nationaux": "dispositifs",
    "formations_labels": "formations_labels",
    "modalites_acces": "modalites_acces",
    "modalites_accompagnement": "modalites_accompagnement",
    "itinerance": "itinerance",
    "labels.nom": "labels",
    "postures": "postures",
    "formats": "formats",
    "tournee.frequence": "frequences",
}


def _remplis(objet: Any, nom: str = "") -> Iterator[tuple[str, Any]]:
    """Dotted name and value of the fields that hold one; items of lists and tables bear their field's name."""
    if isinstance(objet, BaseModel):
        for champ in type(objet).model_fields:
            yield from _remplis(getattr(objet, champ), f"{nom}.{champ}".removeprefix("."))
    elif isinstance(objet, dict | list):
        for element in objet.values() if isinstance(objet, dict) else objet:
            yield from _remplis(element, nom)
    elif objet is not None:
        yield nom, objet


def _utilisees() -> dict[str, set[str]]:
    """The values used, by vocabulary."""
    trouvees: dict[str, set[str]] = {}
    for lieu in lieux().values():
        for nom, valeur in _remplis(lieu):
            if nom in CHAMPS:
                trouvees.setdefault(CHAMPS[nom], set()).add(valeur)
    return trouvees


def test_counts() -> None:
    identifiants = list(lieux())
    assert sum(i.startswith("99/") for i in identifiants) == 47
    assert sum(i.startswith("96/") for i in identifiants) == 4
    assert identifiants == sorted(identifiants)


@pytest.mark.parametrize("nom", COURTS)
def test_every_value_of_a_short_vocabulary_is_shown(nom: str) -> None:
    vocabulaire = lire(RACINE / "offers" / "nomenclature")[nom]
    assert {valeur.valeur for valeur in vocabulaire.valeurs} - _utilisees()[nom] == set()


def test_only_known_values_are_used() -> None:
    vocabulaires = lire(RACINE / "offers" / "nomenclature")
    for nom, utilisees in _utilisees().items():
        connues = {valeur.valeur for valeur in vocabulaires[nom].valeurs}
        assert utilisees - connues == set(), nom


def test_every_kind_of_place_is_shown() -> None:
    assert TYPES - _utilisees()["typologies"] == set()


def _feuilles(modele: type[BaseModel], prefixe: str = "") -> Iterator[str]:
    """Dotted names of every field of a model that holds a value itself, those of its parts included."""
    for nom, champ in modele.model_fields.items():
        parties = _parties(champ.annotation)
        if not parties:
            yield prefixe + nom
        for partie in parties:
            yield from _feuilles(partie, f"{prefixe}{nom}.")


def _parties(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [partie for argument in get_args(annotation) for partie in _parties(argument)]


def test_every_field_of_the_model_is_shown() -> None:
    attendus = set(_feuilles(Lieu))
    assert {"labels.numero", "provenance.texte", "tournee.horaires"} < attendus
    assert attendus - {nom for lieu in lieux().values() for nom, _ in _remplis(lieu)} == set()


def _situes(lieu: Lieu) -> list[Lieu | Arret]:
    """The place itself, then its stops."""
    return [lieu, *(lieu.tournee or [])]


def _points() -> Iterator[tuple[str, str, float, float]]:
    """(name, current commune code, longitude, latitude) of every point of the records."""
    for identifiant, lieu in lieux().items():
        for partie in _situes(lieu):
            assert (partie.latitude is None) is (partie.longitude is None)
            if partie.latitude is not None and partie.longitude is not None:
                assert partie.code_insee is not None
                code = {"99030": "99008"}.get(partie.code_insee, partie.code_insee)
                yield identifiant, code, partie.longitude, partie.latitude


def test_coordinates_are_inside_their_commune() -> None:
    for identifiant, code, lon, lat in _points():
        assert shapely.Polygon(contours()[code].anneau).contains(shapely.Point(lon, lat)), identifiant


def test_codes_belong_to_the_commune_they_are_written_with() -> None:
    noms = {commune.code: commune.nom for commune in communes()} | {"99030": "Bruyère-et-Lande"}
    for lieu in lieux().values():
        for partie in _situes(lieu):
            assert partie.code_insee is not None
            assert noms[partie.code_insee] == partie.commune


def test_nothing_real_is_reachable() -> None:
    for lieu in lieux().values():
        telephones = [lieu.telephone, *(p.telephone for p in lieu.permanences or [])]
        assert all(FICTION.match(numero) for numero in telephones if numero is not None)
        urls = [*(lieu.site_web or []), lieu.fiche_acces_libre, lieu.prise_rdv]
        assert all(re.match(r"https://[a-z0-9.-]+\.example/", url) for url in urls if url is not None)
        assert all(courriel.endswith(".example") for courriel in lieu.courriels or [])


def test_identifiers_are_well_formed_and_shared_by_nobody() -> None:
    pivots = [lieu.pivot for lieu in lieux().values() if lieu.pivot is not None]
    assert len(set(pivots)) == len(pivots)
    for pivot in pivots:
        if pivot.startswith("W"):
            assert re.fullmatch(r"W99\d{7}", pivot)
        else:
            assert re.fullmatch(r"99900\d{9}", pivot)
            assert cle_luhn(pivot[:-1]) == pivot[-1]
            assert cle_luhn(pivot[:8]) == pivot[8]


def _familles(prefixe: str, epci: str) -> set[str | None]:
    familles = {v.valeur: v.famille for v in lire(RACINE / "offers" / "nomenclature")["services"].valeurs}
    codes = {commune.code for commune in communes() if commune.epci == epci}
    return {
        familles[service]
        for identifiant, lieu in lieux().items()
        if identifiant.startswith(prefixe)
        and (lieu.code_insee in codes or any(arret.code_insee in codes for arret in lieu.tournee or []))
        for service in lieu.services
    }


@pytest.mark.parametrize(
    ("prefixe", "epci", "familles"),
    [
        pytest.param("99/", "249900010", {"demarches", "formation", "equipement"}, id="agglomeration-has-all"),
        pytest.param("99/", "249900028", {"demarches", "equipement"}, id="bruyeres-trains-nobody"),
        pytest.param("99/", "249900036", {"demarches", "equipement"}, id="lone-et-bocage-trains-nobody"),
        pytest.param("96/", "200999019", {"demarches", "formation", "equipement"}, id="neighbour-has-all"),
    ],
)
def test_families_tell_the_story(prefixe: str, epci: str, familles: set[str]) -> None:
    assert _familles(prefixe, epci) == familles


def test_difficult_cases_are_present() -> None:
    tous = lieux()
    assert min(lieu.date_maj for lieu in tous.values()).year == 2021
    assert any(lieu.verifie_le and lieu.verifie_le > date(2026, 10, 1) for lieu in tous.values())
    assert tous["99/maison-des-brumes"].latitude is None
    ligne = tous["99/la-ligne-douce"]
    assert ligne.telephone and not ligne.adresse and not ligne.courriels and not ligne.site_web
    accepte = [lieu.pass_numerique and lieu.pass_numerique.accepte for lieu in tous.values()]
    assert {True, False, None} == set(accepte)
    labels = [label for lieu in tous.values() for label in lieu.labels or [] if "APTIC" in label.nom]
    fins = [label.jusqua for label in labels if label.jusqua and label.numero and label.depuis]
    assert min(fins) < date(2026, 11, 2) < max(fins)
    assert len(tous["99/bus-numerique-le-petit-relais"].tournee or []) == 8
    adresses = [(lieu.commune, lieu.adresse) for lieu in tous.values() if lieu.adresse]
    assert adresses.count(("Mirebois", "12 place du Marché")) == 2


@pytest.mark.parametrize(
    "motif", ["PH off", "SH", "week 1-53/2", r"\[1", '^"sur rendez-vous"$', "Sa ", "20:30", "Sep-Jun", "Aug off"]
)
def test_opening_hours_show_every_difficulty(motif: str) -> None:
    assert any(re.search(motif, lieu.horaires) for lieu in lieux().values() if lieu.horaires)


def test_some_hours_are_unknown() -> None:
    assert sum(lieu.horaires is None for lieu in lieux().values()) >= 3


@pytest.mark.parametrize("identifiant", [i for i, lieu in lieux().items() if "RFS" in (lieu.typologie or [])])
def test_france_services_open_24_hours_over_five_days(identifiant: str) -> None:
    """What the label asks; in this format a later rule replaces the day of an earlier one, which is easy to miss."""
    horaires = lieux()[identifiant].horaires
    assert horaires is not None
    minutes = parse(horaires).minutes_hebdo()
    assert minutes is not None and minutes >= 24 * 60
    assert sum(bool(jour) for jour in parse(horaires).semaine()) >= 5


@pytest.mark.parametrize(
    ("identifiant", "heures"),
    [
        pytest.param("99/mediatheque-de-valbourg", 38.0, id="plain-week"),
        pytest.param("99/epicerie-solidaire-du-bois-hardouin", 2.5, id="few-hours"),
        pytest.param("99/mairie-de-saint-loup-des-etangs", 4.5, id="alternate-week-counts-half"),
        pytest.param("99/mairie-de-greve-sur-lone", None, id="on-appointment-only-is-unknown"),
    ],
)
def test_weekly_hours_can_be_worked_out_by_hand(identifiant: str, heures: float | None) -> None:
    horaires = lieux()[identifiant].horaires
    assert horaires is not None
    assert parse(horaires).minutes_hebdo() == (None if heures is None else heures * 60)


def test_every_hours_text_can_be_read() -> None:
    for lieu in lieux().values():
        textes = [
            lieu.horaires,
            *(p.horaires for p in lieu.permanences or []),
            *(a.horaires for a in lieu.tournee or []),
        ]
        for texte in filter(None, textes):
            parse(texte)
