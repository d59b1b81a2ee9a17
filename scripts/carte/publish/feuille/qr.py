"""The QR code of a page, as an image that prints sharp."""

import segno


def svg(adresse: str) -> str:
    """A whole SVG of the code of `adresse`, medium correction, with the quiet zone that readers need (4 modules)."""
    code = segno.make(adresse, error="m", micro=False, boost_error=False)
    cote = code.symbol_size(border=4)[0]
    corps = code.svg_inline(border=4, svgclass=None, lineclass=None, omitsize=True)
    attributs = f'xmlns="http://www.w3.org/2000/svg" width="{cote}" height="{cote}" shape-rendering="crispEdges"'
    fond = f'<rect width="{cote}" height="{cote}" fill="#fff"/>'
    return corps.replace("<svg ", f"<svg {attributs} ", 1).replace("><path", f">{fond}<path", 1) + "\n"
