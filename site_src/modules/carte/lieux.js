// The places on the map: a heap for each département, replaced by its places when the view comes near enough.

import { decoder } from "../commun/points.js";
import { lireJson } from "./contours.js";
import { enVue, file } from "./file.js";
import { grappesNommees } from "./leaflet.js";
import { iconeDeGrappe, marqueAmas, marqueLieu } from "./marques.js";

/** @typedef {import("../commun/types.js").Index} Index */
/** @typedef {import("../commun/types.js").Point} Point */
/** @typedef {import("leaflet").Marker} Marque */
/** @typedef {import("./file.js").Feuille & { nom: string, centre: [number, number], points: number[] }} Amas  `points`: for
 *   all families, then for each; see `carte.publish.maps.semis` */

// From afar, so many places stand in groups anyway: their numbers are enough.
const POINTS_MAX = 2000;
const ZOOM_DES_LIEUX = 9;

/**
 * @param {import("leaflet").Map} carte @param {{ index: Index, amas: Amas[] }} donnees
 * @param {{ base: string, racine: string, dire: (manque: boolean) => void }} options `base`: folder of the places, ending
 *   with a slash; `racine`: path to the site's root; `dire`: whether something is missing
 */
export function semer(carte, { index, amas }, { base, racine, dire }) {
  const grappes = grappesNommees("lieux");
  // One option that folium cannot carry: a function.
  /** @type {any} */ (grappes.options).iconCreateFunction = iconeDeGrappe;
  /** @type {Map<string, Point[]>} */
  const lus = new Map();
  /** @type {Map<string, Marque[]>} */
  const poses = new Map();
  let famille = "";

  /** What stands for a département: its places, or its heap. @param {Amas} un @returns {Marque[]} */
  function marques(un) {
    const points = lus.get(un.code);
    const rang = index.familles.findIndex(({ cle }) => cle === famille);
    const masque = index.familles[rang]?.masque ?? 0;
    if (points) return points.filter((p) => !masque || p.services & masque).map((p) => marqueLieu(p, racine));
    const nombre = un.points[rang + 1] ?? 0;
    return nombre ? [marqueAmas(un, nombre, () => approcher(un))] : [];
  }

  /** @param {Amas} un */
  function approcher({ cadre: [ouest, sud, est, nord] }) {
    const zoom = Math.max(ZOOM_DES_LIEUX, carte.getZoom() + 1);
    carte.fitBounds([[sud, ouest], [nord, est]], { maxZoom: zoom });
  }

  /** @param {Amas} un */
  function poser(un) {
    grappes.removeLayers(poses.get(un.code) ?? []);
    const neuves = marques(un);
    poses.set(un.code, neuves);
    grappes.addLayers(neuves);
  }

  const demander = file(
    async (/** @type {Amas} */ { code, fichier }) => decoder(await lireJson(base + fichier), index, code),
    (un, points) => {
      lus.set(un.code, points.filter(estPose));
      poser(un);
    },
    dire,
  );

  return {
    completer() {
      const proches = enVue(amas, carte);
      const nombre = proches.reduce((somme, { points: [tous = 0] }) => somme + tous, 0);
      demander(nombre <= POINTS_MAX || carte.getZoom() >= ZOOM_DES_LIEUX ? proches : []);
    },
    /** @param {string} choisie a family, empty for all */
    filtrer(choisie) {
      famille = choisie;
      grappes.clearLayers();
      poses.clear();
      for (const un of amas) poser(un);
    },
  };
}

/** As `semis.est_pose` of the build counts them. @param {Point} point */
const estPose = (point) => !point.ferme && (!point.approche || point.arret !== "") && point.lat !== null && point.lon !== null;
