"""From words to a week: days and hours in groups, what holds for all of them, and what is taken away.

The rule that keeps wrong readings at none: the whole text is words of the lexicon; each group is days then hours, or
hours then days, in one order; a qualifier (appointment, parity, months) holds for every group or is refused; no day is
given twice; and what is written must be read by our own engine.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from carte.hours.errors import HorairesInvalides
from carte.hours.parser import lire as analyser
from carte.hours.phrase.ecriture import JOURS, Plages
from carte.hours.phrase.groupes import Groupe, composer
from carte.hours.phrase.jours import DE_JOURS, LIENS, MOITIES, Jours, lire_heures, lire_jours
from carte.hours.phrase.mots import ET, FIN_DE_REGLE, HorairesNonCompris, Mot, mots
from carte.lettres import plier

_HEURES = ("heure", "nombre", "entre")
_SEULS = ("rdv", "scolaire", "vacances", "feries", "parite", "sauf", "ferme", "mois")
_SUR_RDV = '"sur rendez-vous"'


def lire(texte: str, jours_declares: Iterable[str] = ()) -> str:
    """Translate a French text of opening hours, with the days that a form ticked beside it.

    Days of the text and ticked days must agree when both exist. Raises HorairesNonCompris.
    """
    declares = _declares(jours_declares)
    lus = mots(texte)
    if [mot.genre for mot in lus] == ["rdv"] and not declares:
        return _SUR_RDV
    _refuser_les_codes_melanges(lus)
    ecrit = composer(Lecteur(_morceaux(lus), declares).groupes())
    try:
        analyser(ecrit)
    except HorairesInvalides as refus:
        raise HorairesNonCompris(f"« {ecrit} » n'est pas un horaire") from refus
    return ecrit


def lire_plages(texte: str) -> Plages:
    """The hours of a text that stands for one day (« 9h-12h / 14h-17h », « fermé »). Raises HorairesNonCompris."""
    lus = mots(texte)
    if [mot.genre for mot in lus] == ["ferme"]:
        return []
    if any(mot.genre not in (*_HEURES, *LIENS, *MOITIES) for mot in lus):
        raise HorairesNonCompris("ce texte dit autre chose que des heures")
    return lire_heures(lus)


def _refuser_les_codes_melanges(lus: Sequence[Mot]) -> None:
    """Where days are codes of OpenStreetMap, signs mean what they mean there, and a lone « mar » may be a month."""
    nommes = [mot for mot in lus if mot.genre in DE_JOURS]
    if nommes == [Mot("court", 1)]:
        raise HorairesNonCompris("« mar » peut être mardi ou mars")
    if not any(mot.genre == "code" for mot in nommes):
        return
    coupes = any(avant == FIN_DE_REGLE and apres.genre in _HEURES for avant, apres in pairwise(lus))
    trios = zip(lus, lus[1:], lus[2:], strict=False)
    jours_ouverts = any(a.genre == "code" and b.genre == "tiret" and c.genre in _HEURES for a, b, c in trios)
    if coupes or jours_ouverts or any(mot.genre == "nombre" for mot in lus):
        raise HorairesNonCompris("ce mélange de codes et de mots peut se lire de deux façons")


def _declares(jours: Iterable[str]) -> frozenset[int]:
    declares = {plier(jour).strip() for jour in jours} - {""}
    inconnus = declares - set(JOURS)
    if inconnus:
        raise HorairesNonCompris(f"jour coché inconnu « {min(inconnus)} »")
    return frozenset(JOURS.index(jour) for jour in declares)


Morceau = tuple[str, list[Mot]]


def _morceaux(lus: Sequence[Mot]) -> list[Morceau]:
    """Runs of words: days, hours, or one qualifier; a link stays with the run before it."""
    morceaux: list[Morceau] = []
    for mot in lus:
        genre = _genre(mot, morceaux)
        if genre == "" or (morceaux and morceaux[-1][0] == genre and genre in ("jours", "heures", "mois")):
            if morceaux:
                morceaux[-1][1].append(mot)
            continue
        morceaux.append((genre, [mot]))
    return morceaux


def _genre(mot: Mot, morceaux: Sequence[Morceau]) -> str:
    """The kind of run that a word begins or belongs to; empty for a link, which begins nothing."""
    if mot.genre in DE_JOURS:
        return "jours"
    if mot.genre in _HEURES:
        return "heures"
    if mot.genre in _SEULS:
        return mot.genre
    # « le lundi matin », « 9h-12h le matin »: a half-day belongs to the run before, and to no appointment.
    if mot.genre in MOITIES and (not morceaux or morceaux[-1][0] not in ("jours", "heures")):
        raise HorairesNonCompris("« matin » ou « après-midi » sans jour ni heure")
    return ""


class Lecteur:
    """Reads runs one after the other into groups, and what is said of all of them."""

    def __init__(self, morceaux: Sequence[Morceau], declares: frozenset[int]) -> None:
        self._morceaux = list(morceaux)
        self._declares = declares
        self._lus: list[Groupe] = []
        self._jours: Jours | None = None  # named, their hours not read yet
        self._heures: list[Mot] | None = None  # read, their days not named yet
        self._ordre = next((genre for genre, _ in morceaux if genre in ("jours", "heures")), "")
        self._coches = not any(genre == "jours" for genre, _ in morceaux)
        self._parite = 0
        self._parite_de_tete = False
        self._rdv_de_tete = False
        self._saison_au_milieu = False
        self._fini = False  # an exception was read: no group may follow
        self._tout = Groupe(())

    def groupes(self) -> tuple[list[Groupe], Groupe]:
        """The groups, and what holds for all: closed holidays, months."""
        rang = 0
        while rang < len(self._morceaux):
            rang += self._lire(rang)
        self._finir()
        return self._lus, self._tout

    def _a(self, rang: int) -> str:
        return self._morceaux[rang][0] if rang < len(self._morceaux) else ""

    def _lire(self, rang: int) -> int:
        """Read the run of that rank and what it takes with it; how many runs were read."""
        genre, lus = self._morceaux[rang]
        if genre == "jours":
            self._lire_jours(lire_jours(lus))
        elif genre == "heures":
            self._lire_heures(lus)
        elif genre == "rdv":
            self._rendez_vous(rang)
        elif genre == "parite":
            self._semaines(lus[0].valeur, rang)
        elif genre == "scolaire":
            self._tout.vacances = True
        elif genre == "mois":
            self._saison(lus, rang)
        elif genre == "ferme" and self._jours is not None:
            self._ajouter(self._jours, [])
        elif genre in ("sauf", "ferme"):
            return 1 + self._exception(rang, genre)
        else:
            raise HorairesNonCompris("« vacances » ou « jours fériés » sans « sauf » ni « fermé »")
        return 1

    def _lire_jours(self, jours: Jours) -> None:
        if self._fini:
            raise HorairesNonCompris("des jours suivent une exception")
        if self._ordre == "heures":
            if self._heures is None:
                raise HorairesNonCompris("des jours sans heures")
            self._ajouter(jours, lire_heures(self._heures, jours.moitie))
            self._heures = None
        elif self._jours is not None:
            raise HorairesNonCompris("des jours sans heures")
        else:
            self._jours = jours

    def _lire_heures(self, lus: list[Mot]) -> None:
        if self._ordre == "heures" and self._heures is None and not (self._fini and not self._coches):
            self._heures = lus
        elif self._ordre == "jours" and self._jours is not None:
            self._ajouter(self._jours, lire_heures(lus, self._jours.moitie))
        else:
            raise HorairesNonCompris("des heures sans jour")

    def _ajouter(self, jours: Jours, plages: Plages | None) -> None:
        self._lus.append(Groupe(jours.jours, plages, jours.rangs, jours.moitie, self._parite))
        self._jours = None

    def _rendez_vous(self, rang: int) -> None:
        if rang and self._morceaux[rang - 1][1][-1] == ET:
            raise HorairesNonCompris("« et sur rendez-vous » : on ne sait pas quand")
        if rang == 0:
            self._rdv_de_tete = True
        elif self._jours is not None and self._a(rang + 1) != "heures":
            self._ajouter(self._jours, None)
            self._lus[-1].rdv = True
        elif self._lus and self._jours is None and self._heures is None:
            self._lus[-1].rdv = True
        else:
            self._rdv_de_tete = self._rdv_de_tete or not self._lus
            if self._lus:
                raise HorairesNonCompris("« sur rendez-vous » : on ne sait pas pour quels jours")

    def _semaines(self, parite: int, rang: int) -> None:
        if self._jours is None and self._heures is None and (rang == 0 or self._parite_de_tete):
            self._parite, self._parite_de_tete = parite, True
        elif len(self._lus) == 1 and rang == len(self._morceaux) - 1 and not self._parite_de_tete:
            self._lus[0].parite = parite
        else:
            raise HorairesNonCompris("« semaines paires ou impaires » : on ne sait pas pour quels jours")

    def _saison(self, lus: Sequence[Mot], rang: int) -> None:
        """« de septembre à juin », at either end: it holds for all; elsewhere, for the only group."""
        mois = [mot.valeur for mot in lus if mot.genre == "mois"]
        liens = {mot.genre for mot in lus} - {"mois", "en"}
        self._saison_au_milieu = rang not in (0, len(self._morceaux) - 1)
        if self._tout.saison or len(mois) != 2 or not liens <= {"jusque", "lien"} or "jusque" not in liens:
            raise HorairesNonCompris("les mois ne sont pas sûrs")
        self._tout.saison = (mois[0], mois[1])

    def _exception(self, rang: int, genre: str) -> int:
        """What follows « sauf » or « fermé »: runs taken besides it."""
        pris = 0
        while self._a(rang + 1 + pris) in ("feries", "vacances", "mois"):
            self._fermer(self._morceaux[rang + 1 + pris])
            pris += 1
        if pris:
            return pris
        if self._a(rang + 1) != "jours":
            raise HorairesNonCompris("une exception dont on ne sait pas ce qu'elle retire")
        return self._sauf_des_jours(rang, genre)

    def _fermer(self, morceau: Morceau) -> None:
        """Holidays, school holidays or months when all of it is closed."""
        suivant, lus = morceau
        if suivant == "feries":
            self._tout.feries = True
        elif suivant == "vacances":
            self._tout.vacances = True
        elif {mot.genre for mot in lus} <= {"mois", "lien", "en"}:
            self._tout.mois_fermes += tuple(mot.valeur for mot in lus if mot.genre == "mois")
        else:
            raise HorairesNonCompris("les mois de fermeture ne sont pas sûrs")

    def _sauf_des_jours(self, rang: int, genre: str) -> int:
        jours = lire_jours(self._morceaux[rang + 1][1])
        heures = self._a(rang + 2) == "heures"
        if self._jours is not None and genre == "sauf":
            # « du lundi au vendredi sauf le mercredi 9h-12h »: the hours are those of the other days.
            self._tout.sauf.append(Groupe(jours.jours, [], jours.rangs, jours.moitie))
            return 1
        if heures and genre == "ferme":
            raise HorairesNonCompris("« fermé » et des heures pour le même jour")
        if jours.rangs or (heures and jours.moitie):
            raise HorairesNonCompris("une exception dont on ne sait pas ce qu'elle retire")
        plages = lire_heures(self._morceaux[rang + 2][1]) if heures else []
        self._tout.sauf.append(Groupe(jours.jours, plages, (), jours.moitie))
        self._fini = True
        return 2 if heures else 1

    def _finir(self) -> None:
        if self._heures is not None:
            if not self._coches and not (self._tout.sauf and not self._lus):
                raise HorairesNonCompris("des heures sans jour")
            if not self._declares:
                raise HorairesNonCompris("aucun jour n'est indiqué")
            self._ajouter(Jours(tuple(sorted(self._declares))), lire_heures(self._heures))
        if self._jours is not None:
            if not self._rdv_de_tete or self._lus:
                raise HorairesNonCompris("les heures ne forment pas des plages sûres")
            self._ajouter(self._jours, None)
        if not self._lus and self._declares and self._rdv_de_tete:
            self._ajouter(Jours(tuple(sorted(self._declares))), None)
        if not self._lus:
            raise HorairesNonCompris("aucun horaire n'est indiqué")
        if self._saison_au_milieu and len(self._lus) > 1:
            raise HorairesNonCompris("les mois ne sont pas sûrs")
        self._partager_le_rendez_vous()
        ouverts = {jour for groupe in self._lus if groupe.plages != [] for jour in groupe.jours}
        fermes = {
            jour for groupe in self._tout.sauf if groupe.plages == [] and not groupe.moitie for jour in groupe.jours
        }
        if self._declares and ouverts - fermes != self._declares:
            raise HorairesNonCompris("les jours du texte et les jours cochés ne sont pas les mêmes")

    def _partager_le_rendez_vous(self) -> None:
        """An appointment is for all groups, for those without hours, or nobody knows for whom."""
        avec_heures = [groupe for groupe in self._lus if groupe.plages]
        dits = [groupe for groupe in avec_heures if groupe.rdv]
        if self._rdv_de_tete:
            for groupe in self._lus:
                groupe.rdv = groupe.plages != []
        elif dits and len(dits) < len(avec_heures):
            raise HorairesNonCompris("« sur rendez-vous » : on ne sait pas pour quels jours")
