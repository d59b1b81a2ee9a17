// A directory of names written by the build: one file, or drawers in alphabetical order of which only some are read.

import { cle, mots, normaliser, son } from "./normaliser.js";
import { cout, ecart, mot } from "./ressemblance.js";

/** @typedef {import("../commun/types.js").Repertoire} Description */
/** @typedef {import("./ressemblance.js").Mot} Mot */

const SEAUX_MAX = 3; // a shorter beginning leads to too many drawers: one more letter is asked
const MOT_MIN = 4; // from so many letters on, it is rather a typo
const RESSEMBLANTS_MAX = 4; // drawers looked into for a typo in the first letters
const ASSEZ = 3;
const PETITS = new Set(["le", "la", "les", "l", "de", "du", "des", "d", "en", "a", "au", "aux", "sur", "sous", "lez"]);
/** @type {[string, string][]} */
const SONS_PROCHES = [["au", "o"], ["eau", "o"], ["ai", "e"], ["en", "an"]];
const COUT_DU_SON = 3;
const UNE_FAUTE = 4; // see `cout`
const SON_MIN = 3; // a shorter sound is like too many names

/**
 * @template {Record<string, any>} T
 * @param {Description} description @param {(fichier: string) => Promise<T[]>} lire rows of a file
 * @param {(ligne: T) => string} texteDe the words that lead to a row
 * @param {(ligne: T) => boolean} [estPropre] rows that come before all others
 */
export function repertoire(description, lire, texteDe, estPropre = () => true) {
  const debuts = description.seaux?.split(",") ?? [];
  const courants = new Set(description.courants?.split(" ") ?? []);
  /** @type {WeakMap<T, { texte: string, mots: Mot[], sons?: Mot[] }>} */
  const vus = new WeakMap();

  /** @param {T} ligne */
  function vu(ligne) {
    let connu = vus.get(ligne);
    if (!connu) {
      const texte = normaliser(texteDe(ligne));
      connu = { texte, mots: texte.split(" ").map(mot) };
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

  /** A common word, mistyped: « sait benoit ». @param {string} mot */
  const presqueCourant = (mot) => [...courants].some((courant) => courant.length >= MOT_MIN && ecart(mot, courant, 1, false) < 2);

  /** The word that leads to the fewest rows: not a common one, the longest. @param {string[]} saisis */
  function meilleur(saisis) {
    const utiles = saisis.filter((mot) => !courants.has(mot)).sort((a, b) => b.length - a.length);
    return utiles.find((mot) => mot.length > 2 && !presqueCourant(mot)) ?? utiles[0];
  }

  /** @param {string[]} saisis @returns {Promise<T[] | null>} null: more letters are needed */
  async function candidats(saisis) {
    if (description.fichier) return lire(description.fichier);
    const mot = meilleur(saisis);
    if (!mot) return null;
    const seaux = seauxDe(cle(mot));
    if (seaux.length <= SEAUX_MAX) return lireSeaux(seaux);
    return mot.length < MOT_MIN ? null : lireSeaux(seaux.slice(0, 1));
  }

  /** Rows near a mistyped beginning. @param {string[]} saisis @returns {Promise<T[]>} */
  async function autresCandidats(saisis) {
    const mot = meilleur(saisis);
    if (description.fichier || !mot || mot.length < MOT_MIN) return [];
    const deja = new Set(seauxDe(cle(mot)));
    const seaux = variantes(mot).flatMap((v) => seauxDe(cle(v)).slice(0, 1));
    return lireSeaux([...new Set(seaux)].filter((s) => !deja.has(s)).slice(0, RESSEMBLANTS_MAX));
  }

  /**
   * Rows that fit, best first. `surs`: some have one typo at most.
   * @param {T[]} lignes @param {string} saisie @param {boolean} indulgent
   */
  function classer(lignes, saisie, indulgent) {
    const saisis = mots(saisie);
    const texte = saisis.join(" ");
    // Who mistypes a name may add an article to it: « les saintes maries ».
    const pleins = indulgent ? saisis.filter((saisi) => !PETITS.has(saisi)) : saisis;
    const cherches = pleins.map(mot);
    const sons = indulgent ? pleins.map((saisi) => mot(son(saisi))) : [];
    const parSons = indulgent && sons.every((s) => s.texte.length >= SON_MIN);
    /** @type {Map<T, number>} */
    const notes = new Map();
    let surs = false;
    for (const ligne of pleins.length ? lignes : []) {
      const connu = vu(ligne);
      const nom = connu.texte;
      const note = cout(cherches, connu.mots, indulgent);
      if (note !== null) {
        if (note <= UNE_FAUTE) surs = true;
        notes.set(ligne, note * 10 + (nom === texte ? 0 : nom.startsWith(texte) ? 1 : 2));
      } else if (parSons) {
        connu.sons ??= connu.mots.map(({ texte: lu }) => mot(son(lu)));
        const parLeSon = cout(sons, connu.sons, true);
        if (parLeSon !== null) notes.set(ligne, (parLeSon + COUT_DU_SON) * 10 + 2);
      }
    }
    // Rows come the best known first, and the sort keeps that order.
    const trouvees = [...notes].sort((x, y) => Number(estPropre(y[0])) - Number(estPropre(x[0])) || x[1] - y[1]);
    return { trouvees: trouvees.map(([ligne]) => ligne), surs };
  }

  /** The rows of a list for a text, best first. @param {T[]} lignes @param {string} saisie @param {boolean} indulgent */
  const parmi = (lignes, saisie, indulgent) => classer(lignes, saisie, indulgent).trouvees;

  /**
   * Rows with these very words, or that begin so, best first; null when more letters are needed.
   * @param {string} saisie @returns {Promise<T[] | null>}
   */
  async function justes(saisie) {
    const saisis = mots(saisie);
    if (!saisis.length) return [];
    const lignes = await candidats(saisis);
    return lignes && parmi(lignes, saisie, false);
  }

  /**
   * Rows for a text that may be mistyped, best first; `connues`: rows looked into as well, whatever the first letters.
   * @param {string} saisie @param {T[]} [connues] @returns {Promise<T[]>}
   */
  async function proches(saisie, connues = []) {
    const saisis = mots(saisie);
    const lignes = [...connues, ...((await candidats(saisis)) ?? [])];
    const { trouvees, surs } = classer(lignes, saisie, true);
    return surs ? trouvees : parmi([...lignes, ...(await autresCandidats(saisis))], saisie, true);
  }

  /**
   * Rows for a text, best first; null when more letters are needed.
   * @param {string} saisie @returns {Promise<T[] | null>}
   */
  async function chercher(saisie) {
    const trouvees = await justes(saisie);
    return !trouvees || trouvees.length >= ASSEZ || !mots(saisie).length ? trouvees : proches(saisie);
  }

  /** Rows of this very name. @param {string} saisie @returns {Promise<T[]>} */
  async function exactes(saisie) {
    const saisis = mots(saisie);
    const mot = meilleur(saisis);
    if (!mot) return [];
    // All the names of one key stand in one drawer.
    const lignes = description.fichier ? await lire(description.fichier) : await lireSeaux(seauxDe(cle(mot)).slice(0, 1));
    return deCeNom(lignes, saisis.join(" "));
  }

  /** @param {T[]} lignes @param {string} texte */
  const deCeNom = (lignes, texte) => lignes.filter((ligne) => vu(ligne).texte === texte);

  return { justes, proches, chercher, parmi, exactes, deCeNom };
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
    if (mot.slice(0, 5).includes(son)) trouvees.unshift(mot.replace(son, autre));
    if (mot.slice(0, 5).includes(autre)) trouvees.unshift(mot.replace(autre, son));
  }
  return [...new Set(trouvees)];
}
