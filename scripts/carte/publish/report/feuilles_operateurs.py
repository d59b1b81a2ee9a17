"""The sheet of one operator: one A4 for its board, with what no record says. See `operateurs`."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from carte.indicators import ACCUEIL, ARRET, PERMANENCE, RELAIS, format_quantite
from carte.publish.atlas import cle_tri
from carte.publish.horaires import jours_et_heures
from carte.publish.report import phrases
from carte.publish.report.lignes import Ligne
from carte.publish.report.operateurs import COLONNES, NATURES, Reseau, habitants, heures, lieux_de, par_nature, silence
from carte.publish.report.sujet import Sujet
from carte.publish.report.tableaux import Cellule, Colonne, Rangee, Tableau, cellule_effectif

LIGNES_DE_LA_FEUILLE = 34
"""Lines of text that the tables and the silences of a sheet may take: what one page holds with room for an opinion."""
_LETTRES_EPCI, _LETTRES_COMMUNE, _LETTRES_LIEU, _LETTRES_QUAND, _LETTRES_PAGE = 30, 18, 34, 30, 100
_LIGNES_EPCI = 24
NOMS_CITES = 12
_SUITE = "liste entière dans liste-presences.csv et dans le tableur."
_HORS_EPCI = "Communes sans intercommunalité, ou intercommunalité inconnue"


@dataclass(frozen=True, slots=True)
class FicheOperateur:
    """What the board of a network reads before it gives its opinion."""

    nom: str
    constats: tuple[str, ...]
    territoires: Tableau
    presences: Tableau
    silences: str


def fiches(sujet: Sujet, trouves: Sequence[Reseau]) -> list[FicheOperateur]:
    """One sheet per network that records name."""
    return [_fiche(sujet, reseau) for reseau in trouves]


def _fiche(sujet: Sujet, reseau: Reseau) -> FicheOperateur:
    territoires = [(nom, siennes) for _, nom, siennes in reseau.par_epci if siennes]
    if reseau.ailleurs:
        territoires.append((_HORS_EPCI, reseau.ailleurs))
    silences = _silences(reseau)
    table, prises = _territoires(reseau, territoires)
    return FicheOperateur(
        reseau.nom,
        tuple(_constats(sujet, reseau)),
        table,
        _presences(reseau, LIGNES_DE_LA_FEUILLE - prises - _lignes((silences, _LETTRES_PAGE))),
        silences,
    )


def _lignes(*textes: tuple[str, int]) -> int:
    """How many lines a row takes on paper: each text with the letters that its column holds."""
    return max(math.ceil(len(texte) / lettres) or 1 for texte, lettres in textes)


def _qui_tiennent(hauteurs: Iterable[int], place: int) -> int:
    """How many rows hold in so many lines; at least one."""
    return max(1, sum(cumul <= place for cumul in accumulate(hauteurs)))


def _constats(sujet: Sujet, reseau: Reseau) -> Iterator[str]:
    natures = {nature: reseau.nombre(nature) for nature in NATURES}
    # A stop and a permanence agree alike: the words of NATURES, in French plural.
    mots = {ACCUEIL: ("accueil", None), RELAIS: ("relais", "relais")}
    dites = [phrases.compter(n, *mots.get(nature, (NATURES[nature], None))) for nature, n in natures.items() if n]
    communes = len({p["code_insee"] for p in reseau.presences})
    yield (
        f"{phrases.compter(len(lieux_de(reseau.presences)), 'fiche')} du département nomme"
        f"{'nt' if len(lieux_de(reseau.presences)) > 1 else ''} {reseau.nom} : {phrases.enumerer(dites)}, dans "
        f"{phrases.compter(communes, 'commune')} ({sujet.date_lieux})."
    )
    total = heures(reseau.presences)
    yield (
        f"Heures par semaine, en moyenne : {total.texte}"
        f"{f' ({total.detail})' if total.detail else ''}. Ce sont celles des accueils, des "
        "arrêts et des permanences ; celles d’un relais sont celles du lieu qui l’accueille."
        f"{_arrets_courts(sujet, reseau)}"
    )
    muettes = reseau.muettes
    if muettes:
        yield (
            f"Aucune fiche ne nomme {reseau.nom} dans {phrases.compter(len(muettes), 'intercommunalité')} sur "
            f"{len(reseau.par_epci)} ({habitants(reseau)}). Ce silence n’est pas une absence : {silence(sujet)}."
        )


def _arrets_courts(sujet: Sujet, reseau: Reseau) -> str:
    """How many stops are shown here and count for nobody in the access."""
    plancher = sujet.seuils.presence_heures
    courts = [p for p in reseau.presences if p["nature"] == ARRET and (p["heures_hebdo"] or plancher) < plancher]
    if not courts:
        return ""
    return (
        f" De moins de {format_quantite(plancher, 1)} heures par semaine, donc sans compter dans l’accès : "
        f"{phrases.compter(len(courts), 'arrêt')} sur {reseau.nombre(ARRET)}."
    )


def _territoires(reseau: Reseau, territoires: Sequence[tuple[str, Sequence[dict[str, Any]]]]) -> tuple[Tableau, int]:
    """The table, and the lines that it takes on paper."""
    # Hours that are partly unknown say so on a line of their own.
    hauteurs = [max(_lignes((nom, _LETTRES_EPCI)), 2 if heures(siennes).detail else 1) for nom, siennes in territoires]
    nombre = _qui_tiennent(hauteurs, _LIGNES_EPCI)
    notes = ["– : aucune fiche ne le dit."]
    if reste := len(territoires) - nombre:
        notes.append(f"Et {phrases.compter(reste, 'autre')} : {_SUITE}")
    tableau = Tableau(
        f"operateur-{cle_tri(reseau.nom).replace(' ', '-')}-epci",
        "Où une fiche le nomme",
        "Intercommunalité",
        (Colonne("Communes"), *COLONNES),
        [
            Rangee(nom, (cellule_effectif(len({p["code_insee"] for p in siennes})), *par_nature(siennes)))
            for nom, siennes in territoires[:nombre]
        ],
        fichier="presences",
        notes=tuple(notes),
    )
    return tableau, sum(hauteurs[:nombre]) + len(notes) - 1


def _presences(reseau: Reseau, place: int) -> Tableau:
    """Those that hold in so many lines, by EPCI; the others are in the open data."""
    hauteurs = [
        _lignes((p["commune"] or "", _LETTRES_COMMUNE), (p["nom"], _LETTRES_LIEU), (_quand(p), _LETTRES_QUAND))
        for p in reseau.presences
    ]
    nombre = _qui_tiennent(hauteurs, place)
    reste = len(reseau.presences) - nombre
    return Tableau(
        f"operateur-{cle_tri(reseau.nom).replace(' ', '-')}",
        "Ses présences, une par une",
        "Commune",
        (Colonne("Lieu"), Colonne("Nature"), Colonne("Quand"), Colonne("Heures par semaine")),
        [
            Rangee(
                str(p["commune"] or "commune inconnue"),
                (Cellule(str(p["nom"])), Cellule(NATURES[p["nature"]]), Cellule(_quand(p)), _heures_dites(p)),
            )
            for p in reseau.presences[:nombre]
        ],
        fichier="presences",
        notes=(f"Et {phrases.compter(reste, 'autre')} : {_SUITE}",) if reste else (),
    )


def _quand(presence: dict[str, Any]) -> str:
    if presence["nature"] == PERMANENCE:
        return jours_et_heures(presence["horaires"])
    return "passages de la tournée" if presence["nature"] == ARRET else "ouverture du lieu"


def _heures_dites(presence: dict[str, Any]) -> Cellule:
    if presence["heures_hebdo"] is None:
        return Cellule(phrases.INCONNU, classe="absent")
    heures = float(presence["heures_hebdo"])
    return Cellule(format_quantite(heures, 1), tri=heures, classe="nombre")


def _silences(reseau: Reseau) -> str:
    """The EPCI where no record names the network, with how many records could have said it."""
    if not reseau.muettes:
        return "Au moins une fiche le nomme dans chaque intercommunalité."
    dites = [f"{nom} ({_fiches_muettes(part)})" for part, nom in reseau.muettes]
    reste = len(dites) - NOMS_CITES
    suite = f" ; et {phrases.compter(reste, 'autre')}" if reste > 0 else ""
    return f"Aucune fiche ne le nomme : {' ; '.join(dites[:NOMS_CITES])}{suite}."


def _fiches_muettes(part: Ligne) -> str:
    lieux = part.nombre("lieux")
    return f"0 fiche sur {phrases.effectif(lieux)}" if lieux else "aucune fiche dans ce territoire"
