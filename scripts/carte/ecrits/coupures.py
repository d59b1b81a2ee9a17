"""Words that YAML drops or joins in silence: after a space, `#` opens a comment; a line further in goes on a value."""

import re
from collections.abc import Callable, Collection, Iterator
from functools import cache
from typing import Annotated, Any, get_args, get_origin

from pydantic import AfterValidator, BaseModel, BeforeValidator
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from carte.ecrits.faute import Chemin, Faute, conseil
from carte.ecrits.modele import Partie
from carte.ecrits.texte import citer
from carte.ecrits.yaml_strict import composer

_DIESE = re.compile(rb"[ \t]#")
_RESTE = re.compile(r"[ \t]*(#.*)")
# A value and, further in, what looks like another element or another field: nearly no record has any.
_SUITE = re.compile(
    rb"^( *)(?:- [^\n]+|[a-z_]+: +[^\s|>#][^\n]*)\r?\n\1 +- |^ +(?:[a-z]+(?:_[a-z]+)+(?: [^:\s]|:\S)|[a-z]{3,}:\S)",
    re.MULTILINE,
)
_ELEMENT = re.compile(r"(-) +\S")
_CHAMP = re.compile(r"([a-z]+(?:_[a-z]+)*)( +|:)(?=\S)")
_TOUS = "*"  # every item of a list or of a table
_A_LIRE = "mettez toute la valeur entre guillemets"


def coupures_du_modele(octets: bytes, modele: type[Partie]) -> Iterator[Faute]:
    """The same advice for a file whose texts are those of a model that no rule shapes: a title, a source, a name."""

    def est_texte(chemin: Chemin) -> bool:
        return tuple(_TOUS if isinstance(partie, int) else partie for partie in chemin) in _textes(modele)

    yield from coupures(octets, est_texte, lambda _: False, _A_LIRE)


def coupures(
    octets: bytes, est_texte: Callable[[Chemin], bool], est_forme: Callable[[Chemin], bool], a_lire: str
) -> Iterator[Faute]:
    """An advice for each value that a comment follows on its line, when it takes something away.

    Beside a text (`est_texte(path)`) or a number, hours, an address (`est_forme`) written without quotes, any comment
    does; beside a date, a word of a list or what quotes close, only one whose `#` touches a word. `a_lire`: what to do
    of words to be read that no value holds.
    """
    if _DIESE.search(octets) is None:  # nearly always
        return
    lignes = octets.decode("utf-8").splitlines()
    for chemin, noeud in _valeurs(composer(octets), ()):
        # Where the value ends, as written; an absent one ends after the colon of its key.
        fin = noeud.end_mark
        trouve = _RESTE.match(lignes[fin.line][fin.column :]) if fin.line < len(lignes) else None
        if trouve is None:
            continue
        simple = type(noeud) is ScalarNode and not noeud.style
        if simple and est_texte(chemin):
            message = _entre_guillemets(noeud.value, trouve[1])
        elif (simple and est_forme(chemin)) or re.match(r"#[^\W_]", trouve[1]):
            message = _ailleurs(trouve[1], a_lire)
        else:
            continue
        valeur = citer(noeud.value) if isinstance(noeud, ScalarNode) else ""
        position = (fin.line + 1, fin.column + trouve.start(1) + 1)
        yield conseil(chemin, message, "diese", valeur)._replace(position=position)


def collages(octets: bytes, champs: Collection[str]) -> Iterator[Faute]:
    """An advice for each line that goes on the value above it, and looks like another element or one of `champs`."""
    if _SUITE.search(octets) is None:  # nearly always
        return
    lignes = octets.decode("utf-8").splitlines()
    for chemin, noeud in _valeurs(composer(octets), ()):
        if not isinstance(noeud, ScalarNode) or noeud.style:
            continue
        for rang in range(noeud.start_mark.line + 1, min(noeud.end_mark.line + 1, len(lignes))):
            texte = lignes[rang].strip()
            if quoi := _ressemble(texte, champs):
                message = (
                    f"Cette ligne est lue comme la suite de la ligne {rang}, dans le même texte : "
                    f"« {citer(noeud.value)} ». {quoi}"
                )
                position = (rang + 1, len(lignes[rang]) - len(lignes[rang].lstrip()) + 1)
                yield conseil(chemin, message, "suite", citer(noeud.value))._replace(position=position)


def _ressemble(texte: str, champs: Collection[str]) -> str:
    """What to do with a line that goes on a value; empty when it looks like a text."""
    if _ELEMENT.match(texte):
        return "Si c'est un autre élément, alignez son tiret sur celui de l'élément au-dessus."
    trouve = _CHAMP.match(texte)
    if trouve is None or trouve[1] not in champs or (trouve[2] != ":" and "_" not in trouve[1]):
        return ""
    return f"Si c'est un champ, écrivez « {trouve[1]}: » avec une espace après les deux-points, sans retrait de plus."


def _entre_guillemets(lu: str, perdu: str) -> str:
    entier = " ".join(filter(None, (lu, perdu)))
    forme = "'" + entier.replace("'", "''") + "'" if '"' in entier or "\\" in entier else f'"{entier}"'
    return (
        f"« {citer(perdu)} » n'est pas lu : après une espace, « # » ouvre un commentaire. Pour garder ce texte, mettez "
        f"tout entre guillemets : {citer(forme, 200)}. Si c'est une note, écrivez-la sur une ligne à elle."
    )


def _ailleurs(perdu: str, a_lire: str) -> str:
    return (
        f"« {citer(perdu)} » n'est pas lu : après une espace, « # » ouvre un commentaire. Si c'est à lire, {a_lire}. "
        "Si c'est une note, mettez-la sur une ligne à elle."
    )


@cache
def _textes(modele: type[Partie]) -> frozenset[tuple[str, ...]]:
    return frozenset(_des_textes(modele, (), ()))


def _des_textes(annotation: Any, regles: tuple[Any, ...], base: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Paths in a model of the texts that none of its rules looks at."""
    genre, arguments = get_origin(annotation), get_args(annotation)
    if annotation is str:
        if not any(isinstance(regle, AfterValidator | BeforeValidator) for regle in regles):
            yield base
    elif genre is Annotated:
        yield from _des_textes(arguments[0], arguments[1:], base)
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        for nom, champ in annotation.model_fields.items():
            yield from _des_textes(champ.annotation, tuple(champ.metadata), (*base, nom))
    elif genre in (list, tuple, dict):
        yield from _des_textes(arguments[genre is dict], (), (*base, _TOUS))
    else:
        for argument in arguments:
            yield from _des_textes(argument, regles, base)


def _valeurs(noeud: Node | None, chemin: Chemin) -> Iterator[tuple[Chemin, Node]]:
    """The values that end on a line of their own: scalars but blocks, lists and tables between brackets."""
    if type(noeud) is ScalarNode:
        if noeud.style not in ("|", ">"):
            yield chemin, noeud
        return
    if isinstance(noeud, SequenceNode | MappingNode) and noeud.flow_style:
        yield chemin, noeud
    if type(noeud) is SequenceNode:
        for rang, enfant in enumerate(noeud.value):
            yield from _valeurs(enfant, (*chemin, rang))
    elif type(noeud) is MappingNode:
        for cle, valeur in noeud.value:
            yield from _valeurs(valeur, (*chemin, cle.value))
