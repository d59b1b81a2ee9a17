"""The same parser in pure Python, for the rare PyYAML built without libyaml."""

from yaml.composer import Composer
from yaml.events import Event
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner


class AnalyseurPur(Reader, Scanner, Parser, Composer):
    """What `yaml.cyaml.CParser` offers: bytes in, nodes or events out."""

    def __init__(self, octets: bytes) -> None:
        Reader.__init__(self, octets)
        Scanner.__init__(self)
        Parser.__init__(self)
        Composer.__init__(self)

    def get_event(self) -> Event | None:
        """The next event, None at the end, like libyaml."""
        evenement: Event | None = super().get_event() if self.check_event() else None  # type: ignore[no-untyped-call]
        return evenement
