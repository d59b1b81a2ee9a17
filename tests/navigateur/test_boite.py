"""One box: what people type on the real Indre finds what they meant; a shared address, a phone, a way out."""

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from navigateur.conftest import Visite, ecoute, visiter
from publish.noeud import executer

# Words of the expected answers (`cas/recherche/textes.csv`) → the choice that the search makes of them.
CHOIX = {
    "démarche": "pour=demarche",
    "apprendre": "pour=apprendre",
    "s'équiper à petit prix": "pour=equiper",
    "se protéger": "pour=proteger",
    "famille et école": "pour=famille",
    "travail": "pour=travail",
    "ordinateur": "avec=ordinateur",
    "imprimante": "avec=imprimante",
    "scanner": "avec=scanner",
    "wifi": "avec=wifi",
    "copie": "pour=acces",
    "Conseillers numériques": "choix=reseau:conseiller-numerique",
    "Pass numérique accepté": "avec=pass",
    "accessibilité": "avec=fauteuil",
    "gratuit": "avec=gratuit",
    "samedi": "quand=samedi",
    "jeudi 17 h": "quand=jeudi-17h",
    "sans rendez-vous": "avec=sans-rdv",
    "services itinérants": "avec=itinerant",
}
# What the records of the Indre do not say: it must be said, and not guessed.
NON_DITS = {
    "pôle emploi Issoudun": "France Travail",
    "France Travail": "France Travail",
    "MSA": "MSA",
    "CCAS": "Centre communal d'action sociale",
    "Aidants Connect": "Aidants Connect",
    "langue des signes": "Langue des signes",
    "arabe": "Dans une autre langue",
}
# Only these may go to the geocoding service, when a deployment has one and a person asks.
ADRESSES = {
    "12 rue Raspail 36000 Châteauroux": True,
    "rue raspail chateauroux": True,
    "12 rue des écoles": True,
    "36018 Châteauroux Cedex": False,
    "jeudi 17h La Châtre": False,
    "France services Valençay": False,
}
ANCIENNES = {
    "Villers-les-Ormes": "Saint-Maur",
    "Faverolles en Berry": "Villentrois-Faverolles-en-Berry",
}


@pytest.fixture(scope="module")
def entendus(node: str, partage: Path, site_indre: Path) -> dict[str, tuple[str, dict[str, Any]]]:
    """Text → what is right, and what the box understands, with the names of the places that a name finds."""
    with (partage / "data/cas/recherche/textes.csv").open(encoding="utf-8", newline="") as flux:
        attendus = {x["texte"]: x["attendu"] for x in csv.DictReader(flux, delimiter=";") if x["texte"]}
    textes = [*attendus, *(texte for texte in ADRESSES if texte not in attendus)]
    script = f"""
        import {{ readFile }} from "node:fs/promises";
        globalThis.fetch = async (f) => ({{ ok: true, json: async () => JSON.parse(await readFile(f, "utf8")) }});
        globalThis.requestAnimationFrame = (suite) => setTimeout(suite);
        const {{ ouvrir }} = await import("./recherche/donnees.js");
        const {{ entendre }} = await import("./recherche/entendre.js");
        const donnees = ouvrir({json.dumps(f"{site_indre}/donnees/recherche/")});
        const reponses = [];
        for (const texte of {json.dumps(textes)}) {{
          const entendu = await entendre(texte, donnees);
          let noms = [];
          const lots = entendu.etat.ou ? donnees.parNom(entendu.etat.ou, 6) : [];
          for await (const lot of lots) noms = lot.points.map((p) => p.nom);
          reponses.push({{ ...entendu, noms }});
        }}
        console.log(JSON.stringify(reponses));
    """
    lus = executer(node, script)
    return {texte: (attendus.get(texte, ""), lu) for texte, lu in zip(textes, lus, strict=True)}


def _choix(etat: dict[str, Any]) -> set[str]:
    simples = {f"{cle}={valeur}" for cle in ("pour", "avec") for valeur in etat.get(cle, [])}
    facettes = {f"choix={cle}:{valeur}" for cle, valeurs in etat.get("choix", {}).items() for valeur in valeurs}
    return simples | facettes | ({f"quand={etat['quand']}"} if etat.get("quand") else set())


def _est_juste(texte: str, attendu: str, lu: dict[str, Any]) -> bool:
    communes = [commune["nom"] for commune in lu["communes"]]
    actuels = [commune["actuel"] for commune in lu["communes"]]
    voulue = re.search(r"commune:([\w-]+(?: [A-ZÂ][\w-]+)*)", attendu)
    if texte in NON_DITS:
        return NON_DITS[texte] in lu["note"]
    if texte in ANCIENNES:
        return communes == [texte.replace(" ", "-")] and actuels == [ANCIENNES[texte]]
    if attendu.startswith("hors du territoire"):
        return bool(lu["hors"]) and not communes
    if attendu.startswith("communes du code postal"):
        return len(communes) > 1 and communes[0] == "Issoudun"
    if attendu == "lieu:Rur@linette":
        return "Bus France services La Rur@linette" in lu["noms"]
    if attendu == "rien, et quoi faire":
        return not communes and not lu["noms"] and not _choix(lu["etat"])
    if attendu == "les 26 du département d'abord":
        return len(lu["noms"]) >= 26
    if attendu == "lieu:France services de Valençay":
        return bool(lu["noms"][:1] == ["France services de Valençay"])
    if attendu.startswith("lieux de type bibliothèque"):
        return _choix(lu["etat"]) == {"choix=type:BIB"} and communes == ["Levroux"]
    mots = re.sub(r"\s*\+?\s*commune:.*|\(.*?\)|^\w+:", "", attendu).strip()
    choisi = {CHOIX[mots]} if mots else set()
    return _choix(lu["etat"]) == choisi and communes == ([voulue[1]] if voulue else [])


def test_each_text_finds_what_it_should(entendus: dict[str, tuple[str, dict[str, Any]]]) -> None:
    voulus = {texte: (attendu, lu) for texte, (attendu, lu) in entendus.items() if attendu}
    assert len(voulus) > 50
    assert {t: (attendu, lu) for t, (attendu, lu) in voulus.items() if not _est_juste(t, attendu, lu)} == {}


def test_only_an_address_may_be_asked_of_the_geocoding_service(
    entendus: dict[str, tuple[str, dict[str, Any]]],
) -> None:
    assert {texte: entendus[texte][1]["adresse"] for texte in ADRESSES} == ADRESSES
    assert _choix(entendus["12 rue des écoles"][1]["etat"]) == set()


@pytest.fixture
def indre(navigateur: Browser, site_indre: Path) -> Iterator[Visite]:
    with ecoute(site_indre) as base:
        yield from visiter(navigateur, base, viewport={"width": 360, "height": 740}, service_workers="block")


# What is shared must show what was typed.
@pytest.mark.parametrize(
    ("ou", "annonce", "adresse"),
    [
        ("Issoudun", r"du plus proche au plus éloigné d’Issoudun", r"commune=36088"),
        ("Villers-les-Ormes", r"éloigné de Villers-les-Ormes \(Saint-Maur\)", r"commune=\d{5}"),
        ("36100", r"Plusieurs communes correspondent", r"ou=36100"),
        ("imprimer+Issoudun", r"d’Issoudun", r"commune=36088.*avec=imprimante"),
        ("Orléans", r"est hors de ce site \(Loiret\)", r"/$"),
    ],
)
def test_an_address_gives_what_its_text_would(indre: Visite, ou: str, annonce: str, adresse: str) -> None:
    page = indre.ouvrir(f"/?ou={ou}")
    dit = "[data-question]" if ou == "36100" else "[data-etat]"
    expect(page.locator(dit)).to_contain_text(re.compile(annonce))
    expect(page).to_have_url(re.compile(adresse))
    expect(page.locator("[data-hors]")).to_be_visible(visible=ou == "Orléans")
    assert indre.erreurs == []


def test_a_type_alone_shows_those_of_the_departement(indre: Visite) -> None:
    page = indre.ouvrir("/?ou=médiathèque")
    expect(page.locator("[data-etat]")).to_contain_text("lieux : Indre. Donnez une commune")
    expect(page).to_have_url(re.compile(r"\?type=BIB$"))
    liens = page.locator("[data-resultats] > li a[href*='lieux/']").evaluate_all("tous => tous.map((a) => a.pathname)")
    assert liens
    assert all("/lieux/36/" in lien for lien in liens)


def test_a_need_and_a_place_are_proposed_then_searched(indre: Visite) -> None:
    page = indre.ouvrir("/")
    page.get_by_role("combobox").click()
    page.keyboard.type("impôts Issou", delay=10)
    expect(page.get_by_role("option").first).to_have_text(re.compile(r"^Démarche en ligne, Issoudun \(36100\)"))
    page.get_by_role("option").first.click()
    expect(page.locator("[data-etat]")).to_contain_text("d’Issoudun")
    expect(page).to_have_url(re.compile(r"commune=36088.*pour=demarche"))
    assert page.locator("[data-resultats] > li").count() > 5


def test_a_need_alone_is_asked_for_where_one_was(indre: Visite) -> None:
    page = indre.ouvrir("/?ou=Issoudun&commune=36088")
    expect(page.locator("[data-etat]")).to_contain_text("d’Issoudun")
    page.get_by_role("combobox").fill("sans rendez-vous")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"commune=36088.*avec=sans-rdv"))
    expect(page.locator("[data-choix-faits]")).to_contain_text("Sans rendez-vous")
    expect(page.get_by_role("combobox")).to_have_value("Issoudun")
