"""The outcome of one import: what became of every row, as values, as French text, as CSV or JSON."""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from carte.cellules import inerte
from carte.ecriture import ecrire_tous, empreinte, etrangers, nom_libre
from carte.imports.modele import ImportImpossible, Nature, Remarque
from carte.imports.personnes import sans_personne
from carte.journal import journal

COLONNES = ("identifiant", "nom", "sort", "fiche", "nature", "champ", "valeur", "message")


class Sort(StrEnum):
    """What became of a row: exactly one of these."""

    ECRITE = "écrite"
    A_COMPLETER = "à compléter"
    INCHANGEE = "inchangée"
    FUSIONNEE = "fusionnée"
    REFUSEE = "refusée"
    NON_REMPLACEE = "non remplacée"
    RETIREE = "retirée à la main"
    GROUPEE = "groupée"
    DE_COTE = "mise de côté"
    HORS_PERIMETRE = "hors périmètre"


@dataclass(frozen=True, slots=True)
class Suite:
    """One row's fate: the record it went to (`département/slug`), the remarks, and the row itself when refused."""

    identifiant: str
    nom: str
    sort: Sort
    fiche: str | None
    remarques: tuple[Remarque, ...] = ()
    ligne: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Bilan:
    """Every row of one source, in the order of its file; `detecte`: what was found out about the file.

    `str(bilan)` is the French summary.
    """

    source: str
    departements: tuple[str, ...]
    suites: tuple[Suite, ...]
    detecte: tuple[str, ...] = ()

    def nombre(self, sort: Sort) -> int:
        return sum(suite.sort is sort for suite in self.suites)

    @property
    def lues(self) -> int:
        return len(self.suites)

    @property
    def au_dela(self) -> int:
        """Rows kept although beyond the border: their record is of a neighbouring département."""
        fiches = (suite.fiche for suite in self.suites if suite.fiche is not None)
        return sum(fiche.split("/", 1)[0] not in self.departements for fiche in fiches)

    def remarques(self, nature: Nature) -> list[tuple[Suite, Remarque]]:
        return [(suite, r) for suite in self.suites for r in suite.remarques if r.nature is nature]

    def __str__(self) -> str:
        return bilan_en_texte(self)


def bilan_en_texte(bilan: Bilan) -> str:
    """A summary to read in a terminal: counts that add up, then the reasons of refusals and what needs a person."""
    phrases = [
        f"Import de « {bilan.source} » pour {', '.join(bilan.departements)} : {_compter(bilan.lues, 'lignes lues')}."
    ]
    phrases += [f"  {phrase}" for phrase in bilan.detecte]
    phrases += [f"  {_compter(bilan.nombre(sort), TITRES[sort], 5)}" for sort in Sort if bilan.nombre(sort)]
    if bilan.au_dela:
        phrases.append(f"  dont {bilan.au_dela} dans les communes voisines : leurs lieux comptent près de la limite.")
    refus = Counter(r.message for _, r in bilan.remarques(Nature.REFUS))
    if refus:
        phrases += ["Pourquoi des lignes sont refusées :", *(f"  {n:5d} {raison}" for raison, n in refus.most_common())]
    voir = [f"  {_compter(len(bilan.remarques(n)), titre, 5)}" for n, titre in _NATURES.items() if bilan.remarques(n)]
    if voir:
        phrases += ["À voir dans la liste :", *voir]
    return "\n".join(phrases)


def _compter(nombre: int, titre: str, largeur: int = 0) -> str:
    return f"{nombre:{largeur}d} {titre if nombre > 1 else _SINGULIERS.get(titre, titre)}"


TITRES = {
    Sort.ECRITE: "fiches écrites",
    Sort.A_COMPLETER: "fiches à compléter : écrites, pas publiées tant que « a_completer » y est",
    Sort.INCHANGEE: "fiches déjà à jour",
    Sort.FUSIONNEE: "lignes réunies à la fiche d'une autre source",
    Sort.REFUSEE: "lignes refusées (leurs valeurs sont dans la liste)",
    Sort.NON_REMPLACEE: "fiches changées à la main, laissées telles quelles",
    Sort.RETIREE: "lignes dont quelqu'un a retiré la fiche : elle ne revient pas",
    Sort.GROUPEE: "autres lignes d'un lieu ou d'une tournée déjà comptés",
    Sort.DE_COTE: "lignes que la source met de côté (lieu inactif, qui ne reçoit personne…)",
    Sort.HORS_PERIMETRE: "lignes d'autres territoires",
}
_NATURES = {
    Nature.A_COMPLETER: "fiches auxquelles il manque un service",
    Nature.CONTRADICTION: "contradictions dans la source",
    Nature.NON_REMPLACE: "fiches non remplacées",
    Nature.FUSION: "précisions sur les fiches réunies",
    Nature.DOUBLON: "doublons possibles, à trancher",
    Nature.A_RELIRE: "valeurs à relire",
    Nature.NON_REPRIS: "valeurs sans place dans la fiche",
}
_SINGULIERS = {
    "lignes lues": "ligne lue",
    TITRES[Sort.ECRITE]: "fiche écrite",
    TITRES[Sort.A_COMPLETER]: "fiche à compléter : écrite, pas publiée tant que « a_completer » y est",
    TITRES[Sort.INCHANGEE]: "fiche déjà à jour",
    TITRES[Sort.FUSIONNEE]: "ligne réunie à la fiche d'une autre source",
    TITRES[Sort.REFUSEE]: "ligne refusée (ses valeurs sont dans la liste)",
    TITRES[Sort.NON_REMPLACEE]: "fiche changée à la main, laissée telle quelle",
    TITRES[Sort.RETIREE]: "ligne dont quelqu'un a retiré la fiche : elle ne revient pas",
    TITRES[Sort.GROUPEE]: "autre ligne d'un lieu ou d'une tournée déjà comptés",
    TITRES[Sort.DE_COTE]: "ligne que la source met de côté (lieu inactif, qui ne reçoit personne…)",
    TITRES[Sort.HORS_PERIMETRE]: "ligne d'un autre territoire",
    _NATURES[Nature.A_COMPLETER]: "fiche à laquelle il manque un service",
    _NATURES[Nature.CONTRADICTION]: "contradiction dans la source",
    _NATURES[Nature.NON_REMPLACE]: "fiche non remplacée",
    _NATURES[Nature.FUSION]: "précision sur les fiches réunies",
    _NATURES[Nature.DOUBLON]: "doublon possible, à trancher",
    _NATURES[Nature.A_RELIRE]: "valeur à relire",
    _NATURES[Nature.NON_REPRIS]: "valeur sans place dans la fiche",
}


def ecrire_liste(bilan: Bilan, fichier: Path) -> None:
    """Write the listing, CSV or JSON by its suffix. Rows outside the perimeter are counted, not listed.

    The listing of before is replaced, unless somebody worked in it: it is then kept under another name, and said.
    """
    if fichier.suffix not in {".csv", ".json"}:
        raise ImportImpossible(f"La liste s'écrit en .csv ou en .json, pas en « {fichier.suffix} ».")
    lignes = liste(bilan)
    texte = table_csv(COLONNES, lignes) if fichier.suffix == ".csv" else _en_json(bilan, lignes)
    ecrire_sans_ecraser(fichier, texte)


def ecrire_sans_ecraser(fichier: Path, texte: str) -> None:
    """Write a file; the one that somebody changed since is kept under another name, and said."""
    if etrangers(fichier.parent, [fichier.name], {fichier.name: empreinte(texte.encode("utf-8"))}):
        garde = fichier.rename(nom_libre(fichier))
        journal.warning("la liste d'avant, que quelqu'un a changée, est gardée dans %s.", garde)
    ecrire_tous(fichier.parent, {fichier.name: texte.encode("utf-8")})


def liste(bilan: Bilan) -> list[dict[str, str]]:
    """One entry per remark, those that need a person first; a refused row brings each of its values."""
    ordre = {nature: rang for rang, nature in enumerate(Nature)}
    entrees = [
        (ordre[r.nature], rang, _entree(suite, r))
        for rang, suite in enumerate(bilan.suites)
        for r in (*suite.remarques, *_valeurs(suite))
    ]
    return [entree for *_, entree in sorted(entrees, key=lambda e: (e[0], e[1]))]


def _valeurs(suite: Suite) -> list[Remarque]:
    return [
        Remarque(Nature.NON_REPRIS, champ, valeur, "Valeur de la ligne refusée.")
        for champ, valeur in (suite.ligne or {}).items()
        if valeur
    ]


def _entree(suite: Suite, remarque: Remarque) -> dict[str, str]:
    valeurs = (suite.identifiant, suite.nom, suite.sort, suite.fiche or "", remarque.nature)
    valeur = sans_personne(remarque.champ, remarque.valeur)
    return dict(zip(COLONNES, (*map(str, valeurs), remarque.champ, valeur, remarque.message), strict=True))


def table_csv(colonnes: Sequence[str], lignes: Iterable[Mapping[str, str]]) -> str:
    """A table that a French spreadsheet opens, and runs no cell of."""
    tampon = io.StringIO()
    ecrivain = csv.DictWriter(tampon, colonnes, lineterminator="\r\n", delimiter=";")
    ecrivain.writeheader()
    ecrivain.writerows({nom: inerte(valeur) for nom, valeur in ligne.items()} for ligne in lignes)
    return "\ufeff" + tampon.getvalue()  # the mark makes spreadsheets read UTF-8


def _en_json(bilan: Bilan, lignes: list[dict[str, str]]) -> str:
    contenu = {
        "source": bilan.source,
        "departements": list(bilan.departements),
        "lues": bilan.lues,
        "compte": {str(sort): bilan.nombre(sort) for sort in Sort},
        "liste": lignes,
    }
    return json.dumps(contenu, ensure_ascii=False, indent=1) + "\n"
