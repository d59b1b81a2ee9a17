// Words of the rules: what a message quotes, and the nearest known word. As `carte.ecrits.texte` and its vocabularies do.

import { normaliser, plier } from "../recherche/normaliser.js";

/** @typedef {import("./types.js").Vocabulaire} Vocabulaire */

const CACHE = /[\p{C}\p{Zl}\p{Zp}\p{Zs}]/gu;
const VUES = " \u00a0\u202f";
const BORDS = /^[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+|[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+$/g;
const SEUIL = 0.6;
// A slip of the keyboard in a value of a vocabulary.
const SEUIL_DU_MOT = 0.8;
const LIAISONS = new Set(["des", "les", "aux", "une", "sur", "avec", "par", "pour", "dans"]);
const LONGUEUR_COMPAREE = 120;
const LONGUEUR_EXTRAIT = 5;

/** Without the spaces around it. @param {string} texte */
export const rogner = (texte) => texte.replace(BORDS, "");

/** Its letters as people count them. @param {string} texte */
export const longueur = (texte) => [...texte].length;

/** « U+00A0 » @param {string} lettre */
export const codeDe = (lettre) => `U+${(lettre.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;

/** A value as a message quotes it: one line, shortened. @param {unknown} valeur */
export function citer(valeur) {
  const lettres = [...String(valeur)];
  const texte = lettres.length <= 60 ? String(valeur) : `${rogner(lettres.slice(0, 59).join(""))}…`;
  return texte.replace(CACHE, (c) => (VUES.includes(c) ? c : `\\u${(c.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`));
}

/** « Vouliez-vous dire … ? », or nothing when no candidate is near. @param {string} texte @param {string[]} candidats */
export function vouliezVousDire(texte, candidats) {
  const cherche = normaliser([...texte].slice(0, LONGUEUR_COMPAREE).join(""));
  /** @type {Map<string, string>} */
  const parRepli = new Map(candidats.map((c) => [normaliser(c), c]));
  /** @type {[number, string]} */
  let meilleur = [0, ""];
  for (const repli of parRepli.keys()) {
    const note = ressemblance(repli, cherche);
    if (note >= SEUIL && (note > meilleur[0] || (note === meilleur[0] && repli > meilleur[1]))) meilleur = [note, repli];
  }
  const proche = parRepli.get(meilleur[1]);
  return meilleur[0] && proche !== undefined ? ` Vouliez-vous dire « ${proche} » ?` : "";
}

/** The letters and figures of a text, without case nor accents. @param {string} texte */
export const cle = (texte) => plier(texte).replace(/[^\p{L}\p{N}]/gu, "");

/** The value that a text most likely means. @param {string} texte @param {Vocabulaire} vocabulaire */
export function plusProche(texte, vocabulaire) {
  if (vocabulaire.valeurs.some(([valeur]) => valeur === texte)) return texte;
  /** @type {Map<string, string>} */
  const parCle = new Map();
  for (const [valeur, libelle, , alias, anciennes] of vocabulaire.valeurs) {
    for (const ecrit of [valeur, ...alias, ...anciennes, libelle]) parCle.set(cle(ecrit), valeur);
  }
  parCle.delete("");
  const cherche = cle(texte);
  const connue = parCle.get(cherche);
  if (connue !== undefined) return connue;
  const meme = deMemesMots(texte, vocabulaire);
  if (meme !== null) return meme;
  const extraits = new Set([...parCle].filter(([mots]) => estExtrait(cherche, mots)).map(([, valeur]) => valeur));
  if (extraits.size > 1) return null;
  let [note, trouvee] = [0, /** @type {string | null} */ (null)];
  for (const [mots, valeur] of parCle) {
    const vue = extraitOuRessemblance(cherche, mots);
    if (vue > note) [note, trouvee] = [vue, valeur];
  }
  return note >= SEUIL_DU_MOT ? trouvee : null;
}

/** The only value that has all the words of a text; a single word says too little. @param {string} texte
 * @param {Vocabulaire} vocabulaire */
function deMemesMots(texte, { valeurs }) {
  const cherches = [...racines(texte)];
  if (cherches.length < 2) return null;
  const trouvees = valeurs.filter(([valeur, libelle, , alias, anciennes]) =>
    [valeur, ...alias, ...anciennes, libelle].some((ecrit) => {
      const mots = racines(ecrit);
      return cherches.every((mot) => mots.has(mot));
    }),
  );
  return trouvees.length === 1 ? (trouvees[0]?.[0] ?? null) : null;
}

/** The words that say something, singular or plural. @param {string} texte */
const racines = (texte) =>
  new Set((plier(texte).match(/[a-z]{3,}/g) ?? []).filter((mot) => !LIAISONS.has(mot)).map((mot) => mot.replace(/[sx]+$/, "")));

/** @param {string} cherche @param {string} connue */
const estExtrait = (cherche, connue) => longueur(cherche) >= LONGUEUR_EXTRAIT && (connue.startsWith(cherche) || connue.endsWith(cherche));

/** @param {string} cherche @param {string} connue */
function extraitOuRessemblance(cherche, connue) {
  const [n, m] = [longueur(cherche), longueur(connue)];
  if (estExtrait(cherche, connue)) return 0.9 + (0.1 * n) / m;
  return (2 * Math.min(n, m)) / (n + m || 1) < SEUIL_DU_MOT ? 0 : ressemblance(cherche, connue);
}

/** Ratcliff and Obershelp's likeness, 0 to 1, as difflib counts it. @param {string} un @param {string} autre */
export function ressemblance(un, autre) {
  const [a, b] = [[...un], [...autre]];
  const total = a.length + b.length;
  return total ? (2 * communes(a, b, 0, a.length, 0, b.length)) / total : 1;
}

/** @param {string[]} a @param {string[]} b @param {number} a0 @param {number} a1 @param {number} b0 @param {number} b1
 * @returns {number} */
function communes(a, b, a0, a1, b0, b1) {
  const [i, j, n] = bloc(a, b, a0, a1, b0, b1);
  return n ? n + communes(a, b, a0, i, b0, j) + communes(a, b, i + n, a1, j + n, b1) : 0;
}

/** The longest common run: the first in `a`, then in `b`. @param {string[]} a @param {string[]} b @param {number} a0
 * @param {number} a1 @param {number} b0 @param {number} b1 @returns {[number, number, number]} */
function bloc(a, b, a0, a1, b0, b1) {
  let [meilleurI, meilleurJ, taille] = [a0, b0, 0];
  /** @type {Map<number, number>} */
  let avant = new Map();
  for (let i = a0; i < a1; i += 1) {
    /** @type {Map<number, number>} */
    const ici = new Map();
    for (let j = b0; j < b1; j += 1) {
      if (a[i] !== b[j]) continue;
      const k = (avant.get(j - 1) ?? 0) + 1;
      ici.set(j, k);
      if (k > taille) [meilleurI, meilleurJ, taille] = [i - k + 1, j - k + 1, k];
    }
    avant = ici;
  }
  return [meilleurI, meilleurJ, taille];
}
