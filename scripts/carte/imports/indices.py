"""What tells what a column holds: the words of its heading, and the share of its values that are of that kind."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from carte.ecrits.silences import ne_dit_rien
from carte.hours import HorairesInvalides, parse
from carte.hours.phrase import HorairesNonCompris
from carte.hours.phrase import lire as lire_phrase
from carte.imports import textes
from carte.imports.situation import decouper_adresse
from carte.imports.textes import normaliser

_EXAMINEES = 400  # values of a column: the share of more would be the same


@dataclass(frozen=True, slots=True)
class Colonne:
    """One column: its values that say something, and how many rows there are."""

    nom: str
    valeurs: tuple[str, ...]
    lignes: int

    @property
    def titre(self) -> str:
        return normaliser(self.nom)

    @property
    def remplie(self) -> float:
        """Share of rows where it says something."""
        return len(self.valeurs) / self.lignes if self.lignes else 0.0

    def part(self, bonne: Callable[[str], bool]) -> float:
        """Share of its values that are of a kind, 0 when it is empty."""
        examinees = self.valeurs[:_EXAMINEES]
        return sum(map(bonne, examinees)) / len(examinees) if examinees else 0.0


@dataclass(frozen=True, slots=True)
class Genre:
    """A field, the words that its headings hold, words that they never hold, and what its values look like."""

    champ: str
    titres: str
    valeur: Callable[[str], bool] | None = None
    jamais: str = ""
    part: float = 0.6
    """Least share of values of that kind."""
    sans_titre: bool = False
    """Whether values alone tell."""


def _horaire(texte: str) -> bool:
    for lire in (parse, lire_phrase):
        try:
            lire(texte)
        except (HorairesInvalides, HorairesNonCompris):
            continue
        return True
    return bool(re.search(r"\d\s*[h:]", texte)) and bool(re.search(r"lun|mar|mer|jeu|ven|sam", texte.lower()))


def _nombre(minimum: float, maximum: float) -> Callable[[str], bool]:
    def dedans(texte: str) -> bool:
        plat = re.sub(r"[\s\u00a0\u202f]", "", texte).replace(",", ".")
        return bool(re.fullmatch(r"-?\d+(\.\d+)?", plat)) and minimum <= float(plat) <= maximum

    return dedans


def _motif(motif: str, entier: bool = True) -> Callable[[str], bool]:
    compile_ = re.compile(motif)
    chercher = compile_.fullmatch if entier else compile_.search
    return lambda texte: chercher(texte.lower()) is not None


_HORS_ADRESSE = "mail|courriel|web|complement"
GENRES = (
    Genre("identifiant", r"\bid\b|identifiant|^n fiche|^numero$|^code fiche", lambda t: len(t) <= 60, "result", 1.0),
    Genre("pivot", r"siret|pivot|\brna\b|ridet", lambda t: textes.pivot(t)[0] is not None, part=0.5),
    Genre("code_insee", r"insee|code commune|citycode", _motif(r"\d{4,5}|2[ab]\d{3}"), part=0.8),
    Genre("code_postal", r"code ?postal|\bcp\b|postcode", _motif(r"\d{4,5}"), "insee", 0.8),
    Genre("latitude", r"\blat\b|latitude|^y$", _nombre(-23, 52), part=0.8),
    Genre("longitude", r"\blong?\b|longitude|^x$|\blng\b", _nombre(-180, 180), part=0.8),
    Genre("y93", r"^y$|coord.*y|lambert.*y", _nombre(6_000_000, 7_200_000), part=0.8),
    Genre("x93", r"^x$|coord.*x|lambert.*x", _nombre(100_000, 1_300_000), part=0.8),
    Genre("point", r"geo|point|coord|gps", _motif(r"\[?-?\d+[.,]\d+\s*[,; ]\s*-?\d+[.,]\d+\]?"), part=0.8),
    Genre("telephone", r"tel|phone|fixe|mobile|portable", lambda t: bool(textes.telephones(t, "")[0]), sans_titre=True),
    Genre("courriels", r"mail|courriel", lambda t: "@" in t, part=0.5, sans_titre=True),
    Genre("site_web", r"site|web|url|internet|lien", lambda t: bool(textes.sites(t)[0]), part=0.5, sans_titre=True),
    Genre("date", r"date|maj|mise? a jour|actualis|modifi", lambda t: forme_de_date([t]) != "", part=0.8),
    Genre("horaires", r"horaire|ouverture|\bheures", _horaire, "presentation", 0.4),
    Genre("adresse_complete", r"adresse|localisation", lambda t: bool(decouper_adresse(t)[2]), _HORS_ADRESSE),
    Genre("adresse", r"adresse|\brue\b|\bvoie\b", _motif(r"[a-z]{3}", False), _HORS_ADRESSE),
    Genre("complement_adresse", r"complement|batiment|etage|lieu dit"),
    Genre("commune", r"commune|ville|localite|city", _motif(r"[a-zà-ÿ]{2}", False), "code|insee|epci|postal"),
    Genre(
        "masquer", r"\bcontact\b|referent|agent|responsable|prenom|interlocut|conseiller.*nom", None, "mail|tel|site"
    ),
    Genre("structure_parente", r"structure (?:parente|porteuse)|porteur|gestionnaire|tutelle|employeur"),
    Genre(
        "nom",
        r"^nom|structure|\blieu\b|intitule|denomination|organisme|etablissement|libelle",
        None,
        "commune|prenom|contact|type|categorie|agent|parente|adresse|horaire|tarif",
    ),
    Genre(
        "presentation_detail", r"description|presentation|commentaire|precision|remarque|observation", None, "horaire"
    ),
)
"""In order: a column goes to the first field that takes it."""
LISTES = re.compile(r"service|activite|thematique|prestation|propose")
"""Headings of columns that list services, even in words of their own."""

SERVICES = (
    ("Aide aux démarches administratives", r"demarche|administrati|acces aux droits|aide en ligne|services publics"),
    ("Insertion professionnelle via le numérique", r"emploi|\bcv\b|insertion"),
    ("Parentalité et éducation avec le numérique", r"parent|scolar|education|enfant"),
    ("Utilisation sécurisée du numérique", r"securi|arnaque|cyber"),
    ("Acquisition de matériel informatique à prix solidaire", r"reconditionn|prix solidaire|achat|don de materiel"),
    ("Loisirs et créations numériques", r"fablab|creation|\b3d\b|loisir|programmation|\bcode\b|photo|video"),
    ("Compréhension du monde numérique", r"culture numerique|citoyen|esprit critique"),
    (
        "Maîtrise des outils numériques du quotidien",
        r"initiation|formation|bureautique|atelier|apprentissage|bases|outils",
    ),
    (
        "Accès internet et matériel informatique",
        r"ordinateur|internet|wifi|wi fi|connexion|materiel|equipement|libre acces|acces libre|\bposte|imprim",
    ),
)
"""A service, and words of a heading whose answer is yes or no; the first that fits."""
OUI = ("oui", "o", "x", "vrai", "true", "1", "souvent", "de temps en temps", "parfois", "toujours", "regulierement")
OUI_MAIS = ("exceptionnellement", "rarement")
NON = ("non", "n", "faux", "false", "0", "pas du tout", "jamais")
_FORMES = {
    "année-mois-jour": re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}"),
    "jour/mois/année": re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.]\d{4}"),
    "mois/jour/année": re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.]\d{4}"),
}


def forme_de_date(valeurs: Sequence[str]) -> str:
    """The order in which most of these dates are all real days; day first when both are, since France writes so."""
    for forme, motif in _FORMES.items():
        lues = [texte for texte in valeurs if motif.match(texte) and textes.lire_date(texte, forme)]
        if len(lues) >= 0.8 * len(valeurs) and lues:
            return forme
    return ""


def reponses(valeurs: Sequence[str]) -> Mapping[str, list[str]] | None:
    """Writings of yes, of no and of nothing in a column, when all of its values are one of them; else None."""
    tries: dict[str, list[str]] = {"oui": [], "non": [], "sauf": []}
    for texte in dict.fromkeys(valeurs):
        cle = normaliser(texte) or texte.strip()
        genre = next((g for g, mots in (("oui", (*OUI, *OUI_MAIS)), ("non", NON)) if cle in mots), None)
        genre = "sauf" if genre is None and ne_dit_rien(texte) else genre
        if genre is None:
            return None
        tries[genre].append(texte)
    return tries if tries["oui"] or tries["non"] else None
