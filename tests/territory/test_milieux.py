"""Density, relief and barriers: what each layout means, and every line that is refused."""

import math
from pathlib import Path

import pytest

from carte.territory import TerritoireInvalide
from carte.territory.milieux import COLONNES, Milieux, lire_milieux

ACTUELS = {"01001": "01001", "01002": "01002", "01003": "01003", "01900": "01001"}


def ecrire(dossier: Path, nom: str, *lignes: str) -> Path:
    dossier.mkdir(exist_ok=True)
    (dossier / f"{nom}.csv").write_text("\n".join([";".join(COLONNES[nom]), *lignes]) + "\n", encoding="utf-8")
    return dossier


def lire(*dossiers: Path) -> Milieux:
    return lire_milieux(dossiers, ACTUELS.get)


def test_sans_fichier_tout_est_inconnu(tmp_path: Path) -> None:
    assert lire(tmp_path) == Milieux({}, {}, (), (), {})


def test_classes_et_niveaux_de_la_grille(tmp_path: Path) -> None:
    ecrire(tmp_path, "densites", "01001;1;Insee;2025", "01002;4;Insee;2025", "01003;7;Insee;2025")
    milieux = lire(tmp_path)
    assert milieux.densites == {"01001": "dense", "01002": "intermediaire", "01003": "tres_disperse"}
    assert milieux.millesimes == {"densites": "Insee 2025"}


def test_un_numero_qui_peut_venir_de_deux_grilles_est_refuse(tmp_path: Path) -> None:
    ecrire(tmp_path, "densites", "01001;3;Insee;2015", "01002;4;Insee;2015")
    with pytest.raises(TerritoireInvalide, match=r"densites\.csv : .*quatre niveaux.*dense, intermediaire"):
        lire(tmp_path)


def test_un_code_ancien_suit_sa_commune_et_un_desaccord_rend_inconnu(tmp_path: Path) -> None:
    ecrire(tmp_path, "densites", "01001;rural;Insee;2025", "01900;dense;Insee;2025", "99999;rural;Insee;2025")
    milieux = lire(tmp_path)
    assert milieux.densites == {}
    assert [(x.nature, x.code) for x in milieux.non_resolus] == [("commune", "99999")]
    assert "densites.csv" in milieux.non_resolus[0].motif


def test_deux_departements_se_completent(tmp_path: Path) -> None:
    un = ecrire(tmp_path / "01", "relief", "01001;montagne;x;2025")
    deux = ecrire(tmp_path / "02", "relief", "01001;montagne;x;2025", "01002;ile;x;2025")
    assert lire(un, deux).reliefs == {"01001": "montagne", "01002": "ile"}


def test_une_ile_et_un_estuaire(tmp_path: Path) -> None:
    ecrire(
        tmp_path,
        "barrieres",
        "Île;01001;;40;40;aucun;bateau;Région;2025",
        "Estuaire;01002;nord;12,5;;;bac;Région;2025",
        "Estuaire;01003;sud;12,5;;;bac;Région;2025",
    )
    ile, estuaire = lire(tmp_path).barrieres
    assert (ile.ile, dict(ile.rives), ile.minutes["voiture"], ile.franchissement) == (True, {"01001": ""}, 40, "bateau")
    assert math.isinf(ile.minutes["pied"])
    assert (estuaire.ile, dict(estuaire.rives)) == (False, {"01002": "nord", "01003": "sud"})
    assert estuaire.minutes["voiture"] == 12.5
    assert math.isnan(estuaire.minutes["velo"])


@pytest.mark.parametrize(
    ("nom", "lignes", "message"),
    [
        ("densites", ["01001;urbain;x;y"], r"densites\.csv:2 : « classe » attend dense"),
        ("densites", ["01001;rural;x;y", "01001;dense;x;y"], r"csv:3 : « 01001 » a déjà une autre valeur"),
        ("relief", ["01001;colline;x;y"], r"relief\.csv:2 : « motif » attend montagne, littoral, ile"),
        ("barrieres", [";01001;;1;1;1;;x;y"], "« barriere » attend un nom"),
        ("barrieres", ["B;01001;;-3;1;1;;x;y"], r"barrieres\.csv:2 : « minutes_voiture » attend un nombre de minutes"),
        ("barrieres", ["B;01001;;vite;1;1;;x;y"], "« minutes_voiture » attend"),
        ("barrieres", ["B;01001;;nan;1;1;;x;y"], "« minutes_voiture » attend"),
        ("barrieres", ["B;01001;n;;;;;x;y", "B;01002;;;;;;x;y"], r"csv:3 : « rive » est donnée sur toutes"),
        ("barrieres", ["B;01001;n;1;;;;x;y", "B;01002;s;2;;;;x;y"], r"csv:3 : les minutes de « B » sont les mêmes"),
        ("barrieres", ["B;01001;n;;;;;x;y", "B;01900;s;;;;;x;y"], "est déjà sur une autre rive"),
        ("barrieres", ["B;01001;n;;;;;x;y", "B;01002;n;;;;;x;y"], "n'a qu'une rive"),
    ],
    ids=[
        "classe",
        "deux-classes",
        "motif",
        "nom",
        "négatif",
        "texte",
        "nan",
        "mélange",
        "minutes",
        "deux-rives",
        "une",
    ],
)
def test_une_ligne_fautive_est_nommee(tmp_path: Path, nom: str, lignes: list[str], message: str) -> None:
    ecrire(tmp_path, nom, *lignes)
    with pytest.raises(TerritoireInvalide, match=message):
        lire(tmp_path)


def test_une_colonne_absente_est_nommee(tmp_path: Path) -> None:
    (tmp_path / "relief.csv").write_text("code_insee\n01001\n", encoding="utf-8")
    with pytest.raises(TerritoireInvalide, match="il manque la colonne « motif »"):
        lire(tmp_path)
