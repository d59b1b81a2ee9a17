"""A hub's repository: whole, valid, escaped, ready to publish; or nothing at all."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from ateliers import actionlint, zizmor
from carte import config, entrees, preparation
from carte.cli import cli
from carte.commandes import racine_de
from carte.hub import creer as module
from carte.hub.creer import Demande, DossierOccupe, creer, verifier_place
from carte.hub.programme import Programme
from carte.hub.reponses import Reponses
from depots import git
from sites import RACINE

COMMIT = "0123456789abcdef0123456789abcdef01234567"
PROGRAMME = Programme("https://forge.example/carte/carte.git", "v0.2.0", COMMIT)
HOSTILE = 'L\'« Élan » : #1 "x" \\ [[ reponses ]] {{ a }} ${{ b }} <script>alert(1)</script> & *a - $(id) `ls` %'
JOUR = date(2026, 11, 2)


def reponses(hub: str = "Hub d'essai") -> Reponses:
    return Reponses(
        {"49": "Maine-et-Loire", "53": "Mayenne"},
        hub,
        "contact@hub.example",
        "https://github.com/hub/carte",
        "https://hub.github.io/carte/",
    )


@pytest.fixture
def sans_couches(monkeypatch: pytest.MonkeyPatch) -> None:
    """The layers have their own tests: here they are a file; without territory, records are not read."""

    def preparer(configuration: config.Configuration, *_: object, **__: object) -> Iterator[str]:
        (configuration.dossiers.geo / "49").mkdir(parents=True)
        yield f"Une couche dans {configuration.dossiers.geo}."

    monkeypatch.setattr(preparation, "preparer_couches", preparer)
    monkeypatch.setattr(entrees, "valider", lambda *_: entrees.Chargement((), (), 0))


@pytest.fixture
def hub(tmp_path: Path, sans_couches: None) -> Path:
    creer(tmp_path / "hub", reponses(), Demande(PROGRAMME), RACINE, JOUR)
    return tmp_path / "hub"


def test_the_repository_has_all_it_needs(hub: Path) -> None:
    noms = {f.relative_to(hub).as_posix() for f in hub.rglob("*") if f.is_file()}
    assert noms == {
        ".github/dependabot.yml",
        ".github/workflows/controle.yml",
        ".github/workflows/couches.yml",
        ".github/workflows/fraicheur.yml",
        ".github/workflows/proposition.yml",
        ".github/workflows/publication.yml",
        ".gitignore",
        "CONTRIBUTING.md",
        "LICENCE.md",
        "Makefile",
        "README.md",
        "carte.yml",
        "offers/49/README.md",
        "offers/53/README.md",
        "offers/lieu.schema.json",
        "programme.mk",
    }
    assert [p.name for p in hub.parent.iterdir()] == ["hub"]


@pytest.mark.usefixtures("sans_couches")
@pytest.mark.parametrize(
    ("depot", "forge", "ateliers"),
    [
        ("https://gitlab.com/hub/carte", None, {".gitlab-ci.yml"}),
        ("https://git.example/hub/carte", "gitlab", {".gitlab-ci.yml"}),
        ("https://git.example/hub/carte", "forgejo", set()),
        ("https://git.example/hub/carte", None, set()),
    ],
)
def test_another_forge_gets_its_own_workflows(
    tmp_path: Path, depot: str, forge: str | None, ateliers: set[str]
) -> None:
    siennes = replace(reponses(), depot=depot, forge_nommee=forge, adresse="https://hub.example/carte/")
    creer(tmp_path / "hub", siennes, Demande(PROGRAMME), RACINE, JOUR)
    noms = {f.relative_to(tmp_path / "hub").as_posix() for f in (tmp_path / "hub").rglob("*") if f.is_file()}
    assert {nom for nom in noms if nom.startswith(".git") and nom != ".gitignore"} == ateliers
    lue = config.lire(tmp_path / "hub" / "carte.yml", tmp_path / "hub")
    assert config.forge_de(lue) == (forge or ("gitlab" if ateliers else None))
    assert "GitHub" not in (tmp_path / "hub" / "README.md").read_text(encoding="utf-8")
    assert "\n\n\n" not in (tmp_path / "hub" / "README.md").read_text(encoding="utf-8")


@pytest.mark.usefixtures("sans_couches")
def test_on_gitlab_a_proposal_takes_no_key_and_faults_come_first(tmp_path: Path) -> None:
    siennes = replace(reponses(), depot="https://gitlab.com/hub/carte", adresse="https://hub.example/carte/")
    creer(tmp_path / "hub", siennes, Demande(PROGRAMME), RACINE, JOUR)
    texte = (tmp_path / "hub" / ".gitlab-ci.yml").read_text(encoding="utf-8")
    taches = yaml.safe_load(texte)
    assert "TOKEN" not in texte
    proposition = taches["proposition"]
    assert proposition["rules"] == [{"if": '$CI_PIPELINE_SOURCE == "merge_request_event"'}]
    ordre = [
        next(i for i, c in enumerate(proposition["script"]) if mot in c) for mot in ("valider", "comparer", "make site")
    ]
    assert ordre == sorted(ordre)
    assert proposition["artifacts"]["reports"] == {"codequality": "problemes.json"}
    # The key of the monthly issue is for a job that no proposal starts.
    avec_cle = [nom for nom, tache in taches.items() if "ticket_du_mois" in str(tache)]
    assert avec_cle == ["fraicheur"]
    assert taches["fraicheur"]["rules"] == [
        {"if": '$CI_PIPELINE_SOURCE == "schedule" && $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH'}
    ]
    assert [t["rules"] for t in (taches["pages"],)] == [
        [{"if": '$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH && $CI_PIPELINE_SOURCE != "schedule"'}]
    ]


def test_its_configuration_is_a_real_territory_with_its_own_folders(hub: Path) -> None:
    lue = config.lire(hub / "carte.yml", racine_de(hub / "carte.yml"))
    assert (lue.departements, lue.demonstration, lue.publication_precedente) == (("49", "53"), False, None)
    assert lue.dossiers == config.Dossiers(hub / "offers", hub / "geo", hub / "build")
    assert (lue.url, lue.depot) == ("https://hub.github.io/carte/", "https://github.com/hub/carte")
    assert lue.nom == "Médiation numérique : Maine-et-Loire, Mayenne"


@pytest.mark.usefixtures("sans_couches")
def test_a_hostile_name_is_a_name_everywhere(tmp_path: Path) -> None:
    creer(tmp_path / "hub", reponses(HOSTILE), Demande(PROGRAMME), RACINE, JOUR)
    assert config.lire(tmp_path / "hub" / "carte.yml", tmp_path / "hub").hub == HOSTILE
    for nom in ("README.md", "CONTRIBUTING.md"):
        assert not re.search(r"(?<!\\)<script|(?<!\\)`ls", (tmp_path / "hub" / nom).read_text(encoding="utf-8"))
    for nom in ("Makefile", "programme.mk", *(f".github/workflows/{n}.yml" for n in ("controle", "publication"))):
        assert "lan »" not in (tmp_path / "hub" / nom).read_text(encoding="utf-8")
    assert yaml.safe_load(_exemple(tmp_path / "hub" / "offers/49/README.md"))["source"] == HOSTILE


def _exemple(page: Path) -> str:
    return page.read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]


@pytest.mark.partage
def test_the_example_is_a_valid_record_and_is_not_published(tmp_path: Path, partage: Path) -> None:
    """On the real layers of Maine-et-Loire: nothing is published, then the example alone, without a fault."""
    seul = Reponses({"49": "Maine-et-Loire"}, "Hub", "contact@hub.example", "https://a.example/b", "https://a.example/")
    phrases = creer(
        tmp_path / "hub", seul, Demande(PROGRAMME, preparation.Demande(depuis=partage / "data")), RACINE, JOUR
    )
    assert not [p for p in phrases if "en-cours" in p]
    fichier = tmp_path / "hub" / "carte.yml"
    configuration = config.lire(fichier, tmp_path / "hub")
    assert entrees.valider(configuration, RACINE).enregistrements == ()
    (tmp_path / "hub/offers/49/mediatheque-du-bourg.yml").write_text(
        _exemple(tmp_path / "hub/offers/49/README.md"), encoding="utf-8"
    )
    chargement = entrees.valider(configuration, RACINE)
    assert [e.identifiant for e in chargement.enregistrements] == ["49/mediatheque-du-bourg"]
    assert [str(p) for p in chargement.problemes] == []


@pytest.mark.parametrize("contenu", ["fichier", "cache", "lien", "dossier-plein"])
def test_a_folder_in_use_is_refused(tmp_path: Path, contenu: str) -> None:
    place = tmp_path / "hub"
    if contenu == "fichier":
        place.write_text("à moi", encoding="utf-8")
    elif contenu == "lien":
        (tmp_path / "ailleurs").mkdir()
        place.symlink_to(tmp_path / "ailleurs")
    else:
        place.mkdir()
        (place / (".cache" if contenu == "cache" else "a.txt")).touch()
    with pytest.raises(DossierOccupe):
        verifier_place(place)
    assert place.exists()


def test_an_empty_folder_is_taken(tmp_path: Path, sans_couches: None) -> None:
    (tmp_path / "a" / "hub").mkdir(parents=True)
    creer(tmp_path / "a" / "hub", reponses(), Demande(PROGRAMME), RACINE, JOUR)
    creer(tmp_path / "b" / "c" / "hub", reponses(), Demande(PROGRAMME), RACINE, JOUR)
    assert (tmp_path / "a/hub/carte.yml").exists()
    assert (tmp_path / "b/c/hub/carte.yml").exists()


@pytest.mark.parametrize("arret", [config.ConfigurationInvalide("refus"), KeyboardInterrupt(), OSError(28, "plein")])
def test_what_stops_half_way_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arret: BaseException
) -> None:
    def couper(*_: object) -> Iterator[str]:
        raise arret

    monkeypatch.setattr(module, "_remplir", couper)
    with pytest.raises(type(arret)):
        creer(tmp_path / "a" / "hub", reponses(), Demande(PROGRAMME), RACINE, JOUR)
    assert list(tmp_path.iterdir()) == []


def _carte(*arguments: str, entree: str = "") -> Result:
    return CliRunner().invoke(cli, ["nouveau-hub", *arguments], input=entree)


@pytest.mark.usefixtures("sans_couches")
def test_the_four_questions_are_asked_again_until_they_are_answered(tmp_path: Path) -> None:
    entree = "20\nMaine-et-Loire\nHub\ncontact\ncontact@hub.example\nhttps://forge.example/hub/carte\nhttps://hub.example/c\n"
    resultat = _carte(str(tmp_path / "hub"), entree=entree)
    assert resultat.exit_code == 0, resultat.output
    assert "« 20 » n'est le code ni le nom d'aucun département" in resultat.output
    assert "n'est pas une adresse de courriel" in resultat.output
    assert config.lire(tmp_path / "hub/carte.yml", tmp_path / "hub").url == "https://hub.example/c/"


def test_all_the_faults_of_the_options_come_at_once(tmp_path: Path) -> None:
    resultat = _carte(str(tmp_path / "hub"), "--departements", "20", "--courriel", "a", "--depot", "ftp://x")
    assert resultat.exit_code == 1
    assert [nom for nom in ("--departements : ", "--courriel : ", "--depot : ") if nom not in resultat.output] == []
    assert list(tmp_path.iterdir()) == []


def test_an_answer_that_nobody_gives_is_named(tmp_path: Path) -> None:
    resultat = _carte(str(tmp_path / "hub"), "--departements", "49")
    assert resultat.exit_code == 1
    assert "Il manque une réponse : donnez-la avec l'option --structure." in resultat.output


def test_an_inventory_without_its_source_is_refused(tmp_path: Path) -> None:
    (tmp_path / "liste.csv").touch()
    resultat = _carte(str(tmp_path / "hub"), "--importer", str(tmp_path / "liste.csv"))
    assert resultat.exit_code == 2
    assert "--importer et --source vont ensemble" in resultat.output


def test_the_workflows_can_do_no_harm(hub: Path) -> None:
    for flux in sorted((hub / ".github" / "workflows").glob("*.yml")):
        texte = flux.read_text(encoding="utf-8")
        contenu = yaml.safe_load(texte)
        assert contenu["permissions"] == {"contents": "read"}
        assert "pull_request_target" not in texte
        assert "secrets." not in texte
        assert texte.count("github.token") <= 1, "the right to write is given to one step"
        for tache in contenu["jobs"].values():
            for etape in tache["steps"]:
                assert "${{" not in etape.get("run", "")
                if "uses" in etape:
                    assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", etape["uses"]), etape["uses"]
                if etape.get("uses", "").startswith("actions/checkout@"):
                    assert etape["with"]["persist-credentials"] is False
    for relire, dits in ((zizmor, ""), (actionlint, "Checking 5 workflow file(s)...")):
        code, dit = relire(hub)
        assert (code, dit[: len(dits)]) == (0, dits), dit


def test_records_are_annotated_before_anything_is_built(hub: Path) -> None:
    (tache,) = yaml.safe_load((hub / ".github/workflows/controle.yml").read_text(encoding="utf-8"))["jobs"].values()
    commandes = [etape["run"] for etape in tache["steps"] if "run" in etape]
    assert commandes[:2] == ["make installer", 'make valider ARGS="--format github"']
    assert commandes[-1] == "make site"


def test_what_writes_the_monthly_issue_never_runs_for_a_proposal(hub: Path) -> None:
    flux = yaml.safe_load((hub / ".github/workflows/fraicheur.yml").read_text(encoding="utf-8"))
    assert set(flux[True]) == {"schedule", "workflow_dispatch"}
    (tache,) = flux["jobs"].values()
    assert tache["permissions"] == {"contents": "read", "issues": "write"}


def test_what_may_write_a_comment_runs_nothing_of_the_proposal(hub: Path) -> None:
    """The only job that a proposal starts and that may write takes a text from it, and the code of main."""
    flux = yaml.safe_load((hub / ".github/workflows/proposition.yml").read_text(encoding="utf-8"))
    (tache,) = flux["jobs"].values()
    assert "workflow_run" in flux[True]
    assert tache["permissions"] == {"contents": "read", "actions": "read", "pull-requests": "write"}
    assert [etape["run"] for etape in tache["steps"] if "run" in etape] == [
        "make copie",
        "bash programme/scripts/commenter_proposition.sh",
    ]
    (copie,) = (etape for etape in tache["steps"] if "uses" in etape)
    assert copie["with"] == {"persist-credentials": False}, "the branch of the proposal is not asked for"


def _make(hub: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["make", "-C", str(hub), *arguments], capture_output=True, text=True, check=False)


def test_the_program_is_copied_at_its_commit_and_a_new_version_is_one_command(
    tmp_path: Path, hub: Path, avec_git: None
) -> None:
    programme = tmp_path / "le programme"
    (programme / "offers").mkdir(parents=True)
    git(programme, "init", "-q", "-b", "main")
    for version in ("v0.2.0", "v0.3.0"):
        (programme / "offers/lieu.schema.json").write_text(version, encoding="utf-8")
        git(programme, "add", "-A")
        git(programme, "commit", "-q", "-m", version)
        git(programme, "tag", "-a", version, "-m", version)
    pris = Programme(str(programme), "v0.2.0", git(programme, "rev-parse", "v0.2.0^{commit}").strip())
    (hub / "programme.mk").write_text(
        f"# Le programme\nADRESSE := {pris.adresse}\nVERSION := {pris.version}\nCOMMIT := {pris.commit}\n",
        encoding="utf-8",
    )
    assert _make(hub, "copie").returncode == 0
    assert git(hub / "programme", "rev-parse", "HEAD").strip() == pris.commit
    absente = _make(hub, "version", "VERSION=v9.9.9")
    assert absente.returncode != 0
    assert "La version « v9.9.9 » n'existe pas" in absente.stdout
    assert _make(hub, "version", "VERSION=v0.3.0").returncode == 0
    assert _make(hub, "copie").returncode == 0
    assert git(hub / "programme", "rev-parse", "HEAD").strip() == git(programme, "rev-parse", "v0.3.0^{commit}").strip()
    assert (hub / "offers/lieu.schema.json").read_text(encoding="utf-8") == "v0.3.0"


def test_a_hub_installs_no_developers_tools(hub: Path) -> None:
    """Its copy of the program has what it runs, and the same build tool as the developers'."""
    assert "-C $(P) programme PYTHON=" in (hub / "Makefile").read_text(encoding="utf-8")
    fait = subprocess.run(["make", "-nB", "programme"], cwd=RACINE, capture_output=True, text=True, check=True).stdout
    assert "-r requirements.txt -r requirements-installation.txt" in fait
    assert "npm ci --omit=dev" in fait
    assert "requirements-dev" not in fait
    outil = (RACINE / "requirements-installation.txt").read_text(encoding="utf-8")
    assert outil.startswith("setuptools==")
    assert outil in (RACINE / "requirements-dev.txt").read_text(encoding="utf-8")


def test_each_target_runs_the_command_of_its_name(hub: Path) -> None:
    """`make site` and `make serve` alone are named as in every project."""
    texte = (hub / "Makefile").read_text(encoding="utf-8")
    recette = r"^([a-z]+): .*## .*\n(?:\t@mkdir.*\n)?\t\$\(CARTE\) ([a-z]+) --config carte.yml"
    lancees = dict(re.findall(recette, texte, re.MULTILINE))
    assert {nom: commande for nom, commande in lancees.items() if nom != commande} == {
        "site": "construire",
        "serve": "servir",
    }
    assert set(lancees.values()) <= set(cli.commands)
    # What the repository of a hub never does: it is made once, and holds neither the demonstration nor road times.
    assert set(cli.commands) - set(lancees.values()) == {
        *("nouveau-hub", "diagnostic", "effacer", "demo", "nomenclature", "temps")
    }
    (fausses,) = re.findall(r"^\.PHONY: ((?:.*\\\n)*.*)", texte, re.MULTILINE)
    assert set(re.findall(r"^([a-z]+):.*## ", texte, re.MULTILINE)) == set(re.findall(r"[a-z]+", fausses))


def test_without_address_make_says_what_to_write(hub: Path) -> None:
    (hub / "programme.mk").write_text("ADRESSE :=\nVERSION :=\nCOMMIT :=\n", encoding="utf-8")
    fini = _make(hub, "site")
    assert fini.returncode != 0
    assert "Écrivez dans programme.mk l'adresse du programme Carte" in fini.stdout
    assert "Le programme n'est pas encore là : make installer" in _make(hub, "diagnostic").stdout


def test_commands_run_in_a_hub_read_its_configuration(hub: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without --config too: from its folder, never the demonstration's."""
    monkeypatch.chdir(hub)
    shutil.rmtree(hub / "geo")
    resultat = CliRunner().invoke(cli, ["servir"])
    assert resultat.exit_code == 1
    assert "Le site n'est pas encore construit" in resultat.output
    (hub / "carte.yml").write_text("nom: 3\n", encoding="utf-8")
    assert "carte.yml:1:6: Ce nombre est lu comme un texte" in CliRunner().invoke(cli, ["servir"]).output
