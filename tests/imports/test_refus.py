"""The listing of rows without a record: counted, escaped, useful, and nobody's own."""

import csv
import html
import io
import re

import pytest

from carte.imports.bilan import Bilan, Sort, Suite, liste
from carte.imports.modele import Nature, Remarque
from carte.imports.personnes import MASQUE, sans_personne
from carte.imports.refus import COLONNES, en_csv, en_html, refuses

LIGNE = {
    "id": "hub-lo:9",
    "nom": "Espace <b>du</b> Val",
    "adresse": "3 rue Basse",
    "commune": "Nulle-Part",
    "Contact : nom": "Camille Martin",
    "courriel": "camille.martin@exemple.test, accueil@exemple.test",
    "téléphone": "06 12 34 56 78 / 02 54 00 00 01",
    "services": "=HYPERLINK(1)",
    "note": "x" * 400,
}
REFUS = Remarque(Nature.REFUS, "", "hub-lo:9", "La commune de cette ligne n'a pas pu être trouvée.")
ECARTEE = Remarque(Nature.ECARTEE, "", "hub-lo:8", "La source dit que ce lieu est fermé.")
BILAN = Bilan(
    "hub-lo",
    ("36",),
    (
        Suite("hub-lo:1", "Mairie", Sort.ECRITE, "36/mairie"),
        Suite("hub-lo:9", LIGNE["nom"], Sort.REFUSEE, None, (REFUS,), LIGNE),
        Suite("hub-lo:8", "Fermé", Sort.DE_COTE, None, (ECARTEE,)),
        Suite("hub-lo:2", "Ailleurs", Sort.HORS_PERIMETRE, None),
    ),
    ("CSV ; 4 lignes.",),
)


def test_the_table_has_one_line_per_row_without_a_record() -> None:
    lignes = list(csv.DictReader(io.StringIO(en_csv(BILAN).removeprefix("\ufeff")), delimiter=";"))
    assert [ligne["identifiant"] for ligne in lignes] == ["hub-lo:9", "hub-lo:8"]
    assert tuple(lignes[0]) == COLONNES
    assert lignes[0]["raison"] == REFUS.message
    assert "adresse : 3 rue Basse ; commune : Nulle-Part" in lignes[0]["valeurs"]
    assert lignes[0]["valeurs"].endswith("x…")


def test_the_page_counts_every_row_read_once_and_runs_nothing() -> None:
    page = en_html(BILAN)
    comptes = [int(n) for n in re.findall(r"<td>(\d+)</td>", page)]
    assert comptes[-1] == sum(comptes[:-1]) == BILAN.lues
    assert page.count("<article>") == len(refuses(BILAN)) == 2
    assert "Espace &lt;b&gt;du&lt;/b&gt; Val" in page
    assert "<b>" not in page
    assert not re.search(r"<script|https?://|<link|<img", page)
    assert 'name="viewport"' in page
    assert html.unescape(page).count(REFUS.message) >= 2


@pytest.mark.parametrize("sortie", [en_csv, en_html, lambda bilan: str(liste(bilan))])
def test_nobody_is_in_any_listing(sortie) -> None:  # type: ignore[no-untyped-def]
    texte = sortie(BILAN)
    for personnel in ("Camille", "camille.martin", "06 12 34 56 78"):
        assert personnel not in texte
    assert "accueil@exemple.test" in texte
    assert "02 54 00 00 01" in texte


@pytest.mark.parametrize(
    ("colonne", "valeur", "attendu"),
    [
        ("mail", "j.dupont@mairie.example", f"{MASQUE}@mairie.example"),
        ("mail", "mairie.valbourg@exemple.test", "mairie.valbourg@exemple.test"),
        ("mail", "espace-numerique@exemple.test", "espace-numerique@exemple.test"),
        ("tel", "+33612345678 ou 02 54 00 00 01", f"{MASQUE} ou 02 54 00 00 01"),
        ("Agent référent", "Camille", MASQUE),
        ("Mobile", "", ""),
        ("siret", "43493312300029", "43493312300029"),
    ],
)
def test_what_is_somebody_s_own(colonne: str, valeur: str, attendu: str) -> None:
    assert sans_personne(colonne, valeur) == attendu


def test_nothing_refused_is_said_so() -> None:
    page = en_html(Bilan("hub-lo", ("36",), BILAN.suites[:1]))
    assert "Aucune ligne n’est sans fiche." in page
