"""How each part of a record is named to contributors: French titles, examples, and the shapes of texts.

The model says what is allowed; this says how it is presented. A test keeps both lists equal.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Champ:
    """Title and example of one field; no example when the vocabulary already shows the values."""

    titre: str
    exemple: str | int | float | bool | None = None


@dataclass(frozen=True, slots=True)
class FormeTexte:
    """A text shape: ECMA-262 pattern (None when a grammar checks it) and what to write, in French."""

    motif: str | None
    aide: str


# The patterns of pivot and codes are those of the national standard v1.0.2; telephone also takes what the rules take:
# spaces inside a number, and the short numbers of public services.
FORMES = {
    "pivot": FormeTexte(
        r"^[a-zA-Z0-9]{9,14}$",
        "Un SIRET (14 chiffres), un numéro RNA (W et 9 chiffres) ou un RIDET, sans espace, entre guillemets.",
    ),
    "code_postal": FormeTexte(r"^\d{5}$", "Cinq chiffres, entre guillemets."),
    "code_insee": FormeTexte(
        r"^([013-9]\d|2[AB1-9])\d{3}$", "Cinq caractères, entre guillemets. Ce n'est pas le code postal."
    ),
    "telephone": FormeTexte(
        r"^((\+33|\+590|\+594|\+262|\+596|\+269|\+687|\+689|\+508|\+681)( ?\d){6,9}|[13]\d{1,3}|118 ?\d{3})$",
        "Le format international, entre guillemets : +33 puis le numéro sans son premier zéro. Ou un numéro court.",
    ),
    "courriel": FormeTexte(
        r"^[^@\s]+@[^@\s]+\.[^@\s]+$", "Une adresse comme contact@commune.example : générique, sans nom de personne."
    ),
    "url": FormeTexte(r"^https?://\S+$", "Une adresse qui commence par https:// ou http://."),
    "identifiant": FormeTexte(
        r"^(\d{2,3}|2[AB])/[a-z0-9]([a-z0-9-]{0,148}[a-z0-9])?$",
        "Le département et le nom du fichier, sans extension : 36/mediatheque.",
    ),
    "horaires": FormeTexte(
        None,
        "Le format OpenStreetMap : jours en anglais (Mo, Tu, We, Th, Fr, Sa, Su), puis les heures. "
        'PH veut dire « jours fériés », SH « vacances scolaires », "sur rendez-vous" se met entre guillemets.',
    ),
}

# Title of each part of a record; its name is the class of the model.
PARTIES = {
    "Lieu": "Un lieu de médiation numérique",
    "Label": "Un label ou un réseau, avec ses dates",
    "PassNumerique": "Le Pass numérique",
    "Equipements": "Le matériel à disposition",
    "Permanence": "Une permanence",
    "Arret": "Un arrêt de tournée",
    "Accessibilite": "L'accès des personnes handicapées",
    "Fermeture": "Une fermeture temporaire",
    "Provenance": "L'origine d'un champ",
}

_PRECISIONS = Champ("Précisions", "Demandez à l'accueil")
_HORAIRES = "Mo-Fr 09:00-12:00,14:00-17:30; PH off"

CHAMPS: dict[str, dict[str, Champ]] = {
    "Lieu": {
        "nom": Champ("Nom", "Médiathèque de Valbourg"),
        "pivot": Champ("SIRET, RNA ou RIDET", "43493312300029"),
        "commune": Champ("Commune", "Châteauroux"),
        "code_insee": Champ("Code Insee", "36044"),
        "code_postal": Champ("Code postal", "36000"),
        "adresse": Champ("Adresse", "12 bis rue de la Poste"),
        "complement_adresse": Champ("Complément d'adresse", "Premier étage"),
        "latitude": Champ("Latitude", 46.81234),
        "longitude": Champ("Longitude", 1.69123),
        "typologie": Champ("Types de lieu"),
        "telephone": Champ("Téléphone", "+33254080808"),
        "courriels": Champ("Courriels", "contact@mediatheque.example"),
        "site_web": Champ("Sites web", "https://mediatheque.example/"),
        "horaires": Champ("Horaires", _HORAIRES),
        "presentation_resume": Champ("Présentation courte", "Ateliers et aide aux démarches, sans rendez-vous."),
        "presentation_detail": Champ("Présentation détaillée", "Le mardi, un conseiller numérique reçoit le public."),
        "source": Champ("Source", "Hub Centre-Val de Loire"),
        "itinerance": Champ("Itinérance"),
        "structure_parente": Champ("Structure parente", "Communauté de communes du Val"),
        "date_maj": Champ("Date de mise à jour", "2026-11-02"),
        "services": Champ("Services"),
        "publics_specifiquement_adresses": Champ("Publics réservés"),
        "prise_en_charge_specifique": Champ("Prises en charge spécifiques"),
        "frais_a_charge": Champ("Frais"),
        "dispositif_programmes_nationaux": Champ("Programmes nationaux"),
        "formations_labels": Champ("Formations et labels du standard"),
        "autres_formations_labels": Champ("Autres formations et labels", "Nièvre médiation numérique"),
        "modalites_acces": Champ("Modalités d'accès"),
        "modalites_accompagnement": Champ("Modalités d'accompagnement"),
        "fiche_acces_libre": Champ("Fiche AccèsLibre", "https://acceslibre.beta.gouv.fr/app/mediatheque/"),
        "prise_rdv": Champ("Prise de rendez-vous", "https://www.rdv-solidarites.fr/"),
        "services_absents": Champ("Ce que l'on n'y fait pas"),
        "familles_absentes": Champ("Familles absentes"),
        "familles_declarees": Champ("Familles déclarées sans précision"),
        "labels": Champ("Labels et réseaux"),
        "pass_numerique": Champ("Pass numérique"),
        "equipements": Champ("Matériel"),
        "horaires_detail": Champ("Horaires en toutes lettres", "Ouvert un samedi sur deux, de 10 h à 12 h"),
        "permanences": Champ("Permanences"),
        "tournee": Champ("Tournée"),
        "tournee_a_preciser": Champ("Passages à préciser", "4e jeudi, Avail"),
        "postures": Champ("Degrés d'aide"),
        "formats": Champ("Formats d'accueil"),
        "accessibilite": Champ("Accessibilité"),
        "fermetures": Champ("Fermetures temporaires"),
        "date_ouverture": Champ("Date d'ouverture", "2019-09-01"),
        "date_fermeture": Champ("Date de fermeture définitive", "2027-01-04"),
        "verifie_le": Champ("Vérifié le", "2026-10-15"),
        "anciens_identifiants": Champ("Anciens identifiants", "36/espace-numerique"),
        "doublon_de": Champ("Doublon de", "36/mediatheque-de-valbourg"),
        "distinct_de": Champ("À ne pas confondre avec", "36/mediatheque-annexe"),
        "provenance": Champ("Origine des champs"),
    },
    "Label": {
        "nom": Champ("Nom du label"),
        "numero": Champ("Numéro", "EPN-36-012"),
        "depuis": Champ("Depuis", "2019-06-01"),
        "jusqua": Champ("Jusqu'à", "2024-01-16"),
        "source": Champ("Source", "Préfecture de l'Indre"),
    },
    "PassNumerique": {
        "accepte": Champ("Accepté", True),
        "verifie_le": Champ("Vérifié le", "2026-10-15"),
        "source": Champ("Source", "Accueil du lieu, par téléphone"),
    },
    "Equipements": {
        "postes": Champ("Ordinateurs", 6),
        "tablettes": Champ("Tablettes", 4),
        "imprimante": Champ("Imprimante", True),
        "scanner": Champ("Scanner", True),
        "wifi": Champ("Wifi", True),
        "visio": Champ("Visio", True),
        "casque": Champ("Casque audio", True),
        "detail": _PRECISIONS,
    },
    "Permanence": {
        "operateur": Champ("Opérateur", "CAF"),
        "horaires": Champ("Horaires", "Tu 09:00-12:00"),
        "services": Champ("Services"),
        "sur_rendez_vous": Champ("Sur rendez-vous", True),
        "telephone": Champ("Téléphone", "+33254080808"),
        "detail": _PRECISIONS,
    },
    "Arret": {
        "commune": Champ("Commune", "Éguzon-Chantôme"),
        "code_insee": Champ("Code Insee", "36070"),
        "lieu": Champ("Endroit", "Place de l'Église"),
        "latitude": Champ("Latitude", 46.44),
        "longitude": Champ("Longitude", 1.58),
        "horaires": Champ("Horaires", "We 14:00-17:00"),
        "frequence": Champ("Fréquence"),
        "prochain_passage": Champ("Prochain passage", "2026-11-18"),
    },
    "Accessibilite": {
        "fauteuil": Champ("Fauteuil roulant", True),
        "toilettes_adaptees": Champ("Toilettes adaptées", True),
        "stationnement_adapte": Champ("Stationnement adapté", True),
        "boucle_magnetique": Champ("Boucle magnétique", True),
        "langue_des_signes": Champ("Langue des signes", True),
        "detail": _PRECISIONS,
    },
    "Fermeture": {
        "du": Champ("Premier jour", "2026-12-24"),
        "au": Champ("Dernier jour", "2027-01-03"),
        "motif": Champ("Motif", "Congés"),
    },
    "Provenance": {
        "source": Champ("Source", "France services, liste nationale"),
        "date": Champ("Date", "2024-08-01"),
        "identifiant": Champ("Identifiant", "1204"),
        "texte": Champ("Texte d'origine", "Du lundi au vendredi de 9h à 12h"),
    },
}
