// What this deployment does not cover: the large communes and the postal codes of the rest of France.

import { separer } from "./lecture.js";
import { normaliser } from "./normaliser.js";

/** @typedef {{ nom: string[], departement: string[], departements: Record<string, string> }} Ailleurs */

/**
 * The name of the département of a commune or of a postal code, null when it is not known or is ours.
 * @param {string} texte @param {Ailleurs} ailleurs @param {import("../commun/types.js").Index} index
 */
export function dehors(texte, { nom, departement, departements }, { propres }) {
  const code = codeDe(normaliser(texte), nom, departement) ?? codeDe(separer(texte).texte, nom, departement);
  return code && !propres.includes(code) ? (departements[code] ?? null) : null;
}

/** @param {string} cherche @param {string[]} noms @param {string[]} codes */
function codeDe(cherche, noms, codes) {
  const postal = /^(\d{2})\d{3}$/.exec(cherche.replace(/ /g, ""))?.[0];
  if (!postal) return codes[noms.findIndex((nom) => normaliser(nom) === cherche)];
  if (postal.startsWith("20")) return postal < "20200" ? "2A" : "2B";
  return /^9[78]/.test(postal) ? postal.slice(0, 3) : postal.slice(0, 2);
}
