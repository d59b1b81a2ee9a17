// How long the way takes, roughly: the slowness of each commune is that of the gap report, brought by the index.

const A_PIED_KM = 1.5; // farther as the crow flies, people mostly do not walk
const A_VELO_KM = 6; // half an hour, and more
const EN_VOITURE_KM = 60; // farther, the mean speed of two communes says nothing of the roads between them

/** @typedef {import("../commun/types.js").Barriere} Barriere */
/** @typedef {import("../commun/types.js").Milieu} Milieu */
/** @typedef {{ mode: keyof Milieu, minutes: number }} Duree  rounded: it is an estimate */
/** @typedef {{ durees: Duree[], passage: boolean }} Estimation  `durees`: none when the way is too long for an estimate;
 *   `passage`: a barrier on the way has no crossing of which one knows the time */

/**
 * @param {number} km as the crow flies @param {Milieu[]} milieux
 * @param {[number | null, number | null]} routes sort of commune at both ends, null when it is not known
 * @param {Barriere[]} [barrieres] those on the way: one crosses them by car @returns {Estimation}
 */
export function estimer(km, milieux, routes, barrieres = []) {
  const traversees = barrieres.map(({ minutes }) => minutes ?? Infinity).reduce((a, b) => a + b, 0);
  if (traversees === Infinity) return { durees: [], passage: true };
  const durees = modes(km, barrieres.length > 0).map((mode) => ({
    mode,
    minutes: arrondir(km * lenteur(mode, milieux, routes) + traversees),
  }));
  return { durees, passage: false };
}

/** @param {number} km @param {boolean} separes @returns {(keyof Milieu)[]} */
function modes(km, separes) {
  if (km > EN_VOITURE_KM) return [];
  if (separes || km > A_VELO_KM) return ["voiture"];
  return km <= A_PIED_KM ? ["pied"] : ["voiture", "velo"];
}

/** Half of the way is as slow as each end; all of it as the only one that is known, else as a commune of which nothing
 * is. @param {keyof Milieu} mode @param {Milieu[]} milieux @param {[number | null, number | null]} routes */
function lenteur(mode, milieux, [ici, la]) {
  const bouts = [ici ?? la ?? 0, la ?? ici ?? 0].map((rang) => milieux[rang]?.[mode] ?? NaN);
  return bouts.reduce((a, b) => a + b, 0) / 2;
}

/** To the minute up to 10, then to 5 minutes. @param {number} minutes */
const arrondir = (minutes) => (minutes < 10 ? Math.max(1, Math.round(minutes)) : 5 * Math.round(minutes / 5));
