"""A publication read back from its own open data says what it said."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from pandas.testing import assert_frame_equal

from carte.evolution.comparer import comparer
from carte.evolution.lecture import lire_publication, publier
from carte.evolution.refus import PublicationIllisible
from carte.picture import Picture
from carte.publication import Chantier
from carte.publish import opendata
from carte.publish.opendata import parties
from carte.territory.cog import Nature, Partie

RACINE = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def picture(demo: Picture) -> Picture:
    return demo


@pytest.fixture(scope="module")
def publiees(picture: Picture, tmp_path_factory: pytest.TempPathFactory) -> Path:
    dossier = tmp_path_factory.mktemp("publiees")
    opendata.ecrire(picture, Chantier.sur(dossier))
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


@pytest.fixture
def en_parties(picture: Picture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same publication, as a country would cut it."""
    monkeypatch.setattr(parties, "MAXIMUM", 0)
    opendata.ecrire(picture, Chantier.sur(tmp_path / "coupee"))
    return tmp_path / "coupee" / "donnees"


def test_relue_en_parties_elle_dit_la_meme_chose(picture: Picture, donnees: Path, en_parties: Path) -> None:
    assert not (en_parties / "indicateurs-commune.csv").exists() and not (en_parties / "lieux.json").exists()
    entiere, coupee = (lire_publication(d, picture.vocabulaires, picture.territoire) for d in (donnees, en_parties))
    assert set(entiere.publies) == set(coupee.publies) and entiere.publies
    for niveau, table in entiere.publies.items():
        assert_frame_equal(table.sort_index(), coupee.publies[niveau].sort_index(), check_dtype=True)
    assert entiere.ouvertures == coupee.ouvertures
    nouvelle = publier(
        picture.enregistrements[1:],
        picture.offre[picture.offre["lieu_id"] != picture.enregistrements[0].identifiant],
        picture.territoire,
        picture.configuration.seuils,
        picture.indicateurs.parametres,
        picture.configuration.date_publication,
    )
    avant, apres = comparer(entiere, nouvelle), comparer(coupee, nouvelle)
    assert len(avant.decompositions) > 100 and avant.mouvements
    assert [(d.code, d.colonne, d.effets) for d in avant.decompositions] == [
        (d.code, d.colonne, d.effets) for d in apres.decompositions
    ]
    assert avant.mouvements == apres.mouvements


@pytest.mark.parametrize(
    ("chemin", "message"),
    [
        ("../indicateurs-commune-99.csv", "n'est pas le nom d'une partie de indicateurs-commune.csv"),
        ("indicateurs-commune/../../x-1.csv", "n'est pas le nom d'une partie"),
        ("indicateurs-epci/indicateurs-epci-99.csv", "n'est pas le nom d'une partie"),
        (3, "« 3 » n'est pas le nom d'une partie"),
        ("indicateurs-commune/indicateurs-commune-37.csv", "Il manque le fichier .*indicateurs-commune-37.csv"),
    ],
    ids=["au-dessus", "detour", "autre-table", "nombre", "absente"],
)
def test_une_partie_est_dans_le_dossier(picture: Picture, en_parties: Path, chemin: object, message: str) -> None:
    paquet = json.loads((en_parties / "datapackage.json").read_text(encoding="utf-8"))
    (table,) = (r for r in paquet["resources"] if r["name"] == "indicateurs-commune")
    table["path"].append(chemin)
    (en_parties / "datapackage.json").write_text(json.dumps(paquet), encoding="utf-8")
    with pytest.raises(PublicationIllisible, match=message):
        lire_publication(en_parties, picture.vocabulaires, picture.territoire)


def test_les_parties_d_une_table_ont_les_memes_colonnes(picture: Picture, en_parties: Path) -> None:
    partie = en_parties / "indicateurs-commune" / "indicateurs-commune-ensemble.csv"
    partie.write_text(partie.read_text(encoding="utf-8").replace("population", "population,autre", 1), encoding="utf-8")
    with pytest.raises(PublicationIllisible, match="n'ont pas toutes les mêmes colonnes"):
        lire_publication(en_parties, picture.vocabulaires, picture.territoire)


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
