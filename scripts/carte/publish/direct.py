"""What the browser needs to say the state of a place today: its compiled hours, closures, stops and permanences."""

from collections.abc import Iterable
from datetime import date
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Any

from carte import hours
from carte.hours import Arret as ArretHoraire
from carte.hours import Calendrier, Fermeture, Horaires
from carte.publication import Chantier
from carte.publish.atlas import Atlas
from carte.publish.ecriture import json_serre
from carte.publish.reprise import SANS_REPRISE, Reprise
from carte.publish.textes import sans_bidi
from carte.records import dires

if TYPE_CHECKING:
    from carte.records import Enregistrement
    from carte.records.modele import Arret, Lieu

FICHIER_CALENDRIERS = "donnees/calendriers.json"
MOTIFS = {
    dires.Nature.TEMPORAIRE: None,
    dires.Nature.DEFINITIVE: "fermeture définitive",
    dires.Nature.AVANT_OUVERTURE: "pas encore ouvert",
}


def horaires_compris(texte: str | None) -> Horaires | None:
    """The hours of a text; None when there is none, or when it cannot be read (the fiche then shows it as it is)."""
    try:
        return hours.parse(texte) if texte else None
    except hours.HorairesInvalides:
        return None


def calendrier_connu(departement: str, code_insee: str | None) -> Calendrier | None:
    """The calendar of a place; None when its département has none (no state is then said: a clock is not guessed)."""
    try:
        return hours.calendrier(departement, code_insee)
    except ValueError:
        return None


def fermetures(lieu: "Lieu", jour: date) -> list[Fermeture]:
    """The closures that are not over at a day, as the hours room takes them; the last one of a place never ends."""
    return [
        (jour if periode.du == date.min else periode.du, periode.au, periode.motif or MOTIFS[periode.nature])
        for periode in dires.fermetures(lieu, jour)
    ]


def fermetures_en_donnees(lieu: "Lieu", jour: date) -> list[dict[str, str]]:
    """The same for the browser."""
    return [
        {"du": du.isoformat(), "au": au.isoformat(), **({"motif": sans_bidi(motif)} if motif else {})}
        for du, au, motif in fermetures(lieu, jour)
    ]


def donnees(enregistrement: "Enregistrement", atlas: Atlas, jour: date) -> dict[str, Any] | None:
    """JSON values of a place for the browser; None when nothing of it changes with time or its clock is unknown.

    Rules are those of `Horaires.donnees()`; days are ISO dates; stops carry the commune whose clock they follow;
    closures that were over at `jour` are left out.
    """
    lieu = enregistrement.lieu
    ou = _horloge(enregistrement, atlas, lieu)
    if ou is None:
        return None
    brut: dict[str, Any] = {
        **ou,
        "regles": _regles(lieu.horaires),
        "fermetures": fermetures_en_donnees(lieu, jour),
        "arrets": [_arret(arret, enregistrement, atlas) for arret in lieu.tournee or ()],
        "permanences": [_regles(p.horaires) for p in lieu.permanences or ()],
    }
    utile = bool(brut["regles"] or brut["fermetures"] or brut["arrets"] or lieu.permanences)
    return {cle: valeur for cle, valeur in brut.items() if valeur} if utile else None


def ecrire_calendriers(
    enregistrements: "Iterable[Enregistrement]",
    atlas: Atlas,
    jour: date,
    site: Chantier,
    reprise: Reprise = SANS_REPRISE,
) -> None:
    """Write `donnees/calendriers.json`: the clocks and holidays of every département where a place or a stop stands."""
    codes: set[str] = set()
    for departement, groupe in groupby(enregistrements, lambda e: e.departement):
        fiches = tuple(groupe)
        selon = reprise.avec(reprise.sceaux(fiches))
        codes |= selon.valeur(f"calendriers {departement}", partial(_horloges, fiches, atlas, jour))
    site.ecrire(FICHIER_CALENDRIERS, json_serre(hours.donnees_calendriers(codes), trie=True))


def _horloges(enregistrements: "Iterable[Enregistrement]", atlas: Atlas, jour: date) -> set[str]:
    """The départements whose clock these records follow."""
    bruts = (donnees(enregistrement, atlas, jour) or {} for enregistrement in enregistrements)
    return {ou["departement"] for b in bruts for ou in (b, *b.get("arrets", ())) if ou.get("departement")}


def arret_horaire(arret: "Arret", fermetures: Iterable[Fermeture]) -> ArretHoraire:
    """A stop of a record, as the hours room knows it, with the closures of its service."""
    horaires = hours.avec_fermetures(horaires_compris(arret.horaires), fermetures)
    return ArretHoraire(horaires, arret.frequence, arret.prochain_passage)


def horloge_de_l_arret(arret: "Arret", enregistrement: "Enregistrement", atlas: Atlas) -> Calendrier | None:
    """The calendar that a stop follows."""
    ou = _horloge(enregistrement, atlas, arret)
    return calendrier_connu(ou["departement"], ou["commune"]) if ou else None


def _arret(arret: "Arret", enregistrement: "Enregistrement", atlas: Atlas) -> dict[str, Any]:
    return {
        **(_horloge(enregistrement, atlas, arret) or {}),
        "ou": " – ".join(_propre(mot) or "" for mot in (arret.commune, arret.lieu) if mot),
        "regles": _regles(arret.horaires),
        "frequence": arret.frequence,
        "ancre": arret.prochain_passage.isoformat() if arret.prochain_passage else None,
    }


def _horloge(enregistrement: "Enregistrement", atlas: Atlas, pose: "Lieu | Arret") -> dict[str, str] | None:
    """Département and commune whose clock and holidays apply, None when they have none."""
    commune = atlas.commune(pose)
    departement = commune.departement if commune else enregistrement.departement
    insee = commune.code if commune else pose.code_insee or ""
    calendrier = calendrier_connu(departement, insee)
    return {"departement": calendrier.departement, "commune": insee} if calendrier else None


def _regles(texte: str | None) -> list[dict[str, Any]] | None:
    horaires = horaires_compris(texte)
    return horaires.donnees() if horaires else None


def _propre(texte: str | None) -> str | None:
    return sans_bidi(texte) if texte else None
