"""The check of a proposal: each problem at its line on GitHub or GitLab, and the whole list in GitHub's summary."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import click

from carte.records import Problem, en_github, en_gitlab, en_sommaire


def annoncer(
    problemes: Sequence[Problem], titre: str, depuis: Path, racine: Path, environ: Mapping[str, str] = os.environ
) -> None:
    """Print the annotation of each problem; add their list, under `titre`, to the summary that the job names.

    Problems name their files from the folder `depuis`. GitHub names them from the root of the repository, which it
    tells in `environ`; elsewhere it is `racine`. Raises OSError when the summary cannot be written.
    """
    depot = Path(environ.get("GITHUB_WORKSPACE") or racine).resolve()
    situes = [_depuis(depot, depuis, probleme) for probleme in problemes]
    if situes:
        click.echo(en_github(situes))
    if sommaire := environ.get("GITHUB_STEP_SUMMARY"):
        with Path(sommaire).open("a", encoding="utf-8") as fichier:
            fichier.write(en_sommaire(situes, titre, _adresse(environ)))


def rapport_gitlab(problemes: Sequence[Problem], depuis: Path, racine: Path) -> str:
    """The report that GitLab shows at the lines of a proposal; files as in `annoncer`."""
    return en_gitlab(_depuis(racine.resolve(), depuis, probleme) for probleme in problemes)


def _depuis(depot: Path, depuis: Path, probleme: Problem) -> Problem:
    """The problem, its file named from the root of the repository when it lies there."""
    complet = depuis.resolve() / probleme.fichier
    if not complet.is_relative_to(depot):
        return probleme
    return replace(probleme, fichier=complet.relative_to(depot).as_posix())


def _adresse(environ: Mapping[str, str]) -> str | None:
    """The address of the repository's files at this commit; None when GitHub does not say it whole."""
    serveur, depot, commit = (environ.get(f"GITHUB_{nom}") for nom in ("SERVER_URL", "REPOSITORY", "SHA"))
    return f"{serveur}/{quote(depot)}/blob/{quote(commit)}" if serveur and depot and commit else None
