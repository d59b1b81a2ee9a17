"""The reports: the same bytes whoever makes them, from the whole picture or from the part of their département."""

from dataclasses import replace

import pytest
from pandas import DataFrame

import plusieurs
from carte.execution import Executeur, Processus, SurPlace
from carte.picture import Picture
from carte.publish import documents, fascicule, maps, pdf, report, tableur
from carte.publish.fascicule import Fascicule
from carte.publish.opendata import parties
from carte.publish.report import interactive
from carte.publish.report.page import annexes, permanences, rapport
from carte.simulation import simuler
from publish import monde_rapport


def tous(picture: Picture, executeur: Executeur, fois: int = 1) -> dict[str, Fascicule]:
    """The reports of a picture, each as many times."""
    editions = report.preparer(picture, maps.preparer(picture))
    assert editions
    demandes = [
        fascicule.Demande(code, part, editions[code].contours, "assets/x", parties.decoupage(picture))
        for code, part in fascicule.tranches(picture, editions)
        for _ in range(fois)
    ]
    faits = list(executeur.faire(fascicule.composer, demandes, fascicule.LOT))
    return {f"{demande.code}-{rang}": fait for rang, (demande, fait) in enumerate(zip(demandes, faits, strict=True))}


def entiers(picture: Picture) -> dict[str, Fascicule]:
    """The same, from the whole picture."""
    return {
        f"{code}-{rang}": Fascicule(
            rapport(edition, "assets/x"),
            fascicule.serrees((*annexes(edition), *permanences(edition))),
            {
                nom: octets
                for module in (interactive, pdf, tableur, documents)
                for nom, octets in module.fichiers(edition).items()
            },
        )
        for rang, (code, edition) in enumerate(report.preparer(picture, maps.preparer(picture)).items())
    }


def test_the_part_of_a_departement_gives_its_whole_report(demo: Picture) -> None:
    assert tous(demo, SurPlace()) == entiers(demo)


def voisins() -> Picture:
    """Two départements that share an EPCI, a third one beside them, places in all, and what is simulated of it."""
    territoire = plusieurs.territoire(("01", "02"), ("03",))
    membres = [f"{code}{rang:03}" for code in ("01", "02", "03") for rang in (1, 2)]
    territoire.communes.loc[territoire.communes["code_insee"].isin(membres), "code_epci"] = "200000001"
    partage = {"code_epci": "200000001", "nom": "Pays partagé", "type": "CC", "codes_departements": ("01", "02", "03")}
    territoire = replace(territoire, epci=DataFrame([partage | {"membres": tuple(membres), "population": 5997.0}]))
    ouest, _ = plusieurs.place(1)
    # At the gates of a commune of the other: what it does not say matters there.
    fiches = (
        replace(fiche, lieu=fiche.lieu.model_copy(update={"longitude": ouest - 0.1}))
        if fiche.identifiant == "02/france-services-000"
        else fiche
        for fiche in plusieurs.lieux(territoire, 4)
    )
    image = monde_rapport.picture(*fiches, territoire=territoire)
    configuration = replace(image.configuration, departements=("01", "02"))
    simulations = simuler(image.offre, territoire, configuration.seuils)
    return replace(image, configuration=configuration, simulations=simulations)


def test_the_part_of_each_of_two_neighbours_gives_its_whole_report() -> None:
    image = voisins()
    parts = tous(image, SurPlace())
    assert parts == entiers(image)
    assert ["Pays partagé" in fait.page for fait in parts.values()] == [True, True]
    assert all(f"permanences-{cle[:2]}.pdf" in fait.fichiers for cle, fait in parts.items())


def test_the_part_leads_to_what_is_cut_of_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tables of a département alone are light: only the whole knows that they are cut."""
    image = voisins()
    monkeypatch.setattr(parties, "MAXIMUM", parties.POIDS_CHIFFRE * image.indicateurs.tables["commune"].size - 1)
    assert parties.decoupage(image).fichiers >= {"indicateurs-commune.csv"}
    for code, part in fascicule.tranches(image, ("01", "02")):
        assert "indicateurs-commune.csv" not in parties.decoupage(part).fichiers, code
    parts = dict(fascicule.composer_tous(image, report.preparer(image, maps.preparer(image)), "assets/x", SurPlace()))
    for code, fait in parts.items():
        assert f"donnees/indicateurs-commune/indicateurs-commune-{code}.csv" in fait.page
        assert "donnees/indicateurs-commune.csv" not in fait.page


def test_a_part_without_class_nor_place_gives_its_whole_report() -> None:
    for picture in (monde_rapport.picture(), monde_rapport.picture(monde_rapport.place("un", 46.0))):
        assert tous(picture, SurPlace()) == entiers(picture)


def test_the_same_bytes_whatever_the_process(demo: Picture) -> None:
    ici = tous(demo, SurPlace(), fois=fascicule.LOT + 1)
    (seul,) = tous(demo, SurPlace()).values()
    assert set(map(repr, ici.values())) == {repr(seul)}
    assert {"rapport-99.pdf", "rapport-99.xlsx", "rapport-99.ods", "carte.json"} <= seul.fichiers.keys()
    assert tous(demo, Processus(1), fois=fascicule.LOT + 1) == ici
    assert tous(demo, Processus(2), fois=fascicule.LOT + 1) == ici
