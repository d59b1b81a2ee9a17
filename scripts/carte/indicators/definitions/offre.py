"""Offer: O1 to O9, conformity: what they are, how they are computed, what they do not say."""

from carte.indicators.modele import Colonnes, Definition
from carte.indicators.origines import ACCES, LIEUX, POPULATION

OFFRE: tuple[Definition, ...] = (
    Definition(
        "O1",
        "Lieux pour 10 000 habitants",
        "Nombre de lieux × 10 000 / population, pour tous les lieux, par famille de services et par type de lieu ; un"
        " lieu fermé à la date de publication, pour plus de 90 jours (seuil réglable) ou définitivement, ou pas encore"
        " ouvert, n'entre ni ici ni dans les autres chiffres de l'offre et de l'accès : il est compté à part",
        "lieux pour 10 000 habitants",
        f"{LIEUX} ; {POPULATION}",
        "Un lieu n'est pas une capacité d'accueil ; dans une petite commune, un seul lieu donne un chiffre élevé. Un"
        " lieu qui ne dit pas s'il rend un service n'est ni compté ni écarté : la famille est alors entre deux bornes.",
        "Plus il est élevé, plus il y a de lieux pour les habitants du territoire.",
        colonnes=Colonnes(
            base="lieux",
            unites={"den": "habitants", **dict.fromkeys(("val", "bas", "haut"), "lieux pour 10 000 habitants")},
            variantes={"lieux": "tous les lieux"},
        ),
    ),
    Definition(
        "O2",
        "Heures d'ouverture hebdomadaires pour 1 000 habitants",
        "Somme des heures d'ouverture par semaine (union des plages ; une permanence par quinzaine compte pour"
        " moitié) × 1 000 / population",
        "heures par semaine pour 1 000 habitants",
        f"{LIEUX} ; {POPULATION}",
        "Ce sont les heures d'ouverture du lieu, pas la présence d'un médiateur. Les lieux sans horaires connus ne"
        " sont pas comptés : le chiffre est un minimum.",
        "Plus il est élevé, plus il y a d'heures d'accueil.",
        colonnes=Colonnes(base="heures", unites={"den": "habitants", "val": "heures par semaine pour 1 000 habitants"}),
    ),
    Definition(
        "O3",
        "Amplitude d'ouverture des lieux fixes",
        "Médiane et premier décile des heures et des jours d'ouverture par semaine, sur les lieux aux horaires connus"
        " ; part des lieux ouverts au moins 24 heures par semaine, avec ses bornes",
        "heures par semaine, jours par semaine, % des lieux",
        f"{LIEUX} ; seuil de 24 heures : charte France services",
        "Un lieu sans horaires n'est compté ni au-dessus ni au-dessous de 24 heures : il élargit l'intervalle.",
        "Plus elle est élevée, plus les lieux sont ouverts longtemps.",
        colonnes=Colonnes(
            base="points d’accueil",
            unites={"heures": "heures par semaine", "jours": "jours par semaine"},
            variantes={
                "heures_mediane": "heures, médiane",
                "heures_p10": "heures, premier décile",
                "jours_mediane": "jours, médiane",
                "24h": "24 heures par semaine ou plus",
            },
        ),
    ),
    Definition(
        "O4",
        "Accès en soirée, le samedi, à midi",
        "Population dont un lieu ouvert après 18 h, le samedi ou entre 12 h et 14 h est à T minutes au plus en"
        " voiture / population",
        "% de la population",
        ACCES,
        "Une seule ouverture par semaine suffit. Bas : les lieux dont on le sait ; haut : ceux dont on ne sait pas"
        " que c'est non.",
        "Plus elle est élevée, plus les personnes occupées en journée ont un lieu.",
        colonnes=Colonnes(variantes={"soir": "en soirée", "samedi": "le samedi", "midi": "à midi"}),
    ),
    Definition(
        "O5",
        "Accès sans rendez-vous",
        "Population dont un lieu où l'on est reçu sans rendez-vous est à T minutes au plus en voiture / population ;"
        " oui : la fiche dit que l'on peut s'y présenter, ou qu'il tient une permanence libre ; non : elle donne"
        " d'autres manières de venir et pas celles-là, ou dit qu'il ne reçoit personne",
        "% de la population",
        ACCES,
        "Bas : les lieux dont on le sait ; haut : ceux dont on ne sait pas que c'est non. L'écart mesure la qualité"
        " des fiches.",
        "Plus elle est élevée, plus on peut venir sans prévoir.",
    ),
    Definition(
        "O6",
        "Labels : sur la carte et dans les listes",
        "Part des lieux de la carte dont un label est en vigueur à la date de publication, et dont tous les labels"
        " sont finis ; quand une liste de lieux labellisés est fournie : lieux de la liste trouvés sur la carte /"
        " lieux de la liste, et lieux trouvés dans la liste / lieux de la carte (même numéro, sinon même nom dans la"
        " même commune)",
        "% des lieux, % de la liste",
        f"{LIEUX} ; liste de lieux labellisés, quand elle est fournie (labels.csv)",
        "Un label est un fait daté. Une fiche qui ne parle pas de label n'est pas comptée comme non labellisée : elle"
        " élargit l'intervalle. Les noms écrits autrement échappent au rapprochement : les lignes trouvées, ambiguës"
        " et non trouvées sont publiées.",
        "Dans un sens : ce que la carte connaît des lieux labellisés ; dans l'autre : ce qui est labellisé sur la"
        " carte.",
        colonnes=Colonnes(
            base="lieux",
            bases={"liste": "lignes de la liste"},
            variantes={
                "actuels": "label en cours",
                "anciens": "labels tous terminés",
                "liste": "lignes de la liste retrouvées sur la carte",
                "cartes": "lieux de la carte retrouvés dans la liste",
                "apparies": "lignes retrouvées",
                "ambigus": "lignes ambiguës",
                "non_apparies": "lignes non retrouvées",
            },
        ),
    ),
    Definition(
        "O7",
        "Complétude estimée de la carte",
        "N = (n1 + 1) × (n2 + 1) / (m + 1) − 1, avec n1 lieux de la carte, n2 lieux d'une seconde liste et m lieux"
        " communs (Chapman 1951), ± 1,96 écart-type ; complétude = n1 / N ; au moins 7 lieux communs",
        "lieux, rapport entre 0 et 1",
        f"{LIEUX} ; seconde liste de lieux, quand elle est fournie (labels.csv)",
        "Les deux listes ne sont pas indépendantes (toutes deux connaissent France services) : le nombre estimé de"
        " lieux est un minimum, et la complétude un maximum.",
        "Dit à peu près combien de lieux manquent encore à la carte.",
        colonnes=Colonnes(
            base="lieux",
            unites={"completude": "entre 0 et 1"},
            variantes={
                "estimation": "nombre de lieux estimé",
                "completude": "complétude",
                "communs": "lieux présents dans les deux listes",
                "liste_lieux": "lieux de la seconde liste",
                "meme_source": "lieux de la carte repris de cette liste, laissés de côté",
            },
        ),
    ),
    Definition(
        "O8",
        "Fraîcheur des fiches",
        "Âge médian des fiches ; part des fiches mises à jour ou vérifiées depuis moins de 365 jours (seuil réglable) ;"
        " couverture en voiture recalculée sur ces seules fiches ; l'âge se compte de la plus récente des deux dates",
        "jours, % des fiches, % de la population",
        ACCES,
        "La date de mise à jour peut être celle d'un import, pas celle d'une vérification.",
        "Plus l'âge est faible, plus les fiches sont à jour.",
        colonnes=Colonnes(
            bases={"fiches": "fiches"},
            unites={"age": "jours"},
            variantes={"fiches": "fiches récentes", "age_median": "âge médian"},
        ),
    ),
    Definition(
        "O9",
        "Lieux mutualisés",
        "Lieux fixes à la même adresse qu'un autre, ou à moins de 150 mètres (distance réglable), et lieux qui"
        " réunissent au moins deux réseaux (type du lieu, programmes nationaux, labels en vigueur, permanences"
        " d'opérateurs)",
        "lieux, % des lieux",
        f"{LIEUX} ; décret n° 2016-402, 3°",
        "Les points placés au centre de la commune, ou exactement sur un autre d'adresse différente, ne sont pas"
        " rapprochés par la distance : ils viennent souvent d'une adresse non trouvée. Haut : les lieux que rien ne"
        " situe. Un réseau que plusieurs champs nomment compte une fois : une CAF qui dit recevoir la CAF ne partage"
        " rien, un bureau de poste qui la reçoit, si.",
        "Dit ce qui est déjà partagé, et où l'on peut partager davantage.",
        colonnes=Colonnes(
            base="lieux",
            unites={"groupes": "groupes"},
            variantes={"mutualises": "lieux qui partagent", "groupes": "groupes de lieux"},
        ),
    ),
    Definition(
        "CONF",
        "Critères des réseaux EPN et France services",
        "EPN (label de 2001) : au moins 5 postes, initiation gratuite d'au moins 2 heures, animateur qualifié ;"
        " France services : au moins 24 heures par semaine, au moins 5 jours ; sur les lieux fixes qui se disent du"
        " réseau",
        "% des lieux du réseau",
        f"{LIEUX} ; critères publiés par ces réseaux",
        "Ce sont des faits tirés des fiches, pas un contrôle. Aucun champ ne dit l'initiation gratuite ni l'animateur"
        " : ces deux critères sont inconnus partout. Haut : les lieux dont on ne sait pas que c'est non.",
        "Dit quels critères les fiches permettent de vérifier.",
        colonnes=Colonnes(
            base="lieux du réseau",
            variantes={
                "epn_postes": "EPN, au moins cinq postes",
                "epn_initiation": "EPN, deux heures d’initiation gratuite",
                "epn_animateur": "EPN, animateur qualifié",
                "fs_24h": "France services, 24 heures par semaine",
                "fs_5jours": "France services, cinq jours par semaine",
                "fs": "France services, les deux critères",
            },
        ),
    ),
)
