// What a state of the search leads to: places around somewhere, places of a name, or what to say instead; by batches.

import * as adresse from "./etat.js";
import { textes } from "./textes.js";

/** @typedef {import("../commun/types.js").Etat} Etat */
/** @typedef {import("../commun/types.js").Point} Point */
/** @typedef {{ depart: import("../commun/types.js").Depart | null, ou: string, points: Point[],
 *   voisins: import("../commun/types.js").Voisins, reste: import("../commun/types.js").Reste, note: string,
 *   partout: string[] }} Lot  `ou`: the name that was searched; `note`: what is said instead of a count; `partout`: the
 *   départements, when one searches nowhere in particular */

/** @type {Lot} */
export const RIEN = {
  depart: null,
  ou: "",
  points: [],
  voisins: "compris",
  reste: { lieux: 0, departements: 0, flou: false },
  note: "",
  partout: [],
};

/**
 * @param {Etat} etat @param {ReturnType<typeof import("./donnees.js").ouvrir>} donnees
 * @param {number} combien départements opened for a name @param {boolean} partout all the places, when nothing is asked
 * @param {(texte: string) => void} ecrire the text of the box
 * @returns {AsyncGenerator<Lot>}
 */
export async function* lots(etat, donnees, combien, partout, ecrire) {
  const { communes } = await donnees.pret();
  const commune = etat.commune ? await communes.une(etat.commune) : undefined;
  const [lat, lon] = etat.point ?? [null, null];
  const depart = (commune && situee(commune)) ?? (etat.point ? { lat, lon, nom: etat.ou || textes.ici, departement: "" } : null);
  ecrire(depart ? depart.nom : etat.ou);
  if (depart) {
    for await (const { points, voisins } of donnees.autour(depart, etat.zone)) yield { ...RIEN, depart, points, voisins };
  } else if (etat.ou) {
    for await (const trouves of donnees.parNom(etat.ou, combien)) {
      yield trouves ? { ...RIEN, ou: etat.ou, ...trouves } : { ...RIEN, note: textes.tropCourt(etat.ou) };
    }
  } else {
    yield partout || adresse.ecrire(etat) ? nullePart(donnees) : RIEN;
  }
}

/** A former commune says which one it is in today. @param {import("../commun/types.js").Commune} commune */
const situee = (commune) => (commune.actuel ? { ...commune, nom: `${commune.nom} (${commune.actuel})` } : commune);

/** All the places of a deployment, by commune; when there are too many, where to start is asked.
 * @param {ReturnType<typeof import("./donnees.js").ouvrir>} donnees @returns {Promise<Lot>} */
async function nullePart(donnees) {
  const points = await donnees.partout();
  if (!points) return { ...RIEN, note: textes.dOuPartir };
  const { propres, noms } = (await donnees.pret()).index;
  points.sort((a, b) => a.commune.localeCompare(b.commune, "fr"));
  return { ...RIEN, points, partout: propres.map((code) => noms[code] ?? code) };
}

/** Whether a batch goes on with the one before: the same search, with more places. @param {Lot} avant @param {Lot} lot */
export const faitSuite = (avant, lot) => (avant.depart ? avant.depart === lot.depart : avant.ou !== "" && avant.ou === lot.ou);

/** What is said of a batch. @param {number} n places that fit the choices @param {Lot} lot */
export function message(n, { note, depart, ou, points, voisins, reste, partout }) {
  if (note) return note;
  if (points.length && !n) return textes.vide(voisins);
  if (depart) return points.length || voisins !== "compris" ? textes.autour(n, depart.nom, voisins) : textes.rienAutour(depart.nom);
  if (partout.length) return points.length ? textes.partout(n, partout) : textes.dOuPartir;
  if (!ou) return "";
  if (!n && voisins === "attendus") return textes.chargement;
  return n || reste.flou || voisins !== "compris" ? textes.nommes(n, ou, reste, voisins) : textes.rien(ou);
}
