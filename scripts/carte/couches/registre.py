"""The registry of layers: a file declares each one, no module names any."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from carte.ecrits.fichier import EcritInvalide, lire_ecrit
from carte.ecrits.modele import Partie, Texte, TexteLong, refus

FICHIER = Path(__file__).with_name("registre.yml")
Alias = tuple[str, ...]
"""Formulas that published files are known to answer, the first that can be worked out being taken (see `formules`)."""


@dataclass(frozen=True, slots=True, eq=False)
class Deplier:
    """One line per heading instead of one column each: `en` holds our word for it, `valeur` its figure."""

    en: str
    valeur: str
    colonnes: Mapping[str, Alias]


@dataclass(frozen=True, slots=True, eq=False)
class Compagnon:
    """A file read with another one, which says of the same things what the first leaves out."""

    titre: str
    dossier: str
    colonnes: Mapping[str, Alias]
    adresse: str = ""
    verifiee: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class TableNationale:
    """A published layer, and the file that each département gets of it.

    `colonnes`: our name -> the headings that published files are known to have, the code of the commune first;
    `valeurs`: our words for the file's, by column, all of them in the file unless the column is in `permises`.
    `nombres`: columns that are figures, whose blanks and secrets stay unknown. `constantes`: columns that say the same
    on every line. `deplier`: see `Deplier`. `pivot`: headings of a layout of one line per equipment, its commune, its
    type and its number, read as one column `NB_<type>` each. `au_plus`: column -> the one it never exceeds; `sommes`:
    column -> what all France adds up to, at least and at most. `voisins`: neighbouring communes are taken too.
    `lecteur`: what reads it, `table` or the name of a special one. `dossier`: a pattern below a folder of layers.
    `adresse`: empty when it has none of its own; `verifiee`: whether it was ever tried; `page`: where people find it.
    `avec`: another file read with this one. `sert`: codes of the figures that it serves; `sans`: what becomes of them
    without the file (French).
    """

    fichier: str
    titre: str
    source: str
    licence: str
    dossier: str
    colonnes: Mapping[str, Alias]
    lignes_au_moins: int
    sans: str
    valeurs: Mapping[str, Mapping[str, str]]
    adresse: str = ""
    verifiee: bool = False
    page: str = ""
    format: str = ""
    sert: tuple[str, ...] = ()
    permises: tuple[str, ...] = ()
    nombres: tuple[str, ...] = ()
    constantes: Mapping[str, str] = field(default_factory=dict)
    deplier: Deplier | None = None
    pivot: tuple[str, ...] = ()
    au_plus: Mapping[str, str] = field(default_factory=dict)
    sommes: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    voisins: bool = True
    lecteur: str = "table"
    avec: Compagnon | None = None


@dataclass(frozen=True, slots=True)
class AutreSource:
    """Something that is not a layer of `geo/`: places to import, or data that comes with the program."""

    nom: str
    source: str
    licence: str
    page: str
    sert: tuple[str, ...]
    comment: str


@dataclass(frozen=True, slots=True)
class Publication:
    """Who publishes a layer, under which licence, and where people find it: an https address.

    `directe`: `carte couches` asks for it by itself; else people take it there.
    """

    source: str
    licence: str
    adresse: str
    directe: bool


class _DeplierEcrit(Partie):
    en: Annotated[Texte, Field(description="La colonne qui dit de quoi il s'agit")]
    valeur: Annotated[Texte, Field(description="La colonne du nombre")]
    colonnes: Annotated[dict[str, list[str]], Field(min_length=1, description="Nos mots, puis les titres connus")]


class _CompagnonEcrit(Partie):
    titre: Annotated[Texte, Field(description="Ce que contient le fichier")]
    dossier: Annotated[Texte, Field(description="Où le chercher dans un dossier de couches")]
    colonnes: Annotated[dict[str, list[str]], Field(min_length=2, description="Notre nom, puis les titres connus")]
    adresse: Annotated[str, Field(pattern="^https://", description="Où il est publié")] = ""
    verifiee: Annotated[bool, Field(description="Cette adresse a été essayée")] = False


class _TableEcrite(Partie):
    fichier: Annotated[Texte, Field(description="Le fichier écrit dans le dossier du département")]
    titre: Annotated[Texte, Field(description="Ce que contient le fichier")]
    source: Annotated[Texte, Field(description="Qui le publie")]
    licence: Annotated[Texte, Field(description="Licence des données")]
    dossier: Annotated[Texte, Field(description="Où le chercher dans un dossier de couches")]
    format: Annotated[Texte, Field(description="Comment il est publié")]
    colonnes: Annotated[dict[str, list[str]], Field(min_length=1, description="Notre nom, puis les titres connus")]
    valeurs: Annotated[dict[str, dict[str, str]], Field(description="Nos mots pour ceux du fichier")] = Field(
        default_factory=dict
    )
    permises: Annotated[list[str], Field(description="Colonnes dont toutes les valeurs ne sont pas exigées")] = Field(
        default_factory=list
    )
    nombres: Annotated[list[str], Field(description="Colonnes qui sont des nombres")] = Field(default_factory=list)
    constantes: Annotated[dict[str, str], Field(description="Colonnes qui disent toujours la même chose")] = Field(
        default_factory=dict
    )
    deplier: Annotated[_DeplierEcrit | None, Field(description="Une ligne par titre")] = None
    pivot: Annotated[list[str], Field(description="Titres d'une présentation par équipement")] = Field(
        default_factory=list
    )
    au_plus: Annotated[dict[str, str], Field(description="Colonne qu'une autre ne dépasse jamais")] = Field(
        default_factory=dict
    )
    sommes: Annotated[dict[str, list[float]], Field(description="Total national, au moins et au plus")] = Field(
        default_factory=dict
    )
    lignes_au_moins: Annotated[int, Field(ge=1, description="En dessous, le fichier est coupé")]
    voisins: Annotated[bool, Field(description="Prendre aussi les communes voisines")] = True
    lecteur: Annotated[
        Literal["table", "copie", "quartiers", "arrets", "carreaux"], Field(description="Ce qui le lit")
    ] = "table"
    avec: Annotated[_CompagnonEcrit | None, Field(description="Le fichier lu avec celui-ci")] = None
    sert: Annotated[list[str], Field(min_length=1, description="Les chiffres que ce fichier sert")]
    sans: Annotated[TexteLong, Field(description="Ce que deviennent les chiffres sans ce fichier")]
    adresse: Annotated[str, Field(pattern="^https://", description="Où il est publié")] = ""
    page: Annotated[str, Field(pattern="^https://", description="La page qui le présente")] = ""
    verifiee: Annotated[bool, Field(description="Cette adresse a été essayée")] = False

    @model_validator(mode="after")
    def _coherente(self) -> "_TableEcrite":
        """Rules name columns that exist."""
        depliees = {self.deplier.en, self.deplier.valeur} if self.deplier else set()
        connues = {*self.colonnes, *depliees}
        nommees = {*self.valeurs, *self.permises, *self.nombres, *self.au_plus, *self.au_plus.values(), *self.sommes}
        if inconnues := sorted(nommees - connues):
            raise refus(f"« {inconnues[0]} » n'est pas une colonne de {self.fichier}")
        if any(len(bornes) != 2 or bornes[0] > bornes[1] for bornes in self.sommes.values()):
            raise refus("« sommes » attend deux nombres : au moins, au plus")
        if not (self.adresse or self.page):
            raise refus("« adresse » ou « page » : dites où le fichier se trouve")
        return self


class _AutreEcrite(Partie):
    nom: Annotated[Texte, Field(description="Ce que c'est")]
    source: Annotated[Texte, Field(description="Qui le publie")]
    licence: Annotated[Texte, Field(description="Licence des données")]
    page: Annotated[str, Field(pattern="^(https://|$)", description="Où c'est publié ; vide sans adresse sûre")] = ""
    sert: Annotated[list[str], Field(min_length=1, description="Ce que cela sert")]
    comment: Annotated[TexteLong, Field(description="Comment cela entre dans Carte")]


class _SocleEcrit(Partie):
    fichiers: Annotated[list[str], Field(min_length=1, description="Fichiers du dossier du département")]
    source: Annotated[Texte, Field(description="Qui les publie")]
    licence: Annotated[Texte, Field(description="Licence des données")]
    page: Annotated[str, Field(pattern="^https://", description="La page qui les présente")]
    directe: Annotated[bool, Field(description="La commande les demande elle-même")] = True


class _Registre(Partie):
    socle: Annotated[list[_SocleEcrit], Field(description="Les fichiers faits sans table nationale")] = Field(
        default_factory=list
    )
    tables: Annotated[list[_TableEcrite], Field(min_length=1, description="Une couche par tiret")]
    autres: Annotated[list[_AutreEcrite], Field(description="Ce qui n'est pas une couche de geo/")] = Field(
        default_factory=list
    )


@cache
def lire_registre(fichier: Path = FICHIER) -> tuple[TableNationale, ...]:
    """The layers declared. Raises EcritInvalide with every fault of the file."""
    return tuple(_table(table) for table in _lire(fichier).tables)


@cache
def lire_autres(fichier: Path = FICHIER) -> tuple[AutreSource, ...]:
    """What is declared beside the layers. Raises EcritInvalide with every fault of the file."""
    return tuple(AutreSource(**x.model_dump() | {"sert": tuple(x.sert)}) for x in _lire(fichier).autres)


def lire_publications(couche: str) -> tuple[Publication, ...]:
    """Where what makes a file of a département is published (`menages.csv`; `cog`, `population` for the official
    codes), in the order of the registry; empty when it does not say."""
    return _publications().get(couche, ())


@cache
def _publications() -> Mapping[str, tuple[Publication, ...]]:
    registre = _lire(FICHIER)
    dites: dict[str, list[Publication]] = {}
    for socle in registre.socle:
        for fichier in socle.fichiers:
            dites.setdefault(fichier, []).append(Publication(socle.source, socle.licence, socle.page, socle.directe))
    for table in registre.tables:
        adresse = table.page or table.adresse
        publiee = Publication(table.source, table.licence, adresse, bool(table.adresse))
        dites.setdefault(table.fichier, []).append(publiee)
    return {fichier: tuple(trouvees) for fichier, trouvees in dites.items()}


def _lire(fichier: Path) -> _Registre:
    ecrit = lire_ecrit(fichier, fichier.name, ("tables", "socle", "autres"))
    registre = ecrit.conformer(_Registre, ecrit.donnees)
    if registre is None or ecrit.bloque:
        raise EcritInvalide("Registre des couches à corriger :", ecrit.problemes())
    return registre


def _table(ecrite: _TableEcrite) -> TableNationale:
    simples = ecrite.model_dump(exclude={"colonnes", "deplier", "avec", "sommes"})
    listes: dict[str, Any] = {nom: tuple(simples[nom]) for nom in ("sert", "permises", "nombres", "pivot")}
    return TableNationale(
        **simples | listes,
        colonnes=_alias(ecrite.colonnes),
        deplier=_deplier(ecrite.deplier),
        avec=_compagnon(ecrite.avec),
        sommes={nom: tuple(bornes) for nom, bornes in ecrite.sommes.items()},
    )


def _deplier(ecrit: _DeplierEcrit | None) -> Deplier | None:
    return None if ecrit is None else Deplier(ecrit.en, ecrit.valeur, _alias(ecrit.colonnes))


def _compagnon(ecrit: _CompagnonEcrit | None) -> Compagnon | None:
    if ecrit is None:
        return None
    return Compagnon(**ecrit.model_dump(exclude={"colonnes"}), colonnes=_alias(ecrit.colonnes))


def _alias(colonnes: Mapping[str, list[str]]) -> dict[str, Alias]:
    return {nom: tuple(titres) for nom, titres in colonnes.items()}
