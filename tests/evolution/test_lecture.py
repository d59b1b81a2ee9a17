"""A publication read back from its own open data says what it said."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from carte.evolution.comparer import comparer
from carte.evolution.lecture import lire_publication, publier
from carte.evolution.refus import PublicationIllisible
from carte.picture import Picture
from carte.publish import opendata
from carte.territory.cog import Nature, Partie

RACINE = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def picture(demo: Picture) -> Picture:
    return demo


@pytest.fixture(scope="module")
def publiees(picture: Picture, tmp_path_factory: pytest.TempPathFactory) -> Path:
    dossier = tmp_path_factory.mktemp("publiees")
    opendata.ecrire(picture, dossier)
    return dossier / "donnees"


@pytest.fixture
def donnees(publiees: Path, tmp_path: Path) -> Path:
    """A copy of the published files, that a test may spoil."""
    return shutil.copytree(publiees, tmp_path / "donnees")


def test_relue_elle_ne_change_pas(picture: Picture, donnees: Path) -> None:
    ancienne = lire_publication(donnees, picture.vocabulaires, picture.territoire)
    configuration, parametres = picture.configuration, picture.indicateurs.parametres
    assert ancienne.date == configuration.date_publication
    assert ancienne.seuils.voiture == configuration.seuils.voiture
    nouvelle = publier(
        picture.enregistrements,
        picture.offre,
        picture.territoire,
        configuration.seuils,
        parametres,
        configuration.date_publication,
    )
    comparaison = comparer(ancienne, nouvelle)
    assert len(comparaison.decompositions) > 100
    assert not comparaison.non_comparables
    assert not any(comparaison.lieux.values())
    for decomposition in comparaison.decompositions:
        assert max(map(abs, decomposition.effets.values())) < 1e-9


def test_un_lieu_enleve_de_l_ancienne_liste_se_retrouve(picture: Picture, donnees: Path) -> None:
    lieux = json.loads((donnees / "lieux.json").read_text(encoding="utf-8"))
    (donnees / "lieux.json").write_text(json.dumps(lieux[1:]), encoding="utf-8")
    ancienne = lire_publication(donnees, picture.vocabulaires, picture.territoire)
    assert lieux[0]["id"] not in set(ancienne.offre["lieu_id"])


@pytest.mark.parametrize(
    ("fichier", "contenu", "message"),
    [
        ("datapackage.json", None, "Il manque le fichier"),
        ("datapackage.json", "{}", "il manque la clé « created »"),
        ("lieux.json", "[", r"lieux\.json:1:2: Le fichier s'arrête avant la fin"),
        ("lieux.json", '[{"id": "99/x"}]', "la fiche « 99/x » ne se lit plus, à cause du champ"),
        ("indicateurs-commune.csv", None, "Il manque le fichier"),
    ],
    ids=["sans-paquet", "sans-date", "json-casse", "fiche-illisible", "sans-communes"],
)
def test_ce_qui_ne_se_lit_pas_est_nomme(
    picture: Picture, donnees: Path, fichier: str, contenu: str | None, message: str
) -> None:
    (donnees / fichier).unlink()
    if contenu is not None:
        (donnees / fichier).write_text(contenu, encoding="utf-8")
    with pytest.raises(PublicationIllisible, match=message):
        lire_publication(donnees, picture.vocabulaires, picture.territoire)


def test_une_fiche_d_un_arrondissement_compte_encore_dans_sa_commune(picture: Picture, donnees: Path) -> None:
    """A package gives the arrondissement's code back: read again, the place is in its commune."""
    lieux = json.loads((donnees / "lieux.json").read_text(encoding="utf-8"))
    fixe = next(lieu for lieu in lieux if lieu.get("code_insee") and not lieu.get("tournee"))
    commune, fixe["code_insee"] = fixe["code_insee"], "99913"
    (donnees / "lieux.json").write_text(json.dumps(lieux), encoding="utf-8")
    partie = Partie("99913", "13e arrondissement", Nature.ARRONDISSEMENT, commune, 1.0, ())
    assert picture.territoire.cog is not None
    actuel = replace(picture.territoire, cog=replace(picture.territoire.cog, parties={"99913": partie}))
    offre = lire_publication(donnees, picture.vocabulaires, actuel).offre
    assert offre.loc[offre["lieu_id"] == fixe["id"], "code_insee"].tolist() == [commune]
