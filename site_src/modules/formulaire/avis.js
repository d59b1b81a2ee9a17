// Texts whose shape is known: one function per shape, from a value to what is wrong with it. As `carte.ecrits.formes` and
// `carte.records.rules.formes`, word for word: a test draws values and compares.

import { citer, codeDe } from "./mots.js";
import { compact, international } from "./numeros.js";

/** @typedef {import("./types.js").Avis} Avis */
/** @typedef {import("./types.js").Numeros} Numeros */
/** @typedef {import("./types.js").Modele} Modele */

const CHIFFRE = /\p{Nd}/gu;
const BLANCS = /[\s\u00a0\u202f]/g;
const SANS_ZERO = /^[1-9]\p{Nd}{8}$/u;
const CODE_INSEE = /^(?:\p{Nd}{2}|2[AB])\p{Nd}{3}$/u;
const CODE_POSTAL = /^\p{Nd}{5}$/u;
const RNA = /^W\p{Nd}[0-9A-Z]\p{Nd}{7}$/u;
const RIDET = /^\p{Nd}{6,7}\.?\p{Nd}{3}$/u;
const COURRIEL = /^[^\s@<>"'(),:;[\]\\]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}_-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{Nl}\p{No}]{2,63}$/u;
const DOMAINE_SEUL = /^(?:[a-z0-9-]+\.)+[a-z]{2,}(?:[/?#:]\S*)?$/i;
const HOTE = /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}_-]*[\p{L}\p{N}])?\.)+[\p{L}\p{N}](?:[\p{L}\p{N}_-]*[\p{L}\p{N}])?\.?$/u;
const INTERDITS = /[\s<>"'`\\{}|^]/u;
const DEPARTEMENT = /^(?:0[1-9]|1\d|2[1-9AB]|[3-8]\d|9[0-6]|97[1-8]|98[46-8]|99)$/;
const SLUG = /^[a-z0-9](?:[a-z0-9-]{0,148}[a-z0-9])?$/;
const LETTRES = /\p{L}+/gu;
// Letters of other alphabets that the eye may take for ours.
const SOSIES = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}\p{Script=Coptic}\p{Script=Lisu}\uff21-\uff3a\uff41-\uff5a\u{1d400}-\u{1d7ff}]/u;
const IPV4 = /^(\d+)\.(\d+)\.(\d+)\.(\d+)$/;
const PORT = /^\d*$/;

/** @param {string} message @returns {Avis} */
const conseil = (message) => ({ message, conseil: true });

/** @param {string} texte @param {Numeros} tables @returns {Avis | null} */
export function telephone(texte, tables) {
  const bon = international(texte, tables);
  if (bon === null) {
    if ((texte.match(CHIFFRE) ?? []).length > 15) return { message: "Un seul numéro par champ, par exemple +33254000000." };
    const sansZero = SANS_ZERO.test(compact(texte)) ? international(`0${texte}`, tables) : null;
    const propose = sansZero ? ` Vouliez-vous dire « ${sansZero} » ?` : " Écrivez par exemple 02 54 00 00 00 ou +33254000000.";
    return { message: `« ${citer(texte)} » n'est pas un numéro de téléphone.${propose}` };
  }
  return texte.replace(BLANCS, "") === bon ? null : conseil(`Écrivez le numéro sous sa forme internationale : « ${bon} ».`);
}

/** @param {string} texte @returns {Avis | null} */
export function codeInsee(texte) {
  const serre = texte.replace(BLANCS, "").toUpperCase();
  if (CODE_INSEE.test(texte) && !texte.startsWith("20")) return null;
  if (CODE_POSTAL.test(serre) && serre.startsWith("20")) {
    return { message: `« ${texte} » est un code postal : un code Insee de Corse commence par 2A ou 2B.` };
  }
  return code(texte, serre, CODE_INSEE, "un code Insee (5 caractères, par exemple 36044 ou 2A004)");
}

/** @param {string} texte @returns {Avis | null} */
function codePostal(texte) {
  if (CODE_POSTAL.test(texte)) return null;
  const serre = texte.replace(/^F-|\s/g, "").toUpperCase();
  if (CODE_INSEE.test(serre) && !CODE_POSTAL.test(serre)) {
    return { message: `« ${citer(texte)} » est un code Insee : écrivez-le dans « code_insee ».` };
  }
  return code(texte, serre, CODE_POSTAL, "un code postal (5 chiffres)");
}

/** @param {string} texte @param {string} serre @param {RegExp} motif @param {string} attendu @returns {Avis} */
function code(texte, serre, motif, attendu) {
  const candidat = [serre, `0${serre}`].find((c) => motif.test(c));
  const suite = candidat === undefined ? "" : ` Vouliez-vous dire « ${candidat} » ?`;
  return { message: `« ${citer(texte)} » n'est pas ${attendu}.${suite}` };
}

/** @param {string} texte @returns {Avis | null} */
export function pivot(texte) {
  const serre = texte.replace(BLANCS, "").toUpperCase();
  if (serre !== texte && pivot(serre) === null) {
    return conseil(`Écrivez l'identifiant sans espaces, en capitales : « ${serre} ».`);
  }
  if (/^0+$/.test(serre)) return conseil("Ce n'est pas un identifiant : si vous ne le connaissez pas, retirez la ligne.");
  if (/^\p{Nd}{14}$/u.test(texte)) {
    return siretJuste(texte) ? null : { message: `« ${texte} » n'est pas un SIRET : un des chiffres est faux.` };
  }
  if (/^\p{Nd}{9}$/u.test(texte) && luhn(texte)) {
    return { message: `« ${texte} » est un SIREN : il faut les 14 chiffres du SIRET, celui de l'établissement.` };
  }
  if (RNA.test(texte) || RIDET.test(texte)) return null;
  return { message: `« ${citer(texte)} » n'est ni un SIRET (14 chiffres), ni un RNA (W et 9 chiffres), ni un RIDET.` };
}

/** La Poste's establishments use a plain sum. @param {string} siret */
const siretJuste = (siret) =>
  luhn(siret) || (siret.startsWith("356000000") && [...siret].reduce((n, c) => n + Number(c), 0) % 5 === 0);

/** @param {string} chiffres */
function luhn(chiffres) {
  const poids = [...chiffres].reverse().map((c, rang) => (rang % 2 ? ((2 * Number(c)) % 10) + Number(Number(c) > 4) : Number(c)));
  return poids.reduce((somme, n) => somme + n, 0) % 10 === 0;
}

/** @param {string} texte @returns {Avis | null} */
export function courriel(texte) {
  if (COURRIEL.test(texte) && !texte.includes("..") && !texte.startsWith(".")) return sosie(texte);
  const nettoye = texte.replace(/^mailto:/, "").trim().replace(/\s*(?:\(at\)|\[at\])\s*/g, "@");
  if (nettoye !== texte && COURRIEL.test(nettoye)) {
    return { message: `« ${citer(texte)} » n'est pas une adresse de courriel. Vouliez-vous dire « ${citer(nettoye)} » ?` };
  }
  if (texte.split("@").length > 2) return { message: "Une seule adresse de courriel par ligne, chacune après un tiret." };
  return { message: `« ${citer(texte)} » n'est pas une adresse de courriel, par exemple contact@mairie.example.` };
}

/** @param {string} texte @param {Modele} modele @returns {Avis | null} */
export function url(texte, { prives }) {
  const debut = texte.split("/", 1)[0] ?? "";
  const schema = debut.includes(":") ? (texte.split(":", 1)[0] ?? "").toLowerCase() : "";
  if (schema !== "http" && schema !== "https") return sansSchema(texte, schema);
  const interdit = INTERDITS.exec(texte);
  if (interdit) return { message: `Une adresse web ne contient pas « ${citer(interdit[0])} ».` };
  const reste = texte.slice(schema.length + 1);
  const reseau = reste.startsWith("//") ? (reste.slice(2).split(/[/?#]/, 1)[0] ?? "") : "";
  const hote = reseau.slice(reseau.lastIndexOf("@") + 1);
  const [nom = "", port = ""] = hote.split(/:(.*)/s);
  if (/[[\]]/.test(reseau) || !PORT.test(port) || Number(port) > 65535) return { message: `« ${citer(texte)} » n'est pas une adresse web.` };
  if (reseau.includes("@")) {
    return { message: "Une adresse web ne contient pas « @ » avant le nom du site : elle tromperait sur le site ouvert." };
  }
  const hoteDit = nom.toLowerCase();
  const avis = prive(hoteDit, prives);
  if (avis) return avis;
  return HOTE.test(nom) ? sosie(hoteDit) : { message: exempleUrl(texte) };
}

/** A host that is only known inside a network. @param {string} hote @param {string[]} prives @returns {Avis | null} */
function prive(hote, prives) {
  const nom = hote.replace(/\.+$/, "");
  if (nom !== "localhost" && !prives.some((fin) => nom.endsWith(fin)) && !adressePrivee(nom)) return null;
  const message = `« ${citer(hote)} » est une adresse privée : elle ne s'ouvre que dans son réseau, pas chez les visiteurs.`;
  return nom.includes(".") ? conseil(message) : { message };
}

/** As browsers read an IPv4 address. @param {string} hote */
function adressePrivee(hote) {
  if (!/^[0-9]/.test(hote) || !URL.canParse(`http://${hote}/`)) return false;
  const [, a, b, c] = (IPV4.exec(new URL(`http://${hote}/`).hostname) ?? []).map(Number);
  if (a === undefined || b === undefined) return false;
  const reservees = [a === 0, a === 10, a === 127, a >= 240, a === 100 && b >= 64 && b < 128, a === 169 && b === 254,
    a === 172 && b >= 16 && b < 32, a === 192 && b === 168, a === 192 && b === 0 && (c === 0 || c === 2), a === 198 && (b === 18 || b === 19),
    a === 198 && b === 51 && c === 100, a === 203 && b === 0 && c === 113];
  return reservees.some(Boolean);
}

/** A whole word of another alphabet in an address. @param {string} texte @returns {Avis | null} */
function sosie(texte) {
  const mot = (texte.match(LETTRES) ?? []).find((m) => SOSIES.test(m) && !/[a-z]/i.test(m));
  const lettre = mot && SOSIES.exec(mot)?.[0];
  return lettre ? conseil(`« ${citer(mot)} » n'est pas écrit avec notre alphabet (${codeDe(lettre)}) : retapez l'adresse.`) : null;
}

/** @param {string} texte */
const exempleUrl = (texte) => `« ${citer(texte)} » n'est pas une adresse web, par exemple https://www.mairie.example/.`;

/** @param {string} texte @param {string} schema @returns {Avis} */
function sansSchema(texte, schema) {
  if (DOMAINE_SEUL.test(texte)) {
    return { message: `Il manque le début de l'adresse. Vouliez-vous dire « https://${citer(texte)} » ?` };
  }
  if (schema) return { message: `Seules les adresses http:// et https:// sont acceptées, pas « ${citer(schema)}: ».` };
  return { message: exempleUrl(texte) };
}

/** @param {string} texte @returns {Avis | null} */
export function identifiant(texte) {
  if (estIdentifiant(texte)) return null;
  const propre = texte.replace(/^\/+|\/+$/g, "").replace(/^offers\//, "").replace(/\.yml$/, "");
  if (estIdentifiant(propre)) {
    return { message: `« ${citer(texte)} » n'est pas un identifiant. Vouliez-vous dire « ${citer(propre)} » ?` };
  }
  const regle = "le nom a au plus 150 lettres sans accent, chiffres et tirets, sans tiret au début ni à la fin";
  return { message: `« ${citer(texte)} » n'est pas un identifiant, comme 36/mediatheque : ${regle}.` };
}

/** Whether a text is `<département>/<slug>`. @param {string} texte */
export function estIdentifiant(texte) {
  const [departement = "", nom = ""] = texte.split(/\/(.*)/s);
  return DEPARTEMENT.test(departement) && SLUG.test(nom);
}

/** @type {Record<string, (texte: string, modele: Modele) => Avis | null>} */
export const AVIS = { telephone: (texte, modele) => telephone(texte, modele.telephone), courriel, url, code_insee: codeInsee, code_postal: codePostal, pivot, identifiant };
