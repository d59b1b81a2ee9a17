// The one state of the search, mirrored in the address so that a search can be shared and reopened.

/** @typedef {import("./types.js").Etat} Etat */

/** @param {string} parametres the address's query @returns {Etat} */
export function lire(parametres) {
  const p = new URLSearchParams(parametres);
  return {
    ou: p.get("ou") ?? "",
    commune: p.get("commune") ?? "",
    pour: (p.get("pour") ?? "").split(",").filter(Boolean),
  };
}

/** @param {Etat} etat @returns {string} the query, empty or starting with « ? » */
export function ecrire(etat) {
  const p = new URLSearchParams();
  if (etat.commune) p.set("commune", etat.commune);
  else if (etat.ou) p.set("ou", etat.ou);
  if (etat.pour.length) p.set("pour", etat.pour.join(","));
  const texte = p.toString().replace(/%2C/g, ",");
  return texte ? `?${texte}` : "";
}
