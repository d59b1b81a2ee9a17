"""Targets of what people write: a record, opening hours, hours in French, a configuration."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from carte import hours, records
from carte.config import lire as lire_configuration
from carte.ecrits.fichier import EcritInvalide
from carte.ecrits.octets import nettoyer
from carte.ecrits.yaml_strict import lire as lire_yaml
from carte.hours import phrase
from carte.hours.phrase.mots import HorairesNonCompris
from carte.records.commentaires import lire_commentaires
from carte.records.write import mise_en_page
from fuzz.cible import Cible
from hours.test_phrase import LUES, REFUSEES
from publish.fiches_tirees import HORAIRES
from records.monde import BONNE, JOUR, contexte
from sites import RACINE

_COMPLETE = f"""{BONNE}latitude: 46.05
longitude: 1.05
telephone: "+33536490101" # le midi
courriels: [contact@mairie.example]
horaires: Mo-Fr 09:00-12:00
site_web:
  - https://www.mairie.example/
permanences:
  - operateur: CAF
    horaires: Mo 09:00-12:00
tournee:
  - {{commune: Valbourg, frequence: hebdomadaire}}
presentation_detail: |
  Deux salles # au fond

  et une cour
provenance:
  nom: {{source: Site, date: 2026-01-01}}
"""
_DE_FICHE = (
    *(b"easter -999999 days off", b"+33 6 12 34 56 78", b"36/a--b", b"2026-11-31", b"oui", b"12:30", b".inf", b"0x1F"),
    *(
        b"[a, b]",
        b"{a: 1}",
        b'"a\\0b"',
        b"'",
        b"!!str 1",
        b"| ",
        b"? ",
        b"- ",
        b"* a",
        b"<<<<<<< HEAD",
        b"\xe2\x80\x93 ",
    ),
)
_D_HORAIRES = tuple(
    mot.encode()
    for mot in (
        *(
            "Mo",
            "Su",
            "PH",
            "SH",
            "-",
            ",",
            "; ",
            " || ",
            "09:00-12:00",
            "26:00",
            "48:00",
            "+",
            "off",
            "unknown",
            '"x"',
        ),
        *(
            "week 1-53/2",
            "easter",
            " -81 days",
            "Feb 29",
            "2026",
            "9999",
            "[5]",
            "[-1]",
            "/0",
            " ",
            "Jan-",
            "24/7",
            "é",
        ),
    )
)
_DE_PHRASE = tuple(
    mot.encode()
    for mot in (
        *(
            "lundi",
            "au",
            "et",
            "9h",
            "12h30",
            "-",
            "à",
            "sauf",
            "fermé",
            "sur rendez-vous",
            "1er",
            "du mois",
            "semaine",
        ),
        *("paire", "matin", "après-midi", "août", "jours fériés", ";", "/", ",", ".", "02 54", "h", "midi", "parfois"),
    )
)
_DE_CONFIGURATION = (
    *(
        b"true",
        b"oui",
        b"no",
        b"null",
        b"~",
        b"0",
        b"-1",
        b"1e3",
        b".nan",
        b"012",
        b"2026-13-01",
        b"9999-12-31",
        b"[36]",
    ),
    *(
        b"2026-11-02 10:00:00",
        b"{a: 1}",
        b"javascript:alert(1)",
        b"/dev/zero",
        b"../..",
        b'"a\\0b"',
        b"- a",
        b"{revision: x}",
    ),
)


def fiche(dossier: Path) -> Cible:
    """Read whole or refused at a place that exists; what is read, written again, is read alike with its comments."""
    offres = dossier / "offers"
    (offres / "36").mkdir(parents=True)
    fichier, cadre = offres / "36" / "essai.yml", contexte()

    def relire() -> records.FicheLue:
        return records.lire_une(records.Fichier(str(fichier), "offers/36/essai.yml", "36/essai"), cadre)

    def essayer(octets: bytes) -> bool:
        fichier.write_bytes(octets)
        lue = relire()
        assert (lue.lieu is not None) is not records.bloque(lue.problemes)
        _places(lue.problemes, octets)
        if lue.lieu is None or not lue.lieu.services:
            return False
        commentaires = lire_commentaires(lue.octets)
        ecrite = mise_en_page(lue.lieu, a_completer=lue.a_completer, commentaires=commentaires)
        fichier.write_text(ecrite, encoding="utf-8")
        seconde = relire()
        assert seconde.lieu == lue.lieu, seconde.problemes
        assert seconde.lieu is not None
        commentaires = lire_commentaires(seconde.octets)
        assert mise_en_page(seconde.lieu, a_completer=lue.a_completer, commentaires=commentaires) == ecrite
        return True

    return Cible("fiche", (_COMPLETE.encode(), BONNE.encode()), essayer, _DE_FICHE, cout=8)


def _places(problemes: Any, octets: bytes) -> None:
    """Every problem stands at a line that exists, and is said in French."""
    lignes = octets.count(b"\n") + octets.count(b"\r") + octets.count(b"\x85") + 2
    for probleme in problemes:
        assert 1 <= probleme.ligne <= lignes or probleme.regle == "trop", probleme
        assert probleme.colonne >= 1
        assert "ne peut pas être lu : " not in probleme.message, probleme  # libyaml's English showing through
        assert "ne convient pas : " not in probleme.message, probleme  # pydantic's


_INSTANTS = [datetime(2026, 11, 2, 9, 30, tzinfo=UTC), datetime(2026, 10, 25, 0, 59, tzinfo=UTC)]
_INSTANTS += [datetime(2028, 2, 29, 23, 59, tzinfo=UTC)]


def horaires(_: Path) -> Cible:
    """Every time and note written is in a rule; what is read is evaluated, said, and comes back from JSON."""
    calendrier = hours.calendrier("36")

    def essayer(octets: bytes) -> bool:
        texte = octets.decode("utf-8", "replace")[:1_000]
        try:
            lus = hours.parse(texte)
        except hours.HorairesInvalides as refus:
            assert 0 <= refus.position <= len(texte)
            assert refus.suggestion is None or hours.parse(refus.suggestion)
            return False
        assert hours.depuis_donnees(json.loads(json.dumps(lus.donnees()))) == lus.regles
        ecrites = set(_heures(texte))
        dites = {borne for r in lus.regles for debut, fin, _ in r.heures for borne in (debut, fin)}
        assert ecrites <= dites | {borne - 1440 for borne in dites} | {borne + 1440 for borne in dites}, lus.regles
        for note in _notes(texte):
            assert any(note.strip() == regle.commentaire.strip() for regle in lus.regles), note
        hours.lignes(lus)
        hours.conseils(lus, JOUR)
        minutes = lus.minutes_hebdo()
        assert minutes is None or 0 <= minutes <= 7 * 1440
        for instant in _INSTANTS:
            hours.phrase_etat(lus, instant, calendrier)
        return True

    graines = tuple(texte.encode() for texte in HORAIRES)
    return Cible("horaires", graines, essayer, _D_HORAIRES, cout=3)


def _heures(texte: str) -> list[int]:
    """The minutes of the times written outside notes."""
    sans_notes = re.sub(r'"[^"]*"', " ", texte)
    return [int(h) * 60 + int(m) for h, m in re.findall(r"(?<!\d)(\d\d):(\d\d)(?!\d)", sans_notes)]


def _notes(texte: str) -> list[str]:
    morceaux = texte.split('"')
    return morceaux[1::2] if len(morceaux) % 2 else []


def francais(_: Path) -> Cible:
    """What is read, our engine reads; with one more word that means nothing, it is read no more."""

    def essayer(octets: bytes) -> bool:
        texte = octets.decode("utf-8", "replace")[:400]
        try:
            ecrit = phrase.lire(texte)
        except HorairesNonCompris as refus:
            assert str(refus)
            return False
        hours.parse(ecrit)
        mots = texte.split(" ")
        rang = len(texte) % (len(mots) + 1)
        for mot in ("ponctuellement", "gnaf"):
            try:
                relu = phrase.lire(" ".join([*mots[:rang], mot, *mots[rang:]]))
            except HorairesNonCompris:
                continue
            raise AssertionError(f"« {mot} » est perdu : {relu}")
        return True

    graines = tuple(texte.encode() for texte in (*LUES, *REFUSEES))
    return Cible("francais", graines, essayer, _DE_PHRASE, cout=0.3)


def configuration(dossier: Path) -> Cible:
    """What is taken has the type and the characters that its author wrote; the rest is refused at places that exist."""
    fichier = dossier / "carte.yml"

    def essayer(octets: bytes) -> bool:
        fichier.write_bytes(octets)
        try:
            lue = lire_configuration(fichier, dossier)
        except EcritInvalide as refus:
            assert refus.problemes
            _places(refus.problemes, octets)
            return False
        donnees = lire_yaml(nettoyer(octets)[0]).donnees
        assert list(lue.departements) == [code.strip() for code in donnees["departements"]]
        assert lue.date_publication.isoformat() == donnees["date_publication"]
        assert lue.url.startswith(("https://", "http://"))
        assert {"nom": lue.nom, "hub": lue.hub} == {nom: str(donnees[nom]).strip() for nom in ("nom", "hub")}
        assert lue.demonstration is donnees.get("demonstration", False)
        for cle, defaut in (("adresse", False), ("tuiles", False)):
            assert getattr(lue.options, cle) is (donnees.get("options") or {}).get(cle, defaut)
        return True

    graine = (RACINE / "carte.yml").read_bytes()
    return Cible("configuration", (graine,), essayer, _DE_CONFIGURATION, cout=8)
