"""What the browser needs to know of calendars: time zones, public and school holidays, as JSON values.

The browser computes Easter and nothing else; all the rest comes from the tables of this room, written once.
"""

from collections.abc import Iterable
from typing import Any

from carte.hours.calendar import FUSEAUX_DES_COMMUNES, calendrier
from carte.hours.holidays import NATIONAUX, Feries, feries_locaux
from carte.hours.school import DEBUT, FIN, PERIODES, PONTS


def donnees_calendriers(codes_departements: Iterable[str]) -> dict[str, Any]:
    """JSON values for these départements: `nationaux` (`fixes` [month, day, name], `mobiles` [days after Easter,
    name]), `departements` code → {fuseau, zone, fixes, mobiles}, `communes` code → time zone, `ecole` {du, au,
    ponts, zones}.

    Raises ValueError, in French, for a code that is no département.
    """
    calendriers = {code: calendrier(code) for code in sorted(set(codes_departements))}
    zones = sorted({c.zone_scolaire for c in calendriers.values() if c.zone_scolaire})
    return {
        "nationaux": _feries(NATIONAUX),
        "departements": {
            code: {"fuseau": c.fuseau, "zone": c.zone_scolaire, **_feries(feries_locaux(c.departement))}
            for code, c in calendriers.items()
        },
        "communes": {code: f for code, f in FUSEAUX_DES_COMMUNES.items() if code[:3] in calendriers},
        "ecole": {
            "du": DEBUT.isoformat(),
            "au": FIN.isoformat(),
            "ponts": sorted(jour.isoformat() for jour in PONTS),
            "zones": {
                zone: [[du.isoformat(), au.isoformat(), nom] for du, au, nom in PERIODES[zone]] for zone in zones
            },
        },
    }


def _feries(feries: Feries) -> dict[str, Any]:
    return {
        "fixes": [[mois, jour, nom] for (mois, jour), nom in feries.fixes.items()],
        "mobiles": [[decalage, nom] for decalage, nom in feries.mobiles.items()],
    }
