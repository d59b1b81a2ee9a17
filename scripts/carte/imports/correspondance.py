"""A mapping as its file writes it: which column gives which field, which term means which value, what silence means.

One YAML file per source. Descriptions are read by who forgot a key, and by the editor's help: French and plain.
"""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from carte.ecrits.modele import Jour, Partie, Suite, Texte

SILENCES = ("non dit", "non")
SYSTEMES = {
    "WGS84": 4326,
    "Lambert-93": 2154,
    "Web Mercator": 3857,
    "Guadeloupe": 5490,
    "Martinique": 5490,
    "Guyane": 2972,
    "La Réunion": 2975,
    "Mayotte": 4471,
    "Nouvelle-Calédonie": 3163,
    "Saint-Pierre-et-Miquelon": 4467,
    "Polynésie": 3297,
}
"""Name of each coordinate system, and its EPSG code; a code alone ("2154") is taken as well."""
FORMES_DE_DATE = ("année-mois-jour", "jour/mois/année", "mois/jour/année")

_SANS: dict[str, Any] = {}


def _noms(valeur: Any) -> Any:
    """A name, or several in order of preference."""
    if isinstance(valeur, str):
        return (valeur,)
    return tuple(valeur) if isinstance(valeur, list) else valeur


Noms = Annotated[
    tuple[Texte, ...],
    BeforeValidator(_noms, json_schema_input_type=str | list[str]),
    Field(min_length=1, max_length=200),
]
Textes = Annotated[Suite[Texte], Field(max_length=2_000)]
Signes = Annotated[
    Suite[Annotated[str, StringConstraints(min_length=1, max_length=10, strip_whitespace=False)]], Field(max_length=20)
]
"""Separators: spaces and ends of lines count."""
Termes = Annotated[
    tuple[str, ...],
    BeforeValidator(_noms, json_schema_input_type=str | list[str]),
    Field(max_length=2_000),
]
"""Writings of one answer; matched without case, accents or punctuation. An empty text is the empty cell."""


class ChampEcrit(Partie):
    """How one field is made. Written alone, a name is a column: `nom: NOM_STRUCTURE`."""

    colonne: Annotated[Noms | None, Field(description="Colonne, ou plusieurs : la première remplie sert")] = None
    joindre: Annotated[Textes, Field(description="Colonnes mises bout à bout")] = ()
    par: Annotated[str, Field(max_length=10, description="Ce qui sépare les colonnes jointes")] = " "
    fixe: Annotated[Noms | None, Field(description="Valeur de toutes les lignes, sans colonne")] = None
    separateurs: Annotated[Signes, Field(description="Ce qui sépare plusieurs valeurs dans une cellule")] = ()
    valeurs: Annotated[
        dict[str, Termes],
        Field(max_length=2_000, description="Terme de la source : valeur de la nomenclature, liste, ou [] pour aucune"),
    ] = _SANS
    sauf: Annotated[Termes, Field(description="Textes qui ne disent rien : « - », « NR »")] = ()
    partiel: Annotated[bool, Field(description="Les termes absents de « valeurs » sont lus par un autre champ")] = False
    oui: Annotated[Termes, Field(description="Pour un oui ou non : réponses qui disent oui")] = ()
    non: Annotated[Termes, Field(description="Pour un oui ou non : réponses qui disent non")] = ()


def _champ(valeur: Any) -> Any:
    return {"colonne": valeur} if isinstance(valeur, str | list) else valeur


Champ = Annotated[ChampEcrit, BeforeValidator(_champ, json_schema_input_type=str | list[str] | ChampEcrit)]


class ServiceEcrit(Partie):
    """One column of services: either it lists them, or its answer says yes or no to those of `rend`."""

    colonne: Annotated[
        Noms | None, Field(description="Colonne lue ; sans elle, « rend » vaut pour toutes les lignes")
    ] = None
    rend: Annotated[Textes, Field(description="Services que rend un lieu qui répond oui")] = ()
    oui: Annotated[Termes, Field(description="Réponses qui disent oui : « oui », « X », « Souvent »…")] = ()
    non: Annotated[Termes, Field(description="Réponses qui disent non : « non », « Pas du tout »…")] = ()
    separateurs: Annotated[Signes, Field(description="Ce qui sépare plusieurs services dans une cellule")] = ()
    valeurs: Annotated[
        dict[str, Termes], Field(max_length=2_000, description="Terme de la source : service, ou liste ; [] pour aucun")
    ] = _SANS
    sauf: Annotated[Termes, Field(description="Réponses qui ne disent ni oui ni non : « ? »")] = ()
    partiel: Annotated[bool, Field(description="Les termes absents de « valeurs » sont lus par un autre champ")] = False
    annule: Annotated[
        Termes, Field(description="Termes à côté desquels plus rien n'est sûr : « Aucun équipement »")
    ] = ()
    silence: Annotated[
        Literal["non dit", "non"] | None, Field(description="Ce que veut dire une cellule vide de cette colonne")
    ] = None


class HorairesEcrits(Partie):
    """Where hours stand; several may be given, the first that says something is read. `{jour}` stands for each day."""

    osm: Annotated[Noms | None, Field(description="Colonne au format OpenStreetMap")] = None
    phrase: Annotated[Noms | None, Field(description="Colonne en français : « du lundi au vendredi 9h-12h »")] = None
    jours_coches: Annotated[Texte | None, Field(description="Colonne des jours cochés, à côté de la phrase")] = None
    par_jour: Annotated[Texte | None, Field(description="Une colonne par jour, par exemple h_{jour}")] = None
    creneaux: Annotated[
        Textes, Field(description="Colonnes d'ouverture et de fermeture, en alternance, avec {jour}")
    ] = ()
    semaines: Annotated[Texte | None, Field(description="Colonne qui dit semaines paires ou impaires")] = None
    commentaire: Annotated[Texte | None, Field(description="Colonne qui peut restreindre les horaires")] = None
    vide_ferme: Annotated[bool, Field(description="Un jour vide est fermé, quand un autre est rempli")] = False


class CoordonneesEcrites(Partie):
    """Where the point stands and in which system."""

    longitude: Annotated[Noms | None, Field(description="Colonne de la longitude, ou de x")] = None
    latitude: Annotated[Noms | None, Field(description="Colonne de la latitude, ou de y")] = None
    point: Annotated[Texte | None, Field(description="Colonne « latitude, longitude »")] = None
    systeme: Annotated[str, Field(description=f"Système : {', '.join(SYSTEMES)}, ou un code EPSG")] = "WGS84"
    inversees: Annotated[bool, Field(description="Les deux colonnes sont échangées")] = False


class DateEcrite(Partie):
    """Where the date of a row stands. Rows without one take the file's (`--date`, its name, or `fixe`)."""

    colonne: Annotated[Noms | None, Field(description="Colonne de la date de mise à jour")] = None
    forme: Annotated[Literal["année-mois-jour", "jour/mois/année", "mois/jour/année"], Field(description="Ordre")] = (
        "année-mois-jour"
    )
    corriger: Annotated[
        dict[str, Jour], Field(max_length=1_000, description="Date mal écrite dans la source : ce qu'elle veut dire")
    ] = _SANS
    nom_du_fichier: Annotated[bool, Field(description="La date est dans le nom du fichier : liste-20240801.csv")] = (
        False
    )
    fixe: Annotated[Jour | None, Field(description="Date de tout le fichier, par exemple 2024-08-01")] = None


class EcarterEcrit(Partie):
    """Rows left aside: they are counted, and say why."""

    colonne: Annotated[Texte, Field(description="Colonne qui le dit")]
    valeurs: Annotated[Termes, Field(description="Réponses qui mettent la ligne de côté")]
    raison: Annotated[Texte, Field(description="Pourquoi, en une phrase : « Lieu fermé. »")]


class RegrouperEcrit(Partie):
    """Several rows that are one place, or the stops of one tour."""

    par: Annotated[Noms, Field(description="Colonnes dont les valeurs sont les mêmes")]
    en: Annotated[Literal["lieu", "tournée"], Field(description="Ce que ces lignes forment")]
    frequence: Annotated[Champ | None, Field(description="Rythme des passages (nomenclature des fréquences)")] = None
    nom: Annotated[Champ | None, Field(description="Nom de la tournée ; sans lui, celui de la première ligne")] = None


class CocheEcrite(Partie):
    """A box that is ticked gives a value: « Individuellement : X » is a manner of accompaniment."""

    colonne: Annotated[Texte, Field(description="Colonne cochée")]
    oui: Annotated[Termes, Field(description="Ce qui coche la case : « X », « oui »")]
    donne: Annotated[
        dict[str, Texte], Field(min_length=1, description="Champ de la fiche : valeur de la nomenclature qu'il prend")
    ]


class DetailEcrit(Partie):
    """A column kept in words in the detailed presentation."""

    colonne: Annotated[Texte, Field(description="Colonne gardée telle quelle")]
    titre: Annotated[str, Field(max_length=100, description="Ce qui la précède : « Tarifs »")] = ""
    sauf: Annotated[Termes, Field(description="Textes qui ne disent rien")] = ()


class FichierEcrit(Partie):
    """What cannot be found out by looking at the file."""

    chemin: Annotated[str, Field(max_length=200, description="Où est la liste dans un JSON : data.lieux")] = ""
    feuille: Annotated[str, Field(max_length=100, description="Nom de la feuille du classeur")] = ""


class CorrespondanceEcrite(Partie):
    """The whole file of one source; its code is the file's name."""

    CHAMPS_REFUSES: ClassVar[dict[str, str]] = {
        "code": "Le code d'une source est le nom de son fichier. Retirez cette ligne."
    }

    nom: Annotated[Texte, Field(description="Qui a fait cet inventaire, et son nom")]
    licence: Annotated[Texte, Field(description="Licence de l'inventaire, par exemple Licence Ouverte 2.0")]
    adresse: Annotated[Texte | None, Field(description="Où le trouver, https://…")] = None
    departements: Annotated[
        Textes | None, Field(description="Départements couverts ; sans cette ligne, tout le pays")
    ] = None
    programme: Annotated[
        str | None, Field(max_length=40, description="Règles écrites en Python, pour quelques sources")
    ] = None
    fichier: FichierEcrit = FichierEcrit()
    reconnaitre: Annotated[Textes, Field(description="Colonnes sans lesquelles ce n'est pas cet inventaire")] = ()
    identifiant: Annotated[
        Noms | None, Field(description="Colonnes qui identifient une ligne ; sans elles : nom, adresse, commune")
    ] = None
    date: DateEcrite = DateEcrite()
    coordonnees: CoordonneesEcrites | None = None
    silence: Annotated[
        Literal["non dit", "non"], Field(description="Ce que veut dire une cellule vide dans une colonne de service")
    ] = "non dit"
    ecarter: Annotated[Suite[EcarterEcrit], Field(max_length=50, description="Lignes mises de côté")] = ()
    regrouper: Annotated[RegrouperEcrit | None, Field(description="Lignes qui forment un seul lieu")] = None
    masquer: Annotated[Textes, Field(description="Colonnes personnelles : ni reprises, ni recopiées nulle part")] = ()
    mobiles: Annotated[
        Literal["seul", "garder", "masquer"],
        Field(description="Numéros en 06 et 07 : repris quand le lieu n'en a pas d'autre (seul), toujours, ou jamais"),
    ] = "seul"
    ignorer: Annotated[Textes, Field(description="Colonnes techniques, que la liste ne signale pas")] = ()
    champs: Annotated[dict[str, Champ], Field(max_length=100, description="Champ de la fiche : colonne")] = _SANS
    coches: Annotated[Suite[CocheEcrite], Field(max_length=200, description="Cases à cocher : une valeur chacune")] = ()
    services: Annotated[Suite[ServiceEcrit], Field(max_length=200, description="D'où viennent les services")] = ()
    horaires: HorairesEcrits | None = None
    details: Annotated[Suite[DetailEcrit], Field(max_length=100, description="Colonnes gardées en toutes lettres")] = ()
