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
  carte.on("popupopen", ({ popup }) => entrer(popup));
  // The library closes it from the map alone, not from what has the focus inside.
  cadre.addEventListener("keydown", ({ key }) => key === "Escape" && carte.closePopup());
  proposerDePasser(cadre);
}

/** The focus goes in, and comes back where it was. @param {import("leaflet").Popup} popup */
function entrer(popup) {
  const avant = document.activeElement;
  const element = popup.getElement();
  nommer(element?.querySelector(".leaflet-popup-close-button") ?? null, textes.fermer);
  element?.querySelector("a")?.focus({ preventScroll: true });
  popup.once("remove", () => {
    const dedans = element?.contains(document.activeElement) || document.activeElement === document.body;
    if (dedans && avant instanceof HTMLElement) avant.focus({ preventScroll: true });
  });
}

/** A map has as many stops as it has places: one link leads past all of them. @param {HTMLElement} cadre */
function proposerDePasser(cadre) {
  const fin = document.createElement("span");
  fin.tabIndex = -1;
  const lien = document.createElement("a");
  lien.className = "evitement evitement--carte";
  lien.href = "#";
  lien.textContent = textes.passer;
  lien.addEventListener("click", (evenement) => {
    evenement.preventDefault();
    fin.focus();
  });
  cadre.before(lien);
  cadre.after(fin);
}

/** @param {Element | null} bouton @param {string} nom */
function nommer(bouton, nom) {
  bouton?.setAttribute("aria-label", nom);
  bouton?.setAttribute("title", nom);
}
