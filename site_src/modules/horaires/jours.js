// Days as numbers from 1970-01-01: no clock, no time zone.

export const JOUR_MS = 86_400_000;

/** @param {number} annee @param {number} mois 1 to 12 @param {number} jour */
export const numero = (annee, mois, jour) => Date.UTC(annee, mois - 1, jour) / JOUR_MS;

/** @param {string} iso « 2026-11-23 » */
export const depuisIso = (iso) => Date.parse(iso) / JOUR_MS;

/** @param {number} jour */
export const enIso = (jour) => new Date(jour * JOUR_MS).toISOString().slice(0, 10);

/** 0 is Monday. @param {number} jour */
export const jourSemaine = (jour) => (((jour + 3) % 7) + 7) % 7;

/** @param {number} jour */
export function decomposer(jour) {
  const date = new Date(jour * JOUR_MS);
  return { annee: date.getUTCFullYear(), mois: date.getUTCMonth() + 1, jour: date.getUTCDate() };
}

/** ISO week: that of its Thursday. @param {number} jour */
export function semaineIso(jour) {
  const jeudi = jour - jourSemaine(jour) + 3;
  return Math.floor((jeudi - numero(decomposer(jeudi).annee, 1, 1)) / 7) + 1;
}

/** Easter Sunday (Meeus/Jones/Butcher). @param {number} annee */
export function paques(annee) {
  const a = annee % 19;
  const b = Math.floor(annee / 100);
  const c = annee % 100;
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((8 * b + 13) / 25) + 15) % 30;
  const j = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const n = h + j - 7 * Math.floor((a + 11 * h + 22 * j) / 451) + 114;
  return numero(annee, Math.floor(n / 31), (n % 31) + 1);
}
