"""Lands without a road: the shipped rule names real communes, parts what it must, and gives way to who knows more."""

import math
from pathlib import Path

import pytest

from carte.entrees import COG_NATIONAL
from carte.territory import Barriere, Cog, TerritoireInvalide, lire, lire_cog
from carte.territory.isolements import Regle, isoler, lire_isolements, parties_sans_route, reliefs_connus
from sites import RACINE
from territory import monde


@pytest.fixture(scope="module")
def cog() -> Cog:
    return lire_cog([RACINE / COG_NATIONAL])


@pytest.mark.parametrize(
    "regle", [*lire_isolements(), *parties_sans_route()], ids=lambda regle: f"{regle.nom} {regle.motif}".strip()
)
def test_chaque_code_existe_et_porte_ce_nom(cog: Cog, regle: Regle) -> None:
    assert regle.communes or regle.departements
    assert dict(regle.communes) == {code: cog.actuelles[code].nom for code in regle.communes}
    assert dict(regle.departements) == {code: cog.departements[code].nom for code in regle.departements}


def test_une_commune_n_est_que_d_une_terre(cog: Cog) -> None:
    codes = [code for regle in lire_isolements() if regle.passage for code in regle.communes]
    assert len(codes) == len(set(codes))


ILE = Regle("Île", {"01001": "Abbeville"}, {}, "essai", passage="bateau")


def par_codes(*codes: str) -> Cog:
    from carte.territory import CommuneCog

    return Cog({c: CommuneCog(c, c, c[:2], "84", 1.0, ()) for c in codes}, {})


def test_une_ile_est_separee_de_tout_et_personne_n_y_roule() -> None:
    (barriere,) = isoler(par_codes("01001", "01002"), ["01001", "01002"], (), [ILE])
    assert (barriere.ile, dict(barriere.rives), barriere.fournie) == (True, {"01001": ""}, False)
    assert set(barriere.minutes.values()) == {math.inf}


def test_une_seule_route_allonge_sans_separer() -> None:
    seule = Regle("Cirque", {"01001": "Abbeville"}, {}, "essai", passage="une route", minutes=20.0)
    (barriere,) = isoler(par_codes("01001", "01002"), ["01001", "01002"], (), [seule])
    assert set(barriere.minutes.values()) == {20.0}


@pytest.mark.parametrize("presentes", [["01001"], ["01002"]], ids=["elle seule", "sans elle"])
def test_ce_qui_ne_separe_rien_n_est_pas_dit(presentes: list[str]) -> None:
    assert isoler(par_codes("01001", "01002"), presentes, (), [ILE]) == ()


def test_l_ile_du_deploiement_prend_la_place_de_la_regle() -> None:
    minutes = {"voiture": 45.0, "velo": 45.0, "pied": 45.0}
    sienne = Barriere("La sienne", {"01001": ""}, True, minutes)
    autre = Barriere("Un estuaire", {"01001": "nord", "01002": "sud"}, False, minutes)
    cog = par_codes("01001", "01002")
    assert isoler(cog, ["01001", "01002"], (sienne,), [ILE]) == ()
    assert len(isoler(cog, ["01001", "01002"], (autre,), [ILE])) == 1


def test_un_departement_entier_et_son_relief() -> None:
    cog = par_codes("01001", "01002", "02001")
    lignes = [
        Regle("Corse", {}, {"01": "Dép. 01"}, "essai", passage="avion"),
        Regle("Monts", {}, {"02": "Dép. 02"}, "essai", motif="montagne"),
    ]
    (barriere,) = isoler(cog, ["01001", "01002", "02001"], (), lignes)
    assert set(barriere.rives) == {"01001", "01002"}
    assert reliefs_connus(cog, lignes) == {"02001": "montagne"}


def test_le_territoire_lu_a_les_terres_isolees_et_le_relief_du_departement_l_emporte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lignes = (ILE, Regle("Monts", {"01001": "x", "01002": "x"}, {}, "essai", motif="montagne"))
    monkeypatch.setattr("carte.territory.isolements.lire_isolements", lambda: lignes)
    monde.ecrire_couches(tmp_path, "01001", "01002", "01003", "01004")
    (tmp_path / "01" / "relief.csv").write_text(
        "code_insee;motif;source;millesime\n01001;littoral;x;2025\n", encoding="utf-8"
    )
    territoire = lire(tmp_path, ["01"], monde.ecrire_cog(tmp_path / "cog"))
    assert [b.nom for b in territoire.barrieres] == ["Île"]
    reliefs = dict(zip(territoire.communes["code_insee"], territoire.communes["relief"], strict=True))
    assert (reliefs["01002"], reliefs["01001"]) == ("montagne", "littoral")


def test_une_regle_fautive_est_dite_a_sa_ligne(tmp_path: Path) -> None:
    fichier = tmp_path / "isolements.yml"
    fichier.write_text("isolements:\n  - nom: Île\n    passage: bateau\nreliefs: []\nparties: []\n", encoding="utf-8")
    with pytest.raises(TerritoireInvalide, match=r"isolements\.yml:2"):
        lire_isolements(fichier)
