"""Lists made again after places came, went or moved, in the place of the former ones: the same as all made anew."""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pandas
import pytest

import plusieurs
from carte.memoire import SANS_MEMOIRE, Memoire
from carte.picture import Picture
from carte.publication import Chantier, publication
from carte.publish import listes, search
from carte.publish.atlas import Atlas
from carte.publish.reprise import Reprise
from carte.records import Enregistrement
from publish import monde
from publish.conftest import Socle

GRAINES = range(6)
TOURS = 6
SERVICES = (
    ["Aide aux démarches administratives"],
    ["Maîtrise des outils numériques du quotidien"],
    ["Accès internet et matériel informatique", "Aide aux démarches administratives"],
)


def pays() -> Atlas:
    """Four départements side by side, each with one EPCI, the last one across a border."""
    territoire = plusieurs.territoire(["36", "37", "18"], ["23"])
    communes = territoire.communes
    communes["code_epci"] = ["2" + code for code in communes["code_departement"]]
    communes.loc[communes["code_insee"].isin(["37001", "37002"]), "code_epci"] = "218"
    codes = sorted(communes["code_epci"].unique())
    return Atlas(replace(territoire, epci=pandas.DataFrame({"code_epci": codes, "nom": [f"CC {c}" for c in codes]})))


def _telephone(fiche: Enregistrement, hasard: random.Random) -> Enregistrement:
    numero = f"+332{hasard.randrange(10**8):08d}"
    return replace(fiche, lieu=fiche.lieu.model_copy(update={"telephone": numero}))


def _place(fiche: Enregistrement, hasard: random.Random) -> Enregistrement:
    """Somewhere else in its commune, about, which can be nearer to another département."""
    ailleurs = {"latitude": 44.0 + 0.6 * hasard.random(), "longitude": -1.0 + 3.6 * hasard.random()}
    return replace(fiche, lieu=fiche.lieu.model_copy(update=ailleurs))


def _services(fiche: Enregistrement, hasard: random.Random) -> Enregistrement:
    return replace(fiche, lieu=fiche.lieu.model_copy(update={"services": hasard.choice(SERVICES)}))


def _nom(fiche: Enregistrement, hasard: random.Random) -> Enregistrement:
    return replace(fiche, lieu=fiche.lieu.model_copy(update={"nom": f"Espace {hasard.randrange(1000)}"}))


GESTES: Sequence[Callable[[Enregistrement, random.Random], Enregistrement]] = (_telephone, _place, _services, _nom)


def changer(
    fiches: dict[str, Enregistrement], toutes: Sequence[Enregistrement], hasard: random.Random
) -> dict[str, Enregistrement]:
    """One or two records changed, one that went away, one that came back."""
    neuves = dict(fiches)
    for identifiant in hasard.sample(sorted(neuves), 2):
        neuves[identifiant] = hasard.choice(GESTES)(neuves[identifiant], hasard)
    if hasard.random() < 0.5:
        del neuves[hasard.choice(sorted(neuves))]
    revenue = hasard.choice(toutes)
    return dict(sorted((neuves | {revenue.identifiant: revenue}).items()))


def ecrire(fiches: dict[str, Enregistrement], atlas: Atlas, socle: Socle, site: Path, garde: Memoire) -> dict[str, str]:
    """The lists and the search of these records, through a publication: path → content."""
    lues = [replace(f, contenu=sha256(repr(f.lieu).encode()).hexdigest()) for f in fiches.values()]
    image = SimpleNamespace(enregistrements=lues, couches="couches", configuration=monde.configuration())
    points, libelles = atlas.points(lues), monde.libelles()
    with publication(site, memoire=lambda: garde) as chantier:
        reprise = Reprise.de(garde, cast(Picture, image))
        listes.ecrire(points, socle.shell, atlas, libelles, monde.JOUR, chantier, (), reprise)
        search.ecrire(points, atlas, libelles, chantier, jour=monde.JOUR, reprise=reprise, un_seul_fichier=5)
    return {chemin: (site / chemin).read_text(encoding="utf-8") for chemin in Chantier.sur(site).chemins()}


@pytest.mark.parametrize("graine", GRAINES)
def test_whatever_changes_the_lists_are_those_of_a_whole_build(tmp_path: Path, socle: Socle, graine: int) -> None:
    hasard, atlas = random.Random(graine), pays()
    toutes = plusieurs.lieux(atlas.territoire, 4)
    fiches = {fiche.identifiant: fiche for fiche in toutes[::2]}
    garde = Memoire(tmp_path / "memoire", "programme", b"s" * 32)
    for tour in range(TOURS):
        repris = ecrire(fiches, atlas, socle, tmp_path / "site", garde)
        entier = ecrire(fiches, atlas, socle, tmp_path / f"entier-{tour}", SANS_MEMOIRE)
        assert repris == entier, f"tour {tour}"
        fiches = changer(fiches, toutes, hasard)


def test_a_telephone_leaves_the_lists_that_do_not_name_the_place(tmp_path: Path, socle: Socle) -> None:
    atlas = pays()
    fiches = {fiche.identifiant: fiche for fiche in plusieurs.lieux(atlas.territoire, 9)}
    garde = Memoire(tmp_path / "memoire", "programme", b"s" * 32)
    ecrire(fiches, atlas, socle, tmp_path / "site", garde)
    avant = {f: f.stat().st_mtime_ns for f in (tmp_path / "site").rglob("*.html")}
    fiches["36/france-services-000"] = _telephone(fiches["36/france-services-000"], random.Random(0))
    ecrire(fiches, atlas, socle, tmp_path / "site", garde)
    refaites = {f.parent.name for f, instant in avant.items() if f.stat().st_mtime_ns != instant}
    assert "36001" in refaites
    assert not {page for page in refaites if len(page) == 5 and page.startswith(("18", "23"))}, "far from there"
