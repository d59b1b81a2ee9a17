"""Origins of the data, as definitions name them."""

LIEUX = "Fiches de cette carte"
POPULATION = "Insee, populations légales"
ARCEP = "Arcep, « Ma connexion internet », réseaux filaires"
ACCES = f"{LIEUX} ; {POPULATION} ; temps estimés à vol d'oiseau, non calibrés"
