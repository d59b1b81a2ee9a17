"""Layers of a territory: what is declared in a registry becomes fetched, checked, pinned files in `geo/`."""
