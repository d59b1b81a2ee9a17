// The hours of a week, a line by day, as people write them; hours that a week cannot hold stay as they are.

import { bouton, el } from "../commun/elements.js";
import { nouvelId, placeDesFautes } from "./champs.js";
import { ecrireOsm, enFrancais, estVide, lireFrancais, lireOsm, vide } from "./semaine.js";
import { textes } from "./textes.js";

/** @typedef {import("./types.js").Champ} Champ */
/** @typedef {import("./types.js").Composant} Composant */
/** @typedef {import("./types.js").Modele} Modele */
/** @typedef {import("./semaine.js").Semaine} Semaine */

/** @param {Champ} champ @param {any} valeur @param {Modele} modele @returns {Composant} */
export function composerSemaine(champ, valeur, { enClair = {} }) {
  const origine = typeof valeur === "string" ? valeur : undefined;
  const lue = origine === undefined ? vide() : lireOsm(origine);
  const element = el("fieldset", "formulaire__groupe", el("legend", "", champ.titre));
  const { faute, montrer } = placeDesFautes(element);
  const grille = lignes(lue ?? vide());
  let gardee = lue === null;
  element.append(faute);
  if (gardee) element.append(garde(enClair[origine ?? ""] ?? origine ?? "", grille.element, (oui) => (gardee = oui)));
  element.append(grille.element);

  const lire = () => {
    if (gardee) return origine;
    const semaine = grille.lire();
    // Nothing moved: the text stays as its author wrote it.
    if (lue && origine !== undefined && JSON.stringify(semaine) === JSON.stringify(lue)) return origine;
    return estVide(semaine) ? undefined : ecrireOsm(semaine);
  };
  const fautes = () => (gardee ? [] : grille.incompris().map((message) => ({ chemin: [], message, regle: "horaires" })));
  return { element, lire, montrer, fautes };
}

/** What is kept, and the choice to write it anew. @param {string} texte @param {HTMLElement} grille
 * @param {(gardee: boolean) => void} choisir */
function garde(texte, grille, choisir) {
  grille.hidden = true;
  const echange = bouton(textes.recrire, () => {
    grille.hidden = !grille.hidden;
    echange.textContent = grille.hidden ? textes.recrire : textes.reprendre;
    choisir(grille.hidden);
    echange.dispatchEvent(new Event("input", { bubbles: true }));
  });
  return el("div", "formulaire__champ", el("p", "", textes.horairesGardes(texte)), echange);
}

/** @param {Semaine} semaine */
function lignes(semaine) {
  const aide = el("p", "champ__aide", textes.semaineAide);
  aide.id = nouvelId("aide");
  const jours = semaine.jours.map((jour, rang) => {
    const controle = Object.assign(el("input", "champ__saisie"), { type: "text", autocomplete: "off", id: nouvelId("jour"), value: enFrancais(jour) });
    const etiquette = Object.assign(el("label", "", textes.jours[rang] ?? ""), { htmlFor: controle.id });
    const { faute, montrer } = placeDesFautes(controle, [aide.id]);
    const relire = () => {
      const lu = lireFrancais(controle.value);
      montrer(lu ? [] : [{ chemin: [], message: textes.heuresIncomprises(controle.value.trim()), regle: "horaires" }]);
      if (lu) controle.value = enFrancais(lu);
    };
    controle.addEventListener("change", relire);
    return { controle, relire, element: el("div", "formulaire__jour", etiquette, controle, faute) };
  });
  const feries = Object.assign(el("input"), { type: "checkbox", checked: semaine.feries === "fermes" });
  const recopier = bouton(textes.recopier, () => {
    for (const { controle, relire } of jours.slice(1, 5)) {
      controle.value = jours[0]?.controle.value ?? "";
      relire();
    }
    recopier.dispatchEvent(new Event("input", { bubbles: true }));
  }, "bouton bouton--discret bouton--petit");
  const [lundi, ...autres] = jours.map((jour) => jour.element);
  const element = el("div", "", aide, ...(lundi ? [lundi] : []), recopier, ...autres, el("label", "formulaire__case", feries, el("span", "", textes.feriesFermes)));
  return {
    element,
    /** @returns {Semaine} */
    lire: () => ({
      jours: jours.map(({ controle }) => lireFrancais(controle.value) ?? { plages: [], rdv: false }),
      feries: feries.checked ? "fermes" : "",
    }),
    incompris: () => jours.map(({ controle }) => controle.value.trim()).filter((ecrit) => !lireFrancais(ecrit)).map(textes.heuresIncomprises),
  };
}
