"""What every source's mapper does alike: name and address, contacts, hours in a sentence, and the record at the end."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Literal

from pydantic import ValidationError

from carte.ecrits.conformite import details_de
from carte.ecrits.messages import decrire
from carte.hours import phrase
from carte.imports import nuance, textes
from carte.imports.capitales import crie, phrase_sans_capitales, sans_capitales
from carte.imports.localiser import Place
from carte.imports.modele import ContexteImport, Conversion, Nature, Recueil, Remarque
from carte.imports.personnes import MASQUE
from carte.records.modele import Lieu, Provenance
from carte.records.personnes import courriel_personnel, est_mobile

_JOUR_APRES_DES_BLANCS = re.compile(rf"[ \t]{{2,}}(?=(?:{'|'.join(phrase.JOURS)})\b)", re.IGNORECASE)
# Holds the place of the services while the rest of a record without any is validated.
_DE_TENUE = "Aide aux démarches administratives"
SANS_COMMUNE = "La commune de cette ligne n'a pas pu être trouvée."
RESUME_MAX = 280
Mobiles = Literal["seul", "garder", "masquer"]
SANS_SERVICE = "Aucun service du référentiel n'est dit par cette ligne."


def nommer(recueil: Recueil, colonne: str) -> None:
    """The place keeps the name it is given, words in capitals aside; its commune is known."""
    nom = recueil.valeur(colonne)[:300]
    recueil.champs["nom"] = sans_capitales(nom, str(recueil.champs.get("commune") or ""))
    if crie(nom):
        recueil.remarquer(
            Nature.A_RELIRE, colonne, "Nom en capitales, remis en minuscules : à écrire comme sur la porte."
        )


def poser_lieu(
    recueil: Recueil,
    place: Place,
    contexte: ContexteImport,
    *,
    adresse: str,
    code_postal: str,
    commune: str,
    colonne_commune: str = "",
) -> None:
    """Address and commune; the commune takes its official name."""
    assert place.code_insee is not None
    officiel = contexte.geographie.nom(place.code_insee)
    recueil.champs |= {
        "commune": officiel or commune,
        "code_insee": place.code_insee,
        "adresse": sans_capitales(adresse[:300]) or None,
        "latitude": place.latitude,
        "longitude": place.longitude,
    }
    if officiel and textes.normaliser(commune) == textes.normaliser(officiel):
        recueil.reprendre(colonne_commune)
    if len(code_postal) == 5 and code_postal.isdigit():
        recueil.champs["code_postal"] = code_postal


def contacts(
    recueil: Recueil,
    departement: str,
    *,
    telephones: Sequence[str] = (),
    courriels: Sequence[str] = (),
    sites: Sequence[str] = (),
    mobiles: Mobiles = "seul",
) -> None:
    """Phone, e-mails, sites, from the columns that may hold some: the sure ones are taken, the rest is listed.

    A record has one telephone; the others are written in its presentation. A number that begins with 06 or 07 is often
    somebody's, and a named mailbox always is: neither is copied anywhere, unless it is the only way to reach the place
    (`mobiles` says otherwise).
    """
    for colonne in telephones:
        _telephones(recueil, colonne, departement, mobiles)
    # The mailboxes of the place first: those of people are only taken when nothing else reaches it.
    for colonne in sorted(courriels, key=lambda c: not _du_lieu(textes.courriels(recueil.valeur(c))[0])):
        _courriels(recueil, colonne)
    for colonne in sites:
        gardes, laisses = textes.sites(recueil.valeur(colonne))
        _adresses(recueil, colonne, "site_web", gardes, laisses)


def _adresses(recueil: Recueil, colonne: str, champ: str, gardes: Sequence[str], laisses: Sequence[str]) -> None:
    if gardes:
        recueil.ajouter(champ, *gardes)
    for morceau in laisses if any(map(str.isalnum, "".join(laisses))) else ():
        recueil.remarquer(Nature.A_RELIRE, colonne, "Adresse non reprise : incomplète, ou masquée.", morceau)
    if not laisses:
        recueil.reprendre(colonne)


def _du_lieu(adresses: Sequence[str]) -> list[str]:
    return [adresse for adresse in adresses if courriel_personnel(adresse) != "courriel"]


def _courriels(recueil: Recueil, colonne: str) -> None:
    gardes, laisses = textes.courriels(recueil.valeur(colonne))
    du_lieu = _du_lieu(gardes)
    nommes = len(gardes) > len(du_lieu)
    if nommes and (du_lieu or "telephone" in recueil.champs or "courriels" in recueil.champs):
        recueil.remarquer(Nature.NON_REPRIS, colonne, "Courriel au nom d'une personne : non repris.", MASQUE)
        gardes = du_lieu
    elif nommes:
        message = "Courriel au nom d'une personne, seul moyen de joindre le lieu : repris. Demandez-en un autre."
        recueil.remarquer(Nature.A_RELIRE, colonne, message, MASQUE)
    _adresses(recueil, colonne, "courriels", gardes, laisses)


def _telephones(recueil: Recueil, colonne: str, departement: str, mobiles: Mobiles) -> None:
    brut = recueil.valeur(colonne)
    trouves, entier = textes.telephones(brut, departement)
    fixes = [numero for numero in trouves if not est_mobile(numero)]
    # The number of a place may come after a mobile, in another column: it then takes its place.
    deja = str(recueil.champs.get("telephone") or "")
    if fixes and mobiles == "seul" and est_mobile(deja):
        recueil.champs.pop("telephone")
        recueil.remarquer(Nature.NON_REPRIS, colonne, "Numéro de mobile, à côté d'un autre : non repris.", MASQUE)
    numeros = trouves if mobiles == "garder" or (mobiles == "seul" and not (fixes or deja)) else fixes
    if mobiles == "seul":
        numeros = numeros[:1] if numeros and est_mobile(numeros[0]) else numeros
    if len(numeros) < len(trouves):
        recueil.remarquer(Nature.NON_REPRIS, colonne, "Numéro de mobile : non repris.", MASQUE)
    elif not trouves and any(lettre.isdigit() for lettre in brut):
        recueil.remarquer(Nature.A_RELIRE, colonne, "Ce numéro n'est pas un vrai numéro français : non repris.")
    for numero in numeros:
        if "telephone" not in recueil.champs:
            recueil.champs["telephone"] = numero
        elif numero != recueil.champs["telephone"]:
            recueil.details.append(f"Autre téléphone : {numero}")
    if numeros and entier:
        recueil.reprendre(colonne)


def url_seule(recueil: Recueil, champ: str, colonne: str, texte: str) -> None:
    """A field that holds one web address."""
    gardes, laisses = textes.sites(texte)
    if gardes:
        recueil.champs[champ] = gardes[0]
    for morceau in (*gardes[1:], *laisses):
        recueil.remarquer(Nature.A_RELIRE, colonne, "Ce n'est pas une adresse web : non reprise.", morceau)


def horaires_du_texte(recueil: Recueil, source: str, colonne: str, colonne_jours: str, jours: Sequence[str]) -> None:
    """Hours of a sentence: translated when wholly understood, else shown as written and listed."""
    texte = recueil.valeur(colonne)
    if texte in {"", "True", "False"}:
        return
    avec_jours = f"{texte} ({', '.join(jours)})" if jours else texte
    try:
        recueil.champs["horaires"] = phrase.lire(texte, jours)
    except phrase.HorairesNonCompris as raison:
        _en_toutes_lettres(recueil, texte, jours)
        recueil.remarquer(Nature.A_RELIRE, colonne, f"Horaires gardés en toutes lettres : {raison}.", avec_jours)
    else:
        recueil.provenance["horaires"] = Provenance(source=source, texte=avec_jours)
    recueil.reprendre(colonne, colonne_jours)


def _en_toutes_lettres(recueil: Recueil, texte: str, jours: Sequence[str]) -> None:
    """Hours as the place wrote them, one day per line when the form lost its ends of lines; a text that speaks of no
    time goes to the presentation."""
    nomme_un_jour = textes.contient(texte, phrase.JOURS)
    if not nomme_un_jour and not textes.contient(texte, (r"\d", r"rendez[- ]vous", r"\brdv\b")):
        recueil.details.append(texte)
        return
    if jours and not nomme_un_jour:
        texte = f"{', '.join(jours)} : {texte}"
    recueil.champs["horaires_detail"] = re.sub(_JOUR_APRES_DES_BLANCS, "\n", texte.strip())


def nuancer(recueil: Recueil, colonne: str) -> None:
    """A comment that may restrict the hours makes them conditional and stands beside them; another one goes to the
    presentation."""
    texte = recueil.valeur(colonne)
    if not any(map(str.isalpha, texte)):
        return
    recueil.reprendre(colonne)
    horaires = recueil.champs.get("horaires")
    if not isinstance(horaires, str) or not nuance.jours_restreints(texte):
        recueil.details.append(texte)
        return
    message = "Ce commentaire peut restreindre les horaires : ils sont à confirmer, et il est écrit à côté d'eux."
    recueil.remarquer(Nature.A_RELIRE, colonne, message)
    recueil.champs["horaires"] = nuance.conditionner(horaires, texte)
    avant = f"{horaires}\n" if recueil.champs["horaires"] is None else ""
    recueil.champs["horaires_detail"] = avant + phrase_sans_capitales(texte)


def finir(
    recueil: Recueil, code_insee: str, source: str, maj: date, ecartees: Mapping[str, tuple[str, ...] | None]
) -> Conversion:
    """Make the record, then list every value of the row that neither it nor a remark carries.

    Without any service, it is one to complete: it is written, and nothing of it is published.
    """
    identite = Provenance(source=source, date=maj, identifiant=recueil.ligne.identifiant)
    champs = {
        **recueil.champs,
        "source": recueil.champs.get("source") or source,
        "date_maj": maj,
        "services": recueil.services or [_DE_TENUE],
        "presentation_detail": "\n\n".join(map(phrase_sans_capitales, recueil.details)) or None,
        "provenance": {"nom": identite, **recueil.provenance},
    }
    try:
        lieu = Lieu.model_validate(champs)
    except ValidationError as erreur:
        return conclure(recueil, code_insee, f"La fiche ne serait pas valable ({fautes_de(erreur)}).")
    if not recueil.services:
        lieu = lieu.model_copy(update={"services": []})
    restes = _non_repris(recueil, lieu, ecartees)
    return Conversion(recueil.ligne.identifiant, code_insee, lieu, None, (*recueil.remarques, *restes))


def fautes_de(erreur: ValidationError) -> str:
    """Every fault of a record that cannot be, by the very words of `carte valider`."""
    fautes = (decrire(detail, Lieu) for detail in details_de(erreur))
    return " ".join(faute.message for faute in fautes)


def sans_service(recueil: Recueil, indice: str = "") -> None:
    """Say that the record is to be completed, and what would complete it."""
    recueil.remarquer(Nature.A_COMPLETER, "services", SANS_SERVICE + indice, "")


def conclure(recueil: Recueil, code_insee: str | None, refus: str, possibles: tuple[str, ...] = ()) -> Conversion:
    """No record: the reason, and the remarks gathered so far."""
    return Conversion(recueil.ligne.identifiant, code_insee, None, refus, tuple(recueil.remarques), possibles)


def _non_repris(recueil: Recueil, lieu: Lieu, ecartees: Mapping[str, tuple[str, ...] | None]) -> list[Remarque]:
    dites = {remarque.champ for remarque in recueil.remarques}
    restantes = []
    for colonne, valeur in recueil.ligne.valeurs.items():
        vide = not any(map(str.isalnum, valeur))
        sans_objet = colonne in ecartees and (ecartees[colonne] is None or valeur in (ecartees[colonne] or ()))
        if vide or sans_objet or colonne in recueil.reprises or colonne in dites:
            continue
        restantes.append((colonne, valeur))
    if not restantes:
        return []
    fiche = f" {textes.normaliser(' '.join(_feuilles(lieu.model_dump())))} "
    return [
        Remarque(Nature.NON_REPRIS, colonne, valeur, "Sans place dans la fiche.")
        for colonne, valeur in restantes
        if f" {textes.normaliser(valeur)} " not in fiche
    ]


def _feuilles(valeur: object) -> Iterator[str]:
    """Every text and number of a record, however deep."""
    if isinstance(valeur, dict):
        valeur = list(valeur.values())
    if isinstance(valeur, list):
        for element in valeur:
            yield from _feuilles(element)
    elif valeur is not None:
        yield str(valeur)
