"""The links of the records: looked at with care, from a server of this machine; what is not known is never « gone »."""

import select
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from carte.boucle.liens import Reglages, publique, sans_reseau, verifier
from carte.boucle.releve import ReleveIllisible, a_jour, ecrire_releve, lire_releve
from carte.choix import Seuils
from carte.publish.relecture.liens import Etat, Vu
from carte.publish.relecture.modele import Groupe
from carte.publish.relecture.motifs import motifs
from publish import monde

JOUR, HIER = date(2026, 11, 2), date(2026, 11, 1)


@dataclass
class Serveur:
    """What was asked of it, by how many at once, and where it is."""

    demandes: list[str] = field(default_factory=list)
    ensemble: int = 0
    plus_ensemble: int = 0
    verrou: threading.Lock = field(default_factory=threading.Lock)
    port: int = 0

    def adresse(self, chemin: str, hote: str = "127.0.0.1") -> str:
        return f"http://{hote}:{self.port}{chemin}"


class _Reponses(BaseHTTPRequestHandler):
    """`/<code>` answers so, `/vers?<address>` sends there, and a few pages of their own."""

    serveur: Serveur

    def _repondre(self) -> None:
        serveur = self.serveur
        with serveur.verrou:
            serveur.demandes.append(f"{self.command} {self.path}")
            serveur.ensemble += 1
            serveur.plus_ensemble = max(serveur.plus_ensemble, serveur.ensemble)
        threading.Event().wait(0.01)  # long enough for another request to be seen beside this one
        with serveur.verrou:
            serveur.ensemble -= 1
        chemin, _, suite = self.path.partition("?")
        if chemin == "/goutte":
            # Headers that never end, each byte in time, until whoever asked hangs up.
            while not select.select([self.connection], [], [], 0.02)[0]:
                self.wfile.write(b"X")
            return
        sans_tete = chemin == "/sans-tete" and self.command == "HEAD"
        code = 302 if chemin == "/vers" else 404 if sans_tete else int(chemin[1:]) if chemin[1:].isdigit() else 200
        self.send_response(code)
        if chemin == "/vers":
            self.send_header("Location", suite)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_GET = _repondre

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def serveur() -> Iterator[Serveur]:
    etat = Serveur()
    gestionnaire = type("Reponses", (_Reponses,), {"serveur": etat})
    with ThreadingHTTPServer(("127.0.0.1", 0), gestionnaire) as ecoute:
        ecoute.daemon_threads = True
        etat.port = ecoute.server_address[1]
        fil = threading.Thread(target=ecoute.serve_forever, daemon=True)
        fil.start()
        yield etat
        ecoute.shutdown()


def reglages(**changes: Any) -> Reglages:
    return Reglages(**{"permis": frozenset({"127.0.0.1"}), "dormir": lambda _: None, **changes})


def test_three_states_and_none_of_them_is_guessed(serveur: Serveur) -> None:
    attendus = {
        "/200": (Etat.EXISTE, ""),
        "/sans-tete": (Etat.EXISTE, ""),
        "/404": (Etat.DISPARU, "erreur 404"),
        "/410": (Etat.DISPARU, "erreur 410"),
        "/403": (Etat.INCONNU, "le site ne répond pas aux programmes (403)"),
        "/503": (Etat.INJOIGNABLE, "erreur 503"),
        "/vers?/200": (Etat.EXISTE, ""),
        "/vers?/404": (Etat.DISPARU, "erreur 404"),
        "/vers?/vers?/vers?/vers?/vers?/vers?/200": (Etat.INJOIGNABLE, "trop de renvois"),
        "/vers?http://169.254.169.254/latest": (Etat.INCONNU, "adresse privée : elle n’est pas visitée"),
        "/vers?file:///etc/passwd": (Etat.INCONNU, "adresse que Carte ne sait pas visiter"),
        "/vers?http://a:b:c/": (Etat.INCONNU, "adresse que Carte ne sait pas visiter"),
        "/é à?ü=1": (Etat.EXISTE, ""),
    }
    constats = verifier([serveur.adresse(chemin) for chemin in attendus], reglages())
    assert {chemin: constats[serveur.adresse(chemin)] for chemin in attendus} == attendus
    assert serveur.plus_ensemble == 1, "one site is asked one thing at a time"
    assert "HEAD /%C3%A9%20%C3%A0?%C3%BC=1" in serveur.demandes
    # What does not answer is asked twice in all: the first time by HEAD, then whole, and once more.
    assert serveur.demandes.count("GET /503") == 2 and serveur.demandes.count("GET /410") == 1
    assert not sans_reseau(constats)


def test_a_private_address_is_never_connected_to(serveur: Serveur, monkeypatch: pytest.MonkeyPatch) -> None:
    pose = ["10.0.0.5"]
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda hote, port, **_: [(socket.AF_INET, 1, 6, "", (ip, port)) for ip in pose]
    )
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("a connection was made"))
    for numeros in (["10.0.0.5"], ["127.0.0.1"], ["169.254.169.254"], ["93.184.216.34", "192.168.1.1"], ["224.0.0.1"]):
        pose[:] = numeros
        (constat,) = verifier(["http://interne.example/"], Reglages()).values()
        assert constat == (Etat.INCONNU, "adresse privée : elle n’est pas visitée"), numeros
    pose[:] = ["93.184.216.34"]
    for adresse in ("http://a.example:22/", "ftp://a.example/", "http://moi:mot@a.example/", "http://a.example:x/"):
        (constat,) = verifier([adresse], Reglages()).values()
        assert constat[0] is Etat.INCONNU, adresse


@pytest.mark.parametrize(
    ("numero", "attendu"),
    [
        ("93.184.216.34", True), ("2606:2800:220:1::1", True), ("64:ff9b::5db8:d822", True),
        ("10.1.2.3", False), ("172.16.0.1", False), ("100.64.0.1", False), ("0.0.0.0", False), ("240.0.0.1", False),
        ("::1", False), ("::", False), ("fe80::1%eth0", False), ("fd00::1", False), ("ff02::1", False),
        ("::ffff:10.0.0.1", False), ("::ffff:127.0.0.1", False), ("64:ff9b::7f00:1", False), ("2002:7f00:1::", False),
    ],
)  # fmt: skip
def test_what_is_public(numero: str, attendu: bool) -> None:
    assert publique(numero) is attendu


def test_the_number_that_was_checked_is_the_one_connected_to(serveur: Serveur, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that would resolve otherwise the second time is resolved once."""
    demandes = []

    def resoudre(hote: str, port: int, **_: object) -> list[tuple[object, ...]]:
        demandes.append(hote)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", resoudre)
    adresse = serveur.adresse("/200", "a.example")
    assert verifier([adresse], reglages(permis=frozenset({"a.example"}))) == {adresse: (Etat.EXISTE, "")}
    assert demandes == ["a.example"]


def test_without_network_no_link_is_dead(monkeypatch: pytest.MonkeyPatch) -> None:
    def resoudre(*_: object, **__: object) -> object:
        raise socket.gaierror(-3, "no network")

    monkeypatch.setattr(socket, "getaddrinfo", resoudre)
    constats = verifier(["https://a.example/", "https://b.example/"], Reglages())
    assert {etat for etat, _ in constats.values()} == {Etat.INCONNU}
    assert sans_reseau(constats)


def test_one_that_does_not_answer_is_not_asked_again_and_hides_no_other(serveur: Serveur) -> None:
    mortes = [f"http://localhost:1/{rang}" for rang in range(3)]
    vers_une_morte = serveur.adresse("/vers?http://localhost:1/")
    permis = frozenset({"127.0.0.1", "localhost"})
    constats = verifier([*mortes, vers_une_morte, serveur.adresse("/200")], reglages(permis=permis))
    assert [constats[a][0] for a in (*mortes, vers_une_morte)] == [Etat.INJOIGNABLE] * 4
    assert constats[serveur.adresse("/200")] == (Etat.EXISTE, "")


def test_a_site_that_asks_for_less_and_the_end_of_time_leave_the_rest_unknown(serveur: Serveur) -> None:
    pauses: list[float] = []
    adresses = [serveur.adresse(chemin) for chemin in ("/200", "/429", "/404")]
    constats = verifier(adresses, reglages(dormir=pauses.append))
    assert [constats[a][0] for a in adresses] == [Etat.EXISTE, Etat.INCONNU, Etat.INCONNU]
    assert serveur.demandes == ["HEAD /200", "HEAD /429"]
    assert pauses == [1.0]
    heures = iter([0.0, 1.0, 700.0])
    constats = verifier(adresses, reglages(chrono=lambda: next(heures)))
    assert [constats[a] for a in adresses[1:]] == [(Etat.INCONNU, "le temps accordé était fini")] * 2


def test_a_server_that_never_ends_its_answer_is_left(serveur: Serveur) -> None:
    """And its site with it; alone, it does not prove that there is a network."""
    adresses = [serveur.adresse("/goutte"), serveur.adresse("/200")]
    constats = verifier(adresses, reglages(visite_max_s=0.3))
    assert (sans_reseau(constats), {etat for etat, _ in constats.values()}) == (True, {Etat.INCONNU})
    assert not any("/200" in demande for demande in serveur.demandes)


def test_what_could_not_be_looked_at_changes_nothing(tmp_path: Path) -> None:
    fichier = tmp_path / "relire" / "liens.json"
    assert lire_releve(fichier) == {}
    ancien = {nom: Vu(Etat.INJOIGNABLE, "erreur 503", HIER, HIER) for nom in ("a", "b", "c", "oubliee")}
    constats = {
        "a": (Etat.INJOIGNABLE, "erreur 500"),
        "b": (Etat.EXISTE, ""),
        "c": (Etat.INCONNU, "x"),
        "d": (Etat.INCONNU, "x"),
    }
    neuf = a_jour(ancien, constats, JOUR)
    assert neuf == {
        "a": Vu(Etat.INJOIGNABLE, "erreur 500", JOUR, HIER),
        "b": Vu(Etat.EXISTE, "", JOUR, JOUR),
        "c": ancien["c"],
    }
    ecrire_releve(fichier, neuf)
    assert lire_releve(fichier) == neuf
    for faux in ("{", "[]", '{"a": 3}', '{"a": {"etat": "mort", "detail": "", "le": "2026-01-01", "depuis": "x"}}'):
        fichier.write_text(faux, encoding="utf-8")
        with pytest.raises(ReleveIllisible, match="relancez avec --liens"):
            lire_releve(fichier)


def test_only_what_is_gone_or_silent_puts_a_record_in_the_list() -> None:
    complete = {
        "adresse": "1 rue A",
        "horaires": "Mo-Fr 09:00-12:00",
        "modalites_acces": ["Se présenter"],
        "frais_a_charge": ["Gratuit"],
        "accessibilite": {"fauteuil": True},
        "site_web": ["https://a.example/", "https://b.example/", "https://c.example/", "https://jamais.example/"],
        "prise_rdv": "https://rdv.example/",
    }
    vus = {
        "https://a.example/": Vu(Etat.EXISTE, "", JOUR, JOUR),
        "https://b.example/": Vu(Etat.DISPARU, "erreur 404", JOUR, HIER),
        "https://c.example/": Vu(Etat.INJOIGNABLE, "erreur 503", JOUR, HIER),
        "https://rdv.example/": Vu(Etat.INCONNU, "", JOUR, JOUR),
    }
    trouves = motifs(monde.fiche(**complete), [], JOUR, Seuils(), vus)
    assert [(m.groupe, m.constat, m.question) for m in trouves] == [
        (
            Groupe.DOUTE,
            "Le site https://b.example/ n’existe plus (erreur 404, le 2 novembre 2026).",
            "Quelle est l’adresse de votre site ?",
        ),
        (
            Groupe.A_RELIRE,
            "Le site https://c.example/ n’a pas répondu le 2 novembre 2026, déjà le 1er novembre 2026 (erreur 503) : "
            "essayez-le.",
            "",
        ),
    ]
    assert motifs(monde.fiche(**complete, date_fermeture=HIER), [], JOUR, Seuils(), vus) == []
