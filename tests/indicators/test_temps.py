"""Measured times in a publication: read by département, counted, compared with the estimates."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from carte.access import Matrice, MatriceInvalide, Mode, lire_matrices
from carte.indicators import Parametres
from carte.indicators.acces.temps_mesures import controler
from carte.picture import Picture
from indicators.exemple import HYPOTHESES, SEUILS, Monde, plan

RACINE = Path(__file__).resolve().parents[2]
ENTETE = "origine;destination;minutes;mode;source\n"


def ecrire(geo: Path, departement: str, lignes: str, entete: str = ENTETE) -> None:
    (geo / departement).mkdir(parents=True, exist_ok=True)
    (geo / departement / "temps.csv").write_text(entete + lignes, encoding="utf-8")


def test_sans_fichier_pas_de_matrice(tmp_path: Path) -> None:
    assert lire_matrices(tmp_path, ["01", "02"]) is None


def test_les_fichiers_se_completent_et_le_premier_l_emporte(tmp_path: Path) -> None:
    ecrire(tmp_path, "01", "01001;02001;10;voiture;a\n")
    ecrire(tmp_path, "02", "01001;02001;99;voiture;b\n02001;01001;12,5;velo;b\n")
    matrice = lire_matrices(tmp_path, ["01", "02"])
    assert matrice is not None
    assert list(matrice.table["minutes"]) == [10.0, 12.5]
    assert matrice.sources == ["a", "b"]
    assert matrice.table["km"].isna().all()


def test_la_longueur_des_routes_est_facultative(tmp_path: Path) -> None:
    ecrire(tmp_path, "01", "01001;02001;10;voiture;a;7,5\n", ENTETE.replace("\n", ";km\n"))
    matrice = lire_matrices(tmp_path, ["01"])
    assert matrice is not None
    assert list(matrice.table["km"]) == [7.5]


def test_une_faute_nomme_le_fichier_et_la_ligne(tmp_path: Path) -> None:
    ecrire(tmp_path, "01", "01001;02001;10;voiture;a\n01001;02002;-3;voiture;a\n")
    with pytest.raises(MatriceInvalide, match=r"01/temps\.csv:3 : « minutes » attend"):
        lire_matrices(tmp_path, ["01"])
    ecrire(tmp_path, "01", "1001;02001;10;voiture;a\n")
    lue = lire_matrices(tmp_path, ["01"])
    assert lue is not None
    assert list(lue.table["origine"]) == ["01001"]  # a spreadsheet took its zero
    ecrire(tmp_path, "01", "Valbourg;02001;10;voiture;a\n")
    with pytest.raises(MatriceInvalide, match=r"01/temps\.csv:2 : « origine » attend le code Insee d'une commune"):
        lire_matrices(tmp_path, ["01"])


def test_le_controle_compte_et_ajuste() -> None:
    """Every trip twice as long as estimated: the error is half of the measure, and the speed is halved."""
    alea = np.random.default_rng(2)
    communes = [
        {"code_insee": f"01{i:03}", "x_km": x, "y_km": y, "surface_km2": 1.0}
        for i, (x, y) in enumerate(alea.uniform(0, 12, (40, 2)))
    ]
    lieux = [{"lieu_id": "L", "code_insee": "02000", "x_km": 6.0, "y_km": 6.0}]
    monde = Monde([*communes, {"code_insee": "01999", "x_km": 300.0, "y_km": 0.0}], lieux)
    temps = [2 * 2.0 * float(np.hypot(c["x_km"] - 6, c["y_km"] - 6)) for c in communes]
    table = pd.DataFrame({"origine": [c["code_insee"] for c in communes], "minutes": temps})
    table = table.assign(destination="L", mode=Mode.VOITURE.value, source="essai")
    inconnu = {"origine": "77777", "minutes": 1.0, "destination": "L", "mode": "voiture", "source": "essai"}
    matrice = Matrice(pd.concat([table, pd.DataFrame([inconnu])], ignore_index=True))
    mesures = controler(monde.offre(), monde.territoire(), SEUILS, matrice, Parametres(hypotheses=HYPOTHESES), plan)
    assert list(mesures.exclusions.values()) == [1, 1]
    voiture = mesures.calibration.pour(Mode.VOITURE)
    assert voiture is not None
    assert voiture.trajets == 40
    assert voiture.vitesse_kmh == pytest.approx(39 / 2)
    assert voiture.erreur_avant == pytest.approx(float(np.median(temps)) / 2)
    assert voiture.erreur_apres == pytest.approx(0, abs=1e-6)
    assert voiture.facteur == pytest.approx(2)
    assert voiture.dans_l_intervalle == 1


def test_la_demonstration_n_a_pas_de_temps_mesures(demo: Picture) -> None:
    assert demo.calibration is None
    assert "temps" not in demo.millesimes
    assert demo.simulations is not None
    assert demo.simulations.pour("departement", "99", "formation")
