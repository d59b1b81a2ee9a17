// Finds a commune from what people type: half a name, a former name, a postal code, a typo.

import { normaliser } from "./normaliser.js";
import { repertoire } from "./repertoire.js";

/** @typedef {import("./types.js").Commune} Commune */

/** The département of a code of commune. @param {string} code */
export const departementDe = (code) => (code.startsWith("97") || code.startsWith("98") ? code.slice(0, 3) : code.slice(0, 2));

/**
 * @param {import("./types.js").Index["communes"]} description
 * @param {(fichier: string) => Promise<Record<string, unknown[]>>} lireColonnes
 */
export function annuaire(description, lireColonnes) {
  /** @param {string} fichier @returns {Promise<Commune[]>} */
  const lire = async (fichier) => communes(await lireColonnes(fichier));
  /** @type {Map<string, Promise<Commune[]>>} */
  const lus = new Map();
  /** @param {string} fichier */
  function lireUneFois(fichier) {
    const connu = lus.get(fichier) ?? lire(fichier);
    lus.set(fichier, connu);
    connu.catch(() => lus.delete(fichier));
    return connu;
  }
  const noms = repertoire(description, lireUneFois, (c) => c.nom);

  /** The commune of a code, undefined when it is not in the gazetteer. @param {string} code */
  async function une(code) {
    const lignes = await lireUneFois(description.fichier ?? `${description.codes}${departementDe(code)}.json`);
    return lignes.find((c) => c.code === code && !c.actuel);
  }

  /** @param {string} chiffres two to five figures @returns {Promise<Commune[]>} */
  async function parCodePostal(chiffres) {
    const debut = chiffres.slice(0, 2);
    const departements = description.postaux?.[debut] ?? [debut];
    const fichiers = description.fichier ? [description.fichier] : departements.map((d) => `${description.codes}${d}.json`);
    const lots = await Promise.all(fichiers.map((f) => lireUneFois(f).catch(() => [])));
    return lots.flat().filter((c) => !c.actuel && c.codesPostaux.some((cp) => cp.startsWith(chiffres)));
  }

  /** Figures of a text that may be a postal code. @param {string} saisie */
  const chiffresDe = (saisie) => /^\d{2,5}$/.exec(normaliser(saisie).replace(/ /g, ""))?.[0];

  /**
   * Communes for a text, best first; null when more letters are needed.
   * @param {string} saisie @param {number} [maximum] @returns {Promise<Commune[] | null>}
   */
  async function chercher(saisie, maximum = 8) {
    const chiffres = chiffresDe(saisie);
    const trouvees = chiffres ? await parCodePostal(chiffres) : await noms.chercher(saisie);
    return trouvees && uneParCode(trouvees).slice(0, maximum);
  }

  /**
   * What a text names without doubt: communes of this very name, or of this full postal code.
   * @param {string} saisie @returns {Promise<Commune[]>}
   */
  async function exactes(saisie) {
    const chiffres = chiffresDe(saisie);
    if (chiffres) return chiffres.length === 5 ? parCodePostal(chiffres) : [];
    const trouvees = await noms.exactes(saisie);
    const presentes = trouvees.filter((c) => !c.actuel);
    return uneParCode(presentes.length ? presentes : trouvees);
  }

  return { une, chercher, exactes };
}

/** A commune found by several of its names keeps the best. @param {Commune[]} trouvees */
function uneParCode(trouvees) {
  const vues = new Set();
  return trouvees.filter(({ code }) => !vues.has(code) && vues.add(code));
}

/** @param {Record<string, any[]>} colonnes @returns {Commune[]} */
function communes({ nom = [], code = [], codesPostaux = [], lat = [], lon = [], actuel = [] }) {
  return nom.map((n, i) => ({
    nom: n,
    code: code[i],
    codesPostaux: codesPostaux[i] ? codesPostaux[i].split(" ") : [],
    lat: lat[i] === null ? null : lat[i] / 1e4,
    lon: lon[i] === null ? null : lon[i] / 1e4,
    actuel: actuel[i],
    departement: departementDe(code[i]),
  }));
}
