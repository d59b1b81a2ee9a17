"""The sheet to hand over: its page, the words of each place in a few files a département, its small map.

No PDF is made: the browser prints the sheet, offline too (`docs/decisions/0026-feuille-sans-pdf.md`).
"""

from collections import defaultdict
from collections.abc import Sequence
from functools import cache, partial
from itertools import groupby
from typing import TYPE_CHECKING, Any

from carte.publication import Chantier
from carte.publish.cadre.jinja import environnement
from carte.publish.cadre.polices import LETTRES
from carte.publish.cadre.shell import Shell, ecrire_page, remonter
from carte.publish.ecriture import json_serre
from carte.publish.reprise import SANS_REPRISE, Reprise

if TYPE_CHECKING:
    from carte.picture import Picture
    from carte.publish.atlas import Atlas
    from carte.publish.libelles import Libelles
    from carte.records import Enregistrement

PAGE = "feuille/"
MODULES = ("feuille.js",)
PAQUETS = "donnees/feuilles"
# A phone asks for the packet of a place, a few tens of kB at most; the browser counts it too (feuille/paquets.js).
PAQUETS_PAR_DEPARTEMENT = 16


def ecrire(
    picture: "Picture",
    shell: Shell,
    atlas: "Atlas",
    libelles: "Libelles",
    site: Chantier,
    reprise: Reprise = SANS_REPRISE,
) -> None:
    """Write `feuille/`, `donnees/feuilles/<dép>/<n>.json`, and in the folder of each fiche its `plan.svg`."""
    # The outlines are read here only: the fiches import this package for a few words.
    from carte.publish.feuille import langues, qr
    from carte.publish.feuille.contenu import Redacteur
    from carte.publish.feuille.plan_local import Plans

    ecrire_page(site, PAGE, page(picture, shell))
    langues.ecrire(site)
    plans = partial(reprise.valeur, "plans", lambda: Plans(picture.territoire))
    redacteur = cache(lambda: Redacteur(picture, atlas, libelles, plans()))

    def faire(enregistrement: "Enregistrement") -> tuple[dict[str, Any], str | None]:
        feuille = redacteur().feuille(enregistrement)
        code = qr.image(f"{picture.configuration.url}lieux/{enregistrement.identifiant}/")
        return {**feuille.texte, "code": code}, feuille.plan

    def ecrire_groupe(departement: str, fiches: "Sequence[Enregistrement]") -> None:
        paquets: dict[str, dict[str, Any]] = defaultdict(dict)
        with reprise.paquet("feuilles", departement) as connues:
            for enregistrement in fiches:
                texte, plan = connues.valeur(faire, enregistrement)
                paquets[paquet(enregistrement.identifiant)][enregistrement.identifiant] = texte
                if plan is not None:
                    site.ecrire(f"lieux/{enregistrement.identifiant}/plan.svg", plan)
        for nom, feuilles in paquets.items():
            site.ecrire(nom, json_serre(feuilles))

    for departement, groupe in groupby(picture.enregistrements, lambda e: e.departement):
        fiches = tuple(groupe)
        selon = reprise.avec(reprise.sceaux(fiches))
        selon.fichiers(f"feuilles {departement}", partial(ecrire_groupe, departement, fiches), site)


def paquet(identifiant: str) -> str:
    """The site-relative path of the file that holds the sheet of a place: known from its id alone, so that no index is
    to be read first. The same place keeps its packet whatever is added or removed."""
    rang = sum(identifiant.encode()) % PAQUETS_PAR_DEPARTEMENT
    # One sign: a name of two would be taken for a département's (`horsligne`).
    return f"{PAQUETS}/{identifiant.partition('/')[0]}/{rang:x}.json"


def page(picture: "Picture", shell: Shell) -> str:
    """The page where the chosen places become sheets; without script it says how to print a fiche."""
    from carte.publish.feuille.langues import langues

    racine = remonter(PAGE)
    contenu = (
        environnement()
        .get_template("feuille.html.j2")
        .render(
            racine=racine,
            fictif=picture.configuration.demonstration,
            langues=langues().values(),
            lettres=f"{racine}{shell.actifs}/{LETTRES}",
        )
    )
    return shell.page(
        PAGE,
        "Feuille à remettre",
        contenu,
        description="Une feuille à imprimer et à remettre : prochaines ouvertures, téléphone, adresse, plan.",
        modules=[shell.module(module) for module in MODULES],
    )
