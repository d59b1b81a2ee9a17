// Outlines and names of communes: what makes a map readable without any tile.

import { leaflet } from "./leaflet.js";

/**
 * @typedef {{ code: string, nom: string, cadre: [number, number, number, number], fichier: string }} Feuille
 * @typedef {{ communes: import("geojson").FeatureCollection, epci: import("geojson").FeatureCollection,
 *   voisins: import("geojson").FeatureCollection, noms: [string, number, number, number][] }} Contours
 */

// Beyond this number of départements in view, their outlines wait for a closer zoom.
const EN_VUE_MAX = 6;
const PLAN_DES_NOMS = "noms";
/** A name stands under the disc of its places, not behind. @type {[number, number]} */
const SOUS_LE_POINT = [0, 12];

/** @param {string} adresse @returns {Promise<any>} */
export async function lireJson(adresse) {
  const reponse = await fetch(adresse);
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
  const options = { fillOpacity: 1, interactive: false };
  L.geoJSON(contours.voisins, { ...options, style: { className: "voisin" } }).addTo(carte);
  const communes = L.geoJSON(contours.communes, {
    style: (entite) => ({ className: `commune ${classe(entite?.properties.code)}`, fillOpacity: 1 }),
  }).addTo(carte);
  L.geoJSON(contours.epci, { ...options, style: { className: "limite-epci", fill: false } }).addTo(carte);
  nommer(carte, contours.noms);
  return communes;
}

/** Writes each name from its zoom on. @param {import("leaflet").Map} carte @param {Contours["noms"]} noms */
function nommer(carte, noms) {
  const L = leaflet();
  // Above the communes, below the places: a name never hides what can be chosen.
  const plan = carte.getPane(PLAN_DES_NOMS) ?? carte.createPane(PLAN_DES_NOMS);
  plan.style.zIndex = "450";
  const calques = noms.map(([nom, lat, lon, zoom]) => {
    const texte = document.createElement("span");
    texte.textContent = nom;
    const direction = /** @type {const} */ ("bottom");
    const options = { permanent: true, direction, offset: SOUS_LE_POINT, className: "carte-nom", pane: PLAN_DES_NOMS };
    return { zoom, calque: L.tooltip(options).setLatLng([lat, lon]).setContent(texte) };
  });
  const ajuster = () => {
    for (const { zoom, calque } of calques) {
      const voulu = carte.getZoom() >= zoom;
      if (voulu !== carte.hasLayer(calque)) {
        if (voulu) calque.addTo(carte);
        else calque.remove();
      }
    }
  };
  carte.on("zoomend", ajuster);
  ajuster();
}

/**
 * Draws the départements in view, each once, as the map moves.
 * @param {import("leaflet").Map} carte @param {string} base folder of the outlines, ending with a slash
 */
export async function suivre(carte, base) {
  const L = leaflet();
  /** @type {Feuille[]} */
  const feuilles = await lireJson(`${base}index.json`);
  const dessinees = new Set();
  const completer = async () => {
    const vue = carte.getBounds();
    const enVue = feuilles.filter(({ cadre: [o, s, e, n] }) => vue.intersects(L.latLngBounds([s, o], [n, e])));
    if (enVue.length > EN_VUE_MAX && carte.getZoom() < 9) return;
    const neuves = enVue.filter((f) => !dessinees.has(f.code));
    for (const feuille of neuves) dessinees.add(feuille.code);
    const lues = await Promise.all(neuves.map((f) => lireJson(base + f.fichier)));
    for (const contours of lues) dessiner(carte, contours, () => "fond").eachLayer(sansReponse);
  };
  await completer();
  return completer;
}

/** The background answers no click. @param {import("leaflet").Layer} calque */
function sansReponse(calque) {
  /** @type {any} */ (calque).options.interactive = false;
}
