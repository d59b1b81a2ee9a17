"""The worklist as pages and tables: one of each per département, and a page that counts them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from carte.publication import Chantier
from carte.publish import federation
from carte.publish.cadre.jinja import environnement
from carte.publish.cadre.shell import Shell, ecrire_page, remonter
from carte.publish.opendata.formats import table_csv
from carte.publish.relecture import doublons
from carte.publish.relecture.liste import REGLE, Cadre, a_juger, jugees
from carte.publish.relecture.modele import TITRES, ALire, Groupe
from carte.publish.reprise import SANS_REPRISE, Reprise
from carte.publish.textes import typographie

if TYPE_CHECKING:
    from carte.picture import Picture
    from carte.publish.atlas import Atlas
    from carte.records import Enregistrement

CHEMIN = "rapports/a-relire/"
COLONNES = (
    *("rang", "groupe", "id", "nom", "commune", "code_insee", "telephone", "a_jour_le", "age_jours"),
    *("habitants_du_rapport", "motifs", "a_demander", "fiche"),
)
"""Columns of the table; nothing in it that the fiche does not show."""
_TITRE = "Les fiches à relire"
# A page stays readable on a phone; the table has them all.
_LIGNES_MAX = 200
# The site map and search engines leave these pages to the hub.
_TETE = '<meta name="robots" content="noindex">'


Comptes = dict[str, "Counter[Groupe]"]


def ecrire(
    picture: "Picture", shell: Shell, atlas: "Atlas", site: Chantier, reprise: Reprise = SANS_REPRISE
) -> list[str]:
    """Write `rapports/a-relire/`, for each département its page and its table, and the page of the doubts;
    return the paths of the pages. What is said of a département that has not changed is that of the former site."""
    cadre = Cadre.de(picture)
    comptes: Comptes = {}
    for code, siennes in a_juger(picture).items():
        dits = [cadre.dit_de(e) for e in siennes] if reprise.memoire.active else []
        faire = partial(_ecrire_departement, code, siennes, cadre, picture, shell, atlas, site)
        comptes[code] = reprise.avec(reprise.sceaux(siennes), dits).fichiers(f"à relire {code}", faire, site)
    _ecrire_index(comptes, picture, shell, atlas, site)
    return [CHEMIN, *map(_chemin, comptes), *doublons.ecrire(picture, shell, site)]


def _ecrire_index(comptes: Comptes, picture: "Picture", shell: Shell, atlas: "Atlas", site: Chantier) -> None:
    conflits = picture.federation.conflits
    contenu = _rendre(
        "a_relire.html.j2",
        picture,
        CHEMIN,
        comptes=_en_mots(comptes),
        noms={code: atlas.nom_du_departement(code) for code in comptes},
        hubs=picture.federation.hubs,
        conflits=federation.disputees(conflits)[:_LIGNES_MAX],
        nombre_conflits=len(conflits),
        fichier_conflits=federation.FICHIER,
    )
    ecrire_page(site, CHEMIN, shell.page(CHEMIN, _TITRE, contenu, section="rapports", tete=_TETE))
    if conflits:
        site.ecrire(f"{CHEMIN}{federation.FICHIER}", federation.tableau(conflits))


def _ecrire_departement(
    code: str,
    enregistrements: "Sequence[Enregistrement]",
    cadre: Cadre,
    picture: "Picture",
    shell: Shell,
    atlas: "Atlas",
    site: Chantier,
) -> "Counter[Groupe]":
    """Write the page and the table of a département; how many of its records each group has."""
    lignes, nom, chemin = jugees(enregistrements, cadre), atlas.nom_du_departement(code), _chemin(code)
    contenu = _rendre(
        "a_relire_departement.html.j2",
        picture,
        chemin,
        nom=nom,
        groupes=par_groupe(lignes[:_LIGNES_MAX]),
        nombre=len(lignes),
        montrees=min(len(lignes), _LIGNES_MAX),
        fichier=_fichier(code),
    )
    ecrire_page(site, chemin, shell.page(chemin, f"{_TITRE} : {nom}", contenu, section="rapports", tete=_TETE))
    site.ecrire(f"{chemin}{_fichier(code)}", tableau(lignes, picture.configuration.url))
    return Counter(ligne.groupe for ligne in lignes)


def tableau(lignes: Iterable[ALire], url: str) -> bytes:
    """The worklist as a CSV table, in its order; `url`: address of the site."""
    return table_csv(COLONNES, (_rangee(rang, ligne, url) for rang, ligne in enumerate(lignes, start=1)))


def par_groupe(lignes: Iterable[ALire]) -> list[tuple[str, list[ALire]]]:
    """Title and lines of each group that has some, in order."""
    groupes: dict[Groupe, list[ALire]] = {}
    for ligne in lignes:
        groupes.setdefault(ligne.groupe, []).append(ligne)
    return [(TITRES[groupe], siennes) for groupe, siennes in groupes.items()]


def _rangee(rang: int, ligne: ALire, url: str) -> dict[str, object]:
    lieu, identifiant = ligne.enregistrement.lieu, ligne.enregistrement.identifiant
    publiee = ligne.groupe is not Groupe.BROUILLON
    return {
        "rang": rang,
        "groupe": TITRES[ligne.groupe],
        "id": identifiant,
        "nom": lieu.nom,
        "commune": lieu.commune,
        "code_insee": lieu.code_insee,
        "telephone": lieu.telephone,
        "a_jour_le": ligne.a_jour_le.isoformat(),
        "age_jours": ligne.age,
        "habitants_du_rapport": round(ligne.habitants),
        "motifs": " ".join(motif.constat for motif in ligne.motifs),
        "a_demander": " ".join(ligne.questions),
        "fiche": f"{url}lieux/{identifiant}/" if publiee else ligne.enregistrement.fichier,
    }


def _en_mots(comptes: Comptes) -> list[tuple[str, int, list[tuple[str, int]]]]:
    """Code, number of records to read again, and how many of each group that has some."""
    return [
        (code, compte.total(), [(TITRES[groupe], compte[groupe]) for groupe in sorted(compte)])
        for code, compte in comptes.items()
    ]


def _chemin(code: str) -> str:
    return f"{CHEMIN}{code}/"


def _fichier(code: str) -> str:
    return f"a-relire-{code}.csv"


def _rendre(modele: str, picture: "Picture", chemin: str, **valeurs: object) -> str:
    return typographie(
        environnement()
        .get_template(modele)
        .render(
            racine=remonter(chemin),
            regle=REGLE,
            seuils=picture.configuration.seuils,
            jour=picture.configuration.date_publication,
            **valeurs,
        )
    )
