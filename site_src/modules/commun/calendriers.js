// The clocks and holidays of the site's départements: one small file, read once.

import { lireCalendriers } from "../horaires/calendrier.js";

/** @typedef {import("../horaires/types.js").Calendrier} Calendrier */

/**
 * @param {string} racine path to the site's root
 * @returns {Promise<(departement: string, codeInsee?: string) => Calendrier>}
 */
export async function chargerCalendriers(racine) {
  const reponse = await fetch(`${racine}donnees/calendriers.json`);
  if (!reponse.ok) throw new Error(`calendriers : ${reponse.status}`);
  return lireCalendriers(await reponse.json());
}
