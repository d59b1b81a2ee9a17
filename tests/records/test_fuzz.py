"""A good record damaged in every way: reading never fails, and always says why in French, at a line that exists."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carte.records import bloque
from hasard import exemples
from records.monde import BONNE, lire

JETONS = (
    *(b"[", b"]", b"{", b"}", b"- ", b"? ", b": ", b"&a ", b"*a", b"!x ", b"! ", b'"', b"'", b"\n", b"\t", b"  ", b"#"),
    *(
        b"|\n",
        b">\n",
        b"<<: ",
        b"\xff",
        b"\xe2\x80\xae",
        b"null",
        b"1",
        b"1.5",
        b"--- ",
        b"...",
        b"%",
        b"@",
        b"\\u202e",
    ),
    *(b"\\0", b"\\x", b"\x85", b"\xc2\x85", b"~", b"\r", b",", b"\0"),
)
COMPLETE = (
    BONNE + "latitude: 46.05\nlongitude: 1.05\npermanences:\n  - operateur: CAF\n    horaires: Mo 09:00-12:00\n"
).encode()
DEGATS = st.lists(
    st.tuples(st.integers(0, len(COMPLETE)), st.integers(0, 12), st.sampled_from(JETONS) | st.binary(max_size=3)),
    min_size=1,
    max_size=6,
)


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("degats")


@exemples(400)
@given(degats=DEGATS)
def test_damage_never_stops_the_reading(dossier: Path, degats: list[tuple[int, int, bytes]]) -> None:
    octets = COMPLETE
    for place, longueur, jeton in degats:
        octets = octets[:place] + jeton + octets[place + longueur :]
    chargement = lire(dossier, a=octets)
    assert bool(chargement.enregistrements) is not bloque(chargement.problemes)
    lignes = octets.count(b"\n") + octets.count(b"\r") + octets.count(b"\x85") + 1
    for probleme in chargement.problemes:
        assert 1 <= probleme.ligne <= lignes + 1
        assert probleme.colonne >= 1
        assert "ne peut pas être lu : " not in probleme.message  # libyaml's English showing through
