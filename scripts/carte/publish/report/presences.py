"""Part 2 of the report: who comes where, and when: the stops of the tours, the hours that operators keep in places."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isnan

from carte.indicators import en_service, format_nombre, format_quantite, ouverture, trop_courts
from carte.publish.atlas import cle_tri
from carte.publish.horaires import jours_et_heures, passage
from carte.publish.report import phrases
from carte.publish.report.blocs import Bloc, Intertitre, Texte
from carte.publish.report.sujet import Sujet
from carte.publish.report.tableaux import Cellule, Colonne, Rangee, Tableau
from carte.records import dires

# Longer tables are folded on the page, and printed after the report.
LIGNES_OUVERTES = 30


@dataclass(frozen=True, slots=True)
class Permanence:
    """Hours that an operator keeps in a place of the département, as the record says them.

    `code_insee` is None when the commune is unknown; `heures` a week, None when they cannot be told.
    """

    operateur: str
    lieu: str
    nom: str
    commune: str
    code_insee: str | None
    quand: str
    heures: float | None
    sur_rendez_vous: bool | None


@dataclass(frozen=True, slots=True)
class Passage:
    """One stop of a mobile service in the département. `compte`: whether its hours make it a presence; else `heures`
    a week are too few. `heures` is None when unknown, which counts."""

    lieu: str
    nom: str
    ou: str
    quand: str
    heures: float | None
    compte: bool


def blocs(sujet: Sujet) -> Iterator[Bloc]:
    """A heading, the stops, the operators' hours; a sentence where there are none."""
    yield Intertitre("presences", "Tournées et permanences d’opérateurs")
    arrets, tenues = passages(sujet), permanences(sujet)
    yield _tournees(sujet, arrets) if arrets else Texte("Aucune fiche ne décrit l’arrêt d’un service itinérant.")
    yield _tenues(sujet, tenues) if tenues else Texte("Aucune fiche ne décrit la permanence d’un opérateur.")


def permanences(sujet: Sujet) -> list[Permanence]:
    """What operators keep in the places in service of the département, by operator then commune."""
    points = sujet.points.drop_duplicates("lieu_id")
    trouvees = []
    for lieu, code in zip(points["lieu_id"], points["code_insee"], strict=True):
        fiche = sujet.fiches[lieu].lieu
        for tenue in fiche.permanences or ():
            heures = ouverture(tenue.horaires).heures_hebdo
            trouvees.append(
                Permanence(
                    tenue.operateur,
                    lieu,
                    fiche.nom,
                    fiche.commune,
                    code,
                    jours_et_heures(tenue.horaires),
                    None if isnan(heures) else heures,
                    tenue.sur_rendez_vous,
                )
            )
    return sorted(trouvees, key=lambda p: (cle_tri(p.operateur), cle_tri(p.commune), p.lieu, p.quand))


def passages(sujet: Sujet) -> list[Passage]:
    """The stops in service in the département, by service, in the order of its tour."""
    offre = sujet.picture.offre[en_service(sujet.picture.offre, sujet.seuils.fermeture_jours)]
    offre = offre.assign(court=trop_courts(offre, sujet.seuils.presence_heures))
    ici = offre[(offre["code_departement"] == sujet.code) & offre["point_id"].str.contains("#")]
    frequences = sujet.picture.vocabulaires["frequences"]
    trouves = []
    for lieu, membres in ici.groupby("lieu_id"):
        fiche = sujet.fiches[str(lieu)].lieu
        arrets = {f"{lieu}#{r.rang}": r.arret for r in dires.rencontres(fiche) if r.arret}
        for point, heures, court in zip(membres["point_id"], membres["heures_hebdo"], membres["court"], strict=True):
            arret = arrets[point]
            quand = passage(arret.horaires, frequences.libelle(arret.frequence))
            ou = f"{arret.commune} ({arret.lieu})" if arret.lieu else arret.commune
            trouves.append(Passage(str(lieu), fiche.nom, ou, quand, None if isnan(heures) else heures, not court))
    return trouves


def _tournees(sujet: Sujet, arrets: list[Passage]) -> Tableau:
    plancher = format_nombre(sujet.seuils.presence_heures, 1)
    courts = sum(not arret.compte for arret in arrets)
    return Tableau(
        "tableau-tournees",
        f"Arrêts des services itinérants ({sujet.date_lieux})",
        "Service",
        (
            Colonne("Arrêt"),
            Colonne("Quand"),
            Colonne("Heures par semaine", detail="en moyenne"),
            Colonne("Compté dans l’accès"),
        ),
        [
            Rangee(
                arret.nom,
                (
                    Cellule(arret.ou),
                    Cellule(arret.quand),
                    _heures(arret.heures),
                    Cellule("oui" if arret.compte else "non", "" if arret.compte else "trop peu d’heures"),
                ),
                lien=f"lieux/{arret.lieu}/",
            )
            for arret in arrets
        ],
        fichier="fiches",
        repli=_repli("Voir les arrêts", len(arrets)),
        notes=(
            f"Moins de {plancher} heures par semaine : l’arrêt est montré et ne compte pour personne "
            f"({phrases.compter(courts, 'arrêt')} sur {len(arrets)}). Heures inconnues : l’arrêt compte.",
        ),
        code="O2",
    )


def _tenues(sujet: Sujet, tenues: list[Permanence]) -> Tableau:
    rendez_vous = {True: "oui", False: "non", None: "non dit"}
    return Tableau(
        "tableau-permanences-operateurs",
        f"Permanences d’opérateurs dans les lieux ({sujet.date_lieux})",
        "Lieu",
        (
            Colonne("Opérateur"),
            Colonne("Quand"),
            Colonne("Heures par semaine", detail="en moyenne"),
            Colonne("Sur rendez-vous"),
        ),
        [
            Rangee(
                tenue.nom,
                (
                    Cellule(tenue.operateur),
                    Cellule(tenue.quand),
                    _heures(tenue.heures),
                    Cellule(rendez_vous[tenue.sur_rendez_vous]),
                ),
                tenue.commune,
                f"lieux/{tenue.lieu}/",
            )
            for tenue in tenues
        ],
        fichier="fiches",
        triable=True,
        repli=_repli("Voir les permanences", len(tenues)),
        notes=("Ce que les fiches décrivent : une permanence qu’aucune fiche ne dit n’est pas dans ce tableau.",),
        code="O9",
    )


def _repli(invitation: str, nombre: int) -> str:
    return f"{invitation} ({phrases.compter(nombre, 'ligne')})" if nombre > LIGNES_OUVERTES else ""


def _heures(heures: float | None) -> Cellule:
    if heures is None:
        return Cellule(phrases.INCONNU, classe="absent")
    return Cellule(format_quantite(heures, 1), tri=heures, classe="nombre")
