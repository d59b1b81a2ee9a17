"""The five figures that can be read aloud, each with its numerator, its denominator and its date."""

from collections.abc import Iterator
from dataclasses import dataclass

from carte.indicators import format_quantite
from carte.publish.report import phrases
from carte.publish.report.deficits import en_deficit
from carte.publish.report.lignes import Ligne
from carte.publish.report.sujet import Sujet

# Beyond this number of names, a sentence read aloud sends to the table.
_NOMS_LUS = 4


@dataclass(frozen=True, slots=True)
class Chiffre:
    """One figure: a title, its sentences, its date, the codes of its definitions, the part of the report it sums up."""

    titre: str
    phrases: tuple[str, ...]
    date: str
    codes: tuple[str, ...]
    partie: str


def chiffres(sujet: Sujet) -> list[Chiffre]:
    """The five figures, in the report's order."""
    return [_offre(sujet), _acces(sujet), _panier(sujet), _debit(sujet), _cumul(sujet)]


def _offre(sujet: Sujet) -> Chiffre:
    ligne = sujet.ligne
    lieux, habitants = ligne.nombre("lieux"), ligne.nombre("population")
    densite = ligne.mesure("O1_lieux").valeur
    pour = "" if densite is None else f", soit {format_quantite(densite, 1)} pour 10 000 habitants"
    recense = f"La carte recense {phrases.compter(lieux, 'lieu')}" if lieux else "Aucun lieu n’est recensé"
    familles = " ; ".join(f"{nom} : {phrases.effectif(ligne.nombre(f'O1_{cle}_num'))}" for cle, nom in sujet.familles)
    return Chiffre(
        "L’offre",
        (
            f"{recense} pour {phrases.compter(habitants, 'habitant')}{pour}.{_hors_service(ligne)}",
            f"{familles} (un lieu peut compter plusieurs fois).",
        ),
        f"{sujet.date_lieux}, {sujet.date_population}",
        ("O1",),
        "offre",
    )


def _hors_service(ligne: Ligne) -> str:
    """How many places the figures leave out because they are closed; nothing when there are none."""
    fermes, a_ouvrir = ligne.nombre("lieux_fermes"), ligne.nombre("lieux_pas_encore_ouverts")
    dits = [phrases.compter(fermes, "lieu fermé", "lieux fermés")] if fermes else []
    dits += [phrases.compter(a_ouvrir, "lieu pas encore ouvert", "lieux pas encore ouverts")] if a_ouvrir else []
    return f" Hors de ces chiffres, à la date de publication : {phrases.enumerer(dits)}." if dits else ""


def _acces(sujet: Sujet) -> Chiffre:
    ligne, seuils = sujet.ligne, sujet.seuils
    voiture = ligne.part(f"A2_voiture_{sujet.seuil}")
    velo, pied = ligne.part(f"A3_velo_{seuils.velo[0]}"), ligne.part(f"A3_pied_{seuils.pied}")
    return Chiffre(
        "L’accès, en voiture et sans voiture",
        (
            f"À {sujet.seuil} minutes au plus en voiture d’un lieu : {phrases.part_complete(voiture, 'habitant')}. "
            f"{_majuscule(phrases.sur_incertain_non(voiture))}.",
            f"À {seuils.velo[0]} minutes au plus à vélo : {phrases.part_complete(velo, 'habitant')} ; "
            f"à {seuils.pied} minutes au plus à pied : {phrases.part_complete(pied, 'habitant')}.",
        ),
        f"{sujet.date_lieux}, {sujet.date_population} ; {_minuscule(sujet.mention_temps)}",
        ("A2", "A3"),
        "acces",
    )


def _panier(sujet: Sujet) -> Chiffre:
    ligne, seuil = sujet.ligne, sujet.seuil
    formation, panier = ligne.part(f"A2_voiture_{seuil}_formation"), ligne.part(f"A6_voiture_{seuil}")
    seuils = sujet.seuils
    velo, pied = ligne.part(f"A3_velo_{seuils.velo[0]}_formation"), ligne.part(f"A3_pied_{seuils.pied}_formation")
    return Chiffre(
        "La formation, et toute l’offre à la fois",
        (
            f"À {seuil} minutes au plus en voiture d’un lieu qui forme : "
            f"{phrases.part_complete(formation, 'habitant')} ; à {seuils.velo[0]} minutes à vélo : "
            f"{phrases.part_complete(velo, 'habitant')} ; à {seuils.pied} minutes à pied : "
            f"{phrases.part_complete(pied, 'habitant')}.",
            f"À {seuil} minutes au plus en voiture d’une aide aux démarches, d’une formation et d’un équipement : "
            f"{phrases.part_complete(panier, 'habitant')}. {_majuscule(phrases.sur_incertain_non(panier))}.",
        ),
        f"{sujet.date_lieux}, {sujet.date_population} ; {_minuscule(sujet.mention_temps)}",
        ("A2", "A3", "A6"),
        "acces",
    )


def _debit(sujet: Sujet) -> Chiffre:
    inconnus = sujet.ligne.nombre(f"B1_{sujet.seuils.classe_debit}_inconnus")
    manque = "" if not inconnus else f" Sans chiffre : {phrases.compter(inconnus, 'commune')}."
    return Chiffre(
        "L’internet fixe",
        (
            f"Locaux sans {sujet.classe_debit} par un réseau filaire : "
            f"{phrases.part_complete(sujet.debit, 'local')}.{manque}",
        ),
        sujet.date_debit,
        ("B1",),
        "besoins",
    )


def _cumul(sujet: Sujet) -> Chiffre:
    return Chiffre(
        "Les manques qui s’ajoutent",
        (*_habitants_en_cumul(sujet), *_intercommunalites(sujet)),
        f"{sujet.date_lieux}, {sujet.date_population}, {sujet.date_debit} ; {_minuscule(sujet.mention_temps)}",
        ("G1", "G3"),
        "deficits",
    )


def _habitants_en_cumul(sujet: Sujet) -> Iterator[str]:
    part = sujet.ligne.part(f"G1_{sujet.seuil}")
    if part.bornes is None:
        yield f"Habitants à plus de {sujet.seuil} minutes d’un lieu et sans bon débit filaire : {phrases.taux(part)}."
        return
    bas, haut = phrases.effectif(part.bas), phrases.effectif(part.haut)
    estimation = (
        phrases.compter(part.numerateur, "habitant") if part.numerateur is not None else f"de {bas} à {haut} habitants"
    )
    ecart = f" (intervalle : {bas} à {haut})" if part.numerateur is not None and bas != haut else ""
    yield (
        f"À plus de {sujet.seuil} minutes en voiture d’un lieu et sans bon débit filaire : {estimation}{ecart} sur "
        f"{phrases.effectif(part.denominateur)} (estimation)."
    )


def _intercommunalites(sujet: Sujet) -> Iterator[str]:
    """Which EPCI lack: any place, then a training place (the family that is most often missing)."""
    for colonne, quoi in ((f"G3_{sujet.seuil}", "à un lieu"), (f"G3_{sujet.seuil}_formation", "à une formation")):
        noms, incertains = en_deficit(sujet, colonne), en_deficit(sujet, colonne, "incertain")
        doute = f" ; incertain : {_noms(incertains)}" if incertains else ""
        yield f"En déficit d’accès {quoi} : {_noms(noms)}{doute}."


def _noms(noms: list[str]) -> str:
    if not noms:
        return "aucune intercommunalité"
    if len(noms) > _NOMS_LUS:
        return f"{phrases.compter(len(noms), 'intercommunalité')} (liste en partie 5)"
    return phrases.enumerer(noms)


def _majuscule(texte: str) -> str:
    return texte[:1].upper() + texte[1:]


def _minuscule(texte: str) -> str:
    return texte[:1].lower() + texte[1:]
