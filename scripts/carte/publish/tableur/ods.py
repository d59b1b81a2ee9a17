"""A workbook as OpenDocument (ODS): a zip of four short files. Texts are `string` cells: nothing in them can run."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from xml.sax.saxutils import quoteattr

from carte.publish.paquet import en_xml, net, zipper
from carte.publish.tableur.onglet import Feuille, Valeur, nombre

MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
_ESPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    'xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"'
)
_MANIFESTE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<manifest:manifest '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MIMETYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    '<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/>'
    '<manifest:file-entry manifest:full-path="settings.xml" manifest:media-type="text/xml"/></manifest:manifest>\n'
)


def ecrire(feuilles: Sequence[Feuille], titre: str) -> bytes:
    """The bytes of the workbook; the same sheets give the same bytes."""
    parties = {
        "content.xml": "".join(_contenu(feuilles)),
        "meta.xml": f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-meta {_ESPACES}><office:meta>'
        f"<dc:title>{en_xml(titre)}</dc:title></office:meta></office:document-meta>\n",
        "settings.xml": "".join(_reglages(feuilles)),
        "META-INF/manifest.xml": _MANIFESTE,
    }
    return zipper(parties, MIMETYPE)


def _contenu(feuilles: Sequence[Feuille]) -> Iterator[str]:
    largeurs = sorted({largeur for feuille in feuilles for largeur in feuille.largeurs})
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content {_ESPACES}><office:automatic-styles>'
    for largeur in largeurs:
        yield (
            f'<style:style style:name="c{largeur}" style:family="table-column">'
            f'<style:table-column-properties style:column-width="{largeur * 2}mm"/></style:style>'
        )
    yield (
        '<style:style style:name="entete" style:family="table-cell"><style:table-cell-properties '
        'fo:background-color="#e2efec" fo:wrap-option="wrap"/><style:text-properties fo:font-weight="bold"/>'
        "</style:style></office:automatic-styles><office:body><office:spreadsheet>"
    )
    # Of two hundred thousand cells, fifteen thousand are different.
    cellule = lru_cache(maxsize=None, typed=True)(_cellule)
    for feuille in feuilles:
        yield f"<table:table table:name={quoteattr(net(feuille.nom))}>"
        yield from (f'<table:table-column table:style-name="c{largeur}"/>' for largeur in feuille.largeurs)
        for rang, ligne in enumerate(feuille.lignes):
            style = ' table:style-name="entete"' if rang < feuille.entetes else ""
            cellules = "".join([cellule(valeur, style) for valeur in ligne]) or "<table:table-cell/>"
            yield f"<table:table-row>{cellules}</table:table-row>"
        yield "</table:table>"
    yield "<table:database-ranges>"
    yield from (_filtre(rang, feuille) for rang, feuille in enumerate(feuilles) if feuille.liste)
    yield "</table:database-ranges></office:spreadsheet></office:body></office:document-content>\n"


def _filtre(rang: int, feuille: Feuille) -> str:
    """The buttons that filter the rows below the last heading."""
    nom = "'" + net(feuille.nom).replace("'", "''") + "'"
    fin = f"{_lettres(max(map(len, feuille.lignes), default=1))}{max(len(feuille.lignes), feuille.entetes)}"
    place = f"{nom}.A{feuille.entetes}:{nom}.{fin}"
    return (
        f'<table:database-range table:name="filtre{rang}" table:display-filter-buttons="true" '
        f"table:target-range-address={quoteattr(place)}/>"
    )


def _lettres(colonnes: int) -> str:
    """The name of the last of so many columns: 1 is A, 27 is AA."""
    nom = ""
    while colonnes > 0:
        colonnes, reste = divmod(colonnes - 1, 26)
        nom = chr(65 + reste) + nom
    return nom


def _cellule(valeur: Valeur, style: str) -> str:
    if valeur is None:
        return "<table:table-cell/>"
    if isinstance(valeur, bool):
        return f'<table:table-cell{style} office:value-type="boolean" office:boolean-value="{str(valeur).lower()}"/>'
    if isinstance(valeur, int | float):
        return f'<table:table-cell{style} office:value-type="float" office:value="{nombre(valeur)}"/>'
    if isinstance(valeur, date):
        return f'<table:table-cell{style} office:value-type="date" office:date-value="{valeur.isoformat()}"/>'
    return f'<table:table-cell{style} office:value-type="string"><text:p>{en_xml(valeur)}</text:p></table:table-cell>'


def _reglages(feuilles: Sequence[Feuille]) -> Iterator[str]:
    """Headings and first columns stay in view, as many of each."""
    yield (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-settings {_ESPACES}><office:settings>'
        '<config:config-item-set config:name="ooo:view-settings"><config:config-item-map-indexed config:name="Views">'
        '<config:config-item-map-entry><config:config-item-map-named config:name="Tables">'
    )
    for feuille in feuilles:
        yield f"<config:config-item-map-entry config:name={quoteattr(net(feuille.nom))}>"
        places = ("HorizontalSplitPosition", "VerticalSplitPosition", "PositionRight", "PositionBottom")
        valeurs = {"HorizontalSplitMode": 2, "VerticalSplitMode": 2, "ActiveSplitRange": 3}
        valeurs |= dict.fromkeys(places, feuille.entetes)
        for nom, valeur in valeurs.items():
            sorte = "short" if "Mode" in nom or nom == "ActiveSplitRange" else "int"
            yield f'<config:config-item config:name="{nom}" config:type="{sorte}">{valeur}</config:config-item>'
        yield "</config:config-item-map-entry>"
    yield (
        "</config:config-item-map-named></config:config-item-map-entry></config:config-item-map-indexed>"
        "</config:config-item-set></office:settings></office:document-settings>\n"
    )
