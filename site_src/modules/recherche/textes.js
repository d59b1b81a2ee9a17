// Every string the search says, in one place.

import { JOURS, lireQuand } from "./etat.js";
import { heure } from "../horaires/phrases.js";

/** @param {number} n @param {string} singulier @param {string} pluriel */
const compter = (n, singulier, pluriel) => `${n.toLocaleString("fr-FR")} ${n < 2 ? singulier : pluriel}`;
/** @param {number} n */
const lieux = (n) => compter(n, "lieu", "lieux");

/** « l’Indre » has no article here: names stand alone. @param {string[]} noms */
const enumerer = (noms) => new Intl.ListFormat("fr").format(noms);

/**
 * The name after « de », as `publish.feuille.situation.de` writes it: « d’Alpha », « du Blanc », « des Ponts ».
 * @param {string} nom
 */
export const de = (nom) => {
  if (nom.startsWith("Le ")) return `du ${nom.slice(3)}`;
  if (nom.startsWith("Les ")) return `des ${nom.slice(4)}`;
  return /^[AEIOUÉÈÊÂÎÔŒ]/i.test(nom) ? `d’${nom}` : `de ${nom}`;
};

const VOISINS = {
  compris: "",
  attendus: " Recherche dans les départements voisins…",
  absents: " Les départements voisins n’ont pas pu être chargés : un lieu plus proche peut manquer.",
};

export const textes = {
  chargement: "Recherche en cours…",
  echec: "Les données n’ont pas pu être chargées. Vérifiez votre connexion, ou utilisez la liste des lieux.",
  /** @param {string[]} gardes */
  nonGarde: (gardes) =>
    `Les données n’ont pas pu être chargées. Sans réseau, on ne peut chercher que dans ce que cet appareil garde : ${enumerer(gardes)}.`,
  /** @param {string[]} gardes */
  bornee: (gardes) => `Sans réseau, la recherche porte seulement sur ce que cet appareil garde : ${enumerer(gardes)}.`,
  /** @param {number} n @param {string} ou @param {import("../commun/types.js").Voisins} voisins */
  autour: (n, ou, voisins) =>
    `${lieux(n)}${n > 1 ? ", du plus proche au plus éloigné" : ", autour"} ${de(ou)}.${VOISINS[voisins]}`,
  /** @param {number} n @param {string} texte @param {import("../commun/types.js").Reste} reste
   * @param {import("../commun/types.js").Voisins} voisins */
  nommes: (n, texte, { lieux: autres, flou }, voisins) =>
    `${lieux(n)} pour « ${texte} ».${autres ? ` ${lieux(autres)} de ce nom dans d’autres départements : ajoutez le nom de la commune, ou cherchez-y aussi.` : ""}${flou ? " D’autres départements ont des lieux de ce nom : ajoutez le nom de la commune." : ""}${VOISINS[voisins]}`,
  /** @param {import("../commun/types.js").Reste} reste @param {number} n départements to open */
  chercherAussi: ({ lieux: autres, departements }, n) =>
    n < departements
      ? `Chercher dans ${n} autres départements, sur ${departements} qui ont des lieux de ce nom`
      : `Chercher dans ${compter(departements, "autre département", "autres départements")} : ${lieux(autres)} de ce nom`,
  /** @param {string} texte */
  rien: (texte) => `Rien ne correspond à « ${texte} ». Essayez le nom d’une commune ou un code postal.`,
  /** @param {string} texte */
  tropCourt: (texte) => `« ${texte} » : trop de lieux portent ce nom. Ajoutez un mot, ou le nom de la commune.`,
  encore: "Continuez d’écrire…",
  /** @param {string} ou */
  rienAutour: (ou) => `Aucun lieu connu autour ${de(ou)}.`,
  /** @param {number} n @param {string[]} departements */
  partout: (n, departements) =>
    `${lieux(n)} : ${enumerer(departements)}. Donnez une commune pour voir d’abord les plus proches.`,
  /** @param {string} libelle @param {boolean} repli */
  sansLieuDit: (libelle, repli) =>
    repli
      ? `Aucune fiche d’ici ne dit « ${libelle} ». Voici qui aide aux démarches : appelez pour savoir si c’est possible pour la vôtre.`
      : `Aucune fiche d’ici ne dit « ${libelle} ». Donnez une commune : les lieux proches vous renseigneront.`,
  /** @param {string} reste @param {string} commune */
  compris: (reste, commune) => `« ${reste} » a été lu « ${commune} ».`,
  /** @param {string} reste */
  pasCompris: (reste) => `« ${reste} » n’a pas été compris.`,
  /** @param {string} texte @param {string} departement @param {string[]} departements */
  hors: (texte, departement, departements) =>
    `« ${texte} » est hors de ce site (${departement}). Il couvre : ${enumerer(departements)}.`,
  dOuPartir: "Dites où vous cherchez : une commune ou un code postal.",
  /** @param {number} n */
  propositions: (n) => (n ? `${compter(n, "proposition", "propositions")}. Flèches pour choisir.` : "Aucune proposition."),
  plusieurs: "Plusieurs communes correspondent : choisissez la vôtre.",
  proches: "Aucun lieu de ce nom. Vouliez-vous dire une de ces communes ?",
  ouCommunes: "Vouliez-vous dire une de ces communes ?",
  plusieursAdresses: "Choisissez l’adresse dans la liste.",
  sansAdresses: "Le service d’adresses ne répond pas. Donnez la commune.",
  ici: "votre position",
  /** @param {number} km */
  iciVague: (km) => `Cet appareil connaît votre position à ${km} km près. Pour chercher plus juste, écrivez votre commune.`,
  /** @param {number} km */
  loin: (km) => `Le plus proche est à ${distance(km)}.`,
  iciRefuse: "Votre position n’est pas connue. Écrivez une commune ou un code postal.",
  iciCherche: "Recherche de votre position…",
  /** @param {number} n */
  suite: (n) => `Voir ${compter(n, "lieu de plus", "lieux de plus")}`,
  appeler: "Appeler le",
  environ: "environ",
  volDOiseau: "à vol d’oiseau",
  /** @param {import("../commun/types.js").Barriere[]} barrieres */
  sansRoute: (barrieres) =>
    `pas de route directe (${barrieres.map(({ nom, passage }) => [nom, passage].filter(Boolean).join(" : ")).join(" ; ")})`,
  dansLaCommune: "Dans la commune, emplacement exact inconnu.",
  fermeDefinitivement: "Ce lieu a fermé définitivement.",
  sansAccueil: "N’accueille pas de public : aide à distance.",
  /** @param {string} date @param {boolean} tel whether its number is known */
  perimee: (date, tel) => `Fiche ancienne, du ${date} : ${tel ? "téléphonez" : "renseignez-vous"} avant d’y aller.`,
  arret: "Arrêt : ",
  /** @param {string} date */
  pass: (date) => `Accepte le Pass numérique (vérifié le ${date})`,
  /** @param {string} nom */
  ajouter: (nom) => `Ajouter à la feuille : ${nom}`,
  /** @param {string} nom */
  retirer: (nom) => `Retirer de la feuille : ${nom}`,
  ajouterCourt: "Ajouter à la feuille",
  retirerCourt: "Retirer de la feuille",
  /** @param {number} n */
  feuille: (n) => `Préparer la feuille : ${compter(n, "lieu choisi", "lieux choisis")}`,
  feuillePleine: "La feuille est pleine : 4 lieux au plus.",

  zone: "Dans la zone de la carte",
  plan: "Carte des lieux de la liste. Flèches : se déplacer ; plus et moins : agrandir, réduire.",
  ouvrirPlan: "Voir la carte",
  fermerPlan: "Fermer la carte",
  planChargement: "Chargement de la carte…",
  planEchec: "La carte n’a pas pu être chargée. La liste dit la même chose.",
  planPartiel: "Une partie de la carte n’a pas pu être chargée.",
  voila: "Votre position est au centre de la carte.",
  /** @param {number} n */
  voirLieux: (n) => `Voir ${n > 1 ? "les " : ""}${lieux(n)}`,
  /** @param {number} n */
  horairesTus: (n) =>
    n > 1 ? `${lieux(n)} aux horaires inconnus ou sur rendez-vous ne sont pas montrés` : "1 lieu aux horaires inconnus ou sur rendez-vous n’est pas montré",
  lesMontrer: "les montrer",
  /** @param {number} n choices that no place answers */
  sansReponse: (n) => compter(n, "choix auquel aucun lieu ne répond ici", "choix auxquels aucun lieu ne répond ici"),
  /** @param {number} n records @param {number} jours from which they are old @param {number} premieres before them */
  reculees: (n, jours, premieres) =>
    `${compter(n, "fiche que personne n’a relue", "fiches que personne n’a relues")} depuis ${compter(jours, "jour", "jours")} ${n > 1 ? "passent" : "passe"} après les ${premieres} premiers lieux plus récents.`,
  /** @param {number} n */
  exporter: (n) => `Télécharger ${n > 1 ? "ces " : "ce "}${lieux(n)} (tableur)`,
  /** @param {number} n */
  exporte: (n) => `Fichier téléchargé : ${lieux(n)}.`,
  exportEchec: "Le fichier n’a pas pu être fait : il y faut le réseau, ou ce département gardé hors connexion.",
  fichierExporte: "lieux-choisis.csv",
  /** @param {string} publie @param {number} anciennes @param {number} n records */
  age: (publie, anciennes, n) =>
    `Publié le ${publie}.${anciennes ? ` ${anciennes === n ? compter(n, "fiche", "fiches") : `${anciennes.toLocaleString("fr-FR")} fiches sur ${n.toLocaleString("fr-FR")}`} de plus d’un an.` : ""}`,
  quand: "Quand ?",
  materiel: "Avec quel matériel ?",
  conditions: "À quelles conditions ?",
  type: "Type de lieu",
  nImporteQuand: "N’importe quand",
  maintenant: "Ouvert maintenant",
  aujourdHui: "Ouvert encore aujourd’hui",
  samedi: "Ouvert le samedi",
  soir: "Ouvert après 18 h",
  unJour: "Ouvert un jour, à une heure",
  jour: "Jour",
  heure: "Heure",
  recent: "Fiche mise à jour ou vérifiée depuis moins d’un an",
  inconnus: "Montrer aussi les lieux dont la fiche ne le dit pas",
  /** @param {number} n */
  nonDits: (n) => `${compter(n, "fiche ne le dit pas", "fiches ne le disent pas")}`,
  /** @param {import("../commun/types.js").Voisins} voisins */
  vide: (voisins) => `Aucun lieu ne répond à tous ces choix.${VOISINS[voisins]}`,
  /** @param {string} choix @param {number} n */
  sans: (choix, n) => `Enlever « ${choix} » : ${lieux(n)}`,
  /** @param {string} choix @param {number} n */
  seulement: (choix, n) => `Garder seulement « ${choix} » : ${lieux(n)}`,
  /** @param {number} n */
  avecInconnus: (n) => `Montrer aussi les lieux dont la fiche ne le dit pas : ${lieux(n)}`,
  /** @param {number} n */
  toutEnlever: (n) => `Enlever tous les choix : ${lieux(n)}`,
  /** @param {string} choix */
  enlever: (choix) => `Enlever ce choix : ${choix}`,
  /** @param {number} n */
  filtres: (n) => (n ? `Autres choix (${n})` : "Autres choix"),
  indice: " : horaires, gratuité, accès…",
};

/** « le jeudi à 17 h ». @param {string} quand of the address */
export function direQuand(quand) {
  const lu = lireQuand(quand);
  if (lu === "maintenant") return textes.maintenant;
  if (lu === "aujourdhui") return textes.aujourdHui;
  if (lu === "apres-18h") return textes.soir;
  if (!lu) return "";
  return `Ouvert le ${JOURS[lu.jour]}${lu.minute === null ? "" : ` à ${heure(lu.minute)}`}`;
}

/** A distance in kilometres, as people say it. @param {number} km */
export function distance(km) {
  if (km < 0.95) return `${Math.max(1, Math.round(km * 10)) * 100} m`;
  const decimales = km < 9.95 ? 1 : 0;
  const options = { minimumFractionDigits: decimales, maximumFractionDigits: decimales };
  return `${km.toLocaleString("fr-FR", options)} km`;
}

/** « environ 15 min en voiture, 35 min à vélo (estimé) »; empty without any.
 * @param {import("./estimation.js").Duree[]} durees */
export const duree = (durees) =>
  durees.length ? `environ ${durees.map(({ mode, minutes }) => `${temps(minutes)} ${MODES[mode]}`).join(", ")} (estimé)` : "";

const MODES = { voiture: "en voiture", velo: "à vélo", pied: "à pied" };

/** « 1 h 05 ». @param {number} minutes */
function temps(minutes) {
  const [heures, reste] = [Math.floor(minutes / 60), minutes % 60];
  return heures ? `${heures} h${reste ? ` ${String(reste).padStart(2, "0")}` : ""}` : `${reste} min`;
}

/** A day as « 15 octobre 2026 ». @param {number} jour from 1970-01-01 */
export const dateLongue = (jour) =>
  new Date(jour * 86_400_000)
    .toLocaleDateString("fr-FR", { timeZone: "UTC", day: "numeric", month: "long", year: "numeric" })
    .replace(/^1 /, "1er ");
