"""What other sites take of this one: parameters that the search does read, a badge, feeds that say what changed."""

import re
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

from carte.evolution.modele import Effet, Mouvement
from carte.publication import Chantier
from carte.publish import fil, integration
from carte.publish.atlas import Atlas
from publish import monde

ETAT = monde.RACINE / "site_src/modules/recherche/etat.js"
ATOM = "{http://www.w3.org/2005/Atom}"


def test_every_parameter_that_the_search_writes_is_documented_and_no_other() -> None:
    code = ETAT.read_text(encoding="utf-8")
    facettes = re.search(r"FACETTES = \[(.*?)\]", code)
    assert facettes is not None
    lus = [*re.findall(r'p\.set\("(\w+)"', code), *re.findall(r'"(\w+)"', facettes[1])]
    connus = integration.parametres(monde.libelles())
    assert sorted(p.cle for p in connus) == sorted(lus)
    par_cle = {p.cle: dict(p.valeurs) for p in connus}
    assert "recent" in par_cle["avec"] and set(par_cle["pour"]) == set(monde.libelles().besoins)
    assert par_cle["ou"] == {}


def test_the_example_is_a_commune_of_the_site(atlas: Atlas) -> None:
    assert integration.exemple(atlas) == ("99001", "Alpha")


def test_a_badge_counts_the_places_and_obeys_no_name(atlas: Atlas, tmp_path: Path) -> None:
    fiches = (
        monde.fiche("un"),
        monde.fiche("deux", date_fermeture=date(2026, 9, 1)),
        monde.fiche("la", departement="96"),
    )
    seul = monde.picture(*fiches, nom=f"{monde.SCRIPT} {monde.RETOURNE} {'long ' * 40}")
    assert integration.ecrire_badges(seul, atlas, Chantier.sur(tmp_path)) == ["badge.svg"]
    texte = (tmp_path / "badge.svg").read_text(encoding="utf-8")
    racine = ElementTree.fromstring(texte)
    assert "<script" not in texte and "\u202e" not in texte and int(racine.get("width", "0")) < 500
    assert "1 lieu d’aide au numérique" in texte and "au 2 novembre 2026" in texte
    deux = monde.picture(*fiches, departements=("99", "96"))
    assert integration.ecrire_badges(deux, atlas, Chantier.sur(tmp_path)) == [
        "badge.svg",
        "badge-99.svg",
        "badge-96.svg",
    ]
    assert "2 lieux" in (tmp_path / "badge.svg").read_text(encoding="utf-8")
    assert "Pays-Voisin" in (tmp_path / "badge-96.svg").read_text(encoding="utf-8")


def _image(*fiches: Any, **changements: Any) -> Any:
    base = monde.picture(*fiches, **changements)
    retire = Mouvement(Effet.RETRAITS, "99/parti", "Parti <b>", "99", None)
    nouveau = Mouvement(Effet.RECENSEMENT, "99/un", "Un", "99", None)
    ouvert = Mouvement(Effet.OUVERTURES, "99/deux", "Deux", "99", None)
    base.evolution = SimpleNamespace(mouvements=(retire, nouveau, nouveau, ouvert))  # type: ignore[misc]
    return base


def _lire(fichier: Path) -> tuple[ElementTree.Element, list[tuple[str, str, str]]]:
    """The feed, and the day, title and link of each entry."""
    racine = ElementTree.fromstring(fichier.read_bytes())
    entrees = []
    for entree in racine.iter(f"{ATOM}entry"):
        lien = entree.find(f"{ATOM}link")
        assert lien is not None and entree.findtext(f"{ATOM}summary")
        entrees.append(
            (entree.findtext(f"{ATOM}updated", "")[:10], entree.findtext(f"{ATOM}title", ""), lien.get("href", ""))
        )
    return racine, entrees


def test_a_feed_is_valid_says_each_change_once_and_is_the_same_twice(tmp_path: Path) -> None:
    fiches = (
        monde.fiche("un", nom=f"{monde.SCRIPT} {monde.RETOURNE} \x0b&", verifie_le=date(2026, 10, 20)),
        monde.fiche(
            "deux", date_ouverture=date(2026, 9, 5), fermetures=[{"du": date(2026, 12, 1), "au": date(2026, 12, 9)}]
        ),
        monde.fiche("trois", date_fermeture=date(2026, 8, 1), date_ouverture=date(2020, 1, 1)),
        monde.fiche("futur", date_ouverture=date(2027, 1, 1)),
    )
    assert fil.ecrire(_image(*fiches), Chantier.sur(tmp_path)) == ["changements.atom"]
    racine, entrees = _lire(tmp_path / "changements.atom")
    # RFC 4287: what a feed and each entry must have.
    for balise in ("id", "title", "updated", "author"):
        assert racine.find(f"{ATOM}{balise}") is not None
    identifiants = [e.findtext(f"{ATOM}id", "") for e in racine.iter(f"{ATOM}entry")]
    assert len(set(identifiants)) == len(identifiants) and all(
        i.startswith("https://carte.example/essai/") for i in identifiants
    )
    assert [jour for jour, *_ in entrees] == sorted((jour for jour, *_ in entrees), reverse=True)
    assert not [jour for jour, *_ in entrees if jour > monde.JOUR.isoformat()]
    titres = [titre for _, titre, _ in entrees]
    assert titres.count("Nouvelle fiche : Un") == 1 and not [t for t in titres if t.endswith(": Deux")]
    assert ("2026-11-02", "Retiré de la carte, ou fermé : Parti <b>", "https://carte.example/essai/lieux/") in entrees
    assert [t[:7] for t in titres if t.startswith("Vérifi")] == ["Vérifié"]
    assert (
        "2026-08-01",
        "Fermé définitivement : Médiathèque d'Alpha, Alpha",
        "https://carte.example/essai/lieux/99/trois/",
    ) in entrees
    octets = (tmp_path / "changements.atom").read_bytes()
    assert "Fermé du 1er décembre 2026".encode() in octets and b"\x0b" not in octets and "\u202e".encode() not in octets
    fil.ecrire(_image(*fiches), Chantier.sur(tmp_path))
    assert (tmp_path / "changements.atom").read_bytes() == octets


def test_each_departement_has_its_feed_and_a_feed_is_bounded(tmp_path: Path) -> None:
    fiches = [monde.fiche(f"lieu-{rang}") for rang in range(120)] + [monde.fiche("la", departement="96")]
    chemins = fil.ecrire(_image(*fiches, departements=("99", "96")), Chantier.sur(tmp_path))
    assert chemins == ["changements.atom", "changements-99.atom", "changements-96.atom"]
    assert len(_lire(tmp_path / "changements.atom")[1]) == fil.ENTREES_MAX
    assert [lien for *_, lien in _lire(tmp_path / "changements-96.atom")[1]] == [
        "https://carte.example/essai/lieux/96/la/"
    ]
