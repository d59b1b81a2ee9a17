"""Where layers come from: the national services, or a folder where they were gathered beforehand.

The hosts below are the only ones this project ever asks for layers, and only when someone runs `carte couches`.
"""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol
from urllib.error import URLError
from urllib.request import Request, urlopen

from carte.broadband.tables import DebitInvalide, verifier_fin
from carte.couches.brut import INCONNU, Brut, CouchesIndisponibles, annee
from carte.couches.registre import TableNationale

GEO_API = "https://geo.api.gouv.fr"
"""Communes and EPCI of the day (Licence Ouverte): one call per département."""
ARCEP = "https://data.arcep.fr/fixe/maconnexioninternet/statistiques/last/commune"
"""« Ma connexion internet », last quarter (Licence Ouverte): national tables by commune."""

_CHAMPS = "nom,code,codesPostaux,codeEpci,codeDepartement,codeRegion,population,surface,centre,mairie"
_DELAI_S = 60
# Name of the national table -> name in a département's folder. The dates of copper closure have no stable address.
_TABLES_NATIONALES = {
    "commune_debit_filaire.csv": "commune_debit_filaire.csv",
    "commune_meilleure_techno_thd.csv": "commune_meilleure_techno.csv",
}
_TABLES_LOCALES = {
    "commune_debit_filaire.csv": "commune_debit_filaire.csv",
    "commune_debit_terrestre.csv": "commune_debit_terrestre.csv",
    "meilleure_techno.csv": "commune_meilleure_techno.csv",
    "fermeture_cuivre.csv": "fermeture_cuivre.csv",
}


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

    def table(self, table: TableNationale) -> Brut | None:
        """A national table of the registry, None when the source has none."""


def telecharger(adresse: str) -> bytes:
    """Fetch one address. Raises CouchesIndisponibles with the cause and what can be done instead."""
    try:
        requete = Request(adresse, headers={"User-Agent": "carte"})  # noqa: S310 - only the constants above
        with urlopen(requete, timeout=_DELAI_S) as reponse:  # noqa: S310 - only the constants above
            contenu: bytes = reponse.read()
            return contenu
    except (URLError, TimeoutError, ConnectionError) as erreur:
        cause = getattr(erreur, "reason", erreur)
        raise CouchesIndisponibles(
            f"Impossible de télécharger {adresse} ({cause}). Rien n'a été écrit. Vérifiez l'accès au réseau, ou "
            "donnez un dossier qui contient déjà les couches (option --depuis)."
        ) from erreur


@dataclass(frozen=True, slots=True)
class Reseau:
    """The national services. `jour` dates the outlines, whose vintage the service does not say."""

    jour: date
    ouvrir: Callable[[str], bytes] = telecharger

    def communes(self, departement: str) -> Brut:
        adresse = f"{GEO_API}/departements/{departement}/communes?fields={_CHAMPS}&format=geojson&geometry=contour"
        return Brut(self.ouvrir(adresse), adresse, f"relevé du {self.jour.isoformat()}")

    def contours_voisins(self, departement: str) -> Brut:
        return self.communes(departement)

    def epcis(self, departement: str) -> Brut | None:
        adresse = f"{GEO_API}/epcis?codeDepartement={departement}&fields=nom,code,codesDepartements"
        return Brut(self.ouvrir(adresse), adresse, f"relevé du {self.jour.isoformat()}")

    def arcep(self, departement: str) -> dict[str, Brut]:
        return {
            standard: _table(self.ouvrir(f"{ARCEP}/{nom}"), f"{ARCEP}/{nom}")
            for nom, standard in _TABLES_NATIONALES.items()
        }

    def table(self, table: TableNationale) -> Brut | None:
        if not table.adresse:
            return None
        try:
            return Brut(self.ouvrir(table.adresse), table.adresse, annee(table.adresse))
        except CouchesIndisponibles as erreur:
            # The other layers are written all the same: what `telecharger` says of them would be false.
            essai = "" if table.verifiee else " (cette adresse n'a jamais été essayée)"
            raise CouchesIndisponibles(f"impossible de télécharger {table.adresse}{essai}.") from erreur


@dataclass(frozen=True, slots=True)
class Dossier:
    """A folder of layers gathered beforehand.

    `contours-<année>/communes-<dép>-<nom>.geojson` for every département; and, when known,
    `geoapi/communes-<dép>.geojson` (same outlines, codes of the day), `geoapi/epcis-<dép>.json`, `arcep/<nom>-*.csv`,
    and the national tables where `registre.yml` says.
    """

    chemin: Path

    def communes(self, departement: str) -> Brut:
        du_jour = self.chemin / "geoapi" / f"communes-{departement}.geojson"
        if not du_jour.exists():
            return self.contours_voisins(departement)
        return Brut(du_jour.read_bytes(), "geo.api.gouv.fr (contours IGN Admin Express)", self._annee(departement))

    def contours_voisins(self, departement: str) -> Brut:
        contenu = self._contours(departement).read_bytes()
        return Brut(contenu, "IGN Admin Express, contours simplifiés", self._annee(departement))

    def epcis(self, departement: str) -> Brut | None:
        fichier = self.chemin / "geoapi" / f"epcis-{departement}.json"
        return Brut(fichier.read_bytes(), "geo.api.gouv.fr", INCONNU) if fichier.exists() else None

    def arcep(self, departement: str) -> dict[str, Brut]:
        nom_departement = self._contours(departement).stem.removeprefix(f"communes-{departement}-")
        fichiers = {
            standard: self.chemin / "arcep" / f"{nom_departement}-{nom}" for nom, standard in _TABLES_LOCALES.items()
        }
        source = "ARCEP, Ma connexion internet"
        return {nom: _table(f.read_bytes(), source) for nom, f in fichiers.items() if f.exists()}

    def table(self, table: TableNationale) -> Brut | None:
        trouves = sorted(self.chemin.glob(table.dossier))
        return Brut(trouves[-1].read_bytes(), str(trouves[-1]), annee(trouves[-1].name)) if trouves else None

    def _contours(self, departement: str) -> Path:
        trouves = sorted(self.chemin.glob(f"contours-*/communes-{departement}-*.geojson"))
        if not trouves:
            raise CouchesIndisponibles(
                f"{self.chemin} ne contient pas les contours du département {departement} : il faut un fichier "
                f"contours-<année>/communes-{departement}-<nom>.geojson."
            )
        return trouves[-1]

    def _annee(self, departement: str) -> str:
        return self._contours(departement).parent.name.removeprefix("contours-")


def _table(contenu: bytes, source: str) -> Brut:
    """Check that a table is one (a portal may answer a page of excuses), and read the date of its data."""
    lignes = list(csv.DictReader(contenu.decode("utf-8-sig", errors="replace").splitlines()[:2], delimiter=";"))
    if not lignes or "code_insee" not in lignes[0]:
        raise CouchesIndisponibles(f"{source} : la réponse n'est pas une table par commune (colonne « code_insee »).")
    try:
        verifier_fin(contenu, source)
    except DebitInvalide as erreur:
        raise CouchesIndisponibles(f"{erreur} Rien n'a été écrit.") from erreur
    return Brut(contenu, source, lignes[0].get("date") or INCONNU)
