"""Part 8 of the report: what changed since a former publication, effect by effect; and how well times are estimated."""

from collections.abc import Iterator, Mapping

from carte.access import TRAJETS_MINIMAUX, Ajustement, Mode
from carte.indicators import Part, format_nombre
from carte.indicators.evolution_modele import EFFETS, Comparaison, Decomposition
from carte.indicators.evolution_phrases import phrase, points, qualifier
from carte.publish.report import phrases
from carte.publish.report.blocs import Bloc, Texte
from carte.publish.report.sujet import Sujet
from carte.publish.report.tableaux import Cellule, Colonne, Rangee, Tableau, cellule_part
from carte.publish.textes import date_longue

_MODES = {Mode.VOITURE: "Voiture", Mode.VELO: "Vélo", Mode.PIED: "Marche"}


def blocs(sujet: Sujet) -> Iterator[Bloc]:
    """The comparison with the former publication, or the reason of its absence."""
    comparaison = sujet.picture.evolution
    if comparaison is None:
        yield Texte("Évolution (G9) : non évalué, aucune publication précédente n’est donnée.", "G9")
        return
    suivis = list(_suivis(sujet, comparaison))
    jours = f"du {date_longue(comparaison.avant)} au {date_longue(comparaison.apres)}"
    for titre, decomposition in suivis[:1]:
        yield Texte(f"{titre}. {phrase(decomposition)}", "G9")
    yield Tableau(
        "tableau-evolution",
        f"Évolution {jours}, en points",
        "Habitants ayant…",
        (
            Colonne("Avant"),
            Colonne("Après"),
            Colonne("Variation", "G9"),
            Colonne("Lecture"),
            *(Colonne(effet.value) for effet in EFFETS),
        ),
        [Rangee(titre, tuple(_cellules(d))) for titre, d in suivis],
        notes=(
            "Les effets sont calculés l’un après l’autre, dans l’ordre des colonnes ; leur somme est la variation. Un "
            "lieu recensé depuis, mais ouvert avant, n’est pas une amélioration de l’offre.",
        ),
    )  # fmt: skip
    absents = [(nom, motif) for niveau, code, nom, motif in comparaison.non_comparables if code == sujet.code]
    if absents:
        motifs = sorted({motif for _, motif in absents})
        yield Texte(f"Non comparables : {phrases.compter(len(absents), 'chiffre')} ({' ; '.join(motifs)}).")


def _dedans(ajustement: Ajustement) -> Part:
    """Measured trips that fall within the printed interval."""
    dedans = float(round(ajustement.dans_l_intervalle * ajustement.trajets))
    return Part(dedans, float(ajustement.trajets), dedans, dedans)


def _suivis(sujet: Sujet, comparaison: Comparaison) -> Iterator[tuple[str, Decomposition]]:
    seuil, seuils = sujet.seuil, sujet.seuils
    chiffres = (
        (f"un lieu à {seuil} minutes au plus en voiture", f"A2_voiture_{seuil}"),
        *((f"{nom.lower()} : {seuil} minutes en voiture", f"A2_voiture_{seuil}_{cle}") for cle, nom in sujet.familles),
        (f"un lieu à {seuils.velo[0]} minutes au plus à vélo", f"A3_velo_{seuils.velo[0]}"),
        (f"un lieu à {seuils.pied} minutes au plus à pied", f"A3_pied_{seuils.pied}"),
        (f"les trois familles à {seuil} minutes en voiture", f"A6_voiture_{seuil}"),
    )
    for titre, colonne in chiffres:
        decomposition = comparaison.pour("departement", sujet.code, colonne)
        if decomposition is not None:
            yield titre[:1].upper() + titre[1:], decomposition


def _cellules(decomposition: Decomposition) -> Iterator[Cellule]:
    for valeur in (decomposition.avant, decomposition.apres):
        yield Cellule(phrases.pourcentage(valeur / 100), tri=valeur, classe="nombre")
    yield Cellule(points(decomposition.variation), tri=decomposition.variation, classe="nombre")
    yield Cellule(qualifier(decomposition))
    for effet in EFFETS:
        valeur = decomposition.effets[effet]
        yield Cellule(points(valeur), tri=valeur, classe="nombre")


def _non_ajustes(insuffisants: Mapping[Mode, int]) -> Iterator[str]:
    for mode, trajets in insuffisants.items():
        mesures = f"{phrases.compter(trajets, 'trajet mesuré', 'trajets mesurés')}, il en faut {TRAJETS_MINIMAUX}"
        yield f"{_MODES[mode]} : les hypothèses restent, non calibrées ({mesures})."


def calibration(sujet: Sujet) -> Iterator[Bloc]:
    """How far the estimated times are from measured ones, when some are given."""
    fit = sujet.picture.calibration
    if fit is None or not fit.ajustements:
        yield Texte("Temps estimés à vol d’oiseau : non calibrés, faute de temps mesurés en nombre suffisant.")
        return
    yield Tableau(
        "tableau-calibration",
        f"Temps estimés comparés aux temps mesurés ({', '.join(fit.sources) or 'source non précisée'})",
        "Mode",
        (
            Colonne("Trajets mesurés"),
            Colonne("Erreur médiane absolue", detail="hypothèses de départ"),
            Colonne("Erreur médiane absolue", detail="après ajustement"),
            Colonne("Détour ajusté"),
            Colonne("Vitesse moyenne ajustée"),
            Colonne("Dans l’intervalle imprimé", detail="après ajustement"),
        ),
        [
            Rangee(
                _MODES[a.mode],
                (
                    Cellule(phrases.effectif(a.trajets), tri=a.trajets, classe="nombre"),
                    *(
                        Cellule(f"{format_nombre(e, 1)}{phrases.ESPACE}min", tri=e, classe="nombre")
                        for e in (a.erreur_avant, a.erreur_apres)
                    ),
                    Cellule(format_nombre(a.detour, 2), "" if a.detour_mesure else "hypothèse", a.detour, "nombre"),
                    Cellule(f"{format_nombre(a.vitesse_kmh, 1)}{phrases.ESPACE}km/h", "", a.vitesse_kmh, "nombre"),
                    cellule_part(_dedans(a)),
                ),
            )
            for a in fit.ajustements
        ],
        notes=(
            "Les trajets que personne n’a mesurés sont estimés avec le détour et les vitesses ajustés. Les vitesses "
            "des classes de densité sont toutes multipliées par le même nombre.",
            *_non_ajustes(fit.insuffisants),
        ),
    )  # fmt: skip
