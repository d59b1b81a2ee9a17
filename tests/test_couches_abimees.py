"""Layers damaged in every way: none gives a stack, each refusal names its file, what is read has no half value."""

import random
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from carte import broadband, indicators, pipeline, territory
from carte.entrees import COG_NATIONAL
from carte.picture import Picture
from carte.territory.erreurs import TerritoireInvalide
from fuzz import couches
from fuzz.gestes import abimer
from hasard import FACTEUR, Graine

RACINE = Path(__file__).resolve().parents[1]
TIRAGES = 80 * FACTEUR


@pytest.fixture(scope="module")
def geo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return couches.copie(tmp_path_factory.mktemp("couches"))


def test_no_damage_gives_a_stack(geo: Path, demo: Picture, graine: Graine) -> None:
    hasard = random.Random(graine(13))
    fichiers = couches.fichiers(geo)
    # Territory is read whole, in most of a second: it is drawn less.
    poids = [0.1 if couches.est_du_territoire(f) else 1.0 for f in fichiers]
    lues = 0
    for _ in range(TIRAGES):
        (fichier,) = hasard.choices(fichiers, poids)
        sain = fichier.read_bytes()
        fichier.write_bytes(abimer(sain, hasard))
        try:
            lues += couches.lire_ou_refuser(fichier, couches.lecteur(fichier, geo, demo.territoire))
        finally:
            fichier.write_bytes(sain)
    assert lues < TIRAGES * 3 / 4


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


def test_what_is_not_read_of_broadband_is_told_to_who_builds(
    geo: Path, demo: Picture, caplog: pytest.LogCaptureFixture
) -> None:
    """Two closings written « 31 janvier 2027 » left the report without a word: the first one became that of 2028."""
    fichier = geo / "99/arcep/fermeture_cuivre.csv"
    sain = fichier.read_bytes()
    configuration = replace(demo.configuration, dossiers=replace(demo.configuration.dossiers, geo=geo))
    pipeline.lire_socle(configuration, RACINE, demo.territoire)
    assert not caplog.messages
    fichier.write_text("code_insee;statut;fermeture_technique\n99058;planifiée;31 janvier 2027\n", encoding="utf-8")
    try:
        pipeline.lire_socle(configuration, RACINE, demo.territoire)
    finally:
        fichier.write_bytes(sain)
    (dit,) = caplog.messages
    assert "fermeture_cuivre.csv, commune 99058" in dit
    assert "« 31 janvier 2027 »" in dit


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
