"""Groups of days with their hours → the rules of an OSM text; exceptions taken away, no day twice."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from carte.hours.phrase.ecriture import JOURS, OSM, Plages, heures, regles
from carte.hours.phrase.jours import dans_la_moitie
from carte.hours.phrase.mots import HorairesNonCompris

_SEMAINES = {0: "", 1: "week 01-53/2 ", 2: "week 02-52/2 "}
_MOIS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_RDV = ' "sur rendez-vous"'


@dataclass
class Groupe:
    """Days and their hours (minutes): `plages` None when only an appointment is said, empty when closed.

    `rangs`: which ones of the month; `parite`: 1 odd weeks, 2 even ones. The group of all of them (`jours` empty)
    carries what closes: holidays (`feries`), school holidays (`vacances`), `mois_fermes`, days taken away (`sauf`),
    and the months when all of it holds (`saison`).
    """

    jours: tuple[int, ...]
    plages: Plages | None = None
    rangs: tuple[int, ...] = ()
    moitie: str = ""
    parite: int = 0
    rdv: bool = False
    feries: bool = False
    vacances: bool = False
    mois_fermes: tuple[int, ...] = ()
    saison: tuple[int, int] | None = None
    sauf: "list[Groupe]" = field(default_factory=list)


def composer(lus: tuple[list[Groupe], Groupe]) -> str:
    """The OSM text of groups. Raises HorairesNonCompris when a day is given twice, or an exception takes nothing."""
    groupes, tout = lus
    textes: list[str] = []
    for parite in dict.fromkeys(groupe.parite for groupe in groupes):
        memes = [groupe for groupe in groupes if groupe.parite == parite]
        semaine = _semaine([groupe for groupe in memes if not groupe.rangs])
        for exception in tout.sauf:
            _retirer(semaine, exception)
        prefixe = _saison(tout) + _SEMAINES[parite]
        textes += [prefixe + regle for regle in regles({jour: _heures(g) for jour, g in semaine.items()})]
        textes += [prefixe + regle for regle in _du_mois([groupe for groupe in memes if groupe.rangs], semaine)]
    if any(groupe.parite for groupe in groupes) and len({groupe.parite for groupe in groupes} - {0}) == 1 and tout.sauf:
        raise HorairesNonCompris("une exception et des semaines paires ou impaires")
    closes = [("PH", tout.feries), ("SH", tout.vacances)]
    textes += [f"{quoi} off" for quoi, vrai in closes if vrai]
    textes += [f"{mois} off" for mois in _mois(tout.mois_fermes)]
    return "; ".join(textes)


def _semaine(groupes: Sequence[Groupe]) -> dict[int, Groupe]:
    """One group by day. A day given twice is refused, unless each time for a half-day."""
    semaine: dict[int, Groupe] = {}
    for groupe in groupes:
        for jour in groupe.jours:
            deja = semaine.get(jour)
            semaine[jour] = groupe if deja is None else _reunir(jour, deja, groupe)
    return semaine


def _reunir(jour: int, deja: Groupe, autre: Groupe) -> Groupe:
    plages = sorted([*(deja.plages or ()), *(autre.plages or ())])
    croissantes = all(avant[1] < apres[0] for avant, apres in pairwise(plages))
    moities = bool(deja.moitie and autre.moitie and deja.moitie != autre.moitie)
    if not moities or not deja.plages or not autre.plages or not croissantes or deja.rdv != autre.rdv:
        raise HorairesNonCompris(f"le {JOURS[jour]} est donné deux fois")
    return Groupe(deja.jours, plages, moitie="les deux", rdv=deja.rdv)


def _retirer(semaine: dict[int, Groupe], exception: Groupe) -> None:
    """Take an exception away from the days that it names: the whole day, a half of it, or its hours for others."""
    for jour in exception.jours:
        groupe = semaine.get(jour)
        if exception.plages or not exception.moitie:
            semaine[jour] = Groupe((jour,), exception.plages, rdv=bool(exception.plages and groupe and groupe.rdv))
            continue
        if groupe is None or not groupe.plages:
            raise HorairesNonCompris("une exception dont on ne sait pas ce qu'elle retire")
        gardees = [plage for plage in groupe.plages if not dans_la_moitie(plage, exception.moitie)]
        autre = "aprem" if exception.moitie == "matin" else "matin"
        if len(gardees) == len(groupe.plages) or not all(dans_la_moitie(plage, autre) for plage in gardees):
            raise HorairesNonCompris("une exception dont on ne sait pas ce qu'elle retire")
        semaine[jour] = Groupe((jour,), gardees, rdv=groupe.rdv)


def _heures(groupe: Groupe) -> str:
    """ "09:00-12:00", with its appointment; an appointment alone when no hours are said."""
    if groupe.plages is None:
        return _RDV.strip()
    return heures(groupe.plages) + (_RDV if groupe.rdv and groupe.plages else "")


def _du_mois(groupes: Sequence[Groupe], semaine: dict[int, Groupe]) -> list[str]:
    vus: set[tuple[int, int]] = set()
    textes = []
    for groupe in groupes:
        (jour,) = groupe.jours
        places = {(jour, rang) for rang in groupe.rangs}
        if jour in semaine or places & vus:
            raise HorairesNonCompris(f"le {JOURS[jour]} est donné deux fois")
        vus |= places
        textes.append(f"{OSM[jour]}[{','.join(map(str, groupe.rangs))}] {_heures(groupe)}")
    return textes


def _saison(tout: Groupe) -> str:
    return f"{_MOIS[tout.saison[0] - 1]}-{_MOIS[tout.saison[1] - 1]} " if tout.saison else ""


def _mois(fermes: Sequence[int]) -> list[str]:
    """[7, 8] → ["Jul-Aug"]; months that do not follow stay apart."""
    suites: list[list[int]] = []
    for mois in sorted(set(fermes)):
        if suites and suites[-1][-1] == mois - 1:
            suites[-1].append(mois)
        else:
            suites.append([mois])
    return [_MOIS[s[0] - 1] if len(s) == 1 else f"{_MOIS[s[0] - 1]}-{_MOIS[s[-1] - 1]}" for s in suites]
