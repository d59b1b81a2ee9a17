"""G6 and G9 in plain French: simulated permanences, evolution between two publications."""

from carte.indicators.modele import Definition

DEFINITIONS_SIMULATION: tuple[Definition, ...] = (
    Definition(
        "G6",
        "Et si l'on ouvrait des permanences",
        "Parmi les communes où l'on trouve une poste, une banque ou une France services (à défaut de liste : celles de"
        " 500 habitants ou plus) et les lieux fixes qui disent ne pas avoir la famille de services, les 1, 2 ou 5 sites"
        " qui mettent le plus d'habitants à T minutes au plus en voiture (couverture maximale), pour chaque seuil, et"
        " ceux qui réduisent le plus le temps moyen (p-médiane). Choix pas à pas (glouton), puis calcul exact. Ce"
        " calcul s'arrête après un même nombre d'opérations pour chaque territoire : le choix est alors la meilleure"
        " solution connue, et la fiche dit de combien l'optimum peut la dépasser au plus. Choix robuste : celui qui"
        " garde la plus grande part du meilleur gain connu, au seuil qui lui est le moins favorable. Effet sur A9 :"
        " les heures de chaque permanence, partagées entre les habitants à sa portée",
        "habitants estimés, minutes, heures par semaine pour 1 000 habitants",
        "Fiches de cette carte ; Insee, populations légales ; méthodes : Church et ReVelle, Papers of the Regional"
        " Science Association 32, 1974, p. 101-118 ; Hakimi, Operations Research 12, 1964, p. 450-459 ; calcul"
        " exact : Cornuéjols, Fisher et Nemhauser, Management Science 23, 1977, p. 789-810",
        "Les sites dépendent du seuil et des temps estimés : lire les trois seuils, la p-médiane et l'intervalle du"
        " gain. Une permanence de quelques heures n'est pas un lieu ouvert toute la semaine : seul A9 compte ses"
        " heures. Ni les locaux, ni les coûts, ni l'accord des communes ne sont connus.",
        "Plus le gain est élevé, plus la permanence mettrait d'habitants à portée d'un lieu.",
    ),
    Definition(
        "G9",
        "Évolution entre deux publications",
        "Différence entre deux publications, décomposée dans cet ordre : méthode et seuils ; population et communes"
        " (COG) ; fiches corrigées ; lieux déjà ouverts mais recensés depuis ; lieux ajoutés dont la date d'ouverture"
        " est inconnue ; lieux ouverts ou rouverts depuis ; lieux fermés ou retirés. La somme des effets est exactement"
        " la différence",
        "points de pourcentage",
        "Les deux publications de cette carte",
        "La part de chaque effet dépend de l'ordre, qui est imprimé. Un lieu retiré de la carte peut avoir fermé ou"
        " avoir été enlevé de la liste. Un meilleur recensement n'est pas une offre nouvelle.",
        "Seuls les lieux ouverts ou rouverts depuis la première publication sont une offre nouvelle.",
    ),
)
