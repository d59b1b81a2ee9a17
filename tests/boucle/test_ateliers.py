"""A pull request, from the branch of its author to its comment: the very commands of a hub's workflows are run.

Only what needs a forge is played: what copies the repository, what installs, where an artifact goes, and `gh`.
"""

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from ateliers import Etape, jouer
from carte.boucle.commentaire import MARQUE
from carte.demo.ecriture import fichiers as demonstration
from carte.hub.fichiers import fichiers
from carte.hub.programme import Programme
from carte.hub.reponses import Reponses
from depots import git
from sites import RACINE

pytestmark = pytest.mark.usefixtures("avec_git")
COMMIT = "0123456789abcdef0123456789abcdef01234567"
JETON = "jeton-qui-ecrit"
GH = r"""#!/bin/bash
printf '%s|%s\n' "$GH_TOKEN" "$*" >> "$NOTES"
case "$*" in
  "run download"*) while [ "$1" != --dir ]; do shift; done; cp "$ARTEFACTS/proposition/proposition.md" "$2/" ;;
  *"/pulls"*) printf '7 %s\n' "$SHA" ;;
  *"body=@"*) for mot in "$@"; do case $mot in body=@*) cp "${mot#body=@}" "$COMMENTAIRE" ;; esac; done ;;
esac
"""


@dataclass
class Forge:
    """A repository in a forge of this folder, and what its workflows leave there."""

    dossier: Path
    depot: str

    @property
    def artefacts(self) -> Path:
        return self.dossier / "artefacts"

    @property
    def commentaire(self) -> Path:
        return self.dossier / "commentaire.md"

    @property
    def notes(self) -> list[str]:
        return (self.dossier / "notes.txt").read_text(encoding="utf-8").splitlines()

    def copier(self, nom: str, branche: str) -> Path:
        """What a workflow finds: the branch with its history, and the program, not to be installed again."""
        copie = self.dossier / nom
        git(self.dossier, "clone", "-q", "--branch", branche, str(self.dossier / "origine"), str(copie))
        programme = copie / "programme"
        (programme / ".git").mkdir(parents=True)
        (programme / ".git" / f"copie-{COMMIT}").touch()
        (programme / "Makefile").write_text("programme:\n\t@true\n", encoding="utf-8")
        (programme / "scripts").symlink_to(RACINE / "scripts")
        carte = programme / ".venv" / "bin" / "carte"
        carte.parent.mkdir(parents=True)
        carte.write_text(
            f'#!/bin/sh\nPYTHONPATH="{RACINE / "scripts"}" exec "{sys.executable}" -m carte "$@"\n', encoding="utf-8"
        )
        carte.chmod(0o755)
        return copie

    def environ(self, copie: Path) -> dict[str, str]:
        """What every job is given by the forge, and no key."""
        (self.dossier / "bin").mkdir(exist_ok=True)
        gh = self.dossier / "bin" / "gh"
        gh.write_text(GH, encoding="utf-8")
        gh.chmod(0o755)
        temporaire = self.dossier / f"{copie.name}-temporaire"
        temporaire.mkdir()
        return {
            "PATH": f"{gh.parent}:{os.environ['PATH']}",
            "HOME": str(self.dossier),
            "TMPDIR": str(temporaire),
            "LC_ALL": "C.UTF-8",
            "GITHUB_WORKSPACE": str(copie),
            "GITHUB_REPOSITORY": "hub/carte",
            "GITHUB_STEP_SUMMARY": str(temporaire / "resume.md"),
            "GITHUB_OUTPUT": str(temporaire / "sorties"),
            "NOTES": str(self.dossier / "notes.txt"),
            "ARTEFACTS": str(self.artefacts),
            "COMMENTAIRE": str(self.commentaire),
            "SHA": "a" * 40,
        }

    def controler(self, branche: str) -> list[Etape]:
        """« Contrôle »: the branch of the author, read-only."""
        copie = self.copier("controle", branche)
        self.artefacts.mkdir()
        tache = _tache(copie, "controle")
        return jouer(tache, copie, {"github.base_ref": "main"}, self.artefacts, self.environ(copie))

    def commenter(self, branche: str) -> list[Etape]:
        """« Proposition »: the branch main, the text that was left, and the key that writes."""
        copie = self.copier("commentaire", "main")
        evenement = "github.event.workflow_run"
        contexte = {
            "github.token": JETON,
            f"{evenement}.id": "42",
            f"{evenement}.head_sha": "a" * 40,
            f"{evenement}.head_repository.owner.login": "contributrice",
            f"{evenement}.head_branch": branche,
        }
        return jouer(_tache(copie, "proposition"), copie, contexte, self.artefacts, self.environ(copie))


def _tache(copie: Path, nom: str) -> dict[str, Any]:
    flux = copie / ".github" / "workflows" / f"{nom}.yml"
    (tache,) = yaml.safe_load(flux.read_text(encoding="utf-8"))["jobs"].values()
    return dict(tache)


@pytest.fixture(params=["https://github.com/hub/carte"])
def forge(request: pytest.FixtureRequest, tmp_path: Path) -> Forge:
    """A hub's own repository, made from the model, with the records of the demonstration; its author's copy in `sa`."""
    sa = tmp_path / "sa"
    siennes = Reponses({"49": "Maine-et-Loire"}, "Hub", "a@hub.example", request.param, "https://a.example/")
    programme = Programme("https://forge.example/carte", "v0.3.0", COMMIT)
    for nom, texte in fichiers(siennes, programme, {"49": ("Angers", "49007")}, date(2026, 11, 2)).items():
        if not nom.startswith("offers/"):
            (sa / nom).parent.mkdir(parents=True, exist_ok=True)
            (sa / nom).write_text(texte, encoding="utf-8")
    config = (RACINE / "carte.yml").read_text(encoding="utf-8").replace("geo: geo", f"geo: {RACINE / 'geo'}")
    (sa / "carte.yml").write_text(re.sub("publication_precedente:.*", "", config), encoding="utf-8")
    # As they are made: those of the project may be corrected by anybody.
    for nom, texte in demonstration().items():
        if nom.startswith("offers/99/"):
            (sa / nom).parent.mkdir(parents=True, exist_ok=True)
            (sa / nom).write_text(texte, encoding="utf-8")
    git(tmp_path, "init", "-q", "-b", "main", str(sa))
    git(sa, "add", ".")
    git(sa, "commit", "-q", "-m", "Premier état")
    git(tmp_path, "clone", "-q", "--bare", str(sa), str(tmp_path / "origine"))
    git(sa, "remote", "add", "origin", str(tmp_path / "origine"))
    git(sa, "checkout", "-q", "-b", "proposition")
    return Forge(tmp_path, request.param)


def _proposer(forge: Forge, message: str) -> None:
    sa = forge.dossier / "sa"
    git(sa, "add", "-A")
    git(sa, "commit", "-q", "-m", message)
    git(sa, "push", "-q", "origin", "proposition")


def _changer(forge: Forge, ancien: str, nouveau: str) -> None:
    fiche = forge.dossier / "sa" / "offers" / "99" / "agence-france-travail-valbourg.yml"
    texte = fiche.read_text(encoding="utf-8")
    assert ancien in texte
    fiche.write_text(texte.replace(ancien, nouveau), encoding="utf-8")


def test_two_commits_become_a_comment_and_the_site_as_it_would_be(forge: Forge) -> None:
    _changer(forge, "+33199003949", "+33199003950")
    _proposer(forge, "Le téléphone")
    _changer(forge, "08:30-12:15,13:15-16:15", "08:30-12:15")
    _proposer(forge, "Les heures")
    etapes = forge.controler("proposition")
    assert [etape.code for etape in etapes] == [0] * len(etapes), etapes[-1].dit
    assert [etape.commande.split()[1] for etape in etapes if etape.commande.startswith("make")] == [
        "installer",
        "valider",
        "relecteurs",
        "site",
    ]
    page = forge.artefacts / "apercu-du-site/lieux/99/agence-france-travail-valbourg/index.html"
    assert "+33199003950" in page.read_text(encoding="utf-8")
    (_, commente) = forge.commenter("proposition")
    assert commente.code == 0, commente.dit
    texte = forge.commentaire.read_text(encoding="utf-8")
    assert texte == (forge.artefacts / "proposition/proposition.md").read_text(encoding="utf-8")
    assert texte.startswith(f"{MARQUE}\n\n## 1 fiche changée\n")
    assert "<td><code>+33199003949</code></td><td><code>+33199003950</code></td>" in texte
    assert forge.notes[-1].startswith(f"{JETON}|api --silent -X POST repos/hub/carte/issues/7/comments")


def test_from_a_fork_a_hostile_record_and_makefile_run_nothing_with_rights(forge: Forge) -> None:
    sa = forge.dossier / "sa"
    temoin = "$(touch temoin)`touch temoin`"
    nom = f"::error file=carte.yml::faux ::add-mask::x <script>alert(1)</script> @equipe {temoin}"
    _changer(forge, "nom: France Travail de Valbourg", f"nom: '{nom}'")
    _changer(forge, "+33199003949", "%0A::warning::faux")
    makefile = (sa / "Makefile").read_text(encoding="utf-8")
    (sa / "Makefile").write_text(f"$(shell env > temoin-env; echo x > temoin-make)\n{makefile}", encoding="utf-8")
    for flux in (sa / ".github" / "workflows").glob("*.yml"):
        if flux.stem != "controle":
            flux.unlink()
    _proposer(forge, temoin)
    etapes = forge.controler("proposition")
    # Their own Makefile ran, where there is nothing to take; the fault is told, then nothing is built.
    copie = forge.dossier / "controle"
    assert (copie / "temoin-make").exists()
    assert JETON not in (copie / "temoin-env").read_text(encoding="utf-8")
    assert not (copie / "temoin").exists()
    assert [(etape.commande.split()[1], etape.code) for etape in etapes[:2]] == [("installer", 0), ("valider", 2)]
    assert "comparer" in etapes[2].commande and etapes[2].code == 0 and len(etapes) == 3
    annonces = [ligne for ligne in etapes[1].dit.splitlines() if ligne.lstrip().startswith("::")]
    assert annonces and all(
        ligne.startswith(("::error file=offers/99/agence", "::notice file=offers/99/", "::warning file=offers/99/"))
        for ligne in annonces
    )
    assert {p.name for p in forge.artefacts.iterdir()} == {"proposition"}
    # What may write starts from main: their Makefile and their workflows are not there.
    (copier, commenter) = forge.commenter(temoin)
    assert (copier.code, commenter.code) == (0, 0), commenter.dit
    assert not list((forge.dossier / "commentaire").glob("temoin*"))
    texte = forge.commentaire.read_text(encoding="utf-8")
    assert texte.startswith(MARQUE) and "<script>" not in texte
    assert not re.search(r"@equipe(?![^<]*</code>)", texte)
    assert {note.split("|")[0] for note in forge.notes} == {JETON}


@pytest.mark.parametrize("forge", ["https://gitlab.com/hub/carte"], indirect=True)
def test_on_gitlab_the_same_proposal_leaves_its_report_and_stops(forge: Forge) -> None:
    _changer(forge, "+33199003949", "06 12")
    _proposer(forge, "Un téléphone faux")
    copie = forge.copier("controle", "proposition")
    taches = yaml.safe_load((copie / ".gitlab-ci.yml").read_text(encoding="utf-8"))
    tache = taches["proposition"]
    avant = [c for c in taches[tache["extends"]]["before_script"] if not c.startswith("apt-get ")]
    environ = forge.environ(copie) | {"CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main"}
    fini = subprocess.run(
        ["bash", "-e", "-c", "\n".join([*avant, *tache["script"]])],
        cwd=copie,
        env=environ,
        capture_output=True,
        text=True,
    )
    assert fini.returncode == 1, fini.stderr
    problemes = json.loads((copie / "problemes.json").read_text(encoding="utf-8"))
    assert {p["location"]["path"] for p in problemes if p["severity"] == "blocker"} == {
        "offers/99/agence-france-travail-valbourg.yml"
    }
    assert (copie / "proposition.md").read_text(encoding="utf-8").startswith(MARQUE)
    assert not (copie / "build" / "site").exists()
