"""The same place or not: sure, doubtful, or nothing."""

from datetime import date

import pytest

from carte.imports.rapprocher import Lien, comparer, distance_m
from carte.records.modele import Lieu


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
        ({"pivot": "1" * 14}, {"pivot": "1" * 14}, Lien.CERTAIN),
        (TEL | RUE, TEL | {"adresse": "4, Rue du Lavoir"}, Lien.CERTAIN),
        (TEL | ICI, TEL | A_100_M, Lien.CERTAIN),
        (TEL | ICI, TEL | A_300_M, Lien.POSSIBLE),
        (TEL, TEL, Lien.POSSIBLE),
        (RUE, RUE, Lien.CERTAIN),
        (RUE, RUE | {"nom": "La Poste"}, Lien.POSSIBLE),
        (ICI, A_100_M, Lien.POSSIBLE),
        (ICI, A_300_M, None),
        (ICI, {}, None),
        ({}, {}, None),
        (TEL | RUE, TEL | RUE | {"code_insee": "36902"}, None),
        ({"adresse": "Place de la Mairie"}, {"adresse": "Place de la Mairie"}, None),
        (
            RUE | {"nom": "MSAP Valbourg", "typologie": ["MSAP"]},
            RUE | {"nom": "France services de Valbourg", "typologie": ["RFS"]},
            Lien.CERTAIN,
        ),
        (
            RUE | {"nom": "Médiathèque", "typologie": ["BIB"]},
            RUE | {"nom": "France services", "typologie": ["RFS"]},
            Lien.POSSIBLE,
        ),
    ],
    ids=[
        *("pivot", "telephone-adresse", "telephone-100m", "telephone-300m", "telephone-seul", "adresse-nom"),
        *("adresse-autre-nom", "nom-100m", "nom-300m", "point-inconnu", "rien", "autre-commune", "sans-numero"),
        *("msap-france-services", "noms-communs-autres-genres"),
    ],
)
def test_comparer(un: dict[str, object], autre: dict[str, object], attendu: Lien | None) -> None:
    sens = [comparer(_lieu(**un), _lieu(**autre)), comparer(_lieu(**autre), _lieu(**un))]
    assert [trouve and trouve[0] for trouve in sens] == [attendu, attendu]


def test_une_coordonnee_absente_n_est_pas_une_distance() -> None:
    assert distance_m(_lieu(latitude=46.0), _lieu(**ICI)) is None
    assert distance_m(_lieu(**ICI), _lieu(**A_100_M)) == pytest.approx(100, abs=1)


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
