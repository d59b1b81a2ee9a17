// How well a typed text fits a name: whole words, beginnings of words, then typos.

/** Typos forgiven in a word: none in figures nor in very short words. @param {string} mot */
export const tolerance = (mot) => (/\d/.test(mot) || mot.length < 4 ? 0 : mot.length < 8 ? 1 : 2);

/** @type {number[][]} */
const tableau = [[], [], []];

/**
 * Least number of changes (a letter added, dropped, replaced, or two swapped) that turn `saisi` into `mot` or, when
 * `debut`, into the beginning of `mot`; more than `maximum` is not counted further.
 * @param {string} saisi @param {string} mot @param {number} maximum @param {boolean} debut
 */
export function ecart(saisi, mot, maximum, debut) {
  const [n, m] = [saisi.length, mot.length];
  if (n - m > maximum || (!debut && m - n > maximum)) return maximum + 1;
  let [avant = [], ligne = [], suite = []] = tableau;
  for (let j = 0; j <= m; j += 1) ligne[j] = j;
  for (let i = 1; i <= n; i += 1) {
    suite[0] = i;
    let moindre = i;
    for (let j = 1; j <= m; j += 1) {
      const egal = saisi[i - 1] === mot[j - 1];
      let cout = Math.min((ligne[j - 1] ?? 0) + (egal ? 0 : 1), (ligne[j] ?? 0) + 1, (suite[j - 1] ?? 0) + 1);
      if (!egal && i > 1 && j > 1 && saisi[i - 1] === mot[j - 2] && saisi[i - 2] === mot[j - 1]) {
        cout = Math.min(cout, (avant[j - 2] ?? 0) + 1);
      }
      suite[j] = cout;
      if (cout < moindre) moindre = cout;
    }
    if (moindre > maximum) return maximum + 1;
    [avant, ligne, suite] = [ligne, suite, avant];
  }
  if (!debut) return ligne[m] ?? 0;
  let meilleur = maximum + 1;
  for (let j = 0; j <= m; j += 1) meilleur = Math.min(meilleur, ligne[j] ?? 0);
  return meilleur;
}

/** @typedef {{ texte: string, lettres: number }} Mot  `lettres`: one bit for each letter or figure that it has */

/** @param {string} texte @returns {Mot} */
export function mot(texte) {
  let lettres = 0;
  for (let i = 0; i < texte.length; i += 1) lettres |= 1 << (texte.charCodeAt(i) & 31);
  return { texte, lettres };
}

/**
 * Cost of finding every typed word in a name: 0 is the very words, a beginning costs a little, a typo more; null when
 * a word is not found. Words may come in any order; only the last one may be half typed without any cost.
 * @param {Mot[]} saisis @param {Mot[]} noms @param {boolean} indulgent typos are forgiven
 */
export function cout(saisis, noms, indulgent) {
  let total = 0;
  for (const saisi of saisis) {
    let meilleur = Infinity;
    for (const nom of noms) {
      const vu = coutDuMot(saisi, nom, indulgent);
      if (vu < meilleur) meilleur = vu;
    }
    if (meilleur === Infinity) return null;
    total += meilleur;
  }
  return total;
}

/** @param {Mot} saisi @param {Mot} nom @param {boolean} indulgent */
function coutDuMot(saisi, nom, indulgent) {
  if (nom.texte.startsWith(saisi.texte)) return nom.texte === saisi.texte ? 0 : 1;
  const maximum = indulgent ? tolerance(saisi.texte) : 0;
  // A letter that the name has not is a fault already: most names are put aside without counting further.
  if (!maximum || plusDe(maximum, saisi.lettres & ~nom.lettres)) return Infinity;
  const fautes = ecart(saisi.texte, nom.texte, maximum, true);
  return fautes > maximum ? Infinity : 2 + 2 * fautes;
}

/** Whether a number has more than `maximum` bits (0 to 2). @param {number} maximum @param {number} bits */
function plusDe(maximum, bits) {
  let reste = bits;
  for (let n = 0; n < maximum; n += 1) reste &= reste - 1;
  return reste !== 0;
}
