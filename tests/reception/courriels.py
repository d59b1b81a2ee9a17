"""The same message as each mail program sends, folds, quotes or saves it."""

import base64
import html
import quopri
import textwrap
from collections.abc import Callable
from email.message import EmailMessage

from carte import records
from carte.ecrits.yaml_strict import lire as lire_yaml
from carte.reception.bloc import empreinte
from carte.reception.propositions import sans_entete
from carte.records import Lieu

EXPEDITEUR = "Jeanne Personne <jeanne.personne@ailleurs.example>"
_TETE = (
    f"From: {EXPEDITEUR}\r\nTo: contact@hub.example\r\nSubject: =?utf-8?Q?Correction_=C3=A0_faire?=\r\n"
    "Date: Tue, 24 Nov 2026 10:00:00 +0100\r\nMIME-Version: 1.0\r\n"
)


def courriel(octets: bytes, sorte: str = "text/plain; charset=utf-8", codage: str = "8bit") -> bytes:
    return f"{_TETE}Content-Type: {sorte}\r\nContent-Transfer-Encoding: {codage}\r\n\r\n".encode() + octets


def _replie(corps: str, largeur: int = 76) -> str:
    """Lines cut at a space, without any mark of it."""
    lignes = []
    for ligne in corps.split("\n"):
        debut = ligne[: len(ligne) - len(ligne.lstrip(" "))]
        lignes += textwrap.wrap(
            ligne.lstrip(" "),
            largeur,
            initial_indent=debut,
            break_long_words=False,
            break_on_hyphens=False,
            expand_tabs=False,
            replace_whitespace=False,
            drop_whitespace=True,
        ) or [""]
    return "\n".join(lignes)


def fluide(corps: str, largeur: int = 72) -> bytes:
    """RFC 3676: cut after a space that stays, one space more before a line that starts with one."""
    lignes = []
    for ligne in corps.split("\n"):
        reste = ligne
        while len(reste) > largeur and " " in reste[20:largeur]:
            place = reste.rindex(" ", 20, largeur) + 1
            if reste[:place].strip(" ") == "" or reste[place : place + 1] == " ":
                break
            lignes.append(reste[:place])
            reste = reste[place:]
        lignes.append(reste)
    farcies = [f" {ligne}" if ligne.startswith((" ", ">", "From ")) else ligne for ligne in lignes]
    return courriel("\r\n".join(farcies).encode(), "text/plain; charset=utf-8; format=flowed")


def _page(corps: str, ligne: Callable[[str], str], joint: str) -> bytes:
    dedans = joint.join(ligne(html.escape(texte, quote=False)) for texte in corps.split("\n"))
    page = f"<html><head><style>p {{ color: red }}</style></head><body>{dedans}</body></html>"
    return courriel(quopri.encodestring(page.encode()), "text/html; charset=utf-8", "quoted-printable")


def _insecables(texte: str) -> str:
    """Every other space of a run is one that does not break, as editors do so that none is lost."""
    return texte.replace("  ", "&nbsp; ") if not texte.startswith(" ") else "&nbsp;" + _insecables(texte[1:])


def _transfere(corps: str) -> bytes:
    dedans = EmailMessage()
    dedans["From"], dedans["Subject"] = EXPEDITEUR, "Correction"
    dedans.set_content(corps, cte="base64")
    dehors = EmailMessage()
    dehors["From"] = EXPEDITEUR
    dehors.set_content("Pour toi.")
    dehors.add_attachment(dedans)
    return dehors.as_bytes()


def _les_deux(corps: str) -> bytes:
    """Text and page, as most programs send."""
    courriel_ = EmailMessage()
    courriel_["From"], courriel_["Subject"] = EXPEDITEUR, "Correction"
    courriel_.set_content(_replie(corps), cte="quoted-printable")
    lignes = "<br>".join(_insecables(html.escape(ligne, quote=False)) for ligne in corps.split("\n"))
    courriel_.add_alternative(f"<div>{lignes}</div>", subtype="html")
    return courriel_.as_bytes()


def _cite(corps: str) -> str:
    return "\n".join(f"> {ligne}" if ligne else ">" for ligne in corps.split("\n"))


FACONS: dict[str, Callable[[str], bytes]] = {
    "tel quel": lambda c: courriel(c.replace("\n", "\r\n").encode()),
    "quoted-printable": lambda c: courriel(quopri.encodestring(c.encode()), codage="quoted-printable"),
    "base64": lambda c: courriel(base64.encodebytes(c.replace("\n", "\r\n").encode()), codage="base64"),
    "fluide": fluide,
    "replié": lambda c: courriel(_replie(c).encode()),
    "cité puis replié": lambda c: courriel(("Bonjour,\n" + _cite(_replie(c))).encode()),
    "cité deux fois": lambda c: courriel(_cite(_cite(c)).encode()),
    "texte enregistré": lambda c: ("\ufeffSujet : Correction\nDe : Jeanne\n\n" + c).encode(),
    "espaces insécables": lambda c: c.replace(" ", "\xa0").encode(),
    "page à lignes": lambda c: _page(c, lambda ligne: f"<div>{_insecables(ligne) or '<br>'}</div>", "\n"),
    "page de Word": lambda c: _page(
        c, lambda x: f'<p class="MsoNormal">{_insecables(x) or "&nbsp;"}<o:p></o:p></p>', "\n\n"
    ),
    "page gardée": lambda c: _page(c, lambda ligne: ligne, "\n").replace(b"<body>", b"<body><pre>"),
    "transféré en pièce jointe": _transfere,
    "texte et page": _les_deux,
}
"""Name → what a program makes of the text of a message, as the bytes that are saved."""
PLIENT = {"replié", "cité puis replié"}
"""Those that cut lines: of two spaces where they cut, one is lost, and the form cannot know."""


def lieu_de(octets: bytes) -> Lieu:
    """The place of a record's file."""
    return Lieu.model_validate(lire_yaml(octets).donnees)


def bloc(identifiant: str, avant: Lieu | None, apres: Lieu, **autres: str) -> str:
    """What `message.js` writes of a record (`test_bloc` compares them); `autres`: other things to say to be seen."""
    change = [n for n in Lieu.model_fields if n != "date_maj" and getattr(avant, n, None) != getattr(apres, n)]
    vus = {nom: empreinte(records.champ_entier(nom, getattr(avant, nom, None))) for nom in change} | autres
    dits = ["nouvelle"] if avant is None else [f"{nom}-{vu}" for nom, vu in vus.items()]
    contenu = sans_entete(records.mise_en_page(apres, a_completer=not apres.services))
    return scelle(identifiant, contenu, dits)


def scelle(identifiant: str, contenu: str, dits: list[str]) -> str:
    """The two lines and the mark around any content, as a form that writes anything would."""
    mots = [empreinte(f"{identifiant}\n{contenu}{' '.join(dits)}"), *dits]
    lignes = ["# empreinte"]
    for mot in mots:
        if len(lignes[-1]) + len(mot) < 70:
            lignes[-1] += f" {mot}"
        else:
            lignes.append(f"# {mot}")
    marque = "\n".join(lignes)
    return f"-----DEBUT DE LA FICHE {identifiant}-----\n{contenu}{marque}\n-----FIN DE LA FICHE-----"
