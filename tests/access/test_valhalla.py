"""The routing engine behind a stand-in: what is asked, what is kept, what is said. The real one is tried by hand.

The real wheel needs Python 3.12; its manual trial is told in the docstring of `carte.access.valhalla`.
"""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from carte.access import Mode, lire_matrice, valhalla
from carte.access.valhalla import Calcul, Point, RouteurIndisponible, calculer, demander, ecrire
from carte.execution import SurPlace
from carte.execution.modele import emballer, ouvrir, travailler

MAIRIE = Point("01001", 1.0, 46.0, "01001")
VOISINE = Point("01002", 1.1, 46.0, "01002")
ILE = Point("01003", 1.05, 46.05, "01003")
AILLEURS = Point("99001", 8.0, 40.0, "99001")
LIEU = Point("01/lieu", 1.1, 46.001, "01002")
LOIN = Point("01/loin", 2.5, 46.0, "01009")


class Doublure:
    """Answers as Valhalla does: one km and one minute per hundredth of a degree, and an island that nothing reaches."""

    def __init__(self) -> None:
        self.demandes: list[dict[str, Any]] = []

    def locate(self, demande: dict[str, Any], /) -> list[dict[str, Any]]:
        return [self._situer(point["lon"], point["lat"]) for point in demande["locations"]]

    def _situer(self, lon: float, lat: float) -> dict[str, Any]:
        if lat < 30:
            return {"edges": None}
        # Outside of the extract Valhalla answers with the nearest road it knows, however far.
        return {"edges": [{"correlated_lon": min(lon, 3.0), "correlated_lat": lat}]}

    def matrix(self, demande: dict[str, Any], /) -> dict[str, Any]:
        self.demandes.append(demande)
        if any(point["lat"] == ILE.lat for point in demande["sources"]):
            raise RuntimeError("Locations are in unconnected regions.")
        return {"sources_to_targets": [[self._trajet(s, t) for t in demande["targets"]] for s in demande["sources"]]}

    def _trajet(self, source: dict[str, float], cible: dict[str, float]) -> dict[str, Any]:
        pas = round(100 * abs(source["lon"] - cible["lon"]))
        return {"time": 60 * pas, "distance": float(pas)} if pas != 7 else {"time": None, "distance": None}


@pytest.fixture(autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def _extrait(tmp_path: Path) -> Path:
    extrait = tmp_path / "essai.osm.pbf"
    extrait.write_bytes(b"des routes")
    return extrait


def lancer(tmp_path: Path, origines: list[Point], destinations: list[Point]) -> tuple[Doublure, Calcul, Path]:
    doublure, sortie = Doublure(), tmp_path / "temps.csv"
    demande = demander(_extrait(tmp_path), origines, destinations)
    calcul = calculer(replace(demande, modes=(Mode.VOITURE,), ouvrir=lambda _extrait: doublure))
    sortie.write_bytes(calcul.contenu)
    return doublure, calcul, sortie


def test_le_fichier_produit_est_celui_que_lit_le_rapport(tmp_path: Path) -> None:
    _, bilan, sortie = lancer(tmp_path, [MAIRIE], [LIEU])
    (ligne,) = lire_matrice(sortie).table.to_dict("records")
    assert ligne == {
        "origine": "01001",
        "destination": "01/lieu",
        "minutes": 10.0,
        "mode": "voiture",
        "source": "Valhalla essai, extrait OpenStreetMap essai.osm.pbf",
        "km": 10.0,
    }
    assert (bilan.trajets, bilan.sans_route, bilan.hors_extrait) == (1, 0, ())


def test_dans_sa_commune_la_convention_reste(tmp_path: Path) -> None:
    _, bilan, _ = lancer(tmp_path, [VOISINE], [LIEU])
    assert bilan.trajets == 0


def test_un_lieu_trop_loin_n_est_pas_demande(tmp_path: Path) -> None:
    doublure, bilan, _ = lancer(tmp_path, [MAIRIE], [LOIN])
    assert bilan.trajets == 0
    assert not doublure.demandes


def test_un_point_hors_de_l_extrait_est_ecarte_et_nomme(tmp_path: Path) -> None:
    sans_route_du_tout = Point("99002", 1.0, 20.0, "99002")
    _, bilan, _ = lancer(tmp_path, [MAIRIE, AILLEURS, sans_route_du_tout], [LIEU])
    assert bilan.hors_extrait == ("99001", "99002")
    assert bilan.trajets == 1


def test_une_ile_n_empeche_pas_les_autres(tmp_path: Path) -> None:
    _, bilan, sortie = lancer(tmp_path, [MAIRIE, ILE], [LIEU])
    assert list(lire_matrice(sortie).table["origine"]) == ["01001"]
    assert bilan.sans_route == 1


def test_un_trajet_sans_route_n_est_jamais_zero(tmp_path: Path) -> None:
    sans_chemin = Point("01/sans-chemin", 1.07, 46.0, "01009")
    _, bilan, sortie = lancer(tmp_path, [MAIRIE], [sans_chemin, LIEU])
    assert list(lire_matrice(sortie).table["destination"]) == ["01/lieu"]
    assert bilan.sans_route == 1


def test_les_demandes_restent_sous_la_limite(tmp_path: Path) -> None:
    origines = [Point(f"{36_001 + i}", 1.0 + i / 10_000, 46.0, f"{36_001 + i}") for i in range(120)]
    destinations = [Point(f"l{i}", 1.2 + i / 10_000, 46.0, "x") for i in range(70)]
    doublure, bilan, sortie = lancer(tmp_path, origines, destinations)
    assert max(len(d["sources"]) * len(d["targets"]) for d in doublure.demandes) <= 2_500
    assert bilan.trajets == 120 * 70 == len(lire_matrice(sortie).table)


def test_sans_valhalla_le_message_dit_quoi_installer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(_nom: str) -> Any:
        raise ImportError

    monkeypatch.setattr(valhalla, "import_module", absent)
    with pytest.raises(RouteurIndisponible, match=r"n'est pas installé.*Python 3\.12"):
        calculer(demander(_extrait(tmp_path), [MAIRIE], [LIEU]))


def test_trop_ancien_pour_preparer_un_extrait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(valhalla, "import_module", lambda _nom: SimpleNamespace())
    monkeypatch.setattr(valhalla, "version", lambda: "3.2.0")
    with pytest.raises(RouteurIndisponible, match=r"3\.2\.0 est trop ancien"):
        valhalla.ouvrir_valhalla(_extrait(tmp_path))


def test_un_extrait_absent_est_nomme(tmp_path: Path) -> None:
    with pytest.raises(RouteurIndisponible, match=r"x\.osm\.pbf n'existe pas"):
        demander(tmp_path / "x.osm.pbf", [MAIRIE], [LIEU])


def test_un_autre_extrait_du_meme_nom_est_refuse(tmp_path: Path) -> None:
    demande = demander(_extrait(tmp_path), [MAIRIE], [LIEU])
    demande.extrait.write_bytes(b"d'autres routes")
    with pytest.raises(RouteurIndisponible, match="n'est pas le même"):
        calculer(demande)


def test_les_tuiles_sont_preparees_une_fois(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    preparees: list[Path] = []
    faux = SimpleNamespace(get_config=lambda **reglages: reglages, Actor=lambda reglages: reglages)
    monkeypatch.setattr(valhalla, "_importer", lambda: faux)
    monkeypatch.setattr(valhalla, "_construire_tuiles", lambda _reglages, extrait, _tuiles: preparees.append(extrait))
    extrait = _extrait(tmp_path)
    ouverts = [valhalla.ouvrir_valhalla(extrait) for _ in range(2)]
    assert preparees == [extrait]
    assert ouverts[0] == ouverts[1]


def test_des_temps_que_quelqu_un_a_mesures_sont_gardes_a_cote(tmp_path: Path) -> None:
    geo = tmp_path / "36"
    geo.mkdir()
    (geo / "temps.csv").write_text("mes temps\n")
    calcul = Calcul(b"origine;destination;minutes;mode;source\n", 0, 0, (), "essai")
    garde = ecrire(calcul, geo / "temps.csv")
    assert garde == tmp_path / "36.mis-de-cote-1"
    assert (garde / "temps.csv").read_text() == "mes temps\n"
    assert (geo / "temps.csv").read_bytes() == calcul.contenu
    assert ecrire(calcul, geo / "temps.csv") is None, "ours: replaced"


def doublure(_extrait: Path) -> Doublure:
    return Doublure()


def test_un_calcul_se_fait_ailleurs_aux_memes_octets(tmp_path: Path) -> None:
    extrait = _extrait(tmp_path)
    demandes = [replace(demander(extrait, [o], [LIEU]), ouvrir=doublure) for o in (MAIRIE, VOISINE)]
    ici = list(SurPlace().faire(calculer, demandes))
    assert [calcul.trajets for calcul in ici] == [2, 0]
    ailleurs, _, _ = ouvrir(travailler(emballer(calculer, demandes)))
    assert ailleurs == ici
