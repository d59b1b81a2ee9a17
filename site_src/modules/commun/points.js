// The places of one département, from the build's columns.

import { lireHoraires } from "../horaires/regles.js";

/** @typedef {import("./types.js").Point} Point */

/**
 * @param {any} brut see the Python module `carte.publish.search.lieux`
 * @param {Pick<import("./types.js").Index, "types" | "facettes">} index @param {string} departement
 * @returns {Point[]}
 */
export function decoder(brut, index, departement) {
  const c = brut.colonnes;
  const horaires = brut.horaires.map((/** @type {[string, any]} */ [, regles]) => regles && lireHoraires(regles));
  return c.id.map((/** @type {string} */ slug, /** @type {number} */ i) => {
    const [codeInsee, commune, route] = brut.communes[c.commune[i]];
    const types = brut.types[c.types[i]];
    const [texte, donnees] = brut.horaires[c.horaires[i]];
    const fermetures = brut.fermetures[i];
    const regles = fermetures ? lireHoraires(donnees, fermetures) : horaires[c.horaires[i]];
    const arret = brut.arrets[i];
    return {
      id: `${departement}/${slug}`,
      departement,
      nom: c.nom[i],
      codeInsee,
      commune,
      route,
      adresse: c.adresse[i],
      lat: degres(c.lat[i]),
      lon: degres(c.lon[i]),
      approche: (c.approche[i] & 1) === 1,
      sansAccueil: (c.approche[i] & 2) === 2,
      ferme: (c.approche[i] & 4) === 4,
      services: c.services[i],
      types,
      genre: types.map((/** @type {string} */ t) => index.types[t] ?? t).join(", "),
      horaires: texte,
      regles,
      telephone: c.telephone[i],
      verifie: c.verifie[i],
      pass: c.pass[i],
      oui: c.oui[i],
      connu: c.connu[i],
      facettes: Object.fromEntries(index.facettes.map(({ cle }) => [cle, brut.ensembles[c[cle][i]]])),
      arret: arret ? arret[0] : "",
      tournee: arret ? { horaires: regles, frequence: arret[1], ancre: arret[2] } : null,
    };
  });
}

/** @param {number | null} entier */
const degres = (entier) => (entier === null ? null : entier / 1e5);
