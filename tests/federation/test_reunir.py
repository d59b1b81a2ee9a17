"""One set of records: ids kept, each held by one hand, what two want listed, and nothing merged."""

from dataclasses import replace
from pathlib import Path

import pytest

from carte import records
from carte.config import Hub
from carte.federation import Conflit, Nature, PaquetRefuse, Reunion, bilan, federer, rassembler
from carte.federation.depot import ecrire_paquet, fichier_de, lire_paquet_garde
from carte.records import Gravite, Lieu, Tenue, to_yaml
from federation import monde
from federation.monde import JOUR, Champs, fiche, paquet
from sites import RACINE


def notre(dossier: Path, **champs: object) -> None:
    """A record of this site's own."""
    brut = fiche(**champs)  # type: ignore[arg-type]
    place = dossier / "offers" / f"{brut.pop('id')}.yml"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(to_yaml(Lieu.model_validate(brut)), encoding="utf-8")


def hub_de(dossier: Path, nom: str, departement: str, *lieux: Champs) -> Hub:
    """A hub and its package, in a folder."""
    return monde.hub(nom, monde.poser(dossier / nom, paquet(lieux)), departement)


def reunir(dossier: Path, *hubs: Hub) -> Reunion:
    configuration = monde.configuration(dossier, *hubs)
    assert [e.refus for e in federer(configuration, RACINE, monde.geographie(), JOUR)] == [""] * len(hubs)
    return rassembler(configuration, RACINE, monde.geographie())


def noms(reunion: Reunion) -> dict[str, str]:
    return {e.identifiant: e.lieu.nom for e in reunion.chargement.enregistrements}


def test_records_keep_their_ids_and_say_who_keeps_them(tmp_path: Path) -> None:
    notre(tmp_path, slug="ici")
    val = hub_de(tmp_path, "Hub du Val", "99", fiche("a"))
    lointain = Hub("Hub du Pays", hub_de(tmp_path, "p", "96", fiche("b", "96")).adresse, ("96",), "https://p.example/")
    reunion = reunir(tmp_path, val, lointain)
    assert {e.identifiant: e.tenue for e in reunion.chargement.enregistrements} == {
        "96/b": Tenue("Hub du Pays", "https://p.example/lieux/96/b/"),
        "99/a": Tenue("Hub du Val", "https://hub.example/lieux/99/a/"),
        "99/ici": None,
    }
    assert [(lu.hub.nom, lu.publiees) for lu in reunion.federation.hubs] == [("Hub du Val", 1), ("Hub du Pays", 1)]
    assert reunion.federation.conflits == ()
    assert reunion.chargement.nombre_fichiers == 1


def test_our_own_record_wins_and_a_hub_wins_over_those_after_it(tmp_path: Path) -> None:
    notre(tmp_path, slug="commun", nom="Le nôtre")
    un = hub_de(tmp_path, "Un", "99", fiche("commun", nom="Celui de Un"), fiche("dispute", nom="De Un"))
    deux = hub_de(tmp_path, "Deux", "99", fiche("dispute", nom="De Deux"), fiche("seul"))
    reunion = reunir(tmp_path, un, deux)
    assert noms(reunion) == {"99/commun": "Le nôtre", "99/dispute": "De Un", "99/seul": "Lieu seul"}
    assert list(reunion.federation.conflits) == [
        Conflit("99/commun", "Un", Nature.NOTRE, "offers/99/commun.yml"),
        Conflit("99/dispute", "Deux", Nature.AUTRE_HUB, "Un"),
    ]
    assert noms(reunir(tmp_path, deux, un))["99/dispute"] == "De Deux"


def test_a_record_to_complete_keeps_its_id_too(tmp_path: Path) -> None:
    notre(tmp_path, slug="commun", services=["Aide aux démarches administratives"])
    fichier = tmp_path / "offers/99/commun.yml"
    fichier.write_text(f"a_completer: true\n{fichier.read_text(encoding='utf-8')}", encoding="utf-8")
    reunion = reunir(tmp_path, hub_de(tmp_path, "Un", "99", fiche("commun"), fiche("b")))
    assert noms(reunion).keys() == {"99/b"}
    assert [c.nature for c in reunion.federation.conflits] == [Nature.NOTRE]


def test_a_former_address_is_never_taken_from_another_hand(tmp_path: Path) -> None:
    notre(tmp_path, slug="ici", anciens_identifiants=["99/ancien-ici"])
    voulus = ["99/b", "99/ici", "99/ancien-ici", "96/x", "99/y"]
    un = hub_de(tmp_path, "Un", "99", fiche("a", anciens_identifiants=voulus))
    deux = hub_de(tmp_path, "Deux", "99", fiche("b", anciens_identifiants=["99/y"]), fiche("ancien-ici"))
    reunion = reunir(tmp_path, un, deux)
    anciens = {e.identifiant: e.lieu.anciens_identifiants for e in reunion.chargement.enregistrements}
    assert anciens == {"99/a": ["99/y"], "99/b": [], "99/ici": ["99/ancien-ici"]}
    assert {(c.identifiant, c.hub, c.gardee) for c in reunion.federation.conflits if c.nature is Nature.ANCIENNE} == {
        ("99/b", "Un", "Deux"),
        ("99/ici", "Un", "offers/99/ici.yml"),
        ("99/ancien-ici", "Un", "offers/99/ici.yml"),
        ("96/x", "Un", ""),
        ("99/y", "Deux", "Un"),
    }
    assert not records.bloque(reunion.chargement.problemes)


def test_what_is_not_a_hubs_is_left_out_at_the_build_too(tmp_path: Path) -> None:
    """The configuration took a département away from a hub since its package was kept."""
    hub = monde.hub("Un", monde.poser(tmp_path / "u", paquet([fiche("a"), fiche("b", "96")])), "99", "96")
    assert noms(reunir(tmp_path, hub)).keys() == {"99/a", "96/b"}
    moins = Hub(hub.nom, hub.adresse, ("99",))
    reunion = rassembler(monde.configuration(tmp_path, moins), RACINE, monde.geographie())
    assert noms(reunion).keys() == {"99/a"}
    assert list(reunion.federation.conflits) == [Conflit("96/b", "Un", Nature.HORS)]


def test_the_same_place_under_two_ids_is_a_doubt_like_any_other(tmp_path: Path) -> None:
    lieu = {"nom": "Médiathèque Jean-Moulin", "telephone": "+33199000000", "adresse": "12 rue des Lilas"}
    notre(tmp_path, slug="mediatheque", **lieu)
    reunion = reunir(tmp_path, hub_de(tmp_path, "Un", "99", fiche("mediatheque-jean-moulin", **lieu)))
    (doute,) = records.doutes(reunion.chargement.enregistrements)
    assert (doute.un, doute.autre) == ("99/mediatheque", "99/mediatheque-jean-moulin")
    assert len(noms(reunion)) == 2
    (avis,) = [p for p in reunion.chargement.problemes if p.regle == "doublon"]
    assert avis.fichier == "offers/99/mediatheque.yml"
    assert "déjà décrit dans 99/mediatheque-jean-moulin (Un)" in avis.message
    lignes = list(bilan(reunion))
    assert "Peut-être le même lieu (1) :" in lignes
    assert lignes[-1] == "Fiches : 1 de ce site, 1 d'autres hubs."


def test_our_record_may_say_to_be_of_a_hubs_place(tmp_path: Path) -> None:
    notre(tmp_path, slug="double", doublon_de="99/a")
    reunion = reunir(tmp_path, hub_de(tmp_path, "Un", "99", fiche("a")))
    (publiee,) = reunion.chargement.enregistrements
    assert (publiee.identifiant, publiee.lieu.anciens_identifiants) == ("99/a", ["99/double"])
    assert publiee.tenue is not None
    assert not records.bloque(reunion.chargement.problemes)


def test_the_advice_on_the_records_of_a_hub_is_its_own_to_read(tmp_path: Path) -> None:
    notre(tmp_path, slug="ici", site_web=["http://10.0.0.1/"])
    prive = fiche("a", site_web=["http://10.0.0.1/"])
    reunion = reunir(tmp_path, hub_de(tmp_path, "Un", "99", prive))
    assert {p.fichier for p in reunion.chargement.problemes} == {"offers/99/ici.yml"}


def test_a_site_without_hubs_reads_its_own_alone(tmp_path: Path) -> None:
    notre(tmp_path, slug="ici")
    reunion = rassembler(monde.configuration(tmp_path), RACINE, monde.geographie())
    assert noms(reunion).keys() == {"99/ici"}
    assert (reunion.federation.hubs, reunion.federation.conflits) == ((), ())


def test_a_hub_that_was_never_taken_publishes_nothing_and_is_there(tmp_path: Path) -> None:
    hub = monde.hub("Un", tmp_path / "absent", "99")
    reunion = rassembler(monde.configuration(tmp_path, hub), RACINE, monde.geographie())
    (lu,) = reunion.federation.hubs
    assert (lu.paquet, lu.publiees, reunion.chargement.enregistrements) == (None, 0, ())


@pytest.mark.parametrize(
    "changer",
    [
        lambda octets: octets[:100],
        lambda octets: octets.replace(b"Lieu a", b"Lieu b"),
        lambda octets: octets.replace(b'"format":1', b'"format":2'),
        lambda octets: octets.replace(b'"jour":"2026', b'"jour":"x'),
        lambda octets: octets.replace(b'{"format"', b'{"format":1,"format"'),
        lambda _: b"[]",
        lambda _: b"\xff",
    ],
    ids="coupe change format jour double liste octets".split(),
)
def test_what_somebody_changed_in_a_package_that_is_kept_is_refused(tmp_path: Path, changer: object) -> None:
    hub = hub_de(tmp_path, "Un", "99", fiche("a"))
    reunir(tmp_path, hub)
    fichier = fichier_de(tmp_path / "federation", hub)
    change = changer(fichier.read_bytes())  # type: ignore[operator]
    assert change != fichier.read_bytes()
    fichier.write_bytes(change)
    with pytest.raises(PaquetRefuse, match="relancez « carte federer »"):
        rassembler(monde.configuration(tmp_path, hub), RACINE, monde.geographie())


def test_a_record_that_a_new_rule_refuses_stops_the_build_and_names_its_hub(tmp_path: Path) -> None:
    """Rather than a hub that vanishes from the figures without a word."""
    hub = hub_de(tmp_path, "Un", "99", fiche("a"))
    reunir(tmp_path, hub)
    garde = lire_paquet_garde(tmp_path / "federation", hub)
    assert garde is not None
    refusee = {"99/a": {**garde.fiches["99/a"], "services": ["Minage"]}}
    ecrire_paquet(tmp_path / "federation", hub, replace(garde, fiches=refusee))
    problemes = rassembler(monde.configuration(tmp_path, hub), RACINE, monde.geographie()).chargement.problemes
    assert [(p.fichier, p.gravite) for p in problemes] == [("99/a (Un)", Gravite.BLOQUANT)]
