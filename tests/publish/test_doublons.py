"""The pairs in doubt, side by side: what a person compares, and lines that settle the doubt when copied as they are."""

import csv
import io
import re
from datetime import date
from html import unescape
from pathlib import Path

import yaml

from carte.publication import Chantier
from carte.publish.relecture import doublons
from carte.records import Enregistrement, Lieu
from carte.records.rules.doublons import doutes
from publish import monde
from publish.conftest import Socle
from publish.pages import Page

CHEMIN = "rapports/doublons/index.html"
JUMELLE = {"adresse": "1 rue A", "horaires": "Mo 09:00-12:00", "source": "Mairie", "date_maj": date(2026, 5, 4)}


def _lue(socle: Socle, dossier: Path, *fiches: Enregistrement) -> str:
    assert doublons.ecrire(monde.picture(*fiches), socle.shell, Chantier.sur(dossier)) == ["rapports/doublons/"]
    return (dossier / CHEMIN).read_text(encoding="utf-8")


def test_each_line_copied_from_the_page_settles_its_doubt(socle: Socle, tmp_path: Path) -> None:
    fiches = [
        monde.fiche("un", distinct_de=["99/ailleurs"]),
        monde.fiche("deux", **JUMELLE),
        monde.fiche("ailleurs", nom="Mairie", telephone="+33123456780"),
    ]
    html = _lue(socle, tmp_path, *fiches)
    page = Page(html)
    for dit in ("4 mai 2026", "1er octobre 2026", "1 rue A", "lundi 9", "Mairie", "non dit", "même téléphone"):
        assert dit in page.texte, dit
    assert 'href="../../lieux/99/un/"' in html and 'href="../../lieux/99/deux/"' in html and "noindex" in html
    gestes = re.findall(r"<code>(offers/[^<]+)</code></dt>\s*<dd><code>([^<]+)</code>", html)
    assert len(gestes) == 3 and len(doutes(fiches)) == 1
    assert gestes[2] == ("offers/99/deux.yml", "distinct_de: [99/un]")
    for fichier, ligne in gestes:
        tranchees = [
            Enregistrement(e.identifiant, e.fichier, Lieu(**{**e.lieu.model_dump(), **yaml.safe_load(unescape(ligne))}))
            if e.fichier == fichier
            else e
            for e in fiches
        ]
        assert doutes(tranchees) == []
        # A gesture written before is not lost with the line that replaces it.
        assert tranchees[0].lieu.distinct_de[0] == "99/ailleurs"


def test_a_second_gesture_of_one_record_is_one_line(socle: Socle, tmp_path: Path) -> None:
    html = _lue(socle, tmp_path, monde.fiche("b"), monde.fiche("a", distinct_de=["99/z"]))
    assert "<code>distinct_de: [99/z, 99/b]</code>" in html
    assert "à la place de sa ligne" in Page(html).texte


def test_hostile_words_are_words_in_the_page_and_in_the_table(socle: Socle, tmp_path: Path) -> None:
    hostile = monde.hostile()
    double = Enregistrement("99/double", "offers/99/double.yml", hostile.lieu)
    html = _lue(socle, tmp_path, hostile, double, monde.fiche("formule", nom="=2+2"), monde.fiche("autre", nom="=2+2"))
    assert "<script>alert" not in html and "<img src=x" not in html
    lignes = list(csv.DictReader(io.StringIO((tmp_path / "rapports/doublons/doublons.csv").read_bytes().decode())))
    assert tuple(lignes[0]) == doublons.COLONNES and {ligne["nom_1"][:2] for ligne in lignes} == {"'=", "<s"}
    assert [int(ligne["score"]) for ligne in lignes] == sorted((int(li["score"]) for li in lignes), reverse=True)


def test_no_doubt_is_said_and_another_hub_s_pairs_are_its_own(socle: Socle, tmp_path: Path) -> None:
    voisines = [monde.fiche(nom, departement="96") for nom in ("un", "deux")]
    assert len(doutes(voisines)) == 1
    assert "aucun doublon n’est à trancher" in Page(_lue(socle, tmp_path, *voisines)).texte
