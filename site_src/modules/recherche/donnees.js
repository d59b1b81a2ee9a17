// Loads the index once, the gazetteer by drawers, the places by département (in several files where they are many), when
// they are needed.

import { decoder } from "../commun/points.js";
import { uneFois } from "../commun/unefois.js";
import { lexique } from "./demande.js";
import { jusquauCadre, jusquauxCases } from "./distance.js";
import { dehors } from "./dehors.js";
import { Communes, NomsDeLieux, departementsGardes } from "./gardees.js";
import { PAR_LOT, chercherParNom } from "./noms.js";
import { Repertoire } from "./repertoire.js";

/** @typedef {import("../commun/types.js").Index} Index */
/** @typedef {import("../commun/types.js").Voisins} Voisins */
/** @typedef {import("../commun/types.js").Eclat} Eclat */
/** @typedef {import("../commun/types.js").Zone} Zone */
/** @typedef {import("../commun/types.js").Depart} Depart */
/** @typedef {import("../commun/types.js").NomDeLieu} NomDeLieu */
/** @typedef {import("../commun/types.js").Point} Point */
/** @typedef {import("../commun/types.js").Repertoire} Description */

// Places of another département are shown to those who live near its border.
const VOISINAGE_KM = 40;

const motsLus = uneFois(async (/** @type {import("./demande.js").Entree[]} */ entrees) => lexique(entrees));

/** @typedef {Awaited<ReturnType<typeof preparer>>} Outils */

/** @param {string} base address of the data folder, ending with a slash */
export function ouvrir(base) {
  const json = uneFois((/** @type {string} */ fichier) => telecharger(base + fichier));
  const gardes = () => departementsGardes(base);
  const outils = uneFois((/** @type {"outils"} */ _) => preparer(json, gardes));
  const pret = () => outils("outils");
  return {
    pret,
    /** The names of the départements that the device keeps. */
    gardes: async () => Promise.all([gardes(), pret()]).then(([codes, { index }]) => codes.map((c) => index.noms[c] ?? c)),
    /** The words that are no place, read when a text is more than one. */
    lexique: async () => motsLus(await json("lexique.json")),
    /** The département of a large commune, or of a postal code, that this deployment does not cover; null: none known.
     * @param {string} texte @returns {Promise<string | null>} */
    horsTerritoire: async (texte) => dehors(texte, await json("hors-territoire.json"), (await pret()).index),
    /** See `autourDe`. @param {Depart} depart @param {Zone | null} zone */
    async *autour(depart, zone) {
      yield* autourDe(depart, zone, await pret());
    },
    /** The places of the deployment's own départements, when they are few enough to be read at once. */
    async partout() {
      const { index, parCode } = await pret();
      if (index.propres.length > PAR_LOT) return null;
      return (await Promise.all(index.propres.map(parCode))).flat().filter(enService);
    },
    /** Places by their name, see `chercherParNom`. @param {string} texte @param {number} combien départements to open */
    async *parNom(texte, combien) {
      const { lieux, parCode } = await pret();
      for await (const trouvaille of chercherParNom(texte, combien, lieux, parCode)) {
        yield trouvaille;
        if (trouvaille?.voisins === "attendus") await imagePeinte();
      }
    },
  };
}

/** The index, and what reads the rest when it is needed. @param {(fichier: string) => Promise<any>} json
 * @param {() => Promise<string[]>} gardes codes of the départements that the device keeps */
async function preparer(json, gardes) {
  /** @type {Index} */
  const index = await json("index.json");
  const eclat = uneFois(async (/** @type {Eclat} */ e) => decoder(await json(e.fichier), index, e.code));
  /** @param {string} departement @returns {Promise<Point[]>} */
  const parCode = async (departement) =>
    (await Promise.all(index.eclats.filter(({ code }) => code === departement).map(eclat))).flat();
  const lire = async (/** @type {string} */ fichier) => nomsDeLieux(await json(fichier));
  const noms = (/** @type {Description} */ decrit) => new Repertoire(decrit, lire, ({ nom, commune }) => `${nom} ${commune}`);
  const lieux = {
    propres: new NomsDeLieux(noms(index.lieux), gardes, parCode),
    // What is kept has answered already.
    autres: index.ailleurs && new NomsDeLieux(noms(index.ailleurs), gardes, async () => []),
  };
  const communes = new Communes(index, json, gardes);
  return { index, eclat, parCode, lieux, communes };
}

/**
 * Places around: first those of the département itself, the nearest file of it, then with its others and its neighbours.
 * A file that cannot be loaded (the line is down, the département is kept on the device) does not take away what is there.
 * @param {Depart} depart @param {Zone | null} zone what the map shows is read too, however far @param {Outils} outils
 * @returns {AsyncGenerator<{ points: Point[], voisins: Voisins }>}
 */
async function* autourDe(depart, zone, { index, eclat }) {
  const [premier, ...suite] = aLire(index.eclats, depart, zone);
  if (!premier) return yield { points: [], voisins: "compris" };
  const points = (await eclat(premier)).filter(enService);
  yield { points, voisins: suite.length ? "attendus" : "compris" };
  if (!suite.length) return undefined;
  await imagePeinte();
  const lus = await Promise.allSettled(suite.map(eclat));
  const autres = lus.flatMap((lu) => (lu.status === "fulfilled" ? lu.value.filter(enService) : []));
  const voisins = lus.every(({ status }) => status === "fulfilled") ? "compris" : "absents";
  yield { points: [...points, ...autres], voisins };
}

/**
 * The files that a search around a point reads, the most useful first: those of its département, then those of others
 * that are near. @param {Eclat[]} eclats @param {Depart} depart @param {Zone | null} zone
 */
export function aLire(eclats, depart, zone) {
  const proches = eclats.map((e) => ({ e, sien: e.code === depart.departement, ...jusqua(e, depart) }));
  proches.sort((a, b) => Number(b.sien) - Number(a.sien) || ecart(a.km, b.km) || ecart(a.cadre, b.cadre));
  return proches.filter(({ e, sien, km }, rang) => sien || km <= VOISINAGE_KM || !rang || touche(e, zone)).map(({ e }) => e);
}

/** Two that are infinitely far are equal. @param {number} a @param {number} b */
const ecart = (a, b) => (a === b ? 0 : a - b);

// A page that is not in sight draws no frame.
const SANS_IMAGE_MS = 500;

/** What is shown is painted before what will be added to it is asked. @returns {Promise<void>} */
const imagePeinte = () =>
  new Promise((suite) => {
    requestAnimationFrame(() => setTimeout(suite));
    setTimeout(suite, SANS_IMAGE_MS);
  });

/** @param {Eclat} e @param {Zone | null} zone */
const touche = ({ cadre }, zone) =>
  cadre !== null && zone !== null && cadre[0] <= zone[2] && cadre[2] >= zone[0] && cadre[1] <= zone[3] && cadre[3] >= zone[1];

/** @param {string} adresse */
async function telecharger(adresse) {
  const reponse = await fetch(adresse);
  if (!reponse.ok) throw new Error(`${adresse} : ${reponse.status}`);
  return reponse.json();
}

/** A place that has closed for good is found by its name alone. @param {Point} point */
const enService = ({ ferme }) => !ferme;

/** Kilometres to the nearest square of a file, then to its frame: squares of two files may be the same.
 * @param {Eclat} e @param {Depart} depart */
function jusqua({ cases, cadre }, { lat, lon }) {
  if (lat === null || lon === null) return { km: Infinity, cadre: Infinity };
  return { km: jusquauxCases(lat, lon, cases), cadre: cadre ? jusquauCadre(lat, lon, cadre) : Infinity };
}

/** @param {Record<string, string[]>} colonnes @returns {NomDeLieu[]} */
const nomsDeLieux = ({ nom = [], id = [], commune = [] }) =>
  nom.map((n, i) => ({ nom: n, id: id[i] ?? "", commune: commune[i] ?? "" }));
