"""What every source's mapper does alike: name and address, contacts, hours in a sentence, and the record at the end."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from pydantic import ValidationError

from carte.imports import horaires_texte, textes
from carte.imports.capitales import crie, phrase_sans_capitales, sans_capitales
from carte.imports.localiser import Place
from carte.imports.modele import ContexteImport, Conversion, Nature, Recueil, Remarque
from carte.records.modele import Lieu, Provenance

_JOUR_APRES_DES_BLANCS = re.compile(rf"[ \t]{{2,}}(?=(?:{'|'.join(horaires_texte.JOURS)})\b)", re.IGNORECASE)
SANS_COMMUNE = "La commune de cette ligne n'a pas pu être trouvée."
SANS_SERVICE = "Aucun service du référentiel n'est dit par cette ligne."


def poser_lieu(
    recueil: Recueil, place: Place, contexte: ContexteImport, *, nom: str, adresse: str, code_postal: str, commune: str
) -> None:
    """Name, address and commune; the commune takes its official name, the place keeps the name it is given."""
    assert place.code_insee is not None
    officiel = contexte.geographie.nom(place.code_insee)
    recueil.champs |= {
        "nom": sans_capitales(recueil.valeur(nom), officiel or ""),
        "commune": officiel or recueil.valeur(commune),
        "code_insee": place.code_insee,
        "adresse": sans_capitales(textes.nettoyer(recueil.valeur(adresse))) or None,
        "latitude": place.latitude,
        "longitude": place.longitude,
    }
    ecrit = textes.normaliser(recueil.valeur(commune))
    if officiel and ecrit == textes.normaliser(officiel):
        recueil.reprendre(commune)
    postal = recueil.valeur(code_postal)
    if len(postal) == 5 and postal.isdigit():
        recueil.champs["code_postal"] = postal
    if crie(recueil.valeur(nom)):
        recueil.remarquer(Nature.A_RELIRE, nom, "Nom en capitales, remis en minuscules : à écrire comme sur la porte.")


def contacts(recueil: Recueil, code_insee: str, *, telephone: str, courriel: str, site: str) -> None:
    """Phone, e-mails, sites: the sure ones are taken, the rest is listed."""
    brut = recueil.valeur(telephone)
    numero = textes.telephone(brut, textes.departement(code_insee))
    if numero:
        recueil.champs["telephone"] = numero
        recueil.reprendre(telephone)
    elif any(lettre.isdigit() for lettre in brut):
        recueil.remarquer(Nature.A_RELIRE, telephone, "Ce numéro n'est pas un vrai numéro français : non repris.")
    for colonne, champ, lire in ((courriel, "courriels", textes.courriels), (site, "site_web", textes.sites)):
        gardes, laisses = lire(recueil.valeur(colonne))
        if gardes:
            recueil.ajouter(champ, *gardes)
        for morceau in laisses if any(map(str.isalnum, "".join(laisses))) else ():
            recueil.remarquer(Nature.A_RELIRE, colonne, "Adresse non reprise : incomplète, ou masquée.", morceau)
        if not laisses:
            recueil.reprendre(colonne)


def horaires_du_texte(recueil: Recueil, source: str, colonne: str, colonne_jours: str, jours: Sequence[str]) -> None:
    """Hours of a sentence: translated when wholly understood, else shown as written and listed."""
    texte = recueil.valeur(colonne)
    if texte in {"", "True", "False"}:
        return
    avec_jours = f"{texte} ({', '.join(jours)})" if jours else texte
    try:
        recueil.champs["horaires"] = horaires_texte.osm(texte, jours)
    except horaires_texte.HorairesNonCompris as raison:
        _en_toutes_lettres(recueil, texte, jours)
        recueil.remarquer(Nature.A_RELIRE, colonne, f"Horaires gardés en toutes lettres : {raison}.", avec_jours)
    else:
        recueil.provenance["horaires"] = Provenance(source=source, texte=avec_jours)
    recueil.reprendre(colonne, colonne_jours)


def _en_toutes_lettres(recueil: Recueil, texte: str, jours: Sequence[str]) -> None:
    """Hours as the place wrote them, one day per line when the form lost its ends of lines; a text that speaks of no
    time goes to the presentation."""
    nomme_un_jour = textes.contient(texte, horaires_texte.JOURS)
    if not nomme_un_jour and not textes.contient(texte, (r"\d", r"rendez[- ]vous", r"\brdv\b")):
        recueil.details.append(texte)
        return
    if jours and not nomme_un_jour:
        texte = f"{', '.join(jours)} : {texte}"
    recueil.champs["horaires_detail"] = re.sub(_JOUR_APRES_DES_BLANCS, "\n", texte.strip())


def finir(
    recueil: Recueil, code_insee: str, source: str, maj: date, ecartees: Mapping[str, tuple[str, ...] | None]
) -> Conversion:
    """Make the record, then list every value of the row that neither it nor a remark carries."""
    identite = Provenance(source=source, date=maj, identifiant=recueil.ligne.identifiant)
    champs = {
        **recueil.champs,
        "source": source,
        "date_maj": maj,
        "services": recueil.services,
        "presentation_detail": "\n\n".join(map(phrase_sans_capitales, recueil.details)) or None,
        "provenance": {"nom": identite, **recueil.provenance},
    }
    try:
        lieu = Lieu.model_validate(champs)
    except ValidationError as erreur:
        fautes = "; ".join(f"{'.'.join(map(str, e['loc']))} : {e['msg']}" for e in erreur.errors())
        return conclure(recueil, code_insee, f"La fiche ne serait pas valable ({fautes}).")
    restes = _non_repris(recueil, lieu, ecartees)
    return Conversion(recueil.ligne.identifiant, code_insee, lieu, None, (*recueil.remarques, *restes))


def conclure(recueil: Recueil, code_insee: str | None, refus: str, possibles: tuple[str, ...] = ()) -> Conversion:
    """No record: the reason, and the remarks gathered so far."""
    return Conversion(recueil.ligne.identifiant, code_insee, None, refus, tuple(recueil.remarques), possibles)


def _non_repris(recueil: Recueil, lieu: Lieu, ecartees: Mapping[str, tuple[str, ...] | None]) -> list[Remarque]:
    fiche = f" {textes.normaliser(' '.join(_feuilles(lieu.model_dump())))} "
    dites = {remarque.champ for remarque in recueil.remarques}
    restes = []
    for colonne, valeur in recueil.ligne.valeurs.items():
        vide = not any(map(str.isalnum, valeur))
        sans_objet = colonne in ecartees and (ecartees[colonne] is None or valeur in (ecartees[colonne] or ()))
        if vide or sans_objet or colonne in recueil.reprises or colonne in dites:
            continue
        if f" {textes.normaliser(valeur)} " not in fiche:
            restes.append(Remarque(Nature.NON_REPRIS, colonne, valeur, "Sans place dans la fiche."))
    return restes


def _feuilles(valeur: object) -> Iterator[str]:
    """Every text and number of a record, however deep."""
    if isinstance(valeur, dict):
        valeur = list(valeur.values())
    if isinstance(valeur, list):
        for element in valeur:
            yield from _feuilles(element)
    elif valeur is not None:
        yield str(valeur)
