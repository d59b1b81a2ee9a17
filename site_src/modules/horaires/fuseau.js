// The clock of a place: from instants to its days and minutes, and back, exact when clocks change.

import { JOUR_MS } from "./jours.js";

const MINUTE_MS = 60_000;

export class Fuseau {
  /** @type {Map<number, number>} */
  #minuits = new Map();
  #horloge;

  /** @param {string} nom « Europe/Paris » */
  constructor(nom) {
    this.#horloge = new Intl.DateTimeFormat("en-US", {
      timeZone: nom,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
    });
  }

  /** Day and minute on the clock of the place. @param {number} instant */
  local(instant) {
    let jour = Math.floor(instant / JOUR_MS);
    while (instant < this.minuit(jour)) jour -= 1;
    while (instant >= this.minuit(jour + 1)) jour += 1;
    const duree = this.minuit(jour + 1) - this.minuit(jour);
    const ecoule = instant - this.minuit(jour);
    const decale = duree === JOUR_MS ? 0 : this.#decalage(instant) - this.#decalage(this.minuit(jour));
    return { jour, minute: Math.floor((ecoule + decale) / MINUTE_MS) };
  }

  /** First instant of a local day. @param {number} jour */
  minuit(jour) {
    let minuit = this.#minuits.get(jour);
    if (minuit === undefined) {
      minuit = this.instant(jour, 0);
      this.#minuits.set(jour, minuit);
    }
    return minuit;
  }

  /**
   * The instant of a local time: the first one when it comes twice, the clock of the hours before when it is skipped.
   * @param {number} jour @param {number} minute
   */
  instant(jour, minute) {
    const mur = jour * JOUR_MS + minute * MINUTE_MS;
    const avant = mur - this.#decalage(mur - JOUR_MS);
    const apres = mur - this.#decalage(mur + JOUR_MS);
    return mur - this.#decalage(avant) === avant || mur - this.#decalage(apres) !== apres ? avant : apres;
  }

  /**
   * When the clock changes during a day: the minute of the day (old clock) and by how many minutes; else null.
   * @param {number} jour @returns {{ minute: number, saut: number } | null}
   */
  bascule(jour) {
    const minuit = this.minuit(jour);
    const duree = this.minuit(jour + 1) - minuit;
    if (duree === JOUR_MS) return null;
    const ancien = this.#decalage(minuit);
    let [bas, haut] = [0, duree / MINUTE_MS];
    while (haut - bas > 1) {
      const milieu = (bas + haut) >> 1;
      if (this.#decalage(minuit + milieu * MINUTE_MS) === ancien) bas = milieu;
      else haut = milieu;
    }
    return { minute: haut, saut: (JOUR_MS - duree) / MINUTE_MS };
  }

  /** Clock minus UTC, in ms. @param {number} instant */
  #decalage(instant) {
    const minute = Math.floor(instant / MINUTE_MS) * MINUTE_MS;
    /** @type {Record<string, number>} */
    const lu = {};
    for (const { type, value } of this.#horloge.formatToParts(minute)) lu[type] = Number(value);
    const { year = 0, month = 0, day = 0, hour = 0, minute: minutes = 0 } = lu;
    return Date.UTC(year, month - 1, day, hour, minutes) - minute;
  }
}
