"""A table that was read strictly, as a frame: apart, so that reading records never waits for pandas."""

import pandas as pd

from carte.ecrits.csv_strict import Table


def cadre(table: Table) -> pd.DataFrame:
    """Columns of texts; the index of each row is its line in the file, for messages."""
    return pd.DataFrame(table.rangees, columns=list(table.entete), index=list(table.lignes), dtype=str)
