// The words of the sheets, a few places a file: the file of a place is known from its id alone.

/** @typedef {import("./miseenpage.js").Lieu} Lieu */

const DOSSIER = "donnees/feuilles"; // written by `publish.feuille`, which counts as here
const PAR_DEPARTEMENT = 16;

/** @param {string} id a letter, a digit or a sign is one byte of it @returns {string} site-relative path */
export function paquet(id) {
  const somme = [...id].reduce((total, signe) => total + signe.charCodeAt(0), 0);
  return `${DOSSIER}/${id.split("/")[0]}/${(somme % PAR_DEPARTEMENT).toString(16)}.json`;
}

/** The places of a packet by id; none where the site has no such packet. Throws without network.
 * @param {string} id @param {string} racine @returns {Promise<Record<string, Lieu>>} */
export async function lirePaquet(id, racine) {
  const reponse = await fetch(racine + paquet(id));
  if (reponse.ok) return reponse.json();
  await reponse.body?.cancel();
  return {};
}
