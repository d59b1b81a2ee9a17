// The place's point on a map, loaded only when it is asked for; the two numbers beside it say the same.

import { habiller } from "../carte/commandes.js";
import { lireJson, suivre } from "../carte/contours.js";
import { leaflet } from "../carte/leaflet.js";
import { feuille, script } from "../commun/charger.js";
import { bouton, el } from "../commun/elements.js";
import { composerRecherche } from "./chercher.js";
import { textes } from "./textes.js";

/** @typedef {{ racine: string, donnees: ReturnType<typeof import("../recherche/donnees.js").ouvrir>, service: string,
 *   adresse: () => string }} Alentour  `racine`: path to the site's root; `adresse`: what the form says of where the place is */

const ZOOM_POSE = 13;
const ZOOM_ADRESSE = 16;
const DECIMALES = 5;

/** A button that opens the map under the two numbers. @param {HTMLInputElement} latitude @param {HTMLInputElement} longitude
 * @param {Alentour} alentour */
export function proposerCarte(latitude, longitude, alentour) {
  const etat = el("p", "champ__aide");
  etat.setAttribute("role", "status");
  const cadre = el("div", "formulaire__carte");
  cadre.hidden = true;
  const ouvre = bouton(textes.carte, () => {
    ouvre.hidden = true;
    cadre.hidden = false;
    ouvrir(cadre, etat, latitude, longitude, alentour).catch(() => {
      cadre.hidden = true;
      ouvre.hidden = false;
      etat.textContent = textes.carteEchec;
    });
  });
  return el("div", "formulaire__champ", ouvre, cadre, etat);
}

/** @param {HTMLElement} cadre @param {HTMLElement} etat @param {HTMLInputElement} latitude @param {HTMLInputElement} longitude
 * @param {Alentour} alentour */
async function ouvrir(cadre, etat, latitude, longitude, { racine, donnees, service, adresse }) {
  const bibliotheque = new URL("../vendor/leaflet/", import.meta.url).href;
  const contours = `${racine}donnees/cartes/`;
  const [ensemble] = await Promise.all([lireJson(`${contours}index.json`), feuille(`${bibliotheque}leaflet.css`), script(`${bibliotheque}leaflet.js`)]);
  const L = leaflet();
  const element = el("div", "formulaire__plan");
  const recherche = composerRecherche(donnees, service, aller, etat);
  cadre.append(recherche.element, el("p", "champ__aide", textes.carteAide), element, bouton(textes.auCentre, () => poser(carte.getCenter())));
  const carte = L.map(element, { maxZoom: 18 });
  // A mark, not a drawing: outlines are filled and come later, over what is drawn.
  const icon = L.divIcon({ className: "formulaire__point", iconSize: [20, 20] });
  const point = L.marker([0, 0], { icon, interactive: false, keyboard: false });
  const [lat, lon] = [Number(latitude.value.replace(",", ".")), Number(longitude.value.replace(",", "."))];
  const connu = latitude.value && longitude.value && Number.isFinite(lat) && Number.isFinite(lon);
  if (connu) {
    point.setLatLng([lat, lon]).addTo(carte);
    carte.setView([lat, lon], ZOOM_POSE);
  } else {
    const cadres = /** @type {[number, number, number, number][]} */ (ensemble.departements.map((/** @type {any} */ d) => d.cadre));
    const [ouest, sud, est, nord] = cadres[0] ?? [-5, 41, 10, 51];
    carte.fitBounds([[sud, ouest], [nord, est]], { animate: false });
  }
  habiller(carte, textes.carteNom);
  const completer = suivre(carte, ensemble, contours, () => undefined);
  carte.on("moveend", completer);
  completer();
  carte.on("click", ({ latlng }) => poser(latlng));
  element.focus();
  if (!connu) await recherche.proposer(adresse());

  /** An address is where the place is; in the middle of a commune there is no place. @param {import("./chercher.js").Lieudit} ou */
  function aller({ nom, lat, lon, precis }) {
    carte.setView([lat, lon], precis ? ZOOM_ADRESSE : ZOOM_POSE, { animate: false });
    if (precis) poser(leaflet().latLng(lat, lon));
    etat.textContent = precis ? textes.adressePosee(nom) : textes.communeMontree(nom);
  }

  /** @param {import("leaflet").LatLng} ou */
  function poser(ou) {
    point.setLatLng(ou).addTo(carte);
    for (const [champ, valeur] of /** @type {[HTMLInputElement, number][]} */ ([[latitude, ou.lat], [longitude, ou.lng]])) {
      champ.value = String(Number(valeur.toFixed(DECIMALES)));
      champ.dispatchEvent(new Event("input", { bubbles: true }));
      champ.dispatchEvent(new Event("change", { bubbles: true }));
    }
    etat.textContent = textes.pointPose(latitude.value, longitude.value);
  }
}
