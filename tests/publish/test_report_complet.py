"""The whole report, of the demonstration and of the real Indre: nothing absent, nothing bare, nothing overstated."""

import re
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest

from carte.config import lire
from carte.picture import Picture
from carte.pipeline import build_picture
from carte.publish import maps, pdf, report
from carte.publish.pdf.contenu import contenu
from carte.publish.report.edition import Edition
from carte.publish.tableur import xlsx
from carte.publish.tableur.onglets import Feuille, feuilles
from publish.pdf_lu import chevauchements
from publish.rapport_lu import Unite, fautes, unites
from sites import RACINE

CODES = (
    *(f"O{rang}" for rang in range(1, 10)),
    *(f"A{rang}" for rang in range(1, 10)),
    "B1",
    *(f"G{rang}" for rang in range(1, 11)),
    "N1",
    "N2",
)
# Definitions without a code on paper: what the report does of them instead.
A_PART = {"CONF": "un tableau des critères des réseaux", "CUIVRE": "un tableau de la fermeture du cuivre"}
POURCENTAGE = re.compile(r"\d %")
COMPTES = re.compile(r"(?:\d|aucune?) (?:[\w’]+ ){0,3}sur \d|\d % sur \d|\d+ à \d[\d ]* .*sur \d")
# Thresholds, weights: choices of the report, not figures.
CHOIX = re.compile(
    r"plus de \d+ % des (?:habitants|locaux)|au moins \d+,\d % des essais|"
    r"sortir du déficit \(\d+ % des habitants\)|Poids :.*?\."
)
CAUSES = re.compile(
    r"\b(?:à cause|en raison d|grâce à|provoqu\w+|entraîn\w+|caus(?:e|ent|é)\b|dû à|due à|permet (?:à|aux)|améliore\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, eq=False)
class Rapport:
    """One département's report in each of its forms."""

    edition: Edition
    fragment: str

    @cached_property
    def unites(self) -> list[Unite]:
        return unites(self.fragment)

    @cached_property
    def octets(self) -> bytes:
        return pdf.produire(self.edition)

    @cached_property
    def pages(self) -> int:
        lu = subprocess.run(["pdftotext", "-", "-"], input=self.octets, capture_output=True, check=True)
        return lu.stdout.decode().count("\f")

    @cached_property
    def papier(self) -> str:
        lu = subprocess.run(["pdftotext", "-layout", "-", "-"], input=self.octets, capture_output=True, check=True)
        return re.sub(r"\s+", " ", lu.stdout.decode())

    @cached_property
    def feuilles(self) -> dict[str, Feuille]:
        return {feuille.nom: feuille for feuille in feuilles(self.edition)}

    @cached_property
    def classeur(self) -> str:
        """Every text of the workbook as it is written."""
        jour = self.edition.sujet.picture.configuration.date_publication
        with zipfile.ZipFile(BytesIO(xlsx.ecrire(list(self.feuilles.values()), "Rapport", jour))) as archive:
            pages = [archive.read(nom).decode() for nom in archive.namelist() if nom.endswith(".xml")]
        return "\n".join(" ".join(ElementTree.fromstring(page).itertext()) for page in pages)


def _rapport(picture: Picture) -> Rapport:
    editions = report.preparer(picture, maps.preparer(picture))
    ((code, edition),) = editions.items()
    return Rapport(edition, report.pages(editions, "assets/carte-x")[f"rapports/{code}.html"])


@pytest.fixture(scope="module", params=["demo", pytest.param("indre", marks=pytest.mark.partage)])
def rapport(request: pytest.FixtureRequest) -> Rapport:
    if request.param == "demo":
        return _rapport(request.getfixturevalue("demo"))
    fichier: Path = request.getfixturevalue("fichier_indre")
    return _rapport(build_picture(lire(fichier, RACINE), RACINE))


def test_every_indicator_is_defined_whole(rapport: Rapport) -> None:
    definitions = {d.code: d for d in rapport.edition.sujet.indicateurs.definitions}
    for code in CODES:
        definition = definitions[code]
        assert all((definition.nom, definition.formule, definition.unite, definition.source, definition.biais))


def _titre(rapport: Rapport, code: str) -> str:
    return f"{code} – {rapport.edition.sujet.indicateurs.definition(code).nom}"


@pytest.mark.usefixtures("avec_poppler")
@pytest.mark.parametrize("code", CODES)
def test_every_indicator_is_a_figure_or_says_why_not(rapport: Rapport, code: str) -> None:
    """In each form: its definition, and a figure that names it or « non évalué » with a reason."""
    corps = rapport.fragment[: rapport.fragment.index('class="definitions"')]
    chiffre = f'href="#def-{code.lower()}"' in corps
    motifs = [u.texte for u in rapport.unites if re.search(rf"\b{code}\b", u.texte) and "non évalué" in u.texte]
    assert chiffre or motifs
    assert all(re.search(r"non évalué,? \S+", motif) for motif in motifs)
    assert f'id="def-{code.lower()}"' in rapport.fragment
    papier, definitions = rapport.papier.rsplit("Annexe : Définitions et données", 1)
    assert re.search(rf"\b{code}\b", papier)
    assert _titre(rapport, code)[:40] in definitions


@pytest.mark.parametrize("code", CODES)
def test_the_workbook_defines_each_indicator_and_gives_its_figures(rapport: Rapport, code: str) -> None:
    definition = rapport.edition.sujet.indicateurs.definition(code)
    assert definition.formule in rapport.classeur
    lignes = [ligne for ligne in rapport.feuilles["Définitions"].lignes if ligne[0] == code]
    assert lignes[0][2] == definition.formule
    absent = [ligne for ligne in lignes[1:] if str(ligne[2]).startswith("Non évalué : ")]
    lus = [ligne for ligne in rapport.feuilles["Tableaux du rapport"].lignes if ligne[4] == code and ligne[6]]
    colonnes = [nom for nom in map(str, rapport.feuilles["Communes"].lignes[1]) if nom.startswith(f"{code}_")]
    assert lus or absent or colonnes


def test_what_is_not_evaluated_is_said_with_its_reason(rapport: Rapport) -> None:
    tableau = next(b for b in rapport.edition.methode.blocs if getattr(b, "identifiant", "") == "non-evalue")
    dits = {rangee.titre: rangee.cellules[1].texte for rangee in tableau.rangees}  # type: ignore[union-attr]
    for motif in rapport.edition.sujet.indicateurs.non_evalues.values():
        assert motif in dits.values()


def test_every_percentage_has_its_counts_beside_it(rapport: Rapport) -> None:
    nus = [
        phrase
        for unite in rapport.unites
        for phrase in unite.phrases
        if POURCENTAGE.search(CHOIX.sub("", phrase)) and not COMPTES.search(phrase)
    ]
    assert sum(bool(POURCENTAGE.search(u.texte)) for u in rapport.unites) > 100
    assert nus == []


def test_no_percentage_is_whole_or_nothing_unless_its_counts_are(rapport: Rapport) -> None:
    motif = (
        r"(?<![\d,])(100,0|0,0|100|0)\u00a0% (?:\(|: )?([\d\u00a0]+|moins de 1|aucune?\b)[a-zé’ ]* sur ([\d\u00a0]+)"
    )
    lus = re.findall(motif, " | ".join(unite.brut for unite in rapport.unites))
    assert len(lus) > 10
    for taux, *comptes in lus:
        num, den = (compte.strip("\u00a0") for compte in comptes)
        assert num == den if taux.startswith("100") else num in ("0", "aucun", "aucune"), (taux, num, den)


def test_no_word_says_a_cause(rapport: Rapport) -> None:
    assert [u.texte for u in rapport.unites if CAUSES.search(u.texte)] == []


def test_plurals_begin_at_two(rapport: Rapport) -> None:
    noms = r"(?:lieu|habitant|commune|fiche|local|ligne|essai|heure|point|minute|point d’accueil)"
    pluriels = r"(?:lieux|habitants|communes|fiches|locaux|lignes|essais|heures|points|minutes)"
    texte = " | ".join(unite.brut for unite in rapport.unites)
    assert re.findall(rf"(?<![\d,\u00a0])[01](?:,\d+)?[ \u00a0]{pluriels}\b", texte) == []
    assert re.findall(rf"(?<![\d,\u00a0])(?:[2-9]|\d[\d\u00a0]*\d)(?:,\d+)?[ \u00a0]{noms}\b(?!s)", texte) == []


@pytest.mark.parametrize(
    ("texte", "fautif"),
    [
        *((texte, True) for texte in ("débit au inconnu", "moins de 1 mètres", "0,1 heures par semaine")),
        ("entre 135 et 135 habitants sur 135", True),
        ("entre 1,8 % et 1,8 %", True),
        ("de 2 à 2", True),
        ("entre 13 et 135 habitants sur 135", False),
        ("entre 1 et 1 350", False),
        ("de 1 à 1,5", False),
        *((texte, True) for texte in ("hors de de la carte", "à à pied", "aucune commune sont loin", "1 communes")),
        *(
            (texte, True)
            for texte in ("0 lieux", "1 habitants", "10 001 lieux ; 0 habitants", "deux  espaces", "fin. .")
        ),
        *((texte, True) for texte in ("valeur NaN", "rien : None", "un « mot sans fin", "de inconnu % à inconnu %")),
        ("aucune fiche sur 29 ne nomme aucun réseau", True),
        ("()", True),
        ("10 001 habitants, 2 communes, 1 000 lieux ; « mot » : aucune commune", False),
        ("10,1 heures ; moins de 1 mètre ; débit inconnu", False),
    ],
)
def test_the_net_catches_the_faults_once_seen(texte: str, fautif: bool) -> None:
    assert bool(fautes([texte])) == fautif


def _textes(valeur: object) -> Iterator[str]:
    """Every text of the values that the PDF prints, drawings left out."""
    if isinstance(valeur, str):
        yield valeur.replace("\u00a0", " ")
    elif isinstance(valeur, dict):
        yield from (texte for cle, v in valeur.items() if cle != "svg" for texte in _textes(v))
    elif isinstance(valeur, list | tuple):
        yield from (texte for v in valeur for texte in _textes(v))


def test_no_sentence_repeats_a_fault_once_seen(rapport: Rapport) -> None:
    """In each form: the page by its pieces, paper and the workbook by their texts."""
    lignes = rapport.feuilles["Tableaux du rapport"].lignes
    textes = {*(u.texte for u in rapport.unites), *_textes(contenu(rapport.edition)), *_textes(lignes)}
    assert len(textes) > 500
    assert fautes(textes) == []


@pytest.mark.usefixtures("avec_poppler")
def test_the_dates_of_the_data_stand_once_a_part_and_once_a_page(rapport: Rapport) -> None:
    """The records' first and last, the population's and the broadband's: in no caption, but at the head of each part
    on the site, and at the foot of each page."""
    sujet = rapport.edition.sujet
    dates = sujet.picture.offre.loc[sujet.picture.offre["code_departement"] == sujet.code, "date_maj"]
    (phrase,) = {u.texte for u in rapport.unites if u.balise == "p" and u.texte.endswith(f" ; {sujet.date_debit}.")}
    assert {str(dates.min().year), str(dates.max().year)} <= set(re.findall(r"\d{4}", phrase))
    assert sujet.date_population in phrase
    parties = re.findall(r'<h2 id="[^"]+">\d+\. [^<]+</h2>\n(<p class="source">)?', rapport.fragment)
    assert parties.count("") == 1  # method has no figure
    legendes = [u.texte for u in rapport.unites if u.balise == "caption"]
    assert len(legendes) > 15
    assert [t for t in legendes if "datées du" in t or sujet.date_population in t] == []
    assert rapport.papier.count(phrase.removesuffix(".")) >= rapport.pages


@pytest.mark.usefixtures("avec_poppler")
def test_paper_is_short_and_large_enough_to_read(rapport: Rapport) -> None:
    """A body of 25 pages at most, the sheets and the annexes counted apart; nothing under eight points."""
    dite = re.search(
        r"Corps du rapport : (\d+) pages?. Feuilles à remplir : (\d+) pages?. Annexes : (\d+) pages?.", rapport.papier
    )
    assert dite
    corps, remplir, annexes = map(int, dite.groups())
    assert corps <= 25
    assert remplir >= len(rapport.edition.avis) + len(rapport.edition.operateurs)
    assert corps + remplir + annexes == rapport.pages
    lu = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=rapport.octets, capture_output=True, check=True)
    boites = lu.stdout.decode()
    assert chevauchements(boites) == []  # no word is wider than its column
    mots = re.findall(r'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)"', boites)
    # A word's box is 1.3 times as high as its letters are said to be.
    assert len(mots) > 3000
    assert min(float(bas) - float(haut) for haut, bas in mots) / 1.3 > 7.95


def test_each_table_leads_to_its_definition_and_to_its_data(rapport: Rapport) -> None:
    """The tables of choices and dates have none: they are no figures."""
    libres = {f"tableau-{nom}" for nom in ("perimetre", "dates", "choix", "exclus", "calibration")} | {"non-evalue"}
    for morceau in rapport.fragment.split('<div class="defilement')[1:]:
        identifiant = re.search(r'<table class="chiffres" id="([^"]+)"', morceau)
        assert identifiant
        if identifiant[1] in libres:
            continue
        suite = morceau[: morceau.find('<div class="defilement')] if '<div class="defilement' in morceau else morceau
        assert 'class="renvoi"' in suite[: suite.index("</table>")], identifiant[1]
        assert "Données\u00a0: <a href=" in suite[suite.index("</table>") :][:2000], identifiant[1]


def test_each_headline_leads_to_its_definition_its_data_and_its_part(rapport: Rapport) -> None:
    debut = rapport.fragment.index('class="essentiel"')
    chiffres = rapport.fragment[debut : rapport.fragment.index("</section>", debut)].split("<li>")[1:]
    assert len(chiffres) == 5
    for chiffre in chiffres:
        assert 'class="renvoi"' in chiffre
        assert "Données\u00a0: <a href=" in chiffre
        assert "Voir le détail" in chiffre
