"""What is committed is what the generator makes, to the byte."""

import re
from datetime import date
from pathlib import Path

import pytest

from carte import demo
from carte.demo.ecriture import fichiers
from carte.ecriture import FichiersChanges

RACINE = Path(__file__).parents[2]
GENERES = fichiers()
DOSSIERS = ("geo/99", "offers/99", "offers/96")


def _presents() -> set[str]:
    return {f.relative_to(RACINE).as_posix() for d in DOSSIERS for f in (RACINE / d).rglob("*") if f.is_file()}


def test_committed_files_are_those_generated_and_records_that_somebody_added() -> None:
    assert set(GENERES) <= _presents()
    assert {nom for nom in _presents() - set(GENERES) if not nom.startswith("offers/")} == set()


def test_a_right_correction_of_a_record_is_no_fault_and_a_slip_of_the_generator_is_one() -> None:
    generee = GENERES["offers/99/agence-postale-de-landerose.yml"].encode()
    appelee = generee.replace(b"\ntelephone: ", b"\ntelephone: 0")
    assert appelee != generee and not _corrigee(appelee, generee)
    assert _corrigee(re.sub(rb"\ndate_maj: \S+", b"\ndate_maj: 2026-11-01", appelee), generee)
    assert _corrigee(re.sub(rb"\ndate_maj: (\S+)", rb"\ndate_maj: \1\nverifie_le: 2026-11-01", generee), generee)


def _vu_le(fiche: bytes) -> str:
    """The last day when somebody updated or checked a record, as its own lines say."""
    return max(jour.decode() for jour in re.findall(rb"^(?:date_maj|verifie_le): (\S+)$", fiche, re.MULTILINE))


def _corrigee(engagee: bytes, generee: bytes) -> bool:
    """Whether somebody corrected a record since it was made: a correction is dated, a generator's slip is not."""
    return _vu_le(engagee) > _vu_le(generee)


@pytest.mark.parametrize("chemin", sorted(GENERES))
def test_committed_bytes_are_those_generated_or_a_dated_correction(chemin: str) -> None:
    engagee, generee = (RACINE / chemin).read_bytes(), GENERES[chemin].encode("utf-8")
    assert engagee == generee or (chemin.startswith("offers/") and _corrigee(engagee, generee))


def test_manifest_is_the_one_that_the_territory_room_checks() -> None:
    from carte.territory import verifier_manifeste

    assert verifier_manifeste(RACINE / "geo" / "99") == []


def test_validation_has_nothing_to_say_but_the_old_commune_code_and_the_double() -> None:
    from carte.nomenclature import lire as lire_vocabulaires
    from carte.records import Contexte, lire
    from carte.territory import Geographie
    from carte.territory import lire as lire_territoire

    territoire = lire_territoire(RACINE / "geo", ["99"], RACINE / "geo" / "99" / "cog")
    contexte = Contexte(
        today=date(2026, 11, 2),
        vocabulaires=lire_vocabulaires(RACINE / "offers" / "nomenclature"),
        geographie=Geographie(territoire),
    )
    chargement = lire(RACINE / "offers", contexte)
    siens = [e for e in chargement.enregistrements if f"offers/{e.identifiant}.yml" in GENERES]
    assert len(siens) == 50
    # Real places with one week in two get the same question at the end of a year of 53 weeks.
    problemes = [p for p in chargement.problemes if p.fichier in GENERES and "53 semaines" not in p.message]
    assert [(p.fichier, p.champ, p.gravite) for p in problemes] == [
        ("offers/99/bibliotheque-de-lande-sainte-croix.yml", "code_insee", "conseil"),
        ("offers/99/epn-la-passerelle.yml", "doublon_de", "conseil"),
    ]


def test_ecrire_writes_under_the_given_folder_and_names_what_it_wrote(tmp_path: Path) -> None:
    ecrits = demo.ecrire(tmp_path)
    assert [f.relative_to(tmp_path).as_posix() for f in ecrits] == sorted(GENERES)
    assert all(f.is_file() for f in ecrits)


def test_ecrire_leaves_other_files_alone(tmp_path: Path) -> None:
    autre = tmp_path / "offers" / "99" / "a-moi.yml"
    autre.parent.mkdir(parents=True)
    autre.write_text("nom: à moi\n", encoding="utf-8")
    demo.ecrire(tmp_path)
    assert autre.read_text(encoding="utf-8") == "nom: à moi\n"


def test_a_file_that_somebody_changed_is_not_replaced(tmp_path: Path) -> None:
    demo.ecrire(tmp_path)
    assert demo.ecrire(tmp_path), "nothing has changed: the same is written again"
    fiche = tmp_path / "offers" / "99" / "fablab-l-etabli.yml"
    fiche.write_text("mon essai\n", encoding="utf-8")
    (tmp_path / "geo" / "99" / "densites.csv").unlink()
    with pytest.raises(FichiersChanges, match="fablab"):
        demo.ecrire(tmp_path)
    assert not (tmp_path / "geo" / "99" / "densites.csv").exists(), "nothing was written"
    demo.ecrire(tmp_path, mettre_de_cote=True)
    assert fiche.read_bytes() == GENERES["offers/99/fablab-l-etabli.yml"].encode("utf-8")
    garde = tmp_path / "build" / "demo.mis-de-cote-1" / "offers" / "99" / "fablab-l-etabli.yml"
    assert garde.read_text(encoding="utf-8") == "mon essai\n"


def test_inputs_stay_light() -> None:
    assert sum((RACINE / chemin).stat().st_size for chemin in GENERES) < 600_000
