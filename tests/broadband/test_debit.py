"""Broadband of a hand-made territory: exact, bounded, unknown — and refused when it cannot be trusted."""

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime
from math import isnan
from pathlib import Path

import pandas as pd
import pytest

from carte.broadband import CLASSES, Debit, DebitInvalide, lire
from carte.broadband.debit import COLONNES
from carte.broadband.tables import verifier_fin
from carte.territory import Territoire
from carte.territory import lire as lire_territoire
from territory.monde import CASES, actuelle, ecrire_cog, ecrire_couches, partie

ENTETE = "nom_com;elig_thd1g;elig_thd100;elig_thd30;elig_bhd8;elig_hd3;elig_hd05;inel_hd;type;nbr;code_insee;date"
TECHNO = "code_insee;nbr;type;elig_ftth;elig_coax;elig_cu;elig_thdr;elig_4gf;elig_hdr;elig_sat;date"
TERRESTRE = "code_insee;nbr;type;elig_thd30;elig_thd1g;date"
CUIVRE = "code_insee;statut;fermeture_technique"


def filaire(code: str, nbr: object, *classes: object, type_: str = "all", date: str = "2026-06-30") -> str:
    """A row of the wired table; classes from 0.5 Mbit/s to 1 Gbit/s. The name has a damaged byte's mark."""
    return ";".join(str(x) for x in ("Saint-Barth�lemy", *reversed(classes), "0", type_, nbr, code, date))


@pytest.fixture
def territoire(tmp_path: Path) -> Territoire:
    """01001 absorbed 01008; 01004 has arrondissements 01201 and 01202."""
    communes = [
        *(actuelle(code) for code in CASES),
        partie("01008", "01001", "Vieille-Ville"),
        *(partie(code, "01004", "Arrondissement", "arrondissement-municipal") for code in ("01201", "01202")),
    ]
    ecrire_cog(tmp_path / "cog", communes)
    ecrire_couches(tmp_path / "geo", *CASES)
    return lire_territoire(tmp_path / "geo", ["01"], tmp_path / "cog")


@pytest.fixture
def arcep(tmp_path: Path, territoire: Territoire):
    """Write tables (name -> lines) in the département's folder, and read them."""

    def _lire(**tables: Sequence[str]) -> Debit:
        dossier = tmp_path / "geo" / "01" / "arcep"
        dossier.mkdir(exist_ok=True)
        noms = {"filaire": "commune_debit_filaire", "terrestre": "commune_debit_terrestre"}
        noms |= {"techno": "commune_meilleure_techno", "cuivre": "fermeture_cuivre"}
        for cle, lignes in tables.items():
            (dossier / f"{noms[cle]}.csv").write_text("\n".join(lignes) + "\n", encoding="utf-8")
        return lire(tmp_path / "geo", ["01"], territoire)

    return _lire


def ligne(debit: Debit, code: str) -> "pd.Series":
    return debit.communes.set_index("code_insee").loc[code]


def motifs(debit: Debit, code: str) -> list[str]:
    return [p.motif for p in debit.problemes if p.code == code]


def test_wired_is_exact_and_read_by_name(arcep) -> None:
    debit = arcep(filaire=[ENTETE, filaire("01001", 100, 98, 95, 90, 80, 70, 60)])
    commune = ligne(debit, "01001")
    assert tuple(debit.communes.columns) == COLONNES
    assert (commune["locaux"], commune["techno"], commune["millesime"]) == (100, "filaire", "2026-06-30")
    assert [commune[f"{c}_min"] for c in CLASSES] == [98, 95, 90, 80, 70, 60]
    assert [commune[f"{c}_max"] for c in CLASSES] == [98, 95, 90, 80, 70, 60]
    assert debit.millesime == "2026-06-30"


def test_no_table_at_all_is_unknown_never_zero(arcep) -> None:
    debit = arcep()
    assert debit.millesime is None
    assert debit.communes["techno"].isna().all()
    assert debit.communes[["locaux", "thd30_min", "ftth"]].isna().all(axis=None)
    assert [p.code for p in debit.problemes] == ["01001", "01002", "01003", "01004"], "the perimeter's, not 02001"


def test_only_rows_of_all_premises_count(arcep) -> None:
    lignes = [filaire("01001", n, *[n] * 6, type_=t) for n, t in ((100, "all"), (70, "log"), (30, "loc"))]
    assert ligne(arcep(filaire=[ENTETE, *lignes]), "01001")["locaux"] == 100


def test_merged_communes_are_summed(arcep) -> None:
    debit = arcep(filaire=[ENTETE, filaire("01001", 100, *[90] * 6), filaire("01008", 10, *[5] * 6)])
    assert (ligne(debit, "01001")["locaux"], ligne(debit, "01001")["thd30_min"]) == (110, 95)


def test_an_unknown_part_makes_the_whole_unknown(arcep) -> None:
    debit = arcep(filaire=[ENTETE, filaire("01001", 100, *[90] * 6), filaire("01008", 10, "", "", "", "", "", "")])
    assert ligne(debit, "01001")["locaux"] == 110
    assert isnan(ligne(debit, "01001")["thd30_min"])


def test_arrondissements_fold(arcep) -> None:
    debit = arcep(filaire=[ENTETE, filaire("01201", 100, *[90] * 6), filaire("01202", 50, *[50] * 6)])
    assert ligne(debit, "01004")["locaux"] == 150


def test_a_column_under_another_name_is_said(arcep) -> None:
    debit = arcep(filaire=[ENTETE.replace("elig_thd30", "elig_thd_30"), filaire("01001", 100, 98, 95, 90, 80, 70, 60)])
    assert isnan(ligne(debit, "01001").thd30_min)
    assert motifs(debit, "") == ["La colonne « elig_thd_30 » n'est pas lue. Vouliez-vous dire « elig_thd30 » ?"]


def test_missing_columns_are_unknown(arcep) -> None:
    commune = ligne(arcep(filaire=["code_insee;nbr;elig_thd30", "01001;100;80"]), "01001")
    assert (commune["thd30_min"], commune["millesime"]) == (80, None)
    assert isnan(commune["thd100_min"])


@pytest.mark.parametrize(
    ("classes", "mot"),
    [
        pytest.param((98, 95, 90, 101, 70, 60), "impossibles", id="plus-que-les-locaux"),
        pytest.param((98, 95, 90, 70, 80, 60), "impossibles", id="classe-plus-large-que-la-precedente"),
        pytest.param((98, "", 99, 70, 60, 50), "impossibles", id="a-travers-une-case-vide"),
    ],
)
def test_impossible_classes_are_listed_and_unknown(arcep, classes: tuple[object, ...], mot: str) -> None:
    debit = arcep(filaire=[ENTETE, filaire("01001", 100, *classes), filaire("01002", 100, *[90] * 6)])
    assert mot in motifs(debit, "01001")[0]
    assert ligne(debit, "01001")[[f"{c}_min" for c in CLASSES]].isna().all()
    assert ligne(debit, "01001")["locaux"] == 100
    assert motifs(debit, "01002") == []


@pytest.mark.parametrize("texte", ["n/d", "-3", "12,5", "1e3"])
def test_what_is_not_a_count_is_listed_and_unknown(arcep, texte: str) -> None:
    debit = arcep(filaire=[ENTETE, filaire("01001", 100, 98, 95, 90, texte, 70, 60)])
    assert f"« {texte} »" in motifs(debit, "01001")[0]
    assert isnan(ligne(debit, "01001")["thd30_min"])
    assert ligne(debit, "01001")["bhd8_min"] == 90


def test_unknown_codes_are_listed_those_elsewhere_are_not(arcep) -> None:
    debit = arcep(filaire=[ENTETE, filaire("01777", 9, *[9] * 6), filaire("02002", 9, 1, 2, 3, 4, 5, 6)])
    assert "n'existe pas" in motifs(debit, "01777")[0]
    assert motifs(debit, "02002") == [], "a national table may hold faults of communes that are not ours"


def test_a_code_that_lost_its_zero_has_it_back(arcep) -> None:
    assert ligne(arcep(filaire=[ENTETE, filaire("1001", 9, *[9] * 6)]), "01001")["locaux"] == 9


@pytest.mark.parametrize("signes", [3, 14, 30], ids=["date", "code", "nombre"])
def test_a_file_cut_in_the_middle_of_a_row_is_refused(arcep, signes: int) -> None:
    lignes = [ENTETE, filaire("01001", 100, 98, 95, 90, 80, 70, 60), filaire("01002", 200, 98, 95, 90, 80, 70, 60)]
    with pytest.raises(DebitInvalide, match=r"commune_debit_filaire\.csv:3 : la dernière ligne est coupée"):
        arcep(filaire=[*lignes[:2], lignes[2][:-signes]])


RECENTE = (
    "code_insee;nom_com;nbr;type;nbr_elig_8;elig_ftth;elig_coax;elig_cu_30;elig_thdr;elig_cu_8;elig_4gf;elig_hdr;"
    "elig_sat;date"
)


def test_the_recent_layout_parts_copper_at_30_and_gives_that_class_exactly(arcep) -> None:
    """1,000 premises: 700 of fibre, 50 of cable, 100 of fast copper, 60 of fast radio, 40 of slow copper."""
    debit = arcep(techno=[RECENTE, "01001;X;1000;all;1000;700;50;100;60;40;20;20;10;2026-06-30"])
    commune = ligne(debit, "01001")
    assert commune["techno"] == "filaire_borne"
    bornes = {c: (commune[f"{c}_min"], commune[f"{c}_max"]) for c in CLASSES}
    assert bornes == {
        "hd05": (890, 1000), "hd3": (890, 1000), "bhd8": (890, 950),
        "thd30": (850, 850), "thd100": (700, 850), "thd1g": (700, 750),
    }  # fmt: skip
    assert [p.motif for p in debit.problemes if p.code == "01001"] == []


def test_technologies_share_the_premises_that_have_8_megabits(arcep) -> None:
    debit = arcep(techno=[RECENTE, "01001;X;1000;all;990;700;50;100;60;40;20;10;10;2026-06-30"])
    assert motifs(debit, "01001") == []
    debit = arcep(techno=[RECENTE, "01001;X;1000;all;989;700;50;100;60;40;20;10;10;2026-06-30"])
    assert "(990) n'est pas le nombre de locaux (989)" in motifs(debit, "01001")[0]
    assert isnan(ligne(debit, "01001")["thd30_min"])


def test_an_unknown_layout_is_said_with_what_it_costs(arcep) -> None:
    debit = arcep(techno=["code_insee;nbr;type;fibre;date", "01001;1000;all;950;2026-06-30"])
    assert any("il manque « elig_ftth », « elig_coax », « elig_cu »" in x for x in motifs(debit, ""))
    assert any("le débit reste inconnu dans 1 commune(s)" in x for x in motifs(debit, ""))


@pytest.mark.parametrize(
    ("phrase", "date", "statut"),
    [
        ("Le réseau est déjà fermé", "2025-01-31", "fermée"),
        ("La fermeture est prévue", "2028-01-31", "planifiée"),
        ("On ne sait pas", "2028-01-31", None),
    ],
)
def test_the_schedule_as_the_ministry_publishes_it(arcep, phrase: str, date: str, statut: str | None) -> None:
    debit = arcep(cuivre=["code_insee;fermeture_technique;output_usager", f"1001;{date};{phrase}"])
    assert ligne(debit, "01001")["statut_cuivre"] == statut
    assert any("Statut du réseau cuivre inconnu" in x for x in motifs(debit, "01001")) == (statut is None)


def test_a_schedule_without_any_state_is_refused(arcep) -> None:
    with pytest.raises(DebitInvalide, match="« statut », ou « output_usager »"):
        arcep(cuivre=["code_insee;fermeture_technique", "01001;2028-01-31"])


@pytest.mark.parametrize(
    ("lignes", "message"),
    [
        pytest.param([ENTETE, *[filaire("01001", 9, *[9] * 6)] * 2], "plusieurs lignes pour 01001", id="double"),
        pytest.param(["code_insee;nbr;elig_cd_1;elig_cd_2", "01001;9;9;9"], "avant 2021", id="ancienne-edition"),
        pytest.param(["code;nbr", "01001;9"], "manque la colonne « code_insee »", id="sans-code"),
        pytest.param([ENTETE, filaire("01001", 9, *[9] * 6, type_="log")], "aucune ligne de type « all »", id="type"),
        pytest.param(
            [ENTETE, filaire("01004", 9, *[9] * 6), filaire("01201", 9, *[9] * 6)],
            "01004 figure en entier et par arrondissement",
            id="compte-deux-fois",
        ),
        pytest.param([""], "le fichier est vide", id="vide"),
    ],
)
def test_tables_that_cannot_be_trusted_are_refused(arcep, lignes: list[str], message: str) -> None:
    with pytest.raises(DebitInvalide, match=message):
        arcep(filaire=lignes)


def test_bounds_from_the_best_technology(arcep) -> None:
    debit = arcep(techno=[TECHNO, "01001;100;all;60;10;15;3;7;0;5;2026-06-30"])
    commune = ligne(debit, "01001")
    bornes = {c: (commune[f"{c}_min"], commune[f"{c}_max"]) for c in CLASSES}
    assert commune["techno"] == "filaire_borne"
    assert bornes == {
        "hd05": (70, 100),
        "hd3": (70, 100),
        "bhd8": (70, 100),
        "thd30": (70, 85),
        "thd100": (60, 85),
        "thd1g": (60, 70),
    }
    assert commune["ftth"] == 60


def test_terrestrial_counts_cap_the_bounds(arcep) -> None:
    debit = arcep(
        techno=[TECHNO, "01001;100;all;60;10;15;3;7;0;5;2026-06-30"],
        terrestre=[TERRESTRE, "01001;100;all;80;65;2026-06-30"],
    )
    commune = ligne(debit, "01001")
    assert (commune["thd30_min"], commune["thd30_max"], commune["thd1g_max"]) == (70, 80, 65)


def test_tables_that_contradict_each_other_leave_the_class_unknown(arcep) -> None:
    debit = arcep(
        techno=[TECHNO, "01001;100;all;60;10;15;3;7;0;5;2026-06-30"],
        terrestre=[TERRESTRE, "01001;100;all;50;40;2026-06-30"],
    )
    assert isnan(ligne(debit, "01001")["thd30_min"])
    assert isnan(ligne(debit, "01001")["thd30_max"])


def test_wired_wins_over_bounds_and_brings_its_fibre(arcep) -> None:
    debit = arcep(
        filaire=[ENTETE, filaire("01001", 100, 98, 95, 90, 80, 70, 60)],
        techno=[TECHNO, "01001;100;all;60;10;15;3;7;0;5;2026-06-30", "01002;10;all;10;0;0;0;0;0;0;2026-06-30"],
    )
    assert (ligne(debit, "01001")["thd30_min"], ligne(debit, "01001")["ftth"]) == (80, 60)
    assert ligne(debit, "01002")["techno"] == "filaire_borne"
    assert "même source" in motifs(debit, "")[0]


def test_terrestrial_alone_says_so(arcep) -> None:
    commune = ligne(arcep(terrestre=[TERRESTRE, "01001;100;all;80;65;2026-06-30"]), "01001")
    assert (commune["techno"], commune["thd30_min"], commune["thd30_max"]) == ("terrestre", 80, 80)
    assert isnan(commune["thd100_max"])


@pytest.mark.parametrize(("somme", "connu"), [pytest.param(90, True, id="moins"), pytest.param(110, False, id="plus")])
def test_a_partition_that_does_not_sum_is_listed(arcep, somme: int, connu: bool) -> None:
    debit = arcep(techno=[TECHNO, f"01001;100;all;{somme};0;0;0;0;0;0;2026-06-30"])
    assert f"({somme})" in motifs(debit, "01001")[0]
    assert isnan(ligne(debit, "01001")["thd30_min"]) is not connu


def test_dates_that_differ_are_said(arcep) -> None:
    debit = arcep(
        filaire=[ENTETE, filaire("01001", 9, *[9] * 6), filaire("01002", 9, *[9] * 6, date="2026-03-31")],
    )
    assert debit.millesime == "2026-03-31, 2026-06-30"
    assert any("même date" in motif for motif in motifs(debit, ""))


def test_copper(arcep) -> None:
    debit = arcep(
        cuivre=[
            CUIVRE,
            "01001;fermée;2026-01-27",
            "01008;planifiée;2029-10-31",
            "01002;non planifiée;",
            "01003;planifiée;",
            "01004;bientôt;31/10/2029",
        ]
    )
    fusion, sans_plan, sans_date, inconnu = (ligne(debit, c) for c in ("01001", "01002", "01003", "01004"))
    assert fusion["statut_cuivre"] == "planifiée", "not closed before all of it is"
    assert fusion["fermeture_cuivre"] == datetime(2026, 1, 27)
    assert sans_plan["statut_cuivre"] == "non planifiée"
    assert pd.isna(sans_plan["fermeture_cuivre"])
    assert "sans date" in motifs(debit, "01003")[-1] or "sans date" in motifs(debit, "01003")[0]
    assert (sans_date["statut_cuivre"], inconnu["statut_cuivre"]) == ("planifiée", None)
    assert any("bientôt" in motif for motif in motifs(debit, "01004"))


def test_a_national_copy_in_two_departements_counts_once(tmp_path: Path, territoire: Territoire) -> None:
    for departement in ("01", "02"):
        dossier = tmp_path / "geo" / departement / "arcep"
        dossier.mkdir(parents=True)
        lignes = [ENTETE, filaire("01001", 100, *[90] * 6), filaire("02001", 100, *[80] * 6)]
        (dossier / "commune_debit_filaire.csv").write_text("\n".join(lignes), encoding="utf-8")
    debit = lire(tmp_path / "geo", ["01", "02"], territoire)
    assert ligne(debit, "01001")["locaux"] == 100


def test_a_territory_made_by_hand(arcep, tmp_path: Path, territoire: Territoire) -> None:
    arcep(filaire=[ENTETE, filaire("01001", 100, *[90] * 6), filaire("01008", 10, *[5] * 6)])
    sans_cog = replace(territoire, cog=None)
    assert ligne(lire(tmp_path / "geo", ["01"], sans_cog), "01001")["locaux"] == 110


def test_a_national_copy_counts_once_and_the_first_folder_wins(tmp_path: Path, territoire: Territoire) -> None:
    """Two folders with copies that differ: a commune counts as the first one says, with all the parts that it has."""
    tables = {
        "01": [filaire("01001", 100, *[90] * 6), filaire("01008", 10, *[5] * 6), filaire("01002", 7, *[9] * 6)],
        "02": [filaire("01001", 999, *[90] * 6), filaire("02001", 50, *[40] * 6), filaire("01003", "x", *[4] * 6)],
    }
    for code, lignes in tables.items():
        dossier = tmp_path / "geo" / code / "arcep"
        dossier.mkdir(parents=True, exist_ok=True)
        (dossier / "commune_debit_filaire.csv").write_text("\n".join([ENTETE, *lignes]) + "\n", encoding="utf-8")
    debit = lire(tmp_path / "geo", ["01", "02"], territoire)
    assert (ligne(debit, "01001")["locaux"], ligne(debit, "01001")["thd30_min"]) == (110, 95)
    assert ligne(debit, "02001")["locaux"] == 50
    assert isnan(ligne(debit, "01003")["locaux"])
    assert [p.motif for p in debit.problemes if p.code == "01002"] == [
        "Classes de débit impossibles : chaque classe doit être au plus égale à celle d'avant "
        "(nbr 7, hd05 9, hd3 9, bhd8 9, thd30 9, thd100 9, thd1g 9)."
    ]
    (tmp_path / "geo" / "02" / "arcep" / "commune_debit_filaire.csv").write_text(
        "\n".join([ENTETE, *tables["02"], tables["02"][1]]) + "\n", encoding="utf-8"
    )
    with pytest.raises(DebitInvalide, match=r"02/arcep/commune_debit_filaire.csv : plusieurs lignes pour 02001"):
        lire(tmp_path / "geo", ["01", "02"], territoire)


@pytest.mark.parametrize(
    ("table", "coupee"),
    [
        ("", False),
        ("code;date", False),  # a header alone holds no row that could be cut
        ("code;date\n1;2026-06-30", False),
        ("code;date\n1;2026-06-30\n2;2026-06-30\n", False),
        ("code;date\n1;2026-06-30\n2;2026-0", True),
        ("code;date\n1;2026-06-30\n2", True),
        ("code;nbr\n1;120\n2;12", False),  # a number may begin as the one before
    ],
)
def test_a_table_is_cut_when_its_last_row_is(table: str, coupee: bool) -> None:
    with pytest.raises(DebitInvalide, match="coupée") if coupee else nullcontext():
        verifier_fin(table.encode(), "debit.csv")
