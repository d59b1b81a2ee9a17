"""One report as an HTML fragment: the template orders the parts, everything it prints is made before."""

import re
from typing import TYPE_CHECKING

from carte.publish.maps.contours import Contours
from carte.publish.modeles import environnement
from carte.publish.report import acces, annexe, deficits, essentiel, offre, perimetre, phrases
from carte.publish.report.cartes import cartes, choisir
from carte.publish.report.sujet import Sujet

if TYPE_CHECKING:
    from carte.picture import Picture


# A no-break space before the high signs: a line never starts with one.
_SIGNES_HAUTS = re.compile(r" (?=[:;!?»%])|(?<=«) ")


def rapport(picture: "Picture", departement: str, contours: Contours, actifs: str) -> str:
    """The report of a département, escaped, for a page two levels deep; `actifs`: folder of the static files."""
    sujet = Sujet(picture, departement)
    dessins = cartes(sujet, contours)
    return _typographie(
        environnement()
        .get_template("rapport.html.j2")
        .render(
            racine="../../",
            actifs=actifs,
            sujet=sujet,
            essentiel=essentiel.chiffres(sujet),
            perimetre=perimetre.tableaux(sujet),
            offre=offre.tableaux(sujet),
            debit=acces.debit(sujet),
            acces=[acces.couverture_voiture(sujet), acces.sans_voiture(sujet), acces.profil(sujet)],
            temps=acces.temps_et_heures(sujet),
            cumul=deficits.cumul(sujet),
            deficits=[
                deficits.territoires(sujet),
                deficits.acces_par_epci(sujet),
                deficits.manques_par_epci(sujet),
                deficits.par_commune(sujet),
            ],
            cartes={debut: choisir(dessins, debut) for debut in ("temps", "debit", "cumul")},
            interactive=contours.bornes is not None,
            non_resolus=picture.territoire.non_resolus,
            sans_contour=contours.sans_contour,
            non_evalues=annexe.NON_EVALUES,
            fichiers=annexe.FICHIERS,
            definitions=picture.indicateurs.definitions,
            compter=phrases.compter,
        )
    )


def index(picture: "Picture") -> str:
    """The list of the reports, as an HTML fragment one level deep."""
    sujets = [Sujet(picture, code) for code in picture.configuration.departements if _existe(picture, code)]
    rangees = [(sujet, essentiel.chiffres(sujet)[0]) for sujet in sujets]
    return _typographie(environnement().get_template("rapports.html.j2").render(rangees=rangees))


def _typographie(html: str) -> str:
    return _SIGNES_HAUTS.sub("\u00a0", html)


def _existe(picture: "Picture", code: str) -> bool:
    return code in picture.indicateurs.tables["departement"].index
