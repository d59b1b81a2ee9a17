// From the answers to a search, and why. Pure; the words are ours.

import { lire } from "./etat.js";

/** @typedef {import("../commun/types.js").Etat} Etat */
/** @typedef {{ quoi: string, pourquoi: string }} Raison */
/** @typedef {{ pour: string, aisance: string, compte: string[] }} Reponses */

/** @type {Record<string, Raison>} */
const BESOINS = {
  demarche: { quoi: "Une aide aux démarches.", pourquoi: "Il y a quelque chose à régler en ligne." },
  apprendre: { quoi: "Un lieu où l’on apprend.", pourquoi: "Le but est de se débrouiller seule un jour." },
  acces: { quoi: "Un ordinateur et internet.", pourquoi: "C’est le matériel qui manque, pas le savoir-faire." },
  equiper: { quoi: "Du matériel à petit prix.", pourquoi: "Peu de lieux en proposent : élargissez si rien n’est proche." },
  proteger: { quoi: "Une aide contre les arnaques.", pourquoi: "En attendant : ne rien payer, ne rien cliquer." },
  travail: { quoi: "Une aide pour le travail.", pourquoi: "Certains lieux aident pour un CV, une offre, une inscription." },
  famille: { quoi: "Une aide pour la famille.", pourquoi: "Certains lieux suivent l’école en ligne avec les parents." },
};

/** @type {Record<string, Raison & { choix: Record<string, string[]> }>} */
const AISANCES = {
  "pour-elle": {
    quoi: "Quelqu’un qui fait à sa place.",
    pourquoi: "Un aidant « Aidants Connect » peut agir en son nom, avec son accord.",
    choix: { posture: ["faire-a-la-place-de"] },
  },
  "avec-elle": {
    quoi: "Quelqu’un qui fait avec elle.",
    pourquoi: "À deux, à son rythme, elle garde la main.",
    choix: { posture: ["faire-avec"], accompagnement: ["accompagnement-individuel"] },
  },
  apprend: {
    quoi: "Un atelier, ou quelqu’un qui montre.",
    pourquoi: "En groupe on ose poser des questions, et l’on revient.",
    choix: { posture: ["faire-faire"], accompagnement: ["dans-un-atelier-collectif", "accompagnement-individuel"] },
  },
  seule: {
    quoi: "Un libre accès suffit.",
    pourquoi: "Elle sait faire : un poste libre, et quelqu’un pas loin en cas de souci.",
    choix: { accompagnement: ["en-autonomie"] },
  },
};

/** @type {Record<string, Raison & { avec?: string, quand?: string, choix?: Record<string, string[]> }>} */
const CONDITIONS = {
  "sans-rdv": { quoi: "Sans rendez-vous.", pourquoi: "On peut s’y présenter.", avec: "sans-rdv" },
  gratuit: { quoi: "Gratuit.", pourquoi: "Sans condition à remplir.", avec: "gratuit" },
  fauteuil: { quoi: "Accessible en fauteuil.", pourquoi: "L’entrée et la salle.", avec: "fauteuil" },
  lire: {
    quoi: "À l’aise avec l’écrit difficile.",
    pourquoi: "Ces lieux savent accueillir qui lit ou écrit avec peine.",
    choix: { charge: ["illettrisme"] },
  },
  langue: {
    quoi: "Dans une autre langue.",
    pourquoi: "Demandez laquelle au téléphone avant d’y aller.",
    choix: { langue: ["une-autre-langue-etrangere"] },
  },
  samedi: { quoi: "Ouvert le samedi.", pourquoi: "Pour qui n’est pas libre en semaine.", quand: "samedi" },
  soir: { quoi: "Ouvert après 18 h.", pourquoi: "Pour qui travaille en journée.", quand: "apres-18h" },
};

const UN_SEUL_MOMENT = {
  quoi: "Un moment à la fois.",
  pourquoi: "La recherche commence par le samedi : vous pourrez ensuite demander « après 18 h ».",
};

/** What the answers lead to. Records that do not say are kept: an orientation must not hide them.
 * @param {Reponses} reponses @returns {{ etat: Etat, raisons: Raison[] }} */
export function proposer({ pour, aisance, compte }) {
  const etat = lire("");
  /** @type {Raison[]} */
  const raisons = [];
  const besoin = BESOINS[pour];
  if (besoin) {
    etat.pour = [pour];
    raisons.push(besoin);
  }
  const maniere = AISANCES[aisance];
  const conditions = compte.flatMap((cle) => CONDITIONS[cle] ?? []);
  for (const { quoi, pourquoi, choix = {} } of [...(maniere ? [maniere] : []), ...conditions]) {
    etat.choix = { ...etat.choix, ...choix };
    raisons.push({ quoi, pourquoi });
  }
  etat.avec = conditions.flatMap(({ avec }) => avec ?? []);
  const moments = conditions.flatMap(({ quand }) => quand ?? []);
  // One moment at a time: two would ask for a place that suits both, which few records can say.
  etat.quand = moments[0] ?? "";
  if (moments.length > 1) raisons.push(UN_SEUL_MOMENT);
  etat.inconnus = Boolean(maniere ?? conditions.length);
  if (etat.inconnus) raisons.push({ quoi: "Les fiches qui ne le disent pas restent.", pourquoi: "Téléphonez pour vérifier." });
  return { etat, raisons };
}
