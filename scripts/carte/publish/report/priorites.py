"""Part 5 of the report, continued: order of priority and its stability, groups of EPCI, gaps, concentration."""

from collections.abc import Iterator

from carte.choix import CRITERES
from carte.indicators import Mesure
from carte.publish.report import phrases
from carte.publish.report.blocs import Bloc, Intertitre, Texte
from carte.publish.report.lignes import Ligne
from carte.publish.report.sujet import Sujet
from carte.publish.report.tableaux import Cellule, Colonne, Rangee, Tableau, cellule_mesure, cellule_part

_GROUPES = {
    "A2_voiture_{}": ("A2", "En voiture"),
    "A6_voiture_{}": ("A6", "Les trois familles"),
    "A8_{}": ("A8", "Heures accessibles"),
    "G1_{}": ("G1", "Déficit cumulé"),
}
_SANS_ECART = "Écart ({}) : non évalué, le chiffre n’est connu qu’entre deux bornes, ou pas du tout."
# Under this difference, two shares are one.
_ECART_NUL = 1e-9
SANS_DENSITE = "Écart à même densité : non évalué, la grille de densité des communes n’est pas fournie."
_ECARTS = {
    "A2_voiture_{}": ("A2", "En voiture"),
    "A6_voiture_{}": ("A6", "Les trois familles"),
    "G1_{}": ("G1", "Déficit cumulé"),
}


def blocs(sujet: Sujet) -> Iterator[Bloc]:
    """Priority, groups, gaps to the département and to territories alike, concentration."""
    yield Intertitre("priorites", "Ordre de priorité et stabilité")
    yield from _priorites(sujet)
    yield Intertitre("groupes", "Comparer les intercommunalités")
    yield _groupes(sujet)
    yield _ecarts(sujet)
    yield _concentration(sujet)


def _priorites(sujet: Sujet) -> Iterator[Bloc]:
    parametres = sujet.indicateurs.parametres
    lignes = sujet.liste("priorites", niveaux=("epci_departement",))
    lignes.sort(key=lambda ligne: (ligne["rang_min"] is None, ligne["rang_min"] or 0, str(ligne["nom"])))
    if all(ligne["score_val"] is None for ligne in lignes):
        yield _sans_rang(lignes)
        return
    stables = [str(ligne["nom"]) for ligne in lignes if ligne["statut"] == "prioritaire"]
    part = phrases.pourcentage(parametres.priorite_stabilite)
    if stables:
        yield Texte(f"Prioritaires, en tête dans au moins {part} des essais : {phrases.enumerer(stables)}.")
    yield Tableau(
        "tableau-priorites",
        f"Ordre de priorité des intercommunalités ({sujet.date_lieux}, {sujet.date_population}, {sujet.date_debit})",
        "Intercommunalité",
        (
            Colonne("Statut", "G5"),
            Colonne("Score", "G4", "de 0 à 1"),
            Colonne("Rangs possibles", "G5", "sur tous les essais"),
            Colonne("En tête", "G5", "part des essais"),
            *(Colonne(CRITERES[nom].titre, detail=CRITERES[nom].base) for nom in parametres.criteres),
        ),
        [Rangee(str(ligne["nom"]), tuple(_cellules(sujet, ligne))) for ligne in lignes],
        fichier="priorites",
        notes=(
            f"Poids : {phrases.poids(parametres)}. Les essais changent les poids, les seuils de temps et les détours. "
            f"Seul un territoire en tête dans au moins {part} des essais est dit prioritaire.",
            "Un territoire auquel il manque un critère n’est pas classé ; la raison est donnée.",
        ),
    )


def _sans_rang(lignes: list[dict[str, object]]) -> Texte:
    """Why nothing is ranked: a table of unknown ranks would tell no more."""
    raisons = sorted({str(ligne["raison"]) for ligne in lignes if ligne["raison"]})
    motif = f", {' ; '.join(raisons)}" if raisons else ""
    return Texte(
        f"Score de priorité (G4) et stabilité du classement (G5) : non évalué{motif}. Les critères connus sont "
        "dans les tableaux des intercommunalités, plus haut.",
        "G4",
        "priorites",
    )


def _cellules(sujet: Sujet, ligne: dict[str, object]) -> Iterator[Cellule]:
    raison = ligne["raison"]
    yield Cellule(str(ligne["statut"]), str(raison) if raison else "")
    yield cellule_mesure(Mesure(_nombre(ligne["score_val"])), decimales=2)
    yield Cellule(_rangs(_nombre(ligne["rang_min"]), _nombre(ligne["rang_max"])), tri=_nombre(ligne["rang_min"]))
    tete, essais = _nombre(ligne["part_haut"]), _nombre(ligne["essais"])
    if tete is None:
        yield Cellule(phrases.INCONNU, classe="absent")
    else:
        reussis = phrases.effectif(round(tete * (essais or 0)))
        yield Cellule(phrases.pourcentage(tete), f"{reussis} sur {phrases.compter(essais, 'essai')}", tete, "nombre")
    for nom in sujet.indicateurs.parametres.criteres:
        yield _critere(sujet, nom, str(ligne["code"]), _nombre(ligne[f"critere_{nom}"]))


def _critere(sujet: Sujet, nom: str, code: str, valeur: float | None) -> Cellule:
    """A share that the score uses, with its counts when they are those of the report."""
    if valeur is None:
        return Cellule(phrases.INCONNU, classe="absent")
    colonnes = {"distance": f"G1_{sujet.seuil}_loin", "debit": f"B1_{sujet.seuils.classe_debit}", "besoin": "N1"}
    territoire = next((part for part in sujet.parts_epci if part.code == code), None)
    comptes = territoire.part(colonnes[nom]) if territoire else None
    memes = comptes is not None and comptes.taux is not None and abs(comptes.taux - valeur) < _ECART_NUL
    detail = phrases.rapport(comptes) if comptes is not None and memes else "effectifs : voir la source"
    return Cellule(phrases.pourcentage(valeur), detail, valeur, "nombre")


def _rangs(bas: float | None, haut: float | None) -> str:
    """« de 1 à 3 », « 2 », or « non classé »."""
    if bas is None or haut is None:
        return "non classé"
    return phrases.effectif(bas) if bas == haut else f"de {phrases.effectif(bas)} à {phrases.effectif(haut)}"


def _groupes(sujet: Sujet) -> Tableau:
    """G7: three groups instead of ranks, because intervals overlap."""
    return Tableau(
        "tableau-groupes",
        f"Trois groupes d’intercommunalités, à {sujet.seuil} minutes en voiture ({sujet.date_lieux}, "
        f"{sujet.date_population})",
        "Intercommunalité",
        tuple(Colonne(titre, code, "groupe et rangs possibles") for code, titre in _GROUPES.values()),
        [
            Rangee(nom, tuple(cellule_groupe(territoire, base.format(sujet.seuil)) for base in _GROUPES), detail, lien)
            for nom, detail, lien, territoire in sujet.epci()
        ],
        fichier="epci-departement",
        notes=(
            "Favorable, proche, défavorable : par rapport aux autres, quand les intervalles permettent de le dire. "
            "Moins de trois lieux ou moins de 1 000 habitants : non classé.",
        ),
        code="G7",
    )


def cellule_groupe(territoire: Ligne, base: str) -> Cellule:
    """The group of a territory, and the ranks that the intervals allow."""
    bas, haut = (territoire.nombre(f"G7_{base}_rang_{fin}") for fin in ("min", "max"))
    rangs = f"rang {_rangs(bas, haut)}" if bas is not None else ""
    return Cellule(territoire.texte(f"G7_{base}_groupe"), rangs, bas)


def _ecarts(sujet: Sujet) -> Tableau:
    """G8: gaps in points; territories of the same density first, when density is known."""
    refs = _references(sujet)
    bases = {base: mots for base, mots in _ECARTS.items() if _ecart_connu(sujet, base, refs)}
    absents = [titre.lower() for base, (_, titre) in _ECARTS.items() if base not in bases]
    return Tableau(
        "tableau-ecarts",
        f"Écarts, en points, à {sujet.seuil} minutes en voiture ({sujet.date_lieux}, {sujet.date_population})",
        "Intercommunalité",
        tuple(Colonne(titre, code, f"écart {mot}") for code, titre in bases.values() for _, mot in refs),
        [
            Rangee(
                nom,
                tuple(cellule_ecart(t, f"G8_{b.format(sujet.seuil)}_{r}_points") for b in bases for r, _ in refs),
                detail,
                lien,
            )
            for nom, detail, lien, t in sujet.epci()
        ],
        fichier="epci-departement",
        notes=(
            "Une intercommunalité rurale ne se compare pas à une ville : l’écart à même densité se lit d’abord.",
            *(() if densite_connue(sujet) else (SANS_DENSITE,)),
            *map(_SANS_ECART.format, absents),
        ),
        code="G8",
    )  # fmt: skip


def _ecart_connu(sujet: Sujet, base: str, refs: tuple[tuple[str, str], ...]) -> bool:
    """Whether some territory has this gap: a column of unknowns tells no more than a note."""
    noms = [f"G8_{base.format(sujet.seuil)}_{ref}_points" for ref, _ in refs]
    return any(t.mesure(nom).valeur is not None for *_, t in sujet.epci() for nom in noms)


def densite_connue(sujet: Sujet) -> bool:
    """Whether gaps between territories of the same density (G8) can be told."""
    return len(_references(sujet)) > 1


def _references(sujet: Sujet) -> tuple[tuple[str, str], ...]:
    """What territories are compared to, the fairest first; territories of the same density when density is known."""
    connues = any(
        territoire.mesure(f"G8_{base.format(sujet.seuil)}_densite_points").valeur is not None
        for base in _ECARTS
        for *_, territoire in sujet.epci()
    )
    densite = (("densite", "à même densité"),) if connues else ()
    return (*densite, ("departement", "au département"))


def cellule_ecart(territoire: Ligne, base: str) -> Cellule:
    """A gap in points, with its interval."""
    mesure = territoire.mesure(base)
    if mesure.valeur is None:
        return Cellule(phrases.INCONNU, classe="absent")
    return Cellule(phrases.marge(mesure), phrases.bornes_signees(mesure), mesure.valeur, "nombre")


def _concentration(sujet: Sujet) -> Tableau:
    """G10."""
    ligne = sujet.ligne
    parts = [
        Rangee(
            f"Habitants loin (plus de {s} minutes) et mal reliés, qui vivent dans le dixième des communes les plus "
            "touchées",
            (cellule_part(ligne.part(f"G10_concentration_{s}"), "habitant"),),
            code="G10",
        )
        for s in sujet.seuils.voiture
    ]
    ecart = Rangee(
        "Écart de temps entre le dixième le plus éloigné et le dixième le plus proche",
        (cellule_mesure(ligne.mesure("G10_ecart"), "minutes"),),
        code="G10",
    )
    return Tableau(
        "tableau-concentration",
        f"Inégalités dans le département ({sujet.date_lieux}, {sujet.date_population})",
        "Indicateur",
        (Colonne("Valeur"),),
        [ecart, *parts],
        fichier="departement",
    )


def _nombre(valeur: object) -> float | None:
    return float(valeur) if isinstance(valeur, int | float) else None
