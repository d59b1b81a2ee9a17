"""What if one, two, five more permanences opened (G6): a summary in the report, and one sheet to print per proposal."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from carte.choix import FAMILLES
from carte.indicators import format_nombre
from carte.publish.report import phrases
from carte.publish.report.blocs import Bloc, Texte
from carte.publish.report.preuve import but, preuve, robustesse
from carte.publish.report.sujet import Sujet
from carte.publish.report.tableaux import Cellule, Colonne, Rangee, Tableau, cellule_effectif
from carte.simulation.modele import Couverture, Habitants, Option, ParametresSimulation, Proposition

OFFRES = {
    "toutes": "un lieu, quel qu’il soit",
    **{cle: famille.un for cle, famille in FAMILLES.items()},
}
"""Family of a proposal → what its permanence gives."""
NON_EVALUE = "Permanences simulées (G6) : non évalué, aucune simulation n’est faite dans cette édition."


@dataclass(frozen=True, slots=True)
class FichePermanence:
    """One proposal on one A4 sheet. `identifiant` is unique among the sheets of a territory."""

    identifiant: str
    titre: str
    territoire: str
    constats: tuple[str, ...]
    choix: Tableau
    options: Tableau
    methode: tuple[str, ...]
    limites: str
    dates: str


def blocs(sujet: Sujet) -> Iterator[Bloc]:
    """The summary for the département: one row per proposal, linked to its sheet."""
    simulations = sujet.picture.simulations
    propositions = simulations.pour("departement", sujet.code) if simulations else ()
    if not propositions:
        yield Texte(NON_EVALUE, "G6")
        return
    yield Tableau(
        "tableau-permanences",
        f"Et si l’on ouvrait une, deux ou cinq permanences ({sujet.date_lieux}, {sujet.date_population})",
        "Permanences de plus",
        (
            Colonne("Sites du choix le plus robuste", "G6"),
            *(Colonne(f"Habitants gagnés à {s} minutes", "G6", "en voiture") for s in sujet.seuils.voiture),
        ),
        [_resume(sujet, proposition) for proposition in propositions],
        fichier="simulations",
        notes=(
            f"Chaque permanence compte {format_nombre(propositions[0].heures)} heures par semaine. Le choix le plus "
            "robuste est celui qui garde la plus grande part du meilleur gain à tous les seuils. "
            f"{sujet.mention_temps} : l’intervalle est celui des temps.",
        ),
    )


def _resume(sujet: Sujet, proposition: Proposition) -> Rangee:
    titre = _titre(proposition)
    option = proposition.option_robuste
    if option is None:
        vides = (Cellule("–") for _ in sujet.seuils.voiture)
        return Rangee(titre, (Cellule("aucun site n’ajoute assez d’habitants"), *vides))
    sites = " ; ".join(site.en_mots for site in option.sites)
    gains = (cellule_gain(option.couverture(s)) for s in sujet.seuils.voiture)
    lien = f"rapports/{sujet.code}/permanences/#{identifiant(proposition)}"
    return Rangee(titre, (Cellule(sites), *gains), lien=lien)


def territoires(sujet: Sujet) -> list[tuple[str, str, str]]:
    """Level, code and name of what has sheets: the département, then its EPCI by name."""
    noms = sujet.indicateurs.tables["epci"]["nom"]
    epci = dict.fromkeys(part.texte("code_epci") for part in sujet.parts_epci)
    connus = [("epci", code, str(noms[code])) for code in epci if code in noms.index]
    return [("departement", sujet.code, sujet.nom), *sorted(connus, key=lambda e: e[2])]


def chemin(sujet: Sujet, niveau: str, code: str) -> str:
    """Site-relative path of the page of a territory's sheets."""
    fin = "" if niveau == "departement" else f"-{code}"
    return f"rapports/{sujet.code}/permanences{fin}/"


def fiches(
    sujet: Sujet, niveau: str, code: str, familles: Collection[str] | None = None
) -> tuple[list[FichePermanence], list[str]]:
    """The sheets of one territory, of some families or of all; and in words the proposals that bring nobody nearer."""
    simulations = sujet.picture.simulations
    toutes = simulations.pour(niveau, code) if simulations else ()
    propositions = [p for p in toutes if familles is None or p.famille in familles]
    utiles = [p for p in propositions if p.option_robuste is not None]
    vaines = [_titre(p) for p in propositions if p.option_robuste is None]
    return [_fiche(sujet, p, option) for p in utiles for option in [p.option_robuste] if option], vaines


def communs(fiches: list[FichePermanence]) -> list[str]:
    """The lines of method that all the sheets of a page share; how robust a choice is stays on its own sheet."""
    lignes = fiches[0].methode if fiches else ()
    return [x for x in lignes if not x.startswith("Robustesse") and all(x in fiche.methode for fiche in fiches)]


def identifiant(proposition: Proposition) -> str:
    """Anchor of the sheet of a proposal within the page of its territory."""
    return f"{proposition.famille}-{proposition.nombre}"


def cellule_gain(couverture: Couverture) -> Cellule:
    """People gained at one threshold, and the bounds that times allow."""
    bas, haut = (phrases.effectif(max(0.0, borne)) for borne in couverture.bornes_du_gain)
    return cellule_effectif(couverture.gain, f"de {bas} à {haut}" if bas != haut else "")


def _fiche(sujet: Sujet, proposition: Proposition, option: Option) -> FichePermanence:
    simulations = sujet.picture.simulations
    titre = _titre(proposition)
    definition = sujet.indicateurs.definition("G6")
    return FichePermanence(
        identifiant(proposition),
        titre,
        proposition.nom,
        tuple(_constats(sujet, proposition, option)),
        _choix(sujet, proposition, option),
        _options(sujet, proposition),
        tuple(_methode(simulations.parametres if simulations else ParametresSimulation(), proposition, option)),
        definition.biais,
        f"{sujet.date_lieux}, {sujet.date_population}, publication du {sujet.millesime('lieux')}",
    )


def _constats(sujet: Sujet, proposition: Proposition, option: Option) -> Iterator[str]:
    sites = phrases.enumerer([site.en_mots for site in option.sites])
    mot = "Site proposé" if len(option.sites) == 1 else "Sites proposés"
    yield f"{mot}, par le choix le plus robuste : {sites}."
    heures, total = proposition.heures, proposition.heures * len(option.sites)
    yield f"Heures par semaine : {format_nombre(heures)} par permanence, {format_nombre(total)} en tout."
    if proposition.niveau == "epci":
        yield "Les habitants sont ceux de toute l’intercommunalité ; les sites sont dans le périmètre de ce site."
    if proposition.communes_ecartees:
        ecartees = phrases.compter(proposition.communes_ecartees, "commune")
        yield f"Sans coordonnées ou sans population connue, hors du calcul : {ecartees}."
    if len(option.sites) < proposition.nombre:
        yield f"Au-delà de {phrases.compter(len(option.sites), 'site')}, plus aucun n’ajoute d’habitant."


def _choix(sujet: Sujet, proposition: Proposition, option: Option) -> Tableau:
    """The robust choice at each threshold: people in reach before and after."""

    def avec_part(habitants: Habitants) -> Cellule:
        if not proposition.population:
            return Cellule(phrases.SANS_OBJET, classe="absent")
        part = phrases.pourcentage(habitants.estimes / proposition.population)
        compte = f"{phrases.effectif(habitants.estimes)} sur {phrases.effectif(proposition.population)}"
        return cellule_effectif(habitants.estimes, f"{part} : {compte}")

    return Tableau(
        f"choix-{identifiant(proposition)}",
        f"{_titre(proposition)} : habitants à portée de voiture",
        "Seuil",
        (
            Colonne("Aujourd’hui", "A2"),
            Colonne("Avec ces permanences"),
            Colonne("Habitants gagnés", "G6", "et intervalle"),
        ),
        [
            Rangee(f"{c.seuil} minutes au plus", (avec_part(c.avant), avec_part(c.apres), cellule_gain(c)))
            for c in option.couvertures
        ],
        fichier="simulations",
    )


def _options(sujet: Sujet, proposition: Proposition) -> Tableau:
    """Every choice, by the aim it has: where thresholds disagree, the reader sees it."""
    return Tableau(
        f"options-{identifiant(proposition)}",
        f"{_titre(proposition)} : les choix, selon ce que l’on cherche",
        "Choix qui vise…",
        (
            Colonne("Sites"),
            *(Colonne(f"Gagnés à {s} minutes", "G6", "habitants") for s in sujet.seuils.voiture),
            Colonne("Temps moyen", "A7", "avant et après"),
            Colonne("Heures partagées", "A9", "pour 1 000 habitants"),
        ),
        [
            Rangee(
                but(option) + (" (choix le plus robuste)" if rang == proposition.robuste else ""),
                (
                    Cellule(" ; ".join(site.en_mots for site in option.sites) or "aucun site"),
                    *(cellule_gain(option.couverture(s)) for s in sujet.seuils.voiture),
                    Cellule(_avant_apres(option.temps_moyen_avant, option.temps_moyen_apres, "min")),
                    Cellule(_avant_apres(option.a9_avant, option.a9_apres, "h", 2)),
                ),
            )
            for rang, option in enumerate(proposition.options)
        ],
        fichier="simulations",
    )


def _methode(parametres: ParametresSimulation, proposition: Proposition, option: Option) -> Iterator[str]:
    candidats = phrases.compter(proposition.candidats, "site possible", "sites possibles")
    yield f"{candidats} : {_communes(parametres)}, et les lieux fixes qui disent ne pas avoir cette offre."
    yield (
        "Un habitant proche d’un lieu qui ne dit pas s’il a cette offre n’est pas compté parmi ceux que l’on gagne. Un "
        f"choix qui gagne moins de {phrases.compter(parametres.gain_minimal, 'habitant')} n’est pas proposé."
    )
    yield "Ici, tous les habitants d’une commune partent du même point, celui de la commune."
    yield "Choix pas à pas, puis calcul exact, borné ; un dernier choix réduit le temps moyen (p-médiane)."
    yield from preuve(proposition)
    yield robustesse(proposition, option)
    if proposition.seuils_d_accord:
        yield "Tous les buts mènent aux mêmes sites : le choix ne dépend pas du seuil."


def _communes(parametres: ParametresSimulation) -> str:
    """Which communes are candidates, at their point, as the method says it."""
    if parametres.sans_services is not None:
        return "les communes qui ont une poste, une banque ou une France services"
    if parametres.population_minimale > 0:
        return f"les communes de {phrases.compter(parametres.population_minimale, 'habitant')} ou plus"
    return "les communes du périmètre"


def _avant_apres(avant: float | None, apres: float | None, unite: str, decimales: int = 1) -> str:
    """« 7,3 puis 6,9 min »; the unknown in words."""
    lus = [phrases.INCONNU if n is None else format_nombre(n, decimales) for n in (avant, apres)]
    return f"{lus[0]} puis {lus[1]}{phrases.ESPACE}{unite}"


def _titre(proposition: Proposition) -> str:
    return f"{_combien(proposition.nombre)} pour {OFFRES[proposition.famille]}"


def _combien(nombre: int) -> str:
    mots = {1: "Une permanence", 2: "Deux permanences", 5: "Cinq permanences"}
    return mots.get(nombre) or phrases.compter(nombre, "permanence")
