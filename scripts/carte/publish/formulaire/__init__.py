"""The pages « Ajouter un lieu » and « Corriger une fiche », and what they read: the model, and each record as it is."""

import re
from collections.abc import Iterable
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Any

from carte import config
from carte.publication import Chantier
from carte.publish.cadre.contexte import GEOCODAGE, permettre_les_adresses
from carte.publish.cadre.jinja import environnement
from carte.publish.cadre.shell import Shell, ecrire_page, remonter
from carte.publish.ecriture import json_serre
from carte.publish.formulaire.modele import modele
from carte.publish.horaires import en_une_phrase
from carte.publish.reprise import SANS_REPRISE, Reprise

if TYPE_CHECKING:
    from carte.config import Configuration
    from carte.picture import Picture
    from carte.records.modele import Enregistrement, Lieu

AJOUTER, CORRIGER = "ajouter/", "corriger/"
MODULES = ("formulaire.js",)
MODELE = "donnees/formulaire/modele.json"
FICHE = "fiche.json"
# What the week of the form surely holds: the rest is told in French, and kept as it is.
_SEMAINE = re.compile(r'(?:[A-Z][A-Za-z,-]* (?:off|[0-9:,-]+(?: "sur rendez-vous")?)(?:; |\Z))+')
_TITRES = {
    AJOUTER: ("Ajouter un lieu", "Décrire un lieu d’aide au numérique qui n’est pas encore sur la carte."),
    CORRIGER: (
        "Corriger une fiche",
        "Corriger la fiche d’un lieu, dire qu’elle est encore exacte, ou qu’il a fermé.",
    ),
}


def ecrire(picture: "Picture", shell: Shell, site: Chantier, reprise: Reprise = SANS_REPRISE) -> None:
    """Write both pages, `donnees/formulaire/modele.json`, and `fiche.json` in the folder of each fiche that this
    site keeps."""
    for chemin in _TITRES:
        ecrire_page(site, chemin, page(chemin, picture.configuration, shell))
    noms = dict(zip(picture.territoire.departements["code"], picture.territoire.departements["nom"], strict=True))
    site.ecrire(
        MODELE, json_serre({"modele": modele(picture.vocabulaires), **destinataire(picture.configuration, noms)})
    )
    for departement, groupe in groupby(picture.enregistrements, lambda e: e.departement):
        # A record of another hub is corrected there.
        fiches = tuple(e for e in groupe if e.tenue is None)
        selon = reprise.avec(reprise.sceaux(fiches))
        selon.fichiers(f"formulaire {departement}", partial(_ecrire_fiches, fiches, site), site)


def _ecrire_fiches(enregistrements: "Iterable[Enregistrement]", site: Chantier) -> None:
    for enregistrement in enregistrements:
        site.ecrire(f"lieux/{enregistrement.identifiant}/{FICHE}", json_serre(donnees(enregistrement)))


def page(chemin: str, configuration: "Configuration", shell: Shell) -> str:
    """One of the two pages; without script it says how to write to the hub.

    Its policy allows the geocoding service where the deployment accepts it: an address places the point.
    """
    adresses = configuration.options.adresse
    titre, description = _TITRES[chemin]
    contenu = (
        environnement()
        .get_template("formulaire.html.j2")
        .render(
            racine=remonter(chemin),
            titre=titre,
            nature=chemin.rstrip("/"),
            hub=configuration.hub,
            courriel=configuration.courriel,
            geocodage=GEOCODAGE if adresses else "",
        )
    )
    modules = [shell.module(module) for module in MODULES]
    html = shell.page(chemin, titre, contenu, description=description, section="contribuer", modules=modules)
    return permettre_les_adresses(html) if adresses else html


def destinataire(configuration: "Configuration", noms: dict[str, str]) -> dict[str, Any]:
    """Who receives the records: `courriel`, `departements` (code, name), and `depot`, addresses of the forge with the
    words IDENTIFIANT and DEPARTEMENT in place of theirs; None when the configuration has no forge that is known."""
    forge = config.forge_de(configuration)
    modifier = config.adresse_modification(configuration, "IDENTIFIANT")
    nouvelle = config.adresse_nouvelle(configuration, "DEPARTEMENT")
    return {
        "courriel": configuration.courriel,
        "departements": [[code, noms.get(code, code)] for code in configuration.departements],
        "depot": {"forge": forge, "modifier": modifier, "nouvelle": nouvelle} if modifier and nouvelle else None,
    }


def donnees(enregistrement: "Enregistrement") -> dict[str, Any]:
    """`fiche`: a record as its file says it, without what says nothing, days as ISO texts.

    `commentaires`: how many its file has; `en_clair`: its hours that do not hold in a plain week, in French.

    What the comments say is not published: they are notes of those who keep the records, at times about people. The
    commune has its present code, or that of its arrondissement when the file names it; the addresses of its doubles
    are left out.
    """
    lieu = enregistrement.lieu
    fiche = lieu.model_dump(mode="json", exclude_none=True)
    for pose, ecrite in zip((lieu, *(lieu.tournee or ())), (fiche, *fiche.get("tournee", ())), strict=True):
        if arrondissement := enregistrement.arrondissement(pose):
            ecrite["code_insee"] = arrondissement.code
    if doubles := enregistrement.adresses_des_doubles:
        siens = [ancien for ancien in fiche["anciens_identifiants"] if ancien not in doubles]
        fiche = {**fiche, "anciens_identifiants": siens or None}
    return {"fiche": fiche, "commentaires": enregistrement.commentaires, "en_clair": _en_clair(lieu)}


def _en_clair(lieu: "Lieu") -> dict[str, str]:
    """Text → French, for the hours of the place, of its stops and of who comes there."""
    poses = (lieu, *(lieu.tournee or ()), *(lieu.permanences or ()))
    textes = {pose.horaires for pose in poses if pose.horaires}
    return {texte: en_une_phrase(texte) for texte in sorted(textes) if not _SEMAINE.fullmatch(texte)}
