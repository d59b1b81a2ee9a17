"""How well travel times are estimated, in the method of the report: measured trips, errors, what was fitted."""

from collections.abc import Iterator, Mapping

from carte.access import TRAJETS_MINIMAUX, Ajustement, Mode
from carte.indicators import Part, format_nombre
from carte.publish.report import phrases
from carte.publish.report.blocs import Bloc, Texte
from carte.publish.report.sujet import Sujet
from carte.publish.report.tableaux import Cellule, Colonne, Rangee, Tableau, cellule_part

_MODES = {Mode.VOITURE: "Voiture", Mode.VELO: "Vélo", Mode.PIED: "Marche"}


def _non_ajustes(insuffisants: Mapping[Mode, int]) -> Iterator[str]:
    for mode, trajets in insuffisants.items():
        mesures = f"{phrases.compter(trajets, 'trajet mesuré', 'trajets mesurés')}, il en faut {TRAJETS_MINIMAUX}"
        yield f"{_MODES[mode]} : les hypothèses restent, non calibrées ({mesures})."


def blocs(sujet: Sujet) -> Iterator[Bloc]:
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


def _dedans(ajustement: Ajustement) -> Part:
    """Measured trips that fall within the printed interval."""
    dedans = float(round(ajustement.dans_l_intervalle * ajustement.trajets))
    return Part(dedans, float(ajustement.trajets), dedans, dedans)
