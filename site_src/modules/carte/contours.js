// Outlines and names of communes: what makes a map readable without any tile.

import { enVue, file, partDeLaVue } from "./file.js";
import { leaflet } from "./leaflet.js";
import { nommer } from "./noms.js";

/**
 * @typedef {import("./noms.js").Noms} Noms
 * @typedef {{ communes: import("geojson").FeatureCollection, epci: import("geojson").FeatureCollection,
 *   noms: Noms }} Contours
 * @typedef {import("./file.js").Feuille & { code: string, nom: string, contour: import("geojson").Geometry }} Departement
 * @typedef {{ departements: Departement[], voisins: import("geojson").Geometry[], noms: Noms,
 *   lieux: import("./lieux.js").Amas[] }} Ensemble  see `carte.publish.maps.ensemble`
 */

// Communes weigh some fifty kilobytes by département: drawn for all in view from this zoom on, and before it for the one
// in the middle, when the view is framed on it.
const ZOOM_DE_TOUTES = 10;
const PART_DE_LA_VUE = 0.65;

/** @param {string} adresse @param {AbortSignal} [signal] that nobody needs it any more @returns {Promise<any>} */
export async function lireJson(adresse, signal) {
  const reponse = await fetch(adresse, signal ? { signal } : {});
  if (!reponse.ok) throw new Error(`${adresse} : ${reponse.status}`);
  return reponse.json();
}

/**
 * Draws one département; returns its layer of communes.
 * @param {import("leaflet").Map} carte @param {Contours} contours
 * @param {(code: string) => string} classe CSS classes of a commune
 */
export function dessiner(carte, contours, classe) {
  const L = leaflet();
  const communes = L.geoJSON(contours.communes, {
    style: (entite) => ({ className: `commune ${classe(entite?.properties.code)}`, fillOpacity: 1 }),
  }).addTo(carte);
  L.geoJSON(contours.epci, { interactive: false, style: { className: "limite-epci", fill: false } }).addTo(carte);
  nommer(carte, contours.noms);
  return communes;
}

/**
 * What lies around one département: the others of the perimeter and its neighbours; with the names written from afar.
 * @param {import("leaflet").Map} carte @param {Ensemble} ensemble @param {string} code
 */
export function dessinerAutour(carte, { departements, voisins, noms }, code) {
  const autres = departements.filter((d) => d.code !== code).map(({ contour }) => contour);
  for (const contour of [...voisins, ...autres]) forme(contour, "voisin").addTo(carte);
  nommer(carte, noms);
}

/** An outline that answers no click. @param {import("geojson").Geometry} contour @param {string} className */
const forme = (contour, className) =>
  leaflet().geoJSON(contour, { interactive: false, style: { className, fillOpacity: 1 } });

/**
 * The perimeter at once, then the communes of what is in view; returns what completes the view.
 * @param {import("leaflet").Map} carte @param {Ensemble} ensemble @param {string} base folder of the outlines, ending with
 *   a slash
 * @param {(manque: boolean) => void} dire whether something is missing
 */
export function suivre(carte, ensemble, base, dire) {
  for (const contour of ensemble.voisins) forme(contour, "voisin").addTo(carte);
  const grossiers = new Map(ensemble.departements.map(({ code, contour }) => [code, forme(contour, "commune fond").addTo(carte)]));
  nommer(carte, ensemble.noms);
  const demander = file(
    (/** @type {Departement} */ { fichier }, abandon) => lireJson(base + fichier, abandon),
    ({ code }, contours) => {
      dessiner(carte, contours, () => "fond").eachLayer(sansReponse);
      grossiers.get(code)?.remove();
    },
    dire,
  );
  return () => {
    const vus = enVue(ensemble.departements, carte);
    const seul = vus.slice(0, 1).filter(({ cadre }) => partDeLaVue(cadre, carte) >= PART_DE_LA_VUE);
    demander(carte.getZoom() >= ZOOM_DE_TOUTES ? vus : seul);
  };
}

/** The background answers no click. @param {import("leaflet").Layer} calque */
function sansReponse(calque) {
  /** @type {any} */ (calque).options.interactive = false;
}
