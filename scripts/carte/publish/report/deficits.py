"""Part 5 of the report: cumulated deficit, territories in deficit, tables by EPCI and by commune."""

from collections.abc import Iterator

from carte.publish.report import phrases
from carte.publish.report.lignes import Ligne
from carte.publish.report.sujet import Sujet
from carte.publish.report.tableaux import (
    Cellule,
    Colonne,
    Rangee,
    Tableau,
    cellule_effectif,
    cellule_lieux,
    cellule_mesure,
    cellule_part,
    cellule_personnes,
    cellule_statut,
)


def cumul(sujet: Sujet) -> Tableau:
    """G1 and its binary variant, with G2, by threshold."""
    return Tableau(
        "tableau-cumul",
        f"Habitants estimés loin d’un lieu et sans bon débit filaire ({sujet.date_lieux}, "
        f"{sujet.date_population}, {sujet.date_debit})",
        "Loin d’un lieu",
        (
            Colonne("Habitants estimés", "G1"),
            Colonne("Variante binaire", "G1", "lecture haute"),
            Colonne("Rapport de cumul", "G2", "1 : sans lien"),
        ),
        [
            Rangee(
                f"à plus de {s} minutes en voiture",
                (
                    cellule_personnes(sujet.ligne.part(f"G1_{s}")),
                    cellule_personnes(sujet.ligne.part(f"G1_{s}_binaire")),
                    _g2(sujet.ligne, s),
                ),
            )
            for s in sujet.seuils.voiture
        ],
        fichier="departement",
        notes=(
            "Estimation : dans une commune, les locaux mal reliés sont supposés répartis au hasard.",
            "L’intervalle réunit l’incertitude des temps et, s’il y en a une, celle du débit.",
        ),
    )


def territoires(sujet: Sujet) -> Tableau:
    """G3: each EPCI, for any place and for each family, with its margin to the threshold."""
    seuil = sujet.seuil
    familles = list(sujet.familles)
    return Tableau(
        "tableau-deficits",
        f"Déficit d’accès à {seuil} minutes en voiture ({sujet.date_lieux}, {sujet.date_population})",
        "Intercommunalité",
        (
            Colonne("Tous les lieux", "G3"),
            *(Colonne(nom, "G3") for _, nom in familles),
            *_colonne_a9(sujet),
        ),
        [
            Rangee(
                nom,
                (
                    cellule_g3(territoire, f"G3_{seuil}"),
                    *(cellule_g3(territoire, f"G3_{seuil}_{cle}") for cle, _ in familles),
                    *(Cellule(phrases.statut(territoire.texte("G3_a9_statut"))) for _ in _colonne_a9(sujet)),
                ),
                detail,
                lien,
            )
            for nom, detail, lien, territoire in sujet.epci()
        ],
        fichier="epci-departement",
        triable=True,
        notes=(
            f"En déficit : plus de {sujet.seuils.deficit_epci_pct:g} % des habitants sont sûrement à plus de {seuil} "
            "minutes. La marge est l’écart à ce seuil, en points, avec son intervalle.",
            *_comptes(sujet, familles),
            *_sans_mediane(sujet),
        ),
    )


def acces_par_epci(sujet: Sujet) -> Tableau:
    """The offer and its reach in each EPCI: its part in the département, and the whole when it leaves it."""
    seuil, seuils = sujet.seuil, sujet.seuils
    couvertures = (f"A2_voiture_{seuil}", f"A3_velo_{seuils.velo[0]}", f"A3_pied_{seuils.pied}", f"A6_voiture_{seuil}")
    return Tableau(
        "tableau-epci",
        f"Les intercommunalités : l’offre et l’accès ({sujet.date_lieux}, {sujet.date_population})",
        "Intercommunalité",
        (
            Colonne("Habitants"),
            Colonne("Lieux"),
            Colonne("En voiture", "A2", f"{seuil} minutes"),
            Colonne("À vélo", "A3", f"{seuils.velo[0]} minutes"),
            Colonne("À pied", "A3", f"{seuils.pied} minutes"),
            Colonne("Les trois familles", "A6", f"{seuil} minutes en voiture"),
        ),
        [
            Rangee(
                nom,
                (
                    cellule_effectif(territoire.nombre("population")),
                    cellule_lieux(territoire),
                    *(cellule_couverture(territoire, colonne) for colonne in couvertures),
                ),
                detail,
                lien,
            )
            for nom, detail, lien, territoire in sujet.epci()
        ],
        fichier="epci-departement",
        triable=True,
        notes=tuple(_somme_des_lieux(sujet)),
    )


def _somme_des_lieux(sujet: Sujet) -> Iterator[str]:
    """Why the places of the EPCI add up to more than those of the département; nothing when they do not."""
    lieux = sujet.ligne.nombre("lieux") or 0
    somme = sum(t.nombre("lieux") or 0 for _, _, _, t in sujet.epci(entiers=False))
    if somme > lieux:
        yield (
            f"La somme des intercommunalités, {phrases.effectif(somme)}, dépasse les {phrases.effectif(lieux)} lieux "
            "du département : un service itinérant compte une fois dans chaque intercommunalité où il s’arrête, et une "
            "seule fois dans le département."
        )


def manques_par_epci(sujet: Sujet) -> Tableau:
    """Times, hours and deficits of each EPCI: its part in the département, and the whole when it leaves it."""
    seuil = sujet.seuil
    return Tableau(
        "tableau-epci-manques",
        f"Les intercommunalités : temps, heures et manques ({sujet.date_lieux}, {sujet.date_population}, "
        f"{sujet.date_debit})",
        "Intercommunalité",
        (
            Colonne("Temps médian", "A7", "voiture"),
            Colonne("Heures accessibles", "A8", f"{seuil} minutes en voiture"),
            Colonne("Sans bon débit filaire", "B1", "locaux"),
            Colonne("Déficit cumulé", "G1", f"habitants à plus de {seuil} minutes"),
        ),
        [
            Rangee(
                nom,
                (
                    cellule_mesure(territoire.mesure("A7_voiture_mediane"), "min"),
                    cellule_mesure(territoire.mesure(f"A8_{seuil}"), "h"),
                    _debit(territoire, f"B1_{sujet.seuils.classe_debit}"),
                    cellule_personnes(territoire.part(f"G1_{seuil}")),
                ),
                detail,
                lien,
            )
            for nom, detail, lien, territoire in sujet.epci()
        ],
        fichier="epci-departement",
        triable=True,
    )


def _debit(territoire: Ligne, colonne: str) -> Cellule:
    """A share of premises, and the communes of which it says nothing: a neighbour's, of an EPCI that leaves the
    département."""
    part, inconnus = territoire.part(colonne), territoire.nombre(f"{colonne}_inconnus")
    sans = f" ; {phrases.compter(inconnus, 'commune')} sans chiffre" if inconnus else ""
    return cellule_part(part, detail=f"{phrases.rapport(part)}{sans}")


def en_deficit(sujet: Sujet, colonne: str, statut: str = "deficit") -> list[str]:
    """Names of the EPCI (their part in the département) of a given status."""
    return [nom for nom, _, _, t in sujet.epci(entiers=False) if t.texte(f"{colonne}_statut") == statut]


def cellule_couverture(territoire: Ligne, colonne: str) -> Cellule:
    """A share with its counts and its interval."""
    part = territoire.part(colonne)
    # Where bounds alone are known, the cell has said them already.
    ecart = "" if part.taux is None and part.lectures is None else phrases.intervalle(part)
    return cellule_part(part, detail=f"{phrases.rapport(part)}{f' ; {ecart}' if ecart else ''}")


def _g2(territoire: Ligne, seuil: int) -> Cellule:
    if territoire.texte(f"G2_{seuil}_statut") == "sans objet":
        return Cellule(phrases.SANS_OBJET, classe="absent")
    mesure = territoire.mesure(f"G2_{seuil}")
    if mesure.valeur is None and mesure.bas is not None:
        return Cellule(phrases.bornes(mesure, 2), tri=mesure.bas, classe="nombre")
    return cellule_mesure(mesure, decimales=2)


def cellule_g3(territoire: Ligne, colonne: str) -> Cellule:
    """The deficit status of a territory, with its margin."""
    return cellule_statut(territoire.texte(f"{colonne}_statut"), territoire.mesure(f"{colonne}_marge"))


def mediane_connue(sujet: Sujet) -> bool:
    """Whether the regional median of shared hours (A9) could be computed: every département of the region is there."""
    return sujet.ligne.mesure("G3_a9_mediane").valeur is not None


def _colonne_a9(sujet: Sujet) -> tuple[Colonne, ...]:
    """The criterion of shared hours, where the regional median is known; a note says when it is not."""
    if not mediane_connue(sujet):
        return ()
    return (Colonne("Heures partagées (A9)", "G3", "moins de la moitié de la médiane régionale"),)


def _sans_mediane(sujet: Sujet) -> tuple[str, ...]:
    mediane = sujet.ligne.mesure("G3_a9_mediane")
    if mediane.valeur is None:
        return ("Heures partagées (A9) : non évalué, car les données de toute la région ne sont pas chargées.",)
    return (
        f"Heures partagées (A9) : la médiane régionale est de {phrases.mesure(mediane, 'heures')} par semaine "
        "pour 1 000 habitants.",
    )


def _comptes(sujet: Sujet, familles: list[tuple[str, str]]) -> Iterator[str]:
    """How many EPCI of the département have each status, for any place then by family."""
    for fin, nom in (("", "Tous les lieux"), *((f"_{cle}", nom) for cle, nom in familles)):
        comptes = {
            s: sujet.ligne.nombre(f"G3_{sujet.seuil}{fin}_epci_{s}") for s in ("deficit", "incertain", "non", "inconnu")
        }
        yield f"{nom} : {phrases.statuts(comptes)}."
