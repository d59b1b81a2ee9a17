"""A deployment's configuration: read, or refused with every fault at its place and what would be right."""

import re
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from carte.choix import CRITERES, Seuils
from carte.config import (
    Configuration,
    ConfigurationInvalide,
    Hub,
    Options,
    Priorite,
    Revision,
    Voisin,
    adresse_modification,
    adresse_nouvelle,
    lire,
)
from carte.config.ecrit import ConfigurationEcrite, OptionsEcrites, PoidsEcrits, PrioriteEcrite, SeuilsEcrits
from carte.entrees import parametres_choisis

RACINE = Path(__file__).resolve().parents[2]
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


def _fautes(dossier: Path, texte: str) -> list[str]:
    """The faults of a text, without the first line that announces them."""
    with pytest.raises(ConfigurationInvalide) as levee:
        lire(_ecrire(dossier, texte), dossier)
    annonce, *fautes = levee.value.message.splitlines()
    assert annonce == "Configuration à corriger :"
    assert all(re.match(r"carte\.yml:\d+:\d+: [^:]", faute) for faute in fautes)
    return fautes


def test_a_short_configuration_takes_the_default_thresholds(tmp_path: Path) -> None:
    configuration = lire(_ecrire(tmp_path, VALIDE), tmp_path)
    assert configuration.departements == ("2A", "2B")
    assert configuration.date_publication == date(2026, 11, 2)
    assert configuration.url == "https://carte.example/sous/dossier/"
    assert configuration.dossiers.geo == tmp_path / "geo"
    assert configuration.seuils == Seuils()
    assert configuration.options == Options()
    assert configuration.priorite == Priorite()
    assert configuration.depot is None
    assert configuration.demonstration is False


@pytest.mark.parametrize("fichier", ["carte.yml", *(f.name for f in (RACINE / "scripts/deploiements").glob("*.yml"))])
def test_the_configurations_of_the_project_are_right(fichier: str) -> None:
    chemin = RACINE / fichier if fichier == "carte.yml" else RACINE / "scripts/deploiements" / fichier
    assert isinstance(lire(chemin, RACINE), Configuration)


@pytest.mark.parametrize("codes", ['["99"]', '["99", "96"]'])
def test_the_fictional_territory_alone_may_be_said_fictional(tmp_path: Path, codes: str) -> None:
    texte = VALIDE.replace('["2A", "2B"]', codes) + "demonstration: true\n"
    assert lire(_ecrire(tmp_path, texte), tmp_path).demonstration is True
    with pytest.raises(ConfigurationInvalide, match="mais le département 49 est réel"):
        lire(_ecrire(tmp_path, texte.replace('"99"', '"99", "49"')), tmp_path)


def test_what_is_written_and_what_is_used_have_the_same_names() -> None:
    # Where the folder of records stands in the repository is not written: it is found.
    assert set(ConfigurationEcrite.model_fields) == {f.name for f in fields(Configuration)} - {"lieux_du_depot"}
    assert set(SeuilsEcrits.model_fields) == {f.name for f in fields(Seuils)}
    assert set(OptionsEcrites.model_fields) == {f.name for f in fields(Options)}
    assert set(PrioriteEcrite.model_fields) == {f.name for f in fields(Priorite)}
    assert set(PoidsEcrits.model_fields) == set(CRITERES)


CAS = {
    nom: (ancien.replace("⏎", "\n"), nouveau.replace("⏎", "\n"), attendu)
    for ligne in (Path(__file__).parent / "fautes_attendues.txt").read_text(encoding="utf-8").splitlines()
    if not ligne.startswith("#")
    for nom, ancien, nouveau, attendu in [ligne.split(" | ")]
}
"""Name → a text of VALIDE, what stands in its place, what its author reads."""


@pytest.mark.parametrize("cas", CAS)
def test_a_wrong_configuration_says_where_and_what_would_be_right(tmp_path: Path, cas: str) -> None:
    ancien, nouveau, attendu = CAS[cas]
    assert ancien in VALIDE
    fautes = "\n".join(_fautes(tmp_path, VALIDE.replace(ancien, nouveau, 1)))
    assert attendu in fautes


def test_every_fault_comes_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    texte = VALIDE.replace("hub:", "demonstration: non\nhub:").replace("11-02", "11-31").replace("geo: geo", "geo: 3")
    texte += "seuils:\n  pied: -1\n  velo: [20]\n  velo: [30]\n  vélo: [20]\npublication_precedente: []\nurl: https://autre.example/\n"
    places = [faute.split(": ")[0].removeprefix("carte.yml:") for faute in _fautes(tmp_path, texte)]
    assert places == ["3:16", "8:19", "9:32", "11:9", "13:3", "14:3", "15:25", "16:1"]


def test_a_file_that_is_no_configuration_is_said_in_one_line(tmp_path: Path) -> None:
    assert _fautes(tmp_path, "") == [
        "carte.yml:1:1: Le fichier est vide. Il faut au moins nom, hub, courriel, url, departements, date_publication "
        "et dossiers."
    ]
    assert _fautes(tmp_path, "- a\n") == [
        "carte.yml:1:1: Le fichier contient une liste : il doit contenir des lignes « champ: valeur »."
    ]


def test_neither_a_folder_nor_a_device_is_a_configuration(tmp_path: Path) -> None:
    for fichier in (tmp_path, Path("/dev/zero")):
        with pytest.raises(ConfigurationInvalide, match="ce n'est pas un fichier ordinaire"):
            lire(fichier, tmp_path)


def test_an_absent_configuration_says_so(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationInvalide, match="n'existe pas"):
        lire(tmp_path / "absent.yml", tmp_path)


def test_bytes_that_no_editor_shows_are_said(tmp_path: Path) -> None:
    fichier = tmp_path / "carte.yml"
    fichier.write_bytes(VALIDE.replace("Carte d'essai", "Élan").encode("latin-1"))
    with pytest.raises(ConfigurationInvalide, match=r"carte\.yml:2:7: Le fichier n'est pas en UTF-8"):
        lire(fichier, tmp_path)
    fichier.write_bytes(b"\xef\xbb\xbf" + VALIDE.encode())  # a byte order mark is an editor's habit, no fault
    assert lire(fichier, tmp_path).nom == "Carte d'essai"


@pytest.mark.partage
@pytest.mark.parametrize(
    ("nom", "attendu"),
    [
        ("carte-date-31-novembre", "9:19: Le 2026-11-31 n'existe pas dans le calendrier."),
        ("carte-date-9999", "9:19: Le 9999-12-31 est hors bornes"),
        ("carte-date-heure", "9:19: « date_publication » attend une date année-mois-jour. Vouliez-vous dire"),
        ("carte-depot-sans-https", "29:8: Il manque le début de l'adresse. Vouliez-vous dire « https://github.com/"),
        ("carte-seuil-inf", "17:17: « voiture » attend un nombre entier, par exemple 20."),
        ("config-fuzz-mois-13", "1:1: Le texte contient un caractère de contrôle (U+0000)"),
    ],
)  # fmt: skip
def test_configurations_that_broke_a_build(tmp_path: Path, partage: Path, nom: str, attendu: str) -> None:
    texte = (partage / f"data/cas/robustesse/{nom}.yml").read_text(encoding="utf-8")
    (faute,) = _fautes(tmp_path, texte)
    assert attendu in faute


@pytest.mark.partage
def test_a_mangled_configuration_tells_all_it_can(tmp_path: Path, partage: Path) -> None:
    texte = (partage / "data/cas/robustesse/config-fuzz-mois-13.yml").read_text(encoding="utf-8")
    fautes = _fautes(tmp_path, texte.replace("\0", ""))
    # Which of two dates is meant is for its author to say: that the first does not exist comes after.
    assert sum("est écrit deux fois" in faute for faute in fautes) == 7
    assert any("Il manque le champ « dossiers »" in faute for faute in fautes)


def test_minutes_are_sorted_and_said_once(tmp_path: Path) -> None:
    lue = lire(_ecrire(tmp_path, VALIDE + "seuils: {voiture: [30, 10, 30], deficit_epci_pct: 12.5}\n"), tmp_path)
    assert (lue.seuils.voiture, lue.seuils.deficit_epci_pct, lue.seuils.velo) == ((10, 30), 12.5, Seuils().velo)


def test_weights_of_priority_are_relative(tmp_path: Path) -> None:
    texte = VALIDE + "priorite: {poids: {distance: 40, besoin: 60}, normalisation: rang}\n"
    configuration = lire(_ecrire(tmp_path, texte), tmp_path)
    assert configuration.priorite == Priorite({"distance": 40.0, "besoin": 60.0}, "rang")
    parametres = parametres_choisis(configuration)
    assert parametres.parts_priorite == {"distance": 0.4, "besoin": 0.6}
    assert parametres.normalisation == "rang"


@pytest.mark.parametrize(
    ("section", "message"),
    [
        ("  poids:\n    distance: 1\n    ifn: 2", ":12:5: « ifn » n'est pas un champ connu. Champs"),
        ("  poids:\n    debit: -1", ":11:12: « debit » vaut -1 : le minimum est 0."),
        ("  poids:\n    debit: beaucoup", ":11:12: « debit » attend un nombre, par exemple 40."),
        ("  poids:\n    debit: true", ":11:12: « debit » attend un nombre, par exemple 40."),
        ("  poids:\n    debit: .inf", ":11:12: « debit » attend un nombre, par exemple 40."),
        ("  poids:\n    debit: 1.0e999", ":11:12: « debit » attend un nombre, par exemple 40."),
        ("  poids:\n    debit: .nan", ":11:12: « debit » attend un nombre, par exemple 40."),
        ("  poids: {debit: 0}", ":10:10: La somme des poids est nulle"),
        ("  poids: {}", ":10:10: La somme des poids est nulle"),
        ("  poids: 3", ":10:10: « poids » attend des lignes « champ: valeur »"),
        ("  normalisation: z", ":10:18: « z » n'est pas possible ici. Valeurs possibles : min-max, rang."),
        ("  pois: {debit: 1}", ":10:3: « pois » n'est pas un champ connu. Vouliez-vous dire « poids » ?"),
    ],
    ids=[
        "critère", "négatif", "texte", "booléen", "infini", "trop-grand", "nan", "zéro", "vide", "nombre",
        "normalisation", "clé",
    ],
)  # fmt: skip
def test_a_wrong_weight_is_shown_where_it_is(tmp_path: Path, section: str, message: str) -> None:
    (faute,) = _fautes(tmp_path, VALIDE + "priorite:\n" + section + "\n")
    assert message in faute


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("", None),
        ("publication_precedente:", None),
        ("publication_precedente: anciennes/donnees", Path("anciennes/donnees")),
        ('publication_precedente: {revision: "v2026-05"}', ("v2026-05", "carte.yml")),
        ("publication_precedente: {revision: v/2026.1, configuration: autre/a.yml}", ("v/2026.1", "autre/a.yml")),
        ("publication_precedente: {revision: HEAD~3}", ("HEAD~3", "carte.yml")),
    ],
    ids=["aucune", "vide", "dossier", "étiquette", "autre-fichier", "relative"],
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
        ("[v1]", "9:25: « publication_precedente » attend un dossier, ou une ligne « revision:"),
        ('""', "9:25: « publication_precedente » attend un dossier"),
        ("{configuration: carte.yml}", "9:25: Il manque le champ « revision »"),
        ("{revision: v1, commit: a}", "9:40: « commit » n'est pas un champ connu. Champs possibles : revision,"),
        ("{revision: 1234567}", '9:36: Ce nombre est lu comme un texte : mettez-le entre guillemets, "1234567".'),
        ('{revision: "--output=x"}', "9:36: « --output=x » n'est pas une révision"),
        ('{revision: "v1..v2"}', "« v1..v2 »"),
        ('{revision: "v1:offers"}', "« v1:offers »"),
        ('{revision: "v1 v2"}', "« v1 v2 »"),
        ('{revision: ""}', "attendu une étiquette"),
        ("{revision: v1, configuration: ../carte.yml}", "9:55: « ../carte.yml » : attendu le chemin du fichier dans"),
        ("{revision: v1, configuration: /etc/passwd}", "attendu le chemin du fichier dans le dépôt"),
        ("{revision: v1, configuration: 3}", "9:55: Ce nombre est lu comme un texte : mettez-le entre guillemets"),
    ],
    ids=[
        "liste", "vide", "sans", "clé", "nombre", "option", "intervalle", "chemin", "espace", "rien", "dehors",
        "absolu", "type",
    ],
)  # fmt: skip
def test_a_wrong_former_publication_is_refused(tmp_path: Path, valeur: str, message: str) -> None:
    (faute,) = _fautes(tmp_path, f"{VALIDE}publication_precedente: {valeur}\n")
    assert message in faute


def test_a_configuration_outside_the_project_must_say_where_it_was(tmp_path: Path) -> None:
    racine = tmp_path / "projet"
    racine.mkdir()
    fichier = _ecrire(tmp_path, VALIDE + "publication_precedente: {revision: v1}\n")
    with pytest.raises(ConfigurationInvalide, match=r"carte\.yml:9:25: Il manque le champ « configuration »"):
        lire(fichier, racine)


def test_where_the_records_are_edited(tmp_path: Path) -> None:
    """The path is that of the repository, whatever the folder is called; outside of it there is none."""
    depot = 'depot: "https://git.example/hub/carte"\nforge: forgejo\nbranche: stable\n'
    lue = lire(_ecrire(tmp_path, VALIDE.replace("lieux: offers", "lieux: donnees/fiches") + depot), tmp_path)
    assert (
        adresse_modification(lue, "2A/lieu") == "https://git.example/hub/carte/_edit/stable/donnees/fiches/2A/lieu.yml"
    )
    assert adresse_nouvelle(lue, "2A") == "https://git.example/hub/carte/_new/stable/donnees/fiches/2A"
    ailleurs = lire(_ecrire(tmp_path, VALIDE.replace("lieux: offers", "lieux: /ailleurs") + depot), tmp_path)
    assert adresse_modification(ailleurs, "2A/lieu") is None
    (faute,) = _fautes(tmp_path, VALIDE + depot.replace("forgejo", "gitlabb"))
    assert faute.endswith("Valeurs possibles : github, gitlab, forgejo. Vouliez-vous dire « gitlab » ?")
    assert "n'est pas une révision" in _fautes(tmp_path, VALIDE + depot.replace("stable", "--force"))[0]


@pytest.mark.parametrize(
    ("relecteurs", "faute"),
    [
        ('{36: ["@a"]}', 'Un code se met entre guillemets : "36".'),
        ('{"36": ["@a"]}', "Le département 36 n'est pas dans « departements »"),
        ('{"2a": ["@a"]}', "Vouliez-vous dire « 2A » ? Pour tout le reste du dépôt : « tout »."),
        ('{"2A": []}', "il faut au moins une valeur"),
        ('{"2A": [@a]}', "mettez-la entre guillemets"),
        ('{"2A": ["@a", "@a"]}', "« @a » est écrit deux fois"),
        ('{"2A": ["a@hub.example"]}', "ce fichier est public"),
        ('{"2A": ["@a\\n* @autre"]}', "n'est le compte de personne"),
        ('{"2A": ["@a # b"]}', "n'est le compte de personne"),
        ('{"2A": ["@a/../b"]}', "n'est le compte de personne"),
        ('{"2A": ["@a/b/c"]}', "seul GitLab a des groupes dans des groupes"),
        ('["@a"]', "attend des lignes « champ: valeur »"),
    ],
)
def test_a_reviewer_is_an_account_of_the_forge(tmp_path: Path, relecteurs: str, faute: str) -> None:
    assert faute in "\n".join(_fautes(tmp_path, f"{VALIDE}relecteurs: {relecteurs}\n"))


def test_reviewers_are_read_by_departement(tmp_path: Path) -> None:
    texte = f'{VALIDE}forge: gitlab\nrelecteurs: {{"2A": ["@hub/corse/sud", "@jo"], tout: ["@hub"]}}\n'
    lue = lire(_ecrire(tmp_path, texte), tmp_path)
    assert lue.relecteurs == {"2A": ("@hub/corse/sud", "@jo"), "tout": ("@hub",)}


def test_hubs_are_named_by_their_site_or_by_a_folder(tmp_path: Path) -> None:
    texte = f"""{VALIDE}
federation:
  - {{nom: "Hub de l'Île", adresse: "https://hub.example/carte", departements: ["2A"]}}
  - {{nom: Autre, adresse: "https://hub.example/carte/donnees/datapackage.json", departements: ["2B"]}}
  - {{nom: Clé, adresse: paquets/cle, departements: ["2A", "2B"]}}
voisins: [{{nom: Sardaigne, adresse: "https://sardaigne.example/"}}]
"""
    lue = lire(_ecrire(tmp_path, texte), tmp_path)
    site = "https://hub.example/carte/"
    assert lue.federation == (
        Hub("Hub de l'Île", f"{site}donnees/datapackage.json", ("2A",), site),
        Hub("Autre", f"{site}donnees/datapackage.json", ("2B",), site),
        Hub("Clé", tmp_path / "paquets/cle", ("2A", "2B")),
    )
    assert [hub.cle for hub in lue.federation] == ["hub-de-l-ile", "autre", "cle"]
    assert lue.voisins == (Voisin("Sardaigne", "https://sardaigne.example/"),)
    assert lue.dossiers.paquets == tmp_path / "federation"


@pytest.mark.parametrize(
    ("hubs", "faute"),
    [
        ('[{nom: A, adresse: "http://hub.example/", departements: ["2A"]}]', "est demandé par https"),
        ('[{nom: A, adresse: "https://10.0.0.1/", departements: ["2A"]}]', "est une adresse privée"),
        ('[{nom: A, adresse: "https://localhost/", departements: ["2A"]}]', "est une adresse privée"),
        ('[{nom: A, adresse: "https://x@hub.example/", departements: ["2A"]}]', "ne contient pas « @ »"),
        ('[{nom: A, adresse: "https://hub.example/?a=1", departements: ["2A"]}]', "ne contient ni « ? » ni « # »"),
        ('[{nom: A, adresse: "file:///etc", departements: ["2A"]}]', "Seules les adresses http:// et https://"),
        ('[{nom: A, adresse: "javascript:alert(1)", departements: ["2A"]}]', "attendu l'adresse d'un site"),
        ('[{nom: A, adresse: "~/hub", departements: ["2A"]}]', "attendu l'adresse d'un site"),
        ('[{nom: A, adresse: hub, departements: ["36"]}]', "Le département 36 n'est pas dans « departements »"),
        ("[{nom: A, adresse: hub, departements: []}]", "il faut au moins une valeur"),
        ("[{nom: A, adresse: hub}]", "Il manque le champ « departements »"),
        ('[{nom: "!!", adresse: hub, departements: ["2A"]}]', "n'a ni lettre ni chiffre"),
        (
            '[{nom: Hub É, adresse: a, departements: ["2A"]}, {nom: HUB-E, adresse: b, departements: ["2B"]}]',
            "« HUB-E » se confond avec « Hub É »",
        ),
        ("{nom: A}", "attend une liste"),
    ],
)
def test_a_wrong_hub_is_refused(tmp_path: Path, hubs: str, faute: str) -> None:
    assert faute in "\n".join(_fautes(tmp_path, f"{VALIDE}federation: {hubs}\n"))


@pytest.mark.parametrize("adresse", ["http://a.example/", "javascript:alert(1)", "dossier", "https://192.168.0.1/"])
def test_a_neighbour_is_a_public_site(tmp_path: Path, adresse: str) -> None:
    assert _fautes(tmp_path, f'{VALIDE}voisins: [{{nom: A, adresse: "{adresse}"}}]\n')
