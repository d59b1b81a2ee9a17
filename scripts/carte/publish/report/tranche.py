"""What the report of one département reads of the picture, and nothing else: little enough to be sent elsewhere.

Each form of a report is the same from this part as from the whole: a test compares them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from carte.indicators import Indicateurs

if TYPE_CHECKING:
    from pandas import DataFrame

    from carte.evolution.modele import Comparaison
    from carte.picture import Picture
    from carte.records import Enregistrement
    from carte.territory import Territoire

_CLASSES = ("densite", "frr", "centralite")
_DU_DEPARTEMENT = ("commune", "epci_departement")


def tranches(picture: "Picture", codes: Iterable[str]) -> "Iterator[tuple[str, Picture]]":
    """Code and part of the picture of each of these départements, which have figures."""
    fiches = {fiche.identifiant: fiche for fiche in picture.enregistrements}
    for code in codes:
        yield code, _tranche(picture, code, fiches)


def _tranche(picture: "Picture", code: str, fiches: "Mapping[str, Enregistrement]") -> "Picture":
    tables = picture.indicateurs.tables
    siennes = {nom: _du_departement(tables[nom], code) for nom in _DU_DEPARTEMENT}
    communes = set(siennes["commune"].index)
    epci = set(siennes["epci_departement"]["code_epci"].dropna())
    codes = {code, *communes, *epci, *siennes["epci_departement"].index}

    offre = picture.offre
    offre = offre[(offre["code_departement"] == code) | offre["code_insee"].isin(communes)]
    lieux = set(offre["lieu_id"])
    if picture.evolution is not None:
        lieux |= {m.lieu_id for m in picture.evolution.mouvements if m.code_departement in (code, None)}
    debit, simulations = picture.debit, picture.simulations
    return replace(
        picture,
        enregistrements=tuple(fiche for identifiant, fiche in fiches.items() if identifiant in lieux),
        problemes=(),
        doutes=(),
        a_completer=(),
        territoire=_territoire(picture.territoire, code),
        debit=replace(debit, communes=debit.communes[debit.communes["code_insee"].isin(communes)], problemes=()),
        offre=offre,
        indicateurs=_indicateurs(picture.indicateurs, code, siennes, epci, codes),
        simulations=simulations
        and replace(simulations, propositions=tuple(p for p in simulations.propositions if p.code in codes)),
        evolution=picture.evolution and _evolution(picture.evolution, codes),
    )


def _indicateurs(
    indicateurs: Indicateurs, code: str, siennes: "Mapping[str, DataFrame]", epci: set[str], codes: set[str]
) -> Indicateurs:
    tables = indicateurs.tables
    gardees = {
        **siennes,
        "departement": tables["departement"].loc[[code]],
        "epci": tables["epci"][tables["epci"].index.isin(epci)],
        **{nom: _classes(tables[nom], code) for nom in _CLASSES},
    }
    listes = {nom: _de_la_liste(table, code, codes) for nom, table in indicateurs.listes.items()}
    return replace(indicateurs, tables=gardees, listes=listes)


def _classes(table: "DataFrame", code: str) -> "DataFrame":
    """Some rows at least where there are some: a table without any says that nobody gave the classes."""
    if table.empty:
        return table
    siennes = _du_departement(table, code)
    return table.iloc[:1] if siennes.empty else siennes


def _de_la_liste(table: "DataFrame", code: str, codes: set[str]) -> "DataFrame":
    """The rows of the département, and those of its territories, even about a place of another one."""
    gardees = [table["code_departement"] == code] if "code_departement" in table else []
    if {"niveau", "code"} <= set(table.columns):
        gardees.append(table["code"].isin(codes))
    return table[reduce(or_, gardees)] if gardees else table


def _territoire(territoire: "Territoire", code: str) -> "Territoire":
    """The communes of the département; those outside of the perimeter, which are counted; no outline."""
    communes, residences = territoire.communes, territoire.residences
    siennes = communes["code_departement"] == code
    gardees = communes[siennes | ~communes["dans_perimetre"].astype(bool)].drop(columns="geometry")
    if residences is not None:
        residences = residences[residences["code_insee"].isin(communes.loc[siennes, "code_insee"])]
    return replace(
        territoire,
        communes=gardees,
        successeurs={},
        cog=None,
        parties={},
        residences=residences,
        raccord=None,
        couches={nom: couches for nom, couches in territoire.couches.items() if nom == code},
    )


def _evolution(comparaison: "Comparaison", codes: set[str]) -> "Comparaison":
    """The figures of the territories; every place: a report counts those of other départements."""
    return replace(
        comparaison,
        decompositions=tuple(d for d in comparaison.decompositions if d.code in codes),
        non_comparables=tuple(n for n in comparaison.non_comparables if n[1] in codes),
    )


def _du_departement(table: "DataFrame", code: str) -> "DataFrame":
    return table[table["code_departement"] == code]
