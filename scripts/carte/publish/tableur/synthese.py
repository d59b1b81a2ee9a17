"""The first sheet of a workbook: the figures that are read first, the département then each EPCI; all else follows."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from carte.publish.report import phrases
from carte.publish.tableur.onglet import Feuille, Valeur, valeur

if TYPE_CHECKING:
    from carte.publish.report.edition import Edition
    from carte.publish.report.lignes import Ligne
    from carte.publish.report.sujet import Sujet

_IDENTITE = ("Niveau", "Territoire", "Code", "Habitants", "Lieux")


def synthese(edition: "Edition") -> Feuille:
    """One row per territory. A share (%) has two columns, its low and high readings: the same when nothing is unknown;
    both empty when it is not evaluated."""
    sujet = edition.sujet
    parts, mesures, statuts = list(_parts(sujet)), list(_mesures(sujet)), list(_statuts(sujet))
    titres = (
        *_IDENTITE,
        *(f"{titre} (%), {borne}" for titre, _ in parts for borne in ("au moins", "au plus")),
        *(titre for titre, _ in mesures),
        *(titre for titre, _ in statuts),
    )

    def ligne(niveau: str, territoire: "Ligne", nom: str, code: str) -> tuple[Valeur, ...]:
        return (
            *(niveau, nom, code, territoire.nombre("population"), territoire.nombre("lieux")),
            *(borne for _, colonne in parts for borne in _bornes(territoire, colonne)),
            *(valeur(_arrondi(territoire.mesure(colonne).valeur)) for _, colonne in mesures),
            # An EPCI is in deficit, or not: nobody says it of a département.
            *(phrases.statut(territoire.texte(c)) if c in territoire.cellules else None for _, c in statuts),
        )

    lignes = [
        ligne("Département", sujet.ligne, sujet.nom, sujet.code),
        *(
            ligne("Intercommunalité (partie dans le département)", part, part.nom, part.texte("code_epci"))
            for part in sujet.parts_epci
        ),
    ]
    largeurs = (20, 34, 12, *(16 for _ in titres[3:]))
    return Feuille("Synthèse", (titres, *lignes), largeurs)


def _parts(sujet: "Sujet") -> Iterator[tuple[str, str]]:
    """Title and column of each share of inhabitants or of premises."""
    seuil, seuils = sujet.seuil, sujet.seuils
    yield f"Un lieu à {seuil} min en voiture", f"A2_voiture_{seuil}"
    for cle, nom in sujet.familles:
        yield f"{nom} à {seuil} min en voiture", f"A2_voiture_{seuil}_{cle}"
    yield f"Les trois familles à {seuil} min en voiture", f"A6_voiture_{seuil}"
    yield f"Un lieu à {seuils.velo[0]} min à vélo", f"A3_velo_{seuils.velo[0]}"
    yield f"Un lieu à {seuils.pied} min à pied", f"A3_pied_{seuils.pied}"
    yield "Locaux sans bon débit filaire", f"B1_{seuils.classe_debit}"
    yield f"Habitants à plus de {seuil} min et mal reliés", f"G1_{seuil}"


def _mesures(sujet: "Sujet") -> Iterator[tuple[str, str]]:
    yield "Temps médian en voiture (min)", "A7_voiture_mediane"
    yield f"Heures d’ouverture accessibles à {sujet.seuil} min, par semaine", f"A8_{sujet.seuil}"


def _statuts(sujet: "Sujet") -> Iterator[tuple[str, str]]:
    yield "En déficit d’accès à un lieu", f"G3_{sujet.seuil}"
    for cle, nom in sujet.familles:
        yield f"En déficit : {nom.lower()}", f"G3_{sujet.seuil}_{cle}"


def _bornes(territoire: "Ligne", colonne: str) -> tuple[Valeur, Valeur]:
    bornes = territoire.part(colonne).bornes
    return (None, None) if bornes is None else (_arrondi(100 * bornes[0]), _arrondi(100 * bornes[1]))


def _arrondi(nombre: float | None) -> float | None:
    return None if nombre is None else round(nombre, 1)
