// What is loaded only when it is asked for: a style sheet, a classic script.

/** @param {string} adresse @returns {Promise<void>} once it applies */
export const feuille = (adresse) =>
  attendre(Object.assign(document.createElement("link"), { rel: "stylesheet", href: adresse }), adresse);

/** @param {string} adresse @returns {Promise<void>} once it has run */
export const script = (adresse) => attendre(Object.assign(document.createElement("script"), { src: adresse }), adresse);

/** @param {HTMLElement} element @param {string} adresse @returns {Promise<void>} */
const attendre = (element, adresse) =>
  new Promise((reussir, echouer) => {
    element.onload = () => reussir();
    element.onerror = () => echouer(new Error(adresse));
    document.head.append(element);
  });
