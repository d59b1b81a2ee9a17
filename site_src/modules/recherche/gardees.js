// Without network, on a large site: what the device keeps answers. The drawers of the names of the whole country are not kept;
// the communes and the places of a kept département are, with it.

import { Annuaire } from "./communes.js";
import { uneFois } from "../commun/unefois.js";
import { Repertoire } from "./repertoire.js";

/** @typedef {import("../commun/types.js").Commune} Commune */
/** @typedef {import("../commun/types.js").Index} Index */
/** @typedef {import("../commun/types.js").NomDeLieu} NomDeLieu */
/** @typedef {() => Promise<string[]>} Gardes  codes of the départements that the device keeps */

/** The same question to the whole, else to what is kept. @template T */
class Repli {
  /** @type {string[]} */
  bornes = [];

  /** @param {T} tout @param {Gardes} gardes @param {(codes: string[]) => T} reduire the same, of a few départements */
  constructor(tout, gardes, reduire) {
    this.tout = tout;
    this.gardes = gardes;
    this.reduit = uneFois(async (/** @type {string} */ codes) => reduire(codes.split(",")));
  }

  /** @template R @param {(a: T) => Promise<R>} question @returns {Promise<R>} */
  async demander(question) {
    try {
      const reponse = await question(this.tout);
      this.bornes = [];
      return reponse;
    } catch (erreur) {
      const codes = await this.gardes();
      if (!codes.length) throw erreur;
      const reponse = await question(await this.reduit(codes.join()));
      this.bornes = codes;
      return reponse;
    }
  }
}

/** The communes, as an `Annuaire` gives them. */
export class Communes {
  #repli;

  /** @param {Index} index @param {(fichier: string) => Promise<Record<string, unknown[]>>} lire columns of a file @param {Gardes} gardes */
  constructor({ communes, noms, propres }, lire, gardes) {
    this.propres = new Set(propres);
    /** @param {string[]} codes */
    const reduire = (codes) => {
      const lots = () => Promise.all(codes.map((code) => lire(`${communes.codes}${code}.json`)));
      return new Annuaire({ fichier: "gardees" }, async () => reunir(await lots()), noms, this.propres);
    };
    // A small gazetteer is one file, kept whole.
    const utiles = async () => (communes.codes ? (await gardes()).filter((code) => code in noms) : []);
    this.#repli = new Repli(new Annuaire(communes, lire, noms, this.propres), utiles, reduire);
  }

  /** The départements that answered the last question in place of all; none: it had its whole answer. */
  get bornes() {
    return this.#repli.bornes;
  }

  /** Its département is all that is read. @param {string} code */
  une = (code) => this.#repli.tout.une(code);

  // Read ahead: a failure is met again, and said, when it is needed.
  /** @param {string} saisie */
  preparer = (saisie) => this.#repli.tout.preparer(saisie).catch(() => {});

  /** @param {string} saisie */
  commencer = (saisie) => this.#repli.demander((a) => a.commencer(saisie));

  /** @param {string} saisie @param {Commune[] | null} trouvees */
  completer = (saisie, trouvees) => this.#repli.demander((a) => a.completer(saisie, trouvees));

  /** @param {string} saisie */
  chercher = (saisie) => this.#repli.demander((a) => a.chercher(saisie));

  /** @param {string} saisie */
  exactes = (saisie) => this.#repli.demander((a) => a.exactes(saisie));
}

/** The names of the places, as a `Repertoire` gives them. */
export class NomsDeLieux {
  #repli;

  /**
   * @param {Repertoire<NomDeLieu>} tout @param {Gardes} gardes
   * @param {(code: string) => Promise<NomDeLieu[]>} duDepartement its places
   */
  constructor(tout, gardes, duDepartement) {
    const utiles = async () => (tout.description.fichier ? [] : gardes());
    this.#repli = new Repli(tout, utiles, (codes) => {
      const lignes = async () => (await Promise.all(codes.map(duDepartement))).flat();
      return new Repertoire({ fichier: "gardes" }, lignes, tout.texteDe);
    });
  }

  /** @param {string} saisie */
  justes = (saisie) => this.#repli.demander((a) => a.justes(saisie));

  /** @param {string} saisie */
  chercher = (saisie) => this.#repli.demander((a) => a.chercher(saisie));
}

/** Files of the same columns, one after the other. @param {Record<string, unknown[]>[]} lots */
function reunir(lots) {
  const champs = Object.keys(lots[0] ?? {});
  return Object.fromEntries(champs.map((champ) => [champ, lots.flatMap((lot) => lot[champ] ?? [])]));
}

/** Codes of the départements whose bundle the worker keeps (see `service/ouvrier.js`).
 * @param {string} base address of the data of the search @returns {Promise<string[]>} */
export async function departementsGardes(base) {
  if (!("caches" in globalThis)) return []; // an address without https keeps nothing
  const paquets = new URL("../hors-ligne/", new URL(base, document.baseURI)).href;
  const requetes = await Promise.all((await caches.keys()).map(async (nom) => (await caches.open(nom)).keys()));
  const siens = requetes.flat().filter(({ url }) => url.startsWith(paquets));
  return [...new Set(siens.map(({ url }) => url.slice(paquets.length).replace(/\..*$/, "")))].sort();
}
