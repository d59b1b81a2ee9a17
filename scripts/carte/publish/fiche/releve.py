"""Where a place that has closed for good sends who comes with its old address: the nearest one that receives."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from carte.publish.proximite import distance_km
from carte.publish.textes import sans_bidi
from carte.records import dires

if TYPE_CHECKING:
    from carte.publish.atlas import Atlas, Point
    from carte.records import Enregistrement

# The services of the closed place are looked for this far; beyond, any place is better than none.
_LOIN_KM = 30.0


@dataclass(frozen=True, slots=True)
class Releve:
    """The nearest other place: its id, its name, its town, and how far as the crow flies."""

    identifiant: str
    nom: str
    ville: str
    km: float


def releves(enregistrements: "Sequence[Enregistrement]", atlas: "Atlas", jour: date) -> dict[str, Releve]:
    """For each place that has closed for good at a day, the nearest other that receives people then.

    One that gives some of the same services within 30 km comes before a nearer one that gives none; a place whose
    position is not known sends to its commune's page only.
    """
    fermes = [e for e in enregistrements if dires.ferme_pour_toujours(e.lieu, jour)]
    if not fermes:
        return {}
    ouverts = [p for p in atlas.points(enregistrements) if _recoit(p, jour)]
    trouves = {}
    for ferme in fermes:
        if (releve := _releve(ferme, ouverts, atlas)) is not None:
            trouves[ferme.identifiant] = releve
    return trouves


def _recoit(point: "Point", jour: date) -> bool:
    lieu = point.enregistrement.lieu
    ouvert = dires.fermeture_du_jour(lieu, jour) is None
    return point.lat is not None and ouvert and dires.accueille_public(lieu) is not dires.Etat.NON


def _releve(ferme: "Enregistrement", ouverts: "Sequence[Point]", atlas: "Atlas") -> Releve | None:
    depart = next(iter(atlas.points([ferme])))
    mesures = [(km, p.enregistrement.identifiant, p) for p in ouverts if (km := distance_km(depart, p)) is not None]
    siens = set(ferme.lieu.services)
    memes = [m for m in mesures if m[0] <= _LOIN_KM and not siens.isdisjoint(m[2].enregistrement.lieu.services)]
    km, identifiant, point = min(memes or mesures, key=lambda m: m[:2], default=(0.0, "", None))
    if point is None:
        return None
    return Releve(identifiant, sans_bidi(point.enregistrement.lieu.nom), sans_bidi(point.ville), km)
