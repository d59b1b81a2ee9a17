"""What in a text is somebody rather than a place: a named mailbox, a mobile, a name. Doubt is said, never hidden.

The first names are the most given in France over a century (Insee, fichier des prénoms), accents folded; those that
are as often a word or a place (Claire, Florent, Valentin…) stay: a surname must follow them.
"""

import re
from typing import NamedTuple

from carte.lettres import plier
from carte.records.rules.telephone import compact, international

PRENOMS = frozenset(
    """
    adele adrien agathe agnes aissa alain alan albert alex alexandra alexandre alexia alexis alice aline alison
    amandine amelie amina anais andre andrea angelique anne annick annie anthony antoine arlette arnaud arthur
    audrey aurelie aurelien axel axelle baptiste barbara bastien beatrice benedicte benjamin benoit bernadette
    bernard bertrand brigitte bruno camille carine carole caroline catherine cecile cedric celia celine chantal
    charlene charles charlotte chloe christelle christian christiane christine christophe claire clara claude
    claudine clement clemence colette coralie corentin corinne cyril damien daniel daniele danielle david
    deborah delphine denis denise didier dominique dylan edith elena eliane elisabeth elise elodie emilie
    emilien emma emmanuel emmanuelle enzo eric estelle etienne eva evelyne fabien fabienne fabrice fanny farid
    fatima fatiha felix florence florent florian francine francis francois francoise franck frederic frederique
    gabriel gaelle gaetan genevieve geoffrey georges gerald gerard germaine ghislaine gilbert gilles ginette
    giselle gregory guillaume guy helene henri herve hugo ines irene isabelle jacqueline jacques jean jeanne
    jeannine jennifer jeremy jerome jessica joel joelle jonathan jordan joseph josette josiane julia julie
    julien juliette justine karim karine katia kevin khadija laetitia laura laure laurence laurent laurie lea
    leila leo liliane lionel lisa loic louis louise luc lucas lucie lucien lucienne ludivine ludovic lydia lydie
    madeleine magali manon marc marcel marcelle margaux marguerite maria marie marina marine marion marjorie
    martin martine maryse maryline mathieu mathilde matthieu maud maurice maxime melanie melissa michel michele
    micheline mickael mireille mohamed monique morgane murielle myriam nadege nadia nadine nathalie nathan
    nicolas nicole noemie noel odette odile olivia olivier ophelie oceane pascal pascale patrice patricia
    patrick paul paule pauline philippe pierre pierrick quentin rachel rachid raymond raymonde regine regis remi
    remy rene renee richard robert roger roland romain rose roxane sabine said sabrina samia samira samuel
    sandra sandrine sarah sebastien serge severine simon simone solange solene sonia sophie stephane stephanie
    sylvain sylvie tanguy theo theophile therese thierry thomas tiffany tristan valentin valerie vanessa
    veronique victor vincent virginie viviane wilfried william xavier yann yannick yasmine yohan yolande yves
    yvette yvonne zoe
    """.split()
)
GRAND_PUBLIC = frozenset(
    """
    aol.com bbox.fr free.fr gmail.com gmx.fr hotmail.com hotmail.fr icloud.com laposte.net live.fr me.com
    msn.com neuf.fr numericable.fr orange.fr outlook.com outlook.fr proton.me protonmail.com sfr.fr wanadoo.fr
    yahoo.com yahoo.fr
    """.split()
)
"""Providers where anybody opens a mailbox."""
MOBILES = ("+336", "+337", "+26269", "+59069", "+59669", "+59469", "+26263")
_COURRIEL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_NUMERO = re.compile(r"(?:\+|\b00)?\d(?:[\s.()\u00a0\u202f-]{0,3}\d){8,13}")
# A mobile of France inside a longer run of figures, where one cannot tell where a number begins.
_PEUT_ETRE_MOBILE = re.compile(r"(?:\+33|\b0033|\b0)[ .\-/]?[67](?:[ .\-/]?\d{2}){4}(?!\d)")
_NOM = r"[A-ZÀ-Ý][\w’'-]+"
_CIVILITE = re.compile(rf"\b(?:M\.|Mr\.?|Mme\.?|Mlle|[Mm]adame|[Mm]onsieur)\s+(?:{_NOM}\s+)?{_NOM}")
_DEUX_MOTS = re.compile(rf"(?<![\w’'-])(?=({_NOM})\s+({_NOM}))")
# What is called after somebody, and the titles that a civility announces.
LIEUX = frozenset(
    """
    allee antenne association avenue bibliotheque boulevard cafe campus carrefour centre chemin cite college
    complexe cour ecole ehpad espace esplanade fondation foyer gymnase hall halle hopital immeuble impasse
    institut lycee maison mediatheque musee parc passage place pole pont quai quartier residence rond-point
    rue saint sainte salle services square stade theatre arret bus gare sociale social tiers-lieu tour universite villa
    """.split()
)
_MOTS_AVANT = 3  # « centre social Jean Rostand », « espace de vie sociale Simone Veil »
# What a mailbox is named after when it is that of a service.
SERVICES = frozenset(
    """
    accueil administration aide asso bib biblio bm bureau cas ccas cias commune conseil contact cs csc cyber direction
    emploi epn france info infos insertion mairie mission mjc multimedia numerique point public secretariat service
    services social tiers ville
    """.split()
)
_DEBUTS_DE_SERVICES = tuple(sorted(mot for mot in LIEUX | SERVICES if len(mot) > 4))
TITRES = frozenset({"le", "la", "maire", "president", "presidente", "directeur", "directrice", "prefet", "monsieur"})


class Trace(NamedTuple):
    """A part of a text that is somebody's, and what it is: `courriel`, `fournisseur`, `mobile` or `nom`."""

    genre: str
    texte: str


def courriel_personnel(adresse: str) -> str | None:
    """`courriel` for a mailbox that bears a person's name, `fournisseur` for another one at a provider open to all."""
    boite, _, domaine = plier(adresse).rpartition("@")
    mots = [mot for mot in re.split(r"[._\-+\d]+", boite) if mot]
    nommee = len(mots) in (2, 3) and not (LIEUX | SERVICES) & set(mots)
    initiale_et_nom = nommee and len(mots) == 2 and len(mots[0]) == 1 and len(mots[1]) > 2
    prenom_et_nom = nommee and (mots[0] in PRENOMS or mots[-1] in PRENOMS)
    public = domaine in GRAND_PUBLIC
    if initiale_et_nom or prenom_et_nom or (public and len(mots) == 1 and mots[0] in PRENOMS):
        return "courriel"
    return "fournisseur" if public else None


def _a_quelqu_un(adresse: str) -> bool:
    return courriel_personnel(adresse) == "courriel"


def _peut_etre_a_quelqu_un(adresse: str) -> bool:
    boite = plier(adresse).partition("@")[0]
    mots = re.split(r"[._-]", boite)
    # « franceservices.bourges »: a service is known by the beginning of a word too, when it is long enough.
    de_service = any(mot in LIEUX | SERVICES or mot.startswith(_DEBUTS_DE_SERVICES) for mot in mots)
    nommee = len(mots) in (2, 3) and re.fullmatch("[a-z]+", "".join(mots)) is not None
    return _a_quelqu_un(adresse) or (nommee and not de_service)


def est_mobile(numero: str) -> bool:
    """Whether a number in international form begins as mobiles do (06, 07, and those of overseas)."""
    return compact(numero).startswith(MOBILES)


def traces(texte: str, *, doute: bool = False) -> list[Trace]:
    """What a free text says of people: named mailboxes, mobiles, names, in this order.

    With `doute`, what may be somebody's: every mailbox of two or three words in which no service is known, a mobile
    inside a longer run of figures.
    """
    est_a_quelqu_un = _peut_etre_a_quelqu_un if doute else _a_quelqu_un
    trouves = [Trace("courriel", c) for c in _COURRIEL.findall(texte) if est_a_quelqu_un(c)]
    numeros = (trouve.group() for trouve in _NUMERO.finditer(texte))
    trouves += [Trace("mobile", n) for n in numeros if est_mobile(international(n) or "")]
    trouves += [Trace("mobile", t.group()) for t in _PEUT_ETRE_MOBILE.finditer(texte) if doute]
    return trouves + [Trace("nom", nom) for nom in _noms(texte)]


def _noms(texte: str) -> list[str]:
    noms = [t.group() for t in _CIVILITE.finditer(texte) if not TITRES & set(plier(t.group()).split())]
    for trouve in _DEUX_MOTS.finditer(texte):
        avant = re.findall(r"[\w-]+", plier(texte[: trouve.start()]))[-_MOTS_AVANT:]
        prenom = re.split("[-’']", plier(trouve[1]))[0]
        if prenom in PRENOMS and not LIEUX & {*avant, plier(trouve[2])}:
            noms.append(f"{trouve[1]} {trouve[2]}")
    return [nom for nom in dict.fromkeys(noms) if not any(nom != autre and nom in autre for autre in noms)]
