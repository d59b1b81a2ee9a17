"""A deployment's configuration: read, or refused with the key at fault."""

from datetime import date
from pathlib import Path

import pytest

from carte.config import ConfigurationInvalide, read

VALIDE = """
nom: "Carte d'essai"
hub: "Hub"
courriel: "contact@hub.example"
url: "https://carte.example/sous/dossier"
departements: ["2A", "2B"]
date_publication: 2026-11-02
dossiers: {lieux: offers, geo: geo, sortie: build}
"""


def _ecrire(dossier: Path, texte: str) -> Path:
    fichier = dossier / "carte.yml"
    fichier.write_text(texte, encoding="utf-8")
    return fichier


def test_a_short_configuration_takes_the_default_thresholds(tmp_path: Path) -> None:
    configuration = read(_ecrire(tmp_path, VALIDE), tmp_path)
    assert configuration.departements == ("2A", "2B")
    assert configuration.date_publication == date(2026, 11, 2)
    assert configuration.url == "https://carte.example/sous/dossier/"
    assert configuration.dossiers.geo == tmp_path / "geo"
    assert configuration.seuils.voiture == (15, 20, 30)
    assert configuration.demonstration is False


@pytest.mark.parametrize(
    ("changement", "message"),
    [
        (("nom:", "non:"), "clé inconnue « non »"),
        (('hub: "Hub"\n', ""), "il manque la clé « hub »"),
        (('["2A", "2B"]', "36"), "liste de codes entre guillemets"),
        (('["2A", "2B"]', "[36]"), "liste de codes entre guillemets"),
        (("2026-11-02", "novembre"), "attend une date"),
        (("geo: geo, ", ""), "il manque la clé « dossiers.geo »"),
        (("nom:", "nom: ["), "n'est pas un YAML lisible"),
        (("hub:", "seuils: {voiture: 15}\nhub:"), "« seuils.voiture »"),
        (("hub:", "seuils: {pied: -1}\nhub:"), "« seuils.pied »"),
        (("hub:", "seuils: {classe_debit: fibre}\nhub:"), "« seuils.classe_debit »"),
    ],
    ids=["unknown", "missing", "number", "numbers", "date", "folder", "syntax", "list", "negative", "class"],
)
def test_a_wrong_configuration_names_the_key(tmp_path: Path, changement: tuple[str, str], message: str) -> None:
    with pytest.raises(ConfigurationInvalide) as erreur:
        read(_ecrire(tmp_path, VALIDE.replace(*changement)), tmp_path)
    assert message in erreur.value.format_message()


def test_an_absent_configuration_says_so(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationInvalide, match="n'existe pas"):
        read(tmp_path / "absent.yml", tmp_path)
