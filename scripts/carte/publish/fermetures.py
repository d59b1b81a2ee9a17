"""Closures in words, the same on the fiche, the sheet and the lists."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from carte.publish.textes import date_longue, sans_bidi
from carte.records import dires
from carte.records.dires import Nature, Periode

if TYPE_CHECKING:
    from carte.records.modele import Lieu


@dataclass(frozen=True, slots=True)
class Annonce:
    """One closure: a clause without a full stop, and why when the record says it."""

    texte: str
    motif: str


def annonces(lieu: "Lieu", jour: date) -> list[Annonce]:
    """The closures that are not over at the day of publication."""
    return [Annonce(_phrase(periode, jour), sans_bidi(periode.motif or "")) for periode in dires.fermetures(lieu, jour)]


def fait(lieu: "Lieu", jour: date) -> str:
    """What a list says of a place that is closed that day; empty when it is open."""
    periode = dires.fermeture_du_jour(lieu, jour)
    if periode is None:
        return ""
    if periode.nature is Nature.TEMPORAIRE:
        return f"fermé jusqu’au {date_longue(periode.au)}"
    return _phrase(periode, jour)[:1].lower() + _phrase(periode, jour)[1:]


def _phrase(periode: Periode, jour: date) -> str:
    if periode.nature is Nature.AVANT_OUVERTURE:
        return f"Pas encore ouvert : ouvre le {date_longue(periode.au + timedelta(days=1))}"
    du = date_longue(periode.du)
    if periode.nature is Nature.DEFINITIVE:
        return f"Fermé définitivement depuis le {du}" if periode.du <= jour else f"Fermera définitivement le {du}"
    return f"Fermé le {du}" if periode.du == periode.au else f"Fermé du {du} au {date_longue(periode.au)}"
