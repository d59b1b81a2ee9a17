// The places on the map: numbers by square, replaced by the places themselves when the view comes near enough.

import { decoder } from "../commun/points.js";
import { lireJson } from "./contours.js";
import { enVue, file } from "./file.js";
import { grappesNommees } from "./leaflet.js";
import { iconeDeGrappe, marqueAmas, marqueLieu } from "./marques.js";

/** @typedef {import("../commun/types.js").Index} Index */
/** @typedef {import("../commun/types.js").Point} Point */
/** @typedef {import("leaflet").Marker} Marque */
/** @typedef {import("./file.js").Feuille & { code: string, nom: string, cases: number[] }} Amas  `cases`: see
 *   `carte.publish.maps.semis.amas` */

// From afar, so many places stand in groups anyway: their numbers are enough.
const POINTS_MAX = 600;
const ZOOM_DES_LIEUX = 11;

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

  /** What stands for a file: its places, or their numbers. @param {Amas} un @returns {Marque[]} */
  function marques(un) {
    const points = lus.get(un.fichier);
    const rang = index.familles.findIndex(({ cle }) => cle === famille);
    const masque = index.familles[rang]?.masque ?? 0;
    if (points) return points.filter((p) => !masque || p.services & masque).map((p) => marqueLieu(p, racine));
    const pleines = cases(un, index.familles.length).filter(({ nombres }) => nombres[rang + 1]);
    return pleines.map(({ centre, nombres }) => marqueAmas(un.nom, centre, nombres[rang + 1] ?? 0, () => approcher(centre)));
  }

  /** @param {[number, number]} centre */
  const approcher = (centre) => carte.setView(centre, Math.min(Math.max(carte.getZoom() + 2, 9), ZOOM_DES_LIEUX));

  /** @param {Amas} un */
  function renouveler(un) {
    const neuves = marques(un);
    poses.set(un.fichier, neuves);
    return neuves;
  }

  /** @param {Amas} un */
  function poser(un) {
    grappes.removeLayers(poses.get(un.fichier) ?? []);
    grappes.addLayers(renouveler(un));
  }

  const demander = file(
    async (/** @type {Amas} */ { code, fichier }, abandon) => decoder(await lireJson(base + fichier, abandon), index, code),
    (un, points) => {
      lus.set(un.fichier, points.filter(estPose));
      poser(un);
    },
    dire,
  );

  return {
    completer() {
      const proches = enVue(amas, carte);
      const nombre = proches.reduce((somme, un) => somme + total(un, index.familles.length), 0);
      demander(nombre <= POINTS_MAX || carte.getZoom() >= ZOOM_DES_LIEUX ? proches : []);
    },
    /** @param {string} choisie a family, empty for all */
    filtrer(choisie) {
      famille = choisie;
      grappes.clearLayers();
      grappes.addLayers(amas.flatMap(renouveler));
    },
  };
}

/**
 * The squares of a file: the middle of each, and its numbers, for all families then for each.
 * @param {{ cases: number[] }} amas @param {number} familles
 */
export function cases({ cases: suite }, familles) {
  const large = 3 + familles;
  return Array.from({ length: suite.length / large }, (_, rang) => {
    const [lat = 0, lon = 0, ...nombres] = suite.slice(large * rang, large * (rang + 1));
    return { centre: /** @type {[number, number]} */ ([lat / 1000, lon / 1000]), nombres };
  });
}

/** Points of a file. @param {Amas} un @param {number} familles */
const total = (un, familles) => cases(un, familles).reduce((somme, { nombres: [tous = 0] }) => somme + tous, 0);

/** As `semis.est_pose` of the build counts them. @param {Point} point */
const estPose = (point) => !point.ferme && (!point.approche || point.arret !== "") && point.lat !== null && point.lon !== null;
