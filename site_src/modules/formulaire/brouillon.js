// A draft, on this device only: the record as it is being written, until it is erased.

/** @typedef {import("./types.js").Fiche} Fiche */

const CLE = "carte.brouillon.";

/** The draft of a record, null without one. @param {string} nom @returns {{ quand: string, fiche: Fiche } | null} */
export function lireBrouillon(nom) {
  try {
    const lu = JSON.parse(localStorage.getItem(CLE + nom) ?? "null");
    return lu && typeof lu.quand === "string" && typeof lu.fiche === "object" && lu.fiche && !Array.isArray(lu.fiche) ? lu : null;
  } catch {
    return null; // storage refused by the visitor, or a draft that is no longer readable
  }
}

/** @param {string} nom @param {Fiche} fiche @returns {boolean} whether it is kept */
export function garderBrouillon(nom, fiche) {
  try {
    localStorage.setItem(CLE + nom, JSON.stringify({ quand: new Date().toISOString(), fiche }));
    return true;
  } catch {
    return false;
  }
}

/** @param {string} nom */
export function effacerBrouillon(nom) {
  try {
    localStorage.removeItem(CLE + nom);
  } catch {
    // storage refused by the visitor: there is nothing to erase
  }
}
