"""Part 2 of the report, continued: who helps, who trains, labels, networks, sources."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from carte.indicators import Part
from carte.publish.report import completude, phrases
from carte.publish.report.blocs import Bloc, Intertitre, Texte
from carte.publish.report.sujet import Sujet
from carte.publish.report.tableaux import Cellule, Colonne, Rangee, Tableau, cellule_effectif

_CONFORMITE = {
    "CONF_epn_postes": ("EPN", "au moins cinq postes"),
    "CONF_epn_initiation": ("EPN", "au moins deux heures d’initiation gratuite"),
    "CONF_epn_animateur": ("EPN", "un animateur qualifié"),
    "CONF_fs_24h": ("France services", "au moins 24 heures par semaine"),
    "CONF_fs_5jours": ("France services", "ouvert au moins cinq jours par semaine"),
    "CONF_fs": ("France services", "les deux"),
}


def blocs(sujet: Sujet) -> Iterator[Bloc]:
    """The tables of the inventories, each with its heading."""
    yield _types_igas(sujet)
    yield Intertitre("labels", "Labels")
    yield from _labels(sujet)
    yield Intertitre("conformite", "Critères des réseaux")
    yield from _conformite(sujet)
    yield Intertitre("inventaire", "Sources et complétude de l’inventaire")
    yield _sources(sujet)
    yield from completude.blocs(sujet)


def _types_igas(sujet: Sujet) -> Tableau:
    lignes = sujet.liste("structures_par_type")
    lignes.sort(key=lambda ligne: (ligne["type"] == "total", -ligne["structures"], ligne["type"]))
    return Tableau(
        "tableau-igas",
        f"Structures par type : accompagnement et formation ({sujet.date_lieux})",
        "Type",
        (
            Colonne("Structures"),
            Colonne("Accompagnent aux démarches"),
            Colonne("N’accompagnent pas", detail="l’ont dit"),
            Colonne("Ne le disent pas"),
            Colonne("Forment au numérique"),
            Colonne("Ne forment pas", detail="l’ont dit"),
            Colonne("Ne le disent pas"),
        ),
        [
            Rangee(
                sujet.libelle_type(ligne["type"]),
                (
                    cellule_effectif(ligne["structures"]),
                    *_etats(ligne, "accompagnement"),
                    *_etats(ligne, "formation"),
                ),
            )
            for ligne in lignes
        ],
        fichier="structures-par-type",
        code="O1",
        notes=(
            "Présentation du rapport IGAS 2019‑033R. Une structure de plusieurs types compte dans chacun ; le total "
            "la compte une fois.",
            "Accompagner aux démarches et former au numérique sont deux services : l’un ne remplace pas l’autre.",
        ),
    )


def _etats(ligne: dict[str, Any], service: str) -> tuple[Cellule, ...]:
    """Yes, with its whole percentage as IGAS prints it; no; not said."""
    oui, non, tus = (ligne[f"{service}_{etat}"] for etat in ("oui", "non", "non_dit"))
    cellule = cellule_effectif(oui)
    precision = f"{_pourcentage(ligne, service)} : {cellule.texte} sur {phrases.effectif(ligne['structures'])}"
    if oui == non == 0 and tus:
        precision = f"{phrases.INCONNU} : 0 fiche sur {phrases.effectif(tus)} le dit"
    dite = Cellule(cellule.texte, precision, cellule.tri, cellule.classe)
    return dite, cellule_effectif(non), cellule_effectif(tus)


def _pourcentage(ligne: dict[str, Any], service: str) -> str:
    oui, structures = ligne[f"{service}_oui"], ligne["structures"]
    if ligne[f"{service}_pct"] is not None:
        return _entier(ligne[f"{service}_pct"], oui, structures)
    if not structures:
        return phrases.SANS_OBJET
    bas, haut = (ligne[f"{service}_pct_{borne}"] for borne in ("bas", "haut"))
    possibles = oui + ligne[f"{service}_non_dit"]
    return f"de {_entier(bas, oui, structures)} à {_entier(haut, possibles, structures)}"


def _entier(pourcentage: float, oui: float, tous: float) -> str:
    """A whole percentage that never reads 0 nor 100 when its counts do not."""
    if pourcentage == 0 and oui > 0:
        return f"moins de 1{phrases.ESPACE}%"
    if pourcentage == 100 and oui < tous:
        return f"plus de 99{phrases.ESPACE}%"
    return f"{phrases.effectif(pourcentage)}{phrases.ESPACE}%"


def _labels(sujet: Sujet) -> Iterator[Bloc]:
    ligne = sujet.ligne
    yield Tableau(
        "tableau-labels",
        f"Lieux labellisés ({sujet.date_lieux})",
        "Label",
        (
            Colonne("Lieux de la carte", detail="label en cours ou terminé"),
            Colonne("En cours"),
            Colonne("Terminé"),
            Colonne("Lignes de la liste"),
            Colonne("Retrouvées sur la carte"),
            Colonne("Ambiguës"),
            Colonne("Non retrouvées"),
        ),
        [
            Rangee(
                label["label"],
                (
                    cellule_effectif(label["cartographies"]),
                    cellule_effectif(label["actuels"], _fin_inconnue(label["actuels_fin_inconnue"])),
                    cellule_effectif(label["anciens"]),
                    *(_ou_absent(label[nom]) for nom in ("liste", "apparies", "ambigus", "non_apparies")),
                ),
            )
            for label in sujet.liste("labels")
        ],
        fichier="labels",
        code="O6",
        notes=(
            "Un label est un fait daté : un lieu peut l’avoir eu et ne plus l’avoir.",
            f"Au moins un label en cours : {phrases.part_complete(_dite(ligne.part('O6_actuels')), 'lieu')}"
            f"{_selon_les_fiches(_dite(ligne.part('O6_actuels')))}. Tous les labels terminés : "
            f"{phrases.part_complete(_dite(ligne.part('O6_anciens')), 'lieu')}.",
        ),
    )
    raison = sujet.non_evalue("O6_liste")
    if raison:
        yield Texte(f"Comparaison de la carte avec une liste de labels (O6) : non évalué, {raison}.", "O6")
    else:
        yield Texte(
            f"Lignes de la liste retrouvées sur la carte : {phrases.part_complete(ligne.part('O6_liste'), 'ligne')} ; "
            f"lieux de la carte retrouvés dans la liste : {phrases.part_complete(ligne.part('O6_cartes'), 'lieu')}.",
            "O6",
            "labels-liste",
        )


def _fin_inconnue(nombre: float | None) -> str:
    return f"dont {phrases.effectif(nombre)} de fin inconnue" if nombre else ""


def _dite(part: Part) -> Part:
    """The same share, unknown when no record says it and some say nothing: that is no zero."""
    return replace(part, numerateur=None, dit=0.0, possible=part.haut) if not part.numerateur and part.haut else part


def _selon_les_fiches(part: Part) -> str:
    """What a share may be, when records that say nothing could go either way; nothing without records."""
    if part.bornes is None or part.tu:
        return ""
    ecart = phrases.intervalle(part)
    return f" ; {ecart} selon les fiches qui ne disent rien" if ecart else " ; toutes les fiches le disent"


def _ou_absent(nombre: float | None) -> Cellule:
    """A count that needs a document; « non évalué » without it."""
    return Cellule("non évalué", classe="absent") if nombre is None else cellule_effectif(nombre)


def _conformite(sujet: Sujet) -> Iterator[Bloc]:
    presents = [(nom, *mots) for nom, mots in _CONFORMITE.items() if f"{nom}_den" in sujet.ligne.cellules]
    yield Tableau(
        "tableau-conformite",
        f"Ce que les fiches disent des critères de chaque réseau ({sujet.date_lieux})",
        "Critère",
        (Colonne("Lieux du réseau"), Colonne("Oui"), Colonne("Non"), Colonne("Inconnu")),
        [
            Rangee(f"{reseau} : {critere}", _trois(sujet.ligne.part(nom)))
            for nom, reseau, critere in presents
        ],
        fichier="conformite",
        code="CONF",
        notes=(
            "EPN : critères de la circulaire de 2001 ; France services : 24 heures sur cinq jours. Ce sont des faits "
            "lus dans les fiches, pas un contrôle : « inconnu » veut dire que la fiche ne le dit pas.",
        ),
    )  # fmt: skip


def _trois(part: Part) -> tuple[Cellule, ...]:
    """Places of the network, then yes, no, unknown."""
    return tuple(cellule_effectif(n) for n in (part.denominateur, part.bas, part.non, part.incertain))


def _sources(sujet: Sujet) -> Tableau:
    lignes = sujet.liste("sources")
    lignes.sort(key=lambda ligne: (ligne["source"] == "toutes", ligne["source"]))
    return Tableau(
        "tableau-sources",
        f"Sources des fiches ({sujet.date_lieux})",
        "Source",
        (Colonne("Fiches"), Colonne("Plus ancienne mise à jour"), Colonne("Plus récente mise à jour")),
        [
            Rangee(
                "Toutes les sources" if ligne["source"] == "toutes" else str(ligne["source"]),
                (
                    cellule_effectif(ligne["fiches"]),
                    *(Cellule(phrases.jour(ligne[nom])) for nom in ("date_maj_min", "date_maj_max")),
                ),
            )
            for ligne in lignes
        ],
        fichier="sources",
        code="O8",
    )
