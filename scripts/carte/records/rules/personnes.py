"""People's data (RGPD): what looks like somebody's is pointed at before it is published; advice, never a refusal.

A place may have no other number than a mobile, and losing it would hurt who needs the place: the record says so on
purpose, in the origin of the field (`provenance`), with the word « accord »; nothing is then said.
"""

from collections.abc import Iterator

from carte.ecrits.faute import Chemin, Faute, conseil
from carte.ecrits.texte import citer
from carte.lettres import plier
from carte.records import personnes
from carte.records.context import Contexte
from carte.records.modele import Enregistrement, Forme, Lieu
from carte.records.rules.chemins import champs_marques, textes_libres, valeurs

_ACCORD = "accord"
# A name is right there: of the place, of its street, of who gathered the record.
SANS_NOM = {"nom", "commune", "adresse", "complement_adresse", "source", "structure_parente", "provenance", "labels"}
_LIBRES = tuple(chemin for chemin in textes_libres() if chemin[0] not in SANS_NOM)
_COURRIELS = tuple(chemin for chemin, nom in champs_marques(Forme) if nom == "courriel")
_TELEPHONES = tuple(chemin for chemin, nom in champs_marques(Forme) if nom == "telephone")
AVEC_ACCORD = "Avec son accord, dites-le dans « provenance » ({champ} : source: Accord de la personne)."
PHRASES = {
    "courriel": "« {texte} » semble être l'adresse d'une personne, et sera publiée : mettez plutôt celle du service.",
    "fournisseur": "« {texte} » est une boîte ouverte chez un fournisseur grand public : vérifiez qu'elle est au lieu, "
    "pas à une personne.",
    "mobile": "« {texte} » est un mobile, et sera publié : s'il est à une personne, mettez plutôt le numéro du lieu. "
    "Si le lieu n'en a pas d'autre, laissez-le.",
    "nom": "« {texte} » semble être le nom d'une personne, et sera publié : dites plutôt sa fonction.",
}


def donnees_personnelles(enregistrement: Enregistrement, _contexte: Contexte) -> Iterator[Faute]:
    """E-mails, mobiles and names of people, unless the origin of the field says that it is agreed to."""
    lieu = enregistrement.lieu
    for place, trace in (*_contacts(lieu), *_textes(lieu)):
        champ = str(place[0])
        if not _accord(lieu, champ):
            message = f"{PHRASES[trace.genre].format(texte=citer(trace.texte))} {AVEC_ACCORD.format(champ=champ)}"
            yield conseil(place, message, "personne", citer(trace.texte))


def _contacts(lieu: Lieu) -> Iterator[tuple[Chemin, personnes.Trace]]:
    champs = lieu.__dict__
    for chemin in _COURRIELS:
        for place, adresse in valeurs(lieu, chemin) if champs[chemin[0]] else ():
            if genre := personnes.courriel_personnel(adresse):
                yield place, personnes.Trace(genre, adresse)
    for chemin in _TELEPHONES:
        for place, numero in valeurs(lieu, chemin) if champs[chemin[0]] else ():
            if personnes.est_mobile(numero):
                yield place, personnes.Trace("mobile", numero)


def _textes(lieu: Lieu) -> Iterator[tuple[Chemin, personnes.Trace]]:
    champs = lieu.__dict__
    for chemin in _LIBRES:
        for place, texte in valeurs(lieu, chemin) if champs[chemin[0]] else ():
            yield from ((place, trace) for trace in personnes.traces(texte))


def _accord(lieu: Lieu, champ: str) -> bool:
    origine = (lieu.provenance or {}).get(champ)
    return origine is not None and _ACCORD in plier(f"{origine.source} {origine.texte or ''}").split()
