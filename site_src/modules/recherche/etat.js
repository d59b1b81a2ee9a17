// The one state of the search, mirrored in the address so that a search can be shared and reopened.

/** @typedef {import("../commun/types.js").Etat} Etat */

/** Names of the facets in the address; the build has the same (`carte.publish.search.facettes`). */
export const FACETTES = ["accompagnement", "posture", "public", "charge", "langue", "reseau", "type"];
const CHIFFRES = 1000; // of a degree: about 100 m, no need to tell more in an address

/** @param {string} parametres the address's query @returns {Etat} */
export function lire(parametres) {
  const p = new URLSearchParams(parametres);
  const liste = (/** @type {string} */ cle) => [...new Set((p.get(cle) ?? "").split(",").filter(Boolean))];
  return {
    ou: p.get("ou") ?? "",
    commune: /^\d[\dAB]\d{3}$/.test(p.get("commune") ?? "") ? (p.get("commune") ?? "") : "",
    point: lirePoint(p.get("point") ?? ""),
    pour: liste("pour"),
    quand: p.get("quand") ?? "",
    avec: liste("avec"),
    choix: Object.fromEntries(FACETTES.map((cle) => [cle, liste(cle)])),
    inconnus: p.get("inconnus") === "oui",
    zone: lireZone(p.get("zone") ?? ""),
  };
}

/** @param {Etat} etat @returns {string} the query, empty or starting with « ? » */
export function ecrire(etat) {
  const p = new URLSearchParams();
  if (etat.ou) p.set("ou", etat.ou);
  if (etat.commune) p.set("commune", etat.commune);
  if (etat.point) p.set("point", etat.point.map((d) => Math.round(d * CHIFFRES) / CHIFFRES).join(","));
  if (etat.pour.length) p.set("pour", etat.pour.join(","));
  if (etat.quand) p.set("quand", etat.quand);
  if (etat.avec.length) p.set("avec", etat.avec.join(","));
  for (const cle of FACETTES) if (etat.choix[cle]?.length) p.set(cle, etat.choix[cle].join(","));
  if (etat.inconnus) p.set("inconnus", "oui");
  if (etat.zone) p.set("zone", etat.zone.join(","));
  const texte = p.toString().replace(/%2C/g, ",");
  return texte ? `?${texte}` : "";
}

/** @param {string} texte « 46.493,-5.571 » @returns {[number, number] | null} */
function lirePoint(texte) {
  const [lat = NaN, lon = NaN] = texte.split(",").map((x) => (x.trim() ? Number(x) : NaN));
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? [lat, lon] : null;
}

/** « 1.5,46.4,2.1,46.9 »: west, south, east, north. @param {string} texte @returns {import("../commun/types.js").Zone | null} */
function lireZone(texte) {
  const [ouest = NaN, sud = NaN, est = NaN, nord = NaN] = texte.split(",").map((x) => (x.trim() ? Number(x) : NaN));
  const juste = ouest < est && sud < nord && Math.abs(sud) <= 90 && Math.abs(nord) <= 90 && ouest >= -180 && est <= 180;
  return juste ? [ouest, sud, est, nord] : null;
}

/** @typedef {"maintenant" | "aujourdhui" | "apres-18h" | { jour: number, minute: number | null } | null} Quand  0 is Monday; `minute`:
 *   null for any time of the day */

export const JOURS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];

/** « maintenant », « aujourdhui », « apres-18h », « samedi », « jeudi-17h », « jeudi-9h30 »; null for anything else.
 * @param {string} texte @returns {Quand} */
export function lireQuand(texte) {
  if (texte === "maintenant" || texte === "aujourdhui" || texte === "apres-18h") return texte;
  if (JOURS.includes(texte)) return { jour: JOURS.indexOf(texte), minute: null };
  const [, nom = "", heures = "", minutes = "0"] = /^([a-z]+)-(\d{1,2})h(\d{2})?$/.exec(texte) ?? [];
  const [jour, minute] = [JOURS.indexOf(nom), 60 * Number(heures) + Number(minutes)];
  return jour >= 0 && minute < 1440 && Number(minutes) < 60 ? { jour, minute } : null;
}

/** @param {number} jour @param {number | null} minute */
export function ecrireQuand(jour, minute) {
  if (minute === null) return JOURS[jour] ?? "";
  const reste = minute % 60;
  return `${JOURS[jour]}-${Math.floor(minute / 60)}h${reste ? String(reste).padStart(2, "0") : ""}`;
}
