"""The files of a hub's repository, made from its answers: values in, texts out."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from carte import config
from carte.commandes import MARQUE_HUB
from carte.hub.programme import Programme
from carte.hub.reponses import Reponses

MODELE = Path(__file__).with_name("modele")
_NOMS_AU_TITRE = 3
# What Markdown or HTML may read as its own inside a line.
_SIGNES = re.compile(r"([\\`*_{}\[\]()#!|<>&~$])")

# Template → its place in the repository; those of a forge are its own, those of a département are made once for each.
_FICHIERS = {
    "carte.yml.j2": "carte.yml",
    "programme.mk.j2": MARQUE_HUB,
    "Makefile.j2": "Makefile",
    "README.md.j2": "README.md",
    "CONTRIBUTING.md.j2": "CONTRIBUTING.md",
    "LICENCE.md.j2": "LICENCE.md",
    "gitignore.j2": ".gitignore",
}
# Forge → its own templates; a forge that is not known has none: the README says how to publish.
_PAR_FORGE = {
    "github": {
        "ateliers/controle.yml.j2": ".github/workflows/controle.yml",
        "ateliers/proposition.yml.j2": ".github/workflows/proposition.yml",
        "ateliers/publication.yml.j2": ".github/workflows/publication.yml",
        "ateliers/fraicheur.yml.j2": ".github/workflows/fraicheur.yml",
        "ateliers/couches.yml.j2": ".github/workflows/couches.yml",
        "ateliers/dependabot.yml.j2": ".github/dependabot.yml",
    },
    "gitlab": {"ateliers/gitlab.yml.j2": ".gitlab-ci.yml"},
    "forgejo": {},
}
_PAR_DEPARTEMENT = {"departement.md.j2": "offers/{code}/README.md"}


def fichiers(
    reponses: Reponses, programme: Programme, exemples: Mapping[str, tuple[str, str]], jour: date
) -> dict[str, str]:
    """Path → text of every file but layers and records.

    `exemples`: département → name and code of one of its communes, for the example of a record.
    """
    gabarits = _gabarits()
    valeurs = {"reponses": reponses, "programme": programme, "jour": jour, "titre": titre(reponses)}
    communs = _FICHIERS | (_PAR_FORGE[reponses.forge] if reponses.forge else {})
    faits = {place: gabarits.get_template(nom).render(valeurs) for nom, place in communs.items()}
    for code, nom_du_departement in reponses.departements.items():
        commune, code_insee = exemples[code]
        propres = {"code": code, "departement": nom_du_departement, "commune": commune, "code_insee": code_insee}
        for nom, place in _PAR_DEPARTEMENT.items():
            faits[place.format(code=code)] = gabarits.get_template(nom).render(valeurs | propres)
    return faits


def titre(reponses: Reponses) -> str:
    """The name of the site."""
    noms = list(reponses.departements.values())
    return f"Médiation numérique : {', '.join(noms) if len(noms) <= _NOMS_AU_TITRE else reponses.hub}"


def _gabarits() -> Environment:
    gabarits = Environment(
        loader=FileSystemLoader(MODELE),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        autoescape=False,  # noqa: S701 - nothing here is HTML: each value is escaped by the filter of its place
        # GitHub's own braces are left alone.
        variable_start_string="[[",
        variable_end_string="]]",
    )
    gabarits.filters |= {"ligne": _ligne, "md": markdown}
    return gabarits


def _ligne(valeur: str, champ: str) -> str:
    return config.ligne(champ, valeur).rstrip("\n")


def markdown(texte: str) -> str:
    """A text that Markdown shows as it is."""
    return _SIGNES.sub(r"\\\1", texte)
