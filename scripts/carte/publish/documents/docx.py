"""A document as WordprocessingML (DOCX): headings, tables with repeated heads, French, the same bytes each time."""

from collections.abc import Iterator

from carte.publish.documents.blocs import Document, Section, Tableau
from carte.publish.paquet import ENTETE, en_xml, zipper

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PAQUET = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TWIPS = 1440 / 25.4
_VERT, _CREUX, _TRAIT = "0B5D57", "F4EEE2", "8A8070"

_STYLES = (
    f'{ENTETE}<w:styles xmlns:w="{_W}"><w:docDefaults><w:rPrDefault><w:rPr>'
    '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="Arial" w:cs="Arial"/><w:sz w:val="20"/><w:szCs w:val="20"/>'
    '<w:lang w:val="fr-FR" w:eastAsia="fr-FR" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>'
    '<w:spacing w:after="80"/></w:pPr></w:pPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableauNormal"><w:name w:val="Normal Table"/><w:tblPr>'
    '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="60" w:type="dxa"/><w:left w:w="100" w:type="dxa"/>'
    '<w:bottom w:w="40" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    + "".join(
        f'<w:style w:type="paragraph" w:styleId="{code}"><w:name w:val="{nom}"/><w:basedOn w:val="Normal"/>'
        f'<w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/>{saut}<w:spacing w:before="200" w:after="100"/>'
        f'{niveau}</w:pPr><w:rPr><w:b/><w:color w:val="{_VERT}"/><w:sz w:val="{corps}"/></w:rPr></w:style>'
        for code, nom, corps, saut, niveau in (
            ("Titre", "Title", 40, "", ""),
            ("Titre1", "heading 1", 30, "<w:pageBreakBefore/>", '<w:outlineLvl w:val="0"/>'),
            ("Titre2", "heading 2", 24, "", '<w:outlineLvl w:val="1"/>'),
        )
    )
    + '<w:style w:type="paragraph" w:styleId="Puce"><w:name w:val="List Bullet"/><w:basedOn w:val="Normal"/><w:pPr>'
    '<w:numPr><w:numId w:val="1"/></w:numPr><w:spacing w:after="40"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Pied"><w:name w:val="footer"/><w:basedOn w:val="Normal"/><w:rPr>'
    '<w:color w:val="5A5348"/><w:sz w:val="16"/></w:rPr></w:style></w:styles>'
)
_PUCES = (
    f'{ENTETE}<w:numbering xmlns:w="{_W}"><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/>'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/>'
    '<w:pPr><w:ind w:left="240" w:hanging="240"/></w:pPr></w:lvl></w:abstractNum><w:num w:numId="1">'
    '<w:abstractNumId w:val="0"/></w:num></w:numbering>'
)
_TYPES = (
    f'{ENTETE}<Types xmlns="{_PAQUET}/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
    'ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>'
    + "".join(
        f'<Override PartName="/word/{nom}.xml" ContentType="{_TYPE}.{nom}+xml"/>'
        for nom in ("styles", "numbering", "footer")
    )
    + '<Override PartName="/docProps/core.xml" '
    'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
_LIENS = (
    f'{ENTETE}<Relationships xmlns="{_PAQUET}/relationships"><Relationship Id="rId1" Type="{_R}/officeDocument" '
    f'Target="word/document.xml"/><Relationship Id="rId2" Type="{_PAQUET}/relationships/metadata/core-properties" '
    'Target="docProps/core.xml"/></Relationships>'
)
_LIENS_DU_TEXTE = (
    f'{ENTETE}<Relationships xmlns="{_PAQUET}/relationships">'
    + "".join(
        f'<Relationship Id="rId{rang}" Type="{_R}/{nom}" Target="{nom}.xml"/>'
        for rang, nom in enumerate(("styles", "numbering", "footer"), start=1)
    )
    + "</Relationships>"
)


def ecrire(document: Document) -> bytes:
    """The bytes of the file; the same document gives the same bytes."""
    titre, auteur = en_xml(document.titre), en_xml(document.auteur)
    return zipper(
        {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": _LIENS,
            "docProps/core.xml": f'{ENTETE}<cp:coreProperties xmlns:cp="{_PAQUET}/metadata/core-properties" '
            f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{titre}</dc:title><dc:creator>{auteur}</dc:creator>'
            "<dc:language>fr-FR</dc:language></cp:coreProperties>",
            "word/document.xml": "".join(_texte(document)),
            "word/_rels/document.xml.rels": _LIENS_DU_TEXTE,
            "word/styles.xml": _STYLES,
            "word/numbering.xml": _PUCES,
            "word/footer.xml": f'{ENTETE}<w:ftr xmlns:w="{_W}"><w:p><w:pPr><w:pStyle w:val="Pied"/></w:pPr>'
            f'{_passage(document.pied + " – page ")}<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
            "</w:p></w:ftr>",
        }
    )


def _texte(document: Document) -> Iterator[str]:
    yield f'{ENTETE}<w:document xmlns:w="{_W}" xmlns:r="{_R}"><w:body>'
    yield _paragraphe(document.titre, "Titre")
    yield from (_paragraphe(texte) for texte in document.presentation)
    for section in document.sections:
        yield from _section(section)
    marge = round(15 * _TWIPS)
    yield (
        f'<w:sectPr><w:footerReference w:type="default" r:id="rId3"/><w:pgSz w:w="{round(210 * _TWIPS)}" '
        f'w:h="{round(297 * _TWIPS)}"/><w:pgMar w:top="{marge}" w:right="{marge}" w:bottom="{marge}" w:left="{marge}" '
        'w:header="500" w:footer="500" w:gutter="0"/></w:sectPr></w:body></w:document>'
    )


def _section(section: Section) -> Iterator[str]:
    yield _paragraphe(section.titre, "Titre1")
    for tableau in section.tableaux:
        if tableau.titre:
            yield _paragraphe(tableau.titre, "Titre2")
        yield from _tableau(tableau)
        # Two tables that touch become one.
        yield _paragraphe("")


def _tableau(tableau: Tableau) -> Iterator[str]:
    largeurs = [round(largeur * _TWIPS) for largeur in tableau.largeurs]
    bords = "".join(
        f'<w:{cote} w:val="single" w:sz="4" w:space="0" w:color="{_TRAIT}"/>'
        for cote in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    yield (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(largeurs)}" w:type="dxa"/><w:tblBorders>{bords}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>'
    )
    yield "".join(f'<w:gridCol w:w="{largeur}"/>' for largeur in largeurs) + "</w:tblGrid>"
    if tableau.entete:
        cellules = (
            _cellule((titre,), large, nomme=True) for titre, large in zip(tableau.entete, largeurs, strict=True)
        )
        yield f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(cellules)}</w:tr>"
    for ligne in tableau.lignes:
        vide = any(not cellule for cellule in ligne)
        haut = f'<w:trHeight w:val="{round(14 * _TWIPS)}" w:hRule="atLeast"/>' if vide else ""
        cellules = (
            _cellule(cellule, largeur, nomme=rang == 0 and not tableau.entete)
            for rang, (cellule, largeur) in enumerate(zip(ligne, largeurs, strict=True))
        )
        yield f"<w:tr><w:trPr><w:cantSplit/>{haut}</w:trPr>{''.join(cellules)}</w:tr>"
    yield "</w:tbl>"


def _cellule(paragraphes: tuple[str, ...], largeur: int, nomme: bool) -> str:
    """`nomme`: it names its row or its column."""
    fond = f'<w:shd w:val="clear" w:color="auto" w:fill="{_CREUX}"/>' if nomme else ""
    style = "Puce" if len(paragraphes) > 1 else ""
    corps = "".join(_paragraphe(texte, style, gras=nomme) for texte in paragraphes or ("",))
    return f'<w:tc><w:tcPr><w:tcW w:w="{largeur}" w:type="dxa"/>{fond}</w:tcPr>{corps}</w:tc>'


def _paragraphe(texte: str, style: str = "", gras: bool = False) -> str:
    proprietes = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{proprietes}{_passage(texte, gras) if texte else ''}</w:p>"


def _passage(texte: str, gras: bool = False) -> str:
    return f'<w:r>{"<w:rPr><w:b/></w:rPr>" if gras else ""}<w:t xml:space="preserve">{en_xml(texte)}</w:t></w:r>'
