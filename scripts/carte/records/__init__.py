"""The records: one YAML file per place, read strictly, checked whole, written canonically."""

from carte.ecrits.problem import Gravite, Problem
from carte.records.context import Contexte, Geographie
from carte.records.files import Fichier, fiche_a, fichier_de, parcourir
from carte.records.lecture import Chargement, FicheLue, lire, lire_ensemble, lire_une
from carte.records.modele import (
    Accessibilite,
    Arret,
    Arrondissement,
    Enregistrement,
    Equipements,
    Fermeture,
    Label,
    Lieu,
    PassNumerique,
    Permanence,
    Provenance,
    Tenue,
)
from carte.records.report import (
    bilan,
    bloque,
    en_github,
    en_gitlab,
    en_json,
    en_sommaire,
    en_texte,
    refus_github,
    resume,
)
from carte.records.rules.doublons import Doute, doutes, groupes
from carte.records.write import champ_ecrit, champ_entier, mise_en_page, to_yaml

__all__ = [
    "Accessibilite",
    "Arret",
    "Arrondissement",
    "Chargement",
    "Contexte",
    "Doute",
    "Enregistrement",
    "Equipements",
    "Fermeture",
    "FicheLue",
    "Fichier",
    "Geographie",
    "Gravite",
    "Label",
    "Lieu",
    "PassNumerique",
    "Permanence",
    "Problem",
    "Provenance",
    "Tenue",
    "bilan",
    "bloque",
    "champ_ecrit",
    "champ_entier",
    "doutes",
    "en_github",
    "en_gitlab",
    "en_json",
    "en_sommaire",
    "en_texte",
    "fiche_a",
    "fichier_de",
    "groupes",
    "lire",
    "lire_ensemble",
    "lire_une",
    "mise_en_page",
    "parcourir",
    "refus_github",
    "resume",
    "to_yaml",
]
