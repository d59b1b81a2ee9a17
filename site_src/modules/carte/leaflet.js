// The one door to what folium's script leaves behind: Leaflet, a map, its group of clusters.

/// <reference types="leaflet.markercluster" />

/** @returns {typeof import("leaflet")} */
export const leaflet = () => globale("L");

/** @param {string} nom name given to the map by the build @returns {import("leaflet").Map} */
export const carteNommee = (nom) => globale(`map_${nom}`);

/** @param {string} nom @returns {import("leaflet").MarkerClusterGroup} */
export const grappesNommees = (nom) => globale(`marker_cluster_${nom}`);

/** @param {string} nom @returns {any} */
function globale(nom) {
  const valeur = Reflect.get(globalThis, nom);
  if (valeur === undefined) throw new Error(`${nom} : absent`);
  return valeur;
}
