"""Part 2 of the report: the existing offer, by family, by type, its hours and the age of what is known."""

from carte.indicators import Mesure
from carte.publish.report import phrases
from carte.publish.report.lignes import Ligne
from carte.publish.report.sujet import Sujet
from carte.publish.report.tableaux import (
    Cellule,
    Colonne,
    Rangee,
    Tableau,
    cellule_effectif,
    cellule_mesure,
    cellule_part,
)

_CRENEAUX = {
    "O4_samedi": "ouvert le samedi",
    "O4_soir": "ouvert après 18 heures",
    "O4_midi": "ouvert entre 12 et 14 heures",
    "O5": "accessible sans rendez-vous",
}
_PREFIXE_TYPE = "O1_type_"


def tableaux(sujet: Sujet) -> list[Tableau]:
    """The tables of the part, in order."""
    return [_familles(sujet), _types(sujet), _heures(sujet), _creneaux(sujet), _fraicheur(sujet)]


def _familles(sujet: Sujet) -> Tableau:
    lignes = [("Tous les lieux", "O1_lieux"), *((nom, f"O1_{cle}") for cle, nom in sujet.familles)]
    return Tableau(
        "tableau-familles",
        f"Lieux par famille de services ({sujet.date_lieux})",
        "Famille",
        _colonnes_o1(sujet),
        [Rangee(nom, _o1(sujet.ligne, colonne)) for nom, colonne in lignes],
        fichier="departement",
        notes=(
            "Un lieu qui rend plusieurs services compte dans chaque famille : les lignes ne s’additionnent pas.",
            "Un lieu qui aide aux démarches n’est pas forcément un lieu qui forme.",
        ),
    )


def _types(sujet: Sujet) -> Tableau:
    vocabulaire, ligne = sujet.picture.vocabulaires["typologies"], sujet.ligne
    valeurs = [nom[len(_PREFIXE_TYPE) : -4] for nom in ligne.cellules if nom.startswith(_PREFIXE_TYPE)
               and nom.endswith("_num")]  # fmt: skip
    presents = [v for v in valeurs if ligne.nombre(f"{_PREFIXE_TYPE}{v}_num")]
    presents.sort(key=lambda v: (-(ligne.nombre(f"{_PREFIXE_TYPE}{v}_num") or 0), v))
    return Tableau(
        "tableau-types",
        f"Lieux par type ({sujet.date_lieux})",
        "Type",
        _colonnes_o1(sujet),
        [
            Rangee(
                vocabulaire.libelle(v) if v in vocabulaire else "Type non renseigné" if v == "inconnu" else v,
                _o1(ligne, f"{_PREFIXE_TYPE}{v}"),
            )
            for v in presents
        ],
        fichier="departement",
        triable=True,
        notes=("Un lieu de plusieurs types compte dans chacun.",),
    )


def _colonnes_o1(sujet: Sujet) -> tuple[Colonne, ...]:
    population = phrases.compter(sujet.ligne.nombre("O1_lieux_den"), "habitant")
    return Colonne("Lieux"), Colonne("Pour 10 000 habitants", "O1", f"base : {population}")


def _o1(ligne: Ligne, colonne: str) -> tuple[Cellule, ...]:
    densite = Mesure(ligne.mesure(colonne).valeur)
    return cellule_effectif(ligne.nombre(f"{colonne}_num")), cellule_mesure(densite, decimales=2)


def _heures(sujet: Sujet) -> Tableau:
    ligne = sujet.ligne
    connus, inconnus = ligne.nombre("O3_connus"), ligne.nombre("O3_inconnus")
    sur_connus = f"sur {phrases.compter(connus, 'point d’accueil fixe', 'points d’accueil fixes')} aux horaires connus"

    def precise(mesure: Mesure, unite: str, detail: str) -> tuple[Cellule, ...]:
        cellule = cellule_mesure(mesure, unite)
        return (Cellule(cellule.texte, "", cellule.tri, cellule.classe), Cellule(detail))

    base = (
        f"{phrases.compter(ligne.nombre('O2_num'), 'heure')} par semaine pour "
        f"{phrases.compter(ligne.nombre('O2_den'), 'habitant')} ; horaires inconnus : "
        f"{phrases.compter(ligne.nombre('O2_inconnus'), 'point d’accueil')}"
    )
    mesures = [
        ("O2", "Heures d’ouverture par semaine pour 1 000 habitants", "O2", "heures", base),
        ("O3", "Heures d’ouverture, médiane", "O3_heures_mediane", "heures", sur_connus),
        ("O3", "Heures d’ouverture, premier décile", "O3_heures_p10", "heures", sur_connus),
        ("O3", "Jours d’ouverture, médiane", "O3_jours_mediane", "jours", sur_connus),
    ]
    lignes = [
        *(
            Rangee(titre, precise(ligne.mesure(col), unite, base), code=code)
            for code, titre, col, unite, base in mesures
        ),
        Rangee("Ouverts au moins 24 heures par semaine", _part_bornee(ligne, "O3_24h", "point d’accueil"), code="O3"),
    ]
    return Tableau(
        "tableau-heures",
        f"Heures d’ouverture des lieux ({sujet.date_lieux})",
        "Indicateur",
        (Colonne("Valeur"), Colonne("Base")),
        lignes,
        fichier="departement",
        notes=(
            "Ce sont les heures d’ouverture du lieu, pas la présence d’un médiateur.",
            f"Horaires inconnus parmi les points d’accueil fixes : {phrases.compter(inconnus, 'point d’accueil')}.",
        ),
    )


def _part_bornee(ligne: Ligne, colonne: str, unite: str) -> tuple[Cellule, ...]:
    """Two cells: a share and its counts, with the bounds that come from what is not known."""
    part = ligne.part(colonne)
    ecart = phrases.intervalle(part)
    return cellule_part(part, detail=ecart), Cellule(phrases.rapport(part, unite))


def _creneaux(sujet: Sujet) -> Tableau:
    return Tableau(
        "tableau-creneaux",
        f"Habitants ayant en voiture un lieu… ({sujet.date_lieux}, {sujet.date_population})",
        "Un lieu…",
        tuple(Colonne(f"à {s} minutes au plus") for s in sujet.seuils.voiture),
        [
            Rangee(
                titre,
                tuple(_avec_bornes(sujet.ligne, f"{cle}_{s}") for s in sujet.seuils.voiture),
                code=cle.split("_")[0],
            )
            for cle, titre in _CRENEAUX.items()
        ],
        fichier="departement",
        notes=(
            "La première valeur compte les lieux dont on le sait ; l’intervalle va jusqu’à ceux dont on ne sait pas "
            "que c’est non.",
        ),
    )


def _avec_bornes(ligne: Ligne, colonne: str) -> Cellule:
    part = ligne.part(colonne)
    ecart = phrases.intervalle(part)
    return cellule_part(part, detail=f"{phrases.rapport(part)}{f' ; {ecart}' if ecart else ''}")


def _fraicheur(sujet: Sujet) -> Tableau:
    ligne, jours = sujet.ligne, sujet.seuils.fraicheur_jours
    age = cellule_mesure(ligne.mesure("O8_age_median"), "jours", 0)
    rangees = [
        Rangee("Âge médian des fiches", (age, Cellule("")), code="O8"),
        Rangee(
            f"Fiches mises à jour ou vérifiées depuis moins de {jours} jours",
            _part_bornee(ligne, "O8_fiches", "fiche"),
            code="O8",
        ),
        *(
            Rangee(
                f"Habitants à {s} minutes au plus en voiture d’un lieu dont la fiche est récente",
                _part_bornee(ligne, f"O8_voiture_{s}", "habitant"),
                code="O8",
            )
            for s in sujet.seuils.voiture
        ),
    ]
    return Tableau(
        "tableau-fraicheur",
        f"Fraîcheur des fiches ({sujet.date_lieux})",
        "Indicateur",
        (Colonne("Valeur"), Colonne("Base")),
        rangees,
        fichier="departement",
    )
