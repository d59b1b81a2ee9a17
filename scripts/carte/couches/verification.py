"""What is newer at the source than in `geo/`, layer by layer; nothing is written there."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from carte.couches.brut import RELEVE, Brut
from carte.couches.departement import Lot, rassembler
from carte.couches.extraits import ABSENTE
from carte.couches.inscription import TITRES
from carte.couches.sources import SourceCouches
from carte.erreurs import ErreurCarte
from carte.territory import Cog, Couche
from carte.territory.manifeste import empreinte

PLUS_RECENT, PAS_VERIFIE = 4, 5
"""Exit codes; 0 says that nothing is newer."""


class Etat(Enum):
    """What a comparison found."""

    A_JOUR = "à jour"
    PLUS_RECENTE = "plus récente à la source"
    ECHEC = "pas vérifiée"
    A_PART = "hors de la comparaison"


@dataclass(frozen=True, slots=True)
class Constat:
    """What is said of a layer (French); `fichier` is empty for a whole département."""

    departement: str
    fichier: str
    etat: Etat
    phrase: str


def verifier(departements: Iterable[str], source: SourceCouches, geo: Path, cog: Cog) -> Iterator[Constat]:
    """Compare the layers of each département with what its source has now; a failure stops only its département."""
    for code in departements:
        try:
            lot = rassembler(code, source, geo, cog, mettre_de_cote=True)
        except ErreurCarte as erreur:
            yield Constat(code, "", Etat.ECHEC, erreur.format_message())
            continue
        yield from _comparer(code, lot)


def _comparer(code: str, lot: Lot) -> Iterator[Constat]:
    declarees = {couche.fichier: couche for couche in lot.declarees}
    for nom in TITRES:
        connue, brut = declarees.get(nom), lot.bruts.get(nom)
        if nom in lot.a_garder:
            yield Constat(code, nom, Etat.A_PART, "elle n'est pas comme Carte l'a écrite : c'est la vôtre")
        elif brut is not None:
            yield Constat(code, nom, *_avec(connue, brut, (lot.dossier / nom).exists()))
        elif nom in lot.manquent and lot.manquent[nom] != ABSENTE:
            yield Constat(code, nom, Etat.ECHEC, lot.manquent[nom])
        elif connue is not None:
            yield Constat(code, nom, Etat.A_PART, "cette source ne l'a pas : donnez celle d'où elle vient (--depuis)")


def _avec(connue: Couche | None, brut: Brut, presente: bool) -> tuple[Etat, str]:
    if connue is None or not presente:
        return Etat.PLUS_RECENTE, f"absente ici, {_dater(brut.millesime)} à la source"
    if connue.sha256 == empreinte(brut.contenu):
        return Etat.A_JOUR, connue.millesime
    if connue.millesime == brut.millesime:
        return Etat.PLUS_RECENTE, f"même millésime ({connue.millesime}), contenu différent"
    ecart = f"{connue.millesime} ici, {brut.millesime} à la source"
    if _avant(brut.millesime, connue.millesime):
        return Etat.A_PART, f"celle de la source est plus ancienne : {ecart}"
    return Etat.PLUS_RECENTE, ecart


def _avant(millesime: str, autre: str) -> bool:
    """Whether a vintage is surely before another one: « 2018 » and « relevé du 2026-11-28 », as far as both say."""
    dates = [re.findall(r"\d{4}(?:-\d\d){0,2}", texte)[-1:] for texte in (millesime, autre)]
    if not all(dates):
        return False
    (une,), (seconde,) = dates
    commun = min(len(une), len(seconde))
    return str(une[:commun]) < str(seconde[:commun])


def _dater(millesime: str) -> str:
    return millesime if millesime.startswith(RELEVE) else f"millésime {millesime}"


def en_lignes(constats: Iterable[Constat]) -> Iterator[str]:
    """One line for each layer, under its département; then the count of each state."""
    vus: list[Constat] = []
    for constat in constats:
        if not vus or vus[-1].departement != constat.departement:
            yield f"Département {constat.departement}"
        vus.append(constat)
        yield f"  {constat.fichier or 'toutes les couches'} : {constat.etat.value} ({constat.phrase})"
    comptes = ", ".join(f"{sum(c.etat is etat for c in vus)} {etat.value}" for etat in Etat)
    yield f"Couches : {comptes}."


def code_de_sortie(constats: Iterable[Constat]) -> int:
    """0: nothing newer; PLUS_RECENT: a layer is; PAS_VERIFIE: none that is known, but one could not be compared."""
    etats = {constat.etat for constat in constats}
    if Etat.PLUS_RECENTE in etats:
        return PLUS_RECENT
    return PAS_VERIFIE if Etat.ECHEC in etats else 0
