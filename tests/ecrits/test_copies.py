"""Copies of one national table: read once or alone, each file says what it says when it is read by itself."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carte.ecrits.copies import lire_copies
from carte.ecrits.csv_strict import lire_csv
from carte.erreurs import ErreurCarte
from hasard import exemples

ENTETES = ("code;nom;nombre", "code;nom", "code,nom,nombre", "\ufeffcode;nom;nombre", "code;nom;nombre\r", "", ";;")
RANGEES = (
    *("01001;Alpha;12", "01002;Beta;7", " 01003 ; Gamma ;", "01004;Delta;1\r", "01005;Été;3", "01006,Epsilon,4"),
    *("", ";;", "   ", "01007;Zeta", "01008;Eta;1;2", "01009;Thêta;1;", '01010;"Iota";1', '01011;"Ka\nppa";1'),
    *('01012;"Lambda;1', "01013;Mu\rNu;1", "01014;\0;1", "<html>", "01015;\ufffd;2"),
)
tables = st.builds(
    lambda entete, rangees, fin: "\n".join([entete, *rangees]) + fin,
    st.sampled_from(ENTETES) | st.just(ENTETES[0]),
    st.lists(st.sampled_from(RANGEES[:5]) | st.sampled_from(RANGEES), max_size=6),
    st.sampled_from(["", "\n", "\r\n"]),
)
encodages = st.sampled_from(["utf-8"] * 4 + ["cp1252", "utf-16"])


def _seules(fichiers: list[Path], *, abime: bool) -> "list[tuple[object, ...]] | str":
    """What each file says when it is read by itself, or the first refusal that any of them meets."""
    try:
        lues = [lire_csv(fichier, ErreurCarte, abime=abime) for fichier in fichiers]
    except ErreurCarte as refus:
        return refus.message
    return [(x.entete, list(map(list, x.rangees)), list(x.lignes)) for x in lues]


@exemples(200)
@given(st.lists(st.tuples(tables, encodages), min_size=1, max_size=4), st.booleans())
def test_each_file_says_what_it_says_alone(tmp_path_factory, ecrits, abime: bool) -> None:
    dossier = tmp_path_factory.mktemp("copies")
    fichiers = [dossier / f"{rang}.csv" for rang in range(len(ecrits))]
    for fichier, (texte, encodage) in zip(fichiers, ecrits, strict=True):
        fichier.write_bytes(texte.encode(encodage, errors="replace"))
    attendu = _seules(fichiers, abime=abime)
    try:
        ensembles = lire_copies(fichiers, ErreurCarte, abime=abime)
    except ErreurCarte as refus:
        assert refus.message == attendu
        return
    lus: dict[int, tuple[object, ...]] = {}
    for copies in ensembles:
        rangees = list(map(list, copies.rangees))
        for fichier, rangs in zip(copies.fichiers, copies.rangs, strict=True):
            lus[fichier] = (copies.entete, [rangees[rang] for rang in rangs])
        for rangee, (fichier, ligne) in zip(rangees, copies.places, strict=True):
            _entete, rangees_du_fichier, lignes = attendu[fichier]
            assert rangees_du_fichier[lignes.index(ligne)] == rangee
    assert [lus[rang] for rang in range(len(fichiers))] == [x[:2] for x in attendu]


def test_shared_rows_are_read_once(tmp_path: Path) -> None:
    fichiers = [tmp_path / f"{rang}.csv" for rang in range(3)]
    for rang, fichier in enumerate(fichiers):
        fichier.write_text(f"code;nombre\n1;1\n{rang + 2};1\n", encoding="utf-8")
    (copies,) = lire_copies(fichiers, ErreurCarte)
    assert list(map(tuple, copies.rangees)) == [("1", "1"), ("2", "1"), ("3", "1"), ("4", "1")]
    assert [list(rangs) for rangs in copies.rangs] == [[0, 1], [0, 2], [0, 3]]
    assert list(copies.places) == [(0, 2), (0, 3), (1, 3), (2, 3)]


def test_the_file_and_the_line_at_fault_are_named(tmp_path: Path) -> None:
    bon, mauvais = tmp_path / "a.csv", tmp_path / "b.csv"
    bon.write_text("code;nombre\n1;1\n2;1\n", encoding="utf-8")
    mauvais.write_text("code;nombre\n1;1\n\n2\n", encoding="utf-8")
    with pytest.raises(ErreurCarte, match=r"b\.csv:4 : cette ligne a 1 case"):
        lire_copies([bon, mauvais], ErreurCarte)
