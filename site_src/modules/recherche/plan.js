// The places of the list on a map, loaded only when it is asked for: pins with the numbers of the cards.

import { habiller } from "../carte/commandes.js";
import { lireJson, suivre } from "../carte/contours.js";
import { leaflet } from "../carte/leaflet.js";
import { feuille, script } from "../commun/charger.js";
import { un } from "../commun/elements.js";
import { epingle, grouper, poses } from "./epingles.js";
import { textes } from "./textes.js";

/** @typedef {import("../commun/types.js").Depart} Depart */
/** @typedef {import("../commun/types.js").Resultat} Resultat */
/** @typedef {import("../commun/types.js").Zone} Zone */

const PREMIERS = 8; // so many places are in sight at first
const ZOOM_MAX = 14;
const ZOOM_ICI = 12;
const AU_DESSUS = 10_000;
const GESTE_MS = 3000; // a map that was thrown slides for a while
const MARGE = /** @type {[number, number]} */ ([34, 34]);

/**
 * The map in its element, once everything it needs is there.
 * @param {HTMLElement} bloc @param {string} racine path to the site's root @param {(zone: Zone) => void} chercherIci
 */
export async function ouvrir(bloc, racine, chercherIci) {
  const bibliotheque = new URL("../vendor/leaflet/", import.meta.url).href;
  const contours = `${racine}donnees/cartes/`;
  const [ensemble] = await Promise.all([
    lireJson(`${contours}index.json`),
    feuille(`${bibliotheque}leaflet.css`),
    script(`${bibliotheque}leaflet.js`),
  ]);
  return new Plan(bloc, racine, ensemble, contours, chercherIci);
}

export class Plan {
  #geste = 0;
  #cle = "";
  /** @type {import("./epingles.js").Pose[]} */
  #poses = [];
  /** @type {{ rangs: number[], marque: import("leaflet").Marker }[]} */
  #marques = [];

  /**
   * @param {HTMLElement} bloc @param {string} racine @param {import("../carte/contours.js").Ensemble} ensemble
   * @param {string} contours folder of the outlines @param {(zone: Zone) => void} chercherIci
   */
  constructor(bloc, racine, ensemble, contours, chercherIci) {
    const L = leaflet();
    this.racine = racine;
    this.etat = /** @type {HTMLElement} */ (un(bloc, "[data-plan-etat]"));
    this.carte = L.map(/** @type {HTMLElement} */ (un(bloc, "[data-plan-cadre]")), {
      zoomSnap: 0.5,
      maxZoom: 17,
      zoomControl: false,
    });
    // At the bottom, where no popup opens.
    L.control.zoom({ position: "bottomleft" }).addTo(this.carte);
    this.carte.setView([46.6, 2.4], 6);
    habiller(this.carte, textes.plan);
    this.lieux = L.layerGroup().addTo(this.carte);
    this.depart = L.layerGroup().addTo(this.carte);
    this.moi = L.layerGroup().addTo(this.carte);
    // Outlines may come after another message: only their own is taken back.
    const dire = (/** @type {boolean} */ manque) => {
      if (manque || this.etat.textContent === textes.planPartiel) this.etat.textContent = manque ? textes.planPartiel : "";
    };
    const completer = suivre(this.carte, ensemble, contours, dire);
    const zone = /** @type {HTMLButtonElement} */ (un(bloc, "[data-plan-zone]"));
    // A move that nobody asked for (a new search, another size) proposes no search.
    for (const geste of ["pointerdown", "keydown", "wheel"]) {
      this.carte.getContainer().addEventListener(geste, () => (this.#geste = Date.now()), { passive: true });
    }
    // What has the focus is above its neighbours, and in sight.
    this.carte.getContainer().addEventListener("focusin", ({ target }) => {
      const une = this.#marques.find(({ marque }) => marque.getElement() === target);
      this.viser(une?.rangs[0] ?? -1);
      const ou = une?.marque.getLatLng();
      if (ou && !this.carte.getBounds().pad(-0.05).contains(ou)) this.carte.panTo(ou, { animate: false });
    });
    this.carte.on("moveend", () => {
      if (Date.now() - this.#geste < GESTE_MS) zone.disabled = false;
      completer();
    });
    this.carte.on("zoomend", () => this.#poser(false));
    zone.addEventListener("click", () => {
      zone.disabled = true;
      chercherIci(zoneDe(this.carte));
    });
    un(bloc, "[data-plan-situer]").addEventListener("click", () => this.#situer());
    zone.disabled = true;
  }

  /**
   * The places of the list, in its order; what is in sight follows the search, not the other way round.
   * @param {Resultat[]} resultats those that have a card @param {Depart | null} depart @param {Zone | null} zone
   */
  montrer(resultats, depart, zone) {
    const L = leaflet();
    this.#poses = poses(resultats);
    this.depart.clearLayers();
    if (depart?.lat && depart.lon) {
      const options = { className: "plan-depart", radius: 7, interactive: false, fillOpacity: 1 };
      L.circleMarker([depart.lat, depart.lon], options).addTo(this.depart);
    }
    const cle = JSON.stringify([depart?.nom, depart?.lat, zone]);
    if (cle !== this.#cle) this.#cadrer(depart, zone);
    this.#cle = cle;
    this.#poser(true);
  }

  /** The pins of what is shown at this zoom: what was open, or had the focus, still is. @param {boolean} nouvelles other places */
  #poser(nouvelles) {
    const groupes = grouper(this.#poses, ({ ou }) => this.carte.project(ou));
    const rangs = groupes.map((groupe) => groupe.map(({ rang }) => rang));
    if (!nouvelles && rangs.join(" ") === this.#marques.map((une) => une.rangs).join(" ")) return;
    const avant = nouvelles ? [] : this.#marques;
    const ouverte = avant.find(({ marque }) => marque.isPopupOpen())?.rangs[0];
    const attentive = avant.find(({ marque }) => marque.getElement() === document.activeElement)?.rangs[0];
    this.lieux.clearLayers();
    this.#marques = groupes.map((groupe, n) => ({ rangs: rangs[n] ?? [], marque: epingle(groupe, this.racine).addTo(this.lieux) }));
    const celleDe = (/** @type {number | undefined} */ rang) => this.#marques.find((une) => une.rangs.some((r) => r === rang))?.marque;
    celleDe(attentive)?.getElement()?.focus({ preventScroll: true });
    celleDe(ouverte)?.openPopup();
  }

  /** The size of the element is known, or changed. */
  ajuster() {
    this.carte.invalidateSize({ animate: false });
  }

  /** @param {number} rang of a card, -1 for none */
  viser(rang) {
    for (const une of this.#marques) {
      const vise = une.rangs.includes(rang);
      une.marque.getElement()?.classList.toggle("plan-pin--vise", vise);
      une.marque.setZIndexOffset(vise ? AU_DESSUS : -10 * (une.rangs[0] ?? 0));
    }
  }

  /** @param {Depart | null} depart @param {Zone | null} zone */
  #cadrer(depart, zone) {
    // Who chose what is in sight keeps it.
    if (zone && this.#cle) return;
    const places = this.#poses.slice(0, PREMIERS).map(({ ou }) => leaflet().latLng(ou));
    if (depart?.lat && depart.lon) places.push(leaflet().latLng(depart.lat, depart.lon));
    const bornes = zone ? leaflet().latLngBounds([zone[1], zone[0]], [zone[3], zone[2]]) : leaflet().latLngBounds(places);
    if (!bornes.isValid()) return;
    this.carte.fitBounds(bornes, { animate: false, maxZoom: ZOOM_MAX, padding: zone ? [0, 0] : MARGE });
  }

  #situer() {
    this.etat.textContent = textes.iciCherche;
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude } }) => {
        this.etat.textContent = textes.voila;
        this.moi.clearLayers();
        const options = { className: "plan-moi", radius: 9, interactive: false, fillOpacity: 1 };
        leaflet().circleMarker([latitude, longitude], options).addTo(this.moi);
        this.carte.setView([latitude, longitude], Math.max(this.carte.getZoom(), ZOOM_ICI), { animate: false });
      },
      () => (this.etat.textContent = textes.iciRefuse),
      { timeout: 15_000, maximumAge: 60_000 },
    );
  }
}

/** West, south, east, north of what is in sight, to a hundred metres. @param {import("leaflet").Map} carte @returns {Zone} */
function zoneDe(carte) {
  const vue = carte.getBounds();
  const arrondi = (/** @type {number} */ degres) => Math.round(degres * 1000) / 1000;
  return [arrondi(vue.getWest()), arrondi(vue.getSouth()), arrondi(vue.getEast()), arrondi(vue.getNorth())];
}
