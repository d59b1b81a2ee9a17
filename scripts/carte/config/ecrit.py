"""A configuration as its file writes it: every key, what it may hold, what to write instead.

Descriptions are read by who forgot the key: they are French and plain.
"""

import re
from collections.abc import Collection
from datetime import date
from pathlib import PurePosixPath
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from carte.choix import CLASSES_DEBIT, COMPRESSIONS, CRITERES, NORMALISATIONS, PAGES_COMMUNES, Seuils
from carte.config.depot import FORGES
from carte.config.federation import HubEcrit, VoisinEcrit
from carte.config.formes import Departement, sans_repetition, selon
from carte.ecrits.formes import avis_courriel, avis_departement, avis_url
from carte.ecrits.modele import Jour, Partie, Suite, Texte, refus
from carte.ecrits.texte import citer, vouliez_vous_dire

PREMIER_JOUR, DERNIER_JOUR = date(2015, 1, 1), date(2099, 12, 31)
_DEFAUTS = Seuils()
# What git takes for a commit, and never for an option, a range or a path.
_REVISION = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_/+@^~-]|\.(?!\.)){0,199}")


def _parmi(valeurs: Collection[str]) -> BeforeValidator:
    """One value of a closed list."""

    def verifier(valeur: Any) -> Any:
        if isinstance(valeur, str) and valeur in valeurs:
            return valeur
        proche = vouliez_vous_dire(valeur, valeurs) if isinstance(valeur, str) else ""
        raise refus(f"« {citer(valeur)} » n'est pas possible ici. Valeurs possibles : {', '.join(valeurs)}.{proche}")

    return BeforeValidator(verifier)


def _publiable(jour: date) -> date:
    if not PREMIER_JOUR <= jour <= DERNIER_JOUR:
        raise refus(
            f"Le {jour.isoformat()} est hors bornes : une publication est datée du {PREMIER_JOUR.isoformat()} au "
            f"{DERNIER_JOUR.isoformat()}."
        )
    return jour


def _sans_suite(url: str) -> str:
    """The address of the site is the beginning of every page's."""
    if re.search(r"[?#]", url):
        raise refus("L'adresse du site ne contient ni « ? » ni « # » : celles des pages la prolongent.")
    return url


def _dossier(valeur: Any) -> Any:
    if not isinstance(valeur, str) or not valeur.strip():
        raise refus('« publication_precedente » attend un dossier, ou une ligne « revision: "v2026-05" » en retrait.')
    return valeur


def _chemin(texte: str) -> str:
    if not texte.isprintable():
        raise refus("Ce chemin contient un caractère invisible : effacez-le.")
    if texte.startswith("~"):
        raise refus("« ~ » n'est pas compris : écrivez le chemin entier, ou depuis la racine du projet.")
    return texte


def _revision(texte: str) -> str:
    if not _REVISION.fullmatch(texte):
        raise refus(
            f"« {citer(texte)} » n'est pas une révision : attendu une étiquette, une branche ou un commit, entre "
            'guillemets, par exemple "v2026-05".'
        )
    return texte


def _interne(texte: str) -> str:
    """A path that stays inside the folder it is relative to."""
    parties = PurePosixPath(texte).parts
    if not parties or texte.startswith("/") or ".." in parties or not texte.isprintable():
        raise refus(f"« {citer(texte)} » : attendu le chemin du fichier dans le dépôt, par exemple carte.yml.")
    return texte


TOUT = "tout"
"""Whose reviewers look at what is not a record of a named département."""
# What every forge takes for a person, a team or a group; never an address of a person, which the file would publish.
_RELECTEUR = re.compile(
    r"@[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?(?:/[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?){0,9}"
)


def _relu(cle: str) -> str:
    avis = None if cle == TOUT else avis_departement(cle)
    if avis is not None:
        raise refus(f"{avis.message} Pour tout le reste du dépôt : « {TOUT} ».")
    return cle


def _relecteur(texte: str) -> str:
    if not _RELECTEUR.fullmatch(texte):
        raise refus(
            f"« {citer(texte)} » n'est le compte de personne : attendu @compte ou @organisation/équipe, entre "
            "guillemets. Une adresse de courriel n'y va pas : ce fichier est public."
        )
    return texte


Url = Annotated[str, Field(max_length=2_000), selon(avis_url)]
Chemin = Annotated[str, Field(min_length=1, max_length=1_000), AfterValidator(_chemin)]
Minutes = Annotated[int, Field(ge=1, le=300, examples=[20])]
Durees = Annotated[
    Suite[Minutes],
    Field(min_length=1, max_length=10, examples=[20]),
    AfterValidator(lambda minutes: tuple(sorted(set(minutes)))),
]
Poids = Annotated[float, Field(ge=0, le=1_000_000, examples=[40])]
Relu = Annotated[str, AfterValidator(_relu)]
Relecteur = Annotated[str, AfterValidator(_relecteur), Field(examples=['"@votre-hub/equipe"'])]
Relecteurs = Annotated[Suite[Relecteur], Field(min_length=1, max_length=50), AfterValidator(sans_repetition)]


class DossiersEcrits(Partie):
    """Folders, from the project's root."""

    lieux: Annotated[Chemin, Field(description="Dossier des fiches, par exemple offers")]
    geo: Annotated[Chemin, Field(description="Dossier des couches, par exemple geo")]
    sortie: Annotated[Chemin, Field(description="Dossier où le site est construit, par exemple build")]
    sources: Annotated[
        Chemin | None, Field(description="Dossier des correspondances d'import du hub ; sans cette ligne, sources")
    ] = None


class SeuilsEcrits(Partie):
    """Thresholds; a missing one keeps its default. Times in minutes."""

    voiture: Durees = _DEFAUTS.voiture
    velo: Durees = _DEFAUTS.velo
    pied: Minutes = _DEFAUTS.pied
    classe_debit: Annotated[str, _parmi(CLASSES_DEBIT)] = _DEFAUTS.classe_debit
    fraicheur_jours: Annotated[int, Field(ge=1, le=3_650, examples=[365])] = _DEFAUTS.fraicheur_jours
    anciennete_jours: Annotated[int, Field(ge=1, le=7_300, examples=[730])] = _DEFAUTS.anciennete_jours
    fermeture_jours: Annotated[int, Field(ge=1, le=3_650, examples=[90])] = _DEFAUTS.fermeture_jours
    presence_heures: Annotated[float, Field(ge=0, le=168, examples=[3])] = _DEFAUTS.presence_heures
    deficit_epci_pct: Annotated[float, Field(gt=0, le=100, examples=[25])] = _DEFAUTS.deficit_epci_pct


class OptionsEcrites(Partie):
    """Third parties."""

    adresse: bool = False
    tuiles: bool = False


class HebergementEcrit(Partie):
    """What the host can take."""

    pages_communes: Annotated[str, _parmi(PAGES_COMMUNES)] | None = None
    precompression: Annotated[
        Suite[Annotated[str, _parmi(COMPRESSIONS)]], Field(examples=['["gzip"]']), AfterValidator(sans_repetition)
    ] = ()


class PoidsEcrits(Partie):
    """A weight by criterion of CRITERES."""

    distance: Poids = 0.0
    debit: Poids = 0.0
    besoin: Poids = 0.0

    @model_validator(mode="after")
    def _comptent(self) -> "PoidsEcrits":
        if not any(self.model_dump().values()):
            raise refus("La somme des poids est nulle : un critère au moins doit compter.")
        return self


class PrioriteEcrite(Partie):
    """Weights of the priority score."""

    poids: PoidsEcrits = PoidsEcrits(**dict.fromkeys(CRITERES, 1.0))
    normalisation: Annotated[str, _parmi(NORMALISATIONS)] = NORMALISATIONS[0]


class RevisionEcrite(Partie):
    """A former state of the repository."""

    revision: Annotated[
        str, AfterValidator(_revision), Field(description="Étiquette, branche ou commit, par exemple v2026-05")
    ]
    configuration: Annotated[
        str, AfterValidator(_interne), Field(description="Le chemin du fichier dans le dépôt, par exemple carte.yml")
    ]


class PublicationEcrite(Partie):
    """The former publication, when it is a folder."""

    publication_precedente: Annotated[Chemin, BeforeValidator(_dossier)]


class ConfigurationEcrite(Partie):
    """The whole file. `publication_precedente` has two forms, read apart."""

    nom: Annotated[Texte, Field(description="Nom du site")]
    hub: Annotated[Texte, Field(description="Qui publie")]
    courriel: Annotated[str, selon(avis_courriel), Field(description="Adresse de contact")]
    url: Annotated[Url, AfterValidator(_sans_suite), Field(description="Adresse du site, https://…")]
    departements: Annotated[
        Suite[Departement],
        Field(
            min_length=1,
            max_length=110,
            description="Codes des départements, entre guillemets",
            examples=['["36"]'],
        ),
        AfterValidator(sans_repetition),
    ]
    date_publication: Annotated[Jour, AfterValidator(_publiable), Field(description="Date, par exemple 2026-11-02")]
    dossiers: Annotated[DossiersEcrits, Field(description="Lignes lieux, geo et sortie, en retrait")]
    depot: Url | None = None
    forge: Annotated[str, _parmi(FORGES)] | None = None
    branche: Annotated[str, AfterValidator(_revision)] = "main"
    relecteurs: Annotated[dict[Relu, Relecteurs], Field(default_factory=dict)]
    demonstration: bool = False
    seuils: SeuilsEcrits = SeuilsEcrits()
    options: OptionsEcrites = OptionsEcrites()
    hebergement: HebergementEcrit = HebergementEcrit()
    priorite: PrioriteEcrite = PrioriteEcrite()
    federation: Annotated[Suite[HubEcrit], Field(max_length=200)] = ()
    voisins: Annotated[Suite[VoisinEcrit], Field(max_length=50)] = ()
    publication_precedente: Any = None
