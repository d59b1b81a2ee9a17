// Distances as the crow flies.

const RAYON_KM = 6371.0088;
/** @param {number} degres */
const radians = (degres) => (degres * Math.PI) / 180;

/** Haversine, in kilometres. @param {number} lat1 @param {number} lon1 @param {number} lat2 @param {number} lon2 */
export function haversine(lat1, lon1, lat2, lon2) {
  const a =
    Math.sin(radians(lat2 - lat1) / 2) ** 2 +
    Math.cos(radians(lat1)) * Math.cos(radians(lat2)) * Math.sin(radians(lon2 - lon1) / 2) ** 2;
  return 2 * RAYON_KM * Math.asin(Math.min(1, Math.sqrt(a)));
}

/**
 * Distance from a point to a box; zero inside.
 * @param {number} lat @param {number} lon @param {[number, number, number, number]} cadre west, south, east, north
 */
export function jusquauCadre(lat, lon, [ouest, sud, est, nord]) {
  const borne = (/** @type {number} */ v, /** @type {number} */ bas, /** @type {number} */ haut) =>
    Math.min(Math.max(v, bas), haut);
  return haversine(lat, lon, borne(lat, sud, nord), borne(lon, ouest, est));
}

/**
 * Distance from a point to the nearest square of a quarter of a degree that has a place.
 * @param {number} lat @param {number} lon @param {number[]} cases gaps between numbers, see `carte.publish.search`
 */
export function jusquauxCases(lat, lon, cases) {
  let [rang, meilleure] = [0, Infinity];
  for (const ecart of cases) {
    rang += ecart;
    const [sud, ouest] = [(Math.floor(rang / 1440) - 360) / 4, ((rang % 1440) - 720) / 4];
    meilleure = Math.min(meilleure, jusquauCadre(lat, lon, [ouest, sud, ouest + 0.25, sud + 0.25]));
  }
  return meilleure;
}
