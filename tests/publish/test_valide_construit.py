"""What validates, builds: any tree of records without a blocker becomes a site, whatever it is made of."""

from pathlib import Path

import yaml

from carte import records
from carte.publication import Chantier
from carte.publish import feuille, fiche, listes, opendata, search
from carte.publish.atlas import Atlas
from carte.records import Contexte, Gravite
from carte.records.lecture import Chargement
from carte.territory import Geographie
from hasard import Graine
from publish import monde, monde_rapport
from publish.conftest import Socle
from publish.fiches_tirees import SLUGS, SURES, Tirage, en_yaml

NOMBRE = 60


def _relire(offres: Path) -> Chargement:
    vocabulaires, geographie = monde.vocabulaires(), Geographie(monde.territoire())
    return records.lire(offres, Contexte(today=monde.JOUR, vocabulaires=vocabulaires, geographie=geographie))


def _corriger(offres: Path, chargement: Chargement) -> bool:
    """Take away, as a person would, each value that blocks, and the files whose name does; False when none does."""
    bloquants = [p for p in chargement.problemes if p.gravite is Gravite.BLOQUANT]
    for fichier in {p.fichier for p in bloquants}:
        chemin = offres.parent / fichier
        champs = {p.champ.split(".")[0] for p in bloquants if p.fichier == fichier}
        if champs & {"latitude", "longitude"}:
            champs |= {"latitude", "longitude"}
        if "" in champs:  # nothing of it can be read, or its name is none
            chemin.unlink()
            continue
        dite = yaml.safe_load(chemin.read_bytes())
        gardee = {nom: valeur for nom, valeur in dite.items() if nom not in champs}
        chemin.write_bytes(en_yaml(SURES | gardee))
    return bool(bloquants)


def test_a_tree_without_blocker_builds_whole(socle: Socle, atlas: Atlas, tmp_path: Path, graine: Graine) -> None:
    tirage = Tirage(graine(13), monde.vocabulaires())
    offres = tmp_path / "offers"
    (offres / "99").mkdir(parents=True)
    for rang in range(NOMBRE):
        slug = SLUGS[rang] if rang < len(SLUGS) else f"f{rang}"
        (offres / "99" / f"{slug}.yml").write_bytes(en_yaml(tirage.fiche()))
    for _ in range(5):
        if not _corriger(offres, chargement := _relire(offres)):
            break
    fiches = chargement.enregistrements
    assert not records.bloque(chargement.problemes)
    assert len(fiches) > NOMBRE * 0.8

    picture = monde_rapport.picture(*fiches)
    points, site = atlas.points(picture.enregistrements), tmp_path / "site"
    fiche.ecrire(picture, socle.shell, atlas, monde.libelles(), Chantier.sur(site))
    feuille.ecrire(picture, socle.shell, atlas, monde.libelles(), Chantier.sur(site))
    listes.ecrire(points, socle.shell, atlas, monde.libelles(), monde.JOUR, Chantier.sur(site))
    search.ecrire(points, atlas, monde.libelles(), Chantier.sur(site), jour=monde.JOUR)
    opendata.ecrire(picture, Chantier.sur(site))

    pages = {f.parent.relative_to(site / "lieux").as_posix() for f in (site / "lieux").glob("*/*/index.html")}
    anciens = {ancien for f in fiches for ancien in f.lieu.anciens_identifiants or ()}
    assert pages == {f.identifiant for f in fiches} | anciens
