"""Fixed broadband by commune, from ARCEP's tables: one schema, codes of the COG, vintage."""

from carte.broadband.classes import CLASSES
from carte.broadband.debit import Debit, lire
from carte.broadband.tables import DebitInvalide, ProblemeDebit

__all__ = ["CLASSES", "Debit", "DebitInvalide", "ProblemeDebit", "lire"]
