"""The monthly issue on GitLab and Forgejo: one, opened then replaced, by a forge of this machine that only notes."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

import ticket_du_mois
from carte.boucle import relire
from carte.boucle.commentaire import TAILLE_MAX

TEXTE = f"{relire.MARQUE}\n\n## 1 fiche\n\n- [ ] une\n"
CHEMINS = {"gitlab": "/api/v4/projects/12/issues", "forgejo": "/api/v1/repos/hub/carte/issues"}
CHAMPS = {"gitlab": ("iid", "description", "PUT"), "forgejo": ("number", "body", "PATCH")}


class Forge:
    """The issues it holds, two a page, and what it was asked."""

    def __init__(self) -> None:
        self.tickets: list[dict[str, Any]] = []
        self.demandes: list[tuple[str, str, dict[str, Any]]] = []
        self.cles: set[str] = set()
        self.code = 200
        self.port = 0


class _Reponses(BaseHTTPRequestHandler):
    forge: Forge

    def _repondre(self) -> None:
        forge, adresse = self.forge, urlsplit(self.path)
        corps = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        recu = json.loads(corps) if corps else {}
        forge.demandes.append((self.command, adresse.path, recu))
        forge.cles.add(self.headers.get("PRIVATE-TOKEN") or self.headers.get("Authorization") or "")
        page = int(parse_qs(adresse.query).get("page", ["1"])[0])
        reponse: Any = forge.tickets[2 * page - 2 : 2 * page] if self.command == "GET" else {"iid": 9, "number": 9}
        octets = json.dumps(reponse).encode()
        self.send_response(forge.code)
        if forge.code == 302:
            self.send_header("Location", f"http://127.0.0.1:{forge.port}/ailleurs")
        self.send_header("Content-Length", str(len(octets)))
        self.end_headers()
        self.wfile.write(octets)

    do_GET = do_POST = do_PUT = do_PATCH = _repondre

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def forge() -> Iterator[Forge]:
    etat = Forge()
    with ThreadingHTTPServer(("127.0.0.1", 0), type("Reponses", (_Reponses,), {"forge": etat})) as ecoute:
        etat.port = ecoute.server_address[1]
        threading.Thread(target=ecoute.serve_forever, daemon=True).start()
        yield etat
        ecoute.shutdown()


def lancer(forge: Forge, nom: str, dossier: Path, texte: str = TEXTE, **autres: str) -> int:
    fichier = dossier / "a-relire.md"
    fichier.write_text(texte, encoding="utf-8")
    environ = {
        "CI_API_V4_URL": f"http://127.0.0.1:{forge.port}/api/v4",
        "CI_PROJECT_ID": "12",
        "GITHUB_SERVER_URL": f"http://127.0.0.1:{forge.port}",
        "GITHUB_REPOSITORY": "hub/carte",
        "CARTE_JETON": "secret-de-la-forge",
    }
    with pytest.raises(SystemExit) as fin:
        ticket_du_mois.main([nom, str(fichier)], environ | autres)
    return int(fin.value.code or 0)


@pytest.mark.parametrize("nom", CHEMINS)
def test_one_issue_is_opened_then_replaced(forge: Forge, nom: str, tmp_path: Path) -> None:
    numero, champ, methode = CHAMPS[nom]
    etrangers = [{numero: 1, champ: None}, {numero: 2, champ: f"Je cite {relire.MARQUE}"}]
    forge.tickets = etrangers
    assert lancer(forge, nom, tmp_path) == 0
    assert [d for d in forge.demandes if d[0] != "GET"] == [
        ("POST", CHEMINS[nom], {"title": "Les fiches à relire", champ: TEXTE})
    ]
    # Found on the second page, and the first of two; nothing to read again is said there too.
    forge.tickets, forge.demandes = [*etrangers, {numero: 7, champ: TEXTE}, {numero: 8, champ: TEXTE}], []
    rien = f"{relire.MARQUE}\n\nAucune.\n"
    assert lancer(forge, nom, tmp_path, rien) == 0
    assert [d for d in forge.demandes if d[0] != "GET"] == [(methode, f"{CHEMINS[nom]}/7", {champ: rien})]
    assert all("secret-de-la-forge" in cle for cle in forge.cles)
    forge.tickets, forge.demandes = etrangers, []
    assert (lancer(forge, nom, tmp_path, rien), {d[0] for d in forge.demandes}) == (0, {"GET"})


def test_what_is_refused_writes_nothing_and_never_says_the_key(
    forge: Forge, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for texte in ("Autre chose\n", f"{relire.MARQUE}\n" + "a" * 65_001):
        assert lancer(forge, "gitlab", tmp_path, texte) == 1
    assert lancer(forge, "github", tmp_path) == 2
    assert (lancer(forge, "gitlab", tmp_path, CARTE_JETON=""), forge.demandes) == (0, [])
    dit = capsys.readouterr().out
    assert "Il manque la variable CARTE_JETON" in dit and "- [ ] une" in dit
    for code in (302, 401, 500):
        forge.code, forge.demandes = code, []
        assert lancer(forge, "gitlab", tmp_path) == 1
        assert [d[1] for d in forge.demandes] == [CHEMINS["gitlab"]], "nothing is asked elsewhere, nor written"
    dit = capsys.readouterr().out
    assert "réponse 401" in dit and "secret-de-la-forge" not in dit


def test_the_program_and_the_script_know_one_mark_and_one_size() -> None:
    assert ticket_du_mois.MARQUE == relire.MARQUE
    assert TAILLE_MAX < ticket_du_mois.TAILLE_MAX
