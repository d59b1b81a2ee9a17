// What one can do there, asked by need: yes, no, or « je ne sais pas », which is no answer. Three fields of the record
// hold it: `services`, `services_absents`, and for a whole family `familles_declarees` or `familles_absentes`.

import { el } from "../commun/elements.js";
import { enOrdre, nouvelId, placeDesFautes } from "./champs.js";
import { textes } from "./textes.js";

/** @typedef {import("./types.js").Composant} Composant */
/** @typedef {import("./types.js").Fiche} Fiche */
/** @typedef {import("./types.js").Faute} Faute */
/** @typedef {import("./types.js").Modele} Modele */

export const CHAMPS_DES_SERVICES = ["services", "services_absents", "familles_absentes", "familles_declarees"];

/** `lire` gives the four fields; `montrer` takes the faults of the record. @param {Fiche} fiche @param {Modele} modele
 * @returns {Composant} */
export function composerServices(fiche, modele) {
  const services = questions("services", parBesoin(modele), reponse(fiche, "services", "services_absents"), [textes.oui, textes.non]);
  const familles = (modele.vocabulaires.familles?.valeurs ?? []).map(([v, libelle, description]) => ({ titre: libelle, aide: description, valeur: v }));
  const parFamille = questions("familles", familles, reponse(fiche, "familles_declarees", "familles_absentes"), [textes.familleDite, textes.familleAbsente]);
  const element = el("div", "", el("p", "", textes.services), services.faute, ...services.elements);
  const repli = el("details", "repli", el("summary", "", textes.familles), el("p", "champ__aide", textes.famillesAide), parFamille.faute, ...parFamille.elements);
  repli.open = Boolean(fiche.familles_declarees ?? fiche.familles_absentes);
  element.append(repli);
  return {
    element,
    lire: () => ({
      services: enOrdre(liste(fiche.services), services.dites("oui")),
      services_absents: enOrdre(liste(fiche.services_absents), services.dites("non")),
      familles_declarees: enOrdre(liste(fiche.familles_declarees), parFamille.dites("oui")),
      familles_absentes: enOrdre(liste(fiche.familles_absentes), parFamille.dites("non")),
    }),
    montrer: (fautes) => {
      services.montrer(fautes.filter(({ chemin }) => chemin[0] === "services" || chemin[0] === "services_absents"));
      const desFamilles = fautes.filter(({ chemin }) => String(chemin[0]).startsWith("familles_"));
      if (desFamilles.length) repli.open = true;
      parFamille.montrer(desFamilles);
    },
  };
}

/** @param {unknown} valeur @returns {string[]} */
const liste = (valeur) => (Array.isArray(valeur) ? valeur : []);

/** @param {Fiche} fiche @param {string} presents @param {string} absents @returns {(valeur: string) => string} */
const reponse = (fiche, presents, absents) => (valeur) =>
  liste(fiche[presents]).includes(valeur) ? "oui" : liste(fiche[absents]).includes(valeur) ? "non" : "";

/** Each service once, under the first need that it answers. @param {Modele} modele */
function parBesoin({ vocabulaires }) {
  /** @type {{ titre: string, aide: string, valeur: string }[]} */
  const trouves = [];
  const libelles = new Map((vocabulaires.services?.valeurs ?? []).map(([v, libelle]) => [v, libelle]));
  for (const [, besoin, , , , services] of vocabulaires.besoins?.valeurs ?? []) {
    for (const service of services.filter((s) => !trouves.some(({ valeur }) => valeur === s))) {
      trouves.push({ titre: services.length > 1 ? (libelles.get(service) ?? service) : besoin, aide: service, valeur: service });
    }
  }
  for (const [service, libelle] of libelles) {
    if (!trouves.some(({ valeur }) => valeur === service)) trouves.push({ titre: libelle, aide: service, valeur: service });
  }
  return trouves;
}

/** @param {string} nom @param {{ titre: string, aide: string, valeur: string }[]} toutes @param {(valeur: string) => string} dite
 * @param {[string, string]} mots */
function questions(nom, toutes, dite, [oui, non]) {
  const choix = [["oui", oui], ["non", non], ["", textes.jeNeSaisPas]];
  const posees = toutes.map(({ titre, aide, valeur }) => {
    const groupe = nouvelId(nom);
    const boutons = choix.map(([v = "", libelle = ""]) => {
      const radio = Object.assign(el("input"), { type: "radio", name: groupe, value: v, checked: dite(valeur) === v });
      return { radio, element: el("label", "formulaire__case", radio, el("span", "", libelle)) };
    });
    const element = el("fieldset", "formulaire__question", el("legend", "", titre), ...(aide === titre ? [] : [el("p", "champ__aide", aide)]), el("div", "formulaire__reponses", ...boutons.map((b) => b.element)));
    return { valeur, boutons, element };
  });
  const premier = posees[0]?.element ?? el("fieldset");
  const { faute, montrer } = placeDesFautes(premier);
  return {
    faute,
    montrer,
    elements: posees.map(({ element }) => element),
    dites: (/** @type {string} */ v) => posees.filter(({ boutons }) => boutons.some(({ radio }) => radio.checked && radio.value === v)).map(({ valeur }) => valeur),
  };
}
