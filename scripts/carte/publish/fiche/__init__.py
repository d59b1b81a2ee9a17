"""One page per place, at an address that never changes."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from carte.ecrits.formes import est_identifiant
from carte.erreurs import ErreurCarte
from carte.publication import Chantier
from carte.publish.atlas import Atlas
from carte.publish.cadre.jinja import environnement
from carte.publish.cadre.shell import Shell, ecrire_page, remonter
from carte.publish.direct import ecrire_calendriers
from carte.publish.fiche.donnees_liees import donnees_liees
from carte.publish.fiche.ics import calendrier_ics
from carte.publish.fiche.jumeaux import Jumeau, jumeaux
from carte.publish.fiche.releve import Releve, releves
from carte.publish.fiche.vue import vue
from carte.publish.libelles import Libelles
from carte.publish.reprise import SANS_REPRISE, Reprise

if TYPE_CHECKING:
    from carte.picture import Picture
    from carte.records import Enregistrement

MODULES = ("fiche.js",)
ICS = "arrets.ics"


class AncienneAdresseRefusee(ErreurCarte):
    """A former id of a record cannot become a page."""


def ecrire(
    picture: "Picture",
    shell: Shell,
    atlas: Atlas,
    libelles: Libelles,
    site: Chantier,
    reprise: Reprise = SANS_REPRISE,
) -> list[str]:
    """Write every fiche, its calendar of stops, the redirections of former ids; return the paths of the fiches."""
    doubles = jumeaux(picture.enregistrements, picture.doutes)
    apres = releves(picture.enregistrements, atlas, picture.configuration.date_publication)
    vivants = {enregistrement.identifiant for enregistrement in picture.enregistrements}
    anciens = {e.identifiant: tuple(_anciens(e, vivants)) for e in picture.enregistrements}
    ecrire_une = partial(_ecrire_fiche, picture, shell, atlas, libelles, site)
    selon = reprise.avec(shell)

    def ecrire_groupe(departement: str, fiches: "Sequence[Enregistrement]") -> None:
        with selon.pages(f"fiches {departement}", site) as pages:
            for enregistrement in fiches:
                identifiant = enregistrement.identifiant
                lus = enregistrement, doubles.get(identifiant, ()), apres.get(identifiant), anciens[identifiant]
                pages.ecrire(partial(ecrire_une, *lus), *lus)

    for departement, groupe in groupby(picture.enregistrements, lambda e: e.departement):
        fiches = tuple(groupe)
        siens = [(doubles.get(e.identifiant, ()), apres.get(e.identifiant)) for e in fiches]
        ecrire_le_leur = partial(ecrire_groupe, departement, fiches)
        selon.avec(reprise.sceaux(fiches), siens).fichiers(f"fiches {departement}", ecrire_le_leur, site)
    ecrire_calendriers(picture.enregistrements, atlas, picture.configuration.date_publication, site, reprise)
    return [f"lieux/{e.identifiant}/" for e in picture.enregistrements]


def _ecrire_fiche(
    picture: "Picture",
    shell: Shell,
    atlas: Atlas,
    libelles: Libelles,
    site: Chantier,
    enregistrement: "Enregistrement",
    freres: Sequence[Jumeau],
    releve: Releve | None,
    anciens: Sequence[str],
) -> None:
    """Write the page of a record, its calendar of stops, and at its former addresses what leads to it; of `picture`,
    only the configuration is read."""
    chemin = f"lieux/{enregistrement.identifiant}/"
    calendrier = calendrier_ics(enregistrement, picture.configuration, atlas)
    ics = ICS if calendrier else ""
    html = page(enregistrement, picture, shell, atlas, libelles, ics=ics, freres=freres, releve=releve)
    ecrire_page(site, chemin, html)
    if calendrier:
        site.ecrire(f"{chemin}{ICS}", calendrier)
    for ancien in anciens:
        redirection = shell.redirection(f"lieux/{ancien}/", chemin, enregistrement.lieu.nom)
        ecrire_page(site, f"lieux/{ancien}/", redirection)


def page(
    enregistrement: "Enregistrement",
    picture: "Picture",
    shell: Shell,
    atlas: Atlas,
    libelles: Libelles,
    *,
    ics: str = "",
    freres: Sequence[Jumeau] = (),
    releve: Releve | None = None,
) -> str:
    """The whole HTML of one fiche; `ics`: the file of its calendar of stops, beside it, empty without one; `freres`:
    the records that may be of the same place; `releve`: where one goes once it has closed for good."""
    chemin = f"lieux/{enregistrement.identifiant}/"
    lieu = enregistrement.lieu
    services = ", ".join(g.libelle for g in libelles.groupes(lieu.services))
    return shell.page(
        chemin,
        f"{lieu.nom}, {lieu.commune}",
        contenu(enregistrement, picture, atlas, libelles, ics=ics, freres=freres, releve=releve),
        description=f"{lieu.nom}, à {lieu.commune} : {services}. Horaires, adresse, téléphone.",
        section="lieux",
        modules=[shell.module(module) for module in MODULES],
        tete=str(donnees_liees(enregistrement, picture.configuration)),
    )


def contenu(
    enregistrement: "Enregistrement",
    picture: "Picture",
    atlas: Atlas,
    libelles: Libelles,
    *,
    ics: str = "",
    freres: Sequence[Jumeau] = (),
    releve: Releve | None = None,
) -> str:
    """What a fiche says, without the site's layout around it."""
    return (
        environnement()
        .get_template("fiche.html.j2")
        .render(
            vue(enregistrement, picture, atlas, libelles),
            racine=remonter(f"lieux/{enregistrement.identifiant}/"),
            identifiant=enregistrement.identifiant,
            ics=ics,
            jumeaux=freres,
            releve=releve,
        )
    )


def _anciens(enregistrement: "Enregistrement", vivants: set[str]) -> Iterator[str]:
    for ancien in enregistrement.lieu.anciens_identifiants or ():
        # The text becomes a folder: nothing but an id may pass.
        if not est_identifiant(ancien):
            raise AncienneAdresseRefusee(
                f"{enregistrement.fichier} : « {ancien[:80]} » n'est pas un ancien identifiant. "
                "Il faut le département et le nom du fichier, par exemple 99/mediatheque-de-valbourg."
            )
        if ancien in vivants:
            raise AncienneAdresseRefusee(
                f"{enregistrement.fichier} : l'ancien identifiant « {ancien} » est celui d'une fiche qui existe."
            )
        yield ancien
