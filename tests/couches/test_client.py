"""What the client does when a server falters: tries again, resumes, refuses, and keeps what is whole."""

import socket
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from carte.couches.brut import CouchesIndisponibles
from carte.couches.cache import Cache, Recu, ouvrir_cache
from carte.couches.client import Client, Reglages, origine, sure
from couches import serveur_de_pannes as pannes
from couches.serveur_de_pannes import TOUJOURS, Banc

LONG = b"code_insee;nbr\n" + b"36044;12345\n" * 20_000
COURT = b"code_insee;nbr\n36044;1\n"
ATTENTES_DE_5_ESSAIS = [1, 2, 4, 8]


@pytest.fixture
def banc(monkeypatch: pytest.MonkeyPatch) -> Iterator[Banc]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with pannes.servir() as banc:
        banc.fichiers = {"/long.csv": LONG, "/court.csv": COURT}
        yield banc


@pytest.fixture
def attentes() -> list[float]:
    """The waits that the client asked for; none is made."""
    return []


Lire = Callable[..., Recu]


@pytest.fixture
def lire(banc: Banc, attentes: list[float], tmp_path: Path) -> Lire:
    """Fetch a file as a new run does; the copies of runs before are there."""

    def une_fois(
        nom: str,
        controle: Callable[[bytes, str], object] = lambda *_: None,
        *,
        durable: bool = True,
        **reglages: object,
    ) -> Recu:
        choisis = {"dormir": attentes.append, "aujourdhui": lambda: date(2026, 11, 28), "delai_s": 5.0} | reglages
        with ouvrir_cache(tmp_path / "cache" if durable else None) as cache:
            client = Client(frozenset({banc.adresse}), cache, Reglages(**choisis))  # type: ignore[arg-type]
            return client.lire(banc.adresse + nom, controle)

    return une_fois


def test_a_file_is_received_whole(lire: Lire, banc: Banc, attentes: list[float]) -> None:
    recu = lire("/long.csv")
    assert (recu.contenu, recu.jour) == (LONG, date(2026, 11, 28))
    assert recu.origine.adresse == f"{banc.adresse}/long.csv"
    assert attentes == []


def test_a_server_that_falters_is_asked_again_after_longer_and_longer(
    lire: Lire, banc: Banc, attentes: list[float]
) -> None:
    banc.casser("/court.csv", pannes.code(500), pannes.code(503), pannes.code(502), pannes.code(504))
    assert lire("/court.csv").contenu == COURT
    assert attentes == ATTENTES_DE_5_ESSAIS


def test_it_stops_after_five_tries(lire: Lire, banc: Banc, attentes: list[float]) -> None:
    banc.casser("/court.csv", pannes.code(500), fois=TOUJOURS)
    with pytest.raises(
        CouchesIndisponibles, match=r"en panne \(réponse 500\), même après 5 essais ; réessayez plus tard"
    ):
        lire("/court.csv")
    assert len(banc.demandes) == 5
    assert attentes == ATTENTES_DE_5_ESSAIS


@pytest.mark.parametrize(
    ("numero", "message"),
    [
        (404, r"n'existe pas à cette adresse \(réponse 404\) ; .*option --depuis"),
        (410, "n'existe pas"),
        (403, "l'accès est refusé"),
        (401, "l'accès est refusé"),
        (418, r"réponse inattendue \(418\)"),
        (304, r"réponse inattendue \(304\)"),
    ],
)
def test_a_refusal_is_asked_once(lire: Lire, banc: Banc, attentes: list[float], numero: int, message: str) -> None:
    banc.casser("/court.csv", pannes.code(numero), fois=TOUJOURS)
    with pytest.raises(CouchesIndisponibles, match=message):
        lire("/court.csv")
    assert (len(banc.demandes), attentes) == (1, [])


def test_a_server_is_left_alone_as_long_as_it_asks(lire: Lire, banc: Banc, attentes: list[float]) -> None:
    banc.casser("/court.csv", pannes.code(429, Retry_After="7"), pannes.code(503, Retry_After="n'importe quoi"))
    assert lire("/court.csv").contenu == COURT
    assert attentes == [7, 2]


def test_a_server_that_asks_for_an_hour_is_not_waited_for(lire: Lire, banc: Banc, attentes: list[float]) -> None:
    banc.casser("/court.csv", pannes.code(429, Retry_After="3600"), fois=TOUJOURS)
    with pytest.raises(CouchesIndisponibles, match=r"trop de demandes \(réponse 429\) ; "):
        lire("/court.csv")
    assert attentes == []


def test_what_was_cut_is_resumed_where_it_stopped(lire: Lire, banc: Banc, attentes: list[float]) -> None:
    banc.casser("/long.csv", pannes.coupe(100_000))
    assert lire("/long.csv").contenu == LONG
    premiere, seconde = banc.demandes_de("/long.csv")
    assert "range" not in premiere
    assert (seconde["range"], seconde["if-range"]) == ("bytes=100000-", pannes.etag_de(LONG))
    assert attentes == [1]


def test_the_next_run_resumes_what_this_one_left(lire: Lire, banc: Banc) -> None:
    banc.casser("/long.csv", pannes.coupe(100_000), pannes.code(500), pannes.code(500), pannes.code(500))
    with pytest.raises(CouchesIndisponibles, match=r"0,1 Mo reçus\) ; relancez la même commande .* reprendra"):
        lire("/long.csv", essais=4)
    assert lire("/long.csv").contenu == LONG
    assert banc.demandes_de("/long.csv")[-1]["range"] == "bytes=100000-"


def test_a_long_file_comes_in_as_many_pieces_as_the_line_needs(lire: Lire, banc: Banc, attentes: list[float]) -> None:
    enorme = LONG * 40
    banc.fichiers["/long.csv"] = enorme
    banc.casser("/long.csv", pannes.coupe(1_100_000), *[pannes.suite_coupee(1_100_000)] * 6)
    assert lire("/long.csv").contenu == enorme
    assert attentes == [1] * 7


def test_without_copies_nothing_is_left_to_resume(lire: Lire, banc: Banc, tmp_path: Path) -> None:
    banc.casser("/long.csv", pannes.coupe(100_000), pannes.code(500))
    with pytest.raises(CouchesIndisponibles, match="réessayez plus tard"):
        lire("/long.csv", essais=2, durable=False)
    assert lire("/long.csv", durable=False).contenu == LONG
    assert "range" not in banc.demandes_de("/long.csv")[-1]
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize("poli", [True, False], ids=["obeys-if-range", "ignores-if-range"])
def test_two_versions_are_never_joined(lire: Lire, banc: Banc, poli: bool) -> None:
    nouveau = LONG.replace(b"12345", b"67890")
    suite = pannes.autre(nouveau) if poli else pannes.suite_dune_autre(nouveau)
    banc.casser("/long.csv", pannes.coupe(100_000), suite)
    banc.fichiers["/long.csv"] = LONG
    attendu = nouveau if poli else LONG
    assert lire("/long.csv").contenu == attendu


def test_a_file_shorter_than_what_was_received_is_asked_from_the_start(lire: Lire, banc: Banc) -> None:
    banc.casser("/long.csv", pannes.coupe(100_000), pannes.code(416))
    assert lire("/long.csv").contenu == LONG
    assert "range" not in banc.demandes_de("/long.csv")[-1]


def test_a_cut_that_cannot_be_resumed_starts_again(lire: Lire, banc: Banc) -> None:
    banc.casser("/long.csv", pannes.longueur_fausse(1_000), pannes.longueur_fausse(1_000))
    assert lire("/long.csv").contenu == LONG
    assert all("range" not in demande for demande in banc.demandes_de("/long.csv"))


def test_a_server_that_says_nothing_more_is_dropped(lire: Lire, banc: Banc) -> None:
    banc.casser("/long.csv", pannes.muet, fois=TOUJOURS)
    with pytest.raises(CouchesIndisponibles, match=r"ne répond plus \(rien reçu pendant 0.1 s\), même après 2 essais"):
        lire("/long.csv", delai_s=0.1, essais=2)


def test_a_server_that_is_too_slow_is_dropped(lire: Lire, banc: Banc) -> None:
    heure = iter(range(0, 10_000_000, 1_000))
    with pytest.raises(CouchesIndisponibles, match="trop lent"):
        lire("/long.csv", chrono=lambda: float(next(heure)), essais=2)


def test_nobody_there_is_said(lire: Lire, banc: Banc) -> None:
    with socket.create_server(("127.0.0.1", 0)) as prise:
        banc.adresse = f"http://127.0.0.1:{prise.getsockname()[1]}"
    with pytest.raises(
        CouchesIndisponibles, match=r"127\.0\.0\.1 refuse la connexion, même .*vérifiez l'accès au réseau"
    ):
        lire("/court.csv")


def test_a_packed_file_is_unpacked(lire: Lire, banc: Banc) -> None:
    banc.casser("/long.csv", pannes.comprime_et_coupe, pannes.comprime)
    assert lire("/long.csv").contenu == LONG


def test_an_unknown_packing_is_refused(lire: Lire, banc: Banc) -> None:
    banc.casser("/court.csv", lambda reponse, _: reponse.envoyer(200, b"x", {"Content-Encoding": "br"}))
    with pytest.raises(CouchesIndisponibles, match=r"compression inconnue \(br\)"):
        lire("/court.csv")


@pytest.mark.parametrize("panne", [pannes.autre(LONG), pannes.comprime], ids=["announced", "unpacked"])
def test_a_file_out_of_bounds_is_refused(lire: Lire, banc: Banc, panne: pannes.Panne) -> None:
    banc.casser("/long.csv", panne)
    with pytest.raises(CouchesIndisponibles, match="le fichier dépasse 0,1 Mo"):
        lire("/long.csv", octets_max=100_000)


@pytest.mark.parametrize(
    ("vers", "message"),
    [
        ("/long.csv", "renvoie d'adresse en adresse sans fin"),
        ("https://ailleurs.example/x.csv", "renvoie vers ailleurs.example, que Carte ne connaît pas"),
        ("http://ailleurs.example/x.csv", "http://ailleurs.example/x.csv, qui n'est pas protégée par https"),
        ("file:///etc/passwd", "qui n'est pas protégée par https"),
        ("https://moi:secret@127.0.0.1/x", "qui n'est pas protégée"),
    ],
)
def test_a_redirection_leads_nowhere_else(lire: Lire, banc: Banc, vers: str, message: str) -> None:
    banc.casser("/long.csv", pannes.renvoi(vers), fois=TOUJOURS)
    with pytest.raises(CouchesIndisponibles, match=message):
        lire("/long.csv")


def test_a_redirection_on_the_same_server_is_followed(lire: Lire, banc: Banc) -> None:
    banc.casser("/long.csv", pannes.renvoi("/court.csv"))
    assert lire("/long.csv").contenu == COURT


@pytest.mark.parametrize(
    "adresse", ["http://127.0.0.1:1/x", "ftp://127.0.0.1/x", "https://insee.example/x", "http://geo.api.gouv.fr/x"]
)
def test_no_other_server_is_asked(lire: Lire, banc: Banc, adresse: str) -> None:
    with ouvrir_cache(None) as cache, pytest.raises(CouchesIndisponibles, match="Carte ne demande rien"):
        Client(frozenset({banc.adresse}), cache).lire(adresse, lambda *_: None)


@pytest.mark.parametrize(
    ("contenu", "message"),
    [
        (b"", "la réponse est vide"),
        (b"\xef\xbb\xbf \n", "la réponse est vide"),
        (b"<!DOCTYPE html><title>Maintenance</title>", "une page web a été reçue"),
        (b"\n  <HTML><body>", "une page web a été reçue"),
    ],
)
def test_what_is_no_file_is_refused(lire: Lire, banc: Banc, contenu: bytes, message: str) -> None:
    banc.fichiers["/court.csv"] = contenu
    with pytest.raises(CouchesIndisponibles, match=message):
        lire("/court.csv")


def test_a_file_that_has_not_changed_is_not_sent_again(lire: Lire, banc: Banc) -> None:
    assert lire("/long.csv").contenu == lire("/long.csv").contenu == LONG
    assert banc.demandes_de("/long.csv")[1]["if-none-match"] == pannes.etag_de(LONG)
    banc.fichiers["/long.csv"] = COURT
    assert lire("/long.csv").contenu == COURT


def test_a_copy_that_was_damaged_is_asked_again(lire: Lire, banc: Banc, tmp_path: Path) -> None:
    lire("/long.csv")
    (copie,) = (tmp_path / "cache").glob("*.contenu")
    copie.write_bytes(LONG[:-1])
    assert lire("/long.csv").contenu == LONG
    assert "if-none-match" not in banc.demandes_de("/long.csv")[1]


def test_what_the_control_refuses_is_not_kept(lire: Lire, banc: Banc, tmp_path: Path) -> None:
    def refuser(_contenu: bytes, nom: str) -> None:
        raise CouchesIndisponibles(f"{nom} : non.")

    with pytest.raises(CouchesIndisponibles, match=r"/court\.csv : non"):
        lire("/court.csv", refuser)
    assert not list((tmp_path / "cache").glob("*.contenu"))
    lire("/court.csv")
    with pytest.raises(CouchesIndisponibles):
        lire("/court.csv", refuser)
    assert not list((tmp_path / "cache").glob("*.contenu")), "the server says it has not changed, and it is no good"


def test_a_file_is_asked_once_a_run(banc: Banc, tmp_path: Path) -> None:
    client = Client(frozenset({banc.adresse}), Cache(tmp_path, durable=True))
    for _ in range(3):
        client.lire(f"{banc.adresse}/court.csv", lambda *_: None)
    assert len(banc.demandes) == 1


def test_a_cache_that_cannot_be_written_costs_only_time(
    lire: Lire, banc: Banc, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "cache").write_text("un fichier à la place du dossier")
    assert lire("/long.csv").contenu == LONG
    assert "ne peut pas servir (un fichier porte déjà ce nom)" in caplog.text


def test_a_long_download_says_how_far_it_is(lire: Lire, banc: Banc, caplog: pytest.LogCaptureFixture) -> None:
    heure = iter(range(0, 10_000, 3))
    caplog.set_level("INFO", "carte")
    lire("/long.csv", chrono=lambda: float(next(heure)))
    assert "/long.csv : 0,1 Mo sur 0,2 Mo (" in caplog.text.replace("0,0 Mo sur", "0,1 Mo sur")


@pytest.mark.parametrize(
    ("adresse", "oui"),
    [
        ("https://a.example/x", True),
        ("http://localhost:8000/x", True),
        ("http://[::1]:8000/x", True),
        ("http://a.example/x", False),
        ("https://moi@a.example/x", False),
        ("https:///x", False),
        ("file:///x", False),
    ],
)
def test_which_addresses_are_safe(adresse: str, oui: bool) -> None:
    assert sure(adresse) is oui


def test_a_server_is_known_by_its_name_and_port() -> None:
    assert origine("https://A.example:8443/x?y") == "https://a.example:8443"
