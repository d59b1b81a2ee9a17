"""Messages → what becomes of each, and the files to write; nothing is written here, and no file is named by a message.

An id decides the file, and must have the shape of one. What is proposed is read with the whole tree, by its rules.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from carte import records
from carte.boucle.comparer import comparer_lieux
from carte.ecrits.formes import SLUG, est_identifiant
from carte.ecrits.texte import citer, montrable, replier
from carte.reception.fusion import Choix, fusionner
from carte.reception.modele import INTERDITS, Courrier, Proposition, ReceptionRefusee, Recue, Sort
from carte.reception.propositions import Lecteur, propositions
from carte.records import Chargement, Contexte, FicheLue, Geographie, Lieu, Problem
from carte.records.commentaires import lire_commentaires
from carte.records.files import TAILLE_MAX
from carte.records.rules.ressemblance import Issue, Ressemblance, comparer, memes_communes

_AUTRES = 20  # names tried for a place when its own is taken


@dataclass(frozen=True, slots=True)
class Demande:
    """Where the records are, the rules with the territory, the hub's départements, and what the person settled."""

    lieux: Path
    contexte: Contexte
    geographie: Geographie
    departements: tuple[str, ...]
    relu: bool = False
    choix: Choix | None = None


@dataclass(slots=True)
class _Arbre:
    """The tree as it will be: `proposees` are contents by id, over those of the folder."""

    demande: Demande
    fichiers: dict[str, records.Fichier]
    adresses: dict[str, str]
    proposees: dict[str, bytes] = field(default_factory=dict)

    def fiche(self, identifiant: str) -> FicheLue | None:
        """The record of that id, None when there is none."""
        if identifiant not in self.fichiers and identifiant not in self.proposees:
            return None
        fichier = records.fichier_de(self.demande.lieux, identifiant)
        return records.lire_une(fichier, self.demande.contexte, self.proposees.get(identifiant))

    def libre(self, identifiant: str) -> bool:
        """Whether a new record can take that id: no record has or had it, and nothing stands there, whatever it is."""
        place = Path(records.fichier_de(self.demande.lieux, identifiant).chemin)
        pris = (self.fichiers, self.adresses, self.proposees)
        return not any(identifiant in connus for connus in pris) and not os.path.lexists(place)


def recevoir(courriers: Iterable[Courrier | ReceptionRefusee], demande: Demande) -> list[Recue]:
    """What becomes of each record of the messages, in order. Raises ErreurCarte when the records cannot be read."""
    avant = records.lire(demande.lieux, demande.contexte, ressemblances=False)
    arbre = _arbre(demande, avant)
    lecteur = Lecteur(demande.contexte, demande.departements, arbre.fichiers.keys(), demande.relu)
    recues = [_placer(arbre, lue) for courrier in courriers for lue in _lire(courrier, lecteur)]
    return _verifiees(recues, arbre, {_cle(p) for p in avant.problemes if records.bloque([p])})


def _arbre(demande: Demande, avant: Chargement) -> _Arbre:
    tous = (*avant.enregistrements, *avant.a_completer, *avant.doublons)
    adresses = {ancien: e.identifiant for e in tous for ancien in e.lieu.anciens_identifiants or ()}
    return _Arbre(demande, {f.identifiant: f for f in records.parcourir(demande.lieux)[0]}, adresses)


def _lire(courrier: Courrier | ReceptionRefusee, lecteur: Lecteur) -> Iterator[Proposition | ReceptionRefusee]:
    if isinstance(courrier, ReceptionRefusee):
        yield courrier
        return
    try:
        yield from propositions(courrier, lecteur)
    except ReceptionRefusee as refus:
        yield ReceptionRefusee(f"{courrier.nom} : {refus.message}")


def _placer(arbre: _Arbre, lue: Proposition | ReceptionRefusee) -> Recue:
    """What becomes of one record, put in the tree when it is received."""
    if isinstance(lue, ReceptionRefusee):
        return Recue("", Sort.REFUSEE, raison=lue.message, problemes=lue.problemes)
    try:
        if not est_identifiant(lue.identifiant):
            raise ReceptionRefusee(f"« {citer(lue.identifiant)} » n'est pas le nom d'une fiche, comme 36/mediatheque.")
        recue = _ajouter(arbre, lue) if _est_neuve(arbre, lue) else _corriger(arbre, lue)
    except ReceptionRefusee as refus:
        return Recue(lue.courrier, Sort.REFUSEE, lue.identifiant, raison=refus.message, problemes=refus.problemes)
    if recue.texte is not None:
        arbre.proposees[recue.identifiant] = recue.texte.encode("utf-8")
    return recue


def _est_neuve(arbre: _Arbre, lue: Proposition) -> bool:
    """What the message says; when it does not, whether the record of that name, if any, is of another commune.

    In one commune, a file that has the name of a record corrects it: that a place moves is no second place. A person
    settles it field by field, nobody having said what the sender saw.
    """
    if lue.neuve is not None:
        return lue.neuve
    actuelle = arbre.fiche(lue.identifiant)
    if actuelle is None or actuelle.lieu is None or lue.fiche.lieu is None:
        return actuelle is None and lue.identifiant not in arbre.adresses
    if memes_communes(actuelle.lieu, lue.fiche.lieu):
        return False
    return comparer(actuelle.lieu, lue.fiche.lieu).issue is Issue.DISTINCTS


def _lieu_de(lue: Proposition) -> Lieu:
    if lue.fiche.lieu is None:
        raise ReceptionRefusee("La fiche de ce message est à corriger.", _bloquants(lue.fiche.problemes))
    return lue.fiche.lieu


def _bloquants(problemes: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(p for p in problemes if records.bloque([p]))


def _corriger(arbre: _Arbre, lue: Proposition) -> Recue:
    proposee = _lieu_de(lue)
    identifiant = arbre.adresses.get(lue.identifiant, lue.identifiant)
    actuelle = arbre.fiche(identifiant)
    if actuelle is None:
        raise ReceptionRefusee(
            f"Ce message corrige {lue.identifiant}, qui n'existe pas ou plus. Cherchez sous quel nom est ce lieu, et "
            "faites la correction à la main."
        )
    if actuelle.lieu is None:
        raise ReceptionRefusee(
            f"La fiche {identifiant} est à corriger d'abord : lancez « carte valider ».", _bloquants(actuelle.problemes)
        )
    demande = arbre.demande
    fusion = fusionner(actuelle.lieu, proposee, lue.vus, demande.geographie, demande.choix)
    if fusion.conflits:
        raison = "La fiche a changé depuis que la personne l'a lue." if lue.vus is not None else _SANS_VUE
        return Recue(lue.courrier, Sort.REFUSEE, identifiant, conflits=fusion.conflits, raison=raison)
    if fusion.lieu == actuelle.lieu:
        return Recue(lue.courrier, Sort.DEJA, identifiant)
    texte = records.mise_en_page(
        fusion.lieu,
        a_completer=actuelle.a_completer or not fusion.lieu.services,
        commentaires=lire_commentaires(actuelle.octets),
    )
    champs = tuple(comparer_lieux(actuelle.lieu, fusion.lieu))
    return Recue(lue.courrier, Sort.CORRIGEE, identifiant, texte, champs, fusion.gardes)


_SANS_VUE = (
    "Ce message ne dit pas ce que la personne avait sous les yeux. Si c'est un autre lieu, donnez un autre nom au "
    "fichier joint, puis recevez-le seul."
)


def _ajouter(arbre: _Arbre, lue: Proposition) -> Recue:
    lieu = _lieu_de(lue)
    departement, _, slug = lue.identifiant.partition("/")
    if departement not in arbre.demande.departements:
        connus = ", ".join(arbre.demande.departements)
        raise ReceptionRefusee(f"Ce lieu est dans le département {departement}, qui n'est pas de ce site ({connus}).")
    dossier = arbre.demande.lieux / departement
    if dossier.is_symlink() or (dossier.exists() and not dossier.is_dir()):
        raise ReceptionRefusee(
            f"{montrable(dossier.parent.name)}/{departement} n'est pas un dossier : mettez-y le dossier lui-même."
        )
    for nom in INTERDITS:
        if getattr(lieu, nom) is not None:
            raise ReceptionRefusee(f"Ce message donne « {nom} », que le formulaire ne demande pas : retirez-le.")
    for identifiant in _noms(departement, slug, lieu):
        if arbre.libre(identifiant):
            texte = records.mise_en_page(lieu, a_completer=lue.fiche.a_completer or not lieu.services)
            return Recue(lue.courrier, Sort.AJOUTEE, identifiant, texte)
        prise = arbre.fiche(arbre.adresses.get(identifiant, identifiant))
        if prise is None or prise.lieu is None:
            continue
        if prise.lieu == lieu:
            return Recue(lue.courrier, Sort.DEJA, prise.fichier.identifiant)
        ressemblance = comparer(prise.lieu, lieu)
        if ressemblance.issue is not Issue.DISTINCTS:
            raise ReceptionRefusee(_deja_decrit(prise, ressemblance))
    raise ReceptionRefusee(f"Trop de fiches s'appellent déjà « {slug} » : nommez celle-ci à la main.")


def _deja_decrit(fiche: FicheLue, ressemblance: Ressemblance) -> str:
    return (
        f"Ce lieu semble déjà décrit dans {fiche.fichier.fichier} : {ressemblance.raison} ({ressemblance.score} sur "
        "100). Si c'est lui, corrigez cette fiche ; sinon, ajoutez l'autre à la main, sous un autre nom."
    )


def _noms(departement: str, slug: str, lieu: Lieu) -> Iterator[str]:
    """The id that the form gave, then the same with the commune, then numbers."""
    commune = replier(lieu.commune).replace(" ", "-")
    suivi = f"{slug[:80]}-{commune[:60]}".strip("-")
    noms = chain((slug, suivi), (f"{suivi}-{rang}" for rang in range(2, _AUTRES)))
    return (f"{departement}/{nom}" for nom in noms if SLUG.fullmatch(nom))


def _verifiees(recues: list[Recue], arbre: _Arbre, connus: set[tuple[str, ...]]) -> list[Recue]:
    """The same, those that the rules refuse in the whole tree turned into refusals; the advice on the others told."""
    demande, proposees = arbre.demande, arbre.proposees
    recues = [_bornee(recue, proposees) for recue in recues]
    while proposees:
        apres = records.lire(demande.lieux, demande.contexte, proposees=proposees)
        ids = {records.fichier_de(demande.lieux, identifiant).fichier: identifiant for identifiant in proposees}
        fautes = [p for p in _bloquants(apres.problemes) if p.fichier in ids or _cle(p) not in connus]
        # A fault of another record comes from those that are proposed: none of them is taken.
        fautifs = {ids.get(p.fichier) for p in fautes}
        refuses = set(proposees) if None in fautifs else {i for i in fautifs if i}
        if not refuses:
            return [_avec_conseils(recue, apres.problemes, ids) for recue in recues]
        recues = [_refusee(r, fautes) if r.identifiant in refuses and r.texte is not None else r for r in recues]
        for identifiant in refuses:
            del proposees[identifiant]
    return recues


def _cle(probleme: Problem) -> tuple[str, ...]:
    return probleme.fichier, probleme.champ, probleme.message


def _bornee(recue: Recue, proposees: dict[str, bytes]) -> Recue:
    if recue.texte is None or len(recue.texte.encode("utf-8")) <= TAILLE_MAX:
        return recue
    proposees.pop(recue.identifiant, None)
    raison = f"La fiche serait trop longue : elle fait au plus {TAILLE_MAX // 1024} ko."
    return Recue(recue.courrier, Sort.REFUSEE, recue.identifiant, raison=raison)


def _refusee(recue: Recue, fautes: list[Problem]) -> Recue:
    raison = "La fiche ne peut pas être reçue telle quelle."
    return Recue(recue.courrier, Sort.REFUSEE, recue.identifiant, raison=raison, problemes=tuple(fautes))


def _avec_conseils(recue: Recue, problemes: Iterable[Problem], ids: dict[str, str]) -> Recue:
    siens = tuple(p for p in problemes if recue.texte is not None and ids.get(p.fichier) == recue.identifiant)
    return replace(recue, problemes=siens) if siens else recue
