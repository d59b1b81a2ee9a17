// The rules of one record, as `carte.records.rules` has them. Two are left to `carte valider`: the territory, which the
// browser does not have, and opening hours written by hand, which the form never asks for.

import { AVIS } from "./avis.js";
import { caracteres } from "./caracteres.js";
import { donneesPersonnelles } from "./personnes.js";
import { citer, cle, plusProche, vouliezVousDire } from "./mots.js";
import { textesParlants } from "./silences.js";

/** @typedef {import("./types.js").Champ} Champ */
/** @typedef {import("./types.js").Modele} Modele */
/** @typedef {import("./types.js").Chemin} Chemin */
/** @typedef {import("./types.js").Faute} Faute */
/** @typedef {import("./types.js").Fiche} Fiche */
/** @typedef {import("./types.js").Vocabulaire} Vocabulaire */

const PREMIERE_ANNEE = 1900;

/**
 * @param {Fiche} fiche of the model's shape @param {Modele} modele @param {string} jour reference day, ISO
 * @param {string} identifiant of the record, empty when it has none yet @returns {Faute[]}
 */
export const regles = (fiche, modele, jour, identifiant) => [
  ...valeurs(fiche, modele.champs, modele, []).flatMap(([chemin, champ, valeur]) => deLaValeur(chemin, champ, valeur, modele)),
  ...repetitions(fiche, modele),
  ...datesPassees(fiche, jour),
  ...datesOrdonnees(fiche, jour),
  ...moyenDeVenir(fiche, modele),
  ...coordonnees(fiche, modele),
  ...provenance(fiche, modele),
  ...anciens(fiche, identifiant),
  ...tournee(fiche, modele),
  ...donneesPersonnelles(fiche, modele),
  ...textesParlants(fiche, modele),
  ...caracteres(fiche, []),
  ...contradictions(fiche, modele),
];

/** Every text that has a vocabulary or a shape, with its path. @param {Fiche} table @param {Champ[]} champs
 * @param {Modele} modele @param {Chemin} base @returns {[Chemin, Champ, string][]} */
function valeurs(table, champs, modele, base) {
  return champs.flatMap((champ) => {
    const contenu = table[champ.nom];
    if (contenu === undefined || contenu === null) return [];
    const chemin = [...base, champ.nom];
    /** @type {[Chemin, any][]} */
    const places = champ.liste
      ? contenu.map((/** @type {any} */ v, /** @type {number} */ rang) => [[...chemin, rang], v])
      : champ.table
        ? Object.entries(contenu).map(([cle, v]) => [[...chemin, cle], v])
        : [[chemin, contenu]];
    if (champ.partie) return places.flatMap(([place, v]) => valeurs(v, modele.parties[champ.partie ?? ""] ?? [], modele, place));
    return champ.vocabulaire || champ.forme ? places.map(([place, v]) => /** @type {[Chemin, Champ, string]} */ ([place, champ, v])) : [];
  });
}

/** @param {Chemin} chemin @param {Champ} champ @param {string} valeur @param {Modele} modele @returns {Faute[]} */
function deLaValeur(chemin, champ, valeur, modele) {
  const vocabulaire = champ.vocabulaire ? modele.vocabulaires[champ.vocabulaire] : undefined;
  if (vocabulaire) {
    const connu = vocabulaire.valeurs.some(([v]) => v === valeur);
    return connu ? [] : [{ chemin, regle: "vocabulaire", ...avisDuMot(valeur, champ, vocabulaire) }];
  }
  const avis = AVIS[champ.forme ?? ""]?.(valeur, modele);
  return avis ? [{ chemin, regle: (champ.forme ?? "").replace("_", "-"), ...avis }] : [];
}

/** @param {string} valeur @param {Champ} champ @param {Vocabulaire} vocabulaire @returns {import("./types.js").Avis} */
function avisDuMot(valeur, champ, vocabulaire) {
  const debut = [...valeur].slice(0, 120).join("");
  const bonne = plusProche(debut, vocabulaire);
  const [, , , alias = [], anciennes = []] = vocabulaire.valeurs.find(([v]) => v === bonne) ?? [];
  if (bonne !== null && alias.includes(debut)) return { message: `Écrivez plutôt « ${bonne} » : c'est le mot du standard.`, conseil: true };
  if (bonne !== null && anciennes.includes(debut)) {
    return { message: `« ${citer(valeur)} » est un mot du standard de 2022. Aujourd'hui : « ${bonne} ».` };
  }
  const raison = vocabulaire.sans.find(([v]) => cleEgale(v, debut))?.[1];
  if (raison !== undefined) return { message: `« ${citer(valeur)} » n'a pas sa place dans « ${champ.nom} » : ${raison}` };
  const suite = bonne ? `Vouliez-vous dire « ${bonne} » ?` : choix(champ.vocabulaire ?? "", vocabulaire);
  return { message: `« ${citer(valeur)} » n'est pas une valeur de « ${champ.nom} ». ${suite}` };
}

/** @param {string} un @param {string} autre */
const cleEgale = (un, autre) => cle(un) === cle(autre);

/** @param {string} nom @param {Vocabulaire} vocabulaire */
function choix(nom, { valeurs: possibles }) {
  if (possibles.length <= 10) return `Valeurs possibles : ${possibles.map(([v]) => v).join(", ")}.`;
  return `Les ${possibles.length} valeurs possibles sont dans offers/nomenclature/${nom}.yml.`;
}

/** A list says each value once. @param {Fiche} fiche @param {Modele} modele @returns {Faute[]} */
const repetitions = (fiche, modele) =>
  modele.champs
    .filter((champ) => champ.liste && champ.sorte === "texte")
    .flatMap(({ nom }) => {
      const liste = /** @type {string[]} */ (fiche[nom] ?? []);
      const rang = liste.findIndex((v, i) => liste.indexOf(v) < i);
      if (rang < 0) return [];
      return [{ chemin: [nom, rang], message: `« ${citer(liste[rang])} » est écrit deux fois.`, regle: "repetition", conseil: true }];
    });

/** @param {Fiche} fiche @param {string} jour @returns {Faute[]} */
function datesPassees(fiche, jour) {
  /** @type {[Chemin, string | null | undefined][]} */
  const dates = [
    [["date_maj"], fiche.date_maj],
    [["verifie_le"], fiche.verifie_le],
    [["pass_numerique", "verifie_le"], fiche.pass_numerique?.verifie_le],
    ...chaque(fiche.labels).map(([rang, l]) => /** @type {[Chemin, string]} */ ([["labels", rang, "depuis"], l.depuis])),
    ...Object.entries(fiche.provenance ?? {}).map(([nom, o]) => /** @type {[Chemin, string]} */ ([["provenance", nom, "date"], o.date])),
  ];
  return dates.flatMap(([chemin, date]) => {
    if (!date) return [];
    if (date > jour) return [{ chemin, message: `Le ${date} est dans le futur : la date de référence est le ${jour}.`, regle: "date-future" }];
    const annee = Number(date.slice(0, 4));
    return annee < PREMIERE_ANNEE ? [{ chemin, message: `L'année ${annee} ne peut pas être juste.`, regle: "date" }] : [];
  });
}

/** @param {any[] | null | undefined} liste @returns {[number, any][]} */
const chaque = (liste) => (liste ?? []).map((v, rang) => [rang, v]);

/** @param {Fiche} fiche @param {string} jour @returns {Faute[]} */
function datesOrdonnees(fiche, jour) {
  /** @type {Faute[]} */
  const fautes = [];
  const { date_ouverture: ouverture, date_fermeture: fin } = fiche;
  if (ouverture && ouverture > jour) {
    fautes.push({ chemin: ["date_ouverture"], message: `Ce lieu n'ouvre que le ${ouverture}.`, regle: "date-future", conseil: true });
  }
  for (const [rang, { du, au }] of chaque(fiche.fermetures)) {
    const message = `La fermeture finit le ${au}, avant de commencer le ${du}.`;
    if (au < du) fautes.push({ chemin: ["fermetures", rang, "au"], message, regle: "dates-ordre", depend: [["fermetures", rang, "du"]] });
  }
  for (const [rang, { depuis, jusqua }] of chaque(fiche.labels)) {
    const message = `Le label finit le ${jusqua}, avant de commencer le ${depuis}.`;
    if (depuis && jusqua && jusqua < depuis) fautes.push({ chemin: ["labels", rang, "jusqua"], message, regle: "dates-ordre" });
  }
  if (fin && ouverture && fin <= ouverture) {
    const message = `Le lieu ferme pour toujours le ${fin}, sans avoir ouvert avant.`;
    fautes.push({ chemin: ["date_fermeture"], message, regle: "dates-ordre", depend: [["date_ouverture"]] });
  }
  return fautes;
}

/** @param {Fiche} fiche @param {Modele} modele @returns {Faute[]} */
function moyenDeVenir(fiche, { moyens }) {
  const dit = (/** @type {any} */ v) => v !== undefined && v !== null && !(Array.isArray(v) && !v.length);
  if (moyens.some((nom) => dit(fiche[nom]))) return [];
  const message =
    "Personne ne peut venir ni appeler : donnez au moins une adresse, des coordonnées, un téléphone, " +
    "un courriel, un site, une prise de rendez-vous ou une tournée.";
  return [{ chemin: [], message, regle: "joignable", depend: moyens.map((nom) => [nom]) }];
}

/** @param {Fiche} fiche @param {Modele} modele @returns {Faute[]} */
const coordonnees = (fiche, modele) => [
  ...paire(fiche, modele, []),
  ...chaque(fiche.tournee).flatMap(([rang, arret]) => paire(arret, modele, ["tournee", rang])),
];

/** @param {Fiche} ou @param {Modele} modele @param {Chemin} base @returns {Faute[]} */
function paire(ou, modele, base) {
  const [latitude, longitude] = [ou.latitude ?? null, ou.longitude ?? null];
  if (latitude === null && longitude === null) return [];
  if (latitude === null || longitude === null) {
    const [la, sans] = longitude === null ? ["latitude", "longitude"] : ["longitude", "latitude"];
    const message = `Il y a une ${la} mais pas de ${sans} : donnez les deux, ou aucune.`;
    return [{ chemin: [...base, la], message, regle: "coordonnees", depend: [[...base, sans]] }];
  }
  if (enFrance(latitude, longitude, modele) || !enFrance(longitude, latitude, modele)) return [];
  const message = `Latitude et longitude semblent inversées. Vouliez-vous dire latitude ${decimal(longitude)} et longitude ${decimal(latitude)} ?`;
  return [{ chemin: [...base, "latitude"], message, regle: "coordonnees", depend: [[...base, "longitude"]] }];
}

/** @param {number} n */
const decimal = (n) => (Number.isInteger(n) ? `${n}.0` : String(n));

/** @param {number} latitude @param {number} longitude @param {Modele} modele */
const enFrance = (latitude, longitude, { boites }) =>
  boites.some(([sud, nord, ouest, est]) => sud <= latitude && latitude <= nord && ouest <= longitude && longitude <= est);

/** @param {Fiche} fiche @param {Modele} modele @returns {Faute[]} */
function provenance(fiche, modele) {
  const noms = modele.champs.map(({ nom }) => nom);
  return Object.keys(fiche.provenance ?? {})
    .filter((nom) => !noms.includes(nom))
    .map((nom) => ({ chemin: ["provenance", nom], message: `« ${citer(nom)} » n'est pas un champ de la fiche.${vouliezVousDire(nom, noms)}`, regle: "provenance" }));
}

/** @param {Fiche} fiche @param {string} identifiant @returns {Faute[]} */
const anciens = (fiche, identifiant) =>
  chaque(fiche.anciens_identifiants)
    .filter(([, ancien]) => ancien === identifiant)
    .map(([rang]) => ({ chemin: ["anciens_identifiants", rang], message: "Cet identifiant est celui de la fiche elle-même.", regle: "identifiant" }));

/** @param {Fiche} fiche @param {Modele} modele @returns {Faute[]} */
function tournee(fiche, { itinerant }) {
  if (!fiche.tournee?.length || (fiche.itinerance ?? []).includes(itinerant)) return [];
  const message = `Une tournée est décrite : ajoutez « ${itinerant} » dans « itinerance ».`;
  return [{ chemin: ["tournee"], message, regle: "tournee", conseil: true, depend: [["itinerance"]] }];
}

/** @param {Fiche} fiche @param {Modele} modele @returns {Faute[]} */
function contradictions(fiche, modele) {
  const services = /** @type {string[]} */ (fiche.services ?? []);
  const absents = chaque(fiche.services_absents)
    .filter(([, service]) => services.includes(service))
    .map(([rang, service]) => contradiction("services_absents", rang, `« ${service} » est aussi dans « services » : le lieu le fait, ou ne le fait pas.`, "services"));
  const familles = chaque(fiche.familles_absentes).flatMap(([rang, famille]) => {
    const membres = (modele.vocabulaires.services?.valeurs ?? []).filter((v) => v[6] === famille).map(([v]) => v);
    const rendu = services.find((service) => membres.includes(service));
    if (rendu !== undefined) {
      return [contradiction("familles_absentes", rang, `« ${rendu} » est de la famille « ${famille} » : le lieu en fait, ou n'en fait pas.`, "services")];
    }
    if (!(fiche.familles_declarees ?? []).includes(famille)) return [];
    return [contradiction("familles_absentes", rang, `« ${famille} » est aussi dans « familles_declarees » : le lieu en fait, ou n'en fait pas.`, "familles_declarees")];
  });
  return [...absents, ...familles];
}

/** @param {string} champ @param {number} rang @param {string} message @param {string} autre @returns {Faute} */
const contradiction = (champ, rang, message, autre) => ({ chemin: [champ, rang], message, regle: "contradiction", depend: [[autre]] });
