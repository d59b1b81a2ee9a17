"""A former state read from git: what the repository held, never a link, an option, another folder or the network."""

from dataclasses import replace
from pathlib import Path

import pytest

from carte.config import Revision
from carte.evolution.refus import PublicationIllisible
from carte.evolution.revision import empreinte, exporter
from depots import git

pytestmark = pytest.mark.usefixtures("avec_git")
BRUT = b"\x00\xff sans filtre $Id$ $Format:%H$\r\n"


@pytest.fixture
def depot(tmp_path: Path) -> Path:
    """A repository of one commit named v1, whose files have changed since."""
    dossier = tmp_path / "depot"
    (dossier / "offers" / "99").mkdir(parents=True)
    git(tmp_path, "init", "-q", str(dossier))
    (dossier / "carte.yml").write_text("nom: avant\n", encoding="utf-8")
    (dossier / "offers" / "99" / "é b.yml").write_bytes(BRUT)
    (dossier / ".gitattributes").write_text("*.yml export-ignore export-subst ident\n", encoding="utf-8")
    git(dossier, "add", "-A")
    git(dossier, "commit", "-q", "-m", "avant")
    git(dossier, "tag", "v1")
    (dossier / "carte.yml").write_text("nom: apres\n", encoding="utf-8")
    return dossier


def revision(depot: Path, nom: str = "v1") -> Revision:
    return Revision(nom, "carte.yml", depot)


def test_les_fichiers_sortent_tels_qu_ils_etaient(depot: Path, tmp_path: Path) -> None:
    voulue = revision(depot)
    commit = empreinte(voulue)
    assert commit == git(depot, "rev-parse", "HEAD").strip()
    exporter(voulue, commit, ["carte.yml", "offers"], tmp_path / "copie")
    assert (tmp_path / "copie" / "carte.yml").read_text(encoding="utf-8") == "nom: avant\n"
    assert (tmp_path / "copie" / "offers" / "99" / "é b.yml").read_bytes() == BRUT
    assert not (tmp_path / "copie" / ".gitattributes").exists()


def test_un_sous_dossier_du_depot_suffit(depot: Path, tmp_path: Path) -> None:
    voulue = replace(revision(depot), racine=depot / "offers")
    exporter(voulue, empreinte(voulue), ["99"], tmp_path / "copie")
    assert [f.name for f in (tmp_path / "copie" / "99").iterdir()] == ["é b.yml"]


@pytest.mark.parametrize("nom", ["absente", "deadbeef", "HEAD~4", "carte.yml"])
def test_une_revision_inconnue_est_nommee(depot: Path, nom: str) -> None:
    with pytest.raises(PublicationIllisible, match=r"ce dépôt ne la connaît pas.*--unshallow") as erreur:
        empreinte(revision(depot, nom))
    assert f"« {nom} »" in erreur.value.message


def test_une_option_n_est_pas_une_revision(depot: Path) -> None:
    """The configuration refuses it first; git does not take it for an option either."""
    with pytest.raises(PublicationIllisible):
        empreinte(revision(depot, "--git-dir"))


def test_une_copie_sans_histoire_le_dit(depot: Path, tmp_path: Path) -> None:
    git(depot, "commit", "-q", "-a", "-m", "apres")
    git(tmp_path, "clone", "-q", "--depth", "1", "--no-tags", f"file://{depot}", str(tmp_path / "courte"))
    with pytest.raises(PublicationIllisible, match="git fetch --unshallow"):
        empreinte(revision(tmp_path / "courte"))


def test_hors_d_un_depot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A hook's environment names another repository: it is not the one asked for.
    monkeypatch.setenv("GIT_DIR", str(Path(__file__).parents[2] / ".git"))
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    with pytest.raises(PublicationIllisible, match="git ne peut pas lire ce dépôt"):
        empreinte(revision(tmp_path))


def test_sans_git(depot: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PublicationIllisible, match="git n'est pas installé"):
        empreinte(revision(depot))


def test_un_dossier_absent_est_nomme(depot: Path, tmp_path: Path) -> None:
    voulue = revision(depot)
    with pytest.raises(PublicationIllisible, match="« geo » n'y est pas"):
        exporter(voulue, empreinte(voulue), ["offers", "geo"], tmp_path / "copie")
    assert not (tmp_path / "copie").exists()


def test_un_motif_n_est_pas_un_chemin(depot: Path, tmp_path: Path) -> None:
    voulue = revision(depot)
    with pytest.raises(PublicationIllisible, match="n'y est pas"):
        exporter(voulue, empreinte(voulue), [":(glob)**"], tmp_path / "copie")


def arbre(depot: Path, *entrees: str) -> str:
    """A commit whose tree is written by hand, without the checks of the index."""
    tree = git(depot, "mktree", entree="".join(f"{e}\n" for e in entrees).encode()).strip()
    return git(depot, "commit-tree", tree, "-m", "hostile").strip()


def test_un_lien_est_refuse_jamais_suivi(depot: Path, tmp_path: Path) -> None:
    cible = git(depot, "hash-object", "-w", "--stdin", entree=b"/etc/passwd").strip()
    commit = arbre(depot, f"120000 blob {cible}\toffers")
    with pytest.raises(PublicationIllisible, match="« offers » n'est pas un fichier ordinaire"):
        exporter(revision(depot), commit, ["offers"], tmp_path / "copie")


def test_un_autre_depot_est_refuse(depot: Path, tmp_path: Path) -> None:
    commit = arbre(depot, f"160000 commit {git(depot, 'rev-parse', 'v1').strip()}\tgeo")
    with pytest.raises(PublicationIllisible, match="n'est pas un fichier ordinaire"):
        exporter(revision(depot), commit, ["geo"], tmp_path / "copie")


@pytest.mark.parametrize("nom", ["..", "a\\b", "C:x"])
def test_un_chemin_qui_sort_est_refuse(depot: Path, tmp_path: Path, nom: str) -> None:
    texte = git(depot, "hash-object", "-w", "--stdin", entree=b"nom: x\n").strip()
    feuille = git(depot, "mktree", entree=f"100644 blob {texte}\tx.yml\n".encode()).strip()
    dedans = git(depot, "mktree", entree=f"040000 tree {feuille}\t{nom}\n".encode()).strip()
    commit = arbre(depot, f"040000 tree {dedans}\toffers")
    with pytest.raises(PublicationIllisible, match="n'est pas un fichier ordinaire"):
        exporter(revision(depot), commit, ["offers"], tmp_path / "copie")
    assert not list(tmp_path.glob("**/x.yml"))


def test_une_copie_partielle_n_appelle_pas_son_serveur(depot: Path, tmp_path: Path) -> None:
    git(depot, "config", "uploadpack.allowFilter", "true")
    partielle = tmp_path / "partielle"
    git(tmp_path, "clone", "-q", "--bare", "--filter=blob:none", f"file://{depot}", str(partielle))
    voulue = revision(partielle)
    with pytest.raises(PublicationIllisible, match=r"copié en partie|ne peut pas lire"):
        exporter(voulue, empreinte(voulue), ["carte.yml"], tmp_path / "copie")
