"""One page per EPCI for its opinion: its figures beside those of the département, its places, its far communes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from carte.publish.maps.contours import Contours
from carte.publish.report import phrases
from carte.publish.report.avis_details import Detail, details
from carte.publish.report.cartes import Carte, dessiner
from carte.publish.report.deficits import cellule_g3
from carte.publish.report.lignes import Ligne, ligne
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
)
from carte.publish.report.themes import temps


@dataclass(frozen=True, slots=True)
class FicheEpci:
    """What an EPCI reads before it gives its opinion. `carte` is None when no commune has an outline."""

    code: str
    nom: str
    precision: str
    chiffres: Tableau
    carte: Carte | None
    constats: tuple[str, ...]
    details: tuple[Detail, ...]


def fiches(sujet: Sujet, contours: Contours) -> list[FicheEpci]:
    """One sheet per EPCI that has communes in the département, by name."""
    noms = sujet.indicateurs.tables["epci"]["nom"]
    parts = [part for part in sujet.parts_epci if part.texte("code_epci") in noms.index]
    return [_fiche(sujet, part, contours) for part in parts]


def _fiche(sujet: Sujet, part: Ligne, contours: Contours) -> FicheEpci:
    code = part.texte("code_epci")
    entier = ligne(sujet.indicateurs, "epci", code)
    deborde = entier.nombre("communes") != part.nombre("communes") or bool(entier.nombre("communes_absentes"))
    precision = f"Chiffres de la partie située dans le département {sujet.nom}." if deborde else ""
    return FicheEpci(
        code,
        entier.nom,
        precision,
        _chiffres(sujet, part),
        _carte(sujet, code, contours),
        _constats(sujet, part),
        details(sujet, code),
    )


def _chiffres(sujet: Sujet, part: Ligne) -> Tableau:
    return Tableau(
        f"avis-{part.code}",
        f"Chiffres clés ({sujet.date_lieux}, {sujet.date_population}, {sujet.date_debit})",
        "Indicateur",
        (Colonne("Territoire"), Colonne("Département")),
        [
            Rangee(titre, (lire(part), lire(sujet.ligne)), code=code)
            for titre, code, lire in _lignes(sujet)
        ],
        fichier="epci-departement",
        notes=(f"{sujet.mention_temps}.",),
    )  # fmt: skip


def _lignes(sujet: Sujet) -> Iterator[tuple[str, str, Callable[[Ligne], Cellule]]]:
    """Title, code of the definition, and how to read the figure of a territory."""
    seuil, seuils = sujet.seuil, sujet.seuils
    yield "Habitants", "", lambda t: cellule_effectif(t.nombre("population"))
    yield "Lieux", "", lambda t: cellule_lieux(t)
    yield "Lieux pour 10 000 habitants", "O1", lambda t: cellule_mesure(t.mesure("O1_lieux"))
    parts = [
        (f"À {seuil} minutes en voiture d’un lieu", "A2", f"A2_voiture_{seuil}"),
        (f"À {seuil} minutes en voiture d’une formation", "A2", f"A2_voiture_{seuil}_formation"),
        (f"À {seuils.velo[0]} minutes à vélo d’un lieu", "A3", f"A3_velo_{seuils.velo[0]}"),
        (f"À {seuils.pied} minutes à pied d’un lieu", "A3", f"A3_pied_{seuils.pied}"),
        (f"Les trois familles à {seuil} minutes en voiture", "A6", f"A6_voiture_{seuil}"),
    ]
    for titre, code, colonne in parts:
        yield titre, code, lambda t, c=colonne: _part(t, c)  # type: ignore[misc]
    yield "Temps médian en voiture", "A7", lambda t: cellule_mesure(t.mesure("A7_voiture_mediane"), "min")
    yield f"Heures accessibles à {seuil} minutes", "A8", lambda t: cellule_mesure(t.mesure(f"A8_{seuil}"), "h")
    yield "Locaux sans bon débit filaire", "B1", lambda t: _part(t, f"B1_{seuils.classe_debit}")
    yield (
        f"Habitants loin (plus de {seuil} minutes) et mal reliés",
        "G1",
        lambda t: cellule_personnes(t.part(f"G1_{seuil}")),
    )
    yield "Déficit d’accès à un lieu", "G3", lambda t: cellule_g3(t, f"G3_{seuil}")
    yield "Déficit d’accès à une formation", "G3", lambda t: cellule_g3(t, f"G3_{seuil}_formation")


def _part(territoire: Ligne, colonne: str) -> Cellule:
    return cellule_part(territoire.part(colonne))


def _constats(sujet: Sujet, part: Ligne) -> tuple[str, ...]:
    """Two sentences to start from."""
    couverture = part.part(f"A2_voiture_{sujet.seuil}")
    sans = [f"{nom.lower()} : {phrases.lieux_par_etat(part, cle)}" for cle, nom in sujet.familles]
    return (
        f"L’intercommunalité compte {phrases.compter(part.nombre('lieux'), 'lieu')} "
        f"pour {phrases.compter(part.nombre('population'), 'habitant')} ({' ; '.join(sans)}).",
        f"À {sujet.seuil} minutes au plus en voiture d’un lieu : {phrases.sur_incertain_non(couverture)}.",
    )


def _carte(sujet: Sujet, code: str, contours: Contours) -> Carte | None:
    communes = contours.communes[contours.communes["code_epci"] == code]
    if communes.empty:
        return None
    epci = contours.epci[contours.epci["code_epci"] == code]
    dedans = set(communes["code_insee"])
    lignes = [commune for commune in sujet.communes if commune.code in dedans]
    theme = temps(lignes, sujet.seuils)[0]
    return dessiner(theme, sujet, replace(contours, communes=communes, epci=epci, sans_contour=()), f"epci-{code}")
