"""The pairs that may be of one place, as a page and a table: both records side by side, and the line that settles."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from carte.publication import Chantier
from carte.publish.cadre.jinja import environnement
from carte.publish.cadre.shell import Shell, ecrire_page, remonter
from carte.publish.horaires import jours_et_heures
from carte.publish.opendata.formats import table_csv
from carte.publish.textes import date_longue, sans_bidi, telephone_lisible, typographie
from carte.records import Enregistrement, dires
from carte.records.rules import gestes
from carte.records.rules.doublons import Doute
from carte.records.rules.ressemblance import SEUIL_DOUTE, SEUIL_MEME

if TYPE_CHECKING:
    from carte.picture import Picture

CHEMIN = "rapports/doublons/"
FICHIER = "doublons.csv"
COLONNES = (
    *("rang", "score", "raisons", "id_1", "nom_1", "commune_1", "id_2", "nom_2", "commune_2"),
    *("doublon_de_dans_1", "doublon_de_dans_2", "distinct_de_dans_1", "fiche_1", "fiche_2"),
)
"""Columns of the table; nothing in it that the two fiches do not show."""
NON_DIT = "non dit"
# A page stays readable on a phone; the table has them all.
_PAIRES_MAX = 100
_TETE = '<meta name="robots" content="noindex">'


@dataclass(frozen=True, slots=True)
class Paire:
    """Two published records that may be of one place, and how much they look like it."""

    un: Enregistrement
    autre: Enregistrement
    doute: Doute

    @property
    def lignes(self) -> list[tuple[str, str, str]]:
        """What a person compares: its name, then each record's own words, or that it does not say."""
        faits = zip(_faits(self.un), _faits(self.autre), strict=True)
        return [(nom, un or NON_DIT, autre or NON_DIT) for (nom, un), (_, autre) in faits]

    @property
    def gestes(self) -> list[tuple[str, str, str]]:
        """What each line means, the file that takes it, and the line itself, to copy as it is."""
        un, autre = self.un, self.autre
        remplace = " (à la place de sa ligne « distinct_de »)" if un.lieu.distinct_de else ""
        return [
            ("Même lieu, garder la première", autre.fichier, gestes.ligne_doublon(un.identifiant)),
            ("Même lieu, garder la seconde", un.fichier, gestes.ligne_doublon(autre.identifiant)),
            (f"Deux lieux{remplace}", un.fichier, gestes.ligne_distinct(un.lieu, autre.identifiant)),
        ]


def paires(picture: "Picture") -> list[Paire]:
    """The pairs in doubt with a record of the site's own départements, the likeliest first."""
    fiches = {e.identifiant: e for e in picture.enregistrements}
    miens = picture.configuration.departements
    trouvees = [Paire(fiches[doute.un], fiches[doute.autre], doute) for doute in picture.doutes]
    miennes = [p for p in trouvees if p.un.departement in miens or p.autre.departement in miens]
    return sorted(miennes, key=lambda p: (-p.doute.ressemblance.score, p.doute.un, p.doute.autre))


def ecrire(picture: "Picture", shell: Shell, site: Chantier) -> list[str]:
    """Write `rapports/doublons/` and its table; return the paths of the pages."""
    trouvees = paires(picture)
    contenu = typographie(
        environnement()
        .get_template("doublons.html.j2")
        .render(
            racine=remonter(CHEMIN),
            paires=trouvees[:_PAIRES_MAX],
            nombre=len(trouvees),
            fichier=FICHIER,
            jour=picture.configuration.date_publication,
            seuils=(SEUIL_DOUTE, SEUIL_MEME),
        )
    )
    titre = "Les doublons à trancher"
    ecrire_page(site, CHEMIN, shell.page(CHEMIN, titre, contenu, section="rapports", tete=_TETE))
    site.ecrire(f"{CHEMIN}{FICHIER}", tableau(trouvees, picture.configuration.url))
    return [CHEMIN]


def tableau(trouvees: Iterable[Paire], url: str) -> bytes:
    """The pairs as a CSV table, in their order; `url`: address of the site."""
    return table_csv(COLONNES, (_rangee(rang, paire, url) for rang, paire in enumerate(trouvees, start=1)))


def _rangee(rang: int, paire: Paire, url: str) -> dict[str, object]:
    (_, _, dans_autre), (_, _, dans_un), (_, _, distincts) = paire.gestes
    communs = {
        "rang": rang,
        "score": paire.doute.ressemblance.score,
        "raisons": paire.doute.ressemblance.raison,
        "doublon_de_dans_1": dans_un,
        "doublon_de_dans_2": dans_autre,
        "distinct_de_dans_1": distincts,
    }
    return communs | {
        f"{nom}_{numero}": valeur
        for numero, fiche in ((1, paire.un), (2, paire.autre))
        for nom, valeur in (
            ("id", fiche.identifiant),
            ("nom", fiche.lieu.nom),
            ("commune", fiche.lieu.commune),
            ("fiche", f"{url}lieux/{fiche.identifiant}/"),
        )
    }


def _faits(fiche: Enregistrement) -> list[tuple[str, str]]:
    lieu = fiche.lieu
    commune = " ".join(filter(None, (lieu.code_postal, lieu.commune)))
    faits = [
        ("Adresse", ", ".join(filter(None, (lieu.adresse, lieu.complement_adresse, commune)))),
        ("Téléphone", telephone_lisible(lieu.telephone) if lieu.telephone else ""),
        ("SIRET ou RNA", lieu.pivot or ""),
        ("Horaires", jours_et_heures(lieu.horaires) if lieu.horaires else lieu.horaires_detail or ""),
        ("Source", lieu.source),
        ("À jour le", date_longue(dires.a_jour_le(lieu))),
    ]
    return [(nom, sans_bidi(texte)) for nom, texte in faits]
