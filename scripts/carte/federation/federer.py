"""Taking the packages of the hubs, each whole or not at all: who fails keeps its last good one, and harms no other."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from carte import entrees, records, territory
from carte.config import Configuration, Hub
from carte.erreurs import ErreurCarte
from carte.federation.demande import DESCRIPTION, Prudence, ouvrir
from carte.federation.depot import ecrire_echecs, ecrire_paquet, lire_echecs, lire_paquet_garde
from carte.federation.modele import Echec, Nature, Paquet, PaquetRefuse, Reunion
from carte.federation.paquet import lire_annonce, lire_paquet
from carte.federation.reunir import rassembler
from carte.records import Contexte, Enregistrement

_MONTRES, _HORS_MONTRES = 20, 3
ECHOUE = 4
"""Exit code when a hub at least keeps its last good package, or has none."""


@dataclass(frozen=True, slots=True)
class Essai:
    """What came of one hub: the package in use now, the one before, and why there is no new one."""

    hub: Hub
    paquet: Paquet | None
    avant: Paquet | None
    refus: str = ""


def prendre(configuration: Configuration, racine: Path, jour: date) -> tuple[list[str], int]:
    """What `carte federer` says, in French, and its exit code. Raises ErreurCarte."""
    if not configuration.federation:
        raise ErreurCarte("Aucun hub dans « federation » : docs/federer.md dit comment en nommer un.")
    geographie = entrees.lire_geographie(configuration, racine)
    essais = federer(configuration, racine, geographie, jour)
    reunion = rassembler(configuration, racine, geographie)
    echoue = any(essai.refus for essai in essais)
    return [*en_lignes(essais), *bilan(reunion)], ECHOUE if echoue else 0


def federer(
    configuration: Configuration,
    racine: Path,
    geographie: territory.Geographie,
    jour: date,
    prudence: Prudence | None = None,
) -> list[Essai]:
    """Take the package of every hub, and keep the good ones. Raises PaquetRefuse when what is kept is damaged."""
    contexte = entrees.contexte_de_validation(configuration, racine, geographie)
    dossier = configuration.dossiers.paquets
    echecs = lire_echecs(dossier)
    essais = [_essayer(hub, dossier, contexte, jour, prudence or Prudence()) for hub in configuration.federation]
    ecrire_echecs(
        dossier,
        {
            essai.hub.cle: Echec(echecs[essai.hub.cle].depuis if essai.hub.cle in echecs else jour, essai.refus)
            for essai in essais
            if essai.refus
        },
    )
    return essais


def _essayer(hub: Hub, dossier: Path, contexte: Contexte, jour: date, prudence: Prudence) -> Essai:
    garde = lire_paquet_garde(dossier, hub)
    try:
        recu = _prendre(hub, garde, contexte, jour, prudence)
    except PaquetRefuse as refus:
        return Essai(hub, garde, garde, refus.message)
    if garde is not None and _memes(garde, recu):
        return Essai(hub, garde, garde)
    ecrire_paquet(dossier, hub, recu)
    return Essai(hub, recu, garde)


def _prendre(hub: Hub, garde: Paquet | None, contexte: Contexte, jour: date, prudence: Prudence) -> Paquet:
    with ouvrir(hub, prudence) as lire:
        annonce = lire_annonce(lire(DESCRIPTION), hub, jour)
        if garde is not None and annonce.jour < garde.jour:
            raise PaquetRefuse(
                f"Il est daté du {annonce.jour.isoformat()}, avant le dernier bon ({garde.jour.isoformat()}). S'il est "
                "pourtant le bon, effacez le fichier de ce hub dans le dossier « federation »."
            )
        contenus = {nom: lire(nom) for nom in annonce.fichiers}
        return lire_paquet(contenus, annonce, hub, contexte, jour)


def _memes(garde: Paquet, recu: Paquet) -> bool:
    """Whether only the day it was taken differs: then nothing is written."""
    return replace(garde, recu=recu.recu) == recu


def en_lignes(essais: list[Essai]) -> Iterator[str]:
    """What became of each hub, in French."""
    for essai in essais:
        yield f"{essai.hub.nom} : {_bilan(essai)}"


def _bilan(essai: Essai) -> str:
    if essai.refus and essai.paquet is None:
        return f"aucun bon paquet, aucune de ses fiches n'est publiée. {essai.refus}"
    paquet = essai.paquet
    assert paquet is not None
    if essai.refus:
        return f"paquet refusé, le dernier bon reste (du {paquet.jour.isoformat()}). {essai.refus}"
    combien = f"{len(paquet.fiches)} fiches du {paquet.jour.isoformat()}"
    if essai.avant is paquet:
        return f"{combien}, inchangées."
    avant = essai.avant.fiches if essai.avant else {}
    nouvelles, parties = paquet.fiches.keys() - avant.keys(), avant.keys() - paquet.fiches.keys()
    changees = sum(paquet.fiches[nom] != avant[nom] for nom in paquet.fiches.keys() & avant.keys())
    return f"{combien} : {len(nouvelles)} nouvelles, {changees} changées, {len(parties)} parties."


def bilan(reunion: Reunion) -> Iterator[str]:
    """What did not go together, in French: ids of two hands, then places that may be described twice."""
    conflits, fiches = reunion.federation.conflits, {e.identifiant: e for e in reunion.chargement.enregistrements}
    yield from _liste("Conflit", "Conflits", (str(c) for c in conflits if c.nature is not Nature.HORS))
    for lu in reunion.federation.hubs:
        hors = [c.identifiant for c in conflits if c.nature is Nature.HORS and c.hub == lu.hub.nom]
        if hors:
            dites = ", ".join(hors[:_HORS_MONTRES]) + (", …" if len(hors) > _HORS_MONTRES else "")
            yield f"Hors des départements de {lu.hub.nom}, laissées ({len(hors)}) : {dites}"
    doutes = records.doutes(list(fiches.values()))
    entre = [(fiches[d.un], fiches[d.autre], d) for d in doutes if _de_deux_mains(fiches[d.un], fiches[d.autre])]
    yield from _liste(
        "Peut-être le même lieu",
        "Peut-être les mêmes lieux",
        (f"{un.fichier} et {autre.fichier} : {doute.ressemblance.raison}." for un, autre, doute in entre),
    )
    total = sum(lu.publiees for lu in reunion.federation.hubs)
    yield f"Fiches : {len(fiches) - total} de ce site, {total} d'autres hubs."


def _de_deux_mains(un: Enregistrement, autre: Enregistrement) -> bool:
    return (un.tenue and un.tenue.hub) != (autre.tenue and autre.tenue.hub)


def _liste(un: str, plusieurs: str, lignes: Iterable[str]) -> Iterator[str]:
    """The first lines under a title, and how many there are in all."""
    toutes = list(lignes)
    if toutes:
        yield f"{un if len(toutes) == 1 else plusieurs} ({len(toutes)}) :"
        yield from (f"  {ligne}" for ligne in toutes[:_MONTRES])
        if len(toutes) > _MONTRES:
            yield "  … la suite est dans le site construit (rapports/a-relire/ et rapports/doublons/)."
