// Orders places: pure functions on what was loaded.

import { entre } from "./barrieres.js";
import { haversine } from "./distance.js";

/** @typedef {import("../commun/types.js").Depart} Depart */
/** @typedef {import("../commun/types.js").Point} Point */
/** @typedef {import("../commun/types.js").Resultat} Resultat */

const PREMIERS = 100;
/** How many recent places come before an old record. */
export const PREMIERES = 20;
const MEME_DISTANCE_KM = 0.1; // the same distance as it is said: which one opens first matters more

/**
 * Nearest first, ties by next opening among the first (the others are not in view); one result per place (its nearest
 * stop), unknown distances last.
 * @param {Point[]} points @param {Depart} depart @param {(point: Point) => number} ouverture instant of the next one
 * @param {import("../commun/types.js").Barriere[]} [barrieres] what no straight line crosses
 * @returns {Resultat[]}
 */
export function parDistance(points, depart, ouverture, barrieres = []) {
  const mesures = points.map((point) => ({ point, km: distance(point, depart), entre: separation(point, depart, barrieres) }));
  const resultats = unParLieu(mesures.sort((a, b) => pas(a.km) - pas(b.km) || suite(a, b)));
  const bord = pas(resultats[PREMIERS - 1]?.km ?? null);
  const premiers = resultats.filter(({ km }, rang) => rang < PREMIERS || (km !== null && pas(km) === bord));
  premiers.sort((a, b) => pas(a.km) - pas(b.km) || egal(ouverture(a.point), ouverture(b.point)) || suite(a, b));
  return [...premiers, ...resultats.slice(premiers.length)];
}

/** @param {Resultat} a @param {Resultat} b */
const suite = (a, b) => (a.km ?? 0) - (b.km ?? 0) || mots(a.point.nom, b.point.nom) || mots(a.point.id, b.point.id);

/** @param {string} a @param {string} b */
const mots = (a, b) => Number(a > b) - Number(a < b);

/** An old record leaves the first results: as many more recent ones come before it. The others keep their order, and
 * what is met nowhere stays last.
 * @param {Resultat[]} resultats @param {(point: Point) => boolean} ancienne
 * @returns {{ resultats: Resultat[], reculees: number }} `reculees`: how many are not where their distance puts them */
export function anciennesApres(resultats, ancienne) {
  const recentes = resultats.filter(({ point, km }) => km !== null && !ancienne(point)).slice(0, PREMIERES);
  const placees = new Set(recentes);
  const derniere = resultats.reduce((vue, r, rang) => (placees.has(r) ? rang : vue), -1);
  const suite = resultats.filter((r) => !placees.has(r));
  return { resultats: [...recentes, ...suite], reculees: derniere + 1 - recentes.length };
}

/** In the order given, without distance. @param {Point[]} points @returns {Resultat[]} */
export const tels = (points) => unParLieu(points.map((point) => ({ point, km: null, entre: [] })));

/** @param {Point} point @param {Depart} depart @param {import("../commun/types.js").Barriere[]} barrieres */
const separation = ({ codeInsee, lat, lon }, depart, barrieres) => entre(barrieres, depart, { code: codeInsee, lat, lon });

/** @param {number | null} km */
const pas = (km) => (km === null ? Number.MAX_SAFE_INTEGER : Math.round(km / MEME_DISTANCE_KM));

/** Two unknown openings are equal. @param {number} a @param {number} b */
const egal = (a, b) => (a === b ? 0 : a - b);

/** @param {Point} point @param {Depart} depart */
const distance = ({ lat, lon, sansAccueil }, depart) =>
  sansAccueil || depart.lat === null || depart.lon === null || lat === null || lon === null
    ? null
    : haversine(depart.lat, depart.lon, lat, lon);

/** @param {Resultat[]} resultats ordered @returns {Resultat[]} */
function unParLieu(resultats) {
  const vus = new Set();
  return resultats.filter(({ point }) => !vus.has(point.id) && vus.add(point.id));
}
