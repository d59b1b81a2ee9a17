"""Part 9 of the report: what changed since a former publication, effect by effect, and the places behind each."""

from collections.abc import Iterator

from carte.evolution.modele import EFFETS, Comparaison, Decomposition, Mouvement
from carte.evolution.phrases import NATURES, Lecture, lire, phrase, points, qualifier
from carte.publish.report import phrases
from carte.publish.report.blocs import Bloc, Texte
from carte.publish.report.sujet import Sujet
from carte.publish.report.tableaux import Cellule, Colonne, Rangee, Tableau
from carte.publish.textes import date_longue

_NOTES = (
    "Les effets sont calculés l’un après l’autre, dans l’ordre des lignes : un autre ordre donnerait d’autres parts. "
    "Ils s’ajoutent exactement ; leur arrondi est réparti pour que les nombres imprimés s’ajoutent aussi.",
    "Un lieu recensé depuis, mais ouvert avant, n’est pas une amélioration de l’offre. Un lieu retiré a fermé, ou a "
    "été enlevé de la liste.",
    "Pour une famille de services, seuls comptent les lieux qui disent la rendre : une fiche qui se met à le dire est "
    "une fiche corrigée, pas une offre nouvelle.",
)


def blocs(sujet: Sujet) -> Iterator[Bloc]:
    """The comparison with the former publication, or the reason of its absence."""
    comparaison = sujet.picture.evolution
    if comparaison is None:
        yield Texte("Évolution (G9) : non évalué, aucune publication précédente n’est donnée.", "G9")
        return
    suivis = list(_suivis(sujet, comparaison))
    for titre, decomposition in suivis[:1]:
        debut, suite = titre[:1].lower() + titre[1:], phrase(decomposition)
        yield Texte(f"Habitants estimés qui ont {debut} : {suite[:1].lower()}{suite[1:]}", "G9", "evolution")
    yield _effets(suivis, comparaison)
    yield _par_epci(sujet, comparaison)
    yield from _lieux(sujet, comparaison)
    absents = [(nom, motif) for niveau, code, nom, motif in comparaison.non_comparables if code == sujet.code]
    if absents:
        motifs = sorted({motif for _, motif in absents})
        yield Texte(f"Non comparables : {phrases.compter(len(absents), 'chiffre')} ({' ; '.join(motifs)}).")


def _effets(suivis: list[tuple[str, Decomposition]], comparaison: Comparaison) -> Tableau:
    """One column per figure, one row per effect: it reads as a sum."""
    figures = [(d, lire(d)) for _, d in suivis]
    rangees = [
        Rangee(f"Au {date_longue(comparaison.avant)}", tuple(_part(d.avant, d.compte_avant) for d, _ in figures)),
        *(
            Rangee(
                f"{rang}. {effet.value[:1].upper()}{effet.value[1:]}",
                tuple(_points(lecture.effets[effet]) for _, lecture in figures),
                NATURES[effet],
            )
            for rang, effet in enumerate(EFFETS, start=1)
        ),
        Rangee(f"Au {date_longue(comparaison.apres)}", tuple(_part(d.apres, d.compte_apres) for d, _ in figures)),
        Rangee("Variation", tuple(_points(lecture.variation) for _, lecture in figures), "somme des effets"),
        Rangee("Lecture", tuple(Cellule(qualifier(d)) for d, _ in figures)),
    ]
    return Tableau(
        "tableau-evolution",
        f"Évolution {_jours(comparaison)} : part des habitants estimés, et effets en points",
        "Habitants qui ont…",
        tuple(Colonne(titre) for titre, _ in suivis),
        rangees,
        fichier="evolution",
        notes=_NOTES,
        code="G9",
    )


def _par_epci(sujet: Sujet, comparaison: Comparaison) -> Tableau:
    """The main figure for each EPCI."""
    lignes = [
        (nom, lien, d)
        for nom, _, lien, part in sujet.epci(entiers=False)
        if (d := comparaison.pour("epci_departement", part.code, f"A2_voiture_{sujet.seuil}"))
    ]
    return Tableau(
        "tableau-evolution-epci",
        f"Habitants estimés à {sujet.seuil} minutes au plus en voiture d’un lieu, par intercommunalité : évolution "
        f"{_jours(comparaison)}",
        "Intercommunalité",
        (
            Colonne("Avant"),
            Colonne("Après"),
            Colonne("Variation"),
            Colonne("Effets, dans l’ordre du calcul"),
            Colonne("Lecture"),
        ),
        [Rangee(nom, tuple(_cellules(d, lire(d))), lien=lien) for nom, lien, d in lignes],
        fichier="evolution",
        notes=("Seule la partie de l’intercommunalité située dans le département est comparée.",),
        code="G9",
    )


def _lieux(sujet: Sujet, comparaison: Comparaison) -> Iterator[Bloc]:
    """The places behind each effect, and how many are of other départements."""
    ici = [m for m in comparaison.mouvements if m.code_departement in (sujet.code, None)]
    presents = {e.identifiant for e in sujet.picture.enregistrements}
    yield Tableau(
        "tableau-evolution-lieux",
        f"Les lieux derrière ces effets, {_jours(comparaison)}",
        "Lieu",
        (Colonne("Effet"), Colonne("Date d’ouverture")),
        [
            Rangee(
                m.nom,
                (Cellule(m.effet.value), Cellule(_ouverture(m))),
                # A place that is no longer there has no page.
                lien=f"lieux/{m.lieu_id}/" if m.lieu_id in presents else "",
            )
            for m in ici
        ],
        fichier="evolution-lieux",
        code="G9",
    )
    ailleurs = len(comparaison.mouvements) - len(ici)
    if ailleurs:
        yield Texte(
            f"Et {phrases.compter(ailleurs, 'lieu')} d’autres départements, qui comptent aussi dans ces effets.", "G9"
        )


def _ouverture(mouvement: Mouvement) -> str:
    return "inconnue" if mouvement.ouverture is None else date_longue(mouvement.ouverture)


def _jours(comparaison: Comparaison) -> str:
    return f"du {date_longue(comparaison.avant)} au {date_longue(comparaison.apres)}"


def _suivis(sujet: Sujet, comparaison: Comparaison) -> Iterator[tuple[str, Decomposition]]:
    seuil, seuils = sujet.seuil, sujet.seuils
    chiffres = (
        (f"un lieu à {seuil} minutes au plus en voiture", f"A2_voiture_{seuil}"),
        *((f"{nom.lower()} : {seuil} minutes en voiture", f"A2_voiture_{seuil}_{cle}") for cle, nom in sujet.familles),
        (f"un lieu à {seuils.velo[0]} minutes au plus à vélo", f"A3_velo_{seuils.velo[0]}"),
        (f"un lieu à {seuils.pied} minutes au plus à pied", f"A3_pied_{seuils.pied}"),
        (f"les trois familles à {seuil} minutes en voiture", f"A6_voiture_{seuil}"),
    )
    for titre, colonne in chiffres:
        decomposition = comparaison.pour("departement", sujet.code, colonne)
        if decomposition is not None and sujet.ligne.evaluee(colonne):
            yield titre[:1].upper() + titre[1:], decomposition


def _part(pourcentage: float, compte: tuple[float, float]) -> Cellule:
    numerateur, denominateur = map(phrases.effectif, compte)
    return Cellule(phrases.pourcentage(pourcentage / 100), f"{numerateur} sur {denominateur}", pourcentage, "nombre")


def _points(dixiemes: int) -> Cellule:
    return Cellule(points(dixiemes), tri=dixiemes / 10, classe="nombre")


def _cellules(decomposition: Decomposition, lecture: Lecture) -> Iterator[Cellule]:
    yield _part(decomposition.avant, decomposition.compte_avant)
    yield _part(decomposition.apres, decomposition.compte_apres)
    yield _points(lecture.variation)
    visibles = [f"{effet.value} : {points(lecture.effets[effet])}" for effet in EFFETS if lecture.effets[effet]]
    yield Cellule(" ; ".join(visibles) or "aucun")
    yield Cellule(qualifier(decomposition))
