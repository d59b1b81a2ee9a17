"""What the browser needs to say the state of a place today: its compiled hours, closures, stops and permanences."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from carte import hours
from carte.hours import Arret as ArretHoraire
from carte.hours import Calendrier, Fermeture, Horaires
from carte.publish.atlas import Atlas
from carte.publish.textes import sans_bidi

if TYPE_CHECKING:
    from carte.records import Enregistrement
    from carte.records.modele import Arret

FICHIER_CALENDRIERS = "donnees/calendriers.json"


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


def donnees(enregistrement: "Enregistrement", atlas: Atlas) -> dict[str, Any] | None:
    """JSON values of a place for the browser; None when nothing of it changes with time or its clock is unknown.

    Rules are those of `Horaires.donnees()`; days are ISO dates; stops carry the commune whose clock they follow.
    """
    lieu = enregistrement.lieu
    ou = _horloge(enregistrement, atlas, lieu.code_insee, lieu.commune)
    if ou is None:
        return None
    brut: dict[str, Any] = {
        **ou,
        "regles": _regles(lieu.horaires),
        "fermetures": [
            {"du": f.du.isoformat(), "au": f.au.isoformat(), "motif": _propre(f.motif)} for f in lieu.fermetures or ()
        ],
        "arrets": [_arret(arret, enregistrement, atlas) for arret in lieu.tournee or ()],
        "permanences": [_regles(p.horaires) for p in lieu.permanences or ()],
    }
    utile = bool(brut["regles"] or brut["fermetures"] or brut["arrets"] or lieu.permanences)
    return {cle: valeur for cle, valeur in brut.items() if valeur} if utile else None


def ecrire_calendriers(enregistrements: "Iterable[Enregistrement]", atlas: Atlas, dossier: Path) -> None:
    """Write `donnees/calendriers.json`: the clocks and holidays of every département where a place or a stop stands."""
    codes: set[str] = set()
    for enregistrement in enregistrements:
        brut = donnees(enregistrement, atlas) or {}
        codes |= {ou["departement"] for ou in (brut, *brut.get("arrets", ())) if ou.get("departement")}
    fichier = dossier / FICHIER_CALENDRIERS
    fichier.parent.mkdir(parents=True, exist_ok=True)
    contenu = json.dumps(hours.donnees_calendriers(codes), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    fichier.write_text(contenu + "\n", encoding="utf-8")


def arret_horaire(arret: "Arret", fermetures: Iterable[Fermeture]) -> ArretHoraire:
    """A stop of a record, as the hours room knows it, with the closures of its service."""
    horaires = hours.avec_fermetures(horaires_compris(arret.horaires), fermetures)
    return ArretHoraire(horaires, arret.frequence, arret.prochain_passage)


def horloge_de_l_arret(arret: "Arret", enregistrement: "Enregistrement", atlas: Atlas) -> Calendrier | None:
    """The calendar that a stop follows."""
    ou = _horloge(enregistrement, atlas, arret.code_insee, arret.commune)
    return calendrier_connu(ou["departement"], ou["commune"]) if ou else None


def _arret(arret: "Arret", enregistrement: "Enregistrement", atlas: Atlas) -> dict[str, Any]:
    return {
        **(_horloge(enregistrement, atlas, arret.code_insee, arret.commune) or {}),
        "ou": " – ".join(_propre(mot) or "" for mot in (arret.commune, arret.lieu) if mot),
        "regles": _regles(arret.horaires),
        "frequence": arret.frequence,
        "ancre": arret.prochain_passage.isoformat() if arret.prochain_passage else None,
    }


def _horloge(enregistrement: "Enregistrement", atlas: Atlas, code: str | None, nom: str) -> dict[str, str] | None:
    """Département and commune whose clock and holidays apply, None when they have none."""
    commune = atlas.commune(code, nom, enregistrement.departement)
    departement = commune.departement if commune else enregistrement.departement
    insee = commune.code if commune else code or ""
    calendrier = calendrier_connu(departement, insee)
    return {"departement": calendrier.departement, "commune": insee} if calendrier else None


def _regles(texte: str | None) -> list[dict[str, Any]] | None:
    horaires = horaires_compris(texte)
    return horaires.donnees() if horaires else None


def _propre(texte: str | None) -> str | None:
    return sans_bidi(texte) if texte else None
