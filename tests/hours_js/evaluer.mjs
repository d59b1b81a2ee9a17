// Answers a batch of questions with the browser's modules: JSON on the standard input, JSON on the standard output.

import { readFileSync } from "node:fs";
import { lireCalendriers } from "../../site_src/modules/horaires/calendrier.js";
import { APRES_18_H, ceJour, ouvertA, ouvertPendant, prochaineFois } from "../../site_src/modules/horaires/filtres.js";
import { depuisIso, enIso } from "../../site_src/modules/horaires/jours.js";
import { joursParticuliers, phraseEtat } from "../../site_src/modules/horaires/phrases.js";
import { lireHoraires } from "../../site_src/modules/horaires/regles.js";
import { etat, prochainChangement, prochainesOuvertures } from "../../site_src/modules/horaires/temps.js";
import { prochainsPassages } from "../../site_src/modules/horaires/tournees.js";

const { calendriers, cas } = JSON.parse(readFileSync(0, "utf-8"));
const calendrierDe = lireCalendriers(calendriers);

function repondre({ regles, fermetures, departement, commune, instants, arret }) {
  const calendrier = calendrierDe(departement, commune);
  const horaires = lireHoraires(regles, fermetures);
  return instants.map((instant) => ({
    ...moment(horaires, instant, calendrier),
    ...(arret ? { passages: passages(horaires, arret, instant, calendrier) } : {}),
  }));
}

function moment(horaires, instant, calendrier) {
  const changement = prochainChangement(horaires, instant, calendrier);
  const aujourdHui = calendrier.fuseau.local(instant).jour;
  return {
    etat: etat(horaires, instant, calendrier),
    changement: changement && [changement.instant, changement.etat],
    ouvertures: prochainesOuvertures(horaires, instant, calendrier).map(({ debut, fin }) => [debut, fin]),
    phrase: phraseEtat(horaires, instant, calendrier),
    particuliers: joursParticuliers(horaires, calendrier, aujourdHui).map((j) => ({ ...j, jour: enIso(j.jour) })),
    maintenant: ouvertA(horaires, instant, calendrier),
    jeudi17h: fois(3, 1020, horaires, instant, calendrier),
    dimanche2h30: fois(6, 150, horaires, instant, calendrier),
    samedi: ouvertPendant(horaires, ceJour(5), instant, calendrier),
    soir: ouvertPendant(horaires, APRES_18_H, instant, calendrier),
  };
}

function fois(jour, minute, horaires, instant, calendrier) {
  const prochaine = prochaineFois(jour, minute, instant, calendrier);
  return [prochaine, ouvertA(horaires, prochaine, calendrier)];
}

function passages(horaires, { frequence, ancre }, instant, calendrier) {
  const arret = { horaires, frequence, ancre: ancre && depuisIso(ancre) };
  return prochainsPassages(arret, instant, calendrier)?.map((p) => [enIso(p.jour), p.plages]) ?? null;
}

process.stdout.write(JSON.stringify(cas.map(repondre)));
