"""Drawings: one path per commune, colours by class only, hostile names inert, same bytes each time."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from shapely.geometry import LineString, MultiPolygon, Polygon, box

from carte.publish.maps.contours import Contours, preparer
from carte.publish.maps.statique import carte_classes, carte_lieux
from carte.publish.svg import LARGEUR, Repere, Trace, chemin, partager
from publish import monde, monde_rapport

CADRE = Repere.cadrer((0.0, 45.0, 1.0, 46.0), marge=0)


def _contours(noms: dict[str, str] | None = None) -> Contours:
    return preparer(monde_rapport.renommer(monde.territoire(), noms or {}), ["99"])["99"]


def test_the_frame_keeps_proportions_and_margins() -> None:
    repere = Repere.cadrer((0.0, 45.0, 1.0, 46.0), marge=10)
    assert repere.xy(0.0, 46.0) == (10, 10)
    assert repere.xy(1.0, 45.0)[0] == LARGEUR - 10
    # One degree of longitude is 0.70 of a degree of latitude at 45.5°.
    assert repere.hauteur == pytest.approx((LARGEUR - 20) / 0.7009 + 20, abs=2)


@pytest.mark.parametrize(
    ("forme", "attendu"),
    [
        pytest.param(Polygon([(0, 46), (1, 46), (1, 45)]), "M0 0l1000 0 0 1427z", id="triangle"),
        pytest.param(box(0.5, 45.5, 0.5001, 45.5001), "M500 713h1v1h-1z", id="trop-petite"),
        pytest.param(LineString([(0, 46), (1, 45)]), "M0 0l1000 1427", id="ligne"),
    ],
)
def test_paths_use_whole_units_and_relative_moves(forme: object, attendu: str) -> None:
    assert chemin(forme, CADRE) == attendu


def test_islands_and_holes_are_one_path() -> None:
    troue = Polygon(box(0, 45, 0.4, 46).exterior.coords, [box(0.1, 45.2, 0.3, 45.8).exterior.coords])
    assert chemin(MultiPolygon([troue, box(0.6, 45, 1, 46)]), CADRE).count("M") == 3


def test_one_path_per_commune_each_in_its_class() -> None:
    contours = _contours()
    dessin = carte_classes(contours, "essai", "Titre", "Description", {"99001": "n0", "99002": "n4"}, {})
    arbre = ET.fromstring(dessin)
    communes = [trace.get("class") for trace in arbre.iter("path") if "commune" in (trace.get("class") or "")]
    assert communes == ["commune n0", "commune n4", "commune inconnu"]
    assert dessin.count('fill="url(#essai-hachures)"') == 1


def test_a_drawing_has_a_role_a_name_and_a_description() -> None:
    arbre = ET.fromstring(carte_classes(_contours(), "essai", "Le titre", "Ce que l'on voit", {}, {}))
    assert arbre.get("role") == "img"
    assert arbre.get("aria-labelledby") == "essai-titre"
    assert arbre.get("aria-describedby") == "essai-desc"
    textes = {element.get("id"): element.text for element in arbre.iter() if element.get("id")}
    assert textes["essai-titre"] == "Le titre"
    assert textes["essai-desc"] == "Ce que l'on voit"


def test_the_policy_on_inline_styles_is_respected() -> None:
    dessin = carte_lieux(_contours(), "essai", "t", "d", {"99001": 3}, {})
    assert "style=" not in dessin
    assert "<style" not in dessin
    assert dessin.count("<circle") == 1


def test_hostile_names_stay_text() -> None:
    contours = _contours({"99001": monde.SCRIPT, "99002": monde.ATTRIBUT})
    dessin = carte_classes(contours, "essai", monde.SCRIPT, monde.ATTRIBUT, {}, {"99001": monde.SCRIPT})
    arbre = ET.fromstring(dessin)
    assert not list(arbre.iter("script"))
    assert not [nom for element in arbre.iter() for nom in element.attrib if nom.startswith("on")]
    assert monde.SCRIPT in [element.text for element in arbre.iter()]


def test_a_hostile_class_cannot_open_an_attribute() -> None:
    trace = ET.fromstring(Trace("M0 0", monde.ATTRIBUT, monde.SCRIPT).__html__())
    assert trace.get("class") == monde.ATTRIBUT
    assert set(trace.attrib) == {"class", "d"}


def test_without_outlines_there_is_no_drawing() -> None:
    territoire = monde_rapport.sans_contour(monde.territoire(), ["99001", "99002", "99003"])
    contours = preparer(territoire, ["99"])["99"]
    assert contours.bornes is None
    assert contours.sans_contour == ("Alpha", "Béta-sur-Lône", "Gamma")
    assert carte_classes(contours, "essai", "t", "d", {}, {}) == ""


def test_same_inputs_same_bytes() -> None:
    uns, autres = (carte_classes(_contours(), "essai", "t", "d", {"99001": "n1"}, {}) for _ in range(2))
    assert uns == autres


def test_shared_outlines_are_written_once() -> None:
    """A drawing calls all outlines in the class of most, then the others in theirs; a trace of its own stays."""
    communes = ["M1 1h1z", "M3 3h1z", "M5 5h1z"]

    def dessin(*attributs: str, limite: str = "") -> str:
        traces = (
            f'<path class="commune {a}" d="{d}"><title>Alpha</title></path>'
            for a, d in zip(attributs, communes, strict=True)
        )
        return f'<svg class="carte-svg ">{"".join(traces)}{limite}</svg>'

    limite = '<path class="limite-epci" d="M2 2h1z"/>'
    hachure = 'n3" fill="url(#h)'
    partagee = partager(f"M1{dessin('n1', 'n1', 'n2', limite=limite)}<p>suite</p>{dessin('n3', hachure, 'n3')}")
    assert [partagee.count(d) for d in communes] == [1, 1, 1]
    defs, un, deux = re.findall(r"<svg.*?</svg>", partagee)
    assert re.findall(r'<path (?:id="([^"]+)" )?d="([^"]+)"/>', defs) == [
        ("", "M1 1h1z"), ("f0-1", "M3 3h1z"), ("f0-2", "M5 5h1z"),
    ]  # fmt: skip
    assert un == (
        '<svg class="carte-svg "><use href="#f0" class="commune n1"/>'
        f'<g class="commune n2"><use href="#f0-2"/></g>{limite}</svg>'
    )
    assert deux == (
        '<svg class="carte-svg "><use href="#f0" class="commune n3"/>'
        '<g class="commune n3" fill="url(#h)"><use href="#f0-1"/></g></svg>'
    )
    assert partager(dessin("n1", "n1", "n1")) == dessin("n1", "n1", "n1")
    assert partager("<p>sans dessin</p>") == "<p>sans dessin</p>"


def test_names_that_drawings_share_are_written_once() -> None:
    noms = (
        '<text class="carte-etiquette premiere" x="1" y="2">A</text><text class="carte-etiquette" x="3" y="4">B</text>'
    )
    seul = '<text class="carte-etiquette" x="5" y="6">Gamma</text>'
    dessins = [f'<svg class="carte-svg "><circle r="1"/>{textes}</svg>' for textes in (noms, seul, noms)]
    defs, *suite = re.findall(r"<svg.*?</svg>", partager("".join(dessins)))
    assert f'<g id="t0">{noms}</g>' in defs
    assert suite == [
        '<svg class="carte-svg "><circle r="1"/><use href="#t0"/></svg>',
        dessins[1],
        '<svg class="carte-svg "><circle r="1"/><use href="#t0"/></svg>',
    ]


def test_a_border_between_two_epci_is_drawn_once() -> None:
    """Two squares side by side make three lines that meet at two points, not two closed outlines."""
    contours = _contours()
    cote_a_cote = contours.communes.iloc[:2].assign(
        code_epci=["E1", "E2"], geometry=[box(0, 45, 0.5, 46), box(0.5, 45, 1, 46)]
    )
    epci = contours.epci.iloc[[0, 0]].assign(code_epci=["E1", "E2"])
    traits, bords = replace(contours, communes=cote_a_cote, epci=epci).chemins
    assert len(traits) == 2
    (bord,) = bords
    assert (bord.count("M"), bord.count("z")) == (3, 0)
