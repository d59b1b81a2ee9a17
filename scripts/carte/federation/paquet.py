"""A hub's published data package, read as what anybody could have sent: taken whole, or refused with the reason."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from carte.config import Hub
from carte.ecrits.conformite import conformer
from carte.ecrits.faute import Chemin
from carte.ecrits.formes import avis_url, est_identifiant
from carte.ecrits.json_strict import JsonIllisible, analyser_json
from carte.ecrits.problem import Gravite
from carte.ecrits.texte import citer
from carte.federation.modele import Paquet, PaquetRefuse
from carte.records import Contexte, Fichier, Lieu, lire_ensemble, to_yaml
from carte.records.files import TAILLE_MAX as TAILLE_FICHE

FORMAT = 1
"""Of `lieux.json` as a package names it; it grows when an older program could misread what it holds."""
RESSOURCE, LICENCE = "lieux-json", "etalab-2.0"
OCTETS_MAX = 24_000_000
FICHES_MAX = 20_000
_RESSOURCES_MAX = 1_000
# Lists and objects of a file: twenty a record are many; empty ones cost thirty times their text.
_CONTENANTS_MAX = 1_000_000
_FICHIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,100}")
_SHA256 = re.compile(r"sha256:([0-9a-f]{64})")
_NIVEAUX_MAX = 20
_MONTREES = 3


@dataclass(frozen=True, slots=True)
class Attendu:
    """One file of records as `datapackage.json` announces it: its length in bytes, and its SHA-256."""

    octets: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Annonce:
    """What `datapackage.json` says of the records: its files, by name beside it, the day of publication, the site.

    One file, or one for each département of the hub where a large site is cut.
    """

    fichiers: Mapping[str, Attendu]
    jour: date
    site: str

    @property
    def empreinte(self) -> str:
        """The SHA-256 of the file, or of those of its parts, one after the other."""
        sommes = [attendu.sha256 for attendu in self.fichiers.values()]
        return sommes[0] if len(sommes) == 1 else hashlib.sha256("".join(sommes).encode()).hexdigest()


def lire_annonce(contenu: bytes, hub: Hub, aujourdhui: date) -> Annonce:
    """The announcement of a package, of what concerns a hub. Raises PaquetRefuse."""
    lu = _analyser(contenu, "datapackage.json")
    if not isinstance(lu, dict):
        raise PaquetRefuse("datapackage.json n'est pas la description d'un paquet de données.")
    _verifier_format(lu)
    fichiers = _fichiers(lu.get("resources"), hub)
    if sum(attendu.octets for attendu in fichiers.values()) > OCTETS_MAX:
        raise PaquetRefuse(f"Ses fiches dépassent {OCTETS_MAX // 1_000_000} Mo.")
    return Annonce(fichiers, _jour(lu.get("created"), aujourdhui), _site(lu.get("homepage")))


def lire_paquet(contenus: Mapping[str, bytes], annonce: Annonce, hub: Hub, contexte: Contexte, recu: date) -> Paquet:
    """The records of a package, every one of them valid; `contenus`: its files, by name. Raises PaquetRefuse."""
    toutes: dict[str, Mapping[str, Any]] = {}
    for nom, attendu in annonce.fichiers.items():
        contenu = contenus[nom]
        if len(contenu) != attendu.octets or hashlib.sha256(contenu).hexdigest() != attendu.sha256:
            raise PaquetRefuse(f"{nom} n'est pas celui que datapackage.json annonce : il est coupé ou changé.")
        _ajouter(toutes, _analyser(contenu, nom), nom)
    siennes = {nom: toutes[nom] for nom in sorted(toutes) if nom.split("/", 1)[0] in hub.departements}
    if not siennes:
        ou = ", ".join(hub.departements)
        raise PaquetRefuse(f"Il ne contient aucune fiche de ses départements ({ou}) : vide n'est pas une réponse.")
    _verifier(en_fichiers(siennes, hub), contexte)
    ecartees = tuple(sorted(toutes.keys() - siennes.keys()))
    return Paquet(annonce.jour, recu, annonce.site, annonce.empreinte, siennes, ecartees)


def en_fichiers(fiches: Mapping[str, Mapping[str, Any]], hub: Hub) -> dict[Fichier, bytes]:
    """The records of a hub as files of this program, which the rules then read. Raises PaquetRefuse."""
    return {
        Fichier("", f"{identifiant} ({hub.nom})", identifiant): _en_yaml(identifiant, champs)
        for identifiant, champs in fiches.items()
    }


def _en_yaml(identifiant: str, champs: Mapping[str, Any]) -> bytes:
    lieu, fautes = conformer(dict(champs), Lieu, partial(_ecrit, champs), nombres=Gravite.BLOQUANT)
    if lieu is None:
        premiere = fautes[0]
        champ = citer(".".join(map(str, premiere.chemin)))
        raise PaquetRefuse(f"La fiche {identifiant} ne se lit pas, à « {champ} » : {premiere.message}")
    if lieu.doublon_de is not None:
        raise PaquetRefuse(f"La fiche {identifiant} dit être un doublon : elle n'aurait pas dû être publiée.")
    texte = to_yaml(lieu).encode()
    if len(texte) > TAILLE_FICHE:
        raise PaquetRefuse(f"La fiche {identifiant} est trop longue : au plus {TAILLE_FICHE // 1024} ko.")
    return texte


def _ecrit(champs: Any, chemin: Chemin) -> str:
    """The text of a value, as a message quotes it."""
    for partie in chemin:
        champs = champs[partie]
    return citer(champs)


def _verifier(fichiers: Mapping[Fichier, bytes], contexte: Contexte) -> None:
    """Every rule of `carte valider`. Raises PaquetRefuse."""
    problemes = lire_ensemble(fichiers, contexte).problemes
    bloquants = [probleme for probleme in problemes if probleme.gravite is Gravite.BLOQUANT]
    if bloquants:
        nombre = len({probleme.fichier for probleme in bloquants})
        combien = "Une fiche ne passe" if nombre == 1 else f"{nombre} fiches ne passent"
        dits = " ".join(f"{p.fichier} : {p.message}" for p in bloquants[:_MONTREES])
        raise PaquetRefuse(f"{combien} pas la vérification. {dits}")


def _analyser(contenu: bytes, nom: str) -> Any:
    if contenu.count(b"[") + contenu.count(b"{") > _CONTENANTS_MAX:
        raise PaquetRefuse(f"{nom} contient trop de listes et d'objets pour être un paquet de fiches.")
    try:
        lu = analyser_json(contenu, nom, cles_uniques=True)
    except JsonIllisible as erreur:
        raise PaquetRefuse(str(erreur.probleme)) from erreur
    _verifier_valeurs(lu, nom)
    return lu


def _verifier_valeurs(lu: Any, nom: str) -> None:
    """Raises PaquetRefuse for what JSON says and nothing here can hold: too many levels, half a letter (`\\ud800`)."""
    pile = [(lu, 0)]
    while pile:
        valeur, niveau = pile.pop()
        if niveau > _NIVEAUX_MAX:
            raise PaquetRefuse(f"{nom} emboîte trop de niveaux.")
        if isinstance(valeur, dict):
            pile += [(partie, niveau + 1) for couple in valeur.items() for partie in couple]
        elif isinstance(valeur, list):
            pile += [(partie, niveau + 1) for partie in valeur]
        elif isinstance(valeur, str) and not valeur.isascii():
            try:
                valeur.encode()
            except UnicodeEncodeError as erreur:
                raise PaquetRefuse(f"{nom} contient la moitié d'une lettre : « {citer(valeur)} ».") from erreur


def _verifier_format(lu: Mapping[str, Any]) -> None:
    """Raises PaquetRefuse for a layout that this program does not know, or a licence that does not let it publish."""
    # The first sites did not say it.
    ecrit = lu.get("format_carte", FORMAT)
    if type(ecrit) is not int or ecrit < 1:
        raise PaquetRefuse(f"datapackage.json : « format_carte » attend un nombre, pas « {citer(ecrit)} ».")
    if ecrit > FORMAT:
        raise PaquetRefuse(
            f"Ce paquet est au format {citer(ecrit)}, que ce programme ne connaît pas encore : mettez Carte à jour."
        )
    licences = lu.get("licenses")
    noms = [x.get("name") for x in licences if isinstance(x, dict)] if isinstance(licences, list) else []
    if LICENCE not in noms:
        raise PaquetRefuse("Il n'est pas sous Licence Ouverte 2.0 (« etalab-2.0 ») : il ne peut pas être repris.")


def _fichiers(ressources: object, hub: Hub) -> dict[str, Attendu]:
    """The one file of records, or the parts of the départements of the hub. Raises PaquetRefuse."""
    lues = [x for x in ressources[:_RESSOURCES_MAX] if isinstance(x, dict)] if isinstance(ressources, list) else []
    entieres = [ressource for ressource in lues if ressource.get("name") == RESSOURCE]
    parties = [ressource for ressource in lues if ressource.get("partie_de") == RESSOURCE]
    if parties and not entieres:
        voulues = {f"lieux/lieux-{code}.json" for code in hub.departements}
        trouvees = [(str(ressource.get("path")), ressource) for ressource in parties]
        siennes = {nom: ressource for nom, ressource in trouvees if nom in voulues}
        if len(siennes) != len(voulues):
            raise PaquetRefuse(f"Il doit annoncer une partie de « {RESSOURCE} » pour chaque département de ce hub.")
        return {nom: _attendu(ressource, nom) for nom, ressource in siennes.items()}
    if len(entieres) != 1:
        raise PaquetRefuse(f"datapackage.json doit annoncer une seule fois « {RESSOURCE} », le fichier des fiches.")
    fichier = entieres[0].get("path")
    if not isinstance(fichier, str) or not _FICHIER.fullmatch(fichier):
        raise PaquetRefuse(f"« {citer(fichier)} » n'est pas le nom d'un fichier à côté de datapackage.json.")
    return {fichier: _attendu(entieres[0], fichier)}


def _attendu(ressource: Mapping[str, Any], fichier: str) -> Attendu:
    octets, empreinte = ressource.get("bytes"), _SHA256.fullmatch(str(ressource.get("hash")))
    if type(octets) is not int or not 0 < octets <= OCTETS_MAX or empreinte is None:
        raise PaquetRefuse(
            f"datapackage.json doit annoncer de {fichier} la taille (au plus {OCTETS_MAX // 1_000_000} Mo) et "
            "l'empreinte sha256."
        )
    return Attendu(octets, empreinte[1])


def _jour(ecrit: object, aujourdhui: date) -> date:
    try:
        jour = date.fromisoformat(str(ecrit)[:10])
    except ValueError as erreur:
        raise PaquetRefuse(f"datapackage.json : « created » attend une date, pas « {citer(ecrit)} ».") from erreur
    # A day of grace: midnight is not the same everywhere.
    if jour > aujourdhui + timedelta(days=1):
        raise PaquetRefuse(f"Il est daté du {jour.isoformat()}, qui n'est pas encore venu.")
    return jour


def _site(ecrit: object) -> str:
    """The address of the site, for links; empty when it is not one that a visitor could be sent to."""
    if not isinstance(ecrit, str) or len(ecrit) > 2_000 or not ecrit.startswith("https://") or avis_url(ecrit):
        return ""
    return "" if set("?#") & set(ecrit) or not ecrit.isprintable() else ecrit.rstrip("/") + "/"


def _ajouter(fiches: dict[str, Mapping[str, Any]], lu: object, nom: str) -> None:
    """Add the records of one file to those of the others, by id. Raises PaquetRefuse."""
    if not isinstance(lu, list):
        raise PaquetRefuse(f"{nom} doit contenir une liste de fiches.")
    if len(fiches) + len(lu) > FICHES_MAX:
        raise PaquetRefuse(f"Il contient plus de {FICHES_MAX} fiches : c'est trop pour un hub.")
    for champs in lu:
        identifiant = champs.get("id") if isinstance(champs, dict) else None
        if not isinstance(identifiant, str) or not est_identifiant(identifiant):
            raise PaquetRefuse(f"{nom} : « {citer(identifiant)} » n'est pas l'identifiant d'une fiche.")
        if identifiant in fiches:
            raise PaquetRefuse(f"{nom} contient deux fois la fiche {identifiant}.")
        fiches[identifiant] = {cle: valeur for cle, valeur in champs.items() if cle != "id"}
