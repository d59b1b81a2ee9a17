"""From a path in a file to its line and column, by composing it again: only files at fault pay for it."""

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from carte.ecrits.faute import Chemin, Faute
from carte.ecrits.yaml_strict import composer


class Situeur:
    """Finds where each part of one file is written. Columns count characters, both start at 1."""

    def __init__(self, octets: bytes) -> None:
        self._octets = octets
        self._racine: Node | None = None

    def position(self, faute: Faute) -> tuple[int, int]:
        """Line and column of a fault's value, or of its key; a missing part is at the start of what lacks it."""
        if faute.position is not None:
            return faute.position
        cle, noeud = self._suivre(faute.chemin)
        vise = cle if (faute.sur_cle and cle is not None) else noeud
        if not faute.chemin or vise is self._racine:
            return 1, 1
        ligne, colonne = vise.start_mark.line + 1, vise.start_mark.column + 1
        return ligne, colonne + self._decalage(vise, faute.decalage)

    def source(self, chemin: Chemin) -> str:
        """The text of a scalar as its author wrote it."""
        return str(self._suivre(chemin)[1].value)

    def _suivre(self, chemin: Chemin) -> tuple[Node | None, Node]:
        """The key (if any) and the node at a path, or the last part that exists."""
        if self._racine is None:
            self._racine = composer(self._octets)
            assert self._racine is not None, "a file that was read once is still there"
        cle: Node | None = None
        noeud = self._racine
        for partie in chemin:
            suivant = _enfant(noeud, partie)
            if suivant is None:
                return cle, noeud
            cle, noeud = suivant
        return cle, noeud

    @staticmethod
    def _decalage(noeud: Node, decalage: int) -> int:
        """The place inside a value is only known when it is written on one line, without escapes."""
        if not decalage or type(noeud) is not ScalarNode or noeud.start_mark.line != noeud.end_mark.line:
            return 0
        guillemet = 1 if noeud.style else 0
        ecrit = noeud.end_mark.column - noeud.start_mark.column - 2 * guillemet
        return decalage + guillemet if ecrit == len(noeud.value) else 0


def _enfant(noeud: Node, partie: str | int) -> tuple[Node | None, Node] | None:
    if type(noeud) is MappingNode:
        return next(((cle, valeur) for cle, valeur in noeud.value if cle.value == partie), None)
    if type(noeud) is SequenceNode and isinstance(partie, int) and partie < len(noeud.value):
        return None, noeud.value[partie]
    return None
