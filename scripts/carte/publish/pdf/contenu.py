"""A report as JSON values for the templates: texts, tables, drawings. Nothing is computed nor worded here."""

import re
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from carte.publish.pdf.dessins import FEUILLE, PAIRE, SEULE, planche
from carte.publish.report.actions import A_COMPLETER, NOTE_OBJECTIF
from carte.publish.report.blocs import Bloc, CarteInteractive, Intertitre, Liste, Planche, Texte
from carte.publish.report.edition import AVIS
from carte.publish.report.permanences import fiches, territoires
from carte.publish.report.tableaux import Cellule, Tableau
from carte.publish.textes import date_longue

if TYPE_CHECKING:
    from carte.publish.report.actions import FicheAction
    from carte.publish.report.avis import FicheEpci
    from carte.publish.report.blocs import Chapitre
    from carte.publish.report.edition import Edition
    from carte.publish.report.feuilles_operateurs import FicheOperateur
    from carte.publish.report.permanences import FichePermanence

# Widths of columns follow their texts; a longer line is folded (letters).
_LARGE = 34
# Room between two columns, in letters.
_MARGES = 2
# Letters of a table that takes the page, of one beside a map.
_PAGE, _MOITIE = 112, 64
# A letter of a heading is bold: a word of it that does not fit would be cut.
_GRAS = 1.25
# A cell with more letters than this may be cut by the end of a page.
_LONGUE = 1200


def contenu(edition: "Edition") -> dict[str, Any]:
    """Everything the template `rapport.typ` prints."""
    sujet, configuration = edition.sujet, edition.sujet.picture.configuration
    annexes = [
        b
        for c in (*edition.chapitres, edition.mutualisation)
        for b in c.blocs
        if isinstance(b, Tableau) and b.repli and not b.feuille
    ]
    return {
        "nom": sujet.nom,
        "code": sujet.code,
        "site": configuration.nom,
        "hub": configuration.hub,
        "url": f"{configuration.url}rapports/{sujet.code}/",
        "demonstration": configuration.demonstration,
        "date": date_longue(configuration.date_publication),
        "dates": [sujet.date_lieux, sujet.date_population, sujet.date_debit],
        "seuil": sujet.seuil,
        "note_objectif": NOTE_OBJECTIF,
        "essentiel": [asdict(chiffre) for chiffre in edition.essentiel],
        "chapitres": [_chapitre(c, edition) for c in edition.chapitres],
        "permanences": [_bloc(b) for b in edition.permanences],
        "actions": [_action(f) for f in edition.actions],
        "mutualisation": _chapitre(edition.mutualisation, edition),
        "titre_avis": AVIS,
        "avis": [_avis(f) for f in edition.avis],
        "presences": [_bloc(b) for b in edition.presences],
        "operateurs": [_operateur(f) for f in edition.operateurs],
        "mention_temps": sujet.mention_temps,
        "evolution": _chapitre(edition.evolution, edition),
        "methode": _chapitre(edition.methode, edition),
        "definitions": [asdict(definition) for definition in sujet.indicateurs.definitions],
        "fichiers": [[fichier.nom, fichier.contenu] for fichier in sujet.fichiers.values()],
        "annexes": [_tableau(t) for t in annexes],
    }


def permanences(edition: "Edition") -> dict[str, Any]:
    """Everything the template `permanences.typ` prints: the sheets of the département, then of the EPCI in deficit.

    An EPCI has the sheets of what it lacks; all the others are on its page of the site.
    """
    sujet, configuration = edition.sujet, edition.sujet.picture.configuration
    manquantes = {f.code: {c.famille or "toutes" for c in f.cibles} for f in edition.actions}
    return {
        "nom": sujet.nom,
        "site": configuration.nom,
        "hub": configuration.hub,
        "url": f"{configuration.url}rapports/{sujet.code}/permanences/",
        "demonstration": configuration.demonstration,
        "date": date_longue(configuration.date_publication),
        "mention_temps": sujet.mention_temps,
        "territoires": [
            {"nom": nom, "fiches": [_permanence(f) for f in trouvees], "vaines": " ; ".join(vaines).lower()}
            for niveau, code, nom in territoires(sujet)
            for familles in [manquantes.get(code)]
            if niveau == "departement" or familles
            for trouvees, vaines in [fiches(sujet, niveau, code, familles)]
        ],
    }


def _permanence(fiche: "FichePermanence") -> dict[str, Any]:
    return asdict(fiche) | {"choix": _tableau(fiche.choix), "options": _tableau(fiche.options)}


def _chapitre(chapitre: "Chapitre", edition: "Edition") -> dict[str, Any]:
    """On paper the long tables wait for the end, where their place says; nothing is interactive."""
    blocs = [_remise(b, edition) for b in chapitre.blocs if not isinstance(b, CarteInteractive)]
    return {"titre": chapitre.titre, "blocs": [_bloc(b) for b in blocs]}


def _remise(bloc: Bloc, edition: "Edition") -> Bloc:
    """A folded table becomes the sentence that sends to its annex, or to the workbook that holds it."""
    if not (isinstance(bloc, Tableau) and bloc.repli):
        return bloc
    titre = bloc.titre
    if not bloc.feuille:
        return Texte(f"{titre} : tableau en annexe, à la fin de ce rapport.")
    return Texte(
        f"{titre} : tableau complet dans le classeur qui accompagne ce rapport (rapport-{edition.code}.xlsx ou .ods, "
        f"feuille « {bloc.feuille} »), et à imprimer depuis la page rapports/{edition.code}/{bloc.page}/ du site."
    )


def _bloc(bloc: Bloc) -> dict[str, Any]:
    if isinstance(bloc, Tableau):
        return {"sorte": "tableau", **_tableau(bloc)}
    if isinstance(bloc, Planche):
        return {
            "sorte": "planche",
            "sources": bloc.sources,
            "cartes": [planche(c, SEULE if len(bloc.cartes) == 1 else PAIRE) for c in bloc.cartes],
        }
    if isinstance(bloc, Liste):
        return {"sorte": "liste", "titre": bloc.invitation, "lignes": list(bloc.lignes)}
    if isinstance(bloc, Intertitre):
        return {"sorte": "intertitre", "titre": bloc.titre}
    assert isinstance(bloc, Texte)
    return {"sorte": "texte", "texte": bloc.texte, "code": bloc.code}


def _tableau(tableau: Tableau, place: int = _PAGE) -> dict[str, Any]:
    return {
        "legende": tableau.titre,
        "entete": tableau.entete,
        "largeurs": _largeurs(tableau, place),
        "droites": [False, *(tableau.de_nombres(rang) for rang in range(len(tableau.colonnes)))],
        "longue": any(len(c.detail) > _LONGUE for r in tableau.rangees for c in r.cellules),
        "colonnes": [{"titre": c.titre, "detail": c.detail, "code": c.code} for c in tableau.colonnes],
        "rangees": [
            {
                "titre": rangee.titre,
                "detail": rangee.detail,
                "code": rangee.code,
                "cellules": [_cellule(c) for c in rangee.cellules],
            }
            for rangee in tableau.rangees
        ],
        "notes": list(tableau.notes),
        "code": tableau.code,
    }


def _cellule(cellule: Cellule) -> dict[str, Any]:
    liens = [list(lien) for lien in cellule.liens]
    return {"texte": cellule.texte, "details": _details(cellule), "classe": cellule.classe, "liens": liens}


def _details(cellule: Cellule) -> str:
    """The precisions of a figure, one a line; those of words one after the other: a list of names would fill a page."""
    return ("\n" if cellule.classe else " ; ").join(cellule.details)


def _largeurs(tableau: Tableau, place: int) -> list[int]:
    """One relative width per column, headings included, in letters: that of its longest word at least, where all of
    them have `place`; what is left follows the longest lines."""
    mots, lignes = [], []
    for titres, textes in _par_colonne(tableau):
        gras = [round(_GRAS * len(mot)) for titre in titres for mot in titre.split(" ")]
        communs = [len(mot) for texte in textes for mot in re.split("[ \n]", texte)]
        longue = max(len(ligne) for texte in textes for ligne in texte.split("\n"))
        mots.append(min(max(*gras, *communs), _LARGE) + _MARGES)
        lignes.append(max(mots[-1], min(longue, _LARGE if longue < 3 * _LARGE else 2 * _LARGE) + _MARGES))
    reste, voulu = place - sum(mots), sum(lignes) - sum(mots)
    if reste <= 0 or voulu <= 0:
        return lignes if reste > 0 else mots
    return [mot + round(reste * (ligne - mot) / voulu) for mot, ligne in zip(mots, lignes, strict=True)]


def _par_colonne(tableau: Tableau) -> Iterator[tuple[list[str], list[str]]]:
    """The headings and the texts of each column."""
    yield [tableau.entete], [texte for r in tableau.rangees for texte in (r.titre, r.detail)] or [""]
    for rang, colonne in enumerate(tableau.colonnes):
        cellules = [r.cellules[rang] for r in tableau.rangees]
        yield (
            [colonne.titre, colonne.detail],
            [texte for c in cellules for texte in (c.entier, _details(c))] or [""],
        )


def _action(fiche: "FicheAction") -> dict[str, Any]:
    return {
        "territoire": fiche.territoire,
        "constats": list(fiche.constats),
        "enjeux": list(fiche.enjeux),
        "mesures": list(fiche.mesures),
        "cibles": [[c.offre, *c.nombres] for c in fiche.cibles],
        "suivi": [list(ligne) for ligne in fiche.suivi],
        "a_completer": list(A_COMPLETER),
    }  # fmt: skip


def _avis(fiche: "FicheEpci") -> dict[str, Any]:
    return {
        "nom": fiche.nom,
        "precision": fiche.precision,
        "constats": list(fiche.constats),
        "details": [list(detail) for detail in fiche.details],
        "tableau": _tableau(fiche.chiffres, _MOITIE),
        "carte": planche(fiche.carte, FEUILLE) if fiche.carte and fiche.carte.dessin else None,
    }


def _operateur(fiche: "FicheOperateur") -> dict[str, Any]:
    return asdict(fiche) | {"territoires": _tableau(fiche.territoires), "presences": _tableau(fiche.presences)}
