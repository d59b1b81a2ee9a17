"""One place, or one stop of a tour, as every list without script shows it: written once, reused on every page."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from carte.publish.atlas import Point, cle_tri
from carte.publish.cadre.jinja import environnement
from carte.publish.fermetures import fait
from carte.publish.horaires import FERME, quand, resume, tableau
from carte.publish.libelles import Libelles
from carte.publish.textes import lien_telephone, lier_heures, telephone_lisible
from carte.records import dires
from carte.records.dires import Etat

# Most lists of places live two levels deep (`communes/<code>/`, `epci/<code>/`, `lieux/<dép>/`): see `Ligne.lien`.
RACINE_LISTES = "../../"
# More groups of days than this read better as a table, on the fiche.
_GROUPES_MAX = 4
_LONGUEUR_MAX = 130
_BLANCS = re.compile(r"[ \n]+")


@dataclass(frozen=True, slots=True)
class Ligne:
    """A place ready to be listed. `nom` (its link) and `suite` (where, when, telephone) are trusted HTML: the distance
    comes between the two, or nothing does (`html`). `ferme`: since when it has closed for good, or nothing: it is then
    listed, counted nowhere, good for no need.
    """

    identifiant: str
    nom: Markup
    suite: Markup
    html: Markup
    besoins: frozenset[str]
    ferme: str
    point: Point

    def lien(self, racine: str) -> Markup:
        """`nom` on a page that reaches the root by `racine`."""
        return Markup(str(self.nom).replace(f'href="{RACINE_LISTES}', f'href="{racine}', 1))  # noqa: S704 - as `nom`


class Lignes:
    """The lines of points, each written when it is first asked for, once."""

    def __init__(self, libelles: Libelles, jour: date) -> None:
        modele = environnement().get_template("listes_macros.html.j2").module
        self._nom, self._suite = modele.nom, modele.suite  # type: ignore[attr-defined]
        self._libelles, self._jour = libelles, jour
        self._par_point: dict[int, Ligne] = {}

    def de(self, point: Point) -> Ligne:
        """That of a point."""
        ligne = self._par_point.get(id(point))
        if ligne is None:
            ligne = self._par_point[id(point)] = self._ligne(point)
        return ligne

    def toutes(self, points: Iterable[Point]) -> list[Ligne]:
        """Those of several points, in their order."""
        return [self.de(point) for point in points]

    def besoins(self, point: Point) -> frozenset[str]:
        """The needs that a place answers; none once it has closed for good."""
        if self._ferme(point):
            return frozenset()
        lieu, voulus = point.enregistrement.lieu, self._libelles.besoins.items()
        return frozenset(cle for cle, (_, services) in voulus if dires.rend(lieu, services) is Etat.OUI)

    def distincts(self, points: Iterable[Point]) -> int:
        """How many places: two stops of a tour are one, and a place that has closed for good is none."""
        return len({point.enregistrement.identifiant for point in points if not self._ferme(point)})

    def _ferme(self, point: Point) -> bool:
        return dires.ferme_pour_toujours(point.enregistrement.lieu, self._jour)

    def _ligne(self, point: Point) -> Ligne:
        lieu = point.enregistrement.lieu
        tel = lien_telephone(lieu.telephone) if lieu.telephone else None
        nom = _une_ligne(self._nom(RACINE_LISTES, point.enregistrement.identifiant, lieu.nom))
        brut = self._suite(
            ou=_ou(point),
            quand=_quand(point, self._libelles),
            faits=_faits(point, self._jour),
            tel=tel,
            tel_lisible=telephone_lisible(lieu.telephone) if tel and lieu.telephone else "",
        )
        suite = _une_ligne(brut)
        ferme = fait(lieu, self._jour) if self._ferme(point) else ""
        return Ligne(
            point.enregistrement.identifiant,
            nom,
            suite,
            nom + "\n" + suite,
            self.besoins(point),
            ferme,
            point,
        )


def ordre(point: Point) -> tuple[str, str]:
    """What points are sorted by: the name of the place, then its id."""
    return cle_tri(point.enregistrement.lieu.nom), point.enregistrement.identifiant


def _ou(point: Point) -> str:
    lieu, arret = point.enregistrement.lieu, point.arret
    ou = arret.lieu if arret else lieu.adresse
    return ("Arrêt : " if arret else "") + ", ".join(morceau for morceau in (ou, point.ville) if morceau)


def _quand(point: Point, libelles: Libelles) -> str:
    """The hours of the week on one line when they are few; else the days only. An hour is not cut at a line's end."""
    texte = point.enregistrement.lieu.horaires
    fixe = texte if point.arret is None else None
    phrase = (semaine(fixe) or resume(fixe)) if fixe else quand(point, libelles)
    return lier_heures(phrase)


def semaine(texte: str) -> str:
    """« lundi au vendredi 9 h – 12 h ; samedi 9 h – 11 h »; empty when the week has no so simple wording."""
    lignes = tableau(texte).lignes
    groupes: list[tuple[list[str], str]] = []
    for jour, heures in lignes[:7]:
        if groupes and groupes[-1][1] == heures:
            groupes[-1][0].append(jour)
        else:
            groupes.append(([jour], heures))
    ouverts = [(jours, heures) for jours, heures in groupes if heures != FERME]
    if not 0 < len(ouverts) <= _GROUPES_MAX:
        return ""
    phrase = " ; ".join(f"{_jours(jours)} {heures}" for jours, heures in ouverts)
    exceptions = [ligne for ligne in lignes[7:] if ligne[1] != FERME]
    suite = " ; des exceptions : voir la fiche" if exceptions else ""
    return phrase + suite if len(phrase) <= _LONGUEUR_MAX else ""


def _jours(jours: Sequence[str]) -> str:
    if len(jours) < 3:
        return " et ".join(jours)
    return f"{jours[0]} au {jours[-1]}"


def _faits(point: Point, jour: date) -> list[str]:
    """What a person wants to know before going, only when the record says it."""
    lieu = point.enregistrement.lieu
    faits = {
        fait(lieu, jour): True,
        "n’accueille pas de public": dires.accueille_public(lieu) is Etat.NON,
        "sans rendez-vous": dires.sans_rdv(lieu) is Etat.OUI,
        "gratuit": dires.gratuit(lieu) is Etat.OUI,
    }
    return [nom for nom, vrai in faits.items() if nom and vrai]


def _une_ligne(html: Markup) -> Markup:
    # One source line per piece: the offline bundle stores equal lines once (horsligne_paquets).
    return Markup(_BLANCS.sub(" ", str(html)).strip())  # noqa: S704 - already escaped by the template
