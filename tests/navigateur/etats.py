"""Every state that a visitor can put a page in: each type of page as it opens, then what their gestures make of it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect

from carte.publish.cadre.accessibilite import types_de_pages

VALBOURG = "?ou=Valbourg&commune=99058"
# A Tuesday at 10:00: some places are open, some closed, some on appointment.
INSTANT = "2026-11-24T10:00:00+01:00"
QUATRE = (
    "99/mediatheque-de-valbourg,99/bus-numerique-le-petit-relais,99/france-services-de-mirebois,99/mairie-de-landerose"
)
FICHE = "lieux/99/mediatheque-de-valbourg/"

Geste = Callable[[Page], None]


@dataclass(frozen=True, slots=True)
class Etat:
    """A page (`chemin`, site-relative) and what is done to it: `avant` it opens, then once it is there."""

    nom: str
    chemin: str
    geste: Geste = lambda _: None
    avant: Geste = lambda _: None


def ouvertures(site: Path) -> list[Etat]:
    """Each type of page found in a built site, as it opens."""
    return [Etat(nom, chemin) for nom, chemin in types_de_pages(site).items()]


def _refuser(motif: str) -> Geste:
    return lambda page: page.route(motif, lambda route: route.abort())


def _saisir(texte: str) -> Geste:
    return lambda page: page.get_by_role("combobox").press_sequentially(texte)


def _proposer(page: Page) -> None:
    page.get_by_role("combobox").press_sequentially("valb")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")


def _preparer(attendu: str) -> Geste:
    def geste(page: Page) -> None:
        page.get_by_role("button", name="Vérifier et préparer").click()
        expect(page.get_by_text(attendu)).to_be_visible()

    return geste


def _ouvrir_tout(page: Page) -> None:
    expect(page.locator("form.formulaire")).to_be_visible()
    page.evaluate("document.querySelectorAll('details').forEach((repli) => (repli.open = true))")


def _chercher(texte: str) -> Geste:
    def geste(page: Page) -> None:
        page.get_by_role("combobox").fill(texte)
        page.keyboard.press("Enter")
        expect(page.locator("[data-etat]")).not_to_be_empty()

    return geste


def _choisir(nombre: int) -> Geste:
    def geste(page: Page) -> None:
        for rang in range(nombre):
            page.locator("[data-resultats] > li").nth(rang).get_by_role("button").click()
        expect(page.get_by_role("link", name=re.compile("Préparer la feuille"))).to_be_visible()

    return geste


def _attendre(texte: str) -> Geste:
    return lambda page: expect(page.get_by_text(texte).first).to_be_visible()


def _hors_ligne(page: Page) -> None:
    page.evaluate("dispatchEvent(new Event('offline'))")
    _attendre("Hors connexion")(page)


def _lent(page: Page) -> None:
    """What the worker says of a slow line, then of a newer publication: it is played by the page (see `_garder`)."""
    for message in ("{ type: 'garde', garde: 'lent' }", "{ type: 'nouvelle' }"):
        page.evaluate(f"navigator.serviceWorker.dispatchEvent(new MessageEvent('message', {{ data: {message} }}))")
    _attendre("Réseau lent")(page)
    _attendre("Une publication plus récente")(page)


def _bulle(page: Page) -> None:
    """On a phone every place may be in a group: what a finger does is to open one after the other."""
    expect(page.locator(".leaflet-marker-icon").first).to_be_visible()
    for _ in range(6):
        if page.locator(".carte-point").count():
            break
        page.locator(".carte-grappe").first.press("Enter")
        page.wait_for_timeout(500)
    page.locator(".carte-point").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".leaflet-popup-content a").first).to_be_visible()


def _cocher_tout(page: Page) -> None:
    for case in page.locator(".orientation input").all():
        case.check()


def _ajouter(page: Page) -> None:
    page.get_by_role("button", name="Ajouter à la feuille").click()
    expect(page.get_by_role("link", name="Voir la feuille")).to_be_visible()


def _partager(page: Page) -> None:
    page.locator("summary", has_text="Partager").click()
    page.get_by_role("button", name="Copier le lien").click()
    expect(page.locator("[data-partage] [role=status]")).not_to_be_empty()


def _trier(page: Page) -> None:
    page.locator("#tableau-communes").get_by_role("button", name="Habitants").click()


def _carte_du_rapport(page: Page) -> None:
    page.get_by_role("button", name="Afficher la carte interactive").click()
    expect(page.locator("#map_rapport path.commune").first).to_be_visible()


def _garder(page: Page) -> None:
    """What the button of a département shows; its worker is played by the page, since tests refuse it elsewhere."""
    page.evaluate(
        "navigator.serviceWorker.dispatchEvent(new MessageEvent('message',"
        " { data: { type: 'departement', code: '99', garde: true, octets: 120000 } }))"
    )
    expect(page.get_by_text("est sur cet appareil")).to_be_visible()


def _refuser_la_position(page: Page) -> None:
    page.get_by_role("button", name="Autour de moi").click()
    _attendre("Votre position n’est pas connue")(page)


def _carte_de_la_liste(page: Page) -> None:
    """Beside the list on a large screen, one tap away on a phone; then the place of a pin."""
    bouton = page.get_by_role("button", name="Voir la carte")
    if bouton.is_visible():
        bouton.click()
    expect(page.locator(".plan-pin").first).to_be_visible()
    page.locator(".plan-pin").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".leaflet-popup-content a").first).to_be_visible()


GESTES = (
    Etat("recherche, propositions ouvertes", "", _proposer),
    Etat("recherche, commune inconnue", "", _saisir("zzzz")),
    Etat("recherche, plusieurs communes proches", "", _chercher("aigremuosse")),
    Etat("recherche, par nom", "", _chercher("petit relais bus")),
    Etat("recherche, rien trouvé", "", _chercher("xylophone du quai")),
    Etat("recherche, choix faits", f"{VALBOURG}&pour=demarche&quand=jeudi-10h30&avec=sans-rdv&inconnus=oui"),
    Etat("recherche, un moment demandé", f"{VALBOURG}&quand=jeudi-17h"),
    Etat("recherche, position refusée", "", _refuser_la_position),
    Etat("recherche, carte de la liste", VALBOURG, _carte_de_la_liste),
    Etat("recherche, zone de la carte", f"{VALBOURG}&zone=-5.6,46.4,-5.4,46.6"),
    Etat("recherche, aucun lieu ne répond", f"{VALBOURG}&pour=demarche,equiper&avec=sans-rdv"),
    Etat("recherche, un lieu choisi", VALBOURG, _choisir(1)),
    Etat("recherche, feuille pleine", VALBOURG, _choisir(4)),
    Etat("recherche, lieu sans accueil", "?ou=Cabane&commune=99058&type=ASSO"),
    Etat(
        "recherche, données refusées",
        VALBOURG,
        _attendre("n’ont pas pu être chargées"),
        _refuser("**/recherche/99.json"),
    ),
    Etat("recherche, hors connexion", VALBOURG, _hors_ligne),
    Etat("recherche, réseau lent", VALBOURG, _lent),
    Etat("orientation, tout coché", "orientation/", _cocher_tout),
    Etat("fiche, partage ouvert", FICHE, _partager),
    Etat("fiche, lieu choisi", FICHE, _ajouter),
    Etat("fiche, hors connexion", FICHE, _hors_ligne),
    Etat("feuille, un lieu", "feuille/#feuille=99/mediatheque-de-valbourg"),
    Etat("feuille, quatre lieux", f"feuille/#feuille={QUATRE}"),
    Etat("feuille, en arabe", "feuille/#feuille=99/mediatheque-de-valbourg&langue=ar", _attendre("ما يجب إحضاره")),
    Etat("feuille, facile à lire", f"feuille/#feuille={QUATRE}&langue=falc", _attendre("Prenez avec vous")),
    Etat("feuille, partage ouvert", "feuille/#feuille=99/mediatheque-de-valbourg", _partager),
    Etat("feuille, lieu inconnu", "feuille/#feuille=99/nulle-part", _attendre("n’existe pas")),
    Etat("ajout, fautes dites", "ajouter/", _preparer("choses sont à corriger")),
    Etat("correction", "corriger/#fiche=99/bus-numerique-le-petit-relais", _ouvrir_tout),
    Etat(
        "correction, prête",
        "corriger/#fiche=99/mediatheque-de-valbourg",
        lambda page: page.get_by_role("button", name="Tout est toujours exact").click(),
    ),
    Etat("carte, bulle ouverte", "carte/", _bulle),
    Etat("carte, une famille", "carte/?famille=formation"),
    Etat(
        "carte, données refusées", "carte/", _attendre("n’a pas pu être chargée"), _refuser("**/recherche/index.json")
    ),
    Etat("rapport, tableau trié", "rapports/99/communes/", _trier),
    Etat("rapport, carte interactive", "rapports/99/", _carte_du_rapport),
    Etat("rapport, une définition visée", "rapports/99/#def-A1"),
    Etat("permanences, une visée", "rapports/99/permanences/#permanence-1"),
    Etat("liste, département gardé", "lieux/", _garder),
)
