"""The operators (CAF, CPAM, France services…) that records name: where each is, its hours, what no record says."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from carte.indicators import ACCUEIL, ARRET, PERMANENCE, RELAIS, RESEAUX, format_quantite
from carte.publish.atlas import cle_tri
from carte.publish.report import phrases
from carte.publish.report.blocs import Bloc, Intertitre, Texte
from carte.publish.report.lignes import Ligne
from carte.publish.report.sujet import Sujet
from carte.publish.report.tableaux import Cellule, Colonne, Rangee, Tableau, cellule_effectif

NATURES = {ACCUEIL: "accueil", RELAIS: "relais", PERMANENCE: "permanence", ARRET: "arrêt"}


@dataclass(frozen=True, slots=True)
class Reseau:
    """One network in the département. `par_epci`: the rows of the list `presences`, by part of EPCI, those without
    any included and in the order of the parts; `ailleurs`: those of no known EPCI."""

    nom: str
    presences: tuple[dict[str, Any], ...]
    par_epci: tuple[tuple[Ligne, str, tuple[dict[str, Any], ...]], ...]
    ailleurs: tuple[dict[str, Any], ...]

    def nombre(self, *natures: str) -> int:
        """How many presences are of these natures."""
        return sum(p["nature"] in natures for p in self.presences)

    @property
    def muettes(self) -> list[tuple[Ligne, str]]:
        """The parts of EPCI where no record names the network."""
        return [(part, nom) for part, nom, siennes in self.par_epci if not siennes]


def reseaux(sujet: Sujet) -> list[Reseau]:
    """The operators that records name: the known ones in their order, then any other that two places or more name."""
    par_nom: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for ligne in sujet.liste("presences"):
        if ligne["operateur"]:
            par_nom[str(ligne["reseau"])].append(ligne)
    connus = [reseau.nom for reseau in RESEAUX]
    autres = [nom for nom, siennes in par_nom.items() if nom not in connus and len(lieux_de(siennes)) > 1]
    return [_reseau(sujet, nom, par_nom[nom]) for nom in [*connus, *sorted(autres, key=cle_tri)] if nom in par_nom]


def blocs(sujet: Sujet, trouves: Sequence[Reseau]) -> Iterator[Bloc]:
    """The summary of the page: one row per network, then those that no record names."""
    yield Intertitre("avis-operateurs", "Les opérateurs")
    if trouves:
        yield _resume(sujet, trouves)
    yield Texte(_sans_feuille(sujet, trouves))


def _reseau(sujet: Sujet, nom: str, siennes: list[dict[str, Any]]) -> Reseau:
    noms = sujet.indicateurs.tables["epci"]["nom"]
    par_epci: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for presence in sorted(siennes, key=lambda p: (cle_tri(p["commune"] or ""), p["lieu_id"], p["nature"])):
        par_epci[str(presence["code_epci"])].append(presence)
    parts = [(part, part.texte("code_epci")) for part in sujet.parts_epci]
    parts = [(part, code) for part, code in parts if code in noms.index]
    return Reseau(
        nom,
        tuple(p for toutes in par_epci.values() for p in toutes),
        tuple((part, str(noms[code]), tuple(par_epci.pop(code, ()))) for part, code in parts),
        tuple(p for toutes in par_epci.values() for p in toutes),
    )


def lieux_de(presences: Sequence[dict[str, Any]]) -> set[str]:
    """The records behind these presences."""
    return {str(presence["lieu_id"]) for presence in presences}


def heures(presences: Sequence[dict[str, Any]]) -> Cellule:
    """Hours of the network's own places, stops and permanences; those of a host that it labels are not its own."""
    siennes = [p for p in presences if p["nature"] != RELAIS and not p["deja_comptees"]]
    connues = [float(p["heures_hebdo"]) for p in siennes if p["heures_hebdo"] is not None]
    manquent = len(siennes) - len(connues)
    precision = f"inconnues pour {manquent} sur {len(siennes)}" if manquent else ""
    if not connues:
        return Cellule(phrases.INCONNU if siennes else "–", precision, classe="absent")
    return Cellule(format_quantite(sum(connues), 1), precision, sum(connues), "nombre")


def par_nature(presences: Sequence[dict[str, Any]]) -> tuple[Cellule, ...]:
    """Counts by nature, then hours; a nature that nothing names is a dash, not a zero."""
    comptes = [sum(p["nature"] == nature for p in presences) for nature in NATURES]
    return *(cellule_effectif(n) if n else Cellule("–") for n in comptes), heures(presences)


COLONNES = (
    Colonne("Accueils", detail="du réseau"),
    Colonne("Relais", detail="chez un hôte"),
    Colonne("Permanences", detail="chez un hôte"),
    Colonne("Arrêts", detail="de tournée"),
    Colonne("Heures par semaine", detail="sans celles des relais"),
)


def _resume(sujet: Sujet, trouves: Sequence[Reseau]) -> Tableau:
    return Tableau(
        "tableau-operateurs",
        f"Présence de chaque opérateur, d’après les fiches ({sujet.date_lieux})",
        "Opérateur",
        (
            *COLONNES,
            Colonne("Intercommunalités où une fiche le nomme"),
            Colonne("Où aucune fiche ne le nomme", detail="et leurs habitants"),
        ),
        [
            Rangee(
                reseau.nom,
                (
                    *par_nature(reseau.presences),
                    Cellule(f"{len(reseau.par_epci) - len(reseau.muettes)} sur {len(reseau.par_epci)}"),
                    cellule_effectif(len(reseau.muettes), habitants(reseau)),
                ),
            )
            for reseau in trouves
        ],
        fichier="presences",
        notes=(
            "Aucune fiche ne le nomme : ce n’est pas une absence. L’opérateur peut être là sans qu’une fiche le dise ; "
            "à lui de le corriger sur sa feuille d’avis.",
            "Les heures d’un relais sont celles du lieu qui l’accueille : elles ne sont pas comptées.",
        ),
        code="O9",
    )


def habitants(reseau: Reseau) -> str:
    """How many people live where no record names the network, in words; empty when there is no such territory."""
    populations = [part.nombre("population") for part, _ in reseau.muettes]
    if not populations:
        return ""
    connues = [p for p in populations if p is not None]
    return phrases.compter(sum(connues) if len(connues) == len(populations) else None, "habitant")


def _sans_feuille(sujet: Sujet, trouves: Sequence[Reseau]) -> str:
    """Which known networks no record names, and what the records say of networks at all."""
    nommes = {reseau.nom for reseau in trouves}
    absents = [reseau.nom for reseau in RESEAUX if reseau.nom not in nommes]
    tu = silence(sujet)
    if not absents:
        return f"Toutes les fiches ne parlent pas de leurs réseaux : {tu}."
    return (
        f"Sans feuille, parce qu’aucune fiche du département ne les nomme : {phrases.enumerer(absents)}. Ce silence ne "
        f"dit pas leur absence : {tu}."
    )


def silence(sujet: Sujet) -> str:
    """How many records could name a network and say nothing, in words: what a silence is worth."""
    fiches = [sujet.fiches[str(code)].lieu for code in _fiches_du_departement(sujet)]
    sans_permanence = sum(lieu.permanences is None for lieu in fiches)
    sans_type = sum(not lieu.typologie for lieu in fiches)
    if not fiches:
        return "le département n’a aucune fiche"
    total = phrases.compter(len(fiches), "fiche")
    types = f", et {phrases.effectif(sans_type)} pas quel type de lieu c’est" if sans_type else ""
    return (
        f"sur {total}, {phrases.effectif(sans_permanence)} ne disent pas quelles permanences le lieu accueille{types}"
    )


def _fiches_du_departement(sujet: Sujet) -> list[str]:
    return list(dict.fromkeys(sujet.points["lieu_id"]))
