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

/**
 * Cost of finding every typed word in a name: 0 is the very words, a beginning costs a little, a typo more; null when
 * a word is not found. Words may come in any order; only the last one may be half typed without any cost.
 * @param {string[]} saisis @param {string[]} noms @param {boolean} indulgent typos are forgiven
 * @returns {number | null}
 */
export function cout(saisis, noms, indulgent) {
  let total = 0;
  for (let rang = 0; rang < saisis.length; rang += 1) {
    const saisi = saisis[rang] ?? "";
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

/** @param {string} saisi @param {string} nom @param {boolean} indulgent */
function coutDuMot(saisi, nom, indulgent) {
  if (nom === saisi) return 0;
  if (nom.startsWith(saisi)) return 1;
  const maximum = indulgent ? tolerance(saisi) : 0;
  if (!maximum) return Infinity;
  const fautes = ecart(saisi, nom, maximum, true);
  return fautes > maximum ? Infinity : 2 + 2 * fautes;
}
