// What the site's own gazetteer and outlines say of a record's commune and point. `carte valider`, which knows every commune,
// has the last word: what cannot be loaded, or is not known here, is no fault.

import { lireJson } from "../carte/contours.js";
import { uneFois } from "../commun/unefois.js";
import { departementDe } from "../recherche/communes.js";
import { haversine } from "../recherche/distance.js";
import { ouvrir } from "../recherche/donnees.js";
import { normaliser } from "../recherche/normaliser.js";
import { textes } from "./textes.js";

/** @typedef {import("../commun/types.js").Commune} Commune */
/** @typedef {import("./types.js").Faute} Faute */
/** @typedef {import("./types.js").Fiche} Fiche */
/** @typedef {[number, number]} Position  longitude, latitude */
/** @typedef {{ communes: Commune[], fautes: Faute[] }} Constat  `communes`: those that the record may mean */

const PROCHES = 3;
// Published outlines are simplified: nearer than this, the point is not discussed.
const TOLERANCE_KM = 0.5;
const ATTENTE_MS = 4000;

/** @param {string} racine path to the site's root @param {(fichier: string) => Promise<any>} [lire] */
export function ouvrirTerritoire(racine, lire = lireJson) {
  const donnees = ouvrir(`${racine}donnees/recherche/`);
  const contours = uneFois((/** @type {string} */ departement) => lire(`${racine}donnees/cartes/${departement}.json`));
  /** What is known of a record within a département, or of any (empty); null when nothing could be loaded in time.
   * @param {Fiche} fiche @param {string} departement @returns {Promise<Constat | null>} */
  const examiner = (fiche, departement) => {
    const tard = /** @type {Promise<null>} */ (new Promise((suite) => setTimeout(() => suite(null), ATTENTE_MS)));
    return Promise.race([constater(fiche, departement, donnees, contours), tard]).catch(() => null);
  };
  return { donnees, examiner };
}

/** @param {Fiche} fiche @param {string} departement @param {ReturnType<typeof ouvrir>} donnees
 * @param {(departement: string) => Promise<any>} contours @returns {Promise<Constat>} */
async function constater(fiche, departement, donnees, contours) {
  const { communes, index } = await donnees.pret();
  const ici = (/** @type {Commune} */ c) => (departement ? c.departement === departement : index.propres.includes(c.departement));
  const nom = typeof fiche.commune === "string" ? fiche.commune.trim() : "";
  const nommees = nom ? (await deCeNom(nom, fiche.code_postal, communes)).filter(ici) : [];
  const code = typeof fiche.code_insee === "string" ? fiche.code_insee : "";
  const connue = departementDe(code) in index.noms ? await communes.une(code) : undefined;
  const fautes = code ? accord(nom, code, nommees, connue) : await sansCode(nom, departement, nommees, communes);
  const seule = connue ?? (!code && nommees.length === 1 ? nommees[0] : undefined);
  return { communes: nommees, fautes: [...fautes, ...(seule ? await horsCommune(fiche, seule, contours) : [])] };
}

/** Communes of a name, those of the postal code when some have it. @param {string} nom @param {unknown} postal
 * @param {import("../recherche/gardees.js").Communes} communes */
async function deCeNom(nom, postal, communes) {
  const toutes = await communes.exactes(nom);
  const duCode = toutes.filter(({ codesPostaux }) => codesPostaux.includes(String(postal ?? "")));
  return duCode.length ? duCode : toutes;
}

/** @param {string} nom @param {string} departement @param {Commune[]} nommees
 * @param {import("../recherche/gardees.js").Communes} communes @returns {Promise<Faute[]>} */
async function sansCode(nom, departement, nommees, communes) {
  if (!nom || nommees.length === 1) return [];
  const proches = nommees.length ? [] : ((await communes.chercher(nom)) ?? []).slice(0, PROCHES);
  const message = nommees.length ? textes.plusieursCommunes(nom) : textes.communeInconnue(nom, departement, proches.map((c) => c.nom));
  return [{ chemin: ["commune"], message, regle: "commune", conseil: true }];
}

/** The code is that of the commune that is named. @param {string} nom @param {string} code @param {Commune[]} nommees
 * @param {Commune | undefined} connue @returns {Faute[]} */
function accord(nom, code, nommees, connue) {
  if (!nom || !connue || normaliser(connue.nom) === normaliser(nom) || nommees.some((c) => c.code === connue.code)) return [];
  return [{ chemin: ["commune"], message: textes.autreCommune(code, connue.nom, nom), regle: "commune", conseil: true }];
}

/** @param {Fiche} fiche @param {Commune} commune @param {(departement: string) => Promise<any>} contours @returns {Promise<Faute[]>} */
async function horsCommune({ latitude, longitude }, commune, contours) {
  if (typeof latitude !== "number" || typeof longitude !== "number") return [];
  const { communes } = await contours(commune.departement);
  const entite = communes.features.find((/** @type {any} */ f) => f.properties.code === commune.code);
  const km = entite ? distance([longitude, latitude], entite.geometry) : 0;
  if (km <= TOLERANCE_KM) return [];
  return [{ chemin: ["latitude"], message: textes.horsCommune(km, commune.actuel || commune.nom), regle: "coordonnees", conseil: true }];
}

/** Kilometres from a point to an outline; 0 inside. @param {Position} point @param {{ type: string, coordinates: any }} contour */
export function distance(point, { type, coordinates }) {
  /** @type {Position[][]} */
  const anneaux = type === "MultiPolygon" ? coordinates.flat() : coordinates;
  const cotes = anneaux.flatMap((anneau) => anneau.slice(1).map((fin, rang) => /** @type {[Position, Position]} */ ([anneau[rang], fin])));
  // A ray to the east crosses the outline an odd number of times from inside.
  const traverses = cotes.filter(([a, b]) => a[1] > point[1] !== b[1] > point[1] && point[0] < a[0] + ((point[1] - a[1]) / (b[1] - a[1])) * (b[0] - a[0]));
  return traverses.length % 2 ? 0 : Math.min(...cotes.map(([a, b]) => jusquAuCote(point, a, b)));
}

/** @param {Position} point @param {Position} a @param {Position} b */
function jusquAuCote([lon, lat], a, b) {
  const echelle = Math.cos((lat * Math.PI) / 180);
  const [ax, ay, bx, by] = [(a[0] - lon) * echelle, a[1] - lat, (b[0] - lon) * echelle, b[1] - lat];
  const [dx, dy] = [bx - ax, by - ay];
  const longueur = dx * dx + dy * dy;
  const part = longueur ? Math.max(0, Math.min(1, -(ax * dx + ay * dy) / longueur)) : 0;
  return haversine(lat, lon, lat + ay + part * dy, lon + (ax + part * dx) / echelle);
}
