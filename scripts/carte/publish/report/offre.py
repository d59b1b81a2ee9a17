"""Part 2 of the report: the existing offer, by family, by type, its hours and the age of what is known."""

from dataclasses import replace

from carte.indicators import Mesure, Part
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
    return Tableau(
        "tableau-familles",
        f"Lieux par famille de services ({sujet.date_lieux})",
        "Famille",
        (Colonne("Oui"), Colonne("Non", detail="le lieu l’a dit"), Colonne("Non dit"), _pour_10_000(sujet)),
        [
            Rangee(
                "Tous les lieux", (*_o1(sujet.ligne, "O1_lieux")[:1], *_SANS_OBJET, *_o1(sujet.ligne, "O1_lieux")[1:])
            ),
            *(Rangee(nom, _etats(sujet.ligne, cle)) for cle, nom in sujet.familles),
        ],
        fichier="departement",
        notes=(
            "Un lieu qui rend plusieurs services compte dans chaque famille : les lignes ne s’additionnent pas.",
            "Non dit : la fiche n’en parle pas. Ce n’est pas un « non » : le lieu le fait peut-être.",
            "Un lieu qui aide aux démarches n’est pas forcément un lieu qui forme.",
        ),
    )


_SANS_OBJET = (Cellule("–"), Cellule("–"))


def _etats(ligne: Ligne, famille: str) -> tuple[Cellule, ...]:
    """Yes, no, not said, then the ratio: between bounds when some do not say, unknown when none does."""
    oui, non, tus = (ligne.nombre(f"O1_{famille}_{etat}") or 0 for etat in ("oui", "non", "non_dit"))
    comptes = tuple(cellule_effectif(nombre) for nombre in (oui, non, tus))
    densite = ligne.mesure(f"O1_{famille}")
    if densite.valeur is not None or densite.bas is None or densite.haut is None:
        return (*comptes, cellule_mesure(Mesure(densite.valeur), decimales=2))
    if oui == non == 0:
        dit = f"0 fiche sur {phrases.effectif(tus)} le dit"
        return (*comptes, Cellule(phrases.INCONNU, dit, classe="absent"))
    return (*comptes, Cellule(phrases.bornes(densite, 2), tri=densite.bas, classe="nombre"))


def _pour_10_000(sujet: Sujet) -> Colonne:
    population = phrases.compter(sujet.ligne.nombre("O1_lieux_den"), "habitant")
    return Colonne("Pour 10 000 habitants", "O1", f"base : {population}")


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
    return Colonne("Lieux"), _pour_10_000(sujet)


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

    heures = ligne.nombre("O2_num") if ligne.mesure("O2").valeur is not None else None
    base = (
        f"{phrases.compter(heures, 'heure')} par semaine pour "
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
        Rangee("Ouverts au moins 24 heures par semaine", _entre_bornes(ligne, "O3_24h", "point d’accueil"), code="O3"),
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


def _entre_bornes(ligne: Ligne, colonne: str, unite: str) -> tuple[Cellule, ...]:
    """Two cells: a share read between its bounds, where some records do not say, and its counts."""
    part = _muette(ligne.part(colonne))
    return cellule_part(part, detail=""), Cellule(phrases.rapport(part, unite))


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
        notes=("De : les lieux dont on le sait ; à : avec ceux dont on ne sait pas que c’est non.",),
    )


def _avec_bornes(ligne: Ligne, colonne: str) -> Cellule:
    """What records say, and what they do not: only bounds are read where they differ."""
    return cellule_part(_muette(ligne.part(colonne)))


def _muette(part: Part) -> Part:
    """The same share without a central figure, where what records do not say makes its bounds differ."""
    return replace(part, numerateur=None, dit=part.bas, possible=part.haut) if phrases.intervalle(part) else part


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
