"""Part 5 of the report, continued: order of priority and its stability, groups of EPCI, gaps, concentration."""

from collections.abc import Iterator

from carte.indicators import Mesure, Parametres
from carte.publish.report import phrases
from carte.publish.report.blocs import Bloc, Intertitre, Texte
from carte.publish.report.lignes import Ligne
from carte.publish.report.sujet import Sujet
from carte.publish.report.tableaux import Cellule, Colonne, Rangee, Tableau, cellule_mesure, cellule_part

_CRITERES = {"distance": "Loin d’un lieu", "debit": "Sans bon débit", "besoin": "Dans le besoin"}
_NOMS_CRITERES = {"distance": "distance", "debit": "débit", "besoin": "besoin"}
_GROUPES = {
    "A2_voiture_{}": ("A2", "En voiture"),
    "A6_voiture_{}": ("A6", "Les trois familles"),
    "A8_{}": ("A8", "Heures accessibles"),
    "G1_{}": ("G1", "Déficit cumulé"),
}
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
            *(Colonne(_CRITERES[nom]) for nom in parametres.criteres),
        ),
        [Rangee(str(ligne["nom"]), tuple(_cellules(sujet, ligne))) for ligne in lignes],
        fichier="priorites",
        notes=(
            f"Poids : {_poids(parametres)}. Les essais changent les poids, les seuils de temps et les détours. Seul un "
            f"territoire en tête dans au moins {part} des essais est dit prioritaire.",
            "Un territoire auquel il manque un critère n’est pas classé ; la raison est donnée.",
        ),
    )


def _poids(parametres: Parametres) -> str:
    """« distance 50,0 %, débit 25,0 %… »: weights are relative, what people read is each one's part of the whole."""
    total = sum(parametres.poids_priorite[nom] for nom in parametres.criteres)
    parts = {nom: parametres.poids_priorite[nom] / total for nom in parametres.criteres}
    return ", ".join(f"{_NOMS_CRITERES[nom]} {phrases.pourcentage(part)}" for nom, part in parts.items())


def _cellules(sujet: Sujet, ligne: dict[str, object]) -> Iterator[Cellule]:
    raison = ligne["raison"]
    yield Cellule(str(ligne["statut"]), str(raison) if raison else "")
    yield cellule_mesure(Mesure(_nombre(ligne["score_val"])), decimales=2)
    yield Cellule(_rangs(_nombre(ligne["rang_min"]), _nombre(ligne["rang_max"])), tri=_nombre(ligne["rang_min"]))
    tete, essais = _nombre(ligne["part_haut"]), _nombre(ligne["essais"])
    if tete is None:
        yield Cellule(phrases.INCONNU, classe="absent")
    else:
        yield Cellule(phrases.pourcentage(tete), f"{phrases.compter(essais, 'essai')}", tete, "nombre")
    for nom in sujet.indicateurs.parametres.criteres:
        part = _nombre(ligne[f"critere_{nom}"])
        texte = phrases.INCONNU if part is None else phrases.pourcentage(part)
        yield Cellule(texte, tri=part, classe="absent" if part is None else "")


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
            Rangee(nom, tuple(_groupe(territoire, base.format(sujet.seuil)) for base in _GROUPES), detail, lien)
            for nom, detail, lien, territoire in sujet.epci()
        ],
        fichier="epci-departement",
        notes=(
            "Favorable, proche, défavorable : par rapport aux autres, quand les intervalles permettent de le dire. "
            "Moins de trois lieux ou moins de 1 000 habitants : non classé.",
        ),
    )


def _groupe(territoire: Ligne, base: str) -> Cellule:
    bas, haut = (territoire.nombre(f"G7_{base}_rang_{fin}") for fin in ("min", "max"))
    rangs = f"rang {_rangs(bas, haut)}" if bas is not None else ""
    return Cellule(territoire.texte(f"G7_{base}_groupe"), rangs, bas)


def _ecarts(sujet: Sujet) -> Tableau:
    """G8: gaps in points; territories of the same density first, when density is known."""
    references = (("densite", "à même densité"), ("departement", "au département"))
    return Tableau(
        "tableau-ecarts",
        f"Écarts, en points, à {sujet.seuil} minutes en voiture ({sujet.date_lieux}, {sujet.date_population})",
        "Intercommunalité",
        tuple(Colonne(titre, code, f"écart {mot}") for code, titre in _ECARTS.values() for _, mot in references),
        [
            Rangee(
                nom,
                tuple(_ecart(t, f"G8_{b.format(sujet.seuil)}_{r}_points") for b in _ECARTS for r, _ in references),
                detail,
                lien,
            )
            for nom, detail, lien, t in sujet.epci()
        ],
        fichier="epci-departement",
        notes=(
            "Une intercommunalité rurale ne se compare pas à une ville : l’écart à même densité se lit d’abord. Il est "
            "inconnu quand la densité des communes n’est pas fournie.",
        ),
    )  # fmt: skip


def _ecart(territoire: Ligne, base: str) -> Cellule:
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
