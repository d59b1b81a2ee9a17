// The canonical layout of a record: byte for byte what `carte.records.write` makes of the same record.

/** @typedef {import("./types.js").Champ} Champ */
/** @typedef {import("./types.js").Modele} Modele */
/** @typedef {import("./types.js").Fiche} Fiche */

const ENTETE = "# yaml-language-server: $schema=../lieu.schema.json";
// Plain text that every YAML loader reads as this very text.
const SIMPLE = /^(?:\p{Nd}{1,5} )?[\p{L}\p{Nl}\p{No}](?:[\p{L}\p{N}_ ’'.,;/()«»°!?+&*=%@…–-]|:(?=\S)|(?<=\S)#)*$/u;
const MOTS = new Set(["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"]);
/** @type {Record<string, string>} */
const ECHAPPES = { '"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r" };
const A_ECHAPPER = /["\\\x00-\x1f\x7f-\xa0\xad\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff]/g;
const EXPOSANT = /e/;

/** @param {Fiche} fiche @param {Modele} modele */
export function enYaml(fiche, modele) {
  const marque = fiche.services?.length ? [] : ["a_completer: true"];
  return [ENTETE, ...marque, ...lignesTable(fiche, modele.champs, modele, ""), ""].join("\n");
}

/** The lines of one field as a record writes it; empty when it says nothing. @param {Fiche} fiche @param {Champ} champ
 * @param {Modele} modele */
export const champEnYaml = (fiche, champ, modele) => lignesTable(fiche, [champ], modele, "").join("\n");

/** The same by the name of the field. @param {Fiche} fiche @param {string} nom @param {Modele} modele */
export const lignesDuChamp = (fiche, nom, modele) => modele.champs.filter((c) => c.nom === nom).map((c) => champEnYaml(fiche, c, modele)).join("");

/** The fields that say something, in the model's order. @param {Fiche} objet @param {Champ[]} champs @param {Modele} modele
 * @param {string} retrait @returns {string[]} */
function lignesTable(objet, champs, modele, retrait) {
  const dits = champs.filter(({ nom }) => objet[nom] !== undefined && objet[nom] !== null);
  return dits.flatMap((champ) => lignesChamp(`${retrait}${champ.nom}:`, objet[champ.nom], champ, modele, retrait));
}

/** @param {string} cle @param {any} valeur @param {Champ} champ @param {Modele} modele @param {string} retrait */
function lignesChamp(cle, valeur, champ, modele, retrait) {
  if (champ.table) return tableLibre(cle, valeur, champ, modele, retrait);
  if (champ.liste) {
    const suite = valeur.flatMap((/** @type {any} */ v) => lignesElement(v, champ, modele, `${retrait}  `));
    return suite.length ? [cle, ...suite] : [`${cle} []`];
  }
  if (champ.partie) return suivie(cle, lignesTable(valeur, partie(champ, modele), modele, `${retrait}  `));
  return [`${cle} ${scalaire(valeur, champ)}`];
}

/** A table whose keys are free. @param {string} cle @param {Fiche} valeur @param {Champ} champ @param {Modele} modele
 * @param {string} retrait */
function tableLibre(cle, valeur, champ, modele, retrait) {
  const champs = partie(champ, modele);
  const lignes = Object.entries(valeur).flatMap(([nom, objet]) =>
    suivie(`${retrait}  ${texte(nom)}:`, lignesTable(objet, champs, modele, `${retrait}    `)),
  );
  return suivie(cle, lignes);
}

/** @param {string} cle @param {string[]} lignes */
const suivie = (cle, lignes) => (lignes.length ? [cle, ...lignes] : [`${cle} {}`]);

/** @param {any} valeur @param {Champ} champ @param {Modele} modele @param {string} retrait */
function lignesElement(valeur, champ, modele, retrait) {
  if (!champ.partie) return [`${retrait}- ${scalaire(valeur, champ)}`];
  const [premiere, ...suite] = lignesTable(valeur, partie(champ, modele), modele, `${retrait}  `);
  return premiere === undefined ? [`${retrait}- {}`] : [`${retrait}- ${premiere.trimStart()}`, ...suite];
}

/** @param {Champ} champ @param {Modele} modele */
const partie = (champ, modele) => modele.parties[champ.partie ?? ""] ?? [];

/** @param {any} valeur @param {Champ} champ */
function scalaire(valeur, champ) {
  if (champ.sorte === "texte") return texte(valeur);
  return champ.sorte === "nombre" ? decimal(valeur) : String(valeur);
}

/** The shortest decimal that reads back as the same number: 46 is « 46.0 ». @param {number} valeur */
function decimal(valeur) {
  if (Object.is(valeur, -0)) return "-0.0";
  const petit = valeur !== 0 && Math.abs(valeur) < 1e-4;
  const ecrit = petit ? valeur.toExponential() : String(valeur);
  if (!EXPOSANT.test(ecrit)) return Number.isInteger(valeur) ? `${ecrit}.0` : ecrit;
  const [mantisse = "", exposant = ""] = ecrit.split("e");
  const puissance = `${exposant[0]}${exposant.slice(1).padStart(2, "0")}`;
  return `${mantisse.includes(".") ? mantisse : `${mantisse}.0`}e${puissance}`;
}

/** Plain when every loader agrees on it, else between double quotes. @param {string} mots */
function texte(mots) {
  const simple = SIMPLE.test(mots) && !MOTS.has(mots.toLowerCase()) && mots === mots.trim() && !mots.endsWith(":");
  return simple ? mots : `"${mots.replace(A_ECHAPPER, echappe)}"`;
}

/** @param {string} lettre */
function echappe(lettre) {
  const code = lettre.charCodeAt(0);
  const hexa = code < 256 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
  return ECHAPPES[lettre] ?? hexa;
}
