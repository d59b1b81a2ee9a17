// Loads the gazetteer once, and the places département by département, when they are needed.

import { jusquauCadre } from "./distance.js";

/** @typedef {import("./types.js").Index} Index */
/** @typedef {import("./types.js").Commune} Commune */
/** @typedef {import("./types.js").Departement} Departement */
/** @typedef {import("./types.js").Point} Point */

// Places of another département are shown to those who live near its border.
const VOISINAGE_KM = 40;
// A name is searched in the whole site only while it is small enough to be loaded.
const TOUT_CHARGER_MAX = 4;

/** @param {string} base address of the data folder, ending with a slash */
export function ouvrir(base) {
  /** @type {Promise<Index> | undefined} */
  let index;
  /** @type {Map<string, Promise<Point[]>>} */
  const departements = new Map();

  /** @param {string} fichier */
  async function json(fichier) {
    const reponse = await fetch(base + fichier);
    if (!reponse.ok) throw new Error(`${fichier} : ${reponse.status}`);
    return reponse.json();
  }

  /** A failed load may be tried again. @template T @param {Promise<T>} promesse @param {() => void} oublier */
  function retenir(promesse, oublier) {
    promesse.catch(oublier);
    return promesse;
  }

  function lireIndex() {
    index ??= retenir(json("index.json").then(decoderIndex), () => {
      index = undefined;
    });
    return index;
  }

  /** @param {Departement} d */
  function lireDepartement(d) {
    const deja = departements.get(d.code);
    if (deja) return deja;
    const promesse = retenir(json(d.fichier).then(decoderLieux), () => departements.delete(d.code));
    departements.set(d.code, promesse);
    return promesse;
  }

  /** @param {Commune} commune @returns {Promise<Point[]>} */
  async function autour(commune) {
    const tous = (await lireIndex()).departements;
    return (await Promise.all(tous.filter((d) => estProche(d, commune)).map(lireDepartement))).flat();
  }

  /** Every place of the site, or null when the site is too large for that. @returns {Promise<Point[] | null>} */
  async function tout() {
    const tous = (await lireIndex()).departements;
    return tous.length > TOUT_CHARGER_MAX ? null : (await Promise.all(tous.map(lireDepartement))).flat();
  }

  return { index: lireIndex, autour, tout };
}

/** @param {Departement} d @param {Commune} commune */
function estProche(d, commune) {
  if (d.code === commune.departement) return true;
  if (commune.lat === null || commune.lon === null || !d.cadre) return false;
  return jusquauCadre(commune.lat, commune.lon, d.cadre) <= VOISINAGE_KM;
}

/** @param {any} brut @returns {Index} */
function decoderIndex(brut) {
  return { ...brut, communes: lignes(brut.communes) };
}

/** @param {any} brut @returns {Point[]} */
function decoderLieux(brut) {
  return lignes(brut);
}

/** Rows to objects. @param {{ champs: string[], lignes: unknown[][] }} table @returns {any[]} */
function lignes({ champs, lignes: rangs }) {
  return rangs.map((rang) => Object.fromEntries(champs.map((champ, i) => [champ, rang[i]])));
}
