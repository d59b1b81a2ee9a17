"""The sheet as a PDF, one per place: tagged, same bytes for the same words, nothing of a record read as markup.

The dates of the next openings would age: the PDF gives the hours of the week, and the day it was made.
"""

import json
import re
import unicodedata
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typst

from carte.erreurs import ErreurCarte
from carte.publish.cadre.contexte import RACINE
from carte.publish.fermetures import annonces
from carte.publish.feuille.contenu import Feuille
from carte.publish.feuille.langues import mots_francais
from carte.publish.horaires import Tableau, passage, tableau
from carte.publish.libelles import Libelles
from carte.publish.textes import date_longue, sans_bidi
from carte.records import dires

if TYPE_CHECKING:
    from carte.config import Configuration
    from carte.records import Enregistrement
    from carte.records.modele import Arret, Lieu

# What the shipped fonts surely draw: Latin with its accents, Greek, Cyrillic, usual punctuation and signs. The rest
# (emoji, other scripts) shows as « � »; the page that the QR code opens has it whole.
INDESSINABLES = re.compile(
    r"[^\n\u0020-\u007e\u00a0-\u017f\u0386\u0388-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce\u0400-\u045f"
    r"\u1e80-\u1e85\u2010-\u2015\u2018-\u201e\u2020-\u2022\u2026\u202f\u2030\u2032\u2033\u2039\u203a\u20ac\u2116\u2122"
    r"\u2190-\u2193\u2212\ufffd]"
)
MODELE = RACINE / "site_src" / "templates" / "feuille.typ"
FERIES = "Les jours fériés, appelez avant de venir : ces horaires n’en disent rien."


class FeuilleImpossible(ErreurCarte):
    """A sheet could not be made."""


class Imprimeur:
    """One typst compiler, used for every place: it keeps its fonts and its template in memory. `polices`: folder of the
    site's fonts (`cadre.polices.pour_typst`)."""

    def __init__(self, configuration: "Configuration", libelles: Libelles, polices: Path) -> None:
        self._configuration, self._libelles = configuration, libelles
        # No font of the machine: another one gives the same bytes.
        connues = typst.Fonts(include_system_fonts=False, font_paths=[polices])
        self._compilateur = typst.Compiler(str(MODELE), root=str(MODELE.parent), font_paths=connues)
        jour = datetime.combine(configuration.date_publication, time(), UTC)
        self._instant = int(jour.timestamp())

    def pdf(self, enregistrement: "Enregistrement", feuille: Feuille, qr: str) -> bytes:
        """The bytes of one sheet. Raises FeuilleImpossible, in French, when typst refuses it."""
        donnees = json.dumps(self._donnees(enregistrement, feuille, qr), ensure_ascii=False)
        try:
            octets = self._compilateur.compile(
                format="pdf", sys_inputs={"donnees": donnees}, pdf_standards=["ua-1"], timestamp=self._instant
            )
        except typst.TypstError as erreur:
            raise FeuilleImpossible(f"{enregistrement.fichier} : la feuille PDF ne se fait pas ({erreur}).") from erreur
        assert isinstance(octets, bytes)  # one PDF was asked for, not pages
        return octets

    def _donnees(self, enregistrement: "Enregistrement", feuille: Feuille, qr: str) -> dict[str, Any]:
        """What the template reads: words that can be drawn, and the two images (our own SVG)."""
        lieu, jour, texte = enregistrement.lieu, date_longue(self._configuration.date_publication), feuille.texte
        images = {"plan": feuille.plan, "qr": qr}
        mots = {
            **{cle: texte[cle] for cle in ("nom", "adresse", "telephone", "situation", "apporter")},
            **_horaires(lieu, self._libelles, self._configuration.date_publication),
            "services": " · ".join(texte["services"]),
            "titre": f"{texte['nom']}, {lieu.commune}",
            "editeur": self._configuration.hub,
            "fictif": "Données fictives : ce lieu n’existe pas." if self._configuration.demonstration else "",
            "alt_plan": alt_plan(lieu.commune, texte["situation"]),
            "alt_qr": "Code à photographier avec un téléphone pour ouvrir la fiche du lieu",
            "avant": _avant_de_venir(texte),
            "edition": f"{_age(lieu)} Feuille éditée le {jour}. Les horaires ont pu changer : appelez avant de venir.",
        }
        return {**_lisible(mots), **images}


def _avant_de_venir(texte: dict[str, Any]) -> list[tuple[str, str]]:
    """Title and words of the price, the way in, the languages that are known, as the sheet of the browser says them."""
    mots = mots_francais()
    (gratuit, frais), (fauteuil, detail) = texte["prix"], texte["acces"]
    prix = {dires.Etat.OUI: mots["gratuit"], dires.Etat.NON: frais or mots["payant"]}.get(gratuit, "")
    acces = {dires.Etat.OUI: "fauteuilOui", dires.Etat.NON: "fauteuilNon", dires.Etat.NON_DIT: "fauteuilInconnu"}
    langues = ", ".join(mots[cle] for cle in texte["langues"])
    return [
        (mots["prix"], prix or frais or mots["prixInconnu"]),
        (mots["acces"], ". ".join(filter(None, (mots[acces[fauteuil]], detail)))),
        *([(mots["langues"], langues)] if langues else []),
    ]


def _age(lieu: "Lieu") -> str:
    cle = "verifiee" if dires.verifiee(lieu) else "age"
    return mots_francais()[cle].format(jour=date_longue(dires.a_jour_le(lieu)))


def alt_plan(commune: str, situation: list[str]) -> str:
    """The map in words."""
    return f"Plan des communes autour de {sans_bidi(commune)}. {' '.join(situation)}".strip()


def _horaires(lieu: "Lieu", libelles: Libelles, jour: date) -> dict[str, Any]:
    """Title, columns, rows and remarks of the table of the week, or of the stops."""
    fermetures = [f"{annonce.texte}." for annonce in annonces(lieu, jour)]
    if dires.ferme_pour_toujours(lieu, jour):
        vide = {"titre_horaires": "Horaires", "arrets": False, "colonnes": ["Jour", "Heures"], "horaires": []}
        return vide | {"remarques": fermetures}
    if lieu.tournee and not lieu.horaires:
        lignes = [_arret(arret, libelles) for arret in lieu.tournee]
        remarques = [*fermetures, "Un passage peut être annulé ou déplacé : appelez avant de venir."]
        return {
            "titre_horaires": "Arrêts",
            "arrets": True,
            "colonnes": ["Où", "Quand"],
            "horaires": lignes,
            "remarques": remarques,
        }
    inconnus = lieu.horaires_detail or "Non renseignés : appelez avant de venir."
    table = tableau(lieu.horaires) if lieu.horaires else Tableau((), inconnus)
    remarques = [table.brut] if table.brut else []
    if lieu.horaires and lieu.horaires_detail:
        remarques.append(lieu.horaires_detail)
    if table.lignes and not any("jours fériés" in intitule for intitule, _ in table.lignes):
        remarques.append(FERIES)
    if lieu.tournee:
        remarques.append("Ce service se déplace aussi : ses arrêts sont sur la fiche.")
    return {
        "titre_horaires": "Horaires habituels",
        "arrets": False,
        "colonnes": ["Jour", "Heures"],
        "horaires": list(table.lignes),
        "remarques": remarques + fermetures,
    }


def _arret(arret: "Arret", libelles: Libelles) -> tuple[str, str]:
    rythme = libelles.liste("frequences", [arret.frequence])[0]
    return " – ".join(filter(None, (arret.commune, arret.lieu))), passage(arret.horaires, rythme)


def _lisible(valeur: Any) -> Any:
    """The value with its texts as the fonts can draw them: another character would refuse the whole PDF (UA-1)."""
    if isinstance(valeur, str):
        return INDESSINABLES.sub("\ufffd", sans_bidi(unicodedata.normalize("NFC", valeur)))
    if isinstance(valeur, list | tuple):
        return [_lisible(v) for v in valeur]
    return {cle: _lisible(v) for cle, v in valeur.items()} if isinstance(valeur, dict) else valeur
