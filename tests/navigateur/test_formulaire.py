"""A place is added and corrected by hand, on a phone, with the keyboard alone, and the file is the program's own."""

import json
import re
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page, Route, expect

from carte import nomenclature
from carte.boucle.formater import mettre_en_forme
from carte.ecrits.yaml_strict import lire as lire_yaml
from carte.publish.cadre.contexte import GEOCODAGE, permettre_les_adresses
from carte.reception import bloc
from carte.records import Contexte, Fichier, Lieu, to_yaml
from carte.records.write import ENTETE
from navigateur.conftest import Visite
from navigateur.test_clavier import foyer
from sites import RACINE

AUJOURDHUI = date(2026, 11, 24)
FICHE = "99/mediatheque-de-valbourg"
CODE = "99058"  # of Valbourg


@pytest.fixture
def petit(telephone: Visite) -> Visite:
    """A phone of 320 px, on a known day."""
    telephone.page.set_viewport_size({"width": 320, "height": 640})
    telephone.page.clock.set_fixed_time("2026-11-24T10:00:00+01:00")
    return telephone


def _aller(page: Page, nom: str) -> None:
    """Press Tab until the control of that label has the focus."""
    vise = page.get_by_role("form").or_(page.locator("form.formulaire")).get_by_label(nom).first
    for _ in range(120):
        page.keyboard.press("Tab")
        if vise.evaluate("(e) => e === document.activeElement"):
            return
    pytest.fail(f"« {nom} » ne s'atteint pas au clavier")


def _jusqu_au_bouton(page: Page, nom: str, touche: str = "Tab") -> None:
    for _ in range(150):
        page.keyboard.press(touche)
        lu = foyer(page)
        if lu and str(lu["nom"]).startswith(nom):
            return
    pytest.fail(f"« {nom} » ne s'atteint pas au clavier")


def _telecharger(page: Page) -> tuple[str, str]:
    with page.expect_download() as attendu:
        page.get_by_role("button", name="Télécharger le fichier").press("Enter")
    return attendu.value.suggested_filename, Path(attendu.value.path()).read_text(encoding="utf-8")


def _accepter(texte: str, dossier: Path) -> Lieu:
    """What `carte valider` reads of a file that `carte formater` leaves as it is."""
    chemin = dossier / "offers" / "99" / "recue.yml"
    chemin.parent.mkdir(parents=True)
    chemin.write_bytes(texte.encode())
    contexte = Contexte(AUJOURDHUI, nomenclature.lire(RACINE / "offers" / "nomenclature"))
    (mise,) = mettre_en_forme([Fichier(str(chemin), "offers/99/recue.yml", "99/recue")], contexte)
    assert (mise.refusee, mise.texte) == (False, None)
    lieu = mise.fiche.lieu
    assert lieu is not None
    assert to_yaml(lieu) == texte
    return lieu


def _recu(corps: str) -> tuple[str, str, tuple[str, ...]]:
    """Id, file and mark of the record that `carte recevoir` finds whole in a message."""
    (trouve,) = bloc.trouver(corps)
    texte = next(texte for texte in bloc.textes(trouve) if bloc.est_juste(trouve, texte))
    return trouve.identifiant, f"{ENTETE}\n{texte}", trouve.dits


def test_a_place_is_added_with_the_keyboard_alone(petit: Visite, tmp_path: Path) -> None:
    page = petit.ouvrir("/ajouter/")
    # Wrong first: what is missing is said beside each field, and above.
    _jusqu_au_bouton(page, "Vérifier et préparer")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="choses sont à corriger")).to_be_focused()
    nom = page.get_by_label("Nom (obligatoire)")
    expect(nom).to_have_attribute("aria-invalid", "true")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(nom).to_be_focused()
    page.keyboard.type("Médiathèque des Écoles")
    _aller(page, "Adresse")
    page.keyboard.type("2 rue des Écoles")
    _aller(page, "Commune (obligatoire)")
    page.keyboard.type("Valbour")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Vouliez-vous dire : Valbourg")).to_be_visible()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("End")
    page.keyboard.type("g")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Commune trouvée : Valbourg")).to_be_visible()
    expect(page.get_by_text("Vouliez-vous dire")).to_have_count(0)
    _aller(page, "Je ne sais pas")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Oui").first).to_be_checked()
    _aller(page, "Téléphone")
    page.keyboard.type("02 54")
    _aller(page, "Lundi")
    page.keyboard.type("9h-12h et 14h-17h30")
    _aller(page, "Mardi")
    page.keyboard.type("le matin")
    _aller(page, "Source (obligatoire)")
    page.keyboard.type("Accueil de la médiathèque")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="2 choses sont à corriger")).to_be_focused()
    telephone = page.get_by_label("Téléphone").first
    assert "« 02 54 » n'est pas un numéro de téléphone" in str(
        page.locator(f"#{telephone.get_attribute('aria-describedby').split()[-1]}").text_content()  # type: ignore[union-attr]
    )
    telephone.fill("02 54 08 08 08")
    page.get_by_label("Mardi").fill("sur rendez-vous")
    page.get_by_label("Mardi").fill("14 h à 16 h sur rdv")
    # The draft survives a reload.
    expect(page.locator(".formulaire__brouillon")).to_contain_text("Brouillon gardé")
    petit.ouvrir("/ajouter/")
    expect(page.locator(".formulaire__brouillon")).to_contain_text("est repris")
    expect(page.get_by_label("Lundi")).to_have_value("9 h – 12 h, 14 h – 17 h 30")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    # Without network from here on.
    page.context.set_offline(True)
    page.get_by_label("Source (obligatoire)").press("Enter")
    expect(page.get_by_role("heading", name="La fiche est prête")).to_be_focused()
    nom_du_fichier, texte = _telecharger(page)
    assert nom_du_fichier == "mediatheque-des-ecoles.yml"
    lieu = _accepter(texte, tmp_path)
    assert lieu.horaires == 'Mo 09:00-12:00,14:00-17:30; Tu 14:00-16:00 "sur rendez-vous"'
    assert (lieu.telephone, lieu.services) == ("+33254080808", ["Aide aux démarches administratives"])
    assert (lieu.commune, lieu.code_insee) == ("Valbourg", CODE)
    assert (lieu.date_maj, lieu.verifie_le) == (AUJOURDHUI, None)
    courriel = str(page.get_by_role("link", name="Envoyer par courriel").get_attribute("href"))
    assert courriel.startswith("mailto:contact@hub.example?subject=Nouvelle%20fiche%2099%2Fmediatheque-des-ecoles")
    assert _recu(unquote(courriel.partition("&body=")[2])) == ("99/mediatheque-des-ecoles", texte, ("nouvelle",))
    page.get_by_role("button", name="Effacer le brouillon").press("Enter")
    assert page.evaluate("localStorage.getItem('carte.brouillon.nouveau')") is None
    assert petit.ailleurs == []


def test_what_is_not_changed_stays_to_the_byte(petit: Visite, site_demo: Path) -> None:
    """Records of every sort, through every control of the form: only the day of the check is new."""
    page = petit.ouvrir(f"/corriger/#fiche={FICHE}")
    fautes = []
    publies = sorted(site_demo.glob("lieux/99/*/fiche.json"))
    assert len(publies[::3]) > 10
    for publie in publies[::3]:
        chemin = RACINE / "offers" / "99" / f"{publie.parent.name}.yml"
        page.evaluate("(id) => { location.hash = `fiche=${id}`; }", f"99/{chemin.stem}")
        lieu = Lieu.model_validate(lire_yaml(chemin.read_bytes()).donnees)
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Corriger la fiche : {lieu.nom}")
        page.get_by_label("J’ai vérifié ces informations").check()
        page.get_by_role("button", name="Vérifier et préparer").click()
        expect(page.locator(".formulaire__yaml")).to_contain_text("# yaml")
        code = json.loads(publie.read_text(encoding="utf-8"))["fiche"]["code_insee"]  # the present one
        attendu = to_yaml(lieu.model_copy(update={"verifie_le": AUJOURDHUI, "code_insee": code}))
        if page.locator("form.formulaire").text_content().partition("# yaml")[2] != attendu.partition("# yaml")[2]:  # type: ignore[union-attr]
            fautes.append(chemin.stem)
    assert fautes == []
    assert petit.erreurs == []


def test_a_record_is_corrected_confirmed_and_closed(petit: Visite, tmp_path: Path) -> None:
    page = petit.ouvrir(f"/lieux/{FICHE}/")
    page.get_by_role("link", name="Corriger cette fiche").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Corriger la fiche : Médiathèque de Valbourg")
    page.get_by_role("button", name="Vérifier et préparer").click()
    expect(page.get_by_text("Rien n’a changé : il n’y a rien à envoyer.")).to_be_visible()
    # One tap: everything is still right.
    page.get_by_role("button", name="Tout est toujours exact").click()
    avant = Lieu.model_validate(lire_yaml((RACINE / "offers" / f"{FICHE}.yml").read_bytes()).donnees)
    nom, texte = _telecharger(page)
    assert (nom, texte) == (f"{FICHE[3:]}.yml", to_yaml(avant.model_copy(update={"verifie_le": AUJOURDHUI})))
    # Another number, and a closure for good.
    page.get_by_label("Téléphone").first.fill("01 99 00 00 01")
    expect(page.locator(".formulaire__brouillon")).to_contain_text("Brouillon gardé")
    # Only that is in the draft: what the hub changes meanwhile is not put back as it was.
    garde = json.loads(page.evaluate("(cle) => localStorage.getItem(cle)", f"carte.brouillon.{FICHE}"))
    assert garde["fiche"] == {"telephone": "+33199000001"}
    page.get_by_role("button", name="Ce lieu a fermé").click()
    expect(page.get_by_label("Date de fermeture définitive")).to_have_value(AUJOURDHUI.isoformat())
    page.get_by_role("button", name="Vérifier et préparer").click()
    expect(page.get_by_role("listitem").filter(has_text="Téléphone : changé")).to_be_visible()
    apres = _accepter(_telecharger(page)[1], tmp_path)
    change = {"telephone": "+33199000001", "date_fermeture": AUJOURDHUI, "date_maj": AUJOURDHUI}
    assert apres == avant.model_copy(update=change)
    # A draft that someone else wrote there is only text.
    piege = "<img src=x onerror=window.__pwned=1>"
    fiche = {"nom": piege, "services": "x", "fermetures": 3, "horaires": ["a"], "labels": [1]}
    brouillon = json.dumps({"quand": "hier", "fiche": fiche})
    page.get_by_role("button", name="Effacer le brouillon").click()
    page.evaluate("([cle, texte]) => localStorage.setItem(cle, texte)", [f"carte.brouillon.{FICHE}", brouillon])
    page.reload()
    expect(page.get_by_label("Nom (obligatoire)")).to_have_value(piege)
    page.get_by_role("button", name="Vérifier et préparer").click()
    assert page.evaluate("window.__pwned") is None
    assert petit.erreurs == []


def test_an_unknown_record_is_said(petit: Visite) -> None:
    page = petit.ouvrir("/corriger/#fiche=99/nulle-part")
    expect(page.get_by_text("Cette fiche n’existe pas")).to_be_visible()
    page.evaluate("() => { location.hash = 'fiche=../../x'; }")
    expect(page.get_by_role("link", name="Liste des lieux")).to_be_visible()


def test_a_record_is_corrected_with_the_keyboard_alone(petit: Visite, tmp_path: Path) -> None:
    """From the fiche to the file: a number and the hours of one day, with what is wrong said on the way."""
    page = petit.ouvrir(f"/lieux/{FICHE}/")
    _jusqu_au_bouton(page, "Corriger cette fiche", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Corriger la fiche : Médiathèque de Valbourg")
    avant = Lieu.model_validate(lire_yaml((RACINE / "offers" / f"{FICHE}.yml").read_bytes()).donnees)
    _jusqu_au_bouton(page, "Contact et rendez-vous")
    page.keyboard.press("Enter")
    telephone = page.get_by_label("Téléphone").first
    expect(telephone).to_be_focused()
    expect(telephone).to_have_value("05\u00a036\u00a049\u00a001\u00a001")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("02 54 08 08")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="1 chose est à corriger")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(telephone).to_be_focused()
    page.keyboard.type(" 08")
    _aller(page, "Lundi")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("10h à 12h")
    page.reload()
    expect(page.locator(".formulaire__brouillon")).to_contain_text("est repris")
    expect(page.get_by_label("Lundi")).to_have_value("10 h – 12 h")
    # What one writes, and the button that ends it, are in sight together.
    _aller(page, "Mardi")
    for vu in (page.get_by_label("Mardi"), page.get_by_role("button", name="Vérifier et préparer")):
        expect(vu).to_be_in_viewport(ratio=1)
    page.context.set_offline(True)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="La fiche est prête")).to_be_focused()
    nom, texte = _telecharger(page)
    assert nom == f"{FICHE[3:]}.yml"
    apres = _accepter(texte, tmp_path)
    horaires = apres.horaires
    assert horaires is not None
    assert "Mo 10:00-12:00" in horaires
    change = {"telephone": "+33254080808", "horaires": horaires, "date_maj": AUJOURDHUI}
    assert apres == avant.model_copy(update=change)
    assert petit.ailleurs == []


def test_comments_that_are_not_published_are_kept_on_the_forge(petit: Visite) -> None:
    """Only the lines that change are given, so that the rest of the file stays as it is there."""

    def commentee(route: Route) -> None:
        reponse = route.fetch()
        route.fulfill(response=reponse, json={**reponse.json(), "commentaires": 2})

    def avec_depot(route: Route) -> None:
        forge = "https://forge.example/fiches"
        depot = {"forge": "forgejo", "modifier": f"{forge}/IDENTIFIANT.yml", "nouvelle": f"{forge}/DEPARTEMENT"}
        reponse = route.fetch()
        route.fulfill(response=reponse, json={**reponse.json(), "depot": depot})

    petit.page.route("**/fiche.json", commentee)
    petit.page.route("**/formulaire/modele.json", avec_depot)
    page = petit.ouvrir(f"/corriger/#fiche={FICHE}")
    page.get_by_label("Téléphone").first.fill("02 54 08 08 08")
    page.get_by_label("Date d'ouverture").fill("")
    page.get_by_label("Téléphone").first.press("Enter")
    expect(page.get_by_text("Le fichier contient 2 commentaires")).to_be_visible()
    blocs = page.locator("form div > pre").all_text_contents()
    assert blocs == ['telephone: "+33254080808"', f"date_maj: {AUJOURDHUI}"]
    expect(page.get_by_text("À retirer : les lignes « date_ouverture ».")).to_be_visible()
    vers = page.get_by_role("link", name="Proposer sur le dépôt")
    expect(vers).to_have_attribute("href", f"https://forge.example/fiches/{FICHE}.yml")


def test_the_point_is_placed_on_the_map_with_the_keyboard(telephone: Visite) -> None:
    page = telephone.ouvrir("/ajouter/")
    page.get_by_label("Commune (obligatoire)").fill("Valbourg")
    page.get_by_role("button", name="Placer le point sur la carte").press("Enter")
    # The map goes to the commune; in its middle there is no place, so that no point is put.
    expect(page.get_by_text("La carte montre Valbourg")).to_be_visible()
    expect(page.locator(".formulaire__plan")).to_be_focused()
    expect(page.get_by_label("Latitude").first).to_have_value("")
    centre = page.get_by_role("button", name="Mettre le point au centre")
    expect(centre).to_be_visible()
    expect(page.locator(".formulaire__plan path").first).to_be_attached()
    centre.press("Enter")
    expect(page.get_by_text("Point placé : latitude")).to_be_visible()
    expect(page.locator(".formulaire__point")).to_be_visible()
    latitude = page.get_by_label("Latitude").first
    avant = float(latitude.input_value())
    page.locator(".formulaire__plan").focus()
    page.keyboard.press("ArrowUp")
    page.wait_for_timeout(400)  # the map slides
    centre.press("Enter")
    assert float(latitude.input_value()) > avant
    assert telephone.ailleurs == []
    page.get_by_text("Code Insee et coordonnées").click()
    latitude.fill("46.9")
    latitude.press("Tab")
    expect(page.get_by_text(re.compile(r"Le point est à \d+,\d km de Valbourg"))).to_be_visible()
    # Without the geocoding service, an address leads to its commune, and the page says so.
    recherche = page.get_by_label("Chercher une commune")
    recherche.fill("2 rue des Écoles, Beaupré-lès-Valbourg")
    recherche.press("Enter")
    expect(page.get_by_text("La carte montre Beaupré-lès-Valbourg")).to_be_visible()
    expect(page.get_by_role("heading", name="à corriger")).to_have_count(0)
    assert telephone.ailleurs == []
    assert telephone.erreurs == []


def test_an_address_places_the_point_where_the_deployment_accepts_it(telephone: Visite) -> None:
    """The page of such a deployment: its policy allows the service, which is asked once somebody asks for it."""

    def permise(route: Route) -> None:
        reponse = route.fetch()
        page = permettre_les_adresses(reponse.text()).replace('data-geocodage=""', f'data-geocodage="{GEOCODAGE}"')
        route.fulfill(response=reponse, body=page)

    demandees: list[str] = []

    def repondre(route: Route) -> None:
        demandees.append(route.request.url)
        if "panne" in route.request.url:
            route.fulfill(status=503)
            return
        noms = ["2 Rue des Écoles 99000 Valbourg", "2 Rue des Écoles 99010 Ailleurs"]
        lieux = [
            {"geometry": {"coordinates": [-5.56 + rang, 46.5]}, "properties": {"label": nom, "citycode": CODE}}
            for rang, nom in enumerate(noms)
        ]
        route.fulfill(json={"features": lieux}, headers={"access-control-allow-origin": "*"})

    telephone.page.route("**/ajouter/", permise)
    telephone.page.route(f"{GEOCODAGE}**", repondre)
    page = telephone.ouvrir("/ajouter/")
    page.get_by_label("Adresse", exact=True).fill("2 rue des Écoles")
    page.get_by_label("Commune (obligatoire)").fill("Valbourg")
    assert demandees == []
    page.get_by_role("button", name="Placer le point sur la carte").press("Enter")
    page.get_by_role("button", name="2 Rue des Écoles 99000 Valbourg").press("Enter")
    expect(page.get_by_text("Point placé : 2 Rue des Écoles 99000 Valbourg. Vérifiez-le sur la carte.")).to_be_visible()
    assert [page.get_by_label(nom).first.input_value() for nom in ("Latitude", "Longitude")] == ["46.5", "-5.56"]
    assert len(demandees) == 1
    assert "q=2+rue+des+%C3%89coles%2C+Valbourg" in demandees[0]
    recherche = page.get_by_label("Chercher une adresse ou une commune")
    recherche.fill("12 rue en panne, Valbourg")
    recherche.press("Enter")
    expect(page.get_by_text("La carte montre Valbourg")).to_be_visible()
    assert len(demandees) == 2
