"""Part 3 of the report, continued: the closing of the copper network, people at risk, needs published by others."""

from collections.abc import Iterator

from carte.couches.brut import INCONNU
from carte.publish.report import phrases
from carte.publish.report.blocs import Bloc, Intertitre, Texte
from carte.publish.report.sujet import Sujet
from carte.publish.report.tableaux import Cellule, Colonne, Rangee, Tableau, cellule_effectif
from carte.publish.sources import FERMETURE_CUIVRE, sources

_COMPTES = ("communes", "locaux", "sans_fibre", "sans_fibre_inconnu")


def blocs(sujet: Sujet) -> Iterator[Bloc]:
    """Copper, then N1 and N2, or why they are not said."""
    yield Intertitre("cuivre", "La fermeture du réseau de cuivre")
    if sujet.liste("cuivre"):
        yield _cuivre(sujet)
    else:
        yield Texte(f"Aucune fermeture à venir n’est connue. {_communes_du_cuivre(sujet)}", "CUIVRE", "cuivre")
    yield Intertitre("personnes", "Les personnes éloignées du numérique")
    yield from _risque(sujet)
    yield from _publies(sujet)


def _calendrier(sujet: Sujet) -> str:
    """The vintage of the schedule of closure: it has its own."""
    trouvees = (s.millesime for s in sources(sujet.picture, sujet.code) if s.cle == FERMETURE_CUIVRE)
    return next(trouvees, INCONNU)


def _communes_du_cuivre(sujet: Sujet) -> str:
    """How many communes have no closing to come, and why."""
    fermees, sans_date, inconnues = (
        phrases.compter(sujet.ligne.nombre(f"CUIVRE_communes_{quoi}"), "commune")
        for quoi in ("fermees", "non_planifiees", "inconnues")
    )
    return f"Déjà fermées : {fermees} ; sans date : {sans_date} ; inconnu : {inconnues}."


def _cuivre(sujet: Sujet) -> Tableau:
    ligne = sujet.ligne
    incomplet = ligne.part("CUIVRE_incomplet")
    prochaine = ligne.cellules["CUIVRE_prochaine"]
    alerte = (
        f"Prochaine fermeture prévue là où la fibre est incomplète ou inconnue : {phrases.millesime(prochaine)}."
        if isinstance(prochaine, str)
        else "Aucune fermeture prévue là où la fibre est incomplète n’est connue."
    )
    return Tableau(
        "tableau-cuivre",
        f"Fermetures prévues du cuivre, et fibre ({sujet.date_debit})",
        "Date prévue",
        (
            Colonne("Communes"),
            Colonne("Locaux"),
            Colonne("Locaux sans fibre", detail="alerte"),
            Colonne("Locaux dont la fibre est inconnue"),
        ),
        [
            Rangee(
                phrases.jour(date["fermeture"]),
                tuple(cellule_effectif(date[nom]) for nom in _COMPTES),
            )
            for date in sujet.liste("cuivre")
        ],
        fichier="cuivre",
        code="CUIVRE",
        notes=(
            "Locaux sans fibre, parmi ceux dont la fermeture est prévue : "
            f"{phrases.part_complete(incomplet, 'local')}. {alerte}",
            _communes_du_cuivre(sujet),
            f"Calendrier de fermeture : {phrases.millesime(_calendrier(sujet))}.",
            "Une baisse du nombre de lignes en cuivre n’est pas une dégradation ; une fermeture avant la fibre est une "
            "alerte.",
        ),
    )  # fmt: skip


def _risque(sujet: Sujet) -> Iterator[Bloc]:
    raison = sujet.non_evalue("N1")
    if raison:
        yield Texte(f"Habitants estimés en difficulté avec le numérique (N1) : non évalué, {raison}.", "N1")
        return
    part = sujet.ligne.part("N1")
    ecart = phrases.intervalle(part)
    yield Texte(
        "Habitants estimés en difficulté avec le numérique, d’après leur âge (N1) : "
        f"{phrases.part_complete(part, 'habitant')}{f', {ecart}' if ecart else ''}. Ce sont des taux nationaux par "
        "âge, appliqués à la population : une estimation.",
        "N1",
        "departement",
    )


def _publies(sujet: Sujet) -> Iterator[Bloc]:
    raison = sujet.non_evalue("N2")
    lignes = sujet.liste("besoins", niveaux=("departement", "epci", "epci_departement"))
    if raison or not lignes:
        suite = raison or "les chiffres fournis ne concernent pas ce département"
        yield Texte(f"Indicateurs de besoin publiés par d’autres (N2) : non évalué, {suite}.", "N2")
        return
    yield Tableau(
        "tableau-besoins",
        f"Indicateurs de besoin, tels que publiés ({', '.join(sorted({str(ligne['millesime']) for ligne in lignes}))})",
        "Territoire",
        (Colonne("Indicateur", "N2"), Colonne("Valeur"), Colonne("Source")),
        [
            Rangee(
                str(ligne["nom"]),
                (
                    Cellule(str(ligne["indicateur"])),
                    cellule_effectif(ligne["valeur"], _sur(ligne["denominateur"], str(ligne["unite"]))),
                    Cellule(f"{ligne['source']}, {ligne['millesime']}"),
                ),
            )
            for ligne in lignes
        ],
        fichier="besoins",
        notes=(
            "Ces indicateurs se recoupent avec d’autres de ce rapport : ne pas les additionner.",
            *_sans_chiffre(sujet, {str(ligne["nom"]) for ligne in lignes}),
        ),
    )


def _sans_chiffre(sujet: Sujet, dits: set[str]) -> Iterator[str]:
    """The EPCI that the document says nothing of."""
    absents = [nom for nom, _, lien, _ in sujet.epci(entiers=False) if lien and nom not in dits]
    if absents:
        yield f"Non évalué, le document fourni n’en dit rien : {phrases.enumerer(absents)}."


def _sur(denominateur: float | None, unite: str) -> str:
    return unite if denominateur is None else f"{unite} sur {phrases.effectif(denominateur)}"
