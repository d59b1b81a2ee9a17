"""The action sheets of one report as a document to fill in: the figures are there, the decisions are to be written."""

from typing import TYPE_CHECKING, Any

from carte.publish.documents.blocs import Document, Section, Tableau
from carte.publish.report.actions import A_COMPLETER, NOTE_OBJECTIF
from carte.publish.textes import date_longue, sans_bidi, typographie

if TYPE_CHECKING:
    from carte.publish.report.actions import FicheAction
    from carte.publish.report.edition import Edition

_MARGE, _RESTE = 36, 144


def document(edition: "Edition") -> Document:
    """The sheets of a report, in its order; none when no territory is surely in deficit."""
    sujet, configuration = edition.sujet, edition.sujet.picture.configuration
    date = date_longue(configuration.date_publication)
    presentation = [
        "Une fiche par territoire en déficit, remplie par les chiffres. Les cases vides sont à écrire par les acteurs "
        "du territoire ; tout le texte peut être changé.",
        NOTE_OBJECTIF,
        f"{sujet.mention_temps}. Ce qui n’est pas connu n’est jamais compté comme « non » ou comme zéro.",
        f"Rapport complet, publié le {date} : {configuration.url}rapports/{sujet.code}/",
    ]
    if configuration.demonstration:
        presentation.insert(0, "Données fictives : aucun de ces lieux n’existe.")
    brut = Document(
        f"Fiches d’action : {sujet.nom}",
        configuration.hub,
        f"{configuration.nom} – fiches d’action, {sujet.nom}, chiffres publiés le {date}",
        tuple(presentation),
        tuple(_section(fiche, rang, sujet.seuil) for rang, fiche in enumerate(edition.actions, start=1)),
    )
    propre: Document = _propre(brut)
    return propre


def _section(fiche: "FicheAction", rang: int, seuil: int) -> Section:
    return Section(
        f"Fiche d’action {rang} : {fiche.territoire}",
        (
            Tableau(
                "",
                (_MARGE, _RESTE),
                (),
                ((("Constat",), fiche.constats), (("Enjeu",), fiche.enjeux), (("Mesure",), fiche.mesures)),
            ),
            Tableau(
                "Objectif quantitatif",
                (72, 27, 27, 27, 27),
                (
                    f"Habitants à plus de {seuil} minutes en voiture de…",
                    *("Aujourd’hui", "Année 3, proposé", "Année 6, proposé", "Retenu"),
                ),
                tuple(((c.offre,), *((nombre,) for nombre in c.nombres), ()) for c in fiche.cibles),
            ),
            Tableau("À décider", (_MARGE, _RESTE), (), tuple(((titre,), ()) for titre in A_COMPLETER)),
            Tableau(
                "Indicateurs de suivi",
                (16, 62, 62, 20, 20),
                ("Code", "Indicateur", "Valeur de départ", "Année 3", "Année 6"),
                tuple((*((texte,) for texte in ligne), (), ()) for ligne in fiche.suivi),
            ),
        ),
    )


def _propre(valeur: Any) -> Any:
    """The same value with French spaces and no direction control in its texts."""
    if isinstance(valeur, str):
        return typographie(sans_bidi(valeur))
    if isinstance(valeur, tuple):
        return tuple(_propre(v) for v in valeur)
    if isinstance(valeur, Document | Section | Tableau):
        return type(valeur)(*(_propre(getattr(valeur, champ)) for champ in type(valeur).__dataclass_fields__))
    return valeur
