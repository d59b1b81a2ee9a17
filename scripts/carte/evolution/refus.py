"""Why a former publication is refused; apart from its reading, which needs the tables of the figures."""

from carte.erreurs import ErreurCarte


class PublicationIllisible(ErreurCarte):
    """The folder is not a former publication; the message names the file and what is missing."""
