"""What a deployment prepares before it builds: the layers of its territory, the records of an inventory."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, count
from pathlib import Path

from carte import entrees, indicators, nomenclature, territory
from carte.access import valhalla
from carte.access.matrice import FICHIER
from carte.config import Configuration
from carte.couches import campagne, verification
from carte.couches import departement as couches
from carte.ecriture import FichiersChanges, etrangers, remplacer
from carte.execution import Executeur
from carte.federation import rassembler
from carte.imports import importer, schema
from carte.imports.deviner import deviner
from carte.imports.importer import lire_inventaire
from carte.imports.registre import trouver
from carte.imports.textes import slug
from carte.journal import suivre
from carte.territory.perimetre import departements_nommes


@dataclass(frozen=True, slots=True)
class Demande:
    """What `carte couches` was asked: `perimetre` (words; none: the configured départements) and where from.

    `depuis`: a folder, the address of a mirror, or None for the national services. `cache`: None keeps no copy.
    """

    perimetre: tuple[str, ...] = ()
    depuis: Path | str | None = None
    cache: Path | None = None
    mettre_de_cote: bool = False


def preparer_couches(configuration: Configuration, racine: Path, demande: Demande) -> Iterator[str]:
    """Write the layers of départements, from a folder, a mirror or the national services.

    Yields what a person should know, in French. Raises CouchesIndisponibles, or FichiersChanges unless
    `mettre_de_cote`, before anything of any département is written.
    """
    cog = territory.lire_cog([racine / entrees.COG_NATIONAL])
    departements = _departements(configuration, demande, cog)
    if not departements:
        yield _FICTIF
        return
    with campagne.ouvrir_source(demande.depuis, demande.cache) as source:
        lots = campagne.rassembler_tous(
            departements, source, configuration.dossiers.geo, cog, mettre_de_cote=demande.mettre_de_cote
        )
    remarques: dict[str, list[str]] = {}
    for departement, lot in zip(departements, lots, strict=True):
        preparation = couches.ecrire(lot)
        nombre = len(preparation.couches)
        yield f"Département {departement} : {nombre} couche{'s' * (nombre > 1)} dans {preparation.dossier}."
        for remarque in preparation.remarques:
            remarques.setdefault(remarque, []).append(departement)
    yield from _a_savoir(remarques, len(departements))


def _a_savoir(remarques: Mapping[str, Sequence[str]], departements: int) -> Iterator[str]:
    """Each remark once, under the départements that it is about: what is said of all, then of some."""
    concernes: dict[tuple[str, ...], list[str]] = {}
    for remarque, codes in remarques.items():
        concernes.setdefault(tuple(codes), []).append(remarque)
    for codes, dites in sorted(concernes.items(), key=lambda x: (-len(x[0]), x[0])):
        tous = departements > 1 and len(codes) == departements
        yield f"À savoir pour {'tous' if tous else ', '.join(codes)} :"
        yield from (f"  {dite}" for dite in dites)


def verifier_couches(configuration: Configuration, racine: Path, demande: Demande) -> tuple[list[str], int]:
    """What is newer at the source than the layers of départements: lines in French, and an exit code.

    Nothing is written in `geo/`. Raises CouchesIndisponibles when the source itself cannot be opened.
    """
    cog = territory.lire_cog([racine / entrees.COG_NATIONAL])
    departements = _departements(configuration, demande, cog)
    if not departements:
        return [_FICTIF], 0
    with campagne.ouvrir_source(demande.depuis, demande.cache) as source:
        constats = list(verification.verifier(departements, source, configuration.dossiers.geo, cog))
    return list(verification.en_lignes(constats)), verification.code_de_sortie(constats)


_FICTIF = "Le département de la démonstration est fictif : aucune source n'a de couches pour lui."


def _departements(configuration: Configuration, demande: Demande, cog: territory.Cog) -> tuple[str, ...]:
    """The départements asked for, or the configured ones; none for a demonstration that names no real one."""
    if demande.perimetre:
        return departements_nommes(demande.perimetre, cog)
    if configuration.demonstration:
        return tuple(code for code in configuration.departements if code in cog.departements)
    return configuration.departements


def importer_inventaire(
    configuration: Configuration,
    racine: Path,
    source: str,
    fichier: Path,
    *,
    jour: date | None = None,
    recommencer: bool = False,
) -> str:
    """Turn an inventory into records, write the listing of what was not understood, and tell the outcome in French.

    `jour`: the date of the whole file, for rows that have none. With `recommencer`, the records that imports wrote and
    nobody changed are removed first.
    """
    # What is wrong with the words of the command is said before anything long.
    trouver(source, configuration.dossiers.correspondances, nomenclature.du_programme(racine))
    lire_inventaire(fichier)
    territoire = entrees.lire_territoire(configuration, racine)
    communes, geographie = territoire.communes, territory.Geographie(territoire)
    liste = configuration.dossiers.lieux.parent / "imports" / f"{source}.csv"
    bilan = importer.importer(
        source,
        fichier,
        configuration.departements,
        geographie,
        configuration.dossiers.lieux,
        entrees.contexte_de_validation(configuration, racine, geographie),
        liste,
        jour,
        voisines=frozenset(communes.loc[~communes["dans_perimetre"], "code_insee"]),
        correspondances=configuration.dossiers.correspondances,
        recommencer=recommencer,
    )
    return f"{importer.bilan_en_texte(bilan)}\nLa liste : {liste}"


def deviner_correspondance(configuration: Configuration, racine: Path, fichier: Path) -> Iterator[str]:
    """Write the mapping proposed for a file in the hub's folder, beside those that exist, and its schema.

    Yields each guess in French. Raises ImportImpossible.
    """
    texte, dit = deviner(lire_inventaire(fichier), fichier.stem, nomenclature.du_programme(racine))
    dossier = configuration.dossiers.correspondances
    noms = (f"{slug(fichier.stem)}{suite}.yml" for suite in chain(("",), (f"-{rang}" for rang in count(2))))
    place = next(place for nom in noms if not (place := dossier / nom).exists())
    remplacer(place, texte.encode())
    remplacer(dossier / schema.NOM, schema.en_json().encode())
    yield from dit
    yield f"Proposition écrite : {place}. Relisez-la, puis : carte importer {place.stem} {fichier}"


def _refuser_etranger(configuration: Configuration, nom: str, *, mettre_de_cote: bool) -> None:
    """Raises FichiersChanges when the file of a département is somebody's own, unless it is to be put aside."""
    for departement in configuration.departements:
        dossier = configuration.dossiers.geo / departement
        if etrangers(dossier, [nom]) and not mettre_de_cote:
            raise FichiersChanges(dossier, [nom])


def calculer_temps(
    configuration: Configuration, racine: Path, extrait: Path, executeur: Executeur, *, mettre_de_cote: bool = False
) -> Iterator[str]:
    """Write the real travel times of every configured département, `geo/<département>/temps.csv`, with Valhalla.

    Origins are the loaded communes, destinations the points of offer. Yields what a person should know, in French.
    Raises RouteurIndisponible when the routing engine or the extract is missing, FichiersChanges when a `temps.csv` is
    somebody's own (with `mettre_de_cote`, it is kept beside its folder); nothing is written then.
    """
    _refuser_etranger(configuration, FICHIER, mettre_de_cote=mettre_de_cote)
    demandes = list(_demandes_de_temps(configuration, racine, extrait))
    calculs = suivre("temps de trajet", executeur.faire(valhalla.calculer, demandes), len(demandes))
    for departement, calcul in zip(configuration.departements, calculs, strict=True):
        sortie = configuration.dossiers.geo / departement / FICHIER
        garde = valhalla.ecrire(calcul, sortie)
        yield f"Département {departement} : {calcul.trajets} trajets écrits dans {sortie} ({calcul.source})."
        if garde:
            yield f"  À savoir : l'ancien {FICHIER}, qui n'était pas de Carte, est gardé dans {garde}."
        if calcul.sans_route:
            yield f"  À savoir : {calcul.sans_route} trajets sans route restent inconnus."
        if calcul.hors_extrait:
            yield f"  À savoir : hors de l'extrait, donc sans temps : {', '.join(calcul.hors_extrait)}."


def _demandes_de_temps(configuration: Configuration, racine: Path, extrait: Path) -> Iterator[valhalla.Demande]:
    """One for each configured département, in their order."""
    territoire = entrees.lire_territoire(configuration, racine)
    chargement = rassembler(configuration, racine, territory.Geographie(territoire)).chargement
    offre = indicators.construire_offre(
        chargement.enregistrements, territoire, nomenclature.du_programme(racine), configuration.date_publication
    )
    communes = territoire.communes.dropna(subset=["lon", "lat"])
    situes = offre.dropna(subset=["lon", "lat"])
    arrivees = [valhalla.Point(p.point_id, p.lon, p.lat, p.code_insee) for p in situes.itertuples()]
    for departement in configuration.departements:
        propres = communes[communes["code_departement"] == departement]
        origines = [valhalla.Point(c.code_insee, c.lon, c.lat, c.code_insee) for c in propres.itertuples()]
        yield valhalla.demander(extrait, origines, arrivees)
