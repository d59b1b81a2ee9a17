"""The département's part of every layer of the registry, and what the missing ones leave without figures."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from carte.couches import arrets, carreaux, quartiers
from carte.couches.brut import INCONNU, Brut, CouchesIndisponibles
from carte.couches.controles import Controle
from carte.couches.registre import TableNationale, lire_registre
from carte.couches.sources import SourceCouches
from carte.couches.tables import extraire, reunir
from carte.couches.voisinage import voisins
from carte.territory import Cog
from carte.territory.manifeste import Origine

ABSENTE = "absent de la source."


@dataclass(frozen=True, slots=True)
class Extraits:
    """The files of a département by name; `remarques`: what a reader should know of them (French).

    `manquent`: why each file that could not be made is not there, in French.
    """

    bruts: dict[str, Brut]
    remarques: list[str]
    manquent: dict[str, str]


@dataclass(frozen=True, slots=True)
class Emprise:
    """A département, and what it is given of its neighbours: `voisines`, codes of today of the strip around it.

    `boite`: both, in degrees.
    """

    departement: str
    voisines: frozenset[str]
    boite: arrets.Boite
    cog: Cog


def rassembler(emprise: Emprise, source: SourceCouches) -> Extraits:
    """Read and cut every layer, in memory; none of them stops the others."""
    bruts: dict[str, Brut] = {}
    remarques: list[str] = []
    manquent: dict[str, str] = {}
    for table in lire_registre():
        try:
            brut, dites = _LECTEURS[table.lecteur](table, source, emprise)
        except CouchesIndisponibles as erreur:
            manquent[f"{table.fichier} {table.dossier}"] = erreur.message
            continue
        deja = bruts.get(table.fichier)
        bruts[table.fichier] = brut if deja is None else _ensemble(deja, brut)
        remarques += [f"{table.titre} ({table.fichier}) : {dite}" for dite in dites]
    return Extraits(bruts, [*remarques, *_partiels(bruts, manquent)], _entiers(bruts, manquent))


def _partiels(bruts: Collection[str], manquent: Mapping[str, str]) -> list[str]:
    """What is said of a file made from some of its layers only."""
    tables = {f"{table.fichier} {table.dossier}": table for table in lire_registre()}
    return [
        f"{tables[cle].titre} ({tables[cle].source}) : {motif} Sans cette couche, {tables[cle].sans}."
        for cle, motif in manquent.items()
        if tables[cle].fichier in bruts
    ]


def _entiers(bruts: Collection[str], manquent: Mapping[str, str]) -> dict[str, str]:
    """Why the files that no layer could make are not there; each reason once."""
    motifs: dict[str, list[str]] = {}
    for cle, motif in manquent.items():
        fichier = cle.split(" ", 1)[0]
        if fichier not in bruts and motif not in motifs.setdefault(fichier, []):
            motifs[fichier].append(motif)
    return {fichier: " ".join(dits) for fichier, dits in motifs.items() if dits}


Lecture = tuple[Brut, list[str]]
Populations = Mapping[str, float | None]


def _table(table: TableNationale, source: SourceCouches, emprise: Emprise) -> Lecture:
    alentour = {emprise.departement, *(voisins(emprise.departement) if table.voisins else ())}
    brut = _demander(table, source, lambda contenu, nom: extraire(table, Brut(contenu, nom, INCONNU), alentour))
    extrait = extraire(table, replace(brut, source=brut.nom), alentour)
    dites = [f"{extrait.secrets} communes ont un chiffre secret : elles restent inconnues."] if extrait.secrets else []
    return replace(brut, contenu=extrait.contenu, source=table.source, millesime=extrait.millesime), dites


def _copie(table: TableNationale, source: SourceCouches, _emprise: Emprise) -> Lecture:
    def controle(contenu: bytes, nom: str) -> None:
        titres = contenu.decode("utf-8-sig", errors="replace").split("\n", 1)[0].strip().split(";")
        if manquent := [titre for titre in table.colonnes if titre not in titres]:
            raise CouchesIndisponibles(f"{nom} : aucune colonne « {manquent[0]} ».")

    return replace(_demander(table, source, controle), source=table.source), []


def _quartiers(table: TableNationale, source: SourceCouches, emprise: Emprise) -> Lecture:
    brut = _demander(
        table,
        source,
        lambda contenu, nom: quartiers.extraire(table, Brut(contenu, nom, INCONNU), {}, {emprise.departement}),
    )
    populations, origines, dites = _populations(table, source)
    contenu = quartiers.extraire(table, replace(brut, source=brut.nom), populations, {emprise.departement})
    if inconnus := list(quartiers.sans_population(contenu)):
        dites.append(f"population inconnue pour {', '.join(inconnus)}.")
    return replace(brut, contenu=contenu, source=table.source, origines=(*brut.origines, *origines)), dites


def _populations(table: TableNationale, source: SourceCouches) -> tuple[Populations, tuple[Origine, ...], list[str]]:
    """Inhabitants by quarter, the file they come from, and why they are not known."""
    if table.avec is None:
        return {}, (), []
    avec = table.avec
    try:
        brut = source.table(avec, lambda contenu, nom: quartiers.lire_populations(avec, Brut(contenu, nom, INCONNU)))
    except CouchesIndisponibles as erreur:
        return {}, (), [f"{erreur.message} La population des quartiers est inconnue."]
    return ({}, (), []) if brut is None else (quartiers.lire_populations(avec, brut), brut.origines, [])


def _arrets(table: TableNationale, source: SourceCouches, emprise: Emprise) -> Lecture:
    reseaux = source.plusieurs(table, arrets.controler)
    if not reseaux:
        raise CouchesIndisponibles(ABSENTE)
    lus = arrets.extraire(reseaux, emprise.boite)
    origines = tuple(x for brut in reseaux for x in brut.origines)
    return Brut(lus.contenu, table.source, lus.periodes, origines), list(lus.remarques)


def _carreaux(table: TableNationale, source: SourceCouches, emprise: Emprise) -> Lecture:
    fichiers = source.plusieurs(table, lambda contenu, nom: carreaux.controler(table, contenu, nom))
    if not fichiers:
        raise CouchesIndisponibles(ABSENTE)
    millesime = max(brut.millesime for brut in fichiers)
    du_dernier = [brut for brut in fichiers if brut.millesime == millesime]
    siennes = {code: x.population for code, x in emprise.cog.actuelles.items() if x.departement == emprise.departement}
    lus = carreaux.extraire(table, du_dernier, siennes, emprise.voisines, emprise.cog.actuel)
    origines = tuple(x for brut in du_dernier for x in brut.origines)
    return Brut(lus.contenu, table.source, millesime, origines), list(lus.remarques)


_LECTEURS = {"table": _table, "copie": _copie, "quartiers": _quartiers, "arrets": _arrets, "carreaux": _carreaux}


def _demander(table: TableNationale, source: SourceCouches, controle: Controle) -> Brut:
    brut = source.table(table, controle)
    if brut is None:
        raise CouchesIndisponibles(ABSENTE)
    return brut


def _ensemble(premier: Brut, second: Brut) -> Brut:
    """Two layers that make one file: both are named."""
    return Brut(
        reunir(premier.contenu, second.contenu),
        f"{premier.source} ; {second.source}",
        ", ".join(dict.fromkeys((premier.millesime, second.millesime))),
        (*premier.origines, *second.origines),
    )
