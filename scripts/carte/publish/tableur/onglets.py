"""The sheets of a département's workbook as plain rows: what both formats write."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from carte.evolution.modele import tables as tables_evolution
from carte.publish.dictionnaire import Dictionnaire
from carte.publish.report.lieux import lieux
from carte.publish.report.tableaux import Tableau
from carte.publish.tableur.onglet import Feuille, Valeur, valeur
from carte.publish.tableur.synthese import synthese

if TYPE_CHECKING:
    from pandas import DataFrame

    from carte.publish.report.edition import Edition


def feuilles(edition: "Edition") -> list[Feuille]:
    """Every sheet of a report, in order."""
    tables, code = edition.sujet.indicateurs.tables, edition.code
    dictionnaire = dictionnaire_de(edition)
    niveaux = [
        ("Département", tables["departement"].loc[[code]]),
        ("EPCI (part)", _du_departement(tables["epci_departement"], code)),
        ("EPCI (entiers)", tables["epci"].loc[_epci(edition)]),
        ("Communes", _du_departement(tables["commune"], code)),
    ]
    return [
        synthese(edition),
        _lisez_moi(edition),
        *_rapport(edition),
        _lieux(edition),
        *(_niveau(nom, table, dictionnaire) for nom, table in niveaux),
        *_listes(edition),
        _definitions(edition),
        _colonnes([table for _, table in niveaux], dictionnaire),
    ]


def dictionnaire_de(edition: "Edition") -> Dictionnaire:
    """The dictionary of the columns, with the labels of the types of places."""
    types = edition.sujet.picture.vocabulaires["typologies"]
    return Dictionnaire.de(edition.sujet.indicateurs.definitions, {v.valeur: v.libelle for v in types.valeurs})


def _lisez_moi(edition: "Edition") -> Feuille:
    sujet, configuration = edition.sujet, edition.sujet.picture.configuration
    lignes: list[tuple[Valeur, ...]] = [(f"Rapport : {sujet.nom}",)]
    if configuration.demonstration:
        lignes.append(("Données fictives : aucun de ces lieux n’existe.",))
    lignes += [
        (
            f"Publié par {configuration.hub}, le {sujet.millesime('lieux')}",
            f"{configuration.url}rapports/{sujet.code}/",
        ),
        ("Une cellule vide est inconnue : ni zéro, ni « non ».",),
        (f"{sujet.mention_temps}.",),
        ("Numérateur et dénominateur donnent chaque part ; les bornes basse et haute, son intervalle.",),
    ]
    for bloc in edition.chapitres[0].blocs:
        if isinstance(bloc, Tableau):
            lignes += [(), (bloc.legende,)]
            lignes += [
                (rangee.titre, *(_nombre_ou_texte(c.tri, c.entier) for c in rangee.cellules)) for rangee in bloc.rangees
            ]
    return Feuille("Lisez-moi", tuple(lignes), (60, 60, 50), liste=False)


def _rapport(edition: "Edition") -> Iterator[Feuille]:
    """The tables of the report as it prints them: one row per line, values as numbers, precisions beside."""
    lignes: list[tuple[Valeur, ...]] = [("Partie", "Tableau", "Ligne", "Colonne", "Code", "Valeur", "Lu", "Précision")]
    for titre, blocs in edition.parties[1:]:
        for bloc in blocs:
            if isinstance(bloc, Tableau) and not bloc.repli:
                lignes += _lignes_du_tableau(titre, bloc)
    yield Feuille("Tableaux du rapport", tuple(lignes), (26, 40, 44, 30, 8, 14, 22, 44))


def _lignes_du_tableau(partie: str, tableau: Tableau) -> Iterator[tuple[Valeur, ...]]:
    titre = tableau.titre
    for rangee in tableau.rangees:
        ligne = f"{rangee.titre} ({rangee.detail})" if rangee.detail else rangee.titre
        for colonne, cellule in zip(tableau.colonnes, rangee.cellules, strict=True):
            yield (
                partie,
                titre,
                ligne,
                f"{colonne.titre}, {colonne.detail}" if colonne.detail else colonne.titre,
                tableau.code or rangee.code or colonne.code or None,
                valeur(cellule.tri),
                cellule.entier or None,
                cellule.detail or None,
            )


def _lieux(edition: "Edition") -> Feuille:
    """The list of the places, one a row: what is not known is empty, but for families, which have words for it."""
    titres = (
        *("Lieu", "Commune", "Reçoit du public"),
        *(nom for _, nom in edition.sujet.familles),
        *("Heures par semaine", "Arrêts aux horaires inconnus", "Labels et réseaux en cours", "À jour le", "Fiche"),
    )
    adresse = edition.sujet.picture.configuration.url
    lignes = [
        (
            *(lieu.nom, lieu.commune, "oui" if lieu.recoit else "non", *lieu.familles),
            *(valeur(lieu.heures), lieu.sans_heures, None if lieu.reseaux is None else ", ".join(lieu.reseaux)),
            *(lieu.a_jour_le, f"{adresse}lieux/{lieu.identifiant}/"),
        )
        for lieu in lieux(edition.sujet)
    ]
    return Feuille("Lieux", (titres, *lignes), (40, 26, 12, 16, 16, 16, 12, 14, 44, 14, 60))


def _niveau(nom: str, table: "DataFrame", dictionnaire: Dictionnaire) -> Feuille:
    """One row per territory; two headings, the French title and the technical name of the open data."""
    plate = table.copy().reset_index()
    noms = [str(colonne) for colonne in plate.columns]
    colonnes = [[valeur(x) for x in plate[colonne].tolist()] for colonne in plate.columns]
    titres = tuple(dictionnaire.titre(colonne) for colonne in noms)
    lignes = tuple(zip(*colonnes, strict=True))
    return Feuille(nom, (titres, tuple(noms), *lignes), tuple(30 if n == "nom" else 16 for n in noms), entetes=2)


def _listes(edition: "Edition") -> Iterator[Feuille]:
    """The tables that are not one row per territory, when the indicators give some."""
    listes = {nom: _de_la_liste(table, edition) for nom, table in _tables(edition).items()}
    for nom, ici in [*listes.items(), *_simulations(edition)]:
        if not ici.empty:
            noms = tuple(str(colonne) for colonne in ici.columns)
            lignes = tuple(zip(*([valeur(x) for x in ici[c].tolist()] for c in ici.columns), strict=True))
            titres = tuple(nom.replace("_", " ") for nom in noms)
            yield Feuille(_titre_de_liste(nom), (titres, noms, *lignes), tuple(24 for _ in noms), entetes=2)


def _simulations(edition: "Edition") -> "Iterator[tuple[str, DataFrame]]":
    """Of the simulations, every choice for the département, and the one to keep for each EPCI."""
    toutes = edition.sujet.picture.simulations
    if toutes is None:
        return
    codes = {edition.code, *_epci(edition)}
    table = replace(toutes, propositions=tuple(p for p in toutes.propositions if p.code in codes)).frame()
    yield "simulations", table[(table["niveau"] == "departement") | table["choix_robuste"].astype(bool)]


def _tables(edition: "Edition") -> "dict[str, DataFrame]":
    return {**edition.sujet.indicateurs.listes, **tables_evolution(edition.sujet.picture.evolution)}


def _de_la_liste(table: "DataFrame", edition: "Edition") -> "DataFrame":
    """The rows of the département: by its code, or by the level and code of its territories."""
    if "code_departement" in table:
        return table[table["code_departement"].isin([edition.code])]
    if {"niveau", "code"} <= set(table.columns):
        parts = (part.code for part in edition.sujet.parts_epci)
        codes = {edition.code, *_epci(edition), *parts, *(c.code for c in edition.sujet.communes)}
        return table[(table["niveau"] != "perimetre") & table["code"].isin(codes)]
    return table


def _titre_de_liste(nom: str) -> str:
    """Name of a sheet: at most 31 letters, none of those that spreadsheets refuse."""
    return f"Liste {nom.replace('_', ' ')}"[:31]


def _definitions(edition: "Edition") -> Feuille:
    entete = ("Code", "Indicateur", "Calcul", "Unité", "Source", "À savoir", "Sens")
    lignes = [
        (d.code, d.nom, d.formule, d.unite, d.source, d.biais, d.sens) for d in edition.sujet.indicateurs.definitions
    ]
    absents = [
        (code or None, rangee.titre, f"Non évalué : {rangee.cellules[1].texte}", None, None, None, None)
        for tableau in edition.methode.blocs
        if isinstance(tableau, Tableau)
        for rangee in tableau.rangees
        for code in [rangee.cellules[0].texte]
    ]
    return Feuille("Définitions", (entete, *lignes, *absents), (8, 36, 70, 26, 40, 60, 40))


def _colonnes(tables: "Iterable[DataFrame]", dictionnaire: Dictionnaire) -> Feuille:
    """The dictionary: every technical name of the sheets by territory, once."""
    noms = dict.fromkeys(str(nom) for table in tables for nom in ["code", *table.columns])
    decrites = [(nom, dictionnaire.decrire(nom)) for nom in noms]
    lignes = tuple((nom, d.titre, d.unite or None, d.description) for nom, d in decrites)
    return Feuille("Colonnes", (("Nom technique", "Titre", "Unité", "Description"), *lignes), (34, 60, 30, 90))


def _du_departement(table: "DataFrame", code: str) -> "DataFrame":
    return table[table["code_departement"] == code]


def _epci(edition: "Edition") -> list[str]:
    connus = edition.sujet.indicateurs.tables["epci"].index
    return [c for part in edition.sujet.parts_epci if (c := part.texte("code_epci")) in connus]


def _nombre_ou_texte(nombre: float | None, texte: str) -> Valeur:
    return valeur(nombre) if nombre is not None else texte or None
