// The discs of the map: a place, the places of a square that are not loaded yet, a group of both.

import { bulle } from "./bulle.js";
import { leaflet } from "./leaflet.js";
import { textes } from "./textes.js";

/** @typedef {import("../commun/types.js").Point} Point */

/** A place, large enough for a finger. @param {Point} point @param {string} racine */
export function marqueLieu(point, racine) {
  const L = leaflet();
  const html = document.createElement("div");
  html.append(cache(point.nom));
  const className = `carte-point${point.approche ? " carte-point--approche" : ""}`;
  const icon = L.divIcon({ className, iconSize: [26, 26], html });
  const position = /** @type {[number, number]} */ ([point.lat, point.lon]);
  return L.marker(position, { icon, title: [point.nom, point.arret].filter(Boolean).join(", arrêt ") }).bindPopup(() => bulle(point, racine), { maxWidth: 260 });
}

/**
 * So many places of a square, in the middle of them. Choosing it goes there.
 * @param {string} nom of the département @param {[number, number]} centre @param {number} nombre @param {() => void} aller
 */
export function marqueAmas(nom, centre, nombre, aller) {
  const marque = leaflet().marker(centre, { icon: disque(nombre, `${nom}, ${textes.grappe(nombre)}`), title: nom });
  /** @type {any} */ (marque.options).nombre = nombre;
  // The library opens popups with the keyboard, and nothing else.
  marque.on("keypress", ({ originalEvent }) => originalEvent.key === "Enter" && aller());
  return marque.on("click", aller);
}

/** @param {import("leaflet").MarkerCluster} grappe */
export function iconeDeGrappe(grappe) {
  const membres = /** @type {any[]} */ (grappe.getAllChildMarkers());
  const nombre = membres.reduce((somme, { options }) => somme + (options.nombre ?? 1), 0);
  return disque(nombre, textes.grappe(nombre));
}

/** A number, and what it says to those who do not see it. @param {number} nombre @param {string} dit */
function disque(nombre, dit) {
  const contenu = document.createElement("div");
  contenu.append(cache(dit), visible(nombre.toLocaleString("fr-FR")));
  return leaflet().divIcon({ html: contenu, className: "carte-grappe", iconSize: [44, 44] });
}

/** @param {string} texte */
function cache(texte) {
  const element = document.createElement("span");
  element.className = "carte-cache";
  element.textContent = texte;
  return element;
}

/** @param {string} texte */
function visible(texte) {
  const element = document.createElement("span");
  element.ariaHidden = "true";
  element.textContent = texte;
  return element;
}
