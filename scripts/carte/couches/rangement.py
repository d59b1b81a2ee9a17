"""How a folder of layers gathered beforehand is laid out, and a mirror with it: the one list of names.

`<dép>` is a code of département, `<nom>` the name that its outlines bear; `<année>` is the vintage, the latest wins.
"""

import glob
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import zip_longest

from carte.couches import controles
from carte.couches.controles import ControleDate
from carte.couches.registre import lire_registre

LISTE = "SHA256SUMS"
"""At the root of a mirror: what `sha256sum` says of every file."""
_LACUNE = re.compile(r"<([^>]+)>|\*")


@dataclass(frozen=True, slots=True)
class Place:
    """Where files of one kind stand, from the root of the folder."""

    motif: str
    contenu: str
    obligatoire: bool = False

    def en_glob(self, **connus: str) -> str:
        """The pattern for pathlib, once some of its gaps are known (`dép`, `nom`)."""
        return self._remplir(glob.escape, "*", connus)

    def en_regex(self, **connus: str) -> re.Pattern[str]:
        """The pattern for a list of names."""
        return re.compile(self._remplir(re.escape, "[^/]*", connus))

    def _remplir(self, proteger: Callable[[str], str], reste: str, connus: dict[str, str]) -> str:
        # Split by what is captured: words and gaps, in turn.
        morceaux = _LACUNE.split(self.motif)
        lacunes = [proteger(connus[nom]) if nom in connus else reste for nom in morceaux[1::2]]
        return "".join(x for paire in zip_longest(map(proteger, morceaux[::2]), lacunes, fillvalue="") for x in paire)


@dataclass(frozen=True, slots=True)
class TableArcep:
    """One of ARCEP's tables: where it stands, and what it must be."""

    place: Place
    controle: ControleDate


CONTOURS = Place("contours-<année>/communes-<dép>-<nom>.geojson", "Contours des communes, voisins compris", True)
DU_JOUR = Place("geoapi/communes-<dép>.geojson", "Mêmes contours, aux codes du jour : ils passent avant")
EPCIS = Place("geoapi/epcis-<dép>.json", "Intercommunalités")
# By their name in a département's folder.
ARCEP = {
    "commune_debit_filaire.csv": TableArcep(
        Place("arcep/<nom>-commune_debit_filaire.csv", "Débits filaires par commune"), controles.table_debits
    ),
    "commune_debit_terrestre.csv": TableArcep(
        Place("arcep/<nom>-commune_debit_terrestre.csv", "Débits terrestres par commune"), controles.table_debits
    ),
    "commune_meilleure_techno.csv": TableArcep(
        Place("arcep/<nom>-meilleure_techno.csv", "Meilleure technologie par commune"), controles.table_debits
    ),
    "fermeture_cuivre.csv": TableArcep(
        Place("arcep/<nom>-fermeture_cuivre.csv", "Fermeture du réseau cuivre"), controles.table_cuivre
    ),
}


def places() -> Iterator[Place]:
    """All that a folder may hold, in the order to read it."""
    yield from (CONTOURS, DU_JOUR, EPCIS, *(table.place for table in ARCEP.values()))
    for table in lire_registre():
        yield Place(_montre(table.dossier), table.titre)
        if table.avec:
            yield Place(_montre(table.avec.dossier), table.avec.titre)


def _montre(dossier: str) -> str:
    return dossier.replace("/*.", "/<réseau>.").replace("*", "<année>")


def en_table() -> str:
    """The list as a table of geo/README.md."""
    lignes = [f"| `{x.motif}` | {x.contenu}{' (obligatoire)' if x.obligatoire else ''} |" for x in places()]
    return "\n".join(["| Fichier | Contenu |", "|---|---|", *lignes])


def en_aide() -> str:
    """The list as the help of `carte couches` shows it."""
    lignes = [f"  {x.motif}\n      {x.contenu}{' (obligatoire)' if x.obligatoire else ''}" for x in places()]
    return "\n".join(
        [
            "Ce que contient le dossier ou le miroir de --depuis :",
            *lignes,
            f"Un miroir a de plus, à sa racine, le fichier {LISTE} : ce que dit « sha256sum */* ».",
        ]
    )
