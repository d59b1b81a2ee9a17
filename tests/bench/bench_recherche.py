"""The search on a slow line and a slow processor, against the pages folium gives for the same places.

One run, one machine, headless Chromium; both sides are served by the same compressing server. Slow profile: 1 Mbit/s
down, 150 ms, processor ÷ 4. Time zero is the start of the navigation, with an empty cache. « First » is, for ours, the
first place with its distance; for a peer, its first markers on the screen. `CARTE_BENCH_LIEUX` gives other numbers of
places (« 100000 » takes a few minutes); beyond 25,000 the peers are left out: they only get slower.
"""

import os
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path

from playwright.sync_api import Browser

import verifier_outils
from bench import monde_national, pairs_folium, recherche_horsligne
from bench.frappe import delais, quantile
from bench.line import line
from bench.navigation import navigateur, onglet
from bench.serveur_gzip import Compte, servir
from carte.picture import Picture
from carte.publish.atlas import Point
from carte.publish.horaires import quand
from carte.publish.textes import telephone_lisible

NOMBRES = "3000,25000"
AVEC_PAIRS = 25_000
CADENCE_MS = 100  # rest between two keys: some 100 words a minute
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
    chemin = verifier_outils.chromium()
    if chemin is None:
        yield "BENCH recherche absent: il manque Chromium (apt-get install chromium)"
        return
    # Other programmes at work make every time longer: a reader must know.
    yield line("recherche.charge_de_la_machine", os.getloadavg()[0], "processus")
    nombres = [int(nombre) for nombre in os.environ.get("CARTE_BENCH_LIEUX", NOMBRES).split(",")]
    for nombre in nombres:
        image = monde_national.picture(nombre)
        with tempfile.TemporaryDirectory() as dossier, navigateur(chemin) as chrome:
            yield from _comparer(chrome, image, nombre, Path(dossier))
    yield from recherche_horsligne.run(image, COMMUNE[:2])


def _comparer(chrome: Browser, image: Picture, nombre: int, dossier: Path) -> Iterator[str]:
    points = monde_national.publier(image, dossier / "site")
    with servir(dossier / "site") as compte:
        notre = yield from _par_lien(chrome, compte, nombre)
        yield from _par_saisie(chrome, compte, nombre)
        yield from _frappe(chrome, compte, nombre)
    if nombre > AVEC_PAIRS:
        return
    pages = pairs_folium.ecrire(_lieux(points), dossier / "pairs")
    with servir(dossier / "pairs") as compte:
        meilleur = yield from _pairs(chrome, compte, pages, nombre)
    cible = 5.0 if nombre == AVEC_PAIRS else None
    yield line(f"recherche.{nombre}.premier.contre_le_meilleur_pair", meilleur / notre, "x", at_least=cible)


def _par_lien(chrome: Browser, compte: Compte, nombre: int) -> Generator[str, None, float]:
    """A shared link, the commune in its address: as for the peers, from the address to places on the screen."""
    with onglet(chrome) as un:
        un.ralentir(reseau=True)
        un.guetter(RESULTAT)
        un.peser()
        compte.remettre()
        un.page.goto(f"{compte.base}/?commune={COMMUNE}", wait_until="commit")
        premier = _obtenir(un.peint(PATIENCE), "lien", nombre)
        cible = 2.5 if nombre >= AVEC_PAIRS else None
        yield line(f"recherche.{nombre}.premier", premier, "s", at_most=cible)
        yield line(f"recherche.{nombre}.octets", un.octets(premier) / 1000, "kB", at_most=120)
        un.page.wait_for_load_state("networkidle")
        yield line(f"recherche.{nombre}.octets_en_tout", compte.octets() / 1000, "kB")
        yield line(f"recherche.{nombre}.memoire", un.memoire_mo(), "Mo")
    return premier


def _par_saisie(chrome: Browser, compte: Compte, nombre: int) -> Iterator[str]:
    """The home page, the name typed as soon as the box is ready, the first proposal taken: a person is slower."""
    with onglet(chrome) as un:
        un.ralentir(reseau=True)
        un.guetter(RESULTAT)
        un.peser()
        compte.remettre()
        un.page.goto(f"{compte.base}/", wait_until="commit")
        champ = un.page.locator("input[name=ou][role=combobox]")
        champ.wait_for()
        yield line(f"recherche.{nombre}.saisie.boite_prete", float(un.page.evaluate("performance.now()")) / 1000, "s")
        champ.press_sequentially(SAISIE)
        un.page.locator("[role=option]").first.wait_for()
        choisi = float(un.page.evaluate("performance.now()")) / 1000
        champ.press("ArrowDown")
        champ.press("Enter")
        premier = _obtenir(un.peint(PATIENCE), "saisie", nombre)
        yield line(f"recherche.{nombre}.saisie.du_choix_au_premier", premier - choisi, "s")
        yield line(f"recherche.{nombre}.saisie.premier", premier, "s")
        yield line(f"recherche.{nombre}.saisie.octets", un.octets(premier) / 1000, "kB", at_most=120)


def _frappe(chrome: Browser, compte: Compte, nombre: int) -> Iterator[str]:
    """Keys on the loaded page, the line being fast: what the processor alone takes.

    At the pace of somebody quick, then without any rest between keys, which also waits for what the former key began.
    """
    adresse = f"{compte.base}/?commune={COMMUNE}"
    with onglet(chrome) as un:
        touches = delais(un, adresse, RESULTAT, cadence_ms=0)
    yield line(f"recherche.{nombre}.frappe.sans_repos.p95", quantile(touches, 0.95), "ms", at_most=50)
    with onglet(chrome) as un:
        touches = delais(un, adresse, RESULTAT, cadence_ms=CADENCE_MS)
    yield line(f"recherche.{nombre}.frappe.p95", quantile(touches, 0.95), "ms", at_most=50)
    yield line(f"recherche.{nombre}.frappe.mediane", quantile(touches, 0.5), "ms")
    yield line(f"recherche.{nombre}.frappe.touches", len(touches), "touches")


def _obtenir(millisecondes: float | None, chemin: str, nombre: int) -> float:
    """Seconds; raises RuntimeError when our own page gave nothing, which no figure may hide."""
    if millisecondes is None:
        raise RuntimeError(f"aucun résultat en {PATIENCE:g} s ({chemin}, {nombre} lieux)")
    return millisecondes / 1000


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
            yield line(f"recherche.{nombre}.pair.{nom}.octets", compte.octets() / 1000, "kB")
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
