// Every string of the sheet to hand over, in one place.

export const textes = {
  vide: "Aucun lieu n’est choisi pour l’instant.",
  chargement: "Préparation de la feuille…",
  absente: "Cette fiche n’existe pas, ou n’existe plus.",
  echec: "Cette fiche n’a pas pu être chargée. Vérifiez votre connexion.",
  /** @param {number} n @param {number} pages */
  pages: (n, pages) => `${n} ${n < 2 ? "lieu" : "lieux"}, ${pages} ${pages < 2 ? "page" : "pages"} A4.`,
  pret: "La feuille est prête. Vérifiez-la, puis imprimez.",
  telephone: "Téléphone",
  adresse: "Adresse",
  ouvertures: "Prochaines ouvertures",
  passages: "Prochains passages",
  horairesInconnus: "Horaires non renseignés : appelez avant de venir.",
  surRendezVous: "Sur rendez-vous : appelez pour en prendre un.",
  passagesInconnus: "Dates non renseignées : appelez avant de venir.",
  rienDePrevu: "Aucune ouverture n’est prévue dans les 60 prochains jours : appelez.",
  sansInterruption: "Ouvert jour et nuit, sans interruption.",
  aApporter: "À apporter",
  notes: "Notes, rendez-vous",
  codeAlt: "Code à photographier avec un téléphone pour ouvrir la fiche du lieu",
  code: "La fiche à jour",
  retirer: "Retirer",
  voirFiche: "Voir la fiche",
  pdf: "En PDF",
  /** @param {string} jour @param {string} publication */
  edition: (jour, publication) =>
    `Feuille éditée le ${jour} (informations du ${publication}). Appelez avant de venir.`,
  fictif: "Données fictives.",
};
