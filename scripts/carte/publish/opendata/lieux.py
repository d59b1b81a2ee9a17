"""The places in each form that somebody reads: the standard, a French spreadsheet, a map, a program, data·inclusion."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from carte.publish.opendata import data_inclusion, standard
from carte.publish.opendata.champs import champs_ecrits
from carte.publish.opendata.formats import Ressource, en_json, table_csv
from carte.publish.opendata.parties import Decoupage, elements, table
from carte.publish.tableur import xlsx
from carte.publish.tableur.onglet import Feuille, Valeur
from carte.records import Enregistrement

if TYPE_CHECKING:
    from carte.picture import Picture

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LARGES = {"nom", "adresse", "horaires", "presentation_resume", "presentation_detail", "services", standard.ECARTS}


def conformite(picture: "Picture") -> standard.Conformite:
    """What the data page says of the rows of `lieux.csv`."""
    return standard.compter(_lignes(picture))


def ressources(picture: "Picture", coupe: Decoupage) -> Iterator[Ressource]:
    """Every file of places. All hold the same places; `lieux-standard.csv` only the rows that the standard takes."""
    yield from _tables(picture, coupe)
    yield from _fiches(picture, coupe)


def par_departement(picture: "Picture") -> dict[str, bytes]:
    """For each département of a place, the rows of `lieux-tableur.csv` that are its own: what the search's list is
    downloaded from, offline too."""
    par_code: dict[str, list[dict[str, object]]] = {}
    for ligne in _lignes(picture):
        par_code.setdefault(str(ligne["id"]).split("/", 1)[0], []).append(ligne)
    return {code: _tableur(lignes) for code, lignes in par_code.items()}


def _lignes(picture: "Picture") -> list[dict[str, object]]:
    return standard.lignes(_tries(picture), picture.configuration.departements)


def _tries(picture: "Picture") -> list[Enregistrement]:
    return sorted(picture.enregistrements, key=lambda e: e.identifiant)


def _tables(picture: "Picture", coupe: Decoupage) -> Iterator[Ressource]:
    lignes = _lignes(picture)
    stricts = standard.COLONNES_STANDARD

    def grouper(rangees: list[dict[str, object]]) -> Iterable[tuple[str, list[dict[str, object]]]]:
        return coupe.grouper(rangees, coupe.de_la_ligne).items()

    yield table(
        coupe,
        Ressource(
            "lieux",
            "lieux.csv",
            "Lieux de médiation numérique, aux colonnes du standard national v1.0.2 ; chaque ligne dit ses écarts",
            "text/csv",
            tuple(map(_champ, standard.COLONNES)),
            {"conformite": standard.compter(lignes).decrire()},
        ),
        lignes,
        partial(table_csv, standard.COLONNES),
        grouper,
    )
    yield table(
        coupe,
        Ressource(
            "lieux-standard",
            "lieux-standard.csv",
            "Les seules lignes conformes au standard national v1.0.2, à déposer dans un inventaire",
            "text/csv",
            tuple(map(_champ, stricts)),
        ),
        [ligne for ligne in lignes if not ligne[standard.ECARTS]],
        partial(table_csv, stricts),
        grouper,
    )
    yield table(
        coupe,
        Ressource(
            "lieux-tableur",
            "lieux-tableur.csv",
            "Les mêmes lignes que lieux.csv, pour un tableur en français (point-virgule, virgule décimale)",
            "text/csv",
            tuple(_champ(nom) | ({"decimalChar": ","} if _type(nom) == "number" else {}) for nom in standard.COLONNES),
            {"encoding": "utf-8-sig", "dialect": {"csv": {"delimiter": ";"}}},
        ),
        lignes,
        _tableur,
        grouper,
    )
    yield Ressource(
        "lieux-xlsx",
        "lieux.xlsx",
        "Les mêmes lignes que lieux.csv, en classeur",
        _XLSX,
        dits={"type": "file"},  # a validator of tables needs not open a workbook
        contenu=_classeur(lignes, picture.configuration.date_publication),
    )


def _fiches(picture: "Picture", coupe: Decoupage) -> Iterator[Ressource]:
    enregistrements, departements = _tries(picture), picture.configuration.departements
    yield from elements(
        coupe,
        Ressource(
            "lieux-geojson",
            "lieux.geojson",
            "Lieux de médiation numérique, avec les champs ajoutés au standard, pour une carte",
            "application/geo+json",
        ),
        enregistrements,
        lambda fiches: en_json({"type": "FeatureCollection", "features": [entite(e, departements) for e in fiches]}),
        _departement,
    )
    yield from elements(
        coupe,
        Ressource(
            "lieux-json",
            "lieux.json",
            "Lieux de médiation numérique, fiches complètes",
            "application/json",
        ),
        enregistrements,
        lambda fiches: en_json([_fiche(e, None) for e in fiches]),  # records alone: the next publication reads it
        _departement,
    )
    yield from elements(
        coupe,
        Ressource(
            "data-inclusion-structures",
            "data-inclusion-structures.json",
            "Structures au schéma data·inclusion v1",
            "application/json",
        ),
        enregistrements,
        lambda fiches: en_json(data_inclusion.tables(fiches)[0]),
        _departement,
    )
    yield from elements(
        coupe,
        Ressource(
            "data-inclusion-services",
            "data-inclusion-services.json",
            "Services au schéma data·inclusion v1 : ceux qui ont une thématique du numérique",
            "application/json",
        ),
        enregistrements,
        lambda fiches: en_json(data_inclusion.tables(fiches)[1]),
        _departement,
    )


def _departement(enregistrement: Enregistrement) -> str:
    return enregistrement.identifiant.split("/", 1)[0]


def _fiche(enregistrement: Enregistrement, departements: Sequence[str] | None) -> dict[str, Any]:
    """The fields of a record; with `departements`, what it is to this site too."""
    fiche = {"id": enregistrement.identifiant, **champs_ecrits(enregistrement)}
    if departements is None:
        return fiche
    voisin = {standard.VOISIN: True} if standard.est_voisin(enregistrement, departements) else {}
    tenue = {standard.TENUE: enregistrement.tenue.hub} if enregistrement.tenue else {}
    return fiche | voisin | tenue


def entite(enregistrement: Enregistrement, departements: Sequence[str] | None = None) -> dict[str, Any]:
    """A GeoJSON feature (WGS84, longitude first); the geometry is null when the coordinates are unknown. A place
    outside `departements` says that it is a neighbour's."""
    lieu = enregistrement.lieu
    situe = lieu.latitude is not None and lieu.longitude is not None
    return {
        "type": "Feature",
        "id": enregistrement.identifiant,
        "geometry": {"type": "Point", "coordinates": [lieu.longitude, lieu.latitude]} if situe else None,
        "properties": _fiche(enregistrement, departements),
    }


def _tableur(lignes: Sequence[Mapping[str, object]]) -> bytes:
    return b"\xef\xbb\xbf" + table_csv(standard.COLONNES, map(_a_la_francaise, lignes), ";")


def _a_la_francaise(ligne: Mapping[str, object]) -> dict[str, object]:
    return {nom: str(v).replace(".", ",") if isinstance(v, float) else v for nom, v in ligne.items()}


def _classeur(lignes: Sequence[dict[str, object]], jour: date) -> bytes:
    rangees: list[tuple[Valeur, ...]] = [tuple(standard.COLONNES)]
    rangees += [tuple(_valeur(ligne[nom]) for nom in standard.COLONNES) for ligne in lignes]
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
