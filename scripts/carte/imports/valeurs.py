"""From cells to values: what a column says by its mapping, term by term; what is not understood is a remark."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from carte.ecrits.silences import ne_dit_rien
from carte.imports.correspondance import ChampEcrit, CorrespondanceEcrite, ServiceEcrit
from carte.imports.lignes import premiere
from carte.imports.modele import Nature, Recueil
from carte.imports.textes import normaliser
from carte.nomenclature import Vocabulaire

_TERMES_MAX = 200  # in one cell: beyond, it is no list of values


def cle(texte: str) -> str:
    """What is compared of an answer: its letters and digits, or its signs when it has none (« - », « ? »)."""
    return normaliser(texte) or texte.strip()


def parmi(texte: str, reponses: Collection[str]) -> bool:
    return cle(texte) in {cle(reponse) for reponse in reponses}


def muette(texte: str, sauf: Collection[str] = (), dites: Collection[str] = ()) -> bool:
    """Whether an answer says nothing: by the mapping (`sauf`), or in the words of everybody (« NC », « néant »).

    `dites`: answers to which the mapping gives a sense, whatever they mean elsewhere.
    """
    return parmi(texte, sauf) or (ne_dit_rien(texte) and not parmi(texte, dites))


def texte_du_champ(recueil: Recueil, champ: ChampEcrit) -> tuple[str, str]:
    """(column, text) of a field: the first filled column, the joined ones, or the fixed value without column."""
    valeurs = recueil.ligne.valeurs
    dites = (*champ.oui, *champ.non, *champ.valeurs)
    if champ.joindre:
        parts = [valeurs.get(nom, "") for nom in champ.joindre]
        gardees = [part for part in parts if part and not muette(part, champ.sauf, dites)]
        return premiere(valeurs, champ.joindre), champ.par.join(gardees)
    colonne = premiere(valeurs, champ.colonne or ())
    texte = valeurs.get(colonne, "")
    if texte and muette(texte, champ.sauf, dites):
        recueil.reprendre(colonne)
        texte = ""
    if not texte and champ.fixe:
        return "", champ.fixe[0]
    return colonne, texte


def decouper(texte: str, separateurs: Sequence[str]) -> list[str]:
    """The terms of a cell; what stands between parentheses is never cut, when they are closed."""
    if not separateurs:
        return [texte.strip()] if texte.strip() else []
    motif = "|".join(map(re.escape, sorted(separateurs, key=len, reverse=True)))
    fermees = texte.count("(") == texte.count(")")
    morceaux, niveau, debut = [], 0, 0
    for trouve in re.finditer(rf"[()]|{motif}", texte):
        signe = trouve.group()
        if signe in "()":
            niveau = max(0, niveau + (1 if signe == "(" else -1)) if fermees else 0
        elif not niveau:
            morceaux.append(texte[debut : trouve.start()])
            debut = trouve.end()
    morceaux.append(texte[debut:])
    return [morceau.strip() for morceau in morceaux if morceau.strip()][:_TERMES_MAX]


def traduire(
    recueil: Recueil,
    colonne: str,
    termes: Sequence[str],
    table: Mapping[str, Sequence[str]],
    vocabulaire: Vocabulaire | None,
    *,
    partiel: bool = False,
) -> list[str]:
    """The values that terms mean: by the mapping's table first, then by the vocabulary itself (former values, other
    writings). A term of neither is a remark, with the reason why it has no home. `partiel`: only the table counts,
    another field reads the rest."""
    connus = {cle(terme): valeurs for terme, valeurs in table.items()}
    trouvees: list[str] = []
    entier = True
    for terme in termes:
        if cle(terme) in connus:
            trouvees.extend(connus[cle(terme)])
            continue
        if partiel:
            entier = False
            continue
        valeur = vocabulaire.canonique(terme) if vocabulaire is not None else terme
        if valeur is not None:
            trouvees.append(valeur)
            continue
        entier = False
        assert vocabulaire is not None
        raison = vocabulaire.raison_sans_equivalent(terme)
        suite = raison or f"Ce n'est pas une valeur de « {vocabulaire.titre} » : rien n'en est déduit."
        recueil.remarquer(Nature.A_RELIRE, colonne, suite, terme)
    if entier and termes:
        recueil.reprendre(colonne)
    return list(dict.fromkeys(trouvees))


def services(recueil: Recueil, ecrite: CorrespondanceEcrite, vocabulaire: Vocabulaire | None) -> None:
    """Services that the row surely gives, and those that it surely does not."""
    for ecrit in ecrite.services:
        if ecrit.colonne is None:
            for service in ecrit.rend:
                recueil.rendre(service)
        elif ecrit.oui or ecrit.non or ecrit.rend:
            _reponse(recueil, ecrit, ecrit.silence or ecrite.silence)
        else:
            _liste(recueil, ecrit, vocabulaire)
    # A place that one column says yes for is not one that refuses, whatever another column says.
    recueil.absents = [service for service in recueil.absents if service not in recueil.services]


def coches(recueil: Recueil, ecrite: CorrespondanceEcrite) -> None:
    """Values that ticked boxes give; a box that is not ticked says nothing."""
    for coche in ecrite.coches:
        if parmi(recueil.valeur(coche.colonne), coche.oui):
            for champ, valeur in coche.donne.items():
                recueil.ajouter(champ, valeur)
            recueil.reprendre(coche.colonne)


def _liste(recueil: Recueil, ecrit: ServiceEcrit, vocabulaire: Vocabulaire | None) -> None:
    for colonne in _colonnes(recueil, ecrit):
        dites = (*ecrit.valeurs, *ecrit.annule)
        termes = [t for t in decouper(recueil.valeur(colonne), ecrit.separateurs) if not muette(t, ecrit.sauf, dites)]
        if len(termes) > 1 and any(parmi(terme, ecrit.annule) for terme in termes):
            recueil.remarquer(Nature.CONTRADICTION, colonne, "Ces réponses se contredisent : rien n'en est déduit.")
            continue
        for service in traduire(recueil, colonne, termes, ecrit.valeurs, vocabulaire, partiel=ecrit.partiel):
            recueil.rendre(service)


def _colonnes(recueil: Recueil, ecrit: ServiceEcrit) -> Iterator[str]:
    """Every column of a list of services: « Tag 1 », « Tag 2 »… are all read."""
    return (nom for nom in ecrit.colonne or () if recueil.valeur(nom))


def _reponse(recueil: Recueil, ecrit: ServiceEcrit, silence: str) -> None:
    colonne = premiere(recueil.ligne.valeurs, ecrit.colonne or ())
    texte = recueil.valeur(colonne)
    if not texte and "" not in (*ecrit.oui, *ecrit.non):
        if colonne and silence == "non":
            _chacun(recueil.refuser, ecrit)
        return
    if parmi(texte, ecrit.oui):
        _chacun(recueil.rendre, ecrit)
    elif parmi(texte, ecrit.non):
        _chacun(recueil.refuser, ecrit)
    elif not muette(texte, ecrit.sauf):
        message = "Cette réponse ne dit ni oui ni non par la correspondance : rien n'en est déduit."
        recueil.remarquer(Nature.A_RELIRE, colonne, message)
        return
    recueil.reprendre(colonne)


def _chacun(geste: Callable[[str], None], ecrit: ServiceEcrit) -> None:
    for service in ecrit.rend:
        geste(service)
