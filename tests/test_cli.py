"""The command line: French words, clear refusals, quick start."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from carte.cli import cli
from carte.commandes import RACINE
from federation import monde


@pytest.fixture
def lancer():
    """Run the command line in process."""
    return lambda *arguments: CliRunner().invoke(cli, list(arguments))


@pytest.mark.parametrize("commande", sorted(cli.commands))
def test_each_command_has_a_french_help(lancer, commande: str) -> None:
    resultat = lancer(commande, "--aide")
    assert resultat.exit_code == 0
    assert resultat.output.startswith("Utilisation : ")
    assert "Affiche cette aide." in resultat.output
    assert "Codes de sortie" in resultat.output
    assert "Show this" not in resultat.output


def test_the_commands_are_those_of_the_documentation() -> None:
    assert {
        "valider",
        "construire",
        "effacer",
        "servir",
        "importer",
        "couches",
        "federer",
        "demo",
        "nomenclature",
        "temps",
        "formater",
        "comparer",
        "recevoir",
        "relire",
        "relances",
        "relecteurs",
        "nouveau-hub",
        "diagnostic",
    } == set(cli.commands)


@pytest.mark.parametrize(
    ("arguments", "attendu"),
    [
        (["bidule"], "Commande inconnue : bidule"),
        (["valider", "--forme"], "Option inconnue : --forme"),
        (["importer"], "Il manque l'argument"),
        (["valider", "--format", "pdf"], "Valeur refusée"),
        (["valider", "--config", "absent.yml"], "absent.yml n'existe pas"),
        (["servir", "--port", "http"], "http ne convient pas ; il faut un nombre."),
        (["servir", "--port", "99999"], "99999 ne convient pas ; il faut 1<=x<=65535."),
    ],
    ids=["command", "option", "argument", "choice", "file", "number", "range"],
)
def test_wrong_words_are_refused_in_french(lancer, arguments: list[str], attendu: str) -> None:
    resultat = lancer(*arguments)
    assert resultat.exit_code == 2
    assert attendu in resultat.output


def test_help_loads_no_heavy_library() -> None:
    script = (
        "import sys, carte.cli;"
        "print([m for m in ('geopandas', 'pandas', 'numpy', 'pydantic', 'folium', 'mkdocs') if m in sys.modules])"
    )
    sortie = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert sortie.strip() == "[]"


def test_one_record_is_checked_without_what_compares_draws_or_keeps() -> None:
    """Who corrects one record waits for its reading, and for nothing else."""
    fiche = min((RACINE / "offers" / "99").glob("*.yml"))
    script = (
        "import sys; from click.testing import CliRunner; from carte.cli import cli;"
        f"assert CliRunner().invoke(cli, ['valider', {str(fiche)!r}]).exit_code == 0;"
        "lourdes = ('geopandas', 'pandas', 'numpy', 'shapely', 'rapidfuzz', 'ctypes', 'carte.territory');"
        "print([m for m in lourdes if m in sys.modules])"
    )
    sortie = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert sortie.strip() == "[]"


def test_a_wrong_configuration_is_annotated_at_its_lines(lancer, tmp_path: Path) -> None:
    fichier = tmp_path / "carte.yml"
    fichier.write_text("demonstration: non\nnom: Essai\n", encoding="utf-8")
    resultat = lancer("valider", "--config", str(fichier), "--format", "github")
    assert resultat.exit_code == 1
    assert f"::error file={fichier},line=1,col=16,title=oui-non::« demonstration » attend true" in resultat.stdout
    problemes = json.loads(lancer("valider", "--config", str(fichier), "--format", "json").stdout)
    assert {"champ": "demonstration", "ligne": 1, "colonne": 16}.items() <= problemes[-1].items()


def test_words_that_a_configuration_or_a_manifest_loses_are_told(lancer, tmp_path: Path) -> None:
    """Advice with its place, by the one rule of records; a note that takes nothing away is left alone."""
    deploiement = Path(shutil.copytree(RACINE / "geo", tmp_path / "geo")).parent
    fichier = deploiement / "carte.yml"
    texte = (RACINE / "carte.yml").read_text(encoding="utf-8").replace("geo: geo", f"geo: {tmp_path}/geo")
    fichier.write_text(texte.replace('hub: "Hub de démonstration"', "hub: Hub #1 du Val"), encoding="utf-8")
    manifeste = tmp_path / "geo/99/manifeste.yml"
    lignes = manifeste.read_text(encoding="utf-8").splitlines()
    rang = next(rang for rang, ligne in enumerate(lignes) if ligne.strip().startswith("titre:"))
    lignes[rang] += " # 2e version"
    manifeste.write_text("\n".join(lignes) + "\n", encoding="utf-8")
    resultat = lancer("valider", "--config", str(fichier))
    assert resultat.exit_code == 0
    dits = [ligne for ligne in resultat.output.splitlines() if "n'est pas lu" in ligne]
    assert len(dits) == 2
    assert f"{fichier}:4:10: « #1 du Val » n'est pas lu" in dits[0]
    assert '"Hub #1 du Val"' in dits[0]
    assert f"manifeste.yml:{rang + 1}:{lignes[rang].index('#') + 1}: « # 2e version » n'est pas lu" in dits[1]


def test_a_wrong_configuration_stops_every_command_without_a_stack(lancer, tmp_path: Path) -> None:
    fichier = tmp_path / "carte.yml"
    fichier.write_text("date_publication: 2026-13-01\nurl: javascript:alert(1)\n", encoding="utf-8")
    for commande in ("valider", "construire", "servir"):
        resultat = lancer(commande, "--config", str(fichier))
        assert (resultat.exit_code, type(resultat.exception)) == (1, SystemExit)
        assert ":1:19: Le 2026-13-01 n'existe pas dans le calendrier." in resultat.output
        assert ":2:6: Seules les adresses http:// et https:// sont acceptées" in resultat.output


def test_a_site_without_hubs_is_told_how_to_name_one(lancer) -> None:
    resultat = lancer("federer")
    assert resultat.exit_code == 1
    assert "docs/federer.md" in resultat.output


def test_federer_says_what_became_of_each_hub_and_sets_its_code(lancer, tmp_path: Path) -> None:
    monde.geo(tmp_path / "geo")
    monde.poser(tmp_path / "val", monde.paquet(monde.fiches("99")))
    texte = (RACINE / "carte.yml").read_text(encoding="utf-8").replace("publication_precedente:", "# ")
    for nom, ou in (("offers", "offers"), ("geo", "geo"), ("build", "build")):
        texte = texte.replace(f": {nom}\n", f": {tmp_path / ou}\n")
    hubs = f"""federation:
  - {{nom: Hub du Val, adresse: {tmp_path / "val"}, departements: ["99"]}}
  - {{nom: Hub absent, adresse: {tmp_path / "absent"}, departements: ["99"]}}
"""
    fichier = tmp_path / "carte.yml"
    fichier.write_text(texte + hubs, encoding="utf-8")
    (tmp_path / "offers").mkdir()
    resultat = lancer("federer", "--config", str(fichier))
    assert resultat.exit_code == 4
    assert "Hub du Val : 46 fiches du 2026-11-02 : 46 nouvelles, 0 changées, 0 parties.\n" in resultat.output
    assert "Hub absent : aucun bon paquet, aucune de ses fiches n'est publiée." in resultat.output
    assert resultat.output.endswith("Fiches : 0 de ce site, 46 d'autres hubs.\n")
