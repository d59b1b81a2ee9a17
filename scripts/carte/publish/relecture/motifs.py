"""Why one record is to be read again: what its own lines say, at a day, and what the checks doubt."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from carte.publish.direct import calendrier_connu
from carte.publish.relecture.heures import Vides, sans_passage, vides
from carte.publish.relecture.liens import Vu, motifs_des_liens
from carte.publish.relecture.manques import ESSENTIEL, manques
from carte.publish.relecture.modele import Groupe, Motif
from carte.publish.textes import date_longue, sans_bidi, telephone_lisible
from carte.records import dires
from carte.records.dires import Nature
from carte.records.rules.telephone import compact, region_attendue

if TYPE_CHECKING:
    from carte.choix import Seuils
    from carte.records import Enregistrement, Problem
    from carte.records.modele import Lieu

DOUTES = ("doublon", "coordonnees", "commune", "telephone")
"""Rules of the check whose advice only the place itself, or someone who knows it, can settle."""

_HEURES = "Quels sont aujourd’hui vos jours et heures d’ouverture ?"
_TOUJOURS = "Tout est-il toujours exact : horaires, adresse, téléphone, ce que l’on peut y faire ?"


def motifs(
    enregistrement: "Enregistrement",
    avis: "Sequence[Problem]",
    jour: date,
    seuils: "Seuils",
    vus: Mapping[str, Vu] = MappingProxyType({}),
) -> list[Motif]:
    """Every reason to read a published record again at a day; `avis`: what the check says of it; `vus`: what was seen
    of its addresses. Empty when it is fine, and for a place that has closed for good: nobody answers there any more."""
    lieu = enregistrement.lieu
    if dires.ferme_pour_toujours(lieu, jour):
        return []
    return [
        *_venues(enregistrement, jour),
        *_age(lieu, jour, seuils),
        *_doutes(enregistrement, avis),
        *motifs_des_liens(lieu, vus),
        *_manques(lieu),
    ]


def brouillon(enregistrement: "Enregistrement") -> Motif:
    """Why a record that says it is not complete is not published yet."""
    sans = "" if enregistrement.lieu.services else " Elle ne dit pas ce que l’on peut y faire."
    return Motif(Groupe.BROUILLON, f"La fiche attend d’être complétée.{sans}", "Que peut-on faire chez vous ?")


def _venues(enregistrement: "Enregistrement", jour: date) -> Iterator[Motif]:
    """What may bring someone for nothing."""
    lieu = enregistrement.lieu
    calendrier = calendrier_connu(enregistrement.departement, lieu.code_insee)
    ouvert = dires.fermeture_du_jour(lieu, jour) is None
    poses = [
        ("", lieu.horaires),
        *((f" de la permanence « {p.operateur} »", p.horaires) for p in lieu.permanences or ()),
    ]
    for de_qui, texte in poses:
        trouve = vides(texte, calendrier, jour) if ouvert else None
        if trouve is Vides.FINIES:
            yield _venue(f"Toutes les dates des horaires{sans_bidi(de_qui)} sont passées.", _HEURES)
        elif trouve is Vides.JAMAIS:
            question = "Le lieu est-il fermé pour toujours, et depuis quand ? Sinon, quand ouvre-t-il ?"
            yield _venue(f"Les horaires{sans_bidi(de_qui)} n’ouvrent jamais.", question)
    for arret in lieu.tournee or ():
        if sans_passage(arret, enregistrement.departement, jour):
            ou = sans_bidi(", ".join(filter(None, (arret.lieu, arret.commune))))
            yield _venue(f"Le dernier passage annoncé à {ou} est passé.", f"Quand passez-vous à {ou} ?")
    yield from _retours(lieu, jour)


def _venue(constat: str, question: str) -> Motif:
    return Motif(Groupe.VENUE_VAINE, constat, question)


def _retours(lieu: "Lieu", jour: date) -> Iterator[Motif]:
    """A return, or an opening, that was announced and that nobody has confirmed since."""
    vue = dires.a_jour_le(lieu)
    finies = [f.au for f in lieu.fermetures or () if vue <= f.au < jour]
    if finies and dires.fermeture_du_jour(lieu, jour) is None:
        question = "Avez-vous rouvert, aux mêmes heures ?"
        yield _venue(f"La fermeture annoncée a fini le {date_longue(max(finies))} ; rien n’a été dit depuis.", question)
    if lieu.date_ouverture is not None and vue < lieu.date_ouverture <= jour:
        yield _venue(
            f"Le lieu devait ouvrir le {date_longue(lieu.date_ouverture)}.", "Avez-vous ouvert ? À quelles heures ?"
        )
    periode = dires.fermeture_du_jour(lieu, jour)
    if periode is not None and periode.nature is Nature.TEMPORAIRE and (jour - periode.du).days > 365:
        yield _venue(f"Le lieu est dit fermé depuis le {date_longue(periode.du)}.", "Rouvrirez-vous, et quand ?")


def _age(lieu: "Lieu", jour: date, seuils: "Seuils") -> Iterator[Motif]:
    """The two ages: to be read again, then old."""
    age = dires.age_jours(lieu, jour)
    if age < seuils.fraicheur_jours:
        return
    groupe = Groupe.ANCIENNE if age >= seuils.ancienne else Groupe.A_RELIRE
    quoi = "Vérifiée" if dires.verifiee(lieu) else "Mise à jour"
    jamais = "" if lieu.verifie_le else ", jamais vérifiée"
    yield Motif(groupe, f"{quoi} pour la dernière fois le {date_longue(dires.a_jour_le(lieu))}{jamais}.", _TOUJOURS)


def _doutes(enregistrement: "Enregistrement", avis: "Sequence[Problem]") -> Iterator[Motif]:
    for probleme in avis:
        if probleme.regle in DOUTES:
            question = "Est-ce un autre lieu, ou le même ?" if probleme.regle == "doublon" else ""
            yield Motif(Groupe.DOUTE, sans_bidi(probleme.message), question)
    lieu = enregistrement.lieu
    attendue = region_attendue(compact(lieu.telephone), enregistrement.departement) if lieu.telephone else None
    if attendue is not None and lieu.telephone is not None:
        lisible = telephone_lisible(lieu.telephone)
        constat = f"Le {lisible} est un numéro d’une autre région : ici, ils commencent par {attendue}."
        yield Motif(Groupe.DOUTE, constat, "Ce numéro est-il celui que le public doit appeler ?")


def _manques(lieu: "Lieu") -> Iterator[Motif]:
    for manque in manques(lieu):
        if manque.poids >= ESSENTIEL:
            yield Motif(Groupe.MANQUE, manque.constat, manque.question)
