// States that opening_hours.js (npm, LGPL, tests only) gives: JSON {cas: [{texte, instants}]} in, one list per case out.
// What it refuses gives null. Run with TZ=Europe/Paris: it reads the clock of its machine.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const OpeningHours = createRequire(import.meta.url)("opening_hours");
const LIEU = { lat: 46.81, lon: 1.69, address: { country_code: "fr", state: "Centre-Val de Loire" } };

/** @param {() => any} calcul what it refuses or cannot evaluate (a year without school calendar) gives null */
function ouRefus(calcul) {
  try {
    return calcul();
  } catch (refus) {
    if (typeof refus === "string" || refus instanceof Error) return null;
    throw refus;
  }
}

function etat(horaires, instant) {
  const date = new Date(instant);
  if (horaires.getUnknown(date)) return "unknown";
  return horaires.getState(date) ? "open" : "closed";
}

const { cas } = JSON.parse(readFileSync(0, "utf-8"));
const reponses = cas.map(({ texte, instants }) => {
  const horaires = ouRefus(() => new OpeningHours(texte, LIEU, { mode: 0 }));
  return instants.map((instant) => horaires && ouRefus(() => etat(horaires, instant)));
});
process.stdout.write(JSON.stringify(reponses));
