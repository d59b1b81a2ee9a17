"""The official geographic code (COG): every commune of France, its EPCI, and what old codes became.

Source: files of the npm package @etalab/decoupage-administratif (Licence Ouverte), or a folder of the same shape.
Populations come from `communes.json` only: `epci.json` carries another year, and the two must never meet in a ratio.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from math import nan
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from carte.territory.erreurs import INCONNU, TerritoireInvalide
from carte.territory.fichiers import lire_json, lire_lignes

# The package states its vintages in its README only, one line per major version.
_MILLESIMES_DU_PAQUET = {
    "5": {"cog": "2025", "population": "2022"},
    "6": {"cog": "2026", "population": "2023"},
}
# Where no national layer goes: the COG knows their communes, and that is all.
COLLECTIVITES = {
    "975": "Saint-Pierre-et-Miquelon",
    "977": "Saint-Barthélemy",
    "978": "Saint-Martin",
    "986": "Wallis-et-Futuna",
    "987": "La Polynésie française",
    "988": "La Nouvelle-Calédonie",
}
_GRAND_PARIS = "200054781"

T = TypeVar("T")


class CommuneCog(NamedTuple):
    """A current commune. `population` is NaN when unknown."""

    code: str
    nom: str
    departement: str
    region: str
    population: float
    codes_postaux: tuple[str, ...]


class Nature(StrEnum):
    """What a part of a commune is."""

    ARRONDISSEMENT = "arrondissement-municipal"
    DELEGUEE = "commune-deleguee"
    ASSOCIEE = "commune-associee"


class Partie(NamedTuple):
    """A part of the current commune `commune`; `population` is NaN when the COG does not give it."""

    code: str
    nom: str
    nature: Nature
    commune: str
    population: float
    codes_postaux: tuple[str, ...]


class EpciCog(NamedTuple):
    """An EPCI with all its members, wherever they are."""

    code: str
    nom: str
    type: str
    membres: tuple[str, ...]


class Division(NamedTuple):
    """A département or a region; `region` is empty for a region."""

    code: str
    nom: str
    region: str


@dataclass(frozen=True, slots=True)
class Cog:
    """The COG of one vintage. `noms_anciens`: (name of a former or partial commune, current code); `parties`: parts of
    communes by their code, those that have the code of their commune left out."""

    actuelles: Mapping[str, CommuneCog]
    successeurs: Mapping[str, str]
    noms_anciens: tuple[tuple[str, str], ...] = ()
    parties: Mapping[str, Partie] = field(default_factory=dict)
    epci: Mapping[str, EpciCog] = field(default_factory=dict)
    departements: Mapping[str, Division] = field(default_factory=dict)
    regions: Mapping[str, Division] = field(default_factory=dict)
    millesimes: Mapping[str, str] = field(default_factory=dict)

    @property
    def arrondissements(self) -> frozenset[str]:
        """Codes of the arrondissements of Paris, Lyon and Marseille."""
        return frozenset(p.code for p in self.parties.values() if p.nature is Nature.ARRONDISSEMENT)

    def actuel(self, code: str) -> str | None:
        """Current code of a current or old code; None when the COG does not know it."""
        return code if code in self.actuelles else self.successeurs.get(code)

    def epci_des_communes(self) -> dict[str, str]:
        """Code of the EPCI of each commune; communes without EPCI are absent."""
        return {membre: epci.code for epci in self.epci.values() for membre in epci.membres}


def lire_cog(dossiers: Iterable[Path]) -> Cog:
    """Read one COG, or several that complete each other (a fictional territory brings its own).

    Raises TerritoireInvalide when a file is absent or unreadable, or when population vintages differ.
    """
    cogs = [_lire_un_cog(dossier) for dossier in dossiers]
    if not cogs:
        raise TerritoireInvalide("Aucun code officiel géographique à lire : indiquez au moins un département.")
    millesimes = {tuple(sorted(cog.millesimes.items())) for cog in cogs}
    if len(millesimes) > 1:
        raise TerritoireInvalide(
            "Les codes officiels géographiques lus n'ont pas le même millésime : "
            + " ; ".join(str(dict(m)) for m in sorted(millesimes))
            + ". Une même publication ne mélange pas les millésimes de population."
        )
    return Cog(
        actuelles=_reunir(cog.actuelles for cog in cogs),
        successeurs=_reunir(cog.successeurs for cog in cogs),
        noms_anciens=tuple(paire for cog in cogs for paire in cog.noms_anciens),
        parties=_reunir(cog.parties for cog in cogs),
        epci=_reunir(cog.epci for cog in cogs),
        departements=_reunir(cog.departements for cog in cogs),
        regions=_reunir(cog.regions for cog in cogs),
        millesimes=cogs[0].millesimes,
    )


def _reunir(tables: Iterable[Mapping[str, T]]) -> dict[str, T]:
    return {cle: valeur for table in tables for cle, valeur in table.items()}


def _lire_un_cog(dossier: Path) -> Cog:
    fichier = dossier / "communes.json"
    lignes = _lire_lignes(fichier, "type")
    _exiger(fichier, lignes)
    actuelles = {ligne["code"]: _commune(ligne) for ligne in lignes if ligne["type"] == "commune-actuelle"}
    parties = [ligne for ligne in lignes if ligne["type"] != "commune-actuelle"]
    successeurs = _successeurs(lignes, parties, set(actuelles))
    return Cog(
        actuelles=actuelles,
        successeurs=successeurs,
        noms_anciens=tuple(
            (ligne["nom"], code)
            for ligne in parties
            if (code := successeurs.get(ligne["code"], ligne["code"])) in actuelles
        ),
        parties={
            ligne["code"]: _partie(ligne, successeurs[ligne["code"]])
            for ligne in parties
            if ligne["code"] in successeurs and ligne["type"] in list(Nature)
        },
        epci=_epci(dossier),
        departements=_divisions(dossier / "departements.json"),
        regions=_divisions(dossier / "regions.json"),
        millesimes=_millesimes(dossier),
    )


def _exiger(fichier: Path, lignes: list[dict[str, Any]]) -> None:
    """Raises TerritoireInvalide at the first commune without a département, or old one without the one it is in."""
    for ligne in lignes:
        actuelle = ligne["type"] == "commune-actuelle"
        manque = [cle for cle in ("departement", "region") if cle not in ligne] if actuelle else []
        if not actuelle and not (ligne.get("chefLieu") or ligne.get("commune")):
            manque = ["commune"]
        if manque:
            raise TerritoireInvalide(f"{fichier} : {ligne['code']} ({ligne['nom']}) n'a pas de « {manque[0]} ».")


def _partie(ligne: dict[str, Any], commune: str) -> Partie:
    nature = Nature(ligne["type"])
    nom = ligne["nom"]
    if nature is Nature.ARRONDISSEMENT:  # the source writes « Paris 13e Arrondissement »
        nom = nom.replace(" Arrondissement", " arrondissement")
    return Partie(ligne["code"], nom, nature, commune, _population(ligne), tuple(ligne.get("codesPostaux", ())))


def _population(ligne: dict[str, Any]) -> float:
    population = ligne.get("population")
    return nan if population is None else float(population)


def _commune(ligne: dict[str, Any]) -> CommuneCog:
    return CommuneCog(
        code=ligne["code"],
        nom=ligne["nom"],
        departement=ligne["departement"],
        region=ligne["region"],
        population=_population(ligne),
        codes_postaux=tuple(ligne.get("codesPostaux", ())),
    )


# Communes of Guadeloupe until 2007, then collectivités: the COG does not link their codes, and the former ones still
# stand in the land registry.
_DEVENUES = {"97123": "97701", "97127": "97801"}


def _successeurs(lignes: list[dict[str, Any]], parties: list[dict[str, Any]], actuelles: set[str]) -> dict[str, str]:
    """Follow every old code to a current one; déléguées win over `anciensCodes`, being the later event."""
    suivants = _DEVENUES | {ancien: ligne["code"] for ligne in lignes for ancien in ligne.get("anciensCodes", ())}
    suivants |= {ligne["code"]: ligne.get("chefLieu") or ligne["commune"] for ligne in parties}
    resolus = {code: _suivre(code, suivants, actuelles) for code in suivants if code not in actuelles}
    return {code: actuel for code, actuel in resolus.items() if actuel is not None}


def _suivre(code: str, suivants: Mapping[str, str], actuelles: set[str]) -> str | None:
    vus: set[str] = set()
    while code not in actuelles:
        if code in vus or code not in suivants:
            return None
        vus.add(code)
        code = suivants[code]
    return code


def _epci(dossier: Path) -> dict[str, EpciCog]:
    """EPCI by code; the Grand Paris gives way to its territories (EPT), and keeps only Paris, which has none."""
    epci = _lire_epci(dossier / "epci.json")
    fichier_ept = dossier / "ept.json"
    if not fichier_ept.exists() or _GRAND_PARIS not in epci:
        return epci
    ept = _lire_epci(fichier_ept)
    dans_ept = {membre for territoire in ept.values() for membre in territoire.membres}
    metropole = epci[_GRAND_PARIS]
    reste = tuple(membre for membre in metropole.membres if membre not in dans_ept)
    ville = metropole._replace(nom=f"{metropole.nom} (Paris seul)", membres=reste)
    return epci | {_GRAND_PARIS: ville} | ept


def _lire_epci(fichier: Path) -> dict[str, EpciCog]:
    return {ligne["code"]: _un_epci(fichier, ligne) for ligne in _lire_lignes(fichier, "type")}


def _un_epci(fichier: Path, ligne: dict[str, Any]) -> EpciCog:
    membres = ligne.get("membres")
    if not isinstance(membres, list) or not all(
        isinstance(m, dict) and isinstance(m.get("code"), str) for m in membres
    ):
        raise TerritoireInvalide(f"{fichier} : {ligne['code']} ({ligne['nom']}) n'a pas la liste de ses « membres ».")
    return EpciCog(ligne["code"], ligne["nom"], ligne["type"], tuple(sorted(membre["code"] for membre in membres)))


def _divisions(fichier: Path) -> dict[str, Division]:
    lignes = _lire_lignes(fichier)
    return {ligne["code"]: Division(ligne["code"], ligne["nom"], ligne.get("region", "")) for ligne in lignes}


def _millesimes(dossier: Path) -> dict[str, str]:
    """Vintages: a `millesimes.json` beside the files, else what is known of the package's version."""
    declare = dossier / "millesimes.json"
    if declare.exists():
        lus = lire_json(declare)
        if not isinstance(lus, dict):
            raise TerritoireInvalide(f'{declare} doit contenir un objet : {{"cog": "2026", …}}.')
        return {cle: str(valeur) for cle, valeur in lus.items()}
    paquet = dossier.parent / "package.json"
    version = lire_json(paquet).get("version", "") if paquet.exists() else ""
    return _MILLESIMES_DU_PAQUET.get(version.split(".")[0], {"cog": INCONNU, "population": INCONNU})


def _lire_lignes(fichier: Path, *champs: str) -> list[dict[str, Any]]:
    try:
        return lire_lignes(fichier, "code", "nom", *champs)
    except FileNotFoundError as erreur:
        raise TerritoireInvalide(
            f"Il manque le fichier {fichier} du code officiel géographique. "
            "Pour un territoire réel, « npm ci » l'installe dans node_modules."
        ) from erreur
