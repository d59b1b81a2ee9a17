// Telephone numbers: the rule of `carte.records.rules.telephone`, with its own tables.

/** @typedef {import("./types.js").Numeros} Numeros */

const SEPARATEURS = /[\s.\-/()\u00a0\u202f]/g;
const INTERNATIONAL = /^\+[1-9]\p{Nd}{5,14}$/u;
const NATIONAL = /^0[1-9]\p{Nd}{8}$/u;
const COURT = /^(?:3\p{Nd}{3}|1[05-8]|11[2-9]|11[68]\p{Nd}{3}|10\p{Nd}{2}|196|191)$/u;
const SPECIAUX = "08";

/** The number without its separators. @param {string} texte */
export const compact = (texte) => texte.replace(/\(0\)/g, "").replace(SEPARATEURS, "");

/** The international form of a number, the short number itself, or null when the text is not one number.
 * @param {string} texte @param {Numeros} tables */
export function international(texte, tables) {
  const serre = compact(texte);
  const numero = serre.startsWith("00") ? `+${serre.slice(2)}` : serre;
  if (COURT.test(numero)) return numero;
  if (NATIONAL.test(numero)) {
    const prefixe = (tables.partages[numero.slice(0, 4)] ?? []).includes("+33") ? "+33" : (tables.outreMer[numero.slice(0, 4)] ?? "+33");
    return prefixe + (numero.startsWith("0508") ? numero.slice(4) : numero.slice(1));
  }
  return INTERNATIONAL.test(numero) ? corrige(numero, tables) : null;
}

/** A +33 number put right when it is an overseas one. @param {string} brut @param {Numeros} tables */
function corrige(brut, { outreMer, partages, chiffres }) {
  let numero = brut.startsWith("+330") ? `+33${brut.slice(4)}` : brut;
  if (numero.startsWith("+33")) numero = (outreMer[`0${numero.slice(3, 6)}`] ?? "+33") + numero.slice(3);
  const prefixe = Object.keys(chiffres).find((p) => numero.startsWith(p));
  if (prefixe === undefined) return numero;
  const reste = numero.slice(prefixe.length);
  if (!chiffres[prefixe]?.includes(reste.length)) return null;
  if (prefixe === "+33" || reste.length === 6) return reste.startsWith("0") ? null : numero;
  const bloc = `0${reste.slice(0, 3)}`;
  const connu = bloc.startsWith(SPECIAUX) || (partages[bloc] ?? []).includes(prefixe) || outreMer[bloc] === prefixe;
  return connu ? numero : null;
}
