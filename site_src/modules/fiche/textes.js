// Every string that a fiche and a sheet say of time, in one place.

import { decomposer, jourSemaine } from "../horaires/jours.js";
import { JOURS, heure, jourEtMois, lier } from "../horaires/phrases.js";

/** « mardi 3 novembre 2026 » @param {number} jour */
export const dateLongue = (jour) => `${dateCourte(jour)}\u00a0${decomposer(jour).annee}`;

/** « mardi 3 novembre » @param {number} jour */
export const dateCourte = (jour) => `${JOURS[jourSemaine(jour)]} ${lier(jourEtMois(jour))}`;

/** « de 9 h à 12 h et de 14 h à 18 h » @param {[number, number][]} plages */
export const heures = (plages) => plages.map(([debut, fin]) => lier(`de ${heure(debut)} à ${heure(fin)}`)).join(" et ");

export const textes = {
  prochainPassage: "Prochain passage :",
  prochainsPassages: "Prochains passages :",
  prochainePermanence: "Prochaine permanence :",
  /** @param {string} jour */
  ancienne: (jour) => `Cette fiche n’a pas été vérifiée depuis le ${lier(jour)}.`,
  /** @param {string} jour */
  datee: (jour) => `Cette fiche date du ${lier(jour)} et n’a pas été vérifiée depuis.`,
  appelez: "Appelez avant de vous déplacer.",
  renseignezVous: "Renseignez-vous avant de vous déplacer.",
  heureInconnue: "heure non renseignée",
  /** @param {string} nom @param {string} texte */
  ferie: (nom, texte) => `jour férié (${nom}), ${texte}`,
  exceptions: "Dans les 14 prochains jours",
  vacances: "vacances scolaires",
  vacancesTues: "le lieu ne dit pas si ses horaires changent",
  vacancesDites: "voir la ligne « vacances scolaires » des horaires",
  /** @param {string} debut @param {string} fin */
  periode: (debut, fin) => (debut === fin ? debut : `du ${debut} au ${fin}`),
  rienDeParticulier: "Rien de particulier n’est annoncé dans les 14 prochains jours.",
  ajouter: "Ajouter à la feuille",
  retirer: "Retirer de la feuille",
  /** @param {number} n */
  choisis: (n) => (n ? `${n} ${n < 2 ? "lieu choisi" : "lieux choisis"} pour la feuille à remettre.` : ""),
  feuillePleine: "La feuille contient déjà 4 lieux : retirez-en un pour en ajouter un autre.",
};
