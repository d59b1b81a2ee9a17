"""From the words of an opening_hours text to its rules. What is not supported is refused, never guessed."""

from typing import NoReturn

from carte.hours.dates import lire_dates
from carte.hours.errors import HorairesInvalides
from carte.hours.lexer import Mot, decouper
from carte.hours.reader import Lecteur
from carte.hours.rules import JOURNEE, TOUS_LES_JOURS, Regle, Sens, Separateur, sur_rendez_vous

_APRES_VIRGULE = frozenset({"jour", "ferie"})


def lire(texte: str) -> tuple[Regle, ...]:
    """The rules of an OSM text. Raises HorairesInvalides, without suggestion, at the first fault."""
    lecteur = Lecteur(decouper(texte), texte)
    if lecteur.genre == "fin":
        raise HorairesInvalides("Les horaires sont vides.", 0)
    regles = [_regle(lecteur, ";", premiere=True)]
    while lecteur.genre != "fin":
        separateur = lecteur.prendre()
        if separateur.genre == ";":
            if lecteur.genre == "fin":  # a closing semicolon says nothing more
                break
            regles.append(_regle(lecteur, ";"))
        elif separateur.genre == ",":
            _virgule_possible(regles[-1], separateur, lecteur)
            regles.append(_regle(lecteur, ","))
        elif separateur.genre == "||":
            regles.append(_regle(lecteur, "||"))
        else:
            _inattendu(separateur, texte)
    return tuple(regles)


def _virgule_possible(precedente: Regle, virgule: Mot, lecteur: Lecteur) -> None:
    if lecteur.genre == "heure" and not precedente.heures and precedente.sens == "open":
        raise HorairesInvalides(
            "Les jours et les heures sont séparés par une espace, pas par une virgule.", virgule.debut
        )
    if precedente.separateur == "||":
        raise HorairesInvalides(
            "Une règle ajoutée par une virgule après « || » se lit de deux façons : mettez « || » en dernier.",
            virgule.debut,
        )


def _regle(lecteur: Lecteur, separateur: Separateur, premiere: bool = False) -> Regle:
    debut = lecteur.mot.debut
    if lecteur.genre == "toujours":
        lecteur.prendre()
        sens, commentaire = _sens(lecteur)
        return Regle(separateur, sens, commentaire)
    annees, dates, semaines = lire_dates(lecteur)
    a_des_jours = lecteur.genre in _APRES_VIRGULE
    jours, rangs, feries, vacances, conjonction = _jours(lecteur)
    if a_des_jours:
        lecteur.passer(":")
    heures = _heures(lecteur)
    nu = lecteur.genre not in ("modif", "note")
    if nu and not (a_des_jours or heures or annees or dates or semaines):
        _vide(lecteur)
    sens, commentaire = _sens(lecteur)
    regle = Regle(
        separateur,
        sens,
        commentaire,
        annees,
        dates,
        semaines,
        jours,
        rangs,
        feries,
        vacances,
        conjonction,
        heures,
    )
    if separateur == ";" and heures and sens != "off" and regle.sans_jour and not (premiere or a_des_jours):
        raise HorairesInvalides(
            "Cette règle donne des heures sans dire quels jours, après une autre règle : répétez les jours, par "
            "exemple « Mo-Fr 14:00-16:00 ».",
            debut,
        )
    return regle


def _jours(lecteur: Lecteur) -> tuple[int, tuple[tuple[int, int], ...], bool, bool, bool]:
    if lecteur.genre not in _APRES_VIRGULE:
        return TOUS_LES_JOURS, (), False, False, False
    jours, rangs, feries = _liste(lecteur)
    conjonction = False
    if lecteur.genre in _APRES_VIRGULE:  # `SH We`: both must hold
        place = lecteur.mot
        jours_2, rangs_2, feries_2 = _liste(lecteur)
        seul_1, seul_2 = not (jours or rangs), not (jours_2 or rangs_2)
        if seul_1 == seul_2 or (feries and feries_2):
            raise HorairesInvalides(
                "Deux suites de jours se suivent : séparez les jours par une virgule, les règles par un point-virgule.",
                place.debut,
            )
        jours, rangs, feries, conjonction = jours | jours_2, rangs + rangs_2, feries | feries_2, True
    return jours, rangs, "ph" in feries, "sh" in feries, conjonction


def _liste(lecteur: Lecteur) -> tuple[int, tuple[tuple[int, int], ...], frozenset[str]]:
    jours, rangs, feries = 0, [], set()
    while True:
        if lecteur.genre == "ferie":
            feries.add(str(lecteur.prendre().valeur))
            _sans_decalage(lecteur)
        else:
            masque, propres = _jour(lecteur)
            jours |= masque
            rangs.extend(propres)
        if lecteur.genre == "," and lecteur.suivant in _APRES_VIRGULE:
            lecteur.prendre()
            continue
        return jours, tuple(rangs), frozenset(feries)


def _jour(lecteur: Lecteur) -> tuple[int, list[tuple[int, int]]]:
    premier = lecteur.nombre("jour", "un jour (Mo, Tu, We, Th, Fr, Sa ou Su)")
    if lecteur.genre == "[":
        rangs = [(premier, rang) for rang in _rangs(lecteur)]
        _sans_decalage(lecteur)
        return 0, rangs
    if not lecteur.passer("-"):
        return 1 << premier, []
    dernier = lecteur.nombre("jour", "le dernier jour (Mo, Tu, We, Th, Fr, Sa ou Su)")
    if lecteur.genre == "[":
        raise HorairesInvalides("Un rang comme [1] suit un seul jour, pas une suite de jours.", lecteur.mot.debut)
    etendue = range(premier, dernier + 1 if dernier >= premier else dernier + 8)
    return sum(1 << jour % 7 for jour in etendue), []


def _rangs(lecteur: Lecteur) -> list[int]:
    """`[1]`, `[1,3]`, `[1-2]`, `[-1]`: which ones of the month."""
    rangs: list[int] = []
    lecteur.attendre("[", "« [ »")
    while True:
        debut = lecteur.mot.debut
        signe = -1 if lecteur.passer("-") else 1
        premier = signe * lecteur.nombre("nombre", "un rang de 1 à 5")
        dernier = lecteur.nombre("nombre", "un rang de 1 à 5") if signe > 0 and lecteur.passer("-") else premier
        if not (1 <= abs(premier) <= 5 and abs(dernier) <= 5 and premier <= dernier):
            raise HorairesInvalides("Le rang d’un jour dans le mois va de 1 à 5, ou de -1 à -5.", debut)
        rangs.extend(range(premier, dernier + 1))
        if not lecteur.passer(","):
            break
    lecteur.attendre("]", "« ] »")
    return rangs


def _sans_decalage(lecteur: Lecteur) -> None:
    if lecteur.genre in ("+", "-") and lecteur.suivant == "nombre":
        raise HorairesInvalides(
            "Les décalages comme « +1 day » ne sont acceptés qu’après « easter ».", lecteur.mot.debut
        )


def _heures(lecteur: Lecteur) -> tuple[tuple[int, int, bool], ...]:
    heures: list[tuple[int, int, bool]] = []
    while lecteur.genre == "heure":
        heures.append(_plage(lecteur))
        if lecteur.genre == "," and lecteur.suivant == "heure":
            lecteur.prendre()
        elif lecteur.genre == "heure":
            raise HorairesInvalides("Séparez deux plages d’heures par une virgule.", lecteur.mot.debut)
    return tuple(heures)


def _plage(lecteur: Lecteur) -> tuple[int, int, bool]:
    place = lecteur.mot
    debut = lecteur.nombre("heure", "une heure")
    if debut >= JOURNEE:
        raise HorairesInvalides("Une plage commence entre 00:00 et 23:59.", place.debut)
    if lecteur.passer("+"):
        return debut, debut, True
    if not lecteur.passer("-"):
        raise HorairesInvalides("Il manque l’heure de fin : écrivez par exemple 09:00-12:00.", place.debut)
    fin = lecteur.nombre("heure", "l’heure de fin, par exemple 12:00")
    if lecteur.genre == "/":
        raise HorairesInvalides("Une répétition (« /01:00 ») n’a pas de sens pour une ouverture.", lecteur.mot.debut)
    return debut, fin + JOURNEE if fin <= debut else fin, lecteur.passer("+")


def _sens(lecteur: Lecteur) -> tuple[Sens, str]:
    modif = str(lecteur.prendre().valeur) if lecteur.genre == "modif" else ""
    commentaire = str(lecteur.prendre().valeur) if lecteur.genre == "note" else ""
    if lecteur.genre not in ("fin", ";", ",", "||"):
        _inattendu(lecteur.mot, lecteur.texte)
    if modif == "off":
        return "off", commentaire
    if commentaire and sur_rendez_vous(commentaire):
        return "rdv", commentaire
    # OSM: a comment alone makes the rule unknown; `open "…"` keeps it open.
    return ("unknown" if modif == "unknown" or (commentaire and not modif) else "open"), commentaire


def _vide(lecteur: Lecteur) -> NoReturn:
    if lecteur.genre in (";", ",", "||", "fin"):
        raise HorairesInvalides("Il manque une règle à cet endroit (un séparateur en trop ?).", lecteur.mot.debut)
    _inattendu(lecteur.mot, lecteur.texte)


_CONSEILS = {
    "note": "Une remarque se met à la fin de la règle, une seule fois.",
    "mois": "Les mois et les dates s’écrivent avant les jours et les heures.",
    "semaine": "Les semaines s’écrivent avant les jours et les heures.",
    "toujours": "« 24/7 » s’écrit seul : pour certains jours, écrivez par exemple « Mo-Fr 00:00-24:00 ».",
    "jour": "Les jours s’écrivent avant les heures ; séparez deux règles par un point-virgule.",
    "ferie": "PH et SH s’écrivent avant les heures ; séparez deux règles par un point-virgule.",
    "nombre": "Ce nombre n’est pas attendu ici : une heure s’écrit 09:00.",
}


def _inattendu(mot: Mot, texte: str) -> NoReturn:
    extrait = texte[mot.debut : mot.debut + 12].strip()
    conseil = _CONSEILS.get(mot.genre, f"« {extrait} » n’est pas attendu ici.")
    raise HorairesInvalides(conseil, mot.debut)
