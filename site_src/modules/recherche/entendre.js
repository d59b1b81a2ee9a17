// One reader for every text of the box: typed, shared in an address, or the name of a place.

import { ressembleAUneAdresse } from "./adresses.js";
import { comprendre, demande } from "./demande.js";
import { normaliser } from "./normaliser.js";
import { textes } from "./textes.js";

/** @typedef {import("../commun/types.js").Commune} Commune */
/** @typedef {import("../commun/types.js").Etat} Etat */
/** @typedef {ReturnType<typeof import("./donnees.js").ouvrir>} Donnees */
/** @typedef {import("./gardees.js").NomsDeLieux} Noms */
/** @typedef {{ communes: Commune[], etat: Partial<Etat>, note: string, hors: boolean, adresse: boolean }} Entendu  `communes`:
 *   where, or where one may have meant; `etat`: what to search; `note`: what to say besides; `hors`: out of the territory;
 *   `adresse`: it may be more precise than its commune */

const VOIE = /(?:^| )(?:rue|avenue|av|place|boulevard|bd|chemin|route|allee|impasse|quai|square|faubourg)(?: |$)/;

/** @type {Entendu} */
const RIEN_DE_PLUS = { communes: [], etat: {}, note: "", hors: false, adresse: false };
const SANS_CHOIX = { pour: [], quand: "", avec: [], choix: {}, inconnus: false };

/**
 * What a text asks: choices, and a place. No commune: the name of a place is looked for, or the choices alone.
 * @param {string} texte @param {Donnees} donnees @returns {Promise<Entendu>}
 */
export async function entendre(texte, donnees) {
  const { communes } = await donnees.pret();
  const nommees = await communes.exactes(texte);
  if (nommees.length) return { ...RIEN_DE_PLUS, communes: nommees };
  // « 12 rue des Écoles » asks for no school.
  const voie = VOIE.test(normaliser(texte));
  const lue = voie ? null : await entendreDemande(texte, donnees);
  const adresse = !lue && (voie || ressembleAUneAdresse(texte)) ? await entendreAdresse(texte, donnees) : null;
  return lue ?? adresse ?? entendreNom(texte, donnees);
}

/** « 12 rue Raspail 36000 Châteauroux », « rue Raspail, Châteauroux », « La Châtre, place de l’église ».
 * @param {string} texte @param {Donnees} donnees @returns {Promise<Entendu | null>} */
async function entendreAdresse(texte, donnees) {
  const { communes } = await donnees.pret();
  const citees = await communesCitees(texte, (t) => communes.exactes(t));
  const [avant = "", ...apres] = texte.split(/,| - /);
  const nommees = citees.length || !apres.length ? citees : await communes.exactes(avant.trim());
  return nommees.length ? { ...RIEN_DE_PLUS, communes: nommees, adresse: true } : null;
}

/** A need, an equipment, a network, a moment; and where. Null: nothing but a name.
 * @param {string} texte @param {Donnees} donnees @returns {Promise<Entendu | null>} */
async function entendreDemande(texte, donnees) {
  const [{ communes, index, lieux }, lexique] = await Promise.all([donnees.pret(), donnees.lexique()]);
  const lue = comprendre(texte, lexique, index);
  if (!demande(lue) || (nommeUnReseau(lue) && (await estUnNom(texte, lieux.propres)))) return null;
  const note = lue.absents.map(({ libelle, repli }) => textes.sansLieuDit(libelle, repli)).join(" ");
  const seule = { ...RIEN_DE_PLUS, etat: choisis(lue), note };
  if (!lue.reste) return seule;
  const la = await communesDe(lue.reste, donnees);
  if (la.length) return { ...seule, communes: la };
  const dehors = await donnees.horsTerritoire(lue.reste);
  if (dehors) return { ...seule, etat: {}, note: textes.hors(lue.reste, dehors, nomsPropres(index)), hors: true };
  // « Emmaüs Connect Levroux » may be a name: then it is looked for as it was written.
  if ((await estUnNom(texte, lieux.propres)) || (await estUnNom(texte, lieux.autres))) return null;
  const [proche] = sures((await communes.chercher(lue.reste)) ?? [], communes.propres);
  const dit = proche ? textes.compris(lue.reste, proche.nom) : textes.pasCompris(lue.reste);
  return { ...seule, communes: proche ? [proche] : [], note: [dit, note].filter(Boolean).join(" ") };
}

/**
 * What a text that names no commune may ask, as it is typed: « Imprimante », « Imprimante, La Châtre (36400), Indre ».
 * @param {string} texte @param {Donnees} donnees @returns {Promise<{ libelle: string, etat: Partial<Etat>, commune: Commune | null }[]>}
 */
export async function devinerDemande(texte, donnees) {
  const [{ communes, index }, lexique] = await Promise.all([donnees.pret(), donnees.lexique()]);
  const lue = comprendre(texte, lexique, index);
  if (!Object.keys(lue.etat).length) return [];
  const dite = { libelle: lue.libelles.join(", "), etat: choisis(lue) };
  if (!lue.reste) return [{ ...dite, commune: null }];
  const la = (await communes.commencer(lue.reste)) ?? [];
  return la.map((commune) => ({ ...dite, commune }));
}

/** What is asked in words takes the place of what was ticked before. @param {import("./demande.js").Demande} lue */
const choisis = ({ etat }) => ({ ...SANS_CHOIX, ...etat });

/** « France services Valençay » is the name of a place, and also a network and a commune: its name comes first.
 * @param {import("./demande.js").Demande} lue */
const nommeUnReseau = ({ etat, absents }) =>
  absents.length > 0 || (Object.keys(etat).join() === "choix" && Object.keys(etat.choix ?? {}).join() === "reseau");

/** @param {string} texte @param {Noms | null} noms */
async function estUnNom(texte, noms) {
  const trouves = noms ? await noms.justes(texte) : [];
  return trouves === null || trouves.length > 0;
}

/** The communes of a text, else the only one that begins so, else all of them, to choose from. @param {string} texte @param {Donnees} donnees */
async function communesDe(texte, donnees) {
  const { communes } = await donnees.pret();
  const exactes = await communes.exactes(texte);
  if (exactes.length) return exactes;
  const debuts = (await communes.commencer(texte)) ?? [];
  const seule = sures(debuts, communes.propres);
  return seule.length ? seule : debuts;
}

/** @param {string} texte @param {Donnees} donnees @returns {Promise<Entendu>} */
async function entendreNom(texte, donnees) {
  const { communes, index, lieux } = await donnees.pret();
  const adresse = ressembleAUneAdresse(texte) || VOIE.test(normaliser(texte));
  const nomme = { ...RIEN_DE_PLUS, etat: { ou: texte, commune: "", point: null }, adresse };
  if (await estUnNom(texte, lieux.propres)) return nomme;
  const dehors = await donnees.horsTerritoire(texte);
  if (dehors) return { ...nomme, etat: {}, note: textes.hors(texte, dehors, nomsPropres(index)), hors: true };
  if (await estUnNom(texte, lieux.autres)) return nomme;
  // A typo: in the name of one commune, else in that of a place.
  const seule = sures((await communes.chercher(texte)) ?? [], communes.propres);
  const [lue] = seule;
  return lue ? { ...nomme, communes: seule, etat: {}, note: textes.compris(texte, lue.nom) } : nomme;
}

/** The only one, or the only one of the territory: it is searched there. @param {Commune[]} trouvees @param {Set<string>} propres */
function sures(trouvees, propres) {
  const siennes = trouvees.filter(({ departement }) => propres.has(departement));
  const retenues = siennes.length ? siennes : trouvees;
  return retenues.length === 1 ? retenues : [];
}

/** @param {import("../commun/types.js").Index} index */
const nomsPropres = ({ propres, noms }) => propres.map((code) => noms[code] ?? code);

/**
 * The communes that an address ends with: « 12 rue Pasteur 99000 Valbourg », « 12 rue Pasteur, Valbourg ».
 * @param {string} texte @param {(texte: string) => Promise<Commune[]>} exactes
 */
export async function communesCitees(texte, exactes) {
  const morceaux = texte.split(/[\s,]+/).filter(Boolean);
  for (let rang = 1; rang < morceaux.length; rang += 1) {
    const trouvees = await exactes(morceaux.slice(rang).join(" "));
    if (trouvees.length) return trouvees;
  }
  return [];
}
