// Characters that nobody sees and that no record may hold: as `carte.ecrits.caracteres` says of those that block.

import { codeDe } from "./mots.js";

/** @typedef {import("./types.js").Chemin} Chemin */
/** @typedef {import("./types.js").Faute} Faute */

/** @type {[RegExp, string][]} */
const SORTES = [
  [/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]/g, "caractère de contrôle (%), invisible : effacez-le"],
  [/[\u061c\u202a-\u202e\u2066-\u2069]/g, "caractère qui change le sens d'écriture (%) : il montre autre chose que le texte. Effacez-le"],
];

/** @param {unknown} valeur @param {Chemin} chemin @returns {Faute[]} */
export function caracteres(valeur, chemin) {
  if (typeof valeur === "object" && valeur !== null) {
    const cles = Array.isArray(valeur) ? valeur.map((v, rang) => /** @type {[number, unknown]} */ ([rang, v])) : Object.entries(valeur);
    return cles.flatMap(([cle, v]) => caracteres(v, [...chemin, cle]));
  }
  if (typeof valeur !== "string") return [];
  return SORTES.flatMap(([motif, mots]) => {
    const vus = valeur.match(motif) ?? [];
    if (!vus[0]) return [];
    const fois = vus.length > 1 ? ` (${vus.length} fois, la première ici)` : "";
    return [{ chemin, message: `Le texte contient un ${mots.replace("%", codeDe(vus[0]))}${fois}.`, regle: "caractere" }];
  });
}
