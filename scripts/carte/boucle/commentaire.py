"""A comparison as one French comment for a forge, or as text for a terminal. Pure functions.

Everything that comes from a record is shown in code, escaped, on one line: no text can make a mark, a link, a mention
of somebody or a reference to another proposal.
"""

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from typing import TYPE_CHECKING

from carte.boucle.comparer import Champ, Fiche, Genre
from carte.ecrits.texte import montrable
from carte.records import Problem

if TYPE_CHECKING:
    from carte.boucle.effet import Effet

MARQUE = "<!-- carte : ce que change cette proposition -->"
"""The first line of the comment, by which it is found again and replaced."""
TAILLE_MAX = 60_000
"""Characters of a comment: GitHub refuses those above 65,536."""
_RIEN = "—"
_DE_PLUS = "Et {nombre} fiche{fin} de plus, que ce message ne peut pas contenir."
_DOUBLONS_MAX = 20


@dataclass(frozen=True, slots=True)
class Comparaison:
    """What a proposal changes. `effets` is None when the figures were not computed, for the reason of `sans_effet`.

    `doublons`: advice about records that look like the same place as another one.
    """

    fiches: Sequence[Fiche]
    doublons: Sequence[Problem] = ()
    effets: "Sequence[Effet] | None" = None
    sans_effet: str = ""


def en_markdown(comparaison: Comparaison) -> str:
    """The comment: what changes in the records, then in the report; at most TAILLE_MAX characters."""
    tete = [MARQUE, f"## {bilan(comparaison.fiches)}"]
    pied = qui_tiennent([*_doublons(comparaison.doublons), *_rapport(comparaison)], TAILLE_MAX // 2)
    place = TAILLE_MAX - sum(len(bloc) + 2 for bloc in (*tete, *pied)) - len(_DE_PLUS)
    corps = qui_tiennent([_fiche(fiche) for fiche in comparaison.fiches], place)
    if reste := len(comparaison.fiches) - len(corps):
        corps.append(_DE_PLUS.format(nombre=reste, fin="s" if reste > 1 else ""))
    return "\n\n".join([*tete, *corps, *pied]) + "\n"


def qui_tiennent(blocs: Sequence[str], place: int) -> list[str]:
    """The first blocks that hold in so many characters, whole, with the empty line after each."""
    tailles = accumulate(len(bloc) + 2 for bloc in blocs)
    return [bloc for bloc, taille in zip(blocs, tailles, strict=True) if taille <= place]


def en_texte(comparaison: Comparaison) -> str:
    """The same for a terminal: one line a change."""
    lignes = [bilan(comparaison.fiches)]
    for fiche in comparaison.fiches:
        lignes += ["", f"{_titre(fiche)}"]
        for champ in fiche.champs:
            avant, apres = cotes(champ)
            lignes.append(
                f"  {champ.nom} : {apres}" if fiche.genre is Genre.AJOUT else f"  {champ.nom} : {avant} -> {apres}"
            )
        lignes += [f"  {probleme}" for probleme in fiche.problemes]
    lignes += [f"\n{probleme}" for probleme in comparaison.doublons]
    if comparaison.sans_effet:
        lignes += ["", comparaison.sans_effet]
    for effet in comparaison.effets or ():
        lignes += ["", f"Dans le rapport ({effet.nom}) :", *(f"  {phrase}" for phrase in effet.mouvements)]
        lignes += [ligne for avant, apres in effet.phrases for ligne in (f"  avant : {avant}", f"  après : {apres}")]
    if comparaison.effets is not None and not comparaison.effets:
        lignes += ["", _AUCUN_EFFET]
    return "\n".join(lignes)


def cotes(champ: Champ) -> tuple[str, str]:
    """What a field said and what it says, each on one line of a terminal."""
    avant, apres = (" / ".join(map(montrable, cote)) or _RIEN for cote in (champ.avant, champ.apres))
    return avant, apres


def bilan(fiches: Sequence[Fiche]) -> str:
    """« 2 fiches ajoutées, 1 changée », or that nothing changes."""
    comptes = [(genre, len(list(groupe))) for genre, groupe in groupby(fiches, key=lambda fiche: fiche.genre)]
    if not comptes:
        return "Aucune fiche ne change"
    mots = [f"{nombre} {genre}{'s' if nombre > 1 else ''}" for genre, nombre in comptes]
    nombre, _, suite = mots[0].partition(" ")
    return ", ".join([f"{nombre} fiche{'s' if comptes[0][1] > 1 else ''} {suite}", *mots[1:]])


_AUCUN_EFFET = "Aucun chiffre des cinq phrases du rapport ne change, ni aucune commune, ni aucune intercommunalité."


def _titre(fiche: Fiche) -> str:
    ou = f" ({montrable(fiche.commune)})" if fiche.commune else ""
    depuis = f", avant : {fiche.ancien}" if fiche.ancien else ""
    return f"{montrable(fiche.nom)}{ou}, fiche {fiche.genre} : {fiche.identifiant}{depuis}"


def _fiche(fiche: Fiche) -> str:
    """One record: a folded block with its table, open when it is a change to look at."""
    if not fiche.champs and not fiche.problemes:
        return f"<p>{_titre_html(fiche)}</p>"
    ouvert = "" if fiche.genre is Genre.AJOUT else " open"
    parties = [f"<details{ouvert}><summary>{_titre_html(fiche)}</summary>"]
    if fiche.problemes:
        lignes = (f"<li>Ligne {p.ligne} : {en_code(p.message)}</li>" for p in fiche.problemes)
        parties.append(f"<p><strong>À corriger d’abord :</strong></p><ul>{''.join(lignes)}</ul>")
    if fiche.champs:
        parties.append(_table(fiche))
    return "\n".join([*parties, "</details>"])


def _titre_html(fiche: Fiche) -> str:
    ou = f" ({en_code(fiche.commune)})" if fiche.commune else ""
    depuis = f", avant {en_code(fiche.ancien)}" if fiche.ancien else ""
    return f"<strong>{en_code(fiche.nom)}</strong>{ou}, fiche {fiche.genre} : {en_code(fiche.identifiant)}{depuis}"


def _table(fiche: Fiche) -> str:
    ajout = fiche.genre is Genre.AJOUT
    entetes = ("Champ", "Valeur") if ajout else ("Champ", "Avant", "Après")
    rangees = (_rangee(champ, ajout=ajout) for champ in fiche.champs)
    return "\n".join(["<table>", f"<tr>{''.join(f'<th>{e}</th>' for e in entetes)}</tr>", *rangees, "</table>"])


def _rangee(champ: Champ, *, ajout: bool) -> str:
    cotes = (champ.apres,) if ajout else (champ.avant, champ.apres)
    cellules = "".join(f"<td>{_cellule(cote)}</td>" for cote in cotes)
    return f"<tr><td>{en_code(champ.nom)}</td>{cellules}</tr>"


def _cellule(lignes: Sequence[str]) -> str:
    return "<br>".join(en_code(ligne) for ligne in lignes) or _RIEN


def _doublons(problemes: Sequence[Problem]) -> Iterator[str]:
    if not problemes:
        return
    lignes = [f"<li>{en_code(p.fichier)} : {en_code(p.message)}</li>" for p in problemes[:_DOUBLONS_MAX]]
    if reste := len(problemes) - len(lignes):
        lignes.append(f"<li>et {reste} de plus : « carte valider » les a tous</li>")
    yield f"### Peut-être le même lieu deux fois\n\n<ul>{''.join(lignes)}</ul>"


def _rapport(comparaison: Comparaison) -> Iterator[str]:
    yield "### Dans le rapport"
    if comparaison.effets is None:
        yield comparaison.sans_effet
    elif not comparaison.effets:
        yield _AUCUN_EFFET
    for effet in comparaison.effets or ():
        mouvements = "".join(f"<li>{_texte(phrase)}</li>" for phrase in effet.mouvements)
        yield f"<p><strong>{_texte(effet.nom)}</strong></p>" + (f"<ul>{mouvements}</ul>" if mouvements else "")
        if effet.phrases:
            rangees = (f"<tr><td>{_texte(avant)}</td><td>{_texte(apres)}</td></tr>" for avant, apres in effet.phrases)
            yield "\n".join(["<table>", "<tr><th>Avant</th><th>Après</th></tr>", *rangees, "</table>"])


def _texte(phrase: str) -> str:
    """A sentence of the program, with names of territories in it."""
    return html.escape(" ".join(phrase.split()))


def en_code(texte: str) -> str:
    """What a person wrote: in code, a forge makes no mention nor reference of it; an empty line would end the table."""
    return f"<code>{html.escape(montrable(' '.join(texte.split())))}</code>"
