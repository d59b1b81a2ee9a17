// What leaves the page: the name of the file, the message to the hub, and the addresses of the forge.

import { normaliser } from "../recherche/normaliser.js";
import { empreinte } from "./empreinte.js";
import { textes } from "./textes.js";
import { champEnYaml } from "./yaml.js";

/** @typedef {import("./types.js").Fiche} Fiche */
/** @typedef {import("./types.js").Modele} Modele */

/** `carte recevoir` looks for these two lines, whatever is around them, and for the mark at the end of what is between. */
export const DEBUT = "-----DEBUT DE LA FICHE";
export const FIN = "-----FIN DE LA FICHE-----";
export const MARQUE = "# empreinte";
export const NEUVE = "nouvelle";
const LIGNE_MAX = 70; // mail programs fold longer ones
// What the file says to text editors is of no use in a message.
const ENTETE = /^#.*\n/;
// Longer addresses are cut by some mail programs.
const MAILTO_MAX = 1900;
const FORGE_MAX = 6000;
const SLUG_MAX = 80;

/** The file's name of a new record, without extension. @param {string} nom */
export function slugDe(nom) {
  const mots = normaliser(nom).replaceAll(" ", "-");
  return mots.slice(0, SLUG_MAX).replace(/^-+|-+$/g, "") || "lieu";
}

/** Titles of the fields that two records do not say alike, and how. @param {Fiche} avant @param {Fiche} apres
 * @param {Modele} modele */
export function changements(avant, apres, { champs }) {
  return champs
    .filter(({ nom }) => JSON.stringify(avant[nom] ?? null) !== JSON.stringify(apres[nom] ?? null))
    .map(({ nom, titre }) => {
      const quoi = (avant[nom] ?? null) === null ? textes.ajoute : (apres[nom] ?? null) === null ? textes.retire : textes.change;
      return { nom, texte: `${titre} : ${quoi}` };
    });
}

/** What the person had before their eyes in the fields that they change: what is written meanwhile is not lost.
 * @param {Fiche} avant @param {{ nom: string }[]} change @param {Modele} modele */
export function vus(avant, change, modele) {
  const noms = new Set(change.map(({ nom }) => nom));
  return modele.champs.filter(({ nom }) => noms.has(nom)).map((champ) => `${champ.nom}-${empreinte(champEnYaml(avant, champ, modele))}`);
}

/** The record as a message carries it: what came out of a mail program is compared with the mark, letter for letter.
 * @param {string} identifiant @param {string} yaml @param {string[]} dits what was seen, or that the record is new */
export function bloc(identifiant, yaml, dits) {
  const contenu = yaml.replace(ENTETE, "");
  const mots = [empreinte(`${identifiant}\n${contenu}${dits.join(" ")}`), ...dits];
  const lignes = mots.reduce((/** @type {string[]} */ faites, mot) => {
    const derniere = faites.at(-1) ?? "";
    if (derniere.length + mot.length < LIGNE_MAX) return [...faites.slice(0, -1), `${derniere} ${mot}`];
    return [...faites, `# ${mot}`];
  }, [MARQUE]);
  return `${DEBUT} ${identifiant}-----\n${contenu}${lignes.join("\n")}\n${FIN}`;
}

/**
 * @param {{ nom: string, identifiant: string, yaml: string, change: string[], vus: string[], neuve: boolean }} quoi
 * @returns {{ sujet: string, corps: string }}
 */
export function message({ nom, identifiant, yaml, change, vus: dits, neuve }) {
  const titre = neuve ? textes.messageAjout(nom) : textes.messageCorrection(nom);
  const suite = !neuve && change.length ? ["", textes.changements, ...change.map((c) => `- ${c}`)] : [];
  const corps = [textes.bonjour, "", titre, ...suite, "", textes.nePasToucher, bloc(identifiant, yaml, neuve ? [NEUVE] : dits), ""];
  return { sujet: `${neuve ? textes.sujetAjout : textes.sujetCorrection} ${identifiant}`, corps: corps.join("\n") };
}

/** The address that opens the message; null when it is too long. @param {string} courriel
 * @param {{ sujet: string, corps: string }} message */
export function mailto(courriel, { sujet, corps }) {
  const adresse = `mailto:${encodeURIComponent(courriel).replace("%40", "@")}?subject=${encodeURIComponent(sujet)}&body=${encodeURIComponent(corps.replaceAll("\n", "\r\n"))}`;
  return adresse.length <= MAILTO_MAX ? adresse : null;
}

/**
 * Where the forge takes the record: its page of a new file, filled in where the forge knows how, or of the file to change.
 * @param {{ forge: string, nouvelle: string, modifier: string }} depot addresses made by the build, with the words that are replaced here
 * @param {{ identifiant: string, yaml: string, neuve: boolean }} quoi
 */
export function adresseForge({ forge, nouvelle, modifier }, { identifiant, yaml, neuve }) {
  if (!neuve) return modifier.replace("IDENTIFIANT", identifiant);
  const fichier = encodeURIComponent(`${identifiant.split("/")[1]}.yml`);
  const [nomme, contenu] = forge === "gitlab" ? ["file_name", "content"] : ["filename", "value"];
  const adresse = `${nouvelle.replace("DEPARTEMENT", identifiant.split("/")[0] ?? "")}?${nomme}=${fichier}`;
  const pleine = `${adresse}&${contenu}=${encodeURIComponent(yaml)}`;
  return forge === "forgejo" || pleine.length > FORGE_MAX ? adresse : pleine;
}
