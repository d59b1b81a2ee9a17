"""The site that follows what a person saves: rebuilt, shown again, and left alone by a fault."""

import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from carte.boucle.suivre import changements, empreinte, suivre
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
    gestes = iter(
        [
            lambda: None,
            lambda: fiche.write_text("deux, à moitié", encoding="utf-8"),
            lambda: fiche.write_text("deux, en entier", encoding="utf-8"),
            lambda: None,
            lambda: ailleurs.write_text("change sans être suivi", encoding="utf-8"),
            lambda: (fiche.unlink(), config.write_text("autre nom", encoding="utf-8")),
            lambda: None,
        ]
    )
    suite = changements(lambda: empreinte([tmp_path / "offers", config]), lambda _: next(gestes)())
    assert next(suite) == [str(fiche)]
    assert next(suite) == sorted([str(fiche), str(config)])


def test_a_page_knows_that_it_was_rebuilt_and_a_fault_leaves_the_site(site: Path, port: int) -> None:
    dits: list[str] = []
    vus: list[str] = []

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

    faits = iter([None, ErreurCarte("une fiche est à corriger")])

    def construire() -> None:
        if (faute := next(faits)) is not None:
            raise faute

    suivre(site, port, changes(), construire, dits.append)
    avant, apres, encore, accueil, page, script, service, donnees = vus
    assert (avant, apres, encore) == ("0", "1", "1"), "a fault makes no new site"
    balise = '<script src="/.carte/relire.js" defer></script></body>'
    assert [texte.count(balise) for texte in (accueil, page)] == [1, 1]
    assert "location.reload()" in script
    assert "unregister" in service and "garder" not in service
    assert donnees == "{}"
    assert (site / "index.html").read_text(encoding="utf-8").count("script") == 0, "the site itself is as it was built"
    assert dits[0] == "Changé : a.yml. Le site se reconstruit…"
    assert dits[1:] == [
        "Changé : 2 fichiers. Le site se reconstruit…",
        "Le site d'avant reste montré. Il se reconstruira quand vous aurez enregistré la correction.",
    ]


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
