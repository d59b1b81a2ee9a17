"""The operators' sheets: who is where, whose hours, and a silence that is never an absence."""

from datetime import date
from typing import Any

import pytest

from carte.indicators import RESEAUX
from carte.indicators.reseaux import nommes
from carte.picture import Picture
from carte.publish import maps, report
from carte.publish.report.edition import Edition
from carte.publish.report.feuilles_operateurs import LIGNES_DE_LA_FEUILLE
from carte.publish.report.tableaux import Tableau
from carte.records.modele import Enregistrement, Label, Permanence
from publish import monde, monde_rapport


def _edition(*fiches: Enregistrement) -> Edition:
    image: Picture = monde_rapport.picture(*fiches)
    return report.preparer(image, maps.preparer(image))["99"]


def _caf(slug: str, **champs: Any) -> Enregistrement:
    return monde_rapport.place(slug, 46.0, **champs)


def _permanence(operateur: str, horaires: str) -> Permanence:
    return Permanence(operateur=operateur, horaires=horaires)


@pytest.mark.parametrize(
    ("texte", "attendus"),
    [
        ("caf", ["CAF"]),
        ("Caf de l'Indre", ["CAF"]),
        ("Caisse d’Allocations Familiales", ["CAF"]),
        ("CAF et CPAM 36", ["CAF", "CPAM"]),
        ("Pôle emploi", ["France Travail"]),
        ("Carsat Centre-Val de Loire", ["CARSAT"]),
        ("DDFiP (impôts)", ["Finances publiques"]),
        ("Café des aidants", ["Café des aidants"]),
        ("Amsa", ["Amsa"]),
    ],
)
def test_an_operator_is_one_whatever_the_record_writes(texte: str, attendus: list[str]) -> None:
    assert nommes(texte) == attendus


def test_every_value_that_names_a_network_is_in_the_vocabularies() -> None:
    vocabulaires = monde.vocabulaires()
    for reseau in RESEAUX:
        for nom in reseau.typologies:
            assert nom in vocabulaires["typologies"]
        for nom in (*reseau.labels, *reseau.labels_relais):
            assert nom in vocabulaires["labels"]
        for nom in (*reseau.dispositifs, *reseau.dispositifs_relais):
            assert nom in vocabulaires["dispositifs"]


def test_a_sheet_counts_each_nature_and_hours_once() -> None:
    """An own place of 10 h that also notes a permanence of 3 h is 10 h; a relay's hours are its host's."""
    edition = _edition(
        _caf("un", typologie=["CAF"], horaires="Mo-Fr 10:00-12:00", permanences=[_permanence("Caf", "Mo 09:00-12:00")]),
        _caf("deux", horaires="Mo-Fr 09:00-17:00", labels=[Label(nom="Point relais CAF")]),
        _caf(
            "trois", permanences=[_permanence("CAF du 99", "We[1] 09:00-12:00"), _permanence("MSA", "Tu 14:00-16:00")]
        ),
        _caf("quatre", typologie=["CAF"], permanences=[]),
    )
    caf, msa = edition.reseaux
    assert (caf.nom, msa.nom) == ("CAF", "MSA")
    assert [caf.nombre(nature) for nature in ("accueil", "relais", "permanence", "arrêt")] == [2, 1, 2, 0]
    fiche = edition.operateurs[0]
    assert "10,7 (inconnues pour 1 sur 3)" in fiche.constats[1]
    assert fiche.constats[0].startswith(
        "4\u00a0fiches du département nomment CAF : 2\u00a0accueils, 1\u00a0relais et 2\u00a0perm"
    )
    (rangee,) = fiche.territoires.rangees
    assert [cellule.texte for cellule in rangee.cellules] == ["1", "2", "1", "2", "–", "10,7"]


def test_a_silence_is_never_an_absence() -> None:
    """Nobody names the network in the EPCI: not « absent », how many records could have said it."""
    edition = _edition(
        monde_rapport.place("loin", 46.3, code_insee="99003", commune="Gamma", typologie=["CAF"]),
        _caf("pres", typologie=["MUNI"]),
    )
    (fiche,) = edition.operateurs
    assert fiche.silences == "Aucune fiche ne le nomme : CC des Deux Lettres (0 fiche sur 1)."
    assert "Ce silence n’est pas une absence" in fiche.constats[2]
    resume, sans = (bloc for bloc in edition.presences if not hasattr(bloc, "identifiant") or isinstance(bloc, Tableau))
    assert isinstance(resume, Tableau)
    assert [c.texte for c in resume.rangees[0].cellules][-2:] == ["0 sur 1", "1"]
    absents = [reseau.nom for reseau in RESEAUX if reseau.nom != "CAF"]
    assert all(nom in sans.texte for nom in absents)  # type: ignore[union-attr]
    assert " absent" not in " ".join((*fiche.constats, fiche.silences))


def test_nobody_named_no_sheet() -> None:
    edition = _edition(_caf("un"))
    assert edition.operateurs == []
    assert "Sans feuille, parce qu’aucune fiche du département ne les nomme : CAF," in str(edition.presences[-1])


def test_an_ended_network_is_no_presence_and_an_unknown_body_needs_two_places() -> None:
    fini = Label(nom="France services", jusqua=date(2025, 1, 1))
    aide = _permanence("Secours d'Alpha", "Mo 09:00-12:00")
    edition = _edition(
        _caf("un", typologie=["RFS"], labels=[fini]),
        _caf("deux", labels=[Label(nom="Maison de services au public")], permanences=[aide]),
        _caf("seul", permanences=[_permanence("Association vue une fois", "Mo 09:00-12:00")]),
        _caf("trois", permanences=[aide.model_copy(update={"operateur": "SECOURS D’ALPHA"})]),
    )
    assert [reseau.nom.lower().replace("’", "'") for reseau in edition.reseaux] == ["secours d'alpha"]


def test_a_long_network_says_where_the_rest_is() -> None:
    edition = _edition(*(_caf(f"p{rang:02}", typologie=["LA_POSTE"]) for rang in range(60)))
    (fiche,) = edition.operateurs
    assert len(fiche.territoires.rangees) + len(fiche.presences.rangees) <= LIGNES_DE_LA_FEUILLE
    reste = 60 - len(fiche.presences.rangees)
    assert fiche.presences.notes == (
        f"Et {reste}\u00a0autres : liste entière dans liste-presences.csv et dans le tableur.",
    )
