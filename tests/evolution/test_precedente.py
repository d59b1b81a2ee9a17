"""A former publication through the whole pipeline: a commit computed again, the demonstration's own, and refusals."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml

from carte import config, pipeline
from carte.config import Configuration, Revision
from carte.demo import precedente
from carte.evolution.lecture import publier
from carte.evolution.modele import EFFETS, Comparaison, Effet, Publication
from carte.evolution.phrases import AMELIORATION, lire, phrase, qualifier
from carte.evolution.precedente import evolution
from carte.evolution.refus import PublicationIllisible
from carte.picture import Picture
from depots import git
from sites import RACINE, configuration_demo

FERMEE = "99/ecrivains-publics-de-hautbuisson"
# Announced in May, open since June: it was no offer yet.
ANNONCEE = "99/espace-de-vie-sociale-des-deux-clochers"


@pytest.fixture(scope="module")
def depot(tmp_path_factory: pytest.TempPathFactory, avec_git: None) -> Path:
    """The demonstration's repository six months ago, tagged v1, without one of today's places."""
    dossier = tmp_path_factory.mktemp("depot")
    for nom in ("offers", "geo"):
        shutil.copytree(RACINE / nom, dossier / nom)
    (dossier / "offers" / f"{FERMEE}.yml").unlink()
    brut = yaml.safe_load((RACINE / "carte.yml").read_text(encoding="utf-8"))
    brut |= {"date_publication": date(2026, 5, 4), "publication_precedente": None}
    (dossier / "carte.yml").write_text(yaml.safe_dump(brut, allow_unicode=True), encoding="utf-8")
    git(dossier, "init", "-q")
    git(dossier, "add", "-A")
    git(dossier, "commit", "-q", "-m", "avant")
    git(dossier, "tag", "v1")
    return dossier


def demo_depuis(racine: Path, nom: str = "v1", fichier: str = "carte.yml") -> Configuration:
    return replace(configuration_demo(racine), publication_precedente=Revision(nom, fichier, racine))


@pytest.fixture(scope="module")
def du_jour(demo: Picture) -> Publication:
    """The demonstration as it is published today."""
    seuils, parametres = demo.configuration.seuils, demo.indicateurs.parametres
    jour = demo.configuration.date_publication
    return publier(demo.enregistrements, demo.offre, demo.territoire, seuils, parametres, jour)


Comparer = Callable[[Configuration], Comparaison]


@pytest.fixture(scope="module")
def comparer(demo: Picture, du_jour: Publication) -> Comparer:
    """Today's publication with the one that a configuration names."""

    def _comparer(configuration: Configuration) -> Comparaison:
        comparaison = evolution(configuration.publication_precedente, RACINE, demo.vocabulaires, du_jour)
        assert comparaison is not None
        return comparaison

    return _comparer


def test_un_commit_se_compare(depot: Path, comparer: Comparer) -> None:
    comparaison = comparer(demo_depuis(depot))
    assert comparaison.avant == date(2026, 5, 4)
    assert {effet: lieux for effet, lieux in comparaison.lieux.items() if lieux} == {
        Effet.OUVERTURES: (FERMEE, ANNONCEE)
    }
    visibles = {e for d in comparaison.decompositions for e in EFFETS if abs(d.effets[e]) > 1e-9}
    assert visibles == {Effet.OUVERTURES}
    demarches = comparaison.pour("departement", "99", "A2_voiture_20_demarches")
    assert demarches is not None
    assert qualifier(demarches) == AMELIORATION


def test_un_autre_territoire_ne_se_compare_pas(du_jour: Publication, demo: Picture) -> None:
    """Whoever copies the demonstration's file keeps its line: the fictional département is nobody's former one."""
    communes = du_jour.territoire.communes.assign(code_departement="49")
    ailleurs = replace(du_jour, territoire=replace(du_jour.territoire, communes=communes))
    with pytest.raises(PublicationIllisible, match=r"un autre territoire \(département 99\) que celle-ci \(49\)"):
        evolution(demo.configuration.publication_precedente, RACINE, demo.vocabulaires, ailleurs)


def test_un_depot_sans_nomenclature_est_lu_avec_celle_du_programme(
    depot: Path, comparer: Comparer, tmp_path: Path
) -> None:
    """A hub's repository holds records and layers, no program."""
    shutil.copytree(depot, tmp_path / "hub")
    git(tmp_path / "hub", "rm", "-q", "-r", "offers/nomenclature")
    git(tmp_path / "hub", "commit", "-q", "-m", "hub")
    git(tmp_path / "hub", "tag", "v2")
    assert comparer(demo_depuis(tmp_path / "hub", "v2")).lieux == comparer(demo_depuis(depot)).lieux


def test_le_dernier_chiffre_est_celui_qui_est_publie(depot: Path) -> None:
    picture = pipeline.build_picture(demo_depuis(depot), RACINE)
    assert picture.evolution is not None
    for d in picture.evolution.decompositions:
        part = picture.indicateurs.part(d.niveau, d.code, d.colonne)
        assert d.compte_apres == (part.numerateur if part.dit is None else part.dit, part.denominateur)


@pytest.mark.parametrize(
    ("changement", "message"),
    [
        ({"dossiers": {"lieux": "fiches", "geo": "geo", "sortie": "build"}}, "« fiches » n'y est pas"),
        ({"dossiers": {"lieux": "../offers", "geo": "geo", "sortie": "build"}}, "n'est pas dans le dépôt"),
        ({"dossiers": {"lieux": "offers", "geo": "/etc", "sortie": "build"}}, "« /etc » n'est pas dans le dépôt"),
        (
            {"nouveau": 1},
            r"révision « essai » : Configuration à corriger :\ncarte\.yml:\d+:1: « nouveau » n'est pas un champ connu",
        ),
        ({"date_publication": date(2027, 1, 1)}, "datée du 2027-01-01, après celle-ci"),
    ],
    ids=["dossier-absent", "dossier-dehors", "dossier-absolu", "cle-inconnue", "date-apres"],
)
def test_un_commit_inutilisable_est_explique(
    depot: Path, comparer: Comparer, tmp_path: Path, changement: dict[str, object], message: str
) -> None:
    copie = tmp_path / "copie"
    shutil.copytree(depot, copie)
    brut = yaml.safe_load((copie / "carte.yml").read_text(encoding="utf-8")) | changement
    (copie / "carte.yml").write_text(yaml.safe_dump(brut, allow_unicode=True), encoding="utf-8")
    git(copie, "commit", "-q", "-a", "-m", "essai")
    git(copie, "tag", "essai")
    with pytest.raises(PublicationIllisible, match=message) as erreur:
        comparer(demo_depuis(copie, "essai"))
    assert str(tmp_path) not in erreur.value.message.replace("/etc", "")


def test_une_fiche_illisible_arrete_la_comparaison(depot: Path, comparer: Comparer, tmp_path: Path) -> None:
    """Left out, its place would look new."""
    copie = tmp_path / "copie"
    shutil.copytree(depot, copie)
    (copie / "offers" / "99" / "france-services-beaupre.yml").write_text("nom: seul\n", encoding="utf-8")
    git(copie, "commit", "-q", "-a", "-m", "essai")
    with pytest.raises(PublicationIllisible, match=r"La première : offers/99/france-services-beaupre\.yml:1:1: "):
        comparer(demo_depuis(copie, "HEAD"))


@pytest.fixture(scope="module")
def demonstration(demo: Picture) -> Comparaison:
    assert demo.evolution is not None
    return demo.evolution


def test_la_demonstration_montre_chaque_effet(demonstration: Comparaison) -> None:
    montres = {
        effet
        for d in demonstration.decompositions
        for effet in EFFETS
        if d.niveau == "departement" and lire(d).effets[effet]
    }
    assert montres == set(EFFETS)
    assert not demonstration.non_comparables
    assert {effet: lieux for effet, lieux in demonstration.lieux.items() if lieux} == {
        Effet.CORRECTIONS: (precedente.CORRIGE,),
        Effet.RECENSEMENT: (precedente.RECENSE_DEPUIS,),
        Effet.DATE_INCONNUE: (precedente.DATE_INCONNUE,),
        Effet.OUVERTURES: precedente.OUVERTS_DEPUIS,
        Effet.RETRAITS: (precedente.FERME,),
    }


def test_la_demonstration_s_ajoute(demonstration: Comparaison) -> None:
    assert len(demonstration.decompositions) > 100
    for d in demonstration.decompositions:
        assert d.avant + sum(d.effets.values()) == pytest.approx(d.apres, abs=1e-9)
        assert lire(d).avant + sum(lire(d).effets.values()) == lire(d).apres


def test_un_meilleur_recensement_n_est_pas_une_amelioration(demonstration: Comparaison) -> None:
    """La Grange aux idées was open in 2019: trained people at 20 minutes by bicycle, it was only listed."""
    d = demonstration.pour("departement", "99", "A3_velo_20_formation")
    assert d is not None
    assert lire(d).effets[Effet.RECENSEMENT] > 0
    assert "amélioration" not in phrase(d)
    assert phrase(d).endswith("Aucun lieu ouvert depuis n'est compté dans cette hausse.")


def test_la_configuration_de_la_demonstration_la_nomme() -> None:
    lue = config.lire(RACINE / "carte.yml", RACINE).publication_precedente
    assert lue == RACINE / "geo" / "99" / precedente.DOSSIER
