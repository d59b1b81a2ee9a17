"""Where layers come from: the national services, a folder where they were gathered beforehand, or a mirror of one.

The hosts below and those of the registry are the only ones this project ever asks for layers, and only when someone
runs `carte couches`.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Protocol
from urllib.parse import quote

from carte.couches import controles, rangement
from carte.couches.brut import INCONNU, RELEVE, Brut, CouchesIndisponibles, annee
from carte.couches.cache import Recu
from carte.couches.client import origine
from carte.couches.controles import Controle
from carte.couches.rangement import Place
from carte.couches.registre import Compagnon, TableNationale, lire_publications, lire_registre
from carte.territory.manifeste import Origine

GEO_API = "https://geo.api.gouv.fr"
"""Communes and EPCI of the day (Licence Ouverte): one call per département."""
ARCEP = "https://data.arcep.fr/fixe/maconnexioninternet/statistiques/last/commune"
"""« Ma connexion internet », last quarter (Licence Ouverte): national tables by commune."""
# Where data.gouv.fr keeps the files that its lasting addresses lead to.
_RENVOIS = ("https://static.data.gouv.fr", "https://object.files.data.gouv.fr")

_CHAMPS = "nom,code,codesPostaux,codeEpci,codeDepartement,codeRegion,population,surface,centre,mairie"
_DU_JOUR = "geo.api.gouv.fr (contours IGN Admin Express)"
# Name of the national table -> name in a département's folder. The dates of copper closure have no stable address.
_TABLES_NATIONALES = {
    "commune_debit_filaire.csv": "commune_debit_filaire.csv",
    "commune_meilleure_techno_thd.csv": "commune_meilleure_techno.csv",
}

Lecteur = Callable[[str, Controle], Recu]
"""Gives the file of an address, accepted by a control. Raises CouchesIndisponibles."""


class SourceCouches(Protocol):
    """Gives the layers of a département. Raises CouchesIndisponibles."""

    def communes(self, departement: str) -> Brut:
        """Outlines of the département's communes (GeoJSON)."""

    def contours_voisins(self, departement: str) -> Brut:
        """Outlines of another département, to cut a strip from (GeoJSON)."""

    def epcis(self, departement: str) -> Brut | None:
        """EPCI of the département (JSON of geo.api.gouv.fr), None when the source has none."""

    def arcep(self, departement: str) -> dict[str, Brut]:
        """ARCEP tables, by standard name."""

    def table(self, table: TableNationale | Compagnon, controle: Controle) -> Brut | None:
        """A national table of the registry that the control accepts, None when the source has none."""

    def plusieurs(self, table: TableNationale, controle: Controle) -> tuple[Brut, ...]:
        """A layer that may come in several files, each accepted; none when the source has none."""


def _source_arcep(standard: str) -> str:
    return lire_publications(f"arcep/{standard}")[0].source


def serveurs() -> frozenset[str]:
    """The servers of the national services, as a client is allowed to ask them."""
    adresses = [GEO_API, ARCEP, *_RENVOIS, *(table.adresse for table in lire_registre() if table.adresse)]
    return frozenset(map(origine, adresses))


@dataclass(frozen=True, slots=True)
class Reseau:
    """The national services. The day a file was fetched dates the outlines, whose vintage the service does not say."""

    lire: Lecteur

    def communes(self, departement: str) -> Brut:
        adresse = f"{GEO_API}/departements/{departement}/communes?fields={_CHAMPS}&format=geojson&geometry=contour"
        return self._du_jour(adresse, controles.contours)

    def contours_voisins(self, departement: str) -> Brut:
        return self.communes(departement)

    def epcis(self, departement: str) -> Brut | None:
        adresse = f"{GEO_API}/epcis?codeDepartement={departement}&fields=nom,code,codesDepartements"
        return self._du_jour(adresse, controles.epcis)

    def arcep(self, departement: str) -> dict[str, Brut]:
        return {standard: self._arcep(f"{ARCEP}/{nom}", standard) for nom, standard in _TABLES_NATIONALES.items()}

    def table(self, table: TableNationale | Compagnon, controle: Controle) -> Brut | None:
        if not table.adresse:
            return None
        try:
            recu = self.lire(table.adresse, controle)
        except CouchesIndisponibles as erreur:
            essai = "" if table.verifiee else " (cette adresse n'a jamais été essayée)"
            raise CouchesIndisponibles(f"{erreur.message}{essai}") from erreur
        return Brut(recu.contenu, table.adresse, annee(table.adresse), (recu.origine,))

    def plusieurs(self, table: TableNationale, controle: Controle) -> tuple[Brut, ...]:
        """The file at the layer's address; none for a layer without one (which networks serve a département?)."""
        brut = self.table(table, controle)
        return () if brut is None else (brut,)

    def _arcep(self, adresse: str, standard: str) -> Brut:
        controle = rangement.ARCEP[standard].controle
        recu = self.lire(adresse, controle)
        return Brut(recu.contenu, _source_arcep(standard), controle(recu.contenu, adresse), (recu.origine,))

    def _du_jour(self, adresse: str, controle: Controle) -> Brut:
        recu = self.lire(adresse, controle)
        return Brut(recu.contenu, _DU_JOUR, f"{RELEVE}{recu.jour.isoformat()}", (recu.origine,))


class _Rayons(ABC):
    """Layers laid out as `rangement` says, wherever they stand."""

    @abstractmethod
    def _noms(self, place: Place, **connus: str) -> list[str]:
        """Names of the files at a place, sorted."""

    @abstractmethod
    def _lire(self, nom: str, controle: Controle) -> tuple[bytes, Origine]:
        """A file by its name, accepted by the control. Raises CouchesIndisponibles."""

    @abstractmethod
    def __str__(self) -> str:
        """What messages call it."""

    def communes(self, departement: str) -> Brut:
        """Outlines with the codes of the day, or those of `contours_voisins`."""
        noms = self._noms(rangement.DU_JOUR, dép=departement)
        if not noms:
            return self.contours_voisins(departement)
        return self._brut(noms[-1], controles.contours, _DU_JOUR, self._annee(departement))

    def contours_voisins(self, departement: str) -> Brut:
        """Outlines of the latest vintage."""
        nom = self._contours(departement)
        return self._brut(nom, controles.contours, "IGN Admin Express, contours simplifiés", self._annee(departement))

    def epcis(self, departement: str) -> Brut | None:
        """EPCI, when they are there."""
        noms = self._noms(rangement.EPCIS, dép=departement)
        return self._brut(noms[-1], controles.epcis, "geo.api.gouv.fr", INCONNU) if noms else None

    def arcep(self, departement: str) -> dict[str, Brut]:
        """The tables that are there."""
        nom = Path(self._contours(departement)).stem.removeprefix(f"communes-{departement}-")
        trouves = {standard: self._noms(table.place, nom=nom) for standard, table in rangement.ARCEP.items()}
        return {standard: self._arcep(noms[-1], standard) for standard, noms in trouves.items() if noms}

    def table(self, table: TableNationale | Compagnon, controle: Controle) -> Brut | None:
        """The latest file of a table, when there is one."""
        noms = self._noms(Place(table.dossier, table.titre))
        return self._brut(noms[-1], controle, noms[-1], annee(Path(noms[-1]).name)) if noms else None

    def plusieurs(self, table: TableNationale, controle: Controle) -> tuple[Brut, ...]:
        """Every file of a layer, named for its network."""
        noms = self._noms(Place(table.dossier, table.titre))
        return tuple(self._brut(nom, controle, Path(nom).stem, annee(Path(nom).name)) for nom in noms)

    def _arcep(self, nom: str, standard: str) -> Brut:
        controle = rangement.ARCEP[standard].controle
        contenu, d_ou = self._lire(nom, controle)
        return Brut(contenu, _source_arcep(standard), controle(contenu, nom), (d_ou,))

    def _brut(self, nom: str, controle: Controle, source: str, millesime: str) -> Brut:
        contenu, d_ou = self._lire(nom, controle)
        return Brut(contenu, source, millesime, (d_ou,))

    def _contours(self, departement: str) -> str:
        trouves = self._noms(rangement.CONTOURS, dép=departement)
        if not trouves:
            motif = rangement.CONTOURS.motif.replace("<dép>", departement)
            raise CouchesIndisponibles(
                f"{self} ne contient pas les contours du département {departement} : il faut un fichier {motif} "
                "(« carte couches --aide » donne tous les noms)."
            )
        return trouves[-1]

    def _annee(self, departement: str) -> str:
        return self._contours(departement).partition("/")[0].removeprefix("contours-")


@dataclass(frozen=True)
class Dossier(_Rayons):
    """A folder of layers gathered beforehand; `jour`: when they are taken from it, None to leave it unsaid."""

    chemin: Path
    jour: date | None = None
    # A national file is read and controlled once for all the départements of a run, as `Client` does.
    _lus: dict[str, tuple[bytes, Origine]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def _noms(self, place: Place, **connus: str) -> list[str]:
        trouves = self.chemin.glob(place.en_glob(**connus))
        return sorted(fichier.relative_to(self.chemin).as_posix() for fichier in trouves if fichier.is_file())

    def _lire(self, nom: str, controle: Controle) -> tuple[bytes, Origine]:
        if nom not in self._lus:
            contenu = (self.chemin / nom).read_bytes()
            for verifier in (controles.corps, controle):
                verifier(contenu, nom)
            self._lus[nom] = contenu, Origine(nom, sha256(contenu).hexdigest(), self.jour)
        return self._lus[nom]

    def __str__(self) -> str:
        return str(self.chemin)


@dataclass(frozen=True)
class Miroir(_Rayons):
    """The same folder behind a web server; SHA256SUMS at its root says the files and their fingerprints."""

    adresse: str
    lire: Lecteur

    def _noms(self, place: Place, **connus: str) -> list[str]:
        motif = place.en_regex(**connus)
        return sorted(nom for nom in self._empreintes if motif.fullmatch(nom))

    def _lire(self, nom: str, controle: Controle) -> tuple[bytes, Origine]:
        def verifier(contenu: bytes, adresse: str) -> None:
            if sha256(contenu).hexdigest() != self._empreintes[nom]:
                raise CouchesIndisponibles(
                    f"{adresse} : ce fichier n'est pas celui qu'annonce {rangement.LISTE} : il a été changé ou abîmé. "
                    "Prévenez qui tient le miroir, ou réessayez plus tard."
                )
            controle(contenu, adresse)

        recu = self.lire(f"{self.adresse}/{quote(nom)}", verifier)
        return recu.contenu, recu.origine

    @cached_property
    def _empreintes(self) -> Mapping[str, str]:
        recu = self.lire(f"{self.adresse}/{rangement.LISTE}", _liste)
        return _liste(recu.contenu, recu.adresse)

    def __str__(self) -> str:
        return self.adresse


def _liste(contenu: bytes, nom: str) -> dict[str, str]:
    """Fingerprint by name, as `sha256sum` writes them."""
    lignes = [ligne.split(None, 1) for ligne in contenu.decode("utf-8", errors="replace").splitlines() if ligne.strip()]
    if not all(len(ligne) == 2 and len(ligne[0]) == 64 for ligne in lignes):
        raise CouchesIndisponibles(
            f"{nom} : ce n'est pas une liste d'empreintes. À la racine du miroir, cette commande l'écrit : "
            f"sha256sum */* > {rangement.LISTE}"
        )
    return {chemin.strip().removeprefix("*").removeprefix("./"): empreinte.lower() for empreinte, chemin in lignes}
