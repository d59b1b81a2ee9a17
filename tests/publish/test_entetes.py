"""The headers that a host is given: those of the pages, never narrower than a page needs, nor wider than accepted."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

import ecrire_entetes
from carte.config import Options
from carte.publish.cadre.actifs import Actifs
from carte.publish.cadre.contexte import GEOPLATEFORME, POLITIQUE, Contexte
from carte.publish.cadre.entetes import entetes, fichiers
from carte.publish.maps.page import _permettre_les_tuiles
from publish import monde
from sites import RACINE

_LIGNE = {
    "_headers": re.compile(r"^  ([\w-]+): (.+)$", re.MULTILINE),
    "apache.conf": re.compile(r'^  Header always set ([\w-]+) "([^"]+)"$', re.MULTILINE),
    "nginx.conf": re.compile(r'^add_header ([\w-]+) "([^"]+)" always;$', re.MULTILINE),
}


def directives(politique: str) -> dict[str, set[str]]:
    return {mots[0]: set(mots[1:]) for mots in (partie.split() for partie in politique.split(";"))}


def des_fichiers(dossier: Path) -> Mapping[str, dict[str, str]]:
    assert {fichier.name for fichier in dossier.iterdir()} == set(_LIGNE)
    return {nom: dict(motif.findall((dossier / nom).read_text(encoding="utf-8"))) for nom, motif in _LIGNE.items()}


def test_the_files_to_copy_say_what_the_pages_say() -> None:
    for nom, lus in des_fichiers(RACINE / "docs/hebergement").items():
        assert lus == entetes(adresse=False, tuiles=False), nom
        assert lus["Content-Security-Policy"] == POLITIQUE, nom
        assert lus["X-Content-Type-Options"] == "nosniff"
    for nom, texte in fichiers(entetes(adresse=False, tuiles=False)).items():
        ecrit = (RACINE / "docs/hebergement" / nom).read_text(encoding="utf-8")
        assert ecrit == texte, "relancez python scripts/ecrire_entetes.py"


@pytest.mark.parametrize("adresse", [False, True])
@pytest.mark.parametrize("tuiles", [False, True])
def test_a_host_allows_exactly_what_some_page_allows(adresse: bool, tuiles: bool) -> None:
    # A browser applies both policies: a narrower header would break a page, a wider one would promise less.
    contexte = Contexte(monde.configuration(options=Options(adresse=adresse, tuiles=tuiles)), Actifs("", {}))
    pages = [POLITIQUE, contexte.politique_recherche, *([_permettre_les_tuiles(POLITIQUE)] if tuiles else [])]
    reunies: dict[str, set[str]] = {}
    for politique in pages:
        for nom, sources in directives(politique).items():
            reunies.setdefault(nom, set()).update(sources)
    envoyees = directives(entetes(adresse=adresse, tuiles=tuiles)["Content-Security-Policy"])
    assert envoyees == reunies
    # The page « Intégrer » invites other sites to frame the search.
    assert "frame-ancestors" not in envoyees


def test_a_hub_gets_the_headers_of_its_own_options(tmp_path: Path) -> None:
    ecrit = (RACINE / "carte.yml").read_text(encoding="utf-8")
    (tmp_path / "carte.yml").write_text(ecrit.replace("adresse: false", "adresse: true"), encoding="utf-8")
    arguments = ["--config", str(tmp_path / "carte.yml"), "--dossier", str(tmp_path / "hebergement")]
    assert ecrire_entetes.main(arguments) == 0
    for lus in des_fichiers(tmp_path / "hebergement").values():
        assert lus == entetes(adresse=True, tuiles=False)
        assert GEOPLATEFORME in lus["Content-Security-Policy"]


def test_a_configuration_to_mend_is_said_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "carte.yml").write_text("nom: [", encoding="utf-8")
    assert ecrire_entetes.main(["--config", str(tmp_path / "carte.yml"), "--dossier", str(tmp_path / "ici")]) == 1
    assert "carte.yml:" in capsys.readouterr().err
    assert not (tmp_path / "ici").exists()
