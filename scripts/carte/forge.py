"""The check of a pull request on GitHub: each problem at its line, and the whole list in the summary of the job."""

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import click

from carte.records import Chargement, Problem, en_github, en_sommaire, resume


def annoncer(chargement: Chargement, lieux: Path, racine: Path, environ: Mapping[str, str] = os.environ) -> None:
    """Print the annotations of a reading of the records `lieux`; add their list to the summary that the job names.

    GitHub names files from the root of the repository, which it tells in `environ`; elsewhere it is `racine`.
    Raises OSError when the summary cannot be written.
    """
    depot = Path(environ.get("GITHUB_WORKSPACE") or racine).resolve()
    problemes = [_depuis(depot, lieux, probleme) for probleme in chargement.problemes]
    if problemes:
        click.echo(en_github(problemes))
    if sommaire := environ.get("GITHUB_STEP_SUMMARY"):
        with Path(sommaire).open("a", encoding="utf-8") as fichier:
            fichier.write(en_sommaire(problemes, resume(chargement), _adresse(environ)))


def _depuis(depot: Path, lieux: Path, probleme: Problem) -> Problem:
    """The problem, its file named from the root of the repository."""
    parent = lieux.parent.resolve()
    if not parent.is_relative_to(depot) or parent == depot:
        return probleme
    return replace(probleme, fichier=f"{parent.relative_to(depot).as_posix()}/{probleme.fichier}")


def _adresse(environ: Mapping[str, str]) -> str | None:
    """The address of the repository's files at this commit; None when GitHub does not say it whole."""
    serveur, depot, commit = (environ.get(f"GITHUB_{nom}") for nom in ("SERVER_URL", "REPOSITORY", "SHA"))
    return f"{serveur}/{quote(depot)}/blob/{quote(commit)}" if serveur and depot and commit else None
