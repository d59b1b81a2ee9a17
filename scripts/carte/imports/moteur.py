"""One row and its mapping → a record, or why there is none. Values in, values out."""

from dataclasses import replace
from datetime import date

from carte.ecrits.modele import Partie
from carte.ecrits.silences import ne_dit_rien
from carte.imports import arrets, semaine, situation
from carte.imports.champs import SOUS_CHAMPS, TEXTES, VOCABULAIRES
from carte.imports.communs import (
    RESUME_MAX,
    SANS_COMMUNE,
    conclure,
    contacts,
    finir,
    nommer,
    sans_service,
    url_seule,
)
from carte.imports.correspondance import ChampEcrit, CorrespondanceEcrite
from carte.imports.lignes import premiere
from carte.imports.localiser import Place
from carte.imports.modele import ContexteImport, Conversion, LigneSource, Nature, Recueil
from carte.imports.situation import systeme_connu
from carte.imports.textes import departement, lire_date, normaliser, pivot
from carte.imports.valeurs import coches, decouper, muette, parmi, services, texte_du_champ, traduire
from carte.records.modele import Accessibilite, Equipements, Label

__all__ = ["convertir", "systeme_connu"]

_PARTIES: dict[str, type[Partie]] = {"accessibilite": Accessibilite, "equipements": Equipements}
_CONTACTS = ("telephone", "courriels", "site_web")
_URLS = ("fiche_acces_libre", "prise_rdv")
_AILLEURS = {*_CONTACTS, *_URLS, "nom", "adresse", "code_postal", "source", "pivot", "presentation_detail", "labels"}
SANS_NOM = "Cette ligne n'a pas de nom de lieu."
SANS_DATE = (
    "Rien ne date cette ligne : donnez la date du fichier avec « --date AAAA-MM-JJ », "
    "ou « date » dans la correspondance."
)


def convertir(ecrite: CorrespondanceEcrite, ligne: LigneSource, contexte: ContexteImport) -> Conversion:
    """One row → a record. Never raises on what a row holds."""
    recueil = Recueil(ligne)
    if ligne.masquees:
        for nom in ligne.masquees:
            recueil.remarquer(Nature.NON_REPRIS, nom, "Colonne personnelle : non reprise.", "(non recopié)")
    if ligne.defaut:
        return conclure(recueil, None, ligne.defaut)
    mise = next((e for e in ecrite.ecarter if parmi(recueil.valeur(e.colonne), e.valeurs)), None)
    place = situation.trouver(recueil, ecrite, contexte)
    if mise is not None:
        return replace(conclure(recueil, place.code_insee, mise.raison, place.possibles), de_cote=True)
    if ne_dit_rien(ligne.nom):
        return conclure(recueil, place.code_insee, SANS_NOM, place.possibles)
    if place.code_insee is None:
        return conclure(recueil, None, SANS_COMMUNE, place.possibles)
    maj = _date(recueil, ecrite, contexte)
    if maj is None:
        return conclure(recueil, place.code_insee, SANS_DATE)
    return _remplir(recueil, ecrite, contexte, place, maj)


def _remplir(
    recueil: Recueil, ecrite: CorrespondanceEcrite, contexte: ContexteImport, place: Place, maj: date
) -> Conversion:
    assert place.code_insee is not None
    source = f"{ecrite.nom} ({ecrite.licence})"
    situation.poser(recueil, ecrite, contexte, place)
    nommer(recueil, premiere(recueil.ligne.valeurs, ecrite.champs["nom"].colonne or ecrite.champs["nom"].joindre))
    _contacts(recueil, ecrite, place.code_insee)
    for nom, champ in ecrite.champs.items():
        if nom in VOCABULAIRES:
            _vocabulaire(recueil, nom, champ, contexte)
        elif nom in SOUS_CHAMPS:
            _sous_champ(recueil, nom, champ)
        elif nom in TEXTES and nom not in _AILLEURS:
            _texte(recueil, nom, champ)
    _particuliers(recueil, ecrite)
    coches(recueil, ecrite)
    services(recueil, ecrite, contexte.vocabulaires.get("services"))
    if recueil.absents:
        recueil.ajouter("services_absents", *recueil.absents)
    if ecrite.regrouper is not None and ecrite.regrouper.en == "tournée":
        arrets.poser(recueil, ecrite, contexte, source)
    elif ecrite.horaires is not None:
        semaine.poser(recueil, ecrite.horaires, source)
    for detail in ecrite.details:
        _detail(recueil, detail.colonne, detail.titre, detail.sauf)
    if not recueil.services:
        sans_service(recueil)
    return finir(recueil, place.code_insee, source, maj, dict.fromkeys((*ecrite.ignorer, *(ecrite.identifiant or ()))))


def _date(recueil: Recueil, ecrite: CorrespondanceEcrite, contexte: ContexteImport) -> date | None:
    colonne = premiere(recueil.ligne.valeurs, ecrite.date.colonne or ())
    texte = recueil.valeur(colonne)
    lue = ecrite.date.corriger.get(texte) or (lire_date(texte, ecrite.date.forme) if texte else None)
    if lue is not None and contexte.jour is not None and lue > contexte.jour:
        recueil.remarquer(Nature.A_RELIRE, colonne, "Cette date est dans l'avenir : elle n'est pas reprise.")
        lue = None
    elif lue is None and texte:
        message = f"Cette date ne se lit pas dans la forme déclarée ({ecrite.date.forme}) : elle n'est pas reprise."
        recueil.remarquer(Nature.A_RELIRE, colonne, message)
    elif lue is not None:
        recueil.reprendre(colonne)
    return lue or contexte.date_source


def _contacts(recueil: Recueil, ecrite: CorrespondanceEcrite, code_insee: str) -> None:
    colonnes: dict[str, tuple[str, ...]] = {}
    for nom in _CONTACTS:
        champ = ecrite.champs.get(nom)
        if champ is None:
            colonnes[nom] = ()
            continue
        candidates = (*(champ.colonne or ()), *champ.joindre)
        remplies = [c for c in candidates if recueil.valeur(c) and not muette(recueil.valeur(c), champ.sauf)]
        # An e-mail or a site may stand in each of the columns; there is one telephone.
        colonnes[nom] = tuple(remplies if champ.joindre else remplies[:1])
    contacts(
        recueil,
        departement(code_insee),
        telephones=colonnes["telephone"],
        courriels=colonnes["courriels"],
        sites=colonnes["site_web"],
        mobiles=ecrite.mobiles,
    )


def _vocabulaire(recueil: Recueil, nom: str, champ: ChampEcrit, contexte: ContexteImport) -> None:
    vocabulaire = contexte.vocabulaires.get(VOCABULAIRES[nom])
    valeurs = list(champ.fixe or ())
    # Every column named is a column of terms: « Type », « Type de lieu »…
    for colonne in (*(champ.colonne or ()), *champ.joindre):
        texte = recueil.valeur(colonne)
        if not texte or muette(texte, champ.sauf, champ.valeurs):
            recueil.reprendre(colonne)
            continue
        termes = [t for t in decouper(texte, champ.separateurs) if not muette(t, champ.sauf, champ.valeurs)]
        valeurs += traduire(recueil, colonne, termes, champ.valeurs, vocabulaire, partiel=champ.partiel)
    if nom == "labels":
        source = str(recueil.champs.get("source") or "")
        recueil.champs["labels"] = [Label(nom=v, source=source or None) for v in dict.fromkeys(valeurs)] or None
    elif valeurs:
        recueil.ajouter(nom, *valeurs)


def _sous_champ(recueil: Recueil, nom: str, champ: ChampEcrit) -> None:
    colonne, texte = texte_du_champ(recueil, champ)
    valeur: object = None
    genre = SOUS_CHAMPS[nom]
    if not texte:
        return
    if genre is bool:
        valeur = True if parmi(texte, champ.oui) else False if parmi(texte, champ.non) else None
        # A list of devices (« Imprimante, Scanner ») says yes by naming one.
        if valeur is None and champ.separateurs:
            valeur = True if any(parmi(terme, champ.oui) for terme in decouper(texte, champ.separateurs)) else None
            if valeur is None:
                return
    elif genre is int:
        valeur = int(texte) if texte.isdigit() and len(texte) <= 3 and int(texte) <= 500 else None
    else:
        valeur = texte
    if valeur is None:
        recueil.remarquer(Nature.A_RELIRE, colonne, f"Cette réponse ne se lit pas pour « {nom} » : non reprise.")
        return
    partie, sous = nom.split(".")
    recueil.parties.setdefault(partie, {})[sous] = valeur
    recueil.champs[partie] = _PARTIES[partie].model_validate(recueil.parties[partie])
    recueil.reprendre(colonne)


def _texte(recueil: Recueil, nom: str, champ: ChampEcrit) -> None:
    colonne, texte = texte_du_champ(recueil, champ)
    texte = champ.valeurs.get(texte, (texte,))[0] if champ.valeurs else texte
    if not texte:
        return
    if nom == "presentation_resume" and len(texte) > RESUME_MAX:
        recueil.details.insert(0, texte)
        recueil.reprendre(colonne)
    elif nom == "autres_formations_labels":
        recueil.ajouter(nom, *decouper(texte, champ.separateurs))
    elif len(texte) > 300 and nom not in ("presentation_resume",):
        recueil.details.append(texte)
        recueil.reprendre(colonne)
    else:
        recueil.champs[nom] = texte


def _particuliers(recueil: Recueil, ecrite: CorrespondanceEcrite) -> None:
    """Fields with a shape of their own: pivot, addresses of pages, the source's own source, the long presentation."""
    for nom in _URLS:
        if nom in ecrite.champs:
            url_seule(recueil, nom, *texte_du_champ(recueil, ecrite.champs[nom]))
    if "pivot" in ecrite.champs:
        colonne, texte = texte_du_champ(recueil, ecrite.champs["pivot"])
        trouve, raison = pivot(texte)
        if trouve:
            recueil.champs["pivot"] = trouve
            recueil.reprendre(colonne)
        elif raison:
            recueil.remarquer(Nature.A_RELIRE, colonne, raison)
        else:
            recueil.reprendre(colonne)
    if "source" in ecrite.champs:
        _, texte = texte_du_champ(recueil, ecrite.champs["source"])
        recueil.champs["source"] = texte[:300] or None
    if "presentation_detail" in ecrite.champs:
        colonne, texte = texte_du_champ(recueil, ecrite.champs["presentation_detail"])
        # The same words twice help nobody.
        if texte and normaliser(texte) != normaliser(str(recueil.champs.get("presentation_resume") or "")):
            recueil.details.insert(0, texte[:9_000])
        recueil.reprendre(colonne)


def _detail(recueil: Recueil, colonne: str, titre: str, sauf: tuple[str, ...]) -> None:
    texte = recueil.valeur(colonne)
    if texte and not muette(texte, sauf):
        recueil.details.append(f"{titre} : {texte}" if titre else texte)
    recueil.reprendre(colonne)
