"""One set of records: this site's own, then those of each hub's last good package, every id given to one of them.

The order decides, never the date: a record of this site before any hub's, a hub before those named after it. What does
not get its id is listed, and nothing is merged: duplicates under two ids are the doubts of `records.doutes`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from carte import entrees, territory
from carte.config import Configuration, Hub
from carte.ecrits.octets import LectureRefusee, lire_octets
from carte.federation.depot import lire_echecs, lire_paquet_garde
from carte.federation.modele import Conflit, Federation, HubLu, Nature, Paquet, Reunion
from carte.federation.paquet import en_fichiers
from carte.memoire import SANS_MEMOIRE, Memoire
from carte.records import Chargement, Contexte, Gravite, Tenue, lire_une, parcourir
from carte.records.files import TAILLE_MAX

_ANCIENS = "anciens_identifiants"
Fiches = dict[str, Mapping[str, Any]]


def rassembler(
    configuration: Configuration,
    racine: Path,
    geographie: territory.Geographie | None = None,
    memoire: Memoire = SANS_MEMOIRE,
) -> Reunion:
    """The records of a deployment and of its hubs, checked together; see `entrees.valider`.

    Raises PaquetRefuse when what is kept of a hub is damaged, or is not what this program reads.
    """
    if not configuration.federation:
        return Reunion(entrees.valider(configuration, racine, geographie, memoire), Federation())
    geographie = geographie or entrees.lire_geographie(configuration, racine)
    dossier = configuration.dossiers.paquets
    contexte = entrees.contexte_de_validation(configuration, racine, geographie)
    echecs = lire_echecs(dossier)
    lus = [HubLu(hub, lire_paquet_garde(dossier, hub), echecs.get(hub.cle)) for hub in configuration.federation]
    partage = _Partage(_les_notres(configuration.dossiers.lieux, contexte))
    retenues = partage.departager(lus)
    autres = {f: o for lu in lus for f, o in en_fichiers(retenues[lu.hub.cle], lu.hub).items()}
    chargement = entrees.valider(configuration, racine, geographie, memoire, autres)
    tenues = {nom: _tenue(lu, nom) for lu in lus for nom in retenues[lu.hub.cle]}
    signees = tuple(replace(e, tenue=tenues.get(e.identifiant)) for e in chargement.enregistrements)
    publies = {e.identifiant for e in signees}
    comptes = [replace(lu, publiees=len(publies & retenues[lu.hub.cle].keys())) for lu in lus]
    noms = {fichier.fichier for fichier in autres}
    return Reunion(
        _sans_leurs_avis(replace(chargement, enregistrements=signees), noms),
        Federation(tuple(comptes), tuple(sorted(partage.conflits))),
    )


@dataclass(slots=True)
class _Partage:
    """Who has each id, living or former, while the records of the hubs come one after the other."""

    pris: dict[str, str]
    conflits: list[Conflit] = field(default_factory=list)

    def departager(self, lus: Collection[HubLu]) -> dict[str, Fiches]:
        """The records that each hub gets to publish here, by `Hub.cle`; the living ids first, of all the hubs."""
        notres = frozenset(self.pris)
        retenues = {lu.hub.cle: self._vivantes(lu.hub, lu.paquet, notres) if lu.paquet else {} for lu in lus}
        return {lu.hub.cle: self._sans_anciennes_prises(lu.hub, retenues[lu.hub.cle]) for lu in lus}

    def _vivantes(self, hub: Hub, paquet: Paquet, notres: Collection[str]) -> Fiches:
        retenues: Fiches = {}
        for identifiant, champs in paquet.fiches.items():
            if identifiant in self.pris:
                nature = Nature.NOTRE if identifiant in notres else Nature.AUTRE_HUB
                self.conflits.append(Conflit(identifiant, hub.nom, nature, self.pris[identifiant]))
            elif identifiant.split("/", 1)[0] not in hub.departements:
                self.conflits.append(Conflit(identifiant, hub.nom, Nature.HORS))
            else:
                self.pris[identifiant] = hub.nom
                retenues[identifiant] = champs
        self.conflits += [Conflit(identifiant, hub.nom, Nature.HORS) for identifiant in paquet.ecartees]
        return retenues

    def _sans_anciennes_prises(self, hub: Hub, fiches: Fiches) -> Fiches:
        """The same records, without the former addresses that are another's: a hub redirects none but its own."""
        rendues: Fiches = {}
        for identifiant, champs in fiches.items():
            gardes = []
            for ancien in champs.get(_ANCIENS) or ():
                if ancien in self.pris or ancien.split("/", 1)[0] not in hub.departements:
                    conflit = Conflit(ancien, hub.nom, Nature.ANCIENNE, self.pris.get(ancien, ""))
                    self.conflits.append(conflit)
                else:
                    self.pris[ancien] = hub.nom
                    gardes.append(ancien)
            rendues[identifiant] = {**champs, _ANCIENS: gardes} if _ANCIENS in champs else champs
        return rendues


def _les_notres(lieux: Path, contexte: Contexte) -> dict[str, str]:
    """The ids of this site's own records and their former ones, whether they can be read or not: id → file."""
    fichiers, _ = parcourir(lieux)
    notres = {fichier.identifiant: fichier.fichier for fichier in fichiers}
    for fichier in fichiers:
        try:
            octets = lire_octets(fichier.chemin, TAILLE_MAX)
        except LectureRefusee:
            continue  # the check of the records says it
        # Few records have some: the others are not worth a second reading.
        if _ANCIENS.encode() in octets and (lieu := lire_une(fichier, contexte, octets).lieu) is not None:
            notres |= {ancien: fichier.fichier for ancien in lieu.anciens_identifiants or () if ancien not in notres}
    return notres


def _tenue(lu: HubLu, identifiant: str) -> Tenue:
    return Tenue(lu.hub.nom, f"{lu.site}lieux/{identifiant}/" if lu.site else "")


def _sans_leurs_avis(chargement: Chargement, noms: Collection[str]) -> Chargement:
    """Without the advice on the records of other hubs, which is theirs to read; what blocks is kept."""
    gardes = tuple(p for p in chargement.problemes if p.fichier not in noms or p.gravite is Gravite.BLOQUANT)
    return replace(chargement, problemes=gardes, nombre_fichiers=chargement.nombre_fichiers - len(noms))
