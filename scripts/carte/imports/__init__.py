"""From real inventories to records and layers, with a list of everything that was not understood."""
