"""A proposal, from two commits to its comment: what changes in the records, then in the report."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner

from carte.boucle import commentaire
from carte.boucle.commentaire import Comparaison
from carte.boucle.comparer import Champ, Fiche, Genre
from carte.cli import cli
from carte.commandes import MARQUE_HUB
from carte.demo.ecriture import fichiers
from carte.records import Gravite, Problem
from depots import git
from sites import RACINE


@pytest.fixture
def depot(avec_git: None, tmp_path: Path) -> Path:
    """A hub's own repository, with the records of the demonstration and the program's layers."""
    texte = (RACINE / "carte.yml").read_text(encoding="utf-8").replace("geo: geo", f"geo: {RACINE / 'geo'}")
    texte = re.sub("publication_precedente:.*", "", texte)
    (tmp_path / "carte.yml").write_text(texte, encoding="utf-8")
    (tmp_path / MARQUE_HUB).write_text("ADRESSE :=\n", encoding="utf-8")
    # As they are made: those of the project may be corrected by anybody.
    for nom, contenu in fichiers().items():
        if nom.startswith("offers/"):
            (tmp_path / nom).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / nom).write_text(contenu, encoding="utf-8")
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "Fiches")
    return tmp_path


def comparer(depot: Path, *options: str, base: str = "main") -> str:
    resultat = CliRunner().invoke(cli, ["comparer", base, "--config", str(depot / "carte.yml"), *options])
    assert resultat.exit_code == 0, resultat.output
    return resultat.output


def changer(depot: Path, nom: str, ancien: str, nouveau: str) -> None:
    fiche = depot / "offers" / "99" / f"{nom}.yml"
    texte = fiche.read_text(encoding="utf-8")
    assert ancien in texte
    fiche.write_text(texte.replace(ancien, nouveau), encoding="utf-8")


def test_a_proposal_is_told_in_one_comment(depot: Path) -> None:
    """Two commits: the comment is the one a reviewer was shown, byte for byte."""
    git(depot, "checkout", "-q", "-b", "proposition")
    changer(depot, "agence-france-travail-valbourg", 'telephone: "+33199003949"', 'telephone: "+33199003950"')
    changer(depot, "agence-france-travail-valbourg", "08:30-12:15,13:15-16:15", "08:30-12:15")
    git(depot, "mv", "offers/99/agence-postale-de-landerose.yml", "offers/99/agence-postale.yml")
    changer(
        depot, "agence-postale", "services:", 'anciens_identifiants:\n  - "99/agence-postale-de-landerose"\nservices:'
    )
    git(depot, "rm", "-q", "offers/99/atelier-du-moulin-bleu.yml")
    origine = (depot / "offers/99/agence-postale-de-la-fontaine-au-coeur.yml").read_text(encoding="utf-8")
    (depot / "offers/99/nouveau.yml").write_text(origine, encoding="utf-8")
    git(depot, "add", ".")
    git(depot, "commit", "-q", "-m", "Correction")
    attendu = (Path(__file__).parent / "commentaire_attendu.md").read_text(encoding="utf-8")
    assert comparer(depot, "--format", "markdown") == attendu


def test_what_is_not_committed_counts_and_a_layout_alone_does_not(depot: Path) -> None:
    assert comparer(depot) == f"Aucune fiche ne change\n\n{commentaire._AUCUN_EFFET}\n"
    changer(
        depot,
        "agence-france-travail-valbourg",
        'commune: Valbourg\ncode_insee: "99058"',
        'code_insee: "99058"\ncommune:   Valbourg',
    )
    assert comparer(depot, "--sans-effet").splitlines()[0] == "Aucune fiche ne change"
    changer(depot, "agence-france-travail-valbourg", "date_maj: 2026-01-19", "date_maj: 2026-01-20")
    assert comparer(depot, "--sans-effet").splitlines() == [
        "1 fiche changée",
        "",
        "France Travail de Valbourg (Valbourg), fiche changée : 99/agence-france-travail-valbourg",
        "  date_maj : 2026-01-19 -> 2026-01-20",
        "",
        "Les chiffres du rapport n’ont pas été calculés.",
    ]


def test_a_fault_is_said_and_stops_the_figures_only(depot: Path) -> None:
    changer(depot, "agence-france-travail-valbourg", "date_maj: 2026-01-19", "date_maj: 2026-13-19")
    dit = comparer(depot, "--format", "markdown")
    assert "À corriger d’abord" in dit and "2026-13-19" in dit
    assert "Les chiffres du rapport seront calculés quand les problèmes bloquants seront corrigés." in dit


def test_a_record_mended_after_the_publication_is_not_one_of_the_future(depot: Path) -> None:
    """The day is that of `carte valider`: what it accepts has its figures."""
    changer(depot, "agence-france-travail-valbourg", "date_maj: 2026-01-19", "date_maj: 2026-11-20")
    dit = comparer(depot)
    assert "date_maj : 2026-01-19 -> 2026-11-20" in dit
    assert "futur" not in dit and "problèmes bloquants" not in dit


def test_the_communes_and_the_epci_that_move_are_named(depot: Path) -> None:
    """With a single place left, most of the département is far from everything."""
    for fiche in sorted((depot / "offers" / "99").glob("*.yml")):
        if fiche.stem != "agence-france-travail-valbourg":
            fiche.unlink()
    dit = comparer(depot).replace("\xa0", " ")
    perdues = re.search(
        r"\n  (\d+) communes de moins à 20 minutes au plus d’un lieu \(([\d ]+) habitants\) : (.*)\.\n", dit
    )
    assert perdues is not None
    assert perdues[3].endswith(f" et {int(perdues[1]) - 7} autres"), "the sentence counts what it does not name"
    assert (
        "CC Lône et Bocage (Val-d'Exemple), déficit d’accès à 20 minutes d’un lieu : non avant, en déficit après.\n"
        in dit
    )
    assert "  après : La carte recense 1 lieu pour" in dit


@pytest.mark.parametrize(
    ("base", "attendu"),
    [("absente", "ne la connaît pas"), ("--upload-pack=x", "option"), ("main:offers", "ne la connaît pas")],
)
def test_a_base_that_is_not_a_commit_is_refused(depot: Path, base: str, attendu: str) -> None:
    resultat = CliRunner().invoke(cli, ["comparer", "--config", str(depot / "carte.yml"), base])
    assert resultat.exit_code in (1, 2)
    assert attendu in resultat.output.lower()


class _Balises(HTMLParser):
    """The marks of a comment, and its text outside of code."""

    def __init__(self) -> None:
        super().__init__()
        self.balises: set[str] = set()
        self.attributs: set[str] = set()
        self.hors_code = ""
        self._code = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.balises.add(tag)
        self.attributs |= {nom for nom, _ in attrs}
        self._code += tag == "code"

    def handle_endtag(self, tag: str) -> None:
        self._code -= tag == "code"

    def handle_data(self, data: str) -> None:
        self.hors_code += "" if self._code else data


HOSTILE = "@equipe #12 </code></details><img src=x onerror=alert(1)>\n\n# Approuvé ![x](https://x.example) `a`\u202e"


def test_no_text_of_a_record_leaves_its_code() -> None:
    """No mark, no mention of somebody, no title, no image, whatever a record holds."""
    fiche = Fiche(Genre.CHANGEMENT, "99/x", HOSTILE, HOSTILE, (Champ("nom", (HOSTILE,), (HOSTILE, HOSTILE)),))
    rendu = commentaire.en_markdown(Comparaison([fiche], effets=()))
    lecteur = _Balises()
    lecteur.feed(rendu)
    assert lecteur.balises == {"details", "summary", "strong", "code", "table", "tr", "th", "td", "br"}
    assert lecteur.attributs == {"open"}
    assert not any(signe in lecteur.hors_code for signe in ("@", "#12", "Approuvé", "`", "!["))
    assert "\u202e" not in rendu
    bloc = rendu[rendu.index("<details") : rendu.index("</details>\n")]
    assert "\n\n" not in bloc, "an empty line would end the block and begin Markdown"
    assert "\u202e" not in commentaire.en_texte(Comparaison([fiche], effets=()))


def test_a_comment_never_gets_too_long() -> None:
    champs = tuple(Champ(f"champ_{rang}", ("&" * 900,), ()) for rang in range(40))
    fiches = [Fiche(Genre.CHANGEMENT, f"99/f{rang}", "Nom", "Commune", champs) for rang in range(9)]
    rendu = commentaire.en_markdown(Comparaison(fiches, effets=()))
    assert len(rendu) <= commentaire.TAILLE_MAX
    assert "Et 9 fiches de plus, que ce message ne peut pas contenir." in rendu
    assert rendu.endswith(f"{commentaire._AUCUN_EFFET}\n")


def test_many_possible_doubles_leave_room_for_the_rest() -> None:
    """No block is cut in its middle: a mark left open would swallow what follows."""
    doubles = [Problem("offers/99/a.yml", 1, 1, "nom", "", "x" * 900, Gravite.CONSEIL, "doublon")] * 90
    rendu = commentaire.en_markdown(Comparaison([], doubles, effets=()))
    assert len(rendu) <= commentaire.TAILLE_MAX
    assert "<li>et 70 de plus" in rendu
    assert rendu.count("<ul>") == rendu.count("</ul>") and commentaire._AUCUN_EFFET in rendu
