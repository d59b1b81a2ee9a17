"""Carte: static map of digital mediation places, and the report of its gaps."""
