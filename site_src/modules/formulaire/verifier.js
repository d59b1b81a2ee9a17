// Everything that is wrong with a record, as `carte valider` says of its file.

import { formes, rogne } from "./forme.js";
import { regles } from "./regles.js";

/** @typedef {import("./types.js").Modele} Modele */
/** @typedef {import("./types.js").Chemin} Chemin */
/** @typedef {import("./types.js").Faute} Faute */
/** @typedef {import("./types.js").Fiche} Fiche */

/** What stands for a required value at fault, while the rules look at the rest. @type {Record<string, any>} */
const REMPLACANTS = {
  nom: "…", commune: "…", source: "…", operateur: "…", horaires: "…", frequence: "…", services: ["…"], accepte: false,
  date_maj: "2000-01-01", verifie_le: "2000-01-01", du: "2000-01-01", au: "2000-01-01",
};

/**
 * @param {Fiche} fiche @param {Modele} modele @param {string} jour reference day, ISO
 * @param {string} [identifiant] of a record that exists @returns {Faute[]}
 */
export function verifier(fiche, modele, jour, identifiant = "") {
  const fautes = formes(fiche, modele);
  let examinee = structuredClone(fiche);
  let dernieres = fautes;
  for (const entier of [false, true]) {
    if (!dernieres.length) break;
    for (const { chemin } of dernieres) remplacer(examinee, chemin, modele, entier);
    dernieres = formes(examinee, modele);
    fautes.push(...sansEchos(dernieres, fautes));
  }
  for (const { chemin } of dernieres) remplacer(examinee, chemin, modele, true);
  examinee = rogne(examinee);
  const trouvees = regles(examinee, modele, jour, identifiant);
  return [...fautes, ...sansEchos(trouvees, fautes)];
}

/** Put a stand-in at a path, or in the whole field. @param {Fiche} fiche @param {Chemin} chemin @param {Modele} modele
 * @param {boolean} entier */
function remplacer(fiche, chemin, modele, entier) {
  const cible = entier ? chemin.slice(0, 1) : chemin;
  const dernier = cible.at(-1) ?? "";
  const parent = cible.slice(0, -1).reduce((/** @type {any} */ o, cle) => o?.[cle], fiche);
  if (parent === undefined || parent === null) return;
  const connu = cible.length > 1 || modele.champs.some(({ nom }) => nom === dernier);
  const remplacant = typeof dernier === "number" ? "…" : connu ? structuredClone(REMPLACANTS[dernier]) : undefined;
  if (remplacant === undefined) delete parent[dernier];
  else parent[dernier] = remplacant;
}

/** Drop the faults that only repeat another: same value, a part of it, or a value they depend on.
 * @param {Faute[]} fautes @param {Faute[]} primaires */
function sansEchos(fautes, primaires) {
  const places = primaires.filter(({ conseil }) => !conseil).map(({ chemin }) => chemin);
  const sous = (/** @type {Chemin} */ chemin) => places.some((p) => p.length && p.every((cle, i) => cle === chemin[i]));
  return fautes.filter(({ chemin, depend }) => ![chemin, ...(depend ?? [])].some(sous));
}
