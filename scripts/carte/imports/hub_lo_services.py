"""Services of a Hub-LO row: only those that its three answers (equipment, training, support) and their details name."""

from carte.imports import equipements
from carte.imports import hub_lo_regles as regles
from carte.imports.modele import Nature, Recueil
from carte.imports.textes import contient, nettoyer


def est_msap(recueil: Recueil) -> bool:
    typologies = recueil.champs.get("typologie", [])
    return isinstance(typologies, list) and "MSAP" in typologies


def services(recueil: Recueil) -> None:
    _materiel(recueil)
    _formation(recueil)
    _accompagnement(recueil)


def _detail(recueil: Recueil, colonne: str, titre: str) -> str:
    """The sentence that goes with an answer, kept word for word in the presentation."""
    texte = nettoyer(recueil.valeur(colonne))
    if texte:
        recueil.details.append(f"{titre} : {recueil.valeur(colonne)}")
    if contient(texte, (r"\bconseillers? numeriques?\b",)):
        recueil.ajouter("dispositif_programmes_nationaux", "Conseillers numériques")
    return texte


def _reponse(recueil: Recueil, colonne: str, detail: str) -> bool:
    """Whether the answer is a yes that its detail does not deny; a detail beside another answer is a contradiction."""
    oui = recueil.valeur(colonne) == "oui"
    if oui and not contient(detail, regles.MOTS_CONTRAIRES):
        recueil.reprendre(colonne)
        return True
    if detail:
        reponse = recueil.valeur(colonne) or "vide"
        recueil.remarquer(
            Nature.CONTRADICTION,
            colonne,
            f"La réponse est « {reponse} », le détail « {detail[:100]} » : rien n'est déduit.",
        )
    return False


def _materiel(recueil: Recueil) -> None:
    detail = nettoyer(recueil.valeur("c_materiel_info_detail"))
    if not _reponse(recueil, "c_materiel_info", detail):
        return
    recueil.rendre(regles.ACCES)
    if detail:
        recueil.champs["equipements"] = equipements.lire(recueil.valeur("c_materiel_info_detail"))
        recueil.reprendre("c_materiel_info_detail")
    if contient(detail, regles.MOTS_AUTONOMIE):
        recueil.ajouter("modalites_accompagnement", "En autonomie")


def _formation(recueil: Recueil) -> None:
    detail = _detail(recueil, "c_formation_detail", "Formation")
    if not _reponse(recueil, "c_formation", detail):
        return
    if contient(detail, regles.MOTS_HORS_PUBLIC):
        recueil.remarquer(
            Nature.A_RELIRE,
            "c_formation_detail",
            "Formation pour un autre public que les personnes éloignées du numérique : aucun service n'est déduit.",
        )
        return
    recueil.rendre(regles.OUTILS)
    if not detail:
        recueil.remarquer(Nature.A_RELIRE, "c_formation", "« Formation : oui » sans détail : à préciser avec le lieu.")
    if contient(detail, regles.MOTS_INSERTION):
        recueil.rendre(regles.INSERTION)
    if contient(detail, regles.MOTS_ATELIERS):
        recueil.ajouter("modalites_accompagnement", "Dans un atelier collectif")


def _accompagnement(recueil: Recueil) -> None:
    detail = _detail(recueil, "c_accompagnement_personnel_detail", "Accompagnement")
    if not _reponse(recueil, "c_accompagnement_personnel", detail):
        return
    recueil.ajouter("modalites_accompagnement", "Accompagnement individuel")
    demarches = contient(detail, regles.MOTS_DEMARCHES)
    insertion = contient(detail, regles.MOTS_INSERTION)
    # A "maison de services au public" helps with procedures by its charter (law NOTRe, art. 100).
    if demarches or est_msap(recueil):
        recueil.rendre(regles.AIDE)
    if insertion:
        recueil.rendre(regles.INSERTION)
    if recueil.services and not (demarches or insertion or est_msap(recueil)):
        recueil.remarquer(
            Nature.A_RELIRE,
            "c_accompagnement_personnel_detail" if detail else "c_accompagnement_personnel",
            "Accompagnement dont l'objet n'est pas dit : aucun service n'en est déduit.",
        )
