"""The files of places: the standard, a French spreadsheet, a map, a program, data·inclusion; the same places in all."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from carte.publish.opendata import standard
from carte.publish.opendata.blocs import Bloc, conformite
from carte.publish.opendata.formats import Ressource, entete_csv, liste_json
from carte.publish.opendata.parties import Decoupage, elements, table
from carte.publish.reprise import SANS_REPRISE, Reprise
from carte.publish.tableur import xlsx
from carte.publish.tableur.onglet import Feuille, Valeur

if TYPE_CHECKING:
    from carte.picture import Picture

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LARGES = {"nom", "adresse", "horaires", "presentation_resume", "presentation_detail", "services", standard.ECARTS}
_MARQUE = b"\xef\xbb\xbf"
"""Without it, spreadsheets take UTF-8 for another encoding."""


def ressources(
    picture: "Picture", coupe: Decoupage, blocs: Sequence[Bloc], reprise: Reprise = SANS_REPRISE
) -> Iterator[Ressource]:
    """Every file of places; `lieux-standard.csv` has only the rows that the standard takes."""
    yield from (_table(modele, coupe, blocs) for modele in _modeles_des_tables(conformite(picture, reprise)))
    yield from _classeurs(coupe, blocs, picture.configuration.date_publication, reprise)
    for modele in _LISTES:
        yield from elements(coupe, modele, blocs, partial(_liste, modele.fichier), _departement)


def par_departement(blocs: Iterable[Bloc]) -> dict[str, bytes]:
    """For each département of a place, the rows of `lieux-tableur.csv` that are its own: what the search's list is
    downloaded from, offline too."""
    return {bloc.departement: _rangees("lieux-tableur.csv", [bloc]) for bloc in blocs}


def _departement(bloc: Bloc) -> str:
    return bloc.departement


def _modeles_des_tables(compte: standard.Conformite) -> Iterator[Ressource]:
    yield Ressource(
        "lieux",
        "lieux.csv",
        "Lieux de médiation numérique, aux colonnes du standard national v1.0.2 ; chaque ligne dit ses écarts",
        "text/csv",
        tuple(map(_champ, standard.COLONNES)),
        {"conformite": compte.decrire()},
    )
    yield Ressource(
        "lieux-standard",
        "lieux-standard.csv",
        "Les seules lignes conformes au standard national v1.0.2, à déposer dans un inventaire",
        "text/csv",
        tuple(map(_champ, standard.COLONNES_STANDARD)),
    )
    yield Ressource(
        "lieux-tableur",
        "lieux-tableur.csv",
        "Les mêmes lignes que lieux.csv, pour un tableur en français (point-virgule, virgule décimale)",
        "text/csv",
        tuple(_champ(nom) | ({"decimalChar": ","} if _type(nom) == "number" else {}) for nom in standard.COLONNES),
        {"encoding": "utf-8-sig", "dialect": {"csv": {"delimiter": ";"}}},
    )


_LISTES = (
    Ressource(
        "lieux-geojson",
        "lieux.geojson",
        "Lieux de médiation numérique, avec les champs ajoutés au standard, pour une carte",
        "application/geo+json",
    ),
    # Records alone: the next publication reads it.
    Ressource("lieux-json", "lieux.json", "Lieux de médiation numérique, fiches complètes", "application/json"),
    Ressource(
        "data-inclusion-structures",
        "data-inclusion-structures.json",
        "Structures au schéma data·inclusion v1",
        "application/json",
    ),
    Ressource(
        "data-inclusion-services",
        "data-inclusion-services.json",
        "Services au schéma data·inclusion v1 : ceux qui ont une thématique du numérique",
        "application/json",
    ),
)


def _table(modele: Ressource, coupe: Decoupage, blocs: Sequence[Bloc]) -> Ressource:
    ecrire = partial(_rangees, modele.fichier)
    return table(coupe, modele, blocs, ecrire, lambda tous: coupe.grouper(tous, _departement).items())


def _rangees(fichier: str, blocs: Iterable[Bloc]) -> bytes:
    """A table of these places, with its heading."""
    corps = b"".join(bloc.corps[fichier] for bloc in blocs)
    match fichier:
        case "lieux-tableur.csv":
            return _MARQUE + entete_csv(standard.COLONNES, ";") + corps
        case "lieux-standard.csv":
            return entete_csv(standard.COLONNES_STANDARD) + corps
    return entete_csv(standard.COLONNES) + corps


def _liste(fichier: str, blocs: Iterable[Bloc]) -> bytes:
    """A list of these places in JSON, in what its kind has around it."""
    liste = liste_json(bloc.corps[fichier] for bloc in blocs)
    return b'{"type":"FeatureCollection","features":%b}\n' % liste if fichier == "lieux.geojson" else liste + b"\n"


def _classeurs(coupe: Decoupage, blocs: Sequence[Bloc], jour: date, reprise: Reprise) -> Iterator[Ressource]:
    modele = Ressource(
        "lieux-xlsx",
        "lieux.xlsx",
        "Les mêmes lignes que lieux.csv, en classeur",
        _XLSX,
        dits={"type": "file"},  # a validator of tables needs not open a workbook
    )

    def classeur(siens: Sequence[Bloc]) -> bytes:
        connu = reprise.avec(*(bloc.sceau for bloc in siens))
        return connu.valeur("classeur des lieux", lambda: _classeur(siens, jour))

    yield from elements(coupe, modele, blocs, classeur, _departement)


def _classeur(blocs: Iterable[Bloc], jour: date) -> bytes:
    rangees: list[tuple[Valeur, ...]] = [tuple(standard.COLONNES)]
    rangees += [tuple(map(_valeur, rangee)) for bloc in blocs for rangee in bloc.rangees]
    largeurs = tuple(40 if nom in _LARGES else 18 for nom in standard.COLONNES)
    return xlsx.ecrire([Feuille("Lieux", tuple(rangees), largeurs)], "Lieux de médiation numérique", jour)


def _valeur(valeur: object) -> Valeur:
    return valeur if valeur is None or isinstance(valeur, bool | int | float) else str(valeur)


def _type(nom: str) -> str:
    types = {"latitude": "number", "longitude": "number", "date_maj": "date", standard.VOISIN: "boolean"}
    return types.get(nom, "string")


_DITS = {
    standard.ECARTS: "Pourquoi cette ligne n’est pas conforme au standard ; vide quand elle l’est.",
    standard.TENUE: "Le hub qui tient cette fiche et la corrige ; vide quand c’est ce site.",
    standard.VOISIN: "« true » : un lieu d’un département voisin, compté près de la limite ; vide sinon.",
}


def _champ(nom: str) -> dict[str, str]:
    champ = {"name": nom, "type": _type(nom)}
    return champ | ({"description": _DITS[nom]} if nom in _DITS else {})
