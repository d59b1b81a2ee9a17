"""The worklist as the message of a monthly issue, or as text for a terminal. Pure functions."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from carte.boucle.commentaire import TAILLE_MAX, en_code, qui_tiennent
from carte.ecrits.texte import montrable
from carte.publish.relecture.liste import REGLE
from carte.publish.relecture.modele import TITRES, ALire, Groupe
from carte.publish.relecture.page import par_groupe

if TYPE_CHECKING:
    from carte.config import Configuration

MARQUE = "<!-- carte : les fiches à relire -->"
"""The first line of the message, by which its issue is found again and replaced."""
_LIGNES_MAX = 60


def en_markdown(lignes: Sequence[ALire], configuration: "Configuration") -> str:
    """The message of the issue: counts, then the first records by group; at most TAILLE_MAX characters.

    No telephone and no e-mail address: the fiche has them.
    """
    jour = configuration.date_publication.isoformat()
    if not lignes:
        return f"{MARQUE}\n\nAu {jour}, aucune fiche n’est à relire.\n"
    tete = [MARQUE, f"## {bilan(lignes)}", f"Au {jour}. {REGLE}"]
    blocs: list[str] = []
    for titre, siennes in par_groupe(lignes[:_LIGNES_MAX]):
        blocs += [f"### {titre}", "\n".join(f"- [ ] {_ligne(ligne, configuration)}" for ligne in siennes)]
    reste = len(lignes) - _LIGNES_MAX
    suite = [f"Et {reste} autres : la page « Les fiches à relire » du site les a toutes."] if reste > 0 else []
    return "\n\n".join(qui_tiennent([*tete, *blocs, *suite], TAILLE_MAX)) + "\n"


def en_texte(lignes: Sequence[ALire], configuration: "Configuration") -> str:
    """The same for a terminal: one line a record, then what to ask."""
    morceaux = [bilan(lignes)]
    for titre, siennes in par_groupe(lignes):
        morceaux += ["", f"{titre} :"]
        for ligne in siennes:
            lieu = ligne.enregistrement.lieu
            qui = f"{ligne.nom}, {lieu.commune} ({lieu.telephone or 'téléphone inconnu'})"
            morceaux.append(f"  {montrable(qui)} : {montrable(' '.join(m.constat for m in ligne.motifs))}")
            morceaux += [f"    - {montrable(question)}" for question in ligne.questions]
    return "\n".join(morceaux)


def bilan(lignes: Iterable[ALire]) -> str:
    """« 12 fiches à relire : 3 très anciennes… », or that there is none."""
    comptes = Counter(ligne.groupe for ligne in lignes)
    if not comptes:
        return "Aucune fiche à relire."
    detail = " ; ".join(
        f"{TITRES[groupe][0].lower()}{TITRES[groupe][1:]} : {comptes[groupe]}" for groupe in sorted(comptes)
    )
    nombre = comptes.total()
    return f"{nombre} fiche{'s' if nombre > 1 else ''} à relire ({detail})"


def _ligne(ligne: ALire, configuration: "Configuration") -> str:
    enregistrement = ligne.enregistrement
    qui = en_code(f"{ligne.nom}, {enregistrement.lieu.commune}")
    pourquoi = en_code(" ".join(motif.constat for motif in ligne.motifs))
    if ligne.groupe is Groupe.BROUILLON:
        return f"{qui} ({en_code(enregistrement.fichier)}) : {pourquoi}"
    return f"{qui} ([fiche]({configuration.url}lieux/{enregistrement.identifiant}/)) : {pourquoi}"
