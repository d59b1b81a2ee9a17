"""A saved mail, whatever program saved it: its texts, and the records attached to it.

A mail (.eml), the text or the page saved from a mail program, a box (mbox), a folder of these or a Maildir, a record.
"""

import mailbox
import re
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from itertools import islice
from pathlib import Path

from carte.ecrits.octets import LectureRefusee, lire_octets
from carte.ecrits.tables import decoder
from carte.ecrits.texte import montrable
from carte.reception.html import en_texte
from carte.reception.modele import Courrier, ReceptionRefusee
from carte.records.files import TAILLE_MAX as FICHE_MAX

TAILLE_MAX = 32 * 1024**2
MESSAGES_MAX = 2_000
_PARTIES_MAX = 200
_TEXTE_MAX = 1024**2  # one text of a mail: a record is 2 kB, and an answer quotes a few
_FICHES = (".yml", ".yaml")
_PAGES = (".html", ".htm")
_IGNORES = ("README.md", "cur", "new", "tmp")
_ENTETE = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}\r?\n")
_DU_COURRIER = re.compile(
    rb"^(?:Received|Return-Path|Message-ID|MIME-Version|Content-Type|From|Date|Delivered-To):", re.I | re.M
)
# Those of ISO-8859-1 are read as Windows-1252, as browsers do.
_JEUX = {"iso-8859-15": "iso8859-15", "iso8859-15": "iso8859-15", "latin-9": "iso8859-15", "macintosh": "mac-roman"}
_ETRANGERS = (
    (
        b"\xd0\xcf\x11\xe0",
        "un message d'Outlook (.msg)",
        "dans Outlook, faites Fichier, Enregistrer sous, « Texte seul (.txt) »",
    ),
    (b"%PDF", "un PDF", "enregistrez le message lui-même, ou copiez son texte dans un fichier .txt"),
    (b"PK\x03\x04", "une archive ou un document", "sortez-en le message ou le fichier .yml"),
    (b"{\\rtf", "un document RTF", "enregistrez le message en « Texte seul (.txt) »"),
    (b"\x89PNG", "une image", "il faut le texte du message : enregistrez-le, ou copiez-le dans un fichier .txt"),
    (b"\xff\xd8\xff", "une image", "il faut le texte du message : enregistrez-le, ou copiez-le dans un fichier .txt"),
)


def lire(chemin: Path) -> Iterator[Courrier | ReceptionRefusee]:
    """Each message of a file, of a box or of a folder, in the order of names; what cannot be read, as why."""
    if not chemin.is_dir():
        yield from _du_fichier(chemin, montrable(chemin.name), liens=True)
        return
    boites = [chemin / nom for nom in ("cur", "new") if (chemin / nom).is_dir()] or [chemin]
    fichiers = [f for boite in boites for f in sorted(boite.iterdir()) if not f.name.startswith(".")]
    for fichier in fichiers[:MESSAGES_MAX]:
        if fichier.name not in _IGNORES and not (fichier.is_dir() and not fichier.is_symlink()):
            yield from _du_fichier(fichier, montrable(fichier.name), liens=False)
    if len(fichiers) > MESSAGES_MAX:
        yield _trop(montrable(chemin.name))


def _du_fichier(fichier: Path, nom: str, *, liens: bool) -> Iterator[Courrier | ReceptionRefusee]:
    try:
        octets = lire_octets(str(fichier), TAILLE_MAX, liens=liens)
        if octets.startswith(b"From "):
            yield from _de_la_boite(fichier, nom)
        else:
            yield _lire(octets, nom, fichier.suffix.lower())
    except LectureRefusee as refus:
        yield ReceptionRefusee(f"{nom} : {refus}")
    except ReceptionRefusee as refus:
        yield refus


def _de_la_boite(fichier: Path, nom: str) -> Iterator[Courrier | ReceptionRefusee]:
    boite = mailbox.mbox(fichier, create=False)
    try:
        for rang, cle in enumerate(boite.iterkeys(), start=1):
            if rang > MESSAGES_MAX:
                yield _trop(nom)
                return
            try:
                yield _du_courriel(boite.get_bytes(cle), f"{nom}, message {rang}")
            except ReceptionRefusee as refus:
                yield refus
    finally:
        boite.close()


def _trop(nom: str) -> ReceptionRefusee:
    return ReceptionRefusee(f"{nom} a plus de {MESSAGES_MAX} messages : recevez-les en plusieurs fois.")


def _lire(octets: bytes, nom: str, extension: str) -> Courrier:
    for debut, quoi, conseil in _ETRANGERS:
        if octets.startswith(debut):
            raise ReceptionRefusee(f"{nom} est {quoi}, qui ne se lit pas ici : {conseil}.")
    if extension in _FICHES:
        return Courrier(nom, jointes=((nom, octets),))
    entete = _ENTETE.match(octets[:_TEXTE_MAX])
    if extension == ".eml" or (entete and _DU_COURRIER.search(entete.group())):
        return _du_courriel(octets, nom)
    texte = decoder(_borne(octets, nom))[0]
    page = extension in _PAGES or texte.lstrip()[:15].lower().startswith(("<!doctype html", "<html"))
    return Courrier(nom, (en_texte(texte) if page else texte,))


def _du_courriel(octets: bytes, nom: str) -> Courrier:
    """The texts of a mail and the records attached to it, those of the mails attached to it too."""
    try:
        # The old policy gives headers as they are: the new one takes minutes on a hostile one.
        parties = list(islice(message_from_bytes(octets).walk(), _PARTIES_MAX))
        textes: list[str] = []
        jointes: list[tuple[str, bytes]] = []
        for partie in parties:
            if partie.is_multipart():
                continue
            if (fichier := _nom_joint(partie)).lower().endswith(_FICHES):
                jointes.append((fichier, _contenu(partie, fichier, FICHE_MAX)))
            elif partie.get_content_maintype() == "text":
                textes += _textes(partie, nom)
    except (RecursionError, HeaderParseError) as erreur:
        raise ReceptionRefusee(
            f"{nom} est un courriel mal formé : copiez le texte du message dans un fichier .txt."
        ) from erreur
    return Courrier(nom, tuple(textes), tuple(jointes))


def _textes(partie: Message, nom: str) -> Iterator[str]:
    """The text of a part; of one whose lines flow (RFC 3676), as it is too: some programs only say that they do."""
    octets = _contenu(partie, nom, _TEXTE_MAX)
    jeu = _JEUX.get((partie.get_content_charset() or "").lower())
    texte = octets.decode(jeu, errors="replace") if jeu else decoder(octets)[0]
    if partie.get_content_subtype() == "html":
        yield en_texte(texte)
        return
    if str(partie.get_param("format", "")).lower() == "flowed":
        yield deplier(texte, colle=str(partie.get_param("delsp", "")).lower() == "yes")
    yield texte


def deplier(texte: str, *, colle: bool) -> str:
    """A text whose lines end with a space where they go on (RFC 3676); `colle`: that space is not the author's."""
    lignes: list[str] = []
    suit, ici = False, ""
    for brute in texte.replace("\r\n", "\n").split("\n"):
        utile = brute.lstrip(">")
        citation, utile = ">" * (len(brute) - len(utile)), utile.removeprefix(" ")
        if suit and citation == ici:
            lignes[-1] += utile
        else:
            lignes.append(f"{citation} {utile}" if citation else utile)
        suit, ici = utile.endswith(" ") and utile != "-- ", citation
        if suit and colle:
            lignes[-1] = lignes[-1][:-1]
    return "\n".join(lignes)


def _contenu(partie: Message, nom: str, maximum: int) -> bytes:
    octets = partie.get_payload(decode=True)
    return _borne(octets if isinstance(octets, bytes) else b"", nom, maximum)


def _borne(octets: bytes, nom: str, maximum: int = _TEXTE_MAX) -> bytes:
    if len(octets) > maximum:
        raise ReceptionRefusee(
            f"{montrable(nom)} est trop long ({len(octets) // 1024} ko) pour un message du formulaire : "
            "copiez-en la fiche, de la ligne du début à celle de la fin, dans un fichier .txt."
        )
    return octets


def _nom_joint(partie: Message) -> str:
    nom = str(partie.get_filename() or "")
    if "=?" in nom:
        try:
            nom = str(make_header(decode_header(nom)))
        except (LookupError, ValueError):
            return ""
    return nom
