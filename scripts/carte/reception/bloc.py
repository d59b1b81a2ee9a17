"""The block that the form writes in a message, whatever mail programs did to it: found, mended, compared with its mark.

`site_src/modules/formulaire/message.js` writes it. Its mark is the CRC-32 of the id, of the record as the program
writes it, and of what the person saw: a block is taken for sound only when it gives the mark again, letter for letter.
"""

import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product, repeat

from carte.ecrits.formes import est_identifiant
from carte.reception.modele import ReceptionRefusee
from carte.records import Lieu
from carte.records.files import TAILLE_MAX
from carte.records.write import A_COMPLETER

DEBUT, FIN, MARQUE, NEUVE = "DEBUT DE LA FICHE", "FIN DE LA FICHE", "# empreinte", "nouvelle"
BLOCS_MAX = 50
PREMIERS = 4
_PLIS_MAX = 8
_IDENTIFIANT_MAX = 300
_TIRETS = re.compile(r"\s*[-–—]{2,}")
_CITATION = re.compile(r"[> \t|]*\Z")
_MOTS = re.compile(rf"\b([a-z_]+-[0-9a-f]{{8}}|{NEUVE})\b")
_EMPREINTE = re.compile(r"[\s#>|]*([0-9a-f]{8})\b")
# A line of the record that stands at the margin starts with one of these; any other goes on the line before.
_TETES = tuple(f"{nom}:" for nom in (A_COMPLETER, *Lieu.model_fields))
# What a record writes as an escape: raw, it was put there on the way.
_EN_ESPACE = re.compile("[\t\xa0]")
_EN_LIGNE = re.compile("\r\n?|[\u2028\u2029]")
_EN_TROP = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufffe\uffff]")
# An address that a mail program wrote again after itself, between angles.
_LIEN = re.compile(r"(?<![^\s<>\"])(?P<mots>[^\s<>\"]{1,2000})\s?<(?:mailto:)?(?P=mots)/?>")


@dataclass(frozen=True, slots=True)
class Bloc:
    """What stands between the two lines: the id as written, the lines of the record as they came, the mark.

    `empreinte`: empty when the message has none. `dits`: what the person saw, field by field, or NEUVE. `defaut`: why
    nothing can be read, when nothing can.
    """

    identifiant: str
    lignes: tuple[str, ...] = ()
    empreinte: str = ""
    dits: tuple[str, ...] = ()
    defaut: str = ""


def trouver(texte: str) -> list[Bloc]:
    """The blocks of a text, those that cannot be read too. Raises ReceptionRefusee when there are too many."""
    texte = _EN_TROP.sub("", _EN_ESPACE.sub(" ", _EN_LIGNE.sub("\n", texte)))
    blocs: list[Bloc] = []
    place = texte.find(DEBUT)
    while place >= 0:
        if len(blocs) == BLOCS_MAX:
            raise ReceptionRefusee(f"Ce message contient plus de {BLOCS_MAX} fiches : envoyez-les en plusieurs fois.")
        suivant = texte.find(DEBUT, place + len(DEBUT))
        limite = suivant if suivant >= 0 else len(texte)
        blocs.append(_bloc(texte[place + len(DEBUT) : limite], _prefixe(texte, place)))
        place = suivant
    return blocs


def _bloc(texte: str, prefixe: str) -> Bloc:
    """The block whose first line goes on with `texte`."""
    tirets = _TIRETS.search(texte, 0, _IDENTIFIANT_MAX)
    identifiant = re.sub(r"[\s>]", "", texte[: tirets.start()]) if tirets else ""
    if tirets is None or not est_identifiant(identifiant):
        return Bloc("", defaut=_SANS_NOM)
    corps, fin, _ = texte[tirets.end() :].partition(FIN)
    if not fin:
        return Bloc(identifiant, defaut=_COUPEE)
    if len(corps) > 2 * TAILLE_MAX:
        return Bloc(identifiant, defaut=f"La fiche est trop longue : elle fait au plus {TAILLE_MAX // 1024} ko.")
    contenu, marque, suite = corps.rpartition(MARQUE)
    if not marque:
        return Bloc(identifiant, _lignes(corps.rstrip("-–—"), prefixe))
    lue = _EMPREINTE.match(suite)
    return Bloc(identifiant, _lignes(contenu, prefixe), lue.group(1) if lue else "", tuple(_MOTS.findall(suite)))


def _lignes(contenu: str, prefixe: str) -> tuple[str, ...]:
    """The lines of the record, without what was put before them: it has no empty one."""
    rien = "> " if prefixe else " "
    lignes = (_sans(ligne, prefixe).rstrip(" ") for ligne in contenu.split("\n"))
    return tuple(ligne for ligne in lignes if ligne.strip(rien))


_SANS_NOM = "La ligne « DEBUT DE LA FICHE » ne nomme aucune fiche, comme 36/mediatheque."
_COUPEE = (
    "La fiche est coupée, il manque la ligne « FIN DE LA FICHE » : demandez de l'envoyer à nouveau, avec le fichier "
    "joint (« Télécharger le fichier »)."
)


def _prefixe(texte: str, place: int) -> str:
    """What an answer or a transfer put before each line: what stands before the dashes of the first one."""
    avant = texte[texte.rfind("\n", 0, place) + 1 : place].rstrip().rstrip("-–—")
    return avant if _CITATION.match(avant) else ""


def textes(bloc: Bloc) -> Iterator[str]:
    """The record's text as it may have been sent, the likeliest first: addresses written once, folds opened.

    Never more than a thousand; the first PREMIERS are those where every fold was a space.
    """
    sans_liens = [_LIEN.sub(r"\g<mots>", ligne) for ligne in bloc.lignes]
    faits = list(product((bloc.lignes, sans_liens), (_est_tete, _est_tete_ou_tiret)))
    yield from (_deplie(lignes, tete, None) for lignes, tete in faits)
    for lignes, tete in faits:
        nombre = sum(not tete(ligne) for ligne in lignes[1:])
        if 0 < nombre <= _PLIS_MAX:
            yield from (_deplie(lignes, tete, joints) for joints in product((" ", ""), repeat=nombre))


def _deplie(lignes: Sequence[str], tete: Callable[[str], bool], joints: Sequence[str] | None) -> str:
    """With every line that was folded on the one it goes on, after a space or, by `joints`, as one word with it."""
    suivants = iter(joints) if joints is not None else repeat(" ")
    morceaux = ["\n" + ligne if tete(ligne) else next(suivants) + ligne for ligne in lignes[1:]]
    return "".join([*lignes[:1], *morceaux, "\n"])


def _sans(ligne: str, prefixe: str) -> str:
    if not prefixe:
        return ligne
    if ligne.startswith(prefixe):
        return ligne[len(prefixe) :]
    return re.sub(rf"\A(?:[>|] ?){{0,{max(1, len(prefixe.replace(' ', '')))}}}", "", ligne)


def _est_tete(ligne: str) -> bool:
    return ligne.startswith((" ", *_TETES))


def _est_tete_ou_tiret(ligne: str) -> bool:
    """As well a list whose margin was lost."""
    return _est_tete(ligne) or ligne.startswith("- ")


def empreinte(texte: str) -> str:
    """As `empreinte.js`: CRC-32 of the UTF-8 bytes, eight hexadecimal digits; half letters count as unknown ones."""
    return f"{zlib.crc32(texte.encode('utf-8', 'replace')):08x}"


def est_juste(bloc: Bloc, texte: str) -> bool:
    """Whether this text of the record, as the program writes it, gives the mark of the block."""
    return bloc.empreinte == empreinte(f"{bloc.identifiant}\n{texte}{' '.join(bloc.dits)}")
