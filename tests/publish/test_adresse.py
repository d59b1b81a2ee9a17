"""The geocoding service is allowed on the search page and on the form, and only where the deployment accepts it."""

from pathlib import Path

import pytest

from carte.config import Options
from carte.publication import Chantier
from carte.publish import formulaire
from carte.publish.cadre import actifs, contexte, editorial
from carte.publish.cadre.actifs import Actifs
from carte.publish.cadre.contexte import POLITIQUE, Contexte
from publish import monde
from publish.conftest import Socle


@pytest.mark.parametrize(
    ("accepte", "connexions"),
    [(False, "connect-src 'self';"), (True, "connect-src 'self' https://data.geopf.fr/geocodage/search;")],
)
def test_policy_allows_exactly_what_was_accepted(accepte: bool, connexions: str) -> None:
    deploiement = Contexte(monde.configuration(options=Options(adresse=accepte)), Actifs("", {}))
    assert connexions in deploiement.politique_recherche
    assert deploiement.politique_recherche.replace(connexions, "connect-src 'self';") == POLITIQUE
    assert bool(deploiement.geocodage) is accepte


@pytest.mark.parametrize("accepte", [False, True])
def test_the_form_may_ask_for_an_address_where_it_is_accepted(accepte: bool, socle: Socle) -> None:
    deploiement = monde.configuration(options=Options(adresse=accepte))
    for chemin in (formulaire.AJOUTER, formulaire.CORRIGER):
        html = formulaire.page(chemin, deploiement, socle.shell)
        attendue = contexte.permettre_les_adresses(POLITIQUE) if accepte else POLITIQUE
        assert f'http-equiv="Content-Security-Policy" content="{attendue}"' in html
        assert f'data-geocodage="{contexte.GEOCODAGE if accepte else ""}"' in html


def test_the_host_is_named_once() -> None:
    sources = [*(monde.RACINE / "scripts").rglob("*.py"), *(monde.RACINE / "site_src").rglob("*.js")]
    hote = contexte.GEOPLATEFORME.removeprefix("https://")
    assert hote in contexte.GEOCODAGE
    assert [f.name for f in sources if hote in f.read_text(encoding="utf-8")] == ["contexte.py"]


@pytest.mark.parametrize("accepte", [False, True])
def test_the_pages_say_who_is_contacted(accepte: bool, tmp_path: Path) -> None:
    deploiement = monde.configuration(options=Options(adresse=accepte, tuiles=accepte))
    editorial.construire(Contexte(deploiement, actifs.rassembler(monde.RACINE)), Chantier.sur(tmp_path))
    mentions, a_propos = ((tmp_path / p / "index.html").read_text("utf-8") for p in ("mentions-legales", "a-propos"))
    assert ("Aucun autre site n’est contacté" in mentions) is not accepte
    assert ("ni carte, ni police" in a_propos) is not accepte
    assert ("service public de géocodage" in mentions) is accepte
    assert ("fond des cartes vient de la Géoplateforme" in mentions) is accepte
    assert mentions.count("<li>") >= 5
