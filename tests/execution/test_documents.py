"""The documents of reports: the same bytes whoever makes them."""

from pathlib import Path

from carte.execution import Processus, SurPlace
from carte.publish import maps, pdf, report, tableur
from publish import monde_rapport


def documents(dossier: Path) -> dict[str, bytes]:
    return {str(f.relative_to(dossier)): f.read_bytes() for f in sorted(dossier.rglob("*")) if f.is_file()}


def test_the_same_bytes_whatever_the_process(tmp_path: Path) -> None:
    picture = monde_rapport.picture(monde_rapport.place("un", 46.0))
    (edition,) = report.preparer(picture, maps.preparer(picture)).values()
    editions = {f"{rang}": edition for rang in range(max(pdf.LOT, tableur.LOT) + 1)}
    for nom, executeur in {"ici": SurPlace(), "un": Processus(1), "deux": Processus(2)}.items():
        for module in (pdf, tableur):
            module.ecrire(editions, tmp_path / nom, executeur)
    ecrits = documents(tmp_path / "ici")
    assert len(ecrits) == 3 * len(editions)
    assert documents(tmp_path / "un") == ecrits
    assert documents(tmp_path / "deux") == ecrits
    assert len(set(ecrits.values())) == 3
