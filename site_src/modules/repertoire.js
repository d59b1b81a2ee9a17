// A directory of names written by the build: one file, or drawers in alphabetical order of which only some are read.

import { cle, mots, normaliser, son } from "./normaliser.js";
import { cout } from "./ressemblance.js";

/** @typedef {import("./types.js").Repertoire} Description */

const SEAUX_MAX = 3; // a shorter beginning leads to too many drawers: one more letter is asked
const RESSEMBLANTS_MAX = 4; // drawers looked into for a typo in the first letters
const ASSEZ = 3;
/** @type {[string, string][]} */
const SONS_PROCHES = [["au", "o"], ["eau", "o"], ["ai", "e"], ["en", "an"]];
const COUT_DU_SON = 3;
const SON_MIN = 3; // a shorter sound is like too many names

/**
 * @template {Record<string, any>} T
 * @param {Description} description @param {(fichier: string) => Promise<T[]>} lire rows of a file
 * @param {(ligne: T) => string} texteDe the words that lead to a row
 */
export function repertoire(description, lire, texteDe) {
  const debuts = description.seaux?.split(",") ?? [];
  const courants = new Set(description.courants?.split(" ") ?? []);
  /** @type {WeakMap<T, { texte: string, mots: string[], sons?: string[] }>} */
  const vus = new WeakMap();

  /** @param {T} ligne */
  function vu(ligne) {
    let connu = vus.get(ligne);
    if (!connu) {
      const texte = normaliser(texteDe(ligne));
      connu = { texte, mots: texte.split(" ") };
      vus.set(ligne, connu);
    }
    return connu;
  }

  /** Drawers where a key may stand, in order. @param {string} valeur */
  function seauxDe(valeur) {
    const premier = dernierAvant(debuts, valeur);
    const dernier = dernierAvant(debuts, `${valeur}\uffff`);
    return Array.from({ length: dernier - premier + 1 }, (_, i) => premier + i);
  }

  /** @param {number[]} seaux */
  const lireSeaux = async (seaux) =>
    (await Promise.all(seaux.map((rang) => lire(`${description.dossier}${rang}.json`)))).flat();

  /** The word that leads to the fewest rows: not a common one, the longest. @param {string[]} saisis */
  const meilleur = (saisis) =>
    saisis.filter((mot) => !courants.has(mot)).sort((a, b) => b.length - a.length)[0];

  /** @param {string[]} saisis @returns {Promise<T[] | null>} null: more letters are needed */
  async function candidats(saisis) {
    if (description.fichier) return lire(description.fichier);
    const mot = meilleur(saisis);
    if (!mot) return null;
    const seaux = seauxDe(cle(mot));
    return seaux.length > SEAUX_MAX ? null : lireSeaux(seaux);
  }

  /** Rows near a mistyped beginning. @param {string[]} saisis @returns {Promise<T[]>} */
  async function autresCandidats(saisis) {
    const mot = meilleur(saisis);
    if (description.fichier || !mot || mot.length < 4) return [];
    const deja = new Set(seauxDe(cle(mot)));
    const seaux = variantes(mot).flatMap((v) => seauxDe(cle(v)).slice(0, 1));
    return lireSeaux([...new Set(seaux)].filter((s) => !deja.has(s)).slice(0, RESSEMBLANTS_MAX));
  }

  /** @param {T[]} lignes @param {string[]} saisis @param {string} texte @param {boolean} indulgent */
  function classer(lignes, saisis, texte, indulgent) {
    /** @type {Map<T, number>} */
    const notes = new Map();
    const sons = indulgent ? saisis.map(son) : [];
    const parSons = indulgent && sons.every((s) => s.length >= SON_MIN);
    for (const ligne of lignes) {
      const connu = vu(ligne);
      const nom = connu.texte;
      let note = cout(saisis, connu.mots, indulgent);
      if (note === null && parSons) {
        connu.sons ??= connu.mots.map(son);
        const parLeSon = cout(sons, connu.sons, true);
        note = parLeSon === null ? null : parLeSon + COUT_DU_SON;
      }
      if (note !== null) notes.set(ligne, note * 10 + (nom === texte ? 0 : nom.startsWith(texte) ? 1 : 2));
    }
    // Rows come the best known first, and the sort keeps that order.
    return [...notes].sort((a, b) => a[1] - b[1]).map(([ligne]) => ligne);
  }

  /**
   * Rows for a text, best first; null when more letters are needed.
   * @param {string} saisie @returns {Promise<T[] | null>}
   */
  async function chercher(saisie) {
    const saisis = mots(saisie);
    const texte = saisis.join(" ");
    if (!saisis.length) return [];
    const lignes = await candidats(saisis);
    if (!lignes) return null;
    const justes = classer(lignes, saisis, texte, false);
    if (justes.length >= ASSEZ) return justes;
    const proches = classer(lignes, saisis, texte, true);
    if (proches.length) return proches;
    return classer(await autresCandidats(saisis), saisis, texte, true);
  }

  /** Rows of this very name. @param {string} saisie @returns {Promise<T[]>} */
  async function exactes(saisie) {
    const saisis = mots(saisie);
    const lignes = saisis.length ? ((await candidats(saisis)) ?? []) : [];
    const texte = saisis.join(" ");
    return lignes.filter((ligne) => vu(ligne).texte === texte);
  }

  return { chercher, exactes };
}

/** Place of the last text that does not come after a value. @param {string[]} textes sorted @param {string} valeur */
function dernierAvant(textes, valeur) {
  let [bas, haut] = [0, textes.length];
  while (haut - bas > 1) {
    const milieu = (bas + haut) >> 1;
    if ((textes[milieu] ?? "") <= valeur) bas = milieu;
    else haut = milieu;
  }
  return bas;
}

/** Words that the first letters may have wanted to say: two swapped, one too many, sounds alike. @param {string} mot */
function variantes(mot) {
  const [a = "", b = ""] = mot;
  const trouvees = [b + a + mot.slice(2), mot.slice(1), a + mot.slice(2), mot[0] + mot.slice(1, 2) + mot.slice(3)];
  for (const [son, autre] of SONS_PROCHES) {
    if (mot.slice(0, 4).includes(son)) trouvees.unshift(mot.replace(son, autre));
    if (mot.slice(0, 4).includes(autre)) trouvees.unshift(mot.replace(autre, son));
  }
  return [...new Set(trouvees)];
}
