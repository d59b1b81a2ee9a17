"""A deployment's configuration: read, or refused with the key at fault."""

from datetime import date
from pathlib import Path

import pytest

from carte.config import ConfigurationInvalide, Priorite, Revision, lire
from carte.entrees import parametres_choisis

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
    configuration = lire(_ecrire(tmp_path, VALIDE), tmp_path)
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
        lire(_ecrire(tmp_path, VALIDE.replace(*changement)), tmp_path)
    assert message in erreur.value.format_message()


def test_an_absent_configuration_says_so(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationInvalide, match="n'existe pas"):
        lire(tmp_path / "absent.yml", tmp_path)


def test_weights_of_priority_are_relative(tmp_path: Path) -> None:
    assert lire(_ecrire(tmp_path, VALIDE), tmp_path).priorite == Priorite({"distance": 1, "debit": 1, "besoin": 1})
    texte = VALIDE + "priorite: {poids: {distance: 40, besoin: 60}, normalisation: rang}\n"
    configuration = lire(_ecrire(tmp_path, texte), tmp_path)
    assert configuration.priorite == Priorite({"distance": 40.0, "besoin": 60.0}, "rang")
    parametres = parametres_choisis(configuration)
    assert parametres.parts_priorite == {"distance": 0.4, "besoin": 0.6}
    assert parametres.normalisation == "rang"


@pytest.mark.parametrize(
    ("section", "message"),
    [
        (
            "  poids:\n    distance: 1\n    ifn: 2",
            ":12:5 : critère inconnu « ifn ». Critères possibles : dist",
        ),
        ("  poids:\n    debit: -1", ":11:5 : le poids de « debit » vaut « -1 »"),
        ("  poids:\n    debit: beaucoup", "le poids de « debit » vaut « beaucoup »"),
        ("  poids:\n    debit: true", "le poids de « debit » vaut « True »"),
        ("  poids:\n    debit: .inf", "le poids de « debit » vaut « inf »"),
        ("  poids:\n    debit: .nan", "le poids de « debit » vaut « nan »"),
        ("  poids: {debit: 0}", ":10:3 : la somme des poids est nulle"),
        ("  poids: {}", "la somme des poids est nulle"),
        ("  poids: 3", "« priorite.poids » attend une ligne par critère"),
        ("  normalisation: z", ":10:3 : « priorite.normalisation » vaut « z » ; valeurs possibles : min-max, rang"),
        ("  pois: {debit: 1}", ":10:3 : clé inconnue « priorite.pois »"),
    ],
    ids=["critère", "négatif", "texte", "booléen", "infini", "nan", "zéro", "vide", "nombre", "normalisation", "clé"],
)
def test_a_wrong_weight_is_shown_where_it_is(tmp_path: Path, section: str, message: str) -> None:
    fichier = _ecrire(tmp_path, VALIDE + "priorite:\n" + section + "\n")
    with pytest.raises(ConfigurationInvalide) as erreur:
        lire(fichier, tmp_path)
    assert message in erreur.value.format_message()
    assert erreur.value.format_message().startswith(str(fichier))


def test_a_wrong_threshold_is_shown_where_it_is(tmp_path: Path) -> None:
    fichier = _ecrire(tmp_path, VALIDE + "seuils:\n  voiture: [20]\n  pied: -1\n")
    with pytest.raises(ConfigurationInvalide, match=r"carte\.yml:11:3 : « seuils\.pied »"):
        lire(fichier, tmp_path)


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("", None),
        ("publication_precedente: anciennes/donnees", Path("anciennes/donnees")),
        ('publication_precedente: {revision: "v2026-05"}', ("v2026-05", "carte.yml")),
        ("publication_precedente: {revision: v/2026.1, configuration: autre/a.yml}", ("v/2026.1", "autre/a.yml")),
        ("publication_precedente: {revision: HEAD~3}", ("HEAD~3", "carte.yml")),
    ],
    ids=["aucune", "dossier", "étiquette", "autre-fichier", "relative"],
)  # fmt: skip
def test_a_former_publication_is_a_folder_or_a_revision(
    tmp_path: Path, texte: str, attendu: Path | tuple[str, str] | None
) -> None:
    lue = lire(_ecrire(tmp_path, VALIDE + texte), tmp_path).publication_precedente
    if isinstance(attendu, tuple):
        assert lue == Revision(*attendu, tmp_path.resolve())
    else:
        assert lue == (attendu and tmp_path / attendu)


@pytest.mark.parametrize(
    ("valeur", "message"),
    [
        ("[v1]", "attend un dossier, ou une ligne « revision:"),
        ('""', "attend un dossier"),
        ("{configuration: carte.yml}", "il manque la clé « publication_precedente.revision »"),
        ("{revision: v1, commit: a}", "clé inconnue « publication_precedente.commit »"),
        ("{revision: 1234567}", "entre guillemets"),
        ('{revision: "--output=x"}', ":9:26 : « publication_precedente.revision »"),
        ('{revision: "v1..v2"}', "« v1..v2 »"),
        ('{revision: "v1:offers"}', "« v1:offers »"),
        ('{revision: "v1 v2"}', "« v1 v2 »"),
        ('{revision: ""}', "attend une étiquette"),
        ("{revision: v1, configuration: ../carte.yml}", "attend le chemin du fichier dans le dépôt"),
        ("{revision: v1, configuration: /etc/passwd}", "attend le chemin du fichier dans le dépôt"),
        ("{revision: v1, configuration: 3}", "attend le chemin du fichier dans le dépôt"),
    ],
    ids=[
        "liste", "vide", "sans", "clé", "nombre", "option", "intervalle", "chemin", "espace", "rien", "dehors",
        "absolu", "type",
    ],
)  # fmt: skip
def test_a_wrong_former_publication_is_refused(tmp_path: Path, valeur: str, message: str) -> None:
    fichier = _ecrire(tmp_path, f"{VALIDE}publication_precedente: {valeur}\n")
    with pytest.raises(ConfigurationInvalide) as erreur:
        lire(fichier, tmp_path)
    assert message in erreur.value.format_message()


def test_a_configuration_outside_the_project_must_say_where_it_was(tmp_path: Path) -> None:
    racine = tmp_path / "projet"
    racine.mkdir()
    fichier = _ecrire(tmp_path, VALIDE + "publication_precedente: {revision: v1}\n")
    with pytest.raises(ConfigurationInvalide, match="le chemin du fichier dans le dépôt"):
        lire(fichier, racine)
