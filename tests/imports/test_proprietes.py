"""Whatever two inventories say: importing again changes nothing, their order neither, and no hand is lost."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from carte.imports.bilan import Sort
from carte.records import Contexte, Lieu
from hasard import exemples
from imports.monde import VOCABULAIRES, FausseGeographie, ligne_fs, ligne_hub
from imports.test_importer import Chantier

NOMS = st.sampled_from(["Espace des Tilleuls", "France services de Valbourg", "Mairie", "Le Tilleul", "Les Tilleuls"])
RUES = st.sampled_from(["4 rue du Lavoir", "5 rue du Lavoir", "Place Haute"])
NUMEROS = st.sampled_from(["02 99 01 02 03", "02 99 55 66 77", ""])
LIGNES = st.lists(st.tuples(NOMS, RUES, NUMEROS), min_size=1, max_size=3)


def _chantier(dossier: Path) -> Chantier:
    (dossier / "offers").mkdir(parents=True)
    return Chantier(dossier, Contexte(date(2026, 11, 2), VOCABULAIRES, FausseGeographie()))


def _dits(chantier: Chantier) -> list[str]:
    """The records whatever their ids."""
    return sorted(lieu.model_dump_json() for lieu in chantier.lieux().values())


def _touchee(chantier: Chantier) -> tuple[str, Lieu]:
    """A record that a person changes."""
    identifiant, lieu = sorted(chantier.lieux().items())[0]
    fichier = chantier.offres / f"{identifiant}.yml"
    fichier.write_text(fichier.read_text(encoding="utf-8") + "verifie_le: 2026-10-01\n", encoding="utf-8")
    return identifiant, lieu.model_copy(update={"verifie_le": date(2026, 10, 1)})


@exemples(12)
@given(hub=LIGNES, fs=LIGNES)
def test_two_inventories_in_any_order_any_number_of_times(
    hub: list[tuple[str, str, str]], fs: list[tuple[str, str, str]]
) -> None:
    du_hub = [
        ligne_hub(gid=rang, c_nom=nom, c_adresse=rue, c_telephone=numero)
        for rang, (nom, rue, numero) in enumerate(hub, start=1)
    ]
    de_fs = [
        ligne_fs(id_fs=str(rang), lib_fs=nom, adresse=rue, telephone=numero)
        for rang, (nom, rue, numero) in enumerate(fs, start=1)
    ]
    with TemporaryDirectory() as temporaire:
        un, autre = (_chantier(Path(temporaire) / nom) for nom in ("un", "autre"))
        un.hub(*du_hub)
        un.fs(*de_fs)
        autre.fs(*de_fs)
        autre.hub(*du_hub)
        assert _dits(un) == _dits(autre)
        avant = un.octets()
        identifiant, lieu = _touchee(autre)
        for chantier in (un, autre):
            bilans = chantier.hub(*du_hub), chantier.fs(*de_fs)
            assert {s.sort for bilan in bilans for s in bilan.suites} == {Sort.INCHANGEE}
        assert un.octets() == avant
        assert autre.lieux()[identifiant] == lieu
