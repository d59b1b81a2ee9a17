"""Other worked cases, of the shape of the shared example: their expected values come from another program."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from carte.indicators import chapman
from indicators.cas import repondre
from indicators.cas_calcul import differences

CAS = sorted((Path(__file__).parent / "cas").glob("*.json"))


def lire(fichier: Path) -> dict[str, Any]:
    contenu: dict[str, Any] = json.loads(fichier.read_text(encoding="utf-8"))
    return contenu


@pytest.mark.parametrize("fichier", CAS, ids=lambda fichier: fichier.stem)
def test_chaque_cas(fichier: Path) -> None:
    cas = lire(fichier)
    assert len(cas["attendu"]) > 20
    assert not list(differences(cas["attendu"], repondre(cas)))


def test_une_difference_se_voit() -> None:
    attendu = lire(CAS[0])["attendu"]
    faux = deepcopy(attendu)
    faux["couverture_pct"]["voiture_25"] += 1e-5
    faux["e2sfca"]["demande_ponderee_j"]["A"] = None
    assert len(list(differences(attendu, faux))) == 2


def test_une_cle_inconnue_est_refusee() -> None:
    cas = lire(CAS[0])
    with pytest.raises(KeyError, match="couverture_avion_30"):
        repondre(cas | {"attendu": {"couverture_avion_30": 1.0}})


def test_deux_listes_vides_ne_disent_rien() -> None:
    resultat = chapman(0, 0, 0)
    assert (resultat.estimation, resultat.completude, resultat.couverture_liste) == (0.0, None, None)
    assert not resultat.fiable
