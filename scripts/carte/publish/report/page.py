"""One report as an HTML fragment: the template writes the blocks, everything it prints is made before."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from carte.publish.cadre.jinja import environnement
from carte.publish.opendata.parties import decoupage
from carte.publish.report import actions, annexe, phrases, silences
from carte.publish.report import permanences as feuilles
from carte.publish.report.edition import AVIS, Edition
from carte.publish.report.sujet import Sujet
from carte.publish.report.tableaux import Tableau
from carte.publish.svg import partager
from carte.publish.textes import typographie

if TYPE_CHECKING:
    from carte.publish.report.blocs import Bloc


def rapport(edition: Edition, actifs: str) -> str:
    """The report of a département, escaped, for a page two levels deep; `actifs`: folder of the static files."""
    page = (
        environnement()
        .get_template("rapport.html.j2")
        .render(
            racine="../../",
            actifs=actifs,
            edition=edition,
            sujet=edition.sujet,
            fichiers=edition.sujet.fichiers,
            definitions=edition.sujet.indicateurs.definitions,
            codes={d.code for d in edition.sujet.indicateurs.definitions},
            dates=_dates(edition.sujet),
            nature=_nature,
            note_objectif=actions.NOTE_OBJECTIF,
            effectif=phrases.effectif,
            titre_avis=AVIS,
        )
    )
    return partager(typographie(page))


def annexes(edition: Edition) -> Iterator[tuple[str, str, str]]:
    """Path, title and fragment of each table that has a page of its own: the places, the communes."""
    sujet = edition.sujet
    modele = environnement().get_template("rapport_annexe.html.j2")
    for bloc in (b for chapitre in edition.chapitres for b in chapitre.blocs):
        if isinstance(bloc, Tableau) and bloc.page:
            titre = bloc.titre
            contenu = modele.render(
                racine="../../../",
                vers="../",
                sujet=sujet,
                titre=titre,
                table=replace(bloc, repli=""),
                dates=_dates(sujet),
                fichiers=sujet.fichiers,
                codes={d.code for d in sujet.indicateurs.definitions},
            )
            yield f"rapports/{sujet.code}/{bloc.page}/", f"{titre} : {sujet.nom}", typographie(contenu)


def permanences(edition: Edition) -> Iterator[tuple[str, str, str]]:
    """Path, title and fragment of each page of sheets: that of the département, then of its EPCI; none unsimulated."""
    sujet = edition.sujet
    if sujet.picture.simulations is None:
        return
    modele = environnement().get_template("permanences.html.j2")
    tous = feuilles.territoires(sujet)
    for niveau, code, nom in tous:
        fiches, vaines = feuilles.fiches(sujet, niveau, code)
        contenu = modele.render(
            racine="../../../",
            vers="../",
            sujet=sujet,
            nom=nom,
            fiches=[replace(f, choix=_nu(f.choix), options=_nu(f.options)) for f in fiches],
            communs=feuilles.communs(fiches),
            vaines=vaines,
            autres=[(feuilles.chemin(sujet, n, c), titre) for n, c, titre in tous if (n, c) != (niveau, code)],
            fichiers=sujet.fichiers,
            codes=(),  # the headings of two dozen tables: their definitions are given once
        )
        yield feuilles.chemin(sujet, niveau, code), f"Permanences à étudier : {nom}", typographie(contenu)


def _nu(tableau: Tableau) -> Tableau:
    """The same table without the link to its data, that the page gives once."""
    return replace(tableau, fichier="")


def a_completer(editions: Iterable[Edition], actifs: str) -> str:
    """The hubs' worklist, two levels deep: one table per département whose records leave something unsaid."""
    sujets = [edition.sujet for edition in editions]
    tableaux = [(sujet.nom, tableau) for sujet in sujets if (tableau := silences.a_completer(sujet)) is not None]
    return typographie(
        environnement()
        .get_template("a_completer.html.j2")
        .render(
            racine="../../",
            actifs=actifs,
            fichiers=annexe.fichiers(decoupage(sujets[0].picture), None),
            codes=(),
            explication=silences.EXPLICATION,
            tableaux=tableaux,
        )
    )


def index(editions: Iterable[Edition]) -> str:
    """The list of the reports, as an HTML fragment one level deep."""
    return typographie(environnement().get_template("rapports.html.j2").render(editions=list(editions)))


def _dates(sujet: Sujet) -> str:
    """The dates of the data, as the page says them once a part: its tables do not say them again."""
    dates = f"{sujet.date_lieux} ; {sujet.date_population} ; {sujet.date_debit}."
    return dates[:1].upper() + dates[1:]


def _nature(bloc: "Bloc") -> str:
    """Name of the macro that writes a block."""
    return type(bloc).__name__.lower()
