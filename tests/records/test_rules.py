"""Rules at work together: tables of shapes, the territory asked once, records compared, echoes dropped."""

from dataclasses import replace
from pathlib import Path

import pytest

from carte.ecrits.texte import plus_proche, replier
from carte.records import Gravite, bloque
from carte.records import lire as charger
from carte.records.context import Contexte
from carte.records.rules.formes import FORMES, siret_juste
from carte.records.rules.gestes import avec_adresses
from carte.records.rules.telephone import international
from records.monde import BONNE, JOUR, PetiteGeographie, contexte, ecrire, lire, vocabulaires


@pytest.mark.parametrize(
    ("ecrit", "attendu"),
    [
        ("02 54 00 11 22", "+33254001122"),
        ("+33 (0)2.54.00.11.22", "+33254001122"),
        ("0033254001122", "+33254001122"),
        ("+330254001122", "+33254001122"),
        ("0590123456", "+590590123456"),
        ("0690123456", "+590690123456"),
        ("0596123456", "+596596123456"),
        ("0594123456", "+594594123456"),
        ("0262123456", "+262262123456"),
        ("0692123456", "+262692123456"),
        ("0693123456", "+262693123456"),
        ("0269123456", "+262269123456"),
        ("0639123456", "+262639123456"),
        ("+33692123456", "+262692123456"),
        ("+687254321", "+687254321"),
        ("+508412345", "+508412345"),
        ("3939", "3939"),
        ("115", "115"),
        ("118 712", "118712"),
        ("0254001", None),
        ("+3325400112", None),
        ("02 54 00 11 22 / 06 00 00 00 00", None),
        ("sur rendez-vous", None),
    ],
)
def test_telephone_as_people_write_it(ecrit: str, attendu: str | None) -> None:
    assert international(ecrit) == attendu


@pytest.mark.parametrize(
    ("forme", "valeur", "gravite"),
    [
        ("telephone", "+33254001122", None),
        ("telephone", "+33 2 54 00 11 22", None),
        ("telephone", "02.54.00.11.22", Gravite.CONSEIL),
        ("courriel", "contact@mairie-d-ici.example", None),
        ("courriel", "contact@mairié.example", None),
        ("courriel", "a@b.example, c@d.example", Gravite.BLOQUANT),
        ("courriel", "contact..x@mairie.example", Gravite.BLOQUANT),
        ("url", "http://mairie.example", None),
        ("url", "https://mairie.example:8080/a?b=c&d=%20#e", None),
        ("url", "https://médiathèque.example/à-venir", None),
        ("url", "HTTPS://mairie.example", None),
        ("url", "JavaScript:alert(1)", Gravite.BLOQUANT),
        ("url", "data:text/html,x", Gravite.BLOQUANT),
        ("url", "//mairie.example", Gravite.BLOQUANT),
        ("url", "https://", Gravite.BLOQUANT),
        ("url", "https://[::1", Gravite.BLOQUANT),
        ("url", "https://mairie.example:99999/", Gravite.BLOQUANT),
        ("url", "https://mairie.example/a b", Gravite.BLOQUANT),
        ("url", "https://mairie.example\\@pirate.example", Gravite.BLOQUANT),
        ("code_insee", "2B033", None),
        ("code_insee", "97411", None),
        ("code_insee", "2b033", Gravite.BLOQUANT),
        ("code_postal", "20000", None),
        ("code_postal", "36 000", Gravite.BLOQUANT),
        ("pivot", "43493312300029", None),
        ("pivot", "35600000000048", None),
        ("pivot", "35600000009075", None),
        ("pivot", "W361000123", None),
        ("pivot", "1234567.001", None),
        ("pivot", "00000000000000", Gravite.CONSEIL),
        ("pivot", "43493312300028", Gravite.BLOQUANT),
    ],
)
def test_shape_of_a_text(forme: str, valeur: str, gravite: Gravite | None) -> None:
    avis = FORMES[forme](valeur)
    assert (avis and avis.gravite) == gravite


def test_la_poste_is_the_only_exception_to_luhn() -> None:
    assert siret_juste("35600000009075")
    assert not siret_juste("35600000009076")
    assert not siret_juste("43493312300028")


@pytest.mark.parametrize("autre", ["ST-ETIENNE", "Saint-Étienne", "saint étienne", "St Etienne"])
def test_folding_makes_one_name_of_many(autre: str) -> None:
    assert replier(autre) == "saint etienne"


def test_nearest_is_silent_when_nothing_is_near() -> None:
    assert plus_proche("zzz", ["telephone", "horaires"]) is None


def test_every_problem_at_once_sorted_by_place(tmp_path: Path) -> None:
    mauvaise = BONNE.replace("2026-10-01", "hier").replace('"36001"', '"36999"') + "telefone: x\nhoraires: ouvert\n"
    chargement = lire(tmp_path, b=BONNE.replace("nom: Médiathèque\n", ""), a=mauvaise)
    assert [(p.fichier[-5], p.ligne, p.regle) for p in chargement.problemes] == [
        ("a", 3, "code-insee"),
        ("a", 6, "date"),
        ("a", 9, "champ-inconnu"),
        ("a", 10, "horaires"),
        ("b", 1, "obligatoire"),
    ]


@pytest.mark.parametrize(
    "lignes",
    [
        pytest.param("latitude: '46,05'\nlongitude: 1.05\n", id="latitude-fausse-sans-plainte-sur-la-paire"),
        pytest.param("fermetures:\n  - du: demain\n    au: 2026-01-01\n", id="debut-illisible"),
        pytest.param("services: x\n", id="cle-double"),
        pytest.param("labels:\n  - nom: [EPN]\n", id="vocabulaire-illisible"),
        pytest.param("permanences:\n  - operateur: CAF\n", id="horaires-absents"),
        pytest.param("permanences:\n  - CAF\n", id="permanence-texte"),
        pytest.param("pass_numerique:\n  accepte: oui\n  verifie_le: 2026-01-01\n", id="oui"),
        pytest.param("provenance:\n  nom: Affiche\n", id="provenance-texte"),
    ],
)
def test_one_fault_has_no_echo(tmp_path: Path, lignes: str) -> None:
    assert len(lire(tmp_path, a=BONNE + lignes).problemes) == 1


@pytest.mark.parametrize("valeur", ["x", "12", "1.5", "true", "", "[x]", "[]", "{}", "{x: 1}", "[[x]]", "2026-01-01"])
def test_no_message_is_left_in_english(tmp_path: Path, valeur: str) -> None:
    from carte.records import Lieu

    fiches = {champ.replace("_", "-"): f"{champ}: {valeur}\n" for champ in Lieu.model_fields}
    for probleme in lire(tmp_path, **fiches).problemes:
        assert "ne convient pas :" not in probleme.message
        assert "Input" not in probleme.message


def test_advice_alone_never_blocks(tmp_path: Path) -> None:
    chargement = lire(tmp_path, a=BONNE + "telephone: 02 54 00 11 22\nlatitude: 46.05\nlongitude: 1.15\n")
    assert [p.gravite for p in chargement.problemes] == [Gravite.CONSEIL, Gravite.CONSEIL]
    assert not bloque(chargement.problemes)
    assert chargement.nombre_fichiers == len(chargement.enregistrements) == 1


def test_number_without_quotes_keeps_its_characters(tmp_path: Path) -> None:
    lieu = lire(tmp_path, a=BONNE.replace('"36001"', "36001") + "code_postal: 36010\n").enregistrements[0].lieu
    assert (lieu.code_insee, lieu.code_postal) == ("36001", "36010")


def test_accepted_spelling_becomes_the_standards_word(tmp_path: Path) -> None:
    chargement = lire(tmp_path, a=BONNE + "dispositif_programmes_nationaux:\n  - Conseiller numérique\n")
    assert chargement.enregistrements[0].lieu.dispositif_programmes_nationaux == ["Conseillers numériques"]


def test_distances_are_asked_once_for_the_whole_tree(tmp_path: Path) -> None:
    geographie = PetiteGeographie()
    points = {f"36/f{n}.yml": f"{BONNE}latitude: 46.05\nlongitude: 1.{n:02d}\n" for n in range(20)}
    charger(ecrire(tmp_path / "offers", points), replace(contexte(), geographie=geographie))
    assert geographie.demandes_de_distance == 1


def test_stop_of_a_tour_is_placed_too(tmp_path: Path) -> None:
    arret = "itinerance:\n  - Itinérant\ntournee:\n  - commune: Les Ormes\n    frequence: hebdomadaire\n"
    (probleme,) = lire(tmp_path, a=BONNE + arret).problemes
    assert (probleme.champ, probleme.regle, probleme.gravite) == ("tournee.0.commune", "code-insee", Gravite.BLOQUANT)


def test_missing_references_are_said_aloud(tmp_path: Path) -> None:
    offres = ecrire(tmp_path / "offers", {"36/a.yml": BONNE})
    problemes = charger(offres, Contexte(today=JOUR)).problemes
    assert [(p.fichier, p.gravite, p.regle) for p in problemes] == [("offers", Gravite.CONSEIL, "contexte")] * 2
    sans_geographie = charger(offres, Contexte(today=JOUR, vocabulaires=vocabulaires())).problemes
    assert ["territoire" in p.message for p in sans_geographie] == [True]


SIRET = 'pivot: "43493312300029"\n'
AILLEURS = BONNE.replace("1 place du Marché", "8 rue Basse")
MEME_NOM = BONNE.replace("adresse: 1 place du Marché\n", "latitude: {}\nlongitude: {}\n")


@pytest.mark.parametrize(
    ("un", "autre", "double"),
    [
        pytest.param(BONNE, BONNE.replace("Médiathèque", "MEDIATHEQUE"), True, id="meme-nom-meme-adresse"),
        pytest.param(BONNE, BONNE.replace("1 place", "2 place"), False, id="autre-adresse"),
        pytest.param(MEME_NOM.format(46.05, 1.05), MEME_NOM.format(46.0513, 1.05), True, id="144-m"),
        pytest.param(MEME_NOM.format(46.05, 1.05), MEME_NOM.format(46.0514, 1.05), False, id="156-m"),
        pytest.param(MEME_NOM.format(46.05, 1.05), MEME_NOM.format(46.05, 1.0519), True, id="147-m-a-l-est"),
        pytest.param(MEME_NOM.format(46.05, 1.05), MEME_NOM.format(46.05, 1.0520), False, id="154-m-a-l-est"),
        pytest.param(BONNE, BONNE.replace("Médiathèque", "Mairie"), True, id="autre-nom-meme-adresse"),
        pytest.param(BONNE + SIRET, AILLEURS.replace("Médiathèque", "Mairie") + SIRET, True, id="meme-siret"),
        pytest.param(BONNE, AILLEURS.replace("Médiathèque", "Mairie"), False, id="autre-nom-autre-adresse"),
    ],
)
def test_same_place_twice_is_advice_on_both(tmp_path: Path, un: str, autre: str, double: bool) -> None:
    problemes = lire(tmp_path, a=un, b=autre).problemes
    assert [(p.fichier, p.regle, p.gravite) for p in problemes] == [
        (f"offers/36/{nom}.yml", "doublon", Gravite.CONSEIL) for nom in "ab" if double
    ]
    assert all(f"offers/36/{'b' if p.fichier.endswith('a.yml') else 'a'}.yml" in p.message for p in problemes)


def test_former_id_leads_to_one_record(tmp_path: Path) -> None:
    ancien = "anciens_identifiants:\n  - 36/vieux\n"
    a, b = BONNE + ancien, AILLEURS.replace("Médiathèque", "Mairie") + ancien
    (probleme,) = lire(tmp_path, a=a, b=b).problemes
    assert str(probleme) == "offers/36/b.yml:10:5: « 36/vieux » redirige déjà vers 36/a : il faut choisir."
    assert bloque([probleme])


def test_former_id_never_hides_a_living_record(tmp_path: Path) -> None:
    b = AILLEURS.replace("Médiathèque", "Mairie") + "anciens_identifiants:\n  - 36/a\n"
    (probleme,) = lire(tmp_path, a=BONNE, b=b).problemes
    assert "« 36/a » est une fiche qui existe (offers/36/a.yml)" in probleme.message


DOUBLE, AUTRE = "doublon_de: 36/a\n", "distinct_de: [36/{}]\n"


@pytest.mark.parametrize(
    ("un", "autre", "attendu"),
    [
        ("", DOUBLE, ["doublon-de : Fiche non publiée : son lieu est celui de offers/36/a.yml, où mène son adresse."]),
        ("", AUTRE.format("a"), []),
        (AUTRE.format("b"), "", []),
        ("anciens_identifiants:\n  - 36/vieux\n", AUTRE.format("vieux"), []),
        ("", "doublon_de: 36/b\n", ["doublon-de ! Cette fiche ne peut pas être le doublon d'elle-même"]),
        ("", "doublon_de: offers/36/a.yml\n", ["doublon-de ! « offers/36/a.yml » n'est aucune fiche"]),
        ("doublon_de: 36/b\n", DOUBLE, ["doublon-de ! « 36/b » dit déjà", "doublon-de ! « 36/a » dit déjà"]),
        (AUTRE.format("b"), DOUBLE, ["doublon-de ! offers/36/a.yml dit que ce sont deux lieux"]),
        ("", DOUBLE + AUTRE.format("a"), ["distinct-de ! « 36/a » est aussi dans « doublon_de »"]),
        ("", AUTRE.format("b"), ["distinct-de ! Cette fiche ne peut pas être distincte d'elle-même"]),
        ("a_completer: true\n", DOUBLE, ["doublon-de ! « 36/a » est une fiche à compléter"]),
    ],
    ids=[
        *("double", "distinct", "dit-par-l-autre", "ancien-nom", "soi", "inconnu", "boucle", "contradiction"),
        *("contradiction-seule", "distinct-de-soi", "de-rien-de-publie"),
    ],
)
def test_one_line_settles_a_doubt_or_says_why_it_cannot(
    tmp_path: Path, un: str, autre: str, attendu: list[str]
) -> None:
    problemes = lire(tmp_path, a=BONNE + un, b=BONNE + autre).problemes
    dits = [
        f"{p.regle} {'!' if p.gravite is Gravite.BLOQUANT else ':'} {p.message}"
        for p in problemes
        if p.regle not in ("doublon", "a-completer")
    ]
    assert len(dits) == len(attendu)
    assert all(dit.startswith(debut) for dit, debut in zip(dits, attendu, strict=True)), dits
    reste_un_doute = autre == AUTRE.format("b")  # a gesture towards oneself settles nothing
    assert ("doublon" in {p.regle for p in problemes}) is reste_un_doute


def test_a_double_gives_its_addresses_to_its_place_and_says_what_it_alone_tells(tmp_path: Path) -> None:
    double = BONNE + DOUBLE + "anciens_identifiants:\n  - 36/vieux\nhoraires: Mo 09:00-12:00\n"
    chargement = lire(tmp_path, a=BONNE, b=double)
    assert chargement.enregistrements[0].lieu.anciens_identifiants is None  # an import would write it in the file
    ((publie,), (mis_de_cote,)) = avec_adresses(chargement.enregistrements, chargement.doublons), chargement.doublons
    assert publie.lieu.anciens_identifiants == ["36/b", "36/vieux"]
    assert mis_de_cote.identifiant == "36/b"
    (avis,) = chargement.problemes
    assert avis.message.endswith("Elle seule le dit, ou le dit autrement : horaires.")
    chaine = lire(tmp_path, a=BONNE + "doublon_de: 36/c\n", b=BONNE + DOUBLE, c=BONNE)
    assert any("écrivez « doublon_de: 36/c »" in p.message for p in chaine.problemes)


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    textes = {f"f{n}": BONNE.replace("Hub", f"Hub {n}") + "x: 1\n" for n in range(20)}
    assert lire(tmp_path, **textes) == lire(tmp_path, **textes)


LIMITES = {
    "maj-le-jour-meme": (BONNE.replace("2026-10-01", "2026-11-02"), None),
    "verifie-demain": (BONNE + "verifie_le: 2026-11-03\n", "Le 2026-11-03 est dans le futur"),
    "verifie-en-1900": (BONNE + "verifie_le: 1900-01-01\n", None),
    "verifie-en-1899": (BONNE + "verifie_le: 1899-12-31\n", "L'année 1899 ne peut pas être juste."),
    "pass-verifie-demain": (
        BONNE + "pass_numerique:\n  accepte: true\n  verifie_le: 2026-11-03\n",
        "Le 2026-11-03 est dans le futur",
    ),
    "label-de-demain": (BONNE + "labels:\n  - nom: EPN\n    depuis: 2026-11-03\n", "Le 2026-11-03 est dans le futur"),
    "origine-de-demain": (
        BONNE + "provenance:\n  adresse:\n    source: Affiche\n    date: 2026-11-03\n",
        "Le 2026-11-03 est dans le futur",
    ),
    "ouvre-aujourd-hui": (BONNE + "date_ouverture: 2026-11-02\n", None),
    "ouvre-demain": (BONNE + "date_ouverture: 2026-11-03\n", "Ce lieu n'ouvre que le 2026-11-03."),
    "ferme-un-jour": (BONNE + "fermetures:\n  - du: 2026-12-01\n    au: 2026-12-01\n", None),
    "label-d-un-jour": (BONNE + "labels:\n  - nom: EPN\n    depuis: 2024-01-01\n    jusqua: 2024-01-01\n", None),
    "label-sans-debut": (BONNE + "labels:\n  - nom: EPN\n    jusqua: 2024-01-01\n", None),
    "latitude-seule": (BONNE + "latitude: 46.05\n", "Il y a une latitude mais pas de longitude"),
    "longitude-seule": (BONNE + "longitude: 1.05\n", "Il y a une longitude mais pas de latitude"),
    "resume-de-280-signes": (BONNE + "presentation_resume: " + "a" * 280 + "\n", None),
    "aucun-poste": (BONNE + "equipements:\n  postes: 0\n", None),
    "deux-mots-repetes": (BONNE + "courriels:\n  - a@b.example\n  - c@d.example\n  - a@b.example\n", "écrit deux fois"),
    "ancien-id-de-corse": (BONNE + "anciens_identifiants:\n  - 2A/vieux\n  - 974/vieux-2\n", None),
    "ancien-id-deux-tirets": (BONNE + "anciens_identifiants:\n  - 36/a--b\n", None),
    "ancien-id-tiret": (BONNE + "anciens_identifiants:\n  - 36/-\n", "n'est pas un identifiant"),
    "ancien-id-tiret-final": (BONNE + "anciens_identifiants:\n  - 36/a-\n", "n'est pas un identifiant"),
    "ancien-id-de-150": (BONNE + f"anciens_identifiants:\n  - 36/{'a' * 150}\n", None),
    "ancien-id-de-151": (BONNE + f"anciens_identifiants:\n  - 36/{'a' * 151}\n", "au plus 150"),
    "ancien-id-sans-departement": (BONNE + "anciens_identifiants:\n  - 999/vieux\n", "n'est pas un identifiant"),
    "paques-moins-80": (BONNE + "horaires: Mo 10:00-12:00; easter -80 days off\n", None),
    "paques-moins-81": (BONNE + "horaires: Mo 10:00-12:00; easter -81 days off\n", "80 jours avant Pâques"),
    "ancien-id-mal-ecrit": (BONNE + "anciens_identifiants:\n  - 36/Vieux Lieu\n", "n'est pas un identifiant"),
}


@pytest.mark.parametrize(("texte", "message"), LIMITES.values(), ids=LIMITES.keys())
def test_the_last_good_value_and_the_first_bad_one(tmp_path: Path, texte: str, message: str | None) -> None:
    problemes = lire(tmp_path, a=texte).problemes
    assert len(problemes) == (message is not None), problemes
    assert message is None or message in problemes[0].message


@pytest.mark.parametrize("nom", ["a--b", "0", "a" * 150, "-", "a-", "a" * 151, "a_b"])
def test_a_file_has_the_name_that_a_former_id_may_have(tmp_path: Path, nom: str) -> None:
    """A record may be renamed: whatever it was called, its old address can lead to it."""
    fichier = lire(tmp_path / "un", **{nom: BONNE}).enregistrements
    ancien = lire(tmp_path / "deux", neuf=f"{BONNE}anciens_identifiants:\n  - 36/{nom}\n").enregistrements
    assert bool(fichier) is bool(ancien) is (nom in ("a--b", "0", "a" * 150))


@pytest.mark.parametrize(
    "moyen", ["latitude: 46.05\nlongitude: 1.05", 'telephone: "+33254000000"', "courriels: [a@b.example]"]
)
def test_one_way_to_come_or_to_call_is_enough(tmp_path: Path, moyen: str) -> None:
    assert lire(tmp_path, a=BONNE.replace("adresse: 1 place du Marché\n", f"{moyen}\n")).problemes == ()
    assert (
        "Personne ne peut venir"
        in lire(tmp_path, a=BONNE.replace("adresse: 1 place du Marché\n", "")).problemes[0].message
    )


@pytest.mark.parametrize(
    ("ecrit", "departement", "attendu"),
    [
        # A shared block goes to the prefix of the département, when it is one of those that share it.
        ("0709123456", "971", "+590709123456"),
        ("0709123456", "977", "+590709123456"),
        ("0709123456", "972", "+596709123456"),
        ("0709123456", "973", "+594709123456"),
        ("0709123456", "974", "+262709123456"),
        ("0709123456", "976", "+262709123456"),
        ("0709123456", "36", "+33709123456"),
        ("0709123456", "", "+33709123456"),
        ("0598123456", "973", "+594598123456"),
        ("0598123456", "974", "+33598123456"),
        ("0590123456", "974", "+590590123456"),
        # Territories with their own plan: their local numbers are theirs alone.
        ("41 23 45", "975", "+508412345"),
        ("72 12 34", "986", "+681721234"),
        ("40 12 34 56", "987", "+68940123456"),
        ("25 43 21", "988", "+687254321"),
        ("25 43 21", "36", None),
        ("25 43 2", "988", None),
        ("25 43 21 0", "988", None),
        ("40 12 34", "987", None),
        ("0508123456", "975", "+508123456"),
        ("0708123456", "975", "+508708123456"),
    ],
)
def test_the_departement_tells_what_the_number_leaves_open(ecrit: str, departement: str, attendu: str | None) -> None:
    assert international(ecrit, departement) == attendu


@pytest.mark.parametrize(
    ("ecrit", "juste"),
    [
        ("+33254001122", True),
        ("+3325400112", False),
        ("+332540011223", False),
        ("+590590123456", True),
        ("+590801234567", True),
        ("+590709123456", True),
        ("+590254001122", False),
        ("+590596123456", False),
        ("+59059012345", False),
        ("+262268123456", True),
        ("+262598123456", False),
        ("+594598123456", True),
        ("+508412345", True),
        ("+50841234", False),
        ("+508708123456", True),
        ("+508254123456", False),
        ("+5087081234567", False),
        ("+32470123456", True),
        ("+1234", False),
        ("+1234567890123456", False),
    ],
)
def test_an_international_number_has_a_block_of_its_prefix(ecrit: str, juste: bool) -> None:
    assert international(ecrit) == (ecrit if juste else None)


COURTS = ("3000", "3999", "10", "15", "16", "17", "18", "112", "115", "119", "116000", "118999", "1013", "191", "196")


@pytest.mark.parametrize("ecrit", COURTS)
def test_a_short_number_is_kept(ecrit: str) -> None:
    assert international(ecrit) == ecrit


@pytest.mark.parametrize(
    "ecrit", ["3", "300", "30000", "4000", "11", "14", "19", "110", "111", "117000", "11600", "192"]
)
def test_other_short_digits_are_no_number(ecrit: str) -> None:
    assert international(ecrit) is None


MESSAGES_DE_FORME = [
    ("telephone", "02 54 00 11 22 / 06 00 00 00 00", "Un seul numéro par champ"),
    ("telephone", "254001122", "Vouliez-vous dire « +33254001122 » ?"),
    ("telephone", "012345", "Écrivez par exemple 02 54 00 00 00 ou +33254000000."),
    ("courriel", "contact (at) mairie.example", "Vouliez-vous dire « contact@mairie.example » ?"),
    ("courriel", "a@b.example;c@d.example", "Une seule adresse de courriel par ligne"),
    ("courriel", "contact", "par exemple contact@mairie.example"),
    ("url", "www.mairie.example", "Vouliez-vous dire « https://www.mairie.example » ?"),
    ("url", "ftp://mairie.example", "pas « ftp: »"),
    ("url", "une page", "par exemple https://www.mairie.example/"),
    ("url", "https://mairie.example/a<b", "ne contient pas « < »"),
    ("url", "https://qui@mairie.example/", "ne contient pas « @ » avant le nom du site"),
    ("url", "https://mairie_/", "n'est pas une adresse web"),
    ("code_insee", "36 001", "Vouliez-vous dire « 36001 » ?"),
    ("code_insee", "1001", "Vouliez-vous dire « 01001 » ?"),
    ("code_insee", "20 000", "un code Insee de Corse commence par 2A ou 2B"),
    ("code_insee", "20A", "n'est pas un code Insee (5 caractères"),
    ("code_insee", "20001", "est un code postal"),
    ("code_postal", "F-36000", "Vouliez-vous dire « 36000 » ?"),
    ("code_postal", "1000", "Vouliez-vous dire « 01000 » ?"),
    ("code_postal", "2a004", "est un code Insee"),
    ("code_postal", "360", "n'est pas un code postal (5 chiffres)."),
    ("pivot", "434 933 123 00029", "sans espaces, en capitales : « 43493312300029 »"),
    ("pivot", "w361000123", "sans espaces, en capitales : « W361000123 »"),
    ("pivot", "434933123", "est un SIREN"),
    ("pivot", "43493312", "n'est ni un SIRET"),
    ("pivot", "4349331230002", "n'est ni un SIRET"),
]


@pytest.mark.parametrize(("forme", "valeur", "extrait"), MESSAGES_DE_FORME, ids=lambda texte: texte[:30])
def test_what_is_said_of_a_wrong_shape(forme: str, valeur: str, extrait: str) -> None:
    avis = FORMES[forme](valeur)
    assert avis is not None
    assert extrait in avis.message


def test_the_forbidden_sign_is_shown_where_it_is() -> None:
    avis = FORMES["url"]("https://mairie.example/a<b")
    assert avis is not None
    assert avis.decalage == 24


@pytest.mark.parametrize(
    ("ouverture", "fermeture", "regles"),
    [
        ("2020-01-01", "2027-01-01", []),
        ("2026-01-01", "2025-12-31", ["dates-ordre"]),
        ("2026-01-01", "2026-01-01", ["dates-ordre"]),
    ],
)
def test_a_place_closes_for_good_after_it_opened(
    tmp_path: Path, ouverture: str, fermeture: str, regles: list[str]
) -> None:
    trouves = lire(tmp_path, a=f"{BONNE}date_ouverture: {ouverture}\ndate_fermeture: {fermeture}\n").problemes
    assert [probleme.regle for probleme in trouves] == regles
