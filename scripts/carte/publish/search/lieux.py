"""The places of one département, ready for the browser: distinct hours and types once, the rest by columns."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from carte.publish.atlas import Point
from carte.publish.direct import fermetures_en_donnees, horaires_compris
from carte.publish.horaires import quand
from carte.publish.libelles import Libelles
from carte.publish.search.ecriture import colonnes
from carte.publish.search.facettes import QUESTIONS, Facette, reponses, valeurs
from carte.publish.search.trajets import Trajets
from carte.publish.textes import lien_telephone, sans_bidi
from carte.records import dires

if TYPE_CHECKING:
    from carte.records.modele import Lieu

_SANS_ACCUEIL, _FERME = 2, 4
_EPOQUE = date(1970, 1, 1).toordinal()


@dataclass(slots=True)
class Table:
    """Distinct values in the order they came; `rang` gives the place of one."""

    valeurs: list[Any] = field(default_factory=list)
    _rangs: dict[Any, int] = field(default_factory=dict)

    def rang(self, cle: Any, valeur: Any) -> int:
        """The place of `valeur`, known by `cle`."""
        if cle not in self._rangs:
            self._rangs[cle] = len(self.valeurs)
            self.valeurs.append(valeur)
        return self._rangs[cle]


@dataclass(slots=True)
class Tables:
    """What many places of a département share."""

    communes: Table = field(default_factory=Table)
    types: Table = field(default_factory=Table)
    horaires: Table = field(default_factory=Table)
    ensembles: Table = field(default_factory=Table)


def eclat(
    points: Sequence[Point], libelles: Libelles, facettes: Sequence[Facette], trajets: Trajets, jour: date
) -> dict[str, Any]:
    """One département's file; there must be a point.

    `communes` [code, name, rank of its sort of roads], `types` (lists of codes), `horaires` [one line, rules or null
    when not understood] and `ensembles` (lists of ranks in a facet) are tables that the columns point into; positions
    are WGS84, in 1/100,000 of a degree, and `approche` tells by bits that one is met somewhere in its commune (1), that
    the place receives nobody (2), that it has closed for good (4);
    days count from 1970-01-01; `oui` and `connu` are bit masks over QUESTIONS; `fermetures` goes by row, as do stops
    in `arrets` [name, rhythm, known call or null]. `jour`: day of publication; closures ended before are left out.
    """
    tables = Tables()
    lignes = [_ligne(point, tables, libelles, facettes, trajets, jour) for point in points]
    return {
        "communes": tables.communes.valeurs,
        "types": tables.types.valeurs,
        "horaires": tables.horaires.valeurs,
        "ensembles": tables.ensembles.valeurs,
        "fermetures": _fermetures(points, jour),
        "arrets": {str(rang): _arret(point) for rang, point in enumerate(points) if point.arret},
        "colonnes": colonnes(list(lignes[0]), [list(ligne.values()) for ligne in lignes]),
    }


def _ligne(
    point: Point, tables: Tables, libelles: Libelles, facettes: Sequence[Facette], trajets: Trajets, jour: date
) -> dict[str, Any]:
    lieu = point.enregistrement.lieu
    ou = point.arret or lieu
    nom = sans_bidi(point.ville)
    code = point.commune.code if point.commune else ""
    types = lieu.typologie or []
    return {
        "id": point.enregistrement.slug,
        "nom": sans_bidi(lieu.nom),
        "commune": tables.communes.rang((code, nom), [code, nom, trajets.rang(code)]),
        "adresse": "" if point.arret else sans_bidi(lieu.adresse or ""),
        "lat": _degres(point.lat),
        "lon": _degres(point.lon),
        "approche": int(point.approche)
        | _SANS_ACCUEIL * (dires.accueille_public(lieu) is dires.Etat.NON)
        | _FERME * dires.ferme_pour_toujours(lieu, jour),
        "services": libelles.masque(lieu.services),
        "types": tables.types.rang(tuple(types), types),
        "horaires": tables.horaires.rang(*_horaires(point, ou.horaires, libelles)),
        "telephone": _telephone(lieu.telephone),
        "verifie": en_jours(dires.a_jour_le(lieu)),
        "pass": en_jours(lieu.pass_numerique.verifie_le) if lieu.pass_numerique else 0,
        **_bits(lieu),
        **{f.cle: _ensemble(tables, f.rangs(valeurs(f.cle, lieu, libelles, jour))) for f in facettes},
    }


def _ensemble(tables: Tables, rangs: tuple[int, ...]) -> int:
    return tables.ensembles.rang(rangs, rangs)


def _horaires(point: Point, texte: str | None, libelles: Libelles) -> tuple[Any, Any]:
    ligne = sans_bidi(quand(point, libelles))
    return (texte, ligne), [ligne, _regles(texte)]


@lru_cache(maxsize=50_000)
def _regles(texte: str | None) -> list[dict[str, Any]] | None:
    """The rules of a text; None when there is none, or when it is not understood (its line then says the text)."""
    horaires = horaires_compris(texte)
    return horaires.donnees() if horaires else None


def _bits(lieu: "Lieu") -> dict[str, int]:
    dites = reponses(lieu)
    return {
        "oui": sum(1 << rang for rang, q in enumerate(QUESTIONS) if dites[q.cle]),
        "connu": sum(1 << rang for rang, q in enumerate(QUESTIONS) if dites[q.cle] is not None),
    }


def _fermetures(points: Sequence[Point], jour: date) -> dict[str, list[dict[str, str]]]:
    """Closures that are not over, by row."""
    par_rang = {str(rang): fermetures_en_donnees(p.enregistrement.lieu, jour) for rang, p in enumerate(points)}
    return {rang: fermees for rang, fermees in par_rang.items() if fermees}


def _arret(point: Point) -> list[Any]:
    arret = point.arret
    assert arret is not None
    ancre = arret.prochain_passage
    return [sans_bidi(arret.lieu or arret.commune), arret.frequence, en_jours(ancre) if ancre else None]


def _telephone(telephone: str | None) -> str:
    """What the telephone dials; empty when it is not a number."""
    lien = lien_telephone(telephone) if telephone else None
    return lien.removeprefix("tel:") if lien else ""


def en_jours(jour: date) -> int:
    """Days from 1970-01-01."""
    return jour.toordinal() - _EPOQUE


def _degres(valeur: float | None) -> int | None:
    return None if valeur is None else round(valeur * 100_000)
