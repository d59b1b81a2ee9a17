"""The map of one, six, twenty-four and all départements on a slow line and a slow processor: bytes, the first discs.

One run, one machine, headless Chromium; slow profile: 1 Mbit/s down, 150 ms, processor ÷ 4; empty cache. Places are
invented; outlines are those of ../shared, and without it each commune is a small square, which weighs next to nothing.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import geopandas
from playwright.sync_api import Browser

from bench import monde_national
from bench.line import line
from bench.navigation import navigateur, onglet
from bench.serveur_gzip import servir
from carte import indicators
from carte.picture import Picture
from carte.publication import Chantier
from carte.publish import maps, search
from carte.publish.atlas import Atlas
from carte.publish.cadre import actifs, editorial
from carte.publish.cadre.contexte import Contexte
from carte.territory import Territoire

CENTRE = ("18", "28", "36", "37", "41", "45")
AUTRES = ("01", "03", "07", "15", "19", "23", "24", "26", "38", "42", "43", "58", "63", "69", "71", "73", "86", "87")
PAYS = ()
"""Stands for all the départements."""
PERIMETRES: tuple[tuple[str, ...], ...] = (("36",), CENTRE, CENTRE + AUTRES, PAYS)
LIEUX = 25_000  # over the whole country
PATIENCE = 60.0
DISQUE = "Boolean(document.querySelector('#map_lieux .leaflet-marker-icon'))"


def run() -> Iterator[str]:
    """The lines of the benchmark."""
    chemin = os.environ.get("CARTE_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if chemin is None:
        yield "BENCH carte absent: il manque Chromium (apt-get install chromium)"
        return
    yield line("carte.charge_de_la_machine", os.getloadavg()[0], "processus")
    pays = monde_national.picture(LIEUX)
    for codes in PERIMETRES:
        with tempfile.TemporaryDirectory() as dossier, navigateur(chemin) as chrome:
            image = _perimetre(pays, codes or pays.configuration.departements)
            _publier(image, Path(dossier))
            nom = f"carte.{len(image.configuration.departements)}"
            yield line(f"{nom}.lieux", len(image.enregistrements), "lieux")
            yield from _mesurer(chrome, Path(dossier), nom)


def _mesurer(chrome: Browser, site: Path, nom: str) -> Iterator[str]:
    with servir(site) as compte, onglet(chrome) as un:
        un.ralentir(reseau=True)
        un.guetter(DISQUE)
        un.peser()
        un.compter_le_travail()
        un.page.goto(f"{compte.base}/carte/", wait_until="commit")
        premier = un.peint(PATIENCE)
        if premier is None:
            raise RuntimeError(f"aucun disque en {PATIENCE:g} s ({nom})")
        yield line(f"{nom}.premiers_disques", premier / 1000, "s", at_most=3)
        yield line(f"{nom}.octets", un.octets(premier / 1000) / 1000, "kB", at_most=250)
        un.page.wait_for_load_state("networkidle")
        yield line(f"{nom}.octets_en_tout", compte.octets() / 1000, "kB", at_most=300)
        yield line(f"{nom}.demandes", len(compte.demandes), "demandes")
        yield line(f"{nom}.travail.cpu", un.travail_ms(), "ms")


def _perimetre(pays: Picture, codes: tuple[str, ...]) -> Picture:
    """The part of the country that these départements would publish together."""
    entier = pays.territoire
    communes = entier.communes[entier.communes["code_departement"].isin(codes)]
    membres = entier.epci["codes_departements"].map(lambda autres: bool(set(autres) & set(codes)))
    territoire = replace(entier, communes=_avec_contours(communes, codes), epci=entier.epci[membres])
    fiches = tuple(e for e in pays.enregistrements if e.departement in codes)
    configuration = replace(pays.configuration, departements=codes)
    offre = indicators.construire_offre(fiches, territoire, pays.vocabulaires, configuration.date_publication)
    morceaux = vars(pays) | {
        "configuration": configuration, "territoire": territoire, "enregistrements": fiches, "offre": offre
    }  # fmt: skip
    return cast(Picture, SimpleNamespace(**morceaux))


def _avec_contours(communes: geopandas.GeoDataFrame, codes: tuple[str, ...]) -> geopandas.GeoDataFrame:
    if not monde_national.CONTOURS.is_dir():
        return communes
    fichiers = [next(monde_national.CONTOURS.glob(f"communes-{code}-*.geojson")) for code in codes]
    formes = {c.code: c.geometry for fichier in fichiers for c in geopandas.read_file(fichier).itertuples()}
    # A commune made since has no outline in that vintage.
    formes_ici = geopandas.GeoSeries([formes.get(code) for code in communes["code_insee"]], index=communes.index)
    return communes.set_geometry(formes_ici.set_crs(communes.crs).rename("geometry"))


def _publier(image: Picture, dossier: Path) -> None:
    territoire: Territoire = image.territoire
    atlas, libelles = Atlas(territoire), monde_national.libelles()
    points = atlas.points(image.enregistrements)
    contexte = Contexte(
        configuration=image.configuration,
        actifs=actifs.rassembler(monde_national.RACINE),
        modele={"definitions": (), "millesimes": image.millesimes, "complet": True},
    )
    shell = editorial.construire(contexte, Chantier.sur(dossier), monde_national.RACINE)
    search.ecrire(points, atlas, libelles, Chantier.sur(dossier), jour=image.configuration.date_publication)
    maps.ecrire(image, points, atlas, libelles, shell, maps.preparer(image), Chantier.sur(dossier))
