"""The worklist as pages and tables: one of each per département, and a page that counts them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from carte.publication import Chantier
from carte.publish import federation
from carte.publish.cadre.jinja import environnement
from carte.publish.cadre.shell import Shell, ecrire_page, remonter
from carte.publish.opendata.formats import table_csv
from carte.publish.relecture import doublons
from carte.publish.relecture.liste import REGLE, a_relire
from carte.publish.relecture.modele import TITRES, ALire, Groupe
from carte.publish.textes import typographie

if TYPE_CHECKING:
    from carte.picture import Picture
    from carte.publish.atlas import Atlas

CHEMIN = "rapports/a-relire/"
COLONNES = (
    *("rang", "groupe", "id", "nom", "commune", "code_insee", "telephone", "a_jour_le", "age_jours"),
    *("habitants_du_rapport", "motifs", "a_demander", "fiche"),
)
"""Columns of the table; nothing in it that the fiche does not show."""
# A page stays readable on a phone; the table has them all.
_LIGNES_MAX = 200
# The site map and search engines leave these pages to the hub.
_TETE = '<meta name="robots" content="noindex">'


def ecrire(picture: "Picture", shell: Shell, atlas: "Atlas", site: Chantier) -> list[str]:
    """Write `rapports/a-relire/`, for each département its page and its table, and the page of the doubts;
    return the paths of the pages."""
    toutes = a_relire(picture)
    par_departement = {
        code: [ligne for ligne in toutes if ligne.enregistrement.departement == code]
        for code in picture.configuration.departements
    }
    noms = {code: atlas.nom_du_departement(code) for code in par_departement}
    titre = "Les fiches à relire"
    conflits = picture.federation.conflits
    index = _rendre(
        "a_relire.html.j2",
        picture,
        CHEMIN,
        comptes=_comptes(par_departement),
        noms=noms,
        hubs=picture.federation.hubs,
        conflits=federation.disputees(conflits)[:_LIGNES_MAX],
        nombre_conflits=len(conflits),
        fichier_conflits=federation.FICHIER,
    )
    ecrire_page(site, CHEMIN, shell.page(CHEMIN, titre, index, section="rapports", tete=_TETE))
    if conflits:
        site.ecrire(f"{CHEMIN}{federation.FICHIER}", federation.tableau(conflits))
    chemins = [CHEMIN]
    for code, lignes in par_departement.items():
        chemin = f"{CHEMIN}{code}/"
        contenu = _rendre(
            "a_relire_departement.html.j2",
            picture,
            chemin,
            nom=noms[code],
            groupes=par_groupe(lignes[:_LIGNES_MAX]),
            nombre=len(lignes),
            montrees=min(len(lignes), _LIGNES_MAX),
            fichier=_fichier(code),
        )
        ecrire_page(
            site, chemin, shell.page(chemin, f"{titre} : {noms[code]}", contenu, section="rapports", tete=_TETE)
        )
        site.ecrire(f"{chemin}{_fichier(code)}", tableau(lignes, picture.configuration.url))
        chemins.append(chemin)
    return [*chemins, *doublons.ecrire(picture, shell, site)]


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


def _comptes(
    par_departement: dict[str, Sequence[ALire]] | dict[str, list[ALire]],
) -> list[tuple[str, int, list[tuple[str, int]]]]:
    """Code, number of records to read again, and how many of each group that has some."""
    comptes = {code: Counter(ligne.groupe for ligne in lignes) for code, lignes in par_departement.items()}
    return [
        (code, compte.total(), [(TITRES[groupe], compte[groupe]) for groupe in sorted(compte)])
        for code, compte in comptes.items()
    ]


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
