"""Hundreds of hostile addresses, in every field of a record that may hold one, stay harmless wherever a record lands.

Validation is passed by on purpose, after it was tried: a page must not need it. What an address really opens is asked
of the URL parser of browsers, which node has.
"""

import csv
import io
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from carte.ecrits.formes import avis_courriel, avis_url
from carte.publication import Chantier
from carte.publish import feuille, fiche, listes, search
from carte.publish.atlas import Atlas
from carte.publish.fiche.donnees_liees import donnees_liees
from carte.publish.fiche.ics import calendrier_ics
from carte.publish.opendata import lieux
from carte.publish.opendata.blocs import blocs
from carte.publish.opendata.parties import Decoupage
from carte.records import Enregistrement, Gravite
from carte.records.rules.formes import avis_telephone
from publish import monde
from publish.adresses_hostiles import ADRESSES
from publish.conftest import Socle
from publish.pages import Page
from sites import RACINE

_PERMIS = {"http:", "https:", "mailto:", "tel:", "geo:"}
# What a browser makes of addresses found on a page: null for those that it refuses to open.
_OUVRIR = """
const lues = JSON.parse(require("fs").readFileSync(0, "utf8"));
console.log(JSON.stringify(lues.map((adresse) => {
  const u = URL.parse ? URL.parse(adresse, "https://carte.example/lieux/99/x/") : null;
  return u && [u.protocol, u.username + u.password, u.hostname];
})));
"""
# The address of the search, of a choice of places, and what the form reads: given by whoever sends the link.
_LIRE = """
import { ecrire, FACETTES, lire } from "./recherche/etat.js";
import { lire as choisis } from "./commun/selection.js";
const adresses = JSON.parse(ENTREE);
const fautes = [];
for (const a of adresses) {
  for (const cle of ["ou", "commune", "point", "pour", "quand", "avec", "zone", ...FACETTES]) {
    for (const valeur of [a.toWellFormed(), encodeURIComponent(a.toWellFormed())]) {
      const ecrite = ecrire(lire(`?${cle}=${valeur}`));
      const ouverte = new URL("/carte/" + ecrite, "https://carte.example");
      if (ouverte.origin !== "https://carte.example" || ouverte.pathname !== "/carte/") fautes.push([cle, a]);
      if (/[<>"\\s]/.test(ecrite)) fautes.push([cle, a, ecrite]);
    }
  }
  const ids = choisis(`#feuille=${a},99/bon`);
  if (!ids.every((id) => /^[0-9][0-9AB][0-9]?\\/[a-z0-9-]+$/.test(id))) fautes.push(["feuille", a, ids]);
}
console.log(JSON.stringify(fautes));
"""


def _ouvrir(node: str, adresses: list[str]) -> list[list[str] | None]:
    rendu = subprocess.run(
        [node, "-e", _OUVRIR], input=json.dumps(adresses), capture_output=True, text=True, check=True, cwd=RACINE
    )
    ouvertes: list[list[str] | None] = json.loads(rendu.stdout)
    assert len(ouvertes) == len(adresses)
    return ouvertes


def _piege(rang: int, adresse: str) -> Enregistrement:
    """One record that says this address everywhere."""
    texte = adresse[:300]
    return monde.fiche(
        f"piege-{rang}",
        nom=f"Lieu {texte}"[:300],
        adresse=texte,
        complement_adresse=texte,
        telephone=adresse[:40],
        courriels=[adresse[:254]],
        site_web=[adresse[:2_000]],
        prise_rdv=adresse[:2_000],
        fiche_acces_libre=adresse[:2_000],
        presentation_resume=adresse[:280],
        presentation_detail=adresse[:10_000],
        structure_parente=texte,
        horaires_detail=texte,
        labels=[{"nom": "EPN", "numero": texte, "source": texte}],
        permanences=[{"operateur": texte, "horaires": "Mo 09:00-10:00", "detail": texte, "telephone": adresse[:40]}],
        source=texte,
        provenance={"nom": {"source": texte, "texte": texte}},
    )


def _bus(rang: int, adresse: str) -> Enregistrement:
    arret = {"commune": "Gamma", "code_insee": "99003", "lieu": adresse[:300], "horaires": "Mo 14:00-17:00"}
    return monde.fiche(
        f"bus-{rang}",
        nom=f"Bus {adresse}"[:300],
        itinerance=["Itinérant"],
        site_web=[adresse[:2_000]],
        tournee=[{**arret, "frequence": "hebdomadaire"}],
    )


PIEGES = tuple(_piege(rang, adresse) for rang, adresse in enumerate(ADRESSES))
BUS = tuple(_bus(rang, adresse) for rang, adresse in enumerate(ADRESSES))


def _sures(node: str, pages: dict[str, Page]) -> None:
    """Nothing runs in these pages, and a browser opens nothing of another kind than theirs."""
    assert {nom: page.dangers() for nom, page in pages.items() if page.dangers()} == {}
    balises = ("a", "area", "link", "script", "img", "form", "iframe", "use", "source", "video", "input", "button")
    noms = ("href", "src", "action", "formaction", "srcset", "data", "poster", "xlink:href", "ping")
    liens = sorted(
        {lien for page in pages.values() for balise in balises for nom in noms for lien in page.attributs(balise, nom)}
    )
    assert len(liens) > 10
    for lien, ouverte in zip(liens, _ouvrir(node, liens), strict=True):
        assert ouverte is None or ouverte[0] in _PERMIS or lien.startswith("data:image/png;base64,"), (lien, ouverte)
        assert ouverte is None or ouverte[1] == "", (lien, ouverte)
        assert not lien.startswith("mailto:") or "bcc" not in lien.lower(), lien


def test_there_are_as_many_as_an_audit_tried() -> None:
    assert len(ADRESSES) >= 317
    assert len({adresse.lower() for adresse in ADRESSES}) >= 317


def test_what_validation_lets_in_opens_the_site_that_one_reads(node: str) -> None:
    prises = [a for a in ADRESSES if (avis := avis_url(a)) is None or avis.gravite is Gravite.CONSEIL]
    assert 10 < len(prises) < len(ADRESSES) / 5
    for adresse, ouverte in zip(prises, _ouvrir(node, prises), strict=True):
        assert adresse.startswith(("http://", "https://")), adresse
        assert ouverte is None or (ouverte[0] in {"http:", "https:"} and ouverte[1] == ""), (adresse, ouverte)
        assert "piege.example" not in (ouverte or ["", "", ""])[2] or adresse.split("/")[2][:5] == "piege", adresse
    assert [a for a in ADRESSES if avis_telephone(a) is None] == []
    assert [a for a in ADRESSES if avis_courriel(a) is None] == []


def test_a_fiche_is_inert(node: str, socle: Socle, atlas: Atlas) -> None:
    image = monde.picture()
    pages = {
        une.identifiant: Page(fiche.page(une, image, socle.shell, atlas, monde.libelles())) for une in (*PIEGES, *BUS)
    }
    _sures(node, pages)
    saine = Page(fiche.page(monde.fiche("sain"), image, socle.shell, atlas, monde.libelles()))
    scripts = [a for balise, a in saine.elements if balise == "script"]
    assert all([a for balise, a in page.elements if balise == "script"] == scripts for page in pages.values())


def test_lists_search_and_sheet_are_inert(node: str, socle: Socle, atlas: Atlas, tmp_path: Path) -> None:
    placees = monde.situees(*PIEGES, *BUS, monde.fiche("sain", telephone="02 00 00 00 01"))
    points = atlas.points(placees)
    listes.ecrire(points, socle.shell, atlas, monde.libelles(), monde.JOUR, Chantier.sur(tmp_path))
    search.ecrire(points, atlas, monde.libelles(), Chantier.sur(tmp_path), jour=monde.JOUR)
    feuille.ecrire(monde.picture(*placees), socle.shell, atlas, monde.libelles(), Chantier.sur(tmp_path))
    _sures(node, {f.as_posix(): Page(f.read_text(encoding="utf-8")) for f in tmp_path.rglob("*.html")})
    telephones = [contenu for f in tmp_path.rglob("99*/**/*.json") for contenu in _numeros(json.loads(f.read_bytes()))]
    assert any(telephones)
    assert [numero for numero in telephones if numero and not numero.replace("\u00a0", "").lstrip("+").isdigit()] == []


def _numeros(contenu: Any) -> list[str]:
    """Every value that a page may dial, in the data of the sheet."""
    if isinstance(contenu, list):
        return [numero for element in contenu for numero in _numeros(element)]
    if not isinstance(contenu, dict):
        return []
    propres = [valeur for cle, valeur in contenu.items() if cle == "telephone" and isinstance(valeur, str)]
    return propres + [numero for valeur in contenu.values() for numero in _numeros(valeur)]


def test_open_data_hold_the_address_as_a_text_and_no_formula() -> None:
    image = monde.picture(*PIEGES)
    publies = {r.fichier: r.contenu for r in lieux.ressources(image, Decoupage(frozenset(), ("99",), {}), blocs(image))}
    fiches = {f["id"]: f for f in json.loads(publies["lieux.json"])}
    assert all(fiches[une.identifiant]["site_web"] == list(une.lieu.site_web or ()) for une in PIEGES)
    assert len(json.loads(publies["lieux.geojson"])["features"]) == len(PIEGES)
    for nom in ("lieux.csv", "lieux-tableur.csv"):
        texte = publies[nom].decode("utf-8-sig")
        lignes = list(csv.reader(io.StringIO(texte, newline=""), delimiter=";" if "tableur" in nom else ","))
        assert {len(ligne) for ligne in lignes} == {len(lignes[0])}
        assert len(lignes) == len(PIEGES) + 1
        assert [c for ligne in lignes for c in ligne if c[:1] in {"=", "@", "\t", "\r", "\uff1d"}] == []


@pytest.mark.parametrize("signe", ["<", ">", "&"])
def test_linked_data_close_nothing(signe: str) -> None:
    reel = monde.configuration(demonstration=False)
    for une in PIEGES:
        corps = donnees_liees(une, reel).removeprefix('<script type="application/ld+json">').removesuffix("</script>")
        assert signe not in corps
        assert "telephone" not in json.loads(corps)


def test_a_calendar_has_its_own_lines_only(atlas: Atlas) -> None:
    for une in BUS:
        texte = calendrier_ics(une, monde.configuration(), atlas)
        assert texte is not None
        lignes = texte.replace("\r\n ", "").split("\r\n")
        assert sum(ligne == "BEGIN:VEVENT" for ligne in lignes) == 1
        assert [x for x in lignes if x.startswith(("ATTENDEE", "BEGIN:VALARM", "ATTACH", "ACTION"))] == []
        assert not set(texte.replace("\r\n", "")) & {"\r", "\n", "\0"}


def test_the_browser_keeps_its_own_addresses(node: str, tmp_path: Path) -> None:
    module = RACINE / "site_src" / "modules"
    code = _LIRE.replace("./", f"{module.as_uri()}/").replace("ENTREE", json.dumps(json.dumps(ADRESSES)))
    fichier = tmp_path / "essai.mjs"
    fichier.write_text(code, encoding="utf-8")
    rendu = subprocess.run([node, str(fichier)], capture_output=True, text=True, check=False)
    assert rendu.returncode == 0, rendu.stderr
    assert json.loads(rendu.stdout) == []
