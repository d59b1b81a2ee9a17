"""What people call a field of a record when they do not use its name, and the keys that are refused with a reason."""

REFUSES = {"id": "Le champ « id » n'existe pas : l'identifiant d'une fiche est son chemin. Retirez cette ligne."}

_APPELES = {
    ("nom",): "titre, intitule, denomination, etablissement, nom du lieu, nom de la structure",
    ("pivot",): "siret, siren, rna, ridet",
    ("commune",): "ville, localite, village, city",
    ("code_insee",): "insee, code commune",
    ("code_postal",): "cp, postal",
    ("adresse",): "rue, voie, numero et rue",
    ("complement_adresse",): "batiment, etage, lieu dit",
    ("latitude",): "lat, y",
    ("longitude",): "lon, long, lng, x",
    ("latitude", "longitude"): "gps, coordonnees, position, point",
    ("telephone",): "tel, tels, mobile, portable, fixe, numero, numero de telephone",
    ("courriels",): "mail, mails, email, emails, e mail, adresse mail, adresse electronique, messagerie",
    ("telephone", "courriels"): "contact, contacts",
    ("site_web",): "site, sites, site internet, web, url, internet, lien, liens, facebook",
    ("horaires",): "heures, heure, jours, horaire d ouverture, heures d ouverture, jours d ouverture, opening hours",
    ("horaires", "date_ouverture"): "ouvert, ouverte, ouverture, ouvertures",
    ("fermetures", "date_fermeture"): "ferme, fermee, fermeture",
    ("fermetures",): "conges, vacances, travaux",
    ("presentation_resume", "presentation_detail"): "description, presentation, resume, remarque, commentaire, note",
    ("structure_parente",): "porteur, gestionnaire, structure porteuse",
    ("nom", "structure_parente"): "structure, organisme",
    ("date_maj",): "maj, mise a jour, date, derniere mise a jour, date de mise a jour",
    ("verifie_le",): "verifie, verification, date de verification",
    ("typologie",): "type, types, categorie, type de lieu",
    ("services",): "activites, ateliers, prestations, thematiques",
    ("publics_specifiquement_adresses",): "public, publics",
    ("frais_a_charge",): "prix, tarif, tarifs, cout, frais, gratuit",
    ("modalites_acces", "prise_rdv"): "rdv, rendez vous, sur rendez vous, acces",
    ("accessibilite",): "pmr, handicap, fauteuil, accessible",
    ("equipements",): "wifi, imprimante, scanner, ordinateurs, postes, materiel",
    ("permanences",): "permanence, operateurs, partenaires",
    ("tournee",): "arrets, bus, passages",
}
AUTRES = {appele: champs for champs, appeles in _APPELES.items() for appele in appeles.split(", ")}
"""What people call a field, as `replier` folds it → the field or fields that they may mean, the likeliest first."""
