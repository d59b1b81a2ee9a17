// Between which communes no road goes straight: the barriers of the gap report, brought by the index.

import { departementDe } from "./communes.js";

/** @typedef {import("../commun/types.js").Barriere} Barriere */
/** @typedef {{ code?: string, lat: number | null, lon: number | null }} Bout  `code`: of its commune, when it is known */

/**
 * The barriers between two ends. Where one does not know on which side an end is, the other decides, and the crossing
 * has no time: no minutes are counted towards an island, nor towards a bank, from somewhere unknown.
 * @param {Barriere[]} barrieres @param {Bout} ici @param {Bout} la @returns {Barriere[]}
 */
export const entre = (barrieres, ici, la) =>
  barrieres.flatMap((barriere) => {
    const [a, b] = [cote(barriere, ici), cote(barriere, la)];
    if (a === null || b === null) return []; // a commune that the barrier does not concern
    if (a === undefined || b === undefined) return a || b ? [{ ...barriere, minutes: null }] : [];
    return a === b ? [] : [barriere];
  });

/** Side of an end: 0 off the island, null when it is on none, undefined when that is not known. @param {Barriere} barriere @param {Bout} bout */
function cote({ ile, cotes, departements, cadre }, { code, lat, lon }) {
  if (code) return cotes[code] ?? (departements.includes(departementDe(code)) ? 1 : ile ? 0 : null);
  if (!cadre || lat === null || lon === null) return undefined;
  const [ouest, sud, est, nord] = cadre;
  return Number(ouest <= lon && lon <= est && sud <= lat && lat <= nord);
}
