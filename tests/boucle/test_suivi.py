"""The records to read again: the commands, the monthly issue, and a `gh` that only notes what it is asked."""

import csv
import os
import re
import socket
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from carte.boucle.commentaire import TAILLE_MAX
from carte.boucle.releve import ecrire_releve, lire_releve
from carte.boucle.relire import MARQUE, bilan, en_markdown, en_texte
from carte.cli import cli
from carte.publish.relecture.liens import Etat, Vu
from carte.publish.relecture.modele import ALire, Groupe, Motif
from publish import monde
from sites import RACINE

SCRIPT = RACINE / "scripts" / "fraicheur_du_mois.sh"
GH = r"""#!/bin/bash
printf '%s\n' "$*" >> "$NOTES"
case "$*" in *"--paginate"*) printf '%b' "$TICKETS" ;; esac
"""
CARTE = '#!/bin/bash\necho "$*" >> "$NOTES"; cat "$TEXTE"\n'


def lignes(nombre: int, **champs: str) -> list[ALire]:
    motif = Motif(Groupe.ANCIENNE, "Vue @tous #1 <script> [x](http://x.example)", "Tout est-il exact ?")
    return [ALire(monde.fiche(f"lieu-{rang}", **champs), (motif,)) for rang in range(nombre)]


def test_no_text_of_a_record_makes_a_mention_or_a_link_and_the_message_is_bounded() -> None:
    texte = en_markdown(lignes(2, nom="@equipe </code> https://x.example `a`\n- [ ] faux"), monde.configuration())
    assert texte.startswith(MARQUE) and texte.count("\n- [ ] ") == 2
    assert "<script>" not in texte and texte.count("<code>") == texte.count("</code>")
    dehors = "".join(part.split("</code>")[-1] for part in texte.split("<code>"))
    assert "@" not in dehors and "x.example" not in dehors and "+33123456789" not in texte
    grand = en_markdown(lignes(500, nom="é" * 200), monde.configuration())
    assert len(grand) <= TAILLE_MAX and "Et 440 autres" in grand
    brouillon = replace(lignes(1)[0], motifs=(Motif(Groupe.BROUILLON, "Incomplète."),))
    assert "](https://" not in en_markdown([brouillon], monde.configuration())
    assert "offers/99/lieu-0.yml" in en_markdown([brouillon], monde.configuration())


def test_nothing_to_read_again() -> None:
    assert "aucune fiche n’est à relire" in en_markdown([], monde.configuration())
    assert bilan([]) == en_texte([], monde.configuration()) == "Aucune fiche à relire."


def test_the_commands_write_beside_the_site_and_count_ages_to_the_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texte = (
        (RACINE / "carte.yml").read_text(encoding="utf-8").replace("sortie: build", f"sortie: {tmp_path / 'sortie'}")
    )
    config = tmp_path / "carte.yml"
    config.write_text(texte, encoding="utf-8")

    def lancer(*arguments: str) -> str:
        resultat = CliRunner().invoke(cli, [*arguments, "--config", str(config)], catch_exceptions=False)
        assert resultat.exit_code == 0, resultat.output
        return resultat.output

    def sans_reseau(*_: object, **__: object) -> object:
        raise socket.gaierror(-3, "no network")

    monkeypatch.setattr(socket, "getaddrinfo", sans_reseau)
    lieu = next(f for f in sorted((RACINE / "offers/99").glob("*.yml")) if "site_web:" in f.read_text(encoding="utf-8"))
    adresse = yaml.safe_load(lieu.read_text(encoding="utf-8"))["site_web"][0]
    morte = Vu(Etat.DISPARU, "erreur 404", date(2026, 11, 1), date(2026, 11, 1))
    ecrire_releve(tmp_path / "sortie/relire/liens.json", {adresse: morte, "https://ailleurs.example/": morte})
    tot, tard = (lancer("relire", "--date", *reste) for reste in (["2026-11-02"], ["2027-11-02", "--liens"]))
    for sortie in (tot, tard):
        assert f"Le site {adresse} n’existe plus (erreur 404, le 1er novembre 2026)." in sortie
    # Without a network, what was seen stays as it was; an address that no record has any more is forgotten.
    assert "Aucun site n'a répondu" in tard
    assert lire_releve(tmp_path / "sortie/relire/liens.json") == {adresse: morte}
    ages = [int(re.search(r"^(\d+) fiches à relire", sortie, re.MULTILINE)[1]) for sortie in (tot, tard)]  # type: ignore[index]
    assert ages[0] < ages[1]
    ecrits = list(csv.DictReader((tmp_path / "sortie/relire/a-relire.csv").open(encoding="utf-8", newline="")))
    assert [int(ligne["rang"]) for ligne in ecrits] == list(range(1, ages[1] + 1))
    assert "relances.csv" in lancer("relances", "--date", "2026-11-29")
    assert (tmp_path / "sortie/relances/relances.csv").is_file()
    assert not (tmp_path / "sortie/site").exists()


@pytest.mark.parametrize(
    ("texte", "tickets", "code", "demande"),
    [
        (f"{MARQUE}\n\n- [ ] une\n", "", 0, "-X POST repos/hub/carte/issues -f title=Les fiches à relire"),
        (f"{MARQUE}\n\n- [ ] une\n", "12\\n40\\n", 0, "-X PATCH repos/hub/carte/issues/12 "),
        # Nothing to read again: the open issue says so, and no other is opened for it.
        (f"{MARQUE}\n\nAucune.\n", "12\\n", 0, "-X PATCH repos/hub/carte/issues/12 "),
        (f"{MARQUE}\n\nAucune.\n", "", 0, None),
        ("Autre chose\n", "", 1, None),
        (f"{MARQUE}\n" + "a" * 65_001, "", 1, None),
        (f"{MARQUE}\n\n- [ ] une\n", "12;rm\\n", 0, "-X POST repos/hub/carte/issues "),
    ],
    ids=["opens", "replaces", "empties", "nothing", "foreign", "long", "hostile"],
)
def test_one_issue_is_opened_then_replaced(
    tmp_path: Path, texte: str, tickets: str, code: int, demande: str | None
) -> None:
    for nom, contenu in (("gh", GH), ("carte", CARTE)):
        outil = tmp_path / "bin" / nom
        outil.parent.mkdir(exist_ok=True)
        outil.write_text(contenu, encoding="utf-8")
        outil.chmod(0o755)
    (tmp_path / "texte").write_text(texte, encoding="utf-8")
    notes = tmp_path / "notes"
    dits = {
        "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}",
        "NOTES": str(notes),
        "TEXTE": str(tmp_path / "texte"),
        "TICKETS": tickets,
        "CARTE": str(tmp_path / "bin/carte"),
        "GITHUB_REPOSITORY": "hub/carte",
        "RUNNER_TEMP": str(tmp_path),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "resume"),
        "LC_ALL": "C.UTF-8",
    }
    fini = subprocess.run(["bash", SCRIPT], env=os.environ | dits, capture_output=True, text=True, check=False)
    assert fini.returncode == code, fini.stdout + fini.stderr
    ecritures = [note for note in notes.read_text(encoding="utf-8").splitlines() if "-X P" in note]
    assert [demande in note for note in ecritures if demande] == ([True] if demande else [])
    assert len(ecritures) == (1 if demande else 0)
