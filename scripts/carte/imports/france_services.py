"""The national list of France services places (ANCT): one CSV row per place, hours in one column per day.

The label guarantees help with administrative procedures (charter of France services, annex to the circular of
1 July 2019): this is the only service written. Whether a place also trains is not in this list.
"""

import re
from datetime import date

from carte.hours.phrase import JOURS, Plages
from carte.imports import fichiers, nuance, rendez_vous, tournee
from carte.imports.capitales import phrase_sans_capitales, sans_capitales
from carte.imports.communs import SANS_COMMUNE, conclure, contacts, finir, nommer, poser_lieu
from carte.imports.localiser import Indices, localiser
from carte.imports.modele import ContexteImport, Conversion, ImportImpossible, Lecture, LigneSource, Nature, Recueil
from carte.imports.semaine import jour_inconnu
from carte.imports.textes import departement, nettoyer
from carte.records.modele import Label, Provenance

NOM, LICENCE = "ANCT, liste des France services", "Licence Ouverte 2.0"
SOURCE = f"{NOM} ({LICENCE})"
AIDE = "Aide aux démarches administratives"
_COLONNES_JOURS = tuple(f"h_{jour}" for jour in JOURS[:6])  # the list has no Sunday: it says nothing of it
_OBLIGATOIRES = (
    *("id_fs", "lib_fs", "adresse", "insee_com", "lib_com", "insee_dep", "latitude", "longitude"),
    *("format_fs", "labellisation_fs", *_COLONNES_JOURS),
)
_FIXES = {"Fixe", "Fixe_antenne(s)"}
_MOBILES = {"Bus_équivalent", "Itinérante"}
_PLAGE = re.compile(r"(\d\d):([0-5]\d) - (\d\d):([0-5]\d)")
_ECARTEES: dict[str, tuple[str, ...] | None] = {
    "id_fs": None,  # becomes the row's identifier
    "insee_dep": None,  # first digits of the commune's code; a disagreement is listed
    "type_fs": ("Principal",),
    "format_fs": tuple(_FIXES),
}


def lire(octets: bytes) -> Lecture:
    """Rows of the list, whatever its separator and encoding. Raises ImportImpossible when the file is not this list."""
    inventaire = fichiers.lire(octets, _OBLIGATOIRES)
    absentes = [nom for nom in _OBLIGATOIRES if nom not in inventaire.colonnes]
    if absentes:
        raise ImportImpossible(f"Ce n'est pas la liste des France services : il manque « {' », « '.join(absentes)} ».")
    lignes = [
        LigneSource(r.numero, f"france-services:{r.valeurs['id_fs']}", r.valeurs["lib_fs"], r.valeurs, r.defaut)
        for r in inventaire.rangees
    ]
    doubles = len(lignes) - len({ligne.identifiant for ligne in lignes})
    if doubles:
        raise ImportImpossible(f"Identifiants « id_fs » répétés dans le fichier : {doubles}.")
    return Lecture(lignes, inventaire.detecte)


def convertir(ligne: LigneSource, contexte: ContexteImport) -> Conversion:
    """One row → a record. `contexte.date_source` is the date of the list: its rows have none."""
    if contexte.date_source is None:
        raise ImportImpossible(
            "La liste des France services n'a pas de date dans ses lignes : indiquez celle du fichier "
            "(par exemple dans son nom : liste-fs-20240801.csv)."
        )
    recueil = Recueil(ligne)
    if ligne.defaut:
        return conclure(recueil, None, ligne.defaut)
    v = recueil.valeur
    indices = Indices(v("insee_com"), v("lib_com"), [v("insee_dep")], v("latitude"), v("longitude"))
    place = localiser(indices, contexte.geographie)
    recueil.remarques += place.remarques
    if place.code_insee is None:
        return conclure(recueil, None, SANS_COMMUNE, place.possibles)
    poser_lieu(
        recueil,
        place,
        contexte,
        adresse=nettoyer(v("adresse")),
        code_postal=v("code_postal"),
        commune=v("lib_com"),
        colonne_commune="lib_com",
    )
    nommer(recueil, "lib_fs")
    recueil.champs["complement_adresse"] = v("complement_adresse") or None
    recueil.reprendre("insee_com", "latitude", "longitude")
    contacts(
        recueil, departement(place.code_insee), telephones=("telephone",), courriels=("mail",), sites=("site_web",)
    )
    recueil.ajouter("typologie", "RFS")
    recueil.ajouter("dispositif_programmes_nationaux", "France Services")
    recueil.rendre(AIDE)
    _label(recueil)
    _rattachement(recueil)
    semaine = _semaine(recueil)
    _format(recueil, semaine, departement(place.code_insee), contexte)
    _rendez_vous(recueil)
    return finir(recueil, place.code_insee, SOURCE, contexte.date_source, _ECARTEES)


def _label(recueil: Recueil) -> None:
    trouve = re.fullmatch(r"Espace labellisé (\d\d)/(\d\d)/(\d{4})", recueil.valeur("labellisation_fs"))
    depuis = None
    if trouve is not None:
        try:
            depuis = date(int(trouve[3]), int(trouve[2]), int(trouve[1]))
            recueil.reprendre("labellisation_fs")
        except ValueError:
            recueil.remarquer(Nature.A_RELIRE, "labellisation_fs", "Date de labellisation illisible.")
    recueil.champs["labels"] = [Label(nom="France services", depuis=depuis, source=SOURCE)]


def _rattachement(recueil: Recueil) -> None:
    if recueil.valeur("groupe_fs"):
        recueil.champs["structure_parente"] = sans_capitales(recueil.valeur("groupe_fs"))
    if recueil.valeur("type_fs") == "Antenne":
        recueil.details.append("Antenne d'un autre espace France services.")


def _semaine(recueil: Recueil) -> dict[int, Plages]:
    """Hours by rank of day; an empty column says nothing. A day that cannot be read is listed, never guessed."""
    semaine: dict[int, Plages] = {}
    for rang, colonne in enumerate(_COLONNES_JOURS):
        texte = recueil.valeur(colonne)
        if not texte:
            continue
        plages = _plages(texte)
        if plages is None:
            message = "Plages qui se chevauchent ou vides : les heures de ce jour sont à confirmer."
            recueil.remarquer(Nature.CONTRADICTION, colonne, message)
            continue
        semaine[rang] = plages
        recueil.reprendre(colonne)
    return semaine


def _plages(texte: str) -> Plages | None:
    """ "09:00 - 12:00 / 14:00 - 17:00" → minutes; None when a range is empty or overlaps another.

    "00:00 - 00:00" is what the form writes for nothing: it is skipped beside a real range. A range written twice is
    one, and two that touch are one: whatever the form cut there, the door stays open.
    """
    morceaux = [_PLAGE.fullmatch(morceau) for morceau in texte.split(" / ")]
    if not all(morceaux):
        return None
    minutes = {(int(m[1]) * 60 + int(m[2]), int(m[3]) * 60 + int(m[4])) for m in morceaux if m} - {(0, 0)}
    plages: Plages = []
    for debut, fin in sorted(minutes):
        if debut >= fin or (plages and debut < plages[-1][1]):
            return None
        if plages and debut == plages[-1][1]:
            plages[-1] = (plages[-1][0], fin)
        else:
            plages.append((debut, fin))
    return plages if plages and plages[-1][1] <= 1440 else None


def _format(recueil: Recueil, semaine: dict[int, Plages], dep: str, contexte: ContexteImport) -> None:
    """Hours go to the address of a fixed place, to the stops of a mobile one, and nowhere when neither is sure."""
    forme, commentaire = recueil.valeur("format_fs"), recueil.valeur("commentaire")
    complete = not any(r.champ in _COLONNES_JOURS for r in recueil.remarques)
    if re.search(r"[a-zA-Z]", commentaire):
        recueil.details.append(commentaire)
        recueil.reprendre("commentaire")
    if forme in _MOBILES:
        recueil.champs["itinerance"] = ["Itinérant"]
        recueil.reprendre("format_fs")
        _mobile(recueil, semaine, complete, dep, contexte)
    elif forme in _FIXES:
        recueil.champs["itinerance"] = ["Fixe"]
    if forme in _MOBILES:
        return
    if not semaine:
        _en_toutes_lettres(recueil, "À vérifier avec le lieu")
        return
    if forme not in _FIXES and (commentaire or not complete):
        _a_confirmer(recueil, semaine, "plusieurs sites : à confirmer avec le lieu")
        return
    horaires, restreint = nuance.ecrire(semaine, commentaire)
    _horaires(recueil, semaine, horaires)
    if restreint and rendez_vous.lire(commentaire) != [(-1, "")]:
        _a_cote(recueil)


def _a_confirmer(recueil: Recueil, semaine: dict[int, Plages], motif: str) -> None:
    """Hours of somewhere: nobody is told that this address is open."""
    _horaires(recueil, semaine, nuance.a_confirmer(semaine, motif))
    recueil.remarquer(Nature.A_RELIRE, "format_fs", "Horaires à confirmer : ils ne sont pas sûrs à cette adresse.")
    _a_cote(recueil)


def _horaires(recueil: Recueil, semaine: dict[int, Plages], horaires: str) -> None:
    """The week as written; a day that could not be read is unknown, with its words."""
    non_lus = {rang: recueil.valeur(c) for rang, c in enumerate(_COLONNES_JOURS) if recueil.valeur(c)}
    inconnus = [jour_inconnu(rang, texte) for rang, texte in non_lus.items() if rang not in semaine]
    recueil.champs["horaires"] = "; ".join(filter(None, (horaires, *inconnus)))


def _a_cote(recueil: Recueil) -> None:
    """The comment stands beside the hours that it may restrict."""
    commentaire = recueil.valeur("commentaire")
    if commentaire in recueil.details:
        recueil.remarquer(
            Nature.A_RELIRE, "commentaire", "Ce commentaire peut restreindre les horaires : il est écrit à côté d'eux."
        )
        recueil.details.remove(commentaire)
        recueil.champs["horaires_detail"] = phrase_sans_capitales(commentaire)


def _mobile(recueil: Recueil, lues: dict[int, Plages], complete: bool, dep: str, contexte: ContexteImport) -> None:
    """A tour when its stops are understood; else the days and hours when the bus is somewhere, to be confirmed."""
    commentaire = recueil.valeur("commentaire")
    semaine = lues if complete else {}
    arrets, restes = tournee.lire(commentaire, semaine, dep, contexte.geographie) if commentaire else ([], [])
    if arrets:
        recueil.champs["tournee"] = arrets
        recueil.provenance["tournee"] = Provenance(source=SOURCE, texte=commentaire)
        recueil.champs["tournee_a_preciser"] = [phrase_sans_capitales(reste) for reste in restes] or None
    for reste in restes:
        recueil.remarquer(Nature.A_RELIRE, "commentaire", "Passage non compris : gardé en toutes lettres.", reste)
    if arrets or not lues:
        _en_toutes_lettres(recueil, "Les jours de tournée")
    else:
        _a_confirmer(recueil, lues, "en tournée : lieu de passage à confirmer")
    if not arrets:
        recueil.remarquer(Nature.A_RELIRE, "format_fs", "Service itinérant sans tournée comprise : arrêts à compléter.")


def _en_toutes_lettres(recueil: Recueil, titre: str) -> None:
    dits = [(jour, recueil.valeur(f"h_{jour}").replace(" - ", "-").replace(" / ", ",")) for jour in JOURS[:6]]
    jours = [f"{jour} {heures.replace('-', ' à ').replace(',', ', ')}" for jour, heures in dits if heures]
    if jours:
        recueil.champs["horaires_detail"] = f"{titre} : {' ; '.join(jours)}."
        recueil.reprendre(*_COLONNES_JOURS)


def _rendez_vous(recueil: Recueil) -> None:
    """The list says yes or no, never an address: it cannot be the online booking of the standard."""
    if recueil.valeur("prise_rdv") == "Oui":
        recueil.details.append("Prise de rendez-vous possible.")
        recueil.reprendre("prise_rdv")
