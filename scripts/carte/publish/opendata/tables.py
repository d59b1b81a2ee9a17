"""The tables of indicators as open data: one CSV per level, the lists, the definitions; every column is described."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import pandas as pd

from carte.evolution.modele import tables as tables_evolution
from carte.publish.dictionnaire import Dictionnaire
from carte.publish.dictionnaire.listes import decrire as decrire_liste
from carte.publish.dictionnaire.listes import titre as titre_liste
from carte.publish.opendata.formats import Ressource, table_csv
from carte.publish.opendata.lots import Redacteur
from carte.publish.opendata.parties import Decoupage, nom_liste, nom_niveau
from carte.publish.reprise import SANS_REPRISE, Reprise
from carte.simulation import ParametresSimulation, Simulations
from carte.territory.raccord import Regle

if TYPE_CHECKING:
    from pandas import DataFrame

    from carte.picture import Picture
    from carte.publish.dictionnaire import Description

_NIVEAUX = {
    "commune": "une ligne par commune",
    "epci": "une ligne par intercommunalité entière",
    "epci_departement": "une ligne par partie d’intercommunalité dans un département",
    "departement": "une ligne par département",
    "region": "une ligne par région (sa partie dans le périmètre)",
    "perimetre": "une seule ligne, tout le périmètre",
    "densite": "une ligne par classe de densité des communes, dans chaque département",
    "frr": "une ligne par classement France ruralités revitalisation des communes, dans chaque département",
    "centralite": "une ligne par niveau de centralité des communes, dans chaque département",
    "france": "une seule ligne, les départements chargés de la France",
}
_DEFINITIONS = {
    "code": "Code de l’indicateur, repris au début du nom des colonnes.",
    "nom": "Nom de l’indicateur.",
    "formule": "Calcul.",
    "unite": "Unité.",
    "source": "Origine des données ou de la méthode.",
    "biais": "Ce que l’indicateur ne dit pas.",
    "sens": "Comment lire une valeur élevée.",
}

_RACCORD = {
    "code_contour": "Code que la couche donne au contour ; pour une commune rétablie, celui de la commune qui l’a.",
    "nom_contour": "Nom que la couche lui donne.",
    "code_insee": "Code de la commune d’aujourd’hui ; vide quand on ne sait pas.",
    "nom": "Son nom.",
    "regle": "Ce qui les relie.",
    "population": "Habitants de la commune, sur une seule de ses lignes.",
}


def ressources(picture: "Picture", coupe: Decoupage, reprise: Reprise = SANS_REPRISE) -> Iterator[Ressource]:
    """Every table of the indicators, then the definitions. Rows that `reprise` knows are not written again."""
    redacteur = Redacteur(coupe, reprise)
    indicateurs = picture.indicateurs
    types = {v.valeur: v.libelle for v in picture.vocabulaires["typologies"].valeurs}
    dictionnaire = Dictionnaire.de(indicateurs.definitions, types)
    tables = dict(indicateurs.tables)
    # A later publication compares itself with this one: it needs the place and the area of each commune.
    places = picture.territoire.communes.set_index("code_insee")[["lat", "lon", "surface_km2"]]
    tables["commune"] = pd.concat([tables["commune"], places.reindex(tables["commune"].index)], axis=1)
    for nom, table in tables.items():
        # Side by side, without a copy: the figures of the communes of a country are the largest thing of a build.
        entiere = pd.concat([table.index.to_frame(index=False), table.reset_index(drop=True)], axis=1)
        yield _niveau(nom, entiere, dictionnaire, redacteur)
    for nom, table in indicateurs.listes.items():
        yield _liste(nom, _d_ici(table, picture), redacteur)
    simulations = picture.simulations or Simulations((), ParametresSimulation())
    yield _liste("simulations", simulations.frame(), redacteur)
    for nom, table in tables_evolution(picture.evolution).items():
        yield _liste(nom, table, redacteur)
    yield from _raccord(picture, redacteur)
    yield _colonnes(dict.fromkeys(str(c) for t in tables.values() for c in ("code", *t.columns)), dictionnaire)
    yield _definitions(picture)


def _raccord(picture: "Picture", redacteur: Redacteur) -> Iterator[Ressource]:
    """What became of each outline whose code is not simply that of a commune of today."""
    table = picture.territoire.raccord
    if table is None:
        return
    titre = "Contours et communes d’un autre millésime : ce qui a été réuni, renommé, rétabli, ou reste sans contour"
    champs = tuple(
        {"name": nom, "type": "number" if nom == "population" else "string", "description": texte}
        for nom, texte in _RACCORD.items()
    )
    changes = table.loc[table["regle"] != Regle.MEME, list(_RACCORD)]
    yield _ressource("contours-et-communes", titre, changes, champs, redacteur)


def _niveau(niveau: str, table: "DataFrame", dictionnaire: Dictionnaire, redacteur: Redacteur) -> Ressource:
    champs = tuple(_champ(str(c), table[c], dictionnaire.decrire(str(c))) for c in table.columns)
    titre = f"Indicateurs du rapport : {_NIVEAUX.get(niveau, niveau)}"
    return _ressource(nom_niveau(niveau), titre, table, champs, redacteur)


def _d_ici(table: "DataFrame", picture: "Picture") -> "DataFrame":
    """A list without the places of neighbouring départements: they serve the times, they are not ours to publish."""
    if "code_departement" not in table:
        return table
    ici = table["code_departement"].isna() | table["code_departement"].isin(list(picture.configuration.departements))
    return table[ici]


def _liste(nom: str, table: "DataFrame", redacteur: Redacteur) -> Ressource:
    champs = tuple(
        {**_champ(str(c), table[c], description), "description": description.description}
        for c in table.columns
        for description in [decrire_liste(nom, str(c))]
    )
    return _ressource(nom_liste(nom), titre_liste(nom), table, champs, redacteur)


def _colonnes(noms: Iterable[str], dictionnaire: Dictionnaire) -> Ressource:
    """The dictionary in full, once for all levels: the package only repeats titles and units."""
    lignes = [{"nom": nom, **asdict(dictionnaire.decrire(nom))} for nom in noms]
    entetes = {
        "nom": "Nom de la colonne.",
        "titre": "Titre.",
        "description": "Sens de la colonne.",
        "unite": "Unité des valeurs ; vide pour un texte.",
    }
    champs = tuple({"name": nom, "type": "string", "description": texte} for nom, texte in entetes.items())
    titre = "Dictionnaire des colonnes des tables d’indicateurs"
    return Ressource("colonnes", "colonnes.csv", titre, "text/csv", champs, contenu=table_csv(list(entetes), lignes))


def _definitions(picture: "Picture") -> Ressource:
    definitions = [asdict(definition) for definition in picture.indicateurs.definitions]
    noms = list(_DEFINITIONS)
    champs = tuple({"name": nom, "type": "string", "description": texte} for nom, texte in _DEFINITIONS.items())
    titre = "Définition de chaque indicateur : formule, unité, source, biais"
    return Ressource("definitions", "definitions.csv", titre, "text/csv", champs, contenu=table_csv(noms, definitions))


def _ressource(
    nom: str, titre: str, table: "DataFrame", champs: tuple[dict[str, str], ...], redacteur: Redacteur
) -> Ressource:
    return redacteur.ressource(Ressource(nom, f"{nom}.csv", titre, "text/csv", champs), table)


def _champ(nom: str, colonne: Any, description: "Description") -> dict[str, str]:
    champ = {"name": nom, "type": _type(colonne), "title": description.titre}
    return champ | ({"unit": description.unite} if description.unite else {})


def _type(colonne: Any) -> str:
    """The frictionless type of a table's column."""
    if colonne.dtype.kind == "b" or str(colonne.dtype) == "boolean":
        return "boolean"
    if colonne.dtype.kind in "iu":
        return "integer"
    return "number" if colonne.dtype.kind == "f" else "string"
