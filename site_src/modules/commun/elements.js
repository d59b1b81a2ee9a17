// Small pieces of page. Texts only ever enter as text, never as HTML.

/**
 * @template {keyof HTMLElementTagNameMap} B
 * @param {B} balise @param {string} [classe] @param {...(Node | string)} contenu
 * @returns {HTMLElementTagNameMap[B]}
 */
export function el(balise, classe = "", ...contenu) {
  const element = document.createElement(balise);
  if (classe) element.className = classe;
  element.append(...contenu);
  return element;
}

/** A record's text, kept from turning the direction of ours. @param {string} texte */
export const texteDe = (texte) => el("bdi", "", texte);

/** @param {string} texte @param {() => void} action @param {string} [classe] */
export function bouton(texte, action, classe = "bouton bouton--discret") {
  const element = el("button", classe, texte);
  element.type = "button";
  element.addEventListener("click", action);
  return element;
}

/** @template {Element} E @param {ParentNode} dans @param {string} selecteur @returns {E} */
export function un(dans, selecteur) {
  const element = dans.querySelector(selecteur);
  if (!element) throw new Error(`Élément absent : ${selecteur}`);
  return /** @type {E} */ (element);
}
