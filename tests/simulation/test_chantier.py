"""What territories read: their part of the country, which gives what the whole gives, whoever does it."""

import importlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from carte.execution import Effort, Processus
from carte.memoire import Memoire
from simulation.monde_simule import COMMUNES, DEPARTEMENTS, entrees, simulations

simuler = importlib.import_module("carte.simulation.simuler")


class Temoin:
    """Does everything here, and keeps what was asked."""

    effort = Effort()

    def __init__(self) -> None:
        self.demandes: list[Any] = []

    def faire(self, tache: Any, demandes: Iterable[Any], lot: int = 1) -> Iterator[Any]:
        for demande in demandes:
            self.demandes.append(demande)
            yield tache(demande)


def test_a_part_holds_its_own_communes_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a territory costs does not grow with the country: nothing of it is there."""
    temoin = Temoin()
    monkeypatch.setattr(simuler, "LOT", 1)
    simulations(temoin)
    tailles = [len(demande.chantier.codes) for demande in temoin.demandes]
    # The first one does the EPCI that goes over to the second.
    assert tailles == [COMMUNES + 3, COMMUNES, COMMUNES]
    for demande in temoin.demandes:
        part = demande.chantier
        assert {code[:2] for code in part.codes} <= set(DEPARTEMENTS)
        assert {len(part.population), len(part.acces), len(part.origines.points)} == {len(part.codes)}
        assert set(part.matrice.table["origine"]) <= set(part.codes)
        assert part.candidats.lieux.commune.max() < len(part.codes)
        assert len(part.origines.barrieres.rives) == len(part.codes) + 1


def test_a_part_gives_what_the_whole_country_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    attendues = simulations()
    assert len({p.code for p in attendues.propositions if p.niveau == "epci_departement"}) == 2

    def entieres(chantier: Any, groupes: Any) -> Iterator[Any]:
        return (simuler.Demande(chantier, tuple(groupe)) for groupe in groupes)

    monkeypatch.setattr(simuler, "_demandes", entieres)
    assert simulations() == attendues


def test_what_one_process_would_do_is_done_here() -> None:
    temoin = Temoin()
    assert simulations(temoin) == simulations()
    assert not temoin.demandes


def test_the_same_propositions_whatever_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    ici = simulations()
    monkeypatch.setattr(simuler, "LOT", 1)
    for nombre in (1, 2):
        maison = Processus(nombre)
        assert simulations(maison) == ici
        assert maison.effort.secondes > 0


def test_a_departement_that_reads_nothing_new_is_not_done_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vraie, faites = simuler.propositions_de, []
    monkeypatch.setattr(simuler, "propositions_de", lambda c, etendue: faites.append(etendue.code) or vraie(c, etendue))
    lus, memoire = entrees(), Memoire(tmp_path, "programme", b"s" * 32)
    avant = simuler.simuler(**lus, memoire=memoire)
    toutes, faites[:] = set(faites), []
    assert simuler.simuler(**lus, memoire=memoire).propositions == avant.propositions and not faites

    offre = lus["offre"].copy()
    offre.loc[offre["code_insee"].str.startswith("01"), "heures_hebdo"] += 20
    apres = simuler.simuler(**{**lus, "offre": offre}, memoire=memoire)
    assert "01" in faites and set(faites) < toutes
    assert apres.propositions == simuler.simuler(**{**lus, "offre": offre}).propositions != avant.propositions
