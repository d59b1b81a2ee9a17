"""Deficits, priorities and comparisons (B1, copper, G1 to G10): formulas, and what they do not say."""

from carte.indicators.modele import Colonnes, Definition
from carte.indicators.origines import ACCES, ARCEP

MANQUES: tuple[Definition, ...] = (
    Definition(
        "B1",
        "Locaux privés d'un bon débit filaire",
        "(Locaux − locaux éligibles à la classe de débit choisie) / locaux",
        "% des locaux",
        ARCEP,
        "Ce sont des locaux, pas des personnes, et un débit théorique. Quand le détail filaire n'est pas publié, le"
        " chiffre est encadré par deux bornes.",
        "Plus elle est élevée, plus le territoire manque de débit.",
        colonnes=Colonnes(base="locaux"),
    ),
    Definition(
        "CUIVRE",
        "Fermeture du réseau cuivre",
        "Locaux des communes dont la fermeture est planifiée ou faite / locaux des communes au statut connu ; locaux"
        " sans fibre / locaux des communes dont la fermeture est planifiée ; prochaine date où la fibre est incomplète",
        "% des locaux, date",
        "Orange et Arcep, calendrier de fermeture du cuivre ; Arcep, locaux raccordables à la fibre",
        "Une fermeture faite n'est pas une dégradation. Sans fibre : non raccordable au jour des données, pas à la"
        " date de fermeture. Haut : communes dont la fibre est inconnue.",
        "Plus la part sans fibre est élevée, plus de locaux doivent changer de réseau avant la date.",
        colonnes=Colonnes(
            base="locaux",
            unites={"communes": "communes", "prochaine": ""},
            variantes={
                "planifie": "fermeture planifiée",
                "ferme": "déjà fermé",
                "incomplet": "sans fibre, parmi les fermetures planifiées",
                "prochaine": "prochaine date où la fibre est incomplète",
                "communes_planifiees": "communes dont la fermeture est planifiée",
                "communes_fermees": "communes déjà fermées",
                "communes_non_planifiees": "communes sans date",
                "communes_inconnues": "communes inconnues",
            },
        ),
    ),
    Definition(
        "G1",
        "Habitants estimés en déficit cumulé",
        "Somme sur les communes à plus de T minutes d'un lieu : population × part des locaux sans bon débit ;"
        " variante binaire : toute la population des communes où cette part dépasse 25 %",
        "habitants estimés, % de la population",
        f"{ACCES} ; {ARCEP}",
        "Suppose que dans une commune les locaux mal reliés sont répartis au hasard ; la variante binaire est la"
        " lecture haute.",
        "Plus il est élevé, plus d'habitants cumulent éloignement et mauvais débit.",
        colonnes=Colonnes(
            variantes={
                "debit": "habitants mal reliés (estimation)",
                "binaire": "variante binaire",
                "loin": "habitants loin d’un lieu",
            }
        ),
    ),
    Definition(
        "G2",
        "Rapport de cumul",
        "Déficit cumulé (G1) / ce qu'il serait si éloignement et mauvais débit étaient indépendants",
        "rapport sans unité",
        f"{ACCES} ; {ARCEP}",
        "Sans objet quand l'un des deux manques est nul.",
        "Au-dessus de 1, les deux manques frappent les mêmes endroits.",
        colonnes=Colonnes(unites={"val": "rapport sans unité"}),
    ),
    Definition(
        "G3",
        "Territoires en déficit d'accès",
        "Déficit si plus de 25 % de la population (seuil réglable) est sûrement à plus de T minutes d'un lieu, ou si"
        " A9 est sous la moitié de la médiane régionale ; incertain si l'intervalle des temps ne permet pas de"
        " trancher",
        "en déficit, incertain, non, inconnu ; marge en points",
        f"{ACCES} ; décret n° 2016-402, 1°",
        "Aucun seuil n'est fixé par les textes : celui-ci est un choix. Sans les données de la région, le second"
        " critère est inconnu.",
        "Une marge positive dit de combien de points le seuil est dépassé.",
        colonnes=Colonnes(
            unites={"marge": "points", "a9": "heures par semaine pour 1 000 habitants"},
            variantes={
                "marge": "marge au seuil",
                "a9": "critère des heures partagées (A9)",
                "a9_mediane": "médiane régionale des heures partagées (A9)",
            },
        ),
    ),
    Definition(
        "G4",
        "Score de priorité",
        "Somme pondérée de trois critères ramenés entre 0 et 1 (écart au minimum / étendue, ou rang) : part des"
        " habitants à plus de T minutes d'un lieu, part des locaux sans bon débit filaire, part des habitants dans le"
        " besoin (N1, sinon N2) ; par défaut trois poids égaux",
        "score entre 0 et 1",
        f"{ACCES} ; {ARCEP} ; N1 ou N2",
        "Les poids sont un choix : ne se lit qu'avec G5. Un territoire dont un critère est inconnu n'est pas classé"
        " et reste listé. L'indice de fragilité numérique n'est pas accepté comme besoin : le débit y compterait deux"
        " fois.",
        "Plus il est élevé, plus le territoire cumule les manques, par rapport aux autres.",
        colonnes=Colonnes(unites={"score": "entre 0 et 1"}, variantes={"score": "score"}),
    ),
    Definition(
        "G5",
        "Stabilité du classement",
        "Classement recalculé pour tous les poids au dixième (66 jeux), chaque seuil de temps, des détours de 1,2,"
        " 1,3 et 1,4 et les deux bornes du débit ; rang le meilleur et le pire, part des essais dans le premier quart",
        "rangs, part des essais",
        "Saisana, Saltelli et Tarantola 2005 ; OCDE et CCR, manuel des indicateurs composites, 2008, étape 7",
        "Un critère à zéro dans certains jeux de poids disparaît : seul ce qui reste en tête dans au moins 90 % des"
        " essais est dit prioritaire.",
        "« Prioritaire » : reste en tête quels que soient nos choix ; « sensible au choix des poids » : parfois"
        " seulement.",
        colonnes=Colonnes(unites={"part": "entre 0 et 1"}, variantes={"part_haut": "part des essais en tête"}),
    ),
    Definition(
        "G7",
        "Groupes d'intercommunalités",
        "Comparaison de A2, A6, A8 et G1 au département (parties d'intercommunalités) ou au périmètre (entières) :"
        " favorable ou défavorable si tout l'intervalle est d'un côté, proche sinon ; rangs que les intervalles"
        " permettent",
        "groupe, rangs",
        ACCES,
        "Pas de groupe ni de rang sous 3 lieux ou 1 000 habitants.",
        "« Favorable » : sûrement mieux que l'ensemble ; « proche » : l'intervalle ne permet pas de trancher.",
    ),
    Definition(
        "G8",
        "Écarts de comparaison",
        "Part du territoire − part de la référence, en points, et rapport des deux ; références : communes de même"
        " densité dans la région, département, périmètre",
        "points, rapport sans unité",
        f"{ACCES} ; Insee, grille de densité, quand elle est fournie",
        "Comparer un territoire rural à une moyenne qui contient des villes est injuste : quand la densité est"
        " inconnue, la comparaison juste manque.",
        "Un écart de −10 points : la part est plus basse de 10 points que celle de la référence.",
        colonnes=Colonnes(
            unites={"points": "points", "rapport": "rapport sans unité"},
            variantes={
                "points": "écart en points",
                "rapport": "rapport",
                "departement": "au département",
                "perimetre": "à tout le périmètre",
                "densite": "aux communes de même densité",
            },
        ),
    ),
    Definition(
        "G10",
        "Inégalités entre communes",
        "Neuvième décile − premier décile du temps en voiture ; part de G1 qui habite le dixième des communes"
        " (arrondi au-dessus) qui en comptent le plus",
        "minutes, % des habitants estimés en déficit cumulé",
        f"{ACCES} ; {ARCEP}",
        "Une forte concentration peut venir de quelques communes très peuplées.",
        "Plus l'écart est grand, plus les habitants sont inégaux devant le trajet.",
        colonnes=Colonnes(
            unites={"ecart": "minutes"},
            variantes={
                "ecart": "écart entre le neuvième et le premier décile",
                "concentration": "part du dixième des communes les plus touchées",
            },
        ),
    ),
)
