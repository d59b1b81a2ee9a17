"""The sheet to hand over: its page, and beside each fiche its words, its small map, its QR code and its PDF."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

from carte.publish.cadre.contexte import RACINE
from carte.publish.cadre.jinja import environnement
from carte.publish.cadre.polices import LETTRES, pour_typst
from carte.publish.cadre.shell import Shell, ecrire_page, remonter

if TYPE_CHECKING:
    from carte.picture import Picture
    from carte.publish.atlas import Atlas
    from carte.publish.libelles import Libelles

PAGE = "feuille/"
MODULES = ("feuille.js",)


def ecrire(picture: "Picture", shell: Shell, atlas: "Atlas", libelles: "Libelles", dossier: Path) -> None:
    """Write `feuille/`, and in the folder of each fiche `feuille.json`, `plan.svg`, `qr.svg` and `feuille.pdf`."""
    # typst and the outlines are read here only: the fiches import this package for a few words.
    from carte.publish.feuille import langues, qr
    from carte.publish.feuille.contenu import Redacteur
    from carte.publish.feuille.pdf import Imprimeur, alt_plan

    ecrire_page(dossier, PAGE, page(picture, shell))
    langues.ecrire(dossier)
    redacteur = Redacteur(picture, atlas, libelles)
    with pour_typst(RACINE) as polices:
        imprimeur = Imprimeur(picture.configuration, libelles, polices)
        for enregistrement in picture.enregistrements:
            chemin = f"lieux/{enregistrement.identifiant}/"
            feuille = redacteur.feuille(enregistrement)
            code = qr.svg(picture.configuration.url + chemin)
            cible = dossier / chemin
            cible.mkdir(parents=True, exist_ok=True)
            texte = {**feuille.texte, "alt_plan": alt_plan(enregistrement.lieu.commune, feuille.texte["situation"])}
            contenu = json.dumps(texte, ensure_ascii=False, separators=(",", ":"))
            (cible / "feuille.json").write_text(contenu + "\n", encoding="utf-8")
            (cible / "qr.svg").write_text(code, encoding="utf-8")
            if feuille.plan is not None:
                (cible / "plan.svg").write_text(feuille.plan, encoding="utf-8")
            (cible / "feuille.pdf").write_bytes(imprimeur.pdf(enregistrement, feuille, code))


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
