"""The registry of national tables: a file declares each one, no module names any."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from carte.ecrits.fichier import EcritInvalide, lire_ecrit
from carte.ecrits.modele import Partie, Texte, TexteLong

FICHIER = Path(__file__).with_name("registre.yml")


@dataclass(frozen=True, slots=True, eq=False)
class TableNationale:
    """A published table by commune, and the file that each département gets of it.

    `colonnes`: our name -> the headings that published files are known to have; `valeurs`: our words for the file's, by
    column. `dossier`: a pattern below a folder of layers. `adresse`: empty when it has none of its own; `verifiee`:
    whether it was ever tried. `sans`: what becomes of the figures without the file (French).
    """

    fichier: str
    titre: str
    source: str
    licence: str
    dossier: str
    colonnes: Mapping[str, tuple[str, ...]]
    lignes_au_moins: int
    sans: str
    valeurs: Mapping[str, Mapping[str, str]]
    adresse: str = ""
    verifiee: bool = False


class _TableEcrite(Partie):
    fichier: Annotated[Texte, Field(description="Le fichier écrit dans le dossier du département")]
    titre: Annotated[Texte, Field(description="Ce que contient le fichier")]
    source: Annotated[Texte, Field(description="Qui le publie")]
    licence: Annotated[Texte, Field(description="Licence des données")]
    dossier: Annotated[Texte, Field(description="Où le chercher dans un dossier de couches")]
    colonnes: Annotated[dict[str, list[str]], Field(min_length=2, description="Notre nom, puis les titres connus")]
    valeurs: Annotated[dict[str, dict[str, str]], Field(description="Nos mots pour ceux du fichier")] = Field(
        default_factory=dict
    )
    lignes_au_moins: Annotated[int, Field(ge=1, description="En dessous, le fichier est coupé")]
    sans: Annotated[TexteLong, Field(description="Ce que deviennent les chiffres sans ce fichier")]
    adresse: Annotated[str, Field(pattern="^https://", description="Où il est publié")] = ""
    verifiee: Annotated[bool, Field(description="Cette adresse a été essayée")] = False


class _Registre(Partie):
    tables: Annotated[list[_TableEcrite], Field(min_length=1, description="Une table par tiret")]


@cache
def lire_registre(fichier: Path = FICHIER) -> tuple[TableNationale, ...]:
    """The tables declared. Raises EcritInvalide with every fault of the file."""
    ecrit = lire_ecrit(fichier, fichier.name, ("tables",))
    registre = ecrit.conformer(_Registre, ecrit.donnees)
    if registre is None or ecrit.bloque:
        raise EcritInvalide("Registre des couches à corriger :", ecrit.problemes())
    return tuple(
        TableNationale(
            **table.model_dump(exclude={"colonnes"}),
            colonnes={nom: tuple(titres) for nom, titres in table.colonnes.items()},
        )
        for table in registre.tables
    )
