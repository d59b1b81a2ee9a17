"""Three hubs asked over the network, one good, one broken, one hostile: who fails keeps its last good package."""

import socket
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from carte.config import Hub
from carte.couches.client import origine
from carte.federation import Essai, PaquetRefuse, en_lignes, federer
from carte.federation.demande import Prudence, ouvrir
from carte.federation.depot import ECHECS, fichier_de, lire_echecs, lire_paquet_garde
from couches import serveur_de_pannes as pannes
from couches.serveur_de_pannes import TOUJOURS, Banc
from federation import monde
from federation.monde import JOUR, fiche, paquet
from sites import RACINE

LENDEMAIN = date(2026, 11, 29)
DESCRIPTION, LIEUX = "/pays/donnees/datapackage.json", "/pays/donnees/lieux.json"


@pytest.fixture
def banc(monkeypatch: pytest.MonkeyPatch) -> Iterator[Banc]:
    """The sites of three hubs on one server of this machine."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with pannes.servir() as banc:
        publier(banc, "val", paquet(monde.fiches("99")))
        publier(banc, "pays", paquet(monde.fiches("96")))
        publier(banc, "mal", paquet([fiche("x", site_web=["javascript:alert(1)"])]))
        yield banc


def publier(banc: Banc, site: str, fichiers: dict[str, bytes]) -> None:
    banc.fichiers |= {f"/{site}/donnees/{nom}": contenu for nom, contenu in fichiers.items()}


def hubs(banc: Banc) -> tuple[Hub, ...]:
    return (
        monde.hub("Hub du Val", f"{banc.adresse}/val", "99"),
        monde.hub("Hub du Pays", f"{banc.adresse}/pays", "96"),
        monde.hub("Hub Hostile", f"{banc.adresse}/mal", "99"),
    )


def lancer(dossier: Path, *a_federer: Hub, jour: date = JOUR, **reglages: Any) -> list[Essai]:
    """What `carte federer` does, on a day."""
    configuration = monde.configuration(dossier, *a_federer)
    return federer(configuration, RACINE, monde.geographie(), jour, monde.prudence(**reglages))


def contenus(dossier: Path) -> dict[str, bytes]:
    return {f.name: f.read_bytes() for f in (dossier / "federation").iterdir()}


def test_three_hubs_one_broken_one_hostile(banc: Banc, tmp_path: Path) -> None:
    banc.casser(DESCRIPTION, pannes.code(500), fois=TOUJOURS)
    val, pays, mal = lancer(tmp_path, *hubs(banc))
    assert val.paquet is not None and len(val.paquet.fiches) > 40
    assert pays.paquet is None and "le serveur est en panne (réponse 500)" in pays.refus
    assert mal.paquet is None and "« javascript: »" in mal.refus
    assert contenus(tmp_path).keys() == {"paquet-hub-du-val.json", ECHECS}
    lignes = list(en_lignes([val, pays, mal]))
    assert "46 fiches du 2026-11-02 : 46 nouvelles, 0 changées, 0 parties." in lignes[0]
    assert all("aucun bon paquet, aucune de ses fiches n'est publiée" in ligne for ligne in lignes[1:])


CASSES = {
    "erreur-500": (DESCRIPTION, pannes.code(500), "en panne (réponse 500)"),
    "erreur-404": (LIEUX, pannes.code(404), "n'existe pas à cette adresse"),
    "coupe": (LIEUX, pannes.coupe(100), "coupée avant la fin"),
    "longueur": (LIEUX, pannes.longueur_fausse(50), "coupée avant la fin"),
    "page": (LIEUX, pannes.autre(b"<!doctype html><title>Maintenance</title>"), "une page web a été reçue"),
    "vide": (DESCRIPTION, pannes.autre(b""), "la réponse est vide"),
    "change": (LIEUX, pannes.autre(b"[]"), "n'est pas celui que datapackage.json annonce"),
    "suivant": (DESCRIPTION, pannes.autre(paquet([], format_carte=2)["datapackage.json"]), "format 2"),
    "ancien": (
        DESCRIPTION,
        pannes.autre(paquet([], created="2026-11-01T00:00:00Z")["datapackage.json"]),
        "avant le dernier bon (2026-11-02)",
    ),
    "renvoi-prive": (DESCRIPTION, pannes.renvoi("http://169.254.169.254/latest"), "n'est pas protégée par https"),
    "renvoi-reseau": (DESCRIPTION, pannes.renvoi("https://10.0.0.1/x"), "que Carte ne connaît pas"),
    "renvoi-machine": (DESCRIPTION, pannes.renvoi("http://127.0.0.1:9/x"), "que Carte ne connaît pas"),
    "renvoi-fichier": (DESCRIPTION, pannes.renvoi("file:///etc/passwd"), "n'est pas protégée par https"),
    "renvoi-illisible": (DESCRIPTION, pannes.renvoi("http://[x"), "le serveur renvoie vers une adresse illisible"),
    "renvoi-sans-fin": (DESCRIPTION, pannes.renvoi(DESCRIPTION), "d'adresse en adresse sans fin"),
    "trop-gros": (LIEUX, pannes.autre(b"x" * 9_000), "dépasse"),
    "muet": (LIEUX, pannes.muet, "ne répond plus"),
}


@pytest.mark.parametrize("cas", CASSES)
def test_a_hub_that_breaks_keeps_its_last_good_package_to_the_byte(cas: str, banc: Banc, tmp_path: Path) -> None:
    chemin, panne, attendu = CASSES[cas]
    _, pays, _ = hubs(banc)
    publier(banc, "pays", paquet([fiche("a", "96")]))
    lancer(tmp_path, pays)
    avant = contenus(tmp_path)
    banc.casser(chemin, panne, fois=TOUJOURS)
    (essai,) = lancer(tmp_path, pays, delai_s=0.5, octets_max=8_000)
    assert attendu in essai.refus
    assert essai.paquet is not None and list(essai.paquet.fiches) == ["96/a"]
    assert {nom: octets for nom, octets in contenus(tmp_path).items() if nom != ECHECS} == avant
    assert "paquet refusé, le dernier bon reste (du 2026-11-02)" in next(en_lignes([essai]))


def test_the_first_day_of_a_failure_is_kept_until_it_is_over(banc: Banc, tmp_path: Path) -> None:
    _, pays, _ = hubs(banc)
    lancer(tmp_path, pays)
    banc.casser(DESCRIPTION, pannes.code(503), fois=TOUJOURS)
    lancer(tmp_path, pays)
    (essai,) = lancer(tmp_path, pays, jour=LENDEMAIN)
    echec = lire_echecs(tmp_path / "federation")[pays.cle]
    assert (echec.depuis, echec.motif) == (JOUR, essai.refus)
    banc.pannes.clear()
    (essai,) = lancer(tmp_path, pays, jour=LENDEMAIN)
    assert not essai.refus
    assert not (tmp_path / "federation" / ECHECS).exists()


def test_a_hub_that_mends_replaces_its_package_and_says_what_changed(banc: Banc, tmp_path: Path) -> None:
    _, pays, _ = hubs(banc)
    publier(banc, "pays", paquet([fiche("a", "96"), fiche("b", "96")]))
    lancer(tmp_path, pays)
    publier(banc, "pays", paquet([fiche("a", "96", nom="Nouveau nom"), fiche("c", "96")]))
    (essai,) = lancer(tmp_path, pays, jour=LENDEMAIN)
    assert list(en_lignes([essai])) == [
        "Hub du Pays : 2 fiches du 2026-11-02 : 1 nouvelles, 1 changées, 1 parties.",
    ]
    garde = lire_paquet_garde(tmp_path / "federation", pays)
    assert garde == essai.paquet and garde is not None and garde.recu == LENDEMAIN


def test_the_same_package_again_writes_nothing(banc: Banc, tmp_path: Path) -> None:
    val, _, _ = hubs(banc)
    lancer(tmp_path, val)
    avant = contenus(tmp_path)
    (essai,) = lancer(tmp_path, val, jour=LENDEMAIN)
    assert contenus(tmp_path) == avant
    assert next(en_lignes([essai])).endswith("46 fiches du 2026-11-02, inchangées.")


def test_only_two_files_of_a_hub_are_asked(banc: Banc, tmp_path: Path) -> None:
    val, _, _ = hubs(banc)
    lancer(tmp_path, val)
    assert [d.chemin for d in banc.demandes] == ["/val/donnees/datapackage.json", "/val/donnees/lieux.json"]


@pytest.mark.parametrize("numero", ["10.0.0.1", "127.0.0.1", "169.254.169.254", "::1", "fd00::1", "::ffff:10.0.0.1"])
def test_a_name_of_a_private_network_is_not_asked(numero: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(socket.AF_INET, 1, 6, "", (numero, 443))])
    hub = monde.hub("Hub", "https://hub.example", "99")
    with pytest.raises(PaquetRefuse, match=r"hub\.example est une adresse privée"), ouvrir(hub, Prudence()) as lire:
        lire("datapackage.json")


def test_nothing_but_the_site_of_the_hub_may_be_asked(banc: Banc) -> None:
    """Even if a description could name another place: the client would refuse it."""
    hub = monde.hub("Hub", f"{banc.adresse}/val", "99")
    with ouvrir(hub, monde.prudence()) as lire, pytest.raises(PaquetRefuse, match="Carte ne demande rien"):
        lire("https://ailleurs.example/lieux.json")
    assert origine(str(hub.adresse)) == banc.adresse


def test_a_folder_is_read_as_a_site_is(tmp_path: Path) -> None:
    site = monde.poser(tmp_path / "site" / "donnees", paquet([fiche()]))
    for dossier in (site, site.parent):
        (essai,) = lancer(tmp_path, monde.hub("Hub", dossier, "99"))
        assert essai.paquet is not None and not essai.refus


@pytest.mark.parametrize("nom", ["datapackage.json", "lieux.json"])
def test_a_link_in_a_folder_is_not_followed(nom: str, tmp_path: Path) -> None:
    dossier = monde.poser(tmp_path / "paquet", paquet([fiche()]))
    (dossier / nom).rename(tmp_path / "ailleurs.json")
    (dossier / nom).symlink_to(tmp_path / "ailleurs.json")
    (essai,) = lancer(tmp_path, monde.hub("Hub", dossier, "99"))
    assert "c'est un lien symbolique" in essai.refus


def test_an_absent_folder_and_an_archive_are_refused(tmp_path: Path) -> None:
    archive = tmp_path / "paquet.zip"
    archive.write_bytes(b"PK\x03\x04")
    for adresse in (tmp_path / "absent", archive):
        (essai,) = lancer(tmp_path, monde.hub("Hub", adresse, "99"))
        assert "ne peut pas être lu" in essai.refus


def test_a_link_in_place_of_what_is_kept_is_refused(tmp_path: Path) -> None:
    hub = monde.hub("Hub", monde.poser(tmp_path / "paquet", paquet([fiche()])), "99")
    (tmp_path / "federation").mkdir()
    fichier_de(tmp_path / "federation", hub).symlink_to("/etc/passwd")
    with pytest.raises(PaquetRefuse, match="lien symbolique"):
        lancer(tmp_path, hub)
