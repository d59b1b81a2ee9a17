"""The table of IGAS 2019-033R for Hauts-de-France: places made from its counts give it back, percentages included."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from carte.choix import Seuils
from carte.indicators import compute, construire_offre
from carte.nomenclature import lire
from carte.records.modele import Enregistrement, Lieu
from indicators.exemple import Monde

RACINE = Path(__file__).parents[2]
TABLEAU = RACINE.parent / "shared" / "reference" / "tableau-igas-hauts-de-france.csv"
VOCABULAIRES = lire(RACINE / "offers" / "nomenclature")
JOUR = date(2026, 11, 1)
VALBOURG = {"code_insee": "01001", "nom": "Valbourg", "x_km": 0.0, "y_km": 0.0, "lon": 2.0, "lat": 46.0}
pytestmark = [
    pytest.mark.partage,
    pytest.mark.skipif(not TABLEAU.exists(), reason="../shared/reference/tableau-igas-hauts-de-france.csv absent"),
]
Ligne = dict[str, str]


@pytest.fixture(scope="module")
def lignes() -> list[Ligne]:
    """The rows of the published table, the total last."""
    with TABLEAU.open(encoding="utf-8") as fichier:
        return list(csv.DictReader(fichier))


def services_de(rang: int, ligne: Ligne) -> tuple[bool, bool]:
    """Whether a place of a type helps, and trains: the counts are kept, the overlap is ours."""
    aide = rang < int(ligne["accompagnement_oui"])
    return aide, rang >= int(ligne["structures"]) - int(ligne["formation_oui"])


def verifier(rendue: pd.DataFrame, types: list[str], lignes: list[Ligne]) -> None:
    table = rendue[rendue["niveau"] == "perimetre"].set_index("type")
    assert set(table.index) == {*types, "total"}
    for nom, ligne in zip([*types, "total"], lignes, strict=True):
        publies: dict[str, Any] = {cle: int(valeur) for cle, valeur in ligne.items() if cle != "type" and valeur}
        assert table.loc[nom, list(publies)].astype(int).to_dict() == publies


def test_des_lieux(lignes: list[Ligne]) -> None:
    lieux = [
        VALBOURG
        | {"lieu_id": f"{t}-{n}", "commune": "Valbourg", "typologie": (ligne["type"],), "x_km": 0.5}
        | dict(zip(("demarches", "formation"), services_de(n, ligne), strict=True))
        for t, ligne in enumerate(lignes[:-1])
        for n in range(int(ligne["structures"]))
    ]
    resultat = Monde([VALBOURG], lieux).calculer()
    verifier(resultat.listes["structures_par_type"], [ligne["type"] for ligne in lignes[:-1]], lignes)


def test_des_fiches(lignes: list[Ligne]) -> None:
    """From records, with one code of the nomenclature for each type: services become families, then counts."""
    types = [valeur.valeur for valeur in VOCABULAIRES["typologies"].valeurs[: len(lignes) - 1]]
    fiches = [
        fiche(code, n, *services_de(n, ligne), dite=True)
        for code, ligne in zip(types, lignes, strict=False)
        for n in range(int(ligne["structures"]))
    ]
    offre = construire_offre(fiches, Monde([VALBOURG]).territoire(), VOCABULAIRES, JOUR)
    debit = pd.DataFrame({"code_insee": [], "locaux": [], "thd30_min": [], "thd30_max": []})
    resultat = compute(offre, Monde([VALBOURG]).territoire(), debit, Seuils())
    verifier(resultat.listes["structures_par_type"], types, lignes)


def test_ce_que_les_fiches_taisent_a_sa_colonne(lignes: list[Ligne]) -> None:
    """The same records when none says « non »: nobody « ne forme pas », and the percentage is between bounds."""
    fiches = [fiche("BIB", n, True, n < 3, dite=False) for n in range(10)] + [fiche("BIB", 10, True, False, dite=True)]
    offre = construire_offre(fiches, Monde([VALBOURG]).territoire(), VOCABULAIRES, JOUR)
    debit = pd.DataFrame({"code_insee": [], "locaux": [], "thd30_min": [], "thd30_max": []})
    table = compute(offre, Monde([VALBOURG]).territoire(), debit, Seuils()).listes["structures_par_type"]
    total = table[(table["niveau"] == "perimetre") & (table["type"] == "total")].iloc[0]
    colonnes = [f"formation_{fin}" for fin in ("oui", "non", "non_dit", "pct_bas", "pct_haut")]
    assert list(total[colonnes]) == [3, 1, 7, 27, 91]
    assert pd.isna(total["formation_pct"])
    assert total["accompagnement_pct"] == 100


def fiche(code: str, rang: int, aide: bool, forme: bool, dite: bool) -> Enregistrement:
    """A place that neither helps nor trains lends a computer: a record has at least one service.

    `dite`: it also says which families it does not give.
    """
    services = ["Aide aux démarches administratives"] * aide + ["Maîtrise des outils numériques du quotidien"] * forme
    absentes = ["demarches"] * (not aide) + ["formation"] * (not forme)
    champs = {
        "nom": f"Lieu {rang}",
        "familles_absentes": (absentes or None) if dite else None,
        "commune": "Valbourg",
        "code_insee": "01001",
        "typologie": [code],
        "services": services or ["Accès internet et matériel informatique"],
        "source": "essai",
        "date_maj": JOUR,
    }
    return Enregistrement(f"01/{code}-{rang}", "x.yml", Lieu.model_validate(champs))
