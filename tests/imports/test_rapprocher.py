"""The same place or not: sure, doubtful, or nothing."""

from datetime import date

import pytest

from carte.records.modele import Lieu
from carte.records.rules.ressemblance import Issue, comparer, distance_m


def _lieu(**champs: object) -> Lieu:
    base = {
        "nom": "Le Tilleul",
        "commune": "Valbourg",
        "code_insee": "36901",
        "source": "x",
        "date_maj": date(2024, 1, 1),
        "services": ["s"],
    }
    return Lieu.model_validate({**base, **champs})


ICI, A_100_M, A_300_M = ({"latitude": 46.0 + degres, "longitude": 2.0} for degres in (0, 0.0009, 0.0027))
TEL, RUE = {"telephone": "+33299010203"}, {"adresse": "4 rue du Lavoir"}


@pytest.mark.parametrize(
    ("un", "autre", "attendu"),
    [
        ({"pivot": "1" * 14}, {"pivot": "1" * 14}, Issue.MEME),
        (TEL | RUE, TEL | {"adresse": "4, Rue du Lavoir"}, Issue.MEME),
        (TEL | ICI, TEL | A_100_M, Issue.MEME),
        (TEL | ICI, TEL | A_300_M, Issue.DOUTE),
        (TEL, TEL, Issue.DOUTE),
        (RUE, RUE, Issue.MEME),
        (RUE, RUE | {"nom": "La Poste"}, Issue.DOUTE),
        (ICI, A_100_M, Issue.DOUTE),
        (ICI, A_300_M, Issue.DISTINCTS),
        (ICI, {}, Issue.DISTINCTS),
        ({}, {}, Issue.DISTINCTS),
        (TEL | RUE, TEL | RUE | {"code_insee": "36902"}, Issue.DISTINCTS),
        ({"adresse": "Place de la Mairie"}, {"adresse": "Place de la Mairie"}, Issue.DISTINCTS),
        (
            RUE | {"nom": "MSAP Valbourg", "typologie": ["MSAP"]},
            RUE | {"nom": "France services de Valbourg", "typologie": ["RFS"]},
            Issue.MEME,
        ),
        (RUE, RUE | {"code_insee": None}, Issue.MEME),
        (ICI, A_100_M | {"code_insee": "36902", "commune": "Autre"}, Issue.DOUTE),
        (ICI, A_100_M | {"nom": "Le Tilleuls"}, Issue.DOUTE),
        (ICI | {"nom": "Bus 1"}, ICI | {"nom": "Bus 2"}, Issue.DISTINCTS),
        (RUE | TEL | {"pivot": "1" * 14, "nom": "La Mairie"}, RUE | TEL | {"pivot": "2" * 14}, Issue.DOUTE),
        (ICI | {"pivot": "1" * 14}, A_300_M | {"pivot": "1" * 14, "nom": "Mairie"}, Issue.DOUTE),
        (
            RUE | {"nom": "Médiathèque", "typologie": ["BIB"]},
            RUE | {"nom": "France services", "typologie": ["RFS"]},
            Issue.DOUTE,
        ),
    ],
    ids=[
        *("pivot", "telephone-adresse", "telephone-100m", "telephone-300m", "telephone-seul", "adresse-nom"),
        *("adresse-autre-nom", "nom-100m", "nom-300m", "point-inconnu", "rien", "autre-commune", "sans-numero"),
        *("msap-france-services", "sans-code", "de-part-et-d-autre-d-une-limite", "une-lettre", "un-numero"),
        *("deux-siret", "siret-de-la-mairie", "noms-communs-autres-genres"),
    ],
)
def test_comparer(un: dict[str, object], autre: dict[str, object], attendu: Issue) -> None:
    sens = [comparer(_lieu(**un), _lieu(**autre)), comparer(_lieu(**autre), _lieu(**un))]
    assert [trouve.issue for trouve in sens] == [attendu, attendu]


def test_une_coordonnee_absente_n_est_pas_une_distance() -> None:
    assert distance_m(None, (2.0, 46.0)) is None
    assert distance_m((2.0, 46.0), (2.0, 46.0009)) == pytest.approx(100, abs=1)


def test_a_no_of_one_source_gives_way_to_a_yes_of_another() -> None:
    """And is told: whoever merges knows that they disagree."""
    from carte.imports.fusionner import fusionner

    commun = {"nom": "Lieu", "commune": "Valbourg", "source": "Essai"}
    oui = Lieu(**commun, date_maj=date(2026, 1, 1), services=["Aide aux démarches administratives"])
    non = Lieu(
        **commun,
        date_maj=date(2025, 1, 1),
        services=["Loisirs et créations numériques"],
        services_absents=["Aide aux démarches administratives", "Utilisation sécurisée du numérique"],
    )
    for un, autre in ((oui, non), (non, oui)):
        reunie, remarques = fusionner(un, autre)
        assert reunie.services_absents == ["Utilisation sécurisée du numérique"]
        assert any(r.champ == "services_absents" for r in remarques)
