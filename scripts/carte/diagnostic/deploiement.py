"""The deployment: its configuration, its layers, its records, the place of its site. Each rule stays where it is."""

import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from carte.commandes import configuration_de, court
from carte.diagnostic.constat import Constat, Etat, essayer

if TYPE_CHECKING:
    from carte.config import Configuration

_NOMS = ("Couches", "Fiches", "Place du site")


def examiner(fichier: Path, racine: Path, port: int) -> Iterator[Constat]:
    """Everything a build asks of the deployment of `fichier`. `racine`: the program's folder."""
    lues: list[Configuration] = []
    yield from essayer("Configuration", lambda: [_configuration(fichier, lues)])
    if lues:
        yield from _deploiement(lues[0], racine)
    else:
        yield from (Constat(Etat.INCONNU, nom, "la configuration est à corriger d'abord.") for nom in _NOMS)
    yield from essayer(f"Port {port}", lambda: [_port(port)])


def _deploiement(configuration: "Configuration", racine: Path) -> Iterator[Constat]:
    for departement in configuration.departements:
        yield from essayer(f"Couches {departement}", partial(_couches, configuration, departement))
    yield from essayer("Fiches", lambda: [_fiches(configuration, racine)])
    yield from essayer("Place du site", lambda: [_place(configuration.dossiers.sortie / "site")])


def _configuration(fichier: Path, lues: "list[Configuration]") -> Constat:
    configuration = configuration_de(fichier)
    lues.append(configuration)
    fictif = " Démonstration, sur des données fictives." if configuration.demonstration else ""
    territoires = ", ".join(configuration.departements)
    return Constat(Etat.OK, "Configuration", f"{court(fichier.resolve())}, département {territoires}.{fictif}")


def _couches(configuration: "Configuration", departement: str) -> Iterator[Constat]:
    from carte.couches.registre import lire_registre
    from carte.territory import lire_manifeste, verifier_manifeste

    quoi, dossier = f"Couches {departement}", configuration.dossiers.geo / departement
    if not dossier.is_dir():
        yield Constat(Etat.A_CORRIGER, quoi, f"{court(dossier)} n'existe pas.", "lancez : carte couches")
        return
    couches = lire_manifeste(dossier)
    millesimes = ", ".join(sorted({couche.millesime for couche in couches}))
    constats = verifier_manifeste(dossier)
    if constats:
        remede = "lancez : carte couches (rien de ce que vous avez changé n'est remplacé sans --mettre-de-cote)"
        yield Constat(Etat.A_CORRIGER, quoi, "\n".join(constats), remede)
    else:
        yield Constat(Etat.OK, quoi, f"{len(couches)}, comme leur manifeste le dit ; millésimes : {millesimes}.")
    # Several sources may make one file.
    if absentes := dict.fromkeys(t.titre for t in lire_registre() if not (dossier / t.fichier).exists()):
        detail = f"absentes, et ce qui en dépend n'est pas évalué : {' ; '.join(absentes)}."
        remede = "geo/README.md du programme les décrit"
        yield Constat(Etat.INCONNU, f"Couches facultatives {departement}", detail, remede)


def _fiches(configuration: "Configuration", racine: Path) -> Constat:
    from carte import entrees
    from carte.records import bloque, resume

    chargement = entrees.valider(configuration, racine)
    detail = resume(chargement)
    if bloque(chargement.problemes):
        return Constat(Etat.A_CORRIGER, "Fiches", detail, "lancez : carte valider (il les montre à leur ligne)")
    if not chargement.nombre_fichiers:
        return Constat(Etat.INCONNU, "Fiches", detail, "ajoutez-en, ou lancez : carte importer")
    return Constat(Etat.OK, "Fiches", detail)


def _place(site: Path) -> Constat:
    from carte.publication.place import lieu_reel, verifier_disque, verifier_libre

    reel = lieu_reel(site)
    # A folder that does not exist yet will be made in the first one that does.
    cible = next(chemin for chemin in (reel, *reel.parents) if chemin.parent.is_dir())
    verifier_disque(cible, verifier_libre(cible))
    libre = shutil.disk_usage(cible.parent).free
    return Constat(Etat.OK, "Place du site", f"{court(site)} peut être écrit, {libre / 1e9:.1f} Go libres.")


def _port(port: int) -> Constat:
    from carte.serveur import ecouter

    ecouter(Path.cwd(), port).server_close()
    return Constat(Etat.OK, f"Port {port}", "libre.")
