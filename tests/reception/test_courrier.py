"""What is read of a saved mail: its lines as they were typed, its files by their names, or why it is not read."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from carte.reception.courrier import lire
from carte.reception.html import en_texte
from carte.reception.modele import Courrier, ReceptionRefusee
from reception.courriels import courriel

TEXTE_MAX = 1024**2


def lu(dossier: Path, octets: bytes, nom: str = "m.eml") -> Courrier | ReceptionRefusee:
    (dossier / nom).write_bytes(octets)
    (courrier,) = lire(dossier / nom)
    return courrier


@pytest.mark.parametrize(
    ("dit", "texte"),
    [("", "un deux"), ("; delsp=no", "un deux"), ("; delsp=YES", "undeux"), ("; delsp=zut", "un deux")],
)
def test_only_a_mail_that_says_so_loses_the_spaces_where_it_was_cut(tmp_path: Path, dit: str, texte: str) -> None:
    courrier = lu(tmp_path, courriel(b"un \r\ndeux", f"text/plain; charset=utf-8; format=flowed{dit}"))
    assert isinstance(courrier, Courrier)
    assert courrier.textes == (texte, "un \r\ndeux")


def test_a_text_too_long_is_refused_with_its_size(tmp_path: Path) -> None:
    assert isinstance(lu(tmp_path, b"x" * TEXTE_MAX, "m.txt"), Courrier)
    refus = lu(tmp_path, b"x" * (TEXTE_MAX + 1), "m.txt")
    assert isinstance(refus, ReceptionRefusee)
    assert refus.message.startswith("m.txt est trop long (1024 ko)")


@pytest.mark.parametrize("nom", ["=?inconnu?q?x.yml?=", "=?utf-8?q?=FF.yml?=", "=?\x00?q?x.yml?="])
def test_a_file_whose_name_cannot_be_read_is_no_record_and_its_mail_is_read(tmp_path: Path, nom: str) -> None:
    message = EmailMessage()
    message.set_content("Voici la fiche.")
    for joint in ("nom-a-remplacer.yml", "=?utf-8?q?caf=C3=A9.yml?="):
        message.add_attachment(b"nom: X\n", maintype="application", subtype="yaml", filename=joint)
    courrier = lu(tmp_path, message.as_bytes().replace(b"nom-a-remplacer.yml", nom.encode()))
    assert isinstance(courrier, Courrier)
    assert (courrier.textes, [joint for joint, _ in courrier.jointes]) == (("Voici la fiche.\n",), ["café.yml"])


@pytest.mark.parametrize(
    ("page", "texte"),
    [
        ("<div>un</div><div><p>deux</p></div>", "un\ndeux\n"),
        ("<br>un<p>deux</p>", "\nun\ndeux\n"),
        ("un<br><br>deux", "un\n\ndeux"),
        ("<pre>un\n  deux</pre> <p> trois  quatre", "un\n  deux\ntrois quatre"),
    ],
)
def test_a_page_has_one_line_by_block(page: str, texte: str) -> None:
    assert en_texte(page) == texte
