"""Layers of a département, from a folder or from the network (played here), with their manifest."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import geopandas as gpd
import pytest
import shapely

from carte import ecriture
from carte.couches import departement as couches
from carte.couches import sources
from carte.couches.brut import CouchesIndisponibles
from carte.couches.cache import Recu
from carte.couches.controles import Controle, corps
from carte.couches.departement import bande_voisine, preparer
from carte.couches.inscription import TABLES
from carte.couches.sources import Dossier, Reseau
from carte.couches.voisinage import LARGEUR_BANDE_KM, voisins
from carte.territory import Cog, TerritoireInvalide, lire, lire_cog, verifier_manifeste
from carte.territory.contours import lire_contours
from carte.territory.manifeste import NOM, Couche, ecrire_manifeste, empreinte, lire_manifeste
from territory.monde import CASES, actuelle, carre, ecrire_cog, ecrire_couche, element, partie

DEBIT = "code_insee;nom_com;nbr;type;elig_thd30;date\n01001;Abbeville;10;all;9;2026-06-30\n"


@pytest.fixture
def cog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cog:
    # The hand-drawn départements are neighbours; the real 01 and 02 are not.
    monkeypatch.setattr(couches, "voisins", {"01": ("02",), "02": ("01",)}.get)
    return lire_cog([ecrire_cog(tmp_path / "cog")])


@pytest.fixture
def partages(tmp_path: Path) -> Path:
    """A folder laid out as the local source expects."""
    dossier = tmp_path / "source"
    for departement, nom in (("01", "ici"), ("02", "la")):
        elements = [element(code) for code in CASES if code[:2] == departement]
        fichier = ecrire_couche(dossier, "contours-2018", elements, f"communes-{departement}-{nom}")
        assert fichier.exists()
    (dossier / "arcep").mkdir()
    (dossier / "arcep" / "ici-meilleure_techno.csv").write_text(DEBIT, encoding="utf-8")
    (dossier / "arcep" / "la-meilleure_techno.csv").write_text(DEBIT, encoding="utf-8")
    return dossier


def test_from_a_folder(partages: Path, cog: Cog, tmp_path: Path) -> None:
    preparation = preparer("01", Dossier(partages), tmp_path / "geo", cog)
    assert [(c.fichier, c.millesime) for c in preparation.couches] == [
        ("arcep/commune_meilleure_techno.csv", "2026-06-30"),
        ("communes.geojson", "2018"),
        ("voisins.geojson", "2018"),
    ]
    assert verifier_manifeste(preparation.dossier) == []
    assert len(preparation.remarques) == 3 + len(set(TABLES)), "each absent layer is named"
    territoire = lire(tmp_path / "geo", ["01"], tmp_path / "cog")
    assert list(territoire.communes["origine"]) == ["perimetre"] * 4 + ["voisin"] * 2
    assert territoire.millesimes["contours"] == "2018"
    assert territoire.communes.set_index("code_insee").loc["02001", "population"] == 50, "from the COG"


def test_the_day_s_codes_are_preferred(partages: Path, cog: Cog, tmp_path: Path) -> None:
    ecrire_couche(partages, "geoapi", [element("01001")], "communes-01")
    (partages / "geoapi" / "epcis-01.json").write_text("[]", encoding="utf-8")
    preparation = preparer("01", Dossier(partages), tmp_path / "geo", cog)
    assert "epcis.json" in {c.fichier for c in preparation.couches}
    assert list(lire_contours(tmp_path / "geo" / "01" / "communes.geojson")["code"]) == ["01001"]


def test_same_sources_same_bytes(partages: Path, cog: Cog, tmp_path: Path) -> None:
    for nom in ("un", "deux"):
        preparer("01", Dossier(partages), tmp_path / nom, cog)
    un, deux = ({f.name: f.read_bytes() for f in (tmp_path / nom).rglob("*") if f.is_file()} for nom in ("un", "deux"))
    assert un == deux
    ecrites = {"communes.geojson", "voisins.geojson", "commune_meilleure_techno.csv"}
    assert set(un) == ecrites | {"manifeste.yml", ecriture.MEMOIRE}


def test_a_changed_layer_shows(partages: Path, cog: Cog, tmp_path: Path) -> None:
    dossier = preparer("01", Dossier(partages), tmp_path / "geo", cog).dossier
    (dossier / "voisins.geojson").unlink()
    assert ["absent" in constat for constat in verifier_manifeste(dossier)] == [True]


def test_strip_keeps_what_is_near_and_lists_the_unknown(tmp_path: Path) -> None:
    cog = lire_cog([ecrire_cog(tmp_path / "cog")])
    propres = lire_contours(ecrire_couche(tmp_path, "01", [element("01001"), element("01002")]))
    # 02001 touches; 02002 is moved 0.4° east of the border: about 30 km.
    loin = element("02002", carre(6, 1))
    alentour = lire_contours(ecrire_couche(tmp_path, "02", [element("02001"), loin, element("02999", carre(2, 0))]))
    bande, inconnues = bande_voisine("01", propres, alentour, cog, 25)
    assert list(bande["code"]) == ["02001"]
    assert [x.code for x in inconnues] == ["02999"]
    assert list(bande_voisine("01", propres, alentour, cog, 35)[0]["code"]) == ["02001", "02002"]


def test_a_part_that_joined_the_departement_comes_along(tmp_path: Path) -> None:
    communes = [actuelle(c) for c in CASES if c != "02001"] + [partie("02001", "01002", "Bourg-Vert")]
    cog = lire_cog([ecrire_cog(tmp_path / "cog", communes, epcis=[])])
    propres = lire_contours(ecrire_couche(tmp_path / "geo", "01", [element("01001"), element("01002")]))
    alentour = lire_contours(ecrire_couche(tmp_path, "02", [element("02001")]))
    bande, _ = bande_voisine("01", propres, alentour, cog, 25)
    assert list(bande["code"]) == ["02001"]
    ecrire_couche(tmp_path / "geo", "01", [element("02001")], "voisins")
    communes_lues = lire(tmp_path / "geo", ["01"], tmp_path / "cog").communes.set_index("code_insee")
    assert communes_lues.loc["01002"].geometry.bounds == pytest.approx((1.1, 47.1, 1.3, 47.2))


@pytest.mark.parametrize(
    ("departement", "erreur", "message"),
    [
        pytest.param("03", TerritoireInvalide, "« 03 » n'existe pas", id="departement-inconnu"),
        pytest.param("02", CouchesIndisponibles, "contours du département 02", id="contours-absents"),
    ],
)
def test_nothing_is_written_on_failure(
    partages: Path, cog: Cog, tmp_path: Path, departement: str, erreur: type[Exception], message: str
) -> None:
    (partages / "contours-2018" / "communes-02-la.geojson").unlink()
    with pytest.raises(erreur, match=message):
        preparer(departement, Dossier(partages), tmp_path / "geo", cog)
    assert not (tmp_path / "geo").exists()


@pytest.mark.parametrize(
    "reponse", [b"<!DOCTYPE html><h1>Maintenance</h1>", b"", b'{"erreur": 500}', b'[{"nom": "sans code"}]', b'[{"no']
)
def test_an_answer_that_is_no_list_of_epci_is_refused_in_a_folder_too(
    partages: Path, cog: Cog, tmp_path: Path, reponse: bytes
) -> None:
    ecrire_couche(partages, "geoapi", [element("01001")], "communes-01")
    (partages / "geoapi" / "epcis-01.json").write_bytes(reponse)
    with pytest.raises(CouchesIndisponibles, match=r"^geoapi/epcis-01\.json : "):
        preparer("01", Dossier(partages), tmp_path / "geo", cog)
    assert not (tmp_path / "geo").exists()


class Services:
    """The national services, from memory; records the addresses asked."""

    def __init__(self, **remplace: bytes) -> None:
        self.adresses: list[str] = []
        self.remplace = remplace

    def __call__(self, adresse: str) -> bytes:
        self.adresses.append(adresse)
        chemin = urlsplit(adresse).path
        if chemin.endswith("/communes"):
            departement = chemin.split("/")[2]
            elements = [element(code) for code in CASES if code[:2] == departement]
            return json.dumps({"type": "FeatureCollection", "features": elements}).encode()
        if chemin.endswith("/epcis"):
            return b"[]"
        return self.remplace.get("arcep", DEBIT.encode())


def reseau(ouvrir: Callable[[str], bytes]) -> Reseau:
    """The national services, played by a function."""

    def lire(adresse: str, controle: Controle) -> Recu:
        contenu = ouvrir(adresse)
        corps(contenu, adresse)
        controle(contenu, adresse)
        return Recu(contenu, adresse, date(2026, 11, 2))

    return Reseau(lire)


def test_from_the_network(cog: Cog, tmp_path: Path) -> None:
    services = Services()
    preparation = preparer("01", reseau(services), tmp_path / "geo", cog)
    assert {c.fichier: c.millesime for c in preparation.couches} == {
        "communes.geojson": "relevé du 2026-11-02",
        "voisins.geojson": "relevé du 2026-11-02",
        "epcis.json": "relevé du 2026-11-02",
        "arcep/commune_debit_filaire.csv": "2026-06-30",
        "arcep/commune_meilleure_techno.csv": "2026-06-30",
    }
    assert {urlsplit(a).netloc for a in services.adresses} == {
        "geo.api.gouv.fr",
        "data.arcep.fr",
        "www.insee.fr",
        "www.data.gouv.fr",
    }
    assert services.adresses[0].startswith(
        "https://geo.api.gouv.fr/departements/01/communes?fields=nom,code,codesPostaux,codeEpci"
    )
    assert "https://data.arcep.fr/fixe/maconnexioninternet/statistiques/last/commune/commune_debit_filaire.csv" in (
        services.adresses
    )


def test_a_national_table_gives_only_the_rows_around(cog: Cog, tmp_path: Path) -> None:
    table = DEBIT + "02001;Bourg-Vert;5;all;5;2026-06-30\n33063;Bordeaux;9;all;9;2026-06-30\n"
    preparation = preparer("01", reseau(Services(arcep=table.encode())), tmp_path / "geo", cog)
    ecrite = (preparation.dossier / "arcep" / "commune_debit_filaire.csv").read_text(encoding="utf-8")
    assert [ligne.split(";")[0] for ligne in ecrite.splitlines()] == ["code_insee", "01001", "02001"]


def test_a_table_that_cannot_be_fetched_is_said_and_the_rest_is_written(cog: Cog, tmp_path: Path) -> None:
    services = Services()

    def ouvrir(adresse: str) -> bytes:
        if "insee" in adresse:
            raise CouchesIndisponibles(f"{adresse} : en panne.")
        return services(adresse)

    preparation = preparer("01", reseau(ouvrir), tmp_path / "geo", cog)
    (dite,) = [x for x in preparation.remarques if "densites.csv" in x]
    assert "www.insee.fr" in dite
    assert "en panne" in dite
    assert "jamais été essayée" in dite
    assert "39 km/h" in dite
    assert "Rien n'a été écrit" not in dite
    assert (preparation.dossier / "communes.geojson").exists()


def test_a_table_cut_in_the_middle_of_a_row_is_refused(cog: Cog, tmp_path: Path) -> None:
    services = Services(arcep=(DEBIT + "02001;Bourg-Vert;5;al").encode())
    with pytest.raises(CouchesIndisponibles, match="la dernière ligne est coupée"):
        preparer("01", reseau(services), tmp_path / "geo", cog)
    assert not (tmp_path / "geo").exists()


def test_a_page_of_excuses_is_not_a_table(cog: Cog, tmp_path: Path) -> None:
    services = Services(arcep=b"<html>Maintenance</html>\n<p>Revenez plus tard</p>")
    with pytest.raises(CouchesIndisponibles, match="une page web a été reçue"):
        preparer("01", reseau(services), tmp_path / "geo", cog)
    assert not (tmp_path / "geo").exists()


def test_hosts_are_declared_once() -> None:
    modules = Path(sources.__file__).parents[1].rglob("*.py")
    fautifs = {"geo.api.gouv.fr/", "data.arcep.fr/", "www.insee.fr/"}
    ailleurs = [
        f.name
        for f in modules
        if f.parent.name != "couches" and any(f"https://{hote}" in f.read_text("utf-8") for hote in fautifs)
    ]
    assert ailleurs == []


def test_no_neighbour_overseas_and_neighbours_are_mutual() -> None:
    assert voisins("974") == voisins("99") == ()
    codes = [f"{n:02d}" for n in range(1, 96) if n != 20] + ["2A", "2B"]
    assert all(autre != code and code in voisins(autre) for code in codes for autre in voisins(code))
    assert set(voisins("36")) == {"03", "18", "23", "37", "41", "86", "87"}


@pytest.mark.partage
def test_neighbours_are_those_of_the_outlines(partage: Path) -> None:
    """EPSG:2154 holds here: the table is that of the métropole."""
    departements = {}
    for fichier in sorted((partage / "data" / "contours-2018").glob("communes-*.geojson")):
        code = fichier.stem.split("-")[1]
        if len(code) == 2:
            departements[code] = shapely.coverage_union_all(lire_contours(fichier).geometry.to_numpy())
    formes = gpd.GeoSeries(list(departements.values()), crs=4326).to_crs(2154).to_numpy()
    couples = shapely.STRtree(formes).query(formes, predicate="dwithin", distance=LARGEUR_BANDE_KM * 1000)
    codes = list(departements)
    calcules = {(codes[a], codes[b]) for a, b in couples.T if a != b}
    assert len(codes) == 96
    assert {(code, autre) for code in codes for autre in voisins(code)} == calcules


@pytest.mark.partage
def test_the_real_indre(partage: Path, racine: Path, tmp_path: Path) -> None:
    dossier_cog = racine / "node_modules" / "@etalab" / "decoupage-administratif" / "data"
    preparer("36", Dossier(partage / "data"), tmp_path, lire_cog([dossier_cog]))
    territoire = lire(tmp_path, ["36"], dossier_cog)
    communes = territoire.communes
    assert communes["origine"].value_counts().to_dict() == {"voisin": 457, "perimetre": 241}
    # The outline published for the merged commune is that of Villentrois alone: the point of Faverolles falls outside.
    assert [(x.nature, x.code) for x in territoire.non_resolus] == [("chef-lieu", "36072")]
    assert territoire.sans_contour == ()
    assert len(territoire.epci) == 15
    assert territoire.millesimes == {
        "cog": "2026",
        "population": "2023",
        "contours": "2018",
        "densites": "Insee, grille communale de densité 2024",
        "chefs_lieux": "IGN, Admin Express (chefs-lieux) ; autres sources publiques pour les anciennes communes 2020",
    }
    assert communes["point_source"].value_counts().to_dict() == {"chef-lieu": 698}
    assert communes.loc[communes["dans_perimetre"], "densite"].value_counts().to_dict() == {
        "rural": 120,
        "tres_disperse": 114,
        "intermediaire": 7,
    }


def _prepare(partages: Path, cog: Cog, tmp_path: Path, *, mettre_de_cote: bool = False) -> Path:
    return preparer("01", Dossier(partages), tmp_path / "geo", cog, mettre_de_cote=mettre_de_cote).dossier


def _fichiers(dossier: Path) -> dict[str, bytes]:
    return {f.relative_to(dossier).as_posix(): f.read_bytes() for f in sorted(dossier.rglob("*")) if f.is_file()}


def test_a_table_made_by_hand_is_kept(partages: Path, cog: Cog, tmp_path: Path) -> None:
    grille(partages)
    dossier = tmp_path / "geo" / "01"
    dossier.mkdir(parents=True)
    (dossier / "densites.csv").write_text("à moi", encoding="utf-8")
    preparation = preparer("01", Dossier(partages), tmp_path / "geo", cog)
    assert (dossier / "densites.csv").read_text(encoding="utf-8") == "à moi"
    assert any("densites.csv n'est pas comme Carte l'écrit : c'est le vôtre" in x for x in preparation.remarques)
    assert "densites.csv" not in {couche.fichier for couche in preparation.couches}
    preparation = preparer("01", Dossier(partages), tmp_path / "geo", cog, mettre_de_cote=True)
    assert lire(tmp_path / "geo", ["01"], tmp_path / "cog").communes["densite"].dropna().to_list() == ["rural"]


def test_a_table_that_is_not_right_is_said_with_what_it_costs(partages: Path, cog: Cog, tmp_path: Path) -> None:
    grille(partages, contenu="CODE;DENSITE\n36001;6\n")
    preparation = preparer("01", Dossier(partages), tmp_path / "geo", cog)
    dites = [x for x in preparation.remarques if "densites.csv" in x]
    assert len(dites) == 1
    assert "« CODGEO »" in dites[0]
    assert "39 km/h partout" in dites[0]
    assert (preparation.dossier / "communes.geojson").exists()


def grille(dossier: Path, contenu: str | None = None) -> None:
    """A national grid as long as the real one, which a hand-drawn country is in."""
    lignes = ["01001;Abbeville;6\n", *(f"{rang:05d};X;{1 + rang % 7}\n" for rang in range(50_000, 84_000))]
    (dossier / "insee").mkdir()
    (dossier / "insee" / "grille_densite_7_niveaux_2024.xlsx").write_text(
        contenu or "CODGEO;LIBGEO;DENS\n" + "".join(lignes), encoding="utf-8"
    )


def test_a_layer_that_somebody_changed_stops_everything_before_anything_is_fetched(
    partages: Path, cog: Cog, tmp_path: Path
) -> None:
    dossier = _prepare(partages, cog, tmp_path)
    (dossier / "communes.geojson").write_text('{"mes": "contours"}')
    avant = _fichiers(tmp_path / "geo")
    with pytest.raises(ecriture.FichiersChanges, match=r"communes\.geojson.*--mettre-de-cote"):
        preparer("01", reseau(lambda _: pytest.fail("fetched")), tmp_path / "geo", cog)
    assert _fichiers(tmp_path / "geo") == avant


def test_a_layer_that_somebody_declared_as_theirs_is_not_replaced(partages: Path, cog: Cog, tmp_path: Path) -> None:
    dossier = _prepare(partages, cog, tmp_path)
    contours = b'{"mes": "contours"}'
    texte = (dossier / NOM).read_text(encoding="utf-8")
    texte = texte.replace(empreinte((dossier / "communes.geojson").read_bytes()), empreinte(contours))
    (dossier / NOM).write_text(texte, encoding="utf-8")
    (dossier / "communes.geojson").write_bytes(contours)
    with pytest.raises(ecriture.FichiersChanges):
        _prepare(partages, cog, tmp_path)


def test_one_gesture_keeps_the_changed_layer_beside(partages: Path, cog: Cog, tmp_path: Path) -> None:
    dossier = _prepare(partages, cog, tmp_path)
    (dossier / "communes.geojson").write_text('{"mes": "contours"}')
    (dossier / "epcis.json").write_text('{"mes": "groupements"}')
    preparation = preparer("01", Dossier(partages), tmp_path / "geo", cog, mettre_de_cote=True)
    garde = tmp_path / "geo" / "01.mis-de-cote-1"
    assert _fichiers(garde) == {"communes.geojson": b'{"mes": "contours"}'}
    assert preparation.remarques[0] == f"Gardé dans {garde} : communes.geojson."
    assert (dossier / "epcis.json").read_text() == '{"mes": "groupements"}', "this source has none to put there"
    (dossier / "epcis.json").unlink()
    assert _prepare(partages, cog, tmp_path) == dossier, "and the gesture is needed once"


def test_layers_of_before_the_memory_are_known_by_their_manifest(partages: Path, cog: Cog, tmp_path: Path) -> None:
    dossier = _prepare(partages, cog, tmp_path)
    (dossier / ecriture.MEMOIRE).unlink()
    assert _prepare(partages, cog, tmp_path) == dossier


def test_what_people_declared_in_the_manifest_stays(partages: Path, cog: Cog, tmp_path: Path) -> None:
    dossier = _prepare(partages, cog, tmp_path)
    (dossier / "densites.csv").write_text("code_insee;classe\n")
    mienne = Couche("densites.csv", "Densité", "Insee", "2026", "Licence Ouverte 2.0", "0" * 64)
    absente = Couche("arcep/fermeture_cuivre.csv", "Cuivre", "ARCEP", "2025", "Licence Ouverte 2.0", "0" * 64)
    (dossier / NOM).write_text(ecrire_manifeste((*lire_manifeste(dossier), mienne, absente)), encoding="utf-8")
    _prepare(partages, cog, tmp_path)
    assert mienne in lire_manifeste(dossier)
    assert absente not in lire_manifeste(dossier), "a layer of ours that is neither there nor in the source"
    assert not (tmp_path / "geo" / "01.mis-de-cote-1").exists()


def test_a_manifest_with_comments_is_kept_beside(partages: Path, cog: Cog, tmp_path: Path) -> None:
    dossier = _prepare(partages, cog, tmp_path)
    texte = "# Vu avec la préfecture\n" + (dossier / NOM).read_text(encoding="utf-8")
    (dossier / NOM).write_text(texte, encoding="utf-8")
    _prepare(partages, cog, tmp_path)
    assert (tmp_path / "geo" / "01.mis-de-cote-1" / NOM).read_text(encoding="utf-8") == texte
    assert verifier_manifeste(dossier) == []


def test_a_preparation_that_was_stopped_does_not_jam_the_next_one(
    partages: Path, cog: Cog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = _prepare(partages, cog, tmp_path)
    (partages / "arcep" / "ici-meilleure_techno.csv").write_text(DEBIT + "01002;Belleville;5;all;5;2026-06-30\n")
    vrai = ecriture.remplacer

    def mourir(fichier: Path, contenu: bytes) -> None:
        if fichier.name == NOM:
            raise KeyboardInterrupt
        vrai(fichier, contenu)

    with monkeypatch.context() as un_temps:
        un_temps.setattr(ecriture, "remplacer", mourir)
        with pytest.raises(KeyboardInterrupt):
            _prepare(partages, cog, tmp_path)
    assert any("empreinte différente" in constat for constat in verifier_manifeste(dossier))
    assert verifier_manifeste(_prepare(partages, cog, tmp_path)) == []
