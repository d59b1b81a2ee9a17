// Elements made of plain texts: nothing is ever read as HTML.

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} nom @param {Partial<HTMLElementTagNameMap[T]>} attributs @param {(Node | string)[]} [enfants]
 * @returns {HTMLElementTagNameMap[T]}
 */
export function el(nom, attributs, enfants = []) {
  const element = Object.assign(document.createElement(nom), attributs);
  element.append(...enfants);
  return element;
}

/** @param {(Node | string)[]} lignes */
export function liste(lignes, className = "") {
  return el("ul", { className }, lignes.map((ligne) => el("li", {}, [ligne])));
}

/** @param {string} src @param {string} alt @param {number} width @param {number} height */
export function image(src, alt, width, height, className = "") {
  return el("img", { src, alt, width, height, className });
}

/** What a record says stays in French, whatever the sheet's language. @param {string} texte */
export const enFrancais = (texte) => el("bdi", { lang: "fr" }, [texte]);
