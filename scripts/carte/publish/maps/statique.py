"""Static maps of a département: drawn once by the build, they read without script and on paper."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence

from markupsafe import Markup

from carte.publish.maps.contours import Contours, Nom
from carte.publish.maps.ensemble import Ensemble
from carte.publish.svg import LARGEUR, Repere, Trace, chemin, dessin, etiquette, motif_inconnu, pastille

INCONNU = "inconnu"
"""Class of what is not known: hatched."""

Disque = tuple[float, float, int, str]
"""Longitude, latitude, number of places, words shown when it is pointed at."""

# Width at which a drawing is mostly read, in pixels: names are chosen for it.
_LARGEUR_LUE = 640
# Mean width of a letter of a name, in units of the drawing.
_LETTRE = 16
# The names that remain on a phone.
_PREMIERS_NOMS = 5


def carte_classes(
    contours: Contours,
    identifiant: str,
    titre: str,
    description: str,
    classes: Mapping[str, str],
    valeurs: Mapping[str, str],
) -> Markup:
    """One path per commune, in the tone of its class (`n0`…`n4`, `inconnu`); borders of EPCI and names above.

    Empty without any outline. `valeurs`: words shown when a commune is pointed at.
    """
    return _carte(
        contours,
        identifiant,
        titre,
        description,
        lambda code: f"commune {classes.get(code, INCONNU)}",
        valeurs,
        (),
    )


def carte_lieux(
    contours: Contours,
    identifiant: str,
    titre: str,
    description: str,
    lieux: Mapping[str, int],
    mots: Mapping[str, str],
) -> Markup:
    """The communes, with a disc in those that have places, larger where there are more; empty without any outline.

    `lieux`: code → number of places; `mots`: code → words shown when a commune is pointed at.
    """
    repere = contours.repere
    discs = [
        _disque(repere, (commune.lon, commune.lat, nombre, mots.get(commune.code_insee, commune.nom)))
        for commune in contours.communes.itertuples()
        if (nombre := lieux.get(commune.code_insee, 0)) and repere and not math.isnan(commune.lon)
    ]
    return _carte(contours, identifiant, titre, description, lambda _code: "commune fond", mots, discs)


def carte_ensemble(
    ensemble: Ensemble, identifiant: str, titre: str, description: str, disques: Iterable[Disque]
) -> Markup:
    """Several départements in one drawing, by their outlines alone, with discs; empty without any outline."""
    repere = ensemble.repere
    if repere is None:
        return Markup("")
    traces = [Trace(chemin(ensemble.formes[un.departement], repere), "commune fond", un.nom) for un in ensemble.reunis]
    # The largest discs first: a small one stands upon them.
    poses = [_disque(repere, disque) for disque in sorted(disques, key=lambda d: (-d[2], d[3]))]
    return dessin(identifiant, repere, titre, description, [*traces, *poses, *_noms(ensemble.noms, repere)])


def _disque(repere: Repere, disque: Disque) -> Markup:
    lon, lat, nombre, mots = disque
    x, y = repere.xy(lon, lat)
    return pastille(x, y, round(6 + 5 * math.sqrt(nombre), 1), "carte-disque", mots)


def _carte(
    contours: Contours,
    identifiant: str,
    titre: str,
    description: str,
    classe: Callable[[str], str],
    mots: Mapping[str, str],
    au_dessus: Sequence[Markup],
) -> Markup:
    repere = contours.repere
    if repere is None:
        return Markup("")
    communes, epci = contours.chemins
    traces = [
        Trace(
            trace,
            classe(commune.code_insee),
            mots.get(commune.code_insee, commune.nom),
            motif_inconnu(identifiant) if classe(commune.code_insee).endswith(INCONNU) else "",
        )
        for trace, commune in zip(communes, contours.communes.itertuples(), strict=True)
    ]
    limites = [Trace(trace, "limite-epci") for trace in epci]
    return dessin(
        identifiant, repere, titre, description, [*traces, *limites, *au_dessus, *_noms(contours.noms, repere)]
    )


def _noms(noms: Sequence[Nom], repere: Repere) -> list[Markup]:
    """The names that have room at the size of the page, the first of them marked for small screens."""
    # A drawing taller than wide is read smaller.
    largeur_lue = _LARGEUR_LUE * min(1.0, LARGEUR / repere.hauteur)
    pixels_par_degre = repere.echelle_x * largeur_lue / LARGEUR
    zoom = math.log2(pixels_par_degre * 360 / 256)
    return [
        etiquette(nom.texte, *_place(nom, repere), f"carte-etiquette{' premiere' if rang < _PREMIERS_NOMS else ''}")
        for rang, nom in enumerate(n for n in noms if n.zoom <= zoom)
    ]


def _place(nom: Nom, repere: Repere) -> tuple[int, int]:
    """Under the commune's centre, and not cut by the sides of the drawing."""
    x, y = repere.xy(nom.lon, nom.lat)
    demi = min(_LETTRE * len(nom.texte) // 2, LARGEUR // 2)
    return min(max(x, demi), LARGEUR - demi), min(y + 34, repere.hauteur - 8)
