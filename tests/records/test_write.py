"""The canonical layout: what is written reads back equal, here and with any other loader."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import BaseModel

from carte.ecrits.yaml_strict import lire as lire_yaml
from carte.records import (
    Accessibilite,
    Arret,
    Equipements,
    Fermeture,
    Label,
    Lieu,
    PassNumerique,
    Permanence,
    Provenance,
    to_yaml,
)
from hasard import exemples
from records.monde import lire

PIEGES = [
    *("no", "NO", "Yes", "on", "off", "y", "null", "~", "true", "01000", "2A004", "0x1F", "1e3", "1_000", "12:30"),
    *("1:30:00", "+33254", "-1", ".5", ".inf", "2026-01-01", "- x", "-", "?", "? x", ": x", "x: y", "x :", "x:", "#"),
    *("a # b", "a #b", "#x", "&a", "*a", "!a", "! a", "%x", "@x", "`x", "|", ">", "[a]", "{a}", "a, b", "'a'", '"a"'),
    *("a\nb", "a\n\nb", "a\tb", "a\\nb", "a\x85b", "a\u2028b", "a\xa0b", "a\u202fb", "é", "🧑‍🤝‍🧑 ❤️", "<<", "=", "..."),
    *(
        "---",
        "--- a",
        "… «é»",
        "a" * 254,
        "https://x.example/?a=1&b=2#c",
        "Mo-Fr 09:00-12:00; PH off",
        "un 'deux' trois",
    ),
]
# Every character that a UTF-8 file can hold.
TEXTES = st.text(min_size=1, max_size=40).map(str.strip).filter(bool)
texte = TEXTES | st.sampled_from([piege.strip() for piege in PIEGES])
jour = st.dates(date(1990, 1, 1), date(2026, 11, 1))
oui_non = st.booleans()


def part(modele: type[BaseModel], **champs: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Instances of one part of a record, each optional field present or not."""
    requis = {nom: champs[nom] for nom, champ in modele.model_fields.items() if champ.is_required()}
    libres = {nom: strategie for nom, strategie in champs.items() if nom not in requis}
    return st.fixed_dictionaries(requis, optional=libres).map(modele.model_validate)


LIEUX = part(
    Lieu,
    nom=texte,
    commune=texte,
    source=texte,
    date_maj=jour,
    services=st.lists(texte, min_size=1, max_size=3),
    pivot=texte,
    adresse=texte,
    latitude=st.floats(-90, 90),
    longitude=st.floats(-180, 180),
    courriels=st.lists(texte, max_size=2),
    presentation_detail=texte,
    labels=st.lists(part(Label, nom=texte, numero=texte, depuis=jour), max_size=2),
    pass_numerique=part(PassNumerique, accepte=oui_non, verifie_le=jour),
    equipements=part(Equipements, postes=st.integers(0, 500), wifi=oui_non, detail=texte),
    permanences=st.lists(part(Permanence, operateur=texte, horaires=texte, services=st.lists(texte)), max_size=2),
    tournee=st.lists(part(Arret, commune=texte, frequence=texte, latitude=st.floats(-90, 90)), max_size=2),
    accessibilite=part(Accessibilite, fauteuil=oui_non, detail=texte),
    fermetures=st.lists(part(Fermeture, du=jour, au=jour, motif=texte), max_size=2),
    provenance=st.dictionaries(texte, part(Provenance, source=texte, texte=texte), max_size=2),
)


@exemples(300)
@given(LIEUX)
def test_written_record_reads_back_equal(lieu: Lieu) -> None:
    document = lire_yaml(to_yaml(lieu).encode())
    assert document.fautes == []
    assert Lieu.model_validate(document.donnees) == lieu


@given(LIEUX)
def test_stock_pyyaml_reads_the_same_texts(lieu: Lieu) -> None:
    """Another loader, with the old YAML 1.1 rules, must not see a number or a boolean in a text."""
    assert Lieu.model_validate(yaml.safe_load(to_yaml(lieu))) == lieu


@pytest.mark.parametrize("cle", [piege.strip() for piege in PIEGES if piege.strip()])
def test_a_key_another_loader_would_mangle_survives(cle: str) -> None:
    lieu = Lieu(nom="a", commune="b", source="c", date_maj=date(2026, 1, 1), services=["d"])
    lieu = lieu.model_copy(update={"provenance": {cle: Provenance(source="x")}})
    document = lire_yaml(to_yaml(lieu).encode())
    assert (document.fautes, list(document.donnees["provenance"])) == ([], [cle])
    assert list(yaml.safe_load(to_yaml(lieu))["provenance"]) == [cle]


@pytest.mark.parametrize("piege", PIEGES)
def test_text_another_loader_would_mangle_survives(piege: str) -> None:
    lieu = Lieu(nom=piege, commune="Valbourg", source=piege, date_maj=date(2026, 1, 1), services=[piege])
    ecrit = to_yaml(lieu)
    assert lire_yaml(ecrit.encode()).donnees["services"] == [piege.strip()]
    assert yaml.safe_load(ecrit)["services"] == [piege.strip()]


@given(st.floats(-90, 90, allow_nan=False))
@example(1e-7)
@example(5e-324)
def test_coordinates_keep_every_digit(latitude: float) -> None:
    lieu = Lieu(nom="a", commune="b", source="c", date_maj=date(2026, 1, 1), services=["d"], latitude=latitude)
    assert lire_yaml(to_yaml(lieu).encode()).donnees["latitude"] == latitude


CANONIQUE = """\
# yaml-language-server: $schema=../lieu.schema.json
nom: Médiathèque de l'Étang
commune: Valbourg
code_insee: "36001"
code_postal: "01000"
adresse: 1 place du Marché
latitude: 46.05
longitude: 1.05
telephone: "+33254001122"
horaires: Mo-Fr 09:00-12:00; PH off
presentation_detail: "Bonjour :\\nvenez !"
source: Hub
itinerance:
  - Itinérant
date_maj: 2026-10-01
services:
  - Aide aux démarches administratives
equipements:
  postes: 5
  wifi: true
tournee:
  - commune: Valbourg
    code_insee: "36001"
    frequence: hebdomadaire
provenance:
  horaires:
    source: Affiche
"""


def test_layout_is_the_models_order_and_stable(tmp_path: Path) -> None:
    chargement = lire(tmp_path, a=CANONIQUE)
    assert chargement.problemes == ()
    assert to_yaml(chargement.enregistrements[0].lieu) == CANONIQUE
