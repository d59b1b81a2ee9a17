"""What is suggested for a word that no vocabulary has: meaning and former codes first, letters last, nothing unsure."""

import pytest

from carte import nomenclature
from sites import RACINE

VOCABULAIRES = nomenclature.lire(RACINE / "offers" / "nomenclature")


@pytest.mark.parametrize(
    ("nom", "texte", "attendu"),
    [
        ("typologies", "PE", "FT"),  # the code of before; its letters are nearer to PLIE
        ("typologies", "anpe", "FT"),
        ("typologies", "Mairie", "MUNI"),
        ("typologies", "Médiatheque", "BIB"),
        ("typologies", "PIMM", "PIMMS"),
        ("services", "Aide administrative", "Aide aux démarches administratives"),
        ("services", "Maitrise des outils numerique du quotidien", "Maîtrise des outils numériques du quotidien"),
        ("services", "Formation numérique", None),  # five services train: no letters decide between them
        ("services", "Numérique", None),
        ("typologies", "XP", None),
        ("frais", "gratuite", "Gratuit"),
    ],
)
def test_what_is_suggested(nom: str, texte: str, attendu: str | None) -> None:
    assert VOCABULAIRES[nom].plus_proche(texte) == attendu
