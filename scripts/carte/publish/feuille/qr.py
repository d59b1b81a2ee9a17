"""The QR code of a page, as an image that a page or a sheet holds within itself."""

from functools import lru_cache

import segno

# Any of the eight masks makes a valid code, which says the one it has. To try them all and keep the easiest to read
# costs ten times the code itself; this one is the easiest of eight for most addresses of records, and 3 % from it on
# average, by the standard's own penalties (measured on the demonstration).
_MASQUE = 2


# The fiche and the sheet show the same code, and it is what costs most in both.
@lru_cache(maxsize=65_536)
def image(adresse: str) -> str:
    """The code of `adresse` as a `data:` address: a PNG of one pixel a module, medium correction, with the quiet zone
    that readers need (4 modules). About 450 bytes, a fifth of the same drawing in SVG; to be shown without smoothing.
    """
    code = segno.make(adresse, error="m", micro=False, boost_error=False, mask=_MASQUE)
    return str(code.png_data_uri(scale=1, border=4))
