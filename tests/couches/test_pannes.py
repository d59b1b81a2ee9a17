"""`carte couches` when the source falters, on real files: what a person reads, the exit code, what stays on disk."""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from click.testing import CliRunner, Result

from carte import territory
from carte.cli import cli
from carte.couches import client, extraits, sources
from carte.couches.client import Reglages
from carte.couches.rangement import LISTE
from carte.couches.registre import TableNationale, lire_registre
from carte.couches.verification import PAS_VERIFIE, PLUS_RECENT
from carte.entrees import COG_NATIONAL
from carte.territory import Cog, lire_cog
from carte.territory.manifeste import NOM, lire_manifeste
from couches import officiels
from couches import serveur_de_pannes as pannes
from couches.serveur_de_pannes import TOUJOURS, Banc, Panne
from sites import RACINE

pytestmark = pytest.mark.partage

CONTOURS = "/geo/departements/972/communes"
EPCIS = "/geo/epcis"
DEBIT = "/arcep/commune_debit_filaire.csv"
TECHNO = "/arcep/commune_meilleure_techno_thd.csv"
GRILLE = "/insee/grille_densite_7_niveaux_2024.xlsx"
EPCI_972 = json.dumps([{"code": "249720061", "nom": "CA du Centre de la Martinique"}]).encode()


def publies(partage: Path) -> dict[str, bytes]:
    """What the national services have, played with the real files."""
    donnees = partage / "data"
    return {
        CONTOURS: (donnees / "contours-2018" / "communes-972-martinique.geojson").read_bytes(),
        "/geo/departements/971/communes": (donnees / "contours-2018" / "communes-971-guadeloupe.geojson").read_bytes(),
        EPCIS: EPCI_972,
        DEBIT: _sauf_metropole((donnees / "arcep" / "synthetique-commune_debit_filaire.csv").read_bytes()),
        TECHNO: (donnees / "arcep" / "indre-meilleure_techno.csv").read_bytes(),
        GRILLE: (donnees / "insee" / "grille_densite_7_niveaux_2024.xlsx").read_bytes(),
    }


def _sauf_metropole(table: bytes) -> bytes:
    """Enough rows to be cut in the middle; what is read of the others is the same, only longer."""
    entete, *lignes = table.splitlines(keepends=True)
    return b"".join([entete, *lignes[:2_000], *(ligne for ligne in lignes if ligne.startswith(b"97"))])


@pytest.fixture(scope="module")
def cog() -> Cog:
    return lire_cog([RACINE / COG_NATIONAL])


@pytest.fixture
def attentes() -> list[float]:
    """The waits that were asked for; none is made."""
    return []


@pytest.fixture
def banc(
    partage: Path, tmp_path: Path, cog: Cog, attentes: list[float], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Banc]:
    """The national services on this machine, without a national table."""
    monkeypatch.setattr(territory, "lire_cog", lambda _: cog)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    reglages = Reglages(essais=3, dormir=attentes.append, aujourdhui=lambda: date(2026, 11, 28))
    monkeypatch.setattr(client, "Reglages", lambda: reglages)
    with pannes.servir() as banc:
        banc.fichiers = publies(partage)
        monkeypatch.setattr(sources, "GEO_API", f"{banc.adresse}/geo")
        monkeypatch.setattr(sources, "ARCEP", f"{banc.adresse}/arcep")
        declarer(monkeypatch)
        yield banc


def declarer(monkeypatch: pytest.MonkeyPatch, *tables: TableNationale) -> None:
    """The national tables that there are."""
    for module in (sources, extraits):
        monkeypatch.setattr(module, "lire_registre", lambda: tables)


@pytest.fixture
def avec_grille(banc: Banc, monkeypatch: pytest.MonkeyPatch) -> None:
    """The national grid is one of them, as it is published."""
    (grille,) = (table for table in lire_registre() if table.fichier == "densites.csv")
    declarer(monkeypatch, replace(grille, adresse=f"{banc.adresse}{GRILLE}"))


Lancer = Callable[..., Result]


@pytest.fixture
def lancer(banc: Banc, tmp_path: Path) -> Lancer:
    """`carte couches`, in a deployment of its own."""
    brut = yaml.safe_load((RACINE / "scripts" / "deploiements" / "indre.yml").read_text(encoding="utf-8"))
    brut["dossiers"] = {nom: str(tmp_path / nom) for nom in ("lieux", "geo", "sortie")}
    configuration = tmp_path / "essai.yml"
    configuration.write_text(yaml.safe_dump(brut, allow_unicode=True), encoding="utf-8")
    return lambda *mots: CliRunner().invoke(cli, ["couches", "--config", str(configuration), *mots])


@pytest.fixture
def geo(lancer: Lancer, banc: Banc, tmp_path: Path) -> Path:
    """The layers of the Martinique as a run without a fault leaves them; copies are forgotten."""
    resultat = lancer("972")
    assert resultat.exit_code == 0, resultat.output
    shutil.rmtree(tmp_path / "cache")
    banc.demandes.clear()
    return tmp_path / "geo"


def octets(dossier: Path) -> dict[str, bytes]:
    return {f.relative_to(dossier).as_posix(): f.read_bytes() for f in sorted(dossier.rglob("*")) if f.is_file()}


class Cas(NamedTuple):
    """A fault on a file, and what a person reads."""

    chemin: str
    panne: Callable[[bytes], Panne]
    lu: str


def _couper_la_ligne(contenu: bytes) -> bytes:
    return contenu.rstrip()[:-40]


REFUS = {
    "500-toujours": Cas(
        DEBIT, lambda _: pannes.code(500), "le serveur est en panne (réponse 500), même après 3 essais"
    ),
    "429-toujours": Cas(DEBIT, lambda _: pannes.code(429), "le serveur reçoit trop de demandes (réponse 429)"),
    "404": Cas(DEBIT, lambda _: pannes.code(404), "ce fichier n'existe pas à cette adresse (réponse 404)"),
    "403": Cas(DEBIT, lambda _: pannes.code(403), "l'accès est refusé (réponse 403)"),
    "coupee": Cas(DEBIT, lambda c: pannes.coupe(50_000), "le téléchargement reprendra où il s'est arrêté"),
    "longueur-trop-grande": Cas(DEBIT, lambda _: pannes.longueur_fausse(10), "la connexion est coupée avant la fin"),
    "longueur-trop-petite": Cas(DEBIT, lambda _: pannes.longueur_fausse(-40), "la dernière ligne est coupée"),
    "longueur-trop-petite-json": Cas(CONTOURS, lambda _: pannes.longueur_fausse(-40), "il est sans doute coupé"),
    "muet": Cas(DEBIT, lambda _: pannes.muet, "le serveur ne répond plus (rien reçu pendant 0.3 s)"),
    "renvois-en-rond": Cas(DEBIT, lambda _: pannes.renvoi(DEBIT), "renvoie d'adresse en adresse sans fin"),
    "renvoi-ailleurs": Cas(
        DEBIT, lambda _: pannes.renvoi("https://ailleurs.example/x.csv"), "ailleurs.example, que Carte ne connaît pas"
    ),
    "renvoi-en-clair": Cas(
        DEBIT, lambda _: pannes.renvoi("http://data.arcep.fr/x.csv"), "qui n'est pas protégée par https"
    ),
    "html-pour-csv": Cas(DEBIT, lambda _: pannes.autre(b"<!doctype html><h1>Maintenance</h1>"), "une page web a été"),
    "html-pour-geojson": Cas(CONTOURS, lambda _: pannes.autre(b"<html>Maintenance</html>"), "une page web a été reçue"),
    "html-pour-epci": Cas(EPCIS, lambda _: pannes.autre(b"<html>Maintenance</html>"), "une page web a été reçue"),
    "erreur-pour-epci": Cas(EPCIS, lambda _: pannes.autre(b'{"erreur": "oups"}'), "pas une liste d'intercommunalités"),
    "colonne-renommee": Cas(
        DEBIT, lambda c: pannes.autre(c.replace(b"code_insee", b"insee_com", 1)), "pas de colonne « code_insee »"
    ),
    "classes-renommees": Cas(
        DEBIT, lambda c: pannes.autre(c.replace(b"elig_", b"debit_")), "pas de colonne « elig_… »"
    ),
    "propriete-renommee": Cas(CONTOURS, lambda c: pannes.autre(c.replace(b'"code"', b'"insee"')), "« code »"),
    "vide": Cas(DEBIT, lambda _: pannes.autre(b""), "la réponse est vide"),
    "ligne-coupee": Cas(DEBIT, lambda c: pannes.autre(_couper_la_ligne(c)), "la dernière ligne est coupée"),
}


@pytest.mark.parametrize("nom", REFUS)
def test_a_fault_is_said_in_one_sentence_and_leaves_everything_as_it_was(
    nom: str, lancer: Lancer, banc: Banc, geo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cas, avant = REFUS[nom], octets(geo)
    if cas.panne(b"") is pannes.muet:
        presse = replace(client.Reglages(), delai_s=0.3)
        monkeypatch.setattr(client, "Reglages", lambda: presse)
    # Everything else is new: nothing of it may be written either.
    banc.fichiers[TECHNO] = banc.fichiers[TECHNO].replace(b"2026-06-30", b"2026-09-30")
    banc.casser(cas.chemin, cas.panne(banc.fichiers[cas.chemin]), fois=TOUJOURS)
    resultat = lancer("972")
    assert resultat.exit_code == 1
    (dit,) = [ligne for ligne in resultat.stderr.splitlines() if "nouvel essai" not in ligne]
    assert dit.startswith("Erreur : Département 972 : ")
    assert cas.lu in dit
    assert dit.endswith("Rien n'a été écrit.")
    assert "Traceback" not in resultat.output
    assert octets(geo) == avant


PASSE = {
    "500-une-fois": (DEBIT, lambda _: [pannes.code(500)], [1]),
    "429-et-attente": (DEBIT, lambda _: [pannes.code(429, Retry_After="7")], [7]),
    "coupee-puis-reprise": (DEBIT, lambda _: [pannes.coupe(50_000)], [1]),
    "gzip": (DEBIT, lambda _: [pannes.comprime], []),
    "autre-version-a-la-reprise": (
        DEBIT,
        lambda c: [pannes.coupe(50_000), pannes.suite_dune_autre(c.replace(b"2026-06-30", b"2026-09-30"))],
        [1, 2],
    ),
}


@pytest.mark.parametrize("nom", PASSE)
def test_a_fault_that_passes_changes_nothing(
    nom: str, lancer: Lancer, banc: Banc, geo: Path, attentes: list[float]
) -> None:
    chemin, faire, attendues = PASSE[nom]
    avant = octets(geo)
    banc.casser(chemin, *faire(banc.fichiers[chemin]))
    resultat = lancer("972")
    assert (resultat.exit_code, attentes) == (0, attendues), resultat.output
    assert octets(geo) == avant


def test_a_table_that_can_be_done_without_is_said_and_the_former_one_stays(
    avec_grille: None, lancer: Lancer, banc: Banc, geo: Path
) -> None:
    avant = octets(geo)
    banc.casser(GRILLE, pannes.autre(banc.fichiers[GRILLE][:200_000]), fois=TOUJOURS)
    resultat = lancer("972")
    assert resultat.exit_code == 0
    assert "ne s'ouvre pas, il est sans doute coupé" in resultat.output
    assert "Le fichier d'avant reste." in resultat.output
    assert octets(geo) == avant


def carres(cog: Cog, colonne: str = "ind") -> bytes:
    """The squares of the Martinique in the layout of Insee: one for each commune, its legal population in it."""
    lignes = [
        f"CRS5490RES200mN{1_600_000 + 200 * rang}E700000,x,0,{code},{commune.population:.1f},1\n"
        for rang, (code, commune) in enumerate(sorted(cog.actuelles.items()))
        if commune.departement == "972"
    ]
    tete = f"idcar_200m,idcar_1km,i_est_200,lcog_geo,{colonne},men\n"
    return officiels.archive({"carreaux_200m_mart.csv": "".join([tete, *lignes])})


def test_squares_come_and_fail_like_any_layer(
    lancer: Lancer, banc: Banc, cog: Cog, attentes: list[float], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Resumed where they were cut; another file is said, with what it costs, and the former one stays."""
    chemin, geo = "/insee/Filosofi2021_carreaux_200m_csv.zip", tmp_path / "geo"
    banc.fichiers[chemin] = carres(cog)
    (table,) = (table for table in lire_registre() if table.fichier == "carreaux.csv")
    declarer(monkeypatch, replace(table, adresse=f"{banc.adresse}{chemin}", lignes_au_moins=30))
    banc.casser(chemin, pannes.coupe(len(banc.fichiers[chemin]) // 2))
    resultat = lancer("972")
    assert (resultat.exit_code, len(attentes)) == (0, 1), resultat.output
    assert "carreaux habités portent" in resultat.output
    assert [demande.get("range") is not None for demande in banc.demandes_de(chemin)] == [False, True]
    avant = octets(geo)
    (couche,) = [x for x in lire_manifeste(geo / "972") if x.fichier == "carreaux.csv"]
    assert couche.origines[0].sha256 == sha256(banc.fichiers[chemin]).hexdigest()
    for recu, dit in (
        (carres(cog, "population"), "la colonne « ind » ou « Ind » est attendue"),
        (banc.fichiers[chemin][:-200], "sans doute coupé"),
        (b"<!doctype html><p>Maintenance", "une page web a été reçue"),
    ):
        shutil.rmtree(tmp_path / "cache")
        banc.casser(chemin, pannes.autre(recu), fois=TOUJOURS)
        resultat = lancer("972")
        assert resultat.exit_code == 0
        assert dit in resultat.output
        assert "Le fichier d'avant reste." in resultat.output
        assert octets(geo) == avant


def test_when_the_second_departement_fails_the_first_is_as_it_was(lancer: Lancer, banc: Banc, geo: Path) -> None:
    avant = octets(geo)
    banc.fichiers[TECHNO] = banc.fichiers[TECHNO].replace(b"2026-06-30", b"2026-09-30")
    banc.casser("/geo/departements/971/communes", pannes.code(404), fois=TOUJOURS)
    resultat = lancer("972", "971")
    assert resultat.exit_code == 1
    assert "Erreur : Département 971 : " in resultat.stderr
    assert octets(geo) == avant


def test_a_national_table_is_asked_and_kept_once_for_many_departements(
    avec_grille: None, lancer: Lancer, banc: Banc, geo: Path, tmp_path: Path
) -> None:
    assert lancer("972", "971").exit_code == 0
    assert [len(banc.demandes_de(table)) for table in (DEBIT, TECHNO, GRILLE)] == [1, 1, 1]
    copies = [f.stat().st_size for f in (tmp_path / "cache").rglob("*.contenu")]
    assert copies.count(len(banc.fichiers[DEBIT])) == 1
    for code in ("971", "972"):
        lignes = (geo / code / "arcep" / "commune_debit_filaire.csv").read_text(encoding="utf-8").splitlines()
        assert {ligne[:3] for ligne in lignes[1:]} == {code}
    banc.demandes.clear()
    assert lancer("972", "971").exit_code == 0
    assert all("if-none-match" in demande.entetes for demande in banc.demandes), "what is known is not sent again"


def test_without_copies_nothing_is_kept(lancer: Lancer, banc: Banc, geo: Path, tmp_path: Path) -> None:
    assert lancer("972", "--sans-cache").exit_code == 0
    assert not (tmp_path / "cache").exists()


def test_the_manifest_says_where_each_layer_comes_from(lancer: Lancer, banc: Banc, geo: Path) -> None:
    for couche in lire_manifeste(geo / "972"):
        assert couche.licence == "Licence Ouverte 2.0"
        (d_ou,) = couche.origines
        assert d_ou.adresse.startswith(f"{banc.adresse}/")
        assert d_ou.jour == date(2026, 11, 28)
        assert len(d_ou.sha256) == 64
        assert d_ou.sha256 == couche.sha256 or couche.fichier not in ("communes.geojson", "epcis.json")


def test_another_day_without_news_leaves_the_manifest_as_it_was(
    lancer: Lancer, geo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    avant = octets(geo)
    demain = replace(client.Reglages(), aujourdhui=lambda: date(2026, 11, 29))
    monkeypatch.setattr(client, "Reglages", lambda: demain)
    assert lancer("972").exit_code == 0
    assert octets(geo) == avant


def test_nothing_newer(avec_grille: None, lancer: Lancer, geo: Path) -> None:
    avant = octets(geo)
    resultat = lancer("--verifier", "972")
    assert resultat.exit_code == 0, resultat.output
    assert "  communes.geojson : à jour (relevé du 2026-11-28)" in resultat.output
    assert (
        "Couches : 5 à jour, 0 plus récente à la source, 0 pas vérifiée, 0 hors de la comparaison." in resultat.output
    )
    assert octets(geo) == avant


def test_something_newer(lancer: Lancer, banc: Banc, geo: Path) -> None:
    avant = octets(geo)
    banc.fichiers[DEBIT] = banc.fichiers[DEBIT].replace(b"2026-06-30", b"2026-09-30")
    banc.fichiers[CONTOURS] = banc.fichiers[CONTOURS].replace(b"Fort-de-France", b"Fort de France")
    resultat = lancer("--verifier", "972")
    assert resultat.exit_code == PLUS_RECENT
    filaire = "arcep/commune_debit_filaire.csv : plus récente à la source (2026-06-30 ici, 2026-09-30 à la source)"
    assert filaire in resultat.output
    assert "communes.geojson : plus récente à la source (même millésime" in resultat.output
    assert "commune_meilleure_techno.csv : à jour" in resultat.output
    assert octets(geo) == avant


def test_a_national_table_that_changed_elsewhere_is_not_newer_here(lancer: Lancer, banc: Banc, geo: Path) -> None:
    banc.fichiers[DEBIT] = banc.fichiers[DEBIT].replace(b"01001;L'Abergement", b"01001;Abergement")
    assert lancer("--verifier", "972").exit_code == 0


def test_a_layer_that_could_not_be_compared(avec_grille: None, lancer: Lancer, banc: Banc, geo: Path) -> None:
    banc.casser(GRILLE, pannes.code(404), fois=TOUJOURS)
    resultat = lancer("--verifier", "972")
    assert resultat.exit_code == PAS_VERIFIE
    assert "densites.csv : pas vérifiée" in resultat.output
    assert "réponse 404" in resultat.output


def test_one_departement_that_fails_does_not_hide_the_others(lancer: Lancer, banc: Banc, geo: Path) -> None:
    banc.casser("/geo/departements/971/communes", pannes.code(404), fois=TOUJOURS)
    resultat = lancer("--verifier", "971", "972")
    assert resultat.exit_code == PAS_VERIFIE
    assert "Département 971\n  toutes les couches : pas vérifiée" in resultat.output
    assert "4 à jour" in resultat.output


def test_what_somebody_changed_is_not_compared(avec_grille: None, lancer: Lancer, geo: Path) -> None:
    (geo / "972" / "densites.csv").write_text("code_insee;classe\n97201;rural\n", encoding="utf-8")
    resultat = lancer("--verifier", "972")
    assert resultat.exit_code == 0
    assert "densites.csv : hors de la comparaison (elle n'est pas comme Carte l'a écrite" in resultat.output


@pytest.fixture
def miroir(banc: Banc, partage: Path, avec_grille: None) -> str:
    """A mirror of the shared material, as its keeper makes it."""
    racine, lignes = partage / "data", []
    noms = [
        *(f"contours-2018/communes-{x}.geojson" for x in ("971-guadeloupe", "972-martinique")),
        "insee/grille_densite_7_niveaux_2024.xlsx",
    ]
    for nom in noms:
        banc.fichiers[f"/miroir/{nom}"] = (racine / nom).read_bytes()
        empreinte = sha256(banc.fichiers[f"/miroir/{nom}"]).hexdigest()
        lignes.append(f"{empreinte}  ./{nom}\n")
    banc.fichiers[f"/miroir/{LISTE}"] = "".join(lignes).encode()
    return f"{banc.adresse}/miroir/"


def test_a_mirror_gives_what_its_folder_gives(lancer: Lancer, miroir: str, partage: Path, tmp_path: Path) -> None:
    assert lancer("972", "--depuis", miroir).exit_code == 0
    du_miroir = octets(tmp_path / "geo" / "972")
    shutil.rmtree(tmp_path / "geo")
    assert lancer("972", "--depuis", str(partage / "data")).exit_code == 0
    du_dossier = octets(tmp_path / "geo" / "972")
    assert du_miroir["communes.geojson"] == du_dossier["communes.geojson"]
    assert du_miroir["densites.csv"] == du_dossier["densites.csv"]
    assert f"adresse: {miroir}contours-2018/communes-972-martinique.geojson".encode() in du_miroir[NOM]
    assert b"adresse: contours-2018/communes-972-martinique.geojson" in du_dossier[NOM]
    assert str(partage).encode() not in du_dossier[NOM], "what is published names no folder of a machine"


def test_killed_in_the_middle_of_a_file_the_next_run_takes_the_rest(
    lancer: Lancer, banc: Banc, miroir: str, geo: Path, tmp_path: Path
) -> None:
    nom = "/miroir/contours-2018/communes-972-martinique.geojson"
    avant, moitie = octets(geo), len(banc.fichiers[nom]) // 2
    banc.casser(nom, pannes.muet_a_moitie)
    mots = ["couches", "972", "--depuis", miroir, "--config", str(tmp_path / "essai.yml")]
    processus = subprocess.Popen([sys.executable, "-m", "carte", *mots], cwd=RACINE, stderr=subprocess.DEVNULL)
    limite = time.monotonic() + 60
    while not _recus(tmp_path) >= moitie and time.monotonic() < limite:
        time.sleep(0.02)
    processus.kill()
    processus.wait()
    assert octets(geo) == avant
    assert lancer("972", "--depuis", miroir).exit_code == 0
    assert [demande.get("range") for demande in banc.demandes_de(nom)] == [None, f"bytes={moitie}-"]
    assert (geo / "972" / "communes.geojson").read_bytes() == banc.fichiers[nom]


def _recus(dossier: Path) -> int:
    return sum(f.stat().st_size for f in (dossier / "cache").rglob("*.partiel"))


def test_a_mirror_whose_file_is_not_the_one_announced(lancer: Lancer, banc: Banc, miroir: str, geo: Path) -> None:
    avant = octets(geo)
    banc.fichiers["/miroir/contours-2018/communes-972-martinique.geojson"] = banc.fichiers[CONTOURS].replace(b"0", b"1")
    resultat = lancer("972", "--depuis", miroir)
    assert resultat.exit_code == 1
    assert f"ce fichier n'est pas celui qu'annonce {LISTE}" in resultat.stderr
    assert octets(geo) == avant


def test_a_mirror_without_its_list(lancer: Lancer, banc: Banc, miroir: str) -> None:
    del banc.fichiers[f"/miroir/{LISTE}"]
    assert f"{LISTE} : ce fichier n'existe pas" in lancer("972", "--depuis", miroir).stderr
    banc.fichiers[f"/miroir/{LISTE}"] = b"communes-972.geojson\n"
    resultat = lancer("972", "--depuis", miroir)
    assert "ce n'est pas une liste d'empreintes" in resultat.stderr
    assert resultat.exit_code == 1


@pytest.mark.parametrize(
    ("adresse", "message"),
    [
        ("http://miroir.example/", "un miroir est demandé par https"),
        ("https://moi:secret@miroir.example/", "ne contient ni nom ni mot de passe"),
        ("https://miroir.example/?jeton=1", "sans « ? » ni « # »"),
        ("ftp://miroir.example/", "un miroir est demandé par https"),
    ],
)
def test_an_address_that_may_not_be_asked(lancer: Lancer, adresse: str, message: str) -> None:
    resultat = lancer("972", "--depuis", adresse)
    assert resultat.exit_code == 1
    assert message in resultat.stderr
    assert "secret" not in resultat.output
