"""Configurations, vocabularies and manifests damaged in every way: never a traceback, never another type in silence.

What is accepted is compared with the strict reading of the same text: a value of the model has the type that its
author wrote, and its very characters when it is a text.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carte import nomenclature
from carte.config import Configuration
from carte.config import lire as lire_configuration
from carte.ecrits.fichier import EcritInvalide
from carte.ecrits.octets import nettoyer
from carte.ecrits.positions import Situeur
from carte.ecrits.yaml_strict import lire as lire_yaml
from carte.territory import lire_manifeste
from hasard import exemples

RACINE = Path(__file__).resolve().parents[2]
CONFIGURATION = (RACINE / "carte.yml").read_bytes()
MANIFESTE = (RACINE / "geo/99/manifeste.yml").read_bytes()
VOCABULAIRE = (RACINE / "offers/nomenclature/frequences.yml").read_bytes()

VALEURS = (
    *("true", "false", "oui", "non", "no", "null", "~", "", "0", "-1", "1e3", "1.5", ".inf", ".nan", "1.0e999", "012"),
    *("2026-11-31", "2026-13-01", "9999-12-31", "2026-11-02 10:00:00", "12:30", "36", '"36"', "[36]", "{a: 1}", "[]"),
    *(
        "javascript:alert(1)",
        "https://",
        "//hote",
        "/dev/zero",
        "../..",
        '"a\\0b"',
        "&a b",
        "*a",
        "!!str 1",
        "| ",
        "- a",
    ),
)
JETONS = (
    b"[",
    b"]",
    b"{",
    b"}",
    b"- ",
    b": ",
    b'"',
    b"'",
    b"\n",
    b"\t",
    b"  ",
    b"#",
    b"\xff",
    b"\0",
    b"---\n",
    b"<<: ",
)


def _valeur_changee(contenu: bytes) -> st.SearchStrategy[bytes]:
    """One line keeps its key and takes another value."""
    lignes = contenu.splitlines(keepends=True)
    rangs = [rang for rang, ligne in enumerate(lignes) if b": " in ligne and not ligne.lstrip().startswith(b"#")]

    def changer(choix: tuple[int, str]) -> bytes:
        rang, valeur = choix
        cle = lignes[rang].split(b": ", 1)[0]
        return b"".join([*lignes[:rang], cle + b": " + valeur.encode() + b"\n", *lignes[rang + 1 :]])

    return st.tuples(st.sampled_from(rangs), st.sampled_from(VALEURS)).map(changer)


def _degats(contenu: bytes) -> st.SearchStrategy[bytes]:
    """Pieces cut, doubled or replaced anywhere."""

    def abimer(coups: list[tuple[int, int, bytes]]) -> bytes:
        octets = contenu
        for place, longueur, jeton in coups:
            octets = octets[:place] + jeton + octets[place + longueur :]
        return octets

    coup = st.tuples(st.integers(0, len(contenu)), st.integers(0, 30), st.sampled_from(JETONS) | st.binary(max_size=3))
    return st.lists(coup, min_size=1, max_size=4).map(abimer)


def _mutations(contenu: bytes) -> st.SearchStrategy[bytes]:
    return _valeur_changee(contenu) | _degats(contenu)


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mutations")


def _lu_ou_refuse(lire: Callable[[], Any], octets: bytes) -> Any:
    """What is read, or None when it is refused: then in French, at places that exist."""
    try:
        return lire()
    except EcritInvalide as refus:
        assert refus.problemes
        lignes = octets.count(b"\n") + octets.count(b"\r") + octets.count(b"\x85") + 2
        for probleme in refus.problemes:
            assert probleme.colonne >= 1
            assert 1 <= probleme.ligne <= lignes or probleme.regle == "trop"
            assert "ne peut pas être lu : " not in probleme.message  # libyaml's English showing through
            assert "ne convient pas : " not in probleme.message  # pydantic's
        return None


def _memes(lu: object, ecrit: object, source: str) -> None:
    """One value of a model is what its author wrote: same type, or the same characters."""
    assert ecrit is not None
    if isinstance(lu, str):
        assert lu == (ecrit if isinstance(ecrit, str) else source).strip()
    elif isinstance(lu, bool) or isinstance(ecrit, bool):
        assert lu is ecrit
    else:
        assert isinstance(ecrit, int | float)
        assert lu == ecrit


def _comparer(objet: object, noms: tuple[str, ...], octets: bytes, *chemin: str | int) -> None:
    """The fields of an object that the file writes, against the strict reading of the file."""
    propres, _ = nettoyer(octets)
    donnees: Any = lire_yaml(propres).donnees
    for partie in chemin:
        donnees = donnees[partie]
    for nom in noms:
        if nom in donnees:
            valeur = donnees[nom]
            source = Situeur(propres).source((*chemin, nom)) if not isinstance(valeur, list | dict) else ""
            _memes(getattr(objet, nom), valeur, source)


@exemples(400)
@given(octets=_mutations(CONFIGURATION))
def test_a_damaged_configuration_is_read_as_it_is_written_or_refused(dossier: Path, octets: bytes) -> None:
    (dossier / "carte.yml").write_bytes(octets)
    lue: Configuration | None = _lu_ou_refuse(lambda: lire_configuration(dossier / "carte.yml", dossier), octets)
    if lue is None:
        return
    _comparer(lue, ("nom", "hub", "courriel", "demonstration"), octets)
    _comparer(lue.options, ("adresse", "tuiles"), octets, *_section(octets, "options"))
    _comparer(
        lue.seuils,
        ("pied", "fraicheur_jours", "fermeture_jours", "deficit_epci_pct"),
        octets,
        *_section(octets, "seuils"),
    )
    donnees = lire_yaml(nettoyer(octets)[0]).donnees
    assert list(lue.departements) == donnees["departements"]
    assert lue.date_publication.isoformat() == donnees["date_publication"]
    assert lue.url.startswith(("https://", "http://"))


def _section(octets: bytes, nom: str) -> tuple[str, ...]:
    """The path of a section; the top when the file has it no more, where none of its names is."""
    return (nom,) if nom in lire_yaml(nettoyer(octets)[0]).donnees else ()


@exemples(300)
@given(octets=_mutations(MANIFESTE))
def test_a_damaged_manifest_is_read_as_it_is_written_or_refused(dossier: Path, octets: bytes) -> None:
    geo = dossier / "geo/99"
    geo.mkdir(parents=True, exist_ok=True)
    (geo / "manifeste.yml").write_bytes(octets)
    couches = _lu_ou_refuse(lambda: lire_manifeste(geo), octets)
    for rang, couche in enumerate(couches or ()):
        assert ".." not in couche.fichier.split("/")
        assert not couche.fichier.startswith("/")
        _comparer(couche, ("fichier", "titre", "source", "millesime", "licence", "sha256"), octets, "couches", rang)


@exemples(300)
@given(octets=_mutations(VOCABULAIRE))
def test_a_damaged_vocabulary_is_read_as_it_is_written_or_refused(dossier: Path, octets: bytes) -> None:
    voc = dossier / "offers/nomenclature"
    voc.mkdir(parents=True, exist_ok=True)
    (voc / "frequences.yml").write_bytes(octets)
    lus = _lu_ou_refuse(lambda: nomenclature.lire(voc), octets)
    if lus is None:
        return
    vocabulaire = lus["frequences"]
    _comparer(vocabulaire, ("titre", "version", "source"), octets)
    for rang, valeur in enumerate(vocabulaire.valeurs):
        _comparer(valeur, ("valeur", "libelle", "description"), octets, "valeurs", rang)
        assert valeur.poids is None or 0 < valeur.poids <= 168
