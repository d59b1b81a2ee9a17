"""A layer that is not what its manifest says is a problem, in French."""

from pathlib import Path

import pytest

from carte.territory import Couche, TerritoireInvalide, lire, lire_manifeste, verifier_manifeste
from carte.territory.manifeste import ecrire_manifeste, empreinte
from territory.monde import CASES, ecrire_cog, ecrire_couches


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    contenu = b"contenu"
    couches = tuple(
        Couche(nom, "Titre", "Source", "2018", "Licence Ouverte 2.0", empreinte(contenu))
        for nom in ("a.json", "b/c.csv")
    )
    (tmp_path / "b").mkdir()
    for couche in couches:
        (tmp_path / couche.fichier).write_bytes(contenu)
    (tmp_path / "manifeste.yml").write_text(ecrire_manifeste(couches), encoding="utf-8")
    return tmp_path


def test_all_is_well(dossier: Path) -> None:
    assert verifier_manifeste(dossier) == []
    assert [c.millesime for c in lire_manifeste(dossier)] == ["2018", "2018"]


def test_every_problem_at_once(dossier: Path) -> None:
    (dossier / "a.json").write_bytes(b"autre")
    (dossier / "b" / "c.csv").unlink()
    (dossier / "d.geojson").write_bytes(b"{}")
    constats = verifier_manifeste(dossier)
    assert [("a changé" in c, "absent" in c, "pas déclaré" in c) for c in constats] == [
        (True, False, False),
        (False, True, False),
        (False, False, True),
    ]


def test_no_manifest_is_a_problem(tmp_path: Path) -> None:
    assert "l'origine et le millésime des couches sont inconnus" in verifier_manifeste(tmp_path)[0]


def test_problems_are_published_so_they_tell_no_path_of_the_machine(dossier: Path, tmp_path: Path) -> None:
    (dossier / "a.json").write_bytes(b"autre")
    (dossier / "d.geojson").write_bytes(b"{}")
    vide = tmp_path / "geo" / "36"
    vide.mkdir(parents=True)
    noms = [constat.split(" : ")[0] for constat in (*verifier_manifeste(dossier), *verifier_manifeste(vide))]
    court = f"{dossier.parent.name}/{dossier.name}"
    assert noms == [f"{court}/a.json", f"{court}/d.geojson", "geo/36"]


@pytest.mark.parametrize(
    ("texte", "message"),
    [
        pytest.param("couches: [{fichier: a}]", "il manque la clé 'titre'", id="cle"),
        pytest.param("couches: {", "pas un manifeste lisible", id="yaml"),
        pytest.param("", "pas un manifeste lisible", id="vide"),
    ],
)
def test_unreadable_manifest(tmp_path: Path, texte: str, message: str) -> None:
    (tmp_path / "manifeste.yml").write_text(texte, encoding="utf-8")
    with pytest.raises(TerritoireInvalide, match=message):
        lire_manifeste(tmp_path)


def test_the_territory_says_what_changed_and_knows_the_vintage(tmp_path: Path) -> None:
    ecrire_cog(tmp_path / "cog")
    ecrire_couches(tmp_path / "geo", *CASES)
    fichier = tmp_path / "geo" / "01" / "communes.geojson"
    couche = Couche(
        "communes.geojson", "Contours", "IGN", "2018", "Licence Ouverte 2.0", empreinte(fichier.read_bytes())
    )
    manifeste = tmp_path / "geo" / "01" / "manifeste.yml"
    manifeste.write_text(ecrire_manifeste((couche,)), encoding="utf-8")
    territoire = lire(tmp_path / "geo", ["01"], tmp_path / "cog")
    assert territoire.millesimes["contours"] == "2018"
    assert territoire.non_resolus == ()
    fichier.write_bytes(fichier.read_bytes() + b"\n")
    assert "a changé" in lire(tmp_path / "geo", ["01"], tmp_path / "cog").non_resolus[0].motif
