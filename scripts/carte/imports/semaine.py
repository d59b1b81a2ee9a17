"""Hours of a row, by its mapping: an OSM text, a sentence, a column by day, opening and closing columns.

Hours that are not wholly understood stay as the place wrote them; one day that cannot be read loses no other.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from carte.hours import HorairesInvalides, parse, phrase
from carte.hours.phrase import JOURS, OSM, HorairesNonCompris, Plages
from carte.hours.suggestion import PLAGE_NULLE
from carte.imports.communs import horaires_du_texte, nuancer
from carte.imports.correspondance import HorairesEcrits
from carte.imports.lignes import premiere
from carte.imports.modele import Nature, Recueil
from carte.imports.textes import normaliser
from carte.records.modele import Provenance

_SEMAINES = {"impaire": "week 01-53/2", "paire": "week 02-52/2"}
_HEURE = re.compile(r"(\d{1,2})(?:\s*[h:]\s*(\d{2})?)?(?::00)?\s*(?:h|heures?)?", re.IGNORECASE)


def poser(recueil: Recueil, ecrits: HorairesEcrits, source: str) -> None:
    """Hours of the record: the first way that says something is the one read."""
    horaires, colonne, texte = lire(recueil, ecrits)
    if horaires is None and ecrits.phrase is not None and not colonne:
        phrase = premiere(recueil.ligne.valeurs, ecrits.phrase)
        coches = recueil.valeur(ecrits.jours_coches or "")
        jours = re.findall(r"[^\W\d_]+", coches)
        horaires_du_texte(recueil, source, phrase, ecrits.jours_coches or "", jours)
        horaires = _pris(recueil)
    if horaires is not None:
        recueil.champs["horaires"] = avec_semaines(recueil, ecrits, horaires)
        if texte and normaliser(texte) != normaliser(horaires):
            recueil.provenance["horaires"] = Provenance(source=source, texte=texte[:10_000])
    elif colonne:
        recueil.champs["horaires_detail"] = texte
    if ecrits.commentaire:
        nuancer(recueil, ecrits.commentaire)


def lire(recueil: Recueil, ecrits: HorairesEcrits) -> tuple[str | None, str, str]:
    """(OSM text or None, column, text as written) of the columns that hold hours; no column when all are empty."""
    osm = premiere(recueil.ligne.valeurs, ecrits.osm or ())
    if recueil.valeur(osm):
        return _osm(recueil, osm), osm, recueil.valeur(osm)
    if ecrits.creneaux and (trouve := _creneaux(recueil, ecrits)):
        return trouve
    if ecrits.par_jour and (trouve := _par_jour(recueil, ecrits)):
        return trouve
    return None, "", ""


def _pris(recueil: Recueil) -> str | None:
    valeur = recueil.champs.get("horaires")
    return valeur if isinstance(valeur, str) else None


def _osm(recueil: Recueil, colonne: str) -> str | None:
    """An OSM text as it is, when our engine reads it; else a sentence, when the column holds one."""
    texte = recueil.valeur(colonne)
    try:
        parse(texte)
        if not PLAGE_NULLE.search(texte):
            recueil.reprendre(colonne)
            return texte
    except HorairesInvalides:
        pass  # a sentence may stand there
    try:
        return phrase.lire(texte)
    except HorairesNonCompris as raison:
        recueil.remarquer(Nature.A_RELIRE, colonne, f"Horaires gardés en toutes lettres : {raison}.")
        return None


def _creneaux(recueil: Recueil, ecrits: HorairesEcrits) -> tuple[str | None, str, str] | None:
    semaine: dict[int, Plages] = {}
    inconnus: dict[int, str] = {}
    for rang, jour in enumerate(JOURS):
        colonnes = [modele.replace("{jour}", jour) for modele in ecrits.creneaux]
        ecrites = [recueil.valeur(colonne) for colonne in colonnes]
        if not any(ecrites):
            continue
        instants = [instant(texte) for texte in ecrites if texte]
        plages = en_plages(instants)
        if plages is None:
            inconnus[rang] = " ".join(filter(None, ecrites))
            recueil.remarquer(Nature.A_RELIRE, colonnes[0], f"Heures du {jour} non comprises.", inconnus[rang])
        else:
            semaine[rang] = plages
        recueil.reprendre(*colonnes)
    return _semaine(semaine, inconnus, ecrits) if semaine or inconnus else None


def _par_jour(recueil: Recueil, ecrits: HorairesEcrits) -> tuple[str | None, str, str] | None:
    semaine: dict[int, Plages] = {}
    inconnus: dict[int, str] = {}
    for rang, jour in enumerate(JOURS):
        colonne = str(ecrits.par_jour).replace("{jour}", jour)
        texte = recueil.valeur(colonne)
        if not texte:
            continue
        try:
            semaine[rang] = phrase.lire_plages(texte)
        except HorairesNonCompris as raison:
            inconnus[rang] = texte
            recueil.remarquer(Nature.A_RELIRE, colonne, f"Heures du {jour} non comprises : {raison}.")
        recueil.reprendre(colonne)
    return _semaine(semaine, inconnus, ecrits) if semaine or inconnus else None


def _semaine(
    semaine: dict[int, Plages], inconnus: dict[int, str], ecrits: HorairesEcrits
) -> tuple[str | None, str, str]:
    """The OSM text of a week. A day that was written and not read is unknown, with its words."""
    texte = "; ".join(f"{JOURS[rang]} {mots}" for rang, mots in inconnus.items())
    if not semaine:
        return None, "horaires", texte
    if ecrits.vide_ferme:
        semaine |= {rang: [] for rang in range(7) if rang not in semaine and rang not in inconnus}
    regles = [phrase.ecrire(semaine)]
    regles += [jour_inconnu(rang, mots) for rang, mots in sorted(inconnus.items())]
    return "; ".join(regles), "horaires", texte


def jour_inconnu(rang: int, mots: str) -> str:
    """The OSM rule of a day of which what was written is not understood, with its words, whatever they are."""
    note = re.sub(r'["\s]+', " ", mots).strip()[:200]
    return f'{OSM[rang]} unknown "{note}"' if note else f"{OSM[rang]} unknown"


def instant(texte: str) -> int | None:
    """Minutes from midnight of « 8h30 », « 08:30 », « 8 »; None when it is no time."""
    trouve = _HEURE.fullmatch(texte.strip())
    if trouve is None:
        return None
    minutes = int(trouve[1]) * 60 + int(trouve[2] or 0)
    return minutes if minutes <= 1440 and int(trouve[2] or 0) < 60 else None


def en_plages(instants: Sequence[int | None]) -> Plages | None:
    """Pairs of strictly growing times; None when they form none."""
    surs = [minutes for minutes in instants if minutes is not None]
    if len(surs) != len(instants) or not surs or len(surs) % 2 or any(a >= b for a, b in pairwise(surs)):
        return None
    return list(zip(surs[::2], surs[1::2], strict=True))


def _semaines(recueil: Recueil, ecrits: HorairesEcrits) -> str:
    """The OSM selector of odd or even weeks that a column says."""
    if not ecrits.semaines:
        return ""
    mots = normaliser(recueil.valeur(ecrits.semaines)).split()
    trouves = [mot.rstrip("s") for mot in mots if mot.rstrip("s") in _SEMAINES]
    if len(trouves) != 1:
        return ""
    recueil.reprendre(ecrits.semaines)
    return _SEMAINES[trouves[0]]


def _chaque_regle(horaires: str, selecteur: str) -> str:
    """The selector before each rule but holidays'."""
    regles = [regle.strip() for regle in horaires.split(";")]
    return "; ".join(regle if regle.startswith(("PH", "SH", "week")) else f"{selecteur} {regle}" for regle in regles)


def avec_semaines(recueil: Recueil, ecrits: HorairesEcrits, horaires: str) -> str:
    """The same hours, in odd or even weeks only when a column says so."""
    selecteur = _semaines(recueil, ecrits)
    return _chaque_regle(horaires, selecteur) if selecteur else horaires
