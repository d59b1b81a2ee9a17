"""People's data: what is somebody's is pointed at, what is a place's is not, and an agreement is taken at its word."""

from pathlib import Path

import pytest

from carte.records import Gravite
from carte.records.personnes import courriel_personnel, traces
from records.monde import BONNE, lire


@pytest.mark.parametrize(
    ("adresse", "genre"),
    [
        ("jean.dupont@gmail.com", "courriel"),
        ("Hélène-DURAND@mairie.example", "courriel"),
        ("j.dupont@ccas.example", "courriel"),
        ("dupont.marie2@ccas.example", "courriel"),
        ("jean-paul.martin@x.example", "courriel"),
        ("sophie@free.fr", "courriel"),
        ("mairie-de-valbourg@orange.fr", "fournisseur"),
        ("mjc.valbourg@gmail.com", "fournisseur"),
        ("france.services@valbourg.example", None),
        ("espace.numerique@x.example", None),
        ("mediatheque.jean.moulin@ville.example", None),
        ("c.cas@x.example", None),
        ("contact@mairie.example", None),
        ("martinet@x.example", None),
    ],
)
def test_a_mailbox_is_a_persons_by_its_name(adresse: str, genre: str | None) -> None:
    assert courriel_personnel(adresse) == genre


@pytest.mark.parametrize(
    ("texte", "trouve"),
    [
        ("Appelez Jean Dupont au 06 12 34 56 78", ["06 12 34 56 78", "Jean Dupont"]),
        ("Sophie DURAND (conseillère numérique) : +33 7 12 34 56 78", ["+33 7 12 34 56 78", "Sophie DURAND"]),
        ("Demander Mme Martin, tél. 0033612345678", ["0033612345678", "Mme Martin"]),
        ("Écrire à marie.durand@x.example ou contact@x.example", ["marie.durand@x.example"]),
        ("Le conseiller, Paul Petit, reçoit le mardi", ["Paul Petit"]),
        ("Madame, Monsieur, M. le Maire vous reçoit au 04 68 06 12 34", []),
        ("À la médiathèque Jean Moulin, rue Marie Curie, arrêt Victor Hugo", []),
        ("Espace de vie sociale Simone Veil, collège Marcel Pagnol, Saint Jean Baptiste", []),
        ("Du lundi au vendredi, ateliers Office et Internet", []),
    ],
)
def test_a_text_names_people_or_places(texte: str, trouve: list[str]) -> None:
    assert [trace.texte for trace in traces(texte)] == trouve


FICHE = BONNE + (
    'telephone: "+33612345678"\ncourriels:\n  - jean.dupont@gmail.com\n  - contact@mairie.example\n'
    "presentation_detail: Appelez Jean Dupont\n"
    'permanences:\n  - operateur: CAF\n    horaires: Mo 09:00-12:00\n    telephone: "+33712345678"\n'
    "    detail: avec Mme Martin\n"
)


def test_advice_before_publication_and_nothing_lost(tmp_path: Path) -> None:
    chargement = lire(tmp_path, a=FICHE)
    assert [(p.champ, p.ligne, p.gravite) for p in chargement.problemes if p.regle == "personne"] == [
        ("telephone", 9, Gravite.CONSEIL),
        ("courriels.0", 11, Gravite.CONSEIL),
        ("presentation_detail", 13, Gravite.CONSEIL),
        ("permanences.0.telephone", 17, Gravite.CONSEIL),
        ("permanences.0.detail", 18, Gravite.CONSEIL),
    ]
    (fiche,) = chargement.enregistrements
    assert (fiche.lieu.telephone, len(fiche.lieu.courriels or ())) == ("+33612345678", 2)


def test_an_agreement_silences_its_field_alone(tmp_path: Path) -> None:
    accords = (
        "provenance:\n  telephone:\n    source: Accord de la personne\n  courriels:\n    source: Site de la mairie\n"
    )
    champs = {p.champ for p in lire(tmp_path, a=FICHE + accords).problemes if p.regle == "personne"}
    assert champs == {"courriels.0", "presentation_detail", "permanences.0.telephone", "permanences.0.detail"}


def test_a_place_called_after_somebody_is_left_alone(tmp_path: Path) -> None:
    texte = BONNE.replace("Médiathèque", "Jean Moulin").replace("1 place du Marché", "3 Charles Perrault")
    assert lire(tmp_path, a=texte.replace("Hub", "Jean Dupont")).problemes == ()
