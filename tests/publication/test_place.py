"""The site and what the build reads never hold one another; a folder of somebody stops the build before it begins."""

import shutil
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from carte import pipeline
from carte.cli import cli
from carte.publication import PublicationImpossible, separer
from publication.monde import ancien_site, contenu, ecrire, photo_etat

RACINE = Path(__file__).parents[2]


def _configuration(dossier: Path, **dossiers: str) -> Path:
    brut = yaml.safe_load((RACINE / "carte.yml").read_text(encoding="utf-8"))
    precedente = dossiers.pop("publication_precedente", brut["publication_precedente"])
    brut |= {"dossiers": brut["dossiers"] | dossiers, "publication_precedente": precedente}
    fichier = dossier / "carte.yml"
    fichier.parent.mkdir(parents=True, exist_ok=True)
    fichier.write_text(yaml.safe_dump(brut, allow_unicode=True), encoding="utf-8")
    return fichier


def _carte(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


@pytest.fixture
def rien_ne_se_calcule(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any computation fails the test."""
    monkeypatch.setattr(pipeline, "build_picture", lambda *_: pytest.fail("the build has begun"))


@pytest.mark.usefixtures("rien_ne_se_calcule")
def test_a_folder_of_somebody_stops_the_build_before_it_begins(tmp_path: Path) -> None:
    ecrire(tmp_path, {"site/photos/a.jpg": "ma photo"})
    resultat = _carte("construire", "--config", _configuration(tmp_path, sortie=str(tmp_path)))
    assert resultat.exit_code == 1
    assert resultat.output.startswith("Erreur : ")
    assert "n'a pas la marque de Carte" in resultat.output
    assert "--mettre-de-cote" in resultat.output
    assert contenu(tmp_path / "site") == {"photos/a.jpg": "ma photo"}


@pytest.mark.usefixtures("rien_ne_se_calcule")
@pytest.mark.parametrize(
    ("dossiers", "cle"),
    [
        pytest.param({"lieux": "X/site/offers"}, "lieux", id="records-in-the-site"),
        pytest.param({"geo": "X/site"}, "geo", id="layers-are-the-site"),
        pytest.param({"lieux": "X/lien/offers"}, "lieux", id="records-in-the-site-through-a-link"),
        pytest.param({"lieux": "X/autre/../site/offers"}, "lieux", id="records-in-the-site-with-dots"),
        pytest.param({"lieux": "X", "sortie": "X/99"}, "lieux", id="site-in-the-records"),
        pytest.param({"lieux": "X", "sortie": "X"}, "lieux", id="output-is-the-records"),
        pytest.param({"publication_precedente": "X/site/donnees"}, "publication_precedente", id="former-publication"),
        pytest.param({"sortie": "site_src/pages"}, "Le dossier site_src", id="site-in-the-sources"),
        pytest.param({"sortie": "offers"}, "lieux", id="site-in-the-project-s-records"),
        pytest.param({"sortie": "scripts/../geo/99"}, "geo", id="site-in-the-layers-with-dots"),
    ],
)
@pytest.mark.parametrize("commande", ["construire", "valider"])
def test_the_site_and_the_inputs_do_not_hold_one_another(
    tmp_path: Path, dossiers: dict[str, str], cle: str, commande: str
) -> None:
    site = ancien_site(tmp_path / "site")
    shutil.copytree(RACINE / "offers" / "96", site / "offers" / "96")
    (tmp_path / "lien").symlink_to("site")
    places = {"sortie": str(tmp_path)} | {
        nom: valeur.replace("X", str(tmp_path), 1) for nom, valeur in dossiers.items()
    }
    fichier = _configuration(tmp_path / "ailleurs", **places)
    avant = photo_etat(tmp_path)
    resultat = _carte(commande, "--config", fichier, *(["--mettre-de-cote"] if commande == "construire" else []))
    assert resultat.exit_code == 1
    assert cle in resultat.output
    assert photo_etat(tmp_path) == avant


@pytest.mark.usefixtures("rien_ne_se_calcule")
def test_the_configuration_does_not_lie_in_the_site(tmp_path: Path) -> None:
    fichier = _configuration(tmp_path / "site", sortie=str(tmp_path))
    resultat = _carte("construire", "--config", fichier, "--mettre-de-cote")
    assert resultat.exit_code == 1
    assert "Le fichier de configuration" in resultat.output
    assert fichier.is_file()


@pytest.mark.parametrize("sortie", ["boucle", "boucle/x", "fichier", "fichier/x"])
def test_an_output_that_cannot_be_is_said_in_french(tmp_path: Path, sortie: str) -> None:
    (tmp_path / "boucle").symlink_to("boucle")
    (tmp_path / "fichier").write_text("mes notes")
    resultat = _carte("construire", "--config", _configuration(tmp_path, sortie=str(tmp_path / sortie)))
    assert resultat.exit_code == 1
    assert resultat.output.startswith("Erreur : Le site ne peut pas être écrit dans ")
    assert (tmp_path / "fichier").read_text() == "mes notes"
    assert (tmp_path / "boucle").is_symlink()


def test_a_project_in_a_folder_named_site_is_not_its_own_site(tmp_path: Path) -> None:
    (tmp_path / "site" / "offers").mkdir(parents=True)
    with pytest.raises(PublicationImpossible, match="est dans le dossier du site"):
        separer(tmp_path / "site", {"Le dossier offers du programme": tmp_path / "site" / "offers"})


def test_names_that_the_disk_holds_for_one_are_one(tmp_path: Path) -> None:
    """As on a disk that ignores case, two names of one folder: here, by a link."""
    (tmp_path / "site" / "offers").mkdir(parents=True)
    (tmp_path / "Site").symlink_to("site")
    for un, autre in (("site", "Site"), ("Site", "site")):
        with pytest.raises(PublicationImpossible, match=r"« dossiers\.lieux »"):
            separer(tmp_path / un, {"« dossiers.lieux »": tmp_path / autre / "offers"})


@pytest.mark.parametrize("entree", ["offers", "site-2", "sites/site", ".site"])
def test_neighbours_are_not_inside_one_another(tmp_path: Path, entree: str) -> None:
    (tmp_path / "site").mkdir()
    separer(tmp_path / "site", {"« dossiers.lieux »": tmp_path / entree})
