"""Our rule of telephone numbers against an independent peer, `phonenumbers`, told the region of each number."""

import csv
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

import phonenumbers
import pytest

from carte.imports.textes import departement as departement_de
from carte.records.rules.telephone import international

REGIONS = {"971": "GP", "972": "MQ", "973": "GF", "974": "RE", "976": "YT"}
# Free and special numbers are called from anywhere under either prefix: the peer gives one for each region.
SPECIAUX = "08"
# Given to Saint-Pierre-et-Miquelon, whose own plan has six digits.
TUS = {"0508", "0708"}
PARTAGES = {"0598", "0709", "0939", "0947", "0976"}


def pair(texte: str, region: str) -> str | None:
    """The peer's answer in E.164, None when the number is not valid in the region."""
    try:
        numero = phonenumbers.parse(texte, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number_for_region(numero, region):
        return None
    return phonenumbers.format_number(numero, phonenumbers.PhoneNumberFormat.E164)


def test_each_overseas_number_has_the_prefix_of_its_territory() -> None:
    """One number of each block of a hundred thousand, when the peer knows it overseas, called from each territory."""
    tirage, juges = random.Random(20261128), 0
    for bloc in (f"0{n}" for n in range(1_000, 10_000)):
        numero = f"{bloc}{tirage.randrange(100_000):05}"
        connus = {region: ecrit for region in REGIONS.values() if (ecrit := pair(numero, region)) is not None}
        if not connus or bloc.startswith((SPECIAUX, *TUS)):
            continue
        for departement, region in REGIONS.items():
            # From another territory, a block that several share says nothing of which it is.
            if region not in connus and bloc[:4] in PARTAGES:
                continue
            juges += 1
            attendu = connus.get(region) or next(iter(connus.values()))
            assert international(numero, departement) == attendu, departement
    assert juges > 500


@pytest.mark.partage
def test_every_number_of_the_real_inventories_is_read_like_the_peer(partage: Path) -> None:
    lus = [
        (texte, code, pair(texte, REGIONS.get(code, "FR"))) for texte, code in dict.fromkeys(_reels(partage / "data"))
    ]
    juges = [(texte, code, attendu) for texte, code, attendu in lus if attendu and not attendu[3:].startswith("8")]
    assert len(juges) > 3_000
    assert [(t, c, attendu) for t, c, attendu in juges if international(t, c) != attendu] == []
    # What the peer does not know: short numbers, and numbers of blocks that nobody has yet.
    inconnus = {texte for texte, code, attendu in lus if attendu is None and international(texte, code) is not None}
    assert len(inconnus) < 30, inconnus


def _reels(donnees: Path) -> Iterator[tuple[str, str]]:
    """Each telephone of the shared inventories with its département, as they are written."""
    with (donnees / "france-services" / "liste-fs-20240801.csv").open(encoding="utf-8-sig", newline="") as ouvert:
        lignes: list[dict[str, str]] = list(csv.DictReader(ouvert))
    for fichier in sorted((donnees / "hubs").glob("*.json")):
        lu = json.loads(fichier.read_text(encoding="utf-8"))
        lignes += [ligne for ligne in (lu if isinstance(lu, list) else []) if isinstance(ligne, dict)]
    for ligne in lignes:
        code = next(
            (str(v) for nom, v in ligne.items() if re.search(r"insee|postal|postcode|\bcp\b", nom, re.I) and v), ""
        )
        for nom, valeur in ligne.items():
            if re.search(r"t[ée]l|phone", nom, re.IGNORECASE) and isinstance(valeur, str) and valeur.strip():
                yield valeur.strip(), departement_de(code) if code else ""
