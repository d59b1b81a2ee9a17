"""The QR code of a page, as an image that a page or a sheet holds within itself."""

from functools import lru_cache

import segno


# The fiche and the sheet show the same code, and it is what costs most in both.
@lru_cache(maxsize=65_536)
def image(adresse: str) -> str:
    """The code of `adresse` as a `data:` address: a PNG of one pixel a module, medium correction, with the quiet zone
    that readers need (4 modules). About 450 bytes, a fifth of the same drawing in SVG; to be shown without smoothing.
    """
    code = segno.make(adresse, error="m", micro=False, boost_error=False)
    return str(code.png_data_uri(scale=1, border=4))
