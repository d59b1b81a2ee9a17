"""A package is anybody's: a hostile or damaged one is refused whole, in one sentence; what is published reads back."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from carte.config import Hub
from carte.federation.depot import ecrire_paquet, lire_paquet_garde
from carte.federation.modele import Paquet, PaquetRefuse
from carte.federation.paquet import FICHES_MAX, OCTETS_MAX, en_fichiers, lire_annonce, lire_paquet
from carte.publish.opendata.formats import en_json
from carte.publish.opendata.parties import partie
from carte.records import Fichier, lire_ensemble
from carte.territory import situer
from federation import monde
from federation.monde import JOUR, Champs, fiche, paquet
from publish.fiches_tirees import SLUGS, Tirage, en_yaml

VAL = Hub("Hub du Val", "https://val.example/donnees/datapackage.json", ("99",), "https://val.example/")


def prendre(fichiers: dict[str, bytes]) -> Paquet:
    """What `carte federer` does of two files."""
    annonce = lire_annonce(fichiers["datapackage.json"], VAL, JOUR)
    return lire_paquet(fichiers, annonce, VAL, monde.contexte(), JOUR)


def test_what_a_site_publishes_is_taken_whole() -> None:
    publiees = monde.fiches("99")
    pris = prendre(paquet(publiees))
    assert len(pris.fiches) == len(publiees) > 40
    assert list(pris.fiches) == sorted(pris.fiches)
    assert (pris.jour, pris.recu, pris.site) == (monde.PUBLIE, JOUR, "https://hub.example/")


def test_a_package_that_does_not_say_its_layout_is_one_of_the_first() -> None:
    assert prendre(paquet([fiche()], format_carte=None)).fiches.keys() == {"99/lieu"}


def test_the_real_package_of_a_site_says_its_layout(site_demonstration: Path) -> None:
    donnees = site_demonstration / "donnees"
    pris = prendre({nom: (donnees / nom).read_bytes() for nom in ("datapackage.json", "lieux.json")})
    assert [{"id": nom, **champs} for nom, champs in pris.fiches.items()] == monde.fiches("99")
    assert json.loads((donnees / "datapackage.json").read_text(encoding="utf-8"))["format_carte"] == 1


@pytest.mark.parametrize("numero", range(12))
def test_a_drawn_record_comes_back_as_it_was_published(
    numero: int, graine: Callable[[int], int], tmp_path: Path
) -> None:
    """Record → package → file kept → record: equal, place by place, for every one that validation lets publish."""
    tirage = Tirage(graine(numero), dict(monde.contexte().vocabulaires))
    textes = {
        Fichier("", slug, f"99/{slug}"): en_yaml(tirage.fiche() | {"commune": "Valbourg", "code_insee": "99058"})
        for slug in (*(s for s in SLUGS if not s.endswith("-")), *(f"tire-{rang}" for rang in range(40)))
    }
    geographie = monde.geographie()
    publies = situer(lire_ensemble(textes, monde.contexte()).enregistrements, geographie)
    assert publies
    ecrit = prendre(paquet([monde.publiee(e) for e in publies]))
    ecrire_paquet(tmp_path, VAL, ecrit)
    garde = lire_paquet_garde(tmp_path, VAL)
    assert garde == ecrit
    relus = situer(lire_ensemble(en_fichiers(garde.fiches, VAL), monde.contexte()).enregistrements, geographie)
    assert {e.identifiant: e.lieu for e in relus} == {e.identifiant: e.lieu for e in publies}


def test_the_draws_hold_records_that_are_worth_it(graine: Callable[[int], int]) -> None:
    """The property above would hold on nothing: most draws publish something rich."""
    tirage = Tirage(graine(0), dict(monde.contexte().vocabulaires))
    textes = {Fichier("", str(rang), f"99/t-{rang}"): en_yaml(tirage.fiche()) for rang in range(200)}
    lus = lire_ensemble(textes, replace(monde.contexte(), geographie=None)).enregistrements
    champs = {nom for e in lus for nom in monde.publiee(e)}
    assert len(lus) > 10
    assert {"tournee", "permanences", "labels", "equipements", "fermetures"} & champs


ANNONCES: dict[str, tuple[dict[str, Any], str]] = {
    "format-suivant": ({"format_carte": 2}, "format 2, que ce programme ne connaît pas encore : mettez Carte à jour"),
    "format-texte": ({"format_carte": "1"}, "« format_carte » attend un nombre"),
    "format-booleen": ({"format_carte": True}, "« format_carte » attend un nombre"),
    "licence": ({"licenses": [{"name": "cc-by-nc-4.0"}]}, "pas sous Licence Ouverte 2.0"),
    "licence-absente": ({"licenses": None}, "pas sous Licence Ouverte 2.0"),
    "licence-texte": ({"licenses": "etalab-2.0"}, "pas sous Licence Ouverte 2.0"),
    "date-demain": ({"created": "2026-12-24T00:00:00Z"}, "daté du 2026-12-24, qui n'est pas encore venu"),
    "date-mots": ({"created": "hier"}, "« created » attend une date, pas « hier »"),
    "date-absente": ({"created": None}, "« created » attend une date"),
    "date-liste": ({"created": [1]}, "« created » attend une date"),
    "ressources-absentes": ({"resources": None}, "annoncer une seule fois « lieux-json »"),
    "ressources-table": ({"resources": {"name": "lieux-json"}}, "annoncer une seule fois « lieux-json »"),
    "ressources-doubles": ({"resources": [{"name": "lieux-json"}] * 2}, "annoncer une seule fois « lieux-json »"),
    "remonte": ({"ressource": {"path": "../lieux.json"}}, "n'est pas le nom d'un fichier"),
    "absolu": ({"ressource": {"path": "/etc/passwd"}}, "n'est pas le nom d'un fichier"),
    "dossier": ({"ressource": {"path": "a/lieux.json"}}, "n'est pas le nom d'un fichier"),
    "cache": ({"ressource": {"path": ".htpasswd"}}, "n'est pas le nom d'un fichier"),
    "ailleurs": ({"ressource": {"path": "https://evil.example/lieux.json"}}, "n'est pas le nom d'un fichier"),
    "sans-chemin": ({"ressource": {"path": None}}, "n'est pas le nom d'un fichier"),
    "chemins": ({"ressource": {"path": ["lieux.json"]}}, "n'est pas le nom d'un fichier"),
    "requete": ({"ressource": {"path": "lieux.json?x=1"}}, "n'est pas le nom d'un fichier"),
    "sans-empreinte": ({"ressource": {"hash": None}}, "la taille (au plus 24 Mo) et l'empreinte sha256"),
    "md5": ({"ressource": {"hash": "d41d8cd98f00b204e9800998ecf8427e"}}, "l'empreinte sha256"),
    "taille-fausse": ({"ressource": {"bytes": 3}}, "n'est pas celui que datapackage.json annonce"),
    "taille-enorme": ({"ressource": {"bytes": OCTETS_MAX + 1}}, "la taille (au plus 24 Mo)"),
    "taille-negative": ({"ressource": {"bytes": -1}}, "la taille (au plus 24 Mo)"),
    "taille-booleenne": ({"ressource": {"bytes": True}}, "la taille (au plus 24 Mo)"),
    "empreinte-fausse": ({"ressource": {"hash": f"sha256:{'0' * 64}"}}, "coupé ou changé"),
}


@pytest.mark.parametrize("cas", ANNONCES)
def test_a_false_description_is_refused(cas: str) -> None:
    changements, attendu = ANNONCES[cas]
    with pytest.raises(PaquetRefuse) as refus:
        prendre(paquet([fiche()], **changements))
    assert attendu in refus.value.message


@pytest.mark.parametrize(
    "contenu",
    [
        b"",
        b"[]",
        b"null",
        b"<!doctype html><title>Maintenance</title>",
        b'{"a":1,"a":2}',
        b'{"created":NaN}',
        b"\xff{}",
        b"[" * 200_000,
        b"{" * 2_000_000,
        b'{"a":' + b"9" * 10_000 + b"}",
        b'{"resources":[' + b"{}," * 600_000,
    ],
    ids="vide liste nul page double nan latin crochets accolades chiffres objets".split(),
)
def test_what_is_no_description_is_refused_in_a_sentence(contenu: bytes) -> None:
    with pytest.raises(PaquetRefuse) as refus:
        lire_annonce(contenu, VAL, JOUR)
    assert refus.value.message.isprintable() and len(refus.value.message) < 300


HOSTILES: dict[str, tuple[bytes | list[Any], str]] = {
    "coupe": (en_json([fiche()])[:40], "coupé"),
    "page": (b"<html>erreur</html>", "lieux.json:1:1"),
    "table": (b'{"id":"99/a"}', "doit contenir une liste de fiches"),
    "vide": (b"[]", "ne contient aucune fiche de ses départements"),
    "nan": (en_json([fiche()]).replace(b'"Essai"', b"NaN"), "« NaN » n'est pas un nombre"),
    "infini": (en_json([fiche(latitude=1)]).replace(b'"latitude":1', b'"latitude":1e999'), "latitude"),
    "cle-double": (
        en_json([fiche()]).replace(b'"nom":', b'"nom":"Autre","nom":'),
        "Un objet dit deux fois « nom »",
    ),
    "profond": (b'[{"id":"99/a","nom":' + b"[" * 100_000 + b"]" * 100_000 + b"}]", "emboîte trop de niveaux"),
    "etages": ([fiche(nom=json.loads("[" * 300 + "]" * 300))], "emboîte trop de niveaux"),
    "bombe": (b"[" + b"[]," * 1_000_001 + b"[]]", "trop de listes et d'objets"),
    "million": ([{"id": f"99/x{rang}"} for rang in range(FICHES_MAX + 1)], f"plus de {FICHES_MAX} fiches"),
    "texte": (["99/a"], "n'est pas l'identifiant"),
    "sans-id": ([{"nom": "A"}], "n'est pas l'identifiant"),
    "id-nombre": ([fiche() | {"id": 99}], "n'est pas l'identifiant"),
    "id-remonte": ([fiche("../../x")], "« 99/../../x » n'est pas l'identifiant"),
    "id-remonte-seul": ([fiche() | {"id": "../../x"}], "n'est pas l'identifiant"),
    "id-absolu": ([fiche() | {"id": "/etc/passwd"}], "n'est pas l'identifiant"),
    "id-nul": ([fiche("a\0b")], "n'est pas l'identifiant"),
    "id-page": ([fiche("<script>")], "n'est pas l'identifiant"),
    "id-double": ([fiche(), fiche()], "contient deux fois la fiche 99/lieu"),
    "javascript": ([fiche(site_web=["javascript:alert(1)"])], "Seules les adresses http:// et https://"),
    "data": ([fiche(prise_rdv="data:text/html,x")], "Seules les adresses http:// et https://"),
    "cle-inconnue": ([fiche(couleur="rouge")], "« couleur » n'est pas un champ connu"),
    "proto": ([fiche(__proto__={"x": 1})], "à « __proto__ »"),
    "service-inconnu": ([fiche(services=["Minage"])], "« Minage » n'est pas une valeur de « services »"),
    "service-texte": ([fiche(services="Internet")], "à « services »"),
    "sans-service": ([fiche(services=[])], "à « services »"),
    "nombre": ([fiche(code_postal=99000)], 'mettez-le entre guillemets, "99000"'),
    "telephone": ([fiche(telephone=3)], "à « telephone »"),
    "booleen": ([fiche(nom=True)], "à « nom »"),
    "nul": ([fiche(nom=None)], "à « nom »"),
    "geant": ([fiche(nom="a" * 10_000_000)], "à « nom »"),
    "surrogat": (en_json([fiche()]).replace(b'"Essai"', rb'"a\ud800b"'), "la moitié d'une lettre : « a\\ud800b »"),
    "controle": ([fiche(nom="a\x00b")], "U+0000"),
    "renverse": ([fiche(nom="a\u202eb")], "U+202E"),
    "date-9999": ([fiche(date_maj="9999-12-31")], "à « date_maj »"),
    "date-future": ([fiche(date_maj="2027-06-01")], "dans le futur"),
    "provenance": (
        [fiche(provenance={f"champ{rang}": {"source": "x" * 200} for rang in range(2_000)})],
        "est trop longue : au plus 64 ko",
    ),
    "doublon": ([fiche("a"), fiche("b", doublon_de="99/a")], "dit être un doublon"),
    "soi-meme": ([fiche("a", distinct_de=["99/a"])], "distincte d'elle-même"),
    "ancien-vivant": ([fiche("a"), fiche("b", anciens_identifiants=["99/a"])], "ne peut pas rediriger ici"),
    "ancien-remonte": ([fiche(anciens_identifiants=["../../x"])], "« ../../x » n'est pas un identifiant"),
    "commune-inconnue": ([fiche(code_insee="99999")], "n'est le code d'aucune commune"),
    "horaires": ([fiche(horaires="easter -999999 days off")], "Un décalage va de 80 jours"),
}


@pytest.mark.parametrize("cas", HOSTILES)
def test_one_bad_record_and_nothing_of_the_hub_is_taken(cas: str) -> None:
    lieux, attendu = HOSTILES[cas]
    with pytest.raises(PaquetRefuse) as refus:
        prendre(paquet(lieux))
    message = refus.value.message
    assert attendu in message
    assert message.isprintable() and len(message) < 1_000


def test_markup_in_a_name_is_text_like_another() -> None:
    """It is every page's business to show it as such: the site built from it says so (test_site)."""
    assert prendre(paquet([fiche(nom="<script>alert(1)</script>")])).fiches


@pytest.mark.parametrize(
    "site",
    ["javascript:alert(1)", "http://hub.example/", "https://a@b.example/", "https://localhost/", "https://x.example/?a",
     "https://x.example/\u202ea", 3, None, "https://" + "a" * 3_000 + ".example/"],
)  # fmt: skip
def test_a_home_page_that_is_no_public_address_is_not_linked(site: object) -> None:
    assert prendre(paquet([fiche()], homepage=site)).site == ""


def test_records_of_other_departements_are_left_out_and_named() -> None:
    autres: list[Champs] = [fiche("chez-eux", "96"), fiche("b", "96", services=["Minage"])]
    pris = prendre(paquet([fiche(), *autres]))
    assert (list(pris.fiches), pris.ecartees) == (["99/lieu"], ("96/b", "96/chez-eux"))
    with pytest.raises(PaquetRefuse, match="aucune fiche de ses départements"):
        prendre(paquet(autres))


def _en_parties(*codes: str, **changements: Any) -> dict[str, bytes]:
    """A package that is cut by département, as that of a country."""
    contenus = {partie("lieux.json", code): en_json(monde.fiches(code)) for code in codes}
    ressources = [
        {"name": f"lieux-json-{nom}", "path": nom, "partie_de": "lieux-json", **_annonce(contenu), **changements}
        for nom, contenu in contenus.items()
    ]
    return {**contenus, "datapackage.json": paquet([], resources=ressources)["datapackage.json"]}


def _annonce(contenu: bytes) -> dict[str, Any]:
    return {"bytes": len(contenu), "hash": f"sha256:{hashlib.sha256(contenu).hexdigest()}"}


def test_of_a_package_cut_by_departement_only_the_hubs_own_parts_are_read() -> None:
    fichiers = _en_parties("99", "96")
    annonce = lire_annonce(fichiers["datapackage.json"], VAL, JOUR)
    assert list(annonce.fichiers) == ["lieux/lieux-99.json"]
    assert list(prendre(fichiers).fiches) == [fiche["id"] for fiche in monde.fiches("99")]
    deux = replace(VAL, departements=("96", "99"))
    annonce = lire_annonce(fichiers["datapackage.json"], deux, JOUR)
    pris = lire_paquet(fichiers, annonce, deux, monde.contexte(), JOUR)
    assert len(pris.fiches) == 50 and len(pris.empreinte) == 64


@pytest.mark.parametrize(
    ("fichiers", "attendu"),
    [
        (_en_parties("96"), "une partie de « lieux-json » pour chaque département"),
        (_en_parties("99", path="../../lieux-99.json"), "une partie de « lieux-json » pour chaque département"),
        (_en_parties("99", path=["lieux/lieux-99.json"]), "une partie de « lieux-json » pour chaque département"),
        (_en_parties("99", path="lieux/lieux-99.json", bytes=None), "la taille (au plus 24 Mo)"),
        (_en_parties("99", hash=f"sha256:{'0' * 64}"), "coupé ou changé"),
    ],
    ids="absente remonte liste sans-taille changee".split(),
)
def test_a_part_that_is_not_one_is_refused(fichiers: dict[str, bytes], attendu: str) -> None:
    with pytest.raises(PaquetRefuse) as refus:
        prendre(fichiers)
    assert attendu in refus.value.message
