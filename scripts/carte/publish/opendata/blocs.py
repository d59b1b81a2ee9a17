"""The places of each département in every form of the open data: a file of places is its blocks, end to end.

A block is made of its records alone: one whose records have not changed is not made again.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Any

from carte.memoire import cle
from carte.publish.opendata import data_inclusion, standard
from carte.publish.opendata.champs import champs_ecrits
from carte.publish.opendata.formats import lignes_csv, membres_json
from carte.publish.reprise import SANS_REPRISE, Reprise
from carte.records import Enregistrement

if TYPE_CHECKING:
    from carte.picture import Picture


@dataclass(frozen=True, slots=True)
class Bloc:
    """The places of a département in the order of their ids, as the files hold them, headings and brackets left out.

    `corps`: what each file has of them (`lieux.csv` and the others); `rangees`: the values of the rows of `COLONNES`;
    `sceau`: what stands for all of this.
    """

    departement: str
    sceau: str
    corps: Mapping[str, bytes] = field(repr=False)
    rangees: Sequence[tuple[object, ...]] = field(repr=False)


def blocs(picture: "Picture", reprise: Reprise = SANS_REPRISE) -> list[Bloc]:
    """A block for each département that has a place, those of neighbours too, in the order of their codes."""
    departements = picture.configuration.departements
    return [
        siennes.valeur("lieux ouverts", partial(_bloc, code, siennes.fond, enregistrements, departements))
        for code, enregistrements, siennes in _groupes(picture, reprise)
    ]


def conformite(picture: "Picture", reprise: Reprise = SANS_REPRISE) -> standard.Conformite:
    """How many rows the standard takes, and why it refuses the others."""
    return standard.reunir(
        siennes.valeur("conformité", partial(_compter, enregistrements, picture.configuration.departements))
        for _, enregistrements, siennes in _groupes(picture, reprise)
    )


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


def _groupes(picture: "Picture", reprise: Reprise) -> Iterator[tuple[str, list[Enregistrement], Reprise]]:
    """Code of each département, its records, and the memory of what is made from them alone."""
    tries = sorted(picture.enregistrements, key=lambda e: e.identifiant)
    for code, groupe in groupby(tries, lambda e: e.identifiant.partition("/")[0]):
        siens = list(groupe)
        yield code, siens, reprise.avec(*reprise.sceaux(siens))


def _compter(enregistrements: Sequence[Enregistrement], departements: Sequence[str]) -> standard.Conformite:
    return standard.compter(standard.lignes(enregistrements, departements))


def _bloc(code: str, sceau: str, enregistrements: Sequence[Enregistrement], departements: Sequence[str]) -> Bloc:
    lignes = standard.lignes(enregistrements, departements)
    conformes = [ligne for ligne in lignes if not ligne[standard.ECARTS]]
    structures, services = data_inclusion.tables(enregistrements)
    corps = {
        "lieux.csv": lignes_csv(standard.COLONNES, lignes),
        "lieux-standard.csv": lignes_csv(standard.COLONNES_STANDARD, conformes),
        "lieux-tableur.csv": lignes_csv(standard.COLONNES, map(_a_la_francaise, lignes), ";"),
        "lieux.geojson": membres_json(entite(e, departements) for e in enregistrements),
        "lieux.json": membres_json(_fiche(e, None) for e in enregistrements),
        "data-inclusion-structures.json": membres_json(structures),
        "data-inclusion-services.json": membres_json(services),
    }
    return Bloc(code, cle(code, sceau), corps, [tuple(ligne.values()) for ligne in lignes])


def _fiche(enregistrement: Enregistrement, departements: Sequence[str] | None) -> dict[str, Any]:
    """The fields of a record; with `departements`, what it is to this site too."""
    fiche = {"id": enregistrement.identifiant, **champs_ecrits(enregistrement)}
    if departements is None:
        return fiche
    voisin = {standard.VOISIN: True} if standard.est_voisin(enregistrement, departements) else {}
    tenue = {standard.TENUE: enregistrement.tenue.hub} if enregistrement.tenue else {}
    return fiche | voisin | tenue


def _a_la_francaise(ligne: dict[str, object]) -> dict[str, object]:
    return {nom: str(v).replace(".", ",") if isinstance(v, float) else v for nom, v in ligne.items()}
