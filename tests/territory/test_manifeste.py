"""A layer that is not what its manifest says is a problem, in French."""

from datetime import date
from pathlib import Path

import pytest

from carte.territory import Couche, TerritoireInvalide, lire, lire_manifeste, verifier_manifeste
from carte.territory.manifeste import NOM, Origine, ecrire_manifeste, empreinte
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


JUSTE = "{fichier: a.csv, titre: A, source: S, millesime: 2018, licence: L, sha256: " + "0" * 64 + "}"


def test_a_year_without_quotes_stays_the_text_it_is(tmp_path: Path) -> None:
    (tmp_path / "manifeste.yml").write_text(f"couches:\n- {JUSTE}\n", encoding="utf-8")
    assert lire_manifeste(tmp_path)[0].millesime == "2018"


@pytest.mark.parametrize(
    ("texte", "message"),
    [
        pytest.param("couches: [{fichier: a}]", "yml:1:11: Il manque le champ « titre »", id="cle"),
        pytest.param("couches: {", "yml:2:1: ", id="yaml"),
        pytest.param("", "Le fichier est vide. Il faut au moins couches.", id="vide"),
        pytest.param("- a", "doit contenir des lignes", id="liste"),
        pytest.param("couches: a", "yml:1:10: « couches » attend une liste", id="texte"),
        pytest.param("couches: [a]", "yml:1:11: « couches » attend des lignes", id="texte-dans-la-liste"),
        pytest.param("couches:\n- " + JUSTE.replace("a.csv", "/dev/zero"), "2:13: « /dev/zero » n'est pas", id="zero"),
        pytest.param("couches:\n- " + JUSTE.replace("a.csv", "../36/a.csv"), "« ../36/a.csv » n'est pas", id="dehors"),
        pytest.param("couches:\n- " + JUSTE.replace("a.csv", '"a\\0.csv"'), "caractère de contrôle (U+0000)", id="nul"),
        pytest.param("couches:\n- " + JUSTE.replace("0" * 64, "e"), "« sha256 » attend 64 chiffres", id="empreinte"),
        pytest.param("couches:\n- " + JUSTE.replace("titre: A", "titre: no, titre: B"), "écrit deux fois", id="double"),
        pytest.param("couches:\n- " + JUSTE.replace("titre: A", "titre: true"), 'entre guillemets, "true"', id="vrai"),
        pytest.param(
            "couches:\n- " + JUSTE.replace("licence", "license"), "Vouliez-vous dire « licence »", id="inconnue"
        ),
        pytest.param(f"couches:\n- {JUSTE}\n- {JUSTE}", "yml:3:13: « a.csv » est déclaré deux fois", id="deux-fois"),
    ],
)
def test_a_wrong_manifest_says_where_and_what_would_be_right(tmp_path: Path, texte: str, message: str) -> None:
    (tmp_path / "manifeste.yml").write_text(texte, encoding="utf-8")
    with pytest.raises(TerritoireInvalide) as levee:
        lire_manifeste(tmp_path)
    assert message in levee.value.message


def test_every_fault_of_a_manifest_comes_at_once(tmp_path: Path) -> None:
    texte = "couches:\n- " + JUSTE.replace("a.csv", "/etc/passwd").replace("titre: A, ", "") + f"\n- {JUSTE[:-3]}zz}}\n"
    (tmp_path / "manifeste.yml").write_text(texte, encoding="utf-8")
    with pytest.raises(TerritoireInvalide) as levee:
        lire_manifeste(tmp_path)
    assert [(p.ligne, p.champ) for p in levee.value.problemes] == [
        (2, "couches.0.titre"),
        (2, "couches.0.fichier"),
        (3, "couches.1.sha256"),
    ]


@pytest.mark.partage
def test_a_manifest_reads_no_device(tmp_path: Path, partage: Path) -> None:
    texte = (partage / "data/cas/robustesse/manifeste-dev-zero.yml").read_text(encoding="utf-8")
    (tmp_path / "manifeste.yml").write_text(texte, encoding="utf-8")
    with pytest.raises(TerritoireInvalide, match=r"manifeste\.yml:2:13: « /dev/zero »"):
        verifier_manifeste(tmp_path)


def test_a_folder_in_place_of_a_layer_is_said(dossier: Path) -> None:
    (dossier / "a.json").unlink()
    (dossier / "a.json").mkdir()
    assert "ce n'est pas un fichier ordinaire" in verifier_manifeste(dossier)[0]


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


def test_where_a_layer_comes_from_is_written_and_read_back(tmp_path: Path) -> None:
    origines = (
        Origine("https://a.example/36.json", "1" * 64, date(2026, 11, 28)),
        Origine("insee/grille_2024.xlsx", "2" * 64),
    )
    couche = Couche("communes.geojson", "Contours", "IGN", "2026", "Licence Ouverte 2.0", "0" * 64, origines)
    ancienne = Couche("epcis.json", "EPCI", "IGN", "2026", "Licence Ouverte 2.0", "0" * 64)
    (tmp_path / NOM).write_text(ecrire_manifeste((couche, ancienne)), encoding="utf-8")
    assert lire_manifeste(tmp_path) == (couche, ancienne)
    assert "origines" not in ecrire_manifeste((ancienne,)), "a manifest of before stays as it was"
