"""Phones, e-mails, sites, names: the sure ones pass, the rest is left out."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carte.ecrits.formes import avis_courriel, avis_url
from carte.imports import textes
from carte.records.rules.formes import FORMES
from hasard import exemples


@pytest.mark.parametrize(
    ("ecrit", "departement", "attendu"),
    [
        ("02 54 01 02 03", "36", "+33254010203"),
        ("02.54.01.02.03", "36", "+33254010203"),
        ("+33 2 54 01 02 03", "36", "+33254010203"),
        ("+33 (0)2 54 01 02 03", "36", "+33254010203"),
        ("0033254010203", "36", "+33254010203"),
        ("0590 12 34 56", "971", "+590590123456"),
        ("0694 12 34 56", "973", "+594694123456"),
        ("0696 12 34 56", "972", "+596696123456"),
        ("0262 12 34 56", "974", "+262262123456"),
        ("0639 12 34 56", "976", "+262639123456"),
        ("41 12 34", "975", "+508411234"),
        ("0508 41 12 34", "975", "+508411234"),
        ("0976 12 34 56", "974", "+262976123456"),
        ("06 00 00 00 00", "36", None),
        ("41 12 34", "36", None),
        ("-", "36", None),
        ("39 49", "36", "3949"),
        ("326000001", "51", "+33326000001"),
        ("33782000001", "49", "+33782000001"),
        ("0709 12 34 56", "971", "+590709123456"),
        ("+262 9 72 72 39 49", "974", None),
        ("02 54 01 02", "36", None),
        ("+33 0000 61394", "36", None),
        ("+44 20 7946 0958", "36", None),
    ],
)
def test_telephone(ecrit: str, departement: str, attendu: str | None) -> None:
    assert textes.telephone(ecrit, departement) == attendu


def test_courriels_masques_ou_partages_ne_sont_pas_des_adresses() -> None:
    gardes, laisses = textes.courriels("accueil@mairie.example ; contact@orange.fr, www.mairie.example /")
    assert gardes == ["accueil@mairie.example"]
    assert laisses == ["contact@orange.fr", "www.mairie.example /"]


@pytest.mark.parametrize(
    ("ecrit", "gardes", "laisses"),
    [
        ("https://a.example/x  http://b.example", ["https://a.example/x", "http://b.example"], []),
        ("www.a.example", ["http://www.a.example"], []),
        ("facebook : unlieu", [], ["facebook : unlieu"]),
        ("javascript:alert(1)", [], ["javascript:alert(1)"]),
    ],
    ids=["deux", "sans-protocole", "mots", "hostile"],
)
def test_sites(ecrit: str, gardes: list[str], laisses: list[str]) -> None:
    assert textes.sites(ecrit) == (gardes, laisses)


@pytest.mark.parametrize(
    ("morceaux", "attendu"),
    [
        (("Médiathèque « L'Œuvre »", "Issoudun"), "mediatheque-l-oeuvre-issoudun"),
        (("../../etc/passwd",), "etc-passwd"),
        (("☎",), "lieu"),
        (("mot " * 40,), "-".join(["mot"] * 20)),
    ],
    ids=["accents", "hostile", "vide", "long"],
)
def test_slug(morceaux: tuple[str, ...], attendu: str) -> None:
    assert textes.slug(*morceaux) == attendu


@pytest.mark.parametrize(
    ("code", "attendu"), [("36044", "36"), ("2A004", "2A"), ("97411", "974"), ("98818", "988"), ("99001", "99")]
)
def test_departement_d_un_code_insee(code: str, attendu: str) -> None:
    assert textes.departement(code) == attendu


def test_the_contacts_given_as_examples(partage: Path) -> None:
    """Nothing is invented from a space, an accent or a second address; what is sure is taken."""
    lire = {"courriel": textes.courriels, "site": textes.sites, "telephone": lambda t: textes.telephones(t, "974")}
    for cas in json.loads((partage / "data" / "cas" / "imports" / "contacts.json").read_text(encoding="utf-8")):
        trouves = lire[cas["champ"]](cas["texte"])[0]
        if "refus" in cas["attendu"]:
            assert trouves == [], cas["texte"]
        elif cas["attendu"].startswith(("+", "3949")):
            assert trouves == [cas["attendu"].split(" ")[0]]
        else:
            assert trouves == ["+33123456789", "+33123456790"]


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("02 54 00 00 01 ou 02 54 00 00 02", (["+33254000001", "+33254000002"], True)),
        ("0254000001 0254000002", (["+33254000001", "+33254000002"], True)),
        ("Mairie : 02 54 00 00 01", (["+33254000001"], False)),
        ("du 3 au 15", ([], False)),
        ("", ([], True)),
    ],
)
def test_telephones(texte: str, attendu: tuple[list[str], bool]) -> None:
    assert textes.telephones(texte, "36") == attendu


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        (r"Le\x20bus\x20dessert\x20la\x20ville\x20d\u2019Avignon", "Le bus dessert la ville d’Avignon"),
        (r"C:\x20essai", r"C:\x20essai"),
        (r"\ud800\ud800\ud800", r"\ud800\ud800\ud800"),
        ("MÃ©diathÃ¨que\u00a0du\u200b Val", "Médiathèque du Val"),
        (r"Lundi 9h-12h\r\nmardi : fermé\n", "Lundi 9h-12h\nmardi : fermé"),
        (r"C:\nouveau\notes", r"C:\nouveau\notes"),
        (r"\\serveur\notes", r"\\serveur\notes"),
    ],
)
def test_a_text_as_its_author_typed_it(texte: str, attendu: str) -> None:
    assert textes.reparer(texte) == attendu


_MORCEAUX = (
    *(
        "https://",
        "http://",
        "HTTP://",
        "www.",
        "mairie.fr",
        "médiathèque.fr",
        "10.0.0.1",
        "localhost",
        "a_b.fr",
        ":80",
    ),
    *("/", "?a=b", "#", "<r", "\\", "@", "contact", "jean.dupont", "..", "x@y.fr", ".local", " ", ";", ", ", "|", "\0"),
    *("02 54 00 11 22", "0612345678", "+33", "3949", "0000", "\u0430", "\u200b", "\xa0", "é", "(", ")", "[::1]", "%zz"),
)


@exemples(400)
@given(st.lists(st.sampled_from(_MORCEAUX) | st.text(max_size=3), max_size=8).map("".join))
def test_what_an_import_takes_validates(texte: str) -> None:
    """The importer and the records ask the same rules: nothing is taken that `carte valider` refuses then."""
    pris = (*((avis_url, site) for site in textes.sites(texte)[0]),)
    pris += tuple((avis_courriel, courriel) for courriel in textes.courriels(texte)[0])
    pris += tuple((FORMES["telephone"], numero) for numero in textes.telephones(texte, "36")[0])
    for forme, valeur in pris:
        assert forme(valeur) is None, valeur
