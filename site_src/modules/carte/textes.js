// Every string the maps say, in one place.

/** @param {number} n @param {string} singulier @param {string} pluriel */
const compter = (n, singulier, pluriel) => `${n.toLocaleString("fr-FR")} ${n < 2 ? singulier : pluriel}`;

export const textes = {
  carte: "Carte des lieux. Flèches : se déplacer ; plus et moins : agrandir, réduire.",
  carteRapport: "Carte des communes. Flèches : se déplacer ; plus et moins : agrandir, réduire.",
  echec: "La carte interactive n’a pas pu être chargée. La carte dessinée et la liste donnent les mêmes informations.",
  partielle: "Une partie de la carte n’a pas pu être chargée : déplacez-la pour réessayer.",
  chargement: "Chargement…",
  zoomPlus: "Agrandir",
  zoomMoins: "Réduire",
  fermer: "Fermer",
  passer: "Passer la carte",
  sansAccueil: "N’accueille pas de public : aide à distance.",
  approche: "Quelque part dans la commune : emplacement exact inconnu.",
  sansHoraires: "Horaires non renseignés",
  ouvrir: "Voir la fiche",
  appeler: "Appeler le",
  inconnu: "inconnu",
  /** @param {number} n */
  grappe: (n) => `${compter(n, "point", "points")} : agrandir`,
  /** @param {number} n */
  communes: (n) => compter(n, "commune", "communes"),
};
