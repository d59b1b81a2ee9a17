"""The pre-filled action sheets of the programme over six years: what figures can say; the rest stays to be decided."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from carte.indicators import format_nombre
from carte.indicators.manques.objectifs import Objectif, objectif
from carte.publish.report import phrases
from carte.publish.report.lignes import Ligne
from carte.publish.report.permanences import OFFRES
from carte.publish.report.sujet import Sujet
from carte.simulation.modele import Couverture, Option, Proposition, Simulations, SitePropose

# What only the people of the territory can write.
A_COMPLETER = ("Objectif qualitatif", "Pilote", "Partenaires", "Calendrier", "Coût et financement")
MESURE_ABSENTE = "À définir : aucun site n’est proposé par le calcul dans cette édition."


@dataclass(frozen=True, slots=True)
class Cible:
    """The quantitative target for one kind of offer, in people too far away."""

    offre: str
    famille: str
    objectif: Objectif


@dataclass(frozen=True, slots=True)
class FicheAction:
    """One territory in deficit. `suivi`: code of the definition, what is followed, its value today."""

    code: str
    territoire: str
    constats: tuple[str, ...]
    enjeux: tuple[str, ...]
    mesures: tuple[str, ...]
    cibles: tuple[Cible, ...]
    suivi: tuple[tuple[str, str, str], ...]


def fiches(sujet: Sujet, simulations: Simulations | None = None) -> list[FicheAction]:
    """One sheet per EPCI of the département that is surely in deficit, for any place or for a family, by name."""
    noms = sujet.indicateurs.tables["epci"]["nom"]
    trouvees = []
    for part in sujet.parts_epci:
        code = part.texte("code_epci")
        cibles = _cibles(sujet, part)
        if cibles:
            nom = str(noms[code]) if code in noms.index else "Communes sans intercommunalité"
            propositions = () if simulations is None else simulations.pour("epci", code)
            trouvees.append(_fiche(sujet, part, code, nom, cibles, propositions))
    return trouvees


def _cibles(sujet: Sujet, part: Ligne) -> tuple[Cible, ...]:
    cibles = []
    for famille, offre in OFFRES.items():
        fin = _fin(famille)
        en_deficit = part.texte(f"G3_{sujet.seuil}{fin}_statut") == "deficit"
        vise = objectif(part.part(f"A2_voiture_{sujet.seuil}{fin}"), sujet.seuils.deficit_epci_pct)
        if en_deficit and vise:
            cibles.append(Cible(offre, famille, vise))
    return tuple(cibles)


def _fiche(
    sujet: Sujet,
    part: Ligne,
    code: str,
    nom: str,
    cibles: tuple[Cible, ...],
    propositions: tuple[Proposition, ...],
) -> FicheAction:
    return FicheAction(
        code,
        nom,
        _constats(sujet, part, cibles),
        tuple(f"Mettre à portée de chaque habitant {c.offre}." for c in cibles),
        mesures(propositions, [c.famille for c in cibles], sujet.seuil) or (MESURE_ABSENTE,),
        cibles,
        _suivi(sujet, part, cibles),
    )


def _constats(sujet: Sujet, part: Ligne, cibles: tuple[Cible, ...]) -> tuple[str, ...]:
    seuil = sujet.seuil
    habitants = phrases.compter(part.nombre("population"), "habitant")
    loin = [
        f"À {seuil} minutes au plus en voiture d’{c.offre} : "
        f"{phrases.sur_incertain_non(part.part(f'A2_voiture_{seuil}{_fin(c.famille)}'))} "
        f"(marge au seuil de déficit : {phrases.marge(part.mesure(f'G3_{seuil}{_fin(c.famille)}_marge'))})."
        for c in cibles
    ]
    velo, pied = sujet.seuils.velo[0], sujet.seuils.pied
    return (
        f"{_majuscule(phrases.compter(part.nombre('lieux'), 'lieu'))} pour {habitants} "
        f"({sujet.date_lieux}, {sujet.date_population}).",
        *loin,
        f"Sans voiture : à {velo} minutes au plus à vélo d’un lieu, "
        f"{phrases.part_complete(part.part(f'A3_velo_{velo}'), 'habitant')} ; à {pied} minutes au plus à pied, "
        f"{phrases.part_complete(part.part(f'A3_pied_{pied}'), 'habitant')}.",
        f"Locaux sans {sujet.classe_debit} par un réseau filaire : "
        f"{phrases.part_complete(part.part(f'B1_{sujet.seuils.classe_debit}'), 'local')} ({sujet.date_debit}).",
    )


def mesures(propositions: Sequence[Proposition], familles: Collection[str], seuil: int) -> tuple[str, ...]:
    """The sites that the simulation proposes for one more permanence of each family, with what they bring.

    `familles`: those in deficit, « toutes » for any place. Only gains of people are printed.
    """
    phrases_ = []
    for famille in familles:
        for proposition in propositions:
            if proposition.nombre == 1 and proposition.famille == famille:
                options = [o for o in proposition.options if o.seuil == seuil and o.sites]
                phrases_ += [_mesure(proposition, option, OFFRES[famille]) for option in options[:1]]
    return tuple(phrase for phrase in phrases_ if phrase)


def _mesure(proposition: Proposition, option: Option, offre: str) -> str:
    couverture = option.couverture(option.seuil or 0)
    if round(couverture.gain) <= 0:
        return ""
    robuste = proposition.option_robuste
    autre = ""
    if robuste is not None and _lieux(robuste) != _lieux(option):
        autre = f" Site qui garde la plus grande part du gain à tous les seuils : {_site(robuste.sites[0])}."
    return (
        f"Site proposé par le calcul pour {offre}, {format_nombre(proposition.heures)} heures par semaine : "
        f"{_site(option.sites[0])}, {_gain(couverture)}.{autre}"
    )


def _site(site: SitePropose) -> str:
    return f"{site.lieu} ({site.commune})" if site.lieu else f"mairie ({site.commune})"


def _lieux(option: Option) -> set[tuple[str, str | None]]:
    return {(site.code_insee, site.lieu_id) for site in option.sites}


def _gain(couverture: Couverture) -> str:
    """People gained, and the bounds of that gain when they differ."""
    bas, haut = (phrases.effectif(max(0.0, b)) for b in couverture.bornes_du_gain)
    ecart = f" (de {bas} à {haut})" if bas != haut else ""
    return f"{phrases.compter(couverture.gain, 'habitant')} de plus à {couverture.seuil} minutes au plus{ecart}"


def _suivi(sujet: Sujet, part: Ligne, cibles: tuple[Cible, ...]) -> tuple[tuple[str, str, str], ...]:
    seuil = sujet.seuil
    couvertures = [
        ("A2", f"Habitants à {seuil} minutes au plus en voiture d’{c.offre}", f"A2_voiture_{seuil}{_fin(c.famille)}")
        for c in cibles
    ]
    parts = [
        *couvertures,
        ("A6", f"Habitants ayant les trois familles à {seuil} minutes au plus en voiture", f"A6_voiture_{seuil}"),
    ]
    return (
        *((code, titre, phrases.part_complete(part.part(colonne), "habitant")) for code, titre, colonne in parts),
        ("O2", "Heures d’ouverture par semaine pour 1 000 habitants", phrases.mesure(part.mesure("O2"), "heures")),
        ("G1", "Habitants loin d’un lieu et sans bon débit", _g1(part, f"G1_{seuil}")),
    )


def _g1(part: Ligne, colonne: str) -> str:
    return phrases.part_complete(part.part(colonne), "habitant")


def _fin(famille: str) -> str:
    """How the columns of a family end; those of all places have no ending."""
    return "" if famille == "toutes" else f"_{famille}"


def _majuscule(texte: str) -> str:
    return texte[:1].upper() + texte[1:]
