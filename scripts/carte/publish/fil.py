"""What changed, as Atom feeds: one for the site, and one per département when it has several.

Nothing is asked of git, which a host may not have: what changed is what records date (update, check, opening, closure)
and what the comparison with the former publication found. The same picture gives the same bytes.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from carte.evolution.modele import Effet
from carte.publication import Chantier
from carte.publish.fermetures import annonces
from carte.publish.textes import date_longue, sans_bidi
from carte.records import dires

if TYPE_CHECKING:
    from carte.config import Configuration
    from carte.picture import Picture
    from carte.records import Enregistrement

FICHIER = "changements.atom"
ENTREES_MAX = 100
# What XML 1.0 has no way to write.
_INTERDITS = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Entree:
    """One change: when, of which record, what (its words), and a key that tells it from the others of the record."""

    jour: date
    lieu_id: str
    cle: str
    titre: str
    texte: str
    page: str
    departement: str


def ecrire(picture: "Picture", site: Chantier) -> list[str]:
    """Write the feeds; return their site-relative paths. At most ENTREES_MAX entries each, the latest first."""
    configuration = picture.configuration
    entrees = list(_entrees(picture))
    fils = {FICHIER: (configuration.nom, entrees)}
    if len(configuration.departements) > 1:
        for code in configuration.departements:
            siennes = [entree for entree in entrees if entree.departement == code]
            fils[f"changements-{code}.atom"] = (f"{configuration.nom}, {code}", siennes)
    for chemin, (titre, siennes) in fils.items():
        site.ecrire(chemin, fil(titre, chemin, siennes, configuration))
    return list(fils)


def fil(titre: str, chemin: str, entrees: Iterable[Entree], configuration: "Configuration") -> str:
    """One feed (RFC 4287): its own address, the site's, and its entries."""
    gardees = sorted(entrees, key=lambda e: (-e.jour.toordinal(), e.lieu_id, e.cle))[:ENTREES_MAX]
    adresse = configuration.url + chemin
    lignes = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr">',
        f"<id>{_texte(adresse)}</id>",
        f"<title>{_texte(titre)} : ce qui change</title>",
        f"<updated>{_instant(configuration.date_publication)}</updated>",
        f'<link rel="self" type="application/atom+xml" href={_attribut(adresse)}/>',
        f'<link rel="alternate" type="text/html" href={_attribut(configuration.url)}/>',
        f"<author><name>{_texte(configuration.hub)}</name></author>",
        *(_entree(entree, configuration) for entree in gardees),
        "</feed>",
    ]
    return "\n".join(lignes) + "\n"


def _entree(entree: Entree, configuration: "Configuration") -> str:
    # The id is not the page's address alone: a page changes many times, and each change keeps its own id for ever.
    identifiant = f"{configuration.url}lieux/{entree.lieu_id}/#{entree.cle}-{entree.jour.isoformat()}"
    return (
        f"<entry><id>{_texte(identifiant)}</id><title>{_texte(entree.titre)}</title>"
        f"<updated>{_instant(entree.jour)}</updated>"
        f'<link rel="alternate" type="text/html" href={_attribut(configuration.url + entree.page)}/>'
        f'<summary type="text">{_texte(entree.texte)}</summary></entry>'
    )


def _entrees(picture: "Picture") -> Iterator[Entree]:
    jour = picture.configuration.date_publication
    for enregistrement in picture.enregistrements:
        yield from _du_lieu(enregistrement, jour)
    vivants = {e.identifiant for e in picture.enregistrements}
    vus: set[str] = set()
    for mouvement in picture.evolution.mouvements if picture.evolution else ():
        if mouvement.effet is Effet.OUVERTURES or mouvement.lieu_id in vus:
            continue
        vus.add(mouvement.lieu_id)
        retire = mouvement.effet is Effet.RETRAITS
        quoi = "Retiré de la carte, ou fermé" if retire else "Nouvelle fiche"
        page = f"lieux/{mouvement.lieu_id}/" if mouvement.lieu_id in vivants else "lieux/"
        texte = f"{quoi} depuis la publication précédente."
        departement = mouvement.lieu_id.split("/", 1)[0]
        yield Entree(jour, mouvement.lieu_id, "carte", f"{quoi} : {mouvement.nom}", texte, page, departement)


def _du_lieu(enregistrement: "Enregistrement", jour: date) -> Iterator[Entree]:
    """The dated changes of one record that are not to come."""
    lieu, identifiant = enregistrement.lieu, enregistrement.identifiant
    qui = f"{lieu.nom}, {lieu.commune}"
    vue = dires.a_jour_le(lieu)
    verbe = "Vérifiée" if dires.verifiee(lieu) else "Mise à jour"
    dites = " ".join(f"{annonce.texte}." for annonce in annonces(lieu, jour))
    faits = [
        (vue, "fiche", f"{verbe} : {qui}", f"Fiche du {date_longue(vue)}. {dites}".strip()),
        (lieu.date_ouverture, "ouverture", f"Ouvert : {qui}", "Le lieu a ouvert."),
        (lieu.date_fermeture, "fermeture", f"Fermé définitivement : {qui}", "Le lieu a fermé ; sa fiche reste."),
    ]
    for quand, cle, titre, texte in faits:
        if quand is not None and quand <= jour:
            page = f"lieux/{identifiant}/"
            yield Entree(quand, identifiant, cle, titre, texte, page, enregistrement.departement)


def _instant(jour: date) -> str:
    return f"{jour.isoformat()}T00:00:00Z"


def _texte(texte: str) -> str:
    return escape(_INTERDITS.sub("", sans_bidi(texte)))


def _attribut(texte: str) -> str:
    return quoteattr(_INTERDITS.sub("", texte))
