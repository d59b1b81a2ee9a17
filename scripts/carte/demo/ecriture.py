"""Writes the fictional département: its territory, its broadband tables, its needs and its records."""

import hashlib
from pathlib import Path

import yaml

from carte.demo import arcep, besoins, geographie, milieux, officielles, precedente
from carte.demo.communes import DEPARTEMENT, VOISIN
from carte.demo.fiches import lieux
from carte.ecriture import FichiersChanges, ecarter, empreinte, etrangers, remplacer
from carte.journal import journal

SOURCE = "Données fictives, générées par carte demo"
LICENCE = "Licence Ouverte 2.0"
_COG, _POPULATION = "2026", "2023"
_MANIFESTE = "manifeste.yml"
_GARDE = "build/demo"

# file under geo/99 -> (title, vintage)
_COUCHES = {
    "communes.geojson": ("Contours des communes", _COG),
    "voisins.geojson": ("Contours des communes voisines", _COG),
    "epcis.json": ("Intercommunalités", _COG),
    "cog/communes.json": ("Code officiel géographique : communes", _COG),
    "cog/epci.json": ("Code officiel géographique : intercommunalités", _COG),
    "cog/departements.json": ("Code officiel géographique : départements", _COG),
    "cog/regions.json": ("Code officiel géographique : régions", _COG),
    "cog/millesimes.json": ("Code officiel géographique : millésimes", _COG),
    "arcep/commune_debit_filaire.csv": ("Débits filaires par commune", arcep.DATE),
    "arcep/commune_meilleure_techno.csv": ("Meilleure technologie par commune", arcep.DATE),
    "arcep/fermeture_cuivre.csv": ("Fermeture du réseau cuivre", arcep.DATE_CUIVRE),
    "densites.csv": ("Classe de densité des communes", besoins.MILLESIME),
    "relief.csv": ("Communes de montagne et du littoral", besoins.MILLESIME),
    "barrieres.csv": ("Estuaires et autres barrières", besoins.MILLESIME),
    "population_age.csv": ("Population par âge", besoins.MILLESIME),
    "taux_risque.csv": ("Part de personnes exposées au risque, par âge", besoins.MILLESIME),
    "menages.csv": ("Ménages sans voiture", besoins.MILLESIME),
    "besoins.csv": ("Besoins mesurés par une enquête", besoins.MILLESIME),
    "frr.csv": ("Communes classées France ruralités revitalisation", besoins.MILLESIME),
    "centralites.csv": ("Niveau de centralité des communes", besoins.MILLESIME),
    "equipements.csv": ("Équipements de service au public, par commune", besoins.MILLESIME),
    "labels.csv": ("Lieux labellisés, d'après une autre liste", besoins.MILLESIME),
    "qpv.geojson": ("Quartiers prioritaires", besoins.MILLESIME),
    "arrets_tc.csv": ("Arrêts de transport en commun", besoins.MILLESIME),
    **{f"{precedente.DOSSIER}/{nom}": (titre, precedente.DATE) for nom, titre in precedente.TITRES.items()},
}


def ecrire(racine: Path, *, mettre_de_cote: bool = False) -> list[Path]:
    """Write `geo/99`, `offers/99` and `offers/96` under `racine`; the files written, sorted.

    Same bytes on every machine. Other files of these folders are left alone. Raises FichiersChanges before anything is
    written when a file differs from what would be written; with `mettre_de_cote`, it is kept under `racine`/build.
    """
    contenus = {chemin: texte.encode("utf-8") for chemin, texte in fichiers().items()}
    changes = etrangers(racine, contenus, {chemin: empreinte(contenu) for chemin, contenu in contenus.items()})
    if changes and not mettre_de_cote:
        raise FichiersChanges(racine, changes)
    if changes:
        journal.warning("%s est l'ancien état de %d fichiers.", ecarter(racine, changes, racine / _GARDE), len(changes))
    for chemin, contenu in contenus.items():
        remplacer(racine / chemin, contenu)
    return sorted(racine / chemin for chemin in contenus)


def fichiers() -> dict[str, str]:
    """Every file of the demonstration, by its path from the project's root."""
    # The canonical writer belongs to records: a record made here is what a contributor's tool would write.
    from carte.records.write import to_yaml

    couches = _couches()
    couches[_MANIFESTE] = _manifeste(couches)
    geo = {f"geo/{DEPARTEMENT}/{nom}": texte for nom, texte in couches.items()}
    return geo | {f"offers/{identifiant}.yml": to_yaml(lieu) for identifiant, lieu in lieux().items()}


def _couches() -> dict[str, str]:
    return {
        "communes.geojson": geographie.contours_geojson(DEPARTEMENT),
        "voisins.geojson": geographie.contours_geojson(VOISIN),
        "epcis.json": geographie.epcis_json(),
        "cog/communes.json": geographie.cog_communes(),
        "cog/epci.json": geographie.cog_epci(),
        "cog/departements.json": geographie.cog_departements(),
        "cog/regions.json": geographie.cog_regions(),
        "cog/millesimes.json": f'{{"cog": "{_COG}", "population": "{_POPULATION}"}}\n',
        "arcep/commune_debit_filaire.csv": arcep.debit_filaire(),
        "arcep/commune_meilleure_techno.csv": arcep.meilleure_techno(),
        "arcep/fermeture_cuivre.csv": arcep.fermeture_cuivre(),
        "densites.csv": milieux.densites(),
        "relief.csv": milieux.relief(),
        "barrieres.csv": milieux.barrieres(),
        "population_age.csv": besoins.population_age(),
        "taux_risque.csv": besoins.taux_risque(),
        "menages.csv": besoins.menages(),
        "besoins.csv": besoins.besoins(),
        "frr.csv": officielles.frr(),
        "centralites.csv": officielles.centralites(),
        "equipements.csv": officielles.equipements(),
        "labels.csv": officielles.labels(),
        "qpv.geojson": officielles.quartiers(),
        "arrets_tc.csv": officielles.arrets_tc(),
        **{f"{precedente.DOSSIER}/{nom}": texte for nom, texte in precedente.fichiers().items()},
    }


def _manifeste(couches: dict[str, str]) -> str:
    lignes = [
        {
            "fichier": nom,
            "titre": titre,
            "source": SOURCE,
            "millesime": millesime,
            "licence": LICENCE,
            "sha256": hashlib.sha256(couches[nom].encode("utf-8")).hexdigest(),
        }
        for nom, (titre, millesime) in _COUCHES.items()
    ]
    texte: str = yaml.safe_dump({"couches": lignes}, sort_keys=False, allow_unicode=True, width=1000)
    return texte
