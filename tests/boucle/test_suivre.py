"""The site that follows what a person saves: rebuilt, shown again, and left alone by a fault."""

import os
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from carte.boucle.suivre import Empreinte, changements, empreinte, regard, suivre
from carte.config import Configuration, Dossiers
from carte.erreurs import ErreurCarte
from carte.serveur import PortIndisponible

PAGE = "<!doctype html><html><body><h1>{}</h1></body></html>"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    dossier = tmp_path / "site"
    (dossier / "lieux").mkdir(parents=True)
    for nom in ("index.html", "lieux/index.html"):
        (dossier / nom).write_text(PAGE.format(nom), encoding="utf-8")
    (dossier / "service.js").write_text("garder()", encoding="utf-8")
    (dossier / "donnees.json").write_text("{}", encoding="utf-8")
    return dossier


@pytest.fixture
def port() -> int:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as prise:
        return int(prise.getsockname()[1])


def test_each_saved_file_is_a_change_once_it_has_settled(tmp_path: Path) -> None:
    """A file written in two times is one change; a new one, a removed one too; a link is not followed."""
    fiche, ailleurs = tmp_path / "offers" / "99" / "a.yml", tmp_path / "ailleurs.yml"
    fiche.parent.mkdir(parents=True)
    fiche.write_text("un", encoding="utf-8")
    ailleurs.write_text("loin", encoding="utf-8")
    (tmp_path / "offers" / "lien").symlink_to(ailleurs)
    config = tmp_path / "carte.yml"
    config.write_text("nom", encoding="utf-8")
    brouillon = fiche.with_name(".a.yml.swp")
    gestes = iter(
        [
            lambda: None,
            lambda: (brouillon.write_text("en cours", encoding="utf-8"), fiche.with_name("a.yml~").touch()),
            lambda: fiche.write_text("deux, à moitié", encoding="utf-8"),
            lambda: fiche.write_text("deux, en entier", encoding="utf-8"),
            lambda: None,
            lambda: ailleurs.write_text("change sans être suivi", encoding="utf-8"),
            lambda: (fiche.unlink(), config.write_text("autre nom", encoding="utf-8")),
            lambda: None,
        ]
    )
    suite = changements(lambda: empreinte([tmp_path / "offers", config]), time.time_ns(), lambda _: next(gestes)())
    assert next(suite) == [str(fiche)]
    assert next(suite) == sorted([str(fiche), str(config)])


def test_what_was_saved_since_the_site_was_built_is_a_change(tmp_path: Path) -> None:
    for nom, date in (("avant.yml", 1_000), ("pendant.yml", 2_000), ("apres.yml", 2_001)):
        (tmp_path / nom).write_text(nom, encoding="utf-8")
        os.utime(tmp_path / nom, ns=(date, date))
    suite = changements(lambda: empreinte([tmp_path]), 2_000, lambda _: None)
    assert next(suite) == [str(tmp_path / "apres.yml")]


def test_all_that_a_build_reads_is_looked_at(tmp_path: Path) -> None:
    """The packages of other hubs come one day; a configuration to mend keeps the folders of the last good one."""
    lues = {nom: tmp_path / nom / "un.yml" for nom in ("offers", "geo", "federation", "avant", "fiches", "ailleurs")}
    for fichier in (f for nom, f in lues.items() if nom != "federation"):
        fichier.parent.mkdir()
        fichier.touch()
    config = tmp_path / "carte.yml"
    config.write_text("lieux: offers", encoding="utf-8")

    def lire(fichier: Path) -> Configuration:
        texte = fichier.read_text(encoding="utf-8")
        if not texte.startswith("lieux: "):
            raise ErreurCarte("à corriger")
        dossiers = Dossiers(tmp_path / texte.removeprefix("lieux: "), lues["geo"].parent, tmp_path / "build")
        return cast(Configuration, SimpleNamespace(dossiers=dossiers, publication_precedente=lues["avant"].parent))

    def vus(regarder: Callable[[], Empreinte]) -> set[str]:
        fichiers = regarder().keys() - {str(config)}
        assert len(fichiers) < len(regarder())
        return {Path(fichier).parent.name for fichier in fichiers}

    regarder = regard(config, lire)
    assert vus(regarder) == {"offers", "geo", "avant"}
    lues["federation"].parent.mkdir()
    lues["federation"].touch()
    assert vus(regarder) == {"offers", "geo", "avant", "federation"}
    config.write_text("une faute", encoding="utf-8")
    assert vus(regarder) == {"offers", "geo", "avant", "federation"}
    config.write_text("lieux: fiches", encoding="utf-8")
    assert vus(regarder) == {"fiches", "geo", "avant", "federation"}


def test_a_page_knows_that_it_was_rebuilt_and_a_fault_leaves_the_site(site: Path, port: int) -> None:
    dits: list[str] = []
    vus: list[str] = []
    pendant: list[str] = []

    def demander(chemin: str) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{chemin}", timeout=10) as reponse:
            assert reponse.headers["Cache-Control"] == "no-store"
            return str(reponse.read().decode())

    def changes() -> Iterator[list[str]]:
        """What a person does, and what the browser sees after each."""
        vus.append(demander("/.carte/etat"))
        yield ["offers/99/a.yml"]
        vus.append(demander("/.carte/etat"))
        yield ["offers/99/a.yml", "carte.yml"]
        vus.extend([demander("/.carte/etat"), demander("/"), demander("/lieux/index.html?a=1")])
        vus.extend([demander("/.carte/relire.js"), demander("/service.js"), demander("/donnees.json")])
        yield ["offers/99/a.yml"]
        vus.append(demander("/.carte/etat"))

    faits = iter([None, ErreurCarte("une fiche est à corriger"), None])

    def construire() -> None:
        pendant.append(demander("/.carte/etat"))
        if (faute := next(faits)) is not None:
            raise faute

    suivre(site, port, changes(), construire, dits.append)
    avant, apres, encore, accueil, page, script, service, donnees, corrige = vus
    assert (avant, apres, corrige) == ("0\n", "1\n", "2\n")
    assert pendant == [f"{tour}\nLe site se reconstruit…" for tour in (0, 1, 1)]
    assert encore.startswith("1\nLe site d’avant reste montré"), "a fault makes no new site, and is told"
    balise = '<script src="/.carte/relire.js" data-tour="1" defer></script></body>'
    assert [texte.count(balise) for texte in (accueil, page)] == [1, 1]
    assert "location.reload()" in script
    assert "unregister" in service and "garder" not in service
    assert donnees == "{}"
    assert (site / "index.html").read_text(encoding="utf-8").count("script") == 0, "the site itself is as it was built"
    assert dits[0] == "Changé : a.yml. Le site se reconstruit…"
    assert dits[1:] == [
        "Changé : 2 fichiers. Le site se reconstruit…",
        "Le site d'avant reste montré. Il se reconstruira quand vous aurez enregistré la correction.",
        dits[0],
    ]


def test_an_unknown_address_shows_the_page_of_the_site_which_follows_too(site: Path, port: int) -> None:
    """A record that is taken away, then put back, is seen again without a hand on the browser."""
    adresse = f"http://127.0.0.1:{port}/lieux/absente/"

    def changes() -> Iterator[list[str]]:
        with pytest.raises(urllib.error.HTTPError) as sans_page:
            urllib.request.urlopen(adresse, timeout=10)
        assert sans_page.value.code == 404
        (site / "404.html").write_text(PAGE.format("Cette page n’existe pas"), encoding="utf-8")
        for methode in ("GET", "HEAD"):
            with pytest.raises(urllib.error.HTTPError) as refus:
                urllib.request.urlopen(urllib.request.Request(adresse, method=methode), timeout=10)
            page = refus.value.read().decode()
            assert refus.value.code == 404
            assert ("Cette page n’existe pas" in page and "relire.js" in page) is (methode == "GET")
            assert int(refus.value.headers["Content-Length"]) > len(PAGE)
        yield from ()

    suivre(site, port, changes(), lambda: None, lambda _: None)


def test_the_server_stays_inside_the_site(site: Path, port: int) -> None:
    (site.parent / "secret.html").write_text("secret", encoding="utf-8")

    def changes() -> Iterator[list[str]]:
        for chemin in ("/../secret.html", "/%2e%2e/secret.html", "/lieux/..%2f..%2fsecret.html"):
            with pytest.raises(urllib.error.HTTPError):
                urllib.request.urlopen(f"http://127.0.0.1:{port}{chemin}", timeout=10)
        yield from ()

    suivre(site, port, changes(), lambda: None, lambda _: None)


def test_a_busy_port_is_said_before_anything(site: Path, port: int) -> None:
    import socket

    with socket.create_server(("127.0.0.1", port)), pytest.raises(PortIndisponible):
        suivre(site, port, iter([["a"]]), lambda: pytest.fail("rien ne se construit"), lambda _: None)
