"""What the official layers give of the fictional département: classes of communes, equipment, labels, quarters, buses.

Small enough to be counted by hand: `tests/demo` says what each is expected to give. As everywhere in the demonstration,
the commune that the broadband files do not know is in none.
"""

import json
from collections.abc import Iterable, Sequence

from carte.demo.besoins import MILLESIME, SOURCE
from carte.demo.communes import COMMUNE_NOUVELLE, DEPARTEMENT, CommuneFictive, communes
from carte.demo.contours import contours, decaler

_NOMS = {commune.code: commune.nom for commune in communes()}
_EN_REVITALISATION = "249900028"  # CC des Hautes Bruyères
_NIVEAUX = ((20_000, "centre majeur"), (5_000, "centre structurant"), (1_900, "centre intermédiaire"))
_AVEC_FRANCE_SERVICES = ("99004", "99028", "99043", "99058", "99062")
_AVEC_POSTE_DES = 600  # inhabitants
_AVEC_BANQUE_DES = 2_000
_POSTE_INCONNUE = "99013"
# A list made elsewhere: five places known by their number, three by their name, two that the map does not have.
_LABELLISES = (
    ("Point médiation du Beffroi", "99058", "FS-99-001", "France services"),
    ("France services Beaupré", "99004", "FS-99-002", "France services"),
    ("Mirebois", "99028", "FS-99-003", "France services"),
    ("Villeneuve", "99062", "FS-99-004", "France services"),
    ("Sablonnière", "99043", "FS-99-005", "France services"),
    ("Médiathèque de Valbourg", "99058", "", "Aidants Connect"),
    ("Médiathèque de Montclar-l'Abbaye", "99029", "", "Aidants Connect"),
    ("Bibliothèque Jeanne-Sablon", "99011", "", "Aidants Connect"),
    ("Espace numérique de Bellelande", "99005", "", "Aidants Connect"),
    ("Point multimédia de Quincampeau", "99041", "", "Aidants Connect"),
)
# Code, name, commune, people (None: secret), half its side and how far east of the mairie, in metres.
_QUARTIERS: tuple[tuple[str, str, str, int | None, int, int], ...] = (
    ("QN09901M", "Faubourg d'Erve", "99058", 2_400, 350, 0),
    ("QN09902M", "Les Hautes Tours", "99028", None, 150, 900),
)
# Network, who runs it; commune -> departures of a weekday, at its mairie (empty: its timetable has no weekday).
_RESEAUX = (
    ("valbus", "Valbus (fictif)", {"99058": "40", "99004": "20", "99011": "12", "99009": "3"}),
    ("cars-de-la-lone", "Cars de la Lône (fictifs)", {"99028": "6", "99046": "6", "99039": "5"}),
    ("navette-des-plages", "Navette des plages (fictive)", {"99043": "", "99022": ""}),
)


def frr() -> str:
    """`frr.csv`: one EPCI is classified, and one commune nouvelle in part."""
    classees = {c.code: "oui" if c.epci == _EN_REVITALISATION else "non" for c in _decrites()}
    return _table(("code_insee", "classement"), (classees | {COMMUNE_NOUVELLE: "partiel"}).items())


def centralites() -> str:
    """`centralites.csv`: how much of a centre each commune is."""
    return _table(("code_insee", "niveau"), ((c.code, _niveau(c)) for c in _decrites()))


def equipements() -> str:
    """`equipements.csv`: a mairie everywhere; one commune does not say whether it has a post office."""
    lignes = []
    for c in _decrites():
        poste = "" if c.code == _POSTE_INCONNUE else str(int(c.population >= _AVEC_POSTE_DES))
        banques, france_services = int(c.population >= _AVEC_BANQUE_DES), int(c.code in _AVEC_FRANCE_SERVICES)
        lignes.append((c.code, 1, france_services, poste, banques))
    return _table(("code_insee", "mairies", "france_services", "poste", "banques"), lignes)


def labels() -> str:
    """`labels.csv`: a list of labelled places made elsewhere, without dates."""
    lignes = [(nom, _NOMS[code], code, numero, label, "", "", SOURCE) for nom, code, numero, label in _LABELLISES]
    colonnes = ("nom", "commune", "code_insee", "numero", "label", "depuis", "jusqua", "source")
    return "".join(";".join(ligne) + "\n" for ligne in (colonnes, *lignes))


def quartiers() -> str:
    """`qpv.geojson`: two quarters, of which one does not say its people."""
    lignes = ",\n".join(
        json.dumps(_quartier(*quartier), ensure_ascii=False, separators=(",", ":")) for quartier in _QUARTIERS
    )
    return '{"type":"FeatureCollection","features":[\n' + lignes + "\n]}\n"


def arrets_tc() -> str:
    """`arrets_tc.csv`: two networks, and one that only runs on Sundays, whose weekday departures are unknown."""
    lignes = [
        (reseau, f"{reseau}-{code}", *contours()[code].mairie, departs, exploitant, MILLESIME)
        for reseau, exploitant, arrets in _RESEAUX
        for code, departs in arrets.items()
    ]
    colonnes = ("reseau", "arret", "longitude", "latitude", "departs_par_jour", "source", "millesime")
    return "".join(";".join(map(str, ligne)) + "\n" for ligne in (colonnes, *lignes))


def _niveau(commune: CommuneFictive) -> str:
    return next((nom for des, nom in _NIVEAUX if commune.population >= des), "autre commune")


def _quartier(code: str, nom: str, commune: str, population: int | None, demi_m: int, est_m: int) -> dict[str, object]:
    milieu = decaler(contours()[commune].mairie, est_m, 0)
    coins = ((-demi_m, -demi_m), (demi_m, -demi_m), (demi_m, demi_m), (-demi_m, demi_m), (-demi_m, -demi_m))
    dits = {"code": code, "nom": nom, "commune": _NOMS[commune], "code_departement": DEPARTEMENT}
    return {
        "type": "Feature",
        "geometry": {"type": "Polygon", "coordinates": [[decaler(milieu, *coin) for coin in coins]]},
        "properties": dits | {"population": population},
    }


def _decrites() -> Iterable[CommuneFictive]:
    return (c for c in communes() if c.reseau is not None and c.departement == DEPARTEMENT)


def _table(colonnes: Sequence[str], lignes: Iterable[Sequence[object]]) -> str:
    completes = [(*colonnes, "source", "millesime"), *((*ligne, SOURCE, MILLESIME) for ligne in lignes)]
    return "".join(";".join(map(str, ligne)) + "\n" for ligne in completes)
