"""Layers in their official layouts, invented figures: what a département gets of each, and what is refused."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from carte.couches import arrets, quartiers
from carte.couches.brut import Brut, CouchesIndisponibles
from carte.couches.registre import Compagnon, TableNationale, lire_registre
from carte.couches.tables import extraire, reunir
from carte.territory.manifeste import Origine
from couches import officiels

HABITANTS = {"36044": 44000.0, "36001": 1400.0, "18033": 60000.0, "2A004": 70000.0}
BOITE = (0.0, 45.0, 3.0, 48.0)


def table(fichier: str, **ecarts: object) -> TableNationale:
    """A layer of the registry, without the invariants that only all of France meets."""
    trouvee = next(x for x in lire_registre() if x.fichier == fichier)
    return replace(trouvee, **{"lignes_au_moins": 1, "sommes": {}} | ecarts)  # type: ignore[arg-type]


def lu(nom: str, contenu: bytes, departements: set[str], **ecarts: object) -> list[dict[str, str]]:
    extrait = extraire(table(nom, **ecarts), Brut(contenu, "essai", "inconnu"), departements)
    entete, *lignes = extrait.contenu.decode().splitlines()
    return [dict(zip(entete.split(";"), ligne.split(";"), strict=True)) for ligne in lignes]


def test_households_without_a_car_are_those_that_have_none() -> None:
    (ligne,) = lu("menages.csv", officiels.logement({"36044": 44000.0}), {"36"})
    assert ligne["menages"] == "20000"
    assert 0.04 * 20000 <= float(ligne["sans_voiture"]) <= 0.22 * 20000
    assert ligne["millesime"] == "2022", "the year of the headings, not that of the file"


def test_a_secret_commune_has_no_line_and_is_counted() -> None:
    contenu = officiels.logement(HABITANTS, secret="36001")
    extrait = extraire(table("menages.csv"), Brut(contenu, "essai", "2022"), {"36"})
    assert extrait.contenu.decode().count("\n") == 2
    assert extrait.secrets == 1


def test_ages_are_folded_into_those_of_the_rates() -> None:
    lignes = lu("population_age.csv", officiels.structure({"36044": 10000.0}), {"36"})
    assert [ligne["tranche"] for ligne in lignes] == list(officiels.TAUX)
    assert sum(float(ligne["population"]) for ligne in lignes) == pytest.approx(8300, rel=0.1)


def test_the_old_are_a_published_need() -> None:
    ages = {x["tranche"]: x for x in lu("population_age.csv", officiels.structure({"36044": 10000.0}), {"36"})}
    (ligne,) = lu("besoins.csv", officiels.structure({"36044": 10000.0}), {"36"})
    assert (ligne["niveau"], ligne["code"], ligne["denominateur"]) == ("commune", "36044", "10000")
    assert ligne["valeur"] == ages["75 ans et plus"]["population"]


def test_a_classification_is_told_in_our_words_windows_or_not() -> None:
    lignes = lu("frr.csv", officiels.frr([f"360{n:02d}" for n in range(99)]), {"36"})
    assert {ligne["classement"] for ligne in lignes} <= {"oui", "non", "partiel"}
    assert len(lignes) == 99


def test_an_unknown_class_is_refused() -> None:
    contenu = officiels.frr(["36001"]).replace(b"FRR socle", b"ZRR").replace("Non classée".encode("cp1252"), b"ZRR")
    with pytest.raises(CouchesIndisponibles, match="différence : ZRR"):
        lu("frr.csv", contenu, {"36"})


def test_the_sheet_with_the_headings_is_found() -> None:
    assert [x["code_insee"] for x in lu("centralites.csv", officiels.centralites(["36001", "18033"]), {"36"})] == [
        "36001"
    ]


def test_mountain_and_coast_make_one_file_and_a_commune_has_one_reason() -> None:
    montagne, littoral = (x for x in lire_registre() if x.fichier == "relief.csv")
    premier, second = (
        extraire(replace(x, lignes_au_moins=1), Brut(officiels.perimetre(codes), "essai", "2024"), {"2A"}).contenu
        for x, codes in ((montagne, ["2A004", "2A001"]), (littoral, ["2A004", "2A041"]))
    )
    lignes = [ligne.split(";")[:2] for ligne in reunir(premier, second).decode().splitlines()[1:]]
    assert lignes == [["2A001", "montagne"], ["2A004", "montagne"], ["2A041", "littoral"]]


LARGE = "CODGEO;NB_A128;NB_A129;NB_A203;NB_A206;NB_A207;NB_A208\n36001;1;1;2;1;0;0\n36002;0;1;0;0;0;1\n"
LONG = (
    "DEPCOM;TYPEQU;NB_EQUIP\n36001;A128;1\n36001;A129;1\n36001;A203;2\n36001;A206;1\n"
    "36002;A129;1\n36002;A208;1\n36002;A207;0\n"
)


@pytest.mark.parametrize("contenu", [pytest.param(LARGE, id="colonnes"), pytest.param(LONG, id="equipements")])
def test_equipment_in_both_layouts(contenu: str) -> None:
    lignes = lu("equipements.csv", contenu.encode(), {"36"})
    assert [[x[nom] for nom in ("mairies", "france_services", "poste", "banques")] for x in lignes] == [
        ["1", "1", "1", "2"],
        ["1", "0", "1", "0"],
    ]


@pytest.mark.parametrize(
    ("nom", "contenu", "message"),
    [
        pytest.param(
            "menages.csv",
            officiels.archive({"base.csv": "CODGEO;P22_MEN;P22_RP_VOIT2P\n36001;1;1\n"}),
            "aucune colonne ne donne « sans_voiture » (attendu : « P##_MEN - P##_RP_VOIT1P »",
            id="colonne-absente",
        ),
        pytest.param(
            "menages.csv", b"CODGEO;P22_MEN;P22_RP_VOIT1P\n36001;10;12\n", "« sans_voiture » est négatif", id="negatif"
        ),
        pytest.param(
            "menages.csv", b"CODGEO;P22_MEN;P22_RP_VOIT1P\n36001;dix;2\n", "« menages » n'est pas un nombre", id="mot"
        ),
        pytest.param("menages.csv", b"PK\x03\x04tronque", "ne s'ouvre pas", id="archive-coupee"),
        pytest.param(
            "menages.csv", officiels.archive({"lisez.pdf": "x"}), "la première ligne porte rien", id="archive-vide"
        ),
        pytest.param(
            "equipements.csv",
            b"DEPCOM;TYPEQU;NB_EQUIP\n36001;A129;un\n",
            "un nombre est attendu",
            id="equipement-en-lettres",
        ),
    ],
)
def test_another_layout_is_told(nom: str, contenu: bytes, message: str) -> None:
    with pytest.raises(CouchesIndisponibles) as erreur:
        lu(nom, contenu, {"36"})
    assert message in str(erreur.value)


def test_a_national_total_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(CouchesIndisponibles, match=r"« menages » fait 20000 en tout, attendu entre 25000000"):
        lu("menages.csv", officiels.logement({"36044": 44000.0}), {"36"}, sommes={"menages": (25e6, 40e6)})


# --- quarters

CARRE = [(1.69, 46.81), (1.70, 46.81), (1.70, 46.82), (1.69, 46.82), (1.69, 46.81)]


def _quartiers(contenu: bytes, populations: Mapping[str, float | None]) -> list[dict[str, object]]:
    import json

    brut = Brut(contenu, "essai", "2024")
    extrait = quartiers.extraire(table("qpv.geojson"), brut, populations, {"36"})
    return [element["properties"] for element in json.loads(extrait)["features"]]


def test_quarters_of_the_departement_with_their_population() -> None:
    contenu = officiels.quartiers(
        {"QN03602": ("36044", CARRE), "QN03601": ("36044", CARRE), "QN01801": ("18033", CARRE)}
    )
    compagnon = table("qpv.geojson").avec
    assert isinstance(compagnon, Compagnon)
    populations = quartiers.lire_populations(
        compagnon, Brut(officiels.population_quartiers({"QN03601": "1500", "QN03602": "s"}), "essai", "2024")
    )
    lus = [(x["code"], x["population"]) for x in _quartiers(contenu, populations)]
    assert lus == [("QN03601", 1500.0), ("QN03602", None)], "a secret population is unknown, not zero"


@pytest.mark.parametrize(
    ("contenu", "message"),
    [
        pytest.param(officiels.quartiers({"QN1": ("36044", [(1e5, 6e6)] * 4)}), "pas en degrés", id="lambert"),
        pytest.param(b"<html>", "essai", id="html"),
        pytest.param(
            b'{"type":"FeatureCollection","features":[{"properties":{}}]}', "n'a pas de « code_insee »", id="sans-code"
        ),
        pytest.param(officiels.archive({"QP_LB93.geojson": "{}"}), "n'a pas de fichier", id="autre-projection"),
        pytest.param(b"PK\x03\x04", "ne s'ouvre pas", id="coupe"),
    ],
)
def test_quarters_that_cannot_be_used(contenu: bytes, message: str) -> None:
    with pytest.raises(CouchesIndisponibles, match=message):
        _quartiers(contenu, {})


# --- stops

ARRETS = [("A", 1.69, 46.81), ("B", 1.70, 46.82), ("C", 1.71, 46.83), ("loin", 6.0, 46.0)]


def _arrets(contenu: bytes) -> dict[str, float]:
    lignes = arrets.extraire([Brut(contenu, "bus", "2026")], BOITE).contenu.decode().splitlines()[1:]
    return {x.split(";")[1]: float(x.split(";")[4]) for x in lignes}


def test_departures_of_a_weekday_and_nobody_leaves_from_the_end_of_the_line() -> None:
    assert _arrets(officiels.gtfs(ARRETS[:3], departs=6)) == {"A": 6, "B": 6, "C": 0}
    assert set(_arrets(officiels.gtfs(ARRETS))) == {"A", "B", "C"}


def _refait(contenu: bytes, **fichiers: str | None) -> bytes:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(contenu)) as lue:
        textes = {nom: lue.read(nom).decode() for nom in lue.namelist()}
    changes = {nom.replace("_txt", ".txt"): texte for nom, texte in fichiers.items()}
    return officiels.archive({nom: texte for nom, texte in (textes | changes).items() if texte is not None})


def test_a_trip_given_by_its_frequency_counts_as_often_as_it_leaves() -> None:
    frequences = "trip_id,start_time,end_time,headway_secs\nT0,07:00:00,09:00:00,600\n"
    assert _arrets(_refait(officiels.gtfs(ARRETS[:2], departs=2), frequencies_txt=frequences))["A"] == 13


def test_days_given_one_by_one_and_days_taken_away() -> None:
    seuls = "service_id,date,exception_type\nSEM,20260907,1\nSEM,20260908,1\n"
    assert _arrets(_refait(officiels.gtfs(ARRETS[:2]), calendar_txt=None, calendar_dates_txt=seuls))["A"] == 6
    contenu = officiels.gtfs(ARRETS[:2])
    assert arrets.extraire([Brut(contenu, "bus", "")], BOITE).periodes == "du 2026-09-01 au 2026-12-19"
    otee = _refait(contenu, calendar_dates_txt="service_id,date,exception_type\nSEM,20261219,2\n")
    assert arrets.extraire([Brut(otee, "bus", "")], BOITE).periodes == "du 2026-09-01 au 2026-12-18"


@pytest.mark.parametrize(
    ("calendrier", "prise_le", "motif"),
    [
        pytest.param("1111110,20260901,20261219", date(2026, 12, 19), "", id="dernier-jour"),
        pytest.param("1111110,20260901,20261219", None, "", id="jour-inconnu"),
        pytest.param("1111110,20150101,20991231", date(2026, 11, 2), "", id="jusqu-a-nouvel-ordre"),
        pytest.param("1111110,20260901,20261219", date(2026, 12, 20), "ont pris fin le 2026-12-19", id="finis"),
        pytest.param("1111110,20260901,20261219", date(2026, 8, 31), "ne commencent que le 2026-09-01", id="a-venir"),
        pytest.param("0000011,20260901,20261219", date(2026, 11, 2), "aucun jour ouvrable", id="fin-de-semaine"),
    ],
)
def test_a_timetable_that_says_nothing_of_a_weekday_leaves_departures_unknown(
    calendrier: str, prise_le: date | None, motif: str
) -> None:
    jours = "monday,tuesday,wednesday,thursday,friday,saturday,sunday"
    tete = f"service_id,{jours},start_date,end_date\nSEM,"
    perime, du_jour = (
        _refait(officiels.gtfs(ARRETS[:2]), calendar_txt=f"{tete}{','.join(x[:7])}{x[7:]}\n")
        for x in (calendrier, "1111110,20260101,20271231")
    )
    bruts = [
        Brut(contenu, nom, "2026", (Origine(f"gtfs/{nom}.zip", "0" * 64, prise_le),))
        for contenu, nom in ((perime, "bus"), (du_jour, "car"))
    ]
    lus = arrets.extraire(bruts, BOITE)
    departs = {tuple(x.split(";")[:2]): x.split(";")[4] for x in lus.contenu.decode().splitlines()[1:]}
    assert departs["car", "A"] == "6", "the other network is not touched"
    assert (departs["bus", "A"], departs["bus", "B"]) == (("", "") if motif else ("6", "0"))
    assert len(lus.remarques) == bool(motif)
    assert all(motif in x and "« bus »" in x and "ses 2 arrêts sont inconnus" in x for x in lus.remarques)


@pytest.mark.parametrize(
    ("fichiers", "message"),
    [
        ({"stops_txt": None}, "stops.txt manque"),
        ({"stops_txt": "stop_id,stop_lat\nA,46.8\n"}, "stops.txt n'a pas la colonne « stop_lon »"),
        ({"calendar_txt": None}, "ne disent quels jours circulent"),
        ({"calendar_dates_txt": "service_id,date,exception_type\nSEM,2026-9-7,1\n"}, "n'est pas une date"),
        ({"frequencies_txt": "trip_id,start_time,end_time,headway_secs\nT0,7h,9h,600\n"}, "frequencies.txt, course T0"),
        ({"stops_txt": "stop_id,stop_lat,stop_lon\nA,10.0,10.0\n"}, "aucun arrêt"),
    ],
)
def test_a_network_that_cannot_be_used(fichiers: dict[str, str | None], message: str) -> None:
    with pytest.raises(CouchesIndisponibles, match=message):
        _arrets(_refait(officiels.gtfs(ARRETS[:2]), **fichiers))
