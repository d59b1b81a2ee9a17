"""The PDF: tagged, the same bytes each time, one page a sheet, and deaf to any markup in a name."""

import json
import re
import subprocess
from pathlib import Path

import pytest
import typst

from carte.picture import Picture
from carte.publish import maps, pdf, report
from carte.publish.cadre.polices import pour_typst
from carte.publish.pdf.contenu import contenu
from carte.publish.pdf.dessins import FEUILLE, PAIRE, SEULE, Format, vecteur
from carte.publish.pdf.moteur import _IMPRIMABLES, GABARITS, RACINE, Atelier, imprimable, lettres
from carte.publish.report.edition import Edition
from carte.records.modele import Enregistrement, Permanence
from carte.territory import Territoire
from publish import monde, monde_rapport
from publish.pdf_lu import flux

GABARIT = GABARITS / "rapport.typ"
PIEGES = [
    '#read("/etc/passwd")',
    "$ x^2 $ *gras* _italique_ `code` @renvoi <label> = titre",
    "\\ \\u{1F600} // commentaire /* bloc",
    "#panic() #import sys: *",
    "]#[#{",
    "<script>alert(1)</script> </svg><text>",
]


def _edition(picture: Picture) -> Edition:
    return report.preparer(picture, maps.preparer(picture))["99"]


def _picture(**noms: str) -> Picture:
    return monde_rapport.picture(monde_rapport.place("un", 46.0), territoire=_territoire(**noms))


def _territoire(**noms: str) -> Territoire:
    territoire = monde_rapport.renommer(monde.territoire(), {code[1:]: nom for code, nom in noms.items()})
    territoire.epci["nom"] = noms.get("epci", "CC des Deux Lettres")
    return territoire


def _plein(rang: int) -> Enregistrement:
    """A record that fills the sheets: long names, two operators."""
    tenue = Permanence(operateur="Mutualité sociale agricole", horaires="Mo,We 09:00-12:00,13:30-17:00; PH off")
    nom = f"Maison des services et des solidarités de la vallée de Béta-sur-Lône, site {rang}"
    return monde_rapport.place(f"p{rang}", 46.0, nom=nom, typologie=["LA_POSTE"], permanences=[tenue])


@pytest.fixture(scope="module")
def octets() -> bytes:
    return pdf.produire(_edition(_picture()))


def _structure(octets: bytes) -> bytes:
    return octets + flux(octets)


def test_it_is_tagged_titled_and_in_french(octets: bytes) -> None:
    tout = _structure(octets)
    assert octets.startswith(b"%PDF-1.7")
    assert b"pdfuaid" in tout
    assert re.search(rb"/Lang\s*\(fr", tout)
    assert b"/MarkInfo" in tout
    assert b"/StructTreeRoot" in tout
    assert b"/DisplayDocTitle true" in tout


def test_maps_have_words_and_tables_have_headings(octets: bytes) -> None:
    tout = _structure(octets)
    assert re.search(rb"/S\s*/Figure", tout)
    assert tout.count(b"/Alt") >= 3
    assert re.search(rb"/S\s*/TH\b", tout)
    assert re.search(rb"/Scope\s*/Column", tout)


def test_same_inputs_same_bytes(octets: bytes) -> None:
    assert pdf.produire(_edition(_picture())) == octets


@pytest.mark.parametrize("piege", PIEGES)
def test_names_are_values_never_markup(piege: str, polices: Path) -> None:
    picture = _picture(epci=piege, c99001=piege, c99002=piege)
    donnees = imprimable(contenu(_edition(picture)))
    assert donnees["avis"][0]["nom"].replace("\u00a0", " ") == piege
    trouves = json.loads(_interroger(donnees, "<feuille>", polices))
    assert piege in {feuille["nom"].replace("\u00a0", " ") for feuille in trouves}
    assert Atelier(GABARIT, polices).pdf(donnees).startswith(b"%PDF")


def _interroger(donnees: object, quoi: str, polices: Path) -> str:
    compilateur = typst.Compiler(
        input=str(GABARIT),
        root=str(GABARITS),
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=[polices]),
        sys_inputs={"donnees": json.dumps(donnees)},
    )
    return str(compilateur.query(quoi, field="value"))


def test_each_sheet_holds_on_one_page(polices: Path) -> None:
    picture = monde_rapport.picture(
        *(_plein(rang) for rang in range(40)),
        territoire=_territoire(epci="Communauté " * 12),
        debits=monde_rapport.BORNE,
    )
    donnees = imprimable(contenu(_edition(picture)))
    feuilles = json.loads(_interroger(donnees, "<feuille>", polices))
    debuts = [f for f in feuilles if f["bord"] == "debut"]
    fins = [f for f in feuilles if f["bord"] == "fin"]
    assert [f["nature"] for f in debuts] == ["action", "avis", "operateur", "operateur"]
    assert [f["page"] for f in debuts] == [f["page"] for f in fins]
    assert len({f["page"] for f in debuts}) == len(debuts)


def test_the_templates_read_nothing_outside_of_their_folder(tmp_path: Path, polices: Path) -> None:
    gabarit = tmp_path / "essai.typ"
    gabarit.write_text('#set document(title: "x")\n#read("/etc/hostname")', encoding="utf-8")
    with pytest.raises(typst.TypstError, match="not found"):
        Atelier(gabarit, polices).pdf({})


def test_a_figure_without_words_is_refused(tmp_path: Path, polices: Path) -> None:
    gabarit = tmp_path / "muet.typ"
    svg = '<svg xmlns=\\"http://www.w3.org/2000/svg\\" viewBox=\\"0 0 9 9\\"><path d=\\"M0 0h9v9z\\"/></svg>'
    gabarit.write_text(f'#set document(title: "x")\n#image(bytes("{svg}"), format: "svg")', encoding="utf-8")
    with pytest.raises(typst.TypstError, match="alt"):
        Atelier(gabarit, polices).pdf({})


def test_every_letter_said_printable_is_in_the_fonts(tmp_path: Path, polices: Path) -> None:
    permises = [chr(c) for c in range(0x20, 0x3000) if not _IMPRIMABLES.match(chr(c))]
    assert {"é", "œ", "Œ", "ÿ", "’", "«", "€", "−", "≤", "\u2011", "□", "ğ", "Ж"} <= set(permises)
    gabarit = tmp_path / "lettres.typ"
    gabarit.write_text(
        '#set document(title: "x")\n#set text(font: ("Atkinson Hyperlegible Next", "Libertinus Serif"), lang: "fr")\n'
        "#for l in json(bytes(sys.inputs.donnees)) [#l ]",
        encoding="utf-8",
    )
    assert Atelier(gabarit, polices).pdf(permises).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        pytest.param("Mairie 😀", "Mairie □", id="emoji"),
        pytest.param("gauche\u202edroite", "gauchedroite", id="retourne"),
        pytest.param("a\u200bb\x07c", "abc", id="invisibles"),
        pytest.param("中文", "□□", id="autre-ecriture"),
        pytest.param("Cʼhoari, œuvre, Łódź", "Cʼhoari, œuvre, Łódź", id="latin"),
    ],
)
def test_what_no_font_draws_is_shown_as_a_square(texte: str, attendu: str) -> None:
    assert lettres(texte) == attendu


def test_drawings_carry_their_own_colours_and_no_title() -> None:
    edition = _edition(_picture(c99001=monde.SCRIPT))
    svg = vecteur(str(next(iter(edition.cartes.values())).dessin), PAIRE)
    assert svg.startswith('<svg xmlns="http://www.w3.org/2000/svg" viewBox=')
    assert "<script>" not in svg
    assert "<title" not in svg
    assert ".n0{fill:#f3efe4}" in svg
    assert vecteur("", PAIRE) == ""


@pytest.mark.parametrize("place", [SEULE, PAIRE, FEUILLE])
@pytest.mark.parametrize(("largeur", "hauteur"), [(1000, 700), (1000, 1000), (1000, 2600)])
def test_names_of_a_map_are_of_eight_points_and_do_not_touch(place: Format, largeur: int, hauteur: int) -> None:
    noms = "".join(f'<text class="carte-etiquette" x="500" y="{y}">Nom {y}</text>' for y in (300, 310, 600))
    svg = vecteur(f'<svg class="c" viewBox="0 0 {largeur} {hauteur}">{noms}</svg>', place)
    _, _, large, haut = map(int, re.search(r'viewBox="(-?\d+) (\d+) (\d+) (\d+)"', svg).groups())  # type: ignore[union-attr]
    corps = int(re.search(r"font-size:(\d+)px", svg)[1])  # type: ignore[index]
    points = corps * min(place.largeur / large, place.hauteur / haut) / 25.4 * 72
    assert 8 <= points < 8.5
    assert "Nom 300" in svg
    assert "Nom 310" not in svg


def test_a_territory_without_outline_or_broadband_still_prints() -> None:
    territoire = monde_rapport.sans_contour(monde.territoire(), ["99001", "99002", "99003"])
    picture = monde_rapport.picture(territoire=territoire, debits=monde_rapport.ABSENT)
    assert pdf.produire(_edition(picture)).startswith(b"%PDF")


@pytest.mark.usefixtures("avec_poppler")
def test_a_table_only_cuts_a_word_too_long_for_its_column(tmp_path: Path) -> None:
    """« vé-lo » and « li-gnes » are read twice; « dématérialisation » would cross the next column."""
    (tmp_path / "socle.typ").write_bytes((GABARITS / "socle.typ").read_bytes())
    gabarit = tmp_path / "essai.typ"
    gabarit.write_text(
        '#import "socle.typ": *\n'
        '#show: it => habillage((nom: "", hub: "", site: "", date: "", demonstration: false), it)\n'
        "#table(columns: (24mm, 17mm), [vingt minutes à vélo, des lignes et des démarches], [dématérialisation])\n"
    )
    with pour_typst(RACINE) as polices:
        octets = Atelier(gabarit, polices).pdf({})
    lu = subprocess.run(["pdftotext", "-raw", "-", "-"], input=octets, capture_output=True, check=True)
    assert re.findall(r"\w+(?=\u00ad)", lu.stdout.decode()) == ["dématé"]
