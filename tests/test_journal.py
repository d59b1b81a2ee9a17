"""How far a long step is: nothing of a short one, few lines of a long one, and about what remains."""

from collections.abc import Iterator

import pytest

from carte import journal
from carte.journal import restant, suivre


@pytest.fixture(autouse=True)
def _a_l_ecran() -> None:
    journal.regler(0)


def _marcher(secondes: float, total: int) -> int:
    """Follow `total` things of so many seconds each; how many came."""
    maintenant = 0.0

    def choses() -> Iterator[int]:
        nonlocal maintenant
        for rang in range(total):
            maintenant += secondes
            yield rang

    return len(list(suivre("rapports", choses(), total, lambda: maintenant)))


def test_a_short_step_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert _marcher(0.1, 40) == 40
    assert capsys.readouterr().err == ""


def test_a_long_one_says_where_it_is_every_quarter_of_a_minute(capsys: pytest.CaptureFixture[str]) -> None:
    assert _marcher(3.0, 20) == 20
    assert capsys.readouterr().err.splitlines() == [
        "  rapports : 2 sur 20, encore 50 s environ",
        "  rapports : 7 sur 20, encore 40 s environ",
        "  rapports : 12 sur 20, encore 20 s environ",
        "  rapports : 17 sur 20, encore 10 s environ",
    ]


def test_a_pace_is_told_once_it_is_known(capsys: pytest.CaptureFixture[str]) -> None:
    """The first report of a country waits for its process: « encore 22 min », for two."""
    assert _marcher(16.0, 101) == 101
    dits = capsys.readouterr().err.splitlines()
    assert dits[0] == "  rapports : 1 sur 101"
    assert dits[4] == "  rapports : 5 sur 101"
    assert dits[5] == "  rapports : 6 sur 101, encore 25 min environ"


def test_silence_is_silence(capsys: pytest.CaptureFixture[str]) -> None:
    journal.regler(-1)
    assert _marcher(30.0, 5) == 5
    assert capsys.readouterr().err == ""


def test_on_a_terminal_one_line_is_written_over_and_leaves_room(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    suite = suivre("fiches", range(3), 3, iter((0.0, 60.0, 120.0, 180.0)).__next__)
    assert next(suite) == 0
    assert next(suite) == 1
    journal.journal.info("une étape")
    suite.close()  # type: ignore[attr-defined]
    efface = "\r\x1b[K"
    assert capsys.readouterr().err == f"{efface}  fiches : 1 sur 3, encore 2 min environ{efface}une étape\n"


@pytest.mark.parametrize(
    ("secondes", "mots"),
    [
        (0.0, "encore 10 s environ"),
        (54.0, "encore 50 s environ"),
        (55.0, "encore 1 min environ"),
        (150.0, "encore 2 min environ"),
        (3540.0, "encore 59 min environ"),
        (3570.0, "encore 1 h environ"),
        (4700.0, "encore 1 h 20 environ"),
        (86400.0, "encore 24 h environ"),
    ],
)
def test_what_remains_is_said_about(secondes: float, mots: str) -> None:
    assert restant(secondes) == mots
