"""The agreement table: our engine, opening-hours-py and opening_hours.js on the same texts at the same instants.

`PYTHONPATH=tests python -m hours_js.accord` writes it again in `accord.md`: the demonstration, the Indre, a drawn set.
"""

import random
import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

import opening_hours as paquet_python

from carte import nomenclature
from carte.hours import Etat, HorairesInvalides, calendrier, etat, parse
from carte.records import Arret, Contexte, Lieu, Permanence, lire
from hours import tirages
from hours.explications import EXPLICATIONS, FERMETURES_SEULES, Explication, minuit_passe
from hours.tirages import PARIS
from hours_js.indre import lieux_de_l_indre
from hours_js.noeud import lancer

REFUSE = "refusé"
TABLE = Path(__file__).with_name("accord.md")
_TITRE = """# Accord du moteur d'horaires avec deux bibliothèques indépendantes

Écrit par `PYTHONPATH=tests python -m hours_js.accord` ; les tests le refont et le comparent. `unknown` réunit ici les
états « inconnu » et « sur rendez-vous », que les bibliothèques ne distinguent pas.
"""
INDRE = calendrier("36")
# Both libraries know three states: a place that receives by appointment is « unknown » to them.
_ETATS = {Etat.OUVERT: "open", Etat.FERME: "closed", Etat.INCONNU: "unknown", Etat.SUR_RENDEZ_VOUS: "unknown"}

EXPLICATIONS_JS = [
    FERMETURES_SEULES,
    Explication(
        "fin-prolongee",
        "after `10:00-12:00+` the place may still be open; the peer closes it at 12:00",
        lambda t: bool(re.search(r"-\d\d:\d\d\+", t)),
        "Mo-Fr 10:00-12:00+",
        "2026-12-24T14:00",
        Etat.INCONNU,
    ),
    Explication(
        "vacances",
        "the peer starts school holidays on Sunday (classes stop on Friday evening), does not doubt « ponts » and "
        "refuses the years that it has no calendar for",
        lambda t: "SH" in t,
        "SH 09:00-12:00",
        "2026-02-14T10:00",
        Etat.OUVERT,
    ),
    Explication(
        "fevrier",
        "the peer never matches `Feb 20-28` outside leap years",
        lambda t: bool(re.search(r"Feb \d+-2[89]", t)),
        "Feb 20-28",
        "2026-02-25T20:00",
        Etat.OUVERT,
    ),
    Explication(
        "heure-d-ete",
        "the peer repeats, one hour long, the night that began on the eve of a clock change",
        minuit_passe,
        "Sa 21:00-26:30",
        "2026-03-30T00:00",
        Etat.FERME,
    ),
]


class Ligne(NamedTuple):
    """One disagreement: what each says, and why (empty: unexplained)."""

    texte: str
    instant: datetime
    ici: str
    python: str
    js: str
    pourquoi: str


def tableau(questions: Mapping[str, Sequence[datetime]], node_path: Path | None = None) -> list[Ligne]:
    """Every (text, local instant of Paris) on which one of the two libraries does not say what we say."""
    return ecarts(comparer(questions, node_path))


def ecarts(lignes: Iterable[Ligne]) -> list[Ligne]:
    """Those on which one of the two libraries does not say what we say."""
    return [ligne for ligne in lignes if {ligne.python, ligne.js} - {ligne.ici, REFUSE}]


def comparer(questions: Mapping[str, Sequence[datetime]], node_path: Path | None = None) -> list[Ligne]:
    """What the three say of every (text, local instant of Paris)."""
    lot = [{"texte": t, "instants": [_ms(i) for i in instants]} for t, instants in questions.items()]
    # It reads the clock of its machine; NODE_PATH lets it be installed elsewhere than in the project.
    environnement = {"TZ": "Europe/Paris"} | ({"NODE_PATH": str(node_path)} if node_path else {})
    reponses = lancer("pair.mjs", {"cas": lot}, environnement)
    return [
        _ligne(texte, instant, js or REFUSE)
        for (texte, instants), reponse in zip(questions.items(), reponses, strict=True)
        for instant, js in zip(instants, reponse, strict=True)
    ]


def _ligne(texte: str, instant: datetime, js: str) -> Ligne:
    ici = _ETATS[etat(parse(texte), instant.replace(tzinfo=PARIS), INDRE)]
    python = _en_python(texte, instant)
    causes = [_causes(texte, nom, e) for nom, dit, e in _bibliotheques(python, js) if dit not in (ici, REFUSE)]
    return Ligne(texte, instant, ici, python, js, " ; ".join(causes) if all(causes) else "")


def _bibliotheques(python: str, js: str) -> list[tuple[str, str, list[Explication]]]:
    return [("Python", python, EXPLICATIONS), ("JavaScript", js, EXPLICATIONS_JS)]


def _causes(texte: str, nom: str, explications: Iterable[Explication]) -> str:
    causes = [e.cle for e in explications if e.concerne(texte)]
    return f"{nom} : {', '.join(causes)}" if causes else ""


def _en_python(texte: str, instant: datetime) -> str:
    try:
        return str(paquet_python.OpeningHours(texte, country="FR").state(instant)[0])
    except paquet_python.ParserError:  # type: ignore[attr-defined]
        return REFUSE


def _ms(instant: datetime) -> int:
    return round(instant.replace(tzinfo=PARIS).timestamp() * 1000)


def textes_des_lieux(lieux: Iterable[Lieu]) -> list[str]:
    """Every hours text of records that we read, of places, permanences and stops, once each."""
    textes = {t for lieu in lieux for porteur in _porteurs(lieu) if (t := porteur.horaires)}
    return sorted(t for t in textes if lisible(t))


def _porteurs(lieu: Lieu) -> list[Lieu | Permanence | Arret]:
    return [lieu, *(lieu.permanences or ()), *(lieu.tournee or ())]


def lisible(texte: str) -> bool:
    """Whether our parser understands the text; what it refuses has no state to compare."""
    try:
        parse(texte)
    except HorairesInvalides:
        return False
    return True


def tirage(hasard: random.Random, nombre: int) -> list[str]:
    """Drawn texts that we read, in order."""
    return sorted({t for _ in range(nombre) if lisible(t := tirages.texte(hasard))})


def lieux_de_la_demonstration(racine: Path) -> list[Lieu]:
    """The records kept in the repository."""
    contexte = Contexte(date(2026, 11, 23), nomenclature.lire(racine / "offers" / "nomenclature"))
    return [e.lieu for e in lire(racine / "offers", contexte).enregistrements]


def interroger(textes: Iterable[str], nombre: int) -> list[Ligne]:
    """What the three say of each text, at drawn instants: the same ones each time."""
    hasard = random.Random(36)
    return comparer({texte: tirages.instants(hasard, nombre) for texte in textes})


def section(titre: str, lignes: Sequence[Ligne], *, exemples: int) -> str:
    """One set: how many answers agree, then its disagreements, one line by text and cause."""
    textes = len({ligne.texte for ligne in lignes})
    entete = [
        f"## {titre}",
        "",
        f"{textes} textes, {len(lignes)} réponses comparées.",
        "",
        "| bibliothèque | d'accord | en désaccord | textes refusés (parfois) |",
        "|---|---|---|---|",
        _compte("opening-hours-py", [(ligne.texte, ligne.ici, ligne.python) for ligne in lignes]),
        _compte("opening_hours.js", [(ligne.texte, ligne.ici, ligne.js) for ligne in lignes]),
        "",
    ]
    differentes = ecarts(lignes)
    if not differentes:
        return "\n".join([*entete, "Aucun désaccord.", ""])
    inexpliques = sum(1 for ligne in differentes if not ligne.pourquoi)
    return "\n".join(
        [*entete, f"Désaccords sans explication : {inexpliques}.", "", *_groupes(differentes, exemples), ""]
    )


def _compte(nom: str, reponses: Sequence[tuple[str, str, str]]) -> str:
    refuses = {texte for texte, _, dit in reponses if dit == REFUSE}
    egales = sum(1 for _, ici, dit in reponses if dit == ici)
    autres = sum(1 for _, ici, dit in reponses if dit not in (ici, REFUSE))
    return f"| {nom} | {egales} | {autres} | {len(refuses)} |"


def _groupes(lignes: Iterable[Ligne], exemples: int) -> list[str]:
    """Disagreements by cause: how many, and the first texts with what each says."""
    nombres = Counter((li.pourquoi, li.texte, li.ici, li.python, li.js) for li in lignes)
    rangees = [
        f"| `{texte.replace('|', chr(92) + '|')}` | {ici} | {python} | {js} | {nombres[cle]} | {cause} |"
        for cause in sorted({cle[0] for cle in nombres})
        for cle in sorted(c for c in nombres if c[0] == cause)[:exemples]
        for _, texte, ici, python, js in [cle]
    ]
    return [
        "| texte | Carte | opening-hours-py | opening_hours.js | fois | pourquoi |",
        "|---|---|---|---|---|---|",
        *rangees,
    ]


def raisons() -> str:
    """Every cause of disagreement, in words, with a text on which it shows."""
    return "\n".join(
        f"- {nom}, {e.cle} : {e.pourquoi} (`{e.temoin}`)"
        for nom, _, explications in _bibliotheques("", "")
        for e in explications
    )


def demonstration(racine: Path) -> list[Ligne]:
    """Every text of the records kept in the repository."""
    return interroger(textes_des_lieux(lieux_de_la_demonstration(racine)), 60)


def indre(partage: Path, racine: Path, travail: Path) -> list[Ligne]:
    """Every text of the real Indre, imported in `travail`."""
    return interroger(textes_des_lieux(lieux_de_l_indre(partage, racine, travail)), 60)


def tires() -> list[Ligne]:
    """A thousand drawn texts: the same ones each time."""
    return interroger(tirage(random.Random(20261123), 1_000), 6)


def sections(demo: Sequence[Ligne], indre: Sequence[Ligne], tires: Sequence[Ligne]) -> list[str]:
    """Every disagreement on real records; three examples by cause on the drawn texts."""
    return [
        section("Démonstration", demo, exemples=1_000),
        section("Indre", indre, exemples=1_000),
        section("Mille textes tirés au hasard", tires, exemples=3),
    ]


def main() -> int:
    racine = Path(__file__).resolve().parents[2]
    with tempfile.TemporaryDirectory() as travail:
        lignes = demonstration(racine), indre(racine.parent / "shared", racine, Path(travail)), tires()
    TABLE.write_text("\n".join([_TITRE, *sections(*lignes), "## Pourquoi", "", raisons(), ""]), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
