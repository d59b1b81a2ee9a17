"""What is installed and shipped: each locked package has a licence that we accept, and the inventory holds them all."""

import json
import re

import pytest

import inventorier_composants as inventaire
from sites import RACINE

# Each may be used in and beside a program under the MIT licence: MPL asks for its own files only, OFL is for fonts.
PERMISES = {
    *("0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "CNRI-Python", "ISC", "MIT", "PSF-2.0", "Zlib"),
    *("MPL-2.0", "OFL-1.1"),
}
# Development tools under a stronger licence: run beside the program, never in it, nor in what a hub or a site ships.
OUTILS = {"codespell", "djlint", "opening_hours", "text-unidecode"}


def permise(expression: str) -> bool:
    """Every part of an AND, one at least of an OR."""
    return all(
        any(choix.strip("() ") in PERMISES for choix in partie.split(" OR ")) for partie in expression.split(" AND ")
    )


def test_what_a_hub_installs_has_a_licence_that_we_accept() -> None:
    composants = [
        *(un for verrou in inventaire.VERROUS for un in inventaire.composants_python(RACINE / verrou)),
        *inventaire.composants_npm(RACINE / "package-lock.json", developpement=False),
    ]
    assert len(composants) > 70
    assert {un.nom: un.licence for un in composants if not permise(un.licence)} == {}
    assert OUTILS.isdisjoint(un.nom for un in composants)


def test_what_several_machines_need_too() -> None:
    pytest.importorskip("distributed", reason="distributed est absent : make machines")
    composants = list(inventaire.composants_python(RACINE / "requirements-machines.txt"))
    assert {"dask", "distributed", "tornado"} <= {un.nom for un in composants}
    assert {un.nom: un.licence for un in composants if not permise(un.licence)} == {}


def test_development_tools_too_but_for_those_that_are_named() -> None:
    composants = [
        *inventaire.composants_python(RACINE / "requirements-dev.txt"),
        *inventaire.composants_npm(RACINE / "package-lock.json", developpement=True),
    ]
    assert {un.nom for un in composants if un.licence == inventaire.INCONNUE} == set()
    assert {un.nom for un in composants if not permise(un.licence)} == OUTILS
    assert {un.nom for un in composants} >= set(inventaire.LUES), "une licence lue à la main ne sert plus"


def test_a_licence_is_permitted_whole() -> None:
    assert permise("MIT OR GPL-3.0-only")
    assert permise("BSD-3-Clause AND MIT")
    assert not permise("MIT AND GPL-3.0-only")
    assert not permise("Proprietary")
    assert not permise(inventaire.INCONNUE)
    assert inventaire.licence_python("n-existe-pas") == inventaire.INCONNUE


def test_a_lock_holds_fingerprints_and_no_address() -> None:
    verrous = [*RACINE.glob("requirements*.txt"), RACINE / "package-lock.json"]
    assert {"requirements.txt", "requirements-dev.txt", "package-lock.json"} <= {v.name for v in verrous}
    for verrou in verrous:
        assert "://" not in verrou.read_text(encoding="utf-8"), verrou.name


def test_the_inventory_holds_every_locked_package_and_no_other() -> None:
    document = inventaire.inventaire(RACINE)
    assert document == inventaire.inventaire(RACINE)
    assert (document["bomFormat"], document["specVersion"]) == ("CycloneDX", "1.6")
    composants = document["components"]
    verrou = json.loads((RACINE / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    attendus = {
        f"{nom.removeprefix('node_modules/')}@{paquet['version']}"
        for nom, paquet in verrou.items()
        if nom and not paquet.get("dev")
    }
    for fichier in inventaire.VERROUS:
        texte = (RACINE / fichier).read_text(encoding="utf-8")
        attendus |= {f"{nom}@{version}" for nom, version in re.findall(r"^([\w.-]+)==([^\s;\\]+)", texte, re.MULTILINE)}
    assert sorted(f"{un['name']}@{un['version']}" for un in composants) == sorted(attendus)
    assert len({un["bom-ref"] for un in composants}) == len(composants)
    for un in composants:
        empreintes = un.get("hashes") or [h for lien in un["externalReferences"] for h in lien["hashes"]]
        assert empreintes, un["name"]
        for empreinte in empreintes:
            assert len(empreinte["content"]) == {"SHA-256": 64, "SHA-512": 128}[empreinte["alg"]]
        assert un["licenses"]
    # The fonts and the map of every site are among them.
    assert {"leaflet", "@fontsource/noto-sans"} <= {un["name"] for un in composants}
