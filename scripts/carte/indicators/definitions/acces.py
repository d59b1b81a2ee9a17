"""Access and needs: A1 to A9, N1, N2: what they are, how they are computed, what they do not say."""

from carte.indicators.modele import Colonnes, Definition
from carte.indicators.origines import ACCES

DEFINITIONS_ACCES: tuple[Definition, ...] = (
    Definition(
        "A1",
        "Temps jusqu'au lieu le plus proche",
        "Plus petit temps entre le centre de la commune et un lieu, par mode et par famille ; temps = 60 × détour ×"
        " distance / vitesse, entre 0,8 et 1,25 fois cette valeur ; dans sa propre commune, la distance est au moins"
        " la moitié de la racine carrée de la surface",
        "minutes",
        ACCES,
        "Temps estimé à vol d'oiseau, depuis un seul point par commune : les hameaux sont plus loin.",
        "Plus il est faible, plus un lieu est proche.",
        colonnes=Colonnes(unites={"val": "minutes"}, variantes={"distance": "distance"}),
    ),
    Definition(
        "A2",
        "Couverture en voiture",
        "Population dont un lieu est à T minutes au plus en voiture / population ; sûre si 1,25 fois le temps tient"
        " dans T, incertaine si seul 0,8 fois le temps y tient",
        "% de la population",
        ACCES,
        "Cache les personnes sans voiture : ne se lit jamais sans la couverture à pied et à vélo (A3). Pour une famille"
        " de services, deux lectures : les lieux qui disent la rendre, puis ceux qui ne disent pas non.",
        "Plus elle est élevée, plus d'habitants ont un lieu à portée de voiture.",
    ),
    Definition(
        "A3",
        "Couverture à pied et à vélo",
        "Population dont un lieu est à T minutes au plus à pied ou à vélo / population. En transports en commun : le"
        " centre de la commune et un lieu sont chacun à 400 m au plus d'un arrêt du même réseau, d'où partent au moins"
        " 4 véhicules un jour ouvrable",
        "% de la population",
        f"{ACCES} ; horaires des réseaux de transport (GTFS), quand ils sont fournis (arrets_tc.csv)",
        "Une commune n'est pas évaluée quand la moitié de la racine carrée de sa surface dépasse la distance"
        " parcourue : elle compte pour rien dans la borne basse et pour tout dans la borne haute. Ailleurs, vu d'un"
        " seul point, l'habitat groupé est plutôt sous-estimé, l'habitat dispersé surestimé. En transports en"
        " commun, c'est un trajet possible dans les réseaux fournis, jamais un temps : rien n'y est sûr.",
        "Plus elle est élevée, plus on peut se passer de voiture.",
        colonnes=Colonnes(variantes={"tc": "en transports en commun"}),
    ),
    Definition(
        "A4",
        "Profil de mobilité",
        "Chaque habitant est compté une fois : un lieu à portée de marche ; sinon de vélo ; sinon de voiture"
        " seulement ; sinon hors de portée",
        "% de la population, total 100",
        ACCES,
        "Les transports en commun ne sont pas évalués : « voiture requise » peut cacher une ligne de bus.",
        "Dit quelle part de la population dépend de la voiture.",
        colonnes=Colonnes(
            variantes={
                "a_pied": "à portée de marche",
                "a_velo": "à portée de vélo",
                "voiture_requise": "à portée de voiture seulement",
                "hors_portee": "hors de portée",
            }
        ),
    ),
    Definition(
        "A5",
        "Personnes sans voiture hors de portée",
        "Somme sur les communes sans lieu à portée de marche, de vélo ni de transports en commun (A3) : population ×"
        " part des ménages sans voiture",
        "habitants estimés, % des habitants estimés sans voiture",
        f"{ACCES} ; Insee, ménages par nombre de voitures, quand ils sont fournis (menages.csv)",
        "La part des ménages est appliquée aux personnes. Sans horaires fournis, personne n'est compté comme ayant un"
        " bus : c'est une lecture haute ; elle reste la borne haute quand ils le sont.",
        "Plus il est élevé, plus de personnes sans voiture n'ont aucun lieu à leur portée.",
    ),
    Definition(
        "A6",
        "Panier des trois familles",
        "Population ayant à T minutes au plus en voiture une aide aux démarches, une formation et un équipement /"
        " population (le plus long des trois temps)",
        "% de la population",
        ACCES,
        "Plus exigeant que le panier de l'Insee, qui est une moyenne de temps.",
        "Plus elle est élevée, plus d'habitants trouvent toute l'offre près d'eux.",
    ),
    Definition(
        "A7",
        "Temps moyen, médian et neuvième décile",
        "Temps en voiture jusqu'au lieu le plus proche, pondéré par la population ; quantile : plus petit temps tel"
        " que la population cumulée atteint q fois le total",
        "minutes, kilomètres",
        ACCES,
        "La moyenne cache les plus éloignés : lire la médiane et le neuvième décile.",
        "Plus il est faible, plus les lieux sont proches.",
        colonnes=Colonnes(
            unites={"distance": "km", "route": "km", "val": "minutes", "num": "habitants × minutes ou km"},
            variantes={
                "voiture_moyenne": "en voiture, moyenne",
                "voiture_mediane": "en voiture, médiane",
                "voiture_p90": "en voiture, neuvième décile",
                "distance_moyenne": "distance à vol d’oiseau, moyenne",
                "route_moyenne": "distance par la route estimée, moyenne",
            },
        ),
    ),
    Definition(
        "A8",
        "Heures hebdomadaires accessibles",
        "Somme des heures d'ouverture des lieux à T minutes au plus en voiture ; moyenne pondérée par la population",
        "heures par semaine",
        ACCES,
        "Ignore que d'autres habitants viennent dans les mêmes lieux (voir A9). Les lieux sans horaires connus ne"
        " sont pas comptés : le chiffre est un minimum.",
        "Plus elle est élevée, plus il y a d'heures à portée.",
        colonnes=Colonnes(unites={"val": "heures par semaine", "num": "habitants × heures"}),
    ),
    Definition(
        "A9",
        "Heures accessibles en partageant les lieux (E2SFCA)",
        "Pour chaque lieu, heures / population pondérée à sa portée ; pour chaque commune, somme de ces rapports"
        " pondérés par le temps (par défaut 1 jusqu'à 10 min, 0,68 jusqu'à 20, 0,22 jusqu'à 30) ; la variante 2SFCA"
        " pèse 1 jusqu'au dernier seuil",
        "heures par semaine pour 1 000 habitants",
        f"{ACCES} ; méthode : Luo et Qi 2009, doi:10.1016/j.healthplace.2009.06.002",
        "Les poids sont un choix : lire aussi la variante 2SFCA. Au bord, la demande des territoires non chargés"
        " manque. Les lieux sans horaires connus ne sont pas comptés. L'intervalle allonge, puis réduit, tous les temps"
        " à la fois (là où la mairie n'est pas connue, de l'erreur du point aussi) : les heures changent de mains et"
        " leur total bouge peu. Des erreurs de sens contraires, d'une commune à l'autre, peuvent en sortir.",
        "Plus elle est élevée, moins les lieux sont disputés.",
        colonnes=Colonnes(
            unites={"val": "heures par semaine pour 1 000 habitants", "num": "heures"},
            variantes={"e2sfca": "E2SFCA", "2sfca": "2SFCA"},
        ),
    ),
    Definition(
        "N1",
        "Habitants estimés en difficulté avec le numérique",
        "Somme sur les tranches d'âge : population de la tranche × taux national de la tranche",
        "habitants estimés, % de la population d'âge connu",
        "Insee, population par âge (population_age.csv) ; taux nationaux par âge (taux_risque.csv), source nommée",
        "Risque estimé : les taux nationaux par âge sont appliqués à chaque commune, rien n'est mesuré sur place.",
        "Plus il est élevé, plus d'habitants auraient besoin d'aide.",
    ),
    Definition(
        "N2",
        "Besoins publiés par d'autres",
        "Tels que publiés : indice de fragilité numérique, portraits de territoire…",
        "celle de la source",
        "Source nommée à chaque ligne (besoins.csv)",
        "Ces indices sont relatifs et se recoupent ; l'indice de fragilité numérique contient déjà le débit.",
        "Se lit avec la documentation de la source.",
    ),
)
