"""The comment of a proposal, with a `gh` that only notes what it is asked."""

import os
import subprocess
from pathlib import Path

import pytest

from carte.boucle.commentaire import MARQUE, TAILLE_MAX
from sites import RACINE

SCRIPT = RACINE / "scripts" / "commenter_proposition.sh"
SHA = "a" * 40
GH = r"""#!/bin/bash
printf '%s\n' "$*" >> "$NOTES"
case "$*" in
  "run download"*)
    while [ "$1" != --dir ]; do shift; done
    [ -n "$TEXTE" ] && cp -P "$TEXTE" "$2/proposition.md" ;;
  *"/pulls"*) printf '%b' "$PROPOSITIONS" ;;
  *"--paginate"*) printf '%b' "$COMMENTAIRES" ;;
esac
"""


def commenter(
    dossier: Path,
    texte: Path | None,
    *,
    propositions: str = f"7 {SHA}\\n",
    commentaires: str = "",
    branche: str = "corriger",
) -> tuple[int, str, list[str]]:
    """Exit code, what is said, and what `gh` was asked."""
    (dossier / "bin").mkdir(exist_ok=True)
    outil = dossier / "bin" / "gh"
    outil.write_text(GH, encoding="utf-8")
    outil.chmod(0o755)
    notes = dossier / "notes.txt"
    notes.write_text("", encoding="utf-8")
    dits = {
        "PATH": f"{dossier / 'bin'}:{os.environ['PATH']}",
        "NOTES": str(notes),
        "TEXTE": str(texte or ""),
        "PROPOSITIONS": propositions,
        "COMMENTAIRES": commentaires,
        "GITHUB_REPOSITORY": "hub/carte",
        "RUN_ID": "42",
        "HEAD_SHA": SHA,
        "HEAD_OWNER": "contributrice",
        "HEAD_BRANCH": branche,
        "LC_ALL": "C.UTF-8",
    }
    fini = subprocess.run(["bash", SCRIPT], env=os.environ | dits, capture_output=True, text=True, check=False)
    return fini.returncode, fini.stdout + fini.stderr, notes.read_text(encoding="utf-8").splitlines()


@pytest.fixture
def texte(tmp_path: Path) -> Path:
    fichier = tmp_path / "texte.md"
    fichier.write_text(f"{MARQUE}\n\n## 1 fiche changée\n", encoding="utf-8")
    return fichier


def test_a_first_comment_is_added_then_replaced(tmp_path: Path, texte: Path) -> None:
    code, _, demandes = commenter(tmp_path, texte)
    assert code == 0
    assert demandes[-1].startswith("api --silent -X POST repos/hub/carte/issues/7/comments -F body=@")
    code, _, demandes = commenter(tmp_path, texte, commentaires="901\\n902\\n")
    assert code == 0
    assert demandes[-1].startswith("api --silent -X PATCH repos/hub/carte/issues/comments/901 -F body=@")


@pytest.mark.parametrize("propositions", ["", f"7 {'b' * 40}\\n", f"7;id {SHA}\\n"])
def test_a_proposal_that_moved_on_is_left_alone(tmp_path: Path, texte: Path, propositions: str) -> None:
    code, dit, demandes = commenter(tmp_path, texte, propositions=propositions)
    assert (code, len(demandes)) == (0, 2)
    assert "Aucune proposition ouverte" in dit


def test_a_check_that_left_nothing_is_no_fault(tmp_path: Path) -> None:
    code, dit, demandes = commenter(tmp_path, None)
    assert (code, len(demandes)) == (0, 1)
    assert "rien à commenter" in dit


@pytest.mark.parametrize("genre", ["autre", "lien", "long"])
def test_what_a_hostile_check_leaves_is_not_published(tmp_path: Path, texte: Path, genre: str) -> None:
    if genre == "autre":
        texte.write_text("# Approuvé\n", encoding="utf-8")
    elif genre == "lien":
        texte.unlink()
        texte.symlink_to("/etc/hostname")
    else:
        texte.write_text(f"{MARQUE}\n{'é' * 65_000}", encoding="utf-8")
    code, dit, demandes = commenter(tmp_path, texte)
    assert (code, len(demandes)) == (1, 1)
    assert "rien n'est publié" in dit


def test_a_hostile_branch_name_is_one_word(tmp_path: Path, texte: Path) -> None:
    temoin = tmp_path / "temoin"
    code, _, demandes = commenter(tmp_path, texte, branche=f"$(touch {temoin})`touch {temoin}`;x&y")
    assert code == 0
    assert not temoin.exists()
    assert f"head=contributrice:$(touch {temoin})`touch {temoin}`;x&y" in demandes[1]


def test_the_longest_comment_is_accepted() -> None:
    assert TAILLE_MAX < 65_000
    assert MARQUE in SCRIPT.read_text(encoding="utf-8"), "the program and the script know one mark"
