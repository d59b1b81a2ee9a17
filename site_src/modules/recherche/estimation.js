// How long the way takes, roughly: the assumptions are those of the gap report, brought by the index.

const A_PIED_KM = 1.5; // farther as the crow flies, people mostly do not walk

/**
 * @param {number} km as the crow flies @param {import("../commun/types.js").Trajet} trajet
 * @returns {{ mode: "pied" | "voiture", minutes: number }} rounded: it is an estimate
 */
export function estimer(km, trajet) {
  const aPied = km <= A_PIED_KM;
  const [detour, kmh] = aPied ? [trajet.detourPied, trajet.piedKmh] : [trajet.detourVoiture, trajet.voitureKmh];
  return { mode: aPied ? "pied" : "voiture", minutes: arrondir((60 * km * detour) / kmh) };
}

/** To the minute up to 10, then to 5 minutes. @param {number} minutes */
const arrondir = (minutes) => (minutes < 10 ? Math.max(1, Math.round(minutes)) : 5 * Math.round(minutes / 5));
