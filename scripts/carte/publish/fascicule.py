"""All the forms of the report of one département, made from a value and given as values, wherever there is room."""

import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from carte.journal import suivre
from carte.publication import Chantier
from carte.publish import documents, pdf, tableur
from carte.publish.cadre.shell import Shell, ecrire_page
from carte.publish.maps.contours import Contours
from carte.publish.opendata.parties import Decoupage, decoupage
from carte.publish.report import interactive
from carte.publish.report.edition import Edition
from carte.publish.report.page import annexes, permanences, rapport
from carte.publish.report.sujet import Sujet
from carte.publish.report.tranche import tranches

if TYPE_CHECKING:
    from carte.execution import Executeur
    from carte.picture import Picture

LOT = 4
"""Reports that one process makes: typst keeps some 150 MB of each, and has no way to forget."""

_VITE = 1
"""The quickest compression: a tenth of the bytes already."""


@dataclass(frozen=True, slots=True)
class Demande:
    """One report to make: its part of the picture, its outlines, the folder of the site's static files, which of the
    open data of the whole are cut."""

    code: str
    picture: "Picture"
    contours: Contours
    actifs: str
    coupe: Decoupage


@dataclass(frozen=True, slots=True)
class Fascicule:
    """`page`: the fragment of the report; `annexes`: path, title and fragment of each page beside it, compressed (in
    memory, those of a country would take a quarter of a gigabyte); `fichiers`: what stands in its folder, by name."""

    page: str
    annexes: tuple[tuple[str, str, bytes], ...]
    fichiers: Mapping[str, bytes]


def composer(demande: Demande) -> Fascicule:
    """Every form of a report; the same demand gives the same bytes on any machine. Raises typst.TypstError."""
    edition = Edition(Sujet(demande.picture, demande.code, demande.coupe), demande.contours)
    return Fascicule(
        rapport(edition, demande.actifs),
        serrees((*annexes(edition), *permanences(edition))),
        {
            **interactive.fichiers(edition),
            **pdf.fichiers(edition),
            **tableur.fichiers(edition),
            **documents.fichiers(edition),
        },
    )


def serrees(pages: Iterable[tuple[str, str, str]]) -> tuple[tuple[str, str, bytes], ...]:
    """Path, title and fragment of pages, as a report keeps them."""
    return tuple((chemin, titre, zlib.compress(contenu.encode(), _VITE)) for chemin, titre, contenu in pages)


def composer_tous(
    picture: "Picture",
    editions: Mapping[str, Edition],
    actifs: str,
    executeur: "Executeur",
) -> Iterator[tuple[str, Fascicule]]:
    """The code of département and the report of each of the editions of a picture (`report.preparer`), one at a time:
    those of a country take half a gigabyte."""
    coupe = decoupage(picture)
    demandes = (
        Demande(code, tranche, editions[code].contours, actifs, coupe) for code, tranche in tranches(picture, editions)
    )
    faits = suivre("rapports", executeur.faire(composer, demandes, LOT), len(editions))
    yield from zip(editions, faits, strict=True)


def ecrire(
    picture: "Picture", editions: Mapping[str, Edition], actifs: str, executeur: "Executeur", site: Chantier
) -> dict[str, Fascicule]:
    """Make the reports and write their files in `rapports/<département>/`; what is left of each is its pages."""
    rendus = {}
    for code, fascicule in composer_tous(picture, editions, actifs, executeur):
        for nom, octets in fascicule.fichiers.items():
            site.ecrire(f"rapports/{code}/{nom}", octets)
        rendus[code] = replace(fascicule, fichiers={})
    return rendus


def ecrire_annexes(fascicules: Mapping[str, Fascicule], shell: Shell, site: Chantier) -> None:
    """Write the pages beside each report."""
    for fascicule in fascicules.values():
        for chemin, titre, contenu in fascicule.annexes:
            texte = zlib.decompress(contenu).decode()
            page = shell.page(chemin, titre, texte, section="rapports", modules=[shell.module("rapport.js")])
            ecrire_page(site, chemin, page)
