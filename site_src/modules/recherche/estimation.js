// How long the way takes, roughly: the assumptions are those of the gap report, brought by the index.

const A_PIED_KM = 1.5; // farther as the crow flies, people mostly do not walk

/**
 * @param {number} km as the crow flies @param {import("../commun/types.js").Trajet} trajet
 * @param {import("../commun/types.js").Barriere[]} [barrieres] those on the way: one crosses them by car
 * @returns {{ mode: "pied" | "voiture", minutes: number } | null} rounded: it is an estimate; null when a crossing has no
 *   known time, or when nobody crosses
 */
export function estimer(km, trajet, barrieres = []) {
  const traversees = barrieres.map(({ minutes }) => minutes ?? Infinity).reduce((a, b) => a + b, 0);
  if (traversees === Infinity) return null;
  const aPied = km <= A_PIED_KM && !barrieres.length;
  const [detour, kmh] = aPied ? [trajet.detourPied, trajet.piedKmh] : [trajet.detourVoiture, trajet.voitureKmh];
  return { mode: aPied ? "pied" : "voiture", minutes: arrondir((60 * km * detour) / kmh + traversees) };
}

/** To the minute up to 10, then to 5 minutes. @param {number} minutes */
const arrondir = (minutes) => (minutes < 10 ? Math.max(1, Math.round(minutes)) : 5 * Math.round(minutes / 5));
