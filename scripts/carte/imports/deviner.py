"""A mapping proposed for a file: each guess with its evidence and its coverage, written for a person to correct.

Nothing is imported by a guess: the hub reads the file, corrects it, then imports with it.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from carte.hours.phrase import JOURS
from carte.imports import fichiers
from carte.imports.champs import VOCABULAIRES
from carte.imports.indices import GENRES, LISTES, SERVICES, Colonne, Genre, forme_de_date, reponses
from carte.imports.valeurs import decouper
from carte.nomenclature import Vocabulaire

_SEPARATEURS = ("|", ";", "\n", ", ")
_PART_DE_TERMES = 0.5
_TERMES_MAX, _TERME_MAX = 60, 200
_EXEMPLE = "{colonne: …, oui: oui, rend: [Aide aux démarches administratives]}"


Essai = tuple[float, str, tuple[str, ...], tuple[str, ...]]
_RIEN: Essai = (0.0, "", (), ())


@dataclass(frozen=True, slots=True)
class Ligne:
    """One entry of the file: its lines of YAML, without indent, and the evidence written beside the first."""

    lignes: tuple[str, ...]
    preuve: str


@dataclass
class Devine:
    """What was guessed, by section; `prises`: column → evidence; `reste`: columns nobody guessed."""

    champs: dict[str, Ligne] = field(default_factory=dict)
    services: list[Ligne] = field(default_factory=list)
    entete: dict[str, Ligne] = field(default_factory=dict)
    masquees: list[str] = field(default_factory=list)
    prises: dict[str, str] = field(default_factory=dict)
    reste: list[Colonne] = field(default_factory=list)


def deviner(octets: bytes, nom: str, vocabulaires: Mapping[str, Vocabulaire]) -> tuple[str, tuple[str, ...]]:
    """The YAML of a mapping for this file, and French lines that tell each guess. Raises ImportImpossible."""
    inventaire = fichiers.lire(octets, [mot for genre in GENRES for mot in (genre.champ.replace("_", " "),)])
    colonnes = [
        Colonne(c, tuple(v for r in inventaire.rangees if (v := r.valeurs.get(c, "").strip())), len(inventaire.rangees))
        for c in inventaire.colonnes
    ]
    devine = Devine()
    reste = _horaires_par_jour(devine, colonnes)
    reste = _champs(devine, reste)
    reste = _termes(devine, reste, vocabulaires)
    reste = _reponses(devine, reste)
    devine.reste = reste
    texte = _ecrire(devine, nom, inventaire.detecte)
    dit = [*inventaire.detecte, *(f"{colonne} : {preuve}" for colonne, preuve in devine.prises.items())]
    dit += [f"{c.nom} : pas deviné ({_exemples(c)})" for c in reste if c.valeurs]
    return texte, tuple(dit)


def _q(texte: str) -> str:
    """A text as YAML reads it, whatever it holds."""
    return json.dumps(texte, ensure_ascii=False)


def _pourcent(part: float) -> str:
    return f"{100 * part:.0f} %"


def _exemples(colonne: Colonne) -> str:
    vus = [texte if len(texte) <= 30 else f"{texte[:29]}…" for texte in dict.fromkeys(colonne.valeurs)][:3]
    return re.sub(r"\s+", " ", ", ".join(f"« {texte} »" for texte in vus)) or "vide"


def _horaires_par_jour(devine: Devine, colonnes: Sequence[Colonne]) -> list[Colonne]:
    """One column by day, or opening and closing columns: the same heading with each day in it."""
    modeles: dict[str, list[Colonne]] = {}
    for colonne in colonnes:
        jour = next((j for j in JOURS if re.search(rf"(?<![a-z]){j}(?![a-z])", colonne.nom.lower())), None)
        if jour is not None and colonne.titre != jour:
            modeles.setdefault(re.sub(jour, "{jour}", colonne.nom, flags=re.IGNORECASE), []).append(colonne)
    suivis = {modele: siennes for modele, siennes in modeles.items() if len(siennes) >= 5}
    prises = {colonne.nom for siennes in suivis.values() for colonne in siennes}
    if len(suivis) == 1:
        devine.entete["horaires"] = Ligne((f"{{par_jour: {_q(next(iter(suivis)))}}}",), "une colonne par jour")
    elif suivis and len(suivis) % 2 == 0:
        creneaux = f"{{creneaux: [{', '.join(map(_q, suivis))}]}}"
        devine.entete["horaires"] = Ligne((creneaux,), "ouverture et fermeture, par jour")
    else:
        return list(colonnes)
    for modele, siennes in suivis.items():
        devine.prises[modele] = f"horaires, une colonne par jour ({len(siennes)} jours)"
    return [colonne for colonne in colonnes if colonne.nom not in prises]


def _champs(devine: Devine, colonnes: Sequence[Colonne]) -> list[Colonne]:
    """Each field to the column whose heading and values speak best of it."""
    reste = list(colonnes)
    trouves: dict[str, Colonne] = {}
    for genre in GENRES:
        candidats = [(note, colonne) for colonne in reste if (note := _note(genre, colonne)) > 0]
        if not candidats:
            continue
        if genre.champ == "masquer":
            for _, colonne in candidats:
                devine.masquees.append(colonne.nom)
                devine.prises[colonne.nom] = "colonne personnelle, masquée (son titre)"
                reste.remove(colonne)
            continue
        if genre.champ == "adresse_complete" and any(_note(_genre("commune"), c) > 0 for c in reste):
            continue
        _, choisie = max(candidats, key=lambda paire: paire[0])
        trouves[genre.champ] = choisie
        reste.remove(choisie)
        mesure = f", {_pourcent(choisie.part(genre.valeur))} des valeurs" if genre.valeur else ""
        devine.prises[choisie.nom] = f"{genre.champ} (titre{mesure} ; remplie à {_pourcent(choisie.remplie)})"
    _ranger(devine, trouves)
    return reste


def _genre(champ: str) -> Genre:
    return next(genre for genre in GENRES if genre.champ == champ)


def _note(genre: Genre, colonne: Colonne) -> float:
    """How well a column fits a field: 0 not at all; its heading counts first, then its values."""
    if genre.champ == "masquer":
        # A personal column is one by its heading, filled or not.
        perso = re.search(genre.titres, colonne.titre) and not re.search(genre.jamais, colonne.titre)
        return 1.0 if perso else 0.0
    if not colonne.valeurs or (genre.jamais and re.search(genre.jamais, colonne.titre)):
        return 0.0
    titre = bool(re.search(genre.titres, colonne.titre))
    part = colonne.part(genre.valeur) if genre.valeur else 1.0
    if genre.champ == "identifiant" and len(set(colonne.valeurs)) < colonne.lignes:
        return 0.0
    if part < genre.part or not (titre or (genre.sans_titre and part >= 0.9 and len(colonne.valeurs) > 2)):
        return 0.0
    return (2.0 if titre else 0.5) + part + colonne.remplie / 10 - len(colonne.titre.split()) / 100


def _ranger(devine: Devine, trouves: Mapping[str, Colonne]) -> None:
    """Fields at their place in the file: some are not under `champs`."""
    nom = {champ: _q(colonne.nom) for champ, colonne in trouves.items()}
    speciaux = {"identifiant", "latitude", "longitude", "x93", "y93", "point", "date", "horaires"}
    for champ, colonne in trouves.items():
        if champ not in speciaux:
            devine.champs[champ] = Ligne((nom[champ],), devine.prises[colonne.nom])
    entetes: dict[str, tuple[str, str]] = {}
    if "identifiant" in nom:
        entetes["identifiant"] = ("identifiant", nom["identifiant"])
    if {"x93", "y93"} <= set(nom):
        ecrit = f"{{longitude: {nom['x93']}, latitude: {nom['y93']}, systeme: Lambert-93}}"
        entetes["coordonnees"] = ("x93", ecrit)
    elif {"latitude", "longitude"} <= set(nom):
        entetes["coordonnees"] = ("latitude", f"{{longitude: {nom['longitude']}, latitude: {nom['latitude']}}}")
    elif "point" in nom:
        entetes["coordonnees"] = ("point", f"{{point: {nom['point']}}}")
    if "date" in nom:
        entetes["date"] = ("date", f"{{colonne: {nom['date']}, forme: {forme_de_date(trouves['date'].valeurs)}}}")
    if "horaires" in nom and "horaires" not in devine.entete:
        osm = trouves["horaires"].part(lambda t: bool(re.match(r"(Mo|Tu|We|Th|Fr|Sa|Su|PH)\b", t))) > 0.5
        entetes["horaires"] = ("horaires", f"{{{'osm' if osm else 'phrase'}: {nom['horaires']}}}")
    for cle, (champ, ecrit) in entetes.items():
        devine.entete[cle] = Ligne((ecrit,), devine.prises[trouves[champ].nom])


def _bloc(colonne: Colonne, separateurs: Sequence[str], inconnus: Sequence[str]) -> tuple[str, ...]:
    """A column of terms; those that the nomenclature does not know are left for the hub to translate."""
    lignes = [f"colonne: {_q(colonne.nom)}"]
    if separateurs:
        lignes.append(f"separateurs: [{', '.join(map(_q, separateurs))}]")
    courts = [terme for terme in inconnus if len(terme) <= _TERME_MAX][:_TERMES_MAX]
    if courts:
        lignes += ["valeurs:  # à traduire : terme, puis valeur de la nomenclature, ou [] quand il ne dit rien de sûr"]
        lignes += [f"  {_q(terme)}: []" for terme in courts]
    return tuple(lignes)


def _termes(devine: Devine, colonnes: Sequence[Colonne], vocabulaires: Mapping[str, Vocabulaire]) -> list[Colonne]:
    """Columns whose terms are values of a vocabulary: services first, then the other lists of the record."""
    reste = []
    for colonne in colonnes:
        meilleur = max(_essais(colonne, vocabulaires), key=lambda essai: essai[0], default=_RIEN)
        if meilleur[0] < _PART_DE_TERMES:
            a_traduire = bool(LISTES.search(colonne.titre)) and len(colonne.valeurs) > 0
            meilleur = _services_a_traduire(colonne, vocabulaires) if a_traduire else _RIEN
        part, champ, separateurs, inconnus = meilleur
        if not champ or champ in devine.champs:
            reste.append(colonne)
            continue
        suite = f" ; {len(inconnus)} à traduire" if inconnus else ""
        preuve = f"{champ} ({_pourcent(part)} des termes sont de la nomenclature{suite})"
        devine.prises[colonne.nom] = preuve
        ligne = Ligne(_bloc(colonne, separateurs, inconnus), preuve)
        if champ == "services":
            devine.services.append(ligne)
        else:
            devine.champs[champ] = ligne
    return reste


def _services_a_traduire(colonne: Colonne, vocabulaires: Mapping[str, Vocabulaire]) -> Essai:
    """A list of services in words of its own: cut where it repeats itself most, its terms left to the hub."""
    essais = list(_essais(colonne, {"services": vocabulaires["services"]}))

    def repetition(essai: Essai) -> float:
        termes = [terme for valeur in colonne.valeurs for terme in decouper(valeur, essai[2])]
        return len(termes) / len(set(termes)) if termes else 0.0

    return max(essais, key=repetition, default=_RIEN)


def _essais(colonne: Colonne, vocabulaires: Mapping[str, Vocabulaire]) -> Iterator[Essai]:
    """(share of known terms, field, separators, unknown terms) of each vocabulary and separator."""
    for champ, nom in (("services", "services"), *VOCABULAIRES.items()):
        vocabulaire = vocabulaires.get(nom)
        if vocabulaire is None or not colonne.valeurs or champ == "labels":
            continue
        for separateurs in ((), *((signe,) for signe in _SEPARATEURS)):
            termes = list(dict.fromkeys(t for v in colonne.valeurs[:400] for t in decouper(v, separateurs)))
            connus = [t for t in termes if vocabulaire.canonique(t)]
            if termes:
                inconnus = tuple(t for t in termes if t not in connus)
                yield len(connus) / len(termes), champ, separateurs, inconnus


def _reponses(devine: Devine, colonnes: Sequence[Colonne]) -> list[Colonne]:
    """Columns of yes and no (or of a scale) whose heading names a service."""
    reste = []
    for colonne in colonnes:
        dites = reponses(colonne.valeurs) if colonne.valeurs else None
        service = next((s for s, motif in SERVICES if re.search(motif, colonne.titre)), None)
        if dites is None or service is None:
            reste.append(colonne)
            continue
        morceaux = [f"colonne: {_q(colonne.nom)}", f"rend: [{_q(service)}]"]
        morceaux += [f"{g}: [{', '.join(map(_q, textes))}]" for g, textes in dites.items() if textes]
        preuve = (
            f"{service} (titre ; oui : {', '.join(dites['oui']) or 'aucune'} ; non : "
            f"{', '.join(dites['non']) or 'aucune'} ; remplie à {_pourcent(colonne.remplie)})"
        )
        devine.services.append(Ligne(("{" + ", ".join(morceaux) + "}",), preuve))
        devine.prises[colonne.nom] = preuve
    return reste


def _ecrire(devine: Devine, nom: str, detecte: Sequence[str]) -> str:
    """The file, each guess with its evidence; what was not guessed is listed at the end, as comments."""
    lignes = [
        "# yaml-language-server: $schema=correspondance.schema.json",
        "# Correspondance proposée par « carte importer --deviner » : relisez chaque ligne, corrigez, puis importez.",
        *(f"# {phrase}" for phrase in detecte),
        f"nom: {_q(nom)}  # à corriger : qui a fait cet inventaire",
        "licence: à préciser",
        "silence: non dit  # une case vide ne veut pas dire non",
    ]
    for cle, ligne in devine.entete.items():
        lignes += _entree(f"{cle}:", ligne, "")
    if devine.masquees:
        lignes.append(f"masquer: [{', '.join(map(_q, devine.masquees))}]  # colonnes personnelles")
    lignes.append("champs:")
    sans_nom = {} if "nom" in devine.champs else {"nom": Ligne((_q("à préciser"),), "la colonne du nom des lieux")}
    for champ, ligne in {**sans_nom, **devine.champs}.items():
        lignes += _entree(f"{champ}:", ligne, "  ")
    lignes.append("services:" if devine.services else f"# services: aucun n'a été reconnu. Par exemple : {_EXEMPLE}")
    for ligne in devine.services:
        lignes += _entree("-", ligne, "  ")
    if devine.reste:
        lignes.append("# Colonnes qui n'ont pas été devinées :")
        lignes += [f"#   {' '.join(c.nom.split())} : {_exemples(c)}" for c in devine.reste]
    return "\n".join([*lignes, ""])


def _entree(cle: str, ligne: Ligne, retrait: str) -> list[str]:
    """One entry: on its line when it has one, else under its key."""
    preuve = f"  # {' '.join(ligne.preuve.split())}"
    premiere, *suite = ligne.lignes
    if not suite and (cle == "-" or not premiere.startswith("colonne: ")):
        return [f"{retrait}{cle} {premiere}{preuve}"]
    if cle == "-":
        return [f"{retrait}- {premiere}{preuve}", *(f"{retrait}  {autre}" for autre in suite)]
    return [f"{retrait}{cle}{preuve}", *(f"{retrait}  {autre}" for autre in ligne.lignes)]
