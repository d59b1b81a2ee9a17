// Finds a commune from what people type: half a name, a former name, a postal code, a typo.

import { uneFois } from "../commun/unefois.js";
import { debuts } from "./debuts.js";
import { autresCoupes, avecDepartement, debutsEntiers, sansAvant, separer } from "./lecture.js";
import { normaliser } from "./normaliser.js";
import { Repertoire } from "./repertoire.js";

/** @typedef {import("../commun/types.js").Commune} Commune */

const MAXIMUM = 8;
export const ASSEZ = 3; // fewer names than this, and typos are thought of

/** The département of a code of commune. @param {string} code */
export const departementDe = (code) => (code.startsWith("97") || code.startsWith("98") ? code.slice(0, 3) : code.slice(0, 2));

/** « paris 13 », « lyon 3eme arrondissement »: a name, then the number of an arrondissement. */
const NUMERO = /^([a-z][a-z ]*) (\d{1,2})(?:er?|eme|ieme|nde?)?(?: arrondissement)?$/;

/** Figures of a text that may be a postal code, or a code of the Insee. @param {string} saisie */
const chiffresDe = (saisie) => /^(?:\d{2,5}|2[ab]\d{0,3})$/.exec(normaliser(saisie).replace(/ /g, ""))?.[0];

export class Annuaire {
  #lire;
  #noms;
  #premieres;

  /**
   * @param {import("../commun/types.js").Index["communes"]} description
   * @param {(fichier: string) => Promise<Record<string, unknown[]>>} lireColonnes
   * @param {Record<string, string>} departements their names
   * @param {Set<string>} [propres] départements of the deployment, whose communes come first: all, unless said otherwise
   */
  constructor(description, lireColonnes, departements, propres = new Set(Object.keys(departements))) {
    this.description = description;
    this.departements = departements;
    this.propres = propres;
    this.#lire = uneFois(async (/** @type {string} */ fichier) => communes(await lireColonnes(fichier)));
    this.#noms = new Repertoire(description, this.#lire, (c) => c.nom, this.#estPropre);
    this.#premieres = debuts(description, lireColonnes, this.#lire, (lignes, texte) => this.#noms.parmi(lignes, texte, false));
  }

  /** The commune of a code, undefined when it is not in the gazetteer. @param {string} code */
  async une(code) {
    const lignes = await this.#lire(this.description.fichier ?? `${this.description.codes}${departementDe(code)}.json`);
    return lignes.find((c) => c.partie === code) ?? lignes.find((c) => c.code === code && !c.actuel && !c.partie);
  }

  /**
   * Communes for a text as it is typed, best first: what can be shown at once. Null when more letters are needed.
   * @param {string} saisie @returns {Promise<Commune[] | null>}
   */
  async commencer(saisie) {
    const { seuls, texte, duCode } = await this.#comprendre(saisie);
    const [numerotees, suite] = await Promise.all([this.#numerotees(saisie), seuls ? duCode : this.#sansFaute(texte, duCode)]);
    const trouvees = numerotees.length ? [...numerotees, ...(suite ?? [])] : suite;
    return trouvees && uneParCode(trouvees).slice(0, MAXIMUM);
  }

  /**
   * The same, then those that a typo may hide when there are few.
   * @param {string} saisie @param {Commune[] | null} trouvees what `commencer` gave @returns {Promise<Commune[] | null>}
   */
  async completer(saisie, trouvees) {
    const { seuls, texte, duCode } = await this.#comprendre(saisie);
    if (!trouvees || seuls || trouvees.length >= ASSEZ || this.#noms.deCeNom(trouvees, texte).length) return trouvees;
    return uneParCode([...trouvees, ...(await this.#avecFautes(texte, duCode))]).slice(0, MAXIMUM);
  }

  /** @param {string} saisie */
  async chercher(saisie) {
    return this.completer(saisie, await this.commencer(saisie));
  }

  /**
   * What a text names without doubt: communes of this very name, or of this full postal code.
   * @param {string} saisie @returns {Promise<Commune[]>}
   */
  async exactes(saisie) {
    const seuls = chiffresDe(saisie);
    if (seuls) return seuls.length === 5 ? this.#parCode(seuls) : [];
    const numerotees = await this.#numerotees(saisie);
    if (numerotees.length) return numerotees;
    const { texte, chiffres } = separer(saisie);
    const duCode = chiffres ? this.#duNom(await this.#parCode(chiffres), texte) : [];
    const trouvees = duCode.length ? duCode : await this.#deCeNom(texte);
    const presentes = trouvees.filter((c) => !c.actuel);
    return uneParCode(presentes.length ? presentes : trouvees);
  }

  /** The first letter shows nothing yet, and brings what the second will need. @param {string} saisie */
  async preparer(saisie) {
    const lettre = normaliser(saisie).slice(0, 1);
    await this.#premieres(lettre);
    // « st » is read « saint », which stands some pages further.
    if (lettre === "s") await this.#premieres("saint");
  }

  /** @param {Commune} commune */
  #estPropre = ({ departement }) => this.propres.has(departement);

  /** The arrondissement that a name and a number tell: « paris 13e », « Lyon 3 ». @param {string} saisie */
  async #numerotees(saisie) {
    const [, nom, numero] = NUMERO.exec(normaliser(saisie)) ?? [];
    if (!nom || !numero) return [];
    const suffixe = Number(numero) === 1 ? "er" : "e";
    return (await this.#noms.exactes(`${nom} ${Number(numero)}${suffixe} arrondissement`)).filter((c) => c.partie);
  }

  /** Rows of a postal code for a name: of this very name, else the arrondissement of it that has the code. @param {Commune[]} lignes @param {string} texte */
  #duNom(lignes, texte) {
    const entieres = this.#noms.deCeNom(lignes, texte);
    return entieres.length ? entieres : this.#noms.parmi(lignes, texte, false).filter((c) => c.partie);
  }

  /** Communes of a postal code, or of the beginning of one, or of a département. @param {string} chiffres */
  async #parCode(chiffres) {
    const { fichier, codes, postaux } = this.description;
    const debut = chiffres.slice(0, 2).toUpperCase();
    const ou = chiffres in this.departements ? [chiffres] : (postaux?.[debut] ?? [debut]);
    const presents = ou.filter((code) => code in this.departements).map((code) => `${codes}${code}.json`);
    const lots = await Promise.all((fichier ? [fichier] : presents).map(this.#lire));
    const code = chiffres.toUpperCase();
    const presentes = melanger(lots).filter((c) => !c.actuel);
    presentes.sort((a, b) => Number(this.#estPropre(b)) - Number(this.#estPropre(a)));
    const trouvees = presentes.filter((c) => c.departement === code || c.codesPostaux.some((cp) => cp.startsWith(code)));
    return trouvees.length ? sansLeTout(trouvees, code) : presentes.filter((c) => codeDe(c) === code);
  }

  /** @param {string} texte @returns {Promise<Commune[] | null>} */
  #justes = async (texte) => (await this.#premieres(texte)) ?? this.#noms.justes(texte);

  /** Communes for a name that none has as it is typed. @param {string} texte @returns {Promise<Commune[]>} */
  async #autrement(texte) {
    // All at once: on a slow line, one answer after another would be felt.
    const facons = [sansAvant(texte), ...autresCoupes(texte)].filter((facon) => facon !== texte);
    const trouvees = (await Promise.all(facons.map(this.#justes))).find((lignes) => lignes?.length);
    if (trouvees) return trouvees;
    const precise = avecDepartement(texte, this.departements);
    return precise ? this.#noms.parmi(await this.#parCode(precise.departement), precise.texte, true) : [];
  }

  /**
   * Communes whose name begins so, those of the code beside it first; null when more letters are needed.
   * @param {string} texte @param {Commune[]} duCode @returns {Promise<Commune[] | null>}
   */
  async #sansFaute(texte, duCode) {
    const la = this.#noms.parmi(duCode, texte, false);
    return la.length ? la : this.#justes(texte);
  }

  /** Communes for a name that may be mistyped. @param {string} texte @param {Commune[]} duCode @returns {Promise<Commune[]>} */
  async #avecFautes(texte, duCode) {
    const [ailleurs, connues] = await Promise.all([
      this.#autrement(texte),
      this.description.connues ? this.#lire(this.description.connues) : [],
    ]);
    const autres = [...this.#noms.parmi(duCode, texte, true), ...ailleurs];
    if (autres.length) return autres;
    const proches = await this.#noms.proches(texte, connues);
    return proches.length ? proches : this.#sansLaFin(texte);
  }

  /** « montreuil sous bois » is Montreuil: the words after a whole name may not be part of it. @param {string} texte */
  async #sansLaFin(texte) {
    for (const debut of debutsEntiers(texte)) {
      const trouvees = await this.#noms.exactes(debut);
      if (trouvees.length) return trouvees;
    }
    return [];
  }

  /** @param {string} saisie @returns {Promise<{ seuls: boolean, texte: string, duCode: Commune[] }>} */
  async #comprendre(saisie) {
    const seuls = chiffresDe(saisie);
    const { texte, chiffres } = separer(saisie);
    const code = seuls ?? chiffres;
    return { seuls: Boolean(seuls), texte, duCode: code ? await this.#parCode(code) : [] };
  }

  /** @param {string} texte @returns {Promise<Commune[]>} */
  async #deCeNom(texte) {
    for (const facon of [texte, ...autresCoupes(texte)]) {
      const trouvees = await this.#noms.exactes(facon);
      if (trouvees.length) return trouvees;
    }
    const precise = avecDepartement(texte, this.departements);
    return precise ? this.#noms.deCeNom(await this.#parCode(precise.departement), precise.texte) : [];
  }
}

/** Rows of several files, the first of each before the second of any: no département hides the next. @template T @param {T[][]} lots */
function melanger(lots) {
  const longueur = Math.max(0, ...lots.map((lot) => lot.length));
  return Array.from({ length: longueur }, (_, rang) => lots.flatMap((lot) => lot.slice(rang, rang + 1))).flat();
}

/** A commune found by several of its names keeps the best; a part of it is another start. @param {Commune[]} trouvees */
function uneParCode(trouvees) {
  const vues = new Set();
  return trouvees.filter((c) => !vues.has(codeDe(c)) && vues.add(codeDe(c)));
}

/** The code of a start in the page's address. @param {Commune} commune */
export const codeDe = ({ code, partie }) => partie || code;

/** « 75013 » is the 13e, not Paris: without the communes that have a part of this very code. @param {Commune[]} communes @param {string} code */
function sansLeTout(communes, code) {
  const coupees = new Set(communes.filter((c) => c.partie && c.codesPostaux.includes(code)).map((c) => c.code));
  return communes.filter((c) => c.partie || !coupees.has(c.code));
}

/** @param {Record<string, any[]>} colonnes @returns {Commune[]} */
function communes({ nom = [], code = [], codesPostaux = [], lat = [], lon = [], actuel = [], partie = [], route = [], approche = [] }) {
  return nom.map((n, i) => ({
    nom: n,
    code: code[i],
    codesPostaux: codesPostaux[i] ? codesPostaux[i].split(" ") : [],
    lat: degres(lat[i]),
    lon: degres(lon[i]),
    actuel: actuel[i],
    partie: partie[i] ?? "",
    route: route[i] ?? null,
    approche: approche[i] === 1,
    departement: departementDe(code[i]),
  }));
}

/** A list to choose from has no positions. @param {number | null | undefined} dixMilliemes */
const degres = (dixMilliemes) => (typeof dixMilliemes === "number" ? dixMilliemes / 1e4 : null);
