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

/** What is kept of a row once it was looked at. @typedef {{ texte: string, mots: Mot[], sons?: Mot[] }} Vue */

/** @template {Record<string, any>} T */
export class Repertoire {
  /** @type {WeakMap<T, Vue>} */
  #vues = new WeakMap();

  /**
   * @param {Description} description @param {(fichier: string) => Promise<T[]>} lire rows of a file
   * @param {(ligne: T) => string} texteDe the words that lead to a row
   * @param {(ligne: T) => boolean} [estPropre] rows that come before all others
   */
  constructor(description, lire, texteDe, estPropre = () => true) {
    this.description = description;
    this.lire = lire;
    this.texteDe = texteDe;
    this.estPropre = estPropre;
    this.debuts = description.seaux?.split(",") ?? [];
    this.courants = new Set(description.courants?.split(" ") ?? []);
  }

  /**
   * Rows with these very words, or that begin so, best first; null when more letters are needed.
   * @param {string} saisie @returns {Promise<T[] | null>}
   */
  async justes(saisie) {
    const saisis = mots(saisie);
    if (!saisis.length) return [];
    const lignes = await this.#candidats(saisis);
    return lignes && this.parmi(lignes, saisie, false);
  }

  /**
   * Rows for a text that may be mistyped, best first; `connues`: rows looked into as well, whatever the first letters.
   * @param {string} saisie @param {T[]} [connues] @returns {Promise<T[]>}
   */
  async proches(saisie, connues = []) {
    const saisis = mots(saisie);
    const lignes = [...connues, ...((await this.#candidats(saisis)) ?? [])];
    const { trouvees, surs } = this.#classer(lignes, saisie, true);
    return surs ? trouvees : this.parmi([...lignes, ...(await this.#autresCandidats(saisis))], saisie, true);
  }

  /**
   * Rows for a text, best first; null when more letters are needed.
   * @param {string} saisie @returns {Promise<T[] | null>}
   */
  async chercher(saisie) {
    const trouvees = await this.justes(saisie);
    return !trouvees || trouvees.length >= ASSEZ || !mots(saisie).length ? trouvees : this.proches(saisie);
  }

  /** Rows of this very name. @param {string} saisie @returns {Promise<T[]>} */
  async exactes(saisie) {
    const saisis = mots(saisie);
    const utile = this.#meilleur(saisis);
    if (!utile) return [];
    const { fichier } = this.description;
    // All the names of one key stand in one drawer.
    const lignes = fichier ? await this.lire(fichier) : await this.#lireSeaux(this.#seauxDe(cle(utile)).slice(0, 1));
    return this.deCeNom(lignes, saisis.join(" "));
  }

  /** @param {T[]} lignes @param {string} texte */
  deCeNom = (lignes, texte) => lignes.filter((ligne) => this.#vue(ligne).texte === texte);

  /** The rows of a list for a text, best first. @param {T[]} lignes @param {string} saisie @param {boolean} indulgent */
  parmi = (lignes, saisie, indulgent) => this.#classer(lignes, saisie, indulgent).trouvees;

  /** @param {T} ligne */
  #vue(ligne) {
    let connue = this.#vues.get(ligne);
    if (!connue) {
      const texte = normaliser(this.texteDe(ligne));
      connue = { texte, mots: texte.split(" ").map(mot) };
      this.#vues.set(ligne, connue);
    }
    return connue;
  }

  /** Drawers where a key may stand, in order. @param {string} valeur */
  #seauxDe(valeur) {
    const premier = dernierAvant(this.debuts, valeur);
    const dernier = dernierAvant(this.debuts, `${valeur}\uffff`);
    return Array.from({ length: dernier - premier + 1 }, (_, i) => premier + i);
  }

  /** @param {number[]} seaux */
  async #lireSeaux(seaux) {
    return (await Promise.all(seaux.map((rang) => this.lire(`${this.description.dossier}${rang}.json`)))).flat();
  }

  /** A common word, mistyped: « sait benoit ». @param {string} saisi */
  #presqueCourant(saisi) {
    return [...this.courants].some((courant) => courant.length >= MOT_MIN && ecart(saisi, courant, 1, false) < 2);
  }

  /** The word that leads to the fewest rows: not a common one, the longest. @param {string[]} saisis */
  #meilleur(saisis) {
    const utiles = saisis.filter((saisi) => !this.courants.has(saisi)).sort((a, b) => b.length - a.length);
    return utiles.find((saisi) => saisi.length > 2 && !this.#presqueCourant(saisi)) ?? utiles[0];
  }

  /** @param {string[]} saisis @returns {Promise<T[] | null>} null: more letters are needed */
  async #candidats(saisis) {
    if (this.description.fichier) return this.lire(this.description.fichier);
    const utile = this.#meilleur(saisis);
    if (!utile) return null;
    const seaux = this.#seauxDe(cle(utile));
    if (seaux.length <= SEAUX_MAX) return this.#lireSeaux(seaux);
    return utile.length < MOT_MIN ? null : this.#lireSeaux(seaux.slice(0, 1));
  }

  /** Rows near a mistyped beginning. @param {string[]} saisis @returns {Promise<T[]>} */
  async #autresCandidats(saisis) {
    const utile = this.#meilleur(saisis);
    if (this.description.fichier || !utile || utile.length < MOT_MIN) return [];
    const deja = new Set(this.#seauxDe(cle(utile)));
    const seaux = variantes(utile).flatMap((v) => this.#seauxDe(cle(v)).slice(0, 1));
    return this.#lireSeaux([...new Set(seaux)].filter((s) => !deja.has(s)).slice(0, RESSEMBLANTS_MAX));
  }

  /**
   * Rows that fit, best first. `surs`: some have one typo at most.
   * @param {T[]} lignes @param {string} saisie @param {boolean} indulgent
   */
  #classer(lignes, saisie, indulgent) {
    const saisis = mots(saisie);
    // Who mistypes a name may add an article to it: « les saintes maries ».
    const pleins = indulgent ? saisis.filter((saisi) => !PETITS.has(saisi)) : saisis;
    const sons = indulgent ? pleins.map((saisi) => mot(son(saisi))) : [];
    const demande = {
      texte: saisis.join(" "),
      cherches: pleins.map(mot),
      sons: sons.every((s) => s.texte.length >= SON_MIN) ? sons : [],
      indulgent,
    };
    /** @type {Map<T, number>} */
    const notes = new Map();
    let surs = false;
    for (const ligne of pleins.length ? lignes : []) {
      const { note, sur } = noter(this.#vue(ligne), demande);
      surs ||= sur;
      if (note !== null) notes.set(ligne, note);
    }
    // Rows come the best known first, and the sort keeps that order.
    const trouvees = [...notes].sort((x, y) => Number(this.estPropre(y[0])) - Number(this.estPropre(x[0])) || x[1] - y[1]);
    return { trouvees: trouvees.map(([ligne]) => ligne), surs };
  }
}

/**
 * How far a row is from what is asked, null when it is something else. `sur`: one typo at most.
 * @param {Vue} vue @param {{ texte: string, cherches: Mot[], sons: Mot[], indulgent: boolean }} demande `sons`: none when
 *   names are not compared by their sound
 */
function noter(vue, { texte, cherches, sons, indulgent }) {
  const note = cout(cherches, vue.mots, indulgent);
  if (note !== null) {
    const place = vue.texte === texte ? 0 : vue.texte.startsWith(texte) ? 1 : 2;
    return { note: note * 10 + place, sur: note <= UNE_FAUTE };
  }
  if (!sons.length) return { note: null, sur: false };
  vue.sons ??= vue.mots.map(({ texte: lu }) => mot(son(lu)));
  const parLeSon = cout(sons, vue.sons, true);
  return { note: parLeSon === null ? null : (parLeSon + COUT_DU_SON) * 10 + 2, sur: false };
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
