"""The record of one place: the 32 fields of the national standard v1.0.2, then what the standard lacks.

The model is the single source of the JSON Schema given to editors, of the documentation tables and of the form
lists. Field names are those of the standard (French, without accents); multiple values are YAML lists. Every
description is read by contributors: it is French and plain.
"""

from dataclasses import dataclass, field
from typing import Annotated, ClassVar, NamedTuple

from pydantic import Field

from carte.ecrits.modele import Jour, Partie, Texte, TexteLong
from carte.records import noms


@dataclass(frozen=True, slots=True)
class Vocab:
    """Marks a field whose values come from `offers/nomenclature/<nom>.yml`."""

    nom: str


@dataclass(frozen=True, slots=True)
class Forme:
    """Marks a text whose shape a rule of `rules.formes` checks, or the hours' reader; `nom`: one of `champs.FORMES`."""

    nom: str


Horaires = Annotated[str, Field(min_length=1, max_length=1_000), Forme("horaires")]
Telephone = Annotated[str, Field(max_length=40), Forme("telephone")]
Courriel = Annotated[str, Field(max_length=254), Forme("courriel")]
Url = Annotated[str, Field(max_length=2_000), Forme("url")]
Identifiant = Annotated[str, Forme("identifiant")]
CodeInsee = Annotated[str, Forme("code_insee")]
CodePostal = Annotated[str, Forme("code_postal")]
Latitude = Annotated[float, Field(ge=-90, le=90)]
Longitude = Annotated[float, Field(ge=-180, le=180)]


class Label(Partie):
    """A label or network, as a dated fact: a place can have been labelled and no longer be."""

    nom: Annotated[str, Vocab("labels"), Field(description="Nom du label ou du réseau (EPN, Numérique inclusif…)")]
    numero: Annotated[Texte | None, Field(description="Numéro donné par celui qui labellise")] = None
    depuis: Annotated[Jour | None, Field(description="Date d'obtention")] = None
    jusqua: Annotated[Jour | None, Field(description="Date de fin, si elle est connue ou passée")] = None
    source: Annotated[Texte | None, Field(description="D'où vient l'information")] = None


class PassNumerique(Partie):
    """Whether cheques of the Pass numérique are taken; believed only with the date it was checked."""

    accepte: Annotated[bool, Field(description="Le lieu accepte-t-il le Pass numérique ?")]
    verifie_le: Annotated[Jour, Field(description="Date à laquelle on l'a vérifié")]
    source: Annotated[Texte | None, Field(description="Auprès de qui on l'a vérifié")] = None


class Equipements(Partie):
    """What can be used on the spot. Absent means unknown, never none."""

    postes: Annotated[int | None, Field(ge=0, le=500, description="Nombre d'ordinateurs pour le public")] = None
    tablettes: Annotated[int | None, Field(ge=0, le=500, description="Nombre de tablettes pour le public")] = None
    imprimante: Annotated[bool | None, Field(description="Une imprimante pour le public")] = None
    scanner: Annotated[bool | None, Field(description="Un scanner pour le public")] = None
    wifi: Annotated[bool | None, Field(description="Le wifi pour le public")] = None
    visio: Annotated[bool | None, Field(description="Un espace pour un rendez-vous en visio")] = None
    casque: Annotated[bool | None, Field(description="Un casque audio")] = None
    detail: Annotated[TexteLong | None, Field(description="Précisions")] = None


class Permanence(Partie):
    """Hours kept by another body (CAF, CPAM, France Travail…) inside this place."""

    operateur: Annotated[Texte, Field(description="Qui tient la permanence (CAF, CPAM, association…)")]
    horaires: Annotated[Horaires, Field(description="Jours et heures, au format OpenStreetMap")]
    services: Annotated[
        list[Annotated[str, Vocab("services")]] | None, Field(description="Services rendus pendant la permanence")
    ] = None
    sur_rendez_vous: Annotated[bool | None, Field(description="Faut-il un rendez-vous ?")] = None
    telephone: Annotated[Telephone | None, Field(description="Téléphone pour la permanence")] = None
    detail: Annotated[TexteLong | None, Field(description="Précisions")] = None


class Arret(Partie):
    """One stop of a mobile service: where, when, how often."""

    commune: Annotated[Texte, Field(description="Commune de l'arrêt")]
    code_insee: Annotated[CodeInsee | None, Field(description="Code Insee de la commune de l'arrêt")] = None
    lieu: Annotated[Texte | None, Field(description="Endroit précis (place de l'Église, parking…)")] = None
    latitude: Annotated[Latitude | None, Field(description="Latitude de l'arrêt (WGS84)")] = None
    longitude: Annotated[Longitude | None, Field(description="Longitude de l'arrêt (WGS84)")] = None
    horaires: Annotated[Horaires | None, Field(description="Jours et heures de passage, au format OpenStreetMap")] = (
        None
    )
    frequence: Annotated[
        str, Vocab("frequences"), Field(description="Rythme des passages (chaque semaine, une semaine sur deux…)")
    ]
    prochain_passage: Annotated[
        Jour | None, Field(description="Date d'un passage connu : elle cale le rythme quand il n'est pas hebdomadaire")
    ] = None


class Accessibilite(Partie):
    """Physical and sensory access. Absent means unknown."""

    fauteuil: Annotated[bool | None, Field(description="Entrée et salle accessibles en fauteuil roulant")] = None
    toilettes_adaptees: Annotated[bool | None, Field(description="Toilettes adaptées")] = None
    stationnement_adapte: Annotated[bool | None, Field(description="Place de stationnement adaptée")] = None
    boucle_magnetique: Annotated[bool | None, Field(description="Boucle magnétique pour malentendants")] = None
    langue_des_signes: Annotated[bool | None, Field(description="Accueil en langue des signes")] = None
    detail: Annotated[TexteLong | None, Field(description="Précisions")] = None


class Fermeture(Partie):
    """A temporary closure, both days included."""

    du: Annotated[Jour, Field(description="Premier jour de fermeture")]
    au: Annotated[Jour, Field(description="Dernier jour de fermeture")]
    motif: Annotated[Texte | None, Field(description="Pourquoi (travaux, congés…)")] = None


class Provenance(Partie):
    """Where one field's value comes from, when it is not the record's general source."""

    source: Annotated[Texte, Field(description="D'où vient cette valeur")]
    date: Annotated[Jour | None, Field(description="Date de cette valeur")] = None
    identifiant: Annotated[Texte | None, Field(description="Identifiant de la ligne dans la source")] = None
    texte: Annotated[TexteLong | None, Field(description="Le texte d'origine, quand il a été traduit")] = None


class Lieu(Partie):
    """One place of digital mediation, as its YAML file says it.

    The record's identity is its path (`99/mediatheque-de-valbourg`), never a key of the file.
    """

    CHAMPS_REFUSES: ClassVar[dict[str, str]] = noms.REFUSES
    AUTRES_NOMS: ClassVar[dict[str, tuple[str, ...]]] = noms.AUTRES

    nom: Annotated[Texte, Field(description="Nom du lieu, tel qu'il est écrit sur la porte")]
    pivot: Annotated[
        str | None, Forme("pivot"), Field(description="SIRET (14 chiffres), RNA (W et 9 chiffres) ou RIDET")
    ] = None
    commune: Annotated[Texte, Field(description="Nom de la commune")]
    code_insee: Annotated[CodeInsee | None, Field(description="Code Insee de la commune (pas le code postal)")] = None
    code_postal: Annotated[CodePostal | None, Field(description="Code postal de l'adresse")] = None
    adresse: Annotated[Texte | None, Field(description="Numéro et rue")] = None
    complement_adresse: Annotated[Texte | None, Field(description="Étage, bâtiment, lieu-dit")] = None
    latitude: Annotated[Latitude | None, Field(description="Latitude (WGS84), par exemple 46.81234")] = None
    longitude: Annotated[Longitude | None, Field(description="Longitude (WGS84), par exemple 1.69123")] = None
    typologie: Annotated[
        list[Annotated[str, Vocab("typologies")]] | None, Field(description="Type de lieu (EPN, BIB, CCAS…)")
    ] = None
    telephone: Annotated[Telephone | None, Field(description="Téléphone, au format international (+33…)")] = None
    courriels: Annotated[list[Courriel] | None, Field(description="Adresses de courriel génériques")] = None
    site_web: Annotated[list[Url] | None, Field(description="Sites et réseaux sociaux")] = None
    horaires: Annotated[Horaires | None, Field(description="Heures d'ouverture, au format OpenStreetMap")] = None
    presentation_resume: Annotated[
        str | None, Field(min_length=1, max_length=280, description="Présentation en 280 caractères")
    ] = None
    presentation_detail: Annotated[TexteLong | None, Field(description="Présentation détaillée")] = None
    source: Annotated[Texte, Field(description="Qui a recueilli ces informations")]
    itinerance: Annotated[
        list[Annotated[str, Vocab("itinerance")]] | None, Field(description="Lieu fixe ou itinérant")
    ] = None
    structure_parente: Annotated[Texte | None, Field(description="Structure ou réseau dont dépend le lieu")] = None
    date_maj: Annotated[Jour, Field(description="Date de dernière mise à jour (année-mois-jour)")]
    services: Annotated[
        list[Annotated[str, Vocab("services")]], Field(min_length=1, description="Ce que l'on peut y faire")
    ]
    publics_specifiquement_adresses: Annotated[
        list[Annotated[str, Vocab("publics")]] | None, Field(description="Publics auxquels le lieu est réservé")
    ] = None
    prise_en_charge_specifique: Annotated[
        list[Annotated[str, Vocab("prises_en_charge")]] | None, Field(description="Besoins particuliers pris en charge")
    ] = None
    frais_a_charge: Annotated[
        list[Annotated[str, Vocab("frais")]] | None, Field(description="Ce que paie la personne")
    ] = None
    dispositif_programmes_nationaux: Annotated[
        list[Annotated[str, Vocab("dispositifs")]] | None, Field(description="Programmes nationaux du lieu")
    ] = None
    formations_labels: Annotated[
        list[Annotated[str, Vocab("formations_labels")]] | None, Field(description="Formations et labels du standard")
    ] = None
    autres_formations_labels: Annotated[list[Texte] | None, Field(description="Autres formations et labels")] = None
    modalites_acces: Annotated[
        list[Annotated[str, Vocab("modalites_acces")]] | None, Field(description="Comment venir ou prendre contact")
    ] = None
    modalites_accompagnement: Annotated[
        list[Annotated[str, Vocab("modalites_accompagnement")]] | None, Field(description="Manières d'accompagner")
    ] = None
    fiche_acces_libre: Annotated[Url | None, Field(description="Adresse de la fiche AccèsLibre du lieu")] = None
    prise_rdv: Annotated[Url | None, Field(description="Adresse de la prise de rendez-vous en ligne")] = None

    # Beyond the standard: every field is optional and documented.
    services_absents: Annotated[
        list[Annotated[str, Vocab("services")]] | None,
        Field(description="Ce que l'on n'y fait pas, parce que le lieu l'a dit. Ne rien écrire : on ne sait pas"),
    ] = None
    familles_absentes: Annotated[
        list[Annotated[str, Vocab("familles")]] | None,
        Field(description="Familles dont le lieu a dit ne rien faire (demarches, formation, equipement)"),
    ] = None
    familles_declarees: Annotated[
        list[Annotated[str, Vocab("familles")]] | None,
        Field(description="Familles que le lieu dit assurer sans préciser quels services"),
    ] = None
    labels: Annotated[list[Label] | None, Field(description="Labels et réseaux, avec leurs dates")] = None
    pass_numerique: Annotated[PassNumerique | None, Field(description="Pass numérique : accepté ou non")] = None
    equipements: Annotated[Equipements | None, Field(description="Matériel à disposition")] = None
    horaires_detail: Annotated[
        TexteLong | None,
        Field(description="Ce que le lieu écrit de ses horaires, quand le format ne suffit pas à le dire"),
    ] = None
    permanences: Annotated[
        list[Permanence] | None, Field(description="Permanences d'opérateurs (CAF, CPAM…) dans ce lieu")
    ] = None
    tournee: Annotated[list[Arret] | None, Field(description="Arrêts d'un service itinérant")] = None
    tournee_a_preciser: Annotated[
        list[Texte] | None, Field(description="Passages annoncés dont l'arrêt ou l'heure reste à trouver")
    ] = None
    postures: Annotated[
        list[Annotated[str, Vocab("postures")]] | None, Field(description="Faire à la place, avec, ou faire faire")
    ] = None
    formats: Annotated[
        list[Annotated[str, Vocab("formats")]] | None, Field(description="Permanence libre, atelier, cycle…")
    ] = None
    accessibilite: Annotated[Accessibilite | None, Field(description="Accès des personnes handicapées")] = None
    fermetures: Annotated[list[Fermeture] | None, Field(description="Fermetures temporaires")] = None
    date_ouverture: Annotated[Jour | None, Field(description="Date d'ouverture du lieu au public")] = None
    date_fermeture: Annotated[
        Jour | None, Field(description="Premier jour où le lieu est fermé pour toujours : la fiche reste, et le dit")
    ] = None
    verifie_le: Annotated[Jour | None, Field(description="Date à laquelle quelqu'un a vérifié cette fiche")] = None
    anciens_identifiants: Annotated[
        list[Identifiant] | None, Field(description="Anciens chemins de cette fiche : ils redirigent vers elle")
    ] = None
    doublon_de: Annotated[
        Texte | None,
        Field(description="Fiche du même lieu : elle seule est publiée, et l'adresse de celle-ci y mène"),
    ] = None
    distinct_de: Annotated[
        list[Texte] | None, Field(description="Fiches qui ressemblent à celle-ci et sont d'autres lieux")
    ] = None
    provenance: Annotated[
        dict[str, Provenance] | None, Field(description="Origine d'un champ, quand elle diffère de la source")
    ] = None


class Arrondissement(NamedTuple):
    """The arrondissement of Paris, Lyon or Marseille that a record names by its code."""

    code: str
    nom: str


class Tenue(NamedTuple):
    """Who keeps a record elsewhere: the name of a hub, and the page of the record there, empty when it has none."""

    hub: str
    page: str


@dataclass(frozen=True, slots=True)
class Enregistrement:
    """A valid record and where it was read: `identifiant` is `<département>/<slug>`, `fichier` its path as shown.

    `arrondissements`: those of the place, then of each stop, once placed (see `territory.situer`); their `code_insee`
    is then that of the whole commune, which figures go by. `adresses_des_doubles`: former ids that its file does not
    write, those of the records of the same place (see `rules.gestes.avec_adresses`). `commentaires`: how many its file
    has; they are notes of those who keep it, and never published. `tenue`: the hub that keeps it, None for a record of
    this site. `contenu`: SHA-256 of what was read, which with the layers makes the record; empty for one that was not.
    """

    identifiant: str
    fichier: str
    lieu: Lieu
    arrondissements: tuple[Arrondissement | None, ...] = ()
    adresses_des_doubles: tuple[str, ...] = ()
    commentaires: int = 0
    tenue: Tenue | None = None
    contenu: str = field(default="", compare=False, repr=False)

    def arrondissement(self, pose: Lieu | Arret) -> Arrondissement | None:
        """That of the place, or of one of its stops; None when the record gives none."""
        poses = (self.lieu, *(self.lieu.tournee or ()))
        paires = zip(poses, self.arrondissements, strict=False)
        return next((trouve for une, trouve in paires if une is pose), None)

    @property
    def departement(self) -> str:
        return self.identifiant.split("/", 1)[0]

    @property
    def slug(self) -> str:
        return self.identifiant.split("/", 1)[1]
