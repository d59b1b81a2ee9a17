"""The store gives back what this user kept, as it was kept, and nothing else."""

import errno
import os
import pickle
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas
import pytest

from carte.memoire import SANS_MEMOIRE, Memoire, cle, empreinte, fichiers, ouvrir, programme
from carte.memoire import entrepot as module
from carte.memoire.secret import fichier_du_secret, secret
from carte.records.modele import Lieu
from carte.simulation import ParametresSimulation

NOM = cle("essai")


@pytest.fixture(autouse=True)
def _chez_soi(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def memoire(tmp_path: Path) -> Memoire:
    (tmp_path / "memoire").mkdir()
    return Memoire(tmp_path / "memoire", "programme", b"s" * 32)


def seul(memoire: Memoire) -> Path:
    """The file of the one entry."""
    assert memoire.dossier is not None
    (fichier,) = (f for f in memoire.dossier.rglob("*") if f.is_file())
    return fichier


def test_rend_ce_qui_a_ete_garde(memoire: Memoire) -> None:
    assert memoire.lire(NOM) is None
    memoire.garder(NOM, b"contenu")
    assert memoire.lire(NOM) == b"contenu"
    assert memoire.lire(cle("autre")) is None


def test_un_contenu_vide_est_un_contenu(memoire: Memoire) -> None:
    memoire.garder(NOM, b"")
    assert memoire.lire(NOM) == b""


def test_un_autre_programme_ne_relit_rien(memoire: Memoire) -> None:
    memoire.garder(NOM, b"contenu")
    assert replace(memoire, programme="change").lire(NOM) is None


def test_un_autre_utilisateur_ne_relit_rien(memoire: Memoire) -> None:
    memoire.garder(NOM, b"contenu")
    assert replace(memoire, secret=b"a" * 32).lire(NOM) is None


@pytest.mark.parametrize(
    "abimer",
    [
        pytest.param(lambda octets: octets[:-1], id="tronque"),
        pytest.param(lambda octets: octets + b"x", id="allonge"),
        pytest.param(lambda octets: octets[:-1] + bytes([octets[-1] ^ 1]), id="un bit du contenu"),
        pytest.param(lambda octets: bytes([octets[0] ^ 1]) + octets[1:], id="un bit du sceau"),
        pytest.param(lambda octets: b"", id="vide"),
        pytest.param(lambda octets: octets[32:], id="sans sceau"),
    ],
)
def test_ce_qui_est_abime_est_refait(memoire: Memoire, abimer: Callable[[bytes], bytes]) -> None:
    assert memoire.valeur(NOM, lambda: ["juste"]) == ["juste"]
    fichier = seul(memoire)
    fichier.write_bytes(abimer(fichier.read_bytes()))
    assert memoire.valeur(NOM, lambda: ["refait"]) == ["refait"]
    assert memoire.valeur(NOM, lambda: ["jamais"]) == ["refait"]


def test_un_pickle_hostile_n_est_jamais_ouvert(memoire: Memoire, tmp_path: Path) -> None:
    temoin = tmp_path / "execute"

    class Piege:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return os.mkdir, (str(temoin),)

    memoire.garder(NOM, b"")
    seul(memoire).write_bytes(b"\0" * 32 + pickle.dumps(Piege()))
    assert memoire.valeur(NOM, lambda: 1) == 1
    assert not temoin.exists()


def test_une_entree_deplacee_n_est_pas_crue(memoire: Memoire) -> None:
    memoire.garder(NOM, b"contenu")
    contenu = seul(memoire).read_bytes()
    seul(memoire).unlink()
    memoire.garder(cle("autre"), b"")
    seul(memoire).write_bytes(contenu)
    assert memoire.lire(cle("autre")) is None


def test_ni_lien_ni_tube_ne_sont_suivis(memoire: Memoire, tmp_path: Path) -> None:
    memoire.garder(NOM, b"contenu")
    fichier = seul(memoire)
    fichier.rename(tmp_path / "ailleurs")
    fichier.symlink_to(tmp_path / "ailleurs")
    assert memoire.lire(NOM) is None
    fichier.unlink()
    os.mkfifo(fichier)
    assert memoire.lire(NOM) is None


def test_rien_n_est_ecrit_par_un_lien(memoire: Memoire, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    memoire.garder(NOM, b"contenu")
    place = seul(memoire)
    place.unlink()
    place.parent.rename(tmp_path / "ailleurs")
    place.parent.symlink_to(tmp_path / "ailleurs")
    memoire.garder(NOM, b"contenu")
    assert list((tmp_path / "ailleurs").iterdir()) == []
    assert "c'est un lien symbolique" in caplog.text


def test_un_disque_qui_refuse_est_dit_une_fois(
    memoire: Memoire, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    memoire.garder(NOM, b"contenu")
    place = seul(memoire)

    def plein(*_: object) -> None:
        raise OSError(errno.ENOSPC, "")

    monkeypatch.setattr(module, "_ecrire", plein)
    assert [memoire.valeur(cle(str(n)), lambda n=n: n) for n in range(3)] == [0, 1, 2]  # type: ignore[misc]
    assert caplog.text.count("le disque est plein") == 1
    assert not place.exists(), "ce qui était gardé laisse sa place au site"


def test_elaguer_oublie_d_abord_ce_qui_a_servi_il_y_a_le_plus_longtemps(memoire: Memoire) -> None:
    assert memoire.dossier is not None
    for rang, nom in enumerate("abc"):
        memoire.garder(cle(nom), bytes(968))
        os.utime(_place(memoire, nom), (10**9 + rang, 10**9 + rang))
    memoire.lire(cle("a"))  # used again: now the last one
    (memoire.dossier / "a-moi.txt").write_text("à moi")
    (_place(memoire, "a").parent / "a-moi.txt").write_text("à moi")
    memoire.elaguer(taille_max=2_000, jours=10**6)
    assert [memoire.lire(cle(nom)) is not None for nom in "abc"] == [True, False, True]
    memoire.elaguer(jours=1)
    assert [memoire.lire(cle(nom)) is not None for nom in "ac"] == [True, True], "lire « c » vient de servir"
    os.utime(_place(memoire, "c"), (10**9, 10**9))
    memoire.elaguer(jours=1)
    assert [memoire.lire(cle(nom)) is not None for nom in "ac"] == [True, False]
    assert len(list(memoire.dossier.rglob("a-moi.txt"))) == 2


def test_elaguer_retire_le_reste_d_une_construction_tuee(memoire: Memoire) -> None:
    memoire.garder(NOM, b"contenu")
    reste = seul(memoire).with_name(".memoire-reste")
    reste.write_bytes(b"moit")
    os.utime(reste, (10**9, 10**9))
    memoire.elaguer()
    assert not reste.exists()
    assert memoire.lire(NOM) == b"contenu"


def test_elaguer_passe_ce_qu_une_autre_construction_retire_au_meme_moment(
    memoire: Memoire, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two builds may share a store: between the list of a folder and the look at each file, one takes its name."""
    memoire.garder(NOM, b"contenu")
    en_cours = seul(memoire).with_name(".memoire-en-cours")
    en_cours.write_bytes(b"moit")
    lister = module._sous

    def lister_puis_retirer(dossier: str | Path) -> list[os.DirEntry[str]]:
        entrees = lister(dossier)
        if Path(dossier) == en_cours.parent:
            en_cours.unlink()
        return entrees

    monkeypatch.setattr(module, "_sous", lister_puis_retirer)
    memoire.elaguer()
    assert memoire.lire(NOM) == b"contenu"


def _place(memoire: Memoire, nom: str) -> Path:
    return memoire._place(cle(nom))


def test_sans_memoire_calcule_toujours() -> None:
    SANS_MEMOIRE.garder(NOM, b"contenu")
    assert SANS_MEMOIRE.lire(NOM) is None
    assert [SANS_MEMOIRE.valeur(NOM, lambda n=n: n) for n in range(2)] == [0, 1]  # type: ignore[misc]


def test_les_parties_d_un_nom_ne_se_melangent_pas() -> None:
    noms = {cle("ab", "c"), cle("a", "bc"), cle("abc"), cle("abc", ""), cle("", "abc"), cle(b"3:abc")}
    assert len(noms) == 6
    assert cle("é") == cle("é".encode())


def test_l_empreinte_ne_voit_que_les_valeurs() -> None:
    un, autre = "texte assez long", "".join(["texte assez", " long"])
    assert empreinte([un, un]) == empreinte([un, autre]), "un même objet deux fois, ou deux objets égaux"
    assert empreinte({"a": 1}) != empreinte({"a": 1.0})
    assert empreinte(date(2026, 1, 1)) != empreinte(date(2026, 1, 2))
    beaucoup = ParametresSimulation(sans_services=frozenset(str(n) for n in range(5_000)))
    assert empreinte(beaucoup) == empreinte(pickle.loads(pickle.dumps(beaucoup)))
    fiche = Lieu(nom="A", commune="B", services=["Aide"], source="C", date_maj=date(2026, 1, 1))
    assert empreinte(fiche) == empreinte(pickle.loads(pickle.dumps(fiche)))
    assert empreinte(fiche) != empreinte(fiche.model_copy(update={"nom": "D"}))
    table = pandas.DataFrame({"a": ["x", None], "b": [1.0, float("nan")]})
    assert empreinte(table) == empreinte(pickle.loads(pickle.dumps(table)))
    assert empreinte(table) != empreinte(table.assign(b=0.0))


def test_les_fichiers_comptent_par_leur_chemin_et_leur_contenu(tmp_path: Path) -> None:
    dossier = tmp_path / "d"
    (dossier / "sous").mkdir(parents=True)
    (dossier / "a").write_text("1")
    vues = [fichiers(tmp_path / "absent"), fichiers(dossier)]
    (dossier / "a").write_text("2")
    vues.append(fichiers(dossier))
    (dossier / "a").rename(dossier / "b")
    vues.append(fichiers(dossier))
    (dossier / "b").rename(dossier / "sous" / "b")
    vues.append(fichiers(dossier))
    assert len(set(vues)) == len(vues)
    (dossier / "sous" / "b").rename(dossier / "a")
    (dossier / "a").write_text("1")
    assert fichiers(dossier) == vues[1]


def test_le_programme_change_avec_un_de_ses_fichiers(tmp_path: Path) -> None:
    vues = [programme(tmp_path)]
    for nom in (
        "scripts/carte/x.py",
        "site_src/templates/fiche.html.j2",
        "requirements.txt",
        "offers/nomenclature/a.yml",
    ):
        (tmp_path / nom).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / nom).write_text(nom)
        vues.append(programme(tmp_path))
    (tmp_path / "README.md").write_text("sans effet")
    assert programme(tmp_path) == vues[-1]
    assert len(set(vues)) == len(vues)


def test_le_secret_est_a_soi_seul() -> None:
    premier = secret(fichier_du_secret())
    assert secret(fichier_du_secret()) == premier
    assert fichier_du_secret().stat().st_mode & 0o777 == 0o600
    fichier_du_secret().chmod(0o644)
    assert secret(fichier_du_secret()) != premier, "un autre a pu le lire"
    fichier_du_secret().write_bytes(b"court")
    assert len(secret(fichier_du_secret())) == 32


def test_un_secret_par_un_lien_n_est_pas_cru(tmp_path: Path) -> None:
    (tmp_path / "choisi").write_bytes(b"x" * 32)
    (tmp_path / "choisi").chmod(0o600)
    fichier_du_secret().parent.mkdir(parents=True)
    fichier_du_secret().symlink_to(tmp_path / "choisi")
    assert secret(fichier_du_secret()) != b"x" * 32
    assert (tmp_path / "choisi").read_bytes() == b"x" * 32


def test_ouvrir_retrouve_ce_qui_a_ete_garde(tmp_path: Path) -> None:
    ouvrir(tmp_path / "memoire", tmp_path).garder(NOM, b"contenu")
    assert ouvrir(tmp_path / "memoire", tmp_path).lire(NOM) == b"contenu"


@pytest.mark.parametrize("genre", ["fichier", "lien"])
def test_une_memoire_qui_ne_peut_pas_servir_est_dite(
    genre: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "ailleurs").mkdir()
    if genre == "lien":
        (tmp_path / "memoire").symlink_to(tmp_path / "ailleurs")
    else:
        (tmp_path / "memoire").write_text("à moi")
    memoire = ouvrir(tmp_path / "memoire", tmp_path)
    assert memoire.valeur(NOM, lambda: 1) == 1
    assert "tout est refait" in caplog.text
    assert list((tmp_path / "ailleurs").iterdir()) == []
