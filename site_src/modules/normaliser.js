// Forgiving text: accents, hyphens, apostrophes, case and « St » never matter.

/** @type {[RegExp, string][]} */
const ABREVIATIONS = [
  [/\bst\b/g, "saint"],
  [/\bste\b/g, "sainte"],
];

/** « St-Étienne-d’Œuvre » → « saint etienne d oeuvre ». @param {string} texte @returns {string} */
export function normaliser(texte) {
  const plat = texte
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/œ/g, "oe")
    .replace(/æ/g, "ae")
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
  return ABREVIATIONS.reduce((t, [motif, mot]) => t.replace(motif, mot), plat);
}

/** @param {string} texte */
export const mots = (texte) => normaliser(texte).split(" ").filter(Boolean);

/** Typos are forgiven in words of four letters or more, never in figures. @param {string} mot */
export const tolerance = (mot) => (/\d/.test(mot) || mot.length < 4 ? false : 0.25);
