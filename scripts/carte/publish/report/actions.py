"""The pre-filled action sheets of the programme over six years: what figures can say; the rest stays to be decided."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from carte.indicators import format_nombre
from carte.indicators.manques.objectifs import Attendu, Gain, Objectif, objectif
from carte.publish.report import grain, phrases
from carte.publish.report.lignes import Ligne
from carte.publish.report.permanences import OFFRES
from carte.publish.report.sujet import Sujet
from carte.simulation.modele import Couverture, Option, Proposition, Simulations

# What only the people of the territory can write.
A_COMPLETER = ("Objectif qualitatif", "Pilote", "Partenaires", "Calendrier", "Coût et financement")
MESURE_ABSENTE = "À définir : aucun site n’est proposé par le calcul dans cette édition."
NOTE_OBJECTIF = (
    "Objectif proposé : les habitants trop loin aujourd’hui, moins la moitié du gain de la mesure retenue en "
    "trois ans, et tout ce gain en six ; entre parenthèses, l’intervalle. Sans mesure qui rapproche assez d’habitants, "
    "il reste à définir. À fixer par les signataires."
)


@dataclass(frozen=True, slots=True)
class Retenue:
    """The measure of a sheet: one more permanence, and the choice of its site at the report's threshold."""

    proposition: Proposition
    option: Option

    @property
    def couverture(self) -> Couverture:
        return self.option.couverture(self.option.seuil or 0)

    @property
    def gain(self) -> Gain:
        avant, apres = self.couverture.avant, self.couverture.apres
        return Gain(apres.estimes - avant.estimes, apres.surs - avant.surs, apres.possibles - avant.possibles)


@dataclass(frozen=True, slots=True)
class Cible:
    """The quantitative target for one kind of offer, in people too far away."""

    offre: str
    famille: str
    objectif: Objectif

    @property
    def nombres(self) -> tuple[str, str, str]:
        """Today, after three and after six years, each with its interval: « 1 234 (de 800 à 2 000) », « à définir »."""
        vise = self.objectif
        return _en_mots(vise.reference), _en_mots(vise.annee_3), _en_mots(vise.annee_6)


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
        retenues = {} if simulations is None else _retenues(simulations, part, code, sujet.seuil)
        cibles = _cibles(sujet, part, retenues)
        if cibles:
            nom = str(noms[code]) if code in noms.index else "Communes sans intercommunalité"
            trouvees.append(_fiche(sujet, part, code, nom, cibles, retenues))
    return trouvees


def _retenues(simulations: Simulations, part: Ligne, code: str, seuil: int) -> dict[str, Retenue]:
    """The measure retained for each family, over the people of this part of the EPCI and no others."""
    propositions = simulations.pour("epci_departement", part.code) or simulations.pour("epci", code)
    trouvees = {f: retenue(propositions, f, seuil, simulations.parametres.gain_minimal) for f in OFFRES}
    return {famille: trouvee for famille, trouvee in trouvees.items() if trouvee is not None}


def _cibles(sujet: Sujet, part: Ligne, retenues: Mapping[str, Retenue]) -> tuple[Cible, ...]:
    cibles = []
    for famille, offre in OFFRES.items():
        fin = _fin(famille)
        en_deficit = part.texte(f"G3_{sujet.seuil}{fin}_statut") == "deficit"
        gain = retenues[famille].gain if famille in retenues else None
        vise = objectif(part.part(f"A2_voiture_{sujet.seuil}{fin}"), sujet.seuils.deficit_epci_pct, gain)
        if en_deficit and vise:
            cibles.append(Cible(offre, famille, vise))
    return tuple(cibles)


def _fiche(
    sujet: Sujet, part: Ligne, code: str, nom: str, cibles: tuple[Cible, ...], retenues: Mapping[str, Retenue]
) -> FicheAction:
    mesures_ = tuple(_mesure(retenues[c.famille], c.offre) for c in cibles if c.famille in retenues)
    return FicheAction(
        code,
        nom,
        _constats(sujet, part, cibles),
        tuple(f"Mettre à portée de chaque habitant {c.offre}." for c in cibles),
        mesures_ or (MESURE_ABSENTE,),
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
        f"{grain.couverture(part, f'A3_velo_{velo}')} ; à {pied} minutes au plus à pied, "
        f"{grain.couverture(part, f'A3_pied_{pied}')}.",
        f"Locaux sans {sujet.classe_debit} par un réseau filaire : "
        f"{phrases.part_complete(part.part(f'B1_{sujet.seuils.classe_debit}'), 'local')} ({sujet.date_debit}).",
    )


def mesures(
    propositions: Sequence[Proposition], familles: Collection[str], seuil: int, gain_minimal: float = 0.0
) -> tuple[str, ...]:
    """The sites that the simulation proposes for one more permanence of each family, with what they bring.

    `familles`: those in deficit, « toutes » for any place. Only what brings `gain_minimal` people is printed.
    """
    trouvees = ((famille, retenue(propositions, famille, seuil, gain_minimal)) for famille in familles)
    return tuple(_mesure(trouvee, OFFRES[famille]) for famille, trouvee in trouvees if trouvee is not None)


def retenue(propositions: Sequence[Proposition], famille: str, seuil: int, gain_minimal: float = 0.0) -> Retenue | None:
    """One more permanence of a family, where it brings the most people within the threshold; None under the least
    gain, and when it brings nobody."""
    for proposition in propositions:
        if proposition.nombre == 1 and proposition.famille == famille:
            for option in proposition.options:
                if option.seuil == seuil and option.sites:
                    gain = option.couverture(seuil).gain
                    return Retenue(proposition, option) if round(gain) > 0 and gain >= gain_minimal else None
    return None


def _mesure(mesure: Retenue, offre: str) -> str:
    option, robuste = mesure.option, mesure.proposition.option_robuste
    autre = ""
    if robuste is not None and _lieux(robuste) != _lieux(option):
        autre = f" Site qui garde la plus grande part du gain à tous les seuils : {robuste.sites[0].en_mots}."
    return (
        f"Site proposé par le calcul pour {offre}, {format_nombre(mesure.proposition.heures)} heures par semaine : "
        f"{option.sites[0].en_mots}, {_gain(mesure.couverture)}.{autre}"
    )


def _lieux(option: Option) -> set[tuple[str, str | None]]:
    return {(site.code_insee, site.lieu_id) for site in option.sites}


def _gain(couverture: Couverture) -> str:
    """People gained, and the bounds of that gain when they differ."""
    bas, haut = (phrases.effectif(max(0.0, b)) for b in couverture.bornes_du_gain)
    ecart = f" (de {bas} à {haut})" if bas != haut else ""
    return f"{phrases.compter(couverture.gain, 'habitant')} de plus à {couverture.seuil} minutes au plus{ecart}"


def _en_mots(attendu: Attendu | None) -> str:
    if attendu is None:
        return "à définir"
    bas, haut = phrases.effectif(attendu.bas), phrases.effectif(attendu.haut)
    return phrases.effectif(attendu.estime) + (f" (de {bas} à {haut})" if bas != haut else "")


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
