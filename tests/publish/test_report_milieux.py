"""What the report says of densities, relief, barriers, weights and fitted times, from the picture it is given."""

import csv
import math
import shutil
from dataclasses import replace

import pandas as pd
import pytest

from carte.access import Mode
from carte.config import Configuration, Priorite, lire
from carte.picture import Picture
from carte.pipeline import build_picture
from carte.publish.report import calibration, milieux, perimetre, phrases
from carte.publish.report.sujet import Sujet
from carte.territory import Barriere
from sites import RACINE

ENTETE = ("origine", "destination", "minutes", "mode", "source")


@pytest.fixture(scope="module")
def configuration() -> Configuration:
    return replace(lire(RACINE / "carte.yml", RACINE), publication_precedente=None)


@pytest.fixture(scope="module")
def demo(configuration: Configuration, demo: Picture) -> Picture:
    return replace(demo, configuration=configuration, evolution=None)


@pytest.fixture(scope="module")
def mesuree(configuration: Configuration, demo: Picture, tmp_path_factory: pytest.TempPathFactory) -> Picture:
    """The demonstration with a time for every other commune: 1.3 times the estimate."""
    geo = tmp_path_factory.mktemp("geo")
    shutil.copytree(configuration.dossiers.geo / "99", geo / "99")
    table = demo.indicateurs.tables["commune"]
    trajets = [
        (code, lieu, f"{1.3 * minutes:.4f}", "voiture", "relevé fictif")
        for code, lieu, minutes in _vers_les_points(demo, list(table.index)[::2])
    ]
    with (geo / "99" / "temps.csv").open("w", encoding="utf-8", newline="") as fichier:
        csv.writer(fichier, delimiter=";").writerows([ENTETE, *trajets])
    dossiers = replace(configuration.dossiers, geo=geo)
    return build_picture(
        replace(configuration, dossiers=dossiers, priorite=Priorite({"distance": 3, "debit": 1})), RACINE
    )


def _vers_les_points(demo: Picture, codes: list[str]) -> list[tuple[str, str, float]]:
    """Trips from some communes to every fixed place of others, as they are estimated."""
    from carte.indicators import Parametres
    from carte.indicators.monde import assembler

    debit = demo.debit.communes
    monde = assembler(demo.offre, demo.territoire, debit, demo.configuration.seuils, Parametres())
    ici, points = monde.communes["code_insee"], monde.offre["point_id"]
    paires, minutes = monde.trajets.paires, monde.trajets.minutes[Mode.VOITURE]
    lignes = zip(ici.to_numpy()[paires.commune], points.to_numpy()[paires.lieu], minutes, strict=True)
    return [(c, p, float(m)) for c, p, m in lignes if c in codes and math.isfinite(m) and 5 < m < 30]


def _net(texte: str) -> str:
    """With ordinary spaces."""
    return " ".join(texte.split())


def _choix(sujet: Sujet) -> dict[str, str]:
    table = next(t for t in perimetre.tableaux(sujet) if t.identifiant == "tableau-choix")
    return {rangee.titre: _net(rangee.cellules[0].texte) for rangee in table.rangees}


def test_les_hypotheses_sont_imprimees_avec_ce_qu_elles_touchent(demo: Picture) -> None:
    choix = _choix(Sujet(demo, "99"))
    assert choix["Vitesse en voiture, densité inconnue"] == "39 km/h (1 commune du département)"
    assert choix["Détour en montagne, sur le littoral et dans les îles"].startswith("1,4 en voiture (10 communes")
    assert "Estuaire de la Lône (6 communes riveraines)" in choix["Barrières que la ligne droite ne franchit pas"]
    assert "25 minutes en voiture et à vélo, temps inconnu à pied" in _net(milieux.barrieres(Sujet(demo, "99")))
    assert "aucun passage à pied" in _net(milieux.barrieres(Sujet(demo, "99")))
    assert choix["Poids des critères de priorité"] == "éloignement 33,3 %, débit filaire 33,3 % et besoin 33,3 %"


def test_the_only_road_of_a_commune_is_said_with_what_it_adds(demo: Picture) -> None:
    cirque = Barriere(
        "Cirque", {"99058": ""}, True, dict.fromkeys(("voiture", "velo", "pied"), 20.0), "une route", "x", False
    )
    ici = replace(demo, territoire=replace(demo.territoire, barrieres=(cirque,)))
    dit = _net(milieux.barrieres(Sujet(ici, "99")))
    assert "Cirque (1 commune isolée) : une route, 20 minutes de plus en voiture, à vélo et à pied" in dit


def test_without_any_broadband_no_date_is_made_up(demo: Picture) -> None:
    assert Sujet(demo, "99").date_debit == "débit au 30 juin 2026"
    sans = replace(demo, debit=replace(demo.debit, millesime=None), millesimes={**demo.millesimes, "debit": "inconnu"})
    assert Sujet(sans, "99").date_debit == "débit inconnu"


def test_an_island_of_a_mainland_commune_is_said(demo: Picture) -> None:
    """Porquerolles is in Hyères: nothing parts it, so that its access is an upper bound."""
    communes = demo.territoire.communes.copy()
    valbourg = communes.index[communes["code_insee"] == "99058"][0]
    communes.loc[valbourg, "code_insee"] = "83069"
    hyeres = replace(demo, territoire=replace(demo.territoire, communes=communes))
    dit = _net(milieux.barrieres(Sujet(hyeres, "99")))
    assert "Porquerolles, Port-Cros et l'île du Levant (Hyères) : sans route (bateau)" in dit
    assert "borne haute" in dit
    assert "Porquerolles" not in milieux.barrieres(Sujet(demo, "99"))


def test_le_rapport_dit_d_ou_partent_les_habitants(demo: Picture) -> None:
    codes = list(demo.territoire.communes.loc[demo.territoire.communes["dans_perimetre"], "code_insee"])
    lignes = [(codes[0], "carreau"), (codes[0], "carreau"), (codes[1], "arrondissement"), ("01001", "carreau")]
    table = pd.DataFrame(lignes, columns=["code_insee", "nature"])
    fin = replace(demo, territoire=replace(demo.territoire, residences=table))
    dit = _choix(Sujet(fin, "99"))["Points d’où partent les habitants"]
    assert dit.startswith("1 commune par 2 carreaux habités ; 1 commune par 1 arrondissement ; ")
    assert f"{len(codes) - 2} communes à" in dit
    sans = _choix(Sujet(demo, "99"))["Points d’où partent les habitants"]
    assert sans.endswith("les carreaux de 200 m ne sont pas fournis (carreaux.csv)")


def test_sans_fichier_le_repli_est_dit(demo: Picture) -> None:
    communes = demo.territoire.communes.assign(densite=None, relief=None)
    nu = replace(demo, territoire=replace(demo.territoire, communes=communes, barrieres=(), millesimes={}))
    choix = _choix(Sujet(nu, "99"))
    assert "pour toutes les communes" in choix["Vitesse en voiture, densité inconnue"]
    assert "relief.csv" in choix["Détour en montagne, sur le littoral et dans les îles"]
    assert choix["Barrières que la ligne droite ne franchit pas"] == "aucune (barrieres.csv n’est pas fourni)"


@pytest.mark.parametrize(
    ("minutes", "attendu"),
    [
        ((1.0, 1.0, 1.0), "1 minute en voiture, à vélo et à pied"),
        ((math.inf,) * 3, "aucun passage en voiture, à vélo et à pied"),
        ((math.nan, 40.0, math.inf), "temps inconnu en voiture, 40 minutes à vélo, aucun passage à pied"),
    ],
    ids=["singulier", "aucun", "mélange"],
)
def test_une_traversee_en_mots(demo: Picture, minutes: tuple[float, ...], attendu: str) -> None:
    barriere = Barriere("Île", {"99001": ""}, True, dict(zip(("voiture", "velo", "pied"), minutes, strict=True)))
    territoire = replace(demo.territoire, barrieres=(barriere,))
    assert (
        _net(milieux.barrieres(Sujet(replace(demo, territoire=territoire), "99")))
        == f"Île (1 commune isolée), {attendu}"
    )


def test_les_temps_mesures_ajustent_le_reste_et_le_rapport_le_dit(mesuree: Picture) -> None:
    hypotheses = mesuree.indicateurs.parametres.hypotheses
    assert hypotheses.voiture_kmh == pytest.approx(39 / 1.3, rel=1e-4)
    assert hypotheses.voiture_kmh_par_densite["rural"] == pytest.approx(50 / 1.3, rel=1e-4)
    sujet = Sujet(mesuree, "99")
    mention = _net(sujet.mention_temps)
    assert mention.startswith("Temps mesurés (relevé fictif) là où ils sont donnés, estimés à vol d’oiseau")
    assert "ailleurs et ajustés sur ces mesures (erreur médiane absolue en voiture : 0,0 minutes, sur" in mention
    assert _choix(sujet)["Vitesse en voiture, densité inconnue"].startswith("30 km/h")
    (table,) = calibration.blocs(sujet)
    assert [rangee.titre for rangee in table.rangees] == ["Voiture"]
    assert any(note.startswith("Vélo : les hypothèses restent, non calibrées") for note in table.notes)


def test_les_poids_choisis_sont_imprimes(mesuree: Picture) -> None:
    assert _net(phrases.poids(mesuree.indicateurs.parametres)) == "éloignement 75,0 % et débit filaire 25,0 %"
    assert "besoin" not in mesuree.indicateurs.parametres.criteres
