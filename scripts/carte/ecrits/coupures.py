"""Words that YAML drops in silence: after a space, `#` begins a comment, wherever a person meant to write it."""

import re
from collections.abc import Callable, Iterator

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from carte.ecrits.faute import Chemin, Faute, conseil
from carte.ecrits.texte import citer
from carte.ecrits.yaml_strict import composer

_DIESE = re.compile(rb"[ \t]#")
_RESTE = re.compile(r"[ \t]*(#.*)")


def coupures(octets: bytes, est_texte: Callable[[Chemin], bool]) -> Iterator[Faute]:
    """An advice for each text that a comment follows on its line; `est_texte(path)`: whether a text is due there.

    The file can be parsed. A comment beside a date or a word of a list takes nothing away: it is left alone.
    """
    if _DIESE.search(octets) is None:  # nearly always
        return
    lignes = octets.decode("utf-8").splitlines()
    for chemin, noeud in _simples(composer(octets), ()):
        # Where the value ends, as written; an absent one ends after the colon of its key.
        fin = noeud.end_mark
        trouve = _RESTE.match(lignes[fin.line][fin.column :]) if fin.line < len(lignes) else None
        if trouve is not None and est_texte(chemin):
            position = (fin.line + 1, fin.column + trouve.start(1) + 1)
            yield conseil(chemin, _message(noeud.value, trouve[1]), "diese", citer(noeud.value))._replace(
                position=position
            )


def _message(lu: str, perdu: str) -> str:
    entier = " ".join(filter(None, (lu, perdu)))
    forme = "'" + entier.replace("'", "''") + "'" if '"' in entier or "\\" in entier else f'"{entier}"'
    return (
        f"« {citer(perdu)} » n'est pas lu : après une espace, « # » ouvre un commentaire. Pour garder ce texte, mettez "
        f"tout entre guillemets : {citer(forme, 200)}. Si c'est une note, écrivez-la sur une ligne à elle."
    )


def _simples(noeud: Node | None, chemin: Chemin) -> Iterator[tuple[Chemin, ScalarNode]]:
    """The scalars written without quotes, with their paths."""
    if type(noeud) is ScalarNode and not noeud.style:
        yield chemin, noeud
    elif type(noeud) is SequenceNode:
        for rang, enfant in enumerate(noeud.value):
            yield from _simples(enfant, (*chemin, rang))
    elif type(noeud) is MappingNode:
        for cle, valeur in noeud.value:
            yield from _simples(valeur, (*chemin, cle.value))
