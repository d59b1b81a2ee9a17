"""The inventory of Hub-LO, Centre-Val de Loire (18, 28, 36, 37, 41, 45): one JSON list of form answers.

What is refused: a row without any service that its answers name. "Accompagnement personnel : oui" alone does not
say with what, and a category (EPN, FabLab) is not a service given: the hub completes these rows from the listing.
"""

import re

from carte.ecrits.json_strict import JsonIllisible, analyser_json
from carte.imports import hub_lo_regles as regles
from carte.imports.capitales import sans_capitales
from carte.imports.communs import (
    SANS_COMMUNE,
    conclure,
    contacts,
    finir,
    horaires_du_texte,
    nommer,
    poser_lieu,
    sans_service,
)
from carte.imports.hub_lo_services import est_msap, services
from carte.imports.localiser import Indices, localiser
from carte.imports.modele import (
    ContexteImport,
    Conversion,
    ImportImpossible,
    Lecture,
    LigneSource,
    Nature,
    Recueil,
)
from carte.imports.textes import contient, date_lue, departement, nettoyer, normaliser
from carte.records.modele import Accessibilite, Label, Provenance

DEPARTEMENTS = ("18", "28", "36", "37", "41", "45")
NOM, LICENCE = "Hub-LO, inventaire Centre-Val de Loire", "Licence Ouverte"
SOURCE = f"{NOM} ({LICENCE})"


def lire(octets: bytes) -> Lecture:
    """Rows of the export. Raises ImportImpossible when the file is not this inventory."""
    try:
        brut = analyser_json(octets, "inventaire")
    except JsonIllisible as erreur:
        raise ImportImpossible(str(erreur.probleme)) from erreur
    if not isinstance(brut, list) or not all(isinstance(ligne, dict) for ligne in brut):
        raise ImportImpossible("L'inventaire Hub-LO attend une liste d'objets JSON : [{…}, {…}].")
    absentes = sorted({nom for ligne in brut for nom in regles.OBLIGATOIRES if nom not in ligne})
    if absentes:
        raise ImportImpossible(f"Ce n'est pas l'inventaire Hub-LO : il manque « {' », « '.join(absentes)} ».")
    lignes = [
        LigneSource(
            numero,
            f"hub-lo:{ligne['gid']}",
            _texte("c_nom", ligne["c_nom"]),
            {cle: _texte(cle, v) for cle, v in ligne.items()},
        )
        for numero, ligne in enumerate(brut, start=1)
    ]
    doubles = len(lignes) - len({ligne.identifiant for ligne in lignes})
    if doubles:
        raise ImportImpossible(f"Identifiants « gid » répétés dans le fichier : {doubles}.")
    return Lecture(lignes)


def _texte(colonne: str, valeur: object) -> str:
    """JSON numbers lost the leading zeros of codes: a postal code has five digits, a phone ten, a SIREN nine."""
    if valeur is None:
        return ""
    if isinstance(valeur, int) and not isinstance(valeur, bool):
        largeur = {"c_postcode": 5, "c_telephone": 10, "c_siren_site": 9}.get(colonne, 0)
        return str(valeur).zfill(largeur)
    return str(valeur).strip()


def convertir(ligne: LigneSource, contexte: ContexteImport) -> Conversion:
    """One row → a record, or why there is none."""
    recueil = Recueil(ligne)
    v = recueil.valeur
    place = localiser(Indices("", v("c_city"), DEPARTEMENTS, v("c_lat_coor1"), v("c_long_coor1")), contexte.geographie)
    recueil.remarques += place.remarques
    if place.code_insee is None:
        return conclure(recueil, None, SANS_COMMUNE, place.possibles)
    maj = date_lue(re.match(r"(\d{4})/(\d\d)/(\d\d)\b", v("c__edit_datemaj")))
    if maj is None:
        return conclure(recueil, place.code_insee, f"Date de mise à jour illisible : « {v('c__edit_datemaj')} ».")
    poser_lieu(
        recueil,
        place,
        contexte,
        adresse=nettoyer(v("c_adresse")),
        code_postal=v("c_postcode"),
        commune=v("c_city"),
        colonne_commune="c_city",
    )
    nommer(recueil, "c_nom")
    recueil.reprendre("c_lat_coor1", "c_long_coor1", "c__edit_datemaj")
    contacts(
        recueil,
        departement(place.code_insee),
        telephones=("c_telephone",),
        courriels=("c_courriel",),
        sites=("c_site_web",),
    )
    _categories(recueil)
    services(recueil)
    _public(recueil)
    _accessibilite(recueil)
    _structure(recueil)
    _teletravail(recueil)
    jours = [jour.strip('"') for jour in v("c_jours_semaine").strip("{}").split(",") if jour]
    horaires_du_texte(recueil, SOURCE, "c_horaire_ouverture", "c_jours_semaine", jours)
    if not recueil.services:
        sans_service(recueil, _indice(recueil))
    return finir(recueil, place.code_insee, SOURCE, maj, regles.ECARTEES)


def _indice(recueil: Recueil) -> str:
    if recueil.valeur("c_accompagnement_personnel") == "oui":
        return " « Accompagnement personnel : oui » ne dit pas à quoi : à préciser avec le lieu."
    return ""


def _categories(recueil: Recueil) -> None:
    """Typologies and programmes: union of categories, tags and flags; what has no equivalent is listed."""
    colonnes = {
        "c_categories_espace": recueil.valeur("c_categories_espace").strip("{}").replace('"', "").split(","),
        "c_etiquettes": re.split(r"[,/]", recueil.valeur("c_etiquettes")),
        **{nom: [mot] for nom, mot in regles.DRAPEAUX.items() if recueil.valeur(nom) == "True"},
        "c_autres": [recueil.valeur("c_autres").replace("True", "autre")],
    }
    for colonne, mots in colonnes.items():
        for mot in filter(None, map(normaliser, mots)):
            _categorie(recueil, colonne, mot)
    if est_msap(recueil):
        # A fact of its day: the network became France services, the label says who saw it and when. The form has
        # no box for France services, whose places tick this one: their own words tell.
        if not any(contient(texte, (r"france[ -]services?\b",)) for texte in recueil.ligne.valeurs.values()):
            vu_le = "/".join(reversed(recueil.valeur("c__edit_datemaj")[:10].split("/")))
            recueil.champs["labels"] = [Label(nom="Maison de services au public", source=f"{SOURCE}, vu le {vu_le}")]
        recueil.remarquer(
            Nature.A_RELIRE,
            "c_categories_espace",
            "Maison de services au public au jour de l'inventaire ; ce réseau est devenu France services : à vérifier.",
        )


def _categorie(recueil: Recueil, colonne: str, mot: str) -> None:
    if mot not in regles.CATEGORIES:
        recueil.remarquer(Nature.NON_REPRIS, colonne, f"Catégorie inconnue « {mot} ».")
        return
    typologie, dispositif = regles.CATEGORIES[mot], regles.DISPOSITIFS.get(mot)
    if typologie:
        recueil.ajouter("typologie", typologie)
    if dispositif:
        recueil.ajouter("dispositif_programmes_nationaux", dispositif)
    if mot not in regles.CATEGORIES_VAGUES:
        recueil.reprendre(colonne)


def _public(recueil: Recueil) -> None:
    texte = recueil.valeur("c_varchar_public_cible")
    publics = regles.PUBLICS.get(normaliser(texte))
    if publics is not None:
        recueil.reprendre("c_varchar_public_cible")
        if publics:
            recueil.ajouter("publics_specifiquement_adresses", *publics)
    elif texte:
        recueil.details.append(f"Public : {texte}")


def _accessibilite(recueil: Recueil) -> None:
    reponse = recueil.valeur("c_acces_pmr")
    if reponse in {"oui", "non"}:
        recueil.champs["accessibilite"] = Accessibilite(fauteuil=reponse == "oui")
        recueil.reprendre("c_acces_pmr")


def _structure(recueil: Recueil) -> None:
    """The owner's legal name; its SIREN identifies an owner, not a place, so it never becomes the pivot."""
    nom, siren = nettoyer(recueil.valeur("c_raison_sociale")), recueil.valeur("c_siren_site")
    statuts = {recueil.valeur("c_statut_juridique"), recueil.valeur("c_arr_statut_juridique").strip("{}")} - {""}
    if statuts == {"Associatif"}:
        recueil.ajouter("typologie", "ASSO")
        recueil.reprendre("c_statut_juridique", "c_arr_statut_juridique")
    # Insee writes a natural person "NOM*NOM D'USAGE/PRÉNOMS /": personal data, left out of record and listing.
    if re.search(r"[*/]", nom):
        recueil.remarquer(Nature.NON_REPRIS, "c_raison_sociale", "Nom d'une personne : non repris.", "(non recopié)")
    elif nom:
        recueil.champs["structure_parente"] = sans_capitales(nom, str(recueil.champs["commune"]))
        if siren.strip("0"):
            recueil.provenance["structure_parente"] = Provenance(source=SOURCE, texte=f"SIREN {siren}")
            recueil.reprendre("c_siren_site")


def _teletravail(recueil: Recueil) -> None:
    detail = nettoyer(recueil.valeur("c_accompagnement_teletravail"))
    if recueil.valeur("c_espace_teletravail") == "oui":
        suite = f" : {recueil.valeur('c_accompagnement_teletravail')}" if detail else "."
        recueil.details.append(f"Espace de télétravail{suite}")
        recueil.reprendre("c_espace_teletravail")
