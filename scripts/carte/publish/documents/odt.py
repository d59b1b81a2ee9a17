"""A document as OpenDocument text (ODT): headings, tables with repeated heads, French, the same bytes each time."""

from collections.abc import Iterator

from carte.publish.documents.blocs import LARGEUR_MM, Document, Section, Tableau
from carte.publish.paquet import ENTETE, en_xml, zipper

MIMETYPE = "application/vnd.oasis.opendocument.text"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_ESPACES = (
    "".join(f'xmlns:{nom}="{_OASIS}:{nom}:1.0" ' for nom in ("office", "style", "text", "table", "meta"))
    + f'xmlns:fo="{_OASIS}:xsl-fo-compatible:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    f'xmlns:svg="{_OASIS}:svg-compatible:1.0" office:version="1.3"'
)
_MANIFESTE = (
    f'{ENTETE}<manifest:manifest xmlns:manifest="{_OASIS}:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{MIMETYPE}"/>'
    + "".join(
        f'<manifest:file-entry manifest:full-path="{nom}.xml" manifest:media-type="text/xml"/>'
        for nom in ("content", "styles", "meta")
    )
    + "</manifest:manifest>"
)
_TRAIT = "0.5pt solid #8a8070"


def ecrire(document: Document) -> bytes:
    """The bytes of the file; the same document gives the same bytes."""
    return zipper(
        {
            "content.xml": "".join(_contenu(document)),
            "styles.xml": _styles(document.pied),
            "meta.xml": f"{ENTETE}<office:document-meta {_ESPACES}><office:meta><dc:title>{en_xml(document.titre)}"
            f"</dc:title><dc:creator>{en_xml(document.auteur)}</dc:creator><dc:language>fr-FR</dc:language>"
            "</office:meta></office:document-meta>",
            "META-INF/manifest.xml": _MANIFESTE,
        },
        MIMETYPE,
    )


def _styles(pied: str) -> str:
    titres = "".join(
        f'<style:style style:name="{nom}" style:family="paragraph" style:parent-style-name="Standard" {niveau}>'
        f'<style:paragraph-properties fo:margin-top="3mm" fo:margin-bottom="2mm" fo:keep-with-next="always" {saut}/>'
        f'<style:text-properties fo:font-size="{corps}pt" fo:font-weight="bold" fo:color="#0b5d57"/></style:style>'
        for nom, corps, niveau, saut in (
            ("Title", 20, 'style:class="chapter"', ""),
            ("Heading_20_1", 15, 'style:default-outline-level="1"', 'fo:break-before="page"'),
            ("Heading_20_2", 12, 'style:default-outline-level="2"', ""),
        )
    )
    return (
        f'{ENTETE}<office:document-styles {_ESPACES}><office:font-face-decls><style:font-face style:name="Arial" '
        'svg:font-family="Arial" style:font-family-generic="swiss"/></office:font-face-decls><office:styles>'
        '<style:default-style style:family="paragraph"><style:text-properties style:font-name="Arial" '
        'fo:font-size="10pt" fo:language="fr" fo:country="FR"/></style:default-style>'
        '<style:style style:name="Standard" style:family="paragraph" style:class="text"><style:paragraph-properties '
        f'fo:margin-bottom="1.5mm"/></style:style>{titres}'
        '<style:style style:name="Nom" style:family="paragraph" style:parent-style-name="Standard">'
        '<style:text-properties fo:font-weight="bold"/></style:style>'
        '<style:style style:name="Footer" style:family="paragraph" style:parent-style-name="Standard">'
        '<style:text-properties fo:font-size="8pt" fo:color="#5a5348"/></style:style>'
        '<text:list-style style:name="Puces"><text:list-level-style-bullet text:level="1" text:bullet-char="•">'
        '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
        '<style:list-level-label-alignment text:label-followed-by="space" fo:text-indent="-4mm" fo:margin-left="4mm"/>'
        "</style:list-level-properties></text:list-level-style-bullet></text:list-style></office:styles>"
        '<office:automatic-styles><style:page-layout style:name="A4"><style:page-layout-properties '
        'fo:page-width="210mm" fo:page-height="297mm" style:print-orientation="portrait" fo:margin="15mm"/>'
        '<style:footer-style><style:header-footer-properties fo:min-height="6mm" fo:margin-top="2mm"/>'
        "</style:footer-style></style:page-layout></office:automatic-styles><office:master-styles>"
        '<style:master-page style:name="Standard" style:page-layout-name="A4"><style:footer>'
        f'<text:p text:style-name="Footer">{en_xml(pied)} – page <text:page-number text:select-page="current">1'
        "</text:page-number></text:p></style:footer></style:master-page></office:master-styles>"
        "</office:document-styles>"
    )


def _contenu(document: Document) -> Iterator[str]:
    tableaux = [tableau for section in document.sections for tableau in section.tableaux]
    largeurs = sorted({largeur for tableau in tableaux for largeur in tableau.largeurs})
    yield f"{ENTETE}<office:document-content {_ESPACES}><office:automatic-styles>"
    yield (
        '<style:style style:name="t" style:family="table"><style:table-properties '
        f'style:width="{LARGEUR_MM}mm" table:align="left"/></style:style>'
        '<style:style style:name="l" style:family="table-row"><style:table-row-properties fo:keep-together="always"/>'
        '</style:style><style:style style:name="vide" style:family="table-row"><style:table-row-properties '
        'style:min-row-height="14mm" fo:keep-together="always"/></style:style>'
    )
    for nom, fond in (("c", ""), ("n", 'fo:background-color="#f4eee2" ')):
        yield (
            f'<style:style style:name="{nom}" style:family="table-cell"><style:table-cell-properties {fond}'
            f'fo:padding="1.5mm" fo:border="{_TRAIT}"/></style:style>'
        )
    for largeur in largeurs:
        yield (
            f'<style:style style:name="c{largeur}" style:family="table-column"><style:table-column-properties '
            f'style:column-width="{largeur}mm"/></style:style>'
        )
    yield "</office:automatic-styles><office:body><office:text>"
    yield f'<text:p text:style-name="Title">{en_xml(document.titre)}</text:p>'
    yield from (_paragraphe(texte) for texte in document.presentation)
    for rang, section in enumerate(document.sections, start=1):
        yield from _section(section, rang)
    yield "</office:text></office:body></office:document-content>"


def _section(section: Section, rang: int) -> Iterator[str]:
    yield _titre(section.titre, 1)
    for numero, tableau in enumerate(section.tableaux, start=1):
        if tableau.titre:
            yield _titre(tableau.titre, 2)
        yield from _tableau(tableau, f"Fiche{rang}_{numero}")
        yield _paragraphe("")


def _tableau(tableau: Tableau, nom: str) -> Iterator[str]:
    yield f'<table:table table:name="{nom}" table:style-name="t">'
    yield "".join(f'<table:table-column table:style-name="c{largeur}"/>' for largeur in tableau.largeurs)
    if tableau.entete:
        cellules = "".join(_cellule((titre,), nomme=True) for titre in tableau.entete)
        yield f'<table:table-header-rows><table:table-row table:style-name="l">{cellules}</table:table-row>'
        yield "</table:table-header-rows>"
    for ligne in tableau.lignes:
        style = "vide" if any(not cellule for cellule in ligne) else "l"
        cellules = "".join(_cellule(c, nomme=rang == 0 and not tableau.entete) for rang, c in enumerate(ligne))
        yield f'<table:table-row table:style-name="{style}">{cellules}</table:table-row>'
    yield "</table:table>"


def _cellule(paragraphes: tuple[str, ...], nomme: bool) -> str:
    """`nomme`: it names its row or its column."""
    if len(paragraphes) > 1:
        points = "".join(f"<text:list-item>{_paragraphe(texte)}</text:list-item>" for texte in paragraphes)
        corps = f'<text:list text:style-name="Puces">{points}</text:list>'
    else:
        corps = "".join(_paragraphe(texte, "Nom" if nomme else "Standard") for texte in paragraphes or ("",))
    return (
        f'<table:table-cell table:style-name="{"n" if nomme else "c"}" office:value-type="string">{corps}'
        "</table:table-cell>"
    )


def _titre(texte: str, niveau: int) -> str:
    return f'<text:h text:style-name="Heading_20_{niveau}" text:outline-level="{niveau}">{en_xml(texte)}</text:h>'


def _paragraphe(texte: str, style: str = "Standard") -> str:
    return f'<text:p text:style-name="{style}">{en_xml(texte)}</text:p>'
