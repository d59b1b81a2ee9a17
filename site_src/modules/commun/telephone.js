// Telephone numbers as people read them.

const INDICATIFS = ["+33", "+262", "+590", "+594", "+596"];

/** « +33254080000 » → « 02 54 08 00 00 »; a number that is not French stays as it is. @param {string} numero */
export function telephoneLisible(numero) {
  const indicatif = INDICATIFS.find((i) => numero.startsWith(i));
  const national = indicatif ? `0${numero.slice(indicatif.length)}` : numero;
  return /^0\d{9}$/.test(national) ? (national.match(/../g) ?? []).join("\u00a0") : numero;
}
