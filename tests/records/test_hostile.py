"""Hostile or damaged files: each gives one clear problem, quickly, and the rest of the tree is still read."""

import os
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from carte.ecrits import octets
from carte.ecrits import yaml_strict as yaml
from carte.ecrits.texte import citer
from carte.records import Gravite, Problem, files
from carte.records import lire as charger
from records.monde import BONNE, contexte, ecrire, lire

CALCUL_MAX = 60  # seconds of processor: hundreds of times what it takes, so that only a runaway meets it
MEMOIRE_MAX = 1_000_000  # kB more than before


@contextmanager
def sans_emballement() -> Iterator[None]:
    """Neither exponential nor greedy. The speed itself is for the benchmarks: other work on the machine changes it."""
    calcul, memoire = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    assert time.process_time() - calcul < CALCUL_MAX
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memoire < MEMOIRE_MAX


BOMBE = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{','.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(9)
)

ILLISIBLES: dict[str, tuple[str | bytes, str]] = {
    "bombe-de-renvois": (BOMBE, "Les ancres"),
    "ancre": ("nom: &ancre Valbourg\n", "Les ancres"),
    "renvoi": ("nom: *ancre\n", "renvois"),
    "profond-crochets": ("nom: " + "[" * 60_000, "plus de 16 niveaux"),
    "profond-crochets-fermes": ("nom: " + "[" * 30_000 + "]" * 30_000, "plus de 16 niveaux"),
    "profond-tirets": ("- " * 30_000, "plus de 16 niveaux"),
    "profond-cles": ("? " * 30_000, "plus de 16 niveaux"),
    "profond-accolades": ("{a: " * 15_000, "plus de 16 niveaux"),
    "cinquante-megas": (b"#" * 50_000_000, "trop gros (48828 ko)"),
    "octet-nul": (BONNE.encode().replace(b"Hub", b"H\0b"), "caractère de contrôle (U+0000)"),
    "cloche": (BONNE.encode().replace(b"Hub", b"H\x07b"), "caractère de contrôle (U+0007)"),
    "nel": (BONNE.replace("Hub", "Hub\x85horaires: 24/7"), "caractère de contrôle (U+0085)"),
    "separateur-de-ligne": (BONNE.replace("Hub", "H\u2028b"), "caractère de contrôle (U+2028)"),
    "latin-1": (BONNE.encode("latin-1"), "n'est pas en UTF-8"),
    "utf-16": (BONNE.encode("utf-16"), "UTF-16"),
    "vide": ("", "Le fichier est vide. Il faut au moins nom, commune, source, date_maj et services."),
    "commentaires": ("# rien\n", "Le fichier est vide. Il faut au moins nom, commune, source, date_maj et services."),
    "liste": ("- nom: Valbourg\n", "Le fichier contient une liste"),
    "texte": ("Valbourg\n", "Le fichier contient un simple texte"),
    "deux-documents": (BONNE + "---\n" + BONNE, "plusieurs documents"),
    "au-hasard": (bytes(range(256)) * 4, "n'est pas en UTF-8"),
}


@pytest.mark.parametrize("cas", ILLISIBLES)
def test_unreadable_file_gives_one_problem(tmp_path: Path, cas: str) -> None:
    contenu, attendu = ILLISIBLES[cas]
    with sans_emballement():
        chargement = lire(tmp_path, bonne=BONNE, mauvaise=contenu)
    assert [e.identifiant for e in chargement.enregistrements] == ["36/bonne"]
    (probleme,) = chargement.problemes
    assert attendu in probleme.message
    assert (probleme.fichier, probleme.gravite) == ("offers/36/mauvaise.yml", Gravite.BLOQUANT)


LISIBLES = {
    "etiquette-python": ("nom: !!python/object/apply:os.system [ls]\n", "offers/36/a.yml:1:6", "L'étiquette"),
    "etiquette-locale": ("nom: !secret Valbourg\n", "offers/36/a.yml:1:6", "L'étiquette"),
    "fusion": ("nom: Médiathèque\n<<: {source: x}\n", "offers/36/a.yml:2:1", "Les fusions"),
    "cle-nombre": ("nom: Médiathèque\n12: x\n", "offers/36/a.yml:2:1", "La clé « 12 »"),
    "cle-oui": ("nom: Médiathèque\ntrue: x\n", "offers/36/a.yml:2:1", "La clé « true »"),
    "cle-liste": ("nom: Médiathèque\n? [a, b]\n: x\n", "offers/36/a.yml:2:3", "simple nom de champ"),
    "sens-ecriture": ("nom: Média\u202ethèque\n", "offers/36/a.yml:1:11", "U+202E"),
    "sens-ecriture-echappe": ('nom: "Média\\u202ethèque"\n', "offers/36/a.yml:1:6", "U+202E"),
    "nul-echappe": ('nom: "Média\\0thèque"\n', "offers/36/a.yml:1:6", "U+0000"),
}


@pytest.mark.parametrize("cas", LISIBLES)
def test_trick_inside_a_record_gives_one_problem_at_its_place(tmp_path: Path, cas: str) -> None:
    debut, place, attendu = LISIBLES[cas]
    chargement = lire(tmp_path, a=BONNE.replace("nom: Médiathèque\n", debut))
    (probleme,) = chargement.problemes
    assert f"{probleme.fichier}:{probleme.ligne}:{probleme.colonne}" == place
    assert attendu in probleme.message
    assert not chargement.enregistrements


@pytest.mark.parametrize(
    ("contenu", "attendu"),
    [
        pytest.param(b"\xef\xbb\xbf" + BONNE.encode(), "marque invisible", id="bom-du-bloc-notes"),
        pytest.param(BONNE.replace("Hub", "H\u200bb"), "U+200B", id="espace-sans-largeur"),
        pytest.param('"nom": "Espace\\u00adnum"\n' + BONNE.split("\n", 1)[1], "U+00AD", id="cesure-echappee"),
    ],
)
def test_harmless_oddities_are_only_advice(tmp_path: Path, contenu: str | bytes, attendu: str) -> None:
    chargement = lire(tmp_path, a=contenu)
    assert [p.gravite for p in chargement.problemes] == [Gravite.CONSEIL]
    assert attendu in chargement.problemes[0].message
    assert len(chargement.enregistrements) == 1


def test_windows_line_endings_are_fine(tmp_path: Path) -> None:
    assert lire(tmp_path, a=BONNE.replace("\n", "\r\n").encode()).problemes == ()


def _seul_probleme(tmp_path: Path) -> Problem:
    chargement = charger(tmp_path / "offers", contexte())
    assert [e.identifiant for e in chargement.enregistrements] == ["36/bonne"]
    (probleme,) = chargement.problemes
    return probleme


@pytest.mark.parametrize("cible", ["bonne.yml", "../../secret.yml", "/etc/passwd", "absent.yml"])
def test_symbolic_link_to_a_file_is_refused(tmp_path: Path, cible: str) -> None:
    ecrire(tmp_path / "offers", {"36/bonne.yml": BONNE})
    (tmp_path / "secret.yml").write_text(BONNE)
    (tmp_path / "offers/36/lien.yml").symlink_to(cible)
    assert "liens symboliques" in _seul_probleme(tmp_path).message


def test_symbolic_link_to_a_folder_is_refused(tmp_path: Path) -> None:
    ecrire(tmp_path / "offers", {"36/bonne.yml": BONNE})
    (tmp_path / "offers/37").symlink_to("36")
    assert _seul_probleme(tmp_path).fichier == "offers/37"


def test_link_that_replaces_the_file_between_listing_and_opening_is_refused(tmp_path: Path) -> None:
    lien = tmp_path / "lien.yml"
    lien.symlink_to("/etc/passwd")
    with pytest.raises(octets.LectureRefusee, match="lien symbolique"):
        octets.lire_octets(str(lien), files.TAILLE_MAX)


@pytest.mark.parametrize("faire", [os.mkfifo, Path.mkdir], ids=["tube", "dossier"])
def test_what_is_not_a_file_never_blocks(tmp_path: Path, faire: object) -> None:
    ecrire(tmp_path / "offers", {"36/bonne.yml": BONNE})
    faire(tmp_path / "offers/36/tube.yml")  # type: ignore[operator]
    assert _seul_probleme(tmp_path).fichier == "offers/36/tube.yml"


def test_fifo_opened_directly_never_blocks(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "tube.yml")
    with pytest.raises(octets.LectureRefusee, match="fichier ordinaire"):
        octets.lire_octets(str(tmp_path / "tube.yml"), files.TAILLE_MAX)


def test_device_is_never_read() -> None:
    with pytest.raises(octets.LectureRefusee, match="fichier ordinaire"):
        octets.lire_octets("/dev/zero", files.TAILLE_MAX)


def test_unreadable_file_is_one_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ecrire(tmp_path / "offers", {"36/bonne.yml": BONNE, "36/fermee.yml": BONNE})
    ouvrir = os.open

    def refuser(chemin: str, drapeaux: int) -> int:
        # Root reads everything: the refusal is played.
        if chemin.endswith("fermee.yml"):
            raise PermissionError(13, "Permission denied")
        return ouvrir(chemin, drapeaux)

    monkeypatch.setattr(os, "open", refuser)
    probleme = _seul_probleme(tmp_path)
    assert probleme.message == "Ce fichier ne peut pas être lu : la permission est refusée."


MAL_RANGES = {
    "36/Mediatheque.yml": "Nommez-la « mediatheque.yml »",
    "36/mediatheque.yaml": "Nommez-la « mediatheque.yml »",
    "36/La médiathèque.YML": "Nommez-la « la-mediatheque.yml »",
    "36/photo.jpg": "n'est pas une fiche",
    "36/.a.yml.swp": "n'est pas une fiche",
    "36/..yml": "n'est pas une fiche",
    "36/a\nb.yml": "Nommez-la « a-b.yml »",
    "36/sous/fiche.yml": "Pas de dossier ici",
    "fiche.yml": "n'est pas à sa place",
    "2a/fiche.yml": "Vouliez-vous dire « 2A »",
    "20/fiche.yml": "n'est pas le code d'un département",
    "indre/fiche.yml": "n'est pas le code d'un département",
}


@pytest.mark.parametrize("nom", MAL_RANGES)
def test_misplaced_file_gives_one_problem(tmp_path: Path, nom: str) -> None:
    ecrire(tmp_path / "offers", {"36/bonne.yml": BONNE, nom: BONNE.replace("Médiathèque", "Autre")})
    probleme = _seul_probleme(tmp_path)
    assert MAL_RANGES[nom] in probleme.message
    assert "\n" not in probleme.fichier


def test_known_neighbours_are_left_alone(tmp_path: Path) -> None:
    autres = ("nomenclature/services.yml", "lieu.schema.json", "README.md", "36/.gitkeep")
    ecrire(tmp_path / "offers", {"36/bonne.yml": BONNE, **dict.fromkeys(autres, "")})
    assert charger(tmp_path / "offers", contexte()).problemes == ()


def test_absent_folder_is_a_problem(tmp_path: Path) -> None:
    (probleme,) = charger(tmp_path / "offers", contexte()).problemes
    assert probleme.message == "Ce dossier ne peut pas être lu : il n'existe pas."


@pytest.mark.parametrize(
    "fiche",
    [
        pytest.param(BONNE + "".join(f"champ{n}: x\n" for n in range(4_000)), id="champs-inconnus"),
        pytest.param(BONNE + "".join(f"  - valeur {n}\n" for n in range(3_000)), id="valeurs-inconnues"),
        pytest.param(BONNE + "  - " + "démarche " * 6_000 + "\n", id="valeur-enorme"),
        pytest.param(BONNE + "nom: x\n" * 8_000, id="champs-repetes"),
        pytest.param(BONNE + "horaires: " + "Mo 09:00-12:00; " * 3_500 + "\n", id="horaires-enormes"),
        pytest.param(BONNE + "x: '" + "&*! " * 15_000 + "'\n", id="signes"),
    ],
)
def test_floods_of_faults_stay_bounded(tmp_path: Path, fiche: str) -> None:
    assert len(fiche.encode()) <= files.TAILLE_MAX
    with sans_emballement():
        chargement = lire(tmp_path, a=fiche)
    assert 1 <= len(chargement.problemes) <= 101


def test_two_thousand_places_of_one_name_stay_linear(tmp_path: Path) -> None:
    with sans_emballement():
        chargement = lire(tmp_path, **{f"f{n}": BONNE for n in range(2_000)})
    assert {p.regle for p in chargement.problemes} == {"doublon"}


def test_terminal_orders_in_a_value_are_shown_not_obeyed() -> None:
    assert citer("\x1b[2J\nfaux.yml:1:1: \u202etxt") == "\\u001b[2J\\u000afaux.yml:1:1: \\u202etxt"


def test_the_c_parser_is_in_use() -> None:
    assert yaml.EN_C
