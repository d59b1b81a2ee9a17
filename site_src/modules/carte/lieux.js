// The places on the map: loaded by département as it moves, clustered, each with its popup.

import { lireJson } from "./contours.js";
import { grappesNommees, leaflet } from "./leaflet.js";
import { textes } from "./textes.js";
import { decoder } from "../commun/points.js";
import { telephoneLisible } from "../commun/telephone.js";

/** @typedef {import("../commun/types.js").Index} Index */
/** @typedef {import("../commun/types.js").Point} Point */

const EN_VUE_MAX = 12;

/**
 * @param {import("leaflet").Map} carte @param {string} base folder of the search's data, ending with a slash
 * @param {string} racine path to the site's root
 */
export async function placer(carte, base, racine) {
  const L = leaflet();
  const grappes = grappesNommees("lieux");
  /** @type {Index} */
  const index = await lireJson(`${base}index.json`);
  const charges = new Set();
  /** @type {Point[]} */
  const points = [];
  let masque = 0;

  // One option that folium cannot carry: a function.
  /** @type {any} */ (grappes.options).iconCreateFunction = icone;

  async function completer() {
    const vue = carte.getBounds();
    const enVue = index.departements.filter(
      ({ cadre }) => cadre && vue.intersects(L.latLngBounds([cadre[1], cadre[0]], [cadre[3], cadre[2]])),
    );
    if (enVue.length > EN_VUE_MAX && carte.getZoom() < 8) return false;
    const neufs = enVue.filter((d) => !charges.has(d.code));
    for (const departement of neufs) charges.add(departement.code);
    const lus = await Promise.all(neufs.map(async (d) => decoder(await lireJson(base + d.fichier), index, d.code)));
    points.push(...lus.flat());
    return neufs.length > 0;
  }

  /** @param {number} voulu services wanted, 0 for all */
  const choisis = (voulu) => points.filter((p) => !voulu || p.services & voulu);

  /** Distinct places, on the map and in the list only. @param {number} voulu */
  function compter(voulu) {
    const tous = choisis(voulu);
    const poses = new Set(tous.filter(estPose).map((p) => p.id));
    const absents = new Set(tous.map((p) => p.id).filter((id) => !poses.has(id)));
    return { poses: poses.size, absents: absents.size };
  }

  function montrer() {
    grappes.clearLayers();
    grappes.addLayers(choisis(masque).filter(estPose).map((p) => marqueur(p, racine)));
  }

  return {
    familles: index.familles,
    completer,
    compter,
    montrer,
    /** @param {number} voulu */
    filtrer(voulu) {
      masque = voulu;
      montrer();
    },
  };
}

/** @param {Point} point */
const estPose = (point) => !point.approche && point.lat !== null && point.lon !== null;

/** @param {import("leaflet").MarkerCluster} grappe */
function icone(grappe) {
  const nombre = grappe.getChildCount();
  const contenu = document.createElement("div");
  contenu.append(cache(textes.grappe(nombre)), visible(nombre.toLocaleString("fr-FR")));
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

/** @param {Point} point @param {string} racine */
function marqueur(point, racine) {
  const L = leaflet();
  const html = document.createElement("div");
  html.append(cache(point.nom));
  const icon = L.divIcon({ className: "carte-point", iconSize: [26, 26], html });
  const position = /** @type {[number, number]} */ ([point.lat, point.lon]);
  return L.marker(position, { icon, title: point.nom }).bindPopup(() => bulle(point, racine), { maxWidth: 260 });
}

/** Texts come from records: they only ever enter the page as text. @param {Point} point @param {string} racine */
function bulle(point, racine) {
  const contenu = document.createElement("div");
  const lien = document.createElement("a");
  lien.href = `${racine}lieux/${point.id.split("/").map(encodeURIComponent).join("/")}/`;
  lien.append(isole(point.nom));
  const titre = document.createElement("strong");
  titre.append(lien);
  contenu.append(ligne(titre));
  if (point.sansAccueil) contenu.append(ligne(document.createTextNode(textes.sansAccueil)));
  const arret = point.arret && `arrêt ${point.arret}`;
  for (const texte of [point.genre, [arret, point.adresse, point.commune].filter(Boolean).join(", ")]) {
    if (texte) contenu.append(ligne(isole(texte)));
  }
  contenu.append(ligne(isole(point.horaires || textes.sansHoraires)));
  if (point.telephone) contenu.append(ligne(appel(point.telephone)));
  return contenu;
}

/** @param {string} texte */
function isole(texte) {
  const element = document.createElement("bdi");
  element.textContent = texte;
  return element;
}

/** @param {Node} contenu */
function ligne(contenu) {
  const p = document.createElement("p");
  p.append(contenu);
  return p;
}

/** @param {string} numero what the telephone dials, checked by the build */
function appel(numero) {
  const lien = document.createElement("a");
  lien.href = `tel:${numero}`;
  lien.textContent = `${textes.appeler} ${telephoneLisible(numero)}`;
  return lien;
}
