"""The entries of a manifest for the layers of a département: what they are, and what stays of the entries of before."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from carte.couches.brut import LICENCE, RELEVE, Brut
from carte.couches.registre import lire_registre
from carte.couches.voisinage import LARGEUR_BANDE_KM
from carte.territory import Couche
from carte.territory.manifeste import empreinte

TABLES = {table.fichier: table for table in lire_registre()}
TITRES = {
    "communes.geojson": "Contours des communes",
    "voisins.geojson": f"Contours des communes voisines ({LARGEUR_BANDE_KM:.0f} km)",
    "epcis.json": "Intercommunalités du département",
    "arcep/commune_debit_filaire.csv": "Débits filaires par commune",
    "arcep/commune_debit_terrestre.csv": "Débits terrestres par commune",
    "arcep/commune_meilleure_techno.csv": "Meilleure technologie par commune",
    "arcep/fermeture_cuivre.csv": "Fermeture du réseau cuivre",
    **{nom: table.titre for nom, table in TABLES.items()},
}


def inscrire(bruts: Mapping[str, Brut], declarees: Sequence[Couche]) -> tuple[Couche, ...]:
    """The entries of layers, by name."""
    connues = {couche.fichier: couche for couche in declarees}
    return tuple(_couche(nom, brut, connues.get(nom)) for nom, brut in sorted(bruts.items()))


def reunir(couches: Sequence[Couche], declarees: Sequence[Couche], dossier: Path) -> tuple[Couche, ...]:
    """These entries and those to keep: files that people added, and layers of before that the source no longer has."""
    noms = {couche.fichier for couche in couches}
    autres = [
        couche
        for couche in declarees
        if couche.fichier not in noms and (couche.fichier not in TITRES or (dossier / couche.fichier).exists())
    ]
    return tuple(sorted([*couches, *autres], key=_rang))


def _couche(nom: str, brut: Brut, connue: Couche | None) -> Couche:
    """The entry of a layer; when only the day of fetching differs, the one of before stays: nothing has changed."""
    couche = Couche(
        nom, TITRES[nom], brut.source, brut.millesime, _licence(nom), empreinte(brut.contenu), brut.origines
    )
    return connue if connue is not None and _sans_jour(connue) == _sans_jour(couche) else couche


def _rang(couche: Couche) -> tuple[bool, str]:
    """The order of the manifest: our layers by name, then what people added, as they left it."""
    return (False, couche.fichier) if couche.fichier in TITRES else (True, "")


def _sans_jour(couche: Couche) -> Couche:
    origines = tuple(replace(origine, jour=None) for origine in couche.origines)
    millesime = RELEVE if couche.millesime.startswith(RELEVE) else couche.millesime
    return replace(couche, millesime=millesime, origines=origines)


def _licence(nom: str) -> str:
    return TABLES[nom].licence if nom in TABLES else LICENCE
