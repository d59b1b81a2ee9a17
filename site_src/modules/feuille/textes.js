// Every string of the page of the sheet, in one place. Those of the sheet itself: site_src/langues/feuille.yml.

export const textes = {
  vide: "Aucun lieu n’est choisi pour l’instant.",
  chargement: "Préparation de la feuille…",
  absente: "Cette fiche n’existe pas, ou n’existe plus.",
  echec: "Cette fiche n’a pas pu être chargée. Vérifiez votre connexion.",
  echecDuSite: "La feuille n’a pas pu être préparée. Vérifiez votre connexion.",
  /** @param {number} n @param {number} pages */
  pages: (n, pages) => `${n} ${n < 2 ? "lieu" : "lieux"}, ${pages} ${pages < 2 ? "page" : "pages"} A4.`,
  rien: "Il n’y a rien à imprimer.",
  pret: "La feuille est prête. Vérifiez-la, puis imprimez.",
  passagesInconnus: "Dates non renseignées.",
  horairesInconnus: "Horaires non renseignés.",
  surRendezVous: "Sur rendez-vous.",
  rienDePrevu: "Aucune ouverture n’est prévue dans les 60 prochains jours.",
  sansInterruption: "Ouvert jour et nuit, sans interruption.",
  codeAlt: "Code à photographier avec un téléphone pour ouvrir la fiche du lieu",
  retirer: "Retirer",
  voirFiche: "Voir la fiche",
  /** @param {number} n */
  titrePartage: (n) => (n < 2 ? "Un lieu d’aide au numérique" : `${n} lieux d’aide au numérique`),
  fictif: "Données fictives.",
};
