// The pins of the list's map: where two would cover each other, one stands for both, at the place of the first, until one
// looks closer. Each can be aimed at with a finger, and none is moved from its place.

import { bulle } from "../carte/bulle.js";
import { leaflet } from "../carte/leaflet.js";

/** @typedef {import("../commun/types.js").Point} Point */
/** @typedef {{ rang: number, point: Point, ou: [number, number] }} Pose  `ou`: latitude, longitude */

const COTE = 30; // pixels

/** The places of a list that have a point, with their rank. @param {{ point: Point }[]} resultats @returns {Pose[]} */
export const poses = (resultats) =>
  resultats.flatMap(({ point }, rang) =>
    point.lat === null || point.lon === null ? [] : [{ rang, point, ou: /** @type {[number, number]} */ ([point.lat, point.lon]) }],
  );

/**
 * Those that would cover each other, together; each is in one group, with the first that it would cover.
 * @template T @param {T[]} tous @param {(un: T) => { x: number, y: number }} enPixels @returns {T[][]}
 */
export function grouper(tous, enPixels) {
  /** @type {{ x: number, y: number, groupe: T[] }[]} */
  const places = [];
  for (const un of tous) {
    const { x, y } = enPixels(un);
    const la = places.find((place) => Math.abs(place.x - x) < COTE && Math.abs(place.y - y) < COTE);
    if (la) la.groupe.push(un);
    else places.push({ x, y, groupe: [un] });
  }
  return places.map(({ groupe }) => groupe);
}

/** The pin of a group: its first number, and the names of all. @param {Pose[]} groupe @param {string} racine */
export function epingle(groupe, racine) {
  const L = leaflet();
  const [{ rang, point, ou }] = /** @type {[Pose]} */ (groupe);
  const html = document.createElement("span");
  html.textContent = `${rang + 1}${groupe.length > 1 ? "+" : ""}`;
  const className = `plan-pin${point.approche ? " plan-pin--approche" : ""}`;
  const icon = L.divIcon({ className, iconSize: [COTE, COTE], html });
  const title = groupe.map((un) => `${un.rang + 1}. ${un.point.nom}`).join(" ; ");
  return L.marker(ou, { icon, title, zIndexOffset: -10 * rang }).bindPopup(() => bulles(groupe, racine), { maxWidth: 240, maxHeight: 260 });
}

/** @param {Pose[]} groupe @param {string} racine */
function bulles(groupe, racine) {
  const contenu = document.createElement("div");
  contenu.className = "carte-bulles";
  contenu.append(...groupe.map(({ point }) => bulle(point, racine)));
  return contenu;
}
