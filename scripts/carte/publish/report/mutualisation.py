"""3° of the decree: what is shared and who shares with whom; where networks of one commune could; what is not known."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import Any

from carte.indicators import format_quantite
from carte.publish.atlas import cle_tri
from carte.publish.report import phrases
from carte.publish.report.blocs import Bloc, Chapitre, Intertitre, Texte
from carte.publish.report.operateurs import lieux_de, silence
from carte.publish.report.sujet import Sujet
from carte.publish.report.tableaux import Cellule, Colonne, Rangee, Tableau, cellule_effectif

# Longer tables are folded on the page, and printed after the report.
LIGNES_OUVERTES = 15
_CITES = 6


def chapitre(sujet: Sujet) -> Chapitre:
    """The chapter, whatever is known."""
    return Chapitre("mutualisation", "La mutualisation", tuple(_blocs(sujet)))


def _blocs(sujet: Sujet) -> Iterator[Bloc]:
    groupes, paires = sujet.liste("mutualisation"), sujet.liste("rapprochements")
    yield Intertitre("partages", "Ce qui est déjà partagé")
    if groupes:
        part = sujet.ligne.part("O9_mutualises")
        yield Texte(
            "Lieux fixes que les fiches montrent à la même adresse, voisins, ou de plusieurs réseaux : "
            f"{phrases.part_complete(part, 'lieu')}. C’est un minimum : les réseaux sont ceux que les fiches nomment "
            "(type du lieu, labels en cours, programmes, permanences).",
            "O9",
            "mutualisation",
        )
        yield _inventaire(sujet, groupes)
        yield from _avec_qui(sujet, groupes)
    else:
        yield Texte("Aucune fiche ne fait voir de lieu partagé.", "O9", "mutualisation")
    yield Intertitre("rapprochements", "Rapprochements à étudier")
    if paires:
        yield _rapprochements(sujet, paires)
    else:
        yield Texte("Aucune commune où les fiches nomment deux réseaux en des lieux distincts.", "", "rapprochements")
    yield Texte(_limites(sujet))


def _inventaire(sujet: Sujet, groupes: list[dict[str, Any]]) -> Tableau:
    groupes = sorted(groupes, key=lambda g: (-g["nombre"], cle_tri(str(g["commune"])), g["lieux"]))
    return Tableau(
        "tableau-mutualisation",
        f"Inventaire des mutualisations ({sujet.date_lieux})",
        "Commune",
        (Colonne("Motif"), Colonne("Lieux"), Colonne("Réseaux"), Colonne("Distance", detail="la plus grande")),
        [
            Rangee(
                str(groupe["commune"]),
                (
                    Cellule(str(groupe["motif"])),
                    Cellule(" ; ".join(groupe["noms"])),
                    Cellule(" ; ".join(groupe["reseaux"]) or "aucune fiche n’en nomme"),
                    _distance(groupe["distance_max_m"]) if len(groupe["lieux"]) > 1 else Cellule("un seul lieu"),
                ),
            )
            for groupe in groupes
        ],
        fichier="mutualisation",
        repli=_repli("Voir l’inventaire", len(groupes)),
        notes=("Les lieux placés au centre de leur commune, faute d’adresse précise, ne sont pas rapprochés.",),
        code="O9",
    )


def _avec_qui(sujet: Sujet, groupes: list[dict[str, Any]]) -> Iterator[Bloc]:
    """Networks that one place, or neighbouring places, bring together."""
    voisins = {lieu: rang for rang, g in enumerate(groupes) if len(g["lieux"]) > 1 for lieu in g["lieux"]}
    sites: dict[object, list[dict[str, Any]]] = defaultdict(list)
    for presence in sujet.liste("presences"):
        sites[voisins.get(presence["lieu_id"], presence["lieu_id"])].append(presence)
    ensemble: dict[tuple[str, str], list[str]] = defaultdict(list)
    for presences in sites.values():
        operateurs = {p["reseau"] for p in presences if p["operateur"]}
        for paire in combinations(sorted({p["reseau"] for p in presences}, key=cle_tri), 2):
            if operateurs & set(paire):
                ensemble[paire].append(str(presences[0]["commune"] or "commune inconnue"))
    if not ensemble:
        yield Texte("Aucun lieu ni groupe de lieux voisins ne réunit deux réseaux, dont un opérateur.")
        return
    tries = sorted(ensemble.items(), key=lambda e: (-len(e[1]), cle_tri(e[0][0]), cle_tri(e[0][1])))
    yield Tableau(
        "tableau-partages",
        f"Qui partage avec qui ({sujet.date_lieux})",
        "Réseaux réunis",
        (Colonne("Lieux ou groupes de lieux voisins"), Colonne("Communes")),
        [
            Rangee(f"{a} et {b}", (cellule_effectif(len(communes)), Cellule(_citer(communes))))
            for (a, b), communes in tries
        ],
        fichier="presences",
        repli=_repli("Voir qui partage avec qui", len(tries)),
        notes=(
            "Couples de réseaux dont l’un au moins est un opérateur. Le type du lieu (une caisse, un bureau de poste) "
            "compte comme un réseau.",
        ),
        code="O9",
    )


def _rapprochements(sujet: Sujet, paires: list[dict[str, Any]]) -> Tableau:
    """One row per commune: its networks, and the two places that are nearest to one another."""
    par_commune: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for paire in paires:
        par_commune[str(paire["code_insee"])].append(paire)
    operateurs = {p["reseau"] for p in sujet.liste("presences") if p["operateur"]}
    entre = {
        code: [p for p in siennes if {p["reseau_a"], p["reseau_b"]} <= operateurs]
        for code, siennes in par_commune.items()
    }
    proches = [(min(entre[code] or siennes, key=_ordre), siennes) for code, siennes in par_commune.items()]
    proches.sort(key=lambda e: _ordre(e[0]))
    return Tableau(
        "tableau-rapprochements",
        f"Réseaux d’une même commune qui n’y partagent aucun lieu ({sujet.date_lieux})",
        "Commune",
        (
            Colonne("Réseaux"),
            Colonne("Couples de réseaux"),
            Colonne("Les deux lieux les plus proches", detail="d’opérateurs d’abord"),
            Colonne("Distance", detail="à vol d’oiseau"),
        ),
        [
            Rangee(
                str(proche["commune"]),
                (
                    Cellule(_citer([p[cote] for p in siennes for cote in ("reseau_a", "reseau_b")])),
                    cellule_effectif(len(siennes), _dont(len(entre[str(proche["code_insee"])]))),
                    Cellule(_lieu(proche, "a"), _lieu(proche, "b")),
                    _distance(proche["distance_m"]),
                ),
            )
            for proche, siennes in proches
        ],
        fichier="rapprochements",
        repli=_repli("Voir les rapprochements", len(proches)),
        notes=(
            f"{phrases.compter(len(par_commune), 'commune')} et {phrases.compter(len(paires), 'couple')} de réseaux, "
            "dont l’un au moins est un opérateur. Ni les locaux, ni les accords possibles ne sont connus.",
        ),
        code="O9",
    )


def _dont(nombre: int) -> str:
    return f"dont {nombre} entre opérateurs" if nombre else ""


def _ordre(paire: dict[str, Any]) -> tuple[bool, float, str, str, str]:
    """The nearest first, unknown distances last."""
    metres = paire["distance_m"]
    return metres is None, metres or 0.0, cle_tri(str(paire["commune"])), paire["reseau_a"], paire["reseau_b"]


def _lieu(paire: dict[str, Any], cote: str) -> str:
    return f"{paire[f'nom_{cote}']} ({paire[f'reseau_{cote}']})".replace(" ; ", ", ")


def _citer(noms: list[str]) -> str:
    """Each name once, the first ones."""
    uniques = sorted(set(noms), key=cle_tri)
    reste = len(uniques) - _CITES
    suite = f" et {phrases.compter(reste, 'autre')}" if reste > 0 else ""
    return ", ".join(uniques[:_CITES]) + suite


def _distance(metres: float | None) -> Cellule:
    if metres is None:
        return Cellule(phrases.INCONNU, classe="absent")
    if metres < 1000:
        return Cellule(f"{format_quantite(metres, 0)}{phrases.ESPACE}m", tri=metres, classe="nombre")
    return Cellule(f"{format_quantite(metres / 1000, 1)}{phrases.ESPACE}km", tri=metres, classe="nombre")


def _limites(sujet: Sujet) -> str:
    """What the chapter cannot see, with how much of it."""
    nommants = len(lieux_de(sujet.liste("presences")))
    lieux = int(sujet.ligne.nombre("lieux") or 0)
    muettes = lieux - nommants
    verbe = "ne nomme" if muettes < 2 else "ne nomment"
    # « aucune fiche ne nomme aucun réseau » would read as its contrary.
    reseaux = (
        f"{phrases.compter(muettes, 'fiche')} sur {phrases.effectif(lieux)} {verbe} aucun réseau ; " if muettes else ""
    )
    return (
        f"Ce que ce chapitre ne voit pas : {reseaux}{silence(sujet)}. Un partage que personne n’a écrit n’est dans "
        "aucun de ces tableaux, et un silence n’y vaut jamais « rien n’est partagé »."
    )


def _repli(invitation: str, nombre: int) -> str:
    return f"{invitation} ({phrases.compter(nombre, 'ligne')})" if nombre > LIGNES_OUVERTES else ""
