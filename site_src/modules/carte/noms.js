// Names of communes on a map: only those that are in view and have room. Nothing is measured, so that hundreds cost nothing.

import { leaflet } from "./leaflet.js";

/** @typedef {[string, number, number, number][]} Noms  name, latitude, longitude, first zoom */

const PLAN = "noms";
// So much of the view again, on each side: a name is there before one slides to it.
const MARGE = 0.25;

/** Writes each name from its zoom on. @param {import("leaflet").Map} carte @param {Noms} noms */
export function nommer(carte, noms) {
  const plan = carte.getPane(PLAN) ?? creer(carte);
  /** @type {Map<number, HTMLElement>} */
  const ecrits = new Map();
  const ajuster = () => {
    const [vue, zoom] = [carte.getBounds().pad(MARGE), carte.getZoom()];
    noms.forEach(([nom, lat, lon, premier], rang) => {
      if (zoom < premier || !vue.contains([lat, lon])) {
        ecrits.get(rang)?.remove();
        ecrits.delete(rang);
        return;
      }
      const ecrit = ecrits.get(rang) ?? ecrire(nom, plan);
      ecrits.set(rang, ecrit);
      leaflet().DomUtil.setPosition(ecrit, carte.latLngToLayerPoint([lat, lon]));
    });
  };
  carte.on("moveend", ajuster);
  ajuster();
}

/** @param {import("leaflet").Map} carte */
function creer(carte) {
  const plan = carte.createPane(PLAN);
  // Above the communes, below the places: a name never hides what can be chosen.
  plan.style.zIndex = "450";
  // A zoom that slides moves what it knows; these are written again at its end.
  plan.classList.add("leaflet-zoom-hide");
  return plan;
}

/** @param {string} nom @param {HTMLElement} plan */
function ecrire(nom, plan) {
  const place = document.createElement("div");
  place.className = "carte-place";
  const texte = document.createElement("span");
  texte.className = "carte-nom";
  texte.textContent = nom;
  place.append(texte);
  return plan.appendChild(place);
}
