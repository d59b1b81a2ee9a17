"""Plain French, and the whitelists that every link of a record goes through."""

from datetime import date

import pytest

from carte.publish import textes


@pytest.mark.parametrize(
    ("adresse", "sure"),
    [
        ("https://exemple.fr/page?x=1#y", True),
        ("http://exemple.fr", True),
        ("HTTPS://EXEMPLE.FR", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt://exemple.fr/%0aalert(1)", False),
        ("data:text/html,x", False),
        ("//exemple.fr", False),
        ("/interne", False),
        ("https://", False),
        ("https://exemple.fr/a b", False),
        ('https://exemple.fr/"onclick=x', False),
        ("https://exemple.fr\\@autre.fr", False),
        ("https://[mauvais", False),
        (" https://exemple.fr", False),
        ("https://exemple.fr@autre.fr/", False),
        ("java\nscript:alert(1)", False),
    ],
)
def test_only_plain_web_addresses_become_links(adresse: str, sure: bool) -> None:
    assert (textes.url_sure(adresse) == adresse) is sure


@pytest.mark.parametrize(
    ("telephone", "lien", "lisible"),
    [
        ("+33254080000", "tel:+33254080000", "02\u00a054\u00a008\u00a000\u00a000"),
        ("02 54 08 00 00", "tel:0254080000", "02\u00a054\u00a008\u00a000\u00a000"),
        ("+262692000000", "tel:+262692000000", "06\u00a092\u00a000\u00a000\u00a000"),
        ("3646", "tel:3646", "3646"),
        ("+4122000000", "tel:+4122000000", "+4122000000"),
        ("javascript:alert(1)", None, "javascript:alert(1)"),
        ("+33;ext=1", None, "+33;ext=1"),
        ("", None, ""),
    ],
)
def test_telephones_are_dialled_only_when_they_are_numbers(telephone: str, lien: str | None, lisible: str) -> None:
    assert textes.lien_telephone(telephone) == lien
    assert textes.telephone_lisible(telephone) == lisible


@pytest.mark.parametrize(
    ("courriel", "lien"),
    [
        ("contact@lieu.example", "mailto:contact@lieu.example"),
        ("a+b@lieu.example", "mailto:a%2Bb@lieu.example"),
        ("a@b.example?bcc=x@y.example", None),
        ("a@b.example,c@d.example", None),
        ("sans arobase", None),
    ],
)
def test_a_mail_link_holds_one_address_and_nothing_else(courriel: str, lien: str | None) -> None:
    assert textes.lien_courriel(courriel) == lien


@pytest.mark.parametrize(
    ("km", "texte"),
    [(0.0, "100 m"), (0.84, "800 m"), (0.95, "0,9 km"), (3.21, "3,2 km"), (9.96, "10 km"), (1234.0, "1\u202f234 km")],
)
def test_distances_are_said_as_people_say_them(km: float, texte: str) -> None:
    assert textes.kilometres(km) == texte


def test_french_words() -> None:
    assert textes.date_longue(date(2026, 3, 1)) == "1er mars 2026"
    assert textes.date_longue(date(2026, 8, 12)) == "12 août 2026"
    assert textes.pluriel(0, "lieu", "lieux") == "0 lieu"
    assert textes.pluriel(2, "lieu", "lieux") == "2 lieux"
    assert textes.nombre(1234.5, 1) == "1\u202f234,5"
    assert textes.sans_bidi("a\u202eb\u2066c\u200fd") == "abcd"
    assert textes.url_courte("https://www.exemple.fr/") == "exemple.fr"
    assert len(textes.url_courte("https://exemple.fr/" + "x" * 200)) == 60


@pytest.mark.parametrize(
    ("texte", "lisible"),
    [
        ("oui : 12 % !", "oui\u00a0: 12\u00a0% !"),
        ("« Mairie »", "«\u00a0Mairie\u00a0»"),
        ("pour 10 000 habitants", "pour 10\u00a0000 habitants"),
        ("lieux pour 1 000", "lieux pour 1\u00a0000"),
        ("le lot 2024 000 ; M 10 120", "le lot 2024 000\u00a0; M 10 120"),
    ],
)
def test_a_line_never_breaks_inside_a_number_nor_before_a_high_sign(texte: str, lisible: str) -> None:
    assert textes.typographie(texte) == lisible.replace(" !", "\u00a0!")


@pytest.mark.parametrize(
    ("texte", "lie"),
    [
        ("9 h – 12 h 30, 13 h 30 – 19 h", "9_h_–_12_h_30, 13_h_30_–_19_h"),
        ("jeudi 14 h – 16 h 30 (semaines impaires)", "jeudi 14_h_–_16_h_30 (semaines impaires)"),
        ("fermé", "fermé"),
    ],
)
def test_no_line_cuts_an_hour(texte: str, lie: str) -> None:
    assert textes.lier_heures(texte) == lie.replace("_", "\u00a0")
