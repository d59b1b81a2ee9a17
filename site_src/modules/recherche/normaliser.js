// Forgiving text: accents, hyphens, apostrophes, case and « St » never matter, and « Rur@linette » is « ruralinette ».
// The same rules as the Python module `carte.publish.search.mots`, which writes the directories.

/** @type {Record<string, string>} */
const ABREVIATIONS = { st: "saint", ste: "sainte" };

/** @type {[RegExp, string][]} what French spells in several ways */
const SONS = [
  [/sch|ch|sh/g, "1"],
  [/ph/g, "f"],
  [/h/g, ""],
  [/y/g, "i"],
  [/c(?=[ei])/g, "s"],
  [/[cq]u?(?=[ei])|ck|[cq]/g, "k"],
  [/g(?=[ei])/g, "j"],
  [/z/g, "s"],
  [/w/g, "v"],
  [/1/g, "c"],
];

/** « St-Étienne-d’Œuvre » → « saint etienne d oeuvre ». @param {string} texte @returns {string} */
export function normaliser(texte) {
  // A thousand names are read at a key: what most of them do not need is not done.
  const latin = HORS_ASCII.test(texte) ? plier(texte) : texte.toLowerCase();
  return latin
    .replace(/@/g, "a")
    .replace(/[^a-z0-9]+/g, " ")
    .trim()
    .replace(/\bste?\b/g, (mot) => ABREVIATIONS[mot] ?? mot);
}

const HORS_ASCII = /[^\x20-\x7e]/;

/** @param {string} texte */
export const plier = (texte) =>
  texte.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/œ/g, "oe").replace(/æ/g, "ae").replace(/ß/g, "ss");

/** @param {string} texte */
export const mots = (texte) => normaliser(texte).split(" ").filter(Boolean);

/** How a normalised word sounds, roughly: « phare » and « fare » have the same key. @param {string} mot */
export const cle = (mot) =>
  SONS.reduce((m, [motif, son]) => m.replace(motif, son), mot).replace(/([a-z])\1+/g, "$1");

/** How a whole word sounds, vowels too: « chateauroux » and « chatoroux » are alike. @param {string} mot */
export const son = (mot) =>
  cle(mot.replace(/e?aux?(?=[^aeiouy]|$)/g, "o").replace(/[ae][iy]/g, "e").replace(/e(?=[nm](?![aeiouy]))/g, "a"));
