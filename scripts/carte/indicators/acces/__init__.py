"""Who reaches which places: coverage, opening hours within reach, competition, measured times."""
