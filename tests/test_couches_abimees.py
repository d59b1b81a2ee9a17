"""Layers damaged in every way: none gives a stack, each refusal names its file, what is read has no half value."""

import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from carte import access, broadband, indicators, territory
from carte.entrees import COG_NATIONAL
from carte.erreurs import ErreurCarte
from carte.evolution.lecture import lire_publication
from carte.picture import Picture
from carte.territory.erreurs import TerritoireInvalide
from hasard import FACTEUR, Graine

RACINE = Path(__file__).resolve().parents[1]
TIRAGES = 80 * FACTEUR
VALEURS = (
    *(b"null", b"{}", b"[]", b"true", b"abc", b"-1", b"1e999", b"NaN", b"-inf", b"", b"9" * 5_000, b"05/06/2029"),
    *(b"T4 2029", b"now", b"2029-10-31T00:00:00+02:00", b"2029-13-01", b"12:30", b"=1+1", b'"', b"\xff", b"\0"),
)
ENTIERS = (b"", b"\n", b"\xef\xbb\xbf", b"<!DOCTYPE html><p>503</p>", b"[]", b"{}", b"[null]", b"1", b'"x"', b"a: 1")


def _abimer(octets: bytes, hasard: random.Random) -> bytes:
    """One damage that a transfer, a spreadsheet or a hand may do."""
    texte, place = octets.decode(), hasard.randint(0, len(octets))
    lignes = octets.split(b"\n")
    rang = hasard.randrange(len(lignes))
    cases = lignes[rang].split(b";")
    cases[hasard.randrange(len(cases))] = hasard.choice(VALEURS)
    gestes: dict[str, Callable[[], bytes]] = {
        "tronquer": lambda: octets[:place],
        "autre chose": lambda: hasard.choice(ENTIERS),
        "windows": lambda: texte.encode("cp1252", "replace"),
        "utf-16": lambda: texte.encode("utf-16"),
        "bom": lambda: b"\xef\xbb\xbf" + octets,
        "inserer": lambda: octets[:place] + hasard.choice(VALEURS) + octets[place:],
        "octet": lambda: octets[:place] + bytes([hasard.randrange(256)]) + octets[place + 1 :],
        "case": lambda: b"\n".join([*lignes[:rang], b";".join(cases), *lignes[rang + 1 :]]),
        "ligne en moins": lambda: b"\n".join([*lignes[:rang], *lignes[rang + 1 :]]),
        "ligne double": lambda: b"\n".join([*lignes[: rang + 1], *lignes[rang:]]),
        "virgules": lambda: octets.replace(b";", b","),
        "autre type": lambda: _autre_type(texte, hasard),
        "sans colonne": lambda: b"\n".join(b";".join(ligne.split(b";")[1:]) for ligne in lignes),
    }
    return gestes[hasard.choice(list(gestes))]()


def _autre_type(texte: str, hasard: random.Random) -> bytes:
    """A key of a JSON takes a value of another type."""
    cles = sorted(set(re.findall(r'"(\w+)":', texte)))
    cle = hasard.choice(cles or ["x"])
    valeur = hasard.choice(("0", "[]", "{}", "null", '"x"', "[0]", '{"type": "Point"}'))
    return texte.replace(f'"{cle}":', f'"{cle}": {valeur}, "_":', hasard.choice((1, -1))).encode()


@pytest.fixture(scope="module")
def geo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(RACINE / "geo", tmp_path_factory.mktemp("couches") / "geo"))


def _lecteur(fichier: Path, geo: Path, demo: Picture) -> Callable[[], object]:
    """What reads this layer, alone where it can be."""
    departements = demo.configuration.departements
    if fichier.parent.name == "arcep":
        return lambda: broadband.lire(geo, departements, demo.territoire)
    if fichier.parent.name == "publication-precedente":
        return lambda: lire_publication(fichier.parent, demo.vocabulaires, demo.territoire)
    if fichier.stem in indicators.entrees.COLONNES or fichier.name == "qpv.geojson":
        return lambda: indicators.lire_entrees(geo, departements)
    if fichier.name == "temps.csv":
        return lambda: access.lire_matrices(geo, departements)
    return lambda: territory.lire(geo, departements, RACINE / COG_NATIONAL)


def test_no_damage_gives_a_stack(geo: Path, demo: Picture, graine: Graine) -> None:
    hasard = random.Random(graine(13))
    temps = "origine;destination;mode;minutes;source\n99001;p1;voiture;12,5;Essai\n99002;p1;velo;7;Essai\n"
    (geo / "99/temps.csv").write_text(temps)
    fichiers = sorted(f for f in geo.rglob("*") if f.suffix in (".csv", ".json", ".geojson", ".yml"))
    # Territory is read whole, in most of a second: it is drawn less.
    poids = [0.1 if _est_du_territoire(f, geo, demo) else 1.0 for f in fichiers]
    refus = 0
    for _ in range(TIRAGES):
        (fichier,) = hasard.choices(fichiers, poids)
        sain = fichier.read_bytes()
        abime = _abimer(sain, hasard)
        fichier.write_bytes(abime)
        try:
            _lecteur(fichier, geo, demo)()
        except ErreurCarte as erreur:
            refus += 1
            message = erreur.format_message()
            assert fichier.name in message, (fichier.name, abime[:80], message)
            assert "Traceback" not in message
            assert "Error" not in message
        finally:
            fichier.write_bytes(sain)
    assert refus > TIRAGES / 4


def _est_du_territoire(fichier: Path, geo: Path, demo: Picture) -> bool:
    return "territory" in _lecteur(fichier, geo, demo).__code__.co_names


def test_the_schedule_of_copper_is_read_in_one_form(tmp_path: Path, demo: Picture) -> None:
    """`05/06/2029` has two readings: the date is unknown, and said; it is never the 6th of May."""
    arcep = tmp_path / "99/arcep"
    shutil.copytree(RACINE / "geo/99/arcep", arcep)
    dites = ("2029-06-05", "05/06/2029", "T4 2029", "now", "2029-10-31T00:00:00+02:00")
    codes = sorted(demo.debit.communes.loc[demo.debit.communes["code_insee"].str.startswith("99"), "code_insee"])[:5]
    lignes = [f"{code};planifiée;{texte}" for code, texte in zip(codes, dites, strict=True)]
    (arcep / "fermeture_cuivre.csv").write_text("\n".join(["code_insee;statut;fermeture_technique", *lignes]))
    debit = broadband.lire(tmp_path, ("99",), demo.territoire)
    lues = debit.communes.set_index("code_insee")["fermeture_cuivre"]
    assert [str(lues[code])[:10] for code in codes] == ["2029-06-05", "NaT", "NaT", "NaT", "2029-10-31"]
    motifs = {p.code: p.motif for p in debit.problemes if "cuivre" in p.fichier}
    assert set(motifs) == set(codes[1:4])
    assert "« 05/06/2029 » ; écrivez année-mois-jour" in motifs[codes[1]]


@pytest.mark.parametrize("cas", ["besoins-cp1252.csv", "epcis-tronque.json", "manifeste-dev-zero.yml"])
def test_shared_cases(partage: Path, geo: Path, demo: Picture, cas: str) -> None:
    """A spreadsheet's Windows-1252 is read; a cut file and a device are refused by their names."""
    nom = cas.replace("-cp1252", "").replace("-tronque", "").replace("-dev-zero", "")
    place = geo / "99" / nom
    sain = place.read_bytes()
    place.write_bytes((partage / "data/cas/robustesse" / cas).read_bytes())
    try:
        if nom == "besoins.csv":
            besoins = indicators.lire_entrees(geo, ("99",)).besoins
            assert besoins is not None
            assert set(besoins["indicateur"]) == {"Adultes en difficulté avec les démarches en ligne"}
        else:
            with pytest.raises(TerritoireInvalide, match=nom):
                territory.lire(geo, ("99",), RACINE / COG_NATIONAL)
    finally:
        place.write_bytes(sain)
