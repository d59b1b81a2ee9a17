"""The five sentences that can be read aloud, one figure each; under them, their counts and intervals."""

from collections.abc import Iterator
from dataclasses import dataclass

from carte.indicators import Part, format_quantite
from carte.publish.report import grain, phrases
from carte.publish.report.deficits import en_deficit
from carte.publish.report.lignes import Ligne
from carte.publish.report.sujet import Sujet

# Beyond this number of names, a sentence read aloud sends to the table.
_NOMS_LUS = 4


@dataclass(frozen=True, slots=True)
class Chiffre:
    """One figure: a title, its sentence, what makes it precise, the codes of its definitions, its part."""

    titre: str
    phrase: str
    precisions: tuple[str, ...]
    codes: tuple[str, ...]
    partie: str


def chiffres(sujet: Sujet) -> list[Chiffre]:
    """The five figures, in the report's order."""
    return [_offre(sujet), _acces(sujet), _panier(sujet), _debit(sujet), _cumul(sujet)]


def _offre(sujet: Sujet) -> Chiffre:
    ligne = sujet.ligne
    lieux, habitants = ligne.nombre("lieux"), ligne.nombre("population")
    if sujet.sans_fiche:
        rien = f"Aucun lieu n’est recensé pour {phrases.compter(habitants, 'habitant')}."
        return Chiffre("L’offre", rien, (_SANS_FICHE,), ("O1",), "offre")
    densite = ligne.mesure("O1_lieux").valeur
    pour = () if densite is None else (f"Soit {format_quantite(densite, 1)} pour 10 000 habitants.",)
    recense = f"La carte recense {phrases.compter(lieux, 'lieu')}" if lieux else "Aucun lieu n’est recensé"
    familles = " ; ".join(f"{nom} : {phrases.lieux_par_etat(ligne, cle)}" for cle, nom in sujet.familles)
    return Chiffre(
        "L’offre",
        f"{recense} pour {phrases.compter(habitants, 'habitant')}.",
        (*pour, *_en_double(ligne), f"{familles} (un lieu peut compter plusieurs fois).", *_hors_service(ligne)),
        ("O1",),
        "offre",
    )


_SANS_FICHE = (
    "Aucune fiche n’est chargée pour ce département : rien ne dit l’offre qui y existe. L’inventaire est à faire "
    "d’abord."
)


def _d_ailleurs(titre: str, part: Part, quoi: str, codes: tuple[str, ...]) -> Chiffre:
    """What is known of an access where nobody has looked: what the places of other départements give."""
    dit = part.lectures[0] if part.lectures else part.bas if part.numerateur is None else part.numerateur
    ailleurs = "Aucun lieu connu d’un département voisin n’est à cette portée."
    if dit and part.denominateur:
        sur = f"{phrases.compter(dit, 'habitant')} sur {phrases.effectif(part.denominateur)}"
        ailleurs = f"Les lieux d’autres départements en servent {phrases.pourcentage(dit / part.denominateur)} ({sur})."
    return Chiffre(titre, f"On ne sait pas combien d’habitants {quoi}.", (ailleurs,), codes, "acces")


def _en_double(ligne: Ligne) -> Iterator[str]:
    """How many places there are if those that may be described twice are one."""
    lieux, doubles = ligne.nombre("lieux"), ligne.nombre("lieux_en_double")
    if lieux and doubles:
        sont = "est peut-être décrit" if doubles < 2 else "sont peut-être décrits"
        yield (
            f"{_majuscule(phrases.compter(doubles, 'lieu'))} {sont} deux fois : de {phrases.effectif(lieux - doubles)} "
            f"à {phrases.compter(lieux, 'lieu')} en tout."
        )


def _hors_service(ligne: Ligne) -> Iterator[str]:
    """How many places the figures leave out because they are closed; nothing when there are none."""
    fermes, a_ouvrir = ligne.nombre("lieux_fermes"), ligne.nombre("lieux_pas_encore_ouverts")
    dits = [phrases.compter(fermes, "lieu fermé", "lieux fermés")] if fermes else []
    dits += [phrases.compter(a_ouvrir, "lieu pas encore ouvert", "lieux pas encore ouverts")] if a_ouvrir else []
    if dits:
        yield f"Hors de ces chiffres, à la date de publication : {phrases.enumerer(dits)}."


def _acces(sujet: Sujet) -> Chiffre:
    ligne, seuils, titre = sujet.ligne, sujet.seuils, "L’accès, en voiture et sans voiture"
    voiture, quoi = ligne.part(f"A2_voiture_{sujet.seuil}"), f"ont un lieu à {sujet.seuil} minutes au plus en voiture"
    if sujet.sans_fiche:
        return _d_ailleurs(titre, voiture, quoi, ("A2", "A3"))
    velo, pied = (grain.couverture(ligne, f"A3_{nom}") for nom in (f"velo_{seuils.velo[0]}", f"pied_{seuils.pied}"))
    return Chiffre(
        titre,
        _des_habitants(voiture, quoi),
        (
            _comptes(voiture),
            f"À {seuils.velo[0]} minutes au plus à vélo : {velo} ; à {seuils.pied} minutes au plus à pied : {pied}.",
        ),
        ("A2", "A3"),
        "acces",
    )


def _panier(sujet: Sujet) -> Chiffre:
    ligne, seuil, seuils = sujet.ligne, sujet.seuil, sujet.seuils
    formation, panier = ligne.part(f"A2_voiture_{seuil}_formation"), ligne.part(f"A6_voiture_{seuil}")
    titre = "La formation, et toute l’offre à la fois"
    quoi = f"ont une formation au numérique à {seuil} minutes au plus en voiture"
    if sujet.sans_fiche:
        return _d_ailleurs(titre, formation, quoi, ("A2", "A3", "A6"))
    modes = (f"velo_{seuils.velo[0]}", f"pied_{seuils.pied}")
    velo, pied = (grain.couverture(ligne, f"A3_{nom}_formation") for nom in modes)
    return Chiffre(
        titre,
        _des_habitants(formation, quoi),
        (
            *_silences(sujet, formation),
            _comptes(formation),
            f"À {seuils.velo[0]} minutes à vélo : {velo} ; à {seuils.pied} minutes à pied : {pied}.",
            f"Une aide aux démarches, une formation et un équipement à {seuil} minutes au plus en voiture : "
            f"{phrases.part_complete(panier, 'habitant')}. {_majuscule(phrases.sur_incertain_non(panier))}.",
        ),
        ("A2", "A3", "A6"),
        "acces",
    )


def _silences(sujet: Sujet, formation: Part) -> Iterator[str]:
    """Why the figure is between two readings: the records that do not say whether the place trains."""
    tus, lieux = sujet.ligne.nombre("O1_formation_non_dit"), sujet.ligne.nombre("lieux")
    if formation.lectures is not None and tus:
        verbe = "ne dit pas si le lieu forme" if tus < 2 else "ne disent pas si le lieu forme"
        yield (
            f"{_majuscule(phrases.compter(tus, 'fiche'))} sur {phrases.effectif(lieux)} {verbe} : le premier chiffre "
            "ne compte que les lieux qui le disent, le second y ajoute ceux qui ne disent rien."
        )


def _des_habitants(part: Part, quoi: str) -> str:
    """One sentence about people: « 76,9 % des habitants ont… », or that nobody knows."""
    if part.bornes is None:
        return f"On ne sait pas combien d’habitants {quoi}."
    if part.tu and part.lectures and part.denominateur:
        plafond = phrases.pourcentage(part.lectures[1] / part.denominateur)
        return f"On ne sait pas combien d’habitants {quoi} : {plafond} au plus ({phrases.rapport(part)})."
    return f"{_majuscule(phrases.taux(part))} des habitants {quoi} ({phrases.rapport(part)})."


def _comptes(part: Part) -> str:
    """The three groups of a share."""
    return f"{_majuscule(phrases.sur_incertain_non(part))}."


def _debit(sujet: Sujet) -> Chiffre:
    part, debit = sujet.debit, f"{sujet.classe_debit} par un réseau filaire"
    inconnus = sujet.ligne.nombre(f"B1_{sujet.seuils.classe_debit}_inconnus")
    manque = () if not inconnus else (f"Sans chiffre : {phrases.compter(inconnus, 'commune')}.",)
    connue = part.bornes is not None
    return Chiffre(
        "L’internet fixe",
        f"{_majuscule(phrases.taux(part))} des locaux n’ont pas {debit} ({phrases.rapport(part)})."
        if connue
        else f"On ne sait pas combien de locaux ont {debit}.",
        manque,
        ("B1",),
        "besoins",
    )


def _cumul(sujet: Sujet) -> Chiffre:
    part = sujet.ligne.part(f"G1_{sujet.seuil}")
    loin = f"à plus de {sujet.seuil} minutes en voiture d’un lieu et sans bon débit filaire"
    return Chiffre(
        "Les manques qui s’ajoutent",
        f"{_estimation(part)} {loin}.",
        (*_bornes(part), *_intercommunalites(sujet)),
        ("G1", "G3"),
        "deficits",
    )


def _estimation(part: Part) -> str:
    """How many people, at the beginning of a sentence; a figure known between bounds only keeps both."""
    if part.bornes is None:
        return "On ne sait pas combien d’habitants sont"
    if part.numerateur is None and phrases.effectif(part.bas) != phrases.effectif(part.haut):
        return f"De {phrases.effectif(part.bas)} à {phrases.compter(part.haut, 'habitant')} sont"
    nombre = part.bas if part.numerateur is None else part.numerateur
    return f"{_majuscule(phrases.compter(nombre, 'habitant'))} {'sont' if round(nombre or 0) > 1 else 'est'}"


def _bornes(part: Part) -> Iterator[str]:
    if part.bornes is not None:
        bas, haut = phrases.effectif(part.bas), phrases.effectif(part.haut)
        ecart = f" : de {bas} à {haut}" if part.numerateur is not None and bas != haut else ""
        yield f"Estimation{ecart}, sur {phrases.compter(part.denominateur, 'habitant')}."


def _intercommunalites(sujet: Sujet) -> Iterator[str]:
    """Which EPCI lack: any place, then a training place (the family that is most often missing)."""
    if not sujet.ligne.nombre("lieux") and sujet.ligne.texte(f"G3_{sujet.seuil}_statut") == "inconnu":
        yield "Déficits d’accès : non évalués, car aucune fiche n’est chargée. L’inventaire est à faire d’abord."
        return
    for colonne, quoi in ((f"G3_{sujet.seuil}", "à un lieu"), (f"G3_{sujet.seuil}_formation", "à une formation")):
        noms, incertains = en_deficit(sujet, colonne), en_deficit(sujet, colonne, "incertain")
        doute = f" ; on ne peut pas le dire pour {_noms(incertains)}" if incertains else ""
        yield f"Sûrement en déficit d’accès {quoi} : {_noms(noms)}{doute}."


def _noms(noms: list[str]) -> str:
    if not noms:
        return "aucune intercommunalité"
    if len(noms) > _NOMS_LUS:
        return f"{phrases.compter(len(noms), 'intercommunalité')} (liste en partie 5)"
    return phrases.enumerer(noms)


def _majuscule(texte: str) -> str:
    return texte[:1].upper() + texte[1:]
