// Every string the search says, in one place.

/** @param {number} n @param {string} singulier @param {string} pluriel */
const compter = (n, singulier, pluriel) => `${n.toLocaleString("fr-FR")} ${n < 2 ? singulier : pluriel}`;

export const textes = {
  chargement: "Recherche en cours…",
  echec: "Les données n’ont pas pu être chargées. Vérifiez votre connexion, ou utilisez la liste des lieux.",
  /** @param {number} n @param {string} commune */
  autour: (n, commune) => `${compter(n, "lieu", "lieux")}, du plus proche au plus éloigné de ${commune}.`,
  /** @param {number} n @param {string} texte */
  nommes: (n, texte) => `${compter(n, "lieu", "lieux")} pour « ${texte} ».`,
  /** @param {string} texte */
  rien: (texte) =>
    `Rien ne correspond à « ${texte} ». Essayez le nom d’une commune ou un code postal.`,
  /** @param {string[]} besoins @param {number} n */
  filtreVide: (besoins, n) =>
    `Aucun lieu avec ce choix (${besoins.join(", ")}). Sans ce choix : ${compter(n, "lieu", "lieux")}.`,
  /** @param {number} n */
  propositions: (n) => `${compter(n, "proposition", "propositions")}. Flèches pour choisir.`,
  plusieurs: "Plusieurs communes correspondent : choisissez la vôtre.",
  communeDAbord: "Choisissez d’abord une commune.",
  volDOiseau: "à vol d’oiseau",
  environ: "environ",
  appeler: "Appeler le",
  sansHoraires: "Horaires non renseignés",
};

/** A distance in kilometres, as people say it. @param {number} km */
export function distance(km) {
  if (km < 0.95) return `${Math.max(1, Math.round(km * 10)) * 100} m`;
  const decimales = km < 9.95 ? 1 : 0;
  const options = { minimumFractionDigits: decimales, maximumFractionDigits: decimales };
  return `${km.toLocaleString("fr-FR", options)} km`;
}
