"""One deployment = one configuration, read from one YAML file."""

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

from carte.choix import CLASSES_DEBIT, Seuils
from carte.config.lecture import ConfigurationInvalide, lire_yaml, ou
from carte.config.priorite import Priorite, lire_priorite

__all__ = [
    "Configuration",
    "ConfigurationInvalide",
    "Dossiers",
    "Options",
    "Priorite",
    "lire",
]


@dataclass(frozen=True, slots=True)
class Options:
    """Third parties a deployment accepts to contact; none by default.

    `adresse`: the national geocoding service completes the search; `tuiles`: IGN's tiles lie under the maps.
    """

    adresse: bool = False
    tuiles: bool = False


@dataclass(frozen=True, slots=True)
class Dossiers:
    """Where inputs are read and output is written; absolute once read."""

    lieux: Path
    geo: Path
    sortie: Path


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit of the project's own repository, as the former publication.

    `nom` as git knows it (tag, branch, hash); `configuration`: path of the deployment's file at that time, from
    `racine`, the project's root.
    """

    nom: str
    configuration: str
    racine: Path


@dataclass(frozen=True, slots=True)
class Configuration:
    """A deployment: who publishes, on which départements, with which thresholds and options.

    `publication_precedente`, to tell what changed since: the folder of the open data of a former publication, or a
    commit of the repository.
    """

    nom: str
    hub: str
    courriel: str
    url: str
    departements: tuple[str, ...]
    date_publication: date
    dossiers: Dossiers
    depot: str | None = None
    demonstration: bool = False
    seuils: Seuils = field(default_factory=Seuils)
    options: Options = field(default_factory=Options)
    priorite: Priorite = field(default_factory=Priorite)
    publication_precedente: Path | Revision | None = None


_CLES = {
    "nom",
    "hub",
    "courriel",
    "url",
    "departements",
    "date_publication",
    "dossiers",
    "depot",
    "demonstration",
    "seuils",
    "options",
    "priorite",
    "publication_precedente",
}
# What git takes for a commit, and never for an option, a range or a path.
_REVISION = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_/+@^~-]|\.(?!\.)){0,199}")
_OBLIGATOIRES = ("nom", "hub", "courriel", "url", "departements", "date_publication", "dossiers")


def lire(fichier: Path, racine: Path) -> Configuration:
    """Read a deployment's configuration; relative folders start at `racine`, the project's root.

    Raises ConfigurationInvalide with the key at fault.
    """
    brut = lire_yaml(fichier)
    _verifier_cles(fichier, brut, _CLES, _OBLIGATOIRES)
    dossiers = _section(fichier, brut, "dossiers", {"lieux", "geo", "sortie"}, ("lieux", "geo", "sortie"))
    seuils = _section(fichier, brut, "seuils", set(Seuils.__dataclass_fields__), ())
    options = _section(fichier, brut, "options", set(Options.__dataclass_fields__), ())
    priorite = _section(fichier, brut, "priorite", set(Priorite.__dataclass_fields__), ())
    if not all(isinstance(valeur, bool) for valeur in options.values()):
        raise ConfigurationInvalide(f"{fichier} : chaque ligne de « options » attend true ou false.")
    departements = brut["departements"]
    if not isinstance(departements, list) or not all(isinstance(code, str) for code in departements):
        raise ConfigurationInvalide(f'{fichier} : « departements » attend une liste de codes entre guillemets, ["36"].')
    if not isinstance(brut["date_publication"], date):
        raise ConfigurationInvalide(f"{fichier} : « date_publication » attend une date, par exemple 2026-11-01.")
    return Configuration(
        nom=str(brut["nom"]),
        hub=str(brut["hub"]),
        courriel=str(brut["courriel"]),
        url=str(brut["url"]).rstrip("/") + "/",
        departements=tuple(departements),
        date_publication=brut["date_publication"],
        dossiers=Dossiers(**{cle: (racine / str(chemin)).resolve() for cle, chemin in dossiers.items()}),
        depot=brut.get("depot"),
        demonstration=bool(brut.get("demonstration", False)),
        seuils=_seuils(fichier, seuils),
        options=Options(**options),
        priorite=lire_priorite(fichier, priorite),
        publication_precedente=_publication_precedente(fichier, racine, brut),
    )


def _publication_precedente(fichier: Path, racine: Path, brut: dict[str, Any]) -> Path | Revision | None:
    """A folder, or `revision: …` with the file's path then when it has moved since; None when nothing is written."""
    valeur = brut.get("publication_precedente")
    if valeur is None:
        return None
    if isinstance(valeur, str) and valeur:
        return (racine / valeur).resolve()
    if not isinstance(valeur, dict):
        raise ConfigurationInvalide(
            f"{ou(fichier, 'publication_precedente')} : « publication_precedente » attend un dossier, ou une ligne "
            '« revision: "v2026-05" ».'
        )
    section = _section(fichier, brut, "publication_precedente", {"revision", "configuration"}, ("revision",))
    nom, chemin = section["revision"], section.get("configuration", _depuis_la_racine(fichier, racine))
    if not isinstance(nom, str) or not _REVISION.fullmatch(nom):
        # A hash of digits alone is a number for YAML.
        raise ConfigurationInvalide(
            f"{ou(fichier, 'publication_precedente', 'revision')} : « publication_precedente.revision » attend une "
            f'étiquette, une branche ou un commit, entre guillemets : "v2026-05". La valeur est « {nom} ».'
        )
    if not isinstance(chemin, str) or not _interne(chemin):
        raise ConfigurationInvalide(
            f"{ou(fichier, 'publication_precedente', 'configuration')} : « publication_precedente.configuration » "
            "attend le chemin du fichier dans le dépôt, par exemple carte.yml."
        )
    return Revision(nom, chemin, racine.resolve())


def _depuis_la_racine(fichier: Path, racine: Path) -> str | None:
    """Path of the configuration from the root; None when it is elsewhere."""
    complet, base = fichier.resolve(), racine.resolve()
    return complet.relative_to(base).as_posix() if complet.is_relative_to(base) else None


def _interne(chemin: str) -> bool:
    """Whether a path stays inside the folder it is relative to."""
    parties = PurePosixPath(chemin).parts
    return bool(parties) and not chemin.startswith("/") and ".." not in parties and "\0" not in chemin


def _seuils(fichier: Path, section: dict[str, Any]) -> Seuils:
    """Thresholds, each with the kind of value of its default."""
    defauts = Seuils()
    valeurs: dict[str, Any] = {}
    for cle, valeur in section.items():
        defaut = getattr(defauts, cle)
        if isinstance(defaut, tuple):
            juste = isinstance(valeur, list) and bool(valeur) and all(_positif(x) for x in valeur)
            valeurs[cle] = tuple(sorted(set(valeur))) if juste else None
        elif isinstance(defaut, str):
            juste = valeur in CLASSES_DEBIT
            valeurs[cle] = valeur
        else:
            juste = _positif(valeur)
            valeurs[cle] = valeur
        if not juste:
            lieu = ou(fichier, "seuils", cle)
            raise ConfigurationInvalide(f"{lieu} : « seuils.{cle} » a la valeur « {valeur} » ; exemple : {defaut}.")
    return Seuils(**valeurs)


def _positif(valeur: object) -> bool:
    return isinstance(valeur, int | float) and not isinstance(valeur, bool) and valeur > 0


def _section(
    fichier: Path, brut: dict[str, Any], nom: str, permises: set[str], obligatoires: tuple[str, ...]
) -> dict[str, Any]:
    section = brut.get(nom, {})
    if not isinstance(section, dict):
        raise ConfigurationInvalide(f"{fichier} : « {nom} » attend des lignes « clé: valeur ».")
    _verifier_cles(fichier, section, permises, obligatoires, prefixe=f"{nom}.")
    return section


def _verifier_cles(
    fichier: Path, brut: dict[str, Any], permises: set[str], obligatoires: tuple[str, ...], prefixe: str = ""
) -> None:
    inconnues = sorted(str(cle) for cle in brut if cle not in permises)
    if inconnues:
        lieu = ou(fichier, *filter(None, (prefixe.rstrip("."), inconnues[0])))
        raise ConfigurationInvalide(
            f"{lieu} : clé inconnue « {prefixe}{inconnues[0]} ». Clés possibles : {', '.join(sorted(permises))}."
        )
    manquantes = [cle for cle in obligatoires if cle not in brut]
    if manquantes:
        raise ConfigurationInvalide(f"{fichier} : il manque la clé « {prefixe}{manquantes[0]} ».")
