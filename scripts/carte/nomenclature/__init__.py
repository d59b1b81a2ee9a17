"""Vocabularies of the records: what each value means, in plain French, with versions and mappings."""

from carte.nomenclature.lecture import du_programme, lire
from carte.nomenclature.vocabulaire import NomenclatureInvalide, SansEquivalent, Valeur, Vocabulaire

__all__ = ["NomenclatureInvalide", "SansEquivalent", "Valeur", "Vocabulaire", "du_programme", "lire"]
