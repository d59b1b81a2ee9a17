"""The bytes of a hand-written file: an ordinary one, small, in UTF-8, without a character that nobody sees."""

import os

from carte.ecrits.caracteres import marque_de_conflit, suspects
from carte.ecrits.faute import Faute
from carte.ecrits.problem import Gravite
from carte.ecrits.syntaxe import ErreurYaml
from carte.ecrits.texte import ligne_colonne
from carte.erreurs import ErreurCarte, cause
from carte.ordinaire import ouvrir

# How files begin that are no text, whatever their name: what word processors and browsers save.
_AUTRES_SORTES = {
    b"{\\rtf": "un document de traitement de texte (RTF)",
    b"PK\x03\x04": "un document de traitement de texte, un classeur ou une archive",
    b"\xd0\xcf\x11\xe0": "un ancien document Word ou Excel",
    b"%pdf": "un PDF",
    b"<!doctype": "une page web",
    b"<html": "une page web",
    b"<?xml": "un fichier XML",
}
_BOM = b"\xef\xbb\xbf"


class LectureRefusee(ErreurCarte):
    """A file that is not read; the message says why."""


def lire_octets(chemin: str, maximum: int, *, liens: bool = False) -> bytes:
    """The bytes of an ordinary file of at most `maximum` bytes; a symbolic link is followed only with `liens`.

    Raises LectureRefusee; never blocks.
    """
    try:
        with ouvrir(chemin, liens=liens) as flux:
            taille = os.fstat(flux.fileno()).st_size
            octets = b"" if taille > maximum else flux.read(maximum + 1)
    except OSError as erreur:
        raise LectureRefusee(f"Ce fichier ne peut pas être lu : {cause(erreur)}.") from erreur
    if (taille := max(taille, len(octets))) > maximum:
        raise LectureRefusee(_trop_gros(taille, maximum))
    return octets


def _trop_gros(taille: int, maximum: int) -> str:
    return f"Ce fichier est trop gros ({taille // 1024} ko) : il fait au plus {maximum // 1024} ko."


def nettoyer(octets: bytes) -> tuple[bytes, list[Faute]]:
    """UTF-8 bytes that libyaml can read, and what was said on the way. Raises ErreurYaml."""
    fautes = []
    if octets.startswith(_BOM):
        octets = octets[len(_BOM) :]
        message = "Le fichier commence par une marque invisible (BOM), mise par certains éditeurs : elle est ignorée."
        fautes.append(Faute((), message, "encodage", Gravite.CONSEIL, position=(1, 1)))
    debut_lu = octets[:200].lstrip().lower()
    if sorte := next((s for signe, s in _AUTRES_SORTES.items() if debut_lu.startswith(signe.lower())), None):
        message = (
            f"Ce fichier est {sorte}, pas un texte simple. Enregistrez-le en « texte brut », dans l'encodage UTF-8."
        )
        raise ErreurYaml(message, 1, 1)
    if octets.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ErreurYaml("Le fichier est en UTF-16 : enregistrez-le en UTF-8.", 1, 1)
    try:
        texte = octets.decode("utf-8")
    except UnicodeDecodeError as erreur:
        debut = octets[: erreur.start].decode("utf-8")
        message = "Le fichier n'est pas en UTF-8 (un accent ne peut pas être lu) : enregistrez-le en UTF-8."
        raise ErreurYaml(message, *ligne_colonne(debut, len(debut))) from erreur
    if conflit := marque_de_conflit(texte):
        raise ErreurYaml(conflit[0], *ligne_colonne(texte, conflit[1]))
    for suspect in suspects(texte):
        place = ligne_colonne(texte, suspect.index)
        if suspect.illisible:
            raise ErreurYaml(suspect.message, *place)
        gravite = Gravite.BLOQUANT if suspect.grave else Gravite.CONSEIL
        fautes.append(Faute((), suspect.message, "caractere", gravite, position=place))
    return octets, fautes
