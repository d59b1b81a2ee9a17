"""Who checked what and when: from git alone, for the hub alone; what a cut history cannot tell stays unknown."""

import csv
import io
import os
from datetime import date
from pathlib import Path

import pytest

from carte.boucle.historique import COLONNES, HistoireIllisible, Passage, lire_histoire, tableau
from depots import git
from publish import monde

pytestmark = pytest.mark.usefixtures("avec_git")


def ecrire(depot: Path, nom: str, *lignes: str) -> None:
    fiche = depot / "offers" / "99" / f"{nom}.yml"
    fiche.parent.mkdir(parents=True, exist_ok=True)
    fiche.write_text("\n".join([f"nom: {nom}", *lignes, ""]), encoding="utf-8")


def enregistrer(depot: Path, qui: str, jour: str) -> None:
    git(depot, "add", "-A")
    git(depot, "commit", "-q", "-m", "un état", qui=qui, jour=jour)


@pytest.fixture
def depot(tmp_path: Path) -> Path:
    """Four records, changed in turn by people whose names are not all harmless."""
    dossier = tmp_path / "depot"
    dossier.mkdir()
    git(dossier, "init", "-q", "-b", "main")
    for nom in ("jamais", "verifiee", "changee"):
        ecrire(dossier, nom)
    enregistrer(dossier, "Ana", "2026-01-05")
    ecrire(dossier, "verifiee", "verifie_le: 2026-02-01")
    ecrire(dossier, "changee", "verifie_le: 2026-02-01")
    enregistrer(dossier, '=HYPERLINK("x")', "2026-02-02")
    ecrire(dossier, "changee", "verifie_le: 2026-02-01", "adresse: 1 rue A", "# on sait que verifie_le: est juste")
    (dossier / "offers" / "LISEZMOI.md").write_text("verifie_le: demain\n", encoding="utf-8")
    enregistrer(dossier, "Zoé", "2026-03-03")
    return dossier


def test_the_last_change_and_the_last_check_are_two_things(depot: Path) -> None:
    ecrire(depot, "changee", "verifie_le: 2026-02-01", "adresse: 2 rue A")
    ecrire(depot, "neuve")
    histoire = lire_histoire(depot, depot / "offers")
    pose = Passage(date(2026, 2, 2), '=HYPERLINK("x")')
    assert histoire.verifications["99/verifiee.yml"] == histoire.verifications["99/changee.yml"] == pose
    assert histoire.changes["99/changee.yml"] == Passage(date(2026, 3, 3), "Zoé")
    assert histoire.changes["99/jamais.yml"] == Passage(date(2026, 1, 5), "Ana")
    assert histoire.locales == {"99/changee.yml", "99/neuve.yml"}
    assert (histoire.coupees, "99/jamais.yml" in histoire.verifications) == (frozenset(), False)
    fiches = [
        monde.fiche("changee", verifie_le=date(2026, 2, 1)),
        monde.fiche("verifiee", verifie_le=date(2026, 2, 1)),
        monde.fiche("jamais"),
        monde.fiche("neuve"),
        monde.fiche("ailleurs"),
    ]
    lignes = {r["id"]: r for r in csv.DictReader(io.StringIO(tableau(fiches, histoire).decode()))}
    assert tuple(lignes["99/jamais"]) == COLONNES
    verifiee, jamais = lignes["99/verifiee"], lignes["99/jamais"]
    assert (verifiee["verifie_par"], verifiee["verification_enregistree_le"]) == ('\'=HYPERLINK("x")', "2026-02-02")
    assert (jamais["verifie_le"], jamais["verifie_par"], jamais["change_par"]) == ("", "", "Ana")
    assert {nom.removeprefix("99/"): ligne["a_savoir"] for nom, ligne in lignes.items() if ligne["a_savoir"]} == {
        "changee": "changée sur cet ordinateur, pas encore dans l’histoire du dépôt",
        "neuve": "changée sur cet ordinateur, pas encore dans l’histoire du dépôt",
        "ailleurs": "pas dans l’histoire du dépôt",
    }


def test_a_copy_without_its_history_does_not_say_that_its_first_state_wrote_everything(
    depot: Path, tmp_path: Path
) -> None:
    court = tmp_path / "court"
    git(tmp_path, "clone", "-q", "--depth", "2", f"file://{depot}", str(court))
    histoire = lire_histoire(court, court / "offers")
    assert histoire.coupees == {"99/jamais.yml", "99/verifiee.yml"}
    assert histoire.changes == {
        "99/changee.yml": Passage(date(2026, 3, 3), "Zoé"),
        "LISEZMOI.md": Passage(date(2026, 3, 3), "Zoé"),
    }
    assert histoire.verifications.get("99/changee.yml") is None
    (ligne,) = csv.DictReader(
        io.StringIO(tableau([monde.fiche("verifiee", verifie_le=date(2026, 2, 1))], histoire).decode())
    )
    assert (ligne["verifie_par"], ligne["change_par"]) == ("", "")
    assert ligne["a_savoir"].startswith("ce dépôt a été copié sans toute son histoire")


def test_a_hub_inside_a_larger_repository_reads_its_own_records(depot: Path, tmp_path: Path) -> None:
    grand = tmp_path / "grand"
    grand.mkdir()
    git(grand, "init", "-q", "-b", "main")
    ecrire(grand / "hubs" / "é b", "sienne")
    ecrire(grand, "autre")
    enregistrer(grand, "Ana", "2026-01-05")
    hub = grand / "hubs" / "é b"
    assert set(lire_histoire(hub, hub / "offers").changes) == {"99/sienne.yml"}
    # Whatever its owner asked git for: paths from here, nothing of the first state.
    git(grand, "config", "diff.relative", "true")
    git(grand, "config", "log.showRoot", "false")
    assert set(lire_histoire(hub, hub / "offers").changes) == {"99/sienne.yml"}


def test_no_program_of_the_repository_runs_and_what_is_no_repository_is_said(depot: Path, tmp_path: Path) -> None:
    temoin, piege = tmp_path / "temoin", tmp_path / "piege"
    piege.write_text(f"#!/bin/sh\ntouch '{temoin}'\n", encoding="utf-8")
    piege.chmod(0o755)
    for cle in ("core.fsmonitor", "diff.external", "diff.piege.textconv", "gpg.program", "core.pager"):
        git(depot, "config", cle, str(piege))
    git(depot, "config", "log.showSignature", "true")
    crochet = depot / ".git" / "hooks" / "post-index-change"
    crochet.parent.mkdir(exist_ok=True)
    crochet.write_bytes(piege.read_bytes())
    crochet.chmod(0o755)
    (depot / ".gitattributes").write_text("*.yml diff=piege\n", encoding="utf-8")
    # Read again by git, which would note in its index that nothing changed.
    os.utime(depot / "offers" / "99" / "jamais.yml", (0, 0))
    index = (depot / ".git" / "index").read_bytes()
    assert lire_histoire(depot, depot / "offers").changes
    assert (temoin.exists(), (depot / ".git" / "index").read_bytes()) == (False, index)
    (tmp_path / "rien" / "offers").mkdir(parents=True)
    (tmp_path / "rien" / ".git").write_text("gitdir: nulle-part\n", encoding="utf-8")
    with pytest.raises(HistoireIllisible, match="ne peut pas être lue"):
        lire_histoire(tmp_path / "rien", tmp_path / "rien" / "offers")
    with pytest.raises(HistoireIllisible, match="n'est pas dans le dépôt"):
        lire_histoire(depot, tmp_path)
