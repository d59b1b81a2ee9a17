"""Where what is published comes from: who made each layer, under which licence, of when, and where people find it.

The report, on the site and on paper, and `datapackage.json` all say what this module says.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from carte.couches.brut import INCONNU, LICENCE
from carte.couches.inscription import TITRES
from carte.couches.registre import lire_publications

if TYPE_CHECKING:
    from carte.federation import HubLu
    from carte.picture import Picture
    from carte.territory import Couche

# The layers of a département stand at its root or here; its other folders are the official codes, told by their two
# vintages, and a former publication.
_DOSSIERS = ("", "arcep")
# Inputs whose key among the vintages of the picture is not the name of their file.
_CLES = {
    "communes": "contours",
    **dict.fromkeys(("commune_debit_filaire", "commune_debit_terrestre", "commune_meilleure_techno"), "debit"),
}
_FICHIERS = {"contours": "communes.geojson", "debit": "arcep/commune_debit_filaire.csv"}
_TITRES = {
    "lieux": "Publication des lieux",
    "cog": "Découpage des communes",
    "population": "Population",
    "temps": "Temps de trajet mesurés",
    "contours": "Contours et centres des communes",
    "debit": "Débit internet fixe",
    "barrieres": "Estuaires et autres barrières",
}
FERMETURE_CUIVRE = "arcep/fermeture_cuivre.csv"
_SANS_COUCHE = ("lieux", "cog", "population")


@dataclass(frozen=True, slots=True)
class Source:
    """One input; `cle`: its file, or its key among the vintages of the picture.

    `producteur`, `licence` and `millesime` (ISO dates or words) as its manifest says them, else « inconnu ».
    `adresse`: https, from the program's registry of layers, or from the configuration for another hub, and never from a
    manifest; empty when it has none.
    `modele`: who is found there, when that is not the producer (a layer made by hand, or fictional); else empty.
    """

    cle: str
    titre: str
    producteur: str
    licence: str
    millesime: str
    adresse: str = ""
    modele: str = ""

    @property
    def complet(self) -> str:
        """The producer, and whose layout the file has when it is another's."""
        return f"{self.producteur}, au format de : {self.modele}" if self.modele else self.producteur


def sources(picture: "Picture", departement: str) -> list[Source]:
    """What a département's figures come from: its places, the official codes, then each layer of its folder."""
    toutes = picture.territoire.couches.get(departement, ())
    couches = [couche for couche in toutes if str(PurePosixPath(couche.fichier).parent).strip(".") in _DOSSIERS]
    dites = {_cle(couche.fichier) for couche in couches}
    codes = next((couche for couche in toutes if couche.fichier == "cog/communes.json"), None)
    premieres = [cle for cle in _SANS_COUCHE if cle in picture.millesimes]
    autres = [cle for cle in picture.millesimes if cle not in _SANS_COUCHE and cle not in dites]
    hubs = [lu for lu in picture.federation.hubs if departement in lu.hub.departements]
    return [
        *(_sans_couche(picture, cle, codes) for cle in (*premieres, *autres)),
        *map(_du_hub, hubs),
        *(source for couche in couches for source in _de_la_couche(picture, couche)),
    ]


def toutes_les_sources(picture: "Picture") -> list[Source]:
    """The sources of every département of a publication, each once."""
    codes = picture.configuration.departements
    return list(dict.fromkeys(source for code in codes for source in sources(picture, code)))


def _cle(fichier: str) -> str:
    nom = PurePosixPath(fichier).stem
    return _CLES.get(nom, nom)


def _sans_couche(picture: "Picture", cle: str, codes: "Couche | None") -> Source:
    """An input that no layer of the folder is: the records, the official codes, or what a manifest does not tell."""
    millesime = picture.millesimes[cle] or INCONNU
    fichier = _FICHIERS.get(cle, f"{cle}.csv")
    titre = _TITRES.get(cle) or TITRES.get(fichier, cle)
    if cle == "lieux":
        return Source(cle, titre, "fiches de cette carte", LICENCE, millesime)
    publiees = lire_publications(cle) or lire_publications(fichier)
    if not publiees:
        return Source(cle, titre, INCONNU, INCONNU, millesime)
    premiere = publiees[0]
    if codes is not None and cle in _SANS_COUCHE:
        return Source(cle, titre, codes.source, codes.licence, millesime, premiere.adresse, premiere.source)
    return Source(cle, titre, premiere.source, premiere.licence, millesime, premiere.adresse)


def _du_hub(lu: "HubLu") -> Source:
    """The records of another hub, and that its package is not the one it publishes today when it is not."""
    if lu.paquet is None:
        millesime = "aucun bon paquet"
    else:
        depuis = f", le dernier bon (refusé depuis le {lu.echec.depuis.isoformat()})" if lu.echec else ""
        millesime = f"{lu.paquet.jour.isoformat()}{depuis}"
    return Source(f"hub/{lu.hub.cle}", f"Fiches de {lu.hub.nom}", lu.hub.nom, LICENCE, millesime, lu.hub.site)


def _de_la_couche(picture: "Picture", couche: "Couche") -> Iterator[Source]:
    """One source a producer: a file may be made of two layers, each with its vintage."""
    titre = couche.titre or TITRES.get(couche.fichier) or _TITRES.get(_cle(couche.fichier), couche.fichier)
    propre = picture.millesimes.get(_cle(couche.fichier)) or INCONNU
    millesime = propre if couche.millesime == INCONNU else couche.millesime
    commune = Source(couche.fichier, titre, couche.source, couche.licence, millesime)
    publiees = {publiee.source: publiee for publiee in lire_publications(couche.fichier)}
    dits = [couche.source] if couche.source in publiees else couche.source.split(" ; ")
    dates = millesime.split(", ")
    if set(dits) <= publiees.keys():
        for rang, dit in enumerate(dits):
            date = dates[rang] if len(dits) == len(dates) else millesime
            yield replace(commune, producteur=dit, millesime=date, adresse=publiees[dit].adresse)
    elif publiees:
        premiere = next(iter(publiees.values()))
        yield replace(commune, adresse=premiere.adresse, modele=premiere.source)
    else:
        yield commune
