"""The whole tree at once: every record, every problem, nothing raised, nothing lost."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby, islice
from pathlib import Path
from typing import Any, cast

from carte.ecrits.coupures import collages, coupures
from carte.ecrits.faute import Faute, conseil, sans_echos
from carte.ecrits.fichier import FAUTES_MAX, caracteres_echappes, placer
from carte.ecrits.octets import LectureRefusee, lire_octets, nettoyer
from carte.ecrits.pause import sans_ramasse_miettes
from carte.ecrits.positions import Situeur
from carte.ecrits.problem import Gravite, Problem
from carte.ecrits.syntaxe import ErreurYaml
from carte.ecrits.texte import montrable
from carte.ecrits.yaml_strict import lire as lire_yaml
from carte.memoire import SANS_MEMOIRE, Memoire, cle, empreinte
from carte.records.conformite import verifier
from carte.records.context import Contexte
from carte.records.files import TAILLE_MAX, Fichier, fichier_de, parcourir
from carte.records.modele import Enregistrement, Lieu
from carte.records.rules import REGLES, arbre, doublons, gestes
from carte.records.rules.chemins import est_un_texte, est_une_forme
from carte.records.rules.territoire import territoire
from carte.records.rules.vocabulaire import sans_alias
from carte.records.write import A_COMPLETER, nombre_de_commentaires

# Holds the place of the services of a record that has none yet, while its other values are looked at.
_SERVICE_DE_TENUE = ("Aide aux démarches administratives",)
_A_LIRE = "écrivez-le dans « presentation_detail » (« horaires_detail » pour des horaires)"
OBLIGATOIRES = tuple(nom for nom, champ in Lieu.model_fields.items() if champ.is_required())


@dataclass(frozen=True)
class Chargement:
    """What the tree holds: the records without blocker, every problem sorted by place, the number of files seen.

    `a_completer`: files that say so of themselves; nothing is published of them, and each is an advice. Their
    `services` may be empty. `doublons`: files that say to be of the place of another one, which alone is published.
    """

    enregistrements: tuple[Enregistrement, ...]
    problemes: tuple[Problem, ...]
    nombre_fichiers: int
    a_completer: tuple[Enregistrement, ...] = ()
    doublons: tuple[Enregistrement, ...] = ()


@dataclass(frozen=True, slots=True)
class FicheLue:
    """One file looked at alone: its bytes without byte order mark, its place when it has no blocker, its problems."""

    fichier: Fichier
    octets: bytes
    lieu: Lieu | None
    a_completer: bool
    problemes: tuple[Problem, ...]


@dataclass(slots=True)
class _Brouillon:
    """One record being examined; `enregistrement` is None when nothing could be read. `recu`: the file as it is;
    `octets`: what was read of it."""

    fichier: Fichier
    octets: bytes = b""
    recu: bytes = b""
    fautes: list[Faute] = field(default_factory=list)
    enregistrement: Enregistrement | None = None
    a_completer: bool = False


def lire(
    racine: Path,
    contexte: Contexte,
    *,
    ressemblances: bool = True,
    proposees: Mapping[str, bytes] | None = None,
    memoire: Memoire = SANS_MEMOIRE,
    autres: Mapping[Fichier, bytes] | None = None,
) -> Chargement:
    """Read and check every record under `racine` (the offers folder). Never raises on a record's content.

    Without `ressemblances`, the advice on possible duplicates is left out: an import compares the records itself.
    `proposees`: contents by id, read in place of those files or beside them, as the folder would be with them.
    `memoire`: what was found in a file that has not changed is not looked for again.
    `autres`: the records of other hubs, by how problems name them, whose ids the folder does not have.
    """
    textes = dict(proposees or {})
    with sans_ramasse_miettes():
        fichiers, problemes = parcourir(racine)
        presents = {fichier.identifiant: fichier for fichier in fichiers}
        presents |= {identifiant: fichier_de(racine, identifiant) for identifiant in textes}
        for fichier, octets in (autres or {}).items():
            presents[fichier.identifiant], textes[fichier.identifiant] = fichier, octets
        problemes += _regles_absentes(racine, contexte)
        ranges = [presents[identifiant] for identifiant in sorted(presents)]
        brouillons = _examiner_tous(ranges, contexte, textes, memoire)
        return _charger(brouillons, problemes, contexte, ressemblances=ressemblances)


def lire_ensemble(textes: Mapping[Fichier, bytes], contexte: Contexte) -> Chargement:
    """Read and check records that are in no folder, as `lire` without the advice on possible duplicates."""
    contenus = {fichier.identifiant: octets for fichier, octets in textes.items()}
    with sans_ramasse_miettes():
        brouillons = _examiner_tous(list(textes), contexte, contenus, SANS_MEMOIRE)
        return _charger(brouillons, [], contexte, ressemblances=False)


def _charger(
    brouillons: list[_Brouillon], problemes: list[Problem], contexte: Contexte, *, ressemblances: bool
) -> Chargement:
    """What these records say together, and every problem of theirs with those that are known already."""
    _examiner_ensemble(brouillons, contexte, ressemblances=ressemblances)
    for brouillon in brouillons:
        problemes += placer(brouillon.fichier.fichier, brouillon.octets, brouillon.fautes)
    lus = [b for b in brouillons if b.enregistrement is not None]
    publies, doubles = gestes.separer(
        b.enregistrement for b in lus if b.enregistrement and not b.a_completer and not _bloque(b)
    )
    a_completer = tuple(b.enregistrement for b in lus if b.enregistrement and b.a_completer)
    return Chargement(publies, tuple(sorted(problemes)), len(brouillons), a_completer, doubles)


def lire_une(fichier: Fichier, contexte: Contexte, octets: bytes | None = None) -> FicheLue:
    """Read and check one record, without the rules that look at several nor at the territory. Never raises.

    `octets`: its content, when it is not in a file yet.
    """
    brouillon = _examiner(fichier, contexte, octets)
    enregistrement = None if _bloque(brouillon) else brouillon.enregistrement
    problemes = sorted(placer(fichier.fichier, brouillon.octets, brouillon.fautes))
    lieu = enregistrement.lieu if enregistrement else None
    return FicheLue(fichier, brouillon.octets, lieu, brouillon.a_completer, tuple(problemes))


def _bloque(brouillon: _Brouillon) -> bool:
    return any(faute.gravite is Gravite.BLOQUANT for faute in brouillon.fautes)


def _examiner_tous(
    fichiers: list[Fichier], contexte: Contexte, textes: Mapping[str, bytes], memoire: Memoire
) -> list[_Brouillon]:
    """Each file looked at alone; those of `memoire` are not looked at again, département by département."""
    if not memoire.active:
        return [_examiner(fichier, contexte, textes.get(fichier.identifiant)) for fichier in fichiers]
    regles = cle(contexte.today.isoformat(), empreinte(contexte.vocabulaires))
    brouillons: list[_Brouillon] = []
    for departement, groupe in groupby(fichiers, lambda fichier: fichier.identifiant.partition("/")[0]):
        nom = cle("fiches lues", regles, departement)
        connus = cast("dict[tuple[Fichier, bytes], _Brouillon]", memoire.reprendre(nom) or {})
        vus = {}
        for fichier in groupe:
            brouillon = _reprendre(fichier, contexte, textes.get(fichier.identifiant), connus)
            vus[fichier, brouillon.recu] = brouillon
        if vus.keys() != connus.keys():
            # Kept now: the rules that look at several records add to what is found here.
            memoire.retenir(nom, vus)
        brouillons += vus.values()
    return brouillons


def _reprendre(
    fichier: Fichier, contexte: Contexte, octets: bytes | None, connus: "Mapping[tuple[Fichier, bytes], _Brouillon]"
) -> _Brouillon:
    """What is known of a file of that name and content, or what is found in it now."""
    try:
        octets = lire_octets(fichier.chemin, TAILLE_MAX) if octets is None else octets
    except LectureRefusee:
        return _examiner(fichier, contexte)
    return connus.get((fichier, octets)) or _examiner(fichier, contexte, octets)


def _examiner(fichier: Fichier, contexte: Contexte, octets: bytes | None = None) -> _Brouillon:
    """Read one file, unless its content is given, and apply the rules that look at it alone."""
    brouillon = _Brouillon(fichier)
    try:
        octets = lire_octets(fichier.chemin, TAILLE_MAX) if octets is None else octets
    except LectureRefusee as refus:
        brouillon.fautes.append(Faute((), str(refus), "fichier", position=(1, 1)))
        return brouillon
    brouillon.recu = octets
    try:
        brouillon.octets, brouillon.fautes = nettoyer(octets)
        _lire_fiche(brouillon, contexte)
    except ErreurYaml as erreur:
        brouillon.fautes.append(Faute((), erreur.message, "yaml", position=(erreur.ligne, erreur.colonne)))
    return brouillon


def _lire_fiche(brouillon: _Brouillon, contexte: Contexte) -> None:
    """Parse, conform to the model, apply each rule; raises ErreurYaml when the file is not a record at all."""
    octets = brouillon.octets
    document = lire_yaml(octets, OBLIGATOIRES)
    fautes = document.fautes
    fautes += _marque(brouillon, document.donnees)
    primaires = {faute.chemin for faute in fautes if faute.chemin}
    sans_service = brouillon.a_completer and not document.donnees.get("services")
    if sans_service:
        document.donnees["services"] = list(_SERVICE_DE_TENUE)
    lieu, formes = verifier(document.donnees, Situeur(octets).source)
    if sans_service:
        lieu = lieu.model_copy(update={"services": []})
    fautes += sans_echos(formes, primaires)
    fautes += caracteres_echappes(octets, document.donnees)
    fautes += [*coupures(octets, est_un_texte, est_une_forme, _A_LIRE), *collages(octets, Lieu.model_fields)]
    enregistrement = Enregistrement(
        brouillon.fichier.identifiant,
        brouillon.fichier.fichier,
        lieu,
        commentaires=nombre_de_commentaires(octets),
        contenu=hashlib.sha256(octets).hexdigest(),
    )
    trouvees = [faute for regle in REGLES for faute in islice(regle(enregistrement, contexte), FAUTES_MAX)]
    if trouvees:
        primaires |= {f.chemin for f in formes if f.gravite is Gravite.BLOQUANT}
        fautes += sans_echos(trouvees, primaires)
        enregistrement = replace(enregistrement, lieu=sans_alias(lieu, contexte))
    brouillon.enregistrement = enregistrement
    bloques = {faute.chemin for faute in fautes if faute.gravite is Gravite.BLOQUANT}
    # To ask for quotes around a value that must change anyway would be noise.
    brouillon.fautes += [f for f in fautes if f.regle != "guillemets" or f.chemin not in bloques]


def _marque(brouillon: _Brouillon, donnees: dict[str, Any]) -> list[Faute]:
    """Take `a_completer` out of a record's data, and say what it means for whoever completes it."""
    if A_COMPLETER not in donnees:
        return []
    dite = donnees.pop(A_COMPLETER)
    if not isinstance(dite, bool):
        return [Faute((A_COMPLETER,), "« a_completer » attend true (oui) ou false (non).", "forme")]
    brouillon.a_completer = dite
    if not dite:
        return []
    manque = "" if donnees.get("services") else " il manque « services », ce que l'on peut y faire ;"
    message = (
        f"Fiche à compléter, qui n'est pas publiée :{manque} complétez-la auprès du lieu, puis retirez cette ligne."
    )
    return [conseil((A_COMPLETER,), message, "a-completer")]


def _examiner_ensemble(brouillons: list[_Brouillon], contexte: Contexte, *, ressemblances: bool) -> None:
    """Apply the rules that look at the territory or at several records; those to complete come last."""
    identifiants = {b.fichier.identifiant: b.fichier.fichier for b in brouillons}
    lus = sorted((b for b in brouillons if b.enregistrement is not None), key=lambda b: b.a_completer)
    tous = [b.enregistrement for b in lus if b.enregistrement is not None]
    enregistrements = [b.enregistrement for b in lus if b.enregistrement is not None and not b.a_completer]
    a_completer = {e.identifiant for e in tous[len(enregistrements) :]}
    trouvees = [*doublons.doublons(enregistrements)] if ressemblances else []
    trouvees += arbre.redirections(enregistrements, identifiants)
    trouvees += gestes.fautes(tous, identifiants, a_completer)
    if contexte.geographie is not None:
        trouvees += territoire(enregistrements, contexte.geographie)
    par_rang: dict[int, list[Faute]] = {}
    for rang, faute in trouvees:
        par_rang.setdefault(rang, []).append(faute)
    for rang, fautes in par_rang.items():
        primaires = {f.chemin for f in lus[rang].fautes if f.gravite is Gravite.BLOQUANT and f.chemin}
        lus[rang].fautes += sans_echos(fautes, primaires)


def _regles_absentes(racine: Path, contexte: Contexte) -> Iterator[Problem]:
    """Say which rules could not be applied, rather than let silence pass for approval."""
    absents = []
    if not contexte.vocabulaires:
        absents.append("les vocabulaires ne sont pas donnés : les valeurs des listes n'ont pas été vérifiées")
    if contexte.geographie is None:
        absents.append("le territoire n'est pas donné : les codes Insee et les coordonnées n'ont pas été vérifiés")
    for message in absents:
        phrase = message[0].upper() + message[1:] + "."
        yield Problem(montrable(racine.name), 1, 1, "", "", phrase, Gravite.CONSEIL, "contexte")
