"""Child processes: what they write is there, they are replaced, and one that fails is heard."""

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from carte.publish import maps, pdf, report, tableur
from carte.publish.ouvriers import Effort, OuvrierPerdu, partager, processeurs
from publish import monde_rapport
from publish.taches import disparaitre, noter, refuser, saturer


def _cibles(dossier: Path, nombre: int) -> list[Path]:
    return [dossier / str(rang) for rang in range(nombre)]


def test_each_lot_has_a_process_of_its_own(tmp_path: Path) -> None:
    effort = partager(noter, _cibles(tmp_path, 5), 5, lot=2)
    ecrivains = [cible.read_text() for cible in _cibles(tmp_path, 5)]
    assert ecrivains[0] == ecrivains[1] != ecrivains[2] == ecrivains[3] != ecrivains[4]
    assert str(os.getpid()) not in ecrivains
    assert effort.ensemble == min(3, processeurs())
    assert effort.secondes > 0
    assert effort.pic_mo > 1


def test_one_lot_is_done_here(tmp_path: Path) -> None:
    assert partager(noter, _cibles(tmp_path, 2), 2, lot=2) == Effort()
    assert (tmp_path / "1").read_text() == str(os.getpid())


def test_demands_wait_until_a_process_is_free(tmp_path: Path) -> None:
    cibles = _cibles(tmp_path, 2 * processeurs() + 2)
    avances = []

    def demandes() -> Iterator[Path]:
        for rang, cible in enumerate(cibles):
            avances.append(rang - sum(c.exists() for c in cibles))
            yield cible

    partager(noter, demandes(), len(cibles), lot=1)
    assert max(avances) <= processeurs()


def test_a_lost_process_stops_everything(tmp_path: Path) -> None:
    with pytest.raises(OuvrierPerdu, match="code 9"):
        partager(disparaitre, _cibles(tmp_path, 4), 4, lot=1)


def test_an_error_in_a_process_is_raised_here_with_its_stack_and_says_nothing_on_the_screen(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(OSError, match="No space left") as plein:
        partager(saturer, _cibles(tmp_path, 4), 4, lot=1)
    assert plein.value.errno == errno.ENOSPC
    assert "in saturer" in plein.value.__notes__[0]
    with pytest.raises(RuntimeError, match="Capricieuse : caprice") as capricieuse:
        partager(refuser, _cibles(tmp_path, 4), 4, lot=1)
    assert "in refuser" in capricieuse.value.__notes__[0]
    assert capfd.readouterr().err == ""


def test_the_same_bytes_whatever_the_process(tmp_path: Path) -> None:
    picture = monde_rapport.picture(monde_rapport.place("un", 46.0))
    (edition,) = report.preparer(picture, maps.preparer(picture)).values()
    plusieurs = {f"{rang}": edition for rang in range(max(pdf.LOT, tableur.LOT) + 1)}
    for module in (pdf, tableur):
        module.ecrire({"seul": edition}, tmp_path)
        module.ecrire(plusieurs, tmp_path)
    for suffixe in ("pdf", "xlsx", "ods"):
        ecrits = {
            (tmp_path / "rapports" / code / f"rapport-{code}.{suffixe}").read_bytes() for code in ("seul", *plusieurs)
        }
        assert len(ecrits) == 1
