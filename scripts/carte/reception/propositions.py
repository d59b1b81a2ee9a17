"""The records that a message carries: in its text, between the two lines of the form, or as attached files."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice

from carte import records
from carte.ecrits.formes import SLUG
from carte.ecrits.texte import citer, montrable
from carte.reception import bloc as blocs
from carte.reception.bloc import Bloc
from carte.reception.modele import Courrier, Proposition, ReceptionRefusee
from carte.records import Contexte, FicheLue, Fichier, Lieu
from carte.records.files import TAILLE_MAX
from carte.records.rules.territoire import departement_du_code

_ABIMEE = (
    "La fiche n'est plus celle que le formulaire a écrite : le texte a été changé, ou abîmé en chemin. Demandez le "
    "fichier joint (« Télécharger le fichier ») ; ou relisez-la, puis relancez pour ce seul message avec --relu."
)
_SANS_FICHE = (
    "Ce message ne contient aucune fiche du formulaire : ni ligne « DEBUT DE LA FICHE », ni fichier .yml joint. Faites "
    "la correction à la main."
)
_COPIE = re.compile(r"\s*\(\d+\)\Z")  # what browsers add to the name of a second download


@dataclass(frozen=True, slots=True)
class Lecteur:
    """What reading a message needs: the rules, the hub's départements, the ids that exist, whether a person read it."""

    contexte: Contexte
    departements: tuple[str, ...]
    connus: Collection[str]
    relu: bool = False


def propositions(courrier: Courrier, lecteur: Lecteur) -> Iterator[Proposition | ReceptionRefusee]:
    """Each record of a message once, or why it cannot be received."""
    trouves = _groupes(courrier)
    lues = {cle: _du_bloc(courrier, groupe, lecteur) for cle, groupe in trouves.items()}
    bonnes = [lue for lue in lues.values() if isinstance(lue, Proposition)]
    noms = [lue.identifiant for lue in bonnes]
    # An answer often quotes the beginning of what it answers to: the whole one is enough.
    yield from (refus for (nom, *_), refus in lues.items() if isinstance(refus, ReceptionRefusee) and nom not in noms)
    for lue in bonnes:
        if noms.count(lue.identifiant) > 1:
            yield ReceptionRefusee(
                f"{courrier.nom} : ce message contient plusieurs textes différents pour {lue.identifiant}. Copiez "
                "celui à prendre dans un fichier .txt."
            )
        else:
            yield lue
    # A record that stands in the text and is attached too is one; the text says what the person saw.
    jointes = [_de_la_jointe(courrier, nom, octets, lecteur) for nom, octets in courrier.jointes]
    yield from (j for j in jointes if not (isinstance(j, Proposition) and j.identifiant in noms))
    if not trouves and not jointes:
        yield ReceptionRefusee(f"{courrier.nom} : {_SANS_FICHE}")


def _groupes(courrier: Courrier) -> dict[tuple[str, ...], list[Bloc]]:
    """The blocks of a message by id and mark: a mail says the same thing several times."""
    groupes: dict[tuple[str, ...], list[Bloc]] = {}
    for texte in courrier.textes:
        for bloc in blocs.trouver(texte):
            cle = (bloc.identifiant, bloc.defaut, bloc.empreinte, *bloc.dits)
            groupes.setdefault(cle, []).append(bloc)
    return groupes


def _du_bloc(courrier: Courrier, groupe: list[Bloc], lecteur: Lecteur) -> Proposition | ReceptionRefusee:
    premier = groupe[0]
    if premier.defaut:
        return ReceptionRefusee(f"{courrier.nom} : {premier.defaut}")
    fichier = Fichier("", montrable(f"{courrier.nom} ({premier.identifiant})"), premier.identifiant)
    fiche = next((lue for bloc in groupe if (lue := _juste(bloc, fichier, lecteur)) is not None), None)
    if fiche is None and lecteur.relu:
        fiche = _lire(fichier, next(blocs.textes(premier)), lecteur)
    if fiche is None:
        return ReceptionRefusee(f"{courrier.nom} ({premier.identifiant}) : {_ABIMEE}")
    vus = {nom: vu for nom, _, vu in (mot.rpartition("-") for mot in premier.dits) if vu and nom in Lieu.model_fields}
    neuve = blocs.NEUVE in premier.dits if premier.dits else None
    return Proposition(courrier.nom, premier.identifiant, fiche, None if neuve is None else vus, neuve)


def _juste(bloc: Bloc, fichier: Fichier, lecteur: Lecteur) -> FicheLue | None:
    """The record of a block that gives its mark, as it came or once written again; None when none does."""
    if not bloc.empreinte:
        return None
    for texte in blocs.textes(bloc):
        if blocs.est_juste(bloc, texte):
            return _lire(fichier, texte, lecteur)
    for texte in islice(blocs.textes(bloc), blocs.PREMIERS):
        fiche = _lire(fichier, texte, lecteur)
        if fiche.lieu is not None and blocs.est_juste(bloc, sans_entete(_rendre(fiche))):
            return fiche
    return None


def _rendre(fiche: FicheLue) -> str:
    assert fiche.lieu is not None, "only a record that was read is written"
    return records.mise_en_page(fiche.lieu, a_completer=fiche.a_completer)


def sans_entete(texte: str) -> str:
    """A record's file as a message carries it: without its first line, which speaks to text editors."""
    return texte.partition("\n")[2]


def _lire(fichier: Fichier, texte: str, lecteur: Lecteur) -> FicheLue:
    return records.lire_une(fichier, lecteur.contexte, texte.encode("utf-8", "replace"))


def _de_la_jointe(courrier: Courrier, nom: str, octets: bytes, lecteur: Lecteur) -> Proposition | ReceptionRefusee:
    """A record that was downloaded, then attached. Its name says which one it is, and nothing else of it is used."""
    slug = _COPIE.sub("", re.split(r"[/\\]", nom)[-1].rpartition(".")[0])
    montre = courrier.nom if courrier.nom == montrable(nom) else f"{courrier.nom}, {citer(nom)}"
    if not SLUG.fullmatch(slug):
        return ReceptionRefusee(f"{montre} : ce fichier joint ne porte pas le nom d'une fiche, comme mediatheque.yml.")
    if len(octets) > TAILLE_MAX:
        return ReceptionRefusee(f"{montre} : ce fichier est trop gros, une fiche fait au plus {TAILLE_MAX // 1024} ko.")
    lue = records.lire_une(Fichier("", montre, ""), lecteur.contexte, octets)
    code = lue.lieu.code_insee if lue.lieu else None
    possibles = [f"{d}/{slug}" for d in lecteur.departements if f"{d}/{slug}" in lecteur.connus]
    if code:
        identifiant = f"{departement_du_code(code)}/{slug}"
    elif len(possibles) == 1 or len(lecteur.departements) == 1:
        identifiant = (possibles or [f"{lecteur.departements[0]}/{slug}"])[0]
    elif lue.lieu is None:
        return ReceptionRefusee(f"{montre} : cette fiche est à corriger d'abord.", lue.problemes)
    else:
        return ReceptionRefusee(f"{montre} : cette fiche ne dit pas son département. Ajoutez-y son code_insee.")
    return Proposition(courrier.nom, identifiant, lue, None, None)
