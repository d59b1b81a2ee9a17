// What every interactive map gets: French names for its buttons, a name for its element, no advertisement.

import { textes } from "./textes.js";

/** @param {import("leaflet").Map} carte @param {string} nom what the map is, for those who do not see it */
export function habiller(carte, nom) {
  const cadre = carte.getContainer();
  cadre.setAttribute("role", "region");
  cadre.setAttribute("aria-label", nom);
  carte.attributionControl.setPrefix("Leaflet");
  nommer(cadre.querySelector(".leaflet-control-zoom-in"), textes.zoomPlus);
  nommer(cadre.querySelector(".leaflet-control-zoom-out"), textes.zoomMoins);
  carte.on("popupopen", ({ popup }) => {
    nommer(popup.getElement()?.querySelector(".leaflet-popup-close-button") ?? null, textes.fermer);
  });
}

/** @param {Element | null} bouton @param {string} nom */
function nommer(bouton, nom) {
  bouton?.setAttribute("aria-label", nom);
  bouton?.setAttribute("title", nom);
}
