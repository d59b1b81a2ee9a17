"""The search on a slow line and a slow processor, against the pages folium gives for the same places.

One run, one machine, headless Chromium; both sides are served by the same compressing server. Slow profile: 1 Mbit/s
down, 150 ms, processor ÷ 4. Time zero is the start of the navigation, with an empty cache. « First » is, for ours, the
first place with its distance; for a peer, its first markers on the screen.
"""

import os
import shutil
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path

from playwright.sync_api import Browser

from bench import monde_national, pairs_folium
from bench.frappe import delais, quantile
from bench.line import line
from bench.navigation import Onglet, navigateur, onglet
from bench.serveur_gzip import Compte, servir
from carte.publish.atlas import Point
from carte.publish.horaires import quand
from carte.publish.textes import telephone_lisible

NOMBRES = (3_000, 25_000)
PATIENCE = 45.0  # seconds; a peer that takes longer is said to, and no more
# A middle-sized town in the middle of the country, and what a person would type of it.
COMMUNE, SAISIE = "36044", "chateauroux"
RESULTAT = "/[0-9]\\s*k?m\\b/.test(document.querySelector('[data-resultats] li')?.textContent ?? '')"
# A marker, or a canvas that is no longer empty.
MARQUES = """(() => {
  if (document.querySelector(".leaflet-marker-icon")) return true;
  const toile = document.querySelector(".leaflet-overlay-pane canvas");
  if (!toile) return false;
  return toile.getContext("2d").getImageData(0, 0, toile.width, toile.height).data.some((octet) => octet);
})()"""


def run() -> Iterator[str]:
    """The lines of the benchmark."""
    chemin = os.environ.get("CARTE_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if chemin is None:
        yield "BENCH recherche absent: il manque Chromium (apt-get install chromium)"
        return
    for nombre in NOMBRES:
        with tempfile.TemporaryDirectory() as dossier, navigateur(chemin) as chrome:
            site, pairs = Path(dossier) / "site", Path(dossier) / "pairs"
            points = monde_national.publier(monde_national.picture(nombre), site)
            with servir(site) as compte:
                notre = yield from _notre(chrome, compte, nombre)
            pages = pairs_folium.ecrire(_lieux(points), pairs)
            with servir(pairs) as compte:
                meilleur = yield from _pairs(chrome, compte, pages, nombre)
            cible = {"at_least": 5.0} if nombre == max(NOMBRES) else {}
            yield line(f"recherche.{nombre}.premier.contre_le_meilleur_pair", meilleur / notre, "x", **cible)


def _notre(chrome: Browser, compte: Compte, nombre: int) -> Generator[str, None, float]:
    """Lines on our search; returns the slower of the two ways to the first result, in seconds."""
    cibles = nombre == max(NOMBRES)
    temps = []
    for nom, ouvrir in (("lien", _par_lien), ("saisie", _par_saisie)):
        with onglet(chrome) as un:
            un.ralentir(reseau=True)
            compte.remettre()
            ouvrir(un, compte.base)
            premier = un.peint(PATIENCE)
            octets = compte.octets
            if premier is None:
                raise RuntimeError(f"aucun résultat en {PATIENCE:g} s ({nom}, {nombre} lieux)")
            temps.append(premier / 1000)
            yield line(f"recherche.{nombre}.{nom}.premier", premier / 1000, "s", at_most=2.5 if cibles else None)
            yield line(f"recherche.{nombre}.{nom}.octets", octets / 1000, "kB", at_most=120)
            yield line(f"recherche.{nombre}.{nom}.memoire", un.memoire_mo(), "Mo")
    with onglet(chrome) as un:
        touches = delais(un, f"{compte.base}/?commune={COMMUNE}", RESULTAT)
        yield line(f"recherche.{nombre}.frappe.p95", quantile(touches, 0.95), "ms", at_most=50)
        yield line(f"recherche.{nombre}.frappe.mediane", quantile(touches, 0.5), "ms")
        yield line(f"recherche.{nombre}.frappe.touches", len(touches), "touches")
    return max(temps)


def _par_lien(un: Onglet, base: str) -> None:
    """A shared link: the commune is in the address."""
    un.guetter(RESULTAT)
    un.page.goto(f"{base}/?commune={COMMUNE}", wait_until="commit")


def _par_saisie(un: Onglet, base: str) -> None:
    """The home page, then the name typed as soon as the box is ready, and the first proposal taken."""
    un.guetter(RESULTAT)
    un.page.goto(f"{base}/", wait_until="commit")
    champ = un.page.locator("input[name=ou][role=combobox]")
    champ.wait_for()
    champ.press_sequentially(SAISIE)
    un.page.locator("[role=option]").first.wait_for()
    champ.press("ArrowDown")
    champ.press("Enter")


def _pairs(chrome: Browser, compte: Compte, pages: dict[str, str], nombre: int) -> Generator[str, None, float]:
    """Lines on the peers; returns the shortest time, in seconds."""
    temps = []
    for nom, chemin in pages.items():
        with onglet(chrome) as un:
            un.ralentir(reseau=True)
            un.guetter(MARQUES)
            compte.remettre()
            un.page.goto(compte.base + chemin, wait_until="commit")
            premier = un.peint(PATIENCE)
            if premier is None:
                yield f"BENCH recherche.{nombre}.pair.{nom}.premier >{PATIENCE:g} s target=none info (abandonné)"
            else:
                temps.append(premier / 1000)
                yield line(f"recherche.{nombre}.pair.{nom}.premier", premier / 1000, "s")
                yield line(f"recherche.{nombre}.pair.{nom}.memoire", un.memoire_mo(), "Mo")
            yield line(f"recherche.{nombre}.pair.{nom}.octets", compte.octets / 1000, "kB")
    return min(temps)


def _lieux(points: list[Point]) -> list[pairs_folium.Lieu]:
    """What a result of ours says, for each point that has coordinates."""
    libelles = monde_national.libelles()
    return [
        {
            "nom": (lieu := point.enregistrement.lieu).nom,
            "lat": point.lat,
            "lon": point.lon,
            "adresse": f"{lieu.adresse}, {lieu.commune}",
            "horaires": quand(point, libelles),
            "services": ", ".join(groupe.libelle for groupe in libelles.groupes(lieu.services)),
            "telephone": telephone_lisible(lieu.telephone) if lieu.telephone else "",
        }
        for point in points
        if point.lat is not None and point.lon is not None
    ]
