"""Rules on places: the commune's code and name, the département's folder, the point inside the outline."""

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from carte.ecrits.faute import Chemin, Faute, conseil
from carte.ecrits.texte import citer, replier
from carte.records.context import Geographie
from carte.records.modele import Enregistrement
from carte.records.rules.formes import avis_code_insee

# Farther than this from its commune, a point outside every known outline is wrong, not merely imprecise.
_LOIN_KM = 50.0
# Outlines are simplified and borders run along streets: nearer than this, the point is not discussed.
_TOLERANCE_KM = 0.2


class Endroit(NamedTuple):
    """A place of a record: the record itself, or one stop of its tour; `base` is its path in the record."""

    rang: int
    departement: str
    base: Chemin
    commune: str
    code_insee: str | None
    code_postal: str | None
    latitude: float | None
    longitude: float | None


def departement_du_code(code: str) -> str:
    """The département's part of an INSEE code: three characters overseas."""
    return code[:3] if code.startswith(("97", "98")) else code[:2]


def territoire(enregistrements: Sequence[Enregistrement], geographie: Geographie) -> Iterator[tuple[int, Faute]]:
    """Every fault of the codes, names and points of the whole tree, with the rank of its record.

    Outlines are asked once for the whole tree, and distances only of the points outside their commune.
    """
    places = [endroit for rang, e in enumerate(enregistrements) for endroit in _endroits(rang, e)]
    situes: list[tuple[Endroit, str]] = []
    for endroit in places:
        code, fautes = _code(endroit, geographie)
        yield from ((endroit.rang, faute) for faute in fautes)
        if code is not None and endroit.latitude is not None and endroit.longitude is not None:
            situes.append((endroit, code))
    for (endroit, code), trouve, distance in _egares(situes, geographie):
        yield endroit.rang, _hors_commune(endroit, code, trouve, distance, geographie)


def _endroits(rang: int, enregistrement: Enregistrement) -> Iterator[Endroit]:
    lieu, departement = enregistrement.lieu, enregistrement.departement
    yield Endroit(rang, departement, (), lieu.commune, lieu.code_insee, lieu.code_postal, lieu.latitude, lieu.longitude)
    for numero, arret in enumerate(lieu.tournee or ()):
        base = ("tournee", numero)
        yield Endroit(rang, departement, base, arret.commune, arret.code_insee, None, arret.latitude, arret.longitude)


Situe = tuple[Endroit, str]


def _egares(situes: list[Situe], geographie: Geographie) -> Iterator[tuple[Situe, str | None, float]]:
    """The points outside their commune, with the commune that holds them and the distance in kilometres.

    An outline that is not known proves nothing: its points are not discussed.
    """
    communes = geographie.communes_des_points(*_coordonnees(situes))
    douteux = [(situe, trouve) for situe, trouve in zip(situes, communes, strict=True) if trouve != situe[1]]
    ailleurs = [situe for situe, _ in douteux]
    distances = geographie.distances_to_commune([code for _, code in ailleurs], *_coordonnees(ailleurs))
    for (situe, trouve), distance in zip(douteux, distances, strict=True):
        if not math.isnan(distance) and distance > _TOLERANCE_KM:
            yield situe, trouve, float(distance)


def _coordonnees(situes: list[Situe]) -> tuple[list[float], list[float]]:
    """Longitudes, then latitudes."""
    return [e.longitude or 0.0 for e, _ in situes], [e.latitude or 0.0 for e, _ in situes]


def _code(endroit: Endroit, geographie: Geographie) -> tuple[str | None, list[Faute]]:
    """The current code of a place's commune, when it is known, and what is wrong with what is written."""
    code = endroit.code_insee
    if code is None:
        return _code_absent(endroit, geographie)
    if avis_code_insee(code) is not None:  # its shape is already at fault
        return None, []
    statut = geographie.statut(code)
    if statut == "inconnue":
        return None, [_code_inconnu(endroit, code, geographie)]
    actuel = code if statut == "actuelle" else geographie.successeur(code)
    if actuel is None:
        return None, [_code_inconnu(endroit, code, geographie)]
    anciens = _code_ancien(endroit, code, actuel, geographie) if statut == "ancienne" else ()
    return actuel, [*anciens, *_accord(endroit, code, actuel, geographie)]


def _place(endroit: Endroit, champ: str) -> Chemin:
    return (*endroit.base, champ)


def _code_absent(endroit: Endroit, geographie: Geographie) -> tuple[str | None, list[Faute]]:
    place = _place(endroit, "commune")
    depend = (_place(endroit, "code_insee"),)
    codes = geographie.codes_du_nom(endroit.commune, endroit.departement)
    commune = citer(endroit.commune)
    if len(codes) == 1:
        message = f'Ajoutez le code Insee de {commune} : code_insee: "{codes[0]}".'
        return codes[0], [conseil(place, message, "code-insee", commune, depend)]
    if codes:
        candidats = ", ".join(f"{code} ({geographie.nom(code)})" for code in codes)
        message = f"Plusieurs communes du département {endroit.departement} s'appellent « {commune} » : {candidats}. "
        return None, [Faute(place, message + "Précisez « code_insee ».", "code-insee", valeur=commune, depend=depend)]
    trouve = _commune_du_point(endroit, geographie)
    message = f"« {commune} » n'est le nom d'aucune commune du département {endroit.departement}."
    if trouve is not None:
        message += f" D'après les coordonnées, c'est {geographie.nom(trouve)} (code Insee {trouve})."
        return trouve, [conseil(place, message, "commune", commune, depend)]
    message += " Corrigez le nom ou ajoutez « code_insee »."
    return None, [Faute(place, message, "commune", valeur=commune, depend=depend)]


def _commune_du_point(endroit: Endroit, geographie: Geographie) -> str | None:
    if endroit.latitude is None or endroit.longitude is None:
        return None
    return geographie.commune_du_point(endroit.longitude, endroit.latitude)


def _code_inconnu(endroit: Endroit, code: str, geographie: Geographie) -> Faute:
    codes = geographie.codes_du_nom(endroit.commune, endroit.departement)
    nature = (
        "est un code postal, pas un code Insee" if code == endroit.code_postal else "n'est le code d'aucune commune"
    )
    propose = f" Le code Insee de {geographie.nom(codes[0])} est {codes[0]}." if len(codes) == 1 else ""
    return Faute(_place(endroit, "code_insee"), f"« {code} » {nature}.{propose}", "code-insee", valeur=code)


def _code_ancien(endroit: Endroit, code: str, actuel: str, geographie: Geographie) -> Iterator[Faute]:
    message = f"« {code} » est un ancien code : la commune est aujourd'hui {geographie.nom(actuel)} ({actuel})."
    yield conseil(_place(endroit, "code_insee"), message, "code-insee", code)


def _accord(endroit: Endroit, code: str, actuel: str, geographie: Geographie) -> Iterator[Faute]:
    """The code agrees with the folder, then with the written name."""
    departement = departement_du_code(actuel)
    if not endroit.base and departement != endroit.departement:
        message = (
            f"La commune {actuel} ({geographie.nom(actuel)}) est dans le département {departement}, mais la fiche est "
            f"rangée dans {endroit.departement}. Corrigez le code ou déplacez la fiche dans offers/{departement}/."
        )
        yield Faute(_place(endroit, "code_insee"), message, "departement", valeur=code)
    elif code == actuel and not _meme_commune(endroit.commune, actuel, departement, geographie):
        yield _desaccord(endroit, code, geographie)


def _meme_commune(nom: str, code: str, departement: str, geographie: Geographie) -> bool:
    """Whether a written name is the commune's: its name folded, or an old or postal name that leads to it."""
    return replier(nom) == replier(geographie.nom(code) or "") or code in geographie.codes_du_nom(nom, departement)


def _desaccord(endroit: Endroit, code: str, geographie: Geographie) -> Faute:
    commune = citer(endroit.commune)
    codes = geographie.codes_du_nom(endroit.commune, endroit.departement)
    depend = (_place(endroit, "code_insee"),)
    if code == endroit.code_postal and len(codes) == 1:
        message = f"« {code} » est le code postal de {commune} ; son code Insee est {codes[0]}."
        return Faute(
            _place(endroit, "code_insee"), message, "code-insee", valeur=code, depend=(_place(endroit, "commune"),)
        )
    message = f"Le code {code} est celui de « {geographie.nom(code)} », pas de « {commune} »."
    if len(codes) == 1:
        message += f" Le code Insee de {commune} est {codes[0]}."
    return conseil(_place(endroit, "commune"), message, "commune", commune, depend)


def _hors_commune(endroit: Endroit, code: str, trouve: str | None, distance: float, geographie: Geographie) -> Faute:
    place = _place(endroit, "latitude")
    depend = (_place(endroit, "longitude"), _place(endroit, "code_insee"))
    nom = geographie.nom(code)
    valeur = f"{endroit.latitude}, {endroit.longitude}"
    message = f"Le point est à {_km(distance)} de {nom}"
    if trouve is not None and departement_du_code(trouve) != departement_du_code(code):
        autre = f"{geographie.nom(trouve)}, département {departement_du_code(trouve)}"
        return Faute(place, f"{message}, dans {autre}.", "coordonnees", valeur=valeur, depend=depend)
    if trouve is None and distance > _LOIN_KM:
        message += " et hors des communes connues : corrigez les coordonnées."
        return Faute(place, message, "coordonnees", valeur=valeur, depend=depend)
    suite = f", dans {geographie.nom(trouve)}" if trouve is not None else ""
    return conseil(place, f"{message}{suite}. Vérifiez les coordonnées et la commune.", "coordonnees", valeur, depend)


def _km(distance: float) -> str:
    return f"{distance * 1000:.0f} m" if distance < 1 else f"{distance:.1f} km".replace(".", ",")
