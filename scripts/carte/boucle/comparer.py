"""What a proposal does to the records: added, removed, renamed, changed field by field."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from carte import hours, records
from carte.boucle.depuis import Ecart
from carte.records import FicheLue, Lieu, Problem

_HORAIRES = ("horaires",)


class Genre(StrEnum):
    """What happens to a record; each value is its French title."""

    AJOUT = "ajoutée"
    RETRAIT = "retirée"
    RENOMMAGE = "renommée"
    CHANGEMENT = "changée"


@dataclass(frozen=True, slots=True)
class Champ:
    """One field on both sides, as lines of text; no line when the record does not say it."""

    nom: str
    avant: tuple[str, ...]
    apres: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fiche:
    """One record that changes: its id now (or the last one), its name, what changes in it, what blocks it.

    `ancien`: its former id when it was renamed.
    """

    genre: Genre
    identifiant: str
    nom: str
    commune: str
    champs: tuple[Champ, ...] = ()
    problemes: tuple[Problem, ...] = ()
    ancien: str | None = None


def comparer(ecart: Ecart) -> list[Fiche]:
    """Every record that changes in what it says, by kind then by id; a new layout alone changes nothing."""
    renommees = _renommees(ecart)
    fiches = [fiche for couple in _couples(ecart, renommees) if (fiche := _comparer(*couple)) is not None]
    return sorted(fiches, key=lambda fiche: (list(Genre).index(fiche.genre), fiche.identifiant))


def _renommees(ecart: Ecart) -> dict[str, str]:
    """Present id → former one, of the records that say so and whose former file is gone."""
    parties = ecart.avant.keys() - ecart.apres.keys()
    return {
        identifiant: ancien
        for identifiant, fiche in ecart.apres.items()
        if fiche.lieu is not None and identifiant not in ecart.avant
        for ancien in fiche.lieu.anciens_identifiants or ()
        if ancien in parties
    }


def _couples(ecart: Ecart, renommees: Mapping[str, str]) -> Iterator[tuple[FicheLue | None, FicheLue | None]]:
    for identifiant, apres in ecart.apres.items():
        yield ecart.avant.get(renommees.get(identifiant, identifiant)), apres
    for identifiant in ecart.avant.keys() - ecart.apres.keys() - set(renommees.values()):
        yield ecart.avant[identifiant], None


def _comparer(avant: FicheLue | None, apres: FicheLue | None) -> Fiche | None:
    visible = apres or avant
    assert visible is not None, "a record that changes is there before or after"
    lieu = visible.lieu or (avant.lieu if avant else None)
    identifiant = visible.fichier.identifiant
    champs = tuple(_champs(avant, apres))
    bloquants = tuple(p for p in (apres.problemes if apres else ()) if records.bloque([p]))
    genre = _genre(avant, apres)
    if genre is Genre.CHANGEMENT and not champs and not bloquants:
        return None
    nom, commune = (lieu.nom, lieu.commune) if lieu else (identifiant.partition("/")[2], "")
    ancien = avant.fichier.identifiant if genre is Genre.RENOMMAGE and avant else None
    return Fiche(genre, identifiant, nom, commune, champs, bloquants, ancien)


def _genre(avant: FicheLue | None, apres: FicheLue | None) -> Genre:
    if avant is None:
        return Genre.AJOUT
    if apres is None:
        return Genre.RETRAIT
    renommee = avant.fichier.identifiant != apres.fichier.identifiant
    return Genre.RENOMMAGE if renommee else Genre.CHANGEMENT


def _champs(avant: FicheLue | None, apres: FicheLue | None) -> Iterator[Champ]:
    """The fields that do not say the same; of a removed record, none: the site no longer says anything of it."""
    if apres is None or apres.lieu is None:
        return
    if (avant is not None and avant.a_completer) != apres.a_completer:
        yield Champ("a_completer", *(("oui",) if f is not None and f.a_completer else () for f in (avant, apres)))
    yield from comparer_lieux(avant.lieu if avant else None, apres.lieu)


def comparer_lieux(avant: Lieu | None, apres: Lieu) -> Iterator[Champ]:
    """The fields that two states of a record do not say alike, in the model's order."""
    for nom in Lieu.model_fields:
        vieille, neuve = (getattr(lieu, nom) if lieu else None for lieu in (avant, apres))
        if vieille != neuve:
            yield comparer_champ(nom, vieille, neuve)


def comparer_champ(nom: str, avant: Any, apres: Any) -> Champ:
    """One field as people read it on both sides."""
    return Champ(nom, tuple(_lignes(nom, avant)), tuple(_lignes(nom, apres)))


def _lignes(nom: str, valeur: Any) -> Sequence[str]:
    """A value as people read it: hours as a week, a text as it is, the rest as a record writes it."""
    if valeur is None:
        return ()
    if nom in _HORAIRES:
        return _semaine(str(valeur))
    if isinstance(valeur, str):
        return valeur.splitlines() or [valeur]
    if isinstance(valeur, list) and all(isinstance(element, str) for element in valeur):
        return valeur
    return records.champ_ecrit(nom, valeur)


def _semaine(texte: str) -> list[str]:
    """Each day and its hours; the text itself when it cannot be read."""
    try:
        return [f"{jour} : {heures}" for jour, heures in hours.lignes(hours.parse(texte))]
    except hours.HorairesInvalides:
        return [texte]
