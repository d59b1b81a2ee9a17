// Chooses and orders places: pure functions on what was loaded.

import MiniSearch from "minisearch";
import { haversine } from "./distance.js";
import { mots, tolerance } from "./normaliser.js";

/** @typedef {import("./types.js").Commune} Commune */
/** @typedef {import("./types.js").Point} Point */
/** @typedef {import("./types.js").Resultat} Resultat */

/** Places that do at least one thing of each chosen need. @param {Point[]} points @param {number[]} masques */
export const filtrer = (points, masques) => points.filter((p) => masques.every((m) => p.services & m));

/**
 * Nearest first, one result per place (its nearest stop), unknown distances last.
 * @param {Point[]} points @param {Commune} commune @param {(code: string) => Commune | undefined} uneCommune
 * @returns {Resultat[]}
 */
export function parDistance(points, commune, uneCommune) {
  const mesures = points.map((point) => mesurer(point, commune, uneCommune));
  mesures.sort(
    (a, b) => (a.km ?? Infinity) - (b.km ?? Infinity) || a.point.nom.localeCompare(b.point.nom, "fr"),
  );
  return unParLieu(mesures);
}

/**
 * Places whose name, commune or address looks like a text, best first.
 * @param {Point[]} points @param {string} texte @returns {Resultat[]}
 */
export function parNom(points, texte) {
  const moteur = new MiniSearch({
    fields: ["nom", "commune", "adresse"],
    idField: "rang",
    tokenize: mots,
    processTerm: (mot) => mot,
    searchOptions: { prefix: true, fuzzy: tolerance, combineWith: "AND", boost: { nom: 3 } },
  });
  moteur.addAll(points.map((p, rang) => ({ rang, nom: p.nom, commune: p.commune, adresse: p.adresse })));
  const trouves = moteur.search(texte).flatMap((r) => points[r.id] ?? []);
  return unParLieu(trouves.map((point) => ({ point, km: null, approche: false })));
}

/**
 * @param {Point} point @param {Commune} commune @param {(code: string) => Commune | undefined} uneCommune
 * @returns {Resultat}
 */
function mesurer(point, commune, uneCommune) {
  // A place without coordinates stands at its commune's centre, and says so.
  const approche = point.lat === null || point.lon === null;
  const position = approche ? uneCommune(point.codeInsee) : point;
  if (commune.lat === null || commune.lon === null || position?.lat == null || position.lon == null) {
    return { point, km: null, approche };
  }
  return { point, km: haversine(commune.lat, commune.lon, position.lat, position.lon), approche };
}

/** @param {Resultat[]} resultats ordered @returns {Resultat[]} */
function unParLieu(resultats) {
  const vus = new Set();
  return resultats.filter(({ point }) => !vus.has(point.id) && vus.add(point.id));
}
