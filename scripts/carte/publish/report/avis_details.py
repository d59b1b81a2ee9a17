"""What an EPCI looks for on its sheet: its own places, its far communes, the dates of its copper network."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from carte.broadband.cuivre import FERMEE, NON_PLANIFIEE, PLANIFIEE
from carte.publish.atlas import cle_tri
from carte.publish.report import phrases
from carte.publish.report.lignes import Ligne
from carte.publish.report.sujet import Sujet

Detail = tuple[str, str]
"""A title, and one paragraph of plain text."""
LETTRES = 620
"""Longest list on a sheet, in letters: three of them and the figures hold on one page."""
COMMUNES_LOIN = 8
_AUTRES_STATUTS = {FERMEE: "déjà fermé", NON_PLANIFIEE: "pas de date prévue"}


def details(sujet: Sujet, epci: str) -> tuple[Detail, ...]:
    """The three paragraphs of the part of an EPCI that is in the département."""
    communes = [commune for commune in sujet.communes if commune.cellules.get("code_epci") == epci]
    return _lieux(sujet, {commune.code for commune in communes}), _loin(sujet, communes), _cuivre(sujet, communes)


def _lieux(sujet: Sujet, codes: set[str]) -> Detail:
    tous = sujet.points_par_lieu("nom", "commune", "code_insee").values()
    d_ici = ([point for point in points if point["code_insee"] in codes] for points in tous)
    lieux = [(_commune(sujet.noms_des_communes, points), str(points[0]["nom"])) for points in d_ici if points]
    lieux.sort(key=lambda lieu: (cle_tri(lieu[0]), cle_tri(lieu[1])))
    titre = f"Ses lieux ({len(lieux)})"
    if not lieux:
        return titre, "aucune fiche n’y décrit de lieu ; ce n’est pas la preuve qu’il n’y en a pas."
    return titre, _liste([f"{nom} ({ou})" for ou, nom in lieux], " ; suite dans le classeur, feuille « Lieux »")


def _commune(noms: Mapping[str, str], points: Sequence[dict[str, Any]]) -> str:
    """The commune of a fixed place; how many stops of a tour, and where the first is."""
    communes = [str(noms.get(point["code_insee"], point["commune"] or "commune inconnue")) for point in points]
    if len(communes) == 1:
        return communes[0]
    return f"{communes[0]} et {phrases.compter(len(communes) - 1, 'autre arrêt', 'autres arrêts')}"


def _loin(sujet: Sujet, communes: Sequence[Ligne]) -> Detail:
    titre = f"Ses communes à plus de {sujet.seuil} minutes en voiture d’un lieu"
    temps = [(commune.mesure("A1_voiture").valeur, commune) for commune in communes]
    loin = [(minutes, commune) for minutes, commune in temps if minutes is not None and minutes > sujet.seuil]
    inconnues = sum(minutes is None for minutes, _ in temps)
    reserve = f" Temps inconnu : {phrases.compter(inconnues, 'commune')}." if inconnues else ""
    if not loin:
        proche = max(((m, c) for m, c in temps if m is not None), key=lambda e: e[0], default=None)
        suite = f" ; la plus loin : {_avec_temps(*proche)}" if proche else ""
        return titre, f"aucune, d’après les temps de ce rapport{suite}.{reserve}"
    loin.sort(key=lambda e: (-e[0], cle_tri(e[1].nom)))
    habitants = [commune.nombre("population") for _, commune in loin]
    total = phrases.compter(None if None in habitants else sum(h or 0 for h in habitants), "habitant")
    dites = [_avec_temps(minutes, commune) for minutes, commune in loin[:COMMUNES_LOIN]]
    reste = len(loin) - len(dites)
    suite = f" ; et {phrases.compter(reste, 'autre commune', 'autres communes')}" if reste > 0 else ""
    return f"{titre} ({len(loin)}, {total})", f"{' ; '.join(dites)}{suite}.{reserve}"


def _avec_temps(minutes: float, commune: Ligne) -> str:
    duree = phrases.mesure(commune.mesure("A1_voiture"), "min", 0) if minutes != float("inf") else "aucun lieu à portée"
    return f"{commune.nom} ({duree}, {phrases.compter(commune.nombre('population'), 'habitant')})"


def _cuivre(sujet: Sujet, communes: Sequence[Ligne]) -> Detail:
    titre = "La fermeture de son réseau cuivre"
    debit = sujet.picture.debit.communes
    ici = debit[debit["code_insee"].isin([commune.code for commune in communes])]
    connus = {str(ligne["code_insee"]): ligne for ligne in ici.to_dict("records")}
    par_date: dict[str, list[str]] = defaultdict(list)
    autres: dict[str, int] = defaultdict(int)
    for commune in communes:
        ligne = connus.get(commune.code, {})
        statut, quand = ligne.get("statut_cuivre"), ligne.get("fermeture_cuivre")
        if statut == PLANIFIEE and quand is not None and quand == quand:
            par_date[str(quand)[:10]].append(commune.nom)
        else:
            autres[_AUTRES_STATUTS.get(str(statut), "date inconnue")] += 1
    dites = [
        f"{phrases.jour(quand)} : {phrases.compter(len(noms), 'commune')} ({', '.join(sorted(noms, key=cle_tri))})"
        for quand, noms in sorted(par_date.items())
    ]
    dites += [f"{mot} : {phrases.compter(nombre, 'commune')}" for mot, nombre in sorted(autres.items())]
    return titre, _liste(dites, " ; suite dans le classeur, feuille « Communes »")


def _liste(morceaux: Sequence[str], suite: str) -> str:
    """The pieces that hold in LETTRES letters, at least one, and where the others are."""
    retenus: list[str] = []
    for morceau in morceaux:
        if retenus and sum(map(len, retenus)) + len(morceau) > LETTRES:
            break
        retenus.append(_court(morceau))
    reste = len(morceaux) - len(retenus)
    return " ; ".join(retenus) + (f" ; et {phrases.compter(reste, 'autre')}{suite}." if reste else ".")


def _court(morceau: str) -> str:
    """A piece too long for the sheet by itself, cut between two words."""
    return morceau if len(morceau) <= LETTRES else f"{morceau[:LETTRES].rsplit(' ', 1)[0]}…"
