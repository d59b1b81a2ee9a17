"""The geocoding service is allowed on the search page alone, and only where the deployment accepts it."""

import pytest

from carte.config import Options
from carte.publish import contexte
from carte.publish.actifs import Actifs
from carte.publish.contexte import POLITIQUE, Contexte
from publish import monde


@pytest.mark.parametrize(
    ("accepte", "connexions"),
    [(False, "connect-src 'self';"), (True, "connect-src 'self' https://data.geopf.fr/geocodage/search;")],
)
def test_policy_allows_exactly_what_was_accepted(accepte: bool, connexions: str) -> None:
    deploiement = Contexte(monde.configuration(options=Options(adresse=accepte)), Actifs("", {}))
    assert connexions in deploiement.politique_recherche
    assert deploiement.politique_recherche.replace(connexions, "connect-src 'self';") == POLITIQUE
    assert bool(deploiement.geocodage) is accepte


def test_the_host_is_named_once() -> None:
    sources = [*(monde.RACINE / "scripts").rglob("*.py"), *(monde.RACINE / "site_src").rglob("*.js")]
    hote = contexte.GEOPLATEFORME.removeprefix("https://")
    assert hote in contexte.GEOCODAGE
    assert [f.name for f in sources if hote in f.read_text(encoding="utf-8")] == ["contexte.py"]
