"""A table that was read strictly, as a frame: apart, so that reading records never waits for pandas."""

import pandas as pd

from carte.ecrits.csv_strict import Table

_COMMUNE = r"(?:\d\d|2[AB])\d{3}"
_SANS_ZERO = r"\d{4}"  # a spreadsheet takes 01004 for a number


def cadre(table: Table) -> pd.DataFrame:
    """Columns of texts; the index of each row is its line in the file, for messages."""
    return pd.DataFrame(table.rangees, columns=list(table.entete), index=list(table.lignes), dtype=str)


def codes_communes(textes: "pd.Series[str]") -> "pd.Series[str]":
    """Codes of communes with the zero that a spreadsheet took from their heads; anything else stays as it is."""
    return textes.where(~textes.str.fullmatch(_SANS_ZERO), "0" + textes)


def pas_des_communes(codes: "pd.Series[str]") -> "pd.Series[bool]":
    """Which texts have not the form of a commune's code: a figure beside such a code would be lost in silence."""
    return ~codes.str.fullmatch(_COMMUNE)
