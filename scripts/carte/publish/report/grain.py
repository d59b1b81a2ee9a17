"""How the report says what one point per commune cannot tell: on foot, by bicycle, or without its town hall."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from carte.access import Mode
from carte.indicators import NON_EVALUE, format_nombre
from carte.publish.report import phrases
from carte.territory import MILIEU

if TYPE_CHECKING:
    from carte.publish.report.lignes import Ligne
    from carte.publish.report.sujet import Sujet

_MODES = {Mode.VELO: "À vélo", Mode.PIED: "À pied"}


def couverture(ligne: "Ligne", colonne: str) -> str:
    """A share by foot or bicycle in a sentence; « non évalué » and its bounds when no central figure may be printed."""
    part = ligne.part(colonne)
    if ligne.evaluee(colonne):
        return phrases.part_complete(part, "habitant")
    return f"{NON_EVALUE}, {phrases.part_complete(part, 'habitant')}"


def notes(sujet: "Sujet") -> Iterator[str]:
    """The rule that evaluates a commune, for each way; whom it leaves out; on which side the others err."""
    hypotheses, seuils, floues = sujet.indicateurs.parametres.hypotheses, sujet.seuils, False
    for mode, seuil in ((Mode.VELO, seuils.velo[0]), (Mode.PIED, seuils.pied)):
        colonne = f"A3_{mode}_{seuil}"
        ignores, tous = sujet.ligne.nombre(f"{colonne}_non_evalues"), sujet.ligne.part(colonne).denominateur
        if not ignores:
            continue
        floues = True
        km = seuil * hypotheses.vitesse_kmh(mode) / (60 * hypotheses.detour(mode))
        yield (
            f"{_MODES[mode]}, {seuil} minutes font {format_nombre(km, 1)} km : vue d’un seul point, une commune "
            f"de plus de {format_nombre(4 * km * km, 1)} km² n’est pas évaluée, car la moitié de la racine carrée de "
            f"sa surface dépasse cette distance. {phrases.compter(ignores, 'habitant')} sur {phrases.effectif(tous)} "
            "ne le sont donc pas : ils manquent tous à la borne basse, et sont tous dans la borne haute."
        )
    if floues:
        yield (
            "Quand trop d’habitants ne le sont pas (seuil en partie 1), aucun chiffre central n’est donné. Les "
            "carreaux de 200 m (carreaux.csv) les évaluent tous."
        )
    yield (
        "Une commune évaluée depuis un seul point l’est plutôt trop bas si l’on y vit groupé autour du lieu, et trop "
        "haut si l’habitat est dispersé."
    )


def points_incertains(sujet: "Sujet") -> str:
    """« ; … » about the communes whose town hall is unknown, and what it does to the interval; empty without any."""
    communes = sujet.picture.territoire.communes
    ici = communes[communes["code_departement"] == sujet.code]
    erreurs = ici["erreur_km"].to_numpy(dtype=float) if "erreur_km" in ici else np.empty(0)
    erreurs = erreurs[erreurs > 0]
    if not len(erreurs):
        return ""
    combien = phrases.compter(len(erreurs), "commune")
    return (
        f"{combien} sans mairie connue : le départ est un {MILIEU}, à {format_nombre(float(np.median(erreurs)), 1)} km "
        "près (erreur médiane mesurée sur les communes de France, le quart de la racine carrée de leur surface) ; "
        "l’intervalle des temps en est élargi"
    )
