// One value of a record, asked for: the control that suits its sort. Nothing here knows the names of the fields.

import { el } from "../commun/elements.js";
import { telephoneLisible } from "../commun/telephone.js";
import { international } from "./numeros.js";
import { composerSemaine } from "./grille.js";
import { groupe, rangees } from "./parties.js";
import { textes } from "./textes.js";

/** @typedef {import("./types.js").Champ} Champ */
/** @typedef {import("./types.js").Composant} Composant */
/** @typedef {import("./types.js").Faute} Faute */
/** @typedef {import("./types.js").Modele} Modele */

const LIGNE_MAX = 300;
let dernier = 0;

/** @param {string} [debut] */
export const nouvelId = (debut = "champ") => `${debut}-${(dernier += 1)}`;

/** @param {Champ} champ @param {any} valeur @param {Modele} modele @returns {Composant} */
export function composer(champ, valeur, modele) {
  if (champ.partie) return champ.liste ? rangees(champ, valeur, modele) : groupe(champ, valeur, modele);
  if (champ.forme === "horaires") return composerSemaine(champ, valeur, modele);
  if (champ.vocabulaire) return champ.liste ? cases(champ, valeur, modele) : choix(champ, valeur, motsDe(champ, modele));
  if (champ.sorte === "oui_non") return ouiNon(champ, valeur);
  return champ.liste ? lignes(champ, valeur) : saisie(champ, valeur, modele);
}

/** @param {Champ} champ @param {Modele} modele @returns {[string, string, string][]} value, label, description */
const motsDe = (champ, modele) =>
  (modele.vocabulaires[champ.vocabulaire ?? ""]?.valeurs ?? []).map(([v, libelle, description]) => [v, libelle, description]);

/** Where the faults of a value are told, and how its control knows of them. @param {HTMLElement} controle
 * @param {string[]} [decrit] ids of what else describes it */
export function placeDesFautes(controle, decrit = []) {
  const faute = el("p", "formulaire__faute");
  faute.id = nouvelId("faute");
  faute.hidden = true;
  controle.setAttribute("aria-describedby", [...decrit, faute.id].join(" "));
  const montrer = (/** @type {Faute[]} */ fautes) => {
    faute.textContent = fautes.map(({ message }) => message).join(" ");
    faute.hidden = !fautes.length;
    const grave = fautes.some(({ conseil }) => !conseil);
    faute.classList.toggle("formulaire__faute--conseil", fautes.length > 0 && !grave);
    if (controle instanceof HTMLFieldSetElement) controle.classList.toggle("formulaire__groupe--faux", grave);
    else if (grave) controle.setAttribute("aria-invalid", "true");
    else controle.removeAttribute("aria-invalid");
  };
  return { faute, montrer };
}

/** A label, its help and its control. @param {Champ} champ @param {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} controle
 * @param {string} aide @param {() => any} lire @returns {Composant} */
function habiller(champ, controle, aide, lire) {
  controle.id = nouvelId();
  const etiquette = el("label", "champ__label", champ.titre, ...(champ.requis ? [` (${champ.siDite ? textes.obligatoireIci : textes.obligatoire})`] : []));
  etiquette.htmlFor = controle.id;
  if (champ.requis && !champ.siDite) controle.setAttribute("aria-required", "true");
  const mots = el("p", "champ__aide", aide);
  mots.id = nouvelId("aide");
  const utile = aide.replace(/\.$/, "") !== champ.titre && aide !== "";
  const { faute, montrer } = placeDesFautes(controle, utile ? [mots.id] : []);
  return { element: el("div", "formulaire__champ", etiquette, ...(utile ? [mots] : []), controle, faute), lire, montrer };
}

/** @param {Champ} champ @param {any} valeur @param {Modele} modele */
function saisie(champ, valeur, modele) {
  const texte = valeur === undefined || valeur === null ? "" : String(valeur);
  const long = (champ.long ?? 0) > LIGNE_MAX || champ.nom === "presentation_resume" || texte.includes("\n");
  const controle = long && champ.forme !== "url" ? el("textarea", "champ__saisie") : el("input", "champ__saisie");
  if (controle instanceof HTMLTextAreaElement) controle.rows = 4;
  else controle.type = champ.sorte === "date" ? "date" : champ.forme === "telephone" ? "tel" : "text";
  if (champ.sorte === "nombre" || champ.sorte === "entier") controle.inputMode = champ.sorte === "nombre" ? "decimal" : "numeric";
  controle.autocomplete = "off";
  controle.value = champ.forme === "telephone" ? compose(texte, modele) : texte;
  const exemple = champ.exemple !== undefined && champ.sorte === "texte" && !long ? ` ${textes.exemple(String(champ.exemple))}` : "";
  const aide = `${champ.aide}.${exemple}`.replace(/([.?…])\./g, "$1");
  const dite = champ.forme === "telephone" ? textes.telephoneAide : champ.sorte === "date" ? champ.aide : aide;
  return habiller(champ, controle, dite, () => valeurDe(controle.value, champ, modele));
}

/** A number as one dials it, when it reads back as the same. @param {string} numero @param {Modele} modele */
function compose(numero, modele) {
  const lisible = telephoneLisible(numero);
  return international(lisible, modele.telephone) === numero ? lisible : numero;
}

/** @param {string} ecrit @param {Champ} champ @param {Modele} modele */
function valeurDe(ecrit, champ, modele) {
  const texte = ecrit.trim();
  if (!texte) return undefined;
  if (champ.sorte === "nombre" || champ.sorte === "entier") {
    const nombre = texte.replace(",", ".");
    return /^-?\d+(\.\d+)?$/.test(nombre) ? Number(nombre) : texte;
  }
  return champ.forme === "telephone" ? (international(texte, modele.telephone) ?? texte) : texte;
}

/** A list of free texts, one by line. @param {Champ} champ @param {any} valeur */
function lignes(champ, valeur) {
  const controle = el("textarea", "champ__saisie");
  controle.rows = 2;
  controle.value = Array.isArray(valeur) ? valeur.join("\n") : "";
  const exemple = champ.exemple === undefined ? "" : ` ${textes.exemple(String(champ.exemple))}`;
  const lire = () => {
    const dites = controle.value.split("\n").map((ligne) => ligne.trim()).filter(Boolean);
    return dites.length ? dites : undefined;
  };
  return habiller(champ, controle, `${champ.aide}. ${textes.unParLigne}${exemple}`, lire);
}

/** @param {Champ} champ @param {any} valeur */
function ouiNon(champ, valeur) {
  const mots = /** @type {[string, string, string][]} */ ([["oui", textes.oui, ""], ["non", textes.non, ""]]);
  const composant = choix({ ...champ, aide: "" }, valeur === true ? "oui" : valeur === false ? "non" : undefined, mots);
  return { ...composant, lire: () => ({ oui: true, non: false })[/** @type {"oui" | "non"} */ (composant.lire())] };
}

/** @param {Champ} champ @param {any} valeur @param {[string, string, string][]} mots */
function choix(champ, valeur, mots) {
  const controle = el("select", "champ__saisie");
  controle.append(new Option(champ.requis ? textes.choisir : textes.jeNeSaisPas, ""), ...mots.map(([v, libelle]) => new Option(libelle, v)));
  controle.value = typeof valeur === "string" && mots.some(([v]) => v === valeur) ? valeur : "";
  return habiller(champ, controle, champ.aide, () => controle.value || undefined);
}

/** Boxes of a vocabulary, folded when they are many. @param {Champ} champ @param {any} valeur @param {Modele} modele
 * @returns {Composant} */
function cases(champ, valeur, modele) {
  const avant = Array.isArray(valeur) ? valeur : [];
  const mots = motsDe(champ, modele);
  const boites = mots.map(([v, libelle]) => {
    const boite = Object.assign(el("input"), { type: "checkbox", value: v, checked: avant.includes(v) });
    return { boite, element: el("label", "formulaire__case", boite, el("span", "", libelle)) };
  });
  const groupe = el("fieldset", "formulaire__groupe", el("legend", "", champ.titre));
  const { faute, montrer } = placeDesFautes(groupe);
  const resume = el("summary");
  const repli = el("details", "repli", resume, ...boites.map(({ element }) => element));
  const nommer = () => (resume.textContent = `${textes.choisir}${textes.choisis(boites.filter(({ boite }) => boite.checked).length)}`);
  nommer();
  repli.addEventListener("change", nommer);
  groupe.append(faute, repli);
  const lire = () => enOrdre(avant, boites.filter(({ boite }) => boite.checked).map(({ boite }) => boite.value));
  return { element: groupe, lire, montrer };
}

/** The chosen values, those that were there first and in their order; undefined without any.
 * @param {string[]} avant @param {string[]} choisies */
export function enOrdre(avant, choisies) {
  const gardees = avant.filter((v) => choisies.includes(v));
  const toutes = [...gardees, ...choisies.filter((v) => !avant.includes(v))];
  return toutes.length ? toutes : undefined;
}
