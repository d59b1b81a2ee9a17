"""The rows of one source by its mapping: columns found, rows named, personal values taken out, rows joined."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from carte.hours.phrase import JOURS
from carte.imports import fichiers
from carte.imports.correspondance import ChampEcrit, CorrespondanceEcrite
from carte.imports.fichiers import LATITUDE, LONGITUDE, Inventaire, Rangee
from carte.imports.modele import ImportImpossible, Lecture, LigneSource
from carte.imports.textes import normaliser, reparer

_NOMMEES = 6
_IDENTITE = ("nom", "adresse", "adresse_complete", "commune", "code_postal")


def lire(code: str, ecrite: CorrespondanceEcrite, octets: bytes) -> Lecture:
    """Rows of a file by its mapping. Raises ImportImpossible when it is another file, or no file of rows."""
    ecrit = ecrite.fichier
    inventaire = fichiers.lire(octets, (*ecrite.reconnaitre, *colonnes_lues(ecrite)), ecrit.chemin, ecrit.feuille)
    noms = _noms_du_fichier(inventaire, ecrite)
    absentes = [nom for nom in ecrite.reconnaitre if nom not in noms.values()]
    if absentes:
        raise ImportImpossible(_autre_fichier(ecrite, inventaire, absentes))
    propres = [_propre(rangee, noms, ecrite) for rangee in inventaire.rangees]
    lignes = list(_nommer(code, ecrite, propres))
    if (groupe := ecrite.regrouper) is not None:
        reunir = _colonnes_de_listes(ecrite) if groupe.en == "lieu" else ()
        lignes = _regrouper(lignes, groupe.par, reunir)
    manquent = list(champs_absents(ecrite, set(noms.values())))
    suite = f" et {len(manquent) - _NOMMEES} autres" if len(manquent) > _NOMMEES else ""
    absents = f"Colonnes de la correspondance absentes du fichier : {', '.join(manquent[:_NOMMEES])}{suite}."
    dit = (absents,) if manquent else ()
    return Lecture(tuple(lignes), (*inventaire.detecte, *dit))


def _autre_fichier(ecrite: CorrespondanceEcrite, inventaire: Inventaire, absentes: Sequence[str]) -> str:
    trouvees = ", ".join(inventaire.colonnes[:12]) + ("…" if len(inventaire.colonnes) > 12 else "")
    return (
        f"Ce fichier ({inventaire.genre}) n'est pas « {ecrite.nom} » : il manque « {' », « '.join(absentes)} ». "
        f"Colonnes trouvées : {trouvees}. Prenez une autre source, ou faites-en une avec « carte importer --deviner »."
    )


def colonnes_lues(ecrite: CorrespondanceEcrite) -> tuple[str, ...]:
    """Every column that the mapping names, once."""
    champs = [*ecrite.champs.values()]
    horaires, coordonnees, groupe = ecrite.horaires, ecrite.coordonnees, ecrite.regrouper
    if groupe is not None:
        champs += [champ for champ in (groupe.frequence, groupe.nom) if champ is not None]
    noms = [*(nom for champ in champs for nom in colonnes_du_champ(champ)), *(ecrite.identifiant or ())]
    noms += [nom for service in ecrite.services for nom in service.colonne or ()]
    noms += [*(ecrite.date.colonne or ()), *(e.colonne for e in ecrite.ecarter), *(d.colonne for d in ecrite.details)]
    noms += [coche.colonne for coche in ecrite.coches]
    noms += [*ecrite.masquer, *ecrite.ignorer, *(groupe.par if groupe else ())]
    if coordonnees is not None:
        noms += [*(coordonnees.longitude or ()), *(coordonnees.latitude or ()), coordonnees.point or ""]
    if horaires is not None:
        noms += [*(horaires.osm or ()), *(horaires.phrase or ())]
        noms += [horaires.jours_coches or "", horaires.semaines or "", horaires.commentaire or ""]
        par_jour = [*horaires.creneaux, *([horaires.par_jour] if horaires.par_jour else ())]
        noms += [nom.replace("{jour}", jour) for nom in par_jour for jour in JOURS]
    return tuple(dict.fromkeys(nom for nom in noms if nom))


def colonnes_du_champ(champ: ChampEcrit) -> tuple[str, ...]:
    return (*(champ.colonne or ()), *champ.joindre)


def champs_absents(ecrite: CorrespondanceEcrite, presentes: set[str]) -> Iterator[str]:
    """Columns of the mapping whose field has no column at all in the file."""
    for champ in ecrite.champs.values():
        noms = colonnes_du_champ(champ)
        if noms and not presentes & set(noms):
            yield noms[0]
    for service in ecrite.services:
        if service.colonne and not presentes & set(service.colonne):
            yield service.colonne[0]


def _noms_du_fichier(inventaire: Inventaire, ecrite: CorrespondanceEcrite) -> dict[str, str]:
    """Column of the file → name that the mapping gives it: the same, else the same words (case, accents, spaces)."""
    voulues = {*colonnes_lues(ecrite), *ecrite.reconnaitre}
    presentes = set(inventaire.colonnes)
    manquantes: dict[str, list[str]] = {}
    for nom in voulues - presentes:
        manquantes.setdefault(normaliser(nom), []).append(nom)
    noms: dict[str, str] = {}
    for colonne in inventaire.colonnes:
        candidats = [] if colonne in voulues else manquantes.get(normaliser(colonne), [])
        noms[colonne] = candidats[0] if len(candidats) == 1 and candidats[0] not in noms.values() else colonne
    return noms


def _propre(rangee: Rangee, noms: Mapping[str, str], ecrite: CorrespondanceEcrite) -> LigneSource:
    masquer = set(ecrite.masquer)
    valeurs = {noms.get(colonne, colonne): reparer(valeur) for colonne, valeur in rangee.valeurs.items()}
    masquees = tuple(nom for nom in masquer if valeurs.get(nom))
    gardees = {nom: valeur for nom, valeur in valeurs.items() if nom not in masquer}
    return LigneSource(rangee.numero, "", "", gardees, rangee.defaut, masquees)


def premiere(valeurs: Mapping[str, str], noms: Iterable[str]) -> str:
    """The first of these columns that says something; the first one there when none does, else an empty name."""
    presentes = [nom for nom in noms if nom in valeurs]
    return next((nom for nom in presentes if valeurs[nom]), presentes[0] if presentes else "")


def _nommer(code: str, ecrite: CorrespondanceEcrite, lignes: Sequence[LigneSource]) -> Iterator[LigneSource]:
    """Give each row its identifier, which must not change from one file to the next, and its name."""
    vus: dict[str, int] = {}
    for ligne in lignes:
        colonnes = colonnes_du_champ(ecrite.champs["nom"])
        nom = " ".join(filter(None, (ligne.valeurs.get(c, "") for c in (premiere(ligne.valeurs, colonnes),))))
        base = _identifiant(ecrite, ligne)
        identifiant, defaut = f"{code}:{base}", ligne.defaut
        if identifiant in vus:
            suite = _empreinte(ligne.valeurs.values())[:8]
            deja, identifiant = vus[identifiant], f"{identifiant}-{suite}"
            if ecrite.regrouper is None and (ecrite.identifiant or identifiant in vus):
                defaut = defaut or f"Cette ligne répète l'identifiant de la ligne {deja}."
                identifiant = f"{identifiant}-{ligne.numero}"
        vus.setdefault(identifiant, ligne.numero)
        yield replace(ligne, identifiant=identifiant, nom=nom, defaut=defaut)


def _identifiant(ecrite: CorrespondanceEcrite, ligne: LigneSource) -> str:
    donnes = [ligne.valeurs.get(nom, "") for nom in ecrite.identifiant or ()]
    if any(donnes):
        return "-".join(filter(None, donnes))[:200]
    champs = [ecrite.champs[nom] for nom in _IDENTITE if nom in ecrite.champs]
    return _empreinte(ligne.valeurs.get(c, "") for champ in champs for c in colonnes_du_champ(champ))


def _empreinte(textes: Iterable[str]) -> str:
    return hashlib.sha256("|".join(map(normaliser, textes)).encode()).hexdigest()[:12]


def _colonnes_de_listes(ecrite: CorrespondanceEcrite) -> tuple[str, ...]:
    """Columns that hold several values, cut by « | » among others: those of several rows may be put together."""
    champs = [nom for c in ecrite.champs.values() if "|" in c.separateurs for nom in c.colonne or ()]
    services = [nom for s in ecrite.services if "|" in s.separateurs for nom in s.colonne or ()]
    return tuple(dict.fromkeys((*champs, *services)))


def _reunie(lignes: Sequence[LigneSource], colonnes: Sequence[str]) -> LigneSource:
    """One row of several: the first one, with the values of the others in the columns of lists."""
    ensemble = {
        nom: dict.fromkeys(ligne.valeurs[nom] for ligne in lignes if ligne.valeurs.get(nom)) for nom in colonnes
    }
    reunies = {nom: "|".join(valeurs) for nom, valeurs in ensemble.items() if valeurs}
    return replace(lignes[0], valeurs={**lignes[0].valeurs, **reunies}, suite=tuple(lignes[1:]))


def _regrouper(lignes: Sequence[LigneSource], par: Sequence[str], reunir: Sequence[str]) -> list[LigneSource]:
    """One row by group, the others behind it; a row that says nothing of the group stays alone."""
    groupes: dict[tuple[str, ...], list[LigneSource]] = {}
    for ligne in lignes:
        cle = tuple(normaliser(ligne.valeurs.get(nom, "")) for nom in par)
        groupes.setdefault(cle if all(cle) and not ligne.defaut else (ligne.identifiant,), []).append(ligne)
    return [_reunie(groupe, reunir) for groupe in groupes.values()]


def point_du_geojson(valeurs: Mapping[str, str]) -> tuple[str, str]:
    """(longitude, latitude) of a GeoJSON feature as texts, empty when it has none."""
    return valeurs.get(LONGITUDE, ""), valeurs.get(LATITUDE, "")
