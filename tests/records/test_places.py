"""Where a place may be: the tolerance around its commune, the edges of France, the codes of overseas."""

from pathlib import Path

import pytest

from carte.records import Gravite, Problem
from carte.records.rules.contenu import en_france
from carte.records.rules.territoire import departement_du_code
from records.monde import BONNE, lire

# Valbourg is the square from 1.0 to 1.1 east; nothing is west of it. Kilometres of a degree there, as in `monde`.
_DEGRE_KM = 111.2 * 0.69


def a_l_ouest(dossier: Path, km: float) -> tuple[Problem, ...]:
    return lire(dossier, a=f"{BONNE}latitude: 46.05\nlongitude: {1 - km / _DEGRE_KM:.7f}\n").problemes


@pytest.mark.parametrize("km", [0.0, 0.1, 0.199])
def test_a_point_on_the_border_is_not_discussed(tmp_path: Path, km: float) -> None:
    assert a_l_ouest(tmp_path, km) == ()


@pytest.mark.parametrize(
    ("km", "gravite", "message"),
    [
        (0.201, Gravite.CONSEIL, "Le point est à 201 m de Valbourg. Vérifiez les coordonnées et la commune."),
        (0.999, Gravite.CONSEIL, "Le point est à 999 m de Valbourg. Vérifiez les coordonnées et la commune."),
        (1.04, Gravite.CONSEIL, "Le point est à 1,0 km de Valbourg. Vérifiez les coordonnées et la commune."),
        (49.9, Gravite.CONSEIL, "Le point est à 49,9 km de Valbourg. Vérifiez les coordonnées et la commune."),
        (
            50.1,
            Gravite.BLOQUANT,
            "Le point est à 50,1 km de Valbourg et hors des communes connues : corrigez les coordonnées.",
        ),
    ],
)
def test_the_farther_the_point_the_graver(tmp_path: Path, km: float, gravite: Gravite, message: str) -> None:
    (probleme,) = a_l_ouest(tmp_path, km)
    assert (probleme.gravite, probleme.message, probleme.champ) == (gravite, message, "latitude")


def test_the_meridian_of_greenwich_is_a_longitude(tmp_path: Path) -> None:
    (probleme,) = lire(tmp_path, a=f"{BONNE}latitude: 46.05\nlongitude: 0.0\n").problemes
    assert "Le point est à 76,7 km de Valbourg" in probleme.message


ARRET = """\
itinerance:
  - Itinérant
tournee:
  - commune: Saint-Égide
    code_insee: "36002"
    frequence: hebdomadaire
    latitude: {}
    longitude: {}
"""


def test_a_stop_is_compared_with_its_own_commune(tmp_path: Path) -> None:
    assert lire(tmp_path, a=BONNE + ARRET.format(46.05, 1.15)).problemes == ()
    (probleme,) = lire(tmp_path, a=BONNE + ARRET.format(46.05, 1.05)).problemes
    assert (probleme.champ, probleme.gravite) == ("tournee.0.latitude", Gravite.CONSEIL)
    assert "à 3,8 km de Saint-Égide, dans Valbourg." in probleme.message


def test_the_code_of_an_arrondissement_is_no_former_code(tmp_path: Path) -> None:
    assert lire(tmp_path, a=BONNE.replace('"36001"', '"36911"')).problemes == ()
    (probleme,) = lire(tmp_path, a=BONNE.replace('"36001"', '"36901"').replace("Valbourg", "Saint-Égide")).problemes
    assert "est un ancien code" in probleme.message


def test_a_stop_in_another_departement_is_that_of_its_code(tmp_path: Path) -> None:
    """A bus crosses borders: only the record itself must be in its folder."""
    arret = ARRET.format(46.05, 1.25).replace("Saint-Égide", "Pont-Neuf").replace("36002", "37001")
    assert lire(tmp_path, a=BONNE + arret).problemes == ()


def de(commune: str, **champs: str) -> str:
    """The good record of another commune, with some fields."""
    texte = BONNE.replace("Valbourg", commune).replace('code_insee: "36001"\n', "")
    return texte + "".join(f"{nom}: {valeur}\n" for nom, valeur in champs.items())


CODES = {
    "d-apres-le-point": (
        de("Vallebourre", latitude="46.05", longitude="1.05"),
        Gravite.CONSEIL,
        "« Vallebourre » n'est le nom d'aucune commune du département 36."
        " D'après les coordonnées, c'est Valbourg (code Insee 36001).",
    ),
    "point-hors-de-tout": (
        de("Vallebourre", latitude="48.05", longitude="1.05"),
        Gravite.BLOQUANT,
        "« Vallebourre » n'est le nom d'aucune commune du département 36. Corrigez le nom ou ajoutez « code_insee ».",
    ),
    "code-postal-d-un-seul-nom": (
        de("Valbourg", code_insee='"36002"', code_postal='"36002"'),
        Gravite.BLOQUANT,
        "« 36002 » est le code postal de Valbourg ; son code Insee est 36001.",
    ),
    "code-postal-de-deux-noms": (
        de("Les Ormes", code_insee='"36002"', code_postal='"36002"'),
        Gravite.CONSEIL,
        "Le code 36002 est celui de « Saint-Égide », pas de « Les Ormes ».",
    ),
    "autre-commune": (
        de("Valbourg", code_insee='"36002"', code_postal='"36100"'),
        Gravite.CONSEIL,
        "Le code 36002 est celui de « Saint-Égide », pas de « Valbourg ». Le code Insee de Valbourg est 36001.",
    ),
    "inconnu-de-deux-noms": (
        de("Les Ormes", code_insee='"36999"'),
        Gravite.BLOQUANT,
        "« 36999 » n'est le code d'aucune commune.",
    ),
    "inconnu-d-un-seul-nom": (
        de("Valbourg", code_insee='"36999"'),
        Gravite.BLOQUANT,
        "« 36999 » n'est le code d'aucune commune. Le code Insee de Valbourg est 36001.",
    ),
    "ancien-code-de-l-autre-departement": (
        de("Pont-Neuf", code_insee='"37001"'),
        Gravite.BLOQUANT,
        "La commune 37001 (Pont-Neuf) est dans le département 37, mais la fiche est rangée dans 36."
        " Corrigez le code ou déplacez la fiche dans offers/37/.",
    ),
}


@pytest.mark.parametrize(("texte", "gravite", "message"), CODES.values(), ids=CODES.keys())
def test_what_is_said_of_a_commune(tmp_path: Path, texte: str, gravite: Gravite, message: str) -> None:
    assert [(p.gravite, p.message) for p in lire(tmp_path, a=texte).problemes] == [(gravite, message)]


@pytest.mark.parametrize(
    ("code", "departement"),
    [("36001", "36"), ("2A004", "2A"), ("97411", "974"), ("97611", "976"), ("98735", "987"), ("96001", "96")],
)
def test_the_departement_of_a_code(code: str, departement: str) -> None:
    assert departement_du_code(code) == departement


# The last French ground (latitude, longitude) on each side of each territory, and a point beyond, at sea or abroad.
DEDANS = {
    "nord (Bray-Dunes)": (51.089, 2.545),
    "ouest (Ouessant)": (48.459, -5.141),
    "sud (Bonifacio)": (41.365, 9.22),
    "est (Prunete)": (42.328, 9.559),
    "Saint-Martin": (18.125, -63.05),
    "Saint-Martin, Terres-Basses": (18.07, -63.153),
    "Guadeloupe, La Désirade": (16.335, -61.004),
    "Martinique, Sainte-Anne": (14.389, -60.829),
    "Guyane, Awala-Yalimapo": (5.74, -53.93),
    "Guyane, Maripasoula": (2.112, -54.6),
    "Guyane, Ouanary": (4.21, -51.63),
    "Mayotte, Mtsamboro": (-12.638, 45.02),
    "Mayotte, Mamoudzou": (-12.78, 45.232),
    "Mayotte, Kani-Kéli": (-12.995, 45.1),
    "La Réunion, Saint-Denis": (-20.872, 55.447),
    "La Réunion, Saint-Philippe": (-21.389, 55.74),
    "La Réunion, Sainte-Rose": (-21.13, 55.836),
    "Saint-Pierre-et-Miquelon, nord": (47.144, -56.34),
    "Saint-Pierre": (46.749, -56.168),
    "Miquelon, ouest": (47.05, -56.405),
    "Nouvelle-Calédonie, Belep": (-19.55, 163.6),
    "Nouvelle-Calédonie, île des Pins": (-22.7, 167.45),
    "Chesterfield": (-19.88, 158.3),
    "Matthew et Hunter": (-22.4, 171.9),
    "Marquises": (-7.9, -140.65),
    "Rapa": (-27.64, -144.35),
    "Gambier": (-23.12, -134.97),
    "Scilly (Manuae)": (-16.5, -154.7),
    "Wallis": (-13.28, -176.18),
    "Futuna": (-14.32, -178.15),
}
DEHORS = {
    "Londres": (51.507, -0.128),
    "îles Scilly": (49.91, -6.29),
    "Sassari": (40.727, 8.56),
    "île d'Elbe": (42.81, 10.33),
    "Anguilla": (18.25, -63.05),
    "à l'ouest de Saint-Barthélemy": (17.9, -63.6),
    "Sainte-Lucie": (14.01, -60.99),
    "à l'est de La Désirade": (16.3, -60.3),
    "au nord de la Guyane": (6.4, -53.0),
    "Albina, au Suriname": (5.0, -55.1),
    "Oiapoque, au Brésil": (3.84, -51.2),
    "au sud de la Guyane": (1.6, -53.0),
    "Mohéli": (-12.3, 43.74),
    "au nord de Mayotte": (-12.2, 45.2),
    "à l'ouest de Mayotte": (-12.8, 44.6),
    "à l'est de La Réunion": (-21.1, 56.4),
    "au sud de La Réunion": (-22.0, 55.5),
    "Burin, à Terre-Neuve": (47.03, -55.17),
    "au nord de Miquelon": (47.6, -56.3),
    "au sud de Saint-Pierre": (46.3, -56.2),
    "à l'ouest de Miquelon": (46.9, -56.9),
    "Vanuatu": (-17.7, 168.3),
    "au sud de la Nouvelle-Calédonie": (-23.6, 167.0),
    "à l'ouest des Chesterfield": (-19.9, 157.4),
    "à l'est de Hunter": (-22.0, 172.6),
    "au nord des Marquises": (-7.0, -140.0),
    "au sud de Rapa": (-28.6, -144.0),
    "Aitutaki, aux îles Cook": (-18.86, -159.8),
    "à l'est des Gambier": (-23.0, -133.4),
    "à l'ouest de Manuae": (-16.5, -155.6),
    "au nord de Wallis": (-12.6, -176.2),
    "au sud de Futuna": (-15.0, -178.0),
    "Fidji, Vanua Balavu": (-14.2, -178.9),
    "à l'est de Wallis": (-13.3, -175.4),
}


@pytest.mark.parametrize("point", DEDANS.values(), ids=DEDANS.keys())
def test_the_last_french_ground_is_in_france(point: tuple[float, float]) -> None:
    assert en_france(*point)


@pytest.mark.parametrize("point", DEHORS.values(), ids=DEHORS.keys())
def test_what_lies_beyond_is_not(point: tuple[float, float]) -> None:
    assert not en_france(*point)


# Beyond 90 degrees east or west, a longitude in the place of a latitude is refused by the model itself.
INVERSABLES = {nom: point for nom, point in DEDANS.items() if abs(point[1]) <= 90}


@pytest.mark.parametrize("point", INVERSABLES.values(), ids=INVERSABLES.keys())
def test_coordinates_given_in_the_wrong_order_are_recognised(tmp_path: Path, point: tuple[float, float]) -> None:
    latitude, longitude = point
    (probleme,) = lire(tmp_path, a=f"{BONNE}latitude: {longitude}\nlongitude: {latitude}\n").problemes
    assert f"Vouliez-vous dire latitude {latitude} et longitude {longitude} ?" in probleme.message
    assert (probleme.gravite, probleme.regle, probleme.champ) == (Gravite.BLOQUANT, "coordonnees", "latitude")
