"""What the records do not say, and which of them, by saying it, would settle the report's verdicts."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from carte.choix import FAMILLES
from carte.publish.report import phrases
from carte.publish.report.blocs import Bloc, Intertitre, Texte
from carte.publish.report.sujet import Sujet
from carte.publish.report.tableaux import Cellule, Colonne, Rangee, Tableau, cellule_effectif

if TYPE_CHECKING:
    from carte.publish.report.lignes import Ligne

FICHES_DU_RAPPORT, FICHES_DE_LA_PAGE, FICHES_PAR_TERRITOIRE = 15, 200, 3
_LIGNES_OUVERTES = 12  # beyond, the site gives the table a page: there are up to three rows of four lines for each EPCI
EXPLICATION = (
    "Une fiche qui ne dit pas si le lieu rend un service ne dit pas « non ». Chaque réponse ci-dessous ferait passer "
    "des habitants de l’incertain au sûr ; les plus utiles d’abord."
)


def blocs(sujet: Sujet) -> Iterator[Bloc]:
    """Territories that silences leave undecided, then the records to complete; a sentence when there are none."""
    yield Intertitre("a-completer", "Compléter d’abord ces fiches")
    if not sujet.liste("a_completer"):
        if sujet.ligne.nombre("lieux"):
            yield Texte(
                "Aucune fiche ne laisse d’habitant dans l’incertitude : les fiches disent ce que font les lieux."
            )
        else:
            yield Texte("Rien à compléter tant qu’aucune fiche n’est chargée : l’inventaire est à faire.")
        return
    indecis = list(_indecis(sujet))
    if indecis:
        yield _territoires(sujet, indecis)
    yield _fiches(sujet, sujet.liste("a_completer"), FICHES_DU_RAPPORT, f"a-completer-{sujet.code}")


def a_completer(sujet: Sujet) -> Tableau | None:
    """The worklist of one département; None when its records say enough."""
    lignes = sujet.liste("a_completer")
    return _fiches(sujet, lignes, FICHES_DE_LA_PAGE, f"a-completer-{sujet.code}") if lignes else None


def _indecis(sujet: Sujet) -> Iterator[tuple[str, str, "Ligne"]]:
    """Name, family and figures of each part of an EPCI whose deficit depends on what records do not say."""
    for nom, _, _, territoire in sujet.epci(entiers=False):
        for famille in FAMILLES:
            statut = territoire.texte(f"G3_{sujet.seuil}_{famille}_statut")
            if statut == "incertain" and territoire.part(f"A2_voiture_{sujet.seuil}_{famille}").lectures:
                yield nom, famille, territoire


def _territoires(sujet: Sujet, indecis: list[tuple[str, str, "Ligne"]]) -> Tableau:
    libelles = dict(sujet.familles)
    muettes = sujet.liste("a_completer", ("epci_departement",))
    return Tableau(
        "tableau-indecis",
        f"Intercommunalités où l’on ne peut pas dire s’il y a un déficit ({sujet.date_lieux})",
        "Intercommunalité",
        (
            Colonne("Famille"),
            Colonne("Habitants à portée", "A2", f"{sujet.seuil} minutes en voiture"),
            Colonne("Fiches à compléter", detail="habitants que chacune ferait passer à « à portée »"),
        ),
        [
            Rangee(nom, (Cellule(libelles[famille]), _lectures(sujet, t, famille), _reponses(muettes, t, famille)))
            for nom, famille, t in indecis
        ],
        fichier="a-completer",
        notes=("Tant que ces fiches ne le disent pas, ni déficit annoncé, ni fiche d’action.",),
        page="indecis" if len(indecis) > _LIGNES_OUVERTES else "",
    )


def _lectures(sujet: Sujet, territoire: "Ligne", famille: str) -> Cellule:
    part = territoire.part(f"A2_voiture_{sujet.seuil}_{famille}")
    return Cellule(phrases.taux(part), phrases.rapport(part), classe="nombre")


def _reponses(muettes: list[dict[str, Any]], territoire: "Ligne", famille: str) -> Cellule:
    siennes = [f for f in muettes if f["code"] == territoire.code and f["famille"] == famille]
    dites = [
        f"{f['nom']} ({f['commune'] or 'commune inconnue'}) : {phrases.effectif(f['habitants_si_oui'])}"
        for f in siennes[:FICHES_PAR_TERRITOIRE]
    ]
    reste = len(siennes) - FICHES_PAR_TERRITOIRE
    autres = [f"et {phrases.compter(reste, 'autre fiche', 'autres fiches')}"] if reste > 0 else []
    return Cellule(phrases.compter(len(siennes), "fiche"), " ; ".join([*dites, *autres]))


def _fiches(sujet: Sujet, lignes: list[dict[str, Any]], nombre: int, identifiant: str) -> Tableau:
    familles = dict(sujet.familles)
    reste = len(lignes) - nombre
    suite = (f"Et {phrases.compter(reste, 'autre réponse', 'autres réponses')} dans le fichier.",) if reste > 0 else ()
    return Tableau(
        identifiant,
        f"Fiches à compléter : ce que la réponse changerait ({sujet.date_lieux}, {sujet.date_population})",
        "Lieu",
        (
            Colonne("Question"),
            Colonne("Si « oui »", "A2", detail="habitants de plus sûrement à portée"),
            Colonne("Si « non »", detail="habitants sûrement hors de portée"),
        ),
        [
            Rangee(
                f["nom"],
                (
                    Cellule(familles[f["famille"]], classe="texte"),
                    cellule_effectif(f["habitants_si_oui"]),
                    cellule_effectif(f["habitants_si_non"]),
                ),
                f["commune"] or "",
                f"lieux/{f['lieu_id']}/",
            )
            for f in lignes[:nombre]
        ],
        fichier="a-completer",
        triable=True,
        notes=(
            EXPLICATION,
            f"À {sujet.seuil} minutes en voiture, par le temps estimé. Plusieurs fiches peuvent servir les mêmes "
            "habitants : les lignes ne s’additionnent pas.",
            *suite,
        ),
    )
