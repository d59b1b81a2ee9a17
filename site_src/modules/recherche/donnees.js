// Loads the index once, the gazetteer by drawers, the places département by département, when they are needed.

import { annuaire } from "./communes.js";
import { jusquauxCases } from "./distance.js";
import { chercherParNom } from "./noms.js";
import { decoder } from "../commun/points.js";
import { repertoire } from "./repertoire.js";

/** @typedef {import("../commun/types.js").Index} Index */
/** @typedef {import("../commun/types.js").Voisins} Voisins */
/** @typedef {import("../commun/types.js").Departement} Departement */
/** @typedef {import("../commun/types.js").Depart} Depart */
/** @typedef {import("../commun/types.js").NomDeLieu} NomDeLieu */
/** @typedef {import("../commun/types.js").Point} Point */
/** @typedef {import("../commun/types.js").Repertoire} Repertoire */

// Places of another département are shown to those who live near its border.
const VOISINAGE_KM = 40;

/** @param {string} base address of the data folder, ending with a slash */
export function ouvrir(base) {
  /** @type {Map<string, Promise<any>>} */
  const lus = new Map();

  /** Each file is read once; a failed load may be tried again. @param {string} fichier @returns {Promise<any>} */
  function json(fichier) {
    const connu = lus.get(fichier) ?? telecharger(base + fichier);
    lus.set(fichier, connu);
    connu.catch(() => lus.delete(fichier));
    return connu;
  }

  /** @type {Promise<Outils> | undefined} */
  let outils;
  /** @typedef {Awaited<ReturnType<typeof preparer>>} Outils */

  async function preparer() {
    /** @type {Index} */
    const index = await json("index.json");
    /** @type {Map<string, Promise<Point[]>>} */
    const decodes = new Map();
    /** @param {Departement} d */
    function departement(d) {
      const connu = decodes.get(d.code) ?? json(d.fichier).then((brut) => decoder(brut, index, d.code));
      decodes.set(d.code, connu);
      connu.catch(() => decodes.delete(d.code));
      return connu;
    }
    const lire = async (/** @type {string} */ fichier) => nomsDeLieux(await json(fichier));
    const noms = (/** @type {Repertoire} */ decrit) => repertoire(decrit, lire, ({ nom, commune }) => `${nom} ${commune}`);
    const lieux = { propres: noms(index.lieux), autres: index.ailleurs && noms(index.ailleurs) };
    const communes = annuaire(index.communes, json, index.noms, new Set(index.propres));
    return { index, departement, lieux, communes };
  }

  function pret() {
    outils ??= preparer();
    outils.catch(() => {
      outils = undefined;
    });
    return outils;
  }

  /**
   * Places around: first those of the département itself, then with those of its neighbours. A neighbour that cannot be
   * loaded (the line is down, the département is kept on the device) does not take away what is there.
   * @param {Depart} depart @returns {AsyncGenerator<{ points: Point[], voisins: Voisins }>}
   */
  async function* autour(depart) {
    const { index, departement } = await pret();
    const proches = index.departements.map((d) => ({ d, km: jusqua(d, depart) })).sort((a, b) => a.km - b.km);
    const gardes = proches.filter(({ km }, rang) => km <= VOISINAGE_KM || !rang).map(({ d }) => d);
    const [premier, ...suite] = gardes;
    if (!premier) return yield { points: [], voisins: "compris" };
    const points = (await departement(premier)).filter(enService);
    yield { points, voisins: suite.length ? "attendus" : "compris" };
    if (!suite.length) return undefined;
    await imagePeinte();
    const lus = await Promise.allSettled(suite.map(departement));
    const autres = lus.flatMap((lu) => (lu.status === "fulfilled" ? lu.value.filter(enService) : []));
    const voisins = lus.every(({ status }) => status === "fulfilled") ? "compris" : "absents";
    yield { points: [...points, ...autres], voisins };
  }

  /** Places by their name, see `chercherParNom`. @param {string} texte @param {number} combien départements to open */
  async function* parNom(texte, combien) {
    const { index, departement, lieux } = await pret();
    const decrits = new Map(index.departements.map((d) => [d.code, d]));
    const lire = async (/** @type {string} */ code) => {
      const decrit = decrits.get(code);
      return decrit ? departement(decrit) : [];
    };
    for await (const trouvaille of chercherParNom(texte, combien, lieux, lire)) {
      yield trouvaille;
      if (trouvaille?.voisins === "attendus") await imagePeinte();
    }
  }

  return { pret, autour, parNom };
}

// A page that is not in sight draws no frame.
const SANS_IMAGE_MS = 500;

/** What is shown is painted before what will be added to it is asked. @returns {Promise<void>} */
const imagePeinte = () =>
  new Promise((suite) => {
    requestAnimationFrame(() => setTimeout(suite));
    setTimeout(suite, SANS_IMAGE_MS);
  });

/** @param {string} adresse */
async function telecharger(adresse) {
  const reponse = await fetch(adresse);
  if (!reponse.ok) throw new Error(`${adresse} : ${reponse.status}`);
  return reponse.json();
}

/** A place that has closed for good is found by its name alone. @param {Point} point */
const enService = ({ ferme }) => !ferme;

/** Kilometres to a département; less than zero for one's own. @param {Departement} d @param {Depart} depart */
function jusqua(d, { lat, lon, departement }) {
  if (d.code === departement) return -1;
  return lat === null || lon === null ? Infinity : jusquauxCases(lat, lon, d.cases);
}

/** @param {Record<string, string[]>} colonnes @returns {NomDeLieu[]} */
const nomsDeLieux = ({ nom = [], id = [], commune = [] }) =>
  nom.map((n, i) => ({ nom: n, id: id[i] ?? "", commune: commune[i] ?? "" }));
