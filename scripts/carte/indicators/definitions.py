"""Every indicator in plain French: what it is, how it is computed, what it does not say.

Codes are those of the project's design. `source` names the public origin of the data or of the method.
"""

from carte.indicators.model import Definition

_LIEUX = "Fiches de cette carte"
_POPULATION = "Insee, populations légales"
_ARCEP = "Arcep, « Ma connexion internet », réseaux filaires"
_ACCES = f"{_LIEUX} ; {_POPULATION} ; temps estimés à vol d'oiseau, non calibrés"

DEFINITIONS: tuple[Definition, ...] = (
    Definition(
        "O1",
        "Lieux pour 10 000 habitants",
        "Nombre de lieux × 10 000 / population, pour tous les lieux, par famille de services et par type de lieu",
        "lieux pour 10 000 habitants",
        f"{_LIEUX} ; {_POPULATION}",
        "Un lieu n'est pas une capacité d'accueil ; dans une petite commune, un seul lieu donne un chiffre élevé.",
        "Plus il est élevé, plus il y a de lieux pour les habitants du territoire.",
    ),
    Definition(
        "O2",
        "Heures d'ouverture hebdomadaires pour 1 000 habitants",
        "Somme des heures d'ouverture par semaine (union des plages ; une permanence par quinzaine compte pour moitié)"
        " × 1 000 / population",
        "heures par semaine pour 1 000 habitants",
        f"{_LIEUX} ; {_POPULATION}",
        "Ce sont les heures d'ouverture du lieu, pas la présence d'un médiateur. Les lieux sans horaires connus ne sont"
        " pas comptés : le chiffre est un minimum.",
        "Plus il est élevé, plus il y a d'heures d'accueil.",
    ),
    Definition(
        "O3",
        "Amplitude d'ouverture des lieux fixes",
        "Médiane et premier décile des heures et des jours d'ouverture par semaine, sur les lieux aux horaires connus ;"
        " part des lieux ouverts au moins 24 heures par semaine, avec ses bornes",
        "heures par semaine, jours par semaine, % des lieux",
        f"{_LIEUX} ; seuil de 24 heures : charte France services",
        "Un lieu sans horaires n'est compté ni au-dessus ni au-dessous de 24 heures : il élargit l'intervalle.",
        "Plus elle est élevée, plus les lieux sont ouverts longtemps.",
    ),
    Definition(
        "O4",
        "Accès en soirée, le samedi, à midi",
        "Population dont un lieu ouvert après 18 h, le samedi ou entre 12 h et 14 h est à T minutes au plus en voiture"
        " / population",
        "% de la population",
        _ACCES,
        "Une seule ouverture par semaine suffit. Bas : les lieux dont on le sait ; haut : ceux dont on ne sait pas que"
        " c'est non.",
        "Plus elle est élevée, plus les personnes occupées en journée ont un lieu.",
    ),
    Definition(
        "O5",
        "Accès sans rendez-vous",
        "Population dont un lieu où l'on peut se présenter sans rendez-vous est à T minutes au plus en voiture"
        " / population",
        "% de la population",
        _ACCES,
        "Bas : les lieux dont on le sait ; haut : ceux dont on ne sait pas que c'est non. L'écart mesure la qualité des"
        " fiches.",
        "Plus elle est élevée, plus on peut venir sans prévoir.",
    ),
    Definition(
        "O8",
        "Fraîcheur des fiches",
        "Âge médian des fiches ; part des fiches mises à jour depuis moins d'un an (seuil réglable) ; couverture en"
        " voiture recalculée sur ces seules fiches",
        "jours, % des fiches, % de la population",
        _ACCES,
        "La date de mise à jour peut être celle d'un import, pas celle d'une vérification.",
        "Plus l'âge est faible, plus les fiches sont à jour.",
    ),
    Definition(
        "A1",
        "Temps jusqu'au lieu le plus proche",
        "Plus petit temps entre le centre de la commune et un lieu, par mode et par famille ;"
        " temps = 60 × détour × distance / vitesse, entre 0,8 et 1,25 fois cette valeur ; dans sa propre commune, la"
        " distance est au moins la moitié de la racine carrée de la surface",
        "minutes",
        _ACCES,
        "Temps estimé à vol d'oiseau, depuis un seul point par commune : les hameaux sont plus loin.",
        "Plus il est faible, plus un lieu est proche.",
    ),
    Definition(
        "A2",
        "Couverture en voiture",
        "Population dont un lieu est à T minutes au plus en voiture / population ; sûre si 1,25 fois le temps tient"
        " dans T, incertaine si seul 0,8 fois le temps y tient",
        "% de la population",
        _ACCES,
        "Cache les personnes sans voiture : ne se lit jamais sans la couverture à pied et à vélo (A3).",
        "Plus elle est élevée, plus d'habitants ont un lieu à portée de voiture.",
    ),
    Definition(
        "A3",
        "Couverture à pied et à vélo",
        "Population dont un lieu est à T minutes au plus à pied ou à vélo / population",
        "% de la population",
        _ACCES,
        "Toute la commune est placée en un point : c'est une borne haute là où l'habitat est dispersé. Les transports"
        " en commun ne sont pas évalués.",
        "Plus elle est élevée, plus on peut se passer de voiture.",
    ),
    Definition(
        "A4",
        "Profil de mobilité",
        "Chaque habitant est compté une fois : un lieu à portée de marche ; sinon de vélo ; sinon de voiture"
        " seulement ; sinon hors de portée",
        "% de la population, total 100",
        _ACCES,
        "Les transports en commun ne sont pas évalués : « voiture requise » peut cacher une ligne de bus.",
        "Dit quelle part de la population dépend de la voiture.",
    ),
    Definition(
        "A6",
        "Panier des trois familles",
        "Population ayant à T minutes au plus en voiture une aide aux démarches, une formation et un équipement"
        " / population (le plus long des trois temps)",
        "% de la population",
        _ACCES,
        "Plus exigeant que le panier de l'Insee, qui est une moyenne de temps.",
        "Plus elle est élevée, plus d'habitants trouvent toute l'offre près d'eux.",
    ),
    Definition(
        "A7",
        "Temps moyen, médian et neuvième décile",
        "Temps en voiture jusqu'au lieu le plus proche, pondéré par la population ; quantile : plus petit temps tel que"
        " la population cumulée atteint q fois le total",
        "minutes, kilomètres",
        _ACCES,
        "La moyenne cache les plus éloignés : lire la médiane et le neuvième décile.",
        "Plus il est faible, plus les lieux sont proches.",
    ),
    Definition(
        "A8",
        "Heures hebdomadaires accessibles",
        "Somme des heures d'ouverture des lieux à T minutes au plus en voiture ; moyenne pondérée par la population",
        "heures par semaine",
        _ACCES,
        "Ignore que d'autres habitants viennent dans les mêmes lieux (voir A9). Les lieux sans horaires connus ne sont"
        " pas comptés : le chiffre est un minimum.",
        "Plus elle est élevée, plus il y a d'heures à portée.",
    ),
    Definition(
        "A9",
        "Heures accessibles en partageant les lieux (E2SFCA)",
        "Pour chaque lieu, heures / population pondérée à sa portée ; pour chaque commune, somme de ces rapports"
        " pondérés par le temps (par défaut 1 jusqu'à 10 min, 0,68 jusqu'à 20, 0,22 jusqu'à 30) ; la variante 2SFCA"
        " pèse 1 jusqu'au dernier seuil",
        "heures par semaine pour 1 000 habitants",
        f"{_ACCES} ; méthode : Luo et Qi 2009, doi:10.1016/j.healthplace.2009.06.002",
        "Les poids sont un choix : lire aussi la variante 2SFCA. Au bord, la demande des territoires"
        " non chargés manque.",
        "Plus elle est élevée, moins les lieux sont disputés.",
    ),
    Definition(
        "B1",
        "Locaux privés d'un bon débit filaire",
        "(Locaux − locaux éligibles à la classe de débit choisie) / locaux",
        "% des locaux",
        _ARCEP,
        "Ce sont des locaux, pas des personnes, et un débit théorique. Quand le détail filaire n'est pas publié, le"
        " chiffre est encadré par deux bornes.",
        "Plus elle est élevée, plus le territoire manque de débit.",
    ),
    Definition(
        "G1",
        "Habitants estimés en déficit cumulé",
        "Somme sur les communes à plus de T minutes d'un lieu : population × part des locaux sans bon débit ; variante"
        " binaire : toute la population des communes où cette part dépasse 25 %",
        "habitants estimés, % de la population",
        f"{_ACCES} ; {_ARCEP}",
        "Suppose que dans une commune les locaux mal reliés sont répartis au hasard ; la variante binaire est la"
        " lecture haute.",
        "Plus il est élevé, plus d'habitants cumulent éloignement et mauvais débit.",
    ),
    Definition(
        "G2",
        "Rapport de cumul",
        "Déficit cumulé (G1) / ce qu'il serait si éloignement et mauvais débit étaient indépendants",
        "rapport sans unité",
        f"{_ACCES} ; {_ARCEP}",
        "Sans objet quand l'un des deux manques est nul.",
        "Au-dessus de 1, les deux manques frappent les mêmes endroits.",
    ),
    Definition(
        "G3",
        "Territoires en déficit d'accès",
        "Déficit si plus de 25 % de la population (seuil réglable) est sûrement à plus de T minutes d'un lieu, ou si A9"
        " est sous la moitié de la médiane régionale ; incertain si l'intervalle des temps ne permet pas de trancher",
        "en déficit, incertain, non, inconnu ; marge en points",
        f"{_ACCES} ; décret n° 2016-402, 1°",
        "Aucun seuil n'est fixé par les textes : celui-ci est un choix. Sans les données de la région, le second"
        " critère est inconnu.",
        "Une marge positive dit de combien de points le seuil est dépassé.",
    ),
)
